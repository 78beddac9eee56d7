//! Operating system and processor.

use super::*;
use crate::facts;
use crate::lint::context::{OS_FAMILIES, chip_in_name};

pub(super) fn platform(task: &Task<'_>, report: &mut Report) {
    let Some(value) = present(task.definition, "runtimePlatform") else {
        if task.fargate() {
            let linux = json!({ "operatingSystemFamily": "LINUX", "cpuArchitecture": "X86_64" });
            report.at(&PLATFORM_MISSING, "/runtimePlatform").set(task.definition, "/runtimePlatform", linux);
        }
        return;
    };
    let text = |key: &str| present(value, key).and_then(Value::as_str).filter(|t| !t.is_empty());
    if let Some(os) = text("operatingSystemFamily").filter(|os| !OS_FAMILIES.contains(os)) {
        let path = "/runtimePlatform/operatingSystemFamily";
        let right = OS_FAMILIES.iter().find(|f| f.eq_ignore_ascii_case(os)).unwrap_or(&"LINUX");
        report.at(&PLATFORM_OS_ENUM, path).text("value", os).set(task.definition, path, *right);
    }
    if let Some(chip) = text("cpuArchitecture").filter(|c| !["X86_64", "ARM64"].contains(c)) {
        let path = "/runtimePlatform/cpuArchitecture";
        let lower = chip.to_ascii_lowercase();
        let right = if lower.contains("arm") || lower.contains("aarch") { "ARM64" } else { "X86_64" };
        report.at(&PLATFORM_ARCH_ENUM, path).text("value", chip).set(task.definition, path, right);
    }
}

/// Arm on Fargate: not in every Region and zone, and later than x86 on Spot.
pub(super) fn arm(task: &Task<'_>, report: &mut Report) {
    if !task.fargate() || task.chip() != "ARM64" {
        return;
    }
    let path = "/runtimePlatform/cpuArchitecture";
    let region = task.region().and_then(facts::region);
    if let Some(region) = region.filter(|r| r.arm == Some(false)) {
        report.at(&PLATFORM_ARM_REGION, path).text("region", region.id.as_str());
    } else if let Some(region) = region.filter(|r| !r.excluded.is_empty()) {
        let finding = report.at(&PLATFORM_ARM_REGION, path).severity(Advice).variant("zone");
        finding.text("region", region.id.as_str()).text("zones", region.excluded.join(", "));
    }
    let spot = task.wizard.cluster.as_ref().is_some_and(|c| texts(c, "capacityProviders").any(|(_, p)| p == "FARGATE_SPOT"));
    if spot {
        report.at(&PLATFORM_ARM_SPOT, path);
    }
}

/// An image that somebody built, for x86: on a Mac with an Apple chip `docker build` makes it for Arm.
pub(super) fn apple(task: &Task<'_>, report: &mut Report) {
    if task.chip() != "X86_64" || task.windows || !task.fargate() {
        return;
    }
    let own = |c: &ContainerView<'_>| c.reference().is_some_and(|r| r.official().is_none() && (r.is_hub() || r.ecr().is_some()));
    let named = |c: &ContainerView<'_>| chip_in_name(c.image()).is_some() || c.image().contains('@');
    if let Some(c) = task.containers.iter().find(|c| own(c) && !named(c)) {
        report.at(&PLATFORM_APPLE_SILICON, "/runtimePlatform/cpuArchitecture").text("image", c.image());
    }
}
