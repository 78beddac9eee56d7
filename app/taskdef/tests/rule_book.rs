//! The rule book's second part: each case is said as it was read there, at its place, with its severity.

#![allow(clippy::unwrap_used, missing_docs)]

use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeSet;
use taskdef::{
    Launch, Severity,
    lint::{self, Wizard},
};

#[derive(Deserialize)]
struct Case {
    /// The rule that the case is about.
    id: String,
    /// `mistake` for a corrected rule, `new` for one that was missing.
    kind: String,
    definition: Value,
    region: Option<String>,
    wizard: Option<Value>,
    /// What the rule says; nothing else is compared.
    expect: Vec<Expected>,
}

#[derive(Deserialize)]
struct Expected {
    path: String,
    severity: String,
}

fn cases() -> Vec<Case> {
    serde_json::from_str(include_str!("fixtures/rules-2-cases.json")).unwrap()
}

fn said(case: &Case) -> Vec<taskdef::Finding> {
    let answers = case.wizard.as_ref();
    let region = case.region.clone().or_else(|| Some(answers?["region"].as_str()?.to_owned()));
    let cluster = answers.map(|a| a["cluster"].clone());
    let launch = cluster.as_ref().and_then(|c| Launch::parse(c["launch"].as_str()?));
    lint::check(&case.definition, &Wizard { region, launch, cluster, ..Default::default() })
}

#[test]
fn every_case_of_the_second_part_is_said_at_its_place() {
    let all = cases();
    let of = |kind: &str| all.iter().filter(|c| c.kind == kind).count();
    assert_eq!((all.len(), of("mistake"), of("new")), (125, 47, 78));
    let mut wrong = Vec::new();
    for (i, case) in all.iter().enumerate() {
        assert!(lint::find(&case.id).is_some() || case.expect.is_empty(), "{}: no such rule", case.id);
        let now: BTreeSet<(String, &str)> = said(case).into_iter().filter(|f| f.rule.id == case.id).map(|f| (f.path, f.severity.as_str())).collect();
        let then: BTreeSet<(String, &str)> = case.expect.iter().map(|e| (e.path.clone(), e.severity.as_str())).collect();
        if now != then {
            wrong.push(format!("#{i} {}: {now:?}, not {then:?}", case.id));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), all.len(), wrong.join("\n"));
}

/// What a new rule finds is found once: where it should speak, no other error or warning speaks that was silent on its twin.
#[test]
fn a_new_rule_speaks_alone() {
    let all = cases();
    let pairs: Vec<(&Case, &Case)> = all.iter().zip(all.iter().skip(1)).filter(|(a, b)| a.kind == "new" && a.id == b.id && !a.expect.is_empty()).collect();
    assert_eq!(pairs.len(), 39);
    let serious = |case: &Case| -> BTreeSet<&str> { said(case).iter().filter(|f| f.severity != Severity::Advice).map(|f| f.rule.id).collect() };
    let mut wrong = Vec::new();
    for (has, twin) in pairs {
        let (with, without) = (serious(has), serious(twin));
        let others: Vec<&str> = with.difference(&without).copied().filter(|id| *id != has.id).collect();
        if !others.is_empty() {
            wrong.push(format!("{}: also {others:?}", has.id));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A right definition is not called wrong: the side that only just passes has no error at all.
#[test]
fn what_only_just_passes_has_no_error() {
    let right: Vec<Case> = cases().into_iter().filter(|c| c.kind == "new" && c.expect.is_empty()).collect();
    assert_eq!(right.len(), 39);
    // The twin of `cluster-strategy-mixed` names a provider that its cluster does not list, which is an error besides.
    let besides = ["cluster-strategy-provider-listed"];
    for case in right {
        let errors: Vec<String> =
            said(&case).iter().filter(|f| f.severity == Severity::Error && !besides.contains(&f.rule.id)).map(|f| format!("{} {}", f.rule, f.path)).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", case.id);
    }
}
