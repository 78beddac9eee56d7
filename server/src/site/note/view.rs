//! The note, to be read, copied or downloaded.

use crate::{
    http::{frame::plain, page::Head},
    site::parts::copier::{copied, copy_button, copy_script},
};
use app::{markup, tr, widgets::icon};
use leptos::prelude::*;

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
                <textarea id="f-note" rows="24" readonly=true data-code=true spellcheck="false">{markup::in_textarea(&text)}</textarea>
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
