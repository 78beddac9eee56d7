//! Windows containers.

mod unsupported;

use crate::lint::prelude::*;

rules! { Windows;
    pub static WINDOWS_OS_FARGATE: Rule =
        error("windows-os-fargate", "Developer Guide: Windows containers on Fargate");
    pub static WINDOWS_MIN_1VCPU: Rule =
        error("windows-min-1vcpu", "Developer Guide: task CPU and memory for Fargate");
    pub static WINDOWS_NO_ARM: Rule =
        error("windows-no-arm", "Developer Guide: Amazon ECS on AWS Fargate");
    pub static WINDOWS_UNSUPPORTED: Rule =
        error("windows-unsupported", "Developer Guide: Windows task definitions");
    pub static WINDOWS_UNSUPPORTED_EC2: Rule =
        warning("windows-unsupported-ec2", "Developer Guide: Windows task definitions");
    pub static WINDOWS_USER: Rule =
        advice("windows-user", "API reference: ContainerDefinition.user; Security Hub ECS.21");
    pub static WINDOWS_NO_SERVICE_CONNECT: Rule =
        error("windows-no-service-connect", "Developer Guide: Service Connect").waits(NeedsAccount);
    pub static WINDOWS_EFS: Rule = error("windows-efs", "Developer Guide: Amazon EFS volumes");
    pub static WINDOWS_PORT_80_EC2: Rule =
        warning("windows-port-80-ec2", "Developer Guide: Windows containers");
    pub static WINDOWS_LOCALHOST_MAPPED: Rule =
        advice("windows-localhost-mapped", "API reference: ContainerDefinition.portMappings");
    pub static WINDOWS_CPU_ZERO: Rule =
        warning("windows-cpu-zero", "API reference: ContainerDefinition.cpu");
    pub static WINDOWS_VERSION_MATCH: Rule =
        advice("windows-version-match", "Developer Guide: Windows containers on Fargate");
    pub static WINDOWS_IMAGE_SIZE: Rule =
        advice("windows-image-size", "Developer Guide: Windows containers");
    pub static WINDOWS_READONLY_MOUNT: Rule =
        warning("windows-readonly-mount", "Developer Guide: task definition parameters, mountPoints");
}

/// What finds them.
pub static PASSES: &[Pass] = &[
    Pass { reports: &[&WINDOWS_OS_FARGATE, &WINDOWS_MIN_1VCPU, &WINDOWS_NO_ARM, &WINDOWS_VERSION_MATCH], run: unsupported::platform },
    Pass { reports: &[&WINDOWS_UNSUPPORTED, &WINDOWS_UNSUPPORTED_EC2, &WINDOWS_EFS], run: unsupported::unsupported },
    Pass {
        reports: &[&WINDOWS_USER, &WINDOWS_CPU_ZERO, &WINDOWS_PORT_80_EC2, &WINDOWS_LOCALHOST_MAPPED, &WINDOWS_IMAGE_SIZE, &WINDOWS_READONLY_MOUNT],
        run: unsupported::notes,
    },
];
