//! Options that can keep a log driver from starting.

use super::*;

/// Signs that a regular expression reads otherwise. A dot matches itself too, and the two anchors are rarely meant.
const SIGNS: [char; 10] = ['[', ']', '(', ')', '{', '}', '+', '*', '?', '|'];

pub(super) fn check(task: &Task<'_>, report: &mut Report) {
    for c in objects(task) {
        let at = |key: &str| c.at(&format!("logConfiguration/options/{key}"));
        let key = "awslogs-datetime-format";
        let format = c.log_option(key);
        if let Some(right) = escaped(format).filter(|_| c.log_driver() == "awslogs") {
            report.at(&LOG_DATETIME_FORMAT_SIGNS, at(key)).text("value", format).set(task.definition, &at(key), right);
        }
        let waits = ["fluentd-async", "fluentd-async-connect"].iter().all(|key| c.log_option(key) != "true");
        if c.log_driver() == "fluentd" && c.log_option("mode") == "non-blocking" && waits && !task.fargate() {
            let key = "fluentd-async";
            report.at(&LOG_FLUENTD_ASYNC, at(key)).text("name", c.name()).fix("fix", Vec::new(), edit::set(task.definition, &at(key), json!("true")));
        }
    }
}

/// The format with a backslash before each such sign; `None` where there is none without one.
fn escaped(format: &str) -> Option<String> {
    let mut out = String::with_capacity(format.len() + 8);
    let mut before = None;
    for c in format.chars() {
        if SIGNS.contains(&c) && before != Some('\\') {
            out.push('\\');
        }
        out.push(c);
        before = Some(c);
    }
    (out != format).then_some(out)
}
