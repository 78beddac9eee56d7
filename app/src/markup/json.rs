//! The JSON pane's lines.

use super::cells::escape;
use serde_json::Value;
use taskdef::{
    Lang,
    document::{
        pointer,
        preview::{self, TokenKind},
    },
};

/// Lines that are drawn at most; AWS takes 64 KiB of JSON, which is fewer.
const MOST: usize = 5_000;

/// What is told of single lines.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    /// The place that is being answered: its lines are lit.
    pub on: String,
    /// Places with an error, and the error.
    pub bad: Vec<(String, String)>,
    /// Places that the newest change touched.
    pub new: Vec<String>,
}

/// The lines of a definition (or of one part at `place`).
#[cfg(feature = "ssr")]
pub fn json(lang: Lang, value: &Value, place: &str, marks: &Marks) -> String {
    json_lines(lang, value, place, marks).concat()
}

/// The same, each line by itself.
pub fn json_lines(lang: Lang, value: &Value, place: &str, marks: &Marks) -> Vec<String> {
    let mut all = Vec::new();
    let (lines, more) = preview::lines(value, place, MOST);
    for (i, line) in lines.iter().enumerate() {
        let on = !marks.on.is_empty() && pointer::contains(&marks.on, &line.place);
        let bad = marks.bad.iter().find(|(place, _)| !line.closes && *place == line.place);
        let new = marks.new.iter().any(|place| pointer::contains(place, &line.place));
        let (n, depth) = (i + 1, line.depth.min(9));
        let mut out = format!("<span class=\"c-json__l\" data-n=\"{n}\" data-i=\"{depth}\" data-path=\"");
        out.extend([&*escape(&line.place), "\"", if on { " data-on" } else { "" }]);
        if let Some((_, why)) = bad {
            out.extend([" data-bad title=\"", &*escape(why), "\""]);
        }
        out.push_str(if new { " data-new>" } else { ">" });
        out.extend(std::iter::repeat_n("  ", line.depth));
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
            out.extend(["<i class=\"", class, "\"", long, ">", &*escape(&token.text), "</i>"]);
        }
        out.push_str("</span>");
        all.push(out);
    }
    if more {
        all.push(format!("<span class=\"c-json__l\">{}</span>", escape(&tr!(lang, common.json_more, n = MOST))));
    }
    all
}
