//! Parameters that Fargate refuses, besides those of the other areas.

mod refused;

use crate::lint::prelude::*;

rules! { Fargate;
    pub static FARGATE_NO_PRIVILEGED: Rule =
        error("fargate-no-privileged", "API reference: ContainerDefinition.privileged");
    pub static FARGATE_DOCKER_IN_DOCKER: Rule =
        error("fargate-docker-in-docker", "API reference: ContainerDefinition.privileged");
    pub static FARGATE_NO_DEVICES: Rule =
        error("fargate-no-devices", "API reference: LinuxParameters.devices");
    pub static FARGATE_NO_SHARED_MEMORY: Rule =
        error("fargate-no-shared-memory", "API reference: LinuxParameters.sharedMemorySize");
    pub static FARGATE_NO_SWAP: Rule =
        error("fargate-no-swap", "API reference: LinuxParameters.maxSwap");
    pub static FARGATE_TMPFS_ALLOWED: Rule =
        advice("fargate-tmpfs-allowed", "API reference: LinuxParameters.tmpfs");
    pub static FARGATE_NO_SECURITY_OPTIONS: Rule =
        error("fargate-no-security-options", "API reference: ContainerDefinition.dockerSecurityOptions");
    pub static FARGATE_NO_PLACEMENT: Rule =
        error("fargate-no-placement", "API reference: RegisterTaskDefinition.placementConstraints");
    pub static FARGATE_NO_GPU: Rule =
        error("fargate-no-gpu", "Developer Guide: task definition parameters for Fargate");
    pub static FARGATE_NO_IPC: Rule =
        error("fargate-no-ipc", "API reference: RegisterTaskDefinition.ipcMode");
    pub static FARGATE_PID_TASK_ONLY: Rule =
        error("fargate-pid-task-only", "API reference: RegisterTaskDefinition.pidMode");
    pub static FARGATE_NO_INFERENCE_ACCELERATORS: Rule =
        error("fargate-no-inference-accelerators", "Developer Guide: Amazon Elastic Inference is retired");
    pub static FARGATE_CAPABILITY_ADD: Rule =
        error("fargate-capability-add", "API reference: KernelCapabilities.add");
    pub static FARGATE_DNS_SEARCH: Rule =
        error("fargate-dns-search", "Developer Guide: Amazon ECS on AWS Fargate");
}

/// What finds them.
pub static PASSES: &[Pass] = &[
    Pass {
        reports: &[
            &FARGATE_NO_PRIVILEGED,
            &FARGATE_DOCKER_IN_DOCKER,
            &FARGATE_NO_DEVICES,
            &FARGATE_NO_SHARED_MEMORY,
            &FARGATE_NO_SWAP,
            &FARGATE_TMPFS_ALLOWED,
            &FARGATE_NO_SECURITY_OPTIONS,
            &FARGATE_NO_GPU,
            &FARGATE_CAPABILITY_ADD,
            &FARGATE_DNS_SEARCH,
        ],
        run: refused::each,
    },
    Pass { reports: &[&FARGATE_NO_PLACEMENT, &FARGATE_NO_IPC, &FARGATE_PID_TASK_ONLY], run: refused::whole },
    Pass { reports: &[&FARGATE_NO_INFERENCE_ACCELERATORS], run: refused::retired },
];
