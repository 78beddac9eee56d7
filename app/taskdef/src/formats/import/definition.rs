//! A definition in the API's own words: JSON as people write it, and what other formats end in.

use super::{
    Answers, Import, Input, Made, Question, READ_ONLY, Refusal,
    guard::guard,
    marks::mark_in,
    tree::{Kind, Node, read_json, read_yaml},
};
use crate::{
    Draft,
    document::pointer,
    formats::{
        Format,
        report::{Ledger, Outcome, Place, Said},
    },
    messages::all,
};
use serde_json::{Map, Value, json};

/// Reads JSON, strict or hand-written; YAML with the same keys too.
///
/// # Errors
/// It is neither, or no object.
pub fn read(input: &Input) -> Result<Import, Refusal> {
    let source = input.files.first().ok_or_else(|| Refusal::new(&all::IMPORT_EMPTY))?;
    let strict = serde_json::from_str::<serde::de::IgnoredAny>(source.text.trim_start_matches('\u{feff}')).is_ok();
    let mut node = match read_json(0, &source.text) {
        Ok(node) => node,
        Err(refusal) => read_yaml(0, &source.text).ok().filter(|node| node.get("containerDefinitions").is_some()).ok_or(refusal)?,
    };
    let mut ledger = Ledger::default();
    ledger.add("", &mut node);
    if !strict {
        ledger.note(Place::default(), "", Outcome::Changed, &all::IMPORT_LENIENT, "");
    }
    of_tree(Format::Json, node, ledger, &input.answers)
}

/// A draft of a tree whose keys are the API's.
pub(super) fn of_tree(format: Format, node: Node, mut ledger: Ledger, answers: &Answers) -> Result<Import, Refusal> {
    let inner = node.get("taskDefinition").filter(|inner| inner.is_map());
    let definition = match &node.kind {
        Kind::List(_) => {
            exact(&node, "/containerDefinitions", &mut ledger);
            json!({ "containerDefinitions": node.to_value() })
        }
        Kind::Map(_) => {
            let mut map = Map::new();
            for (key, value) in inner.unwrap_or(&node).pairs() {
                if READ_ONLY.contains(&key.text.as_str()) {
                    ledger.dropped(value, &all::IMPORT_READ_ONLY);
                    continue;
                }
                exact(value, &pointer::join("", &key.text), &mut ledger);
                if !crate::document::bounds::is_reserved(&key.text) {
                    map.insert(key.text.clone(), value.to_value());
                }
            }
            if inner.is_some()
                && let Some(tags) = node.get("tags").filter(|_| !map.contains_key("tags"))
            {
                exact(tags, "/tags", &mut ledger);
                map.insert("tags".into(), tags.to_value());
            }
            ledger.dropped(&node, &all::IMPORT_READ_ONLY);
            Value::Object(map)
        }
        Kind::Scalar { .. } => return Err(Refusal::at(node.at, &all::IMPORT_NOT_OBJECT)),
    };
    Ok(finish(format, vec![(String::new(), definition)], ledger, Vec::new(), answers))
}

/// Every leaf at its own place.
pub(super) fn exact(node: &Node, at: &str, ledger: &mut Ledger) {
    match &node.kind {
        Kind::List(items) if !items.is_empty() => items.iter().enumerate().for_each(|(i, item)| exact(item, &format!("{at}/{i}"), ledger)),
        Kind::Map(pairs) if !pairs.is_empty() => pairs.iter().for_each(|(key, value)| exact(value, &pointer::join(at, &key.text), ledger)),
        _ => ledger.exact(node, at),
    }
}

/// Drafts of definitions, with the guard over them. A name is that of the source, where a definition has no family.
pub(super) fn finish(format: Format, definitions: Vec<(String, Value)>, mut ledger: Ledger, mut questions: Vec<Question>, answers: &Answers) -> Import {
    let region = answers.get("region").filter(|region| crate::grammar::name::is_region(region)).map(str::to_owned);
    let mut drafts = Vec::new();
    for (i, (name, mut definition)) in definitions.into_iter().enumerate() {
        guard(&mut definition, i, answers, &mut ledger, &mut questions);
        let family = definition.get("family").and_then(Value::as_str).unwrap_or("").to_owned();
        let found = definition.pointer("/containerDefinitions/0/logConfiguration/options/awslogs-region").and_then(Value::as_str);
        let found = found.filter(|region| crate::grammar::name::is_region(region)).map(str::to_owned);
        let mut draft = Draft::around(definition);
        if let Some(region) = region.clone().or(found).filter(|_| format != Format::Json) {
            draft.put("region", json!(region));
        }
        drafts.push(Made { name: if family.is_empty() { name } else { family }, draft });
    }
    if drafts.len() > 1 {
        for made in &drafts {
            let said = Said::of(&all::IMPORT_ASK_DEFINITION).text("name", crate::formats::report::masked("", &made.name));
            let question = Question::new(format!("open:{}", made.name), Place::default(), said, "yes")
                .choice("yes", &all::IMPORT_CHOICE_OPEN)
                .choice("no", &all::IMPORT_CHOICE_SKIP);
            let answer = answers.get(&question.id).unwrap_or("yes").to_owned();
            questions.push(Question { answer, ..question }.first());
        }
        drafts.retain(|made| answers.get(&format!("open:{}", made.name)) != Some("no"));
    }
    Import::new(format, drafts, ledger.finish(), questions)
}

/// Leaves with a placeholder, each at its place.
pub(super) fn ask_marks(node: &Node, at: &str, ledger: &mut Ledger) {
    match &node.kind {
        Kind::List(items) => items.iter().enumerate().for_each(|(i, item)| ask_marks(item, &format!("{at}/{i}"), ledger)),
        Kind::Map(pairs) => pairs.iter().for_each(|(key, value)| ask_marks(value, &pointer::join(at, &key.text), ledger)),
        Kind::Scalar { text, .. } => {
            if let Some(mark) = mark_in(text) {
                let at = at.strip_prefix("/taskDefinition").unwrap_or(at);
                ledger.asked(node, Said::of(&all::IMPORT_PLACEHOLDER).text("mark", crate::formats::report::masked("", mark)), at);
            }
        }
    }
}
