//! Values as a report may show them.

use crate::{facts::secret, shown::visible};

/// What stands for a value that the secret guard suspects.
const MASK: &str = "••••••";

/// Most characters of a value that are shown.
const LONGEST: usize = 80;

/// A value of a key: cut, without control characters, and masked where key or value look like a credential.
///
/// ```
/// use taskdef::formats::report::masked;
/// assert_eq!(masked("image", "nginx:1.27"), "nginx:1.27");
/// assert_eq!(masked("DB_PASSWORD", "correct-horse-9"), "••••••");
/// assert_eq!(masked("environment", "DB_PASSWORD=correct-horse-9"), "DB_PASSWORD=••••••");
/// ```
pub fn value(key: &str, value: &str) -> String {
    if secret::of_pair(key, value) {
        return MASK.to_owned();
    }
    if let Some((name, rest)) = value.split_once('=')
        && !name.contains(char::is_whitespace)
        && (secret::of_pair(name.trim_start_matches('-'), rest) || secret::of_value(rest).is_some())
    {
        return format!("{}={MASK}", cut(name));
    }
    if is_suspect(value) { MASK.to_owned() } else { cut(value) }
}

/// A line of the input, for an error: every word that looks like a credential is masked.
pub fn line(text: &str) -> String {
    let (mut out, mut before) = (String::new(), "");
    for word in text.split_inclusive(char::is_whitespace) {
        let plain = word.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ',' | '“' | '”'));
        let name = before.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ':' | '=' | ','));
        let pair =
            plain.split_once([':', '=']).is_some_and(|(name, rest)| secret::of_pair(name.trim_matches(['"', '\'', '-']), rest.trim_matches(['"', '\''])));
        if !plain.is_empty() && (pair || is_suspect(plain) || secret::of_pair(name.trim_start_matches('-'), plain)) {
            out.push_str(MASK);
            out.push(' ');
        } else {
            out.push_str(word);
        }
        before = word;
    }
    cut(out.trim_end())
}

/// Whether a value looks like a credential, as a whole or in one of its words.
pub(in crate::formats) fn is_suspect(value: &str) -> bool {
    let pair = |word: &str| word.split_once('=').is_some_and(|(name, rest)| secret::of_pair(name.trim_start_matches('-'), rest.trim_matches(['"', '\''])));
    secret::of_value(value).is_some() || value.split_whitespace().any(pair)
}

fn cut(text: &str) -> String {
    let short: String = text.chars().take(LONGEST).collect();
    let more = if short.len() < text.len() { "…" } else { "" };
    format!("{}{more}", visible(&short))
}
