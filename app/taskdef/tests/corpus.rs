//! Real definitions: nothing panics, nothing is lost, and each error that we raise on one that the SDK and
//! an emulator accept stands, with its reason, in `tests/corpus.md`.

#![allow(clippy::unwrap_used, missing_docs)]

#[path = "support/outside.rs"]
mod outside;

use outside::corpus;
use serde_json::Value;
use std::collections::BTreeSet;
use taskdef::{
    Severity,
    formats::{export, import},
    lint,
};

fn files() -> Vec<(String, String)> {
    let Some(folder) = corpus("taskdefs") else { return Vec::new() };
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    assert_eq!(files.len(), 105);
    files
        .into_iter()
        .map(|f| (f.file_name().unwrap().to_string_lossy().into_owned(), String::from_utf8_lossy(&std::fs::read(&f).unwrap()).into_owned()))
        .collect()
}

/// Whether botocore and moto take a file, as it stands or with the read-only fields dropped.
fn accepted(expected: &Value, file: &str) -> bool {
    let verdicts = &expected["files"][format!("taskdefs/{file}")];
    let valid = |form: &str, judge: &str| verdicts[form][judge]["verdict"].as_str().map(|v| v == "valid");
    let judged = |judge: &str| valid("normalised", judge).or(valid("as_is", judge)) == Some(true);
    judged("botocore") && judged("moto")
}

#[test]
fn no_real_file_panics_or_loses_anything() {
    for (file, text) in files() {
        let (found, definition) = lint::check_text(&text, Some("ap-northeast-2".into()), None);
        let Some(definition) = definition else {
            assert_eq!((found.len(), found[0].rule.id), (1, "task-json-shape"), "{file}");
            continue;
        };
        let again = import::from_json(&export::to_json(&definition)).unwrap();
        assert_eq!(again.definition, definition, "{file}");
        let order = |v: &Value| v.to_string();
        assert_eq!(order(&again.definition), order(&definition), "{file}: the order of keys");
        for f in &found {
            for fix in &f.fixes {
                let mut cured = definition.clone();
                if f.scope == taskdef::Scope::Definition {
                    fix.edit.apply(&mut cured).unwrap_or_else(|e| panic!("{file} {}: {e}", f.rule.id));
                }
            }
        }
    }
}

#[test]
fn every_error_on_an_accepted_file_is_explained() {
    let Some(expected) = corpus("expected.json") else { return };
    let expected: Value = serde_json::from_slice(&std::fs::read(expected).unwrap()).unwrap();
    let report = include_str!("corpus.md");
    let explained: BTreeSet<(String, String)> = report
        .lines()
        .filter(|l| l.starts_with("| 0") || l.starts_with("| 1"))
        .map(|l| {
            let cells: Vec<&str> = l.split('|').map(str::trim).collect();
            (cells[1].to_owned(), cells[2].trim_matches('`').to_owned())
        })
        .collect();
    let mut raised = BTreeSet::new();
    let (mut judged, mut clean) = (0, 0);
    for (file, text) in files().into_iter().filter(|(f, _)| accepted(&expected, f)) {
        let found = lint::check_text(&text, None, None).0;
        if found.iter().any(|f| f.rule.id == "task-template-placeholder") {
            continue;
        }
        judged += 1;
        let errors: Vec<_> = found.iter().filter(|f| f.severity == Severity::Error).collect();
        clean += usize::from(errors.is_empty());
        for f in errors {
            if std::env::var_os("CORPUS_PRINT").is_some() {
                eprintln!("{} | {} | {} | {:?}", &file[..3], f.rule.id, f.path, f.params);
            }
            raised.insert((file[..3].to_owned(), f.rule.id.to_owned()));
        }
    }
    eprintln!("corpus: {judged} accepted files without a mark, {clean} without an error of ours");
    assert!(judged > 30, "{judged}");
    assert_eq!(raised, explained, "left: what we raise; right: what corpus.md explains");
}
