//! Words of ECS, errors that AWS says, and rules.

use super::entry::{Entry, Kind, Target};
use crate::site::glossary::TERMS;
use taskdef::{Lang, diagnose, lint, messages};

/// Other names of words.
const ALSO: [(&str, &str); 4] = [("revision", "리비전, 버전 번호"), ("sidecar", "사이드카"), ("registry", "docker hub, ecr"), ("arn", "아마존 리소스 이름")];

/// All of them.
pub(super) fn entries() -> Vec<Entry> {
    let terms = TERMS.iter().map(|(id, name, about, json)| {
        let code = json(Lang::En);
        let keys = if code.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b',' | b' ' | b'-')) { code } else { "" };
        let also = ALSO.iter().find(|(term, _)| term == id).map_or("", |(_, also)| also);
        let to = format!("glossary#{id}");
        Entry::new(Kind::Term, format!("term:{id}"), |l| name(l).to_owned(), |l| about(l).to_owned(), keys, also, Target::Site(to.clone())).told(to)
    });
    let errors = diagnose::KNOWN.iter().map(|known| {
        let also: Vec<String> = known.patterns.iter().map(|pattern| pattern.replace(['*', ','], " ")).collect();
        let words = |l| diagnose::words(l, known);
        let path = format!("doctor?about={}", known.id);
        let to = if known.id.is_ascii() { path } else { "doctor".to_owned() };
        Entry::new(Kind::Error, format!("error:{}", known.id), |l| words(l).0, |l| words(l).1, "", &also.join(","), Target::Site(to.clone())).told(to)
    });
    let rules = lint::all().map(|(_, rule)| {
        let words = |l| messages::of_rule(l, rule.id);
        let to = format!("rules#{}", rule.id);
        Entry::new(Kind::Rule, format!("rule:{}", rule.id), |l| words(l).0, |l| words(l).1, "", rule.id, Target::Site(to.clone())).told(to)
    });
    terms.chain(errors).chain(rules).collect()
}
