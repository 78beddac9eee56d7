//! The error summary of a page.

use super::{browser, icon, reactive};
use crate::{address::Page, wizard::state::Wizard};
use leptos::prelude::*;
use taskdef::{Severity, questions::Control};

/// The error summary: what must be corrected, in the order of the page. While it stands its element stays the same one, for
/// it has the focus, and a new answer may come in.
pub fn summary(w: Wizard) -> AnyView {
    let open = Memo::new(move |_| w.summary.get());
    let wrong = Memo::new(move |_| {
        let mut errors: Vec<_> = w.page_findings().into_iter().filter(|f| f.severity == Severity::Error).map(|f| (f.place, f.control, f.message)).collect();
        // One thing to fix for each question: two of one are fixed by one answer, or the second shows after the first.
        let mut asked = Vec::new();
        errors.retain(|(_, control, _)| {
            !asked.contains(control) && {
                asked.push(control.clone());
                true
            }
        });
        errors
    });
    let fixed = move || wrong.with(Vec::is_empty);
    let title = move || match wrong.with(Vec::len) {
        0 => tr!(w.lang, common.summary_fixed).to_owned(),
        n => tr!(w.lang, common.summary, n = n),
    };
    let items = move || {
        let item = |(place, control, message): (String, Control, String)| {
            let own = Page::of_place(&place);
            let id = control.id();
            let href = if own == w.page.get() { format!("#{id}") } else { format!("{}#{id}", w.href(own)) };
            let focus = move |_| browser::focus(id.clone());
            view! { <li><a href=href on:click=focus>{message}</a></li> }
        };
        wrong.get().into_iter().map(item).collect_view()
    };
    reactive(move || {
        open.get().then(|| {
            view! {
                <section class="c-summary" id="summary" tabindex="-1" autofocus=true aria-labelledby="summary-h" data-state=move || fixed().then_some("done")>
                    <h2 id="summary-h">{reactive(move || icon(if fixed() { "check" } else { "alert" }, 24))}{reactive(title)}</h2>
                    <ol>{reactive(items)}</ol>
                </section>
            }
        })
    })
}
