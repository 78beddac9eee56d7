//! Who owns an empty volume.

use super::{volume::volumes, *};
use crate::{
    facts::{self, ImageFacts},
    lint::context::is_root,
};
use std::{cell::LazyCell, collections::HashSet};

/// What makes a volume more than an empty directory.
const KINDS: [&str; 6] = [
    "host/sourcePath",
    "dockerVolumeConfiguration",
    "efsVolumeConfiguration",
    "s3filesVolumeConfiguration",
    "fsxWindowsFileServerVolumeConfiguration",
    "configuredAtLaunch",
];

/// On Fargate an empty volume belongs to root with mode 0755, so another user cannot write to it, unless the image declares a
/// VOLUME there with another owner or a container that ran before changed it.
pub(super) fn check(task: &Task<'_>, report: &mut Report) {
    if !task.fargate() || task.windows {
        return;
    }
    let plain = LazyCell::new(|| plain(task));
    for c in objects(task).filter(|c| !is_root(task.user(*c))) {
        let by = if find(c, "user").is_none() { "image" } else { "" };
        let prepared = LazyCell::new(|| prepared(task, c));
        for (i, mount) in list(c, "mountPoints").iter().enumerate().filter(|(_, m)| !flag(*m, "readOnly")) {
            let (Some(name), Some(place)) = (text(mount, "sourceVolume"), text(mount, "containerPath")) else { continue };
            let declared = declares(task, c, place.trim_end_matches('/'));
            if plain.contains(name) && !declared && !prepared.contains(name) {
                let path = c.at(&format!("mountPoints/{i}/containerPath"));
                let user = task.user(c).unwrap_or("");
                report.at(&VOLUME_BIND_NONROOT, path).variant(by).text("name", c.name()).text("user", user).text("value", place);
            }
        }
    }
}

/// Whether the image declares a VOLUME there: as its configuration says, or the catalogue.
fn declares(task: &Task<'_>, c: ContainerView<'_>, place: &str) -> bool {
    let in_image = |facts: &ImageFacts| facts.volumes.iter().any(|volume| volume.trim_end_matches('/') == place);
    task.looked(c).is_some_and(in_image) || c.reference().is_some_and(|r| facts::declares_volume(&r, place))
}

/// Names of the volumes that are empty directories. The first of several with one name counts.
fn plain<'t>(task: &'t Task<'_>) -> HashSet<&'t str> {
    let mut seen = HashSet::new();
    let first = volumes(task).filter_map(|(_, v)| Some((text(v, "name")?, v))).filter(|(name, _)| seen.insert(*name));
    first.filter(|(_, v)| !KINDS.iter().any(|kind| says(*v, kind))).map(|(name, _)| name).collect()
}

/// Volumes of containers that run as root and end before `c` starts.
fn prepared<'t>(task: &'t Task<'_>, c: ContainerView<'t>) -> HashSet<&'t str> {
    let ends = |d: &&Value| matches!(text(*d, "condition"), Some("COMPLETE" | "SUCCESS"));
    let before: HashSet<&str> = list(c, "dependsOn").iter().filter(ends).filter_map(|d| text(d, "containerName")).collect();
    let earlier = objects(task).filter(|o| before.contains(o.name()) && is_root(task.user(*o)));
    earlier.flat_map(|o| list(o, "mountPoints")).filter_map(|m| text(m, "sourceVolume")).collect()
}
