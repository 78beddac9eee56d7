//! `POST /diagnose`: what AWS or a tool said, back to its cause.

use super::{
    error::ApiError,
    extract::{self, Text},
};
use axum::Json;
use serde::Serialize;
use serde_json::Value;
use taskdef::{
    Lang,
    diagnose::{self, Cause},
    lint,
};

/// Takes the text as it was copied: a message, a log, events, or the JSON that the CLI prints.
pub async fn diagnose(extract::Lang(lang): extract::Lang, Text(text): Text) -> Result<Json<Answer>, ApiError> {
    Ok(Json(answer(lang, &text, None)))
}

/// What a text says.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// Whether anything of it is known.
    pub known: bool,
    /// Why it failed: what happened first comes first.
    pub causes: Vec<CauseJson>,
    /// What follows from the causes, or tells of no fault.
    pub echoes: Vec<CauseJson>,
    /// The day of the rules, ISO 8601.
    pub rules_as_of: &'static str,
}

/// A known text in words.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CauseJson {
    /// Its name.
    pub id: &'static str,
    /// What it is.
    pub title: String,
    /// Why it happens.
    pub why: String,
    /// What to do.
    #[serde(rename = "do")]
    pub how: String,
    /// The words that gave it away, as they were sent.
    pub quote: String,
    /// Whether what has to change is outside the definition.
    pub definition_is_right: bool,
    /// The rules that find it before AWS does.
    pub rules: Vec<&'static str>,
    /// The place in the definition that the words speak of, where a definition was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
}

/// Reads a text.
pub fn answer(lang: Lang, text: &str, definition: Option<&Value>) -> Answer {
    let found = diagnose::diagnose(text);
    let told = |cause: &Cause| {
        let (title, why, how) = diagnose::words(lang, cause.known);
        let whole = format!("{}{}{}", cause.quote.before, cause.quote.words, cause.quote.after);
        CauseJson {
            id: cause.known.id,
            title,
            why,
            how,
            quote: cause.quote.words.clone(),
            definition_is_right: cause.known.outside,
            rules: cause.known.rules.iter().map(|rule| rule.id).collect(),
            path: definition.filter(|_| !cause.known.outside).and_then(|definition| diagnose::place(&whole, definition)),
        }
    };
    Answer {
        known: !found.causes.is_empty(),
        causes: found.causes.iter().map(told).collect(),
        echoes: found.echoes.iter().map(told).collect(),
        rules_as_of: lint::AS_OF,
    }
}
