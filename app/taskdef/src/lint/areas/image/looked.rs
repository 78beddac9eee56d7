//! What the registry says about an image that was looked into.

use super::*;
use crate::{facts::Platform, grammar::image};

/// Tags offered in place of one that does not exist.
const OFFERED: usize = 3;

pub(super) fn missing(task: &Task<'_>, report: &mut Report) {
    for c in &task.containers {
        let text = c.image();
        let Some(nearest) = task.wizard.images.missing(text) else { continue };
        let path = c.at("image");
        let mut finding = report.at(&IMAGE_EXISTS, &path).text("value", text);
        let bare = image::parse(text).ok().and_then(|r| r.tag).and_then(|tag| text.strip_suffix(tag)?.strip_suffix(':')).unwrap_or(text);
        for tag in nearest.iter().take(OFFERED) {
            finding = finding.set(task.definition, &path, format!("{bare}:{tag}"));
        }
    }
}

/// An image that was looked into and is not for the task's platform: what it is for, and the processor that would do.
pub(super) struct OtherPlatform {
    /// The platforms of the image, three at most.
    pub platforms: String,
    /// The processor that all images which were looked into are for.
    pub chip: Option<&'static str>,
}

/// Whether an image is for another platform; `None` where it was not looked into.
pub(super) fn other_platform(task: &Task<'_>, c: ContainerView<'_>) -> Option<Option<OtherPlatform>> {
    let facts = task.looked(c)?;
    let serves = |c: ContainerView<'_>, chip: &str| {
        let wanted = Platform::of_task(chip, task.system());
        task.looked(c).is_none_or(|facts| facts.platforms.iter().any(|p| p.serves(&wanted)))
    };
    if serves(c, task.chip()) {
        return Some(None);
    }
    let chip = ["ARM64", "X86_64"].into_iter().find(|chip| *chip != task.chip() && task.containers.iter().all(|other| serves(*other, chip)));
    let shown: Vec<String> = facts.platforms.iter().take(3).map(Platform::to_string).collect();
    Some(Some(OtherPlatform { platforms: shown.join(", "), chip }))
}

/// A name of Docker Compose in nginx's configuration: containers of a task with one network reach each other at 127.0.0.1.
pub(super) fn nginx(task: &Task<'_>, report: &mut Report) {
    if task.network != Network::Awsvpc {
        return;
    }
    for c in &task.containers {
        let hosts = task.looked(*c).and_then(|facts| facts.layers.as_ref()?.nginx.as_ref());
        for host in hosts.into_iter().flatten() {
            if !task.containers.iter().any(|other| other.name() == host.host) {
                continue;
            }
            let right = format!("{} {}", host.directive, host.target.replacen(&host.host, "127.0.0.1", 1));
            let finding = report.at(&IMAGE_NGINX_HOST, c.at("image")).text("name", c.name()).text("host", host.host.as_str());
            finding
                .text("file", format!("/{}:{}", host.file, host.line))
                .text("line", format!("{} {}", host.directive, host.target))
                .text("right", right)
                .done();
        }
    }
}
