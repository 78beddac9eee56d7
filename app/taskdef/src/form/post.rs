//! A whole form, as a browser without JavaScript posts it.

use super::{change, rendered};
use crate::Draft;

/// Questions that others depend on; they are answered first.
const FIRST: [&str; 5] = ["/cluster/launch", "/region", "platform", "size", "logs"];

/// Reads an urlencoded body; bytes that are no UTF-8 become U+FFFD.
pub fn decode(body: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(body).map(|(k, v)| (k.into_owned(), v.into_owned())).collect()
}

/// The draft as the form leaves it. `base` is the revision that the form was rendered from: a pair
/// that says what that revision showed changes nothing, so wrong values survive as they were typed.
pub fn apply_post(base: &Draft, pairs: &[(String, String)]) -> Draft {
    let mut draft = base.clone();
    let posted = |name: &str| pairs.iter().rev().find(|(n, _)| n == name).map(|(_, v)| v.as_str());
    let names = pairs.iter().map(|(n, _)| n.as_str());
    let kinds = names.clone().filter(|n| n.ends_with("~kind"));
    let forms = names.clone().filter(|n| n.ends_with("~form"));
    let rest = names.filter(|n| !FIRST.contains(n) && !n.ends_with("~kind") && !n.ends_with("~form"));
    let mut done: Vec<&str> = Vec::new();
    for name in FIRST.into_iter().chain(kinds).chain(forms).chain(rest) {
        if done.contains(&name) {
            continue;
        }
        done.push(name);
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
