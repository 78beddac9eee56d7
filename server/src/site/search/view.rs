//! The page, and the list of answers that the wizard shows too.

use crate::{
    http::{frame::plain, page::Head},
    search::{Entry, Kind, Target, find, named, of_site, start},
};
use app::{tr, widgets::icon};
use leptos::prelude::*;
use taskdef::{
    Draft, Lang,
    document::view,
    questions::{Action, MAX_CONTAINERS},
};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct SearchModel {
    /// What is looked for.
    pub query: String,
    /// The draft that the answers lead into: its edit token, its revision.
    pub draft: Option<(String, i64, Draft)>,
}

/// The page.
pub fn search(head: &Head, model: &SearchModel) -> AnyView {
    let lang = head.lang;
    let asked = !model.query.trim().is_empty();
    let (query, container) = model.draft.as_ref().map_or((model.query.clone(), None), |(.., draft)| narrowed(&model.query, draft));
    let mut found = if asked { find(&query) } else { start() };
    if container.is_some() && query.is_empty() {
        found = named(&["each:container", "each:check"]);
    }
    let found: Vec<&Entry> = found.into_iter().filter(|entry| model.draft.is_some() || is_told(entry)).collect();
    let said = match (asked, found.len()) {
        (false, _) => tr!(lang, search.all).to_owned(),
        (true, 0) => tr!(lang, search.none).to_owned(),
        (true, n) => tr!(lang, search.found, n = n),
    };
    let path = |lang: Lang, token: Option<&str>| token.map_or_else(|| format!("/{}/search", lang.as_str()), |t| format!("/{}/d/{t}/search", lang.as_str()));
    let token = model.draft.as_ref().map(|(token, ..)| token.clone());
    let doctor = token.as_ref().map_or_else(|| of_site(lang, "doctor"), |t| format!("/{}/d/{t}/doctor", lang.as_str()));
    let none = (asked && found.is_empty()).then(
        || view! { <p class="c-field__hint">{tr!(lang, search.none_more)}": "<a data-item="" rel="external" href=doctor>{tr!(lang, search.to_doctor)}</a></p> },
    );
    let rows: Vec<AnyView> = found.iter().flat_map(|entry| rows(lang, entry, model, container)).collect();
    let back =
        token.as_ref().map(|t| view! { <a class="c-back" href=format!("/{}/d/{t}/review", lang.as_str())>{icon("left", 16)}{tr!(lang, share.back)}</a> });
    let main = view! {
        <div class="l-stack">
            <div>{back}<div class="c-title"><h1>{tr!(lang, search.title)}</h1><p>{tr!(lang, search.lead)}</p></div></div>
            <form class="l-stack" data-gap="4" role="search" method="get" action=path(lang, token.as_deref())>
                <div class="c-field">
                    <label for="q">{tr!(lang, search.label)}</label>
                    <p class="c-field__hint" id="q-hint">{tr!(lang, search.hint)}</p>
                    <div class="l-row"><input id="q" name="q" type="search" autocomplete="off" spellcheck="false" data-w="20" value=model.query.clone() aria-describedby="q-hint" /><button class="c-btn">{tr!(lang, search.go)}</button></div>
                </div>
            </form>
            <div id="found">
                <p class="c-field__hint" role="status">{said}</p>
                {none}
                <ul class="c-palette">{rows}</ul>
            </div>
        </div>
    };
    plain(head, move |l| path(l, token.as_deref()), "narrow", main.into_any())
}

/// The question without the name of a container, and that container: a whole name, or the beginning of one that no word of a language
/// has, such as `my-ng`.
fn narrowed(query: &str, draft: &Draft) -> (String, Option<usize>) {
    let containers = view::containers(draft.definition());
    let is_part = |word: &str| word.chars().count() >= 4 && word.contains(|c: char| !c.is_alphabetic());
    let of = |word: &str| {
        let word = word.trim_matches([':', ',', '‘', '’', '"']).to_lowercase();
        let named = |whole: bool| {
            containers.iter().position(|c| {
                let name = c.name().to_lowercase();
                !name.is_empty() && if whole { name == word } else { is_part(&word) && name.starts_with(&word) }
            })
        };
        named(true).or_else(|| named(false))
    };
    let found = query.split_whitespace().find_map(|word| Some((word, of(word)?)));
    match found {
        Some((word, i)) => (query.split_whitespace().filter(|other| *other != word).collect::<Vec<_>>().join(" "), Some(i)),
        None => (query.to_owned(), None),
    }
}

/// Whether a page without a draft can tell of an entry.
fn is_told(entry: &Entry) -> bool {
    !entry.told.is_empty() && entry.told != "rules?q=" || matches!(entry.to, Target::Site(_))
}

/// An entry: one row, or one for each container that has it.
fn rows(lang: Lang, entry: &Entry, model: &SearchModel, only: Option<usize>) -> Vec<AnyView> {
    let Some((token, revision, draft)) = &model.draft else {
        let href = match &entry.to {
            Target::Site(path) => of_site(lang, path),
            _ => of_site(lang, &entry.told),
        };
        return vec![row(lang, entry, href, None)];
    };
    if let Target::Press(action) = &entry.to {
        // The page without JavaScript has no newest change; the wizard has.
        let full = matches!(action, Action::Add(_)) && view::containers(draft.definition()).len() >= MAX_CONTAINERS;
        return if full { Vec::new() } else { vec![press(lang, entry, action, token, *revision)] };
    }
    let containers = view::containers(draft.definition());
    let name = |i: usize| {
        let name = containers.get(i).map_or("", |c| c.name());
        if name.is_empty() { tr!(lang, common.unnamed, n = i + 1) } else { name.to_owned() }
    };
    let wanted = |container: Option<usize>| only.is_none() || container.is_none() || container == only;
    let links = entry.links(lang, token, draft).into_iter().filter(|(container, _)| wanted(*container));
    links.map(|(container, href)| row(lang, entry, href, container.map(name))).collect()
}

fn row(lang: Lang, entry: &Entry, href: String, container: Option<String>) -> AnyView {
    let rel = (!entry.in_wizard()).then_some("external");
    view! { <li><a data-item="" href=href rel=rel>{inside(lang, entry, container)}</a></li> }.into_any()
}

/// Undo and Redo have a form of their own; everything else is done by the form of a step.
fn press(lang: Lang, entry: &Entry, action: &Action, token: &str, revision: i64) -> AnyView {
    let base = format!("/{}/d/{token}", lang.as_str());
    let value = action.to_string();
    let (to, name, with) = match action {
        Action::Undo | Action::Redo => (format!("{base}/undo"), "go", ("page", "review".to_owned())),
        _ => (format!("{base}/containers"), "op", ("rev", revision.to_string())),
    };
    view! {
        <li><form method="post" action=to>
            <input type="hidden" name=with.0 value=with.1 />
            <button data-item="" name=name value=value>{inside(lang, entry, None)}</button>
        </form></li>
    }
    .into_any()
}

fn inside(lang: Lang, entry: &Entry, container: Option<String>) -> AnyView {
    let kind = match entry.kind {
        Kind::Setting => tr!(lang, search.k_setting),
        Kind::Field => tr!(lang, search.k_field),
        Kind::Action => tr!(lang, search.k_action),
        Kind::Page => tr!(lang, search.k_page),
        Kind::Term => tr!(lang, search.k_term),
        Kind::Error => tr!(lang, search.k_error),
        Kind::Rule => tr!(lang, search.k_rule),
    };
    let title = container.map_or_else(|| entry.title(lang).to_owned(), |name| format!("{}: {name}", entry.title(lang)));
    let key = entry.code.rsplit(['.', ']']).find(|part| !part.is_empty()).map(|part| part.trim_end_matches('[').to_owned());
    let code = key.map(|key| view! { " "<code class="u-code" translate="no" lang="en">{key}</code> });
    let note = entry.note(lang);
    let note = (!note.is_empty()).then(|| view! { <small>{note.to_owned()}</small> });
    view! { <span class="c-palette__what"><span>{title}{code}</span>{note}</span><span class="c-tag">{kind}</span> }.into_any()
}
