//! The whole definition as JSON, with findings at their lines while a person types.

use crate::http::{frame::plain, location::Around, page::Head};
use app::{markup, tr, widgets::icon, wire::SavedChanges};
use leptos::{nonce::use_nonce, prelude::*};
use taskdef::{Lang, Severity};

/// A finding of the text.
#[derive(Clone, Debug)]
pub struct LineView {
    /// How bad.
    pub severity: Severity,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
    /// Why it matters.
    pub why: String,
    /// What to do about it.
    pub how: String,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct EditorModel {
    /// The edit token.
    pub token: String,
    /// The revision that the text was made from.
    pub revision: i64,
    /// Region and launch type of the draft, which rules ask for.
    pub context: (String, String),
    /// The text.
    pub text: String,
    /// Its findings.
    pub findings: Vec<LineView>,
    /// Why it could not be saved.
    pub error: Option<String>,
    /// Whether the text differs from what is saved.
    pub unsaved: bool,
    /// What can be undone and done again of what is saved.
    pub saved: SavedChanges,
}

/// Numbers beside the lines, findings from the API while one types, a warning before typed text is left behind.
const LIVE: &str = r#"
const area = document.getElementById('f-json'), list = document.getElementById('found'), marks = document.getElementById('marks');
const form = area.form, state = document.getElementById('unsaved'), row = document.getElementById('row').content.firstElementChild;
const saved = form.dataset.saved === 'no' ? null : area.value;
let timer, running, leaving = false;
const lines = (findings) => {
  const worst = {};
  for (const f of findings) if (f.severity !== 'advice' && (!worst[f.line] || f.severity === 'error')) worst[f.line] = f.severity;
  marks.replaceChildren(...area.value.split('\n').map((_, i) => {
    const mark = document.createElement('span');
    mark.textContent = i + 1;
    if (worst[i + 1]) mark.dataset.bad = worst[i + 1];
    return mark;
  }));
};
const go = (line) => {
  const all = area.value.split('\n'), start = all.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
  area.focus();
  area.setSelectionRange(start, start + (all[line - 1] || '').length);
  area.scrollTop = (line - 4) * parseFloat(getComputedStyle(area).lineHeight);
};
const show = (findings) => {
  lines(findings);
  document.getElementById('none').hidden = findings.length > 0;
  list.replaceChildren(...findings.map((f) => {
    const item = row.cloneNode(true), variant = { error: 'danger', warning: 'warn', advice: 'info' }[f.severity];
    item.dataset.variant = variant;
    const button = item.querySelector('button');
    button.textContent = button.textContent.replace('0', f.line);
    button.dataset.line = f.line;
    item.querySelector('[data-message]').textContent = f.message;
    item.querySelector('[data-why]').textContent = f.why;
    item.querySelector('[data-how]').textContent = f.do;
    return item;
  }));
};
const check = async () => {
  running?.abort();
  running = new AbortController();
  try {
    const answer = await fetch(form.dataset.check, { method: 'POST', body: area.value, signal: running.signal });
    const rank = ['error', 'warning', 'advice'];
    if (answer.ok) show((await answer.json()).findings.sort((a, b) => rank.indexOf(a.severity) - rank.indexOf(b.severity) || a.line - b.line));
  } catch { }
};
lines([...list.querySelectorAll('[data-line]')].map((b) => ({ line: +b.dataset.line, severity: { danger: 'error', warn: 'warning', info: 'advice' }[b.closest('li').dataset.variant] })));
area.addEventListener('input', () => {
  state.hidden = area.value === saved;
  clearTimeout(timer);
  timer = setTimeout(check, 300);
});
area.addEventListener('scroll', () => { marks.scrollTop = area.scrollTop; });
area.addEventListener('keydown', (e) => { if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) { e.preventDefault(); form.requestSubmit(document.getElementById('save')); } });
list.addEventListener('click', (e) => { const line = e.target.closest('[data-line]'); if (line) { e.preventDefault(); go(+line.dataset.line); } });
form.addEventListener('submit', () => { leaving = true; });
addEventListener('beforeunload', (e) => { if (!leaving && area.value !== saved) e.preventDefault(); });
"#;

fn finding(lang: Lang, f: &LineView) -> AnyView {
    let variant = match f.severity {
        Severity::Error => "danger",
        Severity::Warning => "warn",
        Severity::Advice => "info",
    };
    view! {
        <li class="c-notice" data-variant=variant>
            {icon(if variant == "info" { "info" } else { "alert" }, 20)}
            <p><button class="c-line" name="op" value="check" data-line=f.line>{tr!(lang, editor.line, n = f.line)}</button>" "<span data-message="">{f.message.clone()}</span></p>
            <p class="c-field__hint" data-why="">{f.why.clone()}</p>
            <p><b>{tr!(lang, common.how)}":"</b>" "<span data-how="">{f.how.clone()}</span></p>
        </li>
    }
    .into_any()
}

/// Undo and Redo of what is saved; nothing where there is neither.
fn back_and_forth(base: &str, saved: &SavedChanges) -> Option<AnyView> {
    let button = |go: &'static str, words: &Option<String>| {
        words.clone().map(|words| view! { <button class="c-btn" data-size="small" name="go" value=go>{icon("undo", 16)}{words}</button> })
    };
    let (undo, redo) = (button("undo", &saved.undo), button("redo", &saved.redo));
    (undo.is_some() || redo.is_some()).then(|| {
        view! { <form class="l-row" method="post" action=format!("{base}/undo")><input type="hidden" name="page" value=Around::Json.path() />{undo}{redo}</form> }
            .into_any()
    })
}

/// The page.
pub fn editor(head: &Head, model: EditorModel) -> AnyView {
    let lang = head.lang;
    let base = format!("/{}/d/{}", lang.as_str(), model.token);
    let check = format!("/api/v1/validate?lang={}&region={}&launchType={}", lang.as_str(), model.context.0, model.context.1);
    let invalid = model.error.is_some();
    let error = model.error.clone().map(|text| {
        view! { <p class="c-field__error" id="f-json-error">{icon("alert", 20)}<span><span class="u-vh">{tr!(lang, common.error_prefix)}</span>{text}</span></p> }
    });
    let empty = LineView { severity: Severity::Advice, line: 0, message: String::new(), why: String::new(), how: String::new() };
    let found = model.findings.iter().map(|f| finding(lang, f)).collect_view();
    let main = view! {
        <div class="l-stack">
            <div>
                <a class="c-back" href=format!("{base}/review")>{icon("left", 16)}{tr!(lang, editor.back)}</a>
                <div class="c-title"><h1>{tr!(lang, editor.title)}</h1><p>{tr!(lang, editor.lead)}</p></div>
            </div>
            {back_and_forth(&base, &model.saved)}
            <form class="l-stack" data-gap="4" method="post" action=format!("{base}/json") novalidate=true data-check=check data-saved=if model.unsaved { "no" } else { "yes" }>
                <input type="hidden" name="rev" value=model.revision />
                <div class="l-edit">
                <div class="l-stack" data-gap="4">
                <div class="c-field" data-state=invalid.then_some("error")>
                    <label for="f-json">{tr!(lang, editor.label)}</label>
                    <p class="c-field__hint" id="f-json-hint">{tr!(lang, editor.hint)}</p>
                    {error}
                    <div class="c-editor">
                        <div id="marks" aria-hidden="true"></div>
                        <textarea id="f-json" name="text" rows="28" wrap="off" data-code=true spellcheck="false" autocomplete="off" autocapitalize="none" translate="no" lang="en"
                            aria-describedby=if invalid { "f-json-hint f-json-error" } else { "f-json-hint" } aria-invalid=invalid.then_some("true") autofocus=invalid>{markup::in_textarea(&model.text)}</textarea>
                    </div>
                </div>
                <div class="c-actions">
                    <button class="c-btn" data-variant="primary" id="save" name="op" value="save">{tr!(lang, editor.save)}</button>
                    <button class="c-btn" name="op" value="check">{tr!(lang, editor.check)}</button>
                    <span class="c-field__hint" id="unsaved" hidden=!model.unsaved>{tr!(lang, editor.unsaved)}</span>
                </div>
                </div>
                <section class="l-stack" data-gap="3" aria-labelledby="found-h">
                    <h2 id="found-h">{tr!(lang, editor.findings)}</h2>
                    <div class="c-notice" data-variant="ok" id="none" hidden=!model.findings.is_empty()>{icon("check", 20)}<p>{tr!(lang, editor.none)}</p></div>
                    <ul class="c-findings" id="found">{found}</ul>
                </section>
                </div>
            </form>
            <template id="row">{finding(lang, &empty)}</template>
            <script type="module" nonce=use_nonce() inner_html=LIVE></script>
        </div>
    };
    let token = model.token;
    plain(head, move |l| format!("/{}/d/{token}/json", l.as_str()), "wide", main.into_any())
}
