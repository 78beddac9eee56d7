//! The AWS CLI: a command that registers, and the skeleton of its input.

use super::{
    Import, Input, Refusal, definition,
    docker::{Command, Word, commands},
    recognise::is_skeleton,
    tree::{Key, Kind, Node, read_json, read_yaml},
};
use crate::{
    formats::{
        Format,
        report::{Ledger, Place},
    },
    messages::all,
};
use std::collections::BTreeMap;

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
    let (command, values) = command(&source.text).ok_or_else(|| Refusal::new(&all::IMPORT_NO_RUN))?;
    let at = command.words.first().map(|w| w.at).unwrap_or_default();
    let mut pairs: Vec<(Key, Node)> = Vec::new();
    let mut words = command.words.iter().skip_while(|w| w.text != "register-task-definition").skip(1).peekable();
    while let Some(word) = words.next() {
        let Some(option) = word.text.strip_prefix("--") else { continue };
        let (option, inline) = option.split_once('=').map_or((option, None), |(o, v)| (o, Some(v.to_owned())));
        let mut given: Vec<String> = inline.into_iter().collect();
        while let Some(next) = words.next_if(|next| given.is_empty() && !next.text.starts_with("--") || !next.text.starts_with("--") && is_list(option)) {
            given.push(next.text.clone());
        }
        let key = Key { text: camel(option), at: word.at };
        let mut at = word.at;
        // A variable of the script, and nothing else: its value stands where it was set.
        if let [one] = given.as_mut_slice()
            && let Some(set) = variable(one).and_then(|name| values.get(name))
        {
            (*one, at) = (marked(&set.text), set.at);
        }
        let value = value(option, &given, at).map_err(|refusal| refusal.in_text(&source.text))?;
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
    if let Some(region) = ["AWS_REGION", "AWS_DEFAULT_REGION"].into_iter().find_map(|name| values.get(name)) {
        answers.put("region", region.text.as_str());
    }
    if let Some(region) = node.get("region").and_then(Node::text) {
        answers.put("region", region);
    }
    if let Kind::Map(pairs) = &mut node.kind {
        pairs.iter().filter(|(key, _)| GLOBAL.contains(&key.text.as_str())).for_each(|(_, value)| ledger.exact(value, ""));
        pairs.retain(|(key, _)| !GLOBAL.contains(&key.text.as_str()));
    }
    definition::of_tree(Format::AwsCli, node, ledger, &answers)
}

/// Most variables of a script.
const MOST: usize = 100;

/// The command that registers, and the variables that are set before it.
fn command(text: &str) -> Option<(Command, BTreeMap<String, Word>)> {
    let mut values = BTreeMap::new();
    for command in commands(0, text) {
        if command.words.iter().any(|word| word.text == "register-task-definition") {
            return Some((command, values));
        }
        for word in &command.words {
            let set = word.text.split_once('=').filter(|(name, _)| variable(&format!("${name}")).is_some());
            if let Some((name, value)) = set.filter(|_| values.len() < MOST) {
                let at = Place { column: word.at.column + name.len() + 1, ..word.at };
                values.insert(name.to_owned(), Word { text: value.to_owned(), at });
            }
        }
    }
    None
}

/// The name in `$name` or `${name}`.
fn variable(text: &str) -> Option<&str> {
    let name = text.strip_prefix('$')?;
    let name = name.strip_prefix('{').and_then(|name| name.strip_suffix('}')).unwrap_or(name);
    let fits = !name.is_empty() && !name.starts_with(|c: char| c.is_ascii_digit()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    fits.then_some(name)
}

/// JSON in which a variable stands where a number is due: the variable becomes a text, which the report asks about.
fn marked(text: &str) -> String {
    let (mut out, mut inside, mut escaped) = (String::with_capacity(text.len()), false, false);
    let mut rest = text.char_indices();
    while let Some((i, c)) = rest.next() {
        let end = text[i..].find('}').map(|end| i + end + 1).filter(|_| !inside && c == '$');
        if let Some(name) = end.and_then(|end| variable(&text[i..end]).map(|_| &text[i..end])) {
            out += &format!("\"{name}\"");
            rest.by_ref().take(name.len() - 1).for_each(drop);
            continue;
        }
        inside ^= c == '"' && !escaped;
        escaped = inside && c == '\\' && !escaped;
        out.push(c);
    }
    out
}

/// Options that take several words.
fn is_list(option: &str) -> bool {
    matches!(option, "container-definitions" | "volumes" | "placement-constraints" | "requires-compatibilities" | "tags" | "inference-accelerators")
}

fn value(option: &str, values: &[String], at: Place) -> Result<Node, Refusal> {
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
fn shorthand(text: &str, at: Place) -> Node {
    let pair = |part: &str| {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        let plain = value.parse::<u64>().is_ok() || matches!(value, "true" | "false");
        (Key { text: key.trim().to_owned(), at }, Node::new(at, Kind::Scalar { text: value.to_owned(), plain }))
    };
    Node::new(at, Kind::Map(text.split(',').map(pair).collect()))
}

/// Values of one word stand in the lines of the word.
fn place(node: &mut Node, at: Place) {
    let column = if node.at.line <= 1 { at.column } else { node.at.column };
    node.at = Place { line: at.line + node.at.line.saturating_sub(1), column, ..at };
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
