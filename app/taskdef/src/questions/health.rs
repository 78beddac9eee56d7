//! The health-check builder: a preset with port and path, an own command, or no check.

use super::changes::Changes;
use crate::{
    Draft, Edit,
    document::{bounds, pointer, view},
    grammar::{health, health::Tool},
};
use serde_json::{Value, json};

fn command<'a>(draft: &'a Draft, place: &str) -> Option<&'a Value> {
    pointer::get(draft.definition(), place)?.get("command")
}

fn container_index(place: &str) -> Option<usize> {
    pointer::index(pointer::tokens(place).get(1)?)
}

/// The port that a new check asks: the first declared one, else the variable `PORT`, else 80.
fn proposed_port(draft: &Draft, place: &str) -> String {
    let containers = view::containers(draft.definition());
    let container = container_index(place).and_then(|i| containers.get(i).copied());
    let port = container.and_then(|c| c.ports().first().copied().or_else(|| c.env_port()));
    port.unwrap_or(80).to_string()
}

/// How an own command is written in its text area: `CMD-SHELL` as one line of shell, `CMD` as one
/// argument a line, `JSON` for every list that is neither.
pub fn own_form(command: &Value) -> &'static str {
    let items: Option<Vec<&str>> = command.as_array().map(|l| l.iter().filter_map(Value::as_str).collect());
    let count = command.as_array().map_or(0, Vec::len);
    match items.as_deref() {
        Some(["CMD-SHELL", _]) if count == 2 => "CMD-SHELL",
        Some(["CMD", rest @ ..]) if count == rest.len() + 1 && !rest.is_empty() && rest.iter().all(|r| !r.contains(['\n', '\r']) && !r.is_empty()) => "CMD",
        _ => "JSON",
    }
}

fn own_text(command: &Value) -> String {
    let item = |i: usize| command[i].as_str().unwrap_or("").to_owned();
    match own_form(command) {
        "CMD-SHELL" => item(1),
        "CMD" => (1..command.as_array().map_or(0, Vec::len)).map(item).collect::<Vec<_>>().join("\n"),
        _ => command.to_string(),
    }
}

pub(super) fn rendered(draft: &Draft, place: &str, part: &str) -> String {
    let check = pointer::get(draft.definition(), place).filter(|v| !v.is_null());
    let command = command(draft, place);
    let known = command.and_then(health::recognise);
    let own = draft.root().pointer(&own_flag(draft, place)) == Some(&Value::Bool(true));
    match part {
        "kind" => match (check, &known) {
            (None, _) => if kept(draft, place).is_some() || draft.root().pointer(&none_flag(draft, place)).is_some() { "none" } else { "" }.into(),
            (Some(_), Some(known)) if !own => known.tool.as_str().into(),
            _ => "own".into(),
        },
        "port" => known.map_or_else(|| proposed_port(draft, place), |k| k.port().to_owned()),
        "path" => known.map_or_else(String::new, |k| k.path().to_owned()),
        "form" => command.map_or("CMD-SHELL", own_form).into(),
        "text" => command.map_or_else(String::new, own_text),
        _ => String::new(),
    }
}

pub(super) fn change(draft: &Draft, place: &str, part: &str, value: &str) -> Edit {
    let mut changes = Changes::of(draft);
    let path = format!("/definition{place}");
    let known = command(draft, place).and_then(health::recognise);
    match (part, known) {
        ("kind", _) => change_kind(&mut changes, place, value),
        ("port", Some(k)) => changes.set(&format!("{path}/command/{}", k.item), json!(k.with_port(&port_text(value)))),
        ("path", Some(k)) if k.tool.has_path() => {
            changes.set(&format!("{path}/command/{}", k.item), json!(k.with_path(value.trim())));
        }
        ("form", _) if matches!(value, "CMD" | "CMD-SHELL") => {
            let text = rendered(draft, place, "text");
            changes.set(&format!("{path}/command"), own_command(value, &text));
        }
        ("text", _) if pointer::get(draft.definition(), place).is_some() => {
            let form = rendered(draft, place, "form");
            changes.set(&format!("{path}/command"), own_command(&form, value));
        }
        _ => {}
    }
    changes.done()
}

fn port_text(typed: &str) -> String {
    crate::grammar::amount::typed_number(typed).map_or_else(|| typed.trim().to_owned(), |n| n.to_string())
}

/// Levels of a command that was typed as JSON: one is right, a few are still shown as they were typed.
const MOST_LEVELS: usize = 8;

fn own_command(form: &str, text: &str) -> Value {
    let text = text.replace("\r\n", "\n");
    match form {
        "CMD" => {
            let words = text.split('\n').filter(|l| !l.is_empty());
            Value::Array(std::iter::once("CMD").chain(words).map(|w| json!(w)).collect())
        }
        // A list of texts; of anything else the text is kept, as it was typed.
        "JSON" => serde_json::from_str::<Value>(&text).ok().filter(|_| bounds::look(&text, MOST_LEVELS).is_ok()).unwrap_or_else(|| json!(text)),
        _ => json!(["CMD-SHELL", text]),
    }
}

fn change_kind(changes: &mut Changes<'_>, place: &str, kind: &str) {
    let path = format!("/definition{place}");
    let own = own_flag(changes.draft(), place);
    let none = none_flag(changes.draft(), place);
    let keep = keep_path(changes.draft(), place);
    let port = rendered(changes.draft(), place, "port");
    let route = rendered(changes.draft(), place, "path");
    if kind == "none" {
        if let Some(check) = changes.draft().root().pointer(&path).cloned() {
            changes.set(&keep, check);
            changes.clear(&path);
        }
        changes.set(&none, Value::Bool(true));
        return;
    }
    if !matches!(kind, "own") && Tool::parse(kind).is_none() {
        return;
    }
    if changes.draft().root().pointer(&path).is_none() {
        let new = kept(changes.draft(), place).cloned().unwrap_or_else(|| crate::document::draft::health_check(""));
        changes.set(&path, new);
        changes.clear(&keep);
    }
    changes.clear(&none);
    match Tool::parse(kind) {
        Some(tool) => {
            changes.clear(&own);
            changes.set(&format!("{path}/command"), tool.command(&port, &route));
        }
        None => changes.set(&own, Value::Bool(true)),
    }
}

fn aside(draft: &Draft, place: &str, what: &str) -> String {
    let number = container_index(place).map_or(0, |i| draft.container_number(i));
    format!("/aside/kept/{number}/{what}")
}

fn keep_path(draft: &Draft, place: &str) -> String {
    aside(draft, place, "healthCheck")
}

fn own_flag(draft: &Draft, place: &str) -> String {
    aside(draft, place, "ownCheck")
}

fn none_flag(draft: &Draft, place: &str) -> String {
    aside(draft, place, "noCheck")
}

fn kept<'a>(draft: &'a Draft, place: &str) -> Option<&'a Value> {
    draft.root().pointer(&keep_path(draft, place))
}
