//! Workflow commands: GitHub shows them as annotations on the lines of a pull request.

use super::{super::words, Report};
use taskdef::{Severity, shown, summary::Summary};

/// The report as workflow commands, and the totals as the last line.
pub fn write(report: &Report<'_>) -> String {
    let lang = report.lang;
    let mut out = String::new();
    for checked in report.checked {
        for placed in report.shown(checked).filter(|p| p.ignored.is_none()) {
            let command = match placed.finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Advice => "notice",
            };
            let place = placed.place().map_or_else(String::new, |(line, column)| format!(",line={line},col={column}"));
            let said = placed.words(lang);
            let message = [said.message, format!("{}: {}", words::why(lang), said.why), format!("{}: {}", words::how(lang), said.how)];
            let message: Vec<String> = message.iter().map(|part| data(part)).collect();
            // Only a line break that we put there is one.
            let title = format!("taskwright {}", placed.finding.rule);
            out += &format!("::{command} file={}{place},title={}::{}\n", property(&checked.name), property(&title), message.join("%0A"));
        }
    }
    for what in report.unreadable {
        let said = words::unreadable(lang, what);
        out += &format!("::error file={},title=taskwright::{}\n", property(&what.name), data(&said));
    }
    let sum = Summary::of(report.checked.iter().flat_map(|c| c.found()));
    let ignored = report.checked.iter().flat_map(|c| &c.findings).filter(|p| p.ignored.is_some()).count();
    out += &shown::line(&words::totals(lang, report.checked.len(), &sum, 0, ignored));
    out += &format!("\n{}\n", shown::line(&words::rules_as_of(lang)));
    out
}

/// The text of a command. Source: actions/toolkit, command.ts, `escapeData`.
fn data(text: &str) -> String {
    shown::visible(text).replace('%', "%25").replace("##[", "\\##[").replace("##vso[", "\\##vso[")
}

/// A property of a command. Source: the same, `escapeProperty`.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_property_cannot_end_early() {
        assert_eq!(property("a,line=9::b%\n"), "a%2Cline=9%3A%3Ab%25\\u{a}");
        assert_eq!(data("100%: ::error::"), "100%25: ::error::");
    }
}
