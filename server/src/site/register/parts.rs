//! What the pages of a registration share: rows of steps, code to copy, keys, what AWS said.

use crate::{register::AwsAccess, site::parts::copier::copy_block};
use app::{address::Page, tr, widgets::icon, wire::CostView};
use leptos::prelude::*;
use taskdef::{
    Draft, Lang,
    deploy::{Call, Plan, Problem},
    facts,
    questions::Control,
};

/// A sentence about costs, with the same in won after it where the operator states a rate.
pub fn with_won(lang: Lang, cost: &CostView, sentence: String) -> String {
    match &cost.won {
        Some(won) => {
            let in_won = tr!(lang, cost.in_won, hour = won.hour.as_str(), month = won.month.as_str(), note = won.note.as_str());
            format!("{sentence}. {in_won}")
        }
        None => sentence,
    }
}

/// What was not in order in what a person sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The box was not ticked.
    Unticked,
    /// The code from the terminal is another one.
    Code,
    /// The access key id is missing.
    NoId,
    /// It is none.
    NotAnId,
    /// The keys are long-lived.
    LongLived,
    /// The secret is missing.
    NoSecret,
    /// The token is missing.
    NoToken,
}

impl Refused {
    /// What is wrong with the keys; `None` where it is something else.
    pub fn words(self, lang: Lang) -> Option<&'static str> {
        Some(match self {
            Refused::Unticked | Refused::Code => return None,
            Refused::NoId => tr!(lang, register.no_id),
            Refused::NotAnId => tr!(lang, register.not_id),
            Refused::LongLived => tr!(lang, register.long_lived),
            Refused::NoSecret => tr!(lang, register.no_secret),
            Refused::NoToken => tr!(lang, register.no_token),
        })
    }
}

/// A row of the steps: what it is about, its state, and a sentence about it.
pub struct Stage {
    pub title: String,
    pub name: String,
    pub state: &'static str,
    pub said: String,
    /// What follows below.
    pub more: AnyView,
}

/// The steps, numbered where they have no sign of their own.
pub fn stages(lang: Lang, all: Vec<Stage>) -> AnyView {
    let row = |(i, stage): (usize, Stage)| {
        let sign = match stage.state {
            "done" => icon("check", 16),
            "failed" => icon("alert", 16),
            "running" => {
                view! { <svg class="c-i c-spin" width="24" height="24" aria-hidden="true" focusable="false"><use href="/icons.svg#i-spin"></use></svg> }
                    .into_any()
            }
            _ => (i + 1).to_string().into_any(),
        };
        let name = (!stage.name.is_empty()).then(|| view! { " "<code class="u-code">{stage.name}</code> });
        let spoken = match stage.state {
            "done" => tr!(lang, register.s_done),
            "running" => tr!(lang, register.s_running),
            "waiting" => tr!(lang, register.s_waiting),
            "failed" => tr!(lang, register.s_failed),
            _ => "",
        };
        let spoken = (!spoken.is_empty()).then(|| view! { <span class="u-vh">{format!(" – {spoken}")}</span> });
        view! {
            <li data-state=stage.state>
                <span class="c-stages__i">{sign}</span>
                <strong>{stage.title}{name}{spoken}</strong><span></span>
                <p>{stage.said}</p>
                {stage.more}
            </li>
        }
    };
    view! { <ol class="c-stages">{all.into_iter().enumerate().map(row).collect_view()}</ol> }.into_any()
}

/// Text to copy, with its label. Its button works on a page that has [`copied`](crate::site::parts::copier::copied) and
/// [`copy_script`](crate::site::parts::copier::copy_script); without them, and without JavaScript, a press on the text selects it.
pub fn code(lang: Lang, label: impl Into<String>, text: String) -> AnyView {
    let label = label.into();
    let button = copy_block(lang, label.clone());
    view! {
        <div class="c-cmd">
            <div class="c-cmd__head"><span>{label.clone()}</span>{button}</div>
            <pre tabindex="0" role="region" aria-label=label translate="no" lang="en"><code data-all="">{text}</code></pre>
        </div>
    }
    .into_any()
}

/// A disclosure.
pub fn more(label: String, body: AnyView) -> AnyView {
    view! { <details class="c-more"><summary>{icon("right", 16)}{label}</summary><div class="c-more__body">{body}</div></details> }.into_any()
}

/// Calls as they went out, with what came back.
pub fn calls(lang: Lang, label: &'static str, all: &[Call]) -> AnyView {
    let row = |call: &Call| {
        let status = call.status.map_or_else(|| tr!(lang, register.no_answer).to_owned(), |s| s.to_string());
        view! { <li><code class="u-code">{call.name.clone()}</code>{format!(" · {status}")}</li> }
    };
    let list = view! { <ol class="l-stack" data-gap="3" data-calls="">{all.iter().map(row).collect_view()}</ol> };
    more(format!("{label} ({})", all.len()), list.into_any())
}

/// `Seoul (ap-northeast-2)`, or the code alone.
pub fn region(lang: Lang, plan: &Plan) -> String {
    let name = facts::region(&plan.region).map(|r| if lang == Lang::Ko { &r.ko } else { &r.en });
    name.map_or_else(|| plan.region.to_string(), |name| format!("{name}, {}", plan.region))
}

/// A note where calls go elsewhere than to AWS.
pub fn emulator(lang: Lang, access: &AwsAccess) -> AnyView {
    let note = |url: String| view! { <div class="c-notice" data-variant="warn">{icon("alert", 20)}<p>{tr!(lang, register.emulator, url = url)}</p></div> };
    match access {
        AwsAccess::Local { emulator: Some(url) } | AwsAccess::Keys { emulator: Some(url) } => note(url.clone()).into_any(),
        _ => ().into_any(),
    }
}

/// What is wrong with an answer, above its control.
pub fn error(lang: Lang, id: &'static str, words: &'static str) -> AnyView {
    view! { <p class="c-field__error" id=id>{icon("alert", 20)}<span><span class="u-vh">{tr!(lang, common.error_prefix)}</span>{words}</span></p> }.into_any()
}

/// The fields for temporary keys. What was typed is never shown again.
pub fn keys(lang: Lang, again: bool, refused: Option<Refused>) -> AnyView {
    let wrong = |which: &[Refused]| refused.filter(|r| which.contains(r));
    let field = |id: &'static str, label: &'static str, hint: Option<&'static str>, secret: bool, wrong: Option<Refused>| {
        let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
        let describedby = [hint.map(|_| hint_id.clone()), wrong.map(|_| error_id.clone())].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let error = wrong.and_then(|r| r.words(lang)).map(|words| {
            view! { <p class="c-field__error" id=error_id>{icon("alert", 20)}<span><span class="u-vh">{tr!(lang, common.error_prefix)}</span>{words}</span></p> }
        });
        view! {
            <div class="c-field" data-state=wrong.map(|_| "error")>
                <label for=id>{label}</label>
                {hint.map(|h| view! { <p class="c-field__hint" id=hint_id>{h}</p> })}
                {error}
                <input id=id name=id type=if secret { "password" } else { "text" } autocomplete="off" spellcheck="false" autocapitalize="none"
                    data-w="20" data-code=true aria-describedby=(!describedby.is_empty()).then_some(describedby) aria-invalid=wrong.map(|_| "true") />
            </div>
        }
    };
    use Refused::{LongLived, NoId, NoSecret, NoToken, NotAnId};
    let lines = view! {
        <div class="c-field">
            <label for="key-lines">{tr!(lang, register.key_lines)}</label>
            <p class="c-field__hint" id="key-lines-hint">{tr!(lang, register.key_lines_hint)}</p>
            <textarea id="key-lines" name="key-lines" rows="4" data-code=true aria-describedby="key-lines-hint" autocomplete="off" spellcheck="false" autocapitalize="none"></textarea>
        </div>
    };
    let about = if again { tr!(lang, register.keys_again_p) } else { tr!(lang, register.keys_p) };
    view! {
        <fieldset class="l-stack" data-gap="5">
            <legend class="c-field__label">{tr!(lang, register.keys)}</legend>
            <p class="c-field__hint">{about}</p>
            {field("key-id", tr!(lang, register.key_id), Some(tr!(lang, register.key_id_hint)), false, wrong(&[NoId, NotAnId, LongLived]))}
            {field("key-secret", tr!(lang, register.key_secret), None, true, wrong(&[NoSecret]))}
            {field("key-token", tr!(lang, register.key_token), None, true, wrong(&[NoToken]))}
            {lines}
        </fieldset>
    }
    .into_any()
}

/// AWS's own words, the permission that is missing, the field, the cause.
pub fn said(lang: Lang, base: &str, draft: &Draft, problem: &Problem) -> AnyView {
    let row = |what: &'static str, words: String| view! { <div><dt>{what}</dt><dd><code class="u-code">{words}</code></dd></div> }.into_any();
    let permission = problem.action.clone().map(|a| row(tr!(lang, register.permission), a));
    let words = (!problem.said.is_empty()).then(|| row(tr!(lang, register.said), problem.said.clone()));
    let field = problem.place.as_ref().map(|place| {
        let page = Page::of_place(place);
        let href = format!("{}/{}#{}", base, page.path(), Control::of_place(draft, place).id());
        view! { <a class="c-btn" href=href>{tr!(lang, register.go_field)}{icon("arrow", 20)}</a> }
    });
    let cause = problem.cause.as_ref().map(|id| view! { <a class="c-btn" href=format!("{base}/doctor?about={id}")>{tr!(lang, register.about_cause)}</a> });
    let links = (field.is_some() || cause.is_some()).then(|| view! { <div class="l-row">{field}{cause}</div> });
    let list = (permission.is_some() || words.is_some()).then(|| view! { <div class="c-answers"><dl class="c-kv">{permission}{words}</dl></div> });
    view! { {list}{links} }.into_any()
}
