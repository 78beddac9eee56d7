//! The language of an answer that the address does not name.

use super::cookies::Cookies;
use axum::http::{HeaderMap, header};
use taskdef::Lang;

/// The first language of Accept-Language that Taskwright speaks. A quality of 0 excludes a language.
pub fn accepted(headers: &HeaderMap) -> Option<Lang> {
    let text = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let mut wishes: Vec<(f32, Lang)> = Vec::new();
    for part in text.split(',') {
        let (tag, parameters) = part.split_once(';').unwrap_or((part, ""));
        let quality = parameters.trim().strip_prefix("q=").map_or(Some(1.0), |q| q.parse().ok()).unwrap_or(0.0);
        if let Some(lang) = Lang::parse(tag.trim().split('-').next().unwrap_or("").to_ascii_lowercase().as_str()) {
            wishes.push((quality, lang));
        }
    }
    wishes.retain(|(q, _)| *q > 0.0);
    wishes.sort_by(|a, b| b.0.total_cmp(&a.0));
    wishes.first().map(|(_, lang)| *lang)
}

/// The visitor's language: the cookie, else Accept-Language, else Korean.
pub fn of_visitor(headers: &HeaderMap) -> Lang {
    Cookies::of(headers).lang().or_else(|| accepted(headers)).unwrap_or(Lang::Ko)
}

/// The language of a page at `path`: its first segment, else the visitor's.
pub fn of_page(path: &str, headers: &HeaderMap) -> Lang {
    path.split('/').nth(1).and_then(Lang::parse).unwrap_or_else(|| of_visitor(headers))
}
