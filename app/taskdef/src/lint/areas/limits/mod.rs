//! Sizes and quotas.

mod bounds;
mod quotas;

use crate::lint::prelude::*;

pub(in crate::lint) use bounds::say_over;
pub use bounds::{BYTES, ITEMS, KEYS, VALUES};

rules! { Limits;
    pub static LIMITS_DEFINITION_SIZE: Rule =
        error("limits-definition-size", "Reports of RegisterTaskDefinition, 2021 to 2025");
    pub static LIMITS_DEFINITION_SIZE_NEAR: Rule =
        advice("limits-definition-size-near", "Reports of RegisterTaskDefinition, 2021 to 2025");
    pub static LIMITS_TOO_MANY: Rule = error("limits-too-many", "What one evaluation looks at");
    pub static LIMITS_REVISIONS: Rule =
        advice("limits-revisions", "Amazon ECS service quotas").waits(NeedsAccount);
    pub static LIMITS_SUBNETS: Rule =
        advice("limits-subnets", "API reference: AwsVpcConfiguration").waits(NeedsAccount);
    pub static LIMITS_RESERVED_PORTS: Rule =
        advice("limits-reserved-ports", "API reference: PortMapping.hostPort");
    pub static LIMITS_FARGATE_VCPU: Rule =
        advice("limits-fargate-vcpu", "AWS Fargate service quotas");
    pub static LIMITS_TARGET_GROUPS: Rule =
        advice("limits-target-groups", "Amazon ECS service quotas").waits(NeedsAccount);
    pub static LIMITS_REGISTER_THROTTLE: Rule =
        advice("limits-register-throttle", "Amazon ECS: throttling of the API").waits(NeedsAccount);
}

/// Runs before all others.
pub static BOUNDS: Pass = Pass { reports: &[&LIMITS_TOO_MANY], run: bounds::check };

/// What finds them.
pub static PASSES: &[Pass] = &[
    Pass { reports: &[&LIMITS_DEFINITION_SIZE, &LIMITS_DEFINITION_SIZE_NEAR], run: quotas::size },
    Pass { reports: &[&LIMITS_RESERVED_PORTS], run: quotas::ports },
    Pass { reports: &[&LIMITS_FARGATE_VCPU], run: quotas::quota },
];
