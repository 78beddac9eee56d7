//! The JSON pane's lines.

use super::cells::escape;
use serde_json::Value;
use taskdef::{
    pointer,
    preview::{self, TokenKind},
};

/// The lines of a definition (or of one part at `place`). `on` is lit, `bad` are marked.
pub fn json(value: &Value, place: &str, on: &str, bad: &[String]) -> String {
    let mut out = String::new();
    for (i, line) in preview::lines(value, place).iter().enumerate() {
        let on = !on.is_empty() && pointer::contains(on, &line.place);
        let bad = !line.closes && bad.contains(&line.place);
        out.push_str(&format!(
            "<span class=\"c-json__l\" data-n=\"{}\" data-i=\"{}\" data-path=\"{}\"{}{}>{}",
            i + 1,
            line.depth.min(9),
            escape(&line.place),
            if on { " data-on" } else { "" },
            if bad { " data-bad" } else { "" },
            "  ".repeat(line.depth),
        ));
        for token in &line.tokens {
            let class = match token.kind {
                TokenKind::Key => "k",
                TokenKind::String => "s",
                TokenKind::Number => "n",
                TokenKind::Literal => "l",
                TokenKind::Punctuation => {
                    out.push_str(&escape(&token.text));
                    continue;
                }
            };
            let long = if class == "s" && token.text.len() > 36 && !token.text.contains(' ') { " data-long" } else { "" };
            out.push_str(&format!("<i class=\"{class}\"{long}>{}</i>", escape(&token.text)));
        }
        out.push_str("</span>");
    }
    out
}
