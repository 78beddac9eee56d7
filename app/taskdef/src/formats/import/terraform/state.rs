//! JSON of Terraform: `terraform show -json` of a state or a plan, and state files.

use super::{
    TYPE,
    shape::{self, containers},
};
use crate::{
    formats::{
        Format,
        import::{
            Import, Input, Refusal,
            along::{Along, Api},
            definition,
            tree::{Kind, Node, read_json},
        },
        report::{Ledger, Said},
    },
    messages::all,
};

/// Reads it.
///
/// # Errors
/// It is no JSON, has no task definition, or a plan that does not know the containers yet.
pub fn read(input: &Input) -> Result<Import, Refusal> {
    let source = input.files.first().ok_or_else(|| Refusal::new(&all::IMPORT_EMPTY))?;
    let mut node = read_json(0, &source.text)?;
    expand(&mut node);
    let mut ledger = Ledger::default();
    ledger.add("", &mut node);
    let mut found = Vec::new();
    let planned = node.get("planned_values").or(node.get("values"));
    match planned.and_then(|values| values.get("root_module")) {
        Some(module) => of_module(module, &mut found, 0),
        None => of_state(&node, &mut found),
    }
    if found.is_empty() {
        return Err(Refusal::new(&all::IMPORT_NONE));
    }
    if found.iter().all(|(_, values)| values.get("container_definitions").is_none_or(Node::is_null)) {
        return Err(Refusal::new(&all::IMPORT_TERRAFORM_UNKNOWN));
    }
    let mut definitions = Vec::new();
    for (name, values) in &found {
        ledger.turn_to(definitions.len());
        let values = filled(values, &mut ledger);
        let shaped = shape::definition(&values, &mut ledger);
        let (value, _) = Along::new(&mut Api, &mut ledger).definition(&shaped);
        definitions.push((name.clone(), value));
    }
    for (_, values) in &found {
        ledger.breaks(values, Said::of(&all::IMPORT_NO_PLACE).text("key", TYPE));
    }
    ledger.elsewhere(&node, &all::IMPORT_OTHER_RESOURCE);
    Ok(definition::finish(Format::TerraformState, definitions, ledger, Vec::new(), &input.answers))
}

/// Texts of `container_definitions` as lists, wherever they are.
fn expand(node: &mut Node) {
    match &mut node.kind {
        Kind::List(items) => items.iter_mut().for_each(expand),
        Kind::Map(pairs) => {
            for (key, value) in pairs {
                if key.text == "container_definitions" && value.text().is_some() {
                    let at = value.at;
                    *value = containers(value.clone());
                    all_at(value, at);
                } else {
                    expand(value);
                }
            }
        }
        Kind::Scalar { .. } => {}
    }
}

/// A text of one line: all of it stands where the text stands.
fn all_at(node: &mut Node, at: crate::formats::report::Place) {
    node.at = at;
    match &mut node.kind {
        Kind::List(items) => items.iter_mut().for_each(|item| all_at(item, at)),
        Kind::Map(pairs) => pairs.iter_mut().for_each(|(_, value)| all_at(value, at)),
        Kind::Scalar { .. } => {}
    }
}

fn of_module(module: &Node, found: &mut Vec<(String, Node)>, depth: usize) {
    for resource in module.get("resources").map_or(&[][..], Node::items) {
        if resource.get("type").and_then(Node::text) == Some(TYPE) && resource.get("mode").and_then(Node::text) != Some("data") {
            let name = resource.get("address").or(resource.get("name")).and_then(Node::text).unwrap_or("").to_owned();
            found.extend(resource.get("values").map(|values| (name, values.clone())));
        }
    }
    if depth < 16 {
        module.get("child_modules").map_or(&[][..], Node::items).iter().for_each(|child| of_module(child, found, depth + 1));
    }
}

fn of_state(node: &Node, found: &mut Vec<(String, Node)>) {
    for resource in node.get("resources").map_or(&[][..], Node::items) {
        let text = |key: &str| resource.get(key).and_then(Node::text).unwrap_or("");
        if text("type") != TYPE || text("mode") == "data" {
            continue;
        }
        for instance in resource.get("instances").map_or(&[][..], Node::items) {
            let index = instance.get("index_key").and_then(Node::text).map(|key| format!("[{key}]")).unwrap_or_default();
            found.extend(instance.get("attributes").map(|values| (format!("{}{index}", text("name")), values.clone())));
        }
    }
}

/// A state says of everything that is not set that it is empty.
fn filled(node: &Node, ledger: &mut Ledger) -> Node {
    let is_unset =
        |node: &Node| node.is_null() || node.text() == Some("") || (node.is_list() && node.items().is_empty()) || (node.is_map() && node.pairs().is_empty());
    match &node.kind {
        Kind::Map(pairs) => {
            let mut kept = Vec::new();
            for (key, value) in pairs {
                if is_unset(value) {
                    ledger.dropped(value, &all::IMPORT_STATE_DEFAULT);
                } else if key.text == "container_definitions" {
                    kept.push((key.clone(), value.clone()));
                } else {
                    kept.push((key.clone(), filled(value, ledger)));
                }
            }
            Node { kind: Kind::Map(kept), ..node.clone() }
        }
        Kind::List(items) => Node { kind: Kind::List(items.iter().map(|item| filled(item, ledger)).collect()), ..node.clone() },
        Kind::Scalar { .. } => node.clone(),
    }
}
