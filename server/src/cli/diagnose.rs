//! `taskwright diagnose`: what AWS or a tool said, back to its cause.

use super::{
    FAILED,
    args::Diagnose,
    complain, ended, say,
    sources::{self, Cause, Unreadable},
    words,
};
use crate::api::diagnose::{Answer, AskJson, CauseJson, answer};
use serde_json::Value;
use std::{
    fs::File,
    io::{self, Write},
    path::Path,
    process::ExitCode,
};
use taskdef::{Lang, formats::import, shown};

/// Reads a text and says what is known of it. 1 where nothing is.
pub fn run(options: &Diagnose) -> ExitCode {
    let read = |file: &Path| {
        if file == Path::new("-") { sources::read_text(io::stdin().lock()) } else { File::open(file).map_err(Cause::from).and_then(sources::read_text) }
    };
    let or_complain = |file: &Path| read(file).map_err(|cause| complain(&words::unreadable(options.lang, &Unreadable { name: sources::name_of(file), cause })));
    let Ok(text) = or_complain(&options.file) else { return ExitCode::from(FAILED) };
    let definition = match options.definition.as_deref().map(or_complain) {
        Some(Err(())) => return ExitCode::from(FAILED),
        Some(Ok(text)) => match import::from_json(&text) {
            Ok(read) => Some(read.definition),
            Err(error) => {
                complain(&words::no_definition(options.lang, &error));
                return ExitCode::from(FAILED);
            }
        },
        None => None,
    };
    let found = answer(options.lang, &text, definition.as_ref());
    let code = if found.known { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    ended(if options.json { json(&found) } else { print(&found, options.lang, definition.as_ref()) }, code)
}

fn json(found: &Answer) -> io::Result<()> {
    writeln!(io::stdout().lock(), "{}", shown::json(&serde_json::to_string_pretty(found)?))
}

fn print(found: &Answer, lang: Lang, definition: Option<&Value>) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if let Some(symptom) = &found.symptom {
        say(&mut out, &symptom.title)?;
        asked(&mut out, &symptom.question, 1)?;
    } else if !found.known {
        say(&mut out, words::not_known(lang))?;
    }
    for similar in &found.similar {
        say(&mut out, &format!("{}: {}", words::similar(lang), similar.title))?;
    }
    for cause in &found.causes {
        tell(&mut out, lang, cause)?;
        if cause.definition_is_right {
            say(&mut out, &format!("    {}", words::definition_is_right(lang)))?;
        } else if let (Some(path), Some(_)) = (&cause.path, definition) {
            say(&mut out, &format!("    {}: {path}", words::place(lang)))?;
        }
        for rule in &cause.rules {
            say(&mut out, &format!("    taskwright explain {rule}"))?;
        }
    }
    for echo in &found.echoes {
        say(&mut out, &format!("{}: {}", words::follows(lang), echo.title))?;
    }
    say(&mut out, &words::rules_as_of(lang))
}

/// All questions at once, each end below its answers.
fn asked(out: &mut impl Write, ask: &AskJson, depth: usize) -> io::Result<()> {
    let room = "    ".repeat(depth);
    say(out, &format!("{room}{}", ask.text))?;
    for answer in &ask.answers {
        say(out, &format!("{room}- {}", answer.text))?;
        if let Some(end) = &answer.cause {
            say(out, &format!("{room}    {}", end.title))?;
            say(out, &format!("{room}    {}", end.how))?;
        }
        if let Some(next) = &answer.question {
            asked(out, next, depth + 1)?;
        }
    }
    Ok(())
}

fn tell(out: &mut impl Write, lang: Lang, told: &CauseJson) -> io::Result<()> {
    say(out, &told.title)?;
    say(out, &format!("    “{}”", told.quote))?;
    say(out, &format!("    {}: {}", words::why(lang), told.why))?;
    say(out, &format!("    {}: {}", words::how(lang), told.how))
}
