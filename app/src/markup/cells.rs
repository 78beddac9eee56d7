//! Small pieces of markup and numbers.

use std::borrow::Cow;
use taskdef::Lang;

/// Text inside an element, or inside an attribute in double quotes.
pub fn escape(text: &str) -> Cow<'_, str> {
    let escaped = html_escape::encode_double_quoted_attribute(text);
    // HTML has no way to write a NUL.
    if escaped.contains('\0') { escaped.replace('\0', "\u{fffd}").into() } else { escaped }
}

/// The content of a `<textarea>`, whose first line break HTML drops. The framework escapes the children of every element but this
/// one (tachys, `ESCAPE_CHILDREN`): as the server writes it, a text with `</textarea>` in it would end the element, and one with
/// `&lt;` would be sent back changed. The browser makes a text node of it, which is not read as HTML.
pub fn in_textarea(text: &str) -> String {
    let text = format!("\n{text}");
    if cfg!(feature = "ssr") { escape(&text).into_owned() } else { text }
}

/// A symbol of `/icons.svg`, `size` units wide.
pub fn icon(name: &str, size: u8) -> String {
    format!("<svg class=\"c-i\" width=\"{size}\" height=\"{size}\" aria-hidden=\"true\" focusable=\"false\"><use href=\"/icons.svg#i-{name}\"></use></svg>")
}

/// A disclosure; summary and body are markup.
pub fn more(variant: &str, summary: &str, body: &str) -> String {
    let sign = icon("right", 16);
    format!("<details class=\"c-more\" data-variant=\"{variant}\"><summary>{sign}{summary}</summary><div class=\"c-more__body\">{body}</div></details>")
}

/// The question mark at the end of a label, which tells what breaks; label and body are markup.
pub fn ask(lang: Lang, label: &str, body: &str) -> String {
    let words = tr!(lang, help.summary);
    let summary = format!("<summary title=\"{words}\"><span aria-hidden=\"true\">?</span><span class=\"u-vh\">{words} {label}</span></summary>");
    format!("<details class=\"c-ask\">{summary}<div class=\"c-more__body\">{body}</div></details>")
}

/// `1,024`.
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, d) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(d);
    }
    out
}

/// `1,024 MiB`; in Korean without the space.
#[cfg(feature = "ssr")]
pub fn mib(lang: Lang, n: u64) -> String {
    match lang {
        Lang::Ko => format!("{}MiB", grouped(n)),
        Lang::En => format!("{}\u{a0}MiB", grouped(n)),
    }
}

/// At most `width` signs of a text that has to fit a box.
pub(super) fn fit(text: &str, width: usize) -> String {
    if text.chars().count() <= width { escape(text).into_owned() } else { format!("{}…", escape(&text.chars().take(width - 1).collect::<String>())) }
}

/// The colour of a container's number; there are six.
pub fn colour(number: u64) -> u64 {
    (number.max(1) - 1) % 6 + 1
}
