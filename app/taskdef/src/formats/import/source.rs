//! What is handed in: files with their names, and answers to questions of an earlier look.

use super::Refusal;
use crate::{formats::Format, messages::all};
use std::collections::BTreeMap;

/// Most files of one import.
pub const MOST_FILES: usize = 10;

/// Most bytes of all files together.
pub const LARGEST: usize = 1 << 20;

/// A file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its name; empty where a text was pasted.
    pub name: String,
    /// Its text.
    pub text: String,
}

impl Source {
    /// A text that was pasted.
    pub fn pasted(text: impl Into<String>) -> Source {
        Source { name: String::new(), text: text.into() }
    }

    /// A file of any usual encoding: UTF-8 with or without a byte-order mark, UTF-16 of both orders. Line ends become `\n`.
    ///
    /// # Errors
    /// Bytes that are none of these.
    pub fn from_bytes(name: impl Into<String>, bytes: &[u8]) -> Result<Source, Refusal> {
        let text = decoded(bytes).ok_or_else(|| Refusal::new(&all::IMPORT_ENCODING))?;
        Ok(Source { name: name.into(), text: text.replace("\r\n", "\n") })
    }
}

fn decoded(bytes: &[u8]) -> Option<String> {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        char::decode_utf16(units).collect::<Result<String, _>>().ok().filter(|_| bytes.len().is_multiple_of(2))
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => std::str::from_utf8(rest).ok().map(str::to_owned),
        // Without a mark: files of people begin with a sign of ASCII.
        [first, 0, ..] if *first != 0 => wide(bytes, u16::from_le_bytes),
        [0, second, ..] if *second != 0 => wide(bytes, u16::from_be_bytes),
        _ => std::str::from_utf8(bytes).ok().map(str::to_owned),
    }
}

/// What is imported, and how.
#[derive(Clone, Debug, Default)]
pub struct Input {
    /// The files, in their order: later ones override earlier ones.
    pub files: Vec<Source>,
    /// The format, where a person chose it.
    pub format: Option<Format>,
    /// Answers by the id of their question.
    pub answers: Answers,
}

impl Input {
    /// One text, of a format that is still to be recognised.
    pub fn of(text: impl Into<String>) -> Input {
        Input { files: vec![Source::pasted(text)], ..Input::default() }
    }
}

/// Answers to the questions of a report, by their ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers(BTreeMap<String, String>);

impl Answers {
    /// The answer to a question; none where it is empty.
    pub fn get(&self, id: &str) -> Option<&str> {
        self.0.get(id).map(String::as_str).filter(|answer| !answer.is_empty())
    }

    /// The answers whose id begins so, with the rest of the id.
    pub fn starting_with<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0.iter().filter_map(move |(id, answer)| Some((id.strip_prefix(prefix)?, answer.as_str()))).filter(|(_, answer)| !answer.is_empty())
    }

    /// Adds one.
    pub fn put(&mut self, id: impl Into<String>, answer: impl Into<String>) {
        self.0.insert(id.into(), answer.into());
    }
}

impl<K: Into<String>, V: Into<String>> FromIterator<(K, V)> for Answers {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Answers {
        Answers(pairs.into_iter().map(|(id, answer)| (id.into(), answer.into())).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_encoding_is_read() {
        let text = "{\"a\": \"한\"}\r\n";
        let wide = |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
        let marked = |mark: &[u8], rest: &[u8]| [mark, rest].concat();
        let all = [
            text.as_bytes().to_vec(),
            marked(&[0xef, 0xbb, 0xbf], text.as_bytes()),
            marked(&[0xff, 0xfe], &wide(u16::to_le_bytes)),
            marked(&[0xfe, 0xff], &wide(u16::to_be_bytes)),
            wide(u16::to_le_bytes),
            wide(u16::to_be_bytes),
        ];
        for bytes in all {
            assert_eq!(Source::from_bytes("", &bytes).unwrap().text, "{\"a\": \"한\"}\n", "{bytes:?}");
        }
        for bytes in [&b"\xff\xfe\x00"[..], b"\xff", b"a\x00\xd8"] {
            assert_eq!(Source::from_bytes("", bytes).unwrap_err().said.message.id, "import-encoding");
        }
    }
}
