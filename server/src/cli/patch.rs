//! Edits made in a text: everything else in it keeps its bytes: spaces, comments, the order of keys, the spelling of numbers.

use jsonc_parser::cst::{CstInputValue, CstNode, CstObject, CstObjectProp, CstRootNode};
use serde_json::Value;
use taskdef::{
    Edit,
    document::{edit::Op, pointer},
    formats::import,
};

/// A text that is edited, and the definition that it holds.
pub struct Patched {
    root: CstRootNode,
    bom: bool,
    /// Where the definition stands in the text: nowhere else, or in `taskDefinition`.
    wrapper: &'static str,
    definition: Value,
}

impl Patched {
    /// `None` for a text that is not JSON, or that has a key twice: which of the two was meant is not ours to say.
    pub fn new(text: &str) -> Option<Patched> {
        let read = import::from_json(text).ok()?;
        if !read.duplicate_keys.is_empty() {
            return None;
        }
        let (bom, text) = text.strip_prefix('\u{feff}').map_or((false, text), |rest| (true, rest));
        let root = CstRootNode::parse(text, &import::STRICT).ok()?;
        Some(Patched { root, bom, wrapper: if read.unwrapped { "/taskDefinition" } else { "" }, definition: read.definition })
    }

    /// The definition after what was edited so far.
    pub fn definition(&self) -> &Value {
        &self.definition
    }

    /// Makes an edit whose pointers start at the definition; whether the text now says exactly what the edit says.
    pub fn apply(&mut self, edit: &Edit) -> bool {
        for op in &edit.0 {
            let mut after = self.definition.clone();
            if Edit(vec![op.clone()]).apply(&mut after).is_err() || self.op(op, &after).is_none() {
                return false;
            }
            self.definition = after;
        }
        // The order of keys counts too, which comparing the values would pass over.
        let (read, wanted) = (import::from_json(&self.text()), self.definition.to_string());
        read.is_ok_and(|read| wanted == format!("{}", read.definition))
    }

    /// The text as it is now.
    pub fn text(&self) -> String {
        format!("{}{}", if self.bom { "\u{feff}" } else { "" }, self.root)
    }

    fn op(&self, op: &Op, after: &Value) -> Option<()> {
        match op {
            Op::Add { path, value, .. } => self.add(path, value, after),
            Op::Replace { path, value } => match self.find(path)? {
                Place::Root => {
                    self.root.set_value(input(value));
                    Some(())
                }
                Place::Property(property) => {
                    property.set_value(input(value));
                    Some(())
                }
                Place::Item(item) => replace(item, value),
            },
            Op::Remove { path } => match self.find(path)? {
                Place::Root => None,
                Place::Property(property) => {
                    property.remove();
                    Some(())
                }
                Place::Item(item) => {
                    item.remove();
                    Some(())
                }
            },
            Op::Move { from, path } => {
                let Place::Item(item) = self.find(from)? else { return None };
                item.remove();
                self.add(path, pointer::get(after, path)?, after)
            }
        }
    }

    fn add(&self, path: &str, value: &Value, after: &Value) -> Option<()> {
        let (parent, key) = pointer::split_last(path)?;
        let holder = self.value(parent)?;
        if let Some(object) = holder.as_object() {
            match object.get(&key) {
                Some(property) => property.set_value(input(value)),
                None => {
                    object.insert(position(&object, pointer::get(after, parent)?, &key), &key, input(value));
                }
            }
            return Some(());
        }
        let list = holder.as_array()?;
        let index = if key == "-" { list.elements().len() } else { pointer::index(&key)? };
        list.insert(index, input(value));
        Some(())
    }

    fn find(&self, path: &str) -> Option<Place> {
        let Some((parent, key)) = pointer::split_last(path) else {
            return match self.wrapper {
                "" => Some(Place::Root),
                _ => self.root.object_value()?.get("taskDefinition").map(Place::Property),
            };
        };
        let holder = self.value(parent)?;
        match holder.as_object() {
            Some(object) => object.get(&key).map(Place::Property),
            None => holder.as_array()?.elements().into_iter().nth(pointer::index(&key)?).map(Place::Item),
        }
    }

    /// The value at a place of the definition.
    fn value(&self, path: &str) -> Option<CstNode> {
        let whole = format!("{}{path}", self.wrapper);
        pointer::parts(&whole).try_fold(self.root.value()?, |at, token| match at.as_object() {
            Some(object) => object.get(&token)?.value(),
            None => at.as_array()?.elements().into_iter().nth(pointer::index(&token)?),
        })
    }
}

enum Place {
    Root,
    Property(CstObjectProp),
    Item(CstNode),
}

/// Where a key goes: behind the one that stands before it in the edited document.
fn position(object: &CstObject, after: &Value, key: &str) -> usize {
    let before = after.as_object().and_then(|map| map.keys().take_while(|k| *k != key).last());
    let index = before.and_then(|before| object.get(before)).map(|property| property.property_index() + 1);
    index.unwrap_or(0)
}

fn replace(item: CstNode, value: &Value) -> Option<()> {
    let list = item.parent()?.as_array()?;
    let index = item.element_index()?;
    item.remove();
    list.insert(index, input(value));
    Some(())
}

fn input(value: &Value) -> CstInputValue {
    match value {
        Value::Null => CstInputValue::Null,
        Value::Bool(yes) => CstInputValue::Bool(*yes),
        Value::Number(number) => CstInputValue::Number(number.to_string()),
        Value::String(text) => CstInputValue::String(text.clone()),
        Value::Array(list) => CstInputValue::Array(list.iter().map(input).collect()),
        Value::Object(map) => CstInputValue::Object(map.iter().map(|(key, value)| (key.clone(), input(value))).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn patched(text: &str, ops: Vec<Op>) -> Option<String> {
        let mut patched = Patched::new(text)?;
        patched.apply(&Edit(ops)).then(|| patched.text())
    }

    #[test]
    fn only_what_is_edited_changes() {
        let text = "\u{feff}{\r\n\t\"zeta\": 1.50e2,  \"containerDefinitions\": [ { \"name\":\"a\",\r\n\t\t\"cpu\": \"256\", \"x\": [1,2,   3] } ],\r\n\t\"family\": \"a\"\r\n}\r\n";
        let replace = Op::Replace { path: "/containerDefinitions/0/cpu".into(), value: json!(256) };
        let expected = text.replace("\"256\"", "256");
        assert_eq!(patched(text, vec![replace]).as_deref(), Some(expected.as_str()));
        let item = Op::Replace { path: "/containerDefinitions/0/x/1".into(), value: json!("two") };
        let changed = patched(text, vec![item]).unwrap();
        assert!(changed.starts_with("\u{feff}{\r\n\t\"zeta\": 1.50e2,  \"containerDefinitions\": [ { \"name\":\"a\",\r\n"), "{changed:?}");
        let remove = Op::Remove { path: "/containerDefinitions/0/cpu".into() };
        assert!(!patched(text, vec![remove]).unwrap().contains("cpu"));
    }

    #[test]
    fn a_wrapper_and_what_aws_adds_to_it_stay() {
        let text = "{\n  \"taskDefinition\": {\n    \"taskDefinitionArn\": \"arn\",\n    \"family\": \"a b\",\n    \"revision\": 3\n  }\n}";
        let add = Op::Add { path: "/networkMode".into(), value: json!("awsvpc"), at: None };
        let changed = patched(text, vec![Op::Replace { path: "/family".into(), value: json!("a-b") }, add]).unwrap();
        assert!(
            changed.contains("\"family\": \"a-b\",") && changed.contains("\"revision\": 3") && changed.contains("    \"networkMode\": \"awsvpc\""),
            "{changed}"
        );
    }

    #[test]
    fn keys_with_quotes_and_control_characters_stay_json() {
        let key = "a\"\\\u{1}\u{2028}b";
        let path = pointer::join("", key);
        let changed = patched("{\"family\": \"a\"}", vec![Op::Add { path, value: json!({ key: [key] }), at: None }]).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&changed).unwrap()[key][key][0], json!(key));
    }

    #[test]
    fn which_of_two_equal_keys_was_meant_is_not_guessed() {
        assert!(Patched::new("{\"family\": \"a\", \"family\": \"b\"}").is_none());
        assert!(Patched::new("{\"family\": ").is_none());
    }
}
