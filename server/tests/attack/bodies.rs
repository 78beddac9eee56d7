//! Bodies that cost most or break most, of a size that the server takes.

use super::Seeded;
use serde_json::{Value, json};
use std::{fmt::Write, sync::OnceLock};

/// The bodies that kept a core busy for seconds, each below the API's limit of 1 MiB: name and text.
pub fn worst() -> &'static [(&'static str, String)] {
    static WORST: OnceLock<Vec<(&'static str, String)>> = OnceLock::new();
    WORST.get_or_init(made)
}

fn made() -> Vec<(&'static str, String)> {
    let whole = |containers: Value, rest: Value| {
        let mut definition = json!({ "family": "a", "containerDefinitions": containers });
        for (key, value) in rest.as_object().unwrap() {
            definition[key] = value.clone();
        }
        definition.to_string()
    };
    let list = |n: usize, item: &dyn Fn(usize) -> Value| Value::Array((0..n).map(item).collect());
    let container = |key: &str, value: Value| json!([{ "name": "a", "image": "a:1", key: value }]);
    let long = |end: &str| "x".repeat(60_000) + end;
    vec![
        (
            "two names of 60,000 letters",
            whole(
                json!([{ "name": long("a"), "image": "a:1" }, { "name": "b", "image": "b:1", "dependsOn": [{ "containerName": long("b"), "condition": "START" }] }]),
                json!({}),
            ),
        ),
        (
            "40 containers with 1,000 ports each",
            whole(list(40, &|c| json!({ "name": format!("c{c}"), "portMappings": list(1_000, &|p| json!({ "containerPort": p })) })), json!({})),
        ),
        ("30,000 tags", whole(json!([]), json!({ "tags": list(30_000, &|i| json!({ "key": format!("k{i}"), "value": "" })) }))),
        (
            "30,000 volumes and 6,000 mounts",
            whole(
                container("mountPoints", list(6_000, &|i| json!({ "sourceVolume": format!("w{i}"), "containerPath": format!("/{i}") }))),
                json!({ "volumes": list(30_000, &|i| json!({ "name": format!("v{i}") })) }),
            ),
        ),
        (
            "a health command of 880 KB",
            whole(container("healthCheck", json!({ "command": ["CMD-SHELL", "curl -f http://localhost || ".repeat(32_000)] })), json!({})),
        ),
        ("140,000 doubled keys", format!("{{{}\"family\":\"a\"}}", "\"a\":1,".repeat(140_000))),
        ("180,000 nulls", whole(container("command", list(180_000, &|_| Value::Null)), json!({}))),
        (
            "60,000 log options",
            whole(
                container(
                    "logConfiguration",
                    json!({ "logDriver": "awslogs", "options": (0..60_000).map(|i| (format!("o{i}"), json!(""))).collect::<serde_json::Map<_, _>>() }),
                ),
                json!({}),
            ),
        ),
        ("28,000 wrong variables", whole(container("environment", list(28_000, &|i| json!({ "name": format!("1{i}"), "value": 1 }))), json!({}))),
    ]
}

const NUMBERS: [&str; 16] = [
    "0",
    "-0",
    "-1",
    "1e999",
    "-1e-999",
    "1E400",
    "0.1",
    "1.0",
    "9007199254740993",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551616",
    "1e2",
    "00",
    "NaN",
    "+1",
];

const KEYS: [&str; 24] = [
    "family",
    "cpu",
    "memory",
    "containerDefinitions",
    "name",
    "image",
    "portMappings",
    "containerPort",
    "hostPort",
    "environment",
    "healthCheck",
    "command",
    "logConfiguration",
    "options",
    "volumes",
    "tags",
    "executionRoleArn",
    "runtimePlatform",
    "taskDefinition",
    "__proto__",
    "",
    "~1",
    "$serde_json::private::Number",
    "$serde_json::private::RawValue",
];

const TEXTS: [&str; 22] = [
    "",
    "a",
    "\\u0000",
    "\\ud800",
    "\\udc00\\ud800",
    "\\r\\n",
    "\\u001b[31m",
    "\\u202e",
    "$(id)",
    "`id`",
    "';--",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "%s%n",
    "../../etc/passwd",
    "::error::x",
    "arn:aws:iam::$(id):role/x",
    "🦀",
    "\\\\",
    "\\\"",
    "\\q",
    "é\u{301}",
];

/// A JSON text that is odd in depth, width, numbers, keys or spelling; below 1 MiB.
pub fn json(dice: &mut Seeded) -> Vec<u8> {
    match dice.below(12) {
        0 => nested(dice, "[", "]"),
        1 => nested(dice, "{\"a\":", "}"),
        2 => nested(dice, "{\"containerDefinitions\":[", "]}"),
        3 => format!("[{}]", vec![dice.pick(&NUMBERS); 1 + dice.below(20_000)].join(",")).into_bytes(),
        4 => format!("{{\"cpu\":{}}}", "9".repeat(1 + dice.below(6_000))).into_bytes(),
        5 => broken(dice),
        6 => worst()[dice.below(worst().len())].1.clone().into_bytes(),
        7 => format!("{{\"{0}\":1,\"{0}\":2}}", dice.pick(&KEYS)).into_bytes(),
        _ => {
            let mut text = String::new();
            value(dice, 0, &mut text);
            text.into_bytes()
        }
    }
}

/// Around every limit on depth that somebody may have set, and far beyond.
fn nested(dice: &mut Seeded, open: &str, close: &str) -> Vec<u8> {
    let depth = dice.pick(&[1, 30, 62, 63, 64, 65, 66, 120, 125, 126, 127, 128, 129, 500, 40_000]);
    let middle = dice.pick(&NUMBERS);
    (open.repeat(depth) + middle + &close.repeat(depth)).into_bytes()
}

/// Half of a text, a byte that is no UTF-8, another encoding.
fn broken(dice: &mut Seeded) -> Vec<u8> {
    let mut text = String::new();
    value(dice, 0, &mut text);
    let mut bytes = text.into_bytes();
    match dice.below(5) {
        0 => bytes.truncate(dice.below(bytes.len() + 1)),
        1 => bytes.insert(dice.below(bytes.len() + 1), 0xff),
        2 => bytes = [b"\xef\xbb\xbf".as_slice(), &bytes].concat(),
        3 => bytes = bytes.iter().flat_map(|b| [*b, 0]).collect(),
        _ => bytes.insert(dice.below(bytes.len() + 1), 0),
    }
    bytes
}

fn value(dice: &mut Seeded, depth: usize, out: &mut String) {
    match dice.below(if depth > 6 { 4 } else { 7 }) {
        0 => out.push_str(dice.pick(&["true", "false", "null", "nul", "undefined"])),
        1 => out.push_str(dice.pick(&NUMBERS)),
        2 | 3 => write!(out, "\"{}\"", dice.pick(&TEXTS)).unwrap(),
        4 => {
            out.push('[');
            for i in 0..dice.below(6) {
                out.push_str(if i > 0 { "," } else { "" });
                value(dice, depth + 1, out);
            }
            out.push(']');
        }
        _ => {
            out.push('{');
            for i in 0..dice.below(8) {
                write!(out, "{}\"{}\":", if i > 0 { "," } else { "" }, dice.pick(&KEYS)).unwrap();
                value(dice, depth + 1, out);
            }
            out.push('}');
        }
    }
}

/// A form: names that a page has and names that it has not, with values of all kinds.
pub fn form(dice: &mut Seeded) -> Vec<u8> {
    const NAMES: [&str; 22] = [
        "rev",
        "op",
        "%2Fcluster",
        "%2Fcluster%2Fname",
        "%2Faside",
        "%2Ftitle",
        "%2Fregion",
        "%2FcontainerDefinitions",
        "%2FcontainerDefinitions%2F0%2Fname",
        "%2FcontainerDefinitions%2F99999999999%2Fname",
        "%2FcontainerDefinitions%2F0%2FportMappings%2F0%2FcontainerPort",
        "size",
        "logs",
        "%00",
        "%ff",
        "%",
        "",
        "taskDefinition",
        "preset",
        "copy",
        "back",
        "pick%20%2Ffamily",
    ];
    const VALUES: [&str; 20] = [
        "",
        "1",
        "-1",
        "9223372036854775807",
        "9999999999999999999999",
        "%0d%0aX-Injected:1",
        "%00",
        "%ff%fe",
        "tutorial",
        "add:/containerDefinitions",
        "remove:/containerDefinitions/0",
        "remove:/containerDefinitions/18446744073709551615",
        "fix:sizing-fargate-pair:99:/x",
        "env:/containerDefinitions/0",
        "%7B%22a%22%3A%5B%5D%7D",
        "//evil.example",
        "/%09/evil.example",
        "%5Cevil.example",
        "undo",
        "%F0%9F%A6%80",
    ];
    let pairs = if dice.once_in(40) { 20_000 } else { 1 + dice.below(12) };
    let pairs: Vec<String> = (0..pairs).map(|_| format!("{}={}", dice.pick(&NAMES), dice.pick(&VALUES))).collect();
    pairs.join("&").into_bytes()
}
