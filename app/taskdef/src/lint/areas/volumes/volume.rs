//! Volumes of the task, by kind.

use super::*;
use std::{
    cell::LazyCell,
    collections::{HashMap, HashSet},
};

const KINDS: [&str; 4] = ["dockerVolumeConfiguration", "efsVolumeConfiguration", "s3filesVolumeConfiguration", "fsxWindowsFileServerVolumeConfiguration"];

/// Volumes that are objects, with their pointer.
pub(in crate::lint) fn volumes<'t>(task: &'t Task<'_>) -> impl Iterator<Item = (String, &'t Value)> {
    list(task.definition, "volumes").iter().enumerate().filter(|(_, v)| v.is_object()).map(|(i, v)| (format!("/volumes/{i}"), v))
}

/// The volumes by their names; of several with one name the first.
pub(super) fn by_name<'t>(task: &'t Task<'_>) -> HashMap<&'t str, &'t Value> {
    let mut all = HashMap::new();
    for (name, v) in volumes(task).filter_map(|(_, v)| Some((text(v, "name")?, v))) {
        all.entry(name).or_insert(v);
    }
    all
}

pub(super) fn each(task: &Task<'_>, report: &mut Report) {
    let mut names: HashSet<&str> = HashSet::new();
    let data = LazyCell::new(|| data_volumes(task));
    let taken = LazyCell::new(|| by_name(task));
    let mounts = LazyCell::new(|| mounts_by_volume(task));
    let wanted = LazyCell::new(|| mounted_only(task));
    let mut at_launch = false;
    for (path, v) in volumes(task) {
        let at = format!("{path}/name");
        match text(v, "name") {
            None => {
                if find(v, "name").is_none_or(Value::is_string) {
                    let finding = report.at(&VOLUME_NAME_REQUIRED, &at);
                    match *wanted {
                        Some(name) => finding.set(task.definition, &at, name).done(),
                        None => finding.fix("fix-remove", Vec::new(), edit::clear(task.definition, &path)).done(),
                    }
                }
            }
            Some(name) if !crate::grammar::name::is_name(name) => {
                let finding = report.at(&VOLUME_NAME_FORMAT, &at).text("value", name);
                if let Some(right) = crate::grammar::name::as_name(name).filter(|right| !taken.contains_key(right.as_str())) {
                    finding.fix("fix", vec![("value", Param::Text(right.clone()))], renamed(&at, mounts.get(name), &right));
                }
            }
            Some(name) if !names.insert(name) => {
                report.at(&VOLUME_NAME_UNIQUE, &at).text("value", name).clear(task.definition, &path);
            }
            Some(_) => {}
        }
        kinds(task, &path, v, &|name| data.contains(name), report);
        docker(task, &path, v, report);
        let source = format!("{path}/host/sourcePath");
        if task.fargate() && says(v, "host/sourcePath") {
            report.at(&VOLUME_FARGATE_SOURCE_PATH, &source).text("value", text(v, "host/sourcePath").unwrap_or("")).clear(task.definition, &source);
        }
        if flag(v, "configuredAtLaunch") {
            let at = format!("{path}/configuredAtLaunch");
            if at_launch {
                report.at(&VOLUME_LAUNCH_ONE, &at).clear(task.definition, &at);
            }
            at_launch = true;
            if task.windows && task.fargate() {
                report.at(&VOLUME_LAUNCH_WINDOWS, &at).clear(task.definition, &at);
            }
        }
    }
}

/// The name that mount points use and no volume has, where there is one such name.
fn mounted_only<'t>(task: &'t Task<'_>) -> Option<&'t str> {
    let known: HashSet<&str> = volumes(task).filter_map(|(_, v)| text(v, "name")).collect();
    let mounts = objects(task).flat_map(|c| list(c, "mountPoints"));
    let names: HashSet<&str> =
        mounts.filter_map(|m| text(m, "sourceVolume")).filter(|name| !known.contains(name) && crate::grammar::name::is_name(name)).collect();
    names.iter().next().copied().filter(|_| names.len() == 1)
}

/// Pointers of the mounts of each volume.
fn mounts_by_volume<'t>(task: &'t Task<'_>) -> HashMap<&'t str, Vec<String>> {
    let mut all: HashMap<&str, Vec<String>> = HashMap::new();
    for c in objects(task) {
        for (i, name) in list(c, "mountPoints").iter().enumerate().filter_map(|(i, m)| Some((i, text(m, "sourceVolume")?))) {
            all.entry(name).or_default().push(c.at(&format!("mountPoints/{i}/sourceVolume")));
        }
    }
    all
}

/// Another name for a volume, at the volume and wherever it is mounted.
fn renamed(at: &str, mounts: Option<&Vec<String>>, right: &str) -> Edit {
    let places = std::iter::once(at).chain(mounts.into_iter().flatten().map(String::as_str));
    Edit(places.map(|path| Op::Replace { path: path.to_owned(), value: json!(right) }).collect())
}

fn kinds(task: &Task<'_>, path: &str, v: &Value, keeps_data: &dyn Fn(&str) -> bool, report: &mut Report) {
    let mut found: Vec<&str> = KINDS.into_iter().filter(|k| find(v, k).is_some()).collect();
    if says(v, "host/sourcePath") {
        found.insert(0, "host");
    }
    if flag(v, "configuredAtLaunch") {
        found.push("configuredAtLaunch");
    }
    if found.len() > 1 {
        let mut finding = report.at(&VOLUME_ONE_KIND, path).text("kinds", found.join(", "));
        for keep in &found {
            let ops: Vec<Op> = found.iter().filter(|k| *k != keep).map(|k| Op::Remove { path: format!("{path}/{k}") }).collect();
            finding = finding.fix("fix", vec![("value", Param::Text((*keep).to_owned()))], Edit(ops));
        }
    } else if found.is_empty() && task.fargate() && text(v, "name").is_some_and(keeps_data) {
        report.at(&VOLUME_BIND_LOST, format!("{path}/host")).text("name", text(v, "name").unwrap_or(""));
    }
}

/// Names of the volumes where a database keeps its data.
fn data_volumes<'t>(task: &'t Task<'_>) -> HashSet<&'t str> {
    const DATA: [&str; 7] =
        ["/var/lib/mysql", "/var/lib/postgresql", "/data/db", "/data", "/var/lib/redis", "/usr/share/elasticsearch/data", "/var/lib/rabbitmq"];
    let mut names = HashSet::new();
    for c in objects(task) {
        let database = ["postgres", "mysql", "mariadb", "mongo", "redis", "elasticsearch", "rabbitmq"].iter().any(|d| c.image().contains(d));
        let keeps = |m: &&Value| database || text(*m, "containerPath").is_some_and(|p| DATA.iter().any(|d| p.starts_with(d) && p.len() > 5));
        names.extend(list(c, "mountPoints").iter().filter(keeps).filter_map(|m| text(m, "sourceVolume")));
    }
    names
}

fn docker(task: &Task<'_>, path: &str, v: &Value, report: &mut Report) {
    let Some(config) = find(v, "dockerVolumeConfiguration").filter(|c| c.is_object()) else { return };
    let path = format!("{path}/dockerVolumeConfiguration");
    if task.fargate() {
        report.at(&VOLUME_FARGATE_DOCKER_VOLUME, &path).clear(task.definition, &path);
        return;
    }
    let at = |key: &str| format!("{path}/{key}");
    let scope = text(config, "scope");
    if let Some(scope) = scope.filter(|s| !["task", "shared"].contains(s)) {
        let right = if scope.eq_ignore_ascii_case("shared") { "shared" } else { "task" };
        report.at(&VOLUME_DOCKER_SCOPE_ENUM, at("scope")).text("value", scope).set(task.definition, &at("scope"), right);
    } else if flag(config, "autoprovision") && scope != Some("shared") {
        let finding = report.at(&VOLUME_DOCKER_AUTOPROVISION, at("autoprovision")).set(task.definition, &at("scope"), "shared");
        finding.fix("fix-remove", Vec::new(), edit::clear(task.definition, &at("autoprovision")));
    }
    if let Some(driver) = text(config, "driver").filter(|d| task.windows && *d != "local") {
        report.at(&VOLUME_DOCKER_WINDOWS_DRIVER, at("driver")).text("value", driver).set(task.definition, &at("driver"), "local");
    }
}

pub(super) fn fsx(task: &Task<'_>, report: &mut Report) {
    for (path, v) in volumes(task) {
        let key = "fsxWindowsFileServerVolumeConfiguration";
        let Some(config) = find(v, key).filter(|c| c.is_object()) else { continue };
        let path = format!("{path}/{key}");
        if task.fargate() || task.system() == "LINUX" {
            report.at(&VOLUME_FSX_FIELDS, &path).variant("where").clear(task.definition, &path);
            continue;
        }
        let needed = ["fileSystemId", "rootDirectory", "authorizationConfig/credentialsParameter", "authorizationConfig/domain"];
        let whole = find(config, "authorizationConfig").is_none_or(|a| !a.is_object());
        for part in needed {
            let missing = find(config, part).is_none_or(|p| p.as_str() == Some(""));
            let here = if whole && part.starts_with("auth") { "authorizationConfig" } else { part };
            if missing && !(whole && part.ends_with("domain")) {
                report.at(&VOLUME_FSX_FIELDS, format!("{path}/{here}")).text("key", here.rsplit('/').next().unwrap_or(here));
            }
        }
    }
}
