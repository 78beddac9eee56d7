//! `taskwright rules` and `taskwright explain`: the rule book on a terminal.

use super::{
    FAILED,
    args::{Explain, Rules},
    complain, ended, policy, say, words,
};
use std::{
    io::{self, Write},
    process::ExitCode,
};
use taskdef::{lint, messages, shown};

/// Lists every rule: severity, id, title.
pub fn list(options: &Rules) -> ExitCode {
    let printed = if options.json { json(options) } else { text(options) };
    ended(printed, ExitCode::SUCCESS)
}

fn text(options: &Rules) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let mut area = None;
    for (of, rule) in lint::all() {
        if area.replace(of) != Some(of) {
            say(&mut out, of.as_str())?;
        }
        let (title, ..) = messages::of_rule(options.lang, rule.id);
        say(&mut out, &format!("  {} {} – {title}", words::severity(options.lang, rule.severity), rule.id))?;
    }
    say(&mut out, &words::rules_as_of(options.lang))
}

fn json(options: &Rules) -> io::Result<()> {
    let table = crate::api::rules::table(options.lang);
    writeln!(io::stdout().lock(), "{}", shown::json(&serde_json::to_string_pretty(&table)?))
}

/// Explains one rule, or says which id is nearest.
pub fn explain(options: &Explain) -> ExitCode {
    let Some(rule) = lint::find(&options.rule) else {
        complain(&words::unknown_rule(options.lang, &options.rule, policy::nearest_rule(&options.rule)));
        return ExitCode::from(FAILED);
    };
    let lang = options.lang;
    let (title, why, how) = messages::of_rule(lang, rule.id);
    let mut out = io::stdout().lock();
    let mut lines = vec![
        format!("{}[{rule}] {title}", words::severity(lang, rule.severity)),
        format!("    {}: {why}", words::why(lang)),
        format!("    {}: {how}", words::how(lang)),
        format!("    {}: {}", words::source(lang), rule.source),
        words::rules_as_of(lang),
    ];
    if let Some(unfixed) = rule.unfixed() {
        lines.insert(3, format!("    {}", words::unfixed(lang, unfixed)));
    }
    let printed = lines.iter().try_for_each(|line| say(&mut out, line));
    ended(printed, ExitCode::SUCCESS)
}
