//! Linux parameters, ulimits, kernel settings, namespaces.

mod parameters;
mod ulimits;

use crate::lint::prelude::*;

rules! { Linux;
    pub static LINUX_CAPABILITY_ENUM: Rule =
        error("linux-capability-enum", "API reference: KernelCapabilities");
    pub static LINUX_CAPABILITY_UNLISTED: Rule =
        warning("linux-capability-unlisted", "API reference: KernelCapabilities; capabilities(7)");
    pub static LINUX_CAPABILITY_ALL: Rule = warning("linux-capability-all", "capabilities(7)");
    pub static LINUX_TMPFS_FIELDS: Rule = error("linux-tmpfs-fields", "API reference: Tmpfs");
    pub static LINUX_DEVICE_PERMISSION: Rule =
        error("linux-device-permission", "API reference: Device.permissions");
    pub static LINUX_SWAPPINESS_RANGE: Rule =
        error("linux-swappiness-range", "API reference: LinuxParameters.swappiness");
    pub static LINUX_SWAPPINESS_IGNORED: Rule =
        warning("linux-swappiness-ignored", "API reference: LinuxParameters.swappiness");
    pub static LINUX_MAX_SWAP_NEGATIVE: Rule =
        error("linux-max-swap-negative", "API reference: LinuxParameters.maxSwap");
    pub static LINUX_INIT: Rule =
        advice("linux-init", "API reference: LinuxParameters.initProcessEnabled");
    pub static LINUX_ULIMIT_NAME: Rule = error("linux-ulimit-name", "API reference: UlimitName");
    pub static LINUX_ULIMIT_SOFT_HARD: Rule =
        error("linux-ulimit-soft-hard", "API reference: Ulimit");
    pub static LINUX_ULIMIT_DUPLICATE: Rule =
        warning("linux-ulimit-duplicate", "OCI runtime specification: rlimits");
    pub static LINUX_ULIMIT_NOFILE_FARGATE: Rule =
        error("linux-ulimit-nofile-fargate", "Developer Guide: task definition parameters, ulimits");
    pub static LINUX_ULIMIT_FARGATE_OTHER: Rule =
        warning("linux-ulimit-fargate-other", "API reference: ContainerDefinition.ulimits");
    pub static LINUX_SYSCTL_NAMESPACE: Rule =
        error("linux-sysctl-namespace", "API reference: SystemControl");
    pub static LINUX_SYSCTL_HOST: Rule = error("linux-sysctl-host", "API reference: SystemControl");
    pub static LINUX_PID_HOST: Rule = warning("linux-pid-host", "Security Hub ECS.3");
    pub static LINUX_PRIVILEGED: Rule = warning("linux-privileged", "Security Hub ECS.4");
    pub static LINUX_IPC_ENUM: Rule = error("linux-ipc-enum", "API reference: IpcMode");
    pub static LINUX_PID_ENUM: Rule = error("linux-pid-enum", "API reference: PidMode");
}

/// What finds them.
pub static PASSES: &[Pass] = &[
    Pass { reports: &[&LINUX_CAPABILITY_ENUM, &LINUX_CAPABILITY_UNLISTED, &LINUX_CAPABILITY_ALL], run: parameters::capabilities },
    Pass {
        reports: &[&LINUX_TMPFS_FIELDS, &LINUX_DEVICE_PERMISSION, &LINUX_SWAPPINESS_RANGE, &LINUX_SWAPPINESS_IGNORED, &LINUX_MAX_SWAP_NEGATIVE],
        run: parameters::parameters,
    },
    Pass { reports: &[&LINUX_INIT], run: parameters::init },
    Pass {
        reports: &[&LINUX_ULIMIT_NAME, &LINUX_ULIMIT_SOFT_HARD, &LINUX_ULIMIT_DUPLICATE, &LINUX_ULIMIT_NOFILE_FARGATE, &LINUX_ULIMIT_FARGATE_OTHER],
        run: ulimits::check,
    },
    Pass { reports: &[&LINUX_SYSCTL_NAMESPACE, &LINUX_SYSCTL_HOST], run: parameters::sysctl },
    Pass { reports: &[&LINUX_PID_HOST, &LINUX_PRIVILEGED, &LINUX_IPC_ENUM, &LINUX_PID_ENUM], run: parameters::namespaces },
];
