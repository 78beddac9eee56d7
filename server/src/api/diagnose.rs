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
    diagnose::{
        self, Cause,
        symptom::{self, Ask, Then},
    },
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
    /// What is seen in a browser, where the text says that and nothing of AWS: no cause is certain before the questions are answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub symptom: Option<SymptomJson>,
    /// Known texts that one that is not known resembles, the nearest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub similar: Vec<SimilarJson>,
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

/// What is seen, and what is asked about it.
#[derive(Debug, Serialize)]
pub struct SymptomJson {
    /// Its name.
    pub id: &'static str,
    /// What it is.
    pub title: String,
    /// The first question.
    pub question: AskJson,
}

/// A question.
#[derive(Debug, Serialize)]
pub struct AskJson {
    /// The question.
    pub text: &'static str,
    /// Its answers.
    pub answers: Vec<AnswerJson>,
}

/// An answer, and the next question or the end.
#[derive(Debug, Serialize)]
pub struct AnswerJson {
    /// The answer.
    pub text: &'static str,
    /// The next question.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<Box<AskJson>>,
    /// The most common cause then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<EndJson>,
}

/// The most common cause.
#[derive(Debug, Serialize)]
pub struct EndJson {
    /// What it is.
    pub title: String,
    /// Why it happens.
    pub why: String,
    /// What to do.
    #[serde(rename = "do")]
    pub how: String,
}

/// A known text that is not the one that was sent.
#[derive(Debug, Serialize)]
pub struct SimilarJson {
    /// Its name.
    pub id: &'static str,
    /// What it is.
    pub title: String,
}

fn ask(lang: Lang, question: &Ask) -> AskJson {
    let answer = |answer: &symptom::Answer| {
        let text = answer.message.text.plain(lang);
        match &answer.then {
            Then::Ask(next) => AnswerJson { text, question: Some(Box::new(ask(lang, next))), cause: None },
            Then::End(ending) => {
                let (title, why, how) = ending.message.explained(lang);
                AnswerJson { text, question: None, cause: Some(EndJson { title, why, how }) }
            }
        }
    };
    AskJson { text: question.message.text.plain(lang), answers: question.answers.iter().map(answer).collect() }
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
    let seen = symptom::symptom(text).filter(|_| found.causes.is_empty());
    let near = if found.causes.is_empty() && seen.is_none() { diagnose::near(text) } else { Vec::new() };
    Answer {
        known: !found.causes.is_empty(),
        symptom: seen.map(|s| SymptomJson { id: s.id, title: s.words(lang).0, question: ask(lang, &s.ask) }),
        similar: near.into_iter().map(|known| SimilarJson { id: known.id, title: diagnose::words(lang, known).0 }).collect(),
        causes: found.causes.iter().map(told).collect(),
        echoes: found.echoes.iter().map(told).collect(),
        rules_as_of: lint::AS_OF,
    }
}
