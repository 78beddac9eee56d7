//! Texts of others on a terminal, in a log or in a message: what they say, and nothing that is acted on.

/// Whether a character is acted on instead of shown: control characters (C0, DEL, C1), the separators of lines and
/// paragraphs, the marks that turn the direction of writing, and those that are not seen at all.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
        || matches!(c, '\u{e0000}'..='\u{e007f}')
}

/// The text with each hidden character as `\u{…}`.
///
/// ```
/// assert_eq!(taskdef::shown::visible("a\x1b[2J\u{202e}b\n"), "a\\u{1b}[2J\\u{202e}b\\u{a}");
/// ```
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_hidden(c) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}

/// A line of a terminal or a log. CI systems act on `::` at the start of a line, on `##[` and on `##vso[` anywhere in it;
/// here a backslash stands before those.
///
/// ```
/// use taskdef::shown::line;
/// assert_eq!(line("my-task.json:1:2: error"), "my-task.json:1:2: error");
/// assert_eq!(line("a\n::error::x"), "a\\u{a}::error::x");
/// assert_eq!(line(" ::error::x ##[error]y"), "\\ ::error::x \\##[error]y");
/// ```
pub fn line(text: &str) -> String {
    let text = visible(text).replace("##[", "\\##[").replace("##vso[", "\\##vso[");
    if text.trim_start().starts_with("::") { format!("\\{text}") } else { text }
}

/// The same JSON, each hidden character in its texts as `\uXXXX`, and the bracket of `##[` and `##vso[` too: CI systems act
/// on those anywhere in a line.
///
/// ```
/// assert_eq!(taskdef::shown::json("{\n  \"a\": \"\u{202e}\u{e0041}\"\n}"), r#"{
///   "a": "\u202e\udb40\udc41"
/// }"#);
/// assert_eq!(taskdef::shown::json(r###"["##[error]x", "##vso[y"]"###), r###"["##\u005berror]x", "##vso\u005by"]"###);
/// ```
pub fn json(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c != '\n' && is_hidden(c) {
            let mut units = [0; 2];
            c.encode_utf16(&mut units).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}")));
        } else {
            out.push(c);
        }
    }
    // Two signs in a row stand only in a text, so the value stays the same.
    out.replace("##[", "##\\u005b").replace("##vso[", "##vso\\u005b")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn json_on_a_ci_log_commands_nothing() {
        let value = serde_json::json!({ "##[group]": ["##vso[task.setvariable variable=a]b", "\\##[error]", "###[x"] });
        let shown = json(&format!("{value:#}"));
        assert!(!shown.contains("##[") && !shown.contains("##vso["), "{shown}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&shown).unwrap(), value);
    }

    proptest! {
        #[test]
        fn no_line_of_a_terminal_holds_what_is_acted_on(text in any::<String>()) {
            let line = line(&text);
            prop_assert!(!line.chars().any(is_hidden) && !line.trim_start().starts_with("::"));
        }

        #[test]
        fn json_says_the_same_without_hidden_characters(text in any::<String>()) {
            let value = serde_json::json!({ text.clone(): [text] });
            let shown = json(&format!("{value:#}"));
            prop_assert!(!shown.chars().any(|c| c != '\n' && is_hidden(c)));
            prop_assert_eq!(serde_json::from_str::<serde_json::Value>(&shown).unwrap(), value);
        }
    }
}
