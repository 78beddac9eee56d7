//! CPU, memory and `deploy`.

use super::{
    reader::{Making, Reader},
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
    /// `cpus`, `mem_limit` and what `deploy.resources` says of the same.
    pub(super) fn amounts(&mut self, making: &mut Making<'_>) {
        let node = making.service.node.clone();
        let resources = node.get("deploy").and_then(|d| d.get("resources"));
        let of = |part: &str, key: &str| resources.and_then(|r| r.get(part)).and_then(|p| p.get(key));
        // The reservation wins: ECS reserves what a container's `cpu` says.
        let cpus = [of("reservations", "cpus"), of("limits", "cpus"), node.get("cpus")];
        for (i, item) in cpus.into_iter().enumerate() {
            let Some(item) = item.filter(|n| !n.is_null()) else { continue };
            match scalar::text(item).and_then(|text| amounts::cpu_units(&text)) {
                Some(0) => self.ledger.exact(item, ""),
                Some(units) => {
                    let first = !making.out.contains_key("cpu");
                    if first {
                        making.out.insert("cpu".into(), json!(units));
                    }
                    let target = making.place("cpu");
                    if i == 0 { self.ledger.exact(item, &target) } else { self.ledger.changed(item, &all::IMPORT_CPUS, &target) }
                }
                None => self.unreadable(item, "cpus"),
            }
        }
        self.cpu_numbers(making, &node);
        for (key, name, items) in [
            ("mem_limit", "memory", [of("limits", "memory"), node.get("mem_limit")]),
            ("mem_reservation", "memoryReservation", [of("reservations", "memory"), node.get("mem_reservation")]),
        ] {
            for item in items.into_iter().flatten().filter(|n| !n.is_null()) {
                let Some(bytes) = scalar::text(item).and_then(|text| amounts::bytes(&text)) else {
                    self.unreadable(item, key);
                    continue;
                };
                if bytes == 0 {
                    self.ledger.exact(item, "");
                    continue;
                }
                let target = making.place(name);
                let mib = amounts::mib(bytes);
                if mib < 6 {
                    self.ledger.asked(item, Said::of(&all::IMPORT_MEMORY_BYTES).number("bytes", bytes), &target);
                    continue;
                }
                making.out.insert(name.into(), json!(mib));
                self.ledger.exact(item, &target);
            }
        }
        if let Some(item) = node.get("memswap_limit") {
            let swap = scalar::text(item).and_then(|t| amounts::bytes(&t));
            let limit = making.out.get("memory").and_then(serde_json::Value::as_u64);
            match (self.is_fargate(), swap, limit) {
                (true, _, _) => self.not_on_fargate(item, "memswap_limit"),
                (false, Some(swap), Some(limit)) if amounts::mib(swap) >= limit => {
                    making.linux("maxSwap", json!(amounts::mib(swap) - limit));
                    self.ledger.exact(item, &making.place("linuxParameters/maxSwap"));
                }
                _ => self.no_place(item, "memswap_limit"),
            }
        }
    }

    /// `cpu_shares`, `cpu_quota` with `cpu_period`, `cpu_count`.
    fn cpu_numbers(&mut self, making: &mut Making<'_>, node: &Node) {
        let number = |key: &str| node.get(key).and_then(scalar::text).and_then(|t| t.parse::<u64>().ok());
        let quota = number("cpu_quota").map(|quota| quota.saturating_mul(1024) / number("cpu_period").filter(|p| *p > 0).unwrap_or(100_000));
        for (key, units) in [
            ("cpu_shares", number("cpu_shares")),
            ("cpu_quota", quota),
            ("cpu_period", None),
            ("cpu_count", number("cpu_count").map(|n| n.saturating_mul(1024))),
        ] {
            let Some(item) = node.get(key) else { continue };
            match units.filter(|n| (1..=1_000_000).contains(n)) {
                Some(units) => {
                    making.out.entry("cpu").or_insert(json!(units.max(2)));
                    self.ledger.changed(item, &all::IMPORT_CPUS, &making.place("cpu"));
                }
                None if key == "cpu_period" && quota.is_some() => self.ledger.changed(item, &all::IMPORT_CPUS, &making.place("cpu")),
                None => self.no_place(item, key),
            }
        }
    }

    pub(super) fn deploy(&mut self, making: &mut Making<'_>, node: &Node) {
        for (key, value) in node.pairs() {
            match key.text.as_str() {
                "resources" => {
                    let devices =
                        value.get("reservations").and_then(|r| r.get("devices")).or(value.get("reservations").and_then(|r| r.get("generic_resources")));
                    if let Some(devices) = devices {
                        if self.is_fargate() { self.not_on_fargate(devices, "devices") } else { self.gpus(making, devices) }
                    }
                    self.no_place(value, "deploy.resources");
                }
                "restart_policy" => {
                    let target = making.place("essential");
                    if let Some(condition) = value.get("condition") {
                        self.restart_condition(condition, &target);
                    }
                    self.no_place(value, "deploy.restart_policy");
                }
                "placement" if !self.is_fargate() => self.ledger.elsewhere(value, Said::of(&all::IMPORT_SERVICE_SETTING).text("key", "deploy.placement")),
                "placement" => self.not_on_fargate(value, "deploy.placement"),
                "rollback_config" => self.no_place(value, "deploy.rollback_config"),
                other => {
                    let name = format!("deploy.{}", crate::formats::report::masked("", other));
                    self.ledger.elsewhere(value, Said::of(&all::IMPORT_SERVICE_SETTING).text("key", name));
                }
            }
        }
        if node.pairs().is_empty() {
            self.ledger.exact(node, "");
        }
    }

    fn restart_condition(&mut self, node: &Node, target: &str) {
        match node.text() {
            Some("none") => self.ledger.changed(node, &all::IMPORT_RESTART_NO, target),
            _ => self.ledger.changed(node, &all::IMPORT_RESTART, target),
        }
    }
}
