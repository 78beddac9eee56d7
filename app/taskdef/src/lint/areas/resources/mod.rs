//! Container memory and reservations.

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
];
