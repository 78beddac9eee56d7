//! Texts of others on a terminal, in a log or in a message: what they say, and nothing that is acted on.

/// Whether a character is acted on instead of shown: control characters (C0, DEL, C1), the separators of lines and
/// paragraphs, the marks that turn the direction of writing, and those that are not seen at all.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
        || matches!(c, '\u{e0000}'..='\u{e007f}')
}

/// The text on one line, each hidden character as `\u{…}`. A text that begins with `::`, which is a command to the CI of
/// GitHub where it stands at the start of a line, begins with a backslash.
///
/// ```
/// use taskdef::shown::line;
/// assert_eq!(line("my-task"), "my-task");
/// assert_eq!(line("a\x1b[2J\u{202e}b\n::error::x"), "a\\u{1b}[2J\\u{202e}b\\u{a}::error::x");
/// assert_eq!(line("::error::x"), "\\::error::x");
/// ```
pub fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    if text.trim_start().starts_with("::") {
        out.push('\\');
    }
    for c in text.chars() {
        if is_hidden(c) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}
