//! Pages that the server renders whole: no program, no state.

mod ago;
mod conflict;
mod copier;
mod differences;
mod doctor;
mod editor;
mod glossary;
mod history;
mod home;
mod message;
mod note;
mod recent;
mod register;
mod rules;
mod share;
mod view;

pub use crate::markup::{ChangeView, changes, place, short};
pub use conflict::{ClashView, conflict};
pub use differences::{Since, fixes, since};
pub use doctor::{DoctorModel, doctor};
pub use editor::{EditorModel, LineView, editor};
pub use glossary::{TERMS, glossary};
pub use history::{HistoryModel, LookModel, PointView, history};
pub use home::{HomeModel, home};
pub use message::{Trouble, missing, trouble};
pub use note::{markdown, note};
pub use recent::RecentView;
pub use register::{OperationModel, PastView, Refused, RegisterModel, Way, operation, refused, register};
pub use rules::{RulesModel, rules};
pub use share::{ShareModel, share};
pub use view::{ViewModel, view};

use taskdef::Lang;

/// Titles of the pages.
macro_rules! titles {
    ($($(#[$doc:meta])* $name:ident = $($key:ident).+;)*) => {
        $($(#[$doc])* pub fn $name(lang: Lang) -> String { tr!(lang, $($key).+).to_owned() })*
    };
}

titles! {
    /// Start page.
    title_home = home.title;
    /// No draft at this link.
    title_missing = share.missing_title;
    /// No page at this address.
    title_nowhere = common.page_missing;
    /// Our own trouble.
    title_trouble = share.trouble;
    /// Links of a draft.
    title_share = common.share_title;
    /// What AWS said.
    title_doctor = doctor.title;
    /// The words of ECS.
    title_glossary = glossary.title;
    /// The definition as JSON.
    title_editor = editor.title;
    /// Fixes that need no decision.
    title_fixes = share.fixes_title;
    /// The draft in words.
    title_note = share.note_title;
    /// Since the export.
    title_since = share.since_title;
    /// A definition that is no object.
    editor_not_object = editor.not_object;
    /// Registering on AWS.
    title_register = register.title;
    /// A request that did not come from where it must.
    title_refused = register.refused_title;
    /// Points in time.
    title_history = history.title;
    /// A shared draft without a name.
    title_view = share.read_only;
    /// All rules.
    title_rules = rules.title;
    /// Two people's answers.
    title_conflict = share.conflict_title;
    /// In front of a title when something must be corrected.
    error_prefix = common.error_prefix;
    /// Name of the tutorial's draft.
    first_task = common.first_task;
    /// The import found nothing.
    import_nothing = home.nothing;
    /// The import is too large.
    import_too_large = home.too_large;
}

/// Name of a copy.
pub fn copy_of(lang: Lang, name: &str) -> String {
    tr!(lang, common.copy_of, name = name)
}

/// The import is not JSON.
pub fn import_not_json(lang: Lang, line: usize, column: usize) -> String {
    tr!(lang, home.not_json, line = line, column = column)
}

/// What the answers say, for the note.
pub fn facts(lang: Lang, draft: &taskdef::Draft) -> Vec<crate::markup::FactView> {
    crate::markup::facts(lang, draft, &crate::flow::choices(lang))
}
