//! Programs that are measured, and clients that ask them.

// Each bench uses a part of it.
#![allow(dead_code)]

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

const CONNECTIONS: usize = 8;
const ROUND: Duration = Duration::from_millis(1500);

/// The program at a free port, with a database in this folder.
pub fn serve(program: &str, folder: &Path, flags: &[&str]) -> (Child, String) {
    std::fs::create_dir_all(folder).unwrap();
    let site = std::env::var("TASKWRIGHT_SITE").unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../target/site").into());
    let database = format!("sqlite:{}", folder.join("t.db").display());
    start(Command::new(program).args(["--addr", "127.0.0.1:0", "--aws", "off", "--site", &site, "--database", &database]).args(flags))
}

pub fn start(command: &mut Command) -> (Child, String) {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("listening on http://").unwrap().to_owned();
    (child, address)
}

pub fn post(address: &str, path: &str, body: &str) -> String {
    format!("POST {path} HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

/// The body of one answer, as it comes.
pub fn once(address: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(request.replacen("\r\n", "\r\nconnection: close\r\n", 1).as_bytes()).unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    text.split_once("\r\n\r\n").unwrap().1.to_owned()
}

/// Requests a second over all connections, and how many there were.
pub fn rate(address: &str, request: &str) -> (f64, usize) {
    let from = Instant::now();
    let done: usize = std::thread::scope(|scope| {
        let clients: Vec<_> = (0..CONNECTIONS).map(|_| scope.spawn(|| client(address, request.as_bytes(), from))).collect();
        clients.into_iter().map(|c| c.join().unwrap()).sum()
    });
    (done as f64 / from.elapsed().as_secs_f64(), done)
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
