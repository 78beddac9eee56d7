//! `taskwright inspect`: what a registry says about an image, on a terminal.

use super::{FAILED, args::Inspect, complain, ended, look::Looker, say};
use crate::{
    api::inspect::Inspected,
    inspect::{Inspector, words},
};
use registry::{Depth, Look};
use std::{
    io::{self, Write},
    process::ExitCode,
};
use taskdef::shown;

/// Looks into an image. 1 where the registry has none, 2 where that is not known.
pub fn run(options: &Inspect) -> ExitCode {
    let inspector = match Inspector::new(&options.registry, false, None) {
        Ok(inspector) => inspector,
        Err(wrong) => {
            complain(&wrong);
            return ExitCode::from(FAILED);
        }
    };
    let depth = if options.layers { Depth::Layers } else { Depth::Configuration };
    let answer = super::wait(Looker::new(&inspector).look(&options.image, &options.platform, depth));
    match answer {
        Ok(Some(Ok(look))) => ended(if options.json { json(&options.image, look) } else { table(options, &look) }, ExitCode::SUCCESS),
        Ok(Some(Err(failed))) => {
            let (what, how) = failed.words(options.lang);
            complain(&format!("{}: {what}", options.image));
            complain(&how);
            if failed.is_missing() { ExitCode::FAILURE } else { ExitCode::from(FAILED) }
        }
        Ok(None) | Err(_) => ExitCode::from(FAILED),
    }
}

fn json(image: &str, look: Look) -> io::Result<()> {
    writeln!(io::stdout().lock(), "{}", shown::json(&serde_json::to_string_pretty(&Inspected::new(image, look))?))
}

fn table(options: &Inspect, look: &Look) -> io::Result<()> {
    let rows = words::rows(options.lang, &look.facts);
    // Korean letters take two columns, as a terminal draws them.
    let width = |label: &str| label.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let widest = rows.iter().map(|(label, _)| width(label)).max().unwrap_or(0);
    let mut out = io::stdout().lock();
    say(&mut out, &options.image)?;
    rows.iter().try_for_each(|(label, value)| say(&mut out, &format!("  {label}{}  {value}", " ".repeat(widest - width(label)))))
}
