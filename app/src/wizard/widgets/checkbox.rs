//! A question that is ticked or not.

use super::message::{describedby, errors, extras, invalid, shown};
use crate::wizard::state::Wizard;
use leptos::prelude::*;
use taskdef::{document::pointer::field_id, questions::Question};

/// A tick box with its hidden companion, so that an unticked box is an answer too.
pub fn checkbox(w: Wizard, question: Question, label: &'static str, hint: &'static str) -> AnyView {
    let name = question.to_string();
    let id = field_id(&name);
    let message = shown(w, question);
    let checked = untrack(|| w.rendered(question)) == "true";
    view! {
        <div class="c-field">
            <input type="hidden" name=name.clone() value="false" />
            <label class="c-check">
                <input type="checkbox" id=id.clone() name=name value="true" checked=checked aria-describedby=describedby(&id, true, message) aria-invalid=invalid(message) />
                <span>{label}</span>
            </label>
            <p class="c-field__hint" id=format!("{id}-hint")>{hint}</p>
            {errors(w, &id, message)}
            {extras(w, &id, message)}
        </div>
    }
    .into_any()
}
