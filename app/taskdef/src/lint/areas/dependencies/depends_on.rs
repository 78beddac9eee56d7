//! Start order between containers.

use super::*;
use std::collections::HashMap;

const CONDITIONS: [&str; 4] = ["START", "COMPLETE", "SUCCESS", "HEALTHY"];

pub(super) fn each(task: &Task<'_>, report: &mut Report) {
    for c in objects(task) {
        let rows = list(c, "dependsOn");
        let mut first: HashMap<&str, usize> = HashMap::new();
        for (i, row) in rows.iter().enumerate().filter(|(_, r)| r.is_object()) {
            let at = |key: &str| c.at(&format!("dependsOn/{i}/{key}"));
            let name = text(row, "containerName");
            condition(task, row, || at("condition"), report);
            let Some(name) = name else { continue };
            let before = *first.entry(name).or_insert(i);
            if name == c.name() {
                report.at(&DEP_SELF, at("containerName")).text("name", name).clear(task.definition, &c.at(&format!("dependsOn/{i}")));
                continue;
            }
            let Some(other) = task.containers.iter().copied().find(|o| o.name() == name) else {
                let finding = report.at(&DEP_UNKNOWN_CONTAINER, at("containerName")).text("value", name);
                let near = task.containers.iter().find(|o| o.index != c.index && spelling::alike(o.name(), name));
                match near {
                    Some(near) => finding.set(task.definition, &at("containerName"), near.name()).done(),
                    None => finding.fix("fix-remove", Vec::new(), edit::clear(task.definition, &c.at(&format!("dependsOn/{i}")))).done(),
                }
                continue;
            };
            if before < i {
                report
                    .at(&DEP_DUPLICATE, at("containerName"))
                    .text("name", name)
                    .clear(task.definition, &c.at(&format!("dependsOn/{}", weaker(rows, before, i))));
            }
            waits(task, other, text(row, "condition"), || at("condition"), report);
        }
    }
}

/// Index of the row that asks less, of the two about one container.
fn weaker(rows: &[Value], first: usize, second: usize) -> usize {
    let strength = |r: &Value| text(r, "condition").and_then(|c| CONDITIONS.iter().position(|k| *k == c)).unwrap_or(0);
    if strength(&rows[first]) < strength(&rows[second]) { first } else { second }
}

fn condition(task: &Task<'_>, row: &Value, path: impl FnOnce() -> String, report: &mut Report) {
    let Some(text) = text(row, "condition").filter(|t| !CONDITIONS.contains(t)) else { return };
    let upper = text.to_ascii_uppercase();
    let right = match text {
        "service_started" => "START",
        "service_healthy" => "HEALTHY",
        "service_completed_successfully" => "SUCCESS",
        _ => CONDITIONS.into_iter().find(|c| *c == upper || (upper.len() > 4 && upper.starts_with(c))).unwrap_or("START"),
    };
    let path = path();
    report.at(&DEP_CONDITION_ENUM, &path).text("value", text).set(task.definition, &path, right);
}

/// Whether the container that is waited for can ever reach the condition.
fn waits(task: &Task<'_>, other: ContainerView<'_>, condition: Option<&str>, path: impl FnOnce() -> String, report: &mut Report) {
    let check = find(other, "healthCheck");
    let none = check.is_none_or(|h| texts(h, "command").next().is_some_and(|(_, first)| first == "NONE"));
    match condition {
        Some("HEALTHY") if none => {
            // Both fixes stand at the dependency; the check itself is a separate choice.
            report.at(&DEP_HEALTHY_NEEDS_CHECK, other.at("healthCheck")).text("name", other.name()).fix(
                "fix",
                Vec::new(),
                edit::set(task.definition, &path(), json!("START")),
            );
        }
        Some("HEALTHY") => {
            let number = |key: &str, usual: i64| check.and_then(|h| integer(h, key)).unwrap_or(usual);
            let needs = number("startPeriod", 0) + number("interval", 30) * number("retries", 3);
            if let Some(most) = integer(other, "startTimeout").filter(|most| needs > *most && *most > 0) {
                let at = other.at("startTimeout");
                let finding = report.at(&DEP_HEALTHY_TIME, &at).text("name", other.name()).number("needs", needs as u64).number("most", most as u64);
                if needs <= 120 || !task.fargate() {
                    finding.set(task.definition, &at, needs);
                }
            }
        }
        Some(kind @ ("COMPLETE" | "SUCCESS")) => {
            if other.essential() {
                let path = path();
                let mut finding = report.at(&DEP_COMPLETE_ON_ESSENTIAL, &path).text("name", other.name()).text("condition", kind);
                // What listens or stands in front of others never ends: making it optional would register and wait for ever.
                let ends = other.ports().is_empty() && !is_proxy(&other);
                if ends && task.containers.iter().any(|c| c.index != other.index && c.essential()) {
                    let optional = edit::set(task.definition, &other.at("essential"), json!(false));
                    finding = finding.fix("fix", vec![("name", Param::Text(other.name().into()))], optional);
                }
                let right = if none { "START" } else { "HEALTHY" };
                finding.fix("fix-wait", vec![("value", Param::Text(right.into()))], edit::set(task.definition, &path, json!(right)));
            } else if !other.ports().is_empty() {
                let right = if none { "START" } else { "HEALTHY" };
                let path = path();
                report.at(&DEP_COMPLETE_ON_SERVER, &path).text("name", other.name()).set(task.definition, &path, right);
            }
        }
        _ => {}
    }
}

/// Who must be there before a container: by `dependsOn`, `links` and `volumesFrom`.
fn before<'t>(task: &'t Task<'_>, c: ContainerView<'t>) -> Vec<usize> {
    let index = |name: &str| task.containers.iter().position(|o| o.name() == name && !name.is_empty()).filter(|i| *i != c.index);
    let named = list(c, "dependsOn").iter().filter_map(|d| text(d, "containerName"));
    let linked = texts(c, "links").map(|(_, l)| l.split(':').next().unwrap_or(l));
    let mounted = list(c, "volumesFrom").iter().filter_map(|v| text(v, "sourceContainer"));
    named.chain(linked).chain(mounted).filter_map(index).collect()
}

pub(super) fn cycle(task: &Task<'_>, report: &mut Report) {
    let graph: Vec<Vec<usize>> = task.containers.iter().map(|c| before(task, *c)).collect();
    if graph.iter().all(Vec::is_empty) {
        return;
    }
    // 0 not seen, 1 on the way, 2 done.
    let mut seen = vec![0u8; graph.len()];
    for start in 0..graph.len() {
        let mut way = Vec::new();
        if let Some(cycle) = walk(&graph, start, &mut seen, &mut way) {
            let names: Vec<&str> = cycle.iter().chain(cycle.first()).map(|i| task.containers[*i].name()).collect();
            let last = task.containers[cycle[cycle.len() - 1]];
            let next = task.containers[cycle[0]].name();
            let finding = report.at(&DEP_CYCLE, last.at("dependsOn")).text("way", names.join(" → "));
            if let Some(i) = list(last, "dependsOn").iter().position(|d| text(d, "containerName") == Some(next)) {
                finding.fix(
                    "fix",
                    vec![("name", Param::Text(last.name().into())), ("other", Param::Text(next.into()))],
                    edit::clear(task.definition, &last.at(&format!("dependsOn/{i}"))),
                );
            } else if let Some((i, _)) = texts(last, "links").find(|(_, link)| link.split(':').next() == Some(next)) {
                let params = vec![("name", Param::Text(last.name().into())), ("other", Param::Text(next.into()))];
                finding.fix("fix-link", params, edit::clear(task.definition, &last.at(&format!("links/{i}"))));
            }
            return;
        }
    }
}

fn walk(graph: &[Vec<usize>], at: usize, seen: &mut [u8], way: &mut Vec<usize>) -> Option<Vec<usize>> {
    if seen[at] == 1 {
        let from = way.iter().position(|i| *i == at)?;
        return Some(way[from..].to_vec());
    }
    if seen[at] == 2 {
        return None;
    }
    seen[at] = 1;
    way.push(at);
    let found = graph[at].iter().find_map(|next| walk(graph, *next, seen, way));
    way.pop();
    seen[at] = 2;
    found
}

/// Whether a container runs a program that stands in front of others.
fn is_proxy(c: &ContainerView<'_>) -> bool {
    let name = c.reference().map_or("", |r| r.path.rsplit('/').next().unwrap_or(r.path));
    ["nginx", "httpd", "envoy", "caddy", "haproxy", "traefik"].iter().any(|p| name.contains(p))
}

pub(super) fn proxy(task: &Task<'_>, report: &mut Report) {
    let Some(front) = objects(task).find(|c| is_proxy(c)) else { return };
    let Some(app) = objects(task).find(|c| !is_proxy(c) && !c.ports().is_empty()) else { return };
    if !before(task, front).is_empty() || before(task, app).contains(&front.index) {
        return;
    }
    let checked = find(app, "healthCheck").is_some_and(|h| texts(h, "command").next().is_some_and(|(_, f)| f != "NONE"));
    let condition = if checked { "HEALTHY" } else { "START" };
    let path = front.at("dependsOn");
    let row = json!({ "containerName": app.name(), "condition": condition });
    let fix = match find(front, "dependsOn") {
        Some(Value::Array(_)) => Edit(vec![Op::Add { path: format!("{path}/-"), value: row, at: None }]),
        Some(_) => Edit::default(),
        None => edit::set(task.definition, &path, json!([row])),
    };
    let fix = if app.name().is_empty() { Edit::default() } else { fix };
    report.at(&DEP_NGINX_APP, &path).text("a", front.name()).text("b", app.name()).fix(
        "fix",
        vec![("a", Param::Text(front.name().into())), ("b", Param::Text(app.name().into()))],
        fix,
    );
}

pub(super) fn agent(task: &Task<'_>, report: &mut Report) {
    if task.runs_on(Launch::Ec2)
        && let Some(c) = objects(task).find(|c| says(c, "dependsOn"))
    {
        report.at(&DEP_EC2_AGENT, c.at("dependsOn"));
    }
}
