//! Tags that are spelt like one that is not there.

use serde::Deserialize;

/// Bytes of a list of tags.
pub(crate) const LARGEST: usize = 4 * 1024 * 1024;
const MOST: usize = 5;
/// Below this likeness (0 to 1), a tag is another one and no misspelling.
const LEAST: f64 = 0.6;
/// Tags that are compared.
const COMPARED: usize = 50_000;

#[derive(Deserialize)]
struct RawTags {
    tags: Option<Vec<String>>,
}

/// At most five tags of a registry's list (`GET /v2/…/tags/list`), the most alike first.
pub(crate) fn nearest(list: &[u8], tag: &str) -> Vec<String> {
    let Ok(RawTags { tags: Some(tags) }) = serde_json::from_slice(list) else { return Vec::new() };
    let valid = |t: &String| t != tag && taskdef::grammar::image::parse(&format!("a:{t}")).is_ok();
    let mut all: Vec<(f64, String)> =
        tags.into_iter().take(COMPARED).filter(valid).map(|t| (strsim::jaro_winkler(tag, &t), t)).filter(|(like, _)| *like >= LEAST).collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    all.into_iter().take(MOST).map(|(_, tag)| tag).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_alike_tags_come_first_and_hostile_ones_are_left_out() {
        let list = br#"{"name":"node","tags":["20-slim","22-slim","22-alpine","current","\u001b[2J22-slin","22-slim "]}"#;
        assert_eq!(nearest(list, "22-slin").first().map(String::as_str), Some("22-slim"));
        assert!(!nearest(list, "22-slin").iter().any(|t| t.contains('\u{1b}') || t.contains(' ')));
        assert!(nearest(b"no json", "x").is_empty() && nearest(br#"{"tags":null}"#, "x").is_empty());
    }
}
