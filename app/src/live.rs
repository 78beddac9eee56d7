//! The live answer: one request saves the draft and brings back what the server says of it.

// The macro makes a struct of the arguments, and it cannot be given docs.
#![allow(missing_docs)]

use crate::model::Answer;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::{codec::JsonEncoding, error::FromServerFnError};
use taskdef::Lang;

/// Why a live save failed; the page reacts to each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum LiveError {
    /// Somebody saved the same answers first.
    Conflict,
    /// There is no draft with this link any more.
    Gone,
    /// The draft is larger than a body may be.
    TooLarge,
    /// Too many requests.
    SlowDown,
    /// The server cannot save now; the request's id.
    Internal(String),
    /// No answer came.
    Network,
}

/// What comes back from a save.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Reply {
    /// Saved; what the server says of it.
    Saved(Box<Answer>),
    /// Not saved, and why.
    Refused(LiveError),
}

impl std::fmt::Display for LiveError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            LiveError::Conflict => "conflict",
            LiveError::Gone => "gone",
            LiveError::TooLarge => "too large",
            LiveError::SlowDown => "slow down",
            LiveError::Internal(_) => "internal",
            LiveError::Network => "network",
        })
    }
}

impl std::error::Error for LiveError {}

impl FromServerFnError for LiveError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(_: server_fn::error::ServerFnErrorErr) -> Self {
        LiveError::Network
    }
}

/// Saves `draft`, made from revision `base`, and checks it.
///
/// What the page can react to comes back as an answer; only a server that does not answer is an error,
/// so that a clash does not look like a failure in the browser.
#[server(prefix = "/live", endpoint = "save", input = server_fn::codec::Json, output = server_fn::codec::Json)]
pub async fn save(token: String, lang: Lang, base: i64, draft: String) -> Result<Reply, LiveError> {
    Ok(match crate::flow::live_save(&token, lang, base, &draft).await {
        Ok(answer) => Reply::Saved(Box::new(answer)),
        Err(error) => Reply::Refused(error),
    })
}

/// Saves, with every refusal as an error.
pub async fn save_draft(token: String, lang: Lang, base: i64, draft: String) -> Result<Answer, LiveError> {
    match save(token, lang, base, draft).await? {
        Reply::Saved(answer) => Ok(*answer),
        Reply::Refused(error) => Err(error),
    }
}
