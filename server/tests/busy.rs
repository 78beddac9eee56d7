//! What a request may cost: bodies, places with the threads that compute, bytes that are stored.

#![allow(clippy::unwrap_used)]

#[cfg(feature = "aws")]
mod fake;
mod web;

use serde_json::json;
use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};
use web::Site;

/// Bytes of the largest page: a few times those of the largest draft.
const MOST_OF_A_PAGE: usize = 5 << 20;

/// A request of which only the head is sent, and so many bytes of the body.
fn begun(site: &Site, target: &str, length: usize, sent: usize) -> TcpStream {
    let mut stream = TcpStream::connect(&site.addr).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let head = format!("POST {target} HTTP/1.1\r\nhost: {}\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {length}\r\n\r\n", site.addr);
    stream.write_all(head.as_bytes()).unwrap();
    // It may have been refused already.
    let _ = stream.write_all(&vec![b'&'; sent]);
    stream
}

/// The beginning of the answer.
fn answered(stream: &mut TcpStream) -> String {
    let mut bytes = vec![0; 4096];
    let read = stream.read(&mut bytes).unwrap_or(0);
    String::from_utf8_lossy(&bytes[..read]).into_owned()
}

#[test]
fn an_unknown_link_is_refused_before_its_body_is_read() {
    let site = Site::start_with(&["--limits", "off", "--aws", "off"]);
    let own = site.tutorial();
    for target in ["/en/d/AAAAAAAAAAAAAAAAAAAAAA/cluster", "/ko/d/AAAAAAAAAAAAAAAAAAAAAA/share", "/en/d/nonsense/cluster", "/en/d/AAAAAAAAAAAAAAAAAAAAAA/json"]
    {
        let answer = answered(&mut begun(&site, target, 100_000, 10));
        assert!(answer.starts_with("HTTP/1.1 404"), "{target}: {answer}");
    }
    let mut put = TcpStream::connect(&site.addr).unwrap();
    put.write_all(b"PUT /api/v1/drafts/AAAAAAAAAAAAAAAAAAAAAA HTTP/1.1\r\nhost: x\r\ncontent-length: 100000\r\n\r\n{").unwrap();
    let answer = answered(&mut put);
    assert!(answer.starts_with("HTTP/1.1 404") && answer.contains("not-found"), "{answer}");
    // The body of a known one is waited for.
    let mut known = begun(&site, &format!("/en/d/{own}/cluster"), 10, 5);
    known.write_all(b"&&&&&").unwrap();
    assert!(answered(&mut known).starts_with("HTTP/1.1 303"));
    // What was sent meanwhile is taken, so that the answer is not lost to a reset.
    let mut sending = begun(&site, "/en/d/AAAAAAAAAAAAAAAAAAAAAA/cluster", 900_000, 900_000);
    let mut text = Vec::new();
    sending.read_to_end(&mut text).unwrap();
    assert!(text.starts_with(b"HTTP/1.1 404") && String::from_utf8_lossy(&text).contains("</html>"), "{}", text.len());
}

#[test]
fn a_form_is_at_most_three_times_a_draft() {
    let site = Site::start_with(&["--aws", "off", "--largest-draft", "20000"]);
    let own = site.tutorial();
    let largest = 3 * 20_000 + 64 * 1024;
    let page = answered(&mut begun(&site, &format!("/en/d/{own}/cluster"), largest + 1, 10));
    assert!(page.starts_with("HTTP/1.1 413"), "{page}");
    assert!(answered(&mut begun(&site, &format!("/en/d/{own}/cluster"), largest, largest)).starts_with("HTTP/1.1 303"));
    assert_eq!(site.request("POST", "/api/v1/validate", &[], &" ".repeat(1024 * 1024 + 1)).status, 413);
}

#[test]
fn unfinished_bodies_leave_room_for_finished_ones() {
    // Eight of the unfinished bodies fit, so the others are given up. A finished one needs the place of one of the eight.
    const UNFINISHED: usize = 40;
    const FIT: usize = 8;
    let site = Site::start_with(&["--limits", "off", "--most-body-bytes", "8388608"]);
    let unfinished: Vec<TcpStream> = (0..UNFINISHED).map(|_| begun(&site, "/api/v1/validate", 1_000_001, 1_000_000)).collect();
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::scope(|scope| {
        for stream in &unfinished {
            let (mut stream, tell) = (stream.try_clone().unwrap(), tell.clone());
            scope.spawn(move || tell.send(answered(&mut stream)));
        }
        // Once so many have been given up, the others have begun, and nearly fill the room.
        for _ in FIT..UNFINISHED {
            let answer = told.recv_timeout(Duration::from_secs(20)).unwrap();
            assert!(answer.starts_with("HTTP/1.1 503") && answer.contains("retry-after: "), "{answer}");
        }
        for n in 0..5 {
            let reply = site.request("POST", "/api/v1/validate", &[], &format!("{{\"family\": \"{}\"}}", "x".repeat(1_000_000)));
            assert_eq!(reply.status, 200, "body {n} beside unfinished ones");
        }
        unfinished.iter().for_each(|stream| drop(stream.shutdown(std::net::Shutdown::Both)));
    });
}

#[cfg(feature = "aws")]
mod with_aws {
    use super::*;

    #[test]
    fn beyond_the_places_there_is_a_503_and_healthz_answers() {
        let aws = fake::Fake::start();
        // Two places, so one address has one.
        let site = Site::start_with(&["--limits", "off", "--aws", "paste", "--aws-patience", "30", "--aws-endpoint", &aws.url, "--most-requests", "2"]);
        let token = site.ready();
        aws.odd("sts:GetCallerIdentity", &[fake::Odd::Gate]);
        let keys = [("op", "look"), ("key-id", "ASIACANARYCANARY0001"), ("key-secret", "secret"), ("key-token", "token")];
        std::thread::scope(|scope| {
            let looking = scope.spawn(|| site.press(&format!("/en/d/{token}/register"), "", &keys));
            aws.at_gate(1);
            let page = site.get("/ko");
            assert_eq!((page.status, page.header("retry-after")), (503, "5"));
            assert!(page.body.contains("지금은 서버가 바빠요") && page.header("content-security-policy").contains("default-src 'none'"));
            assert!(page.header("set-cookie").is_empty(), "{}", page.header("set-cookie"));
            assert!(site.get("/en/rules").body.contains("The server is busy right now"));
            let api = site.request("POST", "/api/v1/validate", &[], "{}");
            assert_eq!((api.status, api.header("retry-after"), api.json()["error"]["code"].as_str()), (503, "5", Some("busy")));
            for path in ["/healthz", "/readyz", "/robots.txt", "/favicon.svg"] {
                assert_eq!(site.get(path).status, 200, "{path}");
            }
            aws.open_gate();
            assert_eq!(looking.join().unwrap().status, 303);
        });
        assert_eq!(site.get("/ko").status, 200, "the place is free again");
    }
}

#[test]
fn bytes_that_are_stored_are_limited_as_well_as_requests() {
    let site = Site::start_with(&["--aws", "off", "--bytes-per-minute", "100000"]);
    let body =
        |n: usize| json!({ "taskDefinition": { "family": "f", "containerDefinitions": [{ "name": "c", "image": format!("i{n}:{}", "x".repeat(40_000)) }] } });
    let made = site.post_json("/api/v1/drafts", &body(0)).json();
    let address = format!("/api/v1/drafts/{}", made["edit"]["token"].as_str().unwrap());
    assert_eq!(site.put_json(&address, Some("\"1\""), &body(1)).status, 200);
    assert_eq!(site.put_json(&address, Some("\"2\""), &body(2)).status, 200);
    let over = site.put_json(&address, Some("\"3\""), &body(3));
    assert_eq!((over.status, over.header("retry-after")), (429, "5"));
    assert_eq!(site.post_form("/en/d", &[("preset", "tutorial")]).status, 429);
    assert_eq!(site.get(&address).json()["revision"], 3, "nothing of it was stored");
    assert_eq!(site.post_json("/api/v1/validate", &json!({})).status, 200, "what is not stored does not count");
    assert_eq!(site.request("DELETE", &address, &[], "").status, 204, "making room is always allowed");
}

/// 300,000 values in 0.9 MB made pages of 27 MB, and each took seconds of a processor.
#[test]
fn a_draft_of_many_values_makes_no_page_out_of_proportion() {
    let site = Site::start_with(&["--limits", "off", "--aws", "off"]);
    let container = |key: &str, value: serde_json::Value| json!({ "family": "f", "containerDefinitions": [{ "name": "c", "image": "i:1", key: value }] });
    let keys: serde_json::Map<_, _> = (0..30_000).map(|n| (format!("k{n}"), json!(n))).collect();
    let shapes = [
        ("a list that AWS does not have", container("x", json!(vec![0; 300_000]))),
        ("keys that AWS does not have", json!({ "family": "f", "x": keys, "containerDefinitions": [keys] })),
        ("variables", container("environment", json!(vec![json!({ "name": "a", "value": "b" }); 30_000]))),
        ("ports", container("portMappings", json!(vec![json!({ "containerPort": 80 }); 30_000]))),
        ("words of a command", container("command", json!(vec!["a"; 200_000]))),
        ("containers", json!({ "family": "f", "containerDefinitions": vec![json!({}); 100_000] })),
        ("volumes", json!({ "family": "f", "volumes": vec![json!({ "name": "v" }); 50_000] })),
    ];
    let mut seen = 0;
    for (what, definition) in shapes {
        let made = site.post_json("/api/v1/drafts", &json!({ "taskDefinition": definition })).json();
        let (token, view) = (made["edit"]["token"].as_str().unwrap(), made["view"]["token"].as_str().unwrap());
        let pages = ["cluster", "size", "containers", "containers/1", "ports", "health", "logs", "review", "history", "export", "inspect", "json", "note"];
        for page in pages.map(|page| format!("/ko/d/{token}/{page}")).into_iter().chain([format!("/ko/s/{view}"), format!("/ko/s/{view}/export")]) {
            let reply = site.get(&page);
            assert!([200, 303, 404].contains(&reply.status), "{what}: {page}: {}", reply.status);
            assert!(reply.body.len() < MOST_OF_A_PAGE, "{what}: {page}: {} bytes", reply.body.len());
            seen += usize::from(reply.status == 200);
        }
    }
    assert!(seen > 90, "{seen}");
}

#[test]
fn a_full_store_takes_nothing_new_and_still_answers() {
    let site = Site::start_with(&["--aws", "off", "--most-bytes", "1"]);
    let page = site.post_form("/en/d", &[("preset", "tutorial")]);
    assert_eq!(page.status, 507);
    assert!(page.body.contains("This server is full"));
    assert_eq!(site.post_json("/api/v1/drafts", &json!({})).json()["error"]["code"], "full");
    assert_eq!((site.get("/en").status, site.get("/readyz").status), (200, 200));
}

#[test]
fn who_asks_is_said_by_trusted_proxies_alone() {
    let ask = |site: &Site, said: &str| site.request("GET", "/en", &[("x-forwarded-for", said)], "").status;
    let few = ["--requests-per-minute", "3", "--aws", "off"];
    let trusting = Site::start_with(&[&few[..], &["--trusted-proxies", "10.0.0.0/8,127.0.0.1"]].concat());
    let statuses: Vec<u16> = (0..6).map(|n| ask(&trusting, &format!("6.6.6.6, 203.0.113.{n}:4444"))).collect();
    assert_eq!(statuses, [200; 6], "six visitors behind a proxy");
    let statuses: Vec<u16> = (0..6).map(|n| ask(&trusting, &format!("6.6.6.{n}, 203.0.113.9"))).collect();
    assert_eq!(statuses, [200, 200, 200, 429, 429, 429], "what a visitor writes itself is not believed");

    let own = Site::start_with(&few);
    let statuses: Vec<u16> = (0..6).map(|n| ask(&own, &format!("203.0.113.{n}"))).collect();
    assert_eq!(statuses, [200, 200, 200, 429, 429, 429]);
    let log = std::fs::read_to_string(own.folder.path().join("log")).unwrap();
    assert_eq!(log.matches("--trusted-proxies").count(), 1, "the log says once what to do");
}

#[test]
fn https_and_the_host_are_said_by_trusted_proxies_alone() {
    let said = [("x-forwarded-proto", "https"), ("x-forwarded-host", "tasks.example")];
    let link = |site: &Site| site.request("POST", "/api/v1/drafts", &said, "{\"preset\":\"tutorial\"}").json()["edit"]["url"].as_str().unwrap().to_owned();
    let trusting = Site::start_with(&["--limits", "off", "--aws", "off", "--trusted-proxies", "127.0.0.1"]);
    assert!(link(&trusting).starts_with("https://tasks.example/"));
    let own = Site::start_with(&["--limits", "off", "--aws", "off"]);
    assert!(link(&own).starts_with(&format!("http://{}/", own.addr)));
}

#[test]
fn a_proxy_makes_nobody_this_computer() {
    let refused = Site::refused(&["--trusted-proxies", "127.0.0.1"]);
    assert!(refused.contains("--aws") && refused.contains("proxy"), "{refused}");
    let refused = Site::refused(&["--trusted-proxies", "0.0.0.0/0", "--aws", "off"]);
    assert!(refused.contains("everybody"), "{refused}");
}

#[cfg(unix)]
#[test]
fn what_the_program_writes_is_its_users_alone() {
    use std::os::unix::fs::PermissionsExt;
    let site = Site::start_with(&["--limits", "off", "--aws", "off"]);
    site.tutorial();
    let files: Vec<_> =
        std::fs::read_dir(site.folder.path()).unwrap().map(|f| f.unwrap()).filter(|f| f.file_name().to_string_lossy().contains("t.db")).collect();
    assert!(files.len() >= 2, "{files:?}");
    for file in files {
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o077, 0, "{file:?}");
    }
}

#[test]
fn the_help_shows_no_password() {
    let help = std::process::Command::new(env!("CARGO_BIN_EXE_taskwright"))
        .arg("--help")
        .env("TASKWRIGHT_DATABASE", "postgres://u:canary-password@h/d")
        .output()
        .unwrap();
    let text = String::from_utf8(help.stdout).unwrap();
    assert!(text.contains("TASKWRIGHT_DATABASE") && !text.contains("canary-password"), "{text}");
}

#[test]
fn a_log_in_a_file_has_no_colours() {
    let site = Site::start_with(&["--limits", "off", "--aws", "off"]);
    site.get("/en");
    let log = std::fs::read(site.folder.path().join("log")).unwrap();
    assert!(!log.is_empty() && !log.contains(&0x1b));
}
