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
    use super::{Told, keys};
    use std::{
        hash::{DefaultHasher, Hash, Hasher},
        sync::LazyLock,
    };
    use taskdef::{Lang, questions::fields};

    /// The texts of the wizard's pages as a JSON array, as the browser reads them: then the fields without a question of their own.
    pub fn wizard(lang: Lang) -> String {
        let mut list: Vec<&str> = all(lang)[..keys::WIZARD].to_vec();
        let lines = fields::lines();
        list.extend(lines.iter().map(String::as_str));
        serde_json::json!(list).to_string()
    }

    /// What is told of each field, in their order.
    pub(super) fn told(lang: Lang) -> &'static [Told] {
        static TOLD: LazyLock<[Vec<Told>; 2]> = LazyLock::new(|| Lang::ALL.map(read));
        &TOLD[Lang::ALL.iter().position(|l| *l == lang).unwrap_or(0)]
    }

    fn read(lang: Lang) -> Vec<Told> {
        let text = |id: String| keys::FIELDS.iter().position(|key| *key == id).map_or("", |i| all(lang)[keys::FIRST_FIELD + i]);
        let told = |id: String| Told { label: text(id.clone()), hint: text(format!("{id}_hint")), breaks: text(format!("{id}_breaks")) };
        fields::specs().iter().map(|spec| told(id(spec))).collect()
    }

    /// The id of a field's texts: `c_ulimits_name` for `containerDefinitions[].ulimits[].name`, `g_tags` for a group.
    pub(super) fn id(spec: &fields::Spec) -> String {
        match spec.kind {
            fields::Kind::Group => format!("g_{}", spec.path.rsplit('#').next().unwrap_or("")),
            _ => spec.path.replace("containerDefinitions[].", "c_").replace("[].", "_").replace('.', "_"),
        }
    }

    /// Where the browser finds them; another text makes another address.
    pub fn address(lang: Lang) -> String {
        static VERSION: LazyLock<u64> = LazyLock::new(|| {
            let mut hasher = DefaultHasher::new();
            Lang::ALL.map(wizard).hash(&mut hasher);
            hasher.finish()
        });
        format!("/texts/{}/{:016x}", lang.as_str(), *VERSION)
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
    let lines = FETCHED.get().and_then(|list| list.get(keys::WIZARD..)).unwrap_or_default();
    // Without the fields there are no more settings, and everything else works.
    taskdef::questions::fields::install(lines.iter().map(String::as_str));
}

/// What is told of a field.
#[cfg(feature = "ssr")]
#[derive(Clone, Copy)]
pub struct Told {
    /// Its name.
    pub label: &'static str,
    /// One sentence, and the default.
    pub hint: &'static str,
    /// What happens if it is wrong; empty where its members say that.
    pub breaks: &'static str,
}

/// What is told of the field at an index of [`taskdef::questions::fields::specs`].
#[cfg(feature = "ssr")]
pub fn told(lang: Lang, index: usize) -> Told {
    source::told(lang)[index]
}

/// The label of a field that has only a generated control.
#[cfg(feature = "ssr")]
pub fn label_of(lang: Lang, field: taskdef::questions::Field) -> &'static str {
    told(lang, field.index()).label
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
    use std::collections::HashSet;
    use taskdef::questions::fields::{self, Kind};

    /// Each field has its name and one sentence, and what breaks wherever it can be answered; no text is for a field that is gone.
    #[test]
    fn every_field_is_told_of_in_both_languages() {
        let ids: HashSet<String> = fields::specs().iter().map(source::id).collect();
        assert!(ids.len() > 130, "{}", ids.len());
        for lang in [Lang::En, Lang::Ko] {
            for (i, spec) in fields::specs().iter().enumerate() {
                let told = told(lang, i);
                let heading = matches!(spec.kind, Kind::Group | Kind::Object | Kind::List | Kind::Rows);
                assert!(!told.label.is_empty() && !told.hint.is_empty() && (heading || !told.breaks.is_empty()), "{lang:?} {}", source::id(spec));
            }
        }
        for key in keys::FIELDS {
            let id = key.strip_suffix("_hint").or(key.strip_suffix("_breaks")).unwrap_or(key);
            assert!(ids.contains(id), "{key}: no such field");
        }
    }

    /// The browser finds every text at the index at which the server has it.
    #[test]
    fn the_browsers_list_is_the_beginning_of_the_servers() {
        for lang in [Lang::En, Lang::Ko] {
            let list: Vec<String> = serde_json::from_str(&wizard(lang)).expect("an array of texts");
            assert_eq!(list.len(), keys::WIZARD + fields::specs().len());
            assert!(list.len() > 300, "{}", list.len());
            assert!(list.iter().zip(&source::all(lang)[..keys::WIZARD]).all(|(a, b)| a == b));
        }
    }
}
