//! What a text that is not known resembles: a slip in a long word, or most words of a known text in another order or wording.

use super::{
    known::{KNOWN, Known},
    read::Message,
};

/// Characters and words of a text that are compared.
const LONGEST: usize = 2_000;
const MOST_WORDS: usize = 60;

/// Most of them that are told.
const MOST: usize = 3;

/// Shortest word that tells a text by itself: `CannotPullContainerError`.
const TELLING: usize = 12;

/// Shortest word in which slips are forgiven, and how many.
const SLIP: usize = 5;
const SLIPS_OF_LONG: usize = 2;

/// Fewest words of a known text, and of those that tell, and the part of the latter that must be there.
const FEWEST: usize = 3;
const FEWEST_TELLING: usize = 2;
const PART: f32 = 0.8;

/// Words of every other error.
const EMPTY: [&str; 20] = [
    "the",
    "not",
    "does",
    "exist",
    "such",
    "file",
    "directory",
    "specified",
    "found",
    "failed",
    "error",
    "with",
    "for",
    "and",
    "this",
    "that",
    "when",
    "has",
    "was",
    "you",
];

/// The nearest known texts, the nearest first. Nothing where nothing is near.
pub fn near(text: &str) -> Vec<&'static Known> {
    let text: String = text.chars().take(LONGEST).collect();
    let plain = Message::new(&text).plain;
    let said: Vec<&str> = words(&plain).take(MOST_WORDS).collect();
    let mut found: Vec<(f32, &Known)> = KNOWN.iter().filter_map(|known| Some((score(known, &said)?, known))).collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.into_iter().take(MOST).map(|(_, known)| known).collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= 3)
}

/// The best of its patterns.
fn score(known: &Known, said: &[&str]) -> Option<f32> {
    let of = |pattern: &&str| {
        let wanted: Vec<&str> = words(pattern).collect();
        let here = |word: &&&str| said.iter().any(|other| same(word, other));
        let count = wanted.iter().filter(here).count();
        let (mut telling, mut told) = (0, 0);
        for word in wanted.iter().filter(|word| !EMPTY.contains(word)) {
            telling += 1;
            told += usize::from(here(&word));
        }
        let part = told as f32 / telling.max(1) as f32;
        let whole = wanted.len() <= 2 && wanted.iter().any(|word| letters(word) >= TELLING && here(&word));
        (whole || (count >= FEWEST && told >= FEWEST_TELLING && part >= PART)).then_some(part + count as f32 / 100.0)
    };
    known.patterns.iter().filter_map(of).reduce(f32::max)
}

fn same(wanted: &str, said: &str) -> bool {
    if wanted == said {
        return true;
    }
    // A Korean word of four letters has twelve bytes, and tells nothing by itself.
    let length = letters(wanted);
    let slips = match length {
        TELLING.. => SLIPS_OF_LONG,
        SLIP.. => 1,
        _ => return false,
    };
    let near = |said: &str| length.abs_diff(letters(said)) <= slips && strsim::damerau_levenshtein(wanted, said) <= slips;
    // Of a long word the known text has the beginning: `CannotPullContainer` of `CannotPullContainerError`.
    let beginning = || said.char_indices().nth(length).map_or(said, |(end, _)| &said[..end]);
    near(said) || (length >= TELLING && near(beginning()))
}

fn letters(word: &str) -> usize {
    word.chars().count()
}
