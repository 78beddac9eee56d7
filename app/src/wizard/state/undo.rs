//! Changes: each is an edit that can be undone, and is drawn a moment after it was made.

use super::{SaveState, Wizard};
use crate::{wire::Doing, wizard::widgets::browser};
use leptos::prelude::*;
use taskdef::{
    Edit,
    document::edit,
    questions::{Action, Question},
};

/// Changes that can be undone.
const UNDONE: usize = 200;

#[cfg_attr(not(feature = "hydrate"), allow(dead_code))]
impl Wizard {
    /// Something was typed or chosen.
    pub fn change(self, question: Question, value: &str) {
        let edit = self.draft.with_untracked(|draft| question.change(draft, value));
        self.record(&edit, Some(question));
    }

    /// Applies an edit that can be undone.
    pub fn apply(self, edit: &Edit) {
        self.record(edit, None);
    }

    /// The same; what is typed as one answer is one change.
    fn record(self, edit: &Edit, question: Option<Question>) {
        let goes_on = question.is_some() && self.past.with_untracked(|past| past.last().is_some_and(|(_, typed)| *typed == question));
        let before = if goes_on { None } else { self.separate() };
        let Some(inverse) = self.perform(edit) else { return };
        if before.is_some() {
            self.unsure.set_value(before);
        }
        self.offered.set(None);
        self.future.set(Vec::new());
        self.saved.update(|saved| saved.redo = None);
        self.doing.update_value(|doing| {
            if !goes_on {
                *doing = Doing::Edited;
            } else if self.is_answered.get_value() {
                *doing = Doing::Continued;
            }
        });
        self.is_answered.set_value(false);
        self.past.update(|past| match past.last_mut() {
            Some((before, typed)) if question.is_some() && *typed == question => before.0.splice(0..0, inverse.0).for_each(drop),
            _ => {
                past.push((inverse, question));
                if past.len() > UNDONE {
                    past.remove(0);
                }
            }
        });
    }

    /// The next change of the same answer is a separate change.
    pub fn seal(self) {
        self.past.update_untracked(|past| past.last_mut().into_iter().for_each(|(_, typed)| *typed = None));
    }

    /// Whether nothing that was done on this page can be undone, or, `forwards`, done again.
    pub fn nothing_to_step(self, forwards: bool) -> bool {
        if forwards { self.future.with(Vec::is_empty) } else { self.past.with(Vec::is_empty) }
    }

    /// Takes the newest change back, or, `forwards`, makes it again. The place of the definition where that was.
    pub fn step_back(self, forwards: bool) -> Option<String> {
        self.told.set(None);
        let edit = if forwards { self.future.try_update(Vec::pop)? } else { self.past.try_update(|past| past.pop().map(|(edit, _)| edit))? }?;
        self.offered.set(Some(if forwards { Action::Undo } else { Action::Redo }));
        self.typing.set_value(None);
        self.doing.set_value(if forwards { Doing::Redone } else { Doing::Undone });
        match self.perform(&edit) {
            Some(inverse) if forwards => self.past.update(|past| past.push((inverse, None))),
            Some(inverse) => self.future.update(|future| future.push(inverse)),
            // What it was about is no more; what came before it might not fit either.
            None => self.forget(),
        }
        edit.0.iter().map(edit::Op::path).find(|path| !path.starts_with("/aside")).map(str::to_owned)
    }

    /// A button took something away or cured it: the server says what, and the way back is offered.
    pub fn offer_back(self) {
        self.doing.set_value(Doing::Pressed);
        self.told.set(None);
        self.offered.set(Some(Action::Undo));
    }

    /// What others changed came in: earlier places may mean something else now.
    pub(super) fn forget(self) {
        self.past.set(Vec::new());
        self.future.set(Vec::new());
        self.offered.set(None);
        self.newest.set_value(Edit::default());
        self.redraw();
    }

    /// Brings what is drawn up to the draft, after the next picture of the page.
    pub(super) fn redraw(self) {
        #[cfg(feature = "hydrate")]
        if !self.redrawing.get_value() {
            self.redrawing.set_value(true);
            browser::after_paint(move || {
                self.redrawing.set_value(false);
                self.changed.set(self.newest.get_value());
                self.drawn.set(self.draft.get_untracked());
            });
        }
    }

    /// Applies an edit and plans a save. The inverse; `None` when nothing was changed.
    pub fn perform(self, edit: &Edit) -> Option<Edit> {
        if edit.is_empty() {
            return None;
        }
        let mut inverse = None;
        self.draft.update(|draft| inverse = edit.apply(draft.root_mut()).ok());
        if let Some(inverse) = &inverse {
            self.newest.set_value(inverse.clone());
            self.redraw();
        }
        self.serial.update_value(|n| *n += 1);
        self.save.set(SaveState::Saving);
        self.unkept.set_value(true);
        browser::after_paint(move || self.keep());
        self.save_later();
        inverse
    }

    /// Walks the way of an answer once and changes nothing. A browser compiles a program where it runs for the
    /// first time, and the first key is not to wait for that.
    pub fn rehearse(self, question: Question) {
        if self.rehearsed.get_value() {
            return;
        }
        self.rehearsed.set_value(true);
        let mut draft = self.draft.get_untracked();
        let edit = question.change(&draft, &format!("{}0", question.rendered(&draft)));
        if edit.apply(draft.root_mut()).is_ok() {
            // Told as changed, though they are what they were.
            self.draft.update(|_| ());
            self.past.update(|_| ());
            self.save.update(|_| ());
        }
    }
}
