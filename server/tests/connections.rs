//! Connections that ask for nothing, or for half of something, against a running program with real sockets.

#![allow(clippy::unwrap_used)]

mod web;

use std::{
    io::{ErrorKind, Read, Write},
    net::TcpStream,
    process::Command,
    time::{Duration, Instant},
};
use web::Site;

/// A connection that has sent this so far.
fn sent(site: &Site, text: &str) -> TcpStream {
    let mut stream = TcpStream::connect(&site.addr).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    stream.write_all(text.as_bytes()).unwrap();
    stream
}

/// All that comes until the other side closes, and after how long it did.
fn rest(mut stream: TcpStream, from: Instant) -> (String, f64) {
    let mut bytes = Vec::new();
    let read = stream.read_to_end(&mut bytes);
    // A reset is an end too.
    assert!(read.is_ok() || read.is_err_and(|e| e.kind() == ErrorKind::ConnectionReset), "the connection is still open");
    (String::from_utf8_lossy(&bytes).into_owned(), from.elapsed().as_secs_f64())
}

/// Whether a connection is open, and nothing has come.
fn is_open(stream: &mut TcpStream) -> bool {
    stream.set_nonblocking(true).unwrap();
    let open = stream.read(&mut [0]).is_err_and(|e| e.kind() == ErrorKind::WouldBlock);
    stream.set_nonblocking(false).unwrap();
    open
}

/// The next answer's head on a connection that stays open, and its body where it announces one.
fn answer(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut one = [0];
    while !bytes.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut one).unwrap();
        bytes.push(one[0]);
    }
    let head = String::from_utf8(bytes).unwrap().to_ascii_lowercase();
    let length = head.split("content-length: ").nth(1).map_or(0, |l| l.lines().next().unwrap().parse().unwrap());
    stream.read_exact(&mut vec![0; length]).unwrap();
    head
}

const HEALTH: &str = "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n";
const HALF: &str = "GET /healthz HTTP/1.1\r\nhost: x\r\nx-more: ";

#[test]
fn half_a_request_does_not_hold_a_connection() {
    let site = Site::start_with(&["--limits", "off", "--aws", "off"]);
    let from = Instant::now();
    let mut idle = sent(&site, HEALTH);
    assert!(answer(&mut idle).starts_with("http/1.1 200"));
    let nothing = sent(&site, "");
    let head = sent(&site, HALF);
    let body = sent(&site, "POST /api/v1/validate HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{\"fam");
    let page = sent(&site, "POST /ko/d HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 100\r\n\r\npreset=");
    let threads = [nothing, head, body, page].map(|stream| std::thread::spawn(move || rest(stream, from)));
    let [nothing, head, body, page] = threads.map(|thread| thread.join().unwrap());
    assert!((9.0..20.0).contains(&nothing.1) && nothing.0.is_empty(), "{nothing:?}");
    assert!((9.0..20.0).contains(&head.1), "{head:?}");
    assert!((29.0..40.0).contains(&body.1) && body.0.starts_with("HTTP/1.1 408") && body.0.contains("\"late\""), "{body:?}");
    assert!((29.0..40.0).contains(&page.1) && page.0.starts_with("HTTP/1.1 408") && page.0.contains("보낸 내용이"), "{page:?}");
    assert!(is_open(&mut idle), "a kept connection is idle for longer");
    idle.write_all(HEALTH.as_bytes()).unwrap();
    assert!(answer(&mut idle).starts_with("http/1.1 200"));
}

#[test]
fn silent_connections_cost_only_each_other() {
    let site = Site::start_with(&["--limits", "off", "--most-connections", "64", "--connections-per-address", "48"]);
    // Ordinary visitors keep their connections, and ask now and then.
    let mut visitors: Vec<TcpStream> = (0..8).map(|_| sent(&site, "")).collect();
    let mut silent = Vec::new();
    for n in 0..300 {
        silent.push(sent(&site, ["", HALF, HALF][n % 3]));
        let visitor = &mut visitors[n % 8];
        visitor.write_all(HEALTH.as_bytes()).unwrap();
        assert!(answer(visitor).starts_with("http/1.1 200"), "visitor {} after {n} silent ones", n % 8);
        if n % 10 == 0 {
            assert_eq!(site.get("/healthz").status, 200, "somebody new after {n} silent ones");
        }
    }
    // A closed one is seen as closed a moment later.
    let opened = |silent: &mut Vec<TcpStream>| silent.iter_mut().filter_map(|s| is_open(s).then_some(())).count();
    assert!((0..100).any(|_| {
        std::thread::park_timeout(Duration::from_millis(20));
        opened(&mut silent) <= 48
    }));
    assert!(opened(&mut silent) >= 20, "they are closed only where there is no room");
}

/// Sends SIGTERM, and waits until the program has ended.
fn end(site: &mut Site) -> (Option<i32>, f64) {
    let from = Instant::now();
    assert!(Command::new("kill").arg(site.pid().to_string()).status().unwrap().success());
    let code = (0..600).find_map(|_| {
        std::thread::park_timeout(Duration::from_millis(50));
        site.ended()
    });
    (code.unwrap_or_else(|| panic!("it does not end")), from.elapsed().as_secs_f64())
}

#[test]
fn half_a_request_does_not_hold_the_end_of_the_program() {
    let mut site = Site::start_with(&["--limits", "off", "--aws", "off"]);
    let mut idle = sent(&site, HEALTH);
    assert!(answer(&mut idle).starts_with("http/1.1 200"));
    let (_nothing, _half) = (sent(&site, ""), sent(&site, HALF));
    let (code, seconds) = end(&mut site);
    assert_eq!(code, Some(0), "it ends in order");
    assert!(seconds < 8.0, "{seconds}");

    let mut site = Site::start_with(&["--limits", "off", "--aws", "off"]);
    let _body = sent(&site, "POST /api/v1/validate HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{\"fam");
    assert_eq!(site.get("/healthz").status, 200);
    let (code, seconds) = end(&mut site);
    assert_eq!(code, Some(0));
    assert!(seconds < 14.0, "connections have ten seconds, not the thirty of a body: {seconds}");
}

#[test]
fn running_out_of_descriptors_neither_ends_nor_blocks_the_program() {
    let site = Site::start_within("ulimit -n 160", &["--limits", "off"]);
    let silent: Vec<TcpStream> = (0..400).map(|_| sent(&site, HALF)).collect();
    for n in 0..20 {
        assert_eq!(site.get("/en").status, 200, "request {n} beside {} silent connections", silent.len());
    }
}

#[test]
fn http_2_is_refused_in_both_ways_that_a_client_may_ask_for_it() {
    /// What a server of HTTP/2 sends first: an empty SETTINGS frame, or one with settings. RFC 9113, sections 3.4 and 6.5.
    const SETTINGS: u8 = 4;
    const PREFACE: &str = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    let site = Site::start_with(&["--limits", "off", "--aws", "off"]);
    // With prior knowledge: the preface, an empty SETTINGS frame, and a GET of / as a HEADERS frame.
    let mut known = sent(&site, &format!("{PREFACE}\0\0\0\x04\0\0\0\0\0"));
    let _ = known.write_all(&[0, 0, 3, 1, 5, 0, 0, 0, 1, 0x82, 0x86, 0x84]);
    let mut bytes = Vec::new();
    let _ = known.read_to_end(&mut bytes);
    assert_ne!(bytes.get(3), Some(&SETTINGS), "{bytes:?}");
    assert!(bytes.is_empty() || bytes.starts_with(b"HTTP/1.1 4") || bytes.starts_with(b"HTTP/1.1 505"), "{bytes:?}");
    // With an upgrade from HTTP/1.1 (RFC 7540, section 3.2): the request is answered as it is.
    let upgrade = "GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: upgrade, http2-settings, close\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABkAAQAAP__\r\n\r\n";
    let (text, _) = rest(sent(&site, upgrade), Instant::now());
    assert!(text.starts_with("HTTP/1.1 200") && text.ends_with("ok\n") && !text.to_lowercase().contains("upgrade: "), "{text:?}");
}

#[test]
fn only_http_1_is_spoken_and_only_paths_are_answered() {
    let site = Site::start_with(&["--limits", "off", "--aws", "off"]);
    let from = Instant::now();
    let (text, _) = rest(sent(&site, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0"), from);
    assert!(text.is_empty() || text.starts_with("HTTP/1.1 400") || text.starts_with("HTTP/1.1 505"), "{text:?}");
    for head in [
        "CONNECT x:1 HTTP/1.1\r\nhost: x:1",
        "GET x:1 HTTP/1.1\r\nhost: x:1",
        "OPTIONS * HTTP/1.1\r\nhost: x",
        "GET http://evil.example/en HTTP/1.1\r\nhost: x",
        "GET /en HTTP/1.1\r\nhost: x\r\nhost: y",
        "GET /en HTTP/1.1\r\naccept: */*",
    ] {
        let (text, _) = rest(sent(&site, &format!("{head}\r\n\r\n")), from);
        assert!(text.starts_with("HTTP/1.1 400"), "{head}: {text:?}");
    }
    let (text, _) = rest(sent(&site, "GET http://x/en HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"), from);
    assert!(text.starts_with("HTTP/1.1 200"), "{text:?}");
    let log = std::fs::read_to_string(site.folder.path().join("log")).unwrap();
    assert!(!log.contains("panic"), "{log}");
}
