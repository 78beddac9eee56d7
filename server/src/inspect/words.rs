//! Facts and failures of looks in words. Texts of images are hostile: they become one line without hidden characters.

use app::tr;
use registry::Error;
use taskdef::{
    Lang,
    facts::{Has, ImageFacts},
    shown,
};

/// Characters of one value.
const LONGEST: usize = 300;

/// What went wrong, and what to do.
pub fn problem(lang: Lang, error: &Error) -> (String, &'static str) {
    let (what, how) = match error {
        Error::Reference => (tr!(lang, inspect.p_reference), tr!(lang, inspect.p_reference_do)),
        Error::HostNotAllowed(host) => return (tr!(lang, inspect.p_host, host = shown::line(host)), tr!(lang, inspect.p_host_do)),
        Error::Ecr => (tr!(lang, inspect.p_ecr), tr!(lang, inspect.p_ecr_do)),
        Error::EcrDenied => (tr!(lang, inspect.p_ecr_denied), tr!(lang, inspect.p_ecr_denied_do)),
        Error::NotPublic(host) => return (tr!(lang, inspect.p_public, host = shown::line(host)), tr!(lang, inspect.p_public_do)),
        Error::Scheme | Error::Redirect => (tr!(lang, inspect.p_redirect), tr!(lang, inspect.p_redirect_do)),
        Error::NotFound { nearest } if nearest.is_empty() => (tr!(lang, inspect.p_missing), tr!(lang, inspect.p_missing_do)),
        Error::NotFound { nearest } => return (tr!(lang, inspect.p_missing_near, tags = nearest.join(", ")), tr!(lang, inspect.p_missing_do)),
        Error::Private => (tr!(lang, inspect.p_private), tr!(lang, inspect.p_private_do)),
        Error::RateLimited { .. } => (tr!(lang, inspect.p_limit), tr!(lang, inspect.p_limit_do)),
        Error::TooLarge { .. } | Error::TooMany { .. } => (tr!(lang, inspect.p_large), tr!(lang, inspect.p_large_do)),
        Error::Digest => (tr!(lang, inspect.p_digest), tr!(lang, inspect.p_digest_do)),
        Error::Unreadable => (tr!(lang, inspect.p_unreadable), tr!(lang, inspect.p_unreadable_do)),
        Error::Timeout => (tr!(lang, inspect.p_timeout), tr!(lang, inspect.p_timeout_do)),
        Error::Unreachable => (tr!(lang, inspect.p_unreachable), tr!(lang, inspect.p_unreachable_do)),
        Error::Busy => (tr!(lang, inspect.p_busy), tr!(lang, inspect.p_busy_do)),
        Error::Budget => (tr!(lang, inspect.p_budget), tr!(lang, inspect.p_budget_do)),
    };
    (what.to_owned(), how)
}

/// A size in the unit that fits: `412 kB`, `31.4 MB`, `1.2 GB`.
pub fn size(bytes: u64) -> String {
    match bytes {
        b if b < 1_000_000 => format!("{} kB", b.div_ceil(1_000)),
        b if b < 1_000_000_000 => format!("{:.1} MB", b as f64 / 1e6),
        b => format!("{:.1} GB", b as f64 / 1e9),
    }
}

/// The facts as rows of a table: what is empty in the image is left out, except what readers look for.
pub fn rows(lang: Lang, facts: &ImageFacts) -> Vec<(&'static str, String)> {
    let nothing = || tr!(lang, inspect.nothing).to_owned();
    let list = |texts: &[String]| if texts.is_empty() { nothing() } else { short(&texts.join(", ")) };
    let words = |texts: &[String]| if texts.is_empty() { nothing() } else { short(&serde_json::to_string(texts).unwrap_or_default()) };
    let platforms: Vec<String> = facts.platforms.iter().map(ToString::to_string).collect();
    let mut rows = vec![
        (tr!(lang, inspect.digest), facts.digest.clone()),
        (tr!(lang, inspect.platforms), list(&platforms)),
        (tr!(lang, inspect.details), facts.platform.to_string()),
        (tr!(lang, inspect.size), size(facts.size)),
        (tr!(lang, inspect.ports), list(&facts.ports)),
        (tr!(lang, inspect.user), if facts.user.is_empty() { tr!(lang, inspect.root).to_owned() } else { short(&facts.user) }),
        (tr!(lang, inspect.entry_point), words(&facts.entry_point)),
        (tr!(lang, inspect.command), words(&facts.command)),
        (tr!(lang, inspect.check), facts.healthcheck.as_ref().map_or_else(nothing, |check| words(&check.test))),
    ];
    let given = [
        (tr!(lang, inspect.directory), short(&facts.working_directory)),
        (tr!(lang, inspect.variables), short(&facts.variables.join(", "))),
        (tr!(lang, inspect.volumes), short(&facts.volumes.join(", "))),
        (tr!(lang, inspect.signal), short(&facts.stop_signal)),
    ];
    rows.extend(given.into_iter().filter(|(_, value)| !value.is_empty()));
    if let Some(layers) = &facts.layers {
        for (label, has) in [(tr!(lang, inspect.has), Has::Yes), (tr!(lang, inspect.lacks), Has::No), (tr!(lang, inspect.unsure), Has::Unknown)] {
            let names: Vec<&str> = layers.programs.iter().filter(|(_, h)| *h == has).map(|(name, _)| *name).collect();
            if !names.is_empty() {
                rows.push((label, names.join(", ")));
            }
        }
        let hosts: Vec<&str> = layers.nginx.iter().flatten().map(|host| host.target.as_str()).collect();
        if !hosts.is_empty() {
            rows.push((tr!(lang, inspect.nginx), short(&hosts.join(", "))));
        }
    }
    rows
}

/// The same of an image of which only a part is known: nothing that may only not be known is said.
pub fn told(lang: Lang, facts: &ImageFacts) -> Vec<(&'static str, String)> {
    let silent = ["", tr!(lang, inspect.nothing), tr!(lang, inspect.root)];
    rows(lang, facts).into_iter().filter(|(label, value)| *label != tr!(lang, inspect.size) && !silent.contains(&value.as_str())).collect()
}

/// One line of a bounded length.
fn short(text: &str) -> String {
    let line = shown::line(text);
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_failure_has_its_words_in_both_languages() {
        let nearest = vec!["1.0".to_owned()];
        let all = [
            Error::Reference,
            Error::HostNotAllowed("x\u{1b}[2J".into()),
            Error::Ecr,
            Error::EcrDenied,
            Error::NotPublic("y".into()),
            Error::Scheme,
            Error::Redirect,
            Error::NotFound { nearest: Vec::new() },
            Error::NotFound { nearest },
            Error::Private,
            Error::RateLimited { remaining: None },
            Error::TooLarge { what: "manifest", limit: 1 },
            Error::TooMany { what: "layers", limit: 1 },
            Error::Digest,
            Error::Unreadable,
            Error::Timeout,
            Error::Unreachable,
            Error::Busy,
            Error::Budget,
        ];
        let mut seen = std::collections::HashSet::new();
        for error in &all {
            let [en, ko] = [Lang::En, Lang::Ko].map(|lang| problem(lang, error));
            assert!(!en.0.is_empty() && !ko.0.is_empty() && en != ko && !en.0.contains('\u{1b}'), "{error:?}");
            seen.insert(en.0);
        }
        assert_eq!(seen.len(), 17);
    }

    #[test]
    fn sizes_are_in_the_unit_that_fits() {
        assert_eq!([1, 412_000, 31_400_000, 1_250_000_000].map(size), ["1 kB", "412 kB", "31.4 MB", "1.2 GB"]);
    }
}
