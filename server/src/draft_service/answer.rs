//! What the server says of a draft: findings in words, cost, prices, what selects offer.

use super::about;
use crate::inspect::{Answered, looked, own};
use app::{
    markup, texts, tr,
    wire::{Answer, Choices, CostView, FindingView, FixView, FoldView, WonView},
};
use serde_json::Value;
use std::sync::LazyLock;
use taskdef::{
    Draft, Edit, Finding, Lang, Scope,
    document::view,
    facts,
    facts::Images,
    facts::cost,
    facts::won::WonRate,
    finding::{Fix, Param},
    formats::import::Provenance,
    grammar::health,
    grammar::size,
    lint::{self, areas::task::TASK_JSON_SHAPE, autofix},
    messages,
    questions::{Control, Question},
};

/// What the server says of a draft, its cost in won too where there is a rate, judged by what is known of its images.
pub(super) fn answer(lang: Lang, draft: &Draft, revision: i64, won: Option<&WonRate>, looks: &[Answered]) -> Answer {
    let images = looked(looks).or(own::facts(draft));
    let found = lint::check_draft_with(draft, images.clone());
    let safe = autofix::any(draft, &images, &found);
    let arm = draft.definition().pointer("/runtimePlatform/cpuArchitecture").and_then(Value::as_str) == Some("ARM64");
    let preset = |(cpu, memory): (u64, u64)| cost::of_pair(draft.region(), arm, cpu, memory).map(|c| format!("{:.3}", c.hour));
    Answer {
        revision,
        folds: folds(lang, draft, &images, &found),
        findings: in_words(lang, draft, found),
        cost: cost::of_draft(draft).map(|c| CostView {
            hour: format!("{:.3}", c.hour),
            lab: format!("{:.2}", c.hour * 2.0),
            month: format!("{:.2}", c.hour * cost::MONTH),
            region: facts::region(&c.region).map_or_else(|| c.region.clone(), |r| name(lang, r).to_owned()),
            chip: if c.arm { "Arm" } else { "x86" }.into(),
            date: c.date,
            won: won.map(|rate| in_won(lang, rate, c.hour)),
        }),
        presets: size::PRESETS.into_iter().map(preset).collect(),
        tools: tools(draft, &images),
        about: view::containers(draft.definition()).iter().map(|container| about::about(lang, container, looks)).collect(),
        curl: view::containers(draft.definition()).iter().map(curl_lines).collect(),
        safe,
        told: None,
        merged: None,
    }
}

fn name(lang: Lang, region: &'static facts::Region) -> &'static str {
    match lang {
        Lang::Ko => &region.ko,
        Lang::En => &region.en,
    }
}

/// What a task costs in won, from US dollars an hour.
fn in_won(lang: Lang, rate: &WonRate, hour: f64) -> WonView {
    let won = |dollars: f64| tr!(lang, cost.won, won = rate.of(dollars));
    let note = tr!(lang, cost.won_note, rate = rate.shown(), date = rate.date());
    WonView { hour: won(hour), lab: won(hour * 2.0), month: won(hour * cost::MONTH), note }
}

/// The findings of a draft, in words and with their control, judged by what is known of its images.
pub fn findings_with(lang: Lang, draft: &Draft, images: Images) -> Vec<FindingView> {
    in_words(lang, draft, lint::check_draft_with(draft, images))
}

fn in_words(lang: Lang, draft: &Draft, found: Vec<Finding>) -> Vec<FindingView> {
    let provenance = Provenance::of(draft);
    found
        .into_iter()
        .map(|f| {
            let control = Control::of_place(draft, &f.path);
            let f = called_by_label(lang, draft, &control, f);
            let mut words = messages::of_finding(lang, &f);
            if let Some(origin) = provenance.as_ref().and_then(|provenance| provenance.of_finding(&f)) {
                words.message += &format!(" ({})", origin.words(lang));
            }
            let root = |edit: &Edit| if f.scope == Scope::Wizard { edit.clone() } else { edit.prefixed("/definition") };
            let fix = |(fix, label): (&Fix, String)| {
                let edit = root(&fix.edit);
                FixView { label: priced(lang, draft, &edit, label), edit: edit.to_text() }
            };
            FindingView {
                rule: f.rule.id.to_owned(),
                severity: f.severity,
                concern: lint::concern(&f),
                control,
                message: words.message,
                why: words.why,
                how: words.how,
                fixes: f.fixes.iter().zip(words.labels).map(fix).collect(),
                place: f.path,
            }
        })
        .collect()
}

/// On a page a value is called what its control is called; its key is for those who read the JSON.
fn called_by_label(lang: Lang, draft: &Draft, control: &Control, mut finding: Finding) -> Finding {
    let Control::Question(question) = control else { return finding };
    let key = finding.params.iter_mut().find(|(name, _)| *name == "key").filter(|_| finding.rule.id == TASK_JSON_SHAPE.id);
    if let Some((_, value)) = key {
        *value = Param::Text(match question {
            Question::Field(field) => texts::label_of(lang, *field).to_owned(),
            _ => markup::place(lang, draft.root(), &format!("/definition{}", finding.path)),
        });
    }
    finding
}

/// Rules whose fixes are put together at most: each costs an evaluation.
const TOGETHER: usize = 8;

/// Rules that have something to say at several places, each with one fix for all of them where that is possible.
fn folds(lang: Lang, draft: &Draft, images: &Images, found: &[Finding]) -> Vec<FoldView> {
    let rows = lint::rows(found, |f| f).into_iter().filter(|row| row.len() > 1);
    let fold = |(i, row): (usize, Vec<&Finding>)| {
        let rule = row[0].rule;
        FoldView {
            rule: rule.id.to_owned(),
            severity: row[0].severity,
            title: tr!(lang, review.fold, title = messages::of_rule(lang, rule.id).0, n = row.len()),
            fix: Some(i).filter(|i| *i < TOGETHER).and_then(|_| fold_fix(lang, draft, images, found, &row)),
        }
    };
    rows.enumerate().map(fold).collect()
}

fn fold_fix(lang: Lang, draft: &Draft, images: &Images, found: &[Finding], row: &[&Finding]) -> Option<FixView> {
    let edit = autofix::together(draft, images, found, row)?;
    let mut labels: Vec<String> = row.iter().filter_map(|f| messages::of_finding(lang, f).labels.into_iter().next()).collect();
    labels.dedup();
    let label = match labels.as_slice() {
        [label] => tr!(lang, review.fold_fix, label = label, n = row.len()),
        _ => tr!(lang, review.fold_fixes, n = row.len()),
    };
    Some(FixView { label, edit: edit.to_text() })
}

/// The edit of the one fix for all places of a rule.
pub(super) fn fixed_together(draft: &Draft, rule: &str, images: &Images) -> Option<Edit> {
    let found = lint::check_draft_with(draft, images.clone());
    let mut rows = lint::rows(&found, |f| f).into_iter().filter(|row| row.len() > 1 && row[0].rule.id == rule);
    rows.find_map(|row| autofix::together(draft, images, &found, &row))
}

/// The label of a fix, with what an hour of the task costs more or less after it.
fn priced(lang: Lang, draft: &Draft, edit: &Edit, label: String) -> String {
    if !edit.0.iter().any(|op| matches!(op.path(), "/definition/cpu" | "/definition/memory" | "/definition/runtimePlatform/cpuArchitecture")) {
        return label;
    }
    let mut after = draft.clone();
    let applied = edit.apply(after.root_mut()).is_ok();
    match (cost::of_draft(draft), cost::of_draft(&after)) {
        (Some(now), Some(then)) if applied && (then.hour - now.hour).abs() >= 0.0005 => {
            let sign = if then.hour > now.hour { "+" } else { "−" };
            format!("{label} ({})", tr!(lang, size.hour_more, sign = sign, usd = format!("{:.3}", (then.hour - now.hour).abs())))
        }
        _ => label,
    }
}

/// For each container, which tools of the health check its image has: by its layers where they were read, else by the catalogue.
fn tools(draft: &Draft, images: &Images) -> Vec<Vec<Option<bool>>> {
    let has = |has: facts::Has| match has {
        facts::Has::Yes => Some(true),
        facts::Has::No => Some(false),
        facts::Has::Unknown => None,
    };
    let of = |c: view::ContainerView<'_>| {
        let looked = images.found(c.image());
        let tools = c.reference().and_then(|image| facts::tools(&image));
        let known = |tool: &str| looked.and_then(|facts| has(facts.program(tool))).or_else(|| has(tools.as_ref()?.get(tool)));
        health::Tool::ALL.into_iter().map(|tool| known(tool.as_str())).collect()
    };
    view::containers(draft.definition()).into_iter().map(of).collect()
}

/// Lines for the Dockerfile of a container whose image may lack curl. What kind of image each is for stands above it.
fn curl_lines(c: &view::ContainerView<'_>) -> String {
    match c.reference().map(|image| facts::curl_lines(&image)).unwrap_or_default().as_slice() {
        [debian, alpine] => format!("# Debian, Ubuntu\n{debian}\n# Alpine\n{alpine}"),
        lines => lines.join("\n"),
    }
}

/// What selects offer: the same for every page of a language, so it is made once.
pub fn choices(lang: Lang) -> Choices {
    static CHOICES: LazyLock<[Choices; Lang::ALL.len()]> = LazyLock::new(|| Lang::ALL.map(offered));
    CHOICES[Lang::ALL.iter().position(|known| *known == lang).unwrap_or(0)].clone()
}

fn offered(lang: Lang) -> Choices {
    let mut regions: Vec<_> =
        facts::regions().iter().filter(|r| r.listed).map(|r| (r.partition != "aws", format!("{} – {}", name(lang, r), r.id), r.id.clone())).collect();
    regions.sort();
    let apart = regions.iter().filter(|(apart, ..)| *apart).count();
    let regions = regions.into_iter().map(|(_, name, id)| (id, name)).collect();
    let instances = facts::instances().iter().filter(|i| i.listed).map(|i| (i.name.clone(), i.vcpu, size::gb(i.memory))).collect();
    Choices { regions, apart, instances }
}
