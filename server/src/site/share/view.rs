//! Links of a draft, its name, and its end.

use crate::{
    http::{frame::plain, page::Head},
    site::parts::{
        ago::{ago, ends},
        copier::{copied, copy_button, copy_script},
    },
};
use app::{tr, widgets::icon};
use leptos::prelude::*;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct ShareModel {
    /// The edit token.
    pub token: String,
    /// Address of the view link, with its host.
    pub view_url: String,
    /// Address of the edit link, with its host.
    pub edit_url: String,
    /// The draft's name.
    pub title: String,
    /// Days that it lives after its last edit.
    pub life: i64,
    /// Seconds since 1970 of its last change, of its end, and now.
    pub times: (i64, i64, i64),
    /// Whether this browser remembers it.
    pub kept: bool,
}

/// The page.
pub fn share(head: &Head, model: ShareModel) -> AnyView {
    let lang = head.lang;
    let base = format!("/{}/d/{}", lang.as_str(), model.token);
    let link = |id: &'static str, label: &'static str, url: String| {
        view! {
            <div class="c-field">
                <label for=id>{label}</label>
                <div class="c-copy"><input id=id value=url readonly=true data-code=true />{copy_button(lang, id, label, tr!(lang, share.copied).to_owned(), None)}</div>
            </div>
        }
    };
    let post = format!("{base}/share");
    let (updated, expires, now) = model.times;
    let (changed, end) = (ago(lang, now, updated), ends(lang, now, expires));
    let press = |op: &'static str, text: &'static str, label: &'static str, variant: Option<&'static str>| {
        view! {
            <form class="l-stack" data-gap="3" method="post" action=format!("{base}/share")>
                <p>{text}</p>
                <div class="l-row"><button class="c-btn" data-variant=variant name="op" value=op>{label}</button></div>
            </form>
        }
    };
    let more = |label: &'static str, body: AnyView| {
        view! { <details class="c-more"><summary>{icon("right", 16)}{label}</summary><div class="c-more__body l-stack" data-gap="4">{body}</div></details> }
    };
    let lives = [1i64, 7, 30, 90].map(|days| {
        view! { <option value=days selected=model.life == days>{tr!(lang, share.life_days, n = days)}</option> }
    });
    let kept = if model.kept {
        press("forget", tr!(lang, share.kept), tr!(lang, share.forget), None)
    } else {
        press("keep", tr!(lang, share.keep_p), tr!(lang, share.keep), None)
    };
    let main = view! {
        <div class="l-stack">
            <div>
                <a class="c-back" href=format!("{base}/review")>{icon("left", 16)}{tr!(lang, share.back)}</a>
                <div class="c-title"><h1>{tr!(lang, common.share_title)}</h1><p>{tr!(lang, share.last, when = changed)}" "<a href=format!("{base}/history")>{tr!(lang, history.link)}</a></p></div>
            </div>
            // What the wizard shows in a dialog, too.
            <div class="l-stack" id="links">
                <section class="l-stack" data-gap="4" aria-label=tr!(lang, share.view)>
                    <p>{tr!(lang, share.view_p)}</p>
                    {link("share-view", tr!(lang, share.view), model.view_url)}
                    {more(tr!(lang, share.revoke), press("revoke", tr!(lang, share.revoke_p), tr!(lang, share.revoke_do), Some("danger")).into_any())}
                </section>
                <details class="c-more">
                    <summary>{icon("right", 16)}{tr!(lang, share.edit_more)}</summary>
                    <div class="c-more__body l-stack" data-gap="4"><p>{tr!(lang, share.edit_p)}</p>{link("share-edit", tr!(lang, share.edit), model.edit_url)}</div>
                </details>
                {more(tr!(lang, share.replace), press("replace", tr!(lang, share.replace_p), tr!(lang, share.replace_do), Some("danger")).into_any())}
                <form class="l-section" method="post" action=post.clone()>
                    <div class="c-field"><label for="f-title">{tr!(lang, common.draft_name)}</label><input id="f-title" name="title" value=model.title autocomplete="off" data-w="20" /></div>
                    <div class="l-row"><button class="c-btn" name="op" value="rename">{tr!(lang, share.name_save)}</button></div>
                </form>
                <form class="l-section" method="post" action=post.clone()>
                    <div class="c-field">
                        <label for="f-life">{tr!(lang, share.life)}</label>
                        <p class="c-field__hint" id="f-life-hint">{tr!(lang, share.life_hint)}". "{tr!(lang, share.life_now, when = end)}</p>
                        <div class="c-select">
                            <select id="f-life" name="life" aria-describedby="f-life-hint">{lives.into_iter().collect_view()}</select>
                            {icon("down", 20)}
                        </div>
                    </div>
                    <div class="l-row"><button class="c-btn" name="op" value="life">{tr!(lang, share.life_save)}</button></div>
                </form>
                <div class="l-section">{kept}</div>
                <form class="l-section" method="post" action=post id="delete-h">
                    <details class="c-more">
                        <summary>{icon("right", 16)}{tr!(lang, share.delete)}</summary>
                        <div class="c-more__body l-stack" data-gap="4">
                            <p>{tr!(lang, share.delete_p)}</p>
                            <div class="l-row"><button class="c-btn" data-variant="danger" name="op" value="delete">{tr!(lang, share.delete_do)}</button></div>
                        </div>
                    </details>
                </form>
                {copied()}
            </div>
            {copy_script()}
        </div>
    }
    .into_any();
    let token = model.token;
    plain(head, move |l| format!("/{}/d/{token}/share", l.as_str()), "narrow", main)
}
