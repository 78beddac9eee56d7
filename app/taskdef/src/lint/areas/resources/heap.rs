//! Heaps of Java and Node.js that do not fit into the memory of their container.

use super::*;
use crate::lint::context::bigger;

/// Variables whose options the JVM, or a start script around it, reads.
const JAVA: [&str; 5] = ["JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CATALINA_OPTS"];
/// What a heap leaves to the rest of the process, percent of the memory.
const SHARE: u64 = 75;

/// MiB at which a container is killed: its own hard limit, or else the task's memory.
pub(super) fn limit(task: &Task<'_>, c: ContainerView<'_>) -> Option<u64> {
    c.number("memory").filter(|n| *n > 0).or(task.memory)
}

pub(super) fn check(task: &Task<'_>, report: &mut Report) {
    for v in &task.environment {
        let Some(value) = v.value else { continue };
        if JAVA.contains(&v.name) {
            java(task, v.container, &|| v.at("value"), value, report);
        } else if v.name == "NODE_OPTIONS" {
            node(task, v.container, &|| v.at("value"), value, report);
        }
    }
    for c in objects(task) {
        for key in ["entryPoint", "command"] {
            for (i, item) in texts(c, key).filter(|(_, item)| item.contains('-')) {
                let path = || c.at(&format!("{key}/{i}"));
                java(task, c, &path, item, report);
                node(task, c, &path, item, report);
            }
        }
    }
}

/// MiB of `-Xmx1g`, rounded down.
fn heap(word: &str) -> Option<u64> {
    let size = word.strip_prefix("-Xmx").or(word.strip_prefix("-Xms"))?;
    let digits = size.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let shift = match &size[digits.len()..] {
        "" => 0,
        "k" | "K" => 10,
        "m" | "M" => 20,
        "g" | "G" => 30,
        "t" | "T" => 40,
        _ => return None,
    };
    Some(digits.parse::<u64>().ok()?.saturating_mul(1 << shift) >> 20)
}

fn java(task: &Task<'_>, c: ContainerView<'_>, path: &dyn Fn() -> String, text: &str, report: &mut Report) {
    if !text.contains("-Xm") {
        return;
    }
    let Some(limit) = limit(task, c) else { return };
    let over = |word: &&str| heap(word).is_some_and(|mib| mib >= limit);
    let Some(first) = text.split(' ').find(over) else { return };
    let path = path();
    let with = |replace: &dyn Fn(&str) -> Option<String>| {
        let words: Vec<String> = text.split(' ').filter_map(|word| if over(&word) { replace(word) } else { Some(word.to_owned()) }).collect();
        edit::set(task.definition, &path, json!(words.join(" ")))
    };
    let lower = (limit * SHARE / 100).max(1);
    let finding = report.at(&RUNTIME_JVM_HEAP_OVER_LIMIT, &path).text("value", first).text("name", c.name()).param("limit", Param::Memory(limit));
    let percentage = |word: &str| word.starts_with("-Xmx").then(|| format!("-XX:MaxRAMPercentage={SHARE}"));
    let finding = finding.fix("fix", vec![("value", Param::Text(format!("{lower}m")))], with(&|word| Some(format!("{}{lower}m", &word[..4]))));
    if first.starts_with("-Xmx") {
        finding.fix("fix-percentage", Vec::new(), with(&percentage)).done();
    }
}

fn node(task: &Task<'_>, c: ContainerView<'_>, path: &dyn Fn() -> String, text: &str, report: &mut Report) {
    // Most words are shorter than the option, and are not searched.
    if text.len() <= "--max-old-space-size=".len() {
        return;
    }
    let Some(at) = ["--max-old-space-size=", "--max_old_space_size="].into_iter().find_map(|option| Some(text.find(option)? + option.len())) else { return };
    let Some(limit) = limit(task, c) else { return };
    let digits: &str = text[at..].split(|c: char| !c.is_ascii_digit()).next().unwrap_or("");
    let Some(mib) = digits.parse::<u64>().ok().filter(|mib| *mib >= limit) else { return };
    let (path, lower) = (path(), (limit * SHARE / 100).max(1));
    let better = format!("{}{lower}{}", &text[..at], &text[at + digits.len()..]);
    let finding =
        report.at(&RUNTIME_NODE_HEAP_OVER_LIMIT, &path).param("value", Param::Memory(mib)).text("name", c.name()).param("limit", Param::Memory(limit));
    finding.fix("fix", vec![("value", Param::Memory(lower))], edit::set(task.definition, &path, json!(better))).done();
}

/// Images that look at the memory when they start and stop where it is less. Source: “sqlservr: This program requires a machine
/// with at least 2000 megabytes of memory.”
const LEAST: [(&str, &str, u64); 1] = [("mcr.microsoft.com", "mssql/server", 2000)];

pub(super) fn image_minimum(task: &Task<'_>, report: &mut Report) {
    for c in objects(task) {
        let Some(reference) = c.reference() else { continue };
        let Some((_, _, least)) = LEAST.iter().find(|(registry, path, _)| reference.registry == Some(registry) && reference.path == *path) else { continue };
        let Some(limit) = limit(task, c).filter(|mib| mib < least) else { continue };
        let own = c.number("memory").is_some_and(|n| n > 0);
        let path = if own { c.at("memory") } else { "/memory".to_owned() };
        let finding = report.at(&RESOURCES_IMAGE_MINIMUM, &path).text("image", c.image()).param("value", Param::Memory(limit)).number("least", *least);
        let wanted = least.next_multiple_of(1024);
        let mut fix = if own { edit::set(task.definition, &path, json!(wanted)) } else { Edit::default() };
        if task.fargate() && task.memory.is_some_and(|total| total < wanted) {
            let Some((_, size)) = task.cpu.and_then(|cpu| bigger(task, cpu, wanted)) else { continue };
            fix.0.extend(size.0);
        } else if !own {
            fix = edit::set(task.definition, &path, json!(wanted.to_string()));
        } else if task.memory.is_some_and(|total| total < wanted) {
            continue;
        }
        finding.fix("fix", vec![("value", Param::Memory(wanted))], fix).done();
    }
}

/// What is written to a tmpfs counts as memory of the container.
pub(super) fn tmpfs(task: &Task<'_>, report: &mut Report) {
    for c in objects(task).filter(|c| says(*c, "linuxParameters/tmpfs")) {
        let sum = list(c, "linuxParameters/tmpfs").iter().filter_map(|t| integer(t, "size")).fold(0u64, |sum, n| sum.saturating_add(n.max(0) as u64));
        let Some(limit) = limit(task, c).filter(|limit| sum >= *limit) else { continue };
        let finding = report.at(&RESOURCES_TMPFS_OVER_MEMORY, c.at("linuxParameters/tmpfs")).text("name", c.name());
        finding.param("sum", Param::Memory(sum)).param("limit", Param::Memory(limit)).done();
    }
}
