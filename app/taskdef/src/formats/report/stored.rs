//! A report as JSON, beside the draft and in the API's answer.

use super::{Entry, Outcome, Place, Report, Said, Target};
use crate::{Lang, document::pointer, finding::Param, formats::import::mark, messages::find};
use serde_json::{Map, Value, json};

/// Most entries that are kept beside a draft: those that are the same are left out first.
const MOST: usize = 2_000;

impl Report {
    /// The report as stored beside draft number `draft`: only targets in that draft, each with a hash of its value.
    pub fn to_value(&self, draft: usize, definition: &Value) -> Value {
        let wanted = |entry: &&Entry| self.entries.len() <= MOST || entry.outcome != Outcome::Exact;
        let kept = |list: &[Entry]| list.iter().filter(wanted).take(MOST).map(|entry| store(entry, draft, definition)).collect::<Vec<_>>();
        json!({ "entries": kept(&self.entries), "notes": kept(&self.notes), "count": self.entries.len() })
    }

    /// Reads what was kept; what does not read is left out, so that an old report never keeps a draft from opening.
    pub fn from_value(value: &Value) -> Report {
        let list = |key: &str| value.get(key).and_then(Value::as_array).map_or(Vec::new(), |list| list.iter().filter_map(load).collect());
        Report { entries: list("entries"), notes: list("notes"), unread: 0 }
    }

    /// As the API answers it, in words.
    pub fn to_json(&self, lang: Lang) -> Value {
        let list = |list: &[Entry]| list.iter().map(|entry| in_words(entry, lang)).collect::<Vec<_>>();
        let counts: Map<String, Value> = Outcome::ALL.into_iter().map(|outcome| (outcome.name().to_owned(), json!(self.count(outcome)))).collect();
        json!({ "summary": counts, "notes": list(&self.notes), "entries": list(&self.entries) })
    }
}

fn in_words(entry: &Entry, lang: Lang) -> Value {
    let targets: Vec<Value> = entry.targets.iter().map(|t| json!({ "draft": t.draft, "path": t.pointer })).collect();
    json!({
        "file": entry.place.file, "line": entry.place.line, "column": entry.place.column, "path": entry.path,
        "outcome": entry.outcome.name(), "breaks": entry.breaks, "value": entry.shown,
        "message": entry.words(lang), "do": entry.said.as_ref().and_then(|said| said.how(lang)), "targets": targets,
    })
}

fn store(entry: &Entry, draft: usize, definition: &Value) -> Value {
    let mut map = Map::new();
    let place = entry.place;
    map.insert("at".into(), json!([place.file, place.line, place.column]));
    map.insert("path".into(), json!(entry.path));
    map.insert("outcome".into(), json!(entry.outcome.name()));
    if entry.breaks {
        map.insert("breaks".into(), json!(true));
    }
    if !entry.shown.is_empty() {
        map.insert("shown".into(), json!(entry.shown));
    }
    if let Some(said) = &entry.said {
        map.insert("says".into(), json!(said.message.id));
        if !said.variant.is_empty() {
            map.insert("variant".into(), json!(said.variant));
        }
        let values: Map<String, Value> = said.params.iter().map(|(name, value)| ((*name).to_owned(), param(value))).collect();
        map.insert("values".into(), Value::Object(values));
    }
    let targets: Vec<&str> = entry.targets.iter().filter(|t| t.draft == draft).map(|t| t.pointer.as_str()).collect();
    if !targets.is_empty() {
        let were: Vec<u64> = targets.iter().map(|target| mark(pointer::get(definition, target))).collect();
        map.insert("targets".into(), json!(targets));
        map.insert("were".into(), json!(were));
    }
    Value::Object(map)
}

fn param(value: &Param) -> Value {
    match value {
        Param::Text(text) => json!(text),
        Param::Number(n) => json!(n),
        Param::Cpu(n) => json!({ "cpu": n }),
        Param::Memory(n) => json!({ "memory": n }),
        Param::Memories(list) => json!(list),
    }
}

fn load(value: &Value) -> Option<Entry> {
    let text = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or("").to_owned();
    let number = |i: usize| value.get("at")?.get(i)?.as_u64().and_then(|n| usize::try_from(n).ok());
    let said = value.get("says").and_then(Value::as_str).and_then(find).map(|message| {
        let names = message.text.values.iter().chain(message.attributes.iter().flat_map(|(_, text)| text.values));
        let given = |name: &&'static str| match value.get("values")?.get(*name)? {
            Value::String(text) => Some((*name, Param::Text(text.clone()))),
            Value::Number(n) => Some((*name, Param::Number(n.as_u64()?))),
            Value::Object(amount) => {
                let of = |key: &str| amount.get(key).and_then(Value::as_u64);
                Some((*name, of("cpu").map(Param::Cpu).or(of("memory").map(Param::Memory))?))
            }
            _ => None,
        };
        let mut params: Vec<(&'static str, Param)> = names.filter_map(given).collect();
        params.dedup_by_key(|(name, _)| *name);
        let variant = value.get("variant").and_then(Value::as_str);
        let variant = message.attributes.iter().filter_map(|(name, _)| name.strip_prefix("or-")).find(|name| Some(*name) == variant).unwrap_or("");
        Said { message, variant, params }
    });
    let targets = value.get("targets").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    Some(Entry {
        place: Place { file: number(0)?, line: number(1)?, column: number(2)? },
        path: text("path"),
        outcome: Outcome::parse(&text("outcome"))?,
        breaks: value.get("breaks") == Some(&Value::Bool(true)),
        said,
        targets: targets.iter().filter_map(|t| Some(Target { draft: 0, pointer: t.as_str()?.to_owned() })).collect(),
        shown: text("shown"),
    })
}
