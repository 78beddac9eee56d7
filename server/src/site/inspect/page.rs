//! What the page is made from.

use super::{
    signed_in::SignedIn,
    view::{Image, InspectModel, view},
};
use crate::{
    app_state::AppState,
    draft_service::{OpenDraft, findings_with, now},
    http::page::Page,
    inspect::{Answered, ecr, images, looked, own, words},
    site::{parts::ago::ago, register::Refused},
};
use app::tr;
use axum::http::{HeaderMap, StatusCode};
use std::{
    collections::HashSet,
    time::{Duration, SystemTime},
};
use taskdef::{Lang, deploy::Problem, facts::Images};

/// What has to be said on the page besides.
#[derive(Default)]
pub struct Told {
    /// The image about which a text was not understood: `422 Unprocessable Content`.
    pub wrong: Option<String>,
    /// What is wrong with the keys that were sent: the same.
    pub refused: Option<Refused>,
    /// Why AWS did not sign in.
    pub problem: Option<Problem>,
}

/// The page with these answers, and with what earlier looks answered about the other images.
pub fn page(lang: Lang, app: &AppState, open: OpenDraft, visitor: &HeaderMap, answers: Vec<Answered>, told: Told) -> Page {
    let known = |image: &String| answers.iter().any(|(name, _)| name == image);
    let earlier: Vec<Answered> = app.images.earlier(open.draft.definition()).into_iter().filter(|(image, _)| !known(image)).collect();
    let answers = own::with(answers.into_iter().chain(earlier).collect(), &open.draft);
    let definition = open.draft.definition();
    let (token, revision) = (open.token.to_text(), open.stored.revision);
    // What the looks add: all that the rules say with them and not without.
    let without: HashSet<(String, String, String)> =
        findings_with(lang, &open.draft, Images::default()).into_iter().map(|f| (f.rule, f.place, f.message)).collect();
    let pasted = own::facts(&open.draft);
    let found = findings_with(lang, &open.draft, looked(&answers).or(pasted.iter().cloned()));
    let found = found.into_iter().filter(|f| !without.contains(&(f.rule.clone(), f.place.clone(), f.message.clone()))).collect();
    let since = |at: SystemTime| at.duration_since(SystemTime::UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs() as i64;
    let private = ecr::private(definition);
    let is_private = |image: &String| private.iter().any(|(name, _)| name == image);
    let unread = |answer: &Answered| answer.1.as_ref().ok().filter(|look| look.facts.layers.is_none()).map(|look| look.facts.size);
    let size = |of_private: bool| {
        let sizes: Vec<u64> = answers.iter().filter(|(image, _)| is_private(image) == of_private).filter_map(unread).collect();
        (!sizes.is_empty()).then(|| words::size(sizes.iter().fold(0, |sum: u64, size| sum.saturating_add(*size))))
    };
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
        wrong: told.wrong,
        images: images(definition).into_iter().map(image).collect(),
        layers: size(false),
        signed_in: (!private.is_empty()).then(|| SignedIn {
            access: app.registrar.access(visitor),
            images: private.iter().map(|(image, _)| image.clone()).collect(),
            policy: ecr::policy(&private),
            layers: size(true),
            refused: told.refused,
            problem: told.problem,
        }),
        findings: found,
        pulls: app.images.pulls_left(definition),
    };
    let wrong = model.wrong.is_some() || told.refused.is_some();
    let page = Page::new(lang, tr!(lang, inspect.title), move |head| view(head, &model)).wrong(wrong);
    if wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page }
}
