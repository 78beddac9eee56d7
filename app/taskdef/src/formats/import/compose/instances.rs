//! Settings that only EC2 instances have.

use super::{
    reader::{Making, Reader, Shared},
    scalar,
};
use crate::{
    formats::{
        import::{amounts, tree::Node},
        report::Said,
    },
    messages::all,
};
use serde_json::json;

impl Reader<'_> {
    pub(super) fn on_instances(&mut self, making: &mut Making<'_>, shared: &mut Shared, key: &str, node: &Node) {
        let items = if node.is_list() { node.items() } else { std::slice::from_ref(node) };
        match key {
            "dns" | "dns_search" => {
                let name = if key == "dns" { "dnsServers" } else { "dnsSearchDomains" };
                for item in items {
                    let Some(text) = item.text() else { continue };
                    let target = making.push(name, json!(text));
                    self.ledger.exact(item, &target);
                }
            }
            "extra_hosts" => self.extra_hosts(making, node),
            "devices" => self.devices(making, items),
            "gpus" => self.gpus(making, node),
            "shm_size" => match scalar::text(node).and_then(|t| amounts::bytes(&t)) {
                Some(bytes) => {
                    making.linux("sharedMemorySize", json!(amounts::mib(bytes)));
                    self.ledger.exact(node, &making.place("linuxParameters/sharedMemorySize"));
                }
                None => self.unreadable(node, key),
            },
            "mem_swappiness" => match scalar::text(node).and_then(|t| t.parse::<u64>().ok()).filter(|n| *n <= 100) {
                Some(n) => {
                    making.linux("swappiness", json!(n));
                    self.ledger.exact(node, &making.place("linuxParameters/swappiness"));
                }
                None => self.unreadable(node, key),
            },
            "security_opt" => {
                for item in items {
                    let text = item.text().unwrap_or("").replacen("=", ":", 1);
                    let text = text.strip_suffix(":true").unwrap_or(&text);
                    if text == "no-new-privileges" || text.starts_with("apparmor:") || text.starts_with("label:") {
                        let target = making.push("dockerSecurityOptions", json!(text));
                        self.ledger.exact(item, &target);
                    } else {
                        self.no_place(item, key);
                    }
                }
            }
            "ipc" | "pid" => {
                let text = scalar::text(node).unwrap_or_default();
                let mode = if text == "host" || (text == "none" && key == "ipc") {
                    text
                } else if text.starts_with("service:") || text == "shareable" {
                    "task".to_owned()
                } else {
                    return self.no_place(node, key);
                };
                shared.members.insert(format!("{key}Mode"), json!(mode));
                self.ledger.exact(node, &format!("/{key}Mode"));
            }
            _ => self.no_place(node, key),
        }
    }

    fn extra_hosts(&mut self, making: &mut Making<'_>, node: &Node) {
        let of_list = node.items().iter().filter_map(|item| {
            let text = item.text()?;
            let (host, ip) = text.split_once('=').or_else(|| text.split_once(':'))?;
            Some((host.to_owned(), ip.to_owned(), item))
        });
        let of_map = node.pairs().iter().filter_map(|(key, value)| Some((key.text.clone(), value.text()?.to_owned(), value)));
        let all: Vec<_> = of_list.chain(of_map).collect();
        for (host, ip, item) in all {
            let ip = ip.trim_matches(['[', ']']);
            if ip == "host-gateway" {
                // No instance has it either: an entry of `extraHosts` needs an address.
                self.ledger.breaks(item, Said::of(&all::IMPORT_NO_PLACE).text("key", "host-gateway"));
                continue;
            }
            let target = making.push("extraHosts", json!({ "hostname": host, "ipAddress": ip }));
            self.ledger.exact(item, &target);
        }
        self.unreadable(node, "extra_hosts");
    }

    fn devices(&mut self, making: &mut Making<'_>, items: &[Node]) {
        for item in items {
            let text = |key: &str| item.get(key).and_then(scalar::text);
            let short: Vec<String> = item.text().map(|t| t.split(':').map(str::to_owned).collect()).unwrap_or_default();
            let Some(host) = text("source").or_else(|| short.first().cloned()).filter(|h| h.starts_with('/')) else {
                self.no_place(item, "devices");
                continue;
            };
            let inside = text("target").or_else(|| short.get(1).cloned()).unwrap_or_else(|| host.clone());
            let mut device = json!({ "hostPath": host, "containerPath": inside });
            if let Some(may) = text("permissions").or_else(|| short.get(2).cloned()) {
                device["permissions"] = [('r', "read"), ('w', "write"), ('m', "mknod")].into_iter().filter(|(c, _)| may.contains(*c)).map(|(_, p)| p).collect();
            }
            let linux = making.out.entry("linuxParameters").or_insert_with(|| json!({}));
            match linux["devices"].as_array_mut() {
                Some(list) => list.push(device),
                None => linux["devices"] = json!([device]),
            }
            self.ledger.exact(item, &making.place("linuxParameters/devices"));
        }
    }

    pub(super) fn gpus(&mut self, making: &mut Making<'_>, node: &Node) {
        let first = node.items().first().unwrap_or(node);
        let count = first.get("count").and_then(scalar::text).or_else(|| scalar::text(first));
        let value = match count.as_deref() {
            Some(n) if n.parse::<u64>().is_ok() => n.to_owned(),
            _ => "ALL".to_owned(),
        };
        let target = making.push("resourceRequirements", json!({ "type": "GPU", "value": value }));
        self.ledger.exact(node, &target);
    }
}
