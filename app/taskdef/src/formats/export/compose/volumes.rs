//! Volumes.

use super::{Compose, Yaml};
use crate::{
    formats::export::{
        expr::Expr,
        loss::{Loss, Losses},
    },
    messages::all::*,
};

/// The named volumes at the end of the file.
pub(super) fn volumes(compose: &Compose<'_>, losses: &mut Losses) -> Vec<(String, Yaml)> {
    let mut all = Vec::new();
    for (i, volume) in compose.read.root.list("volumes").iter().enumerate() {
        let place = format!("/volumes/{i}");
        let name = volume.str("name");
        if name.is_empty() || all.iter().any(|(known, _)| known == name) {
            continue;
        }
        let mut stays = false;
        for key in ["efsVolumeConfiguration", "s3filesVolumeConfiguration", "fsxWindowsFileServerVolumeConfiguration", "configuredAtLaunch"] {
            if volume.get(key).is_some() && volume.bool(key) != Some(false) {
                losses.add(Loss::changed(&EXPORT_COMPOSE_VOLUME, &format!("{place}/{key}")));
                stays = true;
            }
        }
        let folder = volume.get("host").and_then(|host| host.get("sourcePath"));
        let docker = volume.get("dockerVolumeConfiguration");
        let body = match (folder, docker) {
            (Some(folder), _) => {
                losses.add(Loss::changed(&EXPORT_COMPOSE_FOLDER, &place));
                of_folder(compose, folder)
            }
            (None, Some(docker)) => of_docker(compose, docker),
            (None, None) => Yaml::Map(Vec::new()),
        };
        if !stays && folder.is_none() && docker.is_none_or(|docker| docker.str("scope") != "shared") {
            losses.add(Loss::changed(&EXPORT_COMPOSE_KEPT, &place));
        }
        all.push((name.to_owned(), body));
    }
    // A mount point whose volume is not declared would stop Compose; on AWS it is an error too, and reported as one.
    for container in compose.read.root.list("containerDefinitions") {
        for mount in container.list("mountPoints") {
            let name = mount.str("sourceVolume");
            if !name.is_empty() && !all.iter().any(|(known, _)| known == name) {
                all.push((name.to_owned(), Yaml::Map(Vec::new())));
            }
        }
    }
    all
}

/// A folder of the computer under the volume's name.
fn of_folder(compose: &Compose<'_>, folder: &Expr) -> Yaml {
    let options = Yaml::map([("type", Yaml::text("none")), ("o", Yaml::text("bind")), ("device", compose.value(Some(folder)))]);
    Yaml::map([("driver", Yaml::text("local")), ("driver_opts", options)])
}

fn of_docker(compose: &Compose<'_>, docker: &Expr) -> Yaml {
    if docker.str("scope") == "shared" && docker.bool("autoprovision") != Some(true) {
        return Yaml::map([("external", Yaml::bare(true))]);
    }
    let mut pairs = Vec::new();
    if let Some(driver) = docker.get("driver") {
        pairs.push(("driver", compose.value(Some(driver))));
    }
    for (key, name) in [("driverOpts", "driver_opts"), ("labels", "labels")] {
        let members = docker.members(key);
        if !members.is_empty() {
            pairs.push((name, Yaml::Map(members.iter().map(|(k, v)| (k.clone(), compose.value(Some(v)))).collect())));
        }
    }
    Yaml::map(pairs)
}
