//! The header: mark, draft, save status, language, theme, share.

use super::{brand, deferred, icon, reactive};
use crate::{
    address,
    wizard::{
        press::act,
        state::{SaveState, Wizard},
    },
};
use leptos::{ev, prelude::*};
use taskdef::{Lang, questions::Action};

/// Language links, theme menu and, for a draft, the share link.
pub fn tools(lang: Lang, path: impl Fn(Lang) -> String + Clone + Send + Sync + 'static, theme: Option<String>, share: Option<String>) -> AnyView {
    let langs = Lang::ALL.map(|other| {
        let path = path.clone();
        let name = if other == Lang::Ko { "한국어" } else { "English" };
        view! {
            <a class="c-tools__item" href=move || path(other) rel="external" lang=other.as_str() hreflang=other.as_str()
                aria-current=(other == lang).then_some("true")>{name}</a>
        }
    });
    let themes = [("system", tr!(lang, common.theme_system)), ("light", tr!(lang, common.theme_light)), ("dark", tr!(lang, common.theme_dark))];
    let now = theme.unwrap_or_else(|| "system".into());
    let themes = themes.map(|(value, words)| {
        view! { <button class="c-menu__item" name="theme" value=value aria-pressed=if now == value { "true" } else { "false" }>{words}</button> }
    });
    let back = move || path(lang);
    view! {
        <div class="c-tools">
            {langs.collect_view()}
            <details class="c-menu">
                <summary class="c-tools__item">{icon("theme", 20)}<span>{tr!(lang, common.theme)}</span></summary>
                <form class="c-menu__box" method="post" action=format!("/{}/theme", lang.as_str())>
                    <input type="hidden" name="back" value=back />
                    <fieldset><legend>{tr!(lang, common.theme)}</legend>{themes.collect_view()}</fieldset>
                </form>
            </details>
            {share.map(|href| {
                view! { <a class="c-tools__item" href=href rel="external" data-share="">{icon("share", 20)}<span>{tr!(lang, common.share)}</span></a> }
            })}
        </div>
    }
    .into_any()
}

/// Words and sign of the save status.
fn status(w: Wizard) -> (&'static str, &'static str, String) {
    let lang = w.lang;
    match w.save.get() {
        SaveState::Saved(None) => ("saved", "check", tr!(lang, common.saved).to_owned()),
        SaveState::Saved(Some(time)) => ("saved", "check", tr!(lang, common.saved_at, time = time)),
        SaveState::Saving => ("saving", "spin", tr!(lang, common.saving).to_owned()),
        SaveState::Offline => ("offline", "alert", tr!(lang, common.offline).to_owned()),
        SaveState::Failed => ("offline", "alert", tr!(lang, common.failed).to_owned()),
        SaveState::TooLarge => ("conflict", "alert", tr!(lang, common.too_large).to_owned()),
        SaveState::Conflict => ("conflict", "alert", tr!(lang, common.conflict).to_owned()),
        SaveState::Gone => ("conflict", "alert", tr!(lang, common.gone).to_owned()),
    }
}

/// The header of a wizard page.
pub fn head(w: Wizard, go: Callback<(String,)>, theme: Option<String>) -> AnyView {
    let lang = w.lang;
    let share = w.token.with_value(|t| format!("/{}/d/{t}/share", lang.as_str()));
    let title = reactive(move || {
        let title = w.drawn.with(|d| if d.title().is_empty() { d.family().to_owned() } else { d.title().to_owned() });
        if title.is_empty() { tr!(lang, common.untitled).to_owned() } else { title }
    });
    let path = move |other: Lang| w.token.with_value(|t| address::of_page(other, t, w.page.get()));
    let inner = move || {
        view! {
            <div class="c-head__in">
                {brand(format!("/{}", lang.as_str()))}
                <div class="c-draft">
                    <a class="c-draft__name" href=share.clone() rel="external" data-share="">
                        <span>{title}</span>{icon("pencil", 16)}<span class="u-vh">" "{tr!(lang, common.rename)}</span>
                    </a>
                    {back_and_forth(w, go)}
                    <span class="c-save" data-state=move || status(w).0>{reactive(move || icon(status(w).1, 16))}<span>{reactive(move || status(w).2)}</span></span>
                </div>
                {tools(lang, path, theme, Some(share))}
            </div>
        }
        .into_any()
    };
    view! { <header class="c-head">{deferred(w, inner)}</header> }.into_any()
}

/// Undo and Redo. What was done on this page is taken back here; what was saved before it, by the server, which the form asks.
/// While there is nothing to do they keep their place.
fn back_and_forth(w: Wizard, go: Callback<(String,)>) -> AnyView {
    let button = move |action: Action, words: &'static str, forwards: bool| {
        let saved = move || w.saved.with(|saved| if forwards { saved.redo.clone() } else { saved.undo.clone() });
        let said = move || if w.nothing_to_step(forwards) { saved() } else { None }.unwrap_or_else(|| words.to_owned());
        let none = move || (w.nothing_to_step(forwards) && saved().is_none()).then_some("true");
        let press = move |ev: ev::MouseEvent| {
            // Of what was saved before this page the server is asked, by the form, once it has everything.
            if !(w.nothing_to_step(forwards) && w.is_saved()) {
                ev.prevent_default();
                act(w, go, &action);
            }
        };
        let go = if forwards { "redo" } else { "undo" };
        view! {
            <button class="c-icon" id=go name="go" value=go data-flip=forwards.then_some("") title=said aria-label=said aria-disabled=none
                on:click=press>{icon("undo", 20)}</button>
        }
        .into_any()
    };
    let page = move || w.page.get().path();
    let [to, search] = ["undo", "search"].map(|page| w.token.with_value(|t| format!("/{}/d/{t}/{page}", w.lang.as_str())));
    view! { <span class="c-draft__undo"><form method="post" action=to><input type="hidden" name="page" value=page />{button(Action::Undo, tr!(w.lang, common.undo), false)}{button(Action::Redo, tr!(w.lang, common.redo), true)}</form><a class="c-icon" id="search" href=search rel="external" title=tr!(w.lang, common.palette_open) aria-label=tr!(w.lang, common.palette_open) aria-haspopup="dialog" on:click=move |ev| super::palette::here(w, &ev)>{icon("search", 20)}</a></span> }.into_any()
}
