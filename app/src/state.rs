//! The wizard's state: one draft, and signals around it. A change is an edit, whoever makes it.

use crate::{
    address::{self, Page},
    live::{self, LiveError},
    model::{Answer, Choices, FindingView, PageModel},
    parts::browser,
};
use leptos::prelude::*;
use taskdef::{Draft, Edit, Lang, Severity, Step, edit, form, merge, step::StepState};

/// How the saving stands.
#[derive(Clone, Debug, PartialEq)]
pub enum SaveState {
    /// As the server sent it, or saved at a local time.
    Saved(Option<String>),
    /// A change waits or is on its way.
    Saving,
    /// No answer came.
    Offline,
    /// The server could not save.
    Failed,
    /// Larger than a draft may be.
    TooLarge,
    /// Somebody saved the same answers first.
    Conflict,
    /// The draft was deleted.
    Gone,
}

/// Changes that can be undone.
const UNDONE: usize = 200;

/// Rules whose cause lies in several fields: once one field of the page was changed, they show.
const CROSS: &[&str] = &[
    "port-conflict-across-containers",
    "port-duplicate-in-container",
    "port-name-unique",
    "container-name-unique",
    "container-cpu-sum",
    "resources-reserved-sum",
    "resources-hard-sum",
    "resources-reservation-over-memory",
    "sizing-fargate-pair",
    "sizing-ec2-fits-instance",
    "log-awslogs-execution-role",
    "secret-needs-execution-role",
    "health-timeout-vs-interval",
];

/// Shared by all pages of a draft through context.
// On the server nobody types.
#[cfg_attr(not(feature = "hydrate"), allow(dead_code))]
#[derive(Clone, Copy)]
pub struct Wizard {
    /// Language of the page.
    pub lang: Lang,
    /// The edit token.
    pub token: StoredValue<String>,
    /// The page that is shown.
    pub page: Memo<Page>,
    /// The document as it stands in this browser.
    pub draft: RwSignal<Draft>,
    /// The same as JSON, bars and picture show it: a moment later, so that a key is answered before they are drawn.
    pub drawn: RwSignal<Draft>,
    /// The newest thing the server said.
    pub answer: RwSignal<Answer>,
    /// How the saving stands.
    pub save: RwSignal<SaveState>,
    /// Whether the error summary is shown.
    pub summary: RwSignal<bool>,
    /// Whether Continue was pressed on this step before; of its own, so that typing does not ask every message again.
    pub tried: Memo<bool>,
    /// Controls that were changed on this page.
    pub touched: RwSignal<Vec<String>>,
    /// The place whose lines are lit.
    pub focused: RwSignal<String>,
    /// What can be undone, newest last: the inverse, and the control that was typed in.
    pub past: RwSignal<Vec<(Edit, String)>>,
    /// What was undone, newest last.
    pub future: RwSignal<Vec<Edit>>,
    /// Whether Undo is offered beside the page, after something was taken away or cured.
    pub offered: RwSignal<bool>,
    /// Whether the search of steps and actions is open.
    pub asked: RwSignal<bool>,
    /// Inverse of the newest change that is drawn: where it was, and what stood there.
    pub changed: RwSignal<Edit>,
    /// The same of the newest change.
    newest: StoredValue<Edit>,
    /// Whether a redraw is on its way.
    redrawing: StoredValue<bool>,
    /// The revision that was exported last from this browser.
    pub exported: RwSignal<Option<i64>>,
    /// What selects offer.
    pub choices: StoredValue<Choices>,
    /// Counts changes, so that a late answer is known.
    pub serial: StoredValue<u64>,
    /// Whether a save is on its way.
    pub sending: StoredValue<bool>,
    /// A text that was sent and not answered: it may have been saved, so it is sent again before anything newer.
    pub unsure: StoredValue<Option<String>>,
    /// The control that is being typed in; it is not rewritten under the person's hands.
    pub typing: StoredValue<String>,
    /// Whether what was typed before the program arrived is taken over.
    pub adopted: StoredValue<bool>,
}

#[cfg_attr(not(feature = "hydrate"), allow(dead_code))]
impl Wizard {
    /// From what travelled with the page.
    pub fn new(model: PageModel, page: Memo<Page>) -> Wizard {
        let draft = RwSignal::new(Draft::parse(&model.draft).unwrap_or_else(|_| Draft::empty()));
        let summary = RwSignal::new(model.checked);
        let tried = Memo::new(move |_| summary.get() || draft.with(|d| d.tried(page.get().step())));
        Wizard {
            lang: model.lang,
            token: StoredValue::new(model.token),
            page,
            draft,
            drawn: RwSignal::new(draft.get_untracked()),
            answer: RwSignal::new(model.answer),
            save: RwSignal::new(SaveState::Saved(None)),
            summary,
            tried,
            touched: RwSignal::new(Vec::new()),
            focused: RwSignal::new(String::new()),
            past: RwSignal::new(Vec::new()),
            future: RwSignal::new(Vec::new()),
            offered: RwSignal::new(false),
            asked: RwSignal::new(false),
            changed: RwSignal::new(Edit::default()),
            newest: StoredValue::new(Edit::default()),
            redrawing: StoredValue::new(false),
            exported: RwSignal::new(model.exported),
            choices: StoredValue::new(model.choices),
            serial: StoredValue::new(0),
            sending: StoredValue::new(false),
            unsure: StoredValue::new(None),
            typing: StoredValue::new(String::new()),
            adopted: StoredValue::new(false),
        }
    }

    /// Address of a page of this draft.
    pub fn href(self, page: Page) -> String {
        self.token.with_value(|token| address::of_page(self.lang, token, page))
    }

    /// What a control shows, following the draft.
    pub fn rendered(self, name: &str) -> String {
        self.draft.with(|draft| form::rendered(draft, name))
    }

    /// Something was typed or chosen.
    pub fn change(self, name: &str, value: &str) {
        let edit = self.draft.with_untracked(|draft| form::change(draft, name, value));
        self.record(&edit, name);
    }

    /// Applies an edit that can be undone.
    pub fn apply(self, edit: &Edit) {
        self.record(edit, "");
    }

    /// The same; what is typed into one control is one change.
    fn record(self, edit: &Edit, name: &str) {
        let Some(inverse) = self.perform(edit) else { return };
        self.offered.set(false);
        self.future.set(Vec::new());
        self.past.update(|past| match past.last_mut() {
            Some((before, typed)) if !name.is_empty() && typed == name => before.0.splice(0..0, inverse.0).for_each(drop),
            _ => {
                past.push((inverse, name.to_owned()));
                if past.len() > UNDONE {
                    past.remove(0);
                }
            }
        });
    }

    /// The next change of the same control is a change of its own.
    pub fn seal(self) {
        self.past.update_untracked(|past| past.last_mut().into_iter().for_each(|(_, typed)| typed.clear()));
    }

    /// Takes the newest change back, or, `forwards`, makes it again. The place of the definition where that was.
    pub fn step_back(self, forwards: bool) -> Option<String> {
        let edit = if forwards { self.future.try_update(Vec::pop)? } else { self.past.try_update(|past| past.pop().map(|(edit, _)| edit))? }?;
        self.offered.set(false);
        self.typing.set_value(String::new());
        match self.perform(&edit) {
            Some(inverse) if forwards => self.past.update(|past| past.push((inverse, String::new()))),
            Some(inverse) => self.future.update(|future| future.push(inverse)),
            // What it was about is no more; what came before it may not fit either.
            None => self.forget(),
        }
        edit.0.iter().map(edit::Op::path).find(|path| !path.starts_with("/aside")).map(str::to_owned)
    }

    /// What others changed came in: earlier places may mean something else now.
    fn forget(self) {
        self.past.set(Vec::new());
        self.future.set(Vec::new());
        self.offered.set(false);
        self.newest.set_value(Edit::default());
        self.redraw();
    }

    /// Brings what is drawn up to the draft, after the next picture of the page.
    fn redraw(self) {
        #[cfg(feature = "hydrate")]
        if !self.redrawing.get_value() {
            self.redrawing.set_value(true);
            request_animation_frame(move || {
                let draw = move || {
                    self.redrawing.set_value(false);
                    self.changed.set(self.newest.get_value());
                    self.drawn.set(self.draft.get_untracked());
                };
                set_timeout(draw, std::time::Duration::ZERO);
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
        self.stash();
        self.save_later();
        inverse
    }

    /// Marks a control as changed, so that its messages may show.
    pub fn touch(self, name: &str) {
        if !name.is_empty() && !self.touched.with_untracked(|t| t.iter().any(|n| n == name)) {
            self.touched.update(|t| t.push(name.to_owned()));
        }
    }

    /// The findings that the present page is answerable for.
    pub fn page_findings(self) -> Vec<FindingView> {
        let page = self.page.get();
        self.answer.with(|a| a.findings.iter().filter(|f| page.shows(&f.place)).cloned().collect())
    }

    /// The findings to show at a control now: the worst first.
    pub fn messages(self, control: &str) -> Vec<FindingView> {
        let touched = self.touched.get();
        let tried = self.tried.get();
        self.answer.with(|a| {
            let here = a.findings.iter().filter(|f| f.control == control);
            let shown = here.filter(|f| tried || touched.iter().any(|t| t == control) || (!touched.is_empty() && CROSS.contains(&f.rule.as_str())));
            shown.cloned().collect()
        })
    }

    /// How each of the seven steps stands.
    pub fn steps(self) -> Vec<StepState> {
        self.answer.with(|answer| self.drawn.with(|draft| states(draft, &answer.findings)))
    }

    fn save_later(self) {
        #[cfg(feature = "hydrate")]
        {
            let serial = self.serial.get_value();
            let wait = std::time::Duration::from_millis(300);
            set_timeout(
                move || {
                    if serial == self.serial.get_value() {
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

    /// Saves until nothing is left to save. True when the server has everything.
    pub async fn flush(self) -> bool {
        if self.sending.get_value() {
            return false;
        }
        self.sending.set_value(true);
        let done = loop {
            let serial = self.serial.get_value();
            let again = self.unsure.get_value();
            let repeats = again.is_some();
            let text = again.unwrap_or_else(|| self.draft.with_untracked(Draft::to_text));
            let base = self.answer.with_untracked(|a| a.revision);
            self.unsure.set_value(Some(text.clone()));
            self.stash();
            let answer = live::save_draft(self.token.get_value(), self.lang, base, text.clone()).await;
            match answer {
                Ok(answer) => {
                    self.unsure.set_value(None);
                    self.adopt(answer, &text);
                    if !repeats && serial == self.serial.get_value() {
                        self.save.set(SaveState::Saved(local_time()));
                        self.token.with_value(|t| browser::unstash(t));
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
        if matches!(self.save.get_untracked(), SaveState::Offline | SaveState::Failed) {
            self.retry();
        }
        done
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
            }
        }
        let before = self.touched_errors();
        self.answer.set(answer);
        self.tell_late(&before);
    }

    /// Errors of controls that were changed on this page.
    fn touched_errors(self) -> Vec<(String, String)> {
        let touched = self.touched.get_untracked();
        let error = |f: &&FindingView| f.severity == Severity::Error && touched.contains(&f.control);
        self.answer.with_untracked(|a| a.findings.iter().filter(error).map(|f| (f.control.clone(), f.message.clone())).collect())
    }

    /// An error that comes when its field was left already is said once, and so is that it is gone; what is said of the
    /// field in focus is heard from the field itself.
    fn tell_late(self, before: &[(String, String)]) {
        let after = self.touched_errors();
        let has = |list: &[(String, String)], control: &str| list.iter().any(|(c, _)| c == control);
        if let Some((control, message)) = after.iter().find(|(c, _)| !has(before, c)) {
            browser::announce_of(&taskdef::pointer::field_id(control), message);
        } else if let Some((control, _)) = before.iter().find(|(c, _)| !has(&after, c)) {
            browser::announce_of(&taskdef::pointer::field_id(control), tr!(self.lang, common.fixed));
        }
    }

    /// Keeps what is not saved yet in this browser, so that neither a reload nor a closed tab loses it.
    fn stash(self) {
        let (base, unsure) = (self.answer.with_untracked(|a| a.revision), self.unsure.get_value().unwrap_or_default());
        let text = self.draft.with_untracked(Draft::to_text);
        self.token.with_value(|t| browser::stash(t, &format!("{base}\n{}\n{unsure}{text}", unsure.len())));
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
            self.unsure.set_value((!unsure.is_empty()).then(|| unsure.to_owned()));
            self.answer.update(|a| a.revision = base);
            self.draft.set(draft);
            self.redraw();
            self.serial.update_value(|n| *n += 1);
            self.save.set(SaveState::Saving);
            self.save_now();
        }
    }
}

/// Step states from findings: attention as soon as a tried step has an error.
pub fn states(draft: &Draft, findings: &[FindingView]) -> Vec<StepState> {
    let has_error = |step: Step| findings.iter().any(|f| f.severity == Severity::Error && Page::of_place(&f.place).step() == step);
    Step::ALL
        .iter()
        .map(|step| match (draft.tried(*step), has_error(*step)) {
            (true, true) => StepState::Attention,
            (true, false) if *step != Step::Review => StepState::Done,
            _ => StepState::Todo,
        })
        .collect()
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
