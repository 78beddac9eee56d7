//! What must hold for every input: each leaf is reported once, nothing takes long.

use super::{read, unread};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use taskdef::{
    Lang,
    formats::{
        Format,
        import::{Answers, Input, dotenv, import, tree},
    },
};

fn leaves(node: &tree::Node) -> usize {
    match &node.kind {
        tree::Kind::List(items) if !items.is_empty() => items.iter().map(leaves).sum(),
        tree::Kind::Map(pairs) if !pairs.is_empty() => pairs.iter().map(|(_, value)| leaves(value)).sum(),
        _ => 1,
    }
}

/// Keys of a service with values of every shape, right and wrong.
fn any_service() -> impl Strategy<Value = Value> {
    const KEYS: [&str; 49] = [
        "image",
        "build",
        "command",
        "entrypoint",
        "environment",
        "env_file",
        "ports",
        "volumes",
        "depends_on",
        "restart",
        "healthcheck",
        "container_name",
        "networks",
        "expose",
        "labels",
        "secrets",
        "configs",
        "deploy",
        "logging",
        "user",
        "privileged",
        "cap_add",
        "ulimits",
        "sysctls",
        "init",
        "mem_limit",
        "cpus",
        "stop_grace_period",
        "extra_hosts",
        "links",
        "network_mode",
        "platform",
        "profiles",
        "tmpfs",
        "shm_size",
        "gpus",
        "devices",
        "dns",
        "ipc",
        "pid",
        "storage_opt",
        "security_opt",
        "memswap_limit",
        "volumes_from",
        "pre_start",
        "group_add",
        "x-ecs-secrets",
        "x-ecs-ports",
        "nonsense",
    ];
    let leaf = prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(Value::from),
        any::<u16>().prop_map(Value::from),
        prop::sample::select(vec![
            "a",
            "80:80",
            "127.0.0.1:1:2/udp",
            "./a:/b",
            "data:/c:ro",
            "A=1",
            "512m",
            "5s",
            "service_healthy",
            "sh -c 'x'",
            "a;b",
            "${X:-1}",
            "",
            "host",
            "none",
            "s1:ro",
            "service:s0",
            "sleep infinity"
        ])
        .prop_map(Value::from),
    ];
    let value = leaf.prop_recursive(3, 12, 4, |inner| {
        let key = prop::sample::select(vec![
            "test",
            "interval",
            "retries",
            "driver",
            "options",
            "resources",
            "limits",
            "memory",
            "source",
            "target",
            "type",
            "condition",
            "a",
            "file",
            "published",
            "command",
            "80/tcp",
        ]);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(key.prop_map(str::to_owned), inner, 0..4).prop_map(|map| json!(map))
        ]
    });
    prop::collection::btree_map(prop::sample::select(KEYS.to_vec()).prop_map(str::to_owned), value, 0..8).prop_map(|map| json!(map))
}

/// How often a property is tried: 192 times with every test, or as often as TASKWRIGHT_ROUNDS says.
fn rounds() -> u32 {
    std::env::var("TASKWRIGHT_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(192)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: rounds(), failure_persistence: None, ..ProptestConfig::default() })]

    /// JSON is YAML, so a value is written as JSON and read as Compose.
    #[test]
    fn every_leaf_of_a_compose_file_is_reported_once(services in prop::collection::vec(any_service(), 1..4), ec2 in any::<bool>()) {
        let names: serde_json::Map<String, Value> = services.into_iter().enumerate().map(|(i, s)| (format!("s{i}"), s)).collect();
        let text = json!({ "version": "3", "services": names, "volumes": { "data": null }, "x-a": [1] }).to_string();
        let answers: Answers = [("launch", if ec2 { "EC2" } else { "FARGATE" })].into_iter().collect();
        let input = Input { format: Some(Format::Compose), answers, ..Input::of(text.clone()) };
        if let Ok(found) = import(&input) {
            prop_assert_eq!(unread(&found.report), Vec::<&str>::new(), "{}", text);
            let due = leaves(&tree::read_yaml(0, &text).unwrap());
            let paths: BTreeSet<&str> = found.report.entries.iter().map(|e| e.path.as_str()).collect();
            prop_assert_eq!((found.report.entries.len(), paths.len()), (due, due), "{}", text);
        }
    }
}

/// A `--mount` of which no key is known was in no report.
#[test]
fn a_mount_without_a_known_key_is_reported() {
    for mount in ["x", "{", "volume-driver=local", "\u{e}"] {
        let found = read(&format!("docker run --mount {mount} nginx:1.27"));
        let said = found.report.entries.iter().filter(|e| e.said.as_ref().is_some_and(|s| s.message.id == "import-unreadable"));
        assert_eq!(said.count(), 1, "{mount:?}");
    }
}

/// An environment whose name is empty was taken for the one that was chosen. A million broken texts had one.
#[test]
fn an_environment_without_a_name_is_reported() {
    read("name: web\ntype: Backend Service\nimage: {location: 'a:1'}\nenvironments: {: {cpu: 256}}\n");
}

/// Bombs of each kind end soon, with a word.
#[test]
fn nothing_large_takes_long() {
    const SIZE: usize = 1 << 20;
    // An open quote: every line was once looked through again with each line behind it.
    assert_eq!(dotenv::read(&format!("A=\"{}", "\n".repeat(SIZE)), dotenv::Grammar::Compose).len(), 1);
    let mut bomb = "x0: &x0 [a,a,a,a,a,a,a,a,a,a]\n".to_owned();
    for i in 1..10 {
        bomb += &format!("x{i}: &x{i} [{}]\n", vec![format!("*x{}", i - 1); 10].join(","));
    }
    let texts = [
        bomb,
        "[".repeat(20_000),
        "{\"a\":".repeat(20_000),
        format!("services:\n  a:\n    image: {}", "$".repeat(SIZE - 100)),
        format!("docker run {}", "$".repeat(SIZE - 100)),
        format!("docker run {}", "-e A=1 ".repeat(1_400)) + "x",
        format!("resource \"aws_ecs_task_definition\" \"w\" {{\n a = {}\n}}", "[".repeat(20_000)),
        format!("resource \"aws_ecs_task_definition\" \"w\" {{\n a = \"{}\"\n}}", "${".repeat(5_000)),
        format!("{{\"containerDefinitions\": {}", "{{ env ".repeat(50_000)),
        "A=1\n".repeat(SIZE / 4 - 10),
        format!("services:\n  a:\n    image: x\n    environment:\n{}", (0..20_000).map(|i| format!("      K{i}: v\n")).collect::<String>()),
    ];
    for text in texts {
        let head: String = text.chars().take(40).collect();
        match import(&Input::of(text)) {
            Ok(found) => assert_eq!(found.report.unread, 0, "{head}"),
            Err(refusal) => assert!(!refusal.words(Lang::En).is_empty(), "{head}"),
        }
    }
}
