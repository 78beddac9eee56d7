//! Container memory and reservations.

mod heap;
mod heap_limit;
mod memory;

use crate::lint::{prelude::*, shared_ids};

rules! { Resources;
    pub static RESOURCES_MEMORY_OVER_TASK: Rule =
        error(shared_ids::RESOURCES_MEMORY_OVER_TASK, "API reference: ContainerDefinition.memory");
    pub static RESOURCES_RESERVATION_OVER_MEMORY: Rule =
        error(shared_ids::RESOURCES_RESERVATION_OVER_MEMORY, "API reference: ContainerDefinition.memoryReservation");
    pub static RESOURCES_RESERVED_SUM: Rule =
        error(shared_ids::RESOURCES_RESERVED_SUM, "API reference: ContainerDefinition.memoryReservation");
    pub static RESOURCES_HARD_SUM: Rule =
        warning(shared_ids::RESOURCES_HARD_SUM, "API reference: ContainerDefinition.memory");
    pub static RESOURCES_MEMORY_MIN: Rule =
        error("resources-memory-min", "API reference: ContainerDefinition.memory");
    pub static RESOURCES_MEMORY_SMALL_RUNTIME: Rule =
        warning("resources-memory-small-runtime", "Memory of well-known images at rest");
    pub static RESOURCES_NO_CONTAINER_LIMIT_MULTI: Rule =
        advice("resources-no-container-limit-multi", "Developer Guide: Amazon ECS on AWS Fargate");
    pub static RESOURCES_WINDOWS_RESERVATION: Rule =
        warning("resources-windows-reservation", "Developer Guide: task definition parameters, memoryReservation");
    pub static RESOURCES_LOG_BUFFER: Rule =
        advice("resources-log-buffer", "Developer Guide: log mode and max-buffer-size");
    pub static RESOURCES_EFS_SUPERVISOR: Rule =
        advice("resources-efs-supervisor", "Developer Guide: Amazon EFS volumes");
    pub static RUNTIME_JVM_HEAP_OVER_LIMIT: Rule =
        warning("runtime-jvm-heap-over-limit", "AWS agent toolkit: Amazon ECS troubleshooting");
    pub static RUNTIME_NODE_HEAP_OVER_LIMIT: Rule =
        warning("runtime-node-heap-over-limit", "Node.js: --max-old-space-size");
    pub static RESOURCES_IMAGE_MINIMUM: Rule =
        error("resources-image-minimum", "Reports of SQL Server in a container");
    pub static RESOURCES_TMPFS_OVER_MEMORY: Rule =
        warning("resources-tmpfs-over-memory", "Linux: tmpfs counts as memory of its control group");
    pub static RUNTIME_JVM_NO_LIMIT: Rule =
        advice("runtime-jvm-no-limit", "Reports of Java containers that were killed");
}

/// What finds them.
pub static PASSES: &[Pass] = &[
    Pass { reports: &[&RESOURCES_MEMORY_OVER_TASK], run: memory::over_task },
    Pass { reports: &[&RESOURCES_RESERVATION_OVER_MEMORY], run: memory::soft_over_hard },
    Pass { reports: &[&RESOURCES_RESERVED_SUM], run: memory::reserved_sum },
    Pass { reports: &[&RESOURCES_HARD_SUM], run: memory::hard_sum },
    Pass { reports: &[&RESOURCES_MEMORY_MIN, &RESOURCES_MEMORY_SMALL_RUNTIME], run: memory::minimum },
    Pass { reports: &[&RESOURCES_NO_CONTAINER_LIMIT_MULTI], run: memory::unlimited },
    Pass { reports: &[&RESOURCES_WINDOWS_RESERVATION], run: memory::windows },
    Pass { reports: &[&RESOURCES_LOG_BUFFER], run: memory::buffers },
    Pass { reports: &[&RESOURCES_EFS_SUPERVISOR], run: memory::supervisor },
    Pass { reports: &[&RUNTIME_JVM_HEAP_OVER_LIMIT, &RUNTIME_NODE_HEAP_OVER_LIMIT], run: heap::check },
    Pass { reports: &[&RESOURCES_IMAGE_MINIMUM], run: heap::image_minimum },
    Pass { reports: &[&RESOURCES_TMPFS_OVER_MEMORY], run: heap::tmpfs },
    Pass { reports: &[&RUNTIME_JVM_NO_LIMIT], run: heap_limit::check },
];
