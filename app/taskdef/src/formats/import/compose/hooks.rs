//! `pre_start`: programs that run to their end before a service starts. Each becomes a container that the service waits for.

use super::{merge::merge, reader::Service};
use crate::formats::import::tree::{Key, Kind, Node};

/// Keys of a service that its steps do not inherit. Source: compose-spec, `pre_start_hook` and `container_spec`: a step inherits
/// every key of a container.
const OWN: [&str; 21] = [
    "build",
    "depends_on",
    "expose",
    "healthcheck",
    "ports",
    "stdin_open",
    "tty",
    "attach",
    "container_name",
    "deploy",
    "develop",
    "extends",
    "external_links",
    "links",
    "post_start",
    "pre_start",
    "pre_stop",
    "profiles",
    "provider",
    "restart",
    "scale",
];

/// A service of each step of `pre_start`, in front of the service itself.
pub fn expand(services: Vec<Service>, mut make: impl FnMut(&str, Node) -> Service) -> Vec<Service> {
    let mut taken: Vec<String> = services.iter().map(|s| s.key.clone()).collect();
    let mut out = Vec::new();
    for mut service in services {
        let steps: Vec<Node> = service.node.get("pre_start").map_or(&[][..], Node::items).iter().filter(|step| step.is_map()).cloned().collect();
        let mut before = waited(&service.node);
        for (i, step) in steps.iter().enumerate() {
            let wanted = if steps.len() == 1 { format!("{}-pre-start", service.key) } else { format!("{}-pre-start-{}", service.key, i + 1) };
            let free = |name: &String| !taken.contains(name);
            let key = std::iter::once(wanted.clone()).chain((2..).map(|n| format!("{wanted}-{n}"))).find(free).unwrap_or(wanted);
            taken.push(key.clone());
            let node = node(&service.node, step, std::mem::take(&mut before));
            out.push(Service { before: Some(service.key.clone()), ..make(&key, node) });
            let done = Node::new(step.at, Kind::Map(vec![(Key { text: "condition".into(), at: step.at }, step_text(step, "service_completed_successfully"))]));
            before = vec![(Key { text: key, at: step.at }, done)];
        }
        if !steps.is_empty() {
            let mut all = waited(&service.node);
            all.extend(before);
            put(&mut service.node, "depends_on", all);
        }
        out.push(service);
    }
    out
}

/// A step over what it inherits.
fn node(service: &Node, step: &Node, before: Vec<(Key, Node)>) -> Node {
    let inherits = |key: &str| !OWN.contains(&key) && !key.starts_with("x-") || key == "build" && step.get("image").is_none();
    let mut node = Node::new(step.at, Kind::Map(service.pairs().iter().filter(|(key, _)| inherits(&key.text)).cloned().collect()));
    merge(&mut node, step.clone(), &mut vec!["services".to_owned(), String::new()], &mut Vec::new());
    node.at = step.at;
    if let Kind::Map(pairs) = &mut node.kind {
        pairs.retain(|(key, _)| key.text != "per_replica");
        pairs.push((Key { text: "restart".into(), at: step.at }, step_text(step, "no")));
    }
    if !before.is_empty() {
        put(&mut node, "depends_on", before);
    }
    node
}

/// `depends_on` as a map, whichever form it has.
fn waited(service: &Node) -> Vec<(Key, Node)> {
    let Some(node) = service.get("depends_on") else { return Vec::new() };
    let of_list = node.items().iter().filter_map(|item| Some((Key { text: item.text()?.to_owned(), at: item.at }, item.clone())));
    node.pairs().iter().cloned().chain(of_list).collect()
}

fn put(node: &mut Node, key: &str, members: Vec<(Key, Node)>) {
    let at = node.at;
    let value = Node::new(at, Kind::Map(members));
    let Kind::Map(pairs) = &mut node.kind else { return };
    match pairs.iter_mut().find(|(known, _)| known.text == key) {
        Some((_, known)) => *known = value,
        None => pairs.push((Key { text: key.to_owned(), at }, value)),
    }
}

fn step_text(step: &Node, text: &str) -> Node {
    Node::new(step.at, Kind::Scalar { text: text.to_owned(), plain: false })
}
