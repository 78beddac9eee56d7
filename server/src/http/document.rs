//! The document around a page, and its content security policy.

use super::page::{Body, Head};
use app::{markup, texts};
use axum::{
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::ResponseOptions;

/// Renders a document.
pub async fn render(request: Request, status: StatusCode, head: Head, body: Body) -> Response {
    let app = move || {
        if let (Some(options), Some(nonce)) = (use_context::<ResponseOptions>(), use_nonce()) {
            let policy = format!(
                "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
                 connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
            );
            options.set_status(status);
            if let Ok(value) = HeaderValue::from_str(&policy) {
                options.insert_header(header::CONTENT_SECURITY_POLICY, value);
            }
        }
        let view = body(&head);
        document(head.clone(), view)
    };
    leptos_axum::render_app_async(app)(request).await
}

/// The whole document.
fn document(head: Head, body: AnyView) -> impl IntoView {
    let Head { lang, title, theme, live, index, again, assets } = head;
    let again = again.map(|(seconds, address)| view! { <noscript><meta http-equiv="refresh" content=format!("{seconds};url={address}") /></noscript> });
    // As inner HTML: the framework would mark the end of a text with a comment, and a title has none.
    let title = markup::escape(&title).into_owned();
    // Our own script tag: the framework's writes the nonce into `crossorigin`, which breaks it in Firefox.
    let start = live.then(|| {
        // After the first picture of the page, so that neither waits for the other; a page in the background has none. All
        // files are fetched at once; a preload would warn where scripts are off. Without them, as when the page is left in the
        // middle, it stays what it is without a program; only then is an error none.
        let code = format!(
            "const start=()=>Promise.all([import('{}'),fetch('{}'),fetch('{}').then(r=>r.text())]).then(async([m,program,texts])=>{{await m.default({{module_or_path:program}});await m.hydrate(texts);document.documentElement.dataset.live=''}},()=>{{}}).catch(e=>{{if(e.name!='AbortError')throw e}});document.hidden?start():requestAnimationFrame(()=>setTimeout(start))",
            assets.js,
            assets.wasm,
            texts::address(lang)
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
                <link rel="stylesheet" href=assets.css.clone() />
                <noscript><link rel="stylesheet" href=assets.noscript.clone() /></noscript>
                {again}
                {start}
            </head>
            <body>{body}</body>
        </html>
    }
}
