//! All entries, made once, and the search in them.

use super::{
    LONGEST, books,
    entry::{Entry, Kind},
    pages,
    rank::rank,
    settings,
    words::Query,
};
use std::sync::LazyLock;
use taskdef::diagnose;

/// Most answers.
const MOST: usize = 24;

/// Most answers of one kind: there are hundreds of rules.
const MOST_OF_A_KIND: usize = 8;

static ALL: LazyLock<Vec<Entry>> = LazyLock::new(|| [settings::entries(), pages::entries(), books::entries()].concat());

/// What answers a question, the best first; at most 24. Of the text, [`LONGEST`] characters are read.
pub fn find(text: &str) -> Vec<&'static Entry> {
    let text: String = text.chars().take(LONGEST).collect();
    let Some(query) = Query::parse(&text) else { return Vec::new() };
    let said = diagnose::diagnose(&text).causes.into_iter().next().map(|cause| format!("error:{}", cause.known.id));
    let ranked = |may_lack: usize| -> Vec<(f32, &'static Entry)> {
        let of = |entry: &'static Entry| {
            // What reads as words of AWS is an error before it is anything else.
            let known = said.as_ref() == Some(&entry.id);
            let score = rank(entry, &query, may_lack).or(known.then_some(0.0))?;
            Some((if known { score + 1000.0 } else { score }, entry))
        };
        ALL.iter().filter_map(of).collect()
    };
    let mut found = ranked(0);
    if found.is_empty() {
        // A whole sentence: half of its words are enough.
        found = ranked(query.words.len() / 2);
    }
    // The order of the index decides between equals.
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut counts = [0; 7];
    found.retain(|(_, entry)| {
        let count = &mut counts[entry.kind as usize];
        *count += 1;
        *count <= MOST_OF_A_KIND
    });
    found.into_iter().take(MOST).map(|(_, entry)| entry).collect()
}

/// What is shown before anything is asked: steps, containers, what can be done, pages.
pub fn start() -> Vec<&'static Entry> {
    let first = |entry: &&Entry| matches!(entry.kind, Kind::Action | Kind::Page) && !["each:check", "page:findings-later"].contains(&entry.id.as_str());
    ALL.iter().filter(first).collect()
}

/// The entries of these ids, in the order of the index.
pub fn named(ids: &[&str]) -> Vec<&'static Entry> {
    ALL.iter().filter(|entry| ids.contains(&entry.id.as_str())).collect()
}

#[cfg(test)]
pub(super) fn all() -> &'static [Entry] {
    &ALL
}
