//! Image references.

use super::*;
use crate::lint::context::{arn::arn_parts, chip_in_name, named_account, named_region};
use crate::{
    facts,
    grammar::{
        hub,
        image::{self, Fault, Reference},
    },
};

/// Containers whose image is a text, whatever it says.
fn images<'t>(task: &'t Task<'_>) -> impl Iterator<Item = ContainerView<'t>> {
    task.containers.iter().copied().filter(|c| !c.image().is_empty())
}

/// Those whose image is a reference.
fn parsed<'t>(task: &'t Task<'_>) -> impl Iterator<Item = (ContainerView<'t>, Reference<'t>)> {
    task.containers.iter().filter_map(|c| Some((*c, c.reference()?)))
}

pub(super) fn form(task: &Task<'_>, report: &mut Report) {
    for c in images(task) {
        let text = c.image();
        if no_address(task, c, text, report) {
            continue;
        }
        let fault = match c.reference() {
            Some(r) if r.is_hub() && !hub::is_place(&r) => {
                let path = c.at("image");
                let finding = report.at(&IMAGE_HUB_FORM, &path).text("value", text);
                if let Some(right) = hub::repaired(text) {
                    finding.set(task.definition, &path, right);
                }
                continue;
            }
            Some(r) => wrong_ecr(text, &r).then_some(Fault::Grammar),
            None => image::parse(text).err(),
        };
        let Some(fault) = fault else { continue };
        let path = c.at("image");
        let rule = match fault {
            Fault::Whitespace => &IMAGE_WHITESPACE,
            Fault::Scheme => &IMAGE_NO_SCHEME,
            _ if text.contains(".dkr.ecr") && fault != Fault::Length && fault != Fault::Uppercase && fault != Fault::Digest && fault != Fault::Tag => {
                &IMAGE_ECR_FORM
            }
            Fault::EmptyTag => &IMAGE_EMPTY_TAG,
            Fault::Digest => &IMAGE_DIGEST_FORM,
            Fault::Tag => &IMAGE_TAG_LENGTH,
            Fault::Uppercase => &IMAGE_UPPERCASE,
            Fault::Length => &IMAGE_LENGTH,
            Fault::Grammar => &IMAGE_REFERENCE_GRAMMAR,
        };
        let finding = report.at(rule, &path).text("value", text);
        let valid = |r: &String| image::parse(r).is_ok_and(|p| !wrong_ecr(r, &p));
        if let Some(right) = image::repaired(text).filter(valid) {
            finding.set(task.definition, &path, right).done();
        } else if let Some(right) = repaired_ecr(task, c, text).or_else(|| repaired_tag(text)).or_else(|| image::respelt(text)).filter(valid) {
            finding.fix("fix-address", vec![("value", Param::Text(right.clone()))], edit::set(task.definition, &path, json!(right))).done();
        } else if let Some((name, _)) = text.split_once('@').filter(|(name, _)| fault == Fault::Digest && valid(&(*name).to_owned())) {
            finding.fix("fix-address", vec![("value", Param::Text(name.into()))], edit::set(task.definition, &path, json!(name))).done();
        }
    }
}

/// An ARN or a digest alone, where an address is due.
fn no_address(task: &Task<'_>, c: ContainerView<'_>, text: &str, report: &mut Report) -> bool {
    let path = || c.at("image");
    if let Some(digest) = text.strip_prefix("sha256:").filter(|hex| hex.len() == 64 && hex.bytes().all(|b| b.is_ascii_hexdigit())) {
        report.at(&IMAGE_BARE_DIGEST, path()).text("value", digest.chars().take(12).collect::<String>());
        return true;
    }
    if !text.starts_with("arn:") {
        return false;
    }
    let finding = report.at(&IMAGE_ARN, path()).text("value", text);
    if let Some([partition, "ecr", region, account, rest]) = arn_parts(text)
        && let Some(name) = rest.strip_prefix("repository/")
    {
        let ending = if partition == "aws-cn" { "amazonaws.com.cn" } else { "amazonaws.com" };
        let address = format!("{account}.dkr.ecr.{region}.{ending}/{name}");
        if image::parse(&address).is_ok_and(|r| !wrong_ecr(&address, &r)) {
            finding.set(task.definition, &path(), address);
        }
    }
    true
}

/// A private ECR host with the account, the Region or the ending that it lacks; a repository is named after its container.
fn repaired_ecr(task: &Task<'_>, c: ContainerView<'_>, text: &str) -> Option<String> {
    let (account, rest) = text.split_once(".dkr.ecr.")?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let path = if path.is_empty() { c.name().to_ascii_lowercase() } else { path.to_owned() };
    let whole = account.len() == 12 && account.bytes().all(|b| b.is_ascii_digit());
    let account = if whole { account } else { named_account(task)? };
    let written = host.split('.').next().filter(|label| crate::grammar::name::is_region(label));
    let region = written.or_else(|| named_region(task))?;
    let ending = if region.starts_with("cn-") { "amazonaws.com.cn" } else { "amazonaws.com" };
    Some(format!("{account}.dkr.ecr.{region}.{ending}/{path}"))
}

/// A tag without the signs that no tag has at its start or anywhere.
fn repaired_tag(text: &str) -> Option<String> {
    let slash = text.rfind('/').map_or(0, |i| i + 1);
    let (name, tag) = text[slash..].split_once(':').filter(|(_, tag)| !tag.contains(['@', ':']))?;
    let kept: String = tag.chars().filter(|c| c.is_ascii_alphanumeric() || "._-".contains(*c)).collect();
    let kept: String = kept.trim_start_matches(['.', '-']).chars().take(128).collect();
    (!kept.is_empty() && kept != tag).then(|| format!("{}{name}:{kept}", &text[..slash]))
}

/// A private ECR host without its account, its Region, a partition's ending or a repository.
fn wrong_ecr(text: &str, r: &Reference<'_>) -> bool {
    const ENDINGS: [&str; 7] = ["amazonaws.com", "amazonaws.com.cn", "amazonaws.eu", "c2s.ic.gov", "sc2s.sgov.gov", "cloud.adc-e.uk", "csp.hci.ic.gov"];
    if !text.match_indices(".dkr.ecr").any(|(i, host)| [".", "-fips."].iter().any(|next| text[i + host.len()..].starts_with(next))) {
        return false;
    }
    let Some((account, region, ending)) = r.ecr_host() else { return true };
    account.len() != 12
        || !account.bytes().all(|b| b.is_ascii_digit())
        || region.is_empty()
        || !region.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        || !ENDINGS.contains(&ending)
}

pub(super) fn version(task: &Task<'_>, report: &mut Report) {
    for (c, r) in parsed(task) {
        let (path, text) = (|| c.at("image"), c.image());
        match (r.digest, r.tag) {
            (None, None) => report.at(&IMAGE_LATEST_TAG, path()).text("value", text).variant("none").done(),
            (None, Some("latest")) => report.at(&IMAGE_LATEST_TAG, path()).text("value", text).done(),
            (Some(digest), Some(tag)) => {
                let short = text.replacen(&format!(":{tag}@{digest}"), &format!("@{digest}"), 1);
                report.at(&IMAGE_DIGEST_AND_TAG, path()).text("tag", tag).fix("fix", Vec::new(), edit::set(task.definition, &path(), json!(short)));
            }
            _ => {}
        }
    }
}

pub(super) fn ecr(task: &Task<'_>, report: &mut Report) {
    for (c, r) in parsed(task) {
        let path = || c.at("image");
        if let Some((account, region)) = r.ecr() {
            if is_example_account(account) {
                report.at(&IMAGE_ECR_PLACEHOLDER, path()).text("account", account);
            } else if let Some(own) = task.region().filter(|own| *own != region && !region.is_empty()) {
                report.at(&IMAGE_ECR_REGION_DIFFERS, path()).text("value", region).text("region", own);
            }
        } else if r.registry == Some("public.ecr.aws") && !r.path.contains('/') {
            let official = facts::is_official(r.path);
            let finding = report.at(&IMAGE_PUBLIC_ECR_FORM, path()).text("value", r.path);
            if official {
                finding.set(task.definition, &path(), c.image().replacen("public.ecr.aws/", "public.ecr.aws/docker/library/", 1));
            }
        }
    }
}

pub(super) fn typo(task: &Task<'_>, report: &mut Report) {
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
            report.at(&IMAGE_OFFICIAL_TYPO, &path).text("value", *wrong).text("right", *right).set(task.definition, &path, text.replacen(wrong, right, 1));
        }
    }
}

pub(super) fn arch(task: &Task<'_>, report: &mut Report) {
    // Only Fargate has a default; elsewhere nothing is asked of the instance.
    if !task.fargate() && find(task.definition, "runtimePlatform/cpuArchitecture").is_none() {
        return;
    }
    let chip = task.chip();
    for c in images(task) {
        let text = c.image();
        // The registry overrules the name.
        if let Some(looked) = looked::other_platform(task, c) {
            if let Some(other) = looked {
                let wanted = if task.windows { task.system() } else { chip };
                let finding = report.at(&IMAGE_ARCH_MISMATCH, c.at("image")).variant("looked").severity(Error);
                let finding = finding.text("value", text).text("image", other.platforms).text("chip", wanted);
                if let Some(chip) = other.chip {
                    let cure = edit::set(task.definition, "/runtimePlatform/cpuArchitecture", json!(chip));
                    finding.fix("fix-chip", vec![("chip", Param::Text(chip.to_owned()))], cure);
                }
            }
            continue;
        }
        if let Some(named) = chip_in_name(text).filter(|n| *n != chip && ["X86_64", "ARM64"].contains(&chip)) {
            report.at(&IMAGE_ARCH_MISMATCH, c.at("image")).text("value", text).text("image", named).text("chip", chip);
        }
    }
}

/// The Windows Server release in a tag or in an operating system family.
fn release(text: &str) -> Option<&'static str> {
    let names = |year: &str| ["ltsc", "SERVER_"].iter().any(|word| text.match_indices(word).any(|(at, _)| text[at + word.len()..].starts_with(year)));
    ["2016", "2019", "2022", "2025"].into_iter().find(|year| names(year))
}

pub(super) fn windows(task: &Task<'_>, report: &mut Report) {
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
            report.at(&IMAGE_WINDOWS_LINUX_MISMATCH, path()).text("system", system);
        } else if !windows
            && task.windows
            && r.official().is_some_and(|n| matches!(n, "nginx" | "redis" | "postgres" | "mysql" | "alpine" | "debian" | "ubuntu" | "httpd"))
        {
            report.at(&IMAGE_WINDOWS_LINUX_MISMATCH, path()).variant("linux").text("system", system);
        } else if windows
            && let (Some(image), Some(family)) = (release(&tag), release(system))
            && image != family
        {
            report.at(&IMAGE_WINDOWS_LINUX_MISMATCH, path()).variant("release").text("image", image).text("system", system);
        }
    }
}

/// One advice for each way to the image that the task must have.
pub(super) fn internet(task: &Task<'_>, report: &mut Report) {
    let hub = |c: &ContainerView<'_>, r: &Reference<'_>| r.is_hub() && find(c, "repositoryCredentials").is_none();
    if let Some((c, _)) = parsed(task).find(|(c, r)| hub(c, r)) {
        let path = c.at("image");
        let finding = report.at(&IMAGE_DOCKER_HUB_RATE_LIMIT, &path);
        if let Some(copy) = task.looked(c).and_then(|facts| facts.copy.as_deref()) {
            finding.variant("same").text("copy", copy).set(task.definition, &path, copy);
        }
    }
    if task.fargate()
        && let Some((c, r)) = parsed(task).next()
    {
        report.at(&IMAGE_HUB_NEEDS_INTERNET, c.at("image")).variant(if r.ecr().is_some() { "ecr" } else { "" }).text("value", c.image());
    }
}

pub(super) fn same(task: &Task<'_>, report: &mut Report) {
    let key = |c: &ContainerView<'_>| (c.image().to_owned(), find(c, "command").cloned(), find(c, "entryPoint").cloned());
    for (i, c) in task.containers.iter().enumerate().filter(|(_, c)| !c.image().is_empty()) {
        if let Some(other) = task.containers[..i].iter().find(|o| o.image() == c.image() && key(o) == key(c)) {
            report.at(&IMAGE_SAME_FOR_ALL, c.at("image")).text("a", other.name()).text("b", c.name());
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Lang, lint, messages};
    use serde_json::json;

    #[test]
    fn each_repaired_image_has_a_text_for_its_fix() {
        let mut fixes = 0;
        for image in [
            "210987654321.dkr.ecr.amazonaws.com/web:1",
            "210987654321.dkr.ecr.ap-northeast-2.amazonaws.com/web: 1",
            "https://210987654321.dkr.ecr.ap-northeast-2.amazonaws.com/web:",
            "210987654321.dkr.ecr.ap-northeast-2.example.com/web:1",
            "web:{1}",
            "web:-1",
            "web: 1",
            "team/web:${tag}.1",
            "Web:1!",
        ] {
            let definition = json!({"family": "a", "containerDefinitions": [{"name": "a", "image": image}]});
            // A fix without a text panics there in a debug build.
            for finding in lint::check(&definition, &lint::Wizard::default()).iter().filter(|f| f.path.ends_with("/image")) {
                for lang in Lang::ALL {
                    let labels = messages::of_finding(lang, finding).labels;
                    assert!(labels.iter().all(|label| !label.is_empty()), "{image}: {labels:?}");
                    fixes += labels.len();
                }
            }
        }
        assert!(fixes >= 10, "{fixes}");
    }
}
