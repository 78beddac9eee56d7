//! What a browser keeps for itself, without an account. No script reads a cookie of ours.
//!
//! | cookie | what |
//! |---|---|
//! | `lang` `theme` | the last language; light or dark |
//! | `me` | a random id of this browser, so that its own history entries are told from others' |
//! | `drafts` | at most 20 drafts that were made or deliberately kept here; opening somebody's link adds nothing |
//! | `exports` | the revision of each draft that was exported last from here |
//! | `session` | this browser has shown the code from the terminal (`register/gate.rs`) |
//!
//! Over TLS every cookie is `Secure`, and the names of `me`, `drafts` and `exports` begin with `__Host-`, so that no other host
//! of the same domain can plant one (RFC 6265bis, section 4.1.3.2).

use super::transport::is_over_tls;
use crate::draft_service::BrowserId;
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderValue, header, request::Parts},
    response::{IntoResponseParts, ResponseParts},
};
use cookie::{Cookie, SameSite, time::Duration};
use drafts::Token;
use std::convert::Infallible;
use taskdef::Lang;

/// Maximum number of remembered drafts.
const MOST_DRAFTS: usize = 20;

/// Letters of a browser id.
const ID_LETTERS: usize = 22;

/// Seconds that a list of drafts is kept: the longest life of a draft.
const QUARTER: i64 = 90 * 86_400;

/// Seconds that language, theme and browser id are kept.
const YEAR: i64 = 365 * 86_400;

/// The prefix of cookies that only this host can set.
const HOST: &str = "__Host-";

/// The cookies of a request, and those that its answer sets.
#[derive(Clone, Debug, Default)]
pub struct Cookies {
    sent: Vec<(String, String)>,
    secure: bool,
    set: Vec<Cookie<'static>>,
}

/// The value of the first cookie of this name.
pub fn value(headers: &HeaderMap, name: &str) -> Option<String> {
    pairs(headers).find(|(sent, _)| sent == name).map(|(_, value)| value)
}

fn pairs(headers: &HeaderMap) -> impl Iterator<Item = (String, String)> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
    all.flat_map(Cookie::split_parse).filter_map(Result::ok).map(|c| (c.name().to_owned(), c.value().to_owned()))
}

/// A cookie for the whole site that ends with the browser's session. `SameSite=Strict`: no link of another site carries it.
pub fn of_session(name: &'static str, value: String) -> Cookie<'static> {
    Cookie::build((name, value)).path("/").same_site(SameSite::Strict).http_only(true).build()
}

fn is_id(text: &str) -> bool {
    text.len() == ID_LETTERS && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

impl Cookies {
    /// Those of a request.
    pub fn of(headers: &HeaderMap) -> Cookies {
        Cookies { sent: pairs(headers).collect(), secure: is_over_tls(headers), set: Vec::new() }
    }

    fn sent(&self, name: &str) -> Option<&str> {
        self.sent.iter().find(|(sent, _)| sent == name).map(|(_, value)| value.as_str())
    }

    /// One of those that only this host can set. One that was given before its name had the prefix still counts.
    fn own(&self, name: &str) -> Option<&str> {
        let ours = self.own_name(name);
        if let Some(cookie) = self.set.iter().rev().find(|cookie| cookie.name() == ours) {
            return Some(cookie.value());
        }
        let prefixed = self.secure.then(|| self.sent(&format!("{HOST}{name}"))).flatten();
        prefixed.or_else(|| self.sent(name))
    }

    /// Sets a cookie for `seconds`; 0 deletes it.
    fn set(&mut self, name: String, value: String, seconds: i64) {
        let kept = Duration::seconds(seconds);
        self.add(Cookie::build((name, value)).path("/").max_age(kept).same_site(SameSite::Lax).http_only(true).build());
    }

    fn set_own(&mut self, name: &str, value: String, seconds: i64) {
        self.set(self.own_name(name), value, seconds);
    }

    fn own_name(&self, name: &str) -> String {
        format!("{}{name}", if self.secure { HOST } else { "" })
    }

    /// Sets a cookie as it is, but `Secure` where the request came over TLS.
    pub fn add(&mut self, mut cookie: Cookie<'static>) {
        if self.secure {
            cookie.set_secure(true);
        }
        self.set.push(cookie);
    }

    /// The language of the last page.
    pub fn lang(&self) -> Option<Lang> {
        self.sent("lang").and_then(Lang::parse)
    }

    /// Remembers the language of a page.
    pub fn set_lang(&mut self, lang: Lang) {
        self.set("lang".into(), lang.as_str().into(), YEAR);
    }

    /// `light` or `dark`; `None` follows the system.
    pub fn theme(&self) -> Option<&'static str> {
        self.sent("theme").and_then(theme_named)
    }

    /// Remembers a theme; any other word than `light` and `dark` forgets it.
    pub fn set_theme(&mut self, name: &str) {
        match theme_named(name) {
            Some(theme) => self.set("theme".into(), theme.into(), YEAR),
            None => self.set("theme".into(), String::new(), 0),
        }
    }

    /// The browser's id; empty where it has none.
    pub fn browser_id(&self) -> BrowserId {
        BrowserId(self.own("me").filter(|id| is_id(id)).map(|id| id.as_bytes().to_vec()).unwrap_or_default())
    }

    /// Gives a browser an id where it has none; the one that it has from now on.
    pub fn give_browser_id(&mut self) -> BrowserId {
        let known = self.browser_id();
        if !known.0.is_empty() {
            return known;
        }
        let Ok(token) = Token::random() else { return known };
        self.set_own("me", token.to_text(), YEAR);
        BrowserId(token.to_text().into_bytes())
    }

    /// The drafts that the browser remembers, newest first, each once: opening a draft costs work.
    pub fn remembered(&self) -> Vec<Token> {
        let mut tokens: Vec<Token> = Vec::new();
        for token in self.own("drafts").unwrap_or_default().split('.').filter_map(Token::parse).take(MOST_DRAFTS) {
            if !tokens.contains(&token) {
                tokens.push(token);
            }
        }
        tokens
    }

    /// Puts a draft in front, in place of `instead` where it has a new link.
    pub fn remember(&mut self, token: &Token, instead: Option<&Token>) {
        let others = self.remembered().into_iter().filter(|t| t != token && Some(t) != instead);
        let all: Vec<Token> = std::iter::once(token.clone()).chain(others).take(MOST_DRAFTS).collect();
        self.set_drafts(&all);
    }

    /// Takes drafts out of the list.
    pub fn forget(&mut self, gone: &[Token]) {
        let left: Vec<Token> = self.remembered().into_iter().filter(|t| !gone.contains(t)).collect();
        self.set_drafts(&left);
    }

    fn set_drafts(&mut self, all: &[Token]) {
        let list: Vec<String> = all.iter().map(Token::to_text).collect();
        self.set_own("drafts", list.join("."), if all.is_empty() { 0 } else { QUARTER });
    }

    /// The revision of a draft that was exported last from this browser.
    pub fn exported(&self, token: &Token) -> Option<i64> {
        self.exports().into_iter().find(|(t, _)| t == token).map(|(_, revision)| revision)
    }

    /// Remembers that a revision was exported.
    pub fn set_exported(&mut self, token: &Token, revision: i64) {
        let others = self.exports().into_iter().filter(|(t, _)| t != token);
        let all: Vec<String> =
            std::iter::once((token.clone(), revision)).chain(others).take(MOST_DRAFTS).map(|(t, n)| format!("{}:{n}", t.to_text())).collect();
        self.set_own("exports", all.join("."), QUARTER);
    }

    fn exports(&self) -> Vec<(Token, i64)> {
        let read = |part: &str| part.split_once(':').and_then(|(t, n)| Some((Token::parse(t)?, n.parse().ok()?)));
        self.own("exports").unwrap_or_default().split('.').filter_map(read).take(MOST_DRAFTS).collect()
    }

    /// Writes what was set into the headers of an answer.
    pub fn write(&self, answer: &mut HeaderMap) {
        for cookie in &self.set {
            if let Ok(value) = HeaderValue::from_str(&cookie.to_string()) {
                answer.append(header::SET_COOKIE, value);
            }
        }
    }
}

fn theme_named(name: &str) -> Option<&'static str> {
    ["light", "dark"].into_iter().find(|theme| *theme == name)
}

impl<S: Sync> FromRequestParts<S> for Cookies {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Cookies, Infallible> {
        Ok(Cookies::of(&parts.headers))
    }
}

impl IntoResponseParts for Cookies {
    type Error = Infallible;

    fn into_response_parts(self, mut answer: ResponseParts) -> Result<ResponseParts, Infallible> {
        self.write(answer.headers_mut());
        Ok(answer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(cookie: &str) -> HeaderMap {
        HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_str(cookie).unwrap())])
    }

    fn tokens(n: usize) -> Vec<Token> {
        (0..n).map(|_| Token::random().unwrap()).collect()
    }

    /// What the change sets for a browser that sends `request`: name, value and attributes.
    fn set(request: &HeaderMap, change: impl FnOnce(&mut Cookies)) -> String {
        let mut cookies = Cookies::of(request);
        change(&mut cookies);
        let mut answer = HeaderMap::new();
        cookies.write(&mut answer);
        let mut all = answer.get_all(header::SET_COOKIE).iter();
        let one = all.next().map(|v| v.to_str().unwrap().to_owned()).unwrap_or_default();
        assert!(all.next().is_none());
        one
    }

    fn sent(set: &str) -> HeaderMap {
        with(set.split(';').next().unwrap())
    }

    fn texts(tokens: &[Token]) -> Vec<String> {
        tokens.iter().map(Token::to_text).collect()
    }

    #[test]
    fn the_list_is_capped_and_takes_only_tokens() {
        let tokens = tokens(30);
        let mut request = HeaderMap::new();
        for token in &tokens {
            let said = set(&request, |cookies| cookies.remember(token, None));
            assert!(said.contains("HttpOnly") && said.contains("SameSite=Lax") && said.contains("Max-Age=7776000"), "{said}");
            request = sent(&said);
        }
        let kept = texts(&Cookies::of(&request).remembered());
        assert_eq!((kept.len(), &kept[0], &kept[19]), (20, &tokens[29].to_text(), &tokens[10].to_text()));
        assert!(Cookies::of(&with("drafts=short.<script>aaaaaaaaaaaaaa.")).remembered().is_empty());
        let said = set(&request, |cookies| cookies.forget(&tokens[29..]));
        assert!(said.contains(&tokens[28].to_text()) && !said.contains(&tokens[29].to_text()));
    }

    /// Of several drafts of one import only the last was remembered.
    #[test]
    fn two_drafts_of_one_answer_are_both_remembered() {
        let tokens = tokens(2);
        let mut cookies = Cookies::of(&with("drafts="));
        tokens.iter().for_each(|token| cookies.remember(token, None));
        assert_eq!(texts(&cookies.remembered()), [tokens[1].to_text(), tokens[0].to_text()]);
        let last = cookies.set.last().map(|cookie| cookie.value().to_owned());
        assert_eq!(last, Some(format!("{}.{}", tokens[1].to_text(), tokens[0].to_text())), "the browser keeps the last that is set");
    }

    #[test]
    fn a_draft_that_the_cookie_names_twenty_times_is_opened_once() {
        let token = Token::random().unwrap().to_text();
        let request = with(&format!("drafts={}", vec![token.as_str(); 20].join(".")));
        assert_eq!(texts(&Cookies::of(&request).remembered()), [token]);
    }

    #[test]
    fn over_tls_no_other_host_can_plant_a_cookie() {
        let tls = |cookie: &str| {
            let mut headers = with(cookie);
            headers.insert("x-forwarded-proto", HeaderValue::from_static("https"));
            headers
        };
        let [ours, planted] = [Token::random().unwrap(), Token::random().unwrap()];
        let said = set(&tls("lang=en"), |cookies| cookies.remember(&ours, None));
        assert!(said.starts_with("__Host-drafts=") && said.contains("Path=/;") && said.contains("; Secure") && !said.contains("Domain"), "{said}");
        let both = tls(&format!("drafts={}; __Host-drafts={}", planted.to_text(), ours.to_text()));
        assert_eq!(texts(&Cookies::of(&both).remembered()), [ours.to_text()]);
        let old = tls(&format!("drafts={}", planted.to_text()));
        assert_eq!(texts(&Cookies::of(&old).remembered()), [planted.to_text()], "what was given before is not lost");
        for change in [|c: &mut Cookies| c.set_lang(Lang::En), |c: &mut Cookies| c.set_theme("dark"), |c: &mut Cookies| c.set_theme("")] {
            assert!(set(&tls(""), change).contains("; Secure") && !set(&HeaderMap::new(), change).contains("Secure"));
        }
    }

    #[test]
    fn an_export_is_remembered_for_its_draft_alone() {
        let tokens = tokens(25);
        let mut request = HeaderMap::new();
        for (n, token) in tokens.iter().chain([&tokens[24]]).enumerate() {
            request = sent(&set(&request, |cookies| cookies.set_exported(token, n as i64)));
        }
        let kept = Cookies::of(&request);
        assert_eq!(kept.exported(&tokens[24]), Some(25), "the newest export counts");
        assert_eq!((kept.exported(&tokens[23]), kept.exported(&tokens[0])), (Some(23), None), "twenty are kept");
        assert!(Cookies::of(&with("exports=x:1.<b>aaaaaaaaaaaaaaaaaaaa:2")).exports().is_empty());
    }

    #[test]
    fn a_browser_id_is_given_once() {
        let said = set(&HeaderMap::new(), |cookies| drop(cookies.give_browser_id()));
        let request = sent(&said);
        assert_eq!(Cookies::of(&request).browser_id().0.len(), ID_LETTERS);
        assert_eq!(set(&request, |cookies| drop(cookies.give_browser_id())), "");
        assert!(Cookies::of(&with("me=x")).browser_id().0.is_empty());
    }

    #[test]
    fn of_two_cookies_of_one_name_the_first_counts() {
        let request = with("theme=dark; theme=light; lang=xx");
        assert_eq!((Cookies::of(&request).theme(), Cookies::of(&request).lang()), (Some("dark"), None));
        assert_eq!(value(&request, "theme").as_deref(), Some("dark"));
        assert!(set(&request, |cookies| cookies.set_theme("system")).contains("Max-Age=0"));
    }
}
