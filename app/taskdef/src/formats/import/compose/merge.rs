//! Several files as one, and `extends`. Source: compose-go `override`, `loader/extends`.

use crate::formats::import::tree::{Key, Kind, Node};

/// Puts a later file over an earlier one. What the later one replaces is handed to `replaced`.
pub fn merge(base: &mut Node, over: Node, path: &mut Vec<String>, replaced: &mut Vec<Node>) {
    match over.tag.as_deref() {
        Some("reset") => {
            replaced.push(std::mem::replace(base, Node { kind: Kind::Scalar { text: String::new(), plain: true }, ..over }));
            return;
        }
        Some("override") => {
            replaced.push(std::mem::replace(base, over));
            return;
        }
        _ => {}
    }
    let service_key = (path.len() >= 3 && path[0] == "services").then(|| path[2..].join("."));
    let key = service_key.as_deref().unwrap_or("");
    if base.is_map() && over.is_map() {
        if key == "logging" && base.get("driver").zip(over.get("driver")).is_some_and(|(a, b)| a.text() != b.text()) {
            replaced.push(std::mem::replace(base, over));
            return;
        }
        return maps(base, over, path, replaced);
    }
    if is_mapping(key) && (base.is_list() || over.is_list()) {
        as_map(base, key);
        let mut over = over;
        as_map(&mut over, key);
        return maps(base, over, path, replaced);
    }
    let replaces = matches!(key, "command" | "entrypoint" | "healthcheck.test");
    if !replaces && base.is_list() && over.is_list() {
        let Kind::List(items) = over.kind else { return };
        for item in items {
            let id = identity(key, &item);
            let Kind::List(list) = &mut base.kind else { return };
            match list.iter_mut().find(|known| identity(key, known) == id) {
                Some(known) => replaced.push(std::mem::replace(known, item)),
                None => list.push(item),
            }
        }
        return;
    }
    replaced.push(std::mem::replace(base, over));
}

fn maps(base: &mut Node, over: Node, path: &mut Vec<String>, replaced: &mut Vec<Node>) {
    let (Kind::Map(pairs), Kind::Map(new)) = (&mut base.kind, over.kind) else { return };
    for (key, value) in new {
        match pairs.iter_mut().find(|(known, _)| known.text == key.text) {
            Some((_, known)) => {
                path.push(key.text);
                merge(known, value, path, replaced);
                path.pop();
            }
            None => pairs.push((key, value)),
        }
    }
    // What `!reset` emptied says nothing any more.
    pairs.retain(|(_, value)| value.tag.as_deref() != Some("reset"));
}

/// Keys that are maps even where they are written as lists.
fn is_mapping(key: &str) -> bool {
    matches!(
        key,
        "environment"
            | "labels"
            | "annotations"
            | "sysctls"
            | "build.args"
            | "build.labels"
            | "build.additional_contexts"
            | "deploy.labels"
            | "extra_hosts"
            | "depends_on"
            | "networks"
            | "models"
    )
}

/// Turns a list of `key=value` into a map.
pub fn as_map(node: &mut Node, key: &str) {
    let Kind::List(items) = &mut node.kind else { return };
    let mut pairs: Vec<(Key, Node)> = Vec::new();
    for item in items.drain(..) {
        let Some(text) = item.text() else { continue };
        let split = text.split_once('=').or_else(|| (key == "extra_hosts").then(|| text.split_once(':')).flatten());
        let (name, value) = match split {
            Some((name, value)) => (name.to_owned(), item.like(value)),
            None => (text.to_owned(), Node { kind: Kind::Scalar { text: String::new(), plain: true }, ..item.clone() }),
        };
        let at = item.at;
        match pairs.iter_mut().find(|(known, _)| known.text == name) {
            Some((_, known)) => *known = value,
            None => pairs.push((Key { text: name, at }, value)),
        }
    }
    node.kind = Kind::Map(pairs);
}

/// What makes two items of a list the same.
fn identity(key: &str, item: &Node) -> String {
    let part = |name: &str| item.get(name).and_then(Node::text).unwrap_or("").to_owned();
    match (key, item.text()) {
        ("volumes", Some(text)) => {
            let parts: Vec<&str> = text.split(':').collect();
            parts.get(usize::from(parts.len() > 1)).copied().unwrap_or("").to_owned()
        }
        ("devices", Some(text)) => text.split(':').nth(1).unwrap_or(text).to_owned(),
        (_, Some(text)) => text.to_owned(),
        ("volumes" | "secrets" | "configs" | "devices", None) => Some(part("target")).filter(|t| !t.is_empty()).unwrap_or_else(|| part("source")),
        ("ports", None) => ["host_ip", "target", "published", "protocol"].map(part).join("|"),
        (_, None) => ["path", "source", "target"].map(part).join("|"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::import::tree::read_yaml;

    fn merged(base: &str, over: &str) -> String {
        let mut base = read_yaml(0, &format!("services:\n  web:\n    {base}")).unwrap();
        merge(&mut base, read_yaml(1, &format!("services:\n  web:\n    {over}")).unwrap(), &mut Vec::new(), &mut Vec::new());
        base.get("services").and_then(|s| s.get("web")).unwrap().to_value().to_string()
    }

    #[test]
    fn each_key_merges_by_its_own_rule() {
        for (base, over, due) in [
            ("command: a b", "command: [c]", r#"{"command":["c"]}"#),
            ("environment: [A=1, B=2]", "environment: {B: 3, C: 4}", r#"{"environment":{"A":"1","B":3,"C":4}}"#),
            ("ports: ['80:80']", "ports: ['80:80', '81:81']", r#"{"ports":["80:80","81:81"]}"#),
            ("volumes: ['./a:/x']", "volumes: ['./b:/x', 'c:/y']", r#"{"volumes":["./b:/x","c:/y"]}"#),
            ("depends_on: [a]", "depends_on: {b: {condition: service_healthy}}", r#"{"depends_on":{"a":null,"b":{"condition":"service_healthy"}}}"#),
            ("ports: ['80:80']", "ports: !reset []", r#"{}"#),
            ("ports: ['80:80']", "ports: !override ['81:81']", r#"{"ports":["81:81"]}"#),
            ("logging: {driver: a, options: {x: y}}", "logging: {driver: b}", r#"{"logging":{"driver":"b"}}"#),
        ] {
            assert_eq!(merged(base, over), due, "{base} + {over}");
        }
    }
}
