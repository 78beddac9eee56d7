//! Ulimits.

use super::*;
use crate::document::pointer;
use std::collections::HashSet;

/// Source: API reference, UlimitName.
const ULIMITS: [&str; 15] =
    ["core", "cpu", "data", "fsize", "locks", "memlock", "msgqueue", "nice", "nofile", "nproc", "rss", "rtprio", "rttime", "sigpending", "stack"];
/// Most open files on Fargate. Source: Developer Guide, task definition parameters for Fargate.
const MAX_FILES: i64 = 1_048_576;

pub(super) fn check(task: &Task<'_>, report: &mut Report) {
    for c in objects(task) {
        let mut seen: HashSet<&str> = HashSet::new();
        for (i, u) in list(c, "ulimits").iter().enumerate().filter(|(_, u)| u.is_object()) {
            let path = || c.item("ulimits", i);
            let at = |key: &str| pointer::member(path(), key);
            let name = text(u, "name");
            let (soft, hard) = (integer(u, "softLimit"), integer(u, "hardLimit"));
            if let Some(name) = name {
                if !ULIMITS.contains(&name) {
                    let lower = name.to_ascii_lowercase().replace("rlimit_", "");
                    let finding = report.at(&LINUX_ULIMIT_NAME, at("name")).text("value", name);
                    let said = match lower.as_str() {
                        "files" | "file" | "open_files" | "openfiles" | "nofiles" | "no_file" => "nofile",
                        "processes" | "procs" | "noproc" => "nproc",
                        other => other,
                    };
                    if let Some(right) = ULIMITS.into_iter().find(|known| *known == said) {
                        finding.set(task.definition, &at("name"), right);
                    }
                    continue;
                }
                if !seen.insert(name) {
                    report.at(&LINUX_ULIMIT_DUPLICATE, path()).text("value", name).clear(task.definition, &path());
                    continue;
                }
                if task.fargate() && name != "nofile" {
                    report.at(&LINUX_ULIMIT_FARGATE_OTHER, at("name")).text("value", name).clear(task.definition, &path());
                }
                if let Some((key, n)) =
                    [("softLimit", soft), ("hardLimit", hard)].into_iter().find(|(_, n)| name == "nofile" && task.fargate() && n.is_some_and(|n| n > MAX_FILES))
                {
                    let mut fix = edit::set(task.definition, &at("hardLimit"), json!(hard.unwrap_or(MAX_FILES).min(MAX_FILES)));
                    fix.0.extend(edit::set(task.definition, &at("softLimit"), json!(soft.unwrap_or(MAX_FILES).min(MAX_FILES))).0);
                    report.at(&LINUX_ULIMIT_NOFILE_FARGATE, at(key)).number("value", n.unwrap_or(0) as u64).number("max", MAX_FILES as u64).fix(
                        "fix",
                        Vec::new(),
                        fix,
                    );
                    continue;
                }
            }
            // -1 is no limit at all, which is above every number.
            let height = |n: i64| if n < 0 { i64::MAX } else { n };
            if let (Some(soft), Some(hard)) = (soft, hard)
                && height(soft) > height(hard)
            {
                let mut fix = edit::set(task.definition, &at("softLimit"), json!(hard));
                fix.0.extend(edit::set(task.definition, &at("hardLimit"), json!(soft)).0);
                let finding = report.at(&LINUX_ULIMIT_SOFT_HARD, at("softLimit")).text("name", name.unwrap_or("")).text("soft", soft.to_string());
                finding.text("hard", hard.to_string()).fix("fix", Vec::new(), fix);
            }
        }
    }
}
