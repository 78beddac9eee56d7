//! Log configuration.

use super::*;
use crate::{
    document::pointer,
    grammar::name::{is_log_group, is_region},
    lint::context::{USUAL_ROLE, is_usual_role, named_region},
};

const DRIVERS: [&str; 8] = ["json-file", "syslog", "journald", "gelf", "fluentd", "awslogs", "splunk", "awsfirelens"];
/// Longest name of a log stream: prefix, container and the task's 32 digits. Source: API reference, LogStream.
const MAX_STREAM: usize = 512;
const GROUP: &str = "awslogs-group";
const REGION: &str = "awslogs-region";
const PREFIX: &str = "awslogs-stream-prefix";
const CREATE_GROUP: &str = "awslogs-create-group";
/// The options of the driver. Source: API reference, LogConfiguration.options.
pub(crate) const OPTIONS: [&str; 8] = [CREATE_GROUP, "awslogs-datetime-format", GROUP, "awslogs-multiline-pattern", REGION, PREFIX, "max-buffer-size", "mode"];

fn group(task: &Task<'_>) -> String {
    crate::grammar::name::log_group(task.text("family").unwrap_or_default())
}

pub(super) fn missing(task: &Task<'_>, report: &mut Report) {
    for c in task.containers.iter().filter(|c| c.value().is_object() && find(c, "logConfiguration").is_none()) {
        let path = format!("{}/logConfiguration", c.place());
        let variant = if matches!(task.launch, Some(Launch::Ec2 | Launch::External)) { "instance" } else { "" };
        let finding = report.at(&LOG_MISSING, &path).variant(variant).text("name", c.name());
        // Without an execution role the new logs would be an error on Fargate: that is asked first.
        if let (Some(region), false) = (task.region(), task.fargate() && !task.has_execution_role()) {
            let options = json!({ "awslogs-group": group(task), "awslogs-region": region, "awslogs-stream-prefix": "ecs" });
            finding.set(task.definition, &path, json!({ "logDriver": "awslogs", "options": options }));
        }
    }
}

pub(super) fn driver(task: &Task<'_>, report: &mut Report) {
    for c in &task.containers {
        let Some(log) = find(c, "logConfiguration").filter(|v| v.is_object()) else { continue };
        let path = || c.at("logConfiguration/logDriver");
        match present(log, "logDriver").map(|v| v.as_str()) {
            None | Some(Some("")) => {
                report.at(&LOG_DRIVER_REQUIRED, path()).set(task.definition, &path(), "awslogs");
            }
            Some(Some(name)) if !DRIVERS.contains(&name) => {
                report.at(&LOG_DRIVER_ENUM, path()).text("value", name).set(task.definition, &path(), "awslogs");
            }
            Some(Some(name)) if task.fargate() && !["awslogs", "splunk", "awsfirelens"].contains(&name) => {
                let finding = report.at(&LOG_DRIVER_FARGATE, path()).text("value", name);
                finding.fix("fix-awslogs", Vec::new(), to_awslogs(task, c));
            }
            Some(Some(name)) if task.runs_on(Launch::ManagedInstances) && !["awslogs", "splunk", "awsfirelens", "json-file"].contains(&name) => {
                let finding = report.at(&LOG_DRIVER_MANAGED_INSTANCES, path()).text("value", name);
                finding.fix("fix-awslogs", Vec::new(), to_awslogs(task, c));
            }
            _ => {}
        }
    }
}

/// Logs to CloudWatch in the usual group; the usual role is named where none is, since awslogs cannot do without.
pub(super) fn to_awslogs(task: &Task<'_>, c: &ContainerView<'_>) -> Edit {
    let Some(region) = named_region(task) else { return Edit::default() };
    let options = json!({ "awslogs-group": group(task), "awslogs-region": region, "awslogs-stream-prefix": "ecs" });
    let mut fix = edit::set(task.definition, &format!("{}/logConfiguration", c.place()), json!({ "logDriver": "awslogs", "options": options }));
    if task.fargate() && !task.has_execution_role() {
        fix.0.extend(edit::set(task.definition, "/executionRoleArn", json!(USUAL_ROLE)).0);
    }
    fix
}

pub(super) fn awslogs(task: &Task<'_>, report: &mut Report) {
    for c in task.containers.iter().filter(|c| c.log_driver() == "awslogs") {
        match find(c, "logConfiguration/options").filter(|v| !v.is_null()) {
            None => {
                let path = c.at("logConfiguration/options");
                let finding = report.at(&LOG_AWSLOGS_GROUP, &path).variant("options");
                if let Some(region) = named_region(task) {
                    finding.set(task.definition, &path, json!({ "awslogs-group": group(task), "awslogs-region": region, "awslogs-stream-prefix": "ecs" }));
                }
            }
            Some(options) if options.is_object() => {
                let options = Options { task, container: c, options };
                options.group(report);
                options.region(report);
                options.prefix(report);
                options.create_group(report);
                options.unknown(report);
            }
            Some(_) => {}
        }
    }
    if let Some((first, _)) =
        task.containers.iter().filter_map(|c| Some((c, find(c, "logConfiguration/options")?))).find(|(c, options)| {
            c.log_driver() == "awslogs" && present(options, "awslogs-group").is_some() && present(options, "awslogs-create-group").is_none()
        })
    {
        let path = format!("{}/logConfiguration/options/awslogs-create-group", first.place());
        let group = first.log_option("awslogs-group");
        // AWS services make their groups themselves.
        if !group.is_empty() {
            report.at(&LOG_CREATE_GROUP_MISSING, path).text("group", group);
        }
    }
}

/// The options of one container's driver.
struct Options<'a, 't> {
    task: &'a Task<'t>,
    container: &'a ContainerView<'t>,
    options: &'a Value,
}

impl Options<'_, '_> {
    /// The text of an option, or an empty one.
    fn text(&self, key: &str) -> &str {
        present(self.options, key).and_then(Value::as_str).unwrap_or("")
    }

    fn is_absent(&self, key: &str) -> bool {
        present(self.options, key).is_none_or(|v| v.as_str() == Some(""))
    }

    /// Pointer of the options.
    fn path(&self) -> String {
        self.container.at("logConfiguration/options")
    }

    fn at(&self, key: &str) -> String {
        pointer::member(self.path(), key)
    }

    fn group(&self, report: &mut Report) {
        let (text, at, definition) = (self.text(GROUP), || self.at(GROUP), self.task.definition);
        let usual = || group(self.task);
        if self.is_absent(GROUP) {
            report.at(&LOG_AWSLOGS_GROUP, at()).set(definition, &at(), usual());
        } else if !text.is_empty() && !is_log_group(text) {
            report.at(&LOG_GROUP_NAME, at()).text("value", text).set(definition, &at(), usual());
        } else if text.trim_start_matches('/').starts_with("aws/") {
            report.at(&LOG_GROUP_AWS_PREFIX, at()).text("value", text).set(definition, &at(), usual());
        }
    }

    fn region(&self, report: &mut Report) {
        let (text, at, definition) = (self.text(REGION), || self.at(REGION), self.task.definition);
        if self.is_absent(REGION) || (!text.is_empty() && !is_region(text)) {
            let finding = report.at(&LOG_AWSLOGS_REGION, at()).text("value", text);
            if let Some(region) = named_region(self.task) {
                finding.set(definition, &at(), region);
            }
        } else if let Some(region) = self.task.region().filter(|region| !text.is_empty() && text != *region) {
            report.at(&LOG_AWSLOGS_REGION_DIFFERS, at()).text("value", text).text("region", region).set(definition, &at(), region);
        }
    }

    fn prefix(&self, report: &mut Report) {
        let (text, at, definition) = (self.text(PREFIX), || self.at(PREFIX), self.task.definition);
        if self.is_absent(PREFIX) {
            let finding = report.at(&LOG_AWSLOGS_PREFIX, at());
            let finding = match self.task.launch {
                Some(Launch::Fargate) => finding,
                Some(Launch::ManagedInstances) => finding.severity(Warning).variant("managed"),
                _ => finding.severity(Advice).variant("ec2"),
            };
            finding.set(definition, &at(), "ecs").done();
        } else if text.contains([':', '*']) {
            report.at(&LOG_AWSLOGS_PREFIX_CHARS, at()).text("value", text).set(definition, &at(), text.replace([':', '*'], "-"));
        } else if text.len() + self.container.name().len() + 34 > MAX_STREAM {
            report.at(&LOG_AWSLOGS_PREFIX_CHARS, at()).variant("length").set(definition, &at(), "ecs");
        }
    }

    fn create_group(&self, report: &mut Report) {
        let (task, at) = (self.task, || self.at(CREATE_GROUP));
        match self.text(CREATE_GROUP) {
            "true" | "True" | "TRUE" | "1" | "t" | "T" => {
                // Said once. A role with another name may well have the permission.
                if self.container.index == task.containers.iter().find(|o| o.log_driver() == "awslogs").map_or(0, |o| o.index) {
                    if is_usual_role(task) {
                        report.at(&LOG_CREATE_GROUP_PERMISSION, at());
                    }
                    report.at(&LOG_RETENTION, self.at(GROUP)).text("group", self.text(GROUP));
                }
            }
            "" | "false" | "False" | "FALSE" | "0" | "f" | "F" => {}
            other => report.at(&LOG_CREATE_GROUP_VALUE, at()).text("value", other).set(task.definition, &at(), "true").done(),
        }
    }

    fn unknown(&self, report: &mut Report) {
        for (position, (key, value)) in self.options.as_object().into_iter().flatten().enumerate().filter(|(_, (k, _))| !OPTIONS.contains(&k.as_str())) {
            let path = pointer::join(&self.path(), key);
            let finding = report.at(&LOG_AWSLOGS_UNKNOWN_OPTION, &path).text("key", key.as_str());
            let right = OPTIONS.iter().find(|o| spelling::alike(key, o) && self.options.get(**o).is_none());
            match right {
                Some(right) => {
                    let add = Op::Add { path: self.at(right), value: value.clone(), at: Some(position) };
                    let rename = Edit(vec![Op::Remove { path: path.clone() }, add]);
                    finding.fix("fix-rename", vec![("value", Param::Text((*right).to_owned()))], rename).done();
                }
                None => finding.clear(self.task.definition, &path).done(),
            }
        }
    }
}
