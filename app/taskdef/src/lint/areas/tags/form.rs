//! Tags.

use super::*;
use crate::lint::context::trimmed;
use std::collections::HashSet;

/// Source: API reference, Tags, TagKey and TagValue.
const MAX_TAGS: usize = 50;
const MAX_KEY: usize = 128;
const MAX_VALUE: usize = 256;

fn is_sign(c: char) -> bool {
    c.is_alphanumeric() || (c.is_whitespace() && !c.is_control()) || "_.:/=+-@".contains(c)
}

fn is_aws(text: &str) -> bool {
    text.get(..4).is_some_and(|p| p.eq_ignore_ascii_case("aws:"))
}

pub(super) fn check(task: &Task<'_>, report: &mut Report) {
    let path = "/tags";
    let Some(tags) = find(task.definition, "tags") else {
        if !task.containers.is_empty() {
            report.at(&TAG_MISSING, path);
        }
        return;
    };
    let Some(tags) = tags.as_array() else { return };
    if tags.is_empty() {
        report.at(&TAG_EMPTY_LIST, path).clear(task.definition, path);
        return;
    }
    if tags.len() > MAX_TAGS {
        report.at(&TAG_COUNT, path).number("count", tags.len() as u64).number("max", MAX_TAGS as u64).fix(
            "fix",
            vec![("max", Param::Number(MAX_TAGS as u64))],
            trimmed(path, tags.len(), MAX_TAGS),
        );
    }
    let keys: HashSet<&str> = tags.iter().filter_map(|t| text(t, "key")).collect();
    let mut seen: HashSet<&str> = HashSet::new();
    for (i, tag) in tags.iter().enumerate().filter(|(_, t)| t.is_object()) {
        let (row, key_at, value_at) = (format!("{path}/{i}"), format!("{path}/{i}/key"), format!("{path}/{i}/value"));
        let value = text(tag, "value");
        if let Some(value) = value {
            if is_aws(value) {
                report.at(&TAG_AWS_PREFIX, &value_at).text("value", value).set(task.definition, &value_at, value[4..].to_owned());
            } else if value.chars().count() > MAX_VALUE || !value.chars().all(is_sign) {
                report.at(&TAG_VALUE_FORM, &value_at).set(task.definition, &value_at, cleaned(value, MAX_VALUE));
            }
        }
        let key = text(tag, "key");
        let twice = key.is_some_and(|key| !seen.insert(key));
        match key {
            None if find(tag, "key").is_none_or(Value::is_string) => {
                let finding = report.at(&TAG_KEY_FORM, &key_at).variant("missing");
                finding.fix("fix-remove", Vec::new(), edit::clear(task.definition, &row)).done();
            }
            Some(key) if is_aws(key) => {
                report.at(&TAG_AWS_PREFIX, &key_at).text("value", key).fix("fix-remove", Vec::new(), edit::clear(task.definition, &row));
            }
            Some(key) if key.chars().count() > MAX_KEY || !key.chars().all(is_sign) => {
                let finding = report.at(&TAG_KEY_FORM, &key_at).text("value", key);
                let better = cleaned(key, MAX_KEY);
                if !better.trim().is_empty() && !is_aws(&better) && !keys.contains(better.as_str()) {
                    finding.set(task.definition, &key_at, better);
                }
            }
            Some(key) if twice => {
                report.at(&TAG_KEY_UNIQUE, &key_at).text("value", key).clear(task.definition, &row);
            }
            _ => {}
        }
    }
}

fn cleaned(text: &str, most: usize) -> String {
    text.chars().map(|c| if is_sign(c) { c } else { '-' }).take(most).collect()
}
