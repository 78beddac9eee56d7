//! A running program and a small client; ends what it started.

// Each test file uses a part of it.
#![allow(dead_code)]

use serde_json::Value;
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
};

/// An answer.
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
    /// Bytes on the wire, after compression.
    pub size: usize,
}

impl Reply {
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v)
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.body))
    }
}

/// The program with its own database.
pub struct Site {
    child: Child,
    pub addr: String,
    /// Host and port that a browser would ask for: the server's own name, where it has one.
    pub host: String,
    pub folder: tempfile::TempDir,
    flags: Vec<String>,
    /// The code that unlocks registering once, where it is local.
    pub code: String,
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Site {
    pub fn start() -> Site {
        Site::start_with(&["--limits", "off"])
    }

    /// With flags of one's own.
    pub fn start_with(flags: &[&str]) -> Site {
        let folder = tempfile::tempdir().unwrap();
        let flags: Vec<String> = flags.iter().map(|f| (*f).to_owned()).collect();
        let (child, addr, host, code) = Site::spawn(&folder, "127.0.0.1:0", &flags, None);
        Site { child, addr, host, folder, flags, code }
    }

    /// Started by a shell that does this first.
    pub fn start_within(first: &str, flags: &[&str]) -> Site {
        let folder = tempfile::tempdir().unwrap();
        let flags: Vec<String> = flags.iter().map(|f| (*f).to_owned()).collect();
        let (child, addr, host, code) = Site::spawn(&folder, "127.0.0.1:0", &flags, Some(first));
        Site { child, addr, host, folder, flags, code }
    }

    /// What the program says where it does not start with these flags.
    pub fn refused(flags: &[&str]) -> String {
        let folder = tempfile::tempdir().unwrap();
        let flags: Vec<String> = flags.iter().map(|f| (*f).to_owned()).collect();
        let output = Site::command(&folder, "127.0.0.1:0", &flags, None).output().unwrap();
        assert!(!output.status.success());
        String::from_utf8_lossy(&output.stderr).into_owned()
    }

    fn command(folder: &tempfile::TempDir, addr: &str, flags: &[String], first: Option<&str>) -> Command {
        let site = std::env::var("TASKWRIGHT_SITE").unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../target/site").into());
        let program = env!("CARGO_BIN_EXE_taskwright");
        let mut command = Command::new(if first.is_some() { "sh" } else { program });
        if let Some(first) = first {
            command.args(["-c", &format!("{first} && exec \"$0\" \"$@\""), program]);
        }
        command
            .args(["--addr", addr, "--site", &site, "--database"])
            .arg(format!("sqlite:{}", folder.path().join("t.db").display()))
            .args(flags)
            // As talkative as it can be made, also one by one.
            .env("RUST_LOG", "trace,aws_smithy_runtime::client::orchestrator=trace,hyper=trace")
            // The sign-in of this computer is one of ours, never that of the person who runs the tests.
            .env("HOME", folder.path())
            .env("AWS_ACCESS_KEY_ID", "ASIALOCALLOCALLOCAL1")
            .env("AWS_SECRET_ACCESS_KEY", "local-secret")
            .env("AWS_SESSION_TOKEN", "local-token")
            .env_remove("AWS_PROFILE");
        command
    }

    fn spawn(folder: &tempfile::TempDir, addr: &str, flags: &[String], first: Option<&str>) -> (Child, String, String, String) {
        let log = std::fs::OpenOptions::new().create(true).append(true).open(folder.path().join("log")).unwrap();
        let mut child = Site::command(folder, addr, flags, first).stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = lines.next().and_then(Result::ok).unwrap_or_default();
        let addr = line.trim().strip_prefix("listening on http://").unwrap_or_else(|| panic!("the program did not start: {line}")).to_owned();
        let off = flags.windows(2).any(|w| w[0] == "--aws" && w[1] != "local");
        if off {
            return (child, addr.clone(), addr, String::new());
        }
        let line = lines.next().and_then(Result::ok).unwrap_or_default();
        let (host, code) = line.rsplit_once("http://").and_then(|(_, address)| address.split_once("/unlock/")).unwrap_or_else(|| panic!("no address: {line}"));
        (child, addr, host.to_owned(), code.to_owned())
    }

    /// Ends it without a warning, as a power cut would.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Starts it again at the same address with the same drafts.
    pub fn again(&mut self) {
        (self.child, _, self.host, self.code) = Site::spawn(&self.folder, &self.addr, &self.flags, None);
    }

    /// Its exit code, once it has ended; none where a signal ended it.
    pub fn ended(&mut self) -> Option<Option<i32>> {
        self.child.try_wait().unwrap().map(|status| status.code())
    }

    /// The process's number.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// A form as this server's own page sends it.
    pub fn press(&self, path: &str, cookie: &str, pairs: &[(&str, &str)]) -> Reply {
        let origin = format!("http://{}", self.host);
        let site = ("sec-fetch-site", "same-origin");
        let headers = [("content-type", "application/x-www-form-urlencoded"), ("origin", origin.as_str()), site, ("cookie", cookie)];
        self.request("POST", path, &headers, &encoded(pairs))
    }

    pub fn request(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
        let mut stream = TcpStream::connect(&self.addr).unwrap();
        let host = headers.iter().find(|(n, _)| *n == "host").map_or(self.host.as_str(), |(_, v)| v);
        let mut head = format!("{method} {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-length: {}\r\n", body.len());
        headers.iter().filter(|(n, _)| *n != "host").for_each(|(n, v)| head.push_str(&format!("{n}: {v}\r\n")));
        stream.write_all(format!("{head}\r\n").as_bytes()).unwrap();
        // A body that is refused early might not be read to its end.
        let _ = stream.write_all(body.as_bytes());
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let split = bytes.windows(4).position(|w| w == b"\r\n\r\n").expect("an answer has a head");
        let head = String::from_utf8_lossy(&bytes[..split]).into_owned();
        let mut lines = head.lines();
        let status = lines.next().and_then(|l| l.split(' ').nth(1)?.parse().ok()).unwrap();
        let headers: Vec<(String, String)> = lines.filter_map(|l| l.split_once(": ")).map(|(n, v)| (n.to_ascii_lowercase(), v.to_owned())).collect();
        let raw = &bytes[split + 4..];
        let chunked = headers.iter().any(|(n, v)| n == "transfer-encoding" && v == "chunked");
        let raw = if chunked { unchunk(raw) } else { raw.to_vec() };
        Reply { status, headers, size: raw.len(), body: String::from_utf8_lossy(&raw).into_owned() }
    }

    pub fn get(&self, path: &str) -> Reply {
        self.request("GET", path, &[], "")
    }

    pub fn post_json(&self, path: &str, body: &Value) -> Reply {
        self.request("POST", path, &[("content-type", "application/json")], &body.to_string())
    }

    pub fn put_json(&self, path: &str, revision: Option<&str>, body: &Value) -> Reply {
        let headers: Vec<(&str, &str)> = revision.map(|r| ("if-match", r)).into_iter().collect();
        self.request("PUT", path, &headers, &body.to_string())
    }

    pub fn post_form(&self, path: &str, pairs: &[(&str, &str)]) -> Reply {
        self.request("POST", path, &[("content-type", "application/x-www-form-urlencoded")], &encoded(pairs))
    }

    /// A draft of the tutorial; its edit token.
    pub fn tutorial(&self) -> String {
        let to = self.post_form("/ko/d", &[("preset", "tutorial")]).header("location").to_owned();
        to.split('/').nth(3).unwrap().to_owned()
    }

    /// The same with a Docker Hub ID, so that it can be registered.
    pub fn ready(&self) -> String {
        let token = self.tutorial();
        let saved = self.post_form(&format!("/ko/d/{token}/cluster"), &[("rev", "1"), ("/aside/hub", "kim7"), ("op", "")]);
        assert_eq!(saved.status, 303, "{}", saved.body);
        token
    }
}

fn unchunk(mut raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    while let Some(end) = raw.windows(2).position(|w| w == b"\r\n") {
        let size = usize::from_str_radix(std::str::from_utf8(&raw[..end]).unwrap().split(';').next().unwrap(), 16).unwrap();
        if size == 0 {
            break;
        }
        out.extend_from_slice(&raw[end + 2..end + 2 + size]);
        raw = &raw[end + 4 + size..];
    }
    out
}

/// A body of a form.
pub fn encoded(pairs: &[(&str, &str)]) -> String {
    pairs.iter().map(|(n, v)| format!("{}={}", encode(n), encode(v))).collect::<Vec<_>>().join("&")
}

fn encode(text: &str) -> String {
    text.bytes().map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

/// What a browser without JavaScript would send from the step's (or the only) form of a page.
pub fn form(html: &str) -> Vec<(String, String)> {
    let page = scraper::Html::parse_document(html);
    let select = |s: &str| scraper::Selector::parse(s).unwrap();
    let form = page.select(&select("form#step")).next().or_else(|| page.select(&select("main form")).next()).expect("a page has a form");
    let mut pairs = Vec::new();
    for element in form.select(&select("input[name], select[name], textarea[name]")) {
        let e = element.value();
        let name = e.attr("name").unwrap().to_owned();
        let one_line = |t: &str| t.replace(['\r', '\n'], "");
        match (e.name(), e.attr("type").unwrap_or("text")) {
            ("input", "radio" | "checkbox") if e.attr("checked").is_none() => {}
            ("input", _) => pairs.push((name, one_line(e.attr("value").unwrap_or("")))),
            ("select", _) => {
                let options: Vec<_> = element.select(&select("option")).collect();
                let picked = options.iter().find(|o| o.value().attr("selected").is_some()).or(options.first());
                if let Some(option) = picked {
                    let text = option.text().collect::<String>();
                    pairs.push((name, option.value().attr("value").map_or(text, str::to_owned)));
                }
            }
            _ => {
                let text = element.text().collect::<String>();
                pairs.push((name, text.replace("\r\n", "\n").replace('\r', "\n").replace('\n', "\r\n")));
            }
        }
    }
    pairs
}
