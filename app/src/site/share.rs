//! Links of a draft, its name, and its end.

use crate::{
    parts::icon,
    shell::{Head, plain},
};
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
}

/// The page.
pub fn share(head: &Head, model: ShareModel) -> AnyView {
    let lang = head.lang;
    let base = format!("/{}/d/{}", lang.as_str(), model.token);
    let link = |id: &'static str, label: &'static str, url: String| {
        view! {
            <div class="c-field">
                <label for=id>{label}</label>
                <input id=id value=url readonly=true data-code=true />
            </div>
        }
    };
    let post = format!("{base}/share");
    let main = view! {
        <div class="l-stack">
            <div>
                <a class="c-back" href=format!("{base}/review")>{icon("left", 16)}{tr!(lang, share.back)}</a>
                <div class="c-title"><h1>{tr!(lang, share.title)}</h1></div>
            </div>
            <section class="l-stack" data-gap="4" aria-label=tr!(lang, share.view)>
                <p>{tr!(lang, share.view_p)}</p>
                {link("share-view", tr!(lang, share.view), model.view_url)}
            </section>
            <details class="c-more">
                <summary>{icon("right", 16)}{tr!(lang, share.edit_more)}</summary>
                <div class="c-more__body l-stack" data-gap="4"><p>{tr!(lang, share.edit_p)}</p>{link("share-edit", tr!(lang, share.edit), model.edit_url)}</div>
            </details>
            <form class="l-section" method="post" action=post.clone()>
                <div class="c-field"><label for="f-title">{tr!(lang, share.name)}</label><input id="f-title" name="title" value=model.title autocomplete="off" data-w="20" /></div>
                <div class="l-row"><button class="c-btn" name="op" value="rename">{tr!(lang, share.name_save)}</button></div>
            </form>
            <form class="l-section" method="post" action=post>
                <details class="c-more">
                    <summary>{icon("right", 16)}{tr!(lang, share.delete)}</summary>
                    <div class="c-more__body l-stack" data-gap="4">
                        <p>{tr!(lang, share.delete_p)}</p>
                        <div class="l-row"><button class="c-btn" data-variant="danger" name="op" value="delete">{tr!(lang, share.delete_do)}</button></div>
                    </div>
                </details>
            </form>
        </div>
    }
    .into_any();
    let token = model.token;
    plain(head, move |l| format!("/{}/d/{token}/share", l.as_str()), "narrow", main)
}
