//! The members of the file beside its services.

use super::reader::Reader;
use crate::{formats::report::Said, messages::all};

impl Reader<'_> {
    pub(super) fn top(&mut self) {
        let root = self.root.clone();
        for (key, node) in root.pairs() {
            match key.text.as_str() {
                // What a service did not use is nobody's.
                "services" => self.ledger.dropped(node, &all::IMPORT_REPLACED),
                "name" => self.ledger.exact(node, "/family"),
                "version" => self.ledger.dropped(node, &all::IMPORT_VERSION),
                "networks" => self.ledger.elsewhere(node, &all::IMPORT_NETWORK),
                "volumes" => {
                    for (_, volume) in node.pairs() {
                        if volume.is_null() || volume.pairs().is_empty() {
                            self.ledger.exact(volume, "/volumes");
                        } else {
                            self.ledger.changed(volume, &all::IMPORT_VOLUME_OPTIONS, "/volumes");
                        }
                    }
                    self.ledger.exact(node, "");
                }
                "secrets" => self.ledger.changed(node, &all::IMPORT_SECRET_SOURCE, ""),
                "configs" => self.ledger.breaks(node, &all::IMPORT_CONFIG),
                "models" => self.ledger.breaks(node, Said::of(&all::IMPORT_PROVIDER).text("key", "models")),
                "jobs" => self.ledger.elsewhere(node, &all::IMPORT_JOBS),
                "include" => self.ledger.asked(node, &all::IMPORT_INCLUDE, ""),
                "x-ecs-tags" if !node.pairs().is_empty() => self.ledger.exact(node, "/tags"),
                other if other.starts_with("x-aws-") => self.ledger.elsewhere(node, Said::of(&all::IMPORT_SERVICE_SETTING).text("key", other)),
                other if other.starts_with("x-") => {
                    self.ledger.dropped(node, Said::of(&all::IMPORT_LOCAL_ONLY).text("key", crate::formats::report::masked("", other)))
                }
                other => self.ledger.breaks(node, Said::of(&all::IMPORT_UNKNOWN_KEY).text("key", crate::formats::report::masked("", other))),
            }
        }
        let beside = std::mem::take(&mut self.beside);
        for (_, node) in &beside {
            self.ledger.dropped(node, &all::IMPORT_VARIABLE_UNUSED);
        }
    }
}
