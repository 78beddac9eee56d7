//! A question answered from a list.

use super::{
    help, icon,
    message::{describedby, errors, extras, invalid, shown},
};
use crate::wizard::state::Wizard;
use leptos::prelude::*;
use taskdef::{document::pointer::field_id, questions::Question};

/// A question answered from a list. What stands in the draft is always one of the options.
pub struct Select {
    /// The question.
    pub question: Question,
    /// Its label.
    pub label: String,
    /// One sentence below.
    pub hint: Option<&'static str>,
    /// Groups of options: label (empty for none), then value and words.
    pub groups: Vec<(String, Vec<(String, String)>)>,
}

impl Select {
    /// As a view.
    pub fn view(self, w: Wizard) -> AnyView {
        let Select { question, label, hint, groups } = self;
        let (name, place) = (question.to_string(), question.place());
        let id = field_id(&name);
        let message = shown(w, question);
        let value = untrack(|| w.rendered(question));
        let help = help(w.lang, question, &label);
        view! {
            <div class="c-field" data-state=move || message.with(|m| m.as_ref().is_some_and(|f| f.severity == taskdef::Severity::Error)).then_some("error")>
                <label for=id.clone()>{label}</label>
                {help}
                {hint.map(|hint| view! { <p class="c-field__hint" id=format!("{id}-hint")>{hint}</p> })}
                {errors(w, &id, message)}
                <div class="c-select">
                    <select id=id.clone() name=name.clone() data-field=place aria-describedby=describedby(&id, hint.is_some(), message) aria-invalid=invalid(message)>
                        {options(w, groups, &value)}
                    </select>
                    {icon("down", 20)}
                </div>
                {extras(w, &id, message)}
            </div>
        }
        .into_any()
    }
}

/// The options of a select, and the present value when it is none of them.
pub fn options(w: Wizard, groups: Vec<(String, Vec<(String, String)>)>, value: &str) -> AnyView {
    let known = groups.iter().any(|(_, options)| options.iter().any(|(v, _)| v == value));
    let extra = (!known).then(|| {
        let words = tr!(w.lang, common.current_value, value = value);
        view! { <option value=value.to_owned() selected=true>{words}</option> }
    });
    let groups = groups.into_iter().map(|(label, options)| {
        let options = options.into_iter().map(|(v, words)| {
            let selected = v == value;
            view! { <option value=v selected=selected>{words}</option> }
        });
        let options = options.collect_view();
        if label.is_empty() { options.into_any() } else { view! { <optgroup label=label>{options}</optgroup> }.into_any() }
    });
    view! { {extra}{groups.collect_view()} }.into_any()
}
