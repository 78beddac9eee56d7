//! A service that only sleeps, so that others can share its network: what the pause container of ECS does by itself. Its ports
//! and network settings are those of the task.

use super::{
    ports,
    reader::{Making, Reader, Service},
    scalar,
};
use crate::{
    formats::{
        import::{
            Question,
            tree::{Kind, Node},
        },
        report::Said,
    },
    messages::all,
};

/// Keys that name the service whose network, processes or memory another one shares.
const SHARES: [&str; 3] = ["network_mode", "pid", "ipc"];

/// Takes the services out that only hold a network for others. Those others then share one network without waiting for it.
pub fn held(mut services: Vec<Service>) -> (Vec<Service>, Vec<Service>) {
    let shared: Vec<String> = services.iter().filter_map(|s| shares(&s.node, "network_mode").map(str::to_owned)).collect();
    let holds = |s: &Service| shared.contains(&s.key) && sleeps(&s.node) && shares(&s.node, "network_mode").is_none();
    let holders: Vec<Service> = services.extract_if(.., |s| holds(s)).collect();
    for service in &mut services {
        let Kind::Map(pairs) = &mut service.node.kind else { continue };
        for (_, node) in pairs.iter_mut().filter(|(key, _)| SHARES.contains(&key.text.as_str())) {
            let holder = node.text().and_then(|text| text.strip_prefix("service:")).and_then(|name| holders.iter().find(|h| h.key == name));
            if let Some(holder) = holder {
                service.holder = Some(holder.key.clone());
                // Nothing waits for a service that is no longer there.
                *node = node.like("service:");
            }
        }
    }
    (services, holders)
}

/// The service whose network, processes or memory a service shares.
fn shares<'n>(service: &'n Node, key: &str) -> Option<&'n str> {
    service.get(key)?.text()?.strip_prefix("service:").filter(|name| !name.is_empty())
}

/// Whether a service does nothing: `sleep infinity`, `tail -f /dev/null`, or an image that does so.
fn sleeps(service: &Node) -> bool {
    let words = |key: &str| {
        let node = service.get(key)?;
        Some(node.text().map_or_else(|| node.items().iter().filter_map(Node::text).collect::<Vec<_>>().join(" "), str::to_owned))
    };
    let command = [words("entrypoint"), words("command")].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let image = service.get("image").and_then(scalar::text).unwrap_or_default();
    let pause = image.rsplit('/').next().is_some_and(|name| name.split(':').next() == Some("pause"));
    matches!(command.trim(), "sleep infinity" | "tail -f /dev/null") || command.is_empty() && pause
}

impl Reader<'_> {
    /// Gives the ports and network settings of a task's holders to its containers.
    pub(super) fn holders(&mut self, made: &mut [Making<'_>]) {
        let holders = std::mem::take(&mut self.held);
        for holder in &holders {
            let inside = made.iter().any(|m| m.service.holder.as_deref() == Some(holder.key.as_str()));
            if !inside {
                continue;
            }
            let node = &holder.node;
            for item in node.get("ports").map_or(&[][..], Node::items) {
                if let Some(i) = self.listener(node, item, made) {
                    self.port_of(&mut made[i], item);
                }
            }
            if let Some(ports) = node.get("x-ecs-ports") {
                self.ledger.exact(ports, "");
            }
            if let (Some(sysctls), Some(last)) = (node.get("sysctls"), made.last_mut()) {
                self.sysctls(last, sysctls);
            }
            self.ledger.dropped(node, &all::IMPORT_NETWORK_HOLDER);
        }
        self.held = holders;
    }

    /// The container that listens at a port of the shared network: the file says so, or a person does. None where it is in
    /// another task.
    fn listener(&mut self, holder: &Node, item: &Node, made: &[Making<'_>]) -> Option<usize> {
        let last = made.len().checked_sub(1)?;
        let Some((ports, protocol)) = ports::inside(item) else { return Some(last) };
        let named = holder.get("x-ecs-ports").map_or(&[][..], Node::pairs).iter().find(|(_, list)| {
            let is = |text: &str| text.strip_suffix(&format!("/{protocol}")) == Some(ports.as_str());
            list.items().iter().filter_map(Node::text).any(is)
        });
        let at = |name: &str| made.iter().position(|m| m.service.key == name || m.service.name == name);
        if let Some((name, _)) = named {
            return at(&name.text);
        }
        if last == 0 {
            return Some(0);
        }
        let said = Said::of(&all::IMPORT_ASK_PORT).text("port", ports.clone());
        let mut question = Question::new(format!("port:{ports}/{protocol}"), item.at, said, made[last].service.name.clone());
        for making in made {
            question = question.choice(making.service.name.clone(), Said::of(&all::IMPORT_CHOICE_CONTAINER).text("name", making.service.name.clone()));
        }
        let answer = self.ask(question);
        at(&answer).or(Some(last))
    }
}
