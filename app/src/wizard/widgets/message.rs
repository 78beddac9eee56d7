//! What is said at a field: one message, its fixes, and why it matters.

use super::{browser, icon, reactive};
use crate::{address::Page, wire::FindingView, wizard::state::Wizard};
use leptos::prelude::*;
use taskdef::{
    Lang, Severity,
    questions::{Action, Control, Fix, List},
};

/// The one message of a control: error before warning before advice.
pub fn shown(w: Wizard, control: impl Into<Control>) -> Memo<Option<FindingView>> {
    let control = control.into();
    Memo::new(move |_| w.messages(&control).into_iter().next())
}

fn is_error(finding: &Option<FindingView>) -> bool {
    finding.as_ref().is_some_and(|f| f.severity == Severity::Error)
}

/// The error above the control with this id; there only while there is one.
pub fn errors(w: Wizard, id: &str, shown: Memo<Option<FindingView>>) -> AnyView {
    let id = format!("{id}-error");
    let lang = w.lang;
    reactive(move || {
        shown.get().filter(|f| f.severity == Severity::Error).map(|f| {
            view! {
                <p class="c-field__error" id=id.clone()>
                    {icon("alert", 20)}
                    <span><span class="u-vh">{tr!(lang, common.error_prefix)}</span>{f.message}</span>
                </p>
            }
        })
    })
}

/// What stands below a control: an error's fixes, or the warning with its own.
pub fn extras(w: Wizard, id: &str, shown: Memo<Option<FindingView>>) -> AnyView {
    let control = id.to_owned();
    let id = format!("{id}-warning");
    reactive(move || {
        browser::keep_focus(&control);
        shown.get().map(|f| match f.severity {
            Severity::Error => view! { {open(w.lang, &f)}{fixes(&f)}{why(w, &f)} }.into_any(),
            Severity::Warning => view! {
                <div class="c-field__warning" id=id.clone()>
                    {icon("alert", 20)}
                    <div><p>{f.message.clone()}</p>{open(w.lang, &f)}{why(w, &f)}{fixes(&f)}</div>
                </div>
            }
            .into_any(),
            Severity::Advice => {
                view! { <div class="c-field__tip" id=id.clone()><p>{f.message.clone()}</p>{open(w.lang, &f)}{why(w, &f)}{fixes(&f)}</div> }.into_any()
            }
        })
    })
}

/// Ids of what describes the control with this id now.
pub fn describedby(id: &str, hint: bool, shown: Memo<Option<FindingView>>) -> impl Fn() -> Option<String> + Clone + Send + Sync + 'static {
    let id = id.to_owned();
    move || {
        let finding = shown.get();
        let message = finding.as_ref().map(|f| if f.severity == Severity::Error { "error" } else { "warning" });
        let parts = hint.then_some("hint").into_iter().chain(message);
        let ids: Vec<String> = parts.map(|p| format!("{id}-{p}")).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

/// Whether a control is marked as wrong, as the attribute wants it.
pub fn invalid(shown: Memo<Option<FindingView>>) -> impl Fn() -> Option<&'static str> + Clone + Send + Sync + 'static {
    move || shown.with(is_error).then_some("true")
}

/// Why it matters, to be unfolded; with what to do where a button does it.
fn why(w: Wizard, finding: &FindingView) -> AnyView {
    let fixable = !finding.fixes.is_empty();
    view! {
        <details class="c-more" data-variant="plain">
            <summary>{icon("right", 16)}{if fixable { tr!(w.lang, common.why_how) } else { tr!(w.lang, common.why) }}</summary>
            <div class="c-more__body"><p>{finding.why.clone()}" "{about(w, &finding.rule)}</p>{fixable.then(|| todo(w.lang, finding))}</div>
        </details>
    }
    .into_any()
}

/// What to do, where no button does it.
fn open(lang: Lang, finding: &FindingView) -> AnyView {
    if finding.fixes.is_empty() { todo(lang, finding) } else { ().into_any() }
}

/// What to do: to be unfolded where a button does it, else in the open.
pub fn how(lang: Lang, finding: &FindingView) -> AnyView {
    if finding.fixes.is_empty() {
        return todo(lang, finding);
    }
    view! { <details class="c-more" data-variant="plain"><summary>{icon("right", 16)}{tr!(lang, common.how)}</summary><div class="c-more__body"><p>{finding.how.clone()}</p></div></details> }.into_any()
}

fn todo(lang: Lang, finding: &FindingView) -> AnyView {
    // Advice is no fault that is to be fixed.
    if finding.severity == Severity::Advice {
        return view! { <p>{finding.how.clone()}</p> }.into_any();
    }
    view! { <p><b>{tr!(lang, common.how)}":"</b>" "{finding.how.clone()}</p> }.into_any()
}

/// The rule's own place among all rules.
pub fn about(w: Wizard, rule: &str) -> AnyView {
    let href = format!("/{}/rules#{rule}", w.lang.as_str());
    view! { <a href=href rel="external">{tr!(w.lang, common.about_rule)}</a> }.into_any()
}

/// The buttons that fix a finding.
pub fn fixes(finding: &FindingView) -> AnyView {
    if finding.fixes.is_empty() {
        return ().into_any();
    }
    let buttons = finding.fixes.iter().enumerate().map(|(i, fix)| {
        let op = Action::Fix(Fix::Finding { rule: finding.rule.clone(), index: i, place: finding.place.clone() }).to_string();
        view! { <button class="c-fix" type="submit" name="op" value=op form="step" formnovalidate=true>{icon("bolt", 16)}<span>{fix.label.clone()}</span></button> }
    });
    view! { <div class="c-fixes">{buttons.collect_view()}</div> }.into_any()
}

/// Findings of the page that none of its controls shows. Advice waits for the review.
pub fn loose(w: Wizard) -> AnyView {
    reactive(move || {
        let page = w.page.get();
        let list: Vec<FindingView> = if w.tried.get() { w.page_findings() } else { Vec::new() };
        let list: Vec<FindingView> = list.into_iter().filter(|f| f.severity != Severity::Advice && !shows(page, &f.control)).collect();
        (!list.is_empty()).then(|| {
            let items = list.into_iter().map(|f| notice(w, f));
            view! { <section class="l-stack" data-gap="3" aria-label=tr!(w.lang, common.not_here)>{items.collect_view()}</section> }
        })
    })
}

/// Whether a page has the control, with its messages.
fn shows(page: Page, control: &Control) -> bool {
    match control {
        Control::Question(question) => Page::of_question(*question) == page,
        Control::Add(list) => *list == List::Containers,
        Control::Unasked(_) => false,
    }
}

/// A finding in its own box.
pub fn notice(w: Wizard, f: FindingView) -> AnyView {
    let (variant, sign) = match f.severity {
        Severity::Error => ("danger", "alert"),
        Severity::Warning => ("warn", "alert"),
        Severity::Advice => ("info", "info"),
    };
    let id = f.control.id();
    view! {
        <div class="c-notice" data-variant=variant id=format!("{id}-notice") tabindex="-1">
            {icon(sign, 20)}
            <p>{f.message.clone()}</p>
            {open(w.lang, &f)}
            {why(w, &f)}
            {fixes(&f)}
        </div>
    }
    .into_any()
}
