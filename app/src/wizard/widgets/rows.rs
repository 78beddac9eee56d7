//! Tables of rows that are added and removed: ports, variables, secrets.

use super::{
    icon,
    message::{describedby, errors, extras, invalid, shown},
    reactive,
};
use crate::wizard::state::Wizard;
use leptos::prelude::*;
use taskdef::document::pointer::field_id;

/// A column of inputs.
#[derive(Clone)]
pub struct Column {
    /// Last token of the place.
    pub key: &'static str,
    /// Its heading.
    pub label: &'static str,
    /// Whether it holds a number.
    pub numeric: bool,
}

/// A submit button of a row; it works without JavaScript too.
pub fn op_button(op: String, sign: &'static str, label: String) -> AnyView {
    let id = field_id(&op);
    view! { <button class="c-btn" data-size="small" id=id name="op" value=op formnovalidate=true>{icon(sign, 16)}{label}</button> }.into_any()
}

/// The rows of the list at `place`; `count` follows the draft, so that typing never redraws them.
pub fn rows(w: Wizard, place: String, caption: &'static str, columns: [Column; 2]) -> AnyView {
    let list = place.clone();
    let count = Memo::new(move |_| w.draft.with(|d| taskdef::document::pointer::get(d.definition(), &list).and_then(|v| v.as_array()).map_or(0, Vec::len)));
    let heads = columns.clone();
    let lang = w.lang;
    let body = reactive(move || (0..count.get()).map(|i| row(w, &place, i, &columns)).collect_view());
    view! {
        <table class="c-rows" data-cols="pair" role="table" hidden=move || count.get() == 0>
            <caption class="u-vh">{caption}</caption>
            <thead role="rowgroup">
                <tr role="row">
                    {heads.iter().map(|c| view! { <th role="columnheader" scope="col">{c.label}</th> }).collect_view()}
                    <th role="columnheader" scope="col"><span class="u-vh">{tr!(lang, common.remove)}</span></th>
                </tr>
            </thead>
            <tbody role="rowgroup">{body}</tbody>
        </table>
    }
    .into_any()
}

fn row(w: Wizard, place: &str, i: usize, columns: &[Column; 2]) -> AnyView {
    let path = format!("{place}/{i}");
    let cells = columns.iter().map(|c| input(w, format!("{path}/{}", c.key), c, tr!(w.lang, common.row, label = c.label, n = i + 1), c.label.to_owned()));
    let names: Vec<String> = columns.iter().map(|c| format!("{path}/{}", c.key)).collect();
    let remove = format!("{} {}", tr!(w.lang, common.remove), tr!(w.lang, common.row, label = columns[0].label, n = i + 1));
    view! {
        <tr role="row">
            {cells.collect_view()}
            <td role="cell"><button class="c-icon" name="op" value=format!("remove:{path}") formnovalidate=true aria-label=remove>{icon("x", 20)}</button></td>
        </tr>
        {message_row(w, names, 3)}
    }
    .into_any()
}

/// A cell with an input.
pub fn input(w: Wizard, name: String, column: &Column, label: String, heading: String) -> AnyView {
    let message = shown(w, &name);
    let value = untrack(|| w.rendered(&name));
    view! {
        <td role="cell" data-label=heading>
            <input id=field_id(&name) name=name.clone() value=value data-field=name.clone() data-code=!column.numeric aria-label=label
                inputmode=column.numeric.then_some("numeric") data-w=column.numeric.then_some("4")
                aria-describedby=describedby(&name, false, message) aria-invalid=invalid(message)
                autocomplete="off" spellcheck="false" autocapitalize="none" />
        </td>
    }
    .into_any()
}

/// The row under a row that holds its messages; there only while there are any.
pub fn message_row(w: Wizard, names: Vec<String>, span: u8) -> AnyView {
    let messages: Vec<_> = names.into_iter().map(|name| (shown(w, &name), name)).collect();
    reactive(move || {
        messages.iter().any(|(m, _)| m.with(Option::is_some)).then(|| {
            let cells = messages.iter().map(|(m, name)| view! { {errors(w, name, *m)}{extras(w, name, *m)} });
            view! { <tr role="row" class="c-rows__msg"><td role="cell" colspan=span>{cells.collect_view()}</td></tr> }
        })
    })
}
