//! The pane that shows the consequence: JSON, commands, picture, and below them bars or cost.

use super::{browser, deferred, icon, reactive};
use crate::{address::Page, markup, wire::FindingView, wizard::state::Wizard};
use leptos::{ev, prelude::*};
use taskdef::{Draft, Lang, Severity, Step, lint::shared_ids, questions::Action};

/// The picture and the same in sentences.
pub fn drawn(lang: Lang, draft: &Draft, findings: &[FindingView], link: impl Fn(Page) -> Option<String>) -> AnyView {
    let sentences = markup::sentences(lang, draft, findings, link).into_iter().map(|s| view! { <li inner_html=s></li> }).collect_view();
    view! {
        <div class="c-topo">
            <div inner_html=markup::picture(lang, draft, findings)></div>
            <details class="c-more">
                <summary>{icon("right", 16)}{tr!(lang, picture.as_text)}</summary>
                <ul class="c-more__body">{sentences}</ul>
            </details>
        </div>
    }
    .into_any()
}

/// Rules about what the containers share.
const SHARED: [&str; 4] =
    [shared_ids::CONTAINER_CPU_SUM, shared_ids::RESOURCES_RESERVED_SUM, shared_ids::RESOURCES_MEMORY_OVER_TASK, shared_ids::RESOURCES_RESERVATION_OVER_MEMORY];

/// The resource bars, and below them what fixes one that is over.
pub fn bars(w: Wizard) -> AnyView {
    let fixes = reactive(move || {
        let list: Vec<_> = w.answer.with(|a| a.findings.iter().filter(|f| SHARED.contains(&f.rule.as_str())).cloned().collect());
        list.iter().map(super::fixes).collect_view()
    });
    let drawn = Memo::new(move |_| w.drawn.with(|d| markup::bars(w.lang, d)));
    view! { <div inner_html=move || drawn.get()></div>{fixes} }.into_any()
}

/// What the cost leaves out.
fn traps(lang: Lang) -> AnyView {
    let all = [tr!(lang, size.trap_ipv4), tr!(lang, size.trap_nat), tr!(lang, size.trap_lb), tr!(lang, size.trap_logs), tr!(lang, size.trap_service)];
    let list: String = all.into_iter().map(|trap| format!("<li>{trap}</li>")).collect();
    view! { <div inner_html=markup::more("", tr!(lang, size.traps), &format!("<ul>{list}</ul>"))></div> }.into_any()
}

/// The cost of one task.
pub fn cost(w: Wizard) -> AnyView {
    let lang = w.lang;
    reactive(move || match w.answer.with(|a| a.cost.clone()) {
        Some(c) => {
            let [hour, lab, month] = c.shown();
            view! {
                <div class="c-cost">
                    <p class="c-cost__big"><span>{hour}</span>" "<small>{tr!(lang, size.cost_hour)}</small></p>
                    <dl class="c-facts">
                        <div><dt>{tr!(lang, size.cost_lab)}</dt><dd>{lab}</dd></div>
                        <div><dt>{tr!(lang, size.cost_month)}</dt><dd>{month}</dd></div>
                    </dl>
                    <p class="c-cost__note">
                        {tr!(lang, size.cost_note, region = c.region, chip = c.chip, date = c.date)}" "
                        {c.won.map(|w| w.note).unwrap_or_default()}" "
                        <a href="https://aws.amazon.com/fargate/pricing/" rel="external noreferrer">{tr!(lang, size.cost_link)}</a>
                    </p>
                </div>
            }
            .into_any()
        }
        None => {
            let ec2 = w.draft.with(|d| d.launch() == Some(taskdef::Launch::Ec2));
            let words = if ec2 { tr!(lang, size.cost_ec2) } else { tr!(lang, size.cost_unknown) };
            view! { <div class="c-cost"><p class="c-cost__note">{words}" "<a href="https://aws.amazon.com/fargate/pricing/" rel="external noreferrer">{tr!(lang, size.cost_link)}</a></p></div> }.into_any()
        }
    })
}

/// Lines of the present page's part of the document.
fn code(w: Wizard) -> Vec<String> {
    let (focused, page) = (w.focused.get(), w.page.get());
    let bad = w.answer.with(|a| a.findings.iter().filter(|f| f.severity == Severity::Error).map(|f| (f.place.clone(), f.message.clone())).collect());
    let new = w.changed.with(|edit| edit.0.iter().filter_map(|op| op.path().strip_prefix("/definition").map(str::to_owned)).collect());
    let marks = markup::Marks { on: focused, bad, new };
    w.drawn.with(|d| {
        let part = match page {
            Page::Container(i) => Some(format!("/containerDefinitions/{i}")),
            _ => None,
        };
        match part.as_ref().and_then(|p| Some((p, taskdef::document::pointer::get(d.definition(), p)?))) {
            Some((place, value)) => markup::json_lines(w.lang, value, place, &marks),
            None => markup::json_lines(w.lang, d.definition(), "", &marks),
        }
    })
}

/// Keeps the pane's lines up: a line that stays the same is not touched, so that typing costs one line and not the file.
fn follow(w: Wizard, _pane: NodeRef<leptos::html::Code>) {
    #[cfg(feature = "hydrate")]
    let lit = StoredValue::new(String::new());
    #[cfg(feature = "hydrate")]
    Effect::new(move |before: Option<Vec<String>>| {
        let lines = code(w);
        let focused = w.focused.get_untracked();
        let moved = lit.with_value(|lit| *lit != focused);
        lit.set_value(focused);
        if let (Some(before), Some(pane)) = (before, _pane.get_untracked()) {
            let spans = pane.children();
            if before.len() == lines.len() && spans.length() as usize == lines.len() {
                for (i, line) in lines.iter().enumerate().filter(|(i, line)| before[*i] != **line) {
                    spans.item(i as u32).into_iter().for_each(|span| span.set_outer_html(line));
                }
            } else {
                pane.set_inner_html(&lines.concat());
            }
            if moved {
                browser::reveal(&pane);
            }
        }
        lines
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = w;
}

/// A line was clicked: its field gets the focus, on whichever step it is.
fn visit(w: Wizard, go: Callback<(String,)>, _ev: &ev::MouseEvent) {
    #[cfg(feature = "hydrate")]
    {
        use wasm_bindgen::JsCast;
        let line = _ev.target().and_then(|t| t.dyn_into::<web_sys::Element>().ok()).and_then(|e| e.closest("a,summary,[data-path]").ok().flatten());
        let Some(place) = line.and_then(|l| l.get_attribute("data-path")) else { return };
        let id = w.draft.with_untracked(|d| taskdef::questions::Control::of_place(d, &place)).id();
        if document().get_element_by_id(&id).is_some() {
            browser::focus(id);
        } else {
            go.run((format!("{}#{id}", w.href(Page::of_place(&place))),));
        }
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (w, go);
}

/// The pane beside every step.
pub fn preview(w: Wizard, go: Callback<(String,)>) -> AnyView {
    view! { <aside class="c-preview" id="preview" aria-label=tr!(w.lang, common.preview)>{deferred(w, move || inside(w, go))}</aside> }.into_any()
}

fn inside(w: Wizard, go: Callback<(String,)>) -> AnyView {
    let lang = w.lang;
    let step = Memo::new(move |_| w.page.get().step());
    let usual = |page: Page| match page {
        Page::Step(Step::Cluster) => 1,
        Page::Step(Step::Containers | Step::Ports) => 2,
        _ => 0usize,
    };
    let picked = RwSignal::new(untrack(|| usual(w.page.get())));
    // The tab answers a press at once; its panel, which takes longer to lay out, follows.
    let shown = RwSignal::new(picked.get_untracked());
    Effect::new(move |before: Option<Page>| {
        let now = w.page.get();
        if before.is_some_and(|b| b != now) {
            picked.set(usual(now));
            shown.set(usual(now));
        }
        now
    });
    let names = [("json", tr!(lang, common.tab_json)), ("cmd", tr!(lang, common.tab_cmd)), ("pic", tr!(lang, common.tab_pic))];
    let keys = move |ev: ev::KeyboardEvent| {
        let next = match ev.key().as_str() {
            "ArrowRight" => (picked.get_untracked() + 1) % 3,
            "ArrowLeft" => (picked.get_untracked() + 2) % 3,
            _ => return,
        };
        picked.set(next);
        browser::focus(format!("tab-{}", ["json", "cmd", "pic"][next]));
    };
    let tabs = names.iter().enumerate().map(|(i, (key, words))| {
        view! {
            <button role="tab" type="button" id=format!("tab-{key}") aria-controls=format!("pan-{key}")
                aria-selected=move || if picked.get() == i { "true" } else { "false" }
                tabindex=move || if picked.get() == i { "0" } else { "-1" }
                on:click=move |_| picked.set(i)>{*words}</button>
        }
    });
    let editor = w.token.with_value(|t| format!("/{}/d/{t}/json", lang.as_str()));
    let has_below = move || match w.page.get() {
        // The page of a container has the bars itself.
        Page::Container(_) => false,
        page => matches!(page.step(), Step::Size | Step::Review | Step::Containers | Step::Ports),
    };
    let below = move || {
        reactive(move || match step.get() {
            _ if !has_below() => ().into_any(),
            Step::Size | Step::Review => view! { <h2 class="u-vh" id="cost-h">{tr!(lang, size.cost)}</h2>{cost(w)}{traps(lang)} }.into_any(),
            Step::Containers | Step::Ports => bars(w),
            _ => ().into_any(),
        })
    };
    let commands = move || {
        let html = move || {
            w.drawn.with(|d| match step.get() {
                Step::Cluster => {
                    format!("<div class=\"c-notice\" data-variant=\"info\">{}<p>{}</p></div>", markup::icon("info", 20), tr!(lang, cluster.not_in_json))
                        + &markup::cluster(d).html(lang, tr!(lang, cluster.cmd_create))
                }
                Step::Logs => markup::group(d).map_or(String::new(), |group| group.html(lang, tr!(lang, logs.cmd_group))),
                _ => markup::register(d).html(lang, tr!(lang, review.cmd_register)),
            })
        };
        view! { <div class="c-preview__part l-stack" data-gap="4" inner_html=html></div> }.into_any()
    };
    // A picture that nobody sees is drawn when it is looked at.
    let seen = RwSignal::new(untrack(|| w.draft.get()));
    Effect::new(move |_| {
        let now = picked.get();
        let draft = (now == 2).then(|| w.drawn.get());
        browser::after_paint(move || {
            draft.into_iter().filter(|draft| seen.with_untracked(|seen| seen != draft)).for_each(|draft| seen.set(draft));
            shown.set(picked.get_untracked());
        });
    });
    let picture = move || reactive(move || w.answer.with(|a| seen.with(|d| drawn(lang, d, &a.findings, |page| Some(w.href(page))))));
    let changed = reactive(move || {
        let told = w.changed.with(|edit| w.drawn.with(|d| markup::just_changed(lang, d, edit)));
        told.map(|told| view! { <p class="c-preview__what">{icon("pencil", 16)}<span>{told}</span></p> })
    });
    // The first lines travel with the page; the browser keeps them up from there.
    let (pane, first) = (NodeRef::new(), untrack(|| code(w)).concat());
    follow(w, pane);
    view! {
        <nav class="c-preview__plain" aria-label=tr!(lang, common.preview)>
            {names.map(|(key, words)| view! { <a href=format!("#pan-{key}") rel="external">{words}</a> })}
            <button class="c-btn" data-size="small" form="step" name="op" value=Action::Update.to_string() formnovalidate=true>{tr!(lang, common.update_preview)}</button>
        </nav>
        <details><summary class="c-preview__sum">{icon("doc", 20)}{tr!(lang, common.preview_sum)}{icon("down", 20)}</summary></details>
        <div class="c-preview__box">
            <div class="c-tabs">
                <div role="tablist" aria-label=tr!(lang, common.preview) on:keydown=keys>{tabs.collect_view()}</div>
                <a class="c-icon" href=editor rel="external" title=tr!(lang, common.editor) aria-label=tr!(lang, common.editor)>{icon("pencil", 20)}</a>
                <button class="c-icon" type="button" data-script="" data-copy="json" aria-label=tr!(lang, common.copy_json) title=tr!(lang, common.copy)>{icon("copy", 20)}</button>
            </div>
            <div class="c-preview__panel" role="tabpanel" id="pan-json" aria-labelledby="tab-json" hidden=move || shown.get() != 0>
                <h2 class="c-preview__plain">{tr!(lang, common.tab_json)}</h2>
                {changed}
                <pre class="c-json" tabindex="0" role="region" aria-label=tr!(lang, common.json_label) translate="no" lang="en" on:click=move |ev| visit(w, go, &ev)><code node_ref=pane inner_html=first></code></pre>
            </div>
            <div class="c-preview__panel" role="tabpanel" id="pan-cmd" aria-labelledby="tab-cmd" hidden=move || shown.get() != 1>
                <h2 class="c-preview__plain">{tr!(lang, common.tab_cmd)}</h2>
                <div class="c-preview__scroll" tabindex="0" role="group" aria-label=tr!(lang, common.preview_content)>{deferred(w, commands)}</div>
            </div>
            <div class="c-preview__panel" role="tabpanel" id="pan-pic" aria-labelledby="tab-pic" hidden=move || shown.get() != 2>
                <h2 class="c-preview__plain">{tr!(lang, common.tab_pic)}</h2>
                <div class="c-preview__scroll" tabindex="0" role="group" aria-label=tr!(lang, common.preview_content)>
                    <div class="c-preview__part" data-visit="" on:click=move |ev| visit(w, go, &ev)>{deferred(w, picture)}</div>
                </div>
            </div>
            <div class="c-preview__part" hidden=move || !has_below()>{deferred(w, below)}</div>
        </div>
    }
    .into_any()
}
