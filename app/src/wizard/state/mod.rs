//! The wizard's state: one draft, and signals around it. Every change is an edit.

mod saving;
mod undo;

use crate::{
    address::{self, Page},
    wire::{Answer, Choices, Doing, FindingView, PageModel, SavedChanges},
};
use leptos::prelude::*;
use taskdef::{
    Draft, Edit, Lang, Severity, Step,
    document::{
        draft::{EXAMPLE_HUB_ID, of_hub},
        view,
    },
    lint::shared_ids,
    questions::{Action, Cluster, Control, Question},
    step::StepState,
};

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

/// Rules whose cause lies in several fields: once one field of the page was changed, they show.
const CROSS: &[&str] = &[
    shared_ids::PORT_CONFLICT_ACROSS_CONTAINERS,
    shared_ids::PORT_DUPLICATE_IN_CONTAINER,
    shared_ids::PORT_NAME_UNIQUE,
    shared_ids::CONTAINER_NAME_UNIQUE,
    shared_ids::CONTAINER_CPU_SUM,
    shared_ids::RESOURCES_RESERVED_SUM,
    shared_ids::RESOURCES_HARD_SUM,
    shared_ids::RESOURCES_RESERVATION_OVER_MEMORY,
    shared_ids::SIZING_FARGATE_PAIR,
    shared_ids::SIZING_EC2_FITS_INSTANCE,
    shared_ids::LOG_AWSLOGS_EXECUTION_ROLE,
    shared_ids::SECRET_NEEDS_EXECUTION_ROLE,
    shared_ids::HEALTH_TIMEOUT_VS_INTERVAL,
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
    pub page: RwSignal<Page>,
    /// The page that the server rendered.
    pub first: StoredValue<Page>,
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
    /// Whether Continue was pressed on this step before. A signal by itself, so that typing does not ask every message again.
    pub tried: Memo<bool>,
    /// Questions that were answered on this page.
    pub touched: RwSignal<Vec<Question>>,
    /// The place whose lines are lit.
    pub focused: RwSignal<String>,
    /// What can be undone, newest last: the inverse, and the question that was typed in.
    pub past: RwSignal<Vec<(Edit, Option<Question>)>>,
    /// What was undone, newest last.
    pub future: RwSignal<Vec<Edit>>,
    /// The way back that is offered beside the page: after something was taken away or fixed, and after Undo itself.
    pub offered: RwSignal<Option<Action>>,
    /// What was done, in the server's words.
    pub told: RwSignal<Option<String>>,
    /// What can be undone and done again of what was saved before this page.
    pub saved: RwSignal<SavedChanges>,
    /// What was done since the last save.
    doing: StoredValue<Doing>,
    /// Whether the server has answered to the newest change.
    is_answered: StoredValue<bool>,
    /// Whether the search of steps and actions is open.
    pub asked: RwSignal<bool>,
    /// Inverse of the newest change that is drawn: where it was, and what stood there.
    pub changed: RwSignal<Edit>,
    /// The same of the newest change.
    newest: StoredValue<Edit>,
    /// Whether a redraw is on its way.
    redrawing: StoredValue<bool>,
    /// Whether the newest change is not in this browser's storage yet.
    unkept: StoredValue<bool>,
    /// Whether a change was walked through once.
    rehearsed: StoredValue<bool>,
    /// Counts buttons that changed the draft: what only the server draws is fetched again.
    pub pressed: RwSignal<u32>,
    /// Counts parts that were fetched.
    pub drawn_parts: RwSignal<u32>,
    /// The control that gets the focus once its part is fetched.
    pub wanted: StoredValue<Option<String>>,
    /// The revision that was exported last from this browser; only the server draws what depends on it.
    #[cfg(feature = "ssr")]
    pub exported: Option<i64>,
    /// What selects offer.
    pub choices: StoredValue<Choices>,
    /// Counts changes, so that a late answer is known.
    pub serial: StoredValue<u64>,
    /// Whether a save is on its way.
    pub sending: StoredValue<bool>,
    /// What waits until no save is on its way.
    waiting: StoredValue<Vec<std::task::Waker>>,
    /// Whether a button of the pointer is down: until it is up again nothing moves under it.
    pressing: StoredValue<bool>,
    /// A text that goes before anything newer, and what was done in it: one that was sent and not answered, so that it may
    /// have been saved, or one that a separate change followed before it was sent.
    pub unsure: StoredValue<Option<(String, Doing)>>,
    /// The question that is being typed in; its control is not rewritten under the person's hands.
    pub typing: StoredValue<Option<Question>>,
    /// Whether what was typed before the program arrived is taken over.
    pub adopted: StoredValue<bool>,
}

#[cfg_attr(not(feature = "hydrate"), allow(dead_code))]
impl Wizard {
    /// From what travelled with the page.
    pub fn new(model: PageModel) -> Wizard {
        let page = RwSignal::new(Page::parse(&model.path).unwrap_or(Page::Step(Step::Cluster)));
        let draft = RwSignal::new(Draft::parse(&model.draft).unwrap_or_else(|_| Draft::empty()));
        let told = model.answer.told.clone();
        let summary = RwSignal::new(model.checked);
        let tried = Memo::new(move |_| summary.get() || draft.with(|d| d.tried(page.get().step()) && !page.get().container().is_some_and(|i| d.is_fresh(i))));
        Wizard {
            lang: model.lang,
            token: StoredValue::new(model.token),
            page,
            first: StoredValue::new(page.get_untracked()),
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
            offered: RwSignal::new(told.is_some().then_some(if model.saved.redo.is_some() { Action::Redo } else { Action::Undo })),
            told: RwSignal::new(told),
            saved: RwSignal::new(model.saved),
            doing: StoredValue::new(Doing::Edited),
            is_answered: StoredValue::new(true),
            asked: RwSignal::new(false),
            changed: RwSignal::new(Edit::default()),
            newest: StoredValue::new(Edit::default()),
            redrawing: StoredValue::new(false),
            unkept: StoredValue::new(false),
            rehearsed: StoredValue::new(false),
            pressed: RwSignal::new(0),
            drawn_parts: RwSignal::new(0),
            wanted: StoredValue::new(None),
            #[cfg(feature = "ssr")]
            exported: model.exported,
            choices: StoredValue::new(model.choices),
            serial: StoredValue::new(0),
            sending: StoredValue::new(false),
            waiting: StoredValue::new(Vec::new()),
            pressing: StoredValue::new(false),
            unsure: StoredValue::new(None),
            typing: StoredValue::new(None),
            adopted: StoredValue::new(false),
        }
    }

    /// Whether the draft is still as it travelled with the page, and the same page is shown.
    pub fn untouched(self) -> bool {
        let moved = self.page.get_untracked() != self.first.get_value();
        !moved && !self.asked.get_untracked() && self.serial.get_value() == 0 && self.save.get_untracked() == SaveState::Saved(None)
    }

    /// Whether the server has everything.
    pub fn is_saved(self) -> bool {
        matches!(self.save.get_untracked(), SaveState::Saved(_))
    }

    /// Address of a page of this draft.
    pub fn href(self, page: Page) -> String {
        self.token.with_value(|token| address::of_page(self.lang, token, page))
    }

    /// A container's name, or its number while it has none, following the draft.
    pub fn name_of(self, index: usize) -> String {
        self.draft.with(|d| {
            let name = view::containers(d.definition()).get(index).map(|c| c.name().to_owned()).unwrap_or_default();
            if name.is_empty() { tr!(self.lang, common.unnamed, n = d.container_number(index)) } else { name }
        })
    }

    /// What a question's control shows, following the draft.
    pub fn rendered(self, question: Question) -> String {
        self.draft.with(|draft| question.rendered(draft))
    }

    /// Marks a question as answered, so that its messages may show.
    pub fn touch(self, question: Question) {
        if !self.touched.with_untracked(|touched| touched.contains(&question)) {
            self.touched.update(|touched| touched.push(question));
        }
    }

    /// Whether a finding belongs to a question that was answered on this page.
    fn is_touched(touched: &[Question], finding: &FindingView) -> bool {
        matches!(finding.control, Control::Question(question) if touched.contains(&question))
    }

    /// The findings that the present page is answerable for.
    pub fn page_findings(self) -> Vec<FindingView> {
        let page = self.page.get();
        self.answer.with(|a| a.findings.iter().filter(|f| page.shows(&f.place)).cloned().collect())
    }

    /// The findings to show at a control now: the worst first.
    pub fn messages(self, control: &Control) -> Vec<FindingView> {
        let touched = self.touched.get();
        let tried = self.tried.get();
        self.answer.with(|a| {
            let here = a.findings.iter().filter(|f| f.control == *control);
            let shown = here.filter(|f| tried || Wizard::is_touched(&touched, f) || (!touched.is_empty() && CROSS.contains(&f.rule.as_str())));
            shown.cloned().collect()
        })
    }

    /// How each of the seven steps stands.
    pub fn steps(self) -> Vec<StepState> {
        self.answer.with(|answer| self.drawn.with(|draft| states(draft, &answer.findings)))
    }
}

/// Whether a finding is about what only the commands need, not the definition: Region, cluster and where it runs.
pub fn is_of_commands(finding: &FindingView) -> bool {
    finding.place.starts_with("/region") || finding.place.starts_with("/cluster")
}

/// Whether a finding is about a part that was left to be filled in, by an example or a template.
pub fn is_mark(finding: &FindingView) -> bool {
    matches!(finding.rule.as_str(), shared_ids::TASK_TEMPLATE_PLACEHOLDER | shared_ids::WIZARD_HUB_ID_REQUIRED)
}

/// Whether a container has a part that was left to be filled in: the example's Docker Hub ID is asked for elsewhere, and stands in
/// its image.
pub fn is_to_fill_in(finding: &FindingView, draft: &Draft, container: usize) -> bool {
    let here = match finding.control {
        Control::Question(Question::Cluster(Cluster::HubId)) => {
            view::containers(draft.definition()).get(container).is_some_and(|c| of_hub(c.image(), EXAMPLE_HUB_ID).is_some())
        }
        _ => Page::of_place(&finding.place) == Page::Container(container),
    };
    here && is_mark(finding)
}

/// Step states: attention as soon as a tried step has an error. What an example or an import answered is not done before it was
/// looked at, and neither is a step about containers before there is one, or a step where something is left to fill in.
pub fn states(draft: &Draft, findings: &[FindingView]) -> Vec<StepState> {
    let containers = view::containers(draft.definition()).len();
    let fresh = (0..containers).any(|i| draft.is_fresh(i));
    let left_on = |f: &FindingView, step: Step| {
        let in_container = || step == Step::Containers && (0..containers).any(|i| is_to_fill_in(f, draft, i));
        is_mark(f) && Page::of_place(&f.place).step() == step || in_container()
    };
    let state = |step: Step| {
        let filled = draft.is_filled(step);
        let mut errors = findings.iter().filter(|f| f.severity == Severity::Error && Page::of_place(&f.place).step() == step);
        let (all, unasked) = (errors.clone().count(), errors.all(is_of_commands));
        if !draft.tried(step) || (step == Step::Containers && fresh) {
            StepState::Todo
        } else if all > 0 {
            // An import has no place for a Region or a cluster: they are not wrong, but still to be asked.
            if filled && unasked { StepState::Todo } else { StepState::Attention }
        } else if step == Step::Review || (containers == 0 && step >= Step::Containers) {
            StepState::Todo
        } else if filled {
            StepState::Filled
        } else if findings.iter().any(|f| left_on(f, step)) {
            StepState::FillIn
        } else {
            StepState::Done
        }
    };
    Step::ALL.map(state).to_vec()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use taskdef::preset::Preset;

    fn of(draft: &Draft) -> Vec<StepState> {
        states(draft, &[])
    }

    #[test]
    fn what_an_example_or_an_import_filled_in_is_done_once_it_was_looked_at() {
        let imported = Draft::around(Draft::tutorial().definition().clone());
        for mut draft in [Preset::Tutorial.draft(), Preset::Web.draft(), imported] {
            assert_eq!(of(&draft)[..6], [StepState::Filled; 6]);
            assert_eq!(of(&draft)[6], StepState::Todo);
            let looked_at = draft.mark_tried(Step::Ports, None);
            looked_at.apply(draft.root_mut()).unwrap();
            assert_eq!(of(&draft)[3..5], [StepState::Done, StepState::Filled]);
        }
        assert_eq!(of(&Draft::empty()), [StepState::Todo; 7]);
    }

    /// Containers had a tick while each of its cards said that something was to be filled in.
    #[test]
    fn a_step_with_a_part_to_fill_in_is_not_ticked() {
        let mut draft = Preset::Tutorial.draft();
        for step in [Step::Cluster, Step::Containers, Step::Ports] {
            let looked_at = draft.mark_tried(step, None);
            looked_at.apply(draft.root_mut()).unwrap();
        }
        let mark = FindingView {
            rule: shared_ids::WIZARD_HUB_ID_REQUIRED.to_owned(),
            severity: Severity::Warning,
            concern: taskdef::finding::Concern::Start,
            place: "/aside/hub".to_owned(),
            control: Cluster::HubId.into(),
            message: String::new(),
            why: String::new(),
            how: String::new(),
            fixes: Vec::new(),
        };
        let of = |draft: &Draft| states(draft, std::slice::from_ref(&mark));
        assert_eq!(of(&draft)[..4], [StepState::FillIn, StepState::Filled, StepState::FillIn, StepState::Done]);
        assert_eq!(states(&draft, &[])[..4], [StepState::Done, StepState::Filled, StepState::Done, StepState::Done]);
    }

    #[test]
    fn a_step_about_containers_is_not_ticked_without_one() {
        // What describe-services prints has no container.
        let draft = Draft::around(serde_json::json!({ "services": [], "failures": [] }));
        assert_eq!(of(&draft)[2..], [StepState::Todo; 5]);
        let mut empty = Draft::empty();
        for step in Step::ALL {
            let tried = empty.mark_tried(step, None);
            tried.apply(empty.root_mut()).unwrap();
        }
        assert_eq!(of(&empty)[2..], [StepState::Todo; 5]);
    }
}
