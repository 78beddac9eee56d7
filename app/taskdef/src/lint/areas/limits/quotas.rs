//! Sizes and quotas.

use super::*;
use crate::lint::context::QUOTA;

/// Largest definition, bytes of compact JSON.
const MAX: usize = 65_536;
/// From here on it is worth a word.
const NEAR: usize = 60_000;

/// Bytes of a value as compact JSON.
pub(in crate::lint) fn bytes(value: &Value) -> usize {
    // A text's quotes; what JSON escapes with one sign or with `\u00..`.
    let text = |t: &str| {
        let escapes = t.bytes().map(|b| match b {
            b'"' | b'\\' | b'\n' | b'\r' | b'\t' | 0x08 | 0x0c => 1,
            0..0x20 => 5,
            _ => 0,
        });
        t.len() + 2 + escapes.sum::<usize>()
    };
    match value {
        Value::Null | Value::Bool(true) => 4,
        Value::Bool(false) => 5,
        Value::Number(n) => n.as_str().len(),
        Value::String(t) => text(t),
        Value::Array(list) => list.iter().map(|v| bytes(v) + 1).sum::<usize>().max(1) + 1,
        Value::Object(map) => map.iter().map(|(k, v)| text(k) + bytes(v) + 2).sum::<usize>().max(1) + 1,
    }
}

pub(super) fn size(task: &Task<'_>, report: &mut Report) {
    let bytes = bytes(task.definition);
    if bytes > MAX {
        report.at(&LIMITS_DEFINITION_SIZE, "").number("bytes", bytes as u64).number("max", MAX as u64);
    } else if bytes >= NEAR {
        report.at(&LIMITS_DEFINITION_SIZE_NEAR, "").number("bytes", bytes as u64).number("max", MAX as u64);
    }
}

/// Host ports that a bridge task takes for itself: an instance has 100, five of which are taken.
pub(super) fn ports(task: &Task<'_>, report: &mut Report) {
    if !task.runs_on(Launch::Ec2) || task.network != Network::Bridge {
        return;
    }
    let fixed = |c: &ContainerView<'_>| c.list("portMappings").iter().any(|m| integer(m, "hostPort").is_some_and(|n| n > 0));
    if let Some(c) = objects(task).find(fixed) {
        report.at(&LIMITS_RESERVED_PORTS, c.at("portMappings")).text("name", c.name());
    }
}

pub(super) fn quota(task: &Task<'_>, report: &mut Report) {
    if let Some(cpu) = task.cpu.filter(|cpu| task.fargate() && *cpu <= QUOTA && crate::size::row(*cpu).is_some()) {
        report.at(&LIMITS_FARGATE_VCPU, "/cpu").param("quota", Param::Cpu(QUOTA)).number("tasks", QUOTA / cpu);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_those_of_compact_json() {
        for value in [json!({}), json!([]), json!([1, -2.5, true, false, null]), json!({"a\n\u{1}\"": ["한", {"b": "\\"}], "": {}}), json!("\u{8}\u{c}\u{7f}/")]
        {
            assert_eq!(bytes(&value), value.to_string().len(), "{value}");
        }
    }
}
