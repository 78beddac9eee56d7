//! Texts as they are pasted: quotes of every kind, broken lines, JSON around them, an end that was cut off.

use serde_json::Value;

/// A message, and the same for comparing: lower case, plain quotes, single spaces. `places` leads from each byte of the
/// latter to the byte of the former.
pub(super) struct Message {
    pub text: String,
    pub plain: String,
    places: Vec<usize>,
}

/// Words that gave a cause away, among the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quote {
    /// What stands before them.
    pub before: String,
    /// The words.
    pub words: String,
    /// What stands behind them.
    pub after: String,
}

/// Letters that are quoted on either side.
const AROUND: usize = 60;

/// Keys under which AWS puts its messages.
const KEYS: [&str; 16] = [
    "stoppedReason",
    "stopCode",
    "reason",
    "message",
    "Message",
    "errorMessage",
    "statusReason",
    "description",
    "detail",
    "rolloutStateReason",
    "ResourceStatusReason",
    "StatusReason",
    "failureReason",
    "error",
    "Error",
    "log",
];

/// Keys of lists that hold what a program is called with, not what was said.
const NOT_SAID: [&str; 3] = ["command", "entryPoint", "args"];

impl Message {
    pub(super) fn new(text: &str) -> Message {
        let (mut plain, mut places) = (String::with_capacity(text.len()), Vec::with_capacity(text.len()));
        for (i, c) in text.char_indices() {
            let c = match c {
                '‘' | '’' | '`' | '´' => '\'',
                '“' | '”' => '"',
                '\\' => continue,
                c if c.is_whitespace() || c == '\u{200b}' => ' ',
                c => c,
            };
            if c == ' ' && plain.ends_with(' ') {
                continue;
            }
            for low in c.to_lowercase() {
                plain.push(low);
                places.resize(plain.len(), i);
            }
        }
        Message { text: text.to_owned(), plain, places }
    }

    /// A range of the plain text as it was pasted, with the words before and behind it.
    pub(super) fn quote(&self, from: usize, to: usize) -> Quote {
        self.cut(self.places.get(from).copied().unwrap_or(0), self.places.get(to).copied().unwrap_or(self.text.len()))
    }

    /// The first place of a word in the text as it was pasted.
    pub(super) fn around(&self, word: &str) -> Quote {
        let start = self.text.find(word).unwrap_or(0);
        self.cut(start, start + word.len())
    }

    fn cut(&self, start: usize, end: usize) -> Quote {
        let before = self.text[..start].char_indices().rev().take(AROUND).last().map_or(start, |(i, _)| i);
        let after = self.text[end..].char_indices().nth(AROUND).map_or(self.text.len(), |(i, _)| end + i);
        let cut = |cut: bool| if cut { "…" } else { "" };
        Quote {
            before: format!("{}{}", cut(before > 0), self.text[before..start].trim_start()),
            words: self.text[start..end].to_owned(),
            after: format!("{}{}", self.text[end..after].trim_end(), cut(after < self.text.len())),
        }
    }
}

/// The messages of a text: itself, or what a JSON says in its places for messages and exit codes.
pub(super) fn messages(text: &str) -> Vec<Message> {
    let trimmed = text.trim();
    if trimmed.starts_with(['{', '['])
        && let Ok(value) = serde_json::from_str::<Value>(trimmed)
    {
        let mut found = Vec::new();
        collect(&value, &mut found);
        if !found.is_empty() {
            return found.iter().map(|t| Message::new(t)).collect();
        }
    }
    vec![Message::new(text)]
}

fn collect(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            let named = |key: &str| map.get(key).and_then(Value::as_str).unwrap_or_default();
            for (key, value) in map {
                match value {
                    Value::String(text) if KEYS.contains(&key.as_str()) => found.push(text.clone()),
                    // Which container it was tells more than the number alone.
                    Value::Number(code) if key == "exitCode" => found.push(format!("{} {} exit code: {code}", named("name"), named("image"))),
                    other if !NOT_SAID.contains(&key.as_str()) => collect(other, found),
                    _ => {}
                }
            }
        }
        // Events as `--query` prints them: a list of times and sentences.
        Value::Array(list) => {
            for value in list {
                match value {
                    Value::String(text) if text.contains(' ') => found.push(text.clone()),
                    other => collect(other, found),
                }
            }
        }
        _ => {}
    }
}
