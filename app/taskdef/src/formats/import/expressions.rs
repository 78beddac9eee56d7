//! What a draft keeps of a template's language: expressions whose value is in the draft, and what they refer to. An export to the
//! same format writes them again where the value is still the one that they gave.

use super::{
    comments::Comment,
    stored::{self, mark, member},
};
use crate::{
    Draft,
    document::pointer,
    facts::secret,
    formats::{Format, import::Placeholder, report::masked_is_suspect},
};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};

/// Most expressions of a draft that are kept, and most bytes of them with what they refer to and with comments.
const MOST: usize = 500;
const LARGEST: usize = 64 * 1024;

/// The language of an import: what one of its drafts keeps.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spoken<'i> {
    pub expressions: &'i [Expression],
    pub declared: &'i BTreeMap<String, String>,
    pub placeholders: &'i [Placeholder],
    pub comments: &'i [Comment],
}

/// An expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expression {
    /// Its place, as [`stable`] writes it.
    pub place: String,
    /// The expression: CloudFormation's as JSON with long forms, Terraform's as it was written.
    pub text: String,
    /// A mark of the value that it gave.
    pub was: u64,
}

/// A place that stays the same when items around it come and go: an item with a name is called by it.
pub fn stable(definition: &Value, place: &str) -> String {
    let (mut at, mut out) = (Some(definition), String::new());
    for token in pointer::parts(place) {
        let list = at.is_some_and(Value::is_array);
        at = at.and_then(|value| pointer::step(value, &token));
        let name = at.filter(|_| list).and_then(|item| item.get("name")).and_then(Value::as_str);
        out = match name {
            Some(name) => pointer::join(&out, format_args!("name={name}")),
            None => pointer::join(&out, &token),
        };
    }
    out
}

/// Expressions by their places in a definition.
pub(super) fn at_stable_places(definition: &Value, found: Vec<(String, String)>) -> Vec<Expression> {
    let of = |(place, text): (String, String)| {
        let value = pointer::get(definition, &place)?;
        Some(Expression { place: stable(definition, &place), text, was: mark(Some(value)) })
    };
    found.into_iter().filter_map(of).collect()
}

/// What stands at a stable place.
fn at<'v>(definition: &'v Value, place: &str) -> Option<&'v Value> {
    pointer::parts(place).try_fold(definition, |at, token| match (at, token.strip_prefix("name=")) {
        (Value::Array(items), Some(name)) => items.iter().find(|item| item.get("name").and_then(Value::as_str) == Some(name)),
        _ => pointer::step(at, &token),
    })
}

/// What a draft keeps, as JSON, and how many parts are too many or too large to keep: what expressions refer to goes first,
/// comments go last. No expression is kept whose value was taken out of the definition, or that has a credential in its text.
pub(super) fn to_value(definition: &Value, spoken: Spoken<'_>) -> (Value, usize) {
    let is_clean = |text: &str| !masked_is_suspect(text) && !text.split(['"', '\'']).any(|part| secret::of_value(part).is_some());
    let stands = |e: &&Expression| mark(at(definition, &e.place)) == e.was && is_clean(&e.text);
    let mut room = Room { bytes: LARGEST, left: 0 };
    let declared: serde_json::Map<String, Value> = spoken
        .declared
        .iter()
        .filter(|(_, text)| is_clean(text))
        .map(|(name, text)| (name.clone(), json!(text)))
        .filter(|(name, text)| room.takes(name.len() + text.to_string().len()))
        .collect();
    let placeholders = room.list(spoken.placeholders.iter().filter(|p| is_clean(&p.origin)).map(|p| json!([p.name, p.origin])));
    let expressions = room.list(spoken.expressions.iter().filter(stands).map(|e| json!([e.place, e.text, e.was])));
    let comments = room.list(spoken.comments.iter().map(|c| json!([c.place, c.text])));
    (json!({ "expressions": expressions, "declared": declared, "placeholders": placeholders, "comments": comments }), room.left)
}

/// What may still be kept.
struct Room {
    bytes: usize,
    /// Parts for which there was no room.
    left: usize,
}

impl Room {
    /// Whether there is room for a part of so many bytes.
    fn takes(&mut self, bytes: usize) -> bool {
        let rest = self.bytes.checked_sub(bytes + 8);
        self.bytes = rest.unwrap_or(self.bytes);
        self.left += usize::from(rest.is_none());
        rest.is_some()
    }

    fn list(&mut self, parts: impl Iterator<Item = Value>) -> Vec<Value> {
        let mut out = Vec::new();
        for part in parts {
            if out.len() == MOST {
                self.left += 1;
            } else if self.takes(part.to_string().len()) {
                out.push(part);
            }
        }
        out
    }
}

/// What a draft kept, for an export.
#[derive(Debug, Default)]
pub(in crate::formats) struct Kept<'d> {
    definition: Option<&'d Value>,
    expressions: HashMap<&'d str, (&'d str, u64)>,
    /// What the expressions refer to, by name: its declaration.
    pub declared: BTreeMap<&'d str, &'d str>,
    /// The expressions of placeholders, by name.
    pub placeholders: BTreeMap<&'d str, &'d str>,
    /// Comments, each with the place above which it stands.
    pub comments: Vec<(&'d str, &'d str)>,
}

impl<'d> Kept<'d> {
    /// Of a draft, for a format: placeholders have a name in every format, the rest belongs to its own.
    pub fn of(draft: &'d Draft, format: Format) -> Kept<'d> {
        let Some((own, kept)) = member(draft).and_then(|member| Some((stored::format(member), member.get("language")?))) else { return Kept::default() };
        let list = |key: &str| kept.get(key).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let text = |value: &'d Value, i: usize| value.get(i).and_then(Value::as_str);
        let placeholders =
            list("placeholders").iter().filter_map(|pair| Some((text(pair, 0)?, if own == Some(format) { text(pair, 1)? } else { "" }))).collect();
        if own != Some(format) {
            return Kept { placeholders, ..Kept::default() };
        }
        let expressions = list("expressions").iter().filter_map(|e| Some((text(e, 0)?, (text(e, 1)?, e.get(2)?.as_u64()?)))).collect();
        let declared = kept.get("declared").and_then(Value::as_object).into_iter().flatten();
        let declared = declared.filter_map(|(name, text)| Some((name.as_str(), text.as_str()?))).collect();
        let comments = list("comments").iter().filter_map(|pair| Some((text(pair, 0)?, text(pair, 1)?))).collect();
        Kept { definition: Some(draft.definition()), expressions, declared, placeholders, comments }
    }

    /// The expression at a place, while its value is the one that it gave.
    pub fn expression(&self, place: &str, value: &Value) -> Option<&'d str> {
        if self.expressions.is_empty() {
            return None;
        }
        let (text, was) = self.expressions.get(stable(self.definition?, place).as_str())?;
        (mark(Some(value)) == *was).then_some(*text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_with_a_name_is_called_by_it() {
        let definition = json!({ "c": [{ "name": "a/b", "p": [1, 2] }, { "x": 1 }] });
        assert_eq!(stable(&definition, "/c/0/p/1"), "/c/name=a~1b/p/1");
        assert_eq!(stable(&definition, "/c/1/x"), "/c/1/x");
        assert_eq!(stable(&definition, "/c/7/x"), "/c/7/x");
    }
}
