//! What a hostile document can cost: work that grows with its size and no faster, and one answer beyond the bounds.

#![allow(clippy::unwrap_used, missing_docs)]

#[path = "support/heavy.rs"]
mod heavy;

use heavy::{CASES, beyond, definition};
use serde_json::{Value, json};
use taskdef::{
    Draft, Severity,
    document::merge,
    formats::import,
    lint::{self, BUDGET, Wizard},
    questions::{self, Post},
};

fn wizard() -> Wizard {
    Wizard { region: Some("ap-northeast-2".into()), ..Wizard::default() }
}

fn work(document: &Value) -> (u64, Vec<taskdef::Finding>) {
    let found = lint::check(document, &wizard());
    (lint::spent(), found)
}

#[test]
fn twice_the_document_is_no_more_than_twice_the_work() {
    let mut seen = 0;
    for (case, n) in CASES {
        let (once, found) = work(&definition(case, n));
        let (twice, more) = work(&definition(case, 2 * n));
        assert!(![&found, &more].iter().any(|f| f.iter().any(|f| f.rule.id == "limits-too-many")), "{case} is beyond the bounds");
        assert!(once > 100 && (twice as f64) < 2.6 * once as f64, "{case}: {once} and {twice}");
        assert!(twice < BUDGET, "{case}: {twice}");
        seen += 1;
    }
    assert_eq!(seen, CASES.len());
}

#[test]
fn what_is_beyond_the_bounds_gets_one_answer_and_next_to_no_work() {
    for (case, document) in beyond() {
        let (spent, found) = work(&document);
        assert_eq!(found.iter().map(|f| (f.rule.id, f.severity)).collect::<Vec<_>>(), [("limits-too-many", Severity::Error)], "{case}");
        assert!(spent < 50_000, "{case}: {spent}");
    }
}

#[test]
fn keys_that_stand_twice_are_named_up_to_a_bound() {
    let text = format!("{{{}}}", vec!["\"a\":1"; 140_000].join(","));
    let (found, _) = lint::check_text(&text, None, None);
    assert!(lint::spent() < BUDGET / 10 && found.len() <= 1_000 && found.iter().any(|f| f.rule.id == "task-duplicate-json-key"));
    let long = format!("{{\"{}\": {{{}}}}}", "k".repeat(100_000), vec!["\"a\":1"; 50_000].join(","));
    assert!(import::from_json(&long).unwrap().duplicate_keys.is_empty(), "no pointer of 100,000 letters is written down 50,000 times");
}

/// Each of these took between seconds and two days: were one of them quadratic again, the test run would not end.
#[test]
fn lines_forms_variables_and_merges_take_one_pass() {
    let list = json!((0..20_000).map(|i| format!("word {i}")).collect::<Vec<_>>());
    let text = format!("{:#}", json!({ "a": list }));
    let pointers: Vec<String> = (0..20_000).map(|i| format!("/a/{i}")).collect();
    let lines = import::read(&text).unwrap().1.of(pointers.iter().map(String::as_str));
    assert_eq!((lines[0].0, lines[19_999].0), (3, 20_002));

    let base = Draft::tutorial();
    let pairs: Vec<(String, String)> = (0..200_000).map(|i| (format!("/containerDefinitions/0/environment/{i}/name"), String::new())).collect();
    let after = Post::read(&pairs).unwrap().apply(&base);
    assert_eq!(after.definition()["containerDefinitions"][0]["environment"][1]["name"], "", "the rows that are there are answered");
    assert_eq!(questions::decode("a=1&".repeat(200_000).as_bytes()).len(), questions::MOST_PAIRS);

    let env: String = (0..100_000).map(|i| format!("A{i}=1\n")).collect();
    let row = questions::paste_env(&base, 1, &env).unwrap();
    let mut after = base.clone();
    row.edit.apply(after.root_mut()).unwrap();
    assert_eq!(after.definition()["containerDefinitions"][1]["environment"].as_array().map(Vec::len), Some(1_000));

    let document = |value: &str| json!({ "definition": { "l": (0..20_000).map(|i| json!({ "name": format!("n{i}"), "v": value })).collect::<Vec<_>>() } });
    let (from, mine, theirs) = (document("a"), document("b"), document("c"));
    assert_eq!(merge::resolve(&from, &mine, &theirs, |_| Some(true)).unwrap(), mine);
    assert_eq!(taskdef::document::compare::diff(&from, &mine).len(), 20_000);
}
