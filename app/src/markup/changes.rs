//! A place of the document in words, and what changed there.

use serde_json::Value;
use taskdef::{
    Draft, Edit, Lang,
    document::{pointer, value::text_of},
};

/// Longest value that is shown, in signs.
const LONGEST: usize = 120;

/// A change in words.
#[derive(Clone, Debug)]
pub struct ChangeView {
    /// Where: `my-nginx, image`.
    pub what: String,
    /// The older value; `None` is "not there".
    pub before: Option<String>,
    /// The newer value.
    pub after: Option<String>,
    /// Whether only the order of a list changed.
    pub order: bool,
}

#[cfg(feature = "ssr")]
impl ChangeView {
    /// A change between two documents: its place is in the newer one, or in the older one where it is gone.
    pub fn of(lang: Lang, from: &Value, to: &Value, c: &taskdef::document::compare::Change) -> ChangeView {
        let root = if c.after.is_some() { to } else { from };
        ChangeView { what: place(lang, root, &c.path), before: c.before.as_ref().map(short), after: c.after.as_ref().map(short), order: c.order }
    }
}

/// The changes from one draft to another.
#[cfg(feature = "ssr")]
pub fn changes(lang: Lang, from: &Draft, to: &Draft) -> Vec<ChangeView> {
    let all = taskdef::document::compare::diff(from.root(), to.root());
    all.iter().map(|c| ChangeView::of(lang, from.root(), to.root(), c)).collect()
}

/// A value on one line.
pub fn short(value: &Value) -> String {
    let text = text_of(value).replace(['\n', '\r'], " ");
    if text.chars().count() <= LONGEST { text } else { format!("{}…", text.chars().take(LONGEST).collect::<String>()) }
}

/// A value, or the word for none.
pub fn or_nothing(lang: Lang, value: &Option<String>) -> String {
    value.as_ref().filter(|t| !t.is_empty()).cloned().unwrap_or_else(|| tr!(lang, common.nothing).to_owned())
}

/// One sentence.
pub fn sentence(lang: Lang, c: &ChangeView) -> String {
    let what = c.what.as_str();
    match (&c.before, &c.after) {
        _ if c.order => tr!(lang, changes.order, what = what),
        (None, Some(after)) if after.starts_with(['{', '[']) => tr!(lang, changes.added, what = what),
        (Some(_), None) => tr!(lang, changes.removed, what = what),
        (before, after) => {
            tr!(lang, changes.changed, what = what, before = or_nothing(lang, before), after = or_nothing(lang, after))
        }
    }
}

/// A place in words: the container's name and what the page calls the field; the API's own name where no page asks for it.
pub fn place(lang: Lang, root: &Value, path: &str) -> String {
    let tokens = pointer::tokens(path);
    let words: Vec<&str> = tokens.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["title"] => tr!(lang, common.draft_name).to_owned(),
        ["region"] => tr!(lang, cluster.region).to_owned(),
        ["cluster", "name"] => tr!(lang, cluster.name).to_owned(),
        ["cluster", "launch"] => tr!(lang, review.runs_on).to_owned(),
        ["cluster", "instanceType"] => tr!(lang, cluster.instance).to_owned(),
        ["cluster", "count"] => tr!(lang, cluster.count).to_owned(),
        ["definition", "family"] => tr!(lang, size.family).to_owned(),
        ["definition", "cpu"] => tr!(lang, size.ec2_cpu).to_owned(),
        ["definition", "memory"] => tr!(lang, size.ec2_memory).to_owned(),
        ["definition", "runtimePlatform", ..] => tr!(lang, size.platform).to_owned(),
        ["definition", "executionRoleArn"] => tr!(lang, logs.role).to_owned(),
        ["definition", "taskRoleArn"] => tr!(lang, logs.task_role).to_owned(),
        ["definition", "containerDefinitions"] => tr!(lang, changes.containers).to_owned(),
        ["definition", "containerDefinitions", index, rest @ ..] => {
            let item = |rest: &str| pointer::get(root, &format!("/definition/containerDefinitions/{index}{rest}"));
            let name = item("/name").map(text_of).filter(|n| !n.is_empty()).unwrap_or_else(|| (index.parse::<usize>().unwrap_or(0) + 1).to_string());
            match rest {
                [] => format!("{} {name}", tr!(lang, changes.container)),
                _ => {
                    let field = of_container(lang, rest, |key| item(key).map(text_of).unwrap_or_default());
                    format!("{name}, {}", field.unwrap_or_else(|| label_at(lang, path).map_or_else(|| rest.join("."), str::to_owned)))
                }
            }
        }
        ["definition", rest @ ..] => label_at(lang, path).map_or_else(|| rest.join("."), str::to_owned),
        other => other.join("."),
    }
}

/// What the page calls the field whose value is at a path.
fn label_at(_lang: Lang, _path: &str) -> Option<&'static str> {
    #[cfg(feature = "ssr")]
    return taskdef::questions::Field::parse(_path.strip_prefix("/definition")?).map(|field| crate::texts::label_of(_lang, field));
    // The browser has no labels of generated controls; what it says of them is replaced by the server's answer.
    #[cfg(not(feature = "ssr"))]
    None
}

/// A question of a container in words; `None` where the page has no question for it.
fn of_container(lang: Lang, rest: &[&str], text: impl Fn(&str) -> String) -> Option<String> {
    Some(match rest {
        ["name"] => tr!(lang, containers.name).to_owned(),
        ["image"] => tr!(lang, review.image).to_owned(),
        ["cpu"] => tr!(lang, common.cpu).to_owned(),
        ["memoryReservation"] => tr!(lang, containers.soft).to_owned(),
        ["memory"] => tr!(lang, containers.hard).to_owned(),
        ["essential"] => tr!(lang, containers.essential).to_owned(),
        ["environment"] => tr!(lang, containers.env).to_owned(),
        ["environment", i, ..] => format!("{} {}", tr!(lang, changes.variable), text(&format!("/environment/{i}/name"))),
        ["secrets"] => tr!(lang, containers.secrets).to_owned(),
        ["secrets", i, ..] => format!("{} {}", tr!(lang, changes.secret), text(&format!("/secrets/{i}/name"))),
        ["portMappings"] => tr!(lang, common.step_ports).to_owned(),
        ["portMappings", i, field @ ..] => {
            let port = format!("{} {}", tr!(lang, ports.port), text(&format!("/portMappings/{i}/containerPort")));
            match field {
                ["hostPort"] => format!("{port}, {}", tr!(lang, ports.host)),
                ["protocol"] => format!("{port}, {}", tr!(lang, ports.protocol)),
                ["name"] => format!("{port}, {}", tr!(lang, ports.name)),
                _ => port,
            }
        }
        ["healthCheck"] => tr!(lang, review.check).to_owned(),
        ["healthCheck", "command", ..] => format!("{}, {}", tr!(lang, review.check), tr!(lang, health.command)),
        ["healthCheck", "interval"] => tr!(lang, health.interval).to_owned(),
        ["healthCheck", "timeout"] => tr!(lang, health.timeout).to_owned(),
        ["healthCheck", "retries"] => tr!(lang, health.retries).to_owned(),
        ["healthCheck", "startPeriod"] => tr!(lang, health.start).to_owned(),
        ["logConfiguration"] => tr!(lang, common.step_logs).to_owned(),
        ["logConfiguration", "options", "awslogs-group"] => tr!(lang, logs.group).to_owned(),
        ["logConfiguration", "options", "awslogs-stream-prefix"] => tr!(lang, logs.prefix).to_owned(),
        ["dependsOn", ..] => tr!(lang, health.order).to_owned(),
        _ => return None,
    })
}

/// What the newest change did, as one sentence; `inverse` is its inverse. `None` when it touched nothing that is shown.
pub fn just_changed(lang: Lang, draft: &Draft, inverse: &Edit) -> Option<String> {
    let shown: Vec<_> = inverse.0.iter().filter(|op| !op.path().starts_with("/aside")).collect();
    let op = shown.first()?;
    let (root, path) = (draft.root(), op.path());
    let after = pointer::get(root, path).map(short);
    // An item that went away is named by what is put back.
    let what = match (op.value(), &after) {
        (Some(gone), None) if gone.get("name").is_some() => gone.get("name").map(text_of).unwrap_or_default(),
        _ => place(lang, root, path),
    };
    let change = ChangeView { what, before: op.value().map(short), after, order: matches!(op, taskdef::document::edit::Op::Move { .. }) };
    let told = sentence(lang, &change);
    let more = shown.len() - 1;
    Some(if more == 0 { told } else { tr!(lang, common.and_more, told = told, n = more) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn changes_are_said_in_both_languages_without_a_pointer() {
        let from = Draft::tutorial();
        let mut to = from.clone();
        let definition = |d: &mut Draft, path: &str, value: Value| {
            let edit = taskdef::document::edit::set(d.root(), &format!("/definition{path}"), value);
            edit.apply(d.root_mut()).unwrap();
        };
        definition(&mut to, "/containerDefinitions/0/image", json!("docker.io/me/x:2"));
        definition(&mut to, "/containerDefinitions/0/environment/0/value", json!("test"));
        definition(&mut to, "/containerDefinitions/1/healthCheck/startPeriod", json!(90));
        definition(&mut to, "/volumes", json!([{ "name": "v" }]));
        definition(&mut to, "/containerDefinitions/0/startTimeout", json!(30));
        definition(&mut to, "/containerDefinitions/1/dependsOn", json!([{ "containerName": "my-webserver", "condition": "START" }]));
        definition(&mut to, "/family", json!("renamed"));
        to.put("title", json!("New"));
        let said = |lang| changes(lang, &from, &to).iter().map(|c| sentence(lang, c)).collect::<Vec<_>>().join("\n");
        let (en, ko) = (said(Lang::En), said(Lang::Ko));
        assert_eq!(en.lines().count(), 8, "{en}");
        for part in [
            "my-webserver, Image: docker.io/myid/webserver:1 → docker.io/me/x:2",
            "variable NODE_ENV",
            "Start period: 60 → 90",
            "Volumes: added",
            "my-webserver, Start timeout: (empty) → 30",
            "my-nginx, Start order: added",
            "Draft name",
            "Task definition name: my-task → renamed",
        ] {
            assert!(en.contains(part), "{part} in\n{en}");
        }
        assert!(ko.contains("my-nginx, 시작 기간(유예)") && ko.contains("태스크 정의 이름: my-task → renamed"), "{ko}");
        assert!(!en.contains("/definition") && !ko.contains("/definition"));
        assert!(changes(Lang::En, &from, &from).is_empty());
    }
}
