//! A task definition in words, as Markdown: for a blog, homework or a pull request.

use super::copier::{copied, copy_button, copy_script};
use crate::{
    parts::icon,
    shell::{Head, plain},
    visual::{self, FactView},
};
use leptos::prelude::*;
use taskdef::{Draft, Lang, export};

/// A cell of a table: on one line, and without what would end it.
fn cell(text: &str) -> String {
    text.replace('\\', "\\\\").replace('|', "\\|").replace(['\n', '\r'], " ").replace('<', "&lt;")
}

/// A text as code, whatever backticks it has itself.
fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if longest > 0 { " " } else { "" };
    format!("{fence}{pad}{}{pad}{fence}", text.replace('|', "\\|").replace(['\n', '\r'], " "))
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
    }
    let json = export::to_json(draft.definition());
    let longest = json.split(|c| c != '`').map(str::len).max().unwrap_or(0).max(2);
    let fence = "`".repeat(longest + 1);
    out + &format!("\n## JSON\n\n{fence}json\n{json}{fence}\n\n```sh\n{}\n```\n", visual::register(draft).text())
}

/// The page.
pub fn note(head: &Head, token: &str, text: String) -> AnyView {
    let lang = head.lang;
    let base = format!("/{}/d/{token}", lang.as_str());
    let lines = text.lines().count();
    let main = view! {
        <div class="l-stack">
            <div>
                <a class="c-back" href=format!("{base}/review")>{icon("left", 16)}{tr!(lang, share.review_back)}</a>
                <div class="c-title"><h1>{tr!(lang, share.note_title)}</h1><p>{tr!(lang, share.note_lead)}</p></div>
            </div>
            <div class="c-field">
                <label class="u-vh" for="f-note">{tr!(lang, share.note_title)}</label>
                <textarea id="f-note" rows="24" readonly=true data-code=true spellcheck="false">{format!("\n{text}")}</textarea>
            </div>
            <div class="l-row">
                {copy_button(lang, "f-note", tr!(lang, share.note_title), tr!(lang, common.copied, n = lines), Some("primary"))}
                <a class="c-btn" href=format!("{base}/note?download=1") download="">{icon("download", 20)}{tr!(lang, share.note_download)}</a>
            </div>
            {copied()}
            {copy_script()}
        </div>
    };
    let token = token.to_owned();
    plain(head, move |l| format!("/{}/d/{token}/note", l.as_str()), "narrow", main.into_any())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_the_draft_cannot_break_the_table() {
        assert_eq!(cell("a|b\nc<d"), "a\\|b c&lt;d");
        assert_eq!(code("a`b"), "`` a`b ``");
        assert_eq!(code("plain"), "`plain`");
    }

    #[test]
    fn the_note_says_everything_in_both_languages() {
        let draft = Draft::tutorial();
        for lang in Lang::ALL {
            let facts = visual::facts(lang, &draft, &crate::flow::choices(lang));
            let note = markdown(lang, &draft, &facts);
            for part in ["# my-task", "my-nginx", "docker.io/myid/nginx:1", "NODE_ENV=production", "/ecs/my-task", "aws ecs register-task-definition"] {
                assert!(note.contains(part), "{part} in\n{note}");
            }
            let from = note.find("```json\n").expect("a block of JSON") + 8;
            let json: serde_json::Value = serde_json::from_str(&note[from..from + note[from..].find("```").expect("its end")]).expect("it is JSON");
            assert_eq!(&json, draft.definition());
        }
    }
}
