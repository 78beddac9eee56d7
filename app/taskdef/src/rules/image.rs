//! Image references.

use super::{Findings, Rule, rule, with_another};
use crate::{
    Severity::{Advice, Error, Warning},
    image::{self, Fault},
    model::Task,
    view::ContainerView,
};

pub(super) const RULES: &[Rule] = &[
    rule("image-reference-grammar", Error, "distribution reference grammar", form),
    rule("image-whitespace", Error, "distribution reference grammar", with_another),
    rule("image-no-scheme", Error, "distribution reference grammar", with_another),
    rule("image-uppercase", Error, "distribution reference grammar", with_another),
    rule("image-empty-tag", Error, "distribution reference grammar", with_another),
    rule("image-tag-length", Error, "distribution reference grammar", with_another),
    rule("image-digest-form", Error, "API reference: ContainerDefinition.image", with_another),
    rule("image-length", Error, "API reference: ContainerDefinition.image", with_another),
    rule("image-latest-tag", Warning, "Developer Guide: task definition parameters, image", latest),
    rule("image-ecr-placeholder", Warning, "Account numbers of AWS's own examples", placeholder),
    rule("image-official-typo", Warning, "Docker Hub's official images", typo),
    rule("image-arch-mismatch", Warning, "Names of tags and repositories", arch),
    rule("image-hub-needs-internet", Advice, "Developer Guide: CannotPullContainer task errors", internet),
];

/// Account numbers that AWS uses in its documentation.
pub(super) fn is_example_account(account: &str) -> bool {
    matches!(account, "123456789012" | "111122223333" | "444455556666" | "012345678910" | "000000000000")
        || (account.len() > 9 && "0123456789012345".contains(account))
        || (account.len() > 9 && "1234567890123456".contains(account))
}

fn images<'t>(task: &'t Task<'_>) -> impl Iterator<Item = (ContainerView<'t>, String, &'t str)> {
    task.containers.iter().filter(|c| !c.image().is_empty()).map(|c| (*c, format!("{}/image", c.place()), c.image()))
}

fn form(task: &Task<'_>, out: &mut Findings) {
    for (_, path, text) in images(task) {
        let Err(fault) = image::parse(text) else { continue };
        let rule = match fault {
            Fault::Whitespace => "image-whitespace",
            Fault::Scheme => "image-no-scheme",
            Fault::EmptyTag => "image-empty-tag",
            Fault::Digest => "image-digest-form",
            Fault::Tag => "image-tag-length",
            Fault::Uppercase => "image-uppercase",
            Fault::Length => "image-length",
            Fault::Grammar => "image-reference-grammar",
        };
        let said = out.at(rule, &path).text("value", text);
        if let Some(right) = image::repaired(text) {
            said.set(task.definition, &path, right);
        }
    }
}

fn latest(task: &Task<'_>, out: &mut Findings) {
    for (_, path, text) in images(task) {
        let Ok(r) = image::parse(text) else { continue };
        if r.digest.is_none() && matches!(r.tag, None | Some("latest")) {
            let said = out.at("image-latest-tag", path).text("value", text);
            if r.tag.is_none() {
                said.variant("none");
            }
        }
    }
}

fn placeholder(task: &Task<'_>, out: &mut Findings) {
    for (_, path, text) in images(task) {
        if let Some(account) = image::parse(text).ok().and_then(|r| r.ecr().map(|(a, _)| a.to_owned())).filter(|a| is_example_account(a)) {
            out.at("image-ecr-placeholder", path).text("account", account);
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
    for (_, path, text) in images(task) {
        let Ok(r) = image::parse(text) else { continue };
        if let Some((wrong, right)) = TYPOS.iter().find(|(wrong, _)| r.official() == Some(wrong)) {
            out.at("image-official-typo", &path).text("value", *wrong).text("right", *right).set(task.definition, &path, text.replacen(wrong, right, 1));
        }
    }
}

fn arch(task: &Task<'_>, out: &mut Findings) {
    let chip = task.definition.pointer("/runtimePlatform/cpuArchitecture").and_then(|v| v.as_str()).unwrap_or("X86_64");
    for (_, path, text) in images(task) {
        let lower = text.to_ascii_lowercase();
        let word = |w: &str| lower.split(['/', ':', '-', '_', '.']).any(|p| p == w);
        let named = if ["arm64", "aarch64", "arm64v8"].iter().any(|w| word(w)) {
            "ARM64"
        } else if word("amd64") || lower.contains("x86_64") || lower.contains("x86-64") {
            "X86_64"
        } else {
            continue;
        };
        if (chip == "ARM64") != (named == "ARM64") && matches!(chip, "ARM64" | "X86_64") {
            out.at("image-arch-mismatch", path).text("value", text).text("image", named).text("chip", chip);
        }
    }
}

fn internet(task: &Task<'_>, out: &mut Findings) {
    if !task.fargate() {
        return;
    }
    if let Some((_, path, text)) = images(task).find(|(_, _, t)| image::parse(t).is_ok_and(|r| r.is_hub() || r.registry == Some("public.ecr.aws"))) {
        out.at("image-hub-needs-internet", path).text("value", text);
    }
}
