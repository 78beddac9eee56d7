//! What an action does to a draft and where it leads: the same for a press in the browser and for a posted form.

use crate::address::Page;
use taskdef::{
    Draft, Edit, Step,
    document::{pointer::field_id, view},
    questions::{self, Action, Control, Fix, Focus, List, Question},
};

/// The edit of a fix, and the control that it mends.
pub type Mended = (Edit, Option<Control>);

/// What an action is taken on.
pub struct Situation<'a> {
    /// The draft with all answers of the form.
    pub draft: &'a Draft,
    /// The page whose button was pressed.
    pub page: Page,
    /// Looks up the edit of a fix, and the control that it mends.
    pub fix: &'a dyn Fn(&Fix) -> Option<Mended>,
    /// Reads the pasted `.env` lines.
    pub dotenv: &'a dyn Fn() -> String,
}

/// What an action does.
#[derive(Debug, Default, PartialEq)]
pub struct Outcome {
    /// The change; empty when nothing changes.
    pub edit: Edit,
    /// Where it leads.
    pub next: Next,
    /// The id of the element that gets the focus there.
    pub focus: Option<String>,
}

/// Where an action leads.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Next {
    /// To the same page.
    #[default]
    Stay,
    /// To another page.
    Open(Page),
    /// To another page, unless this one has an error.
    GoOn(Page),
    /// Home, once the draft is saved.
    Home,
}

/// What `action` does there.
pub fn outcome(action: &Action, on: &Situation<'_>) -> Outcome {
    match action {
        Action::GoOn => {
            let containers = view::containers(on.draft.definition()).len();
            Outcome { edit: on.draft.mark_tried(on.page.step(), on.page.container()), next: Next::GoOn(on.page.next(containers)), focus: None }
        }
        Action::Exit => Outcome { next: Next::Home, ..Outcome::default() },
        // What can be undone is remembered by the browser alone; a posted form has nothing to take back.
        Action::Update | Action::Undo | Action::Redo => Outcome::default(),
        Action::Fix(fix) => match (on.fix)(fix) {
            // A fix for many places has no control; the list of what is left gets the focus.
            Some((edit, control)) => Outcome { edit, next: Next::Stay, focus: Some(control.map_or_else(|| "findings-h".to_owned(), |control| control.id())) },
            None => Outcome::default(),
        },
        Action::Add(_) | Action::Remove(..) | Action::Duplicate(_) | Action::Up(_) | Action::Down(_) => {
            questions::row(on.draft, action).map_or_else(Outcome::default, |row| in_rows(action, on.page, row))
        }
        Action::PasteEnv(container) => {
            questions::paste_env(on.draft, *container, &(on.dotenv)()).map_or_else(Outcome::default, |row| in_rows(action, on.page, row))
        }
    }
}

/// A new container opens its page, a removed one closes it; otherwise the page stays.
fn in_rows(action: &Action, page: Page, row: questions::Row) -> Outcome {
    let at = field_id(&row.focus.to_string());
    let container = match row.focus {
        Focus::Question(Question::Container(i, _)) => Some(i),
        _ => None,
    };
    let (next, focus) = match (action, container) {
        (Action::Add(List::Containers) | Action::Duplicate(_), Some(i)) => (Next::Open(Page::Container(i)), Some(at)),
        (Action::Remove(List::Containers, _), _) if page.container().is_some() => (Next::Open(Page::Step(Step::Containers)), None),
        (Action::Remove(List::Containers, _), Some(i)) => (Next::Stay, Some(card_id(i))),
        _ => (Next::Stay, Some(at)),
    };
    Outcome { edit: row.edit, next, focus }
}

/// The id of a container's heading in the list of containers.
pub fn card_id(container: usize) -> String {
    format!("c{}-h", container + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(page: Page, op: &str) -> Outcome {
        let situation = Situation { draft: &Draft::tutorial(), page, fix: &|_| None, dotenv: &|| "A=1".into() };
        op.parse().map(|action| outcome(&action, &situation)).unwrap_or_default()
    }

    #[test]
    fn a_new_container_opens_its_page_and_a_removed_one_closes_it() {
        let list = Page::Step(Step::Containers);
        for (page, op, next, focus) in [
            (list, "add:/containerDefinitions", Next::Open(Page::Container(2)), Some("f-containerDefinitions-2-name")),
            (list, "duplicate:/containerDefinitions/0", Next::Open(Page::Container(1)), Some("f-containerDefinitions-1-name")),
            (Page::Container(1), "remove:/containerDefinitions/1", Next::Open(list), None),
            (list, "remove:/containerDefinitions/1", Next::Stay, Some("c1-h")),
            (list, "down:/containerDefinitions/0", Next::Stay, Some("f-up-containerDefinitions-1")),
            (Page::Container(0), "remove:/containerDefinitions/0/environment/1", Next::Stay, Some("f-containerDefinitions-0-environment-0-name")),
            (Page::Container(0), "dotenv:/containerDefinitions/0/environment", Next::Stay, Some("f-containerDefinitions-0-environment-0-name")),
        ] {
            let outcome = on(page, op);
            assert!(!outcome.edit.is_empty(), "{op}");
            assert_eq!((outcome.next, outcome.focus.as_deref()), (next, focus), "{op}");
        }
    }

    #[test]
    fn what_cannot_be_done_changes_nothing_and_stays() {
        for op in ["undo", "redo", "fix:task-family-format:0:/family", "doctor:pull-denied", "up:/containerDefinitions/0", "remove:/containerDefinitions/9"] {
            assert_eq!(on(Page::Step(Step::Containers), op), Outcome::default(), "{op}");
        }
    }

    #[test]
    fn continue_marks_its_step_and_names_the_next_page() {
        let fresh = Draft::empty();
        let go_on = outcome(&Action::GoOn, &Situation { draft: &fresh, page: Page::Step(Step::Size), fix: &|_| None, dotenv: &String::new });
        assert_eq!(go_on.next, Next::GoOn(Page::Step(Step::Containers)));
        let mut after = fresh;
        go_on.edit.apply(after.root_mut()).unwrap();
        assert!(after.tried(Step::Size) && !after.tried(Step::Cluster));
        assert_eq!(on(Page::Step(Step::Size), "exit").next, Next::Home);
    }
}
