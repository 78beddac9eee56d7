//! How long ordinary visitors wait while others do their worst, all from one address: 2,000 connections that are idle or
//! hold half a request (goal: 99 of 100 answers of 32 clients within 200 ms), and 8 clients that send the heaviest bodies
//! (goal: 99 of 100 answers of `/healthz` within 50 ms).
//!
//! `cargo xtask torture crowd`. Bounded to about 2,050 connections and a minute.

#![allow(clippy::unwrap_used, missing_docs)]

mod client;
#[path = "../../app/taskdef/tests/support/full.rs"]
mod full;

use client::{once, post, serve};
use serde_json::{Value, json};
use std::{
    io::{Read, Write},
    net::TcpStream,
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    time::{Duration, Instant},
};

const LASTING: Duration = Duration::from_secs(20);

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let (mut child, address) = serve(env!("CARGO_BIN_EXE_taskwright"), folder.path(), &["--limits", "off"]);
    let made: Value = serde_json::from_str(&once(&address, &post(&address, "/api/v1/drafts", "{\"preset\":\"tutorial\"}"))).unwrap();
    let page = format!("GET /en/d/{}/review HTTP/1.1\r\nhost: {address}\r\n\r\n", made["edit"]["token"].as_str().unwrap());
    println!("{:<44}{:>9}{:>9}{:>9}{:>9}{:>9}", "what is asked beside what", "answers", "50 %", "99 %", "longest", "lost");
    say("review page, 32 clients, alone", &ask(&address, &page, 32, LASTING / 4));
    crowd(&address, &page);
    for (name, body) in heaviest() {
        heavy(&address, name, &body);
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

/// Bodies that keep the rules busy and are within the API's limit, by the review of November 2026.
fn heaviest() -> Vec<(&'static str, String)> {
    let of = |key: &str, value: Value| json!({ "family": "f", key: value }).to_string();
    let names = json!([{ "name": "a".repeat(60_000), "image": "i" }, { "name": "b".repeat(60_000), "image": "i", "dependsOn": [{ "containerName": "c".repeat(60_000) }] }]);
    let ports =
        (0..40).map(|c| json!({ "name": format!("c{c}"), "image": "i", "portMappings": (0..1000).map(|p| json!({ "containerPort": p })).collect::<Vec<_>>() }));
    let tags = (0..30_000).map(|n| json!({ "key": n.to_string(), "value": "" }));
    vec![
        ("the largest legal definition", full::largest().to_string()),
        ("two long names", of("containerDefinitions", names)),
        ("40 containers with 1,000 ports", of("containerDefinitions", ports.collect())),
        ("30,000 tags", of("tags", tags.collect())),
        ("180,000 nulls", of("containerDefinitions", Value::Array(vec![Value::Null; 180_000]))),
    ]
}

/// Ordinary clients beside a crowd that holds connections, and makes new ones for those that are closed.
fn crowd(address: &str, page: &str) {
    let ended = AtomicBool::new(false);
    let held = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for part in 0..8 {
            let (ended, held) = (&ended, &held);
            scope.spawn(move || {
                let mut connections = Vec::new();
                while !ended.load(Ordering::Relaxed) {
                    connections.retain_mut(is_open);
                    while connections.len() < 250 {
                        connections.push(silent(address, part + connections.len()));
                    }
                    held.fetch_max(connections.len() * 8, Ordering::Relaxed);
                    std::thread::park_timeout(Duration::from_millis(100));
                }
            });
        }
        while held.load(Ordering::Relaxed) < 2_000 {
            std::thread::park_timeout(Duration::from_millis(50));
        }
        say("review page, 32 clients, beside 2,000 silent", &ask(address, page, 32, LASTING));
        let health = format!("GET /healthz HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
        say("healthz, new connections, beside 2,000 silent", &ask(address, &health, 4, LASTING / 4));
        ended.store(true, Ordering::Relaxed);
    });
}

/// A connection that sends nothing, half a head, or half a body.
fn silent(address: &str, n: usize) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    let text = [
        String::new(),
        format!("GET /en HTTP/1.1\r\nhost: {address}\r\nx-more: "),
        format!("POST /api/v1/validate HTTP/1.1\r\nhost: {address}\r\ncontent-length: 1000000\r\n\r\n{{"),
        format!("GET /healthz HTTP/1.1\r\nhost: {address}\r\n\r\n"),
    ];
    let _ = stream.write_all(text[n % 4].as_bytes());
    stream.set_nonblocking(true).unwrap();
    stream
}

fn is_open(stream: &mut TcpStream) -> bool {
    match stream.read(&mut [0; 1024]) {
        Ok(read) => read > 0,
        Err(error) => error.kind() == std::io::ErrorKind::WouldBlock,
    }
}

/// `/healthz` beside 8 clients that send this body.
fn heavy(address: &str, name: &str, body: &str) {
    let ended = AtomicBool::new(false);
    let body = post(address, "/api/v1/validate", body);
    let health = format!("GET /healthz HTTP/1.1\r\nhost: {address}\r\n\r\n");
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                while !ended.load(Ordering::Relaxed) {
                    once(address, &body);
                }
            });
        }
        say(&format!("healthz, beside 8 × {name}"), &ask(address, &health, 1, LASTING));
        ended.store(true, Ordering::Relaxed);
    });
}

/// How long each answer took, in milliseconds, sorted; and how many were lost.
fn ask(address: &str, request: &str, clients: usize, lasting: Duration) -> (Vec<f64>, usize) {
    let from = Instant::now();
    let all: Vec<(Vec<f64>, usize)> = std::thread::scope(|scope| {
        let clients: Vec<_> = (0..clients).map(|_| scope.spawn(|| client(address, request, from, lasting))).collect();
        clients.into_iter().map(|c| c.join().unwrap()).collect()
    });
    let lost = all.iter().map(|(_, lost)| lost).sum();
    let mut times: Vec<f64> = all.into_iter().flat_map(|(times, _)| times).collect();
    times.sort_by(f64::total_cmp);
    (times, lost)
}

fn client(address: &str, request: &str, from: Instant, lasting: Duration) -> (Vec<f64>, usize) {
    let (mut times, mut lost) = (Vec::new(), 0);
    let closes = request.contains("connection: close");
    let mut kept = None;
    while from.elapsed() < lasting {
        let began = Instant::now();
        let mut stream = match kept.take() {
            Some(stream) => stream,
            None => TcpStream::connect(address).unwrap(),
        };
        match answer(&mut stream, request) {
            Some(()) => times.push(began.elapsed().as_secs_f64() * 1000.0),
            None => lost += 1,
        }
        kept = Some(stream).filter(|_| !closes);
        // A person reads in between.
        std::thread::park_timeout(Duration::from_millis(20));
    }
    (times, lost)
}

/// One answer of status 200, read whole.
fn answer(stream: &mut TcpStream, request: &str) -> Option<()> {
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    stream.write_all(request.as_bytes()).ok()?;
    let mut bytes = vec![0; 1 << 20];
    let mut have = 0;
    let end = loop {
        let read = stream.read(&mut bytes[have..]).ok().filter(|n| *n > 0)?;
        have += read;
        if let Some(end) = bytes[..have].windows(4).position(|w| w == b"\r\n\r\n") {
            break end;
        }
    };
    let head = std::str::from_utf8(&bytes[..end]).ok()?.to_ascii_lowercase();
    let length: usize = head.split("content-length: ").nth(1)?.lines().next()?.parse().ok()?;
    while have < end + 4 + length {
        have += stream.read(&mut bytes[have..]).ok().filter(|n| *n > 0)?;
    }
    head.starts_with("http/1.1 200").then_some(())
}

fn say(what: &str, (times, lost): &(Vec<f64>, usize)) {
    let at = |part: f64| times.get(((times.len() - 1) as f64 * part) as usize).copied().unwrap_or(f64::NAN);
    println!("{what:<44}{:>9}{:>9.1}{:>9.1}{:>9.1}{lost:>9}", times.len(), at(0.5), at(0.99), at(1.0));
}
