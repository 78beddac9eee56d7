//! Lines for people: where, how bad, which rule, what; then, once a rule, why and what to do.

use super::{
    super::{words, words::severity},
    Report,
};
use taskdef::{Severity, finding::Concern, lint, shown, summary::Summary};

/// The report as text.
pub fn write(report: &Report<'_>) -> String {
    let lang = report.lang;
    let mut out = String::new();
    // Whatever the file and its name hold, a terminal or a CI system gets one line of text.
    let mut say = |line: &str| {
        out.push_str(&shown::line(line));
        out.push('\n');
    };
    for checked in report.checked {
        // A rule that speaks at several places explains itself once, below the last of them.
        for row in lint::rows(report.shown(checked).filter(|p| p.ignored.is_none()), |p| &p.finding) {
            for placed in &row {
                let (said, rule) = (placed.words(lang), placed.finding.rule);
                let next = placed.finding.severity == Severity::Advice && lint::concern(&placed.finding) == Concern::Next;
                let word = if next { words::note(lang) } else { severity(lang, placed.finding.severity) };
                let place = placed.place().map_or_else(String::new, |(line, column)| format!(":{line}:{column}"));
                say(&format!("{}{place}: {}[{rule}] {}", checked.name, word, said.message));
            }
            if let Some(said) = row.first().map(|placed| placed.words(lang)) {
                say(&format!("    {}: {}", words::why(lang), said.why));
                say(&format!("    {}: {}", words::how(lang), said.how));
            }
        }
        if checked.breaks > 0 {
            say(&format!("{}: {}", checked.name, words::no_place(lang, checked.breaks)));
        }
    }
    let all = || report.checked.iter().flat_map(|c| c.found());
    let hidden = all().filter(|f| !report.level.has(f.severity)).count();
    let ignored = report.checked.iter().flat_map(|c| &c.findings).filter(|p| p.ignored.is_some()).count();
    say(&words::totals(lang, report.checked.len(), &Summary::of(all()), hidden, ignored));
    say(&words::rules_as_of(lang));
    out
}
