//! `healthcheck`: Compose's own defaults are written out, since those of ECS differ.

use super::{
    reader::{Making, Reader},
    scalar,
};
use crate::{
    formats::{
        import::{amounts, tree::Node},
        report::{Outcome, Said},
    },
    messages::all,
};
use serde_json::{Map, Value, json};

/// Key in Compose, key in ECS, least, most, Compose's default.
const TIMES: [(&str, &str, u64, u64, Option<u64>); 3] =
    [("interval", "interval", 5, 300, Some(30)), ("timeout", "timeout", 2, 60, Some(30)), ("start_period", "startPeriod", 0, 300, None)];

impl Reader<'_> {
    pub(super) fn health(&mut self, making: &mut Making<'_>, node: &Node) {
        let target = making.place("healthCheck");
        let disabled = node.get("disable").and_then(scalar::switch) == Some(true);
        let none = node.get("test").is_some_and(|test| test.text() == Some("NONE") || test.items().first().and_then(Node::text) == Some("NONE"));
        if disabled || none {
            return self.ledger.exact(node, "");
        }
        let Some(test) = node.get("test").filter(|test| !test.is_null()) else {
            if !node.pairs().is_empty() {
                self.ledger.asked(node, &all::IMPORT_HEALTH_IMAGE, &target);
            }
            return self.ledger.dropped(node, Said::of(&all::IMPORT_NO_PLACE).text("key", "healthcheck"));
        };
        let command = match test.text() {
            Some(text) => vec!["CMD-SHELL".to_owned(), text.to_owned()],
            None => test.items().iter().filter_map(scalar::text).collect(),
        };
        if !matches!(command.first().map(String::as_str), Some("CMD" | "CMD-SHELL")) || command.len() < 2 {
            self.ledger.breaks(test, &all::IMPORT_HEALTH_LIST);
            return self.ledger.dropped(node, Said::of(&all::IMPORT_NO_PLACE).text("key", "healthcheck"));
        }
        self.ledger.exact(test, &format!("{target}/command"));
        let mut check = Map::new();
        check.insert("command".into(), json!(command));
        let mut given = [0; 2];
        for (key, name, least, most, default) in TIMES {
            let written = node.get(key).filter(|n| !n.is_null());
            let place = format!("{target}/{name}");
            let seconds = match written.and_then(scalar::text) {
                Some(text) => match amounts::seconds(&text) {
                    Some(seconds) => seconds,
                    None => {
                        if let Some(node) = written {
                            self.unreadable(node, key);
                        }
                        continue;
                    }
                },
                None => 0,
            };
            let wanted = if seconds == 0 { default.unwrap_or(0) } else { seconds };
            if wanted == 0 && default.is_none() {
                if let Some(node) = written {
                    self.ledger.exact(node, "");
                }
                continue;
            }
            let value = wanted.clamp(least, most);
            check.insert(name.into(), json!(value));
            if name == "interval" {
                given[0] = wanted;
            }
            let said = Said::of(&all::IMPORT_HEALTH_RANGE).text("key", key).number("value", value).number("least", least).number("most", most);
            match written {
                Some(node) if value == seconds || seconds == 0 => self.ledger.exact(node, &place),
                Some(node) => self.ledger.changed(node, said, &place),
                None if key == "timeout" => {
                    self.note(node.at, &format!("services.{}.healthcheck", making.service.key), Outcome::Changed, &all::IMPORT_HEALTH_TIMEOUT, &place)
                }
                None => {}
            }
        }
        let retries = node.get("retries").filter(|n| !n.is_null());
        let wanted = retries.and_then(scalar::text).and_then(|t| t.parse::<u64>().ok()).filter(|n| *n > 0).unwrap_or(3);
        given[1] = wanted;
        check.insert("retries".into(), json!(wanted.min(10)));
        let place = format!("{target}/retries");
        if let Some(node) = retries {
            if wanted > 10 {
                // What so many retries were for is time to start.
                let patience = given[0].saturating_mul(wanted).min(300);
                let start = check.get("startPeriod").and_then(Value::as_u64).unwrap_or(0).max(patience);
                check.insert("startPeriod".into(), json!(start));
                self.ledger.changed(node, Said::of(&all::IMPORT_HEALTH_RETRIES).number("start", start), &place);
            } else {
                self.ledger.exact(node, &place);
            }
        }
        if let Some(node) = node.get("start_interval") {
            self.ledger.dropped(node, &all::IMPORT_HEALTH_START_INTERVAL);
        }
        for (key, node) in node.pairs() {
            self.no_place(node, &key.text);
        }
        making.out.insert("healthCheck".into(), Value::Object(check));
    }
}
