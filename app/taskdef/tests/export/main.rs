//! The files of every format, read back by readers that are not ours.

#![allow(clippy::unwrap_used, missing_docs)]

mod drafts;
#[path = "../support/every.rs"]
mod every;
mod hostile;
mod judged;
mod placeholders;
mod readers;
mod round_trips;
mod secrets;
mod snapshots;

use taskdef::{
    Draft, Lang,
    formats::{
        Format,
        export::{Exported, Options, export},
    },
};

/// The formats that drafts are written in.
fn formats() -> impl Iterator<Item = Format> {
    Format::ALL.into_iter().filter(|f| f.is_exported())
}

fn written(format: Format, draft: &Draft) -> Exported {
    export(format, draft, &Options::new(Lang::En)).unwrap_or_else(|error| panic!("{}: {error}", format.name()))
}

/// Without log groups and roles: the definition and nothing else.
fn bare(format: Format, draft: &Draft) -> Exported {
    export(format, draft, &Options { surroundings: false, ..Options::new(Lang::En) }).unwrap_or_else(|error| panic!("{}: {error}", format.name()))
}

/// The text of a file by its name.
fn file<'e>(exported: &'e Exported, name: &str) -> &'e str {
    &exported.files.iter().find(|f| f.name == name).unwrap_or_else(|| panic!("no {name}")).text
}
