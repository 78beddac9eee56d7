//! Arguments and blocks of `aws_ecs_task_definition` as the API's fields. Source: provider schema 5.100.0 and 6.62.0.

use crate::{
    formats::{
        import::{
            marks,
            tree::{Key, Kind, Node, read_json},
        },
        report::{Ledger, Outcome, Said},
    },
    messages::all,
};

/// What only Terraform has, or computes.
const OWN: [&str; 18] = [
    "skip_destroy",
    "track_latest",
    "region",
    "arn",
    "arn_without_revision",
    "revision",
    "id",
    "timeouts",
    "lifecycle",
    "count",
    "for_each",
    "depends_on",
    "provider",
    "tags_all",
    "provisioner",
    "connection",
    "dynamic",
    "inference_accelerator",
];

/// The text of `container_definitions` as its list: places are those of the text.
pub fn containers(node: Node) -> Node {
    let Some(text) = node.text() else { return node };
    let Ok(mut list) = read_json(node.at.file, &marks::quoted(text)) else { return node };
    moved(&mut list, node.at.line.saturating_sub(1));
    list
}

fn moved(node: &mut Node, lines: usize) {
    node.at.line += lines;
    match &mut node.kind {
        Kind::List(items) => items.iter_mut().for_each(|item| moved(item, lines)),
        Kind::Map(pairs) => pairs.iter_mut().for_each(|(key, value)| {
            key.at.line += lines;
            moved(value, lines);
        }),
        Kind::Scalar { .. } => {}
    }
}

/// The resource with the API's keys.
pub fn definition(node: &Node, ledger: &mut Ledger) -> Node {
    let mut pairs: Vec<(Key, Node)> = Vec::new();
    let mut put = |name: &str, node: Node| pairs.push((Key { text: name.to_owned(), at: node.at }, node));
    for (key, value) in node.pairs() {
        match key.text.as_str() {
            own if OWN.contains(&own) => ledger.dropped(value, Said::of(&all::IMPORT_TERRAFORM_OWN).text("key", own)),
            "container_definitions" => match value.get("containerDefinitions") {
                Some(inner) => {
                    ledger.note(value.at, "container_definitions", Outcome::Changed, &all::IMPORT_TERRAFORM_UNWRAPPED, "/containerDefinitions");
                    put("containerDefinitions", inner.clone());
                }
                None if value.is_list() => put("containerDefinitions", value.clone()),
                None => ledger.asked(value, &all::IMPORT_TERRAFORM_EXPRESSION, "/containerDefinitions"),
            },
            "volume" => put("volumes", list(value, volume)),
            "placement_constraints" => put("placementConstraints", list(value, camel)),
            "proxy_configuration" => {
                if let Some(first) = value.items().first() {
                    put("proxyConfiguration", proxy(first));
                }
            }
            "ephemeral_storage" | "runtime_platform" => {
                if let Some(first) = value.items().first() {
                    put(&camel_key(&key.text), camel(first));
                }
            }
            "tags" => put("tags", named(value, "key")),
            _ => put(&camel_key(&key.text), value.clone()),
        }
    }
    Node::new(node.at, Kind::Map(pairs))
}

fn list(node: &Node, item: fn(&Node) -> Node) -> Node {
    let items = if node.is_list() { node.items() } else { std::slice::from_ref(node) };
    Node::new(node.at, Kind::List(items.iter().map(item).collect()))
}

fn volume(node: &Node) -> Node {
    let mut pairs = Vec::new();
    for (key, value) in node.pairs() {
        match key.text.as_str() {
            "host_path" if value.text() == Some("") || value.is_null() => {}
            "host_path" => {
                let inner = Node::new(value.at, Kind::Map(vec![(Key { text: "sourcePath".into(), at: key.at }, value.clone())]));
                pairs.push((Key { text: "host".into(), at: key.at }, inner));
            }
            "configure_at_launch" => pairs.push((Key { text: "configuredAtLaunch".into(), at: key.at }, value.clone())),
            other => pairs.push((Key { text: camel_key(other), at: key.at }, single(value))),
        }
    }
    Node::new(node.at, Kind::Map(pairs))
}

/// The only item of a block; keys of maps of options stay as they are.
fn single(node: &Node) -> Node {
    match node.items() {
        [one] if one.is_map() => camel(one),
        _ => node.clone(),
    }
}

fn camel(node: &Node) -> Node {
    let pair = |(key, value): &(Key, Node)| (Key { text: camel_key(&key.text), at: key.at }, single(value));
    match &node.kind {
        Kind::Map(pairs) => Node { kind: Kind::Map(pairs.iter().map(pair).collect()), ..node.clone() },
        _ => node.clone(),
    }
}

fn proxy(node: &Node) -> Node {
    let mut node = camel(node);
    if let Kind::Map(pairs) = &mut node.kind {
        for (_, value) in pairs.iter_mut().filter(|(key, _)| key.text == "properties") {
            *value = named(value, "name");
        }
    }
    node
}

/// A map as a list of `name` (or `key`) and `value`.
fn named(node: &Node, name: &str) -> Node {
    let item = |(key, value): &(Key, Node)| {
        let own = Node::new(key.at, Kind::Scalar { text: key.text.clone(), plain: false });
        let pair = |text: &str, node: Node| (Key { text: text.into(), at: key.at }, node);
        Node::new(key.at, Kind::Map(vec![pair(name, own), pair("value", value.clone())]))
    };
    match &node.kind {
        Kind::Map(pairs) => Node::new(node.at, Kind::List(pairs.iter().map(item).collect())),
        _ => node.clone(),
    }
}

fn camel_key(text: &str) -> String {
    match text {
        "size_in_gib" => "sizeInGiB".to_owned(),
        "s3_files_volume_configuration" => "s3filesVolumeConfiguration".to_owned(),
        _ => {
            let mut out = String::new();
            for (i, part) in text.split('_').enumerate() {
                let mut chars = part.chars();
                match chars.next().filter(|_| i > 0) {
                    Some(first) => {
                        out.extend(first.to_uppercase());
                        out.push_str(chars.as_str());
                    }
                    None => out.push_str(part),
                }
            }
            out
        }
    }
}
