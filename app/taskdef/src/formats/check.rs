//! A text of any format: the findings of each task in it, at the text's own lines, and its tasks to be converted.

use super::{
    Format,
    import::{self, Import, Input, Recognised, Refusal, SECRETS, recognise},
    report::Origins,
};
use crate::{
    Draft, Finding, Launch,
    facts::Images,
    lint::{self, Wizard, areas::task::TASK_TEMPLATE_PLACEHOLDER},
};
use serde_json::{Value, json};

/// What was found in a text.
#[derive(Debug)]
pub struct Checked {
    /// What it was read as.
    pub format: Format,
    /// Its tasks: one, but for applications and templates with several.
    pub tasks: Vec<CheckedTask>,
    /// Parts of the text that a task definition has no place for and that something needs to work: the report of the import has them.
    pub breaks: usize,
}

/// A task of a text.
#[derive(Debug)]
pub struct CheckedTask {
    /// Its family.
    pub name: String,
    /// Its findings, each with line and column in the text.
    pub findings: Vec<Finding>,
}

/// Whether a text is, or is meant to be, the JSON that AWS itself takes, and no other format.
///
/// ```
/// use taskdef::formats::is_definition;
/// assert!(is_definition(r#"{"family": "web"}"#) && is_definition("hello"));
/// assert!(!is_definition("services: {web: {image: nginx}}"));
/// ```
pub fn is_definition(text: &str) -> bool {
    let plain = !text.contains("{{") && import::from_json(text).is_ok_and(|read| read.definition.get("containerDefinitions").is_some());
    plain || matches!(recognise(text), Recognised::Format(Format::Json) | Recognised::Unknown)
}

/// Checks the first of these files; others may stand beside it, such as variables. JSON is judged as AWS judges it; any other
/// text by the tasks that an import makes of it. What a template leaves open is no finding, and a fix would change the task and
/// not the text, so there is none.
///
/// # Errors
/// The text is of another format and cannot be read.
pub fn check(input: &Input, region: Option<&str>, launch: Option<Launch>, images: &Images) -> Result<Checked, Refusal> {
    let text = input.files.first().map_or("", |file| file.text.as_str());
    if input.format.is_none_or(|format| format == Format::Json) && is_definition(text) {
        let (findings, _) = lint::check_text_with(text, region.map(str::to_owned), launch, images.clone());
        return Ok(Checked { format: Format::Json, tasks: vec![CheckedTask { name: String::new(), findings }], breaks: 0 });
    }
    let found = import::drafts(&with_target(input, region, launch))?;
    let report = &found.report;
    let breaks = report.notes.iter().chain(&report.entries).filter(|entry| entry.breaks && entry.place.file == 0).count();
    let mut tasks = Vec::new();
    for (i, made) in found.drafts.iter().enumerate() {
        let origins = Origins::of(report, i);
        // What another file declares is not this file's.
        if origins.nearest("").is_some_and(|(_, place)| place.file != 0) {
            continue;
        }
        let draft = &made.draft;
        let wizard = Wizard {
            region: region.or(Some(draft.region()).filter(|code| !code.is_empty())).map(str::to_owned),
            launch: launch.or(draft.launch()),
            images: images.clone(),
            ..Wizard::default()
        };
        let mut findings = lint::check(draft.definition(), &wizard);
        findings.retain(|finding| finding.rule != &TASK_TEMPLATE_PLACEHOLDER);
        for finding in &mut findings {
            finding.fixes.clear();
            let place = origins.nearest(&finding.path).map(|(_, place)| place).filter(|place| place.file == 0);
            finding.at = Some(place.map_or((1, 1), |place| (place.line.max(1), place.column.max(1))));
        }
        tasks.push(CheckedTask { name: made.name.clone(), findings });
    }
    Ok(Checked { format: found.format, tasks, breaks })
}

/// The definitions of a text of any format; none where it cannot be read.
pub fn definitions(input: &Input) -> Vec<Value> {
    let text = input.files.first().map_or("", |file| file.text.as_str());
    if is_definition(text) {
        return import::from_json(text).into_iter().map(|read| read.definition).collect();
    }
    let found = import::drafts(&with_target(input, None, None));
    found.map_or_else(|_| Vec::new(), |found| found.drafts.iter().map(|made| made.draft.definition().clone()).collect())
}

/// The tasks of a text of any format, to be written in another one. Strict JSON stays as it was typed, so that what the other
/// format has no place for can be named.
///
/// # Errors
/// Why there is nothing to make a draft of.
pub fn drafts(input: &Input, region: Option<&str>, launch: Option<Launch>) -> Result<Import, Refusal> {
    if let [file] = input.files.as_slice()
        && input.format.is_none_or(|format| format == Format::Json)
        && is_definition(&file.text)
        && let Ok(read) = import::from_json(&file.text)
    {
        let mut draft = Draft::around(read.definition);
        draft.put("region", json!(region.unwrap_or_default()));
        if let (Some(launch), None) = (launch, draft.launch()) {
            draft.put("cluster", json!({ "launch": launch.as_str() }));
        }
        return Ok(Import::of(draft));
    }
    import::import(&targeted(input, region, launch))
}

/// The target that was named, and values as they are in the text, also those that a draft would not take over.
fn with_target(input: &Input, region: Option<&str>, launch: Option<Launch>) -> Input {
    let mut input = targeted(input, region, launch);
    input.answers.put(SECRETS, "keep");
    input
}

fn targeted(input: &Input, region: Option<&str>, launch: Option<Launch>) -> Input {
    let mut input = input.clone();
    if let Some(region) = region {
        input.answers.put("region", region);
    }
    if let Some(launch) = launch.filter(|launch| *launch != Launch::Fargate) {
        input.answers.put("launch", launch.as_str());
    }
    input
}
