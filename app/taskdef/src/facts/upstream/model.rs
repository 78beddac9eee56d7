//! botocore's model of RegisterTaskDefinition against the table of fields.

use super::{Change, Compared, Subject};
use crate::lint::schema::{FIELDS, Kind};
use serde_json::Value;

const SOURCE: &str = "botocore";

/// Deepest field that is followed: the model's own is six levels down.
const DEPTH: usize = 12;

/// Limits that the model states, as the rules of `tags`, `resources` and `limits` hold them.
/// Source: botocore 1.44.8, shapes Tags, TagKey, TagValue, NvidiaMpsAllocation*Integer.
const LIMITS: [(&str, &str); 5] = [
    ("containerDefinitions[].resourceRequirements[].sharingStrategy.nvidiaMps.memory", "from 1"),
    ("containerDefinitions[].resourceRequirements[].sharingStrategy.nvidiaMps.maxComputePercent", "from 1 to 100"),
    ("tags", "from 0 to 50"),
    ("tags[].key", r"from 1 to 128 ([\p{L}\p{Z}\p{N}_.:/=+\-@]*)"),
    ("tags[].value", r"from 0 to 256 ([\p{L}\p{Z}\p{N}_.:/=+\-@]*)"),
];

/// A field as the model has it.
struct Field<'a> {
    place: String,
    kind: &'static str,
    required: bool,
    values: Vec<&'a str>,
    limit: Option<String>,
}

pub(super) fn compare(model: &Value, found: &mut Compared) {
    let mut theirs = Vec::new();
    members(&model["shapes"], "RegisterTaskDefinitionRequest", "", 0, &mut theirs);
    found.fields = theirs.len();
    for field in &theirs {
        let Some((_, kind, required)) = FIELDS.iter().find(|(place, ..)| *place == field.place) else {
            found.differs(SOURCE, Subject::Field, &field.place, Change::New(field.kind.to_owned()));
            continue;
        };
        let (ours, values) = described(kind);
        if ours != field.kind {
            found.differs(SOURCE, Subject::Field, &field.place, Change::Other { ours: ours.to_owned(), theirs: field.kind.to_owned() });
        }
        if *required != field.required {
            let word = |required: bool| if required { "required" } else { "optional" }.to_owned();
            found.differs(SOURCE, Subject::Field, &field.place, Change::Other { ours: word(*required), theirs: word(field.required) });
        }
        found.values += field.values.len();
        found.names(SOURCE, Subject::Value, &format!("{} = ", field.place), values, &field.values);
    }
    for (place, ..) in FIELDS.iter().filter(|(place, ..)| !theirs.iter().any(|f| f.place == *place)) {
        found.differs(SOURCE, Subject::Field, *place, Change::Gone);
    }
    limits(&theirs, found);
}

fn limits(theirs: &[Field<'_>], found: &mut Compared) {
    for field in theirs {
        let ours = LIMITS.iter().find(|(place, _)| *place == field.place).map(|(_, limit)| *limit);
        found.limits += usize::from(field.limit.is_some());
        match (ours, &field.limit) {
            (None, Some(theirs)) => found.differs(SOURCE, Subject::Limit, &field.place, Change::New(theirs.clone())),
            (Some(_), None) => found.differs(SOURCE, Subject::Limit, &field.place, Change::Gone),
            (Some(ours), Some(theirs)) if ours != theirs => {
                found.differs(SOURCE, Subject::Limit, &field.place, Change::Other { ours: ours.to_owned(), theirs: theirs.clone() });
            }
            _ => {}
        }
    }
}

/// The members of a structure, and everything below them.
fn members<'a>(shapes: &'a Value, name: &str, prefix: &str, depth: usize, fields: &mut Vec<Field<'a>>) {
    let shape = &shapes[name];
    if depth > DEPTH {
        return;
    }
    for (member, target) in shape["members"].as_object().into_iter().flatten() {
        let required = shape["required"].as_array().into_iter().flatten().any(|r| r.as_str() == Some(member));
        let target = target["shape"].as_str().unwrap_or_default();
        let item = shapes[target]["member"]["shape"].as_str().unwrap_or_default();
        let is_list = shapes[target]["type"] == "list";
        let place = format!("{prefix}{member}");
        let values = &shapes[if is_list { item } else { target }]["enum"];
        let values: Vec<&str> = values.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let kind = kind(&shapes[target], &shapes[item], !values.is_empty());
        let below = format!("{place}{}", if is_list { "[]." } else { "." });
        fields.push(Field { place, kind, required, values, limit: limit(&shapes[target]) });
        if matches!(kind, "object" | "list of objects") {
            members(shapes, if is_list { item } else { target }, &below, depth + 1, fields);
        }
    }
}

fn kind(shape: &Value, item: &Value, is_enum: bool) -> &'static str {
    match (shape["type"].as_str().unwrap_or_default(), item["type"].as_str().unwrap_or_default()) {
        ("structure", _) => "object",
        ("map", _) => "map",
        ("boolean", _) => "boolean",
        ("integer" | "long", _) => "integer",
        ("string", _) if is_enum => "one of",
        ("string", _) => "text",
        ("list", "structure") => "list of objects",
        ("list", "string") if is_enum => "list of one of",
        ("list", "string") => "list of texts",
        ("list", "integer" | "long") => "list of integers",
        _ => "something else",
    }
}

/// A kind of the table in the same words, and the texts that it takes.
fn described(kind: &Kind) -> (&'static str, &'static [&'static str]) {
    match kind {
        Kind::Object => ("object", &[]),
        Kind::Map => ("map", &[]),
        Kind::Boolean => ("boolean", &[]),
        Kind::Integer => ("integer", &[]),
        Kind::Text => ("text", &[]),
        Kind::OneOf(values) => ("one of", values),
        Kind::List => ("list of objects", &[]),
        Kind::OneOfs(values) => ("list of one of", values),
        Kind::Texts => ("list of texts", &[]),
        Kind::Integers => ("list of integers", &[]),
    }
}

fn limit(shape: &Value) -> Option<String> {
    let number = |key: &str, word: &str| shape[key].as_i64().map(|n| format!("{word} {n}"));
    let pattern = shape["pattern"].as_str().map(str::to_owned);
    let parts: Vec<String> = [number("min", "from"), number("max", "to"), pattern].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}
