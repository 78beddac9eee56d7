//! A look that is going on: what is being asked, how much has been read, and the button that ends it.

use crate::{
    draft_service::OpenDraft,
    http::{
        frame::plain,
        page::{Head, Page},
    },
    inspect::{Running, words::size},
    site::parts::follow::FOLLOW,
};
use app::{tr, widgets::icon};
use leptos::{nonce::use_nonce, prelude::*};
use taskdef::{Lang, shown};

/// Seconds after which a page without scripts loads itself again.
const AGAIN: u32 = 2;

#[derive(Clone)]
struct Going {
    token: String,
    image: String,
    read: Option<String>,
}

/// The page.
pub fn page(lang: Lang, open: &OpenDraft, look: &Running) -> Page {
    let read = Some(look.progress.bytes()).filter(|bytes| *bytes > 0).map(size);
    let going = Going { token: open.token.to_text(), image: shown::line(&look.now()), read };
    let here = format!("/{}/d/{}/inspect", lang.as_str(), going.token);
    Page::new(lang, tr!(lang, inspect.going), move |head| view(head, &going)).again(AGAIN, here)
}

fn view(head: &Head, going: &Going) -> AnyView {
    let lang = head.lang;
    let here = format!("/{}/d/{}/inspect", lang.as_str(), going.token);
    let read = going.read.clone().map(|read| view! { <p>{tr!(lang, inspect.going_read, size = read)}</p> });
    let main = view! {
        <div class="l-stack" data-going="">
            <div class="c-title"><h1>{tr!(lang, inspect.going)}</h1></div>
            <p data-said="">{tr!(lang, inspect.going_now, image = going.image.clone())}</p>
            {read}
            <form method="post" action=here.clone()>
                <div class="l-row"><button class="c-btn" name="look" value="stop">{icon("x", 20)}{tr!(lang, inspect.stop)}</button></div>
            </form>
            <div class="l-row" data-refresh=""><a class="c-btn" href=here>{tr!(lang, register.refresh)}</a></div>
        </div>
        <div role="status" id="live" class="u-vh"></div>
        <script type="module" nonce=use_nonce() inner_html=FOLLOW></script>
    };
    let token = going.token.clone();
    plain(head, move |l| format!("/{}/d/{token}/inspect", l.as_str()), "narrow", main.into_any())
}
