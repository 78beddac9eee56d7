//! No value that looks like a credential goes from a file into a draft without a question.

use super::{Answers, Question};
use crate::{
    document::pointer,
    facts::secret,
    formats::report::{Ledger, Outcome, Place, Said, masked, masked_is_suspect},
    messages::{Message, all},
};
use serde_json::{Map, Value, json};
use std::collections::HashMap;

/// Takes suspected values out of a definition: a variable becomes a secret with a placeholder, another text gets a mark in the
/// place of the suspected words. What a person said to keep stays.
pub(super) fn guard(definition: &mut Value, draft: usize, answers: &Answers, ledger: &mut Ledger, questions: &mut Vec<Question>) {
    let mut guard = Guard { draft, answers, asked: Vec::new(), moved: HashMap::new() };
    for (i, container) in definition.get_mut("containerDefinitions").and_then(Value::as_array_mut).into_iter().flatten().enumerate() {
        if let Some(container) = container.as_object_mut() {
            guard.variables(container, &format!("/containerDefinitions/{i}"));
        }
    }
    guard.texts(definition, "");
    guard.tell(ledger, questions);
}

/// The id of the answer for all suspected values that have none of their own.
pub(in crate::formats) const SECRETS: &str = "secrets";

/// The ARN of a secret that does not exist yet.
pub(super) fn placeholder(name: &str) -> String {
    let name: String = name.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '_' | '-') { c } else { '-' }).take(200).collect();
    format!("arn:aws:secretsmanager:<region>:<account>:secret:{name}")
}

/// A value that was found.
struct Asked {
    place: String,
    keeps: bool,
    said: Said,
    question: Question,
}

struct Guard<'a> {
    draft: usize,
    answers: &'a Answers,
    asked: Vec<Asked>,
    /// Where variables stand afterwards, by where they stood.
    moved: HashMap<String, String>,
}

impl Guard<'_> {
    fn variables(&mut self, container: &mut Map<String, Value>, at: &str) {
        let before = container.get("secrets").and_then(Value::as_array).map_or(0, Vec::len);
        let Some(list) = container.get_mut("environment").and_then(Value::as_array_mut) else { return };
        let (mut kept, mut secrets) = (Vec::with_capacity(list.len()), Vec::new());
        for (i, variable) in std::mem::take(list).into_iter().enumerate() {
            let text = |key: &str| variable.get(key).and_then(Value::as_str).unwrap_or("");
            let place = format!("{at}/environment/{i}");
            let suspected = secret::of_pair(text("name"), text("value")) || secret::of_value(text("value")).is_some();
            if suspected && !self.ask(&place, text("name"), &all::IMPORT_SECRET) {
                self.moved.insert(place, format!("{at}/secrets/{}", before + secrets.len()));
                secrets.push(json!({ "name": text("name"), "valueFrom": placeholder(text("name")) }));
                continue;
            }
            self.moved.insert(place, format!("{at}/environment/{}", kept.len()));
            kept.push(variable);
        }
        if secrets.is_empty() {
            *list = kept;
            return;
        }
        let after = container.keys().position(|key| key == "environment").map_or(container.len(), |i| i + 1);
        if kept.is_empty() {
            container.shift_remove("environment");
        } else {
            container.insert("environment".into(), Value::Array(kept));
        }
        match container.get_mut("secrets").and_then(Value::as_array_mut) {
            Some(list) => list.extend(secrets),
            None => {
                container.shift_insert(after.min(container.len()), "secrets".into(), Value::Array(secrets));
            }
        }
    }

    /// Every other text.
    fn texts(&mut self, value: &mut Value, at: &str) {
        match value {
            Value::Object(map) => {
                if map.contains_key("valueFrom") {
                    return self.source(map, at);
                }
                let names = at.ends_with("/dockerLabels") || at.ends_with("/options");
                for (key, value) in map.iter_mut() {
                    let below = pointer::join(at, key);
                    if key == "environment" && at.starts_with("/containerDefinitions/") {
                        continue;
                    }
                    if let Value::String(text) = &mut *value
                        && names
                        && secret::of_pair(key, text)
                    {
                        if !self.ask(&below, key, &all::IMPORT_SECRET_TEXT) {
                            *text = format!("<{}>", mark(key));
                        }
                        continue;
                    }
                    self.texts(value, &below);
                }
            }
            Value::Array(list) => list.iter_mut().enumerate().for_each(|(i, value)| self.texts(value, &format!("{at}/{i}"))),
            Value::String(text) => {
                if let Some(clean) = without_secrets(text) {
                    let name = at.trim_end_matches(|c: char| c.is_ascii_digit() || c == '/').rsplit('/').next().unwrap_or("").to_owned();
                    if !self.ask(at, &name, &all::IMPORT_SECRET_TEXT) {
                        *text = clean;
                    }
                }
            }
            _ => {}
        }
    }

    /// The value itself, where the name of a secret belongs.
    fn source(&mut self, map: &mut Map<String, Value>, at: &str) {
        let text = |key: &str| map.get(key).and_then(Value::as_str).unwrap_or("").to_owned();
        let name = text("name");
        if secret::of_value(&text("valueFrom")) == Some(secret::Confidence::High) && !self.ask(&format!("{at}/valueFrom"), &name, &all::IMPORT_SECRET) {
            map.insert("valueFrom".into(), json!(placeholder(&name)));
        }
    }

    /// Whether the person said to keep the value.
    fn ask(&mut self, place: &str, name: &str, message: &'static Message) -> bool {
        let id = format!("secret:{}:{place}", self.draft);
        let keeps = self.answers.get(&id).or_else(|| self.answers.get(SECRETS)) == Some("keep");
        let name = masked("", name);
        let said = Said::of(if keeps { &all::IMPORT_SECRET_KEPT } else { message }).text("name", name.clone());
        let question = Question::new(id, Place::default(), Said::of(&all::IMPORT_ASK_SECRET).text("name", name), if keeps { "keep" } else { "move" })
            .choice("move", &all::IMPORT_CHOICE_MOVE)
            .choice("keep", &all::IMPORT_CHOICE_KEEP);
        self.asked.push(Asked { place: place.to_owned(), keeps, said, question: question.first() });
        keeps
    }

    /// Puts all of it into the report, in one pass over its entries.
    fn tell(mut self, ledger: &mut Ledger, questions: &mut Vec<Question>) {
        ledger.turn_to(self.draft);
        let by_place: HashMap<String, usize> = self.asked.iter().enumerate().map(|(i, asked)| (asked.place.clone(), i)).collect();
        let mut found: Vec<Option<Place>> = vec![None; self.asked.len()];
        for entry in ledger.entries_mut() {
            for target in entry.targets.iter_mut().filter(|t| t.draft == self.draft) {
                for at in around(&target.pointer) {
                    let Some(i) = by_place.get(at) else { continue };
                    let asked = &self.asked[*i];
                    found[*i].get_or_insert(entry.place);
                    (entry.outcome, entry.breaks) = (if asked.keeps { Outcome::Changed } else { Outcome::Asked }, !asked.keeps);
                    entry.said = Some(asked.said.clone());
                    entry.shown = masked("PASSWORD", "a suspected value");
                }
                let moved = around(&target.pointer).find_map(|at| Some((at.len(), self.moved.get(at)?)));
                if let Some((length, to)) = moved {
                    target.pointer = if to.contains("/secrets/") { to.clone() } else { format!("{to}{}", &target.pointer[length..]) };
                }
            }
        }
        for (asked, place) in self.asked.drain(..).zip(found) {
            if place.is_none() {
                let outcome = if asked.keeps { Outcome::Changed } else { Outcome::Asked };
                ledger.note(Place::default(), &asked.place, outcome, asked.said, &asked.place);
            }
            questions.push(Question { place: place.unwrap_or_default(), ..asked.question });
        }
    }
}

/// A pointer and those around it, the longest first.
fn around(pointer: &str) -> impl Iterator<Item = &str> {
    std::iter::once(pointer).chain(pointer.rmatch_indices('/').map(|(i, _)| &pointer[..i]))
}

fn mark(name: &str) -> String {
    let mark: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect::<String>().to_ascii_uppercase();
    if mark.is_empty() || masked_is_suspect(&mark) { "SECRET".into() } else { mark }
}

/// The text with a mark in the place of each word that looks like a credential; none where no word does.
fn without_secrets(text: &str) -> Option<String> {
    if !masked_is_suspect(text) {
        return None;
    }
    let (mut out, mut found) = (String::new(), false);
    for word in text.split_inclusive(char::is_whitespace) {
        let plain = word.trim_end();
        let space = &word[plain.len()..];
        match plain.split_once('=') {
            Some((name, value)) if secret::of_pair(name.trim_start_matches('-'), value.trim_matches(['"', '\''])) || secret::of_value(value).is_some() => {
                found = true;
                out += &format!("{name}=<{}>{space}", mark(name));
            }
            _ if !plain.is_empty() && secret::of_value(plain).is_some() => {
                found = true;
                out += &format!("<SECRET>{space}");
            }
            _ => out.push_str(word),
        }
    }
    // Where no single word gives it away, all of it goes; so it does where a part of it still would.
    Some(if found && !masked_is_suspect(&out) { out } else { "<SECRET>".into() })
}
