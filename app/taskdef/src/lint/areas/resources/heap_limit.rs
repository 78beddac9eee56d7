//! A Java container without a limit: its heap may be sized by the machine.

use super::*;

/// Variables that only Java programs get.
const NAMES: [&str; 5] = ["JAVA_TOOL_OPTIONS", "JAVA_OPTS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CATALINA_OPTS"];
/// Options that say how large the heap is.
const SIZED: [&str; 4] = ["-Xmx", "MaxRAM", "MaxHeapSize", "-Xms"];

pub(super) fn check(task: &Task<'_>, report: &mut Report) {
    let Some(total) = task.memory.filter(|_| task.fargate()) else { return };
    for c in objects(task).filter(|c| find(c, "memory").is_none() && find(c, "memoryReservation").is_none()) {
        let rows = task.environment_of(c);
        let java = rows.iter().any(|v| NAMES.contains(&v.name) || v.name.starts_with("BPL_JVM_"));
        let words = || texts(c, "command").chain(texts(c, "entryPoint")).map(|(_, t)| t);
        let sized = |text: &str| SIZED.iter().any(|option| text.contains(option));
        if !java || rows.iter().filter_map(|v| v.value).any(sized) || words().any(sized) {
            continue;
        }
        let path = c.at("memory");
        let others = task.containers.iter().filter(|o| o.index != c.index).filter_map(|o| o.number("memory").or_else(|| o.reserved())).sum::<u64>();
        let finding = report.at(&RUNTIME_JVM_NO_LIMIT, &path).text("name", c.name());
        if others < total {
            finding.fix("fix", vec![("value", Param::Memory(total - others))], edit::set(task.definition, &path, json!(total - others)));
        }
    }
}
