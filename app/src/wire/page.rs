//! What a page of the wizard starts from.

use super::Answer;
use serde::{Deserialize, Serialize};
use taskdef::Lang;

/// Everything that a wizard page starts from.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PageModel {
    /// Language of the page.
    pub lang: Lang,
    /// The edit link's token.
    pub token: String,
    /// The address path of the page.
    pub path: String,
    /// Whether the page comes back from a Continue that found errors.
    pub checked: bool,
    /// What the last import left out, for a note.
    pub dropped: Option<String>,
    /// The revision that was exported last from this browser.
    pub exported: Option<i64>,
    /// What Undo and Redo would take back and do again of what was saved before this page.
    pub saved: SavedChanges,
    /// Theme from the cookie: `light`, `dark`, or nothing.
    pub theme: Option<String>,
    /// The draft's text.
    pub draft: String,
    /// Regions and instance types to choose from.
    pub choices: Choices,
    /// What the server says of this revision.
    pub answer: Answer,
}

/// What can be undone and done again of what is saved, in words for the buttons.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SavedChanges {
    /// What Undo takes back; `None` where there is nothing.
    pub undo: Option<String>,
    /// What Redo does again.
    pub redo: Option<String>,
}

/// What selects offer: value and label.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Choices {
    /// Regions: code and name.
    pub regions: Vec<(String, String)>,
    /// How many of them, the last ones, need an account of their own.
    pub apart: usize,
    /// Instance types: name, vCPU, GB.
    pub instances: Vec<(String, u64, String)>,
}
