//! CloudFormation: each `AWS::ECS::TaskDefinition` is a draft. What is constant is computed; the rest stays as a placeholder.
//!
//! | file | what |
//! |---|---|
//! | `tags.rs` | short forms (`!Sub`) as long ones |
//! | `declared.rs` | what expressions refer to |
//! | `intrinsics.rs` | `Ref`, `Fn::Sub` and their kin |
//! | `keys.rs` | the template's keys as the API's |

mod declared;
mod intrinsics;
mod keys;
mod tags;

pub(in crate::formats) use declared::referenced;

use super::{
    Import, Input, Refusal,
    along::Along,
    definition,
    tree::{Node, read_json, read_yaml},
};
use crate::{
    formats::{
        Format,
        report::{Ledger, Outcome, Said},
    },
    messages::all,
};
use intrinsics::Template;
use serde_json::{Value, json};

/// Reads a template, YAML or JSON.
///
/// # Errors
/// It is neither, has no task definition, or needs its macros to be run first.
pub fn read(input: &Input) -> Result<Import, Refusal> {
    let source = input.files.first().ok_or_else(|| Refusal::new(&all::IMPORT_EMPTY))?;
    let node = if source.text.trim_start().starts_with('{') { read_json(0, &source.text)? } else { read_yaml(0, &source.text)? };
    let mut node = tags::long(node).map_err(|refusal| refusal.in_text(&source.text))?;
    let mut ledger = Ledger::default();
    ledger.add("", &mut node);
    let resources = node.get("Resources").cloned().unwrap_or_else(|| node.like(""));
    if node.get("Transform").is_some() && resources.pairs().iter().any(|(key, _)| key.text.starts_with("Fn::")) {
        return Err(Refusal::new(&all::IMPORT_PROCESSED));
    }
    let mut template = Template::new(&node, &input.answers);
    let mut definitions: Vec<(String, Value)> = Vec::new();
    let mut expressions = Vec::new();
    for (key, resource) in resources.pairs() {
        if resource.get("Type").and_then(Node::text) != Some("AWS::ECS::TaskDefinition") {
            continue;
        }
        ledger.turn_to(definitions.len());
        let empty = resource.like("");
        let properties = resource.get("Properties").unwrap_or(&empty);
        let (mut value, found) = Along::new(&mut template, &mut ledger).definition(properties);
        expressions.push(found);
        if value.get("family").is_none() {
            let family = kebab(&key.text);
            ledger.note(resource.at, &format!("Resources.{}", key.text), Outcome::Changed, &all::IMPORT_FAMILY, "/family");
            if let Some(map) = value.as_object_mut() {
                map.shift_insert(0, "family".into(), json!(family));
            }
        }
        ledger.exact(resource.get("Type").unwrap_or(&empty), "");
        definitions.push((key.text.clone(), value));
    }
    if definitions.is_empty() {
        return Err(Refusal::new(&all::IMPORT_NONE));
    }
    for (name, parameter) in node.get("Parameters").map_or(&[][..], Node::pairs) {
        if parameter.get("NoEcho").and_then(Node::text).is_some_and(|text| text.eq_ignore_ascii_case("true")) {
            ["Default", "AllowedValues"].iter().filter_map(|key| parameter.get(key)).for_each(|value| ledger.hide(value));
        }
        if template.used.contains(&name.text) {
            ledger.changed(parameter, Said::of(&all::IMPORT_PARAMETER).text("name", name.text.clone()), "");
        }
    }
    ledger.elsewhere(&node, &all::IMPORT_OTHER_RESOURCE);
    let declared = declared::of(&node, expressions.iter().flatten());
    let mut import = definition::finish(Format::CloudFormation, definitions, ledger, Vec::new(), &input.answers).with_expressions(expressions, declared);
    import.placeholders = template.placeholders();
    Ok(import)
}

/// `WebTask` as `web-task`.
fn kebab(name: &str) -> String {
    let mut out = String::new();
    for (i, c) in name.chars().enumerate() {
        if c.is_ascii_uppercase() && i > 0 && !out.ends_with('-') {
            out.push('-');
        }
        out.push(if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' });
    }
    out
}
