//! Documents that were made to take long: each is as large as `n`, and grows with it.

use serde_json::{Map, Value, json};

/// Names of the cases, and the sizes that the bounds of the rules still let through.
pub const CASES: [(&str, usize); 16] = [
    ("long names", 5_000),
    ("ports of many containers", 80),
    ("tags", 480),
    ("volumes and mounts", 480),
    ("mounts of unknown volumes", 480),
    ("health command", 60_000),
    ("health targets", 60_000),
    ("nulls", 480),
    ("log options", 480),
    ("wrong variables", 480),
    ("dependencies", 480),
    ("ulimits", 480),
    ("port ranges", 480),
    ("named ports", 480),
    ("misspelt keys", 480),
    ("tokens in a value", 60_000),
];

/// A text of about `n` bytes.
fn text(part: &str, n: usize) -> String {
    part.repeat(n / part.len() + 1)
}

fn list(n: usize, item: impl Fn(usize) -> Value) -> Value {
    (0..n).map(item).collect()
}

fn around(container: Value) -> Value {
    json!({ "family": "a", "requiresCompatibilities": ["EC2"], "networkMode": "bridge", "containerDefinitions": [container] })
}

pub fn definition(case: &str, n: usize) -> Value {
    let one = |key: &str, value: Value| {
        let mut container = json!({ "name": "a", "image": "docker.io/me/a:1", "memory": 64 });
        container[key] = value;
        around(container)
    };
    match case {
        "long names" => {
            let (a, b) = (text("a", n), text("b", n));
            json!({ "family": "a", "containerDefinitions": [
                { "name": a, "image": "a:1", "dependsOn": [{ "containerName": b, "condition": "START" }] },
                { "name": format!("{b}x"), "image": "a:1", "dependsOn": [{ "containerName": a, "condition": "START" }] }
            ] })
        }
        "ports of many containers" => {
            let ports = |c: usize| list(n, |i| json!({ "containerPort": 1 + i, "hostPort": 1 + i, "name": format!("p{c}-{i}") }));
            let mut all = around(json!({}));
            all["networkMode"] = json!("awsvpc");
            all["containerDefinitions"] = list(20, |c| json!({ "name": format!("c{c}"), "image": "a:1", "memory": 64, "portMappings": ports(c) }));
            all
        }
        "tags" => json!({ "family": "a", "containerDefinitions": [], "tags": list(n, |i| json!({ "key": format!("k{}&", i / 2), "value": "v" })) }),
        "volumes and mounts" => {
            let mut all = one("mountPoints", list(n, |i| json!({ "sourceVolume": format!("v{i}"), "containerPath": format!("/p{i}") })));
            all["volumes"] = list(n, |i| json!({ "name": format!("v{}", i / 2) }));
            all
        }
        "mounts of unknown volumes" => {
            let mut all = one("mountPoints", list(n, |i| json!({ "sourceVolume": format!("unknown{i:04}"), "containerPath": format!("/p{i}") })));
            all["volumes"] = list(n, |i| json!({ "name": format!("unmatched{i:04}") }));
            all
        }
        "health command" => one("healthCheck", json!({ "command": ["CMD-SHELL", text("curl -u a:b eyJ.eyJhbGci. password=x;", n)] })),
        "health targets" => one("healthCheck", json!({ "command": ["CMD-SHELL", text("http://web", n)] })),
        "nulls" => {
            let mut container: Map<String, Value> = (0..n).map(|i| (format!("k{i}"), Value::Null)).collect();
            container.insert("name".into(), json!("a"));
            container.insert("links".into(), list(n, |_| Value::Null));
            around(Value::Object(container))
        }
        "log options" => {
            let options: Map<String, Value> = (0..n).map(|i| (format!("awslogs-grop{i}"), json!("x"))).collect();
            one("logConfiguration", json!({ "logDriver": "awslogs", "options": options }))
        }
        "wrong variables" => one("environment", list(n, |i| json!({ "name": format!("A {}={i}", i / 2), "value": " x" }))),
        "dependencies" => one("dependsOn", list(n, |i| json!({ "containerName": format!("b{}", i / 2), "condition": "HEALTHY" }))),
        "ulimits" => one("ulimits", list(n, |_| json!({ "name": "nofile", "softLimit": 2, "hardLimit": 1 }))),
        "port ranges" => one("portMappings", list(n, |i| json!({ "containerPortRange": format!("{}-{}", 1 + 3 * i, 4 + 3 * i) }))),
        "named ports" => one("portMappings", list(n, |i| json!({ "containerPort": 1 + i, "name": "same", "appProtocol": "http" }))),
        "misspelt keys" => {
            let keys: Map<String, Value> = (0..n).map(|i| (format!("environment{i:03}"), json!("x"))).collect();
            around(Value::Object(keys))
        }
        "tokens in a value" => one("environment", json!([{ "name": "A", "value": text("whsec_=eyJabcdefgh", n) }])),
        other => panic!("no case {other}"),
    }
}

/// What the security review sent: beyond the bounds, and answered by one finding.
pub fn beyond() -> [(&'static str, Value); 9] {
    let tags = json!({ "family": "a", "tags": list(30_000, |i| json!({ "key": format!("k{i}"), "value": "v" })) });
    [
        ("two names of 60,000 letters", definition("long names", 90_000)),
        ("40 containers of 1,000 ports", {
            let mut all = definition("tags", 1);
            all["containerDefinitions"] = list(40, |c| json!({ "name": format!("c{c}"), "portMappings": list(1_000, |i| json!({ "containerPort": i })) }));
            all
        }),
        ("30,000 tags", tags),
        ("30,000 volumes, 6,000 mounts", {
            let mut all = definition("volumes and mounts", 6_000);
            all["volumes"] = list(30_000, |i| json!({ "name": format!("v{i}") }));
            all
        }),
        ("a health command of 880 KB", definition("health command", 880_000)),
        ("180,000 nulls", definition("nulls", 90_000)),
        ("60,000 log options", definition("log options", 60_000)),
        ("28,000 wrong variables", definition("wrong variables", 28_000)),
        ("60,000 dependencies", definition("dependencies", 60_000)),
    ]
}
