//! The AWS CLI: a command that registers, and the skeleton of its input.

use super::{
    Import, Input, Refusal, definition,
    docker::commands,
    recognise::is_skeleton,
    tree::{Key, Kind, Node, read_json, read_yaml},
};
use crate::{
    formats::{Format, report::Ledger},
    messages::all,
};

/// Reads a command or a skeleton.
///
/// # Errors
/// No command, an option whose value is no JSON, a definition that stands in another file.
pub fn read(input: &Input) -> Result<Import, Refusal> {
    let source = input.files.first().ok_or_else(|| Refusal::new(&all::IMPORT_EMPTY))?;
    let mut ledger = Ledger::default();
    if let Ok(mut node) = read_json(0, &source.text)
        && node.is_map()
    {
        ledger.add("", &mut node);
        let node = filled(node, &mut ledger);
        return definition::of_tree(Format::AwsCli, node, ledger, &input.answers);
    }
    if let Ok(mut node) = read_yaml(0, &source.text)
        && node.get("containerDefinitions").is_some()
    {
        ledger.add("", &mut node);
        let node = filled(node, &mut ledger);
        return definition::of_tree(Format::AwsCli, node, ledger, &input.answers);
    }
    let command = commands(0, &source.text).into_iter().find(|c| c.words.iter().any(|w| w.text == "register-task-definition"));
    let command = command.ok_or_else(|| Refusal::new(&all::IMPORT_NO_RUN))?;
    let at = command.words.first().map(|w| w.at).unwrap_or_default();
    let mut pairs: Vec<(Key, Node)> = Vec::new();
    let mut words = command.words.iter().skip_while(|w| w.text != "register-task-definition").skip(1).peekable();
    while let Some(word) = words.next() {
        let Some(option) = word.text.strip_prefix("--") else { continue };
        let (option, inline) = option.split_once('=').map_or((option, None), |(o, v)| (o, Some(v.to_owned())));
        let mut values: Vec<String> = inline.into_iter().collect();
        while let Some(next) = words.next_if(|next| values.is_empty() && !next.text.starts_with("--") || !next.text.starts_with("--") && is_list(option)) {
            values.push(next.text.clone());
        }
        let key = Key { text: camel(option), at: word.at };
        let value = value(option, &values, word.at).map_err(|refusal| refusal.in_text(&source.text))?;
        if option == "cli-input-json" || option == "cli-input-yaml" {
            if let Kind::Map(inner) = value.kind {
                pairs.extend(inner);
            }
        } else {
            pairs.push((key, value));
        }
    }
    let mut node = Node::new(at, Kind::Map(pairs));
    ledger.add("", &mut node);
    const GLOBAL: [&str; 6] = ["region", "profile", "output", "query", "noCliPager", "endpointUrl"];
    let mut answers = input.answers.clone();
    if let Some(region) = node.get("region").and_then(Node::text) {
        answers.put("region", region);
    }
    if let Kind::Map(pairs) = &mut node.kind {
        pairs.iter().filter(|(key, _)| GLOBAL.contains(&key.text.as_str())).for_each(|(_, value)| ledger.exact(value, ""));
        pairs.retain(|(key, _)| !GLOBAL.contains(&key.text.as_str()));
    }
    definition::of_tree(Format::AwsCli, node, ledger, &answers)
}

/// Options that take several words.
fn is_list(option: &str) -> bool {
    matches!(option, "container-definitions" | "volumes" | "placement-constraints" | "requires-compatibilities" | "tags" | "inference-accelerators")
}

fn value(option: &str, values: &[String], at: crate::formats::report::Place) -> Result<Node, Refusal> {
    let text = values.join(" ");
    let scalar = |text: &str| Node::new(at, Kind::Scalar { text: text.to_owned(), plain: false });
    if text.starts_with("file://") {
        return Err(Refusal::at(at, &all::IMPORT_CLI_FILE));
    }
    if text.starts_with(['{', '[']) {
        let mut node = read_json(at.file, &text)?;
        place(&mut node, at);
        return Ok(node);
    }
    if option == "requires-compatibilities" {
        return Ok(Node::new(at, Kind::List(values.iter().map(|v| scalar(v)).collect())));
    }
    if is_list(option) || matches!(option, "runtime-platform" | "ephemeral-storage" | "proxy-configuration") {
        let items: Vec<Node> = values.iter().map(|text| shorthand(text, at)).collect();
        return Ok(if is_list(option) { Node::new(at, Kind::List(items)) } else { items.into_iter().next().unwrap_or_else(|| scalar("")) });
    }
    Ok(scalar(&text))
}

/// `name=web,image=nginx`.
fn shorthand(text: &str, at: crate::formats::report::Place) -> Node {
    let pair = |part: &str| {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        let plain = value.parse::<u64>().is_ok() || matches!(value, "true" | "false");
        (Key { text: key.trim().to_owned(), at }, Node::new(at, Kind::Scalar { text: value.to_owned(), plain }))
    };
    Node::new(at, Kind::Map(text.split(',').map(pair).collect()))
}

/// Values of one word all stand where the word stands.
fn place(node: &mut Node, at: crate::formats::report::Place) {
    node.at = at;
    match &mut node.kind {
        Kind::List(items) => items.iter_mut().for_each(|item| place(item, at)),
        Kind::Map(pairs) => pairs.iter_mut().for_each(|(_, value)| place(value, at)),
        Kind::Scalar { .. } => {}
    }
}

fn camel(option: &str) -> String {
    let mut out = String::new();
    for (i, part) in option.split('-').enumerate() {
        let mut chars = part.chars();
        match (i, chars.next()) {
            (0, _) | (_, None) => out.push_str(part),
            (_, Some(first)) => {
                out.extend(first.to_uppercase());
                out.push_str(chars.as_str());
            }
        }
    }
    out
}

/// The skeleton without what nobody filled in: empty texts, zeros, and what holds nothing else. A switch or a choice beside
/// filled-in values stays.
fn filled(node: Node, ledger: &mut Ledger) -> Node {
    if !is_skeleton(&node) {
        return node;
    }
    prune(&node, ledger).unwrap_or(node)
}

fn prune(node: &Node, ledger: &mut Ledger) -> Option<Node> {
    if !is_filled(node) {
        ledger.dropped(node, &all::IMPORT_SKELETON);
        return None;
    }
    let kind = match &node.kind {
        Kind::Scalar { .. } => node.kind.clone(),
        Kind::List(items) => Kind::List(items.iter().filter_map(|item| prune(item, ledger)).collect()),
        Kind::Map(pairs) => Kind::Map(pairs.iter().filter_map(|(key, value)| Some((key.clone(), prune(value, ledger)?))).collect()),
    };
    Some(Node { kind, ..node.clone() })
}

/// Whether a person wrote something in it.
fn is_filled(node: &Node) -> bool {
    match &node.kind {
        Kind::Scalar { text, plain: true } => !matches!(text.as_str(), "0" | "true" | "false" | "null" | ""),
        Kind::Scalar { text, .. } => {
            !(text.is_empty()
                || text.bytes().all(|b| b.is_ascii_uppercase() || b == b'_' || b.is_ascii_digit()) && text.len() > 1
                || matches!(
                    text.as_str(),
                    "awsvpc"
                        | "bridge"
                        | "host"
                        | "none"
                        | "task"
                        | "tcp"
                        | "json-file"
                        | "shared"
                        | "http"
                        | "core"
                        | "fluentd"
                        | "ro"
                        | "memberOf"
                        | "read"
                        | "default"
                ))
        }
        Kind::List(items) => items.iter().any(is_filled),
        Kind::Map(pairs) => pairs.iter().any(|(_, value)| is_filled(value)),
    }
}
