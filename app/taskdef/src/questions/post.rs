//! A whole form, as a browser without JavaScript posts it.

use super::{change, rendered};
use crate::Draft;
use std::collections::{HashMap, HashSet};

/// Questions that others depend on; they are answered first.
const FIRST: [&str; 5] = ["/cluster/launch", "/region", "platform", "size", "logs"];

/// Most pairs of a form that are read: a page has a few hundred.
pub const MOST_PAIRS: usize = 5_000;

/// Reads an urlencoded body; bytes that are no UTF-8 become U+FFFD. What comes after [`MOST_PAIRS`] is left out.
pub fn decode(body: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(body).take(MOST_PAIRS).map(|(k, v)| (k.into_owned(), v.into_owned())).collect()
}

/// The draft as the form leaves it. `base` is the revision that the form was rendered from: a pair
/// that says what that revision showed changes nothing, so wrong values survive as they were typed.
pub fn apply_post(base: &Draft, pairs: &[(String, String)]) -> Draft {
    let mut draft = base.clone();
    let pairs = &pairs[..pairs.len().min(MOST_PAIRS)];
    // The last of several of one name counts.
    let values: HashMap<&str, &str> = pairs.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let posted = |name: &str| values.get(name).copied();
    let names = pairs.iter().map(|(n, _)| n.as_str());
    let kinds = names.clone().filter(|n| n.ends_with("~kind"));
    let forms = names.clone().filter(|n| n.ends_with("~form"));
    let rest = names.filter(|n| !FIRST.contains(n) && !n.ends_with("~kind") && !n.ends_with("~form"));
    let mut done: HashSet<&str> = HashSet::new();
    for name in FIRST.into_iter().chain(kinds).chain(forms).chain(rest) {
        if !done.insert(name) {
            continue;
        }
        let Some(value) = posted(name) else { continue };
        if !is_hidden(name, &posted) && !shows(base, name, value) {
            let edit = change(&draft, name, value);
            // An edit is made for this very document, so it fits.
            let _ = edit.apply(draft.root_mut());
        }
    }
    draft
}

/// Whether a control belongs to an answer that was not picked, so that its content does not count.
fn is_hidden<'a>(name: &str, posted: &impl Fn(&str) -> Option<&'a str>) -> bool {
    match name.split_once('~') {
        Some((place, part @ ("port" | "path" | "form" | "text"))) => {
            posted(&format!("{place}~kind")).is_some_and(|kind| (kind == "own") != matches!(part, "form" | "text"))
        }
        _ => name == "size-exact" && posted("size").is_some_and(|s| s != "exact"),
    }
}

/// Whether `value` is what a browser sends back untouched. Inputs lose line breaks, text areas send
/// CRLF, and NUL becomes U+FFFD.
fn shows(base: &Draft, name: &str, value: &str) -> bool {
    let now = rendered(base, name);
    if name.ends_with("~text") {
        let lf = |t: &str| t.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "\u{fffd}");
        lf(&now) == lf(value)
    } else {
        let flat = |t: &str| t.replace(['\r', '\n'], "").replace('\0', "\u{fffd}");
        flat(&now) == flat(value)
    }
}
