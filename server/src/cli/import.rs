//! `taskwright import`: files of other tools as task definitions, with the report of what became of each part.

use super::{
    FAILED,
    args::{Import as Options, InputFiles},
    complain, ended, say,
    sources::{self, Cause, Unreadable},
    words,
};
use crate::api::import::answer;
use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};
use taskdef::{
    Lang,
    formats::{
        Format, export,
        import::{Import, Input, LARGEST, Refusal, Source, import},
        report::{Entry, Outcome},
    },
    shown,
};

/// Reads files. 1 where the report has questions or something that will break, 2 where there is nothing to read.
pub fn run(options: &Options) -> ExitCode {
    let lang = options.lang;
    let input = match input(lang, &options.input) {
        Ok(input) => input,
        Err(said) => {
            complain(&said);
            return ExitCode::from(FAILED);
        }
    };
    let found = match import(&input) {
        Ok(found) => found,
        Err(refusal) => {
            complain(&refused(lang, &input, &refusal));
            return ExitCode::from(FAILED);
        }
    };
    let urgent = found.report.notes.iter().chain(&found.report.entries).any(|entry| entry.breaks && entry.outcome != Outcome::Exact);
    let code = if urgent { ExitCode::FAILURE } else { ExitCode::SUCCESS };
    let printed = if options.json {
        serde_json::to_string_pretty(&answer(lang, &input, &found))
            .map_err(io::Error::from)
            .and_then(|text| writeln!(io::stdout().lock(), "{}", shown::json(&text)))
    } else {
        report(lang, &input, &found).and_then(|()| definitions(options, &found))
    };
    ended(printed, code)
}

/// What the arguments name: files, their format, answers.
///
/// # Errors
/// Why there is nothing to read, in words.
pub(super) fn input(lang: Lang, named: &InputFiles) -> Result<Input, String> {
    let format = match named.from.as_deref().map(Format::parse) {
        Some(None) => return Err(words::no_format(lang, Format::ALL.into_iter().filter(|f| f.is_imported()).map(Format::name))),
        found => found.flatten(),
    };
    let read = |file: &PathBuf| source(file).map_err(|cause| words::unreadable(lang, &Unreadable { name: sources::name_of(file), cause }));
    let files = named.files.iter().map(read).collect::<Result<Vec<Source>, String>>()?;
    Ok(Input { files, format, answers: named.answer.iter().filter_map(|answer| answer.split_once('=')).collect() })
}

/// Why nothing could be read: file, line, what, and what to do.
pub(super) fn refused(lang: Lang, input: &Input, refusal: &Refusal) -> String {
    let name = input.files.get(refusal.place.file).map_or("-", |file| file.name.as_str());
    format!("{name}: {}", words::refused(lang, refusal))
}

fn source(file: &Path) -> Result<Source, Cause> {
    let mut bytes = Vec::new();
    let most = LARGEST as u64 + 1;
    if file == Path::new("-") {
        io::stdin().lock().take(most).read_to_end(&mut bytes)?;
    } else {
        File::open(file)?.take(most).read_to_end(&mut bytes)?;
    }
    if bytes.len() > LARGEST {
        return Err(Cause::TooLarge);
    }
    Source::from_bytes(sources::name_of(file), &bytes).map_err(|_| Cause::NotUtf8(1))
}

/// What became of each part, on standard error: standard output has the definition.
pub(super) fn report(lang: Lang, input: &Input, found: &Import) -> io::Result<()> {
    let mut out = io::stderr().lock();
    if found.format == Format::Json && found.report.entries.is_empty() {
        return Ok(());
    }
    say(&mut out, found.format.label(lang))?;
    for entry in found.report.by_weight().into_iter().filter(|entry| entry.outcome != Outcome::Exact) {
        say(&mut out, &line(lang, input, entry))?;
    }
    for question in found.questions.iter().filter(|question| !question.choices.is_empty()) {
        let choices: Vec<&str> = question.choices.iter().map(|choice| choice.value.as_str()).collect();
        say(&mut out, &format!("? {} --answer '{}={}' ({})", question.words(lang), question.id, question.answer, choices.join(" | ")))?;
    }
    Ok(())
}

fn line(lang: Lang, input: &Input, entry: &Entry) -> String {
    let sign = match (entry.outcome, entry.breaks) {
        (Outcome::Asked, _) => "?",
        (Outcome::Dropped, true) => "x",
        (Outcome::Dropped, false) => "-",
        (Outcome::Changed, _) => "~",
        (Outcome::Elsewhere, _) => ">",
        (Outcome::Exact, _) => "=",
    };
    let name = input.files.get(entry.place.file).map_or("-", |file| file.name.as_str());
    let place = if entry.place.line > 0 { format!("{name}:{}: ", entry.place.line) } else { String::new() };
    format!("{sign} {place}{} {}", entry.path, entry.words(lang))
}

fn definitions(options: &Options, found: &Import) -> io::Result<()> {
    let Some(folder) = &options.output else {
        let [made] = found.drafts.as_slice() else {
            complain(words::several(options.lang));
            return Ok(());
        };
        return write!(io::stdout().lock(), "{}", shown::json(&export::to_json(made.draft.definition())));
    };
    fs::create_dir_all(folder)?;
    let drafts = found.drafts.iter().map(|made| (export::file_name(&made.name), export::to_json(made.draft.definition())));
    let files = found.files.iter().map(|file| (file.name.clone(), file.text.clone()));
    for (name, text) in drafts.chain(files) {
        // Nothing that is there already is written over.
        let mut file = File::options().write(true).create_new(true).open(folder.join(name))?;
        file.write_all(text.as_bytes())?;
    }
    Ok(())
}
