//! Task CPU and memory.

mod instance;
mod task_size;

use crate::lint::{prelude::*, shared_ids};

rules! { Sizing;
    pub static TASK_FARGATE_CPU_REQUIRED: Rule =
        error("task-fargate-cpu-required", "API reference: RegisterTaskDefinition.cpu");
    pub static TASK_FARGATE_MEMORY_REQUIRED: Rule =
        error("task-fargate-memory-required", "API reference: RegisterTaskDefinition.memory");
    pub static SIZING_FARGATE_PAIR: Rule =
        error(shared_ids::SIZING_FARGATE_PAIR, "Developer Guide: task CPU and memory for Fargate");
    pub static SIZING_FARGATE_32VCPU_EXACT: Rule =
        error("sizing-fargate-32vcpu-exact", "Developer Guide: task CPU and memory for Fargate");
    pub static SIZING_FARGATE_LARGE_QUOTA: Rule =
        warning("sizing-fargate-large-quota", "AWS Fargate service quotas (L-3032A538)");
    pub static SIZING_CPU_FORM: Rule =
        error("sizing-cpu-form", "API reference: RegisterTaskDefinition.cpu");
    pub static SIZING_MEMORY_FORM: Rule =
        error("sizing-memory-form", "API reference: RegisterTaskDefinition.memory");
    pub static SIZING_UNIT_MISTAKE: Rule =
        warning("sizing-unit-mistake", "API reference: RegisterTaskDefinition.cpu and memory");
    pub static SIZING_SWAPPED: Rule =
        warning("sizing-swapped", "Developer Guide: task CPU and memory for Fargate");
    pub static SIZING_EC2_CPU_RANGE: Rule =
        error("sizing-ec2-cpu-range", "API reference: RegisterTaskDefinition.cpu");
    pub static SIZING_EC2_MEMORY_SOMEWHERE: Rule =
        error("sizing-ec2-memory-somewhere", "API reference: ContainerDefinition.memoryReservation");
    pub static SIZING_EC2_FITS_INSTANCE: Rule =
        warning(shared_ids::SIZING_EC2_FITS_INSTANCE, "Developer Guide: service event messages");
    pub static SIZING_EC2_AWSVPC_DENSITY: Rule =
        warning("sizing-ec2-awsvpc-density", "Developer Guide: elastic network interfaces of container instances");
    pub static SIZING_WINDOWS_TASK_IGNORED: Rule =
        warning("sizing-windows-task-ignored", "API reference: RegisterTaskDefinition.cpu and memory");
    pub static SIZING_NODE_MINIMUM: Rule =
        advice("sizing-node-minimum", "Memory of Node.js, Java and .NET at rest");
    pub static SIZING_COST_NOTE: Rule = advice("sizing-cost-note", "AWS Price List: Fargate");
}

/// What finds them.
pub static PASSES: &[Pass] = &[
    Pass { reports: &[&TASK_FARGATE_CPU_REQUIRED, &TASK_FARGATE_MEMORY_REQUIRED], run: task_size::required },
    Pass { reports: &[&SIZING_FARGATE_PAIR, &SIZING_FARGATE_32VCPU_EXACT, &SIZING_UNIT_MISTAKE, &SIZING_SWAPPED], run: task_size::pair },
    Pass { reports: &[&SIZING_FARGATE_LARGE_QUOTA], run: task_size::large },
    Pass { reports: &[&SIZING_CPU_FORM, &SIZING_MEMORY_FORM], run: task_size::forms },
    Pass { reports: &[&SIZING_EC2_CPU_RANGE], run: task_size::ec2_cpu },
    Pass { reports: &[&SIZING_EC2_MEMORY_SOMEWHERE], run: task_size::ec2_memory },
    Pass { reports: &[&SIZING_EC2_FITS_INSTANCE, &SIZING_EC2_AWSVPC_DENSITY], run: instance::fits },
    Pass { reports: &[&SIZING_WINDOWS_TASK_IGNORED], run: task_size::windows },
    Pass { reports: &[&SIZING_NODE_MINIMUM], run: task_size::runtime },
    Pass { reports: &[&SIZING_COST_NOTE], run: task_size::price },
];
