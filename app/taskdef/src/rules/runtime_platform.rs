//! Operating system and processor.

use super::prelude::*;
use crate::catalog;

pub(super) const RULES: &[Rule] = &[
    rule("platform-os-enum", Error, "API reference: OSFamily", platform),
    rule("platform-arch-enum", Error, "API reference: CPUArchitecture", with_another),
    rule("platform-missing", Advice, "Developer Guide: task definition parameters for Fargate", with_another),
    rule("platform-arm-region", Warning, "Developer Guide: 64-bit Arm workloads, list of June 2023", arm),
    rule("platform-arm-spot", Advice, "Developer Guide: 64-bit Arm workloads", with_another),
    rule("platform-apple-silicon", Advice, "Error texts of images for another processor", apple),
    waits("platform-service-same", Advice, State::NeedsAccount, "Developer Guide: task definition parameters for Fargate"),
];

/// Source: API reference, OSFamily.
pub(super) const FAMILIES: [&str; 10] = [
    "LINUX",
    "WINDOWS_SERVER_2016_FULL",
    "WINDOWS_SERVER_2019_FULL",
    "WINDOWS_SERVER_2019_CORE",
    "WINDOWS_SERVER_2004_CORE",
    "WINDOWS_SERVER_20H2_CORE",
    "WINDOWS_SERVER_2022_FULL",
    "WINDOWS_SERVER_2022_CORE",
    "WINDOWS_SERVER_2025_FULL",
    "WINDOWS_SERVER_2025_CORE",
];

fn platform(task: &Task<'_>, out: &mut Findings) {
    let Some(value) = present(task.definition, "runtimePlatform") else {
        if task.fargate() {
            let linux = json!({ "operatingSystemFamily": "LINUX", "cpuArchitecture": "X86_64" });
            out.at("platform-missing", "/runtimePlatform").set(task.definition, "/runtimePlatform", linux);
        }
        return;
    };
    let text = |key: &str| present(value, key).and_then(Value::as_str).filter(|t| !t.is_empty());
    if let Some(os) = text("operatingSystemFamily").filter(|os| !FAMILIES.contains(os)) {
        let path = "/runtimePlatform/operatingSystemFamily";
        let right = FAMILIES.iter().find(|f| f.eq_ignore_ascii_case(os)).unwrap_or(&"LINUX");
        out.at("platform-os-enum", path).text("value", os).set(task.definition, path, *right);
    }
    if let Some(chip) = text("cpuArchitecture").filter(|c| !["X86_64", "ARM64"].contains(c)) {
        let path = "/runtimePlatform/cpuArchitecture";
        let lower = chip.to_ascii_lowercase();
        let right = if lower.contains("arm") || lower.contains("aarch") { "ARM64" } else { "X86_64" };
        out.at("platform-arch-enum", path).text("value", chip).set(task.definition, path, right);
    }
}

/// Arm on Fargate: not in every Region, and later than x86 on Spot.
fn arm(task: &Task<'_>, out: &mut Findings) {
    if !task.fargate() || task.chip() != "ARM64" {
        return;
    }
    let path = "/runtimePlatform/cpuArchitecture";
    let region = task.region().and_then(catalog::region);
    if let Some(region) = region.filter(|r| r.arm == Some(false)) {
        out.at("platform-arm-region", path).text("region", region.id.as_str()).set(task.definition, path, "X86_64");
    }
    let spot = task.wizard.cluster.as_ref().is_some_and(|c| texts(c, "capacityProviders").any(|(_, p)| p == "FARGATE_SPOT"));
    if spot {
        out.at("platform-arm-spot", path);
    }
}

/// An image that somebody built, for x86: on a Mac with an Apple chip `docker build` makes it for Arm.
fn apple(task: &Task<'_>, out: &mut Findings) {
    if task.chip() != "X86_64" || task.windows || !task.fargate() {
        return;
    }
    let own = |c: &ContainerView<'_>| c.reference().is_some_and(|r| r.official().is_none() && (r.is_hub() || r.ecr().is_some()));
    let named = |c: &ContainerView<'_>| super::image::chip_in_name(c.image()).is_some() || c.image().contains('@');
    if let Some(c) = task.containers.iter().find(|c| own(c) && !named(c)) {
        out.at("platform-apple-silicon", "/runtimePlatform/cpuArchitecture").text("image", c.image());
    }
}
