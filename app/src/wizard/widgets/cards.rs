//! A question with given answers as radio cards.

use super::{
    help,
    message::{describedby, errors, extras, invalid, shown},
    reactive,
};
use crate::wizard::state::Wizard;
use leptos::prelude::*;
use taskdef::{document::pointer::field_id, questions::Question};

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
    /// The question.
    pub question: Question,
    /// Its words.
    pub legend: String,
    /// One sentence below.
    pub hint: Option<&'static str>,
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
        let Cards { question, legend, hint, pair, rows, cards } = self;
        let (name, place) = (question.to_string(), question.place());
        let id = field_id(&name);
        let message = shown(w, question);
        let value = untrack(|| w.rendered(question));
        let help = help(w.lang, question, &legend);
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
            <fieldset class="c-field__set" aria-describedby=describedby(&id, hint.is_some(), message)>
                <legend class="c-field__label">{legend}</legend>
                {help}
                {hint.map(|hint| view! { <p class="c-field__hint" id=format!("{id}-hint")>{hint}</p> })}
                {errors(w, &id, message)}
                <div class="c-choice" data-n=pair.then_some("2") data-variant=rows.then_some("rows")>{cards.collect_view()}</div>
                {extras(w, &id, message)}
            </fieldset>
        }
        .into_any()
    }
}
