//! A question that is answered in one line.

use super::{
    help,
    message::{describedby, errors, extras, invalid, shown},
};
use crate::wizard::state::Wizard;
use leptos::prelude::*;
use taskdef::{document::pointer::field_id, questions::Question};

/// Label, hint, error, input, fixes.
pub struct Field {
    /// The question.
    pub question: Question,
    /// Its label.
    pub label: String,
    /// One sentence below the label.
    pub hint: Option<String>,
    /// Unit behind a number; a field with one is numeric.
    pub unit: Option<&'static str>,
    /// Width that hints at the answer's length: `4`, `10`, `20`, `full`.
    pub width: &'static str,
    /// Whether the answer may stay empty.
    pub optional: bool,
    /// Whether the answer is code.
    pub code: bool,
}

impl Field {
    /// A required text over the full width, without a hint.
    pub fn new(question: impl Into<Question>, label: impl Into<String>) -> Field {
        Field { question: question.into(), label: label.into(), hint: None, unit: None, width: "full", optional: false, code: false }
    }

    /// As a view.
    pub fn view(self, w: Wizard) -> AnyView {
        let Field { question, label, hint, unit, width, optional, code } = self;
        let name = question.to_string();
        let id = field_id(&name);
        let value = untrack(|| w.rendered(question));
        let help = help(w.lang, question, &label);
        let message = shown(w, question);
        let input = view! {
            <input
                id=id.clone()
                name=name.clone()
                value=value
                data-field=name.clone()
                aria-describedby=describedby(&id, hint.is_some(), message)
                aria-invalid=invalid(message)
                inputmode=unit.map(|_| "numeric")
                autocomplete="off"
                spellcheck="false"
                autocapitalize="none"
                data-w=width
                data-code=code
            />
        };
        let input = match unit {
            Some(unit) => view! { <div class="c-unit">{input}<span aria-hidden="true">{unit}</span></div> }.into_any(),
            None => input.into_any(),
        };
        view! {
            <div class="c-field" data-state=move || message.with(|m| m.as_ref().is_some_and(|f| f.severity == taskdef::Severity::Error)).then_some("error")>
                <label for=id.clone()>
                    {label}
                    {optional.then(|| view! { " "<span class="c-field__opt">{tr!(w.lang, common.optional)}</span> })}
                </label>
                {help}
                {hint.map(|hint| view! { <p class="c-field__hint" id=format!("{id}-hint")>{hint}</p> })}
                {errors(w, &id, message)}
                {input}
                {extras(w, &id, message)}
            </div>
        }
        .into_any()
    }
}
