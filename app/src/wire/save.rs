//! The live save: one request saves the draft and brings back what the server says of it.

// The macro makes a struct of the arguments, and it cannot be given docs.
#![allow(missing_docs)]

use super::{Answer, encoding::JsonText};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::{codec::Post, error::FromServerFnError};
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

/// What was done since the last save, for the history.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Doing {
    /// Answers were changed.
    #[default]
    Edited,
    /// The same answer was typed further.
    Continued,
    /// A button changed something, and the page says what.
    Pressed,
    /// The newest change was taken back.
    Undone,
    /// It was made again.
    Redone,
}

/// What comes back from a save.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Reply {
    /// Saved; what the server says of it.
    Saved(Box<Answer>),
    /// Not saved, and why.
    Refused(LiveError),
}

/// What is to be saved.
#[cfg(feature = "ssr")]
#[derive(Clone)]
pub struct Unsaved {
    /// The edit link's token.
    pub token: String,
    /// The language of the answer.
    pub lang: Lang,
    /// The revision that the draft was made from.
    pub base: i64,
    /// The draft's text.
    pub draft: String,
    /// What was done.
    pub doing: Doing,
}

#[cfg(feature = "ssr")]
type Saving = std::pin::Pin<Box<dyn Future<Output = Result<Answer, LiveError>> + Send>>;

/// How the server saves: it provides this in the context of [`save`].
#[cfg(feature = "ssr")]
#[derive(Clone)]
pub struct SaveDraft(std::sync::Arc<dyn Fn(Unsaved) -> Saving + Send + Sync>);

#[cfg(feature = "ssr")]
impl SaveDraft {
    /// Saves by calling `work`.
    pub fn new<F: Future<Output = Result<Answer, LiveError>> + Send + 'static>(work: impl Fn(Unsaved) -> F + Send + Sync + 'static) -> SaveDraft {
        SaveDraft(std::sync::Arc::new(move |unsaved| Box::pin(work(unsaved))))
    }

    async fn run(&self, unsaved: Unsaved) -> Result<Answer, LiveError> {
        (self.0)(unsaved).await
    }
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
    type Encoder = JsonText;

    fn from_server_fn_error(_: server_fn::error::ServerFnErrorErr) -> Self {
        LiveError::Network
    }
}

/// Saves `draft`, made from revision `base`, and checks it.
///
/// What the page can react to comes back as an answer; only a server that does not answer is an error,
/// so that a clash does not look like a failure in the browser.
#[server(prefix = "/live", endpoint = "save", input = Post<JsonText>, output = Post<JsonText>)]
pub async fn save(token: String, lang: Lang, base: i64, draft: String, #[server(default)] doing: Doing) -> Result<Reply, LiveError> {
    let Some(save) = use_context::<SaveDraft>() else { return Ok(Reply::Refused(LiveError::Internal(String::new()))) };
    Ok(match save.run(Unsaved { token, lang, base, draft, doing }).await {
        Ok(answer) => Reply::Saved(Box::new(answer)),
        Err(error) => Reply::Refused(error),
    })
}

/// Saves, with every refusal as an error.
pub async fn save_draft(token: String, lang: Lang, base: i64, draft: String, doing: Doing) -> Result<Answer, LiveError> {
    match save(token, lang, base, draft, doing).await? {
        Reply::Saved(answer) => Ok(*answer),
        Reply::Refused(error) => Err(error),
    }
}
