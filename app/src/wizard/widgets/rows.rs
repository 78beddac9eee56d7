//! Tables of rows that are added and removed: variables, secrets, ports.

use super::{
    icon,
    message::{describedby, errors, extras, invalid, shown},
    reactive,
};
use crate::wizard::state::Wizard;
use leptos::prelude::*;
use taskdef::{
    document::pointer::{self, field_id},
    questions::{Action, List, MOST_ROWS, Question},
};

/// A submit button of a row; it works without JavaScript too.
pub fn op_button(action: Action, sign: &'static str, label: String) -> AnyView {
    let op = action.to_string();
    let id = field_id(&op);
    view! { <button class="c-btn" data-size="small" id=id name="op" value=op formnovalidate=true>{icon(sign, 16)}{label}</button> }.into_any()
}

/// Says how many rows a page leaves to the JSON.
pub fn rest(w: Wizard, count: impl Fn() -> usize + Send + Sync + 'static) -> AnyView {
    reactive(move || {
        let rest = count().saturating_sub(MOST_ROWS);
        (rest > 0).then(|| view! { <p class="c-field__hint">{tr!(w.lang, settings.rest, n = rest)}</p> })
    })
}

/// How many rows a list has, following the draft.
pub fn row_count(w: Wizard, list: List) -> Memo<usize> {
    let place = list.to_string();
    Memo::new(move |_| w.draft.with(|d| pointer::get(d.definition(), &place).and_then(|v| v.as_array()).map_or(0, Vec::len)))
}

/// The rows of a list with two questions a row; the count follows the draft, so that typing never redraws them.
pub fn rows(w: Wizard, list: List, caption: &'static str, labels: [&'static str; 2]) -> AnyView {
    let count = row_count(w, list);
    let lang = w.lang;
    let body = reactive(move || (0..count.get().min(MOST_ROWS)).map(|i| row(w, list, i, labels)).collect_view());
    view! {
        <table class="c-rows" data-cols="pair" role="table" hidden=move || count.get() == 0>
            <caption class="u-vh">{caption}</caption>
            <thead role="rowgroup">
                <tr role="row">
                    {labels.map(|label| view! { <th role="columnheader" scope="col">{label}</th> }).collect_view()}
                    <th role="columnheader" scope="col"><span class="u-vh">{tr!(lang, common.remove)}</span></th>
                </tr>
            </thead>
            <tbody role="rowgroup">{body}</tbody>
        </table>
        {rest(w, move || count.get())}
    }
    .into_any()
}

fn row(w: Wizard, list: List, i: usize, labels: [&'static str; 2]) -> AnyView {
    let questions = list.questions(i);
    let label = |label: &'static str| tr!(w.lang, common.row, label = label, n = i + 1);
    let cells = questions
        .iter()
        .zip(labels)
        .map(|(question, heading)| Cell { question: *question, label: label(heading), heading: heading.to_owned(), numeric: false }.view(w));
    let cells = cells.collect_view();
    let remove = format!("{} {}", tr!(w.lang, common.remove), label(labels[0]));
    view! {
        <tr role="row">
            {cells}
            <td role="cell">{remove_button(list, i, remove)}</td>
        </tr>
        {message_row(w, questions, 3)}
    }
    .into_any()
}

/// The button that removes a row.
pub fn remove_button(list: List, row: usize, label: String) -> AnyView {
    let op = Action::Remove(list, row).to_string();
    view! { <button class="c-icon" name="op" value=op formnovalidate=true aria-label=label>{icon("x", 20)}</button> }.into_any()
}

/// A cell with an input.
pub struct Cell {
    /// The question.
    pub question: Question,
    /// What it is called by itself.
    pub label: String,
    /// What its column is called.
    pub heading: String,
    /// Whether it holds a number.
    pub numeric: bool,
}

impl Cell {
    /// As a view.
    pub fn view(self, w: Wizard) -> AnyView {
        let Cell { question, label, heading, numeric } = self;
        let message = shown(w, question);
        let value = untrack(|| w.rendered(question));
        let name = question.to_string();
        let id = field_id(&name);
        view! {
            <td role="cell" data-label=heading>
                <input id=id.clone() name=name.clone() value=value data-field=name data-code=!numeric aria-label=label
                    inputmode=numeric.then_some("numeric") data-w=numeric.then_some("4")
                    aria-describedby=describedby(&id, false, message) aria-invalid=invalid(message)
                    autocomplete="off" spellcheck="false" autocapitalize="none" />
            </td>
        }
        .into_any()
    }
}

/// The row under a row that holds its messages; there only while there are any.
pub fn message_row(w: Wizard, questions: Vec<Question>, span: u8) -> AnyView {
    let messages: Vec<_> = questions.into_iter().map(|question| (shown(w, question), field_id(&question.to_string()))).collect();
    reactive(move || {
        messages.iter().any(|(m, _)| m.with(Option::is_some)).then(|| {
            let cells = messages.iter().map(|(m, id)| view! { {errors(w, id, *m)}{extras(w, id, *m)} });
            view! { <tr role="row" class="c-rows__msg"><td role="cell" colspan=span>{cells.collect_view()}</td></tr> }
        })
    })
}
