//! `taskwright validate`: findings with line numbers, for terminals and CI.

use crate::{
    api::report::report,
    config::{Level, Validate},
};
use serde_json::{Value, json};
use std::{
    io::{self, Read, Write},
    path::Path,
    process::ExitCode,
};
use taskdef::{Finding, Lang, Scope, Severity, finding::Summary, lint, messages, shown};

/// What was found in one file.
struct Checked {
    file: String,
    findings: Vec<Finding>,
}

/// 0 when AWS would take all of them, 1 when it would refuse one, 2 when a file cannot be read.
pub fn run(options: &Validate) -> ExitCode {
    let mut checked = Vec::new();
    for file in &options.files {
        match read(file) {
            Ok(text) => checked.push(check(file.display().to_string(), &text, options)),
            Err(error) => {
                eprintln!("{}", shown::line(&format!("taskwright: {}: {error}", file.display())));
                return ExitCode::from(2);
            }
        }
    }
    let printed = if options.json { print_json(&checked, options.lang) } else { print_text(&checked, options) };
    // A reader that stops early, such as `head`, is no fault.
    if printed.is_err_and(|e| e.kind() != io::ErrorKind::BrokenPipe) {
        return ExitCode::from(2);
    }
    let refused = checked.iter().flat_map(|c| &c.findings).any(|f| f.severity == Severity::Error);
    if refused { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn read(file: &Path) -> io::Result<String> {
    let mut bytes = Vec::new();
    if file == Path::new("-") {
        io::stdin().lock().read_to_end(&mut bytes)?;
    } else {
        bytes = std::fs::read(file)?;
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn check(file: String, text: &str, options: &Validate) -> Checked {
    let (findings, _) = lint::check_text(text, options.region.clone(), options.launch_type);
    Checked { file, findings }
}

fn print_json(checked: &[Checked], lang: Lang) -> io::Result<()> {
    let files: Vec<Value> = checked
        .iter()
        .map(|c| {
            let said = report(lang, c.findings.clone());
            json!({ "file": c.file, "summary": said.summary, "findings": said.findings })
        })
        .collect();
    let text = serde_json::to_string_pretty(&files)?;
    writeln!(io::stdout().lock(), "{}", shown::json(&text))
}

/// Words of the terminal in both languages.
struct Words {
    error: &'static str,
    warning: &'static str,
    advice: &'static str,
    why: &'static str,
    cure: &'static str,
}

fn words(lang: Lang) -> Words {
    match lang {
        Lang::En => Words { error: "error", warning: "warning", advice: "suggestion", why: "why", cure: "fix" },
        Lang::Ko => Words { error: "오류", warning: "경고", advice: "제안", why: "이유", cure: "해결" },
    }
}

fn totals(lang: Lang, files: usize, sum: &Summary, hidden: usize) -> String {
    let mut text = match lang {
        Lang::En => {
            let of = |n: usize, one: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") };
            format!("{}: {}, {}, {}", of(files, "file"), of(sum.errors, "error"), of(sum.warnings, "warning"), of(sum.advice, "suggestion"))
        }
        Lang::Ko => format!("파일 {files}개: 오류 {}개, 경고 {}개, 제안 {}개", sum.errors, sum.warnings, sum.advice),
    };
    if hidden > 0 {
        text += &match lang {
            Lang::En => format!(" ({hidden} not shown: --level advice)"),
            Lang::Ko => format!(" ({hidden}개는 --level advice로 볼 수 있어요)"),
        };
    }
    text
}

fn print_text(checked: &[Checked], options: &Validate) -> io::Result<()> {
    let (lang, words) = (options.lang, words(options.lang));
    let mut out = io::stdout().lock();
    let mut hidden = 0;
    for c in checked {
        for finding in &c.findings {
            let (level, name) = match finding.severity {
                Severity::Error => (Level::Error, words.error),
                Severity::Warning => (Level::Warning, words.warning),
                Severity::Advice => (Level::Advice, words.advice),
            };
            if level > options.level {
                hidden += 1;
                continue;
            }
            let said = messages::of_finding(lang, finding);
            let (_, _, cure) = messages::of_rule(lang, finding.rule.id);
            // What the wizard asks has no line.
            let line = finding.at.filter(|_| finding.scope != Scope::Wizard);
            let place = line.map_or(String::new(), |(line, column)| format!(":{line}:{column}"));
            // Whatever the file and its name hold, a terminal or a CI system gets three lines of text.
            writeln!(out, "{}", shown::line(&format!("{}{place}: {name}[{}] {}", c.file, finding.rule, said.message)))?;
            writeln!(out, "{}", shown::line(&format!("    {}: {}", words.why, said.why)))?;
            writeln!(out, "{}", shown::line(&format!("    {}: {cure}", words.cure)))?;
        }
    }
    let sum = Summary::of(checked.iter().flat_map(|c| c.findings.iter().map(|f| f.severity)));
    writeln!(out, "{}", totals(lang, checked.len(), &sum, hidden))
}
