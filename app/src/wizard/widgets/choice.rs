//! Questions with given answers: radio cards, selects, a tick box.

use super::{
    help, icon,
    message::{describedby, errors, extras, invalid, shown},
    reactive,
};
use crate::wizard::state::Wizard;
use leptos::prelude::*;
use taskdef::document::pointer::field_id;

/// One answer of a question.
#[derive(Default)]
pub struct Card {
    /// Value in the form.
    pub value: String,
    /// Its words.
    pub title: String,
    /// One line below.
    pub hint: Option<String>,
    /// A word such as “Recommended”.
    pub tag: Option<&'static str>,
    /// A figure at the end of the card.
    pub end: Option<Signal<Option<String>>>,
    /// A question that belongs to this answer alone.
    pub sub: Option<AnyView>,
}

/// A fieldset of radio cards.
pub struct Cards {
    /// Name of the control.
    pub name: String,
    /// The question.
    pub legend: String,
    /// One sentence below.
    pub hint: Option<&'static str>,
    /// The place whose lines it lights.
    pub place: String,
    /// Two columns.
    pub pair: bool,
    /// Rows instead of cards.
    pub rows: bool,
    /// The answers.
    pub cards: Vec<Card>,
}

impl Cards {
    /// As a view.
    pub fn view(self, w: Wizard) -> AnyView {
        let Cards { name, legend, hint, place, pair, rows, cards } = self;
        let id = field_id(&name);
        let message = shown(w, &name);
        let value = untrack(|| w.rendered(&name));
        let help = help(w.lang, &name, &legend);
        let cards = cards.into_iter().enumerate().map(|(i, card)| {
            let own = if i == 0 { id.clone() } else { format!("{id}-{}", field_id(&card.value)) };
            let checked = card.value == value;
            view! {
                <label class="c-choice__card">
                    <input type="radio" name=name.clone() id=own value=card.value.clone() checked=checked data-field=place.clone()
                        aria-invalid=invalid(message) />
                    <span class="c-choice__t">
                        {card.title}
                        {card.tag.map(|tag| view! { " "<span class="c-tag" data-variant="accent">{tag}</span> })}
                    </span>
                    {card.hint.map(|hint| view! { <span class="c-choice__h">{hint}</span> })}
                    {card.end.map(|end| view! { <span class="c-choice__end">{reactive(move || end.get())}</span> })}
                </label>
                {card.sub.map(|sub| view! { <div class="c-choice__sub" data-reveals=card.value>{sub}</div> })}
            }
        });
        view! {
            <fieldset class="c-field__set" aria-describedby=describedby(&name, hint.is_some(), message)>
                <legend class="c-field__label">{legend}</legend>
                {hint.map(|hint| view! { <p class="c-field__hint" id=format!("{id}-hint")>{hint}</p> })}
                {errors(w, &name, message)}
                <div class="c-choice" data-n=pair.then_some("2") data-variant=rows.then_some("rows")>{cards.collect_view()}</div>
                {extras(w, &name, message)}
                {help}
            </fieldset>
        }
        .into_any()
    }
}

/// A question answered from a list. What stands in the draft is always one of the options.
pub struct Select {
    /// Name of the control.
    pub name: String,
    /// Its label.
    pub label: String,
    /// One sentence below.
    pub hint: Option<&'static str>,
    /// The place whose lines it lights.
    pub place: String,
    /// Groups of options: label (empty for none), then value and words.
    pub groups: Vec<(String, Vec<(String, String)>)>,
}

impl Select {
    /// As a view.
    pub fn view(self, w: Wizard) -> AnyView {
        let Select { name, label, hint, place, groups } = self;
        let id = field_id(&name);
        let message = shown(w, &name);
        let value = untrack(|| w.rendered(&name));
        let help = help(w.lang, &name, &label);
        view! {
            <div class="c-field" data-state=move || message.with(|m| m.as_ref().is_some_and(|f| f.severity == taskdef::Severity::Error)).then_some("error")>
                <label for=id.clone()>{label}</label>
                {hint.map(|hint| view! { <p class="c-field__hint" id=format!("{id}-hint")>{hint}</p> })}
                {errors(w, &name, message)}
                <div class="c-select">
                    <select id=id.clone() name=name.clone() data-field=place aria-describedby=describedby(&name, hint.is_some(), message) aria-invalid=invalid(message)>
                        {options(w, groups, &value)}
                    </select>
                    {icon("down", 20)}
                </div>
                {extras(w, &name, message)}
                {help}
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

/// A tick box with its hidden companion, so that an unticked box is an answer too.
pub fn checkbox(w: Wizard, name: &'static str, label: &'static str, hint: &'static str) -> AnyView {
    let id = field_id(name);
    let message = shown(w, name);
    let checked = untrack(|| w.rendered(name)) == "true";
    view! {
        <div class="c-field">
            <input type="hidden" name=name value="false" />
            <label class="c-check">
                <input type="checkbox" id=id.clone() name=name value="true" checked=checked aria-describedby=describedby(name, true, message) aria-invalid=invalid(message) />
                <span>{label}</span>
            </label>
            <p class="c-field__hint" id=format!("{id}-hint")>{hint}</p>
            {errors(w, name, message)}
            {extras(w, name, message)}
        </div>
    }
    .into_any()
}
