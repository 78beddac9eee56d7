//! The document around a page.

use leptos::{nonce::use_nonce, prelude::*};
use taskdef::Lang;

/// What stands in the head.
#[derive(Clone, Debug)]
pub struct Head {
    /// Language of the page.
    pub lang: Lang,
    /// Title.
    pub title: String,
    /// Theme from the cookie.
    pub theme: Option<String>,
    /// Whether the browser's program takes over.
    pub live: bool,
    /// Whether search engines may list it.
    pub index: bool,
    /// Addresses of the built files.
    pub assets: Assets,
}

/// Addresses of the built files, with their content's hash in the name.
#[derive(Clone, Debug, Default, serde::Deserialize)]
pub struct Assets {
    /// The stylesheet.
    pub css: String,
    /// The stylesheet for pages without JavaScript.
    pub noscript: String,
    /// The program's JavaScript.
    pub js: String,
    /// The program.
    pub wasm: String,
}

/// The whole document.
pub fn document(head: Head, body: AnyView) -> impl IntoView {
    let Head { lang, title, theme, live, index, assets } = head;
    // As inner HTML: the framework would mark the end of a text with a comment, and a title has none.
    let title = crate::markup::escape(&title);
    // Our own script tag: the framework's writes the nonce into `crossorigin`, which breaks it in Firefox.
    let start = live.then(|| {
        // After the first picture of the page, so that neither waits for the other; a page in the background has none. All
        // files are fetched at once; a preload would warn where scripts are off. Without them, as when the page is left in the
        // middle, it stays what it is without a program; only then is an error none.
        let code = format!(
            "const start=()=>Promise.all([import('{}'),fetch('{}'),fetch('{}').then(r=>r.text())]).then(async([m,program,texts])=>{{await m.default({{module_or_path:program}});await m.hydrate(texts);document.documentElement.dataset.live=''}},()=>{{}}).catch(e=>{{if(e.name!='AbortError')throw e}});document.hidden?start():requestAnimationFrame(()=>setTimeout(start))",
            assets.js,
            assets.wasm,
            crate::texts::address(lang)
        );
        view! { <script type="module" nonce=use_nonce() inner_html=code></script> }
    });
    view! {
        <!DOCTYPE html>
        <html lang=lang.as_str() data-theme=theme>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                {(!index).then(|| view! { <meta name="robots" content="noindex" /> })}
                <title inner_html=title></title>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="stylesheet" href=assets.css />
                <noscript><link rel="stylesheet" href=assets.noscript /></noscript>
                {start}
            </head>
            <body>{body}</body>
        </html>
    }
}

/// Pages of `site/` around their content: header, main, footer.
pub fn plain(head: &Head, path: impl Fn(Lang) -> String + Clone + Send + Sync + 'static, variant: &'static str, main: AnyView) -> AnyView {
    framed(head, Some(crate::wizard::widgets::tools(head.lang, path, head.theme.clone(), None, None)), variant, main)
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
                {crate::wizard::widgets::brand(format!("/{}", lang.as_str()))}
                {tools}
            </div></header>
            <main id="main" class="l-page" data-variant=variant>{main}</main>
            <footer class="c-foot"><div class="c-foot__in"><a href=format!("/{}/rules", lang.as_str())>{tr!(lang, common.all_rules)}</a><a href=format!("/{}/glossary", lang.as_str())>{tr!(lang, common.glossary)}</a><a href=format!("/{}/doctor", lang.as_str())>{tr!(lang, doctor.link)}</a><p>{tr!(lang, common.footer)}</p></div></footer>
        </div>
    }
    .into_any()
}
