//! A program under attack: raw bytes to its socket, what it answers, what it logs, and the memory that it holds.

// Each test file uses a part of it.
#![allow(dead_code, clippy::unwrap_used)]

pub mod bodies;
pub mod requests;

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{Shutdown, TcpStream},
    path::PathBuf,
    process::{Child, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

/// How long an answer is waited for; longer than any limit of the server.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Random numbers that are the same in every run: xorshift from a fixed seed.
pub struct Seeded(u64);

impl Seeded {
    pub fn new(seed: u64) -> Seeded {
        Seeded(seed.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// From 0 to `n` - 1.
    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }

    /// Once in `n` times.
    pub fn once_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub fn pick<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

/// The program, with a log and a database in a temporary folder.
pub struct Target {
    child: Child,
    pub addr: String,
    folder: tempfile::TempDir,
}

/// Memory of a program, in bytes.
#[derive(Clone, Copy, Debug)]
pub struct Memory {
    /// What the program has taken and not given back.
    pub held: u64,
    /// Pages of files that the system has mapped for it and can drop at any time: its own code above all.
    pub files: u64,
}

impl Memory {
    /// All that is resident.
    pub fn all(&self) -> u64 {
        self.held + self.files
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Target {
    /// Without limits for one address: all that attack and all that are attacked come from the same one.
    pub fn start() -> Target {
        Target::start_with(&[])
    }

    /// With more flags.
    pub fn start_with(flags: &[&str]) -> Target {
        let folder = tempfile::tempdir().unwrap();
        let site = std::env::var("TASKWRIGHT_SITE").unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../target/site").into());
        let log = std::fs::File::create(folder.path().join("log")).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_taskwright"))
            .args(["--addr", "127.0.0.1:0", "--limits", "off", "--aws", "off", "--site", &site, "--database"])
            .arg(format!("sqlite:{}", folder.path().join("t.db").display()))
            .args(flags)
            .env("RUST_LOG", "warn")
            .env("RUST_BACKTRACE", "0")
            .env("NO_COLOR", "1")
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let addr = line.trim().strip_prefix("listening on http://").unwrap_or_else(|| panic!("the program did not start: {line}")).to_owned();
        Target { child, addr, folder }
    }

    fn log_file(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    /// Lines of the log that tell of a panic, or of an answer 500.
    pub fn failures(&self) -> Vec<String> {
        let log = String::from_utf8_lossy(&std::fs::read(self.log_file()).unwrap()).into_owned();
        log.lines().filter(|l| l.contains("panicked") || l.contains("status=500")).map(str::to_owned).collect()
    }

    /// What is in memory now, as `/proc/PID/status` says.
    pub fn memory(&self) -> Memory {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let kib = |name: &str| -> u64 {
            let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
            line.trim_matches([':', ' ', '\t', 'k', 'B']).parse().unwrap()
        };
        Memory { held: (kib("RssAnon") + kib("RssShmem")) * 1024, files: kib("RssFile") * 1024 }
    }

    /// Memory once it no longer falls: after two seconds without a new lowest, or twenty in all.
    pub fn memory_at_rest(&self) -> Memory {
        let (from, mut lowest, mut since) = (Instant::now(), self.memory(), Instant::now());
        while since.elapsed() < Duration::from_secs(2) && from.elapsed() < Duration::from_secs(20) {
            // Freed pages go back to the system when the program next works.
            assert_eq!(self.get("/en").status, Some(200));
            std::thread::park_timeout(Duration::from_millis(50));
            let now = self.memory();
            if now.held < lowest.held {
                (lowest, since) = (now, Instant::now());
            }
        }
        lowest
    }

    /// Asks it to end in order; `None` when it goes on for longer than `most`.
    pub fn ends_within(&mut self, most: Duration) -> Option<ExitStatus> {
        Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        let from = Instant::now();
        while from.elapsed() < most {
            if let Some(status) = self.child.try_wait().unwrap() {
                return Some(status);
            }
            std::thread::park_timeout(Duration::from_millis(50));
        }
        None
    }

    /// Whether it is still running.
    pub fn runs(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Sends bytes on a connection of their own and reads the first answer.
    pub fn send(&self, request: &requests::Bytes) -> Answer {
        send(&self.addr, request)
    }

    pub fn get(&self, path: &str) -> Answer {
        self.send(&requests::whole("GET", path, "", b""))
    }

    /// A draft of a definition; its edit token, or nothing where the definition is refused.
    pub fn draft(&self, definition: &str) -> Option<String> {
        let answer = self.send(&requests::whole("POST", "/api/v1/drafts", "", format!("{{\"taskDefinition\":{definition}}}").as_bytes()));
        let made: serde_json::Value = serde_json::from_slice(&answer.body).ok()?;
        made["edit"]["token"].as_str().map(str::to_owned)
    }
}

/// What came back.
#[derive(Debug, Default)]
pub struct Answer {
    /// Nothing where the connection ended without an answer.
    pub status: Option<u16>,
    /// In lower case.
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    /// Whether the server asks to come back later, and says when.
    pub fn is_busy(&self) -> bool {
        self.status == Some(503) && self.head.contains("\r\nretry-after: ")
    }
}

/// Sends bytes on a connection of their own and reads the first answer to its end.
pub fn send(addr: &str, request: &requests::Bytes) -> Answer {
    let Ok(mut stream) = TcpStream::connect(addr) else { return Answer::default() };
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.set_write_timeout(Some(PATIENCE)).unwrap();
    // What is refused early might not be read to its end; the answer counts.
    let _ = stream.write_all(&request.bytes);
    if !request.complete {
        let _ = stream.shutdown(Shutdown::Write);
    }
    let mut bytes = Vec::new();
    let mut piece = [0; 16 * 1024];
    while let Ok(n @ 1..) = stream.read(&mut piece) {
        bytes.extend_from_slice(&piece[..n]);
    }
    answer(&bytes)
}

fn answer(bytes: &[u8]) -> Answer {
    let bytes = bytes.strip_prefix(b"HTTP/1.1 100 Continue\r\n\r\n").unwrap_or(bytes);
    let Some(end) = bytes.windows(4).position(|w| w == b"\r\n\r\n") else { return Answer::default() };
    let head = String::from_utf8_lossy(&bytes[..end + 2]).to_ascii_lowercase();
    let status = head.split(' ').nth(1).and_then(|s| s.parse().ok());
    Answer { status, head, body: bytes[end + 4..].to_vec() }
}
