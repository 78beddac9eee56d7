//! Two people's answers: the ones that collide, side by side.

use crate::http::{frame::alone, page::Head};
use app::{markup::or_nothing, tr};
use leptos::prelude::*;

/// A place that both changed.
#[derive(Clone, Debug)]
pub struct ClashView {
    /// Pointer from the draft's root.
    pub path: String,
    /// The place in words.
    pub what: String,
    /// What it was, mine, theirs, as text; `None` is “not there”.
    pub base: Option<String>,
    /// This side's.
    pub mine: Option<String>,
    /// The other side's.
    pub theirs: Option<String>,
}

/// The page. `mine` is the whole draft of this side, made from revision `base`, carried in the form so that nothing is lost.
pub fn conflict(head: &Head, token: &str, base: i64, mine: String, clashes: Vec<ClashView>) -> AnyView {
    let lang = head.lang;
    let each = clashes.into_iter().map(|c| {
        let choice = |value: &'static str, who: &'static str, text: Option<String>, on: bool| {
            view! {
                <label class="c-choice__card">
                    <input type="radio" name=format!("pick {}", c.path) value=value checked=on />
                    <span class="c-merge__who">{who}</span>
                    <span class="c-merge__v"><code class="u-code">{or_nothing(lang, &text)}</code></span>
                </label>
            }
        };
        view! {
            <fieldset class="c-merge">
                <legend class="c-field__label">{c.what}</legend>
                <p class="c-field__hint">{tr!(lang, share.before, value = or_nothing(lang, &c.base))}</p>
                <div class="c-choice" data-n="2">
                    {choice("mine", tr!(lang, share.mine), c.mine, true)}
                    {choice("theirs", tr!(lang, share.theirs), c.theirs, false)}
                </div>
            </fieldset>
        }
    });
    let main = view! {
        <div>
            <div class="c-title"><h1>{tr!(lang, common.clash)}</h1><p>{tr!(lang, common.clash_p)}</p></div>
            <form method="post" action=format!("/{}/d/{token}/conflict", lang.as_str()) novalidate=true class="l-stack">
                <input type="hidden" name="base" value=base />
                <input type="hidden" name="mine" value=mine />
                {each.collect_view()}
                <div class="c-actions">
                    <button class="c-btn" data-variant="primary" name="op" value="save">{tr!(lang, share.save_choices)}</button>
                    <button class="c-btn" name="op" value="theirs">{tr!(lang, share.use_theirs)}</button>
                </div>
                <p class="c-field__hint">{tr!(lang, share.merged)}</p>
            </form>
        </div>
    }
    .into_any();
    alone(head, "narrow", main)
}
