//! A container's health check: a preset with port and path, an own command, or no check; and its timing.

use super::{Question, changes::Changes, names::names, scalar};
use crate::{
    Draft, Edit,
    document::{bounds, pointer, view},
    grammar::{
        amount::typed_number,
        health::{self, Tool},
    },
};
use serde_json::{Value, json};

names! {
    /// Questions about a container's health check.
    pub enum Health {
        /// A preset (`curl`, …), `own` or `none`.
        Kind = "~kind",
        /// The port that a preset asks.
        Port = "~port",
        /// The path that a preset asks.
        Path = "~path",
        /// How an own command is written: `CMD-SHELL`, `CMD` or `JSON`.
        Form = "~form",
        /// The own command.
        Text = "~text",
        /// Seconds between two checks.
        Interval = "/interval",
        /// Seconds that one may take.
        Timeout = "/timeout",
        /// Failures in a row until the container is unhealthy.
        Retries = "/retries",
        /// Seconds at the start in which failures do not count.
        StartPeriod = "/startPeriod",
    }
}

impl Health {
    pub(super) fn rendered(self, draft: &Draft, i: usize) -> String {
        let command = command(draft, i);
        let known = || command.and_then(health::recognise);
        match self {
            Health::Kind => kind(draft, i).to_owned(),
            Health::Port => known().map_or_else(|| proposed_port(draft, i), |k| k.port().to_owned()),
            Health::Path => known().map_or_else(String::new, |k| k.path().to_owned()),
            Health::Form => command.map_or("CMD-SHELL", own_form).into(),
            Health::Text => command.map_or_else(String::new, own_text),
            Health::Interval | Health::Timeout | Health::Retries | Health::StartPeriod => {
                let proposed = || if check(draft, i).is_none() { self.usual().to_string() } else { String::new() };
                scalar::found(draft, &format!("{}{}", path(i), self.as_str())).unwrap_or_else(proposed)
            }
        }
    }

    pub(super) fn change(self, draft: &Draft, i: usize, value: &str) -> Edit {
        let mut changes = Changes::of(draft);
        let command_path = format!("{}/command", path(i));
        let known = || command(draft, i).and_then(health::recognise);
        match self {
            Health::Kind => change_kind(&mut changes, i, value),
            Health::Port => {
                if let Some(k) = known() {
                    let port = typed_number(value).map_or_else(|| value.trim().to_owned(), |n| n.to_string());
                    changes.set(&format!("{command_path}/{}", k.item), json!(k.with_port(&port)));
                }
            }
            Health::Path => {
                if let Some(k) = known().filter(|k| k.tool.has_path()) {
                    changes.set(&format!("{command_path}/{}", k.item), json!(k.with_path(value.trim())));
                }
            }
            Health::Form if matches!(value, "CMD" | "CMD-SHELL") => {
                changes.set(&command_path, own_command(value, &Health::Text.rendered(draft, i)));
            }
            Health::Text if check(draft, i).is_some() => {
                changes.set(&command_path, own_command(&Health::Form.rendered(draft, i), value));
            }
            Health::Form | Health::Text => {}
            Health::Interval | Health::Timeout | Health::Retries | Health::StartPeriod => {
                return scalar::number(draft, &format!("{}{}", path(i), self.as_str()), self.key(), value);
            }
        }
        changes.done()
    }

    pub(super) fn place(self, i: usize) -> String {
        match self {
            Health::Kind => place(i),
            Health::Port | Health::Path | Health::Form | Health::Text => format!("{}/command", place(i)),
            Health::Interval | Health::Timeout | Health::Retries | Health::StartPeriod => Question::Health(i, self).to_string(),
        }
    }

    /// What a timing is in a new check; 0 for the other questions.
    pub fn usual(self) -> u64 {
        health::usual(self.key())
    }

    /// The member of the check that a timing stands in.
    fn key(self) -> &'static str {
        self.as_str().trim_start_matches('/')
    }

    /// Whether it belongs to another answer than the `kind` that was picked, so that what it holds does not count.
    pub(super) fn is_hidden(self, kind: &str) -> bool {
        match self {
            Health::Port | Health::Path => kind == "own",
            Health::Form | Health::Text => kind != "own",
            Health::Kind | Health::Interval | Health::Timeout | Health::Retries | Health::StartPeriod => false,
        }
    }
}

fn place(i: usize) -> String {
    format!("/containerDefinitions/{i}/healthCheck")
}

fn path(i: usize) -> String {
    format!("/definition{}", place(i))
}

fn check(draft: &Draft, i: usize) -> Option<&Value> {
    pointer::get(draft.definition(), &place(i))
}

fn command(draft: &Draft, i: usize) -> Option<&Value> {
    check(draft, i)?.get("command")
}

fn kind(draft: &Draft, i: usize) -> &'static str {
    let own = draft.root().pointer(&own_flag(draft, i)) == Some(&Value::Bool(true));
    let known = command(draft, i).and_then(health::recognise);
    match (check(draft, i).filter(|v| !v.is_null()), known) {
        (None, _) if kept(draft, i).is_some() || draft.root().pointer(&none_flag(draft, i)).is_some() => "none",
        (None, _) => "",
        (Some(_), Some(known)) if !own => known.tool.as_str(),
        (Some(_), _) => "own",
    }
}

/// The port that a new check asks: the first declared one, else the variable `PORT`, else 80.
fn proposed_port(draft: &Draft, i: usize) -> String {
    let containers = view::containers(draft.definition());
    let port = containers.get(i).and_then(|c| c.ports().first().copied().or_else(|| c.env_port()));
    port.unwrap_or(80).to_string()
}

/// How an own command is written in its text area: `CMD-SHELL` as one line of shell, `CMD` as one
/// argument a line, `JSON` for every list that is neither.
fn own_form(command: &Value) -> &'static str {
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

fn change_kind(changes: &mut Changes<'_>, i: usize, kind: &str) {
    let path = path(i);
    let (own, none, keep) = (own_flag(changes.draft(), i), none_flag(changes.draft(), i), keep_path(changes.draft(), i));
    let (port, route) = (Health::Port.rendered(changes.draft(), i), Health::Path.rendered(changes.draft(), i));
    if kind == "none" {
        if let Some(check) = changes.draft().root().pointer(&path).cloned() {
            changes.set(&keep, check);
            changes.clear(&path);
        }
        changes.set(&none, Value::Bool(true));
        return;
    }
    let tool = Tool::parse(kind);
    if kind != "own" && tool.is_none() {
        return;
    }
    if changes.draft().root().pointer(&path).is_none() {
        let new = kept(changes.draft(), i).cloned().unwrap_or_else(|| health::check(""));
        changes.set(&path, new);
        changes.clear(&keep);
    }
    changes.clear(&none);
    match tool {
        Some(tool) => {
            changes.clear(&own);
            changes.set(&format!("{path}/command"), tool.command(&port, &route));
        }
        None => changes.set(&own, Value::Bool(true)),
    }
}

fn aside(draft: &Draft, i: usize, what: &str) -> String {
    format!("/aside/kept/{}/{what}", draft.container_number(i))
}

fn keep_path(draft: &Draft, i: usize) -> String {
    aside(draft, i, "healthCheck")
}

fn own_flag(draft: &Draft, i: usize) -> String {
    aside(draft, i, "ownCheck")
}

fn none_flag(draft: &Draft, i: usize) -> String {
    aside(draft, i, "noCheck")
}

fn kept(draft: &Draft, i: usize) -> Option<&Value> {
    draft.root().pointer(&keep_path(draft, i))
}
