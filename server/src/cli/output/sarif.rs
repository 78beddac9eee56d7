//! SARIF 2.1.0, for code scanning. <https://docs.oasis-open.org/sarif/sarif/v2.1.0/>
//!
//! An ignored finding stays in the report, suppressed with its reason; what could not be checked is a notification.

use super::{
    super::{check::Placed, words},
    Report,
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use std::io;
use taskdef::{Severity, lint, lint::Rule, messages, shown};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What stays as it is in a path of a URI. Source: RFC 3986, section 3.3.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// The report as SARIF.
pub fn write(report: &Report<'_>) -> io::Result<String> {
    let mut rules: Vec<&'static Rule> = Vec::new();
    let mut results = Vec::new();
    for checked in report.checked {
        for placed in report.shown(checked) {
            let rule = placed.finding.rule;
            let index = rules.iter().position(|r| *r == rule).unwrap_or_else(|| {
                rules.push(rule);
                rules.len() - 1
            });
            results.push(result(report, &checked.name, placed, index));
        }
    }
    let notifications: Vec<Value> = report.unreadable.iter().map(|what| {
        json!({ "level": "error", "message": { "text": words::unreadable(report.lang, what) }, "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri(&what.name) } } }] })
    }).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "taskwright",
                "version": env!("CARGO_PKG_VERSION"),
                "language": report.lang.as_str(),
                "properties": { "rulesAsOf": lint::AS_OF },
                "rules": rules.iter().map(|rule| descriptor(report, rule)).collect::<Vec<_>>()
            } },
            "columnKind": "unicodeCodePoints",
            "invocations": [{ "executionSuccessful": notifications.is_empty(), "toolExecutionNotifications": notifications }],
            "results": results
        }]
    });
    Ok(shown::json(&serde_json::to_string_pretty(&log)?) + "\n")
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

fn descriptor(report: &Report<'_>, rule: &Rule) -> Value {
    let (title, why, how) = messages::of_rule(report.lang, rule.id);
    json!({
        "id": rule.id,
        "shortDescription": { "text": title },
        "fullDescription": { "text": why },
        "help": { "text": format!("{how} ({})", rule.source) },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": { "tags": [rule.area.as_str()] }
    })
}

fn result(report: &Report<'_>, file: &str, placed: &Placed, index: usize) -> Value {
    let said = placed.words(report.lang);
    let mut physical = json!({ "artifactLocation": { "uri": uri(file) } });
    if let Some((line, column)) = placed.place() {
        physical["region"] = json!({ "startLine": line, "startColumn": column });
    }
    let mut result = json!({
        "ruleId": placed.finding.rule.id,
        "ruleIndex": index,
        "level": level(placed.finding.severity),
        "message": { "text": format!("{} {}", said.message, said.how) },
        "locations": [{ "physicalLocation": physical, "logicalLocations": [{ "fullyQualifiedName": shown::visible(&placed.finding.path) }] }]
    });
    if let Some(reason) = &placed.ignored {
        result["suppressions"] = json!([{ "kind": "external", "justification": reason }]);
    }
    result
}

/// A file name as a URI reference: relative to where the command ran, unless it is absolute.
fn uri(name: &str) -> String {
    let name = if name == "-" { "stdin" } else { name.strip_prefix("./").unwrap_or(name) };
    let path = utf8_percent_encode(name, PATH).to_string();
    if path.starts_with('/') { format!("file://{path}") } else { path }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{HOSTILE, all_formats};
    use super::*;
    use taskdef::Lang;

    #[test]
    fn a_name_is_a_uri_whatever_it_holds() {
        assert_eq!(uri("./ecs/my task#1.json"), "ecs/my%20task%231.json");
        assert_eq!(uri("/a/한.json"), "file:///a/%ED%95%9C.json");
        assert_eq!(uri("javascript:alert(1)"), "javascript%3Aalert%281%29");
    }

    #[test]
    fn what_is_ignored_is_suppressed_with_its_reason() {
        let formats = all_formats("task.json", HOSTILE, Lang::En);
        let (_, sarif) = &formats[2];
        let log: Value = serde_json::from_str(sarif).unwrap();
        let results = log["runs"][0]["results"].as_array().unwrap();
        let suppressed: Vec<_> = results.iter().filter(|r| r.get("suppressions").is_some()).collect();
        assert!(!suppressed.is_empty() && suppressed.len() < results.len());
        assert!(suppressed.iter().all(|r| r["ruleId"] == "task-unknown-key" && r["suppressions"][0]["justification"].is_string()));
        assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], false);
    }
}
