//! cfn-lint's own tables: the sizes of Fargate and the options of awslogs.

use super::{Change, Compared, Subject};
use crate::{grammar::size, lint::areas::logging::AWSLOGS_OPTIONS};
use serde_json::Value;

const SOURCE: &str = "cfn-lint";

/// Most sizes of a range that are read: Fargate's longest has 23 sizes.
const SIZES: usize = 1_000;

/// A branch for each CPU size, with its memory sizes in MiB: as a list, or as a range with its step.
pub(super) fn fargate(schema: &Value, found: &mut Compared) {
    let mut theirs = Vec::new();
    for branch in schema["then"]["anyOf"].as_array().into_iter().flatten() {
        let memory = numbers(&branch["properties"]["Memory"]);
        theirs.extend(numbers(&branch["properties"]["Cpu"]).into_iter().flat_map(|cpu| memory.iter().map(move |m| (cpu, *m))));
    }
    found.sizes = theirs.len();
    let ours: Vec<(u64, u64)> = size::FARGATE.iter().flat_map(|row| row.memory().into_iter().map(|m| (row.cpu, m))).collect();
    let name = |(cpu, memory): &(u64, u64)| format!("{cpu} / {memory}");
    for pair in theirs.iter().filter(|pair| !ours.contains(pair)) {
        found.differs(SOURCE, Subject::Size, name(pair), Change::New(String::new()));
    }
    for pair in ours.iter().filter(|pair| !theirs.contains(pair)) {
        found.differs(SOURCE, Subject::Size, name(pair), Change::Gone);
    }
}

/// Numbers of a schema, also written as texts.
fn numbers(property: &Value) -> Vec<u64> {
    let schema = &property["then"];
    let read = |v: &Value| v.as_u64().or_else(|| v.as_str()?.parse().ok());
    if let (Some(first), Some(last), Some(step)) = (read(&schema["minimum"]), read(&schema["maximum"]), read(&schema["multipleOf"])) {
        let step = usize::try_from(step.max(1)).unwrap_or(usize::MAX);
        return (first..=last).step_by(step).take(SIZES).collect();
    }
    schema["enum"].as_array().into_iter().flatten().filter_map(read).collect()
}

pub(super) fn awslogs(schema: &Value, found: &mut Compared) {
    let names = &schema["then"]["properties"]["Options"]["propertyNames"]["enum"];
    let theirs: Vec<&str> = names.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    found.options = theirs.len();
    found.names(SOURCE, Subject::LogOption, "", &AWSLOGS_OPTIONS, &theirs);
}
