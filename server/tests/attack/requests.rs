//! Hostile requests, each from a seed: methods, targets, heads, framing, bodies.

use super::{Seeded, bodies};

/// A request as it goes over the wire.
pub struct Bytes {
    /// What the request tries.
    pub kind: &'static str,
    pub bytes: Vec<u8>,
    /// Whether the server can tell where it ends; else the sending side is closed behind it.
    pub complete: bool,
    /// Whether an answer must come. Where the server may hang up before it has read all, the answer can be lost.
    pub answered: bool,
}

/// Bodies up to this many bytes fit into the buffers of a socket, so that an early answer is not lost.
const SURELY_READ: usize = 16 * 1024;

/// A well-formed request of one's own; `headers` are lines that end with CR LF.
pub fn whole(method: &str, path: &str, headers: &str, body: &[u8]) -> Bytes {
    built("whole", method, path, &format!("host: localhost\r\n{headers}"), body)
}

fn built(kind: &'static str, method: &str, target: &str, headers: &str, body: &[u8]) -> Bytes {
    let head = format!("{method} {target} HTTP/1.1\r\nconnection: close\r\n{headers}content-length: {}\r\n\r\n", body.len());
    let answered = body.len() <= SURELY_READ && head.len() <= SURELY_READ;
    Bytes { kind, bytes: [head.as_bytes(), body].concat(), complete: true, answered }
}

/// A draft that the attacker has links to.
#[derive(Clone, Default)]
pub struct Links {
    pub edit: String,
}

const UNKNOWN: &str = "AAAAAAAAAAAAAAAAAAAAAA";

const PAGES: [&str; 22] = [
    "",
    "/cluster",
    "/size",
    "/containers",
    "/containers/1",
    "/containers/18446744073709551616",
    "/ports",
    "/health",
    "/health/2",
    "/logs",
    "/review",
    "/share",
    "/conflict",
    "/history",
    "/history?at=1",
    "/json",
    "/fixes",
    "/note",
    "/since",
    "/register",
    "/doctor",
    "/review/register/AAAAAAAAAAAAAAAA",
];

const METHODS: [&str; 16] =
    ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "G\u{e9}T", "M-SEARCH", "PRI", "GET\t", "X"];

/// The next request of an attacker.
pub fn next(dice: &mut Seeded, links: &Links) -> Bytes {
    match dice.below(8) {
        0 => targets(dice, links),
        1 => heads(dice, links),
        2 => framing(dice),
        3 => forms(dice, links),
        4 => live(dice, links),
        5 => stored(dice, links),
        _ => api(dice, links),
    }
}

fn token<'a>(dice: &mut Seeded, links: &'a Links) -> &'a str {
    if links.edit.is_empty() || dice.once_in(5) {
        dice.pick(&[UNKNOWN, "short", "%00", "%0d%0aX:1", "..%2f..", "%ff", "AAAAAAAAAAAAAAAAAAAAA=", "%F0%9F%A6%80"])
    } else {
        &links.edit
    }
}

fn page(dice: &mut Seeded, links: &Links) -> String {
    let lang = dice.pick(&["en", "ko", "en", "ko", "fr", "%2Fevil.example", "%5Cevil.example", "%0d%0a", "%00", "EN"]);
    let room = if dice.once_in(6) { "s" } else { "d" };
    format!("/{lang}/{room}/{}{}", token(dice, links), dice.pick(&PAGES))
}

fn targets(dice: &mut Seeded, links: &Links) -> Bytes {
    const ODD: [&str; 34] = [
        "*",
        "/",
        "//",
        "//evil.example/",
        "/\\evil.example",
        "x:1",
        "example.com:443",
        "http://evil.example/",
        "http://evil.example:99999/en",
        "https://user:pass@evil.example/en",
        "/%00",
        "/%0d%0aSet-Cookie:a=b",
        "/en%00",
        "/en/../../etc/passwd",
        "/pkg/..%2f..%2fCargo.toml",
        "/pkg/%2e%2e/%2e%2e/Cargo.toml",
        "/pkg/",
        "/pkg/%00",
        "/pkg/x",
        "/texts/en/1",
        "/texts/%00/%00",
        "/en?lang=%ff&lang=ko",
        "/en/rules?q=%00",
        "/en/rules#x",
        "/unlock/%00",
        "/unlock/x",
        "/en/mine",
        "/healthz",
        "/readyz",
        "/robots.txt",
        "/api/v1/rules?lang=%F0%9F",
        "/api/v1/nothing",
        "/live/nothing",
        "/en/glossary?a[]=1&a[b]=2",
    ];
    let method = dice.pick(&METHODS);
    let target = match dice.below(4) {
        0 => page(dice, links),
        1 => format!("/{}", "a/".repeat(dice.below(4_000))),
        _ => dice.pick(&ODD).to_owned(),
    };
    let mut request = built("target", method, &target, "host: localhost\r\n", b"");
    // Not a request line at all: the server may hang up.
    request.answered &= method.bytes().all(|b| b.is_ascii_graphic()) && method != "PRI";
    request
}

fn heads(dice: &mut Seeded, links: &Links) -> Bytes {
    const ODD: [&str; 36] = [
        "host: localhost\r\n",
        "host: evil.example\r\n",
        "host:\r\n",
        "host: a\r\nhost: b\r\n",
        "host: [::1\r\n",
        "host: localhost:99999\r\n",
        "host: \u{e9}\r\n",
        "cookie: drafts=\r\n",
        "cookie: drafts=AAAA.BBBB.%00\r\n",
        "cookie: lang=xx; theme=%0d%0a; me=;;;=\r\n",
        "cookie: =\r\n",
        "accept-language: *;q=abc, ko;q=1e999, en;q=-1\r\n",
        "accept-encoding: br;q=0, *;q=9\r\n",
        "if-match: *\r\n",
        "if-match: \"99999999999999999999\"\r\n",
        "if-match: W/\"1\"\r\n",
        "if-match: \"-1\"\r\n",
        "if-match: \"9223372036854775807\"\r\n",
        "range: bytes=99999999999999999999-\r\n",
        "range: bytes=-1,-1,-1\r\n",
        "if-modified-since: yesterday\r\n",
        "origin: null\r\n",
        "origin: http://evil.example\r\n",
        "sec-fetch-site: cross-site\r\n",
        "content-type: multipart/form-data\r\n",
        "content-type: multipart/form-data; boundary=\r\n",
        "content-type: text/\u{ff}\r\n",
        "content-type: application/x-www-form-urlencoded; charset=utf-7\r\n",
        "content-encoding: br\r\n",
        "x-forwarded-for: 1.1.1.1, \u{1f980}, 999.1.1.1:x\r\n",
        "x-forwarded-proto: javascript\r\n",
        "forwarded: for=\"[::1]\";proto=\"\r\n",
        "x-request-id: %0d%0a\r\n",
        "upgrade: websocket\r\nconnection: upgrade\r\n",
        "upgrade: h2c\r\nhttp2-settings: AAMAAABk\r\n",
        "te: trailers\r\n",
    ];
    let mut lines = String::from(if dice.once_in(6) { "" } else { "host: localhost\r\n" });
    for _ in 0..1 + dice.below(6) {
        lines.push_str(dice.pick(&ODD));
    }
    match dice.below(20) {
        0 => lines.push_str(&"x-many: 1\r\n".repeat(200)),
        1 => lines.push_str(&format!("x-long: {}\r\n", "a".repeat(500_000))),
        2 => lines.push_str(&format!("cookie: drafts={}\r\n", [UNKNOWN; 300].join("."))),
        3 => lines.push_str("x-folded: a\r\n b\r\n"),
        4 => lines.push_str("bad name: a\r\n"),
        5 => lines.push_str("x-zero: a\0b\r\n"),
        _ => {}
    }
    let target = if dice.once_in(2) { page(dice, links) } else { dice.pick(&["/", "/en", "/ko", "/en/mine", "/api/v1/rules", "/en/d"]).to_owned() };
    let body = if dice.once_in(3) { bodies::form(dice) } else { Vec::new() };
    built("head", dice.pick(&["GET", "POST", "PUT", "DELETE", "HEAD"]), &target, &lines, &body)
}

/// Where a body ends is said twice, wrongly, or not at all; other protocols.
fn framing(dice: &mut Seeded) -> Bytes {
    const ODD: [&[u8]; 22] = [
        b"POST /api/v1/validate HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /en HTTP/1.1\r\nhost: a\r\n\r\n",
        b"POST /api/v1/validate HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\ncontent-length: 5\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        b"POST /api/v1/validate HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}x",
        b"POST /api/v1/validate HTTP/1.1\r\nhost: a\r\ncontent-length: 2, 2\r\n\r\n{}",
        b"POST /api/v1/validate HTTP/1.1\r\nhost: a\r\ncontent-length: -1\r\n\r\n{}",
        b"POST /api/v1/validate HTTP/1.1\r\nhost: a\r\ncontent-length: +2\r\n\r\n{}",
        b"POST /api/v1/validate HTTP/1.1\r\nhost: a\r\ncontent-length: 99999999999999999999\r\n\r\n{}",
        b"POST /api/v1/validate HTTP/1.1\r\nhost: a\r\ncontent-length: 0x2\r\n\r\n{}",
        b"POST /api/v1/validate HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\n{}",
        b"POST /api/v1/validate HTTP/1.1\r\nhost: a\r\ntransfer-encoding: xchunked\r\n\r\n0\r\n\r\n",
        b"POST /api/v1/validate HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        b"POST /api/v1/validate HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nffffffffffffffffff\r\n{}\r\n0\r\n\r\n",
        b"POST /api/v1/validate HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n",
        b"POST /api/v1/validate HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n2;a=\"\0\"\r\n{}\r\n0\r\nx: y\r\n\r\n",
        b"POST /api/v1/validate HTTP/1.1\r\nhost: a\r\nexpect: 100-continue\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}",
        b"GET /en\r\n\r\n",
        b"GET /en HTTP/1.0\r\n\r\n",
        b"GET /en HTTP/3.0\r\nhost: a\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0",
        b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03",
        b"\r\n\r\n\r\n\r\n",
        b"GET /en HTTP/1.1\nhost: a\n\n",
    ];
    Bytes { kind: "framing", bytes: dice.pick(&ODD).to_vec(), complete: false, answered: false }
}

fn api(dice: &mut Seeded, links: &Links) -> Bytes {
    let draft = format!("/api/v1/drafts/{}", token(dice, links));
    let (method, target) = match dice.below(9) {
        0 => ("PUT", draft),
        1 => ("GET", draft),
        2 => ("GET", format!("{draft}/export/{}", dice.pick(&["json", "deploy.sh", "teardown.sh", "terraform", "compose?as=zip", "%00", "x"]))),
        3 => ("POST", "/api/v1/drafts".into()),
        4 => ("POST", "/api/v1/import".into()),
        5 => ("POST", "/api/v1/export/json".into()),
        _ => (
            "POST",
            format!(
                "/api/v1/validate?lang={}&region={}&launchType={}",
                dice.pick(&["en", "ko", "%ff", ""]),
                dice.pick(&["", "us-east-1", "%0d%0a", "$(id)"]),
                dice.pick(&["", "FARGATE", "%00"])
            ),
        ),
    };
    let body = bodies::json(dice);
    let body = match dice.below(4) {
        0 => [br#"{"taskDefinition":"#.as_slice(), &body, b"}"].concat(),
        1 => [br#"{"cluster":"a","title":"#.as_slice(), &body, br#","taskDefinition":{}}"#].concat(),
        2 => [br#"{"preset":"tutorial","cluster":"#.as_slice(), &body, b"}"].concat(),
        _ => body,
    };
    let headers = format!("host: localhost\r\nif-match: \"{}\"\r\ncontent-type: application/json\r\n", dice.pick(&["1", "2", "3", "0", "x"]));
    built("json", method, &target, &headers, &body)
}

fn forms(dice: &mut Seeded, links: &Links) -> Bytes {
    let target = if dice.once_in(4) { dice.pick(&["/en/d", "/ko/d", "/fr/d", "/en/theme", "/en/doctor"]).to_owned() } else { page(dice, links) };
    if dice.once_in(6) {
        let boundary = dice.pick(&["x", "", "--", "\"", "a b"]);
        let body =
            [b"--x\r\ncontent-disposition: form-data; name=\"taskDefinition\"; filename=\"../../a\"\r\n\r\n".as_slice(), &bodies::json(dice), b"\r\n--x--\r\n"]
                .concat();
        return built("multipart", "POST", &target, &format!("host: localhost\r\ncontent-type: multipart/form-data; boundary={boundary}\r\n"), &body);
    }
    built("form", "POST", &target, "host: localhost\r\ncontent-type: application/x-www-form-urlencoded\r\n", &bodies::form(dice))
}

fn live(dice: &mut Seeded, links: &Links) -> Bytes {
    let text = String::from_utf8_lossy(&bodies::json(dice)).into_owned();
    let call = serde_json::json!({ "token": links.edit, "lang": dice.pick(&["en", "ko", "", "xx"]), "base": dice.pick(&[1i64, 0, -1, i64::MAX]), "text": text, "draft": text });
    let body = if dice.once_in(3) { text.into_bytes() } else { call.to_string().into_bytes() };
    let headers = format!(
        "host: localhost\r\ncontent-type: {}\r\naccept: {}\r\nreferer: {}\r\n",
        dice.pick(&["application/json", "text/plain", "application/x-www-form-urlencoded", ""]),
        dice.pick(&["application/json", "text/html", "*/*"]),
        dice.pick(&["http://evil.example/", "//evil.example", "\u{ff}"])
    );
    built("live", "POST", "/live/save", &headers, &body)
}

/// What an earlier request stored is opened on every page, by readers and by forms.
fn stored(dice: &mut Seeded, links: &Links) -> Bytes {
    let lang = dice.pick(&["en", "ko"]);
    let target = format!("/{lang}/d/{}{}", if links.edit.is_empty() { UNKNOWN } else { &links.edit }, dice.pick(&PAGES));
    built("stored", "GET", &target, "host: localhost\r\n", b"")
}
