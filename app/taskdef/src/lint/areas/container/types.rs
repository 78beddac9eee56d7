//! Types that have a rule of their own: commands as one text, labels that are no texts.

use super::*;
use crate::{document::pointer, lint::context::placeholder::has_placeholder};

/// A command is a list of words, a label is a text.
pub(super) fn check(task: &Task<'_>, report: &mut Report) {
    for c in objects(task) {
        for key in ["command", "entryPoint"] {
            let Some(Value::String(text)) = find(c, key) else { continue };
            // A placeholder is filled in later.
            if !has_placeholder(text) {
                let path = c.at(key);
                let finding = report.at(&CONTAINER_COMMAND_STRING, &path).text("value", text.as_str());
                // Split as a shell splits it; what has an open quote means nothing.
                if let Some(words) = shlex::split(text).filter(|words| !words.is_empty()) {
                    finding.set(task.definition, &path, json!(words));
                }
            }
        }
        for (key, label) in find(c, "dockerLabels").and_then(Value::as_object).into_iter().flatten().filter(|(_, v)| !v.is_string() && !v.is_null()) {
            let path = pointer::join(&c.at("dockerLabels"), key);
            let finding = report.at(&CONTAINER_DOCKER_LABELS_STRINGS, &path).text("key", key.as_str());
            if !label.is_object() && !label.is_array() {
                finding.set(task.definition, &path, text_of(label));
            } else {
                finding.fix("fix-remove", Vec::new(), edit::clear(task.definition, &path));
            }
        }
    }
}
