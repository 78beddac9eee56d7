//! What AWS said when something went wrong, read back to its cause: an API error, a stopped reason, a service event,
//! a log line, or a whole describe-tasks output. Cut short or in the middle of other words, it is found all the same.
//!
//! ```
//! use taskdef::diagnose;
//! let causes = diagnose::diagnose("CannotPullContainerError: image Manifest does not contain descriptor matching platform 'linux/amd64'");
//! assert_eq!(causes[0].known.id, "pull-platform");
//! assert!(diagnose::diagnose("Hello").is_empty());
//! ```

mod cure;
mod known;
mod place;
mod read;

pub use cure::cure;
pub use known::{KNOWN, Known};
pub use place::place;
pub use read::Quote;

use crate::Lang;

/// Causes that are told at once.
const MOST: usize = 4;

/// A known cause, and the words that gave it away.
#[derive(Clone, Debug)]
pub struct Cause {
    /// What is known of it.
    pub known: &'static Known,
    /// They, as they were pasted.
    pub quote: Quote,
}

/// The causes that a text names, the first of the table first. What says no more than that something failed is told
/// only where nothing else is.
pub fn diagnose(text: &str) -> Vec<Cause> {
    let said = read::messages(text);
    let mut causes: Vec<Cause> = Vec::new();
    for known in KNOWN {
        if let Some(quote) = said.iter().find_map(|message| known.quote(message)) {
            causes.push(Cause { known, quote });
        }
    }
    let of = |id: &str| causes.iter().any(|c| c.known.id == id);
    let hidden: Vec<&str> = causes.iter().flat_map(|c| c.known.hides).copied().filter(|id| of(id)).collect();
    causes.retain(|c| !hidden.contains(&c.known.id));
    if causes.iter().any(|c| !c.known.general) {
        causes.retain(|c| !c.known.general);
    }
    causes.truncate(MOST);
    causes
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
        for known in KNOWN {
            assert!(ids.insert(known.id), "{} twice", known.id);
            assert!(!known.patterns.is_empty() && (known.own.is_some() || !known.rules.is_empty()), "{}", known.id);
            for lang in Lang::ALL {
                let (what, why, cure) = words(lang, known);
                assert!(!what.is_empty() && !why.is_empty() && !cure.is_empty(), "{} in {lang:?}", known.id);
                assert!(!what.contains('{') && why.ends_with(['.', '”']) && cure.ends_with('.'), "{} in {lang:?}", known.id);
            }
        }
        for known in KNOWN {
            assert!(known.hides.iter().all(|h| ids.contains(h)), "{}", known.id);
        }
        assert!(ids.len() >= 90, "{}", ids.len());
    }

    #[test]
    fn no_pattern_is_found_in_another_one_unless_it_hides_it() {
        for known in KNOWN {
            for pattern in known.patterns {
                let causes = diagnose(&pattern.replace('*', " x "));
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
