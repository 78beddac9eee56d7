//! `taskwright validate`.

use super::{
    FAILED,
    args::{Format, InspectDepth, Level, Validate},
    check::{self, Checked, Context},
    complain, ended,
    fix::{self, Fixed},
    look::{Failed, Looker},
    output::{self, Report},
    policy::Policy,
    say,
    sources::{self, Cause, Source, Unreadable},
    words,
};
use crate::inspect::{self, Answered, Inspector};
use registry::Depth;
use std::{
    collections::HashSet,
    io::{self, Write},
    process::ExitCode,
};
use taskdef::{
    Severity,
    facts::Images,
    formats::{self, import},
    lint::autofix::Reach,
    messages,
};

/// Checks, and fixes where that was asked for. See `--help` for the exit codes.
pub fn run(options: &Validate) -> ExitCode {
    let policy = match Policy::load(options.config.as_deref()) {
        Ok(policy) => policy,
        Err(wrong) => {
            complain(&words::wrong(options.lang, &wrong));
            return ExitCode::from(FAILED);
        }
    };
    let (mut sources, mut unreadable) = sources::read(&options.paths);
    for what in &unreadable {
        complain(&words::unreadable(options.lang, what));
    }
    let mut failed = !unreadable.is_empty();
    let images = options.inspect.map(|depth| look(&sources, depth, options, &mut failed)).unwrap_or_default();
    let context = Context { region: options.region.clone(), launch: options.launch_type, images };
    if let Some(reach) = reach(options) {
        for source in &mut sources {
            match fix_one(source, &context, &policy, reach, options) {
                Ok(written) => failed |= !written,
                Err(error) => return ended(Err(error), ExitCode::from(FAILED)),
            }
        }
    }
    let mut checked: Vec<Checked> = Vec::new();
    for source in &sources {
        match check::check(source, &context, &policy) {
            Ok(found) => checked.push(found),
            Err(refusal) => {
                let what = Unreadable { name: source.name.clone(), cause: Cause::Refused(Box::new(refusal)) };
                complain(&words::unreadable(options.lang, &what));
                unreadable.push(what);
                failed = true;
            }
        }
    }
    let format = if options.json { Format::Json } else { options.format };
    let level = options.level.unwrap_or(if matches!(format, Format::Json | Format::Sarif) { Level::Advice } else { Level::Warning });
    let report = Report { checked: &checked, unreadable: &unreadable, lang: options.lang, level, fail_on: options.fail_on };
    let refused = checked.iter().flat_map(Checked::severities).any(|severity| options.fail_on.has(severity));
    let code = match (failed, refused) {
        (true, _) => ExitCode::from(FAILED),
        (false, true) => ExitCode::FAILURE,
        (false, false) => ExitCode::SUCCESS,
    };
    ended(output::print(format, &report), code)
}

/// Looks into the images of all files. What cannot be known without a sign-in is said; what failed fails the run.
fn look(sources: &[Source], depth: InspectDepth, options: &Validate, failed: &mut bool) -> Images {
    let depth = if depth == InspectDepth::Layers { Depth::Layers } else { Depth::Configuration };
    let inspector = match Inspector::new(&options.registry, false, None) {
        Ok(inspector) => inspector,
        Err(wrong) => {
            complain(&wrong);
            *failed = true;
            return Images::default();
        }
    };
    let mut seen = HashSet::new();
    let mut answers: Vec<Answered> = Vec::new();
    let mut looker = Looker::new(&inspector);
    for source in sources {
        for definition in formats::definitions(&source.input()) {
            let platform = inspect::platform(&definition);
            for image in inspect::images(&definition).into_iter().filter(|image| seen.insert(image.clone())) {
                match super::wait(looker.look(&image, &platform, depth)) {
                    Ok(Some(Ok(look))) => answers.push((image, Ok(look))),
                    Ok(Some(Err(Failed::Registry(error @ registry::Error::NotFound { .. })))) => answers.push((image, Err(error))),
                    Ok(Some(Err(why))) => {
                        complain(&format!("{image}: {}", why.words(options.lang).0));
                        *failed |= !why.is_closed();
                    }
                    Ok(None) => {}
                    Err(error) => {
                        complain(&error.to_string());
                        *failed = true;
                    }
                }
            }
        }
    }
    inspect::looked(&answers)
}

fn reach(options: &Validate) -> Option<Reach> {
    match (options.fix, options.fix_all, options.diff) {
        (_, true, _) => Some(Reach::All),
        (true, false, _) | (false, false, true) => Some(Reach::Safe),
        (false, false, false) => None,
    }
}

/// Fixes one file, says what changed, and leaves the text as the file has it now; whether the file could be written.
fn fix_one(source: &mut Source, context: &Context, policy: &Policy, reach: Reach, options: &Validate) -> io::Result<bool> {
    let lang = options.lang;
    let fixed = fix::fix(source, context, policy, reach);
    let changed = fixed.text != source.text;
    let mut written = true;
    if changed && !options.diff {
        let done = match &source.path {
            Some(path) => fix::write(path, &source.text, &fixed.text).map_err(|error| words::unwritten(lang, &source.name, &error)),
            None => Err(words::no_file(lang).to_owned()),
        };
        if let Err(said) = &done {
            complain(said);
            written = false;
        }
    }
    if written {
        // Standard output belongs to the format where a program reads it.
        let readable = matches!(options.format, Format::Text) && !options.json;
        if readable { tell(&mut io::stdout().lock(), source, &fixed, options)? } else { tell(&mut io::stderr().lock(), source, &fixed, options)? }
    }
    if changed && written && !options.diff {
        source.text = fixed.text;
    }
    Ok(written)
}

fn tell(out: &mut impl Write, source: &Source, fixed: &Fixed, options: &Validate) -> io::Result<()> {
    let lang = options.lang;
    if fixed.text != source.text {
        for line in fix::difference(&source.name, &source.text, &fixed.text).lines() {
            say(out, line)?;
        }
    }
    let places = import::read(&source.text).ok().map(|(_, places)| places);
    let at = |finding: &taskdef::Finding| {
        let (line, column) = places.as_ref().and_then(|places| places.of([finding.path.as_str()]).pop()).unwrap_or((1, 1));
        format!("{}:{line}:{column}", source.name)
    };
    for finding in &fixed.made {
        let label = messages::of_finding(lang, finding).labels.into_iter().next().unwrap_or_default();
        say(out, &format!("{}: {}[{}] {label}", at(finding), words::fixed(lang, options.diff), finding.rule))?;
    }
    for (finding, why) in fixed.left.iter().filter(|(f, _)| f.severity != Severity::Advice || options.level == Some(Level::Advice)) {
        say(out, &format!("{}: {}[{}] {}", at(finding), words::severity(lang, finding.severity), finding.rule, words::left(lang, finding, why)))?;
    }
    Ok(())
}
