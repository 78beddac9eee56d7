//! “More settings” of a page: markup that is made from data, and what the browser does with it.

use super::{
    deferred,
    message::{errors, extras},
    reactive, served,
};
use crate::{wire::FindingView, wizard::state::Wizard};
use leptos::prelude::*;
use taskdef::{
    Step,
    document::{pointer::field_id, view},
    questions::{Control, Field, Question},
};

/// The part of the settings that one place of a page shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scope {
    /// The step.
    pub step: Step,
    /// The container, where the settings are one's.
    pub container: Option<usize>,
}

impl Scope {
    /// Whether a field is shown there.
    fn has(self, field: Field) -> bool {
        field.step() == self.step && field.container() == self.container
    }
}

/// The settings of one scope, under a heading.
pub fn settings(w: Wizard, scope: Scope) -> AnyView {
    let lang = w.lang;
    let id = format!("more-h{}", scope.container.map_or(String::new(), |i| format!("-{i}")));
    let title = match scope.container {
        Some(i) if scope.step != Step::Containers => tr!(lang, settings.title_of, name = untrack(|| w.name_of(i))),
        _ => tr!(lang, settings.title).to_owned(),
    };
    let part = format!("{id}-part");
    let inner = {
        let part = part.clone();
        move || {
            follow(w, scope, part.clone());
            served(w, part, "c-settings__all", move || drawn(w, scope))
        }
    };
    view! {
        <div class="l-section">
            <div class="c-head2"><h2 id=id.clone()>{title}</h2><p>{tr!(lang, settings.lead)}</p></div>
            <div>{deferred(w, inner)}</div>
        </div>
    }
    .into_any()
}

/// The settings of each container, on a page that is about all of them.
pub fn settings_of_all(w: Wizard, step: Step) -> AnyView {
    let count = Memo::new(move |_| w.draft.with(|d| view::containers(d.definition()).len()));
    reactive(move || (0..count.get()).map(|i| settings(w, Scope { step, container: Some(i) })).collect_view())
}

/// What is said at a control of the scope now: the worst of each.
fn told(w: Wizard, scope: Scope) -> Vec<(Field, FindingView)> {
    let mut told: Vec<(Field, FindingView)> = Vec::new();
    for finding in w.page_findings() {
        if let Control::Question(Question::Field(field)) = finding.control
            && scope.has(field)
            && !told.iter().any(|(f, _)| *f == field)
            && let Some(first) = w.messages(&finding.control).into_iter().next()
        {
            told.push((field, first));
        }
    }
    told
}

fn message(w: Wizard, field: Field, finding: &FindingView) -> AnyView {
    let id = field_id(&field.to_string());
    let finding = finding.clone();
    let shown = Memo::new(move |_| Some(finding.clone()));
    view! { {errors(w, &id, shown)}{extras(w, &id, shown)} }.into_any()
}

fn drawn(_w: Wizard, _scope: Scope) -> String {
    #[cfg(feature = "ssr")]
    {
        let told = told(_w, _scope);
        let messages = |field: Field| told.iter().find(|(f, _)| *f == field).map_or_else(String::new, |(field, f)| message(_w, *field, f).to_html());
        _w.draft.with(|d| crate::markup::settings(_w.lang, d, _scope, &messages))
    }
    #[cfg(not(feature = "ssr"))]
    String::new()
}

/// Says what is to be said at the controls, which are markup. Their values are shown by the form.
fn follow(_w: Wizard, _scope: Scope, _part: String) {
    #[cfg(feature = "hydrate")]
    {
        use super::browser;
        let told = Memo::new(move |_| told(_w, _scope));
        // What it returns is kept until the next time, and the messages with it.
        Effect::new(move |_: Option<Vec<_>>| {
            _w.drawn_parts.track();
            let told = told.get();
            browser::fill(&_part, |name| {
                let (field, finding) = told.iter().find(|(f, _)| f.to_string() == name)?;
                Some((field_id(name), finding.severity, message(_w, *field, finding)))
            })
        });
    }
}
