//! A task definition in words, as Markdown: for a blog, homework or a pull request.

use app::{
    markup::{self, FactView},
    tr,
};
use taskdef::{Draft, Lang, formats::export, shown};

/// Plain text: on one line, every sign of Markdown and HTML escaped, and what cannot be seen spelt out. An at sign stands as
/// code, so that it is neither an address nor somebody's name where notes are read.
fn cell(text: &str) -> String {
    let shown = shown::visible(&text.replace(['\n', '\r', '\t'], " "));
    let mut out = String::with_capacity(shown.len());
    let mut signs = shown.chars().peekable();
    while let Some(c) = signs.next() {
        match c {
            // Several in a row are one piece of code: two backticks side by side would begin another kind.
            '@' => {
                out.push_str("`@");
                while signs.next_if_eq(&'@').is_some() {
                    out.push('@');
                }
                out.push('`');
            }
            _ if c.is_ascii_punctuation() => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

/// A text as code. In a table the signs that end code or a cell cannot be escaped alike everywhere, so that a text with one
/// of them is plain instead.
fn code(text: &str) -> String {
    let plain = text.trim().is_empty() || text.trim() != text || text.contains(['`', '|', '\\', '\n', '\r', '\t']) || text.chars().any(shown::is_hidden);
    if plain { cell(text) } else { format!("`{text}`") }
}

/// The note.
pub fn markdown(lang: Lang, draft: &Draft, facts: &[FactView]) -> String {
    let family = if draft.family().is_empty() { tr!(lang, common.untitled) } else { draft.family() };
    let mut out = format!("# {}\n", cell(family));
    for part in facts {
        out += &format!("\n## {}\n\n| {} | {} |\n|---|---|\n", cell(&part.title), tr!(lang, review.note_what), tr!(lang, review.note_value));
        for (term, values) in &part.rows {
            let values: Vec<String> = values.iter().map(|(text, is_code)| if *is_code { code(text) } else { cell(text) }).collect();
            out += &format!("| {} | {} |\n", cell(term), values.join("<br>"));
        }
        for more in &part.more {
            let lines: Vec<String> = more.lines.iter().map(|line| code(line)).collect();
            out += &format!("| {} | {} |\n", cell(&more.term), lines.join("<br>"));
        }
    }
    let json = shown::json(&export::to_json(draft.definition()));
    let longest = json.split(|c| c != '`').map(str::len).max().unwrap_or(0).max(2);
    let fence = "`".repeat(longest + 1);
    out + &format!("\n## JSON\n\n{fence}json\n{json}{fence}\n\n```sh\n{}\n```\n", markup::register(draft).text())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft_service::choices;
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag};

    /// What a reader of Markdown makes of a cell of a table: text and code, and nothing else; all of it.
    fn read(cell: &str) -> String {
        let table = format!("| a | b |\n|---|---|\n| x | {cell} |\n");
        let (mut said, mut cells) = (String::new(), 0);
        for event in Parser::new_ext(&table, Options::all()) {
            match event {
                Event::Start(Tag::TableCell) => {
                    said.clear();
                    cells += 1;
                }
                Event::Text(text) | Event::Code(text) => said.push_str(&text),
                Event::Start(Tag::Table(_) | Tag::TableHead | Tag::TableRow) | Event::End(_) => {}
                other => panic!("{other:?} in {table}"),
            }
        }
        assert_eq!(cells, 4, "{table}");
        said
    }

    const HOSTILE: [&str; 14] = [
        "![p](https://evil.example/p.png)",
        "[click](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        "<https://evil.example>",
        "https://evil.example www.evil.example",
        "@admin a@evil.example",
        "a|[b](c)|d",
        "x\\|[click](http://evil.example)",
        "`code` ``two``",
        "# head\n- item\n> quote",
        "*a* _b_ ~~c~~ $d$ ==e==",
        "&lt;&#64;",
        "[^1] [x]: http://evil.example",
        "\\",
    ];

    #[test]
    fn what_is_in_a_draft_is_text_in_its_note() {
        for text in HOSTILE {
            assert_eq!(read(&cell(text)), text.replace('\n', " ").trim(), "{text}");
            assert_eq!(read(&code(text)), text.replace('\n', " ").trim(), "{text}");
        }
        assert_eq!((code("plain"), code("a`b")), ("`plain`".into(), "a\\`b".into()));
        assert_eq!((cell("a@b"), cell("@@")), ("a`@`b".into(), "`@@`".into()));
    }

    proptest! {
        #[test]
        fn any_value_is_text_in_a_note(text in r"[\x20-\x7e한\n]{0,40}") {
            let words = |t: &str| t.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert_eq!(words(&read(&cell(&text))), words(&text));
            prop_assert_eq!(words(&read(&code(&text))), words(&text));
        }
    }

    #[test]
    fn no_value_of_a_draft_leaves_its_block_of_the_note() {
        for text in HOSTILE.iter().chain(&["```\n# forged", "~~~", "\u{202e}x"]) {
            let mut draft = Draft::tutorial();
            let root = draft.root_mut();
            root["region"] = serde_json::json!(text);
            root["definition"]["family"] = serde_json::json!(text);
            root["definition"]["containerDefinitions"][0]["name"] = serde_json::json!(text);
            root["definition"]["containerDefinitions"][0]["environment"] = serde_json::json!([{ "name": text, "value": text }]);
            let note = markdown(Lang::En, &draft, &markup::facts(Lang::En, &draft, &choices(Lang::En)));
            let mut blocks = 0;
            for event in Parser::new_ext(&note, Options::all()) {
                match event {
                    Event::Start(Tag::CodeBlock(_)) => blocks += 1,
                    Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::HtmlBlock) | Event::Html(_) => panic!("{event:?} of {text:?} in {note}"),
                    // Lines of one cell.
                    Event::InlineHtml(html) => assert_eq!(&*html, "<br>", "{note}"),
                    _ => {}
                }
            }
            assert_eq!(blocks, 2, "{text:?}: {note}");
        }
    }

    #[test]
    fn the_note_says_everything_in_both_languages() {
        let draft = Draft::tutorial();
        for lang in Lang::ALL {
            let facts = markup::facts(lang, &draft, &choices(lang));
            let note = markdown(lang, &draft, &facts);
            for part in ["# my\\-task", "my-nginx", "docker.io/myid/nginx:1", "NODE_ENV=production", "/ecs/my-task", "aws ecs register-task-definition"] {
                assert!(note.contains(part), "{part} in\n{note}");
            }
            let from = note.find("```json\n").expect("a block of JSON") + 8;
            let json: serde_json::Value = serde_json::from_str(&note[from..from + note[from..].find("```").expect("its end")]).expect("it is JSON");
            assert_eq!(&json, draft.definition());
        }
    }
}
