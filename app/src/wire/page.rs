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

impl PageModel {
    /// The id of the element in which a page has its model: a `<script type="application/json">`, which no browser runs.
    pub const ELEMENT: &str = "model";

    /// The content of that element: JSON without a `<`, so that nothing of a draft ends the element.
    #[cfg(feature = "ssr")]
    pub fn embedded(&self) -> String {
        serde_json::to_string(self).unwrap_or_default().replace('<', "\\u003c")
    }

    /// The model of the page that the browser shows; `None` where it cannot be read.
    #[cfg(feature = "hydrate")]
    pub fn of_page() -> Option<PageModel> {
        let element = leptos::prelude::document().get_element_by_id(PageModel::ELEMENT)?;
        serde_json::from_str(&element.text_content()?).ok()
    }
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

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    /// A draft is the text of a stranger, and the page holds it inside an element.
    #[test]
    fn nothing_of_a_draft_ends_the_element_of_the_model() {
        let hostile = "</script><script>alert(1)</script><!--<script>\u{2028}\u{0}\\u003c\"&amp;";
        let model = PageModel { draft: hostile.into(), token: hostile.into(), ..crate::app::empty() };
        let embedded = model.embedded();
        assert!(embedded.contains("u003c/script>") && !embedded.contains('<'), "{embedded}");
        let read: PageModel = serde_json::from_str(&embedded).unwrap();
        assert_eq!((read.draft.as_str(), read.token.as_str()), (hostile, hostile));
    }
}
