//! Passwords and tokens in commands and labels, where anyone who may describe the task definition reads them.

use super::*;
use crate::{
    document::pointer,
    facts::secret::{self, Confidence},
};
use std::collections::BTreeSet;

pub(super) fn check(task: &Task<'_>, report: &mut Report) {
    for c in objects(task) {
        let words = task.words(c);
        let mut said = BTreeSet::new();
        for (i, word) in words.iter().enumerate() {
            // `--password=x`, `PASSWORD=x`, or `--password x`.
            let (name, value) = match word.text.split_once('=') {
                Some(pair) => pair,
                None => (i.checked_sub(1).map_or("", |before| words[before].text), word.text),
            };
            let named = (name.starts_with("--") || word.text.contains('=')) && is_secret(name.trim_start_matches('-'), value);
            if (named || is_known(word.text)) && said.insert((word.key, word.index)) {
                report.at(&CONTAINER_SECRET_IN_COMMAND, word.path(c)).text("name", c.name());
            }
        }
        for (key, value) in find(c, "dockerLabels").and_then(Value::as_object).into_iter().flatten() {
            let Some(value) = value.as_str() else { continue };
            if is_known(value) || is_secret(key, value) {
                report
                    .at(&CONTAINER_SECRET_IN_COMMAND, pointer::join(&c.at("dockerLabels"), key))
                    .variant("label")
                    .text("name", c.name())
                    .text("key", key.as_str());
            }
        }
    }
}

fn is_known(text: &str) -> bool {
    secret::of_value(text) == Some(Confidence::High)
}

/// A literal value behind a name that means a password: no variable, no path, no other option.
fn is_secret(name: &str, value: &str) -> bool {
    !value.starts_with(['$', '-', '/', '<', '{', '%']) && !value.contains("$(") && secret::of_pair(name, value)
}
