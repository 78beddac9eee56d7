//! Who owns an empty volume.

use super::*;
use crate::{facts, lint::context::is_root};

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
    for c in objects(task).filter(|c| !is_root(text(*c, "user"))) {
        for (i, mount) in list(c, "mountPoints").iter().enumerate().filter(|(_, m)| !flag(*m, "readOnly")) {
            let (Some(name), Some(place)) = (text(mount, "sourceVolume"), text(mount, "containerPath")) else { continue };
            let plain = list(task.definition, "volumes").iter().any(|v| text(v, "name") == Some(name) && !KINDS.iter().any(|kind| says(v, kind)));
            let declared = c.reference().is_some_and(|r| facts::declares_volume(&r, place.trim_end_matches('/')));
            if plain && !declared && !prepared(task, c, name) {
                let path = c.at(&format!("mountPoints/{i}/containerPath"));
                report.at(&VOLUME_BIND_NONROOT, path).text("name", c.name()).text("user", text(c, "user").unwrap_or("")).text("value", place);
            }
        }
    }
}

/// Whether a container that runs as root and ends before has the same volume.
fn prepared(task: &Task<'_>, c: ContainerView<'_>, volume: &str) -> bool {
    let before = |name: &str| {
        let waits = |d: &Value| text(d, "containerName") == Some(name) && matches!(text(d, "condition"), Some("COMPLETE" | "SUCCESS"));
        list(c, "dependsOn").iter().any(waits)
    };
    objects(task).any(|o| before(o.name()) && is_root(text(o, "user")) && list(o, "mountPoints").iter().any(|m| text(m, "sourceVolume") == Some(volume)))
}
