//! `taskwright convert`: a definition in another format.

use super::{FAILED, args::Convert, complain, ended, import, say, sources, words};
use crate::api::export::report;
use std::{
    collections::HashSet,
    fs::{self, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};
use taskdef::{
    Draft,
    formats::{
        self,
        export::{Exported, Options, export, file_name},
    },
    shown,
};

/// Reads files of any format and writes them in another. What the files do not say goes to standard error.
pub fn run(options: &Convert) -> ExitCode {
    let lang = options.lang;
    let failed = |said: &str| {
        complain(said);
        ExitCode::from(FAILED)
    };
    let input = match import::input(lang, &options.input) {
        Ok(input) => input,
        Err(said) => return failed(&said),
    };
    let found = match formats::drafts(&input, options.region.as_deref(), options.launch_type) {
        Ok(found) => found,
        Err(refusal) => return failed(&import::refused(lang, &input, &refusal)),
    };
    if let Err(error) = import::report(lang, &input, &found) {
        return ended(Err(error), ExitCode::SUCCESS);
    }
    let several = found.drafts.len() > 1 && options.task.is_none();
    let drafts: Vec<&Draft> = match (found.task(options.task.as_deref()), &options.out) {
        (Ok(draft), _) => vec![draft],
        (Err(_), Some(_)) if several => found.drafts.iter().map(|made| &made.draft).collect(),
        (Err(refusal), _) => return failed(&format!("{}. {}", refusal.words(lang), words::which_task(lang))),
    };
    let folders = folders(options, &drafts, several);
    for (draft, folder) in drafts.into_iter().zip(folders) {
        let made = match export(options.to, draft, &Options { surroundings: !options.bare, ..Options::new(lang) }) {
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
        let written = match &folder {
            Some(folder) => into(folder, &made, options),
            None => first(&made, options),
        };
        match written.and_then(|()| tell(&made, options)) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return ExitCode::from(FAILED),
            Err(error) => return ended(Err(error), ExitCode::SUCCESS),
            Ok(()) => {}
        }
    }
    ExitCode::SUCCESS
}

/// The folder of each draft's files; none where the first file is printed. Several drafts have a folder each.
fn folders(options: &Convert, drafts: &[&Draft], several: bool) -> Vec<Option<PathBuf>> {
    let mut taken = HashSet::new();
    let own = |draft: &&Draft| {
        let folder = options.out.as_ref()?;
        if !several {
            return Some(folder.clone());
        }
        let name = file_name(draft.family());
        let name = name.trim_end_matches(".json").to_owned();
        let name = (1..).map(|n| if n == 1 { name.clone() } else { format!("{name}-{n}") }).find(|name| taken.insert(name.to_ascii_lowercase()));
        Some(folder.join(name?))
    };
    drafts.iter().map(own).collect()
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
