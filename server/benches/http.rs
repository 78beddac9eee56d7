//! Requests per second of `POST /api/v1/validate` against a bare handler that sends the same body back,
//! in one run on one machine, over loopback: the tutorial's definition, ten full containers, the largest legal one.
//! And a draft opened, checked and rendered, against an echo of as many bytes.
//!
//! `cargo xtask bench`. Goal: at least half of the echo's requests. Both servers are programs of their own, and
//! the client is a third; bounded to 8 connections and some seconds a case.

#![allow(clippy::unwrap_used, missing_docs)]

#[path = "../../app/taskdef/tests/support/full.rs"]
mod full;

use serde_json::Value;
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

const CONNECTIONS: usize = 8;
const ROUNDS: usize = 3;
const ROUND: Duration = Duration::from_millis(1500);

fn main() {
    if std::env::args().any(|a| a == "--echo") {
        return echo();
    }
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("site/pkg")).unwrap();
    let site = std::env::var("TASKWRIGHT_SITE").unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../target/site").into());
    let database = format!("sqlite:{}", folder.path().join("t.db").display());
    let (ours, address) =
        start(Command::new(env!("CARGO_BIN_EXE_taskwright")).args(["--addr", "127.0.0.1:0", "--limits", "off", "--site", &site, "--database", &database]));
    let (other, echo) = start(Command::new(std::env::current_exe().unwrap()).arg("--echo"));
    println!("{:<16}{:>9}{:>14}{:>14}{:>8}", "case", "bytes", "echo /s", "validate /s", "ratio");
    let cases: [(&str, Value); 3] =
        [("tutorial", taskdef::Draft::tutorial().definition().clone()), ("ten containers", full::ten_containers()), ("64 KB", full::largest())];
    for (name, definition) in cases {
        let body = definition.to_string();
        let (mut bare, mut full) = (0.0f64, 0.0f64);
        // Turn by turn, the best of each: what else the machine does meanwhile hits both alike.
        for _ in 0..ROUNDS {
            bare = bare.max(rate(&echo, &post(&echo, "/", &body)));
            full = full.max(rate(&address, &post(&address, "/api/v1/validate?region=ap-northeast-2", &body)));
        }
        println!("{name:<16}{:>9}{bare:>14.0}{full:>14.0}{:>7.0}%", body.len(), full / bare * 100.0);
    }
    println!("{:<16}{:>9}{:>14}{:>14}{:>8}", "a draft", "bytes", "echo /s", "opened /s", "ratio");
    let made = once(&address, &post(&address, "/api/v1/drafts", "{\"preset\":\"tutorial\"}"));
    let made: Value = serde_json::from_str(&made).unwrap();
    let token = made["edit"]["token"].as_str().unwrap();
    for (name, path) in
        [("API, checked", format!("/api/v1/drafts/{token}")), ("page, checked", format!("/en/d/{token}/review")), ("history", format!("/en/d/{token}/history"))]
    {
        let get = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\n\r\n");
        let size = once(&address, &get).len();
        let (mut bare, mut full) = (0.0f64, 0.0f64);
        for _ in 0..ROUNDS {
            bare = bare.max(rate(&echo, &post(&echo, "/", &"x".repeat(size))));
            full = full.max(rate(&address, &get));
        }
        println!("{name:<16}{size:>9}{bare:>14.0}{full:>14.0}{:>7.0}%", full / bare * 100.0);
    }
    for mut child in [ours, other] {
        child.kill().unwrap();
        child.wait().unwrap();
    }
}

fn start(command: &mut Command) -> (Child, String) {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("listening on http://").unwrap().to_owned();
    (child, address)
}

fn echo() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let app = axum::Router::new().route("/", axum::routing::post(async |body: String| body));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        println!("listening on http://{}", listener.local_addr().unwrap());
        axum::serve(listener, app).await.unwrap();
    });
}

fn post(address: &str, path: &str, body: &str) -> String {
    format!("POST {path} HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

/// The body of one answer, as it comes.
fn once(address: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(request.replacen("\r\n", "\r\nconnection: close\r\n", 1).as_bytes()).unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    text.split_once("\r\n\r\n").unwrap().1.to_owned()
}

/// Requests a second over all connections.
fn rate(address: &str, request: &str) -> f64 {
    let from = Instant::now();
    let done: usize = std::thread::scope(|scope| {
        let clients: Vec<_> = (0..CONNECTIONS).map(|_| scope.spawn(|| client(address, request.as_bytes(), from))).collect();
        clients.into_iter().map(|c| c.join().unwrap()).sum()
    });
    done as f64 / from.elapsed().as_secs_f64()
}

fn client(address: &str, request: &[u8], from: Instant) -> usize {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_nodelay(true).unwrap();
    let mut buffer = vec![0u8; 1 << 20];
    let mut done = 0;
    while from.elapsed() < ROUND {
        stream.write_all(request).unwrap();
        let mut have = 0;
        // `None`: in chunks, up to an empty one.
        let whole: Option<usize> = loop {
            have += stream.read(&mut buffer[have..]).unwrap();
            if let Some(end) = buffer[..have].windows(4).position(|w| w == b"\r\n\r\n") {
                let head = std::str::from_utf8(&buffer[..end]).unwrap().to_ascii_lowercase();
                assert!(head.starts_with("http/1.1 200"), "{head}");
                break head.split("content-length: ").nth(1).map(|rest| end + 4 + rest.lines().next().unwrap().parse::<usize>().unwrap());
            }
        };
        while whole.map_or(!buffer[..have].ends_with(b"\r\n0\r\n\r\n"), |whole| have < whole) {
            have += stream.read(&mut buffer[have..]).unwrap();
        }
        done += 1;
    }
    done
}
