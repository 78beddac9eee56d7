//! EC2, external machines and Managed Instances.

mod instances;
mod managed;

use crate::lint::prelude::*;

rules! { Ec2;
    pub static EC2_PLACEMENT_TYPE: Rule =
        error("ec2-placement-type", "API reference: TaskDefinitionPlacementConstraintType");
    pub static EC2_PLACEMENT_EXPRESSION: Rule =
        error("ec2-placement-expression", "API reference: TaskDefinitionPlacementConstraint.expression");
    pub static EC2_PLACEMENT_MAX: Rule =
        error("ec2-placement-max", "API reference: RegisterTaskDefinition.placementConstraints");
    pub static EC2_ARCH_INSTANCE: Rule = warning("ec2-arch-instance", "EC2: DescribeInstanceTypes");
    pub static EC2_ARCH_UNSET: Rule =
        advice("ec2-arch-unset", "Task definition parameters: runtimePlatform");
    pub static EC2_MEMORY_HEADROOM: Rule =
        advice("ec2-memory-headroom", "Developer Guide: container instance memory management");
    pub static EC2_T_BURST: Rule = advice("ec2-t-burst", "EC2: burstable performance instances");
    pub static EC2_AWSVPC_PUBLIC_IP: Rule =
        warning("ec2-awsvpc-public-ip", "CreateService: assignPublicIp").waits(NeedsAccount);
    pub static EC2_EPHEMERAL_STORAGE: Rule =
        error("ec2-ephemeral-storage", "API reference: RegisterTaskDefinition.ephemeralStorage");
    pub static EC2_GPU_VALUE: Rule = error("ec2-gpu-value", "API reference: ResourceRequirement");
    pub static EC2_RESOURCE_TYPE_ENUM: Rule =
        error("ec2-resource-type-enum", "API reference: ResourceType");
    pub static EXTERNAL_UNSUPPORTED: Rule =
        error("external-unsupported", "Developer Guide: Amazon ECS Anywhere").waits(NeedsAccount);
    pub static MANAGED_UNSUPPORTED: Rule =
        error("managed-unsupported", "Developer Guide: task definition parameters for Managed Instances");
    pub static MANAGED_PLACEMENT_ATTRIBUTE: Rule =
        warning("managed-placement-attribute", "Developer Guide: task definition parameters for Managed Instances");
    pub static MANAGED_EXECUTION_ROLE: Rule =
        warning("managed-execution-role", "Developer Guide: task definition parameters for Managed Instances");
    pub static MANAGED_LINUX_ONLY: Rule =
        warning("managed-linux-only", "AWS CDK: Managed Instances");
}

/// What finds them.
pub static PASSES: &[Pass] = &[
    Pass { reports: &[&EC2_PLACEMENT_TYPE, &EC2_PLACEMENT_EXPRESSION, &EC2_PLACEMENT_MAX], run: instances::placement },
    Pass { reports: &[&EC2_ARCH_INSTANCE, &EC2_ARCH_UNSET, &EC2_T_BURST], run: instances::instance },
    Pass { reports: &[&EC2_EPHEMERAL_STORAGE], run: instances::disk },
    Pass { reports: &[&EC2_GPU_VALUE, &EC2_RESOURCE_TYPE_ENUM], run: instances::gpu },
    Pass { reports: &[&MANAGED_LINUX_ONLY], run: instances::managed },
    Pass { reports: &[&MANAGED_UNSUPPORTED, &MANAGED_PLACEMENT_ATTRIBUTE, &MANAGED_EXECUTION_ROLE], run: managed::check },
    Pass { reports: &[&EC2_MEMORY_HEADROOM], run: instances::headroom },
];
