//! Volumes of the rehearsal.

use super::{Rehearsal, Yaml};
use crate::{
    formats::export::{
        expr::Expr,
        loss::{Loss, Losses},
    },
    messages::all::*,
};

/// Where a volume's data is.
pub(super) enum Source<'a> {
    /// A named volume.
    Named(&'a str),
    /// A folder of the computer.
    Folder(&'a Expr),
}

/// The volume of a mount point.
pub(super) fn source<'a>(root: &'a Expr, name: &'a str) -> Source<'a> {
    let volume = root.list("volumes").iter().find(|v| v.str("name") == name);
    match volume.and_then(|v| v.get("host")?.get("sourcePath")) {
        Some(folder) => Source::Folder(folder),
        None => Source::Named(name),
    }
}

/// The named volumes at the end of the file.
pub(super) fn volumes(rehearsal: &Rehearsal<'_>, losses: &mut Losses) -> Vec<(String, Yaml)> {
    let mut all = Vec::new();
    for (i, volume) in rehearsal.read.root.list("volumes").iter().enumerate() {
        let place = format!("/volumes/{i}");
        let name = volume.str("name");
        if name.is_empty() || all.iter().any(|(known, _)| known == name) {
            continue;
        }
        if volume.get("host").is_some_and(|host| host.get("sourcePath").is_some()) {
            losses.add(Loss::changed(&EXPORT_COMPOSE_FOLDER, &place));
            continue;
        }
        for key in ["efsVolumeConfiguration", "s3filesVolumeConfiguration", "fsxWindowsFileServerVolumeConfiguration", "configuredAtLaunch"] {
            if volume.get(key).is_some() && volume.bool(key) != Some(false) {
                losses.add(Loss::changed(&EXPORT_COMPOSE_VOLUME, &format!("{place}/{key}")));
            }
        }
        let body = volume.get("dockerVolumeConfiguration").map_or(Yaml::Map(Vec::new()), |docker| of_docker(rehearsal, docker));
        all.push((name.to_owned(), body));
    }
    // A mount point whose volume is not declared would stop Compose; on AWS it is an error too, and reported as one.
    for container in rehearsal.read.root.list("containerDefinitions") {
        for mount in container.list("mountPoints") {
            let name = mount.str("sourceVolume");
            let named = matches!(source(&rehearsal.read.root, name), Source::Named(_));
            if !name.is_empty() && named && !all.iter().any(|(known, _)| known == name) {
                all.push((name.to_owned(), Yaml::Map(Vec::new())));
            }
        }
    }
    all
}

fn of_docker(rehearsal: &Rehearsal<'_>, docker: &Expr) -> Yaml {
    if docker.str("scope") == "shared" && docker.bool("autoprovision") != Some(true) {
        return Yaml::map([("external", Yaml::bare(true))]);
    }
    let mut pairs = Vec::new();
    if let Some(driver) = docker.get("driver") {
        pairs.push(("driver", rehearsal.value(Some(driver))));
    }
    for (key, name) in [("driverOpts", "driver_opts"), ("labels", "labels")] {
        let members = docker.members(key);
        if !members.is_empty() {
            pairs.push((name, Yaml::Map(members.iter().map(|(k, v)| (k.clone(), rehearsal.value(Some(v)))).collect())));
        }
    }
    Yaml::map(pairs)
}
