//! FireLens: the container that collects the logs of the others.

use super::{awslogs::to_awslogs, *};
use crate::questions::MAX_CONTAINERS;

const OPTIONS: [&str; 3] = ["enable-ecs-log-metadata", "config-file-type", "config-file-value"];

/// The name that AWS's examples give the log router.
const ROUTER: &str = "log_router";

/// A log router as AWS's examples write it. Source: Developer Guide, FireLens example task definitions.
fn router() -> Value {
    json!({
        "name": ROUTER,
        "image": "public.ecr.aws/aws-observability/aws-for-fluent-bit:stable",
        "essential": true,
        "memoryReservation": 50,
        "user": "0",
        "firelensConfiguration": { "type": "fluentbit" }
    })
}

pub(super) fn check(task: &Task<'_>, report: &mut Report) {
    let routers: Vec<ContainerView<'_>> = objects(task).filter(|c| find(c, "firelensConfiguration").is_some()).collect();
    let sender = task.containers.iter().find(|c| c.log_driver() == "awsfirelens");
    match (routers.as_slice(), sender) {
        ([], Some(c)) => {
            let finding = report.at(&LOG_FIRELENS_ROUTER_MISSING, c.at("firelensConfiguration")).text("name", c.name());
            let fix = Edit(vec![Op::Add { path: "/containerDefinitions/-".into(), value: router(), at: None }]);
            let free = !task.containers.iter().any(|o| o.name() == ROUTER) && task.containers.len() < MAX_CONTAINERS;
            finding.fix("fix-router", vec![("value", Param::Text(ROUTER.into()))], if free { fix } else { Edit::default() }).done();
        }
        ([router, ..], None) => {
            let path = router.at("firelensConfiguration");
            report.at(&LOG_FIRELENS_UNUSED, router.at("logConfiguration")).text("name", router.name()).clear(task.definition, &path);
        }
        _ => {}
    }
    for extra in routers.iter().skip(1) {
        let path = extra.at("firelensConfiguration");
        report.at(&LOG_FIRELENS_ONE_ROUTER, &path).text("name", extra.name()).clear(task.definition, &path);
    }
    for router in routers {
        one(task, router, report);
    }
}

fn one(task: &Task<'_>, c: ContainerView<'_>, report: &mut Report) {
    if c.log_driver() == "awsfirelens" {
        let finding = report.at(&LOG_FIRELENS_ROUTER_SELF, c.at("logConfiguration/logDriver")).text("name", c.name());
        let mut fix = to_awslogs(task, &c);
        // Without anybody else's logs it has nothing to collect.
        if !fix.is_empty() && !task.containers.iter().any(|o| o.index != c.index && o.log_driver() == "awsfirelens") {
            fix.0.extend(edit::clear(task.definition, &c.at("firelensConfiguration")).0);
        }
        finding.fix("fix-awslogs", Vec::new(), fix);
    }
    let Some(config) = find(c, "firelensConfiguration").filter(|v| v.is_object()) else { return };
    let at = c.at("firelensConfiguration/type");
    match text(config, "type") {
        None if find(config, "type").is_none_or(Value::is_string) => {
            report.at(&LOG_FIRELENS_TYPE, &at).variant("missing").set(task.definition, &at, "fluentbit");
        }
        Some(kind) if !["fluentd", "fluentbit"].contains(&kind) => {
            report.at(&LOG_FIRELENS_TYPE, &at).text("value", kind).set(
                task.definition,
                &at,
                if kind.to_ascii_lowercase().contains("fluentd") { "fluentd" } else { "fluentbit" },
            );
        }
        Some(kind) => {
            if let Some(right) = type_by_image(c.image()).filter(|right| *right != kind) {
                report.at(&LOG_FIRELENS_TYPE_IMAGE, &at).text("value", kind).text("image", c.image()).set(task.definition, &at, right);
            }
        }
        None => {}
    }
    if find(c, "essential").and_then(Value::as_bool) == Some(false) {
        let path = c.at("essential");
        report.at(&LOG_FIRELENS_ROUTER_OPTIONAL, &path).text("name", c.name()).fix("fix", Vec::new(), edit::set(task.definition, &path, json!(true)));
    }
    options(task, c, config, report);
    // The common router images run as root and read the other containers' socket.
    if let Some(user) = text(c, "user").filter(|u| !matches!(*u, "0" | "root" | "0:0")) {
        report.at(&LOG_FIRELENS_ROUTER_USER, c.at("user")).text("value", user).set(task.definition, &c.at("user"), "0");
    }
}

/// The type that a router's image names.
pub(super) fn type_by_image(image: &str) -> Option<&'static str> {
    match image {
        image if image.contains("fluent-bit") || image.contains("fluentbit") => Some("fluentbit"),
        image if image.contains("fluentd") => Some("fluentd"),
        _ => None,
    }
}

/// Where FireLens puts the configuration that it writes itself.
const RESERVED: [(&str, &str); 2] = [("fluentbit", "/fluent-bit/etc/fluent-bit.conf"), ("fluentd", "/fluentd/etc/fluent.conf")];

fn options(task: &Task<'_>, c: ContainerView<'_>, config: &Value, report: &mut Report) {
    let Some(map) = find(config, "options").and_then(Value::as_object) else { return };
    let path = c.at("firelensConfiguration/options");
    for key in map.keys().filter(|k| !OPTIONS.contains(&k.as_str())) {
        let at = crate::document::pointer::join(&path, key);
        // The agent ignores it.
        let finding = report.at(&LOG_FIRELENS_OPTIONS, &at).severity(Warning).variant("unknown").text("key", key.as_str());
        finding.fix("fix-remove", Vec::new(), edit::clear(task.definition, &at)).done();
    }
    let get = |key: &str| map.get(key).and_then(Value::as_str).filter(|t| !t.is_empty());
    let (kind, value) = (get("config-file-type"), get("config-file-value"));
    let (kind_at, value_at) = (format!("{path}/config-file-type"), format!("{path}/config-file-value"));
    if RESERVED.iter().any(|(router, path)| text(config, "type") == Some(router) && value == Some(path)) {
        let value = value.unwrap_or("");
        let other = value.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/extra.conf"));
        report.at(&LOG_FIRELENS_RESERVED_PATH, &value_at).text("value", value).set(task.definition, &value_at, other);
    }
    let without = || Edit([&kind_at, &value_at].into_iter().filter_map(|at| edit::clear(task.definition, at).0.into_iter().next()).collect());
    match (kind, value) {
        (Some("s3"), _) if task.fargate() => {
            report.at(&LOG_FIRELENS_FARGATE_S3, &kind_at).fix("fix-config", Vec::new(), without()).done();
        }
        (Some(other), _) if !["s3", "file"].contains(&other) => {
            let right = if value.is_some_and(|v| v.starts_with("arn:")) && !task.fargate() { "s3" } else { "file" };
            report.at(&LOG_FIRELENS_OPTIONS, &kind_at).variant("type").text("value", other).set(task.definition, &kind_at, right).done();
        }
        (Some(_), None) => {
            report.at(&LOG_FIRELENS_OPTIONS, value_at).variant("value").fix("fix-config", Vec::new(), edit::clear(task.definition, &kind_at)).done();
        }
        (None, Some(v)) => {
            let right = if v.starts_with("arn:") && !task.fargate() { "s3" } else { "file" };
            report.at(&LOG_FIRELENS_OPTIONS, &kind_at).variant("pair").set(task.definition, &kind_at, right).done();
        }
        (Some("s3"), Some(v)) if !is_arn(v, &["s3"], |r| r.contains('/')) => {
            report.at(&LOG_FIRELENS_OPTIONS, &value_at).variant("arn").fix("fix-file", Vec::new(), without()).done();
        }
        _ => {}
    }
}
