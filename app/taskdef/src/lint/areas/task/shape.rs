//! The document against the API model: types, required members, nulls, placeholders of templates.

use super::{convert::converted, keys, *};
use crate::lint::{
    context::placeholder::{has_placeholder, is_placeholder, names_number},
    schema::{self, Kind, Unknown, Visitor},
};
use crate::{
    Finding, Scope,
    document::pointer::{self, split_last},
    formats::import::NotJson,
};

/// Required members that a rule of their own asks for.
const OWN_RULE: &[&str] = &[
    "family",
    "containerDefinitions",
    "healthCheck/command",
    "logConfiguration/logDriver",
    "firelensConfiguration/type",
    "restartPolicy/enabled",
    "efsVolumeConfiguration/fileSystemId",
    "s3filesVolumeConfiguration/fileSystemArn",
    "ephemeralStorage/sizeInGiB",
];

/// The text is not JSON at all.
pub(in crate::lint) fn not_json(error: NotJson) -> Finding {
    Finding {
        rule: &TASK_JSON_SHAPE,
        severity: Error,
        scope: Scope::Definition,
        path: String::new(),
        variant: error.hint.variant(),
        params: vec![("line", Param::Number(error.line as u64)), ("column", Param::Number(error.column as u64))],
        fixes: Vec::new(),
        at: Some((error.line, error.column)),
    }
}

/// What the import told of the text.
pub(super) fn imported(task: &Task<'_>, report: &mut Report) {
    for key in &task.wizard.dropped {
        report.at(&TASK_IMPORT_READ_ONLY_FIELDS, key.clone()).text("key", key.trim_start_matches('/'));
    }
    for path in &task.wizard.duplicate_keys {
        report.at(&TASK_DUPLICATE_JSON_KEY, path.clone()).text("key", last(path));
    }
}

/// Every place of the document.
pub(super) fn check(task: &Task<'_>, report: &mut Report) {
    if task.kind().has_api_keys() {
        schema::walk(task.definition, schema::root(), &mut Shape { task, report });
    }
}

struct Shape<'a, 't> {
    task: &'a Task<'t>,
    report: &'a mut Report,
}

impl Visitor for Shape<'_, '_> {
    fn null(&mut self, place: &str) {
        self.report.at(&TASK_NULL_VALUES, place).text("key", last(place)).clear(self.task.definition, place);
    }

    fn empty_choice(&mut self, place: &str) {
        self.report.at(&TASK_NULL_VALUES, place).variant("empty").text("key", last(place)).clear(self.task.definition, place);
    }

    fn text(&mut self, text: &str, place: &str) {
        if is_placeholder(text, place) {
            self.report.at(&TASK_TEMPLATE_PLACEHOLDER, place).text("value", text);
        }
    }

    fn wrong_type(&mut self, value: &Value, due: Kind, place: &str) {
        let key = last(place);
        if type_has_own_rule(value, due, place, &key) {
            return;
        }
        // A placeholder in quotes where a number is due is filled in later, like any other.
        if let Some(text) = value.as_str().filter(|t| if due == Kind::Integer { names_number(t) } else { has_placeholder(t) }) {
            self.report.at(&TASK_TEMPLATE_PLACEHOLDER, place).text("value", text);
            return;
        }
        // Values of variables and secrets are never shown.
        let shown = if place.contains("/environment/") || place.contains("/secrets/") { "…".to_owned() } else { text_of(value) };
        let finding = self.report.at(&TASK_JSON_SHAPE, place);
        let finding = match pointer::index(&key) {
            // An item of a list is named by the list and by its number, counted from one.
            Some(index) => finding.variant(item_variant(due, value)).text("list", parent(place)).text("item", (index + 1).to_string()),
            None if key == "cpu" && due == Kind::Integer && is_memory(value) => finding.variant("memory-unit"),
            None => finding.variant(variant(due, value)).text("key", key.as_str()),
        };
        let finding = finding.text("value", shown);
        match converted(self.task, due, place, value) {
            Some(better) if better.is_object() || better.is_array() => {
                finding.fix("fix-shape", Vec::new(), edit::set(self.task.definition, place, better)).done();
            }
            Some(better) => finding.set(self.task.definition, place, better).done(),
            None if pointer::index(&key).is_some() || (matches!(due, Kind::Object | Kind::Map) && !place.is_empty()) => {
                finding.fix("fix-remove", Vec::new(), edit::clear(self.task.definition, place)).done()
            }
            None => {}
        }
    }

    fn unknown_key(&mut self, unknown: Unknown<'_>) {
        keys::unknown(self.task, unknown, self.report);
    }

    fn missing(&mut self, object: &Value, place: &str, name: &str) {
        if !has_own_rule(place, name) {
            required(self.task.definition, object, place, name, self.report);
        }
    }
}

/// Types that a more specific rule of another area checks.
fn type_has_own_rule(value: &Value, due: Kind, place: &str, key: &str) -> bool {
    match due {
        // `logging::types`, `container::types`
        Kind::Text if place.contains("/logConfiguration/options/") || place.contains("/dockerLabels/") => true,
        // `environment::types`
        Kind::Text => place.contains("/environment/") && key == "value",
        // `container::types`, `health_check::command`
        Kind::Texts => {
            place.starts_with("/containerDefinitions/") && matches!(key, "command" | "entryPoint") && value.as_str().is_some_and(|t| !has_placeholder(t))
        }
        _ => false,
    }
}

fn variant(kind: Kind, value: &Value) -> &'static str {
    match kind {
        Kind::Text | Kind::OneOf(_) => "text",
        // Quotes are what is wrong only with a number that stands in them.
        Kind::Integer if value.as_str().is_some_and(|text| crate::grammar::amount::typed_number(text).is_none()) => "whole",
        Kind::Integer => "integer",
        Kind::Boolean => "boolean",
        Kind::Object | Kind::Map => "object",
        _ => "list",
    }
}

/// Whether somebody wrote an amount of memory: `512MB`.
fn is_memory(value: &Value) -> bool {
    value.as_str().is_some_and(|text| {
        let read = |key| crate::grammar::amount::typed_amount(key, text);
        read("memory").is_some() && read("cpu").is_none()
    })
}

/// The same for an item of a list.
fn item_variant(kind: Kind, value: &Value) -> &'static str {
    match variant(kind, value) {
        "text" => "text-item",
        "integer" => "integer-item",
        "whole" => "whole-item",
        _ => "object-item",
    }
}

fn has_own_rule(path: &str, name: &str) -> bool {
    let own = |rule: &&str| rule.rsplit_once('/').map_or(path.is_empty() && *rule == name, |(parent, key)| key == name && path.ends_with(parent));
    OWN_RULE.iter().any(own)
        || path.contains("/secrets/")
        || path.contains("/tmpfs/")
        || path.contains("/fsxWindowsFileServerVolumeConfiguration")
        || (path.contains("/resourceRequirements/") && name == "type")
}

/// A member that the API model asks for; the fix where its value is known.
fn required(definition: &Value, object: &Value, path: &str, name: &str, report: &mut Report) {
    let here = pointer::join(path, name);
    let finding = report.at(&TASK_REQUIRED_MEMBER, &here).text("key", name).text("parent", parent(path));
    let other = |key: &str| object.get(key).filter(|v| v.is_i64() || v.is_u64()).cloned();
    let value = match name {
        "softLimit" => other("hardLimit"),
        "hardLimit" => other("softLimit"),
        "type" if path.contains("/environmentFiles/") => Some(json!("s3")),
        "condition" => Some(json!("START")),
        // The one proxy that App Mesh has.
        "containerName" if path == "/proxyConfiguration" => {
            let envoy = |c: &&Value| text(*c, "image").is_some_and(|image| image.contains("envoy"));
            let containers = list(definition, "containerDefinitions");
            containers.iter().find(envoy).or(containers.first()).and_then(|c| text(c, "name")).map(|name| json!(name))
        }
        _ => None,
    };
    match value {
        Some(value) => finding.set(definition, &here, value).done(),
        // A row of a list without what it is about says nothing.
        None if pointer::split_last(path).is_some_and(|(_, key)| pointer::index(&key).is_some()) && !path.ends_with("/containerDefinitions/0") => {
            finding.fix("fix-remove", vec![("parent", Param::Text(parent(path)))], edit::clear(definition, path)).done();
        }
        None if object.as_object().is_some_and(serde_json::Map::is_empty) && !path.is_empty() => {
            finding.fix("fix-empty", vec![("parent", Param::Text(parent(path)))], edit::clear(definition, path)).done();
        }
        None => {}
    }
}

/// The name of the object that a pointer leads to, without its index.
fn parent(path: &str) -> String {
    pointer::tokens(path).into_iter().rev().find(|t| pointer::index(t).is_none()).unwrap_or_default()
}

fn last(path: &str) -> String {
    split_last(path).map_or(String::new(), |(_, key)| key)
}
