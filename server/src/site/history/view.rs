//! A draft's history: what was changed when, a look at a point, and the way back to it.

use crate::{
    http::{frame::plain, page::Head},
    site::parts::{ago::ago, differences::table},
};
use app::{
    markup::{self, ChangeView, sentence},
    tr,
    widgets::icon,
};
use leptos::prelude::*;
use taskdef::{Draft, Lang};

/// Maximum number of changes that are listed for one point.
const TOLD: usize = 4;

/// A point, newest first.
#[derive(Clone, Debug)]
pub struct PointView {
    /// Its last revision.
    pub revision: i64,
    /// Seconds since 1970 of its last save.
    pub saved_at: i64,
    /// Whether this browser made it; `None` if that is not known.
    pub own: Option<bool>,
    /// What it changed, against the point before; `None` for the oldest that is kept.
    pub changes: Option<Vec<ChangeView>>,
}

/// A point that is looked at.
#[derive(Clone, Debug)]
pub struct LookModel {
    /// Its revision.
    pub revision: i64,
    /// Seconds since 1970 of its last save.
    pub saved_at: i64,
    /// The draft as it was.
    pub draft: Draft,
    /// What changed from there to now.
    pub changes: Vec<ChangeView>,
}

/// What the pages need besides.
#[derive(Clone, Debug)]
pub struct HistoryModel {
    /// The edit token.
    pub token: String,
    /// Seconds since 1970.
    pub now: i64,
    /// The points.
    pub points: Vec<PointView>,
    /// The one that is looked at.
    pub look: Option<LookModel>,
}

/// The page.
pub fn history(head: &Head, model: HistoryModel) -> AnyView {
    let lang = head.lang;
    let base = format!("/{}/d/{}", lang.as_str(), model.token);
    let main = match model.look {
        Some(point) => look(lang, &base, model.now, point),
        None => list(lang, &base, model.now, model.points),
    };
    let token = model.token;
    plain(head, move |l| format!("/{}/d/{token}/history", l.as_str()), "narrow", main)
}

fn list(lang: Lang, base: &str, now: i64, points: Vec<PointView>) -> AnyView {
    let newest = points.first().map_or(0, |p| p.revision);
    let rows = points.into_iter().map(|p| {
        let when = ago(lang, now, p.saved_at);
        let who = p.own.map(|own| if own { tr!(lang, history.you) } else { tr!(lang, history.other) });
        let told: Vec<String> = match &p.changes {
            None => vec![tr!(lang, history.first).to_owned()],
            Some(all) if all.is_empty() => vec![tr!(lang, history.same).to_owned()],
            Some(all) => {
                let more = all.len().saturating_sub(TOLD);
                let some = all.iter().take(TOLD).map(|c| sentence(lang, c));
                some.chain((more > 0).then(|| tr!(lang, history.more, n = more))).collect()
            }
        };
        let about = if p.revision == newest { tr!(lang, history.now).to_owned() } else { when.clone() };
        let href = format!("{base}/history?at={}", p.revision);
        view! {
            <li>
                <div><h2 class="c-table__when">{about}</h2>{told.into_iter().map(|t| view! { <p>{t}</p> }).collect_view()}</div>
                <div class="c-table__num">
                    {who.map(|w| view! { <small>{w}</small> })}
                    {(p.revision != newest).then(|| view! { <a class="c-table__go" href=href>{tr!(lang, history.look)}<span class="u-vh">" "{tr!(lang, history.look_of, when = when.as_str())}</span></a> })}
                </div>
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <div class="l-stack">
            <div>
                <a class="c-back" href=format!("{base}/review")>{icon("left", 16)}{tr!(lang, history.back)}</a>
                <div class="c-title"><h1>{tr!(lang, history.title)}</h1><p>{tr!(lang, history.lead)}</p></div>
            </div>
            <ol class="c-table">{rows}</ol>
        </div>
    }
    .into_any()
}

fn look(lang: Lang, base: &str, now: i64, point: LookModel) -> AnyView {
    let when = ago(lang, now, point.saved_at);
    let same = point.changes.is_empty();
    let rows = table(lang, tr!(lang, history.then), tr!(lang, history.now), &point.changes);
    view! {
        <div class="l-stack">
            <div>
                <a class="c-back" href=format!("{base}/history")>{icon("left", 16)}{tr!(lang, history.title)}</a>
                <div class="c-title"><h1>{tr!(lang, history.point, when = when.as_str())}</h1></div>
            </div>
            <section class="l-stack" data-gap="4" aria-labelledby="diff-h">
                <h2 id="diff-h">{tr!(lang, history.differs)}</h2>
                {same.then(|| view! { <p>{tr!(lang, history.no_diff)}</p> })}
                {rows}
            </section>
            <form class="l-stack" data-gap="3" method="post" action=format!("{base}/history")>
                <input type="hidden" name="at" value=point.revision />
                <p class="c-field__hint">{tr!(lang, history.restored_p)}</p>
                <div class="l-row"><button class="c-btn" data-variant="primary">{tr!(lang, history.restore)}</button></div>
            </form>
            <div class="c-cmd">
                <pre class="c-json" tabindex="0" role="region" aria-label=tr!(lang, common.json_label) translate="no" lang="en"><code inner_html=markup::json(point.draft.definition(), "", &markup::Marks::default())></code></pre>
            </div>
        </div>
    }
    .into_any()
}
