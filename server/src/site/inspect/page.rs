//! What the page is made from.

use super::view::{Image, InspectModel, view};
use crate::{
    app_state::AppState,
    draft_service::{OpenDraft, findings_with, now},
    http::page::Page,
    inspect::{Answered, images, looked, own, words},
    site::parts::ago::ago,
};
use app::tr;
use axum::http::StatusCode;
use std::{
    collections::HashSet,
    time::{Duration, SystemTime},
};
use taskdef::{Lang, facts::Images};

/// The page with these answers.
pub fn page(lang: Lang, app: &AppState, open: OpenDraft, answers: Vec<Answered>) -> Page {
    page_with(lang, app, open, answers, None)
}

/// The same, where a text about the image `wrong` was not understood.
pub fn page_with(lang: Lang, app: &AppState, open: OpenDraft, answers: Vec<Answered>, wrong: Option<String>) -> Page {
    let definition = open.draft.definition();
    let (token, revision) = (open.token.to_text(), open.stored.revision);
    // What the looks add: all that the rules say with them and not without.
    let without: HashSet<(String, String, String)> =
        findings_with(lang, &open.draft, Images::default()).into_iter().map(|f| (f.rule, f.place, f.message)).collect();
    let pasted = own::facts(&open.draft);
    let found = findings_with(lang, &open.draft, looked(&answers).or(pasted.iter().cloned()));
    let found = found.into_iter().filter(|f| !without.contains(&(f.rule.clone(), f.place.clone(), f.message.clone()))).collect();
    let since = |at: SystemTime| at.duration_since(SystemTime::UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs() as i64;
    let unread = |answer: &Answered| answer.1.as_ref().ok().filter(|look| look.facts.layers.is_none()).map(|look| look.facts.size);
    let unread: Vec<u64> = answers.iter().filter_map(unread).collect();
    let pasted_rows = |name: &str| pasted.iter().find(|(image, _)| image == name).map(|(_, facts)| words::told(lang, facts));
    let image = |name: String| {
        let answer = answers.iter().find(|(image, _)| *image == name).map(|(_, answer)| answer);
        match answer {
            None => Image { pasted: pasted_rows(&name), name, ..Image::default() },
            Some(Ok(look)) => Image { name, age: Some(ago(lang, now(), since(look.at))), rows: words::rows(lang, &look.facts), ..Image::default() },
            Some(Err(error)) => Image { pasted: pasted_rows(&name), name, problem: Some(words::problem(lang, error)), ..Image::default() },
        }
    };
    let model = InspectModel {
        token,
        revision,
        on: app.images.is_on(),
        looked: !answers.is_empty(),
        judged: !answers.is_empty() || !pasted.is_empty(),
        wrong,
        images: images(definition).into_iter().map(image).collect(),
        layers: (!unread.is_empty()).then(|| words::size(unread.iter().fold(0, |sum: u64, size| sum.saturating_add(*size)))),
        findings: found,
        pulls: app.images.pulls_left(definition),
    };
    let wrong = model.wrong.is_some();
    let page = Page::new(lang, tr!(lang, inspect.title), move |head| view(head, &model)).wrong(wrong);
    if wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page }
}
