//! Step 2: family, platform, CPU and memory.

use super::Go;
use crate::wizard::{
    state::Wizard,
    widgets::{Card, Cards, Field, Scope, Select, StepForm, icon, loose, reactive, served, settings, step_name},
};
use leptos::prelude::*;
use taskdef::{Lang, Step, grammar::size, questions::Size};

pub fn page(w: Wizard, go: Go) -> AnyView {
    let lang = w.lang;
    let family = Field { hint: Some(tr!(lang, size.family_hint).into()), width: "20", ..Field::new(Size::Family, tr!(lang, size.family)) };
    // The other launch types size their tasks freely, so the question differs.
    let free = Memo::new(move |_| w.draft.with(Size::is_free));
    let question = reactive(move || if free.get() { freely(w) } else { pairs(w) });
    let questions =
        view! { <div class="l-stack">{family.view(w)}{platform(w)}{question}{settings(w, Scope { step: Step::Size, container: None })}{loose(w)}</div> }
            .into_any();
    StepForm { lead: Some(tr!(lang, size.lead)), help: vec![tr!(lang, size.help1)], ..StepForm::new(step_name(lang, Step::Size).into_any(), questions) }
        .view(w, go)
}

fn platform(w: Wizard) -> AnyView {
    let lang = w.lang;
    let mut cards = vec![
        Card { value: "LINUX/X86_64".into(), title: tr!(lang, size.x86).into(), hint: Some(tr!(lang, size.x86_hint).into()), ..Card::default() },
        Card { value: "LINUX/ARM64".into(), title: tr!(lang, size.arm).into(), hint: Some(tr!(lang, size.arm_hint).into()), ..Card::default() },
    ];
    let now = untrack(|| w.rendered(Size::Platform.into()));
    if !now.is_empty() && cards.iter().all(|c| c.value != now) {
        cards.push(Card { title: tr!(lang, size.other_platform, value = now.as_str()), value: now, ..Card::default() });
    }
    let cards = Cards { question: Size::Platform.into(), legend: tr!(lang, size.platform).into(), hint: None, pair: true, rows: false, cards };
    cards.view(w)
}

fn words(lang: Lang, cpu: u64, memory: u64) -> String {
    tr!(lang, size.pair, cpu = size::vcpu(cpu), memory = size::gb(memory))
}

fn pairs(w: Wizard) -> AnyView {
    let lang = w.lang;
    let names = [tr!(lang, size.small), tr!(lang, size.medium), tr!(lang, size.large)];
    let mut cards: Vec<Card> = size::PRESETS
        .iter()
        .zip(names)
        .enumerate()
        .map(|(i, ((cpu, memory), name))| Card {
            value: format!("{cpu}x{memory}"),
            title: name.into(),
            hint: Some(words(lang, *cpu, *memory)),
            tag: (i == 2).then(|| tr!(lang, size.tutorial)),
            end: Some(Signal::derive(move || w.answer.with(|a| a.presets.get(i).cloned().flatten()).map(|usd| tr!(lang, size.per_hour, usd = usd)))),
            sub: None,
        })
        .collect();
    cards.push(Card {
        value: "exact".into(),
        title: tr!(lang, size.exact).into(),
        hint: Some(tr!(lang, size.exact_hint).into()),
        sub: Some(exact(w)),
        ..Card::default()
    });
    Cards { question: Size::Pair.into(), legend: tr!(lang, size.legend).into(), hint: Some(tr!(lang, size.hint)), pair: false, rows: true, cards }.view(w)
}

/// Only pairs that exist can be picked.
fn exact(w: Wizard) -> AnyView {
    let lang = w.lang;
    let mut groups = vec![(String::new(), vec![(String::new(), tr!(lang, size.exact_pick).to_owned())])];
    if untrack(|| w.rendered(Size::Exact.into())) == "now" {
        let text = |question: Size| untrack(|| w.rendered(question.into()));
        groups[0].1.push(("now".into(), tr!(lang, size.exact_now, cpu = text(Size::Cpu), memory = text(Size::Memory))));
    }
    for row in &size::FARGATE {
        let options = row.memory().into_iter().map(|m| (format!("{}x{m}", row.cpu), words(lang, row.cpu, m)));
        groups.push((format!("{} vCPU", size::vcpu(row.cpu)), options.collect()));
    }
    let select = Select { question: Size::Exact.into(), label: tr!(lang, size.exact_label).into(), hint: None, groups };
    view! {
        {select.view(w)}
        <details class="c-more">
            <summary>{icon("right", 16)}{tr!(lang, size.all_pairs)}</summary>
            {served(w, "pairs".into(), "c-more__body", move || all_pairs(lang))}
        </details>
    }
    .into_any()
}

/// The table of all pairs.
#[cfg(feature = "ssr")]
fn all_pairs(lang: Lang) -> String {
    let (unit, to) = if lang == Lang::Ko { ("GB", "~") } else { (" GB", "–") };
    let mut rows = String::new();
    for row in &size::FARGATE {
        let list: Vec<String> = row.memory().into_iter().map(size::gb).collect();
        let words = match list.as_slice() {
            [first, .., last] if list.len() > 4 => format!("{first}{to}{last}{unit}"),
            _ => format!("{}{unit}", list.join(" · ")),
        };
        rows.push_str(&format!("<tr><th scope=\"row\">{} vCPU</th><td>{words}</td></tr>", size::vcpu(row.cpu)));
    }
    let (cpu, memory) = (tr!(lang, common.cpu), tr!(lang, common.memory));
    format!("<table class=\"c-pairs\"><thead><tr><th scope=\"col\">{cpu}</th><th scope=\"col\">{memory}</th></tr></thead><tbody>{rows}</tbody></table>")
}

#[cfg(not(feature = "ssr"))]
fn all_pairs(_: Lang) -> String {
    String::new()
}

fn freely(w: Wizard) -> AnyView {
    let lang = w.lang;
    let cpu = Field {
        hint: Some(tr!(lang, size.ec2_cpu_hint).into()),
        unit: Some(tr!(lang, common.units)),
        optional: true,
        ..Field::new(Size::Cpu, tr!(lang, size.ec2_cpu))
    };
    let memory =
        Field { hint: Some(tr!(lang, size.ec2_memory_hint).into()), unit: Some("MiB"), optional: true, ..Field::new(Size::Memory, tr!(lang, size.ec2_memory)) };
    view! { {cpu.view(w)}{memory.view(w)} }.into_any()
}
