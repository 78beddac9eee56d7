//! `taskwright convert`: a definition in another format.

use super::{
    FAILED,
    args::Convert,
    complain, ended, say,
    sources::{self, Cause, Unreadable},
    words,
};
use crate::api::export::report;
use serde_json::json;
use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::Path,
    process::ExitCode,
};
use taskdef::{
    Draft,
    formats::{
        export::{Exported, Options, export},
        import,
    },
    shown,
};

/// Reads a definition and writes it. What the files do not say goes to standard error.
pub fn run(options: &Convert) -> ExitCode {
    let lang = options.lang;
    let failed = |said: &str| {
        complain(said);
        ExitCode::from(FAILED)
    };
    let read = if options.file == Path::new("-") {
        sources::read_text(io::stdin().lock())
    } else {
        File::open(&options.file).map_err(Cause::from).and_then(sources::read_text)
    };
    let text = match read {
        Ok(text) => text,
        Err(cause) => return failed(&words::unreadable(lang, &Unreadable { name: sources::name_of(&options.file), cause })),
    };
    let definition = match import::from_json(&text) {
        Ok(read) => read.definition,
        Err(error) => return failed(&words::no_definition(lang, &error)),
    };
    let mut draft = Draft::around(definition);
    draft.put("region", json!(options.region.clone().unwrap_or_default()));
    if let (Some(launch), None) = (options.launch_type, draft.launch()) {
        draft.put("cluster", json!({ "launch": launch.as_str() }));
    }
    let made = match export(options.to, &draft, &Options { surroundings: !options.bare, ..Options::new(lang) }) {
        Ok(made) => made,
        Err(error) => {
            let (what, how) = error.words(lang);
            return failed(&format!("{what}. {how}"));
        }
    };
    if options.json {
        let text = serde_json::to_string_pretty(&report(lang, options.to, &made)).unwrap_or_default();
        return ended(writeln!(io::stdout().lock(), "{}", shown::json(&text)), ExitCode::SUCCESS);
    }
    let written = match &options.out {
        Some(folder) => into(folder, &made, options),
        None => first(&made, options),
    };
    let told = written.and_then(|()| tell(&made, options));
    match told {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => ExitCode::from(FAILED),
        told => ended(told, ExitCode::SUCCESS),
    }
}

/// Into a folder; a file that exists stays as it is, and then none is written.
fn into(folder: &Path, made: &Exported, options: &Convert) -> io::Result<()> {
    if let Some(there) = made.files.iter().map(|f| folder.join(&f.name)).find(|path| path.symlink_metadata().is_ok()) {
        complain(&words::exists(options.lang, &sources::name_of(&there)));
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    for file in &made.files {
        let path = folder.join(&file.name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        OpenOptions::new().write(true).create_new(true).open(&path)?.write_all(file.text.as_bytes())?;
        say(&mut io::stdout().lock(), &sources::name_of(&path))?;
    }
    Ok(())
}

/// The first file; the others are named.
fn first(made: &Exported, options: &Convert) -> io::Result<()> {
    let Some((file, others)) = made.files.split_first() else { return Ok(()) };
    io::stdout().lock().write_all(file.text.as_bytes())?;
    if !others.is_empty() {
        let names: Vec<&str> = others.iter().map(|f| f.name.as_str()).collect();
        say(&mut io::stderr().lock(), &words::others(options.lang, &names.join(", ")))?;
    }
    Ok(())
}

fn tell(made: &Exported, options: &Convert) -> io::Result<()> {
    let mut out = io::stderr().lock();
    for loss in &made.losses {
        let place = if loss.place.is_empty() { String::new() } else { format!("{}: ", loss.place) };
        say(&mut out, &format!("{place}{}. {}", loss.text(options.lang), loss.how(options.lang)))?;
    }
    Ok(())
}
