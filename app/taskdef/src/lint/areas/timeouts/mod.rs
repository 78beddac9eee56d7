//! Start and stop timeouts, restart policy.

mod limits;

use crate::lint::prelude::*;

rules! { Timeouts;
    pub static TIMEOUT_STOP_FARGATE_MAX: Rule =
        error("timeout-stop-fargate-max", "API reference: ContainerDefinition.stopTimeout");
    pub static TIMEOUT_STOP_MIN: Rule =
        error("timeout-stop-min", "API reference: ContainerDefinition.stopTimeout");
    pub static TIMEOUT_START_RANGE: Rule =
        error("timeout-start-range", "API reference: ContainerDefinition.startTimeout");
    pub static TIMEOUT_START_FARGATE_MAX: Rule =
        warning("timeout-start-fargate-max", "API reference: ContainerDefinition.startTimeout");
    pub static MANAGED_TIMEOUT_RANGE: Rule =
        warning("managed-timeout-range", "Developer Guide: task definition parameters for Managed Instances");
    pub static TIMEOUT_START_UNUSED: Rule =
        advice("timeout-start-unused", "API reference: ContainerDefinition.startTimeout");
    pub static RESTART_ENABLED_REQUIRED: Rule =
        error("restart-enabled-required", "API reference: ContainerRestartPolicy.enabled");
    pub static RESTART_PERIOD_RANGE: Rule =
        error("restart-period-range", "API reference: ContainerRestartPolicy.restartAttemptPeriod");
    pub static RESTART_IGNORED_CODES: Rule =
        error("restart-ignored-codes", "API reference: ContainerRestartPolicy.ignoredExitCodes");
    pub static RESTART_INIT_CONTAINER: Rule =
        warning("restart-init-container", "API reference: ContainerRestartPolicy");
    pub static RESTART_DISABLED_SETTINGS: Rule =
        warning("restart-disabled-settings", "API reference: ContainerRestartPolicy");
}

/// What finds them.
pub static PASSES: &[Pass] = &[
    Pass {
        reports: &[
            &TIMEOUT_STOP_FARGATE_MAX,
            &TIMEOUT_STOP_MIN,
            &TIMEOUT_START_RANGE,
            &TIMEOUT_START_FARGATE_MAX,
            &MANAGED_TIMEOUT_RANGE,
            &TIMEOUT_START_UNUSED,
        ],
        run: limits::limits,
    },
    Pass {
        reports: &[&RESTART_ENABLED_REQUIRED, &RESTART_PERIOD_RANGE, &RESTART_IGNORED_CODES, &RESTART_INIT_CONTAINER, &RESTART_DISABLED_SETTINGS],
        run: limits::restart,
    },
];
