//! A draft's history: what was changed when, a look at a point, and the way back to it.

use crate::{
    http::{frame::plain, page::Head},
    site::parts::{ago::ago, changed::sentences, differences::table},
};
use app::{
    markup::{self, ChangeView},
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
    /// Its name, where it is a version.
    pub name: Option<&'static str>,
    /// Whether its definition was downloaded.
    pub is_exported: bool,
    /// Whether it was registered on AWS.
    pub is_registered: bool,
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
    /// Its name, where it is a version.
    pub name: Option<&'static str>,
    /// The draft as it was.
    pub draft: Draft,
    /// The version that it is compared with; `None` for the newest.
    pub with: Option<i64>,
    /// Whether that one is newer.
    pub is_older: bool,
    /// The versions to compare with besides the newest: revision, seconds since 1970, name.
    pub others: Vec<(i64, i64, Option<&'static str>)>,
    /// What changed from the older to the newer of both.
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
            None if p.revision == 1 => vec![tr!(lang, history.original).to_owned()],
            None => Vec::new(),
            Some(all) if all.is_empty() => vec![tr!(lang, history.same).to_owned()],
            Some(all) => sentences(lang, all, TOLD),
        };
        let marks = [(p.is_exported, tr!(lang, history.exported)), (p.is_registered, tr!(lang, history.registered))];
        let marks = marks.into_iter().filter(|(is, _)| *is).map(|(_, words)| view! { <span class="c-badge" data-variant="ok">{words}</span> }).collect_view();
        let about = if p.revision == newest { tr!(lang, history.now).to_owned() } else { when.clone() };
        let href = format!("{base}/history?at={}", p.revision);
        view! {
            <li>
                <div><h2 class="c-table__when">{about}</h2><div class="l-row">{p.name.map(|name| view! { <strong>{name}</strong> })}{marks}</div>{told.into_iter().map(|t| view! { <p>{t}</p> }).collect_view()}</div>
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
    let label = |name: Option<&'static str>, at: i64| match name {
        Some(name) => format!("{name}, {}", ago(lang, now, at)),
        None => ago(lang, now, at),
    };
    let this = label(point.name, point.saved_at);
    let other = point.with.and_then(|with| point.others.iter().find(|o| o.0 == with)).map(|(_, at, name)| label(*name, *at));
    let other = other.unwrap_or_else(|| tr!(lang, history.now).to_owned());
    let (left, right) = if point.is_older { (this.as_str(), other.as_str()) } else { (other.as_str(), this.as_str()) };
    let rows = table(lang, left, right, &point.changes);
    let options = point.others.iter().map(|&(revision, at, name)| {
        view! { <option value=revision selected=point.with == Some(revision)>{label(name, at)}</option> }
    });
    let options = options.collect_view();
    view! {
        <div class="l-stack">
            <div>
                <a class="c-back" href=format!("{base}/history")>{icon("left", 16)}{tr!(lang, history.title)}</a>
                <div class="c-title"><h1>{tr!(lang, history.point, when = when.as_str())}</h1>{point.name.map(|name| view! { <p>{name}</p> })}</div>
            </div>
            <form class="l-row" method="get" action=format!("{base}/history")>
                <input type="hidden" name="at" value=point.revision />
                <label class="c-field__label" for="with">{tr!(lang, history.compare)}</label>
                <select class="c-select" id="with" name="with"><option value="">{tr!(lang, history.compare_now)}</option>{options}</select>
                <button class="c-btn">{tr!(lang, history.compare_do)}</button>
            </form>
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
                <pre class="c-json" tabindex="0" role="region" aria-label=tr!(lang, common.json_label) translate="no" lang="en"><code inner_html=markup::json(lang, point.draft.definition(), "", &markup::Marks::default())></code></pre>
            </div>
        </div>
    }
    .into_any()
}
