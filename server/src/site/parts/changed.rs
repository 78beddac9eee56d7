//! What changed between two drafts, on one line, and how a version came to be.

use crate::draft_service::{Direction, Timeline};
use app::{
    markup::{self, ChangeView, sentence},
    tr,
    wire::SavedChanges,
};
use drafts::Way;
use taskdef::{Draft, Lang};

/// The first change and how many more there are; `None` where nothing changed.
pub fn summary(lang: Lang, from: &Draft, to: &Draft) -> Option<String> {
    let changes = markup::changes(lang, from, to);
    let first = sentence(lang, changes.first()?);
    Some(if changes.len() > 1 { format!("{first} ({})", tr!(lang, history.more, n = changes.len() - 1)) } else { first })
}

/// The first few changes, each a sentence, and how many more there are.
pub fn sentences(lang: Lang, changes: &[ChangeView], most: usize) -> Vec<String> {
    let more = changes.len().saturating_sub(most);
    changes.iter().take(most).map(|c| sentence(lang, c)).chain((more > 0).then(|| tr!(lang, history.more, n = more))).collect()
}

/// The name of a version; `None` for changes like any other.
pub fn version(lang: Lang, way: Way) -> Option<&'static str> {
    Some(match way {
        Way::Created => tr!(lang, history.way_created),
        Way::Imported => tr!(lang, history.way_imported),
        Way::Fixed => tr!(lang, history.way_fixed),
        Way::Json => tr!(lang, history.way_json),
        Way::Api => tr!(lang, history.way_api),
        Way::Merged => tr!(lang, history.way_merged),
        Way::Restored(_) => tr!(lang, history.way_restored),
        Way::Edited | Way::Continued | Way::Undone(_) | Way::Redone(_) => return None,
    })
}

/// The words of the buttons Undo and Redo.
pub fn buttons(lang: Lang, timeline: &Timeline) -> SavedChanges {
    let what = |way| version(lang, way).unwrap_or(tr!(lang, history.way_edited));
    SavedChanges {
        undo: timeline.next(Direction::Undo).map(|way| tr!(lang, history.undo_what, what = what(way))),
        redo: timeline.next(Direction::Redo).map(|way| tr!(lang, history.redo_what, what = what(way))),
    }
}
