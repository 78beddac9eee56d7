//! Words that are spelt alike.

use super::work;

/// Longest word that is compared letter by letter, bytes: the longest name that AWS takes anywhere.
const LONGEST: usize = 255;
/// Most names that are looked through for one that was meant.
const CANDIDATES: usize = 100;

/// The same word, whatever its capitals and hyphens.
pub(super) fn same_word(a: &str, b: &str) -> bool {
    let bare = |t: &str| t.chars().filter(|c| !matches!(c, '_' | '-')).map(|c| c.to_ascii_lowercase()).collect::<String>();
    bare(a) == bare(b)
}

/// Equal when case, `_` and `-` do not count, or one or two letters apart in words of five and more.
/// A word of more than [`LONGEST`] bytes is like no other.
pub(super) fn alike(a: &str, b: &str) -> bool {
    work::spend(1);
    if a.len().max(b.len()) > LONGEST {
        return false;
    }
    let bare = |t: &str| t.chars().filter(|c| !matches!(c, '_' | '-')).flat_map(char::to_lowercase).collect::<Vec<_>>();
    let (a, b) = (bare(a), bare(b));
    work::spend((a.len() + b.len()) / 8);
    // Each letter of difference in length is one in distance.
    if a == b || a.len().abs_diff(b.len()) > 2 || a.len().min(b.len()) < 5 {
        return a == b;
    }
    work::spend(a.len() * b.len() / 8);
    strsim::generic_levenshtein(&a, &b) <= 2
}

/// The name that is spelt most like `word`: the same whatever its capitals, or else the nearest of those that are [`alike`], or of
/// short ones one letter away. Only so many are looked at: what a suggestion costs has a bound.
pub(super) fn nearest<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > LONGEST {
        return None;
    }
    let lower = word.to_ascii_lowercase();
    let distance = |name: &str| {
        work::spend(1 + name.len() * lower.len() / 8);
        strsim::levenshtein(&name.to_ascii_lowercase(), &lower)
    };
    let short = |name: &str| (3..5).contains(&name.len().min(word.len())) && name.len().abs_diff(word.len()) <= 1 && distance(name) == 1;
    let near = names.take(CANDIDATES).filter(|name| alike(name, word) || short(name));
    near.map(|name| (if same_word(name, word) { 0 } else { 1 + distance(name) }, name)).min().map(|(_, name)| name)
}
