//! What happens to a draft on the server: checked, put together with others' changes, saved.

use crate::{
    address::Page,
    backend::{Backend, BackendError, OpenDraft, SaveOutcome, SharedBackend, Who},
    live::LiveError,
    model::{Answer, Choices, CostView, FindingView, FixView},
};
use leptos::prelude::use_context;
use serde_json::Value;
use taskdef::{
    Draft, Edit, Finding, Lang, Scope, Severity, diagnose,
    document::{
        merge::{self, Clash},
        pointer, view,
    },
    facts,
    facts::cost,
    finding::Fix,
    grammar::{health, size},
    lint::{self, autofix},
    questions, texts,
};

/// Largest draft, in bytes of its text.
pub const LARGEST: usize = 1024 * 1024;

/// How often a save is tried again when others keep saving in between.
const TRIES: usize = 5;

/// A draft that was saved, perhaps together with somebody else's changes.
pub struct Settled {
    /// The revision.
    pub revision: i64,
    /// The draft as it stands there.
    pub draft: Draft,
    /// Whether it differs from what was sent.
    pub merged: bool,
}

/// Why a save did not happen.
pub enum Unsettled {
    /// Both changed the same places.
    Clash {
        /// The newest revision.
        revision: i64,
        /// The places.
        clashes: Vec<Clash>,
    },
    /// The backend could not.
    Backend(BackendError),
}

impl From<BackendError> for Unsettled {
    fn from(error: BackendError) -> Self {
        Unsettled::Backend(error)
    }
}

/// Opens a draft by either of its links.
pub async fn open(backend: &dyn Backend, token: &str) -> Result<(OpenDraft, Draft), BackendError> {
    let opened = backend.open(token).await?;
    let draft = Draft::parse(&opened.body).map_err(|_| BackendError::Unavailable)?;
    Ok((opened, draft))
}

/// Saves `mine`, made from revision `base`; what others changed elsewhere meanwhile stays.
pub async fn settle(backend: &dyn Backend, token: &str, base: i64, mine: Draft, who: &[u8]) -> Result<Settled, Unsettled> {
    settle_with(backend, token, base, mine, who, |_| None).await
}

/// The same, where the person has chosen between the sides for some places: `true` is mine.
pub async fn settle_with(
    backend: &dyn Backend,
    token: &str,
    base: i64,
    mine: Draft,
    who: &[u8],
    choice: impl Fn(&str) -> Option<bool> + Send + Sync,
) -> Result<Settled, Unsettled> {
    let (mut base, mut wanted, mut merged) = (base, mine, false);
    for _ in 0..TRIES {
        let text = wanted.to_text();
        if text.len() > LARGEST {
            return Err(BackendError::TooLarge.into());
        }
        match backend.save(token, base, &text, who).await? {
            SaveOutcome::Saved(revision) => return Ok(Settled { revision, draft: wanted, merged }),
            SaveOutcome::Stale(_) => {}
        }
        let (newest, theirs) = open(backend, token).await?;
        let ground = match backend.at_revision(token, base).await? {
            Some(text) => Draft::parse(&text).map_err(|_| BackendError::Unavailable)?,
            // Too old to know what the person changed: everything that differs is asked about.
            None => Draft::empty(),
        };
        match merge::resolve(ground.root(), wanted.root(), theirs.root(), &choice) {
            Ok(root) => {
                wanted = Draft::parse(&root.to_string()).map_err(|_| BackendError::Unavailable)?;
                merged = true;
                base = newest.revision;
            }
            Err(clashes) => return Err(Unsettled::Clash { revision: newest.revision, clashes }),
        }
    }
    Err(BackendError::Unavailable.into())
}

/// The live save's work.
pub(crate) async fn live_save(token: &str, lang: Lang, base: i64, text: &str) -> Result<Answer, LiveError> {
    let Some(backend) = use_context::<SharedBackend>() else { return Err(LiveError::Internal(String::new())) };
    let mine = Draft::parse(text).map_err(|_| LiveError::Internal("draft".into()))?;
    let who = use_context::<Who>().unwrap_or_default();
    match settle(backend.as_ref(), token, base, mine, &who.0).await {
        Ok(done) => {
            let merged = done.merged.then(|| done.draft.to_text());
            Ok(Answer { merged, ..answer(lang, &done.draft, done.revision) })
        }
        Err(Unsettled::Clash { .. }) => Err(LiveError::Conflict),
        Err(Unsettled::Backend(error)) => Err(match error {
            BackendError::NotFound | BackendError::ReadOnly => LiveError::Gone,
            BackendError::TooLarge => LiveError::TooLarge,
            BackendError::SlowDown => LiveError::SlowDown,
            BackendError::Full | BackendError::Unavailable | BackendError::CrossSite => LiveError::Internal(String::new()),
        }),
    }
}

/// What the server says of a draft.
pub fn answer(lang: Lang, draft: &Draft, revision: i64) -> Answer {
    let found = lint::check_draft(draft);
    let safe = found.iter().any(autofix::candidate);
    let arm = draft.definition().pointer("/runtimePlatform/cpuArchitecture").and_then(Value::as_str) == Some("ARM64");
    let preset = |(cpu, memory): (u64, u64)| cost::of_pair(draft.region(), arm, cpu, memory).map(|c| format!("{:.3}", c.hour));
    Answer {
        revision,
        findings: in_words(lang, draft, found),
        cost: cost::of_draft(draft).map(|c| CostView {
            hour: format!("{:.3}", c.hour),
            lab: format!("{:.2}", c.hour * 2.0),
            month: format!("{:.2}", c.hour * cost::MONTH),
            region: facts::region(&c.region).map_or_else(|| c.region.clone(), |r| name(lang, r).to_owned()),
            chip: if c.arm { "Arm" } else { "x86" }.into(),
            date: c.date,
        }),
        presets: size::PRESETS.into_iter().map(preset).collect(),
        tools: tools(draft),
        safe,
        merged: None,
    }
}

fn name(lang: Lang, region: &'static facts::Region) -> &'static str {
    match lang {
        Lang::Ko => &region.ko,
        Lang::En => &region.en,
    }
}

/// The findings of a draft, in words and with their control.
pub fn findings(lang: Lang, draft: &Draft) -> Vec<FindingView> {
    in_words(lang, draft, lint::check_draft(draft))
}

fn in_words(lang: Lang, draft: &Draft, found: Vec<Finding>) -> Vec<FindingView> {
    found
        .into_iter()
        .map(|f| {
            let words = texts::of_finding(lang, &f);
            let root = |edit: &Edit| if f.scope == Scope::Wizard { edit.clone() } else { edit.prefixed("/definition") };
            let fix = |(fix, label): (&Fix, String)| {
                let edit = root(&fix.edit);
                FixView { label: priced(lang, draft, &edit, label), edit: edit.to_text() }
            };
            FindingView {
                rule: f.rule.id.to_owned(),
                severity: f.severity,
                control: questions::control_of(draft, &f.path),
                message: words.message,
                why: words.why,
                how: words.how,
                fixes: f.fixes.iter().zip(words.labels).map(fix).collect(),
                place: f.path,
            }
        })
        .collect()
}

/// The label of a fix, with what an hour of the task costs more or less after it.
fn priced(lang: Lang, draft: &Draft, edit: &Edit, label: String) -> String {
    if !edit.0.iter().any(|op| matches!(op.path(), "/definition/cpu" | "/definition/memory")) {
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

/// For each container, which tools of the health check its image has, as far as the catalogue knows it.
fn tools(draft: &Draft) -> Vec<Vec<Option<bool>>> {
    let has = |tools: &facts::Tools, tool: health::Tool| match tools.get(tool.as_str()) {
        facts::Has::Yes => Some(true),
        facts::Has::No => Some(false),
        facts::Has::Unknown => None,
    };
    let of = |c: view::ContainerView<'_>| {
        let tools = c.reference().and_then(|image| facts::tools(&image));
        health::Tool::ALL.into_iter().map(|tool| tools.as_ref().and_then(|t| has(t, tool))).collect()
    };
    view::containers(draft.definition()).into_iter().map(of).collect()
}

/// What selects offer.
pub fn choices(lang: Lang) -> Choices {
    let mut regions: Vec<_> =
        facts::regions().iter().filter(|r| r.listed).map(|r| (r.partition != "aws", format!("{} – {}", name(lang, r), r.id), r.id.clone())).collect();
    regions.sort();
    let apart = regions.iter().filter(|(apart, ..)| *apart).count();
    let regions = regions.into_iter().map(|(_, name, id)| (id, name)).collect();
    let instances = facts::instances().iter().filter(|i| i.listed).map(|i| (i.name.clone(), i.vcpu, size::gb(i.memory))).collect();
    Choices { regions, apart, instances }
}

/// What a posted form does: the new draft, and where the answer leads.
pub struct Posted {
    /// The draft with the changes, made from the form's own revision.
    pub draft: Draft,
    /// The next page, or `None` for home.
    pub page: Option<Page>,
    /// The control to focus.
    pub focus: Option<String>,
    /// Whether this was Continue.
    pub continues: bool,
}

/// Reads a step's form. `base` is the revision that it was rendered from.
pub fn posted(base: &Draft, page: Page, pairs: &[(String, String)]) -> Posted {
    let mut draft = questions::apply_post(base, pairs);
    let op = pairs.iter().rev().find(|(n, _)| n == "op").map_or("", |(_, v)| v.as_str());
    let count = |d: &Draft| taskdef::document::view::containers(d.definition()).len();
    let apply = |draft: &mut Draft, edit: &Edit| {
        // An edit is made for this very document, so it fits; one that does not changes nothing.
        let _ = edit.apply(draft.root_mut());
    };
    if let Some(rest) = op.strip_prefix("fix:") {
        let mut parts = rest.splitn(3, ':');
        let (rule, index, place) = (parts.next(), parts.next().and_then(|i| i.parse::<usize>().ok()), parts.next());
        let found = findings(Lang::En, &draft);
        let finding = found.iter().find(|f| Some(f.rule.as_str()) == rule && Some(f.place.as_str()) == place);
        if let Some((fix, control)) = finding.and_then(|f| Some((f.fixes.get(index?)?, &f.control))) {
            if let Some(edit) = Edit::parse(&fix.edit) {
                apply(&mut draft, &edit);
            }
            return Posted { draft, page: Some(page), focus: Some(control.clone()), continues: false };
        }
        return Posted { draft, page: Some(page), focus: None, continues: false };
    }
    if let Some(id) = op.strip_prefix("doctor:") {
        if let Some(edit) = diagnose::cure(id, &draft) {
            apply(&mut draft, &edit);
        }
        return Posted { draft, page: Some(page), focus: None, continues: false };
    }
    let row = match op {
        "" | "exit" => None,
        _ => match op.strip_prefix("dotenv:") {
            Some(place) => questions::dotenv(&draft, place, pairs.iter().find(|(n, _)| n == "dotenv").map_or("", |(_, v)| v)),
            None => questions::row(&draft, op),
        },
    };
    if let Some(row) = row {
        apply(&mut draft, &row.edit);
        let index = pointer::tokens(&row.focus).get(1).and_then(|t| pointer::index(t));
        let opens = op.starts_with("duplicate:") || op == "add:/containerDefinitions";
        let page = match (page, index) {
            (_, Some(i)) if opens => Page::Container(i),
            (Page::Container(_), _) if op.starts_with("remove:") && op.matches('/').count() == 2 => Page::Step(taskdef::Step::Containers),
            _ => page,
        };
        return Posted { draft, page: Some(page), focus: Some(row.focus), continues: false };
    }
    match op {
        "exit" => Posted { draft, page: None, focus: None, continues: false },
        "" => {
            let tried = draft.mark_tried(page.step(), page.container());
            apply(&mut draft, &tried);
            let next = page.next(count(&draft));
            Posted { draft, page: Some(next), focus: None, continues: true }
        }
        _ => Posted { draft, page: Some(page), focus: None, continues: false },
    }
}

/// Whether a page has an error to correct before going on.
pub fn has_errors(draft: &Draft, page: Page) -> bool {
    lint::check_draft(draft).iter().any(|f| f.severity == Severity::Error && page.shows(&f.path))
}
