//! Decode, rules and fixes over arbitrary JSON: no panic, no run over 10 ms, every fix can be applied.
//!
//! A short run with every test. The long one is `cargo xtask torture fuzz`; with cargo-bolero installed,
//! `cargo bolero test --package taskdef --features server arbitrary_json` is guided by coverage.

#![allow(clippy::unwrap_used, missing_docs)]

#[allow(dead_code)]
mod support;

use serde_json::{Value, json};
use std::{
    sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use taskdef::{Lang, Launch, Scope, lint, messages};

/// Longest run of one input.
const LONGEST: Duration = Duration::from_millis(10);

/// What every case of the rules starts from, and what breaks it.
static SEEDS: LazyLock<Vec<Value>> =
    LazyLock::new(|| support::cases().into_iter().flat_map(|c| [c.wrong.definition, c.right.definition]).filter(|d| d.to_string().len() < 8000).collect());

static KEYS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut keys = Vec::new();
    SEEDS.iter().for_each(|s| collect(s, &mut keys));
    keys.sort();
    keys.dedup();
    keys
});

fn collect(value: &Value, keys: &mut Vec<String>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(k, v)| {
            keys.push(k.clone());
            collect(v, keys);
        }),
        Value::Array(list) => list.iter().for_each(|v| collect(v, keys)),
        _ => {}
    }
}

/// The fuzzer's bytes, one after the other; zeros when they are used up.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn byte(&mut self) -> usize {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first as usize
    }

    fn below(&mut self, n: usize) -> usize {
        if n == 0 { 0 } else { (self.byte() << 8 | self.byte()) % n }
    }
}

fn odd(b: &mut Bytes<'_>) -> Value {
    match b.below(28) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(-1),
        3 => json!(0),
        4 => json!(65_536),
        5 => json!(i64::MAX),
        6 => json!(u64::MAX),
        7 => json!(1.5),
        8 => json!(1e300),
        9 => json!(""),
        10 => json!("a".repeat(600)),
        11 => json!([]),
        12 => json!({}),
        13 => json!("${X}"),
        14 => json!("arn:aws:iam::123456789012:role/"),
        15 => json!("한글 😀 \u{0}\u{7f}\u{2028}"),
        16 => json!(".5 vCPU"),
        17 => json!("CMD-SHELL, curl http://localhost"),
        18 => json!(["CMD-SHELL", "curl -f http://[::1]:99999/é || exit 1"]),
        19 => json!("postgres://a:b@localhost:1/x"),
        20 => json!("100-50"),
        21 => json!([null, 1, "a", [], {}]),
        22 => (0..90).fold(json!(1), |v, _| json!([v])),
        23 => json!("é"),
        24 => json!("a:b:c@sha256:"),
        25 => json!({ "name": "x", "value": 1, "": null }),
        26 => json!(" \t\n"),
        _ => json!("=::/\\%$"),
    }
}

fn mutate(value: &mut Value, b: &mut Bytes<'_>, depth: usize) {
    // Mostly go down; the more, the shallower.
    if depth < 7 && b.below(8) > 0 {
        match value {
            Value::Object(map) if !map.is_empty() => {
                let i = b.below(map.len());
                return mutate(map.values_mut().nth(i).unwrap(), b, depth + 1);
            }
            Value::Array(list) if !list.is_empty() => {
                let i = b.below(list.len());
                return mutate(&mut list[i], b, depth + 1);
            }
            _ => {}
        }
    }
    match b.below(7) {
        0 | 1 => *value = odd(b),
        2 => {
            if let Value::Object(map) = value {
                if let Some(key) = map.keys().nth(b.below(map.len().max(1))).cloned() {
                    map.shift_remove(&key);
                }
            } else if let Value::Array(list) = value {
                list.pop();
            }
        }
        3 => {
            if let Value::Object(map) = value {
                map.insert(KEYS[b.below(KEYS.len())].clone(), odd(b));
            } else if let Value::Array(list) = value
                && let Some(last) = list.last().cloned()
            {
                list.push(last);
            }
        }
        4 => {
            if let Value::Object(map) = value
                && let Some(key) = map.keys().nth(b.below(map.len().max(1))).cloned()
            {
                let child = map.shift_remove(&key).unwrap();
                map.insert(KEYS[b.below(KEYS.len())].clone(), child);
            } else {
                *value = json!([value.clone()]);
            }
        }
        5 => {
            if let Value::String(text) = value {
                let signs: Vec<char> = text.chars().collect();
                let at = b.below(signs.len() + 1);
                let sign = ['\u{e9}', ':', '/', '-', '@', ' ', '$', '"', '0', ',', '.', '=', '}', '\n'][b.below(14)];
                *text = signs[..at].iter().chain([&sign]).chain(&signs[at..]).collect();
            } else {
                *value = odd(b);
            }
        }
        _ => {
            let seed = &SEEDS[b.below(SEEDS.len())];
            *value = seed.pointer("/containerDefinitions/0").cloned().unwrap_or_default();
        }
    }
}

fn input(bytes: &[u8]) -> (String, Option<String>, Option<Launch>) {
    let mut b = Bytes(bytes);
    let mut value = SEEDS[b.below(SEEDS.len())].clone();
    for _ in 0..1 + b.below(5) {
        mutate(&mut value, &mut b, 0);
    }
    let mut text = value.to_string();
    // Now and then the text itself is hurt.
    if b.below(16) == 0 {
        let at = (0..=b.below(text.len() + 1)).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
        match b.below(3) {
            0 => text.truncate(at),
            1 => text.insert_str(at, ["'", "{{x}}", "//", ",", "\"a\":1,", "\u{feff}"][b.below(6)]),
            _ => text = format!("{{\"taskDefinition\": {text}}}"),
        }
    }
    let region = [None, Some("ap-northeast-2"), Some("nowhere-9"), Some("cn-north-1")][b.below(4)].map(str::to_owned);
    let launch = [None, Some(Launch::Fargate), Some(Launch::Ec2), Some(Launch::External), Some(Launch::ManagedInstances)][b.below(5)];
    (text, region, launch)
}

static RUNS: AtomicU64 = AtomicU64::new(0);

fn run(bytes: &[u8]) {
    RUNS.fetch_add(1, Ordering::Relaxed);
    let (text, region, launch) = input(bytes);
    let once = || {
        let from = Instant::now();
        let found = lint::check_text(&text, region.clone(), launch);
        (from.elapsed(), found)
    };
    let (mut took, (found, definition)) = once();
    // Another program may have had the processor: the best of four is what the input costs.
    for _ in 0..3 {
        if took > LONGEST {
            took = took.min(once().0);
        }
    }
    // Without optimisation the time tells nothing.
    assert!(took <= LONGEST || cfg!(debug_assertions), "{took:?} for {text}");
    let Some(definition) = definition else { return };
    for f in &found {
        assert!(f.path.is_empty() || f.path.starts_with('/'), "{} at {}", f.rule.id, f.path);
        for fix in f.fixes.iter().filter(|_| f.scope == Scope::Definition) {
            let mut cured = definition.clone();
            fix.edit.apply(&mut cured).unwrap_or_else(|e| panic!("{} {}: {e} in {text}", f.rule.id, fix.label));
        }
    }
    if let Some(f) = found.get(bytes.len() % found.len().max(1)) {
        for lang in Lang::ALL {
            assert!(!messages::of_finding(lang, f).message.is_empty(), "{}", f.rule.id);
        }
        assert!(f.at.is_some_and(|(line, column)| line > 0 && column > 0), "{f:?}");
    }
}

#[test]
fn arbitrary_json() {
    let runs = std::env::var("BOLERO_RANDOM_ITERATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(5_000);
    bolero::check!().with_iterations(runs).with_type::<Vec<u8>>().with_max_len(96).for_each(|bytes: &Vec<u8>| run(bytes));
    let runs = RUNS.load(Ordering::Relaxed);
    eprintln!("{runs} runs");
    assert!(runs > 100, "{runs}");
}
