//! What a browser keeps for itself, without an account: a mark of its own, and the drafts that it made.
//!
//! Both are cookies that no script reads. Over TLS their names begin with `__Host-`, so that no other host of the same
//! domain can plant one (RFC 6265bis, section 4.1.3.2). A draft comes into the list only where it was made here or where the
//! person said so; opening somebody's link adds nothing.

use crate::http::headers::is_over_tls;
use axum::http::{HeaderMap, HeaderValue, header};

/// Drafts that are remembered.
const MOST: usize = 20;

/// Letters of a token, and of a mark.
const LETTERS: usize = 22;

/// A cookie's value.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
    all.flat_map(|v| v.split(';')).filter_map(|pair| pair.trim().split_once('=')).find(|(n, _)| *n == name).map(|(_, v)| v.to_owned())
}

/// The value of a cookie of ours. One that was given before its name had the prefix still counts.
fn ours(headers: &HeaderMap, name: &str) -> Option<String> {
    let prefixed = is_over_tls(headers).then(|| cookie(headers, &format!("{HOST}{name}"))).flatten();
    prefixed.or_else(|| cookie(headers, name))
}

/// The prefix of cookies that only this host can set.
const HOST: &str = "__Host-";

fn is_word(text: &str) -> bool {
    text.len() == LETTERS && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// The browser's mark; empty where it has none.
pub fn who(headers: &HeaderMap) -> Vec<u8> {
    ours(headers, "me").filter(|m| is_word(m)).map(String::into_bytes).unwrap_or_default()
}

/// Gives a browser a mark where it has none; the one that it has from now on.
pub fn mark(request: &HeaderMap, response: &mut HeaderMap) -> Vec<u8> {
    let known = who(request);
    if !known.is_empty() {
        return known;
    }
    let Ok(token) = drafts::Token::random() else { return known };
    add(request, response, &format!("me={}; Path=/; Max-Age=31536000", token.to_text()));
    token.to_text().into_bytes()
}

/// The drafts that the browser remembers, newest first.
pub fn remembered(headers: &HeaderMap) -> Vec<String> {
    let all = ours(headers, "drafts").unwrap_or_default();
    let mut tokens: Vec<String> = Vec::new();
    // Each once: opening a draft costs work.
    for token in all.split('.').filter(|t| is_word(t)).take(MOST) {
        if !tokens.iter().any(|t| t == token) {
            tokens.push(token.to_owned());
        }
    }
    tokens
}

/// Puts a draft in front, in place of `instead` where it has a new link.
pub fn remember(request: &HeaderMap, response: &mut HeaderMap, token: &str, instead: Option<&str>) {
    let others = remembered(request).into_iter().filter(|t| t != token && Some(t.as_str()) != instead);
    let all: Vec<String> = std::iter::once(token.to_owned()).chain(others).take(MOST).collect();
    keep(request, response, &all);
}

/// The revision of a draft that was exported last from this browser.
pub fn exported(headers: &HeaderMap, token: &str) -> Option<i64> {
    exports(headers).into_iter().find(|(t, _)| t == token).map(|(_, revision)| revision)
}

/// Remembers that a revision was exported.
pub fn export(request: &HeaderMap, response: &mut HeaderMap, token: &str, revision: i64) {
    let others = exports(request).into_iter().filter(|(t, _)| t != token);
    let all: Vec<String> = std::iter::once((token.to_owned(), revision)).chain(others).take(MOST).map(|(t, n)| format!("{t}:{n}")).collect();
    add(request, response, &format!("exports={}; Path=/; Max-Age={}", all.join("."), 90 * 86_400));
}

fn exports(headers: &HeaderMap) -> Vec<(String, i64)> {
    let all = ours(headers, "exports").unwrap_or_default();
    let read = |part: &str| part.split_once(':').and_then(|(t, n)| Some((t.to_owned(), n.parse().ok()?))).filter(|(t, _): &(String, i64)| is_word(t));
    all.split('.').filter_map(read).take(MOST).collect()
}

/// Takes drafts out of the list.
pub fn forget(request: &HeaderMap, response: &mut HeaderMap, gone: impl Fn(&str) -> bool) {
    let left: Vec<String> = remembered(request).into_iter().filter(|t| !gone(t)).collect();
    keep(request, response, &left);
}

fn keep(request: &HeaderMap, response: &mut HeaderMap, all: &[String]) {
    // As long as the longest life of a draft.
    add(request, response, &format!("drafts={}; Path=/; Max-Age={}", all.join("."), if all.is_empty() { 0 } else { 90 * 86_400 }));
}

fn add(request: &HeaderMap, response: &mut HeaderMap, cookie: &str) {
    put(request, response, &format!("{}{cookie}", if is_over_tls(request) { HOST } else { "" }));
}

/// Sets a cookie whose name any host may set: language and theme.
pub fn put(request: &HeaderMap, response: &mut HeaderMap, cookie: &str) {
    let secure = if is_over_tls(request) { "; Secure" } else { "" };
    if let Ok(value) = HeaderValue::from_str(&format!("{cookie}; SameSite=Lax; HttpOnly{secure}")) {
        response.append(header::SET_COOKIE, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(cookie: &str) -> HeaderMap {
        HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_str(cookie).unwrap())])
    }

    #[test]
    fn the_list_is_capped_and_takes_only_tokens() {
        let tokens: Vec<String> = (0..30).map(|n| format!("{n:022}")).collect();
        let mut request = HeaderMap::new();
        for token in &tokens {
            let mut response = HeaderMap::new();
            remember(&request, &mut response, token, None);
            let set = response[header::SET_COOKIE].to_str().unwrap().to_owned();
            assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax"), "{set}");
            request = with(set.split(';').next().unwrap());
        }
        let kept = remembered(&request);
        assert_eq!((kept.len(), kept[0].as_str(), kept[19].as_str()), (20, tokens[29].as_str(), tokens[10].as_str()));
        assert!(remembered(&with("drafts=short.<script>aaaaaaaaaaaaaa.")).is_empty());
        let mut response = HeaderMap::new();
        forget(&request, &mut response, |t| t == tokens[29]);
        assert!(!response[header::SET_COOKIE].to_str().unwrap().contains(&tokens[29]));
    }

    #[test]
    fn a_draft_that_the_cookie_names_twenty_times_is_opened_once() {
        let token = "A".repeat(LETTERS);
        assert_eq!(remembered(&with(&format!("drafts={}", vec![token.as_str(); 20].join(".")))), [token]);
    }

    #[test]
    fn over_tls_no_other_host_can_plant_a_cookie() {
        let tls = |cookie: &str| {
            let mut headers = with(cookie);
            headers.insert("x-forwarded-proto", HeaderValue::from_static("https"));
            headers
        };
        let (ours, planted) = ("A".repeat(LETTERS), "B".repeat(LETTERS));
        let mut response = HeaderMap::new();
        remember(&tls("lang=en"), &mut response, &ours, None);
        let set = response[header::SET_COOKIE].to_str().unwrap();
        assert!(set.starts_with("__Host-drafts=") && set.contains("Path=/;") && set.ends_with("; Secure"), "{set}");
        assert_eq!(remembered(&tls(&format!("drafts={planted}; __Host-drafts={ours}"))), [ours]);
        assert_eq!(remembered(&tls(&format!("drafts={planted}"))), [planted], "what was given before is not lost");
    }

    #[test]
    fn an_export_is_remembered_for_its_draft_alone() {
        let tokens: Vec<String> = (0..25).map(|n| format!("{n:022}")).collect();
        let mut request = HeaderMap::new();
        for (n, token) in tokens.iter().chain([&tokens[24]]).enumerate() {
            let mut response = HeaderMap::new();
            export(&request, &mut response, token, n as i64);
            request = with(response[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap());
        }
        assert_eq!(exported(&request, &tokens[24]), Some(25), "the newest export counts");
        assert_eq!((exported(&request, &tokens[23]), exported(&request, &tokens[0])), (Some(23), None), "twenty are kept");
        assert_eq!(exported(&with("exports=x:1.<b>aaaaaaaaaaaaaaaaaaaa:2"), "x"), None);
    }

    #[test]
    fn a_mark_is_given_once() {
        let mut response = HeaderMap::new();
        mark(&HeaderMap::new(), &mut response);
        let set = response[header::SET_COOKIE].to_str().unwrap().to_owned();
        let request = with(set.split(';').next().unwrap());
        assert_eq!(who(&request).len(), LETTERS);
        let mut again = HeaderMap::new();
        mark(&request, &mut again);
        assert!(again.is_empty());
        assert!(who(&with("me=x")).is_empty());
    }
}
