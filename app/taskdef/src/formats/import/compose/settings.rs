//! Settings of a service that are about Docker: labels, rights, limits, platform, network.

use super::{
    environment::labels,
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
use serde_json::{Map, Value, json};

impl Reader<'_> {
    pub(super) fn labels(&mut self, making: &mut Making<'_>, node: &Node) {
        let mut map = Map::new();
        for (name, value, node) in labels(node) {
            if name.starts_with("com.docker.compose.") {
                self.no_place(node, "labels");
                continue;
            }
            let target = crate::document::pointer::join(&making.place("dockerLabels"), &name);
            let watched = ["traefik.", "com.centurylinklabs.watchtower", "ofelia."].iter().any(|prefix| name.starts_with(prefix));
            map.insert(name, value);
            if watched { self.ledger.changed(node, &all::IMPORT_LABEL_SOCKET, &target) } else { self.ledger.exact(node, &target) }
        }
        if !map.is_empty() {
            making.out.insert("dockerLabels".into(), Value::Object(map));
        }
    }

    /// ECS has one group, beside the user.
    pub(super) fn groups(&mut self, making: &mut Making<'_>, node: &Node) {
        let user = making.service.node.get("user").and_then(scalar::text).unwrap_or_default();
        let groups: Vec<String> = node.items().iter().filter_map(scalar::text).collect();
        let is_id = |text: &str| !text.is_empty() && text.len() < 11 && text.bytes().all(|b| b.is_ascii_digit());
        match groups.as_slice() {
            [group] if is_id(group) && is_id(&user) => {
                let both = format!("{user}:{group}");
                making.out.insert("user".into(), json!(both));
                self.ledger.changed(node, Said::of(&all::IMPORT_GROUP).text("user", both), &making.place("user"));
            }
            _ => self.ledger.breaks(node, &all::IMPORT_GROUPS),
        }
    }

    pub(super) fn sysctls(&mut self, making: &mut Making<'_>, node: &Node) {
        for (name, value, node) in labels(node) {
            let target = making.push("systemControls", json!({ "namespace": name, "value": value }));
            self.ledger.exact(node, &target);
        }
    }

    pub(super) fn capabilities(&mut self, making: &mut Making<'_>, node: &Node, key: &str) {
        let kind = if key == "cap_add" { "add" } else { "drop" };
        let mut kept = Vec::new();
        for item in node.items() {
            let Some(text) = item.text() else { continue };
            let name = text.to_ascii_uppercase();
            let name = name.strip_prefix("CAP_").unwrap_or(&name).to_owned();
            if self.is_fargate() && kind == "add" && name != "SYS_PTRACE" {
                self.ledger.breaks(item, Said::of(&all::IMPORT_CAPABILITY).text("name", crate::formats::report::masked("", &name)));
                continue;
            }
            kept.push(name);
            self.ledger.exact(item, &making.place(&format!("linuxParameters/capabilities/{kind}")));
        }
        if kept.is_empty() {
            return;
        }
        let linux = making.out.entry("linuxParameters").or_insert_with(|| json!({}));
        linux["capabilities"][kind] = json!(kept);
    }

    pub(super) fn ulimits(&mut self, making: &mut Making<'_>, node: &Node) {
        for (key, value) in node.pairs() {
            let number = |node: Option<&Node>| node.and_then(scalar::text).and_then(|t| t.parse::<i64>().ok());
            let both = number(Some(value));
            let (Some(soft), Some(hard)) = (both.or(number(value.get("soft"))), both.or(number(value.get("hard")))) else {
                self.unreadable(value, "ulimits");
                continue;
            };
            let target = making.push("ulimits", json!({ "name": key.text, "softLimit": soft, "hardLimit": hard }));
            self.ledger.exact(value, &target);
        }
    }

    pub(super) fn stop(&mut self, making: &mut Making<'_>, node: &Node) {
        let Some(seconds) = scalar::text(node).and_then(|t| amounts::seconds(&t)) else { return self.unreadable(node, "stop_grace_period") };
        let value = if self.is_fargate() { seconds.clamp(2, 120) } else { seconds.max(2) };
        making.out.insert("stopTimeout".into(), json!(value));
        let target = making.place("stopTimeout");
        if value == seconds {
            return self.ledger.exact(node, &target);
        }
        let said = Said::of(&all::IMPORT_HEALTH_RANGE).text("key", "stop_grace_period").number("value", value).number("least", 2).number("most", 120);
        self.ledger.changed(node, said, &target);
    }

    pub(super) fn restart(&mut self, making: &mut Making<'_>, node: &Node) {
        let target = making.place("essential");
        match scalar::text(node).unwrap_or_default().as_str() {
            "no" | "none" | "false" => self.ledger.changed(node, &all::IMPORT_RESTART_NO, &target),
            text if matches!(text, "always" | "unless-stopped" | "any") || text.starts_with("on-failure") => {
                self.ledger.changed(node, &all::IMPORT_RESTART, &target);
            }
            _ => self.unreadable(node, "restart"),
        }
    }

    pub(super) fn platform(&mut self, shared: &mut Shared, node: &Node) {
        let text = scalar::text(node).unwrap_or_default().to_ascii_lowercase();
        let platform = match text.as_str() {
            "linux" | "linux/amd64" | "linux/x86_64" | "amd64" => "X86_64",
            "linux/arm64" | "linux/arm64/v8" | "linux/aarch64" | "arm64" => "ARM64",
            _ => return self.ledger.breaks(node, Said::of(&all::IMPORT_PLATFORM).text("platform", crate::formats::report::masked("", &text))),
        };
        shared.members.insert("runtimePlatform".into(), json!({ "operatingSystemFamily": "LINUX", "cpuArchitecture": platform }));
        self.ledger.exact(node, "/runtimePlatform/cpuArchitecture");
    }

    pub(super) fn network_mode(&mut self, making: &mut Making<'_>, shared: &mut Shared, node: &Node) {
        let text = scalar::text(node).unwrap_or_default();
        match text.as_str() {
            _ if text.starts_with("service:") => {
                if !self.is_fargate() {
                    shared.members.insert("networkMode".into(), json!("awsvpc"));
                }
                self.ledger.exact(node, "/networkMode");
            }
            "none" if !self.is_fargate() => {
                making.out.insert("disableNetworking".into(), json!(true));
                self.ledger.exact(node, &making.place("disableNetworking"));
            }
            "bridge" | "default" => self.ledger.changed(node, &all::IMPORT_NETWORK_MODE, "/networkMode"),
            "host" if !self.is_fargate() => {
                shared.members.insert("networkMode".into(), json!(text));
                // The host's own ports: nothing is mapped.
                making.out.shift_remove("portMappings");
                self.ledger.exact(node, "/networkMode");
            }
            _ => self.ledger.changed(node, &all::IMPORT_NETWORK_MODE, "/networkMode"),
        }
    }

    pub(super) fn storage(&mut self, shared: &mut Shared, node: &Node) {
        let size = node.get("size").and_then(scalar::text).and_then(|t| amounts::bytes(&t)).map(|b| b.div_ceil(1 << 30));
        match size {
            Some(gib @ 21..=200) if self.is_fargate() => {
                shared.members.insert("ephemeralStorage".into(), json!({ "sizeInGiB": gib }));
                self.ledger.changed(node, &all::IMPORT_STORAGE, "/ephemeralStorage/sizeInGiB");
            }
            _ => self.no_place(node, "storage_opt"),
        }
    }

    pub(super) fn links(&mut self, making: &mut Making<'_>, node: &Node) {
        if self.is_fargate() {
            return self.ledger.changed(node, &all::IMPORT_HOST_NAME, "");
        }
        for item in node.items() {
            let Some(text) = item.text() else { continue };
            let target = making.push("links", json!(text));
            self.ledger.exact(item, &target);
        }
    }
}
