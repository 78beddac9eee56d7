//! Operating system and processor.

mod platform;

use crate::lint::prelude::*;

rules! { RuntimePlatform;
    pub static PLATFORM_OS_ENUM: Rule = error("platform-os-enum", "API reference: OSFamily");
    pub static PLATFORM_ARCH_ENUM: Rule =
        error("platform-arch-enum", "API reference: CPUArchitecture");
    pub static PLATFORM_MISSING: Rule =
        advice("platform-missing", "Developer Guide: task definition parameters for Fargate");
    pub static PLATFORM_ARM_REGION: Rule =
        warning("platform-arm-region", "Developer Guide: 64-bit Arm workloads");
    pub static PLATFORM_ARM_SPOT: Rule =
        advice("platform-arm-spot", "Developer Guide: 64-bit Arm workloads");
    pub static PLATFORM_APPLE_SILICON: Rule =
        advice("platform-apple-silicon", "Error texts of images for another processor");
    pub static PLATFORM_SERVICE_SAME: Rule =
        advice("platform-service-same", "Developer Guide: task definition parameters for Fargate").waits(NeedsAccount);
}

/// What finds them.
pub static PASSES: &[Pass] = &[
    Pass { reports: &[&PLATFORM_OS_ENUM, &PLATFORM_ARCH_ENUM, &PLATFORM_MISSING], run: platform::platform },
    Pass { reports: &[&PLATFORM_ARM_REGION, &PLATFORM_ARM_SPOT], run: platform::arm },
    Pass { reports: &[&PLATFORM_APPLE_SILICON], run: platform::apple },
];
