//! Where a log entry of several lines starts: the date format and the pattern of awslogs.

use super::*;
use crate::lint::context::placeholder::has_placeholder;

/// Letters that the driver reads behind a percent sign. Source: moby, cloudwatchlogs.go, strftimeToRegex.
const LETTERS: &str = "aAwdbBmYyHIpMSfzZjL";
/// Java's and Moment's date letters, the longest first, and what they are in strftime. The driver's `%L` starts with a point.
const OTHERS: [(&str, &str); 13] = [
    ("yyyy", "%Y"),
    ("YYYY", "%Y"),
    ("yy", "%y"),
    ("MMM", "%b"),
    ("MM", "%m"),
    ("DD", "%d"),
    ("dd", "%d"),
    ("HH", "%H"),
    ("hh", "%I"),
    ("mm", "%M"),
    (".SSS", "%L"),
    (",SSS", ""),
    ("ss", "%S"),
];

pub(super) fn check(task: &Task<'_>, report: &mut Report) {
    for c in task.containers.iter().filter(|c| c.log_driver() == "awslogs") {
        let (format, pattern) = ("awslogs-datetime-format", "awslogs-multiline-pattern");
        let at = |key: &str| c.at(&format!("logConfiguration/options/{key}"));
        let given = |key: &str| Some(c.log_option(key)).filter(|t| !t.is_empty() && !has_placeholder(t));
        if let Some(text) = given(format).filter(|text| !text.match_indices('%').any(|(i, _)| text[i + 1..].starts_with(|c| LETTERS.contains(c)))) {
            report.at(&LOG_DATETIME_FORMAT_STRFTIME, at(format)).text("value", text).set(task.definition, &at(format), strftime(text));
        }
        if let Some(text) = given(pattern)
            && let Some(problem) = problem(text)
        {
            let finding = report.at(&LOG_MULTILINE_PATTERN_FORM, at(pattern)).variant(problem).text("value", text);
            // “Not followed by white space” is “followed by anything else”.
            if text == "^(?!\\s)" {
                finding.set(task.definition, &at(pattern), "^\\S").done();
            } else {
                finding.fix("fix-remove", Vec::new(), edit::clear(task.definition, &at(pattern))).done();
            }
        }
    }
}

/// The same date in strftime; the usual one where its letters are not known.
fn strftime(text: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(first) = rest.chars().next() {
        let known = OTHERS.iter().find(|(letters, _)| rest.starts_with(letters));
        match known {
            Some((letters, percent)) => {
                out.push_str(percent);
                rest = &rest[letters.len()..];
            }
            None => {
                if first != '\'' {
                    out.push(first);
                }
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    if out.contains('%') { out } else { "%Y-%m-%d %H:%M:%S".to_owned() }
}

/// What Go's regular expressions cannot compile: they have no look-around and no back-references.
fn problem(pattern: &str) -> Option<&'static str> {
    if ["(?=", "(?!", "(?<=", "(?<!", "(?>"].iter().any(|group| pattern.contains(group)) {
        return Some("");
    }
    let (mut open, mut class, mut chars) = (0u32, false, pattern.chars().peekable());
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                None => return Some("brackets"),
                Some('1'..='9') if !class => return Some("reference"),
                Some(_) => {}
            },
            '[' if !class => {
                class = true;
                // A bracket in the first place is one of the characters.
                chars.next_if_eq(&'^');
                chars.next_if_eq(&']');
            }
            '[' if chars.peek() == Some(&':') => while chars.next().is_some_and(|c| c != ']') {},
            ']' if class => class = false,
            '(' if !class => open += 1,
            ')' if !class => match open.checked_sub(1) {
                Some(left) => open = left,
                None => return Some("brackets"),
            },
            _ => {}
        }
    }
    (open > 0 || class).then_some("brackets")
}
