//! Image references.

use super::prelude::*;
use crate::{
    catalog,
    image::{self, Fault, Reference},
};

pub(super) const RULES: &[Rule] = &[
    rule("image-reference-grammar", Error, "distribution reference grammar", form),
    rule("image-no-scheme", Error, "distribution reference grammar", with_another),
    rule("image-uppercase", Error, "distribution reference grammar", with_another),
    rule("image-whitespace", Error, "distribution reference grammar", with_another),
    rule("image-empty-tag", Error, "distribution reference grammar", with_another),
    rule("image-tag-length", Error, "distribution reference grammar", with_another),
    rule("image-digest-form", Error, "API reference: ContainerDefinition.image", with_another),
    rule("image-length", Error, "API reference: ContainerDefinition.image", with_another),
    rule("image-latest-tag", Warning, "Developer Guide: task definition parameters, image", version),
    rule("image-digest-and-tag", Advice, "distribution reference grammar", with_another),
    rule("image-ecr-form", Error, "API reference: ECR RepositoryName; Developer Guide: CannotPullContainer task errors", with_another),
    rule("image-ecr-region-differs", Warning, "Amazon ECR: data transfer between Regions", ecr),
    rule("image-ecr-placeholder", Warning, "Account numbers of AWS's own examples", with_another),
    rule("image-ecr-needs-execution-role", Error, "API reference: RegisterTaskDefinition.executionRoleArn", with_another),
    rule("image-public-ecr-form", Warning, "Amazon ECR Public: repository names", with_another),
    rule("image-docker-hub-rate-limit", Advice, "Developer Guide: CannotPullContainer task errors", internet),
    rule("image-hub-needs-internet", Advice, "Developer Guide: CannotPullContainer task errors", with_another),
    rule("image-official-typo", Warning, "Docker Hub's official images", typo),
    rule("image-arch-mismatch", Warning, "Names of tags and repositories", arch),
    rule("image-windows-linux-mismatch", Warning, "Developer Guide: Windows containers on Fargate", windows),
    rule("image-same-for-all", Advice, "API reference: ContainerDefinition.image", same),
];

/// Account numbers that AWS uses in its documentation.
pub(super) fn is_example_account(account: &str) -> bool {
    matches!(account, "123456789012" | "111122223333" | "444455556666" | "012345678910" | "000000000000")
        || (account.len() > 9 && "0123456789012345".contains(account))
        || (account.len() > 9 && "1234567890123456".contains(account))
}

/// Containers whose image is a text, whatever it says.
fn images<'t>(task: &'t Task<'_>) -> impl Iterator<Item = ContainerView<'t>> {
    task.containers.iter().copied().filter(|c| !c.image().is_empty())
}

/// Those whose image is a reference.
fn parsed<'t>(task: &'t Task<'_>) -> impl Iterator<Item = (ContainerView<'t>, Reference<'t>)> {
    task.containers.iter().filter_map(|c| Some((*c, c.reference()?)))
}

fn form(task: &Task<'_>, out: &mut Findings) {
    for c in images(task) {
        let text = c.image();
        let fault = match c.reference() {
            Some(r) => wrong_ecr(text, &r).then_some(Fault::Grammar),
            None => image::parse(text).err(),
        };
        let Some(fault) = fault else { continue };
        let path = c.at("image");
        let rule = match fault {
            Fault::Whitespace => "image-whitespace",
            Fault::Scheme => "image-no-scheme",
            _ if text.contains(".dkr.ecr") && fault != Fault::Length && fault != Fault::Uppercase && fault != Fault::Digest && fault != Fault::Tag => {
                "image-ecr-form"
            }
            Fault::EmptyTag => "image-empty-tag",
            Fault::Digest => "image-digest-form",
            Fault::Tag => "image-tag-length",
            Fault::Uppercase => "image-uppercase",
            Fault::Length => "image-length",
            Fault::Grammar => "image-reference-grammar",
        };
        let said = out.at(rule, &path).text("value", text);
        if let Some(right) = image::repaired(text).filter(|r| image::parse(r).is_ok_and(|p| !wrong_ecr(r, &p))) {
            said.set(task.definition, &path, right);
        }
    }
}

/// A private ECR host without its account, its Region, a partition's ending or a repository.
fn wrong_ecr(text: &str, r: &Reference<'_>) -> bool {
    const ENDINGS: [&str; 7] = ["amazonaws.com", "amazonaws.com.cn", "amazonaws.eu", "c2s.ic.gov", "sc2s.sgov.gov", "cloud.adc-e.uk", "csp.hci.ic.gov"];
    if !text.contains(".dkr.ecr.") && !text.contains(".dkr.ecr-fips.") {
        return false;
    }
    let (Some((account, region)), Some(host)) = (r.ecr(), r.registry) else { return true };
    let ending = host.split_once(&format!(".{region}.")).map_or("", |(_, e)| e);
    account.len() != 12
        || !account.bytes().all(|b| b.is_ascii_digit())
        || region.is_empty()
        || !region.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        || !ENDINGS.contains(&ending)
}

fn version(task: &Task<'_>, out: &mut Findings) {
    for (c, r) in parsed(task) {
        let (path, text) = (|| c.at("image"), c.image());
        match (r.digest, r.tag) {
            (None, None) => out.at("image-latest-tag", path()).text("value", text).variant("none").done(),
            (None, Some("latest")) => out.at("image-latest-tag", path()).text("value", text).done(),
            (Some(digest), Some(tag)) => {
                let short = text.replacen(&format!(":{tag}@{digest}"), &format!("@{digest}"), 1);
                out.at("image-digest-and-tag", path()).text("tag", tag).fix("fix", Vec::new(), edit::set(task.definition, &path(), json!(short)));
            }
            _ => {}
        }
    }
}

fn ecr(task: &Task<'_>, out: &mut Findings) {
    for (c, r) in parsed(task) {
        let path = || c.at("image");
        if let Some((account, region)) = r.ecr() {
            if is_example_account(account) {
                out.at("image-ecr-placeholder", path()).text("account", account);
            } else if let Some(own) = task.region().filter(|own| *own != region && !region.is_empty()) {
                out.at("image-ecr-region-differs", path()).text("value", region).text("region", own);
            }
        } else if r.registry == Some("public.ecr.aws") && !r.path.contains('/') {
            let official = catalog::is_official(r.path);
            let said = out.at("image-public-ecr-form", path()).text("value", r.path);
            if official {
                said.set(task.definition, &path(), c.image().replacen("public.ecr.aws/", "public.ecr.aws/docker/library/", 1));
            }
        }
    }
}

fn typo(task: &Task<'_>, out: &mut Findings) {
    const TYPOS: &[(&str, &str)] = &[
        ("ngnix", "nginx"),
        ("ngninx", "nginx"),
        ("nginix", "nginx"),
        ("nodejs", "node"),
        ("node-js", "node"),
        ("postgresql", "postgres"),
        ("postgre", "postgres"),
        ("mongodb", "mongo"),
        ("apache", "httpd"),
        ("apache2", "httpd"),
        ("pyhton", "python"),
        ("phyton", "python"),
        ("reddis", "redis"),
    ];
    for (c, r) in parsed(task) {
        let official = r.official();
        if let Some((wrong, right)) = TYPOS.iter().find(|(wrong, _)| official == Some(wrong)) {
            let (path, text) = (c.at("image"), c.image());
            out.at("image-official-typo", &path).text("value", *wrong).text("right", *right).set(task.definition, &path, text.replacen(wrong, right, 1));
        }
    }
}

/// The processor that an image's name or tag tells: `ARM64` or `X86_64`.
pub(super) fn chip_in_name(text: &str) -> Option<&'static str> {
    let words = |list: &[&str]| text.split(['/', ':', '-', '_', '.']).any(|p| list.iter().any(|w| p.eq_ignore_ascii_case(w)));
    let x86 = || text.as_bytes().windows(6).any(|w| w.eq_ignore_ascii_case(b"x86_64") || w.eq_ignore_ascii_case(b"x86-64"));
    if words(&["arm64", "aarch64", "arm64v8"]) {
        Some("ARM64")
    } else if words(&["amd64"]) || x86() {
        Some("X86_64")
    } else {
        None
    }
}

fn arch(task: &Task<'_>, out: &mut Findings) {
    let chip = task.chip();
    for c in images(task) {
        let text = c.image();
        if let Some(named) = chip_in_name(text).filter(|n| *n != chip && ["X86_64", "ARM64"].contains(&chip)) {
            out.at("image-arch-mismatch", c.at("image")).text("value", text).text("image", named).text("chip", chip);
        }
    }
}

/// The Windows Server release in a tag or in an operating system family.
fn release(text: &str) -> Option<&'static str> {
    ["2016", "2019", "2022", "2025"].into_iter().find(|year| text.contains(&format!("ltsc{year}")) || text.contains(&format!("SERVER_{year}")))
}

fn windows(task: &Task<'_>, out: &mut Findings) {
    // Without a platform, EC2 leaves it to the instance.
    let system = if task.system().is_empty() && task.fargate() { "LINUX" } else { task.system() };
    if system.is_empty() {
        return;
    }
    for (c, r) in parsed(task) {
        let path = || c.at("image");
        let tag = r.tag.unwrap_or("").to_ascii_lowercase();
        let windows = r.path.starts_with("windows/") || ["windowsservercore", "nanoserver", "ltsc20"].iter().any(|w| tag.contains(w) || r.path.contains(w));
        if windows && !task.windows {
            out.at("image-windows-linux-mismatch", path()).text("system", system);
        } else if !windows
            && task.windows
            && r.official().is_some_and(|n| matches!(n, "nginx" | "redis" | "postgres" | "mysql" | "alpine" | "debian" | "ubuntu" | "httpd"))
        {
            out.at("image-windows-linux-mismatch", path()).variant("linux").text("system", system);
        } else if let (true, Some(image), Some(family)) = (windows, release(&tag), release(system))
            && image != family
        {
            out.at("image-windows-linux-mismatch", path()).variant("release").text("image", image).text("system", system);
        }
    }
}

/// One advice for each way to the image that the task must have.
fn internet(task: &Task<'_>, out: &mut Findings) {
    let hub = |c: &ContainerView<'_>, r: &Reference<'_>| r.is_hub() && find(c, "repositoryCredentials").is_none();
    if let Some((c, _)) = parsed(task).find(|(c, r)| hub(c, r)) {
        out.at("image-docker-hub-rate-limit", c.at("image"));
    }
    if task.fargate()
        && let Some((c, r)) = parsed(task).next()
    {
        out.at("image-hub-needs-internet", c.at("image")).variant(if r.ecr().is_some() { "ecr" } else { "" }).text("value", c.image());
    }
}

fn same(task: &Task<'_>, out: &mut Findings) {
    let key = |c: &ContainerView<'_>| (c.image().to_owned(), find(c, "command").cloned(), find(c, "entryPoint").cloned());
    for (i, c) in task.containers.iter().enumerate().filter(|(_, c)| !c.image().is_empty()) {
        if let Some(other) = task.containers[..i].iter().find(|o| o.image() == c.image() && key(o) == key(c)) {
            out.at("image-same-for-all", c.at("image")).text("a", other.name()).text("b", c.name());
            return;
        }
    }
}
