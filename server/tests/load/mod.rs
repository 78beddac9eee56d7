//! Programs on a database that outlives them, and clients that remember what was acknowledged.

// Each test file uses a part of it.
#![allow(dead_code)]

#[path = "../../drafts/tests/support/postgres.rs"]
pub mod postgres;

use serde_json::{Value, json};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, Sender},
    time::Duration,
};

/// How many rounds a test runs: few in the test command, all of them in `cargo xtask torture`.
pub fn rounds(few: u32) -> u32 {
    std::env::var("TASKWRIGHT_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(few)
}

/// Random numbers that need no quality: xorshift, from the process and the time.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        let time = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos() as u64;
        Dice((time ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15)) | 1)
    }

    pub fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }
}

/// Saves that are acknowledged under load, so that a fault can fall among them instead of at a time.
pub struct Acknowledged(Receiver<()>);

impl Acknowledged {
    /// One end for the clients, one for the fault.
    pub fn new() -> (Sender<()>, Acknowledged) {
        let (told, heard) = std::sync::mpsc::channel();
        (told, Acknowledged(heard))
    }

    /// Waits for so many; `false` where all clients have ended first.
    pub fn wait(&self, n: u64) -> bool {
        (0..n).all(|_| self.0.recv().is_ok())
    }
}

/// A running program.
pub struct Program {
    pub child: Child,
    pub addr: String,
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Program {
    pub fn start(database: &str) -> Program {
        let site = std::env::var("TASKWRIGHT_SITE").unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../target/site").into());
        let mut command = Command::new(env!("CARGO_BIN_EXE_taskwright"));
        command.args(["--addr", "127.0.0.1:0", "--limits", "off", "--aws", "off", "--site", &site, "--database", database]);
        let mut child = command.env("RUST_LOG", "off").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let addr = line.trim().strip_prefix("listening on http://").unwrap_or_else(|| panic!("the program did not start on {database}: {line}")).to_owned();
        Program { child, addr }
    }

    /// Ends it without a warning.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to end, and waits until it has.
    pub fn stop(mut self) {
        Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(self.child.wait().unwrap().success(), "an orderly end");
    }
}

/// An answer; `None` where the connection ended without one.
pub fn ask(addr: &str, method: &str, path: &str, headers: &str, body: &str) -> Option<(u16, String, Value)> {
    let mut stream = TcpStream::connect(addr).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(60))).ok()?;
    let request = format!("{method} {path} HTTP/1.1\r\nhost: {addr}\r\nconnection: close\r\n{headers}content-length: {}\r\n\r\n{body}", body.len());
    stream.write_all(request.as_bytes()).ok()?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    let (head, body) = text.split_once("\r\n\r\n")?;
    let length: Option<usize> = head.lines().find_map(|l| l.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
    if length.is_some_and(|n| n != body.len()) {
        return None;
    }
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some((status, head.to_ascii_lowercase(), serde_json::from_str(body).unwrap_or(Value::Null)))
}

/// A client's draft: what was acknowledged last, and what was sent without an answer.
pub struct Client {
    pub token: String,
    pub revision: i64,
    pub family: String,
    pub unsure: Vec<String>,
    sent: u64,
    name: String,
}

/// What became of a save.
#[derive(Debug, PartialEq)]
pub enum Outcome {
    Saved,
    Refused(u16),
    Unknown,
}

impl Client {
    pub fn new(addr: &str, name: &str) -> Client {
        let (status, _, made) = ask(addr, "POST", "/api/v1/drafts", "", &json!({ "taskDefinition": { "family": "start" } }).to_string()).unwrap();
        assert_eq!(status, 201);
        let token = made["edit"]["token"].as_str().unwrap().to_owned();
        Client { token, revision: 1, family: "start".into(), unsure: Vec::new(), sent: 0, name: name.to_owned() }
    }

    /// Saves something new over the last acknowledged revision.
    pub fn save(&mut self, addr: &str) -> Outcome {
        self.sent += 1;
        let family = format!("{}-{}", self.name, self.sent);
        // Large enough that a page is not written in one piece.
        let body = json!({ "taskDefinition": { "family": family, "filler": "x".repeat(3000) } }).to_string();
        let path = format!("/api/v1/drafts/{}", self.token);
        match ask(addr, "PUT", &path, &format!("if-match: \"{}\"\r\n", self.revision), &body) {
            Some((200, _, reply)) => {
                assert_eq!(reply["revision"].as_i64(), Some(self.revision + 1));
                self.revision += 1;
                self.family = family;
                self.unsure.clear();
                Outcome::Saved
            }
            Some((412, _, reply)) => {
                // Only a save without an answer may have come in between, for no other has this draft.
                assert!(!self.unsure.is_empty() && reply["revision"].as_i64() == Some(self.revision + 1), "{} lost: {reply}", self.name);
                self.look(addr);
                Outcome::Refused(412)
            }
            Some((status, head, _)) => {
                assert!(status == 503 || status == 507, "{status}");
                assert!(status == 507 || head.contains("retry-after"), "{head}");
                // The database may have died between its commit and its answer.
                self.unsure.push(family);
                Outcome::Refused(status)
            }
            None => {
                self.unsure.push(family);
                Outcome::Unknown
            }
        }
    }

    /// Reads the draft: what was acknowledged is there, or the one save after it that had no answer.
    pub fn look(&mut self, addr: &str) {
        let (status, _, read) = ask(addr, "GET", &format!("/api/v1/drafts/{}", self.token), "", "").expect("an answer");
        assert_eq!(status, 200, "{}: the draft opens", self.name);
        let (revision, family) = (read["revision"].as_i64().unwrap(), read["taskDefinition"]["family"].as_str().unwrap().to_owned());
        let as_acknowledged = revision == self.revision && family == self.family;
        let as_sent = revision == self.revision + 1 && self.unsure.contains(&family);
        assert!(as_acknowledged || as_sent, "{}: acknowledged {} {}, found {revision} {family}", self.name, self.revision, self.family);
        (self.revision, self.family) = (revision, family);
        self.unsure.clear();
    }
}
