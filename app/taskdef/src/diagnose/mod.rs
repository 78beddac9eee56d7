//! What AWS said when something went wrong, read back to its cause: an API error, a stopped reason, a service event,
//! a log line, or a whole describe-tasks output. Cut short or in the middle of other words, it is found all the same.
//!
//! ```
//! use taskdef::diagnose;
//! let found = diagnose::diagnose("CannotPullContainerError: image Manifest does not contain descriptor matching platform 'linux/amd64'");
//! assert_eq!(found.causes[0].known.id, "pull-platform");
//! assert!(diagnose::diagnose("Hello").causes.is_empty());
//! ```

mod fields;
mod fix;
mod known;
mod near;
mod place;
mod read;
pub mod symptom;

pub use fields::fields;
pub use fix::fix;
pub use known::{KNOWN, Kind, Known, find};
pub use near::near;
pub use place::place;
pub use read::Quote;

use crate::{Lang, grammar::image};

/// Causes, and as many echoes, that are told at once.
const MOST: usize = 4;

/// A known text, and the words that gave it away.
#[derive(Clone, Debug)]
pub struct Cause {
    /// What is known of it.
    pub known: &'static Known,
    /// They, as they were pasted.
    pub quote: Quote,
}

/// What a text says.
#[derive(Clone, Debug, Default)]
pub struct Diagnosis {
    /// Why it failed: what happened first comes first. Empty for a text that is not known.
    pub causes: Vec<Cause>,
    /// What else it says, which follows from the causes or tells of no fault.
    pub echoes: Vec<Cause>,
}

/// Reads a text. What says no more than that something failed, and what only follows from a failure, counts as a cause only
/// where nothing else does.
pub fn diagnose(text: &str) -> Diagnosis {
    let said = read::messages(text);
    let mut found: Vec<Cause> = Vec::new();
    for known in KNOWN.iter() {
        if let Some(quote) = said.iter().find_map(|message| known.quote(message)) {
            found.push(Cause { known, quote });
        }
    }
    let is_one_word = found.is_empty() && text.split_whitespace().count() == 1;
    if (is_one_word || found.iter().any(|c| c.known.id.starts_with("pull-")))
        && !found.iter().any(|c| c.known.id == known::pull::UPPERCASE)
        && let Some((known, quote)) = find(known::pull::UPPERCASE).zip(said.iter().find_map(uppercase))
    {
        found.insert(0, Cause { known, quote });
    }
    let hidden: Vec<&str> = found.iter().flat_map(|c| c.known.hides).copied().collect();
    found.retain(|c| !hidden.contains(&c.known.id));
    let mut of = |kind: Kind| -> Vec<Cause> { found.extract_if(.., |c| c.known.kind == kind).collect() };
    let (causes, general, echoes) = (of(Kind::Cause), of(Kind::General), of(Kind::Echo));
    let mut diagnosis = match (causes.is_empty(), general.is_empty()) {
        (false, _) => Diagnosis { causes, echoes },
        (true, false) => Diagnosis { causes: general, echoes },
        (true, true) => Diagnosis { causes: echoes, echoes: Vec::new() },
    };
    diagnosis.causes.truncate(MOST);
    diagnosis.echoes.truncate(MOST);
    diagnosis
}

/// The address of an image with capital letters, which no registry has: registries only say that they do not find it.
fn uppercase(message: &read::Message) -> Option<Quote> {
    let is_wrong = |word: &&str| {
        let right = word.to_ascii_lowercase();
        // Words around a slash are no address: one has a registry, a tag or a digest.
        let is_address = image::parse(&right).is_ok_and(|r| r.path.contains('/') && (r.registry.is_some() || r.tag.is_some() || r.digest.is_some()));
        is_address && image::parse(word) == Err(image::Fault::Uppercase)
    };
    let words = message.text.split(|c: char| c.is_whitespace() || "\"'`“”‘’(),;".contains(c)).map(|word| word.trim_end_matches([':', '.']));
    let word = words.filter(|word| !word.is_empty()).find(is_wrong)?;
    Some(message.around(word))
}

/// A cause in words: what it is, why it happens, what to do.
pub fn words(lang: Lang, known: &Known) -> (String, String, String) {
    let of_rule = || known.rules.first().map(|rule| rule.message);
    known.own.or_else(of_rule).map(|message| message.explained(lang)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_known_text_has_its_words_in_both_languages() {
        let mut ids = HashSet::new();
        for known in KNOWN.iter() {
            assert!(ids.insert(known.id), "{} twice", known.id);
            assert!(!known.patterns.is_empty() && (known.own.is_some() || !known.rules.is_empty()), "{}", known.id);
            for lang in Lang::ALL {
                let (what, why, how) = words(lang, known);
                assert!(!what.is_empty() && !why.is_empty() && !how.is_empty(), "{} in {lang:?}", known.id);
                assert!(!what.contains('{') && why.ends_with(['.', '”']) && how.ends_with('.'), "{} in {lang:?}", known.id);
            }
        }
        for known in KNOWN.iter() {
            assert!(known.hides.iter().all(|h| ids.contains(h)), "{}", known.id);
            assert!(!known.outside || known.rules.is_empty(), "{}: nothing in a definition is to be changed", known.id);
        }
        assert!(ids.len() >= 160, "{}", ids.len());
    }

    #[test]
    fn no_pattern_is_found_in_another_one_unless_it_hides_it() {
        for known in KNOWN.iter() {
            for pattern in known.patterns {
                let Diagnosis { mut causes, echoes } = diagnose(&pattern.replace('*', " x "));
                causes.extend(echoes);
                assert!(
                    causes.iter().any(|c| c.known.id == known.id),
                    "{pattern} of {} gives {:?}",
                    known.id,
                    causes.iter().map(|c| c.known.id).collect::<Vec<_>>()
                );
            }
        }
    }
}
