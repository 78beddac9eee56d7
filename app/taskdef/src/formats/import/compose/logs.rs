//! `logging`: what a container writes goes to CloudWatch Logs, unless it goes to a place that ECS reaches too.

use super::{
    reader::{Making, Reader, Shared},
    scalar,
};
use crate::{
    formats::report::{Outcome, Said},
    messages::all,
};
use serde_json::{Map, Value, json};

impl Reader<'_> {
    pub(super) fn logs(&mut self, making: &mut Making<'_>, shared: &mut Shared) {
        let node = making.service.node.get("logging");
        let driver = node.and_then(|n| n.get("driver"));
        let name = driver.and_then(scalar::text).unwrap_or_default();
        let options = node.and_then(|n| n.get("options"));
        let target = making.place("logConfiguration");
        let kept = match name.as_str() {
            "awslogs" | "splunk" => true,
            "json-file" | "syslog" | "gelf" | "journald" | "fluentd" => !self.is_fargate(),
            _ => false,
        };
        if kept {
            let mut map = Map::new();
            for (key, value) in options.map_or(&[][..], |o| o.pairs()) {
                map.insert(key.text.clone(), Value::String(scalar::text(value).unwrap_or_default()));
                self.ledger.exact(value, &format!("{target}/options"));
            }
            if name == "awslogs" {
                map.entry("awslogs-region").or_insert(json!(self.region));
                map.entry("awslogs-stream-prefix").or_insert(json!(making.service.name));
                shared.needs_role = true;
            }
            if let Some(driver) = driver {
                self.ledger.exact(driver, &format!("{target}/logDriver"));
            }
            making.out.insert("logConfiguration".into(), json!({ "logDriver": name, "options": map }));
            return;
        }
        let group = format!("/ecs/{}", self.family(making.service.task.unwrap_or(0)));
        making.out.insert(
            "logConfiguration".into(),
            json!({ "logDriver": "awslogs", "options": {
                "awslogs-group": group, "awslogs-region": self.region, "awslogs-stream-prefix": making.service.name } }),
        );
        shared.needs_role = true;
        match driver {
            Some(driver) => self.ledger.changed(driver, Said::of(&all::IMPORT_LOG_DRIVER).text("driver", crate::formats::report::masked("", &name)), &target),
            None => self.note(making.service.node.at, &format!("services.{}", making.service.key), Outcome::Changed, &all::IMPORT_LOGS, &target),
        }
        if let Some(node) = node {
            self.ledger.dropped(node, &all::IMPORT_LOG_OPTIONS);
        }
    }
}
