//! Where volumes appear in containers.

use super::volume::{by_name, volumes};
use super::*;
use crate::{document::pointer, facts};
use std::collections::HashSet;

/// Directories that hold an image's program.
const PROGRAMS: [&str; 8] = ["/app", "/usr/src/app", "/usr/share/nginx/html", "/etc/nginx", "/usr/local", "/bin", "/etc", "/var/www/html"];

/// Whether a path is absolute: from `/`, or from a drive on Windows and where the system is not told.
fn is_absolute(task: &Task<'_>, path: &str) -> bool {
    let bytes = path.as_bytes();
    let drive = bytes.len() > 2 && bytes[0].is_ascii_alphabetic() && bytes[1] == b':' && matches!(bytes[2], b'\\' | b'/');
    let told = !task.system().is_empty() || task.fargate();
    path.starts_with('/') || (drive && (task.windows || !told))
}

/// A path of a volume's own: where nothing of the image is.
fn usual_path(task: &Task<'_>, mount: &Value) -> String {
    let name = text(mount, "sourceVolume").and_then(crate::grammar::name::as_name).unwrap_or_else(|| "data".into());
    if task.windows { format!("C:\\{name}") } else { format!("/mnt/{name}") }
}

pub(super) fn check(task: &Task<'_>, report: &mut Report) {
    let all: Vec<(String, &Value)> = volumes(task).collect();
    let known = by_name(task);
    let mut used: HashSet<&str> = HashSet::new();
    for c in objects(task) {
        let mut places = Places::of(c);
        for (i, value) in list(c, "mountPoints").iter().enumerate().filter(|(_, m)| m.is_object()) {
            let mount = Mount { task, container: c, value, index: i };
            let volume = text(value, "sourceVolume").and_then(|name| known.get_key_value(name));
            match volume {
                Some((name, _)) => {
                    used.insert(*name);
                }
                None => mount.source(&all, report),
            }
            let volume = volume.map(|(_, volume)| *volume);
            mount.place(volume, &mut places, report);
        }
        volumes_from(task, c, report);
    }
    for (path, v) in all.iter().filter(|(_, v)| text(v, "name").is_some_and(|n| !used.contains(n))) {
        let name = text(v, "name").unwrap_or("");
        let rule = if flag(v, "configuredAtLaunch") { &VOLUME_LAUNCH_UNUSED } else { &VOLUME_UNUSED };
        report.at(rule, path.clone()).text("name", name).clear(task.definition, path);
    }
}

/// Where things are mounted in a container.
struct Places<'a> {
    /// The mount points so far.
    mounts: HashSet<&'a str>,
    tmpfs: HashSet<&'a str>,
}

impl<'a> Places<'a> {
    fn of(c: ContainerView<'a>) -> Places<'a> {
        let tmpfs = list(c, "linuxParameters/tmpfs").iter().filter_map(|t| Some(text(t, "containerPath")?.trim_end_matches('/'))).collect();
        Places { mounts: HashSet::new(), tmpfs }
    }
}

/// A mount point and where it stands.
struct Mount<'a, 't> {
    task: &'a Task<'t>,
    container: ContainerView<'a>,
    value: &'a Value,
    index: usize,
}

impl<'a> Mount<'a, '_> {
    fn path(&self) -> String {
        self.container.item("mountPoints", self.index)
    }

    fn at(&self, key: &str) -> String {
        pointer::member(self.path(), key)
    }

    /// A volume that the task does not have.
    fn source(&self, all: &[(String, &Value)], report: &mut Report) {
        match text(self.value, "sourceVolume") {
            Some(name) => unknown(self.task, name, &self.at("sourceVolume"), all, report),
            None if find(self.value, "sourceVolume").is_none_or(Value::is_string) => {
                let finding = report.at(&VOLUME_MOUNT_UNKNOWN, self.at("sourceVolume")).variant("missing");
                let only = all.first().and_then(|(_, v)| text(*v, "name")).filter(|_| all.len() == 1);
                match only {
                    Some(name) => finding.set(self.task.definition, &self.at("sourceVolume"), name).done(),
                    None if all.is_empty() => finding.fix("fix-remove", Vec::new(), edit::clear(self.task.definition, &self.path())).done(),
                    None => finding.done(),
                }
            }
            None => {}
        }
    }

    /// Where it is mounted.
    fn place(&self, volume: Option<&Value>, places: &mut Places<'a>, report: &mut Report) {
        let (task, path) = (self.task, || self.at("containerPath"));
        match text(self.value, "containerPath") {
            None if find(self.value, "containerPath").is_none_or(Value::is_string) => {
                report.at(&VOLUME_MOUNT_PATH_ABSOLUTE, path()).variant("missing").set(task.definition, &path(), usual_path(task, self.value));
            }
            Some("/") => {
                report.at(&VOLUME_MOUNT_PATH_ABSOLUTE, path()).variant("root").set(task.definition, &path(), usual_path(task, self.value));
            }
            Some(place) if !is_absolute(task, place) => {
                let finding = report.at(&VOLUME_MOUNT_PATH_ABSOLUTE, path()).text("value", place);
                // A path of Windows becomes the same one of Linux: `C:\data` is `/data`.
                let bare = place.split_once(':').map_or(place, |(_, rest)| rest).replace('\\', "/");
                let better = format!("/{}", bare.trim_start_matches("./").trim_start_matches('/'));
                let kept = !task.windows && better.len() > 1 && !better.contains(':');
                finding.set(task.definition, &path(), if kept { better } else { usual_path(task, self.value) });
            }
            Some(place) if !places.mounts.insert(place.trim_end_matches('/')) => {
                report.at(&VOLUME_MOUNT_PATH_DUPLICATE, path()).text("value", place).clear(task.definition, &self.path());
            }
            Some(place) if places.tmpfs.contains(place.trim_end_matches('/')) => {
                // Docker counts both; what Fargate does was not seen.
                let severity = if task.fargate() { Warning } else { Error };
                let finding = report.at(&VOLUME_MOUNT_PATH_DUPLICATE, path()).severity(severity).variant("tmpfs").text("value", place);
                finding.clear(task.definition, &self.path());
            }
            Some(place) => covers(task, self.container, volume, place, path, report),
            None => {}
        }
    }
}

fn volumes_from(task: &Task<'_>, c: ContainerView<'_>, report: &mut Report) {
    for (i, v) in list(c, "volumesFrom").iter().enumerate() {
        let Some(name) = text(v, "sourceContainer") else { continue };
        if name == c.name() || !task.containers.iter().any(|o| o.name() == name) {
            let path = c.item("volumesFrom", i);
            report.at(&VOLUME_VOLUMES_FROM_UNKNOWN, pointer::member(path.clone(), "sourceContainer")).text("value", name).clear(task.definition, &path);
        }
    }
}

fn unknown(task: &Task<'_>, name: &str, path: &str, all: &[(String, &Value)], report: &mut Report) {
    let finding = report.at(&VOLUME_MOUNT_UNKNOWN, path).text("value", name);
    let near = spelling::nearest(name, all.iter().filter_map(|(_, v)| text(v, "name")));
    if let Some(near) = near {
        finding.set(task.definition, path, near);
    } else if crate::grammar::name::is_name(name) {
        let volume = json!({ "name": name });
        let fix = match find(task.definition, "volumes") {
            Some(Value::Array(_)) => Edit(vec![Op::Add { path: "/volumes/-".into(), value: volume, at: None }]),
            Some(_) => Edit::default(),
            None => edit::set(task.definition, "/volumes", json!([volume])),
        };
        finding.fix("fix-add", vec![("value", Param::Text(name.to_owned()))], fix);
    }
}

/// An empty volume hides what the image has there; a path with an ending was meant to be a file.
fn covers(task: &Task<'_>, c: ContainerView<'_>, volume: Option<&Value>, place: &str, path: impl FnOnce() -> String, report: &mut Report) {
    let last = place.rsplit('/').next().unwrap_or("");
    let file = last
        .rsplit_once('.')
        .is_some_and(|(stem, ending)| !stem.is_empty() && (1..=5).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_alphabetic()) && ending != "d");
    let from_host = volume.is_some_and(|v| says(v, "host/sourcePath"));
    if file && !from_host {
        report.at(&VOLUME_MOUNT_FILE_PATH, path()).text("value", place);
        return;
    }
    let place = place.trim_end_matches('/');
    if from_host || task.windows || !PROGRAMS.contains(&place) {
        return;
    }
    let empty = volume.is_some_and(|v| {
        ["efsVolumeConfiguration", "s3filesVolumeConfiguration", "fsxWindowsFileServerVolumeConfiguration", "dockerVolumeConfiguration"]
            .iter()
            .all(|k| find(v, k).is_none())
            && !flag(v, "configuredAtLaunch")
    });
    // Docker fills an empty volume with what the image has there; Fargate does so where the image declares it.
    let filled = matches!(task.launch, Some(Launch::Ec2 | Launch::External)) || c.reference().is_some_and(|r| facts::declares_volume(&r, place));
    if empty && !filled {
        report.at(&VOLUME_MOUNT_SHADOW, path()).text("value", place).text("name", c.name());
    }
}
