//! Saving: a moment after the last change, one request at a time, and nothing is lost on the way.

use super::{SaveState, Wizard};
use crate::{
    wire::{Answer, Doing, FindingView, LiveError, save},
    wizard::widgets::browser,
};
use leptos::prelude::*;
use std::{
    future::poll_fn,
    task::{Poll, Waker},
};
use taskdef::{
    Draft, Severity,
    document::merge,
    questions::{Control, Question},
};

#[cfg_attr(not(feature = "hydrate"), allow(dead_code))]
impl Wizard {
    pub(super) fn save_later(self) {
        #[cfg(feature = "hydrate")]
        {
            let serial = self.serial.get_value();
            let wait = std::time::Duration::from_millis(300);
            set_timeout(
                move || {
                    // Unless Continue has saved it meanwhile.
                    if serial == self.serial.get_value() && !self.is_saved() {
                        self.save_now();
                    }
                },
                wait,
            );
        }
    }

    /// Sends what changed, unless something is on its way; that one then sends again.
    pub fn save_now(self) {
        if self.sending.get_value() || self.save.get_untracked() == SaveState::Conflict {
            return;
        }
        leptos::task::spawn_local(async move {
            self.flush().await;
        });
    }

    /// Waits until no save is on its way.
    async fn settled(self) {
        poll_fn(|cx| {
            if !self.sending.get_value() {
                return Poll::Ready(());
            }
            self.waiting.update_value(|waiting| waiting.push(cx.waker().clone()));
            Poll::Pending
        })
        .await;
    }

    /// A button of the pointer went down, or came up.
    pub fn press(self, down: bool) {
        self.pressing.set_value(down);
        if !down {
            self.waiting.update_value(|waiting| waiting.drain(..).for_each(Waker::wake));
        }
    }

    /// Waits until no button of the pointer is down: what appears meanwhile would move what is pressed, and the press would be lost.
    async fn released(self) {
        poll_fn(|cx| {
            if !self.pressing.get_value() {
                return Poll::Ready(());
            }
            self.waiting.update_value(|waiting| waiting.push(cx.waker().clone()));
            Poll::Pending
        })
        .await;
    }

    /// Marks a question as answered, once nothing is pressed.
    pub fn touch_later(self, question: Question) {
        if !self.pressing.get_value() {
            return self.touch(question);
        }
        leptos::task::spawn_local(async move {
            self.released().await;
            self.touch(question);
        });
    }

    /// Saves until nothing is left to save. True when the server has everything, so that its findings are those of the draft.
    pub async fn flush(self) -> bool {
        // Continue that is pressed while a save is on its way must not lead on past what that save will say.
        while self.sending.get_value() {
            self.settled().await;
            if self.is_saved() {
                return true;
            }
        }
        self.sending.set_value(true);
        let done = loop {
            let serial = self.serial.get_value();
            let again = self.unsure.get_value();
            let repeats = again.is_some();
            let (text, doing) = again.unwrap_or_else(|| self.unsent());
            let base = self.answer.with_untracked(|a| a.revision);
            self.unsure.set_value(Some((text.clone(), doing)));
            self.stash();
            let answer = save::save_draft(self.token.get_value(), self.lang, base, text.clone(), doing).await;
            self.released().await;
            match answer {
                Ok(answer) => {
                    self.unsure.set_value(None);
                    self.adopt(answer, &text);
                    if !repeats && serial == self.serial.get_value() {
                        self.save.set(SaveState::Saved(local_time()));
                        self.token.with_value(|t| {
                            browser::unstash(t);
                            browser::tell_others(t, self.answer.with_untracked(|a| a.revision));
                        });
                        break true;
                    }
                }
                Err(error) => {
                    if !matches!(error, LiveError::Network | LiveError::Internal(_)) {
                        self.unsure.set_value(None);
                    }
                    self.save.set(match error {
                        LiveError::Conflict => SaveState::Conflict,
                        LiveError::Gone => SaveState::Gone,
                        LiveError::TooLarge => SaveState::TooLarge,
                        LiveError::Network => SaveState::Offline,
                        LiveError::SlowDown | LiveError::Internal(_) => SaveState::Failed,
                    });
                    break false;
                }
            }
        };
        self.sending.set_value(false);
        self.waiting.update_value(|waiting| waiting.drain(..).for_each(Waker::wake));
        if matches!(self.save.get_untracked(), SaveState::Offline | SaveState::Failed) {
            self.retry();
        }
        done
    }

    /// The draft as it stands, and what was done in it.
    fn unsent(self) -> (String, Doing) {
        (self.draft.with_untracked(Draft::to_text), self.doing.get_value())
    }

    /// What was changed and not sent, where a separate change is about to follow: each is a state for Undo.
    pub(super) fn separate(self) -> Option<(String, Doing)> {
        let waits = !self.is_saved() && self.unsure.with_value(Option::is_none);
        waits.then(|| self.unsent())
    }

    fn retry(self) {
        #[cfg(feature = "hydrate")]
        set_timeout(move || self.save_now(), std::time::Duration::from_secs(3));
    }

    /// Takes the server's answer. What others changed there comes in; what was typed since `sent` stays.
    fn adopt(self, mut answer: Answer, sent: &str) {
        if let Some(text) = answer.merged.take()
            && let (Ok(theirs), Ok(sent)) = (Draft::parse(&text), Draft::parse(sent))
        {
            let both = self.draft.with_untracked(|mine| merge::resolve(sent.root(), mine.root(), theirs.root(), |_| Some(true)));
            if let Ok(root) = both
                && let Ok(draft) = Draft::parse(&root.to_string())
            {
                self.draft.set(draft);
                self.forget();
                self.pressed.update(|n| *n += 1);
            }
        }
        if let Some(told) = answer.told.take() {
            browser::announce(&told);
            self.told.set(Some(told));
        }
        self.is_answered.set_value(true);
        let before = self.touched_errors();
        self.answer.set(answer);
        self.tell_late(&before);
    }

    /// Errors of questions that were answered on this page.
    fn touched_errors(self) -> Vec<(Control, String)> {
        let touched = self.touched.get_untracked();
        let error = |f: &&FindingView| f.severity == Severity::Error && Wizard::is_touched(&touched, f);
        self.answer.with_untracked(|a| a.findings.iter().filter(error).map(|f| (f.control.clone(), f.message.clone())).collect())
    }

    /// An error that comes when its field was left already is said once, and so is that it is gone; what is said of the
    /// field in focus is heard from the field itself.
    fn tell_late(self, before: &[(Control, String)]) {
        let after = self.touched_errors();
        let has = |list: &[(Control, String)], control: &Control| list.iter().any(|(c, _)| c == control);
        if let Some((control, message)) = after.iter().find(|(c, _)| !has(before, c)) {
            browser::announce_of(&control.id(), message);
        } else if let Some((control, _)) = before.iter().find(|(c, _)| !has(&after, c)) {
            browser::announce_of(&control.id(), tr!(self.lang, common.fixed));
        }
    }

    /// Keeps the newest change in this browser, so that neither a reload nor a closed tab loses it; unless that was done.
    pub fn keep(self) {
        if self.unkept.get_value() {
            self.stash();
        }
    }

    fn stash(self) {
        self.unkept.set_value(false);
        let base = self.answer.with_untracked(|a| a.revision);
        let unsure = self.unsure.get_value().map(|(text, _)| text).unwrap_or_default();
        let text = self.draft.with_untracked(Draft::to_text);
        self.token.with_value(|t| browser::stash(t, &format!("{base}\n{}\n{unsure}{text}", unsure.len())));
    }

    /// Another tab of this browser has saved: what it changed comes in, as with anybody's changes.
    pub fn catch_up(self, token: &str, revision: i64) {
        let is_new = self.token.with_value(|t| t == token) && self.answer.with_untracked(|a| a.revision < revision);
        if is_new && self.is_saved() {
            self.save_now();
        }
    }

    /// Takes up what an earlier page of this draft could not save.
    pub fn replay(self) {
        let stashed = self.token.with_value(|t| browser::stashed(t)).unwrap_or_default();
        let mut parts = stashed.splitn(3, '\n');
        let (base, length, texts) = (parts.next().and_then(|n| n.parse().ok()), parts.next().and_then(|n| n.parse().ok()), parts.next().unwrap_or(""));
        if let (Some(base), Some(length)) = (base, length)
            && let Some((unsure, text)) = texts.split_at_checked(length)
            && let Ok(draft) = Draft::parse(text)
            && self.draft.with_untracked(|d| *d != draft)
        {
            self.unsure.set_value((!unsure.is_empty()).then(|| (unsure.to_owned(), Doing::Edited)));
            self.answer.update(|a| a.revision = base);
            self.draft.set(draft);
            self.redraw();
            self.serial.update_value(|n| *n += 1);
            self.save.set(SaveState::Saving);
            self.save_now();
        }
    }
}

/// The wall clock as `14:32`.
fn local_time() -> Option<String> {
    #[cfg(feature = "hydrate")]
    {
        let now = js_sys::Date::new_0();
        Some(format!("{:02}:{:02}", now.get_hours(), now.get_minutes()))
    }
    #[cfg(not(feature = "hydrate"))]
    None
}
