//! JUnit XML: a test suite for each file, a test case for each finding.
//!
//! What fails the run is a failure, a milder finding is a passed case with its text as output, an ignored one is skipped with its
//! reason. A file without findings is one passed case.

use super::{
    super::{check::Placed, words},
    Report,
};
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event},
};
use std::io;
use taskdef::{Lang, lint, shown};

/// The report as XML.
pub fn write(report: &Report<'_>) -> io::Result<String> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.write_event(Event::Start(element("testsuites", &[("name", "taskwright")])))?;
    for checked in report.checked {
        let found: Vec<&Placed> = report.shown(checked).collect();
        let failures = found.iter().filter(|p| fails(report, p)).count().to_string();
        let skipped = found.iter().filter(|p| p.ignored.is_some()).count().to_string();
        let tests = found.len().max(1).to_string();
        let counts = [("name", checked.name.as_str()), ("tests", &tests), ("failures", &failures), ("errors", "0"), ("skipped", &skipped)];
        xml.write_event(Event::Start(element("testsuite", &counts)))?;
        xml.write_event(Event::Start(element("properties", &[])))?;
        xml.write_event(Event::Empty(element("property", &[("name", "rulesAsOf"), ("value", lint::AS_OF)])))?;
        xml.write_event(Event::End(BytesEnd::new("properties")))?;
        for placed in &found {
            case(&mut xml, report, &checked.name, placed)?;
        }
        if found.is_empty() {
            xml.write_event(Event::Empty(element("testcase", &[("name", "taskwright"), ("classname", &checked.name)])))?;
        }
        xml.write_event(Event::End(BytesEnd::new("testsuite")))?;
    }
    for what in report.unreadable {
        let said = words::unreadable(report.lang, what);
        let counts = [("name", what.name.as_str()), ("tests", "1"), ("failures", "0"), ("errors", "1"), ("skipped", "0")];
        xml.write_event(Event::Start(element("testsuite", &counts)))?;
        xml.write_event(Event::Start(element("testcase", &[("name", "taskwright"), ("classname", &what.name)])))?;
        xml.write_event(Event::Empty(element("error", &[("message", &said)])))?;
        xml.write_event(Event::End(BytesEnd::new("testcase")))?;
        xml.write_event(Event::End(BytesEnd::new("testsuite")))?;
    }
    xml.write_event(Event::End(BytesEnd::new("testsuites")))?;
    Ok(String::from_utf8_lossy(&xml.into_inner()).into_owned() + "\n")
}

fn fails(report: &Report<'_>, placed: &Placed) -> bool {
    placed.ignored.is_none() && report.fail_on.has(placed.finding.severity)
}

fn case(xml: &mut Writer<Vec<u8>>, report: &Report<'_>, file: &str, placed: &Placed) -> io::Result<()> {
    let said = placed.words(report.lang);
    let place = placed.place().map_or_else(String::new, |(line, column)| format!(" {line}:{column}"));
    let name = format!("{}{place}", placed.finding.rule);
    let line = placed.line.to_string();
    xml.write_event(Event::Start(element("testcase", &[("name", &name), ("classname", file), ("file", file), ("line", &line)])))?;
    let text = body(report.lang, placed);
    if let Some(reason) = &placed.ignored {
        xml.write_event(Event::Empty(element("skipped", &[("message", reason)])))?;
    } else if fails(report, placed) {
        let severity = placed.finding.severity.as_str();
        xml.write_event(Event::Start(element("failure", &[("message", &said.message), ("type", severity)])))?;
        xml.write_event(Event::Text(BytesText::new(&text)))?;
        xml.write_event(Event::End(BytesEnd::new("failure")))?;
    } else {
        xml.write_event(Event::Start(element("system-out", &[])))?;
        xml.write_event(Event::Text(BytesText::new(&text)))?;
        xml.write_event(Event::End(BytesEnd::new("system-out")))?;
    }
    xml.write_event(Event::End(BytesEnd::new("testcase")))
}

fn body(lang: Lang, placed: &Placed) -> String {
    let said = placed.words(lang);
    let severity = words::severity(lang, placed.finding.severity);
    let lines = [
        format!("{severity}[{}] {}", placed.finding.rule, said.message),
        format!("{}: {}", words::why(lang), said.why),
        format!("{}: {}", words::how(lang), said.how),
    ];
    lines.iter().map(|line| plain(line)).collect::<Vec<_>>().join("\n")
}

/// An element with its attributes, quoted by the library.
fn element<'n>(name: &'n str, attributes: &[(&str, &str)]) -> BytesStart<'n> {
    let mut element = BytesStart::new(name);
    for (key, value) in attributes {
        element.push_attribute((*key, plain(value).as_str()));
    }
    element
}

/// A text that XML can hold, on a log that may be a CI system's. Source: XML 1.0, production 2 (Char).
fn plain(text: &str) -> String {
    shown::line(&text.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}"))
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::tests::all_formats;
    use super::*;
    use quick_xml::Reader;

    /// Reads a report to its end and counts the test cases.
    pub fn cases(xml: &str) -> usize {
        let (mut reader, mut cases, mut depth) = (Reader::from_str(xml), 0, 0i32);
        loop {
            match reader.read_event().unwrap() {
                Event::Start(e) => {
                    depth += 1;
                    cases += usize::from(e.name().as_ref() == "testcase");
                    e.attributes().for_each(|a| assert!(a.is_ok()));
                }
                Event::Empty(e) => {
                    cases += usize::from(e.name().as_ref() == "testcase");
                    e.attributes().for_each(|a| assert!(a.is_ok()));
                }
                Event::End(_) => depth -= 1,
                Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(depth, 0);
        cases
    }

    #[test]
    fn what_fails_the_run_is_a_failure_and_the_rest_is_told() {
        let formats = all_formats("task.json", "a b", Lang::En);
        let (_, xml) = formats.last().unwrap();
        assert!(xml.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"taskwright\">"), "{xml}");
        assert!(xml.contains(&format!("<property name=\"rulesAsOf\" value=\"{}\"/>", lint::AS_OF)), "{xml}");
        assert!(xml.contains("<failure message=") && xml.contains("<system-out>") && xml.contains("<error message="), "{xml}");
        let count = |of: &str| xml.matches(of).count();
        assert_eq!(xml.split("failures=\"").nth(1).and_then(|t| t.split('"').next()).unwrap(), count("<failure ").to_string());
    }
}
