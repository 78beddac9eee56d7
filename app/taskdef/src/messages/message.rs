//! A message and its texts.

use super::{all, fill::fill, param};
use crate::{Lang, finding::Param};

/// A text in both languages.
#[derive(Debug)]
pub struct Text {
    /// The names of its values, in the order of their numbers.
    pub values: &'static [&'static str],
    /// Those of them that a plural depends on.
    pub counts: &'static [&'static str],
    /// The compiled text, English first.
    pub by_lang: [&'static str; 2],
}

/// A message: its text, and texts about it by name.
#[derive(Debug)]
pub struct Message {
    /// Its id, unique over all files.
    pub id: &'static str,
    /// What it says.
    pub text: Text,
    /// `why`, `do`, `title`, `or-…`, `fix…`.
    pub attributes: &'static [(&'static str, Text)],
}

impl Text {
    /// As it is compiled; a text without values is shown like this.
    pub fn plain(&self, lang: Lang) -> &'static str {
        let [en, ko] = self.by_lang;
        if lang == Lang::Ko { ko } else { en }
    }

    /// With values by name. One that is missing leaves nothing behind.
    pub fn with(&self, lang: Lang, params: &[(&'static str, Param)]) -> String {
        if self.values.is_empty() {
            return self.plain(lang).to_owned();
        }
        let shown: Vec<_> = self.values.iter().map(|name| param::shown(lang, name, params)).collect();
        let values: Vec<_> = shown.iter().map(|(text, is_one)| super::Value::number(text, *is_one)).collect();
        fill(self.plain(lang), &values)
    }
}

impl Message {
    /// An attribute by name.
    pub fn attribute(&self, name: &str) -> Option<&Text> {
        self.attributes.iter().find(|(n, _)| *n == name).map(|(_, text)| text)
    }

    /// Whether it explains itself: why, what to do, and, where the message has values, a title without them.
    pub(crate) const fn is_explained(&self) -> bool {
        self.has("why") && self.has("do") && (self.text.values.is_empty() || self.has("title"))
    }

    /// Whether an attribute has this name and no values.
    const fn has(&self, name: &str) -> bool {
        let mut i = 0;
        while i < self.attributes.len() {
            let (other, text) = &self.attributes[i];
            if compare(other.as_bytes(), name.as_bytes()) == 0 {
                return text.values.is_empty();
            }
            i += 1;
        }
        false
    }
}

/// A message by its id. In a constant, an id without a message does not compile.
pub const fn find(id: &str) -> Option<&'static Message> {
    let (mut low, mut high) = (0, all::MESSAGES.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        let order = compare(all::MESSAGES[middle].id.as_bytes(), id.as_bytes());
        if order == 0 {
            return Some(all::MESSAGES[middle]);
        }
        if order < 0 {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    None
}

/// Negative, zero or positive, as `a` is before, equal to or after `b`.
const fn compare(a: &[u8], b: &[u8]) -> i32 {
    let mut i = 0;
    while i < a.len() && i < b.len() {
        if a[i] != b[i] {
            return a[i] as i32 - b[i] as i32;
        }
        i += 1;
    }
    a.len() as i32 - b.len() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_message_is_found_by_its_id_and_nothing_else() {
        assert!(all::MESSAGES.len() > 500, "{}", all::MESSAGES.len());
        for message in all::MESSAGES {
            assert!(std::ptr::eq(find(message.id).unwrap(), message), "{}", message.id);
            assert!(find(&format!("{}-", message.id)).is_none() && find(&message.id[1..]).is_none(), "{}", message.id);
        }
    }
}
