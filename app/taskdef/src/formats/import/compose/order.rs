//! Who waits for whom, and whose end ends the task.

use super::{
    reader::{Making, Reader, Service, Shared},
    scalar,
};
use crate::{
    formats::{
        import::{Refusal, tree::Node},
        report::Said,
    },
    messages::all,
};
use serde_json::{Value, json};
use std::collections::HashMap;

/// Whom a service waits for: name, condition, where it says so.
pub fn waits(service: &Node) -> Vec<(String, String, &Node)> {
    let mut out: Vec<(String, String, &Node)> = Vec::new();
    let started = "service_started";
    if let Some(node) = service.get("depends_on") {
        for item in node.items() {
            out.push((item.text().unwrap_or("").to_owned(), started.into(), item));
        }
        for (key, value) in node.pairs() {
            let condition = value.get("condition").and_then(Node::text).unwrap_or(started);
            out.push((key.text.clone(), condition.to_owned(), value));
        }
        if let (Some(text), false) = (node.text(), node.is_null()) {
            out.push((text.to_owned(), started.into(), node));
        }
    }
    let links = service.get("links").map_or(&[][..], Node::items).iter().filter_map(|node| Some((node.text()?.split(':').next()?, node)));
    let shares = ["network_mode", "ipc", "pid"].into_iter().filter_map(|key| {
        let node = service.get(key)?;
        Some((node.text()?.strip_prefix("service:").filter(|name| !name.is_empty())?, node))
    });
    for (name, node) in links.chain(shares) {
        if !out.iter().any(|(known, _, _)| known == name) {
            out.push((name.to_owned(), started.into(), node));
        }
    }
    out
}

/// Services whose folders a service shares: name, whether it only reads them, where it says so.
pub fn sources(service: &Node) -> impl Iterator<Item = (&str, bool, &Node)> {
    service.get("volumes_from").map_or(&[][..], Node::items).iter().filter_map(|node| {
        let text = node.text().filter(|text| !text.starts_with("container:"))?;
        let (name, mode) = text.split_once(':').unwrap_or((text, ""));
        Some((name, mode == "ro", node))
    })
}

/// Services that need nothing first; the order of the file otherwise.
///
/// # Errors
/// A service that waits for itself, directly or through others; Compose does not start these either.
pub fn sorted(services: Vec<Service>) -> Result<Vec<Service>, Refusal> {
    let known: HashMap<String, usize> = services.iter().enumerate().map(|(i, s)| (s.key.clone(), i)).collect();
    let needs = |s: &Service| {
        let waits = waits(&s.node).into_iter().map(|(name, _, _)| name).chain(sources(&s.node).map(|(name, _, _)| name.to_owned()));
        waits.filter_map(|name| known.get(&name).copied()).collect()
    };
    let needs: Vec<Vec<usize>> = services.iter().map(needs).collect();
    let (mut done, mut order) = (vec![false; services.len()], Vec::new());
    while order.len() < services.len() {
        let ready: Vec<usize> = (0..services.len()).filter(|i| !done[*i] && needs[*i].iter().all(|n| done[*n])).collect();
        let Some(next) = ready.first() else {
            let stuck = services.iter().zip(&done).find(|(_, done)| !**done).map(|(service, _)| service);
            return Err(match stuck {
                Some(service) => Refusal::at(service.node.at, Said::of(&all::IMPORT_CYCLE).text("service", crate::formats::report::masked("", &service.key))),
                None => Refusal::new(&all::IMPORT_EMPTY),
            });
        };
        done[*next] = true;
        order.push(*next);
    }
    let mut left: Vec<Option<Service>> = services.into_iter().map(Some).collect();
    Ok(order.into_iter().filter_map(|i| left[i].take()).collect())
}

impl Reader<'_> {
    /// Fills `dependsOn` and `essential` of the containers of one task.
    pub(super) fn order(&mut self, made: &mut [Making<'_>], shared: &mut Shared) {
        let has_check: HashMap<String, bool> = made.iter().map(|m| (m.service.key.clone(), m.out.contains_key("healthCheck"))).collect();
        let names: HashMap<String, String> = made.iter().map(|m| (m.service.key.clone(), m.service.name.clone())).collect();
        for making in made.iter_mut() {
            let node = making.service.node.clone();
            self.folders(making, &node, &names);
            for (name, condition, from) in waits(&node) {
                let Some(container) = names.get(&name) else {
                    self.ledger.elsewhere(from, Said::of(&all::IMPORT_ORDER_ELSEWHERE).text("service", crate::formats::report::masked("", &name)));
                    continue;
                };
                let mut said = None;
                let ecs = match condition.as_str() {
                    "service_healthy" if has_check.get(&name) == Some(&true) => "HEALTHY",
                    "service_healthy" => {
                        said = Some(Said::of(&all::IMPORT_ORDER_NO_CHECK).text("service", name.clone()));
                        "START"
                    }
                    "service_completed_successfully" => {
                        shared.ends.insert(name.clone());
                        "SUCCESS"
                    }
                    _ => "START",
                };
                let target = making.push("dependsOn", json!({ "containerName": container, "condition": ecs }));
                for key in ["restart", "required"] {
                    if let Some(node) = from.get(key) {
                        self.ledger.dropped(node, Said::of(&all::IMPORT_NO_PLACE).text("key", format!("depends_on.{key}")));
                    }
                }
                match said {
                    Some(said) => self.ledger.asked(from, said, &target),
                    None => self.ledger.exact(from, &target),
                }
            }
            if let Some(node) = node.get("depends_on") {
                self.ledger.exact(node, "");
            }
        }
        let ends = |making: &Making<'_>| shared.ends.contains(&making.service.key) || (is_one_shot(&making.service.node) && names.len() > 1);
        let essential: Vec<bool> = made.iter().map(|m| !ends(m)).collect();
        let none = !essential.contains(&true);
        let last = made.len().saturating_sub(1);
        for (i, (making, essential)) in made.iter_mut().zip(essential).enumerate() {
            let value = essential || (none && i == last);
            let at = making.out.keys().position(|key| key == "image").map_or(making.out.len(), |i| i + 1);
            making.out.shift_insert(at, "essential".into(), Value::Bool(value));
        }
    }
}

impl Reader<'_> {
    /// `volumes_from`. The agent of ECS starts the container whose folders are shared first, so this needs no `dependsOn`.
    fn folders(&mut self, making: &mut Making<'_>, node: &Node, names: &HashMap<String, String>) {
        for (name, read_only, from) in sources(node) {
            let Some(container) = names.get(name) else {
                if self.root.get("services").is_none_or(|all| all.get(name).is_none()) {
                    continue;
                }
                self.ledger.breaks(from, Said::of(&all::IMPORT_FOLDERS_ELSEWHERE).text("service", crate::formats::report::masked("", name)));
                continue;
            };
            let mut value = json!({ "sourceContainer": container });
            if read_only {
                value["readOnly"] = json!(true);
            }
            let target = making.push("volumesFrom", value);
            self.ledger.exact(from, &target);
        }
        if let Some(node) = node.get("volumes_from") {
            self.ledger.breaks(node, Said::of(&all::IMPORT_NO_PLACE).text("key", "volumes_from"));
        }
    }
}

/// A program that ends: `restart: "no"` and a command that names a job.
pub fn is_one_shot(service: &Node) -> bool {
    let never = service.get("restart").and_then(scalar::text).is_some_and(|text| matches!(text.as_str(), "no" | "false"));
    let command =
        service.get("command").map(|c| c.text().map(str::to_owned).unwrap_or_else(|| c.items().iter().filter_map(Node::text).collect::<Vec<_>>().join(" ")));
    never && command.is_some_and(|command| ["migrate", "seed", "init", "setup", "createbuckets"].iter().any(|word| command.contains(word)))
}
