//! The texts of the interface. The server has both languages; the browser fetches the one that its page is in, beside
//! the program, so that neither the other language nor any new text makes the program larger.

use taskdef::{
    Lang,
    messages::{Value, fill::fill},
};

/// One function or struct for each key, made from `locales/` by the build; [`tr!`](crate::tr) names them.
#[allow(missing_docs, non_camel_case_types, dead_code, unreachable_pub)]
pub mod keys {
    include!(concat!(env!("OUT_DIR"), "/texts.rs"));
}

#[cfg(feature = "ssr")]
mod source {
    use super::keys;
    use taskdef::Lang;

    /// The texts of the wizard's pages as a JSON array, as the browser reads them.
    pub fn wizard(lang: Lang) -> String {
        serde_json::json!(all(lang)[..keys::WIZARD]).to_string()
    }

    /// Where the browser finds them; another text makes another address.
    pub fn address(lang: Lang) -> String {
        format!("/texts/{}/{}", lang.as_str(), keys::VERSION)
    }

    pub(super) fn all(lang: Lang) -> &'static [&'static str] {
        match lang {
            Lang::En => &keys::EN,
            Lang::Ko => &keys::KO,
        }
    }
}

#[cfg(feature = "ssr")]
pub use source::{address, wizard};

#[cfg(not(feature = "ssr"))]
static FETCHED: std::sync::OnceLock<Vec<String>> = std::sync::OnceLock::new();

/// Takes over what the page fetched from [`address`]. The first call counts.
#[cfg(not(feature = "ssr"))]
pub fn fetched(json: &str) {
    let _ = FETCHED.set(serde_json::from_str(json).unwrap_or_default());
}

pub(crate) fn text(_lang: Lang, index: usize) -> &'static str {
    #[cfg(feature = "ssr")]
    return source::all(_lang)[index];
    #[cfg(not(feature = "ssr"))]
    FETCHED.get().and_then(|list| list.get(index)).map_or("", String::as_str)
}

/// A text with its values, in the order of their numbers.
pub(crate) fn filled(lang: Lang, index: usize, values: &[Value<'_>]) -> String {
    fill(text(lang, index), values)
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    /// The browser finds every text at the index at which the server has it.
    #[test]
    fn the_browsers_list_is_the_beginning_of_the_servers() {
        for lang in [Lang::En, Lang::Ko] {
            let list: Vec<String> = serde_json::from_str(&wizard(lang)).expect("an array of texts");
            assert_eq!(list.len(), keys::WIZARD);
            assert!(list.len() > 300, "{}", list.len());
            assert!(list.iter().zip(source::all(lang)).all(|(a, b)| a == b));
        }
    }
}
