//! Ranges of container ports.

use super::mapping::{Mapping, mappings};
use super::*;
use crate::lint::work;
use std::collections::{BTreeSet, HashMap};

/// Most ranges in one container. Source: API reference, PortMapping.containerPortRange.
const MAX_RANGES: usize = 100;

/// First and last port, when the text is a range.
fn parse(text: &str) -> Option<(u64, u64)> {
    let (a, b) = text.split_once('-')?;
    let digits = |t: &str| !t.is_empty() && t.len() <= 5 && t.bytes().all(|b| b.is_ascii_digit());
    let (first, last) = (digits(a).then(|| a.parse().ok())??, digits(b).then(|| b.parse().ok())??);
    Some((first, last))
}

fn is_range((first, last): (u64, u64)) -> bool {
    first >= 1 && first < last && last <= 65535
}

pub(super) fn check(task: &Task<'_>, report: &mut Report) {
    let all = mappings(task);
    let mut used: Vec<(&Mapping<'_>, (u64, u64))> = Vec::new();
    let mut counts = vec![0usize; task.containers.len()];
    let mut noted = false;
    for m in &all {
        let Some(text) = text(m.value, "containerPortRange") else { continue };
        let path = m.at("containerPortRange");
        let index = m.container.index;
        counts[index] += 1;
        if ["containerPort", "hostPort"].iter().any(|k| present(m.value, k).is_some()) {
            let mut cure = edit::clear(task.definition, &m.at("containerPort"));
            cure.0.extend(edit::clear(task.definition, &m.at("hostPort")).0);
            report.at(&PORT_RANGE_AND_SINGLE, &path).fix("fix", Vec::new(), cure);
            continue;
        }
        let Some(range) = parse(text).filter(|r| is_range(*r)) else {
            let turned = parse(text).map(|(a, b)| (b, a)).filter(|r| is_range(*r));
            let finding = report.at(&PORT_RANGE_FORM, &path).text("value", text);
            if let Some((a, b)) = turned {
                finding.set(task.definition, &path, format!("{a}-{b}"));
            }
            continue;
        };
        used.push((m, range));
        if !noted {
            noted = true;
            report.at(&PORT_RANGE_CONSOLE_NOTE, &path);
        }
    }
    for (i, n) in counts.iter().enumerate().filter(|(_, n)| **n > MAX_RANGES) {
        report.at(&PORT_RANGE_COUNT, format!("/containerDefinitions/{i}/portMappings")).number("count", *n as u64).number("max", MAX_RANGES as u64);
    }
    if !used.is_empty() && matches!(task.network, Network::Host | Network::None) && !task.fargate() {
        let mode = if task.network == Network::Host { "host" } else { "none" };
        report.at(&PORT_RANGE_NETWORK_MODE, "/networkMode").text("mode", mode).set(task.definition, "/networkMode", "awsvpc");
    }
    overlaps(task, &all, &used, report);
}

/// Ranges against each other and against single ports: in a container, under awsvpc in the task.
fn overlaps(task: &Task<'_>, all: &[Mapping<'_>], used: &[(&Mapping<'_>, (u64, u64))], report: &mut Report) {
    // What shares its ports: a container, or under awsvpc the task.
    let group = |m: &Mapping<'_>| (if task.network == Network::Awsvpc { 0 } else { m.container.index }, m.protocol() == "udp");
    let mut singles: HashMap<(usize, bool), BTreeSet<u64>> = HashMap::new();
    for (m, port) in all.iter().filter_map(|m| Some((m, m.number("containerPort")?))) {
        singles.entry(group(m)).or_default().insert(port);
    }
    let mut before: HashMap<(usize, bool), Vec<(u64, u64)>> = HashMap::new();
    for (m, (first, last)) in used {
        let ranges = before.entry(group(m)).or_default();
        work::spend(ranges.len() / 8);
        let range = ranges.iter().find(|(a, b)| a <= last && first <= b).map(|(a, b)| format!("{a}-{b}"));
        // More than AWS allows one container are not compared.
        if ranges.len() < MAX_RANGES {
            ranges.push((*first, *last));
        }
        let single = || singles.get(&group(m))?.range(first..=last).next().map(u64::to_string);
        if let Some(other) = range.or_else(single) {
            let path = m.at("containerPortRange");
            report.at(&PORT_RANGE_OVERLAP, path).text("value", format!("{first}-{last}")).text("other", other);
        }
    }
}
