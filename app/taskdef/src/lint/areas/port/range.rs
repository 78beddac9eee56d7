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
            let mut fix = edit::clear(task.definition, &m.at("containerPort"));
            fix.0.extend(edit::clear(task.definition, &m.at("hostPort")).0);
            report.at(&PORT_RANGE_AND_SINGLE, &path).fix("fix", Vec::new(), fix);
            continue;
        }
        let Some(range) = parse(text).filter(|r| is_range(*r)) else {
            let finding = report.at(&PORT_RANGE_FORM, &path).text("value", text);
            repaired(task, m, text, &path, finding);
            continue;
        };
        used.push((m, range));
        if !noted {
            noted = true;
            report.at(&PORT_RANGE_CONSOLE_NOTE, &path);
        }
    }
    for (i, n) in counts.iter().enumerate().filter(|(_, n)| **n > MAX_RANGES) {
        let path = format!("/containerDefinitions/{i}/portMappings");
        let ranges = all.iter().filter(|m| m.container.index == i && text(m.value, "containerPortRange").is_some());
        let mut extra: Vec<Op> = ranges.skip(MAX_RANGES).map(|m| Op::Remove { path: m.path() }).collect();
        // From the last on, so that no index moves.
        extra.reverse();
        let finding = report.at(&PORT_RANGE_COUNT, path).number("count", *n as u64).number("max", MAX_RANGES as u64);
        finding.fix("fix", vec![("max", Param::Number(MAX_RANGES as u64))], Edit(extra));
    }
    if !used.is_empty() && matches!(task.network, Network::Host | Network::None) && !task.fargate() {
        let mode = if task.network == Network::Host { "host" } else { "none" };
        report.at(&PORT_RANGE_NETWORK_MODE, "/networkMode").text("mode", mode).set(task.definition, "/networkMode", "awsvpc");
    }
    overlaps(task, &all, &used, report);
}

/// The range turned round, cut to what is legal, or the one port that it names.
fn repaired(task: &Task<'_>, m: &Mapping<'_>, text: &str, path: &str, finding: Reporter<'_>) {
    let number = |text: &str| text.trim().parse::<u64>().ok();
    let ends = text.split_once(['-', '~', ':', '–']).and_then(|(a, b)| number(a).zip(number(b)));
    let one = number(text).or(ends.filter(|(a, b)| a == b).map(|(a, _)| a)).filter(|n| (1..=65535).contains(n));
    if let Some(port) = one {
        let mut fix = edit::clear(task.definition, path);
        fix.0.extend(edit::set(task.definition, &m.at("containerPort"), json!(port)).0);
        finding.fix("fix-single", vec![("value", Param::Text(port.to_string()))], fix).done();
        return;
    }
    let Some((a, b)) = ends else { return };
    let (first, last) = (a.min(b), a.max(b));
    let legal = (first.clamp(1, 65535), last.clamp(1, 65535));
    if is_range(legal) {
        let value = format!("{}-{}", legal.0, legal.1);
        if legal == (first, last) {
            finding.set(task.definition, path, value).done();
        } else {
            finding.fix("fix-cut", vec![("value", Param::Text(value.clone()))], edit::set(task.definition, path, json!(value))).done();
        }
    }
}

/// The larger part of a range that another port or range leaves of it.
fn left((first, last): (u64, u64), (from, to): (u64, u64)) -> Option<(u64, u64)> {
    let (below, above) = ((first, from.saturating_sub(1)), (to + 1, last));
    let length = |(a, b): (u64, u64)| b.saturating_sub(a);
    let best = if length(below) >= length(above) { below } else { above };
    is_range(best).then_some(best)
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
        let range = ranges.iter().find(|(a, b)| a <= last && first <= b).copied();
        // More than AWS allows one container are not compared.
        if ranges.len() < MAX_RANGES {
            ranges.push((*first, *last));
        }
        let single = || singles.get(&group(m))?.range(first..=last).next().map(|port| (*port, *port));
        if let Some(other) = range.or_else(single) {
            let path = m.at("containerPortRange");
            let name = if other.0 == other.1 { other.0.to_string() } else { format!("{}-{}", other.0, other.1) };
            let finding = report.at(&PORT_RANGE_OVERLAP, &path).text("value", format!("{first}-{last}")).text("other", name);
            match left((*first, *last), other) {
                Some((a, b)) => finding.set(task.definition, &path, format!("{a}-{b}")).done(),
                None => finding.fix("fix-remove", Vec::new(), edit::clear(task.definition, &m.path())).done(),
            }
        }
    }
}
