//! Volumes of the task, by kind.

use super::{mounts, prelude::*, volume_efs};
use std::{cell::LazyCell, collections::HashSet};

pub(super) const RULES: &[Rule] = &[
    rule("volume-name-required", Error, "Amazon ECS agent: volumes; API reference: Volume.name", each),
    rule("volume-name-format", Error, "API reference: Volume.name", with_another),
    rule("volume-name-unique", Error, "API reference: Volume.name", with_another),
    rule("volume-one-kind", Error, "API reference: Volume", with_another),
    rule("volume-mount-unknown", Error, "API reference: MountPoint.sourceVolume", mounts::check),
    rule("volume-mount-path-absolute", Error, "API reference: MountPoint.containerPath", with_another),
    rule("volume-mount-path-duplicate", Error, "Docker: mount points", with_another),
    rule("volume-mount-shadow", Warning, "Directories of the official images", with_another),
    rule("volume-mount-file-path", Warning, "Developer Guide: bind mounts", with_another),
    rule("volume-unused", Warning, "API reference: RegisterTaskDefinition.volumes", with_another),
    rule("volume-launch-unused", Error, "API reference: Volume.configuredAtLaunch", with_another),
    rule("volume-volumes-from-unknown", Error, "API reference: VolumeFrom.sourceContainer", with_another),
    rule("volume-fargate-source-path", Error, "API reference: HostVolumeProperties.sourcePath", with_another),
    rule("volume-fargate-docker-volume", Error, "API reference: DockerVolumeConfiguration", with_another),
    rule("volume-docker-autoprovision", Error, "API reference: DockerVolumeConfiguration.autoprovision", with_another),
    rule("volume-docker-windows-driver", Error, "API reference: DockerVolumeConfiguration.driver", with_another),
    rule("volume-docker-scope-enum", Error, "API reference: Scope", with_another),
    rule("volume-efs-id", Error, "Amazon EFS API: FileSystemId", volume_efs::check),
    rule("volume-efs-enum", Error, "API reference: EFSTransitEncryption", with_another),
    rule("volume-efs-ap-root", Error, "API reference: EFSVolumeConfiguration.rootDirectory", with_another),
    rule("volume-efs-iam-tls", Error, "API reference: EFSAuthorizationConfig.iam", with_another),
    rule("volume-efs-ap-tls", Error, "API reference: EFSAuthorizationConfig.accessPointId", with_another),
    rule("volume-efs-port-tls", Error, "API reference: EFSVolumeConfiguration.transitEncryptionPort", with_another),
    rule("volume-efs-iam-task-role", Error, "API reference: EFSAuthorizationConfig.iam", with_another),
    rule("volume-efs-encryption", Advice, "Security Hub ECS.18", with_another),
    rule("volume-efs-external", Error, "Developer Guide: Amazon EFS volumes", with_another),
    rule("volume-efs-platform", Advice, "Developer Guide: Amazon EFS volumes", with_another),
    rule("volume-s3files-arn", Error, "API reference: S3FilesVolumeConfiguration", with_another),
    rule("volume-fsx-fields", Error, "API reference: FSxWindowsFileServerVolumeConfiguration", fsx),
    rule("volume-launch-one", Error, "API reference: Volume.configuredAtLaunch", with_another),
    rule("volume-launch-windows", Error, "Developer Guide: Amazon EBS volumes", with_another),
    rule("volume-bind-lost", Advice, "API reference: HostVolumeProperties", with_another),
];

const KINDS: [&str; 4] = ["dockerVolumeConfiguration", "efsVolumeConfiguration", "s3filesVolumeConfiguration", "fsxWindowsFileServerVolumeConfiguration"];

/// Volumes that are objects, with their pointer.
pub(super) fn volumes<'t>(task: &'t Task<'_>) -> impl Iterator<Item = (String, &'t Value)> {
    list(task.definition, "volumes").iter().enumerate().filter(|(_, v)| v.is_object()).map(|(i, v)| (format!("/volumes/{i}"), v))
}

fn each(task: &Task<'_>, out: &mut Findings) {
    let mut names: HashSet<&str> = HashSet::new();
    let data = LazyCell::new(|| data_volumes(task));
    let mut at_launch = false;
    for (path, v) in volumes(task) {
        let at = format!("{path}/name");
        match text(v, "name") {
            None => {
                if find(v, "name").is_none_or(Value::is_string) {
                    out.at("volume-name-required", &at);
                }
            }
            Some(name) if !crate::name::is_name(name) => {
                out.at("volume-name-format", &at).text("value", name);
            }
            Some(name) if !names.insert(name) => {
                out.at("volume-name-unique", &at).text("value", name).clear(task.definition, &path);
            }
            Some(_) => {}
        }
        kinds(task, &path, v, &|name| data.contains(name), out);
        docker(task, &path, v, out);
        let source = format!("{path}/host/sourcePath");
        if task.fargate() && says(v, "host/sourcePath") {
            out.at("volume-fargate-source-path", &source).text("value", text(v, "host/sourcePath").unwrap_or("")).clear(task.definition, &source);
        }
        if flag(v, "configuredAtLaunch") {
            let at = format!("{path}/configuredAtLaunch");
            if at_launch {
                out.at("volume-launch-one", &at).clear(task.definition, &at);
            }
            at_launch = true;
            if task.windows && task.fargate() {
                out.at("volume-launch-windows", &at).clear(task.definition, &at);
            }
        }
    }
}

fn kinds(task: &Task<'_>, path: &str, v: &Value, keeps_data: &dyn Fn(&str) -> bool, out: &mut Findings) {
    let mut found: Vec<&str> = KINDS.into_iter().filter(|k| find(v, k).is_some()).collect();
    if says(v, "host/sourcePath") {
        found.insert(0, "host");
    }
    if flag(v, "configuredAtLaunch") {
        found.push("configuredAtLaunch");
    }
    if found.len() > 1 {
        let mut said = out.at("volume-one-kind", path).text("kinds", found.join(", "));
        for keep in &found {
            let ops: Vec<Op> = found.iter().filter(|k| *k != keep).map(|k| Op::Remove { path: format!("{path}/{k}") }).collect();
            said = said.fix("fix", vec![("value", Param::Text((*keep).to_owned()))], Edit(ops));
        }
    } else if found.is_empty() && task.fargate() && text(v, "name").is_some_and(keeps_data) {
        out.at("volume-bind-lost", format!("{path}/host")).text("name", text(v, "name").unwrap_or(""));
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

fn docker(task: &Task<'_>, path: &str, v: &Value, out: &mut Findings) {
    let Some(config) = find(v, "dockerVolumeConfiguration").filter(|c| c.is_object()) else { return };
    let path = format!("{path}/dockerVolumeConfiguration");
    if task.fargate() {
        out.at("volume-fargate-docker-volume", &path).clear(task.definition, &path);
        return;
    }
    let at = |key: &str| format!("{path}/{key}");
    let scope = text(config, "scope");
    if let Some(scope) = scope.filter(|s| !["task", "shared"].contains(s)) {
        let right = if scope.eq_ignore_ascii_case("shared") { "shared" } else { "task" };
        out.at("volume-docker-scope-enum", at("scope")).text("value", scope).set(task.definition, &at("scope"), right);
    } else if flag(config, "autoprovision") && scope != Some("shared") {
        let said = out.at("volume-docker-autoprovision", at("autoprovision")).set(task.definition, &at("scope"), "shared");
        said.fix("fix-remove", Vec::new(), edit::clear(task.definition, &at("autoprovision")));
    }
    if let Some(driver) = text(config, "driver").filter(|d| task.windows && *d != "local") {
        out.at("volume-docker-windows-driver", at("driver")).text("value", driver).set(task.definition, &at("driver"), "local");
    }
}

fn fsx(task: &Task<'_>, out: &mut Findings) {
    for (path, v) in volumes(task) {
        let key = "fsxWindowsFileServerVolumeConfiguration";
        let Some(config) = find(v, key).filter(|c| c.is_object()) else { continue };
        let path = format!("{path}/{key}");
        if task.fargate() || task.system() == "LINUX" {
            out.at("volume-fsx-fields", &path).variant("where");
            continue;
        }
        let needed = ["fileSystemId", "rootDirectory", "authorizationConfig/credentialsParameter", "authorizationConfig/domain"];
        let whole = find(config, "authorizationConfig").is_none_or(|a| !a.is_object());
        for part in needed {
            let missing = find(config, part).is_none_or(|p| p.as_str() == Some(""));
            let here = if whole && part.starts_with("auth") { "authorizationConfig" } else { part };
            if missing && !(whole && part.ends_with("domain")) {
                out.at("volume-fsx-fields", format!("{path}/{here}")).text("key", here.rsplit('/').next().unwrap_or(here));
            }
        }
    }
}
