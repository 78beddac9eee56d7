//! Header, main and footer around a page that the browser's program does not take over.

use super::page::Head;
use app::{tr, widgets};
use leptos::prelude::*;
use taskdef::Lang;

/// A page around its content. `path` is its address in a language.
pub fn plain(head: &Head, path: impl Fn(Lang) -> String + Clone + Send + Sync + 'static, variant: &'static str, main: AnyView) -> AnyView {
    framed(head, Some(widgets::tools(head.lang, path, head.theme.clone(), None)), variant, main)
}

/// The same without the links to other languages and themes, for a page that holds what a link would lose.
pub fn alone(head: &Head, variant: &'static str, main: AnyView) -> AnyView {
    framed(head, None, variant, main)
}

fn framed(head: &Head, tools: Option<AnyView>, variant: &'static str, main: AnyView) -> AnyView {
    let lang = head.lang;
    view! {
        <a class="c-skip" href="#main">{tr!(lang, common.skip)}</a>
        <div class="l-frame">
            <header class="c-head"><div class="c-head__in">
                {widgets::brand(format!("/{}", lang.as_str()))}
                {tools}
            </div></header>
            <main id="main" class="l-page" data-variant=variant>{main}</main>
            <footer class="c-foot"><div class="c-foot__in"><a href=format!("/{}/search", lang.as_str())>{tr!(lang, common.palette)}</a><a href=format!("/{}/rules", lang.as_str())>{tr!(lang, common.all_rules)}</a><a href=format!("/{}/glossary", lang.as_str())>{tr!(lang, common.glossary)}</a><a href=format!("/{}/doctor", lang.as_str())>{tr!(lang, doctor.link)}</a><p>{tr!(lang, common.footer, date = taskdef::lint::AS_OF)}</p></div></footer>
        </div>
    }
    .into_any()
}
