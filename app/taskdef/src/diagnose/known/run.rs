//! How a container ended.

use super::{Known, general, outside, start};
use crate::{lint::areas::*, messages::all::*};

/// The nearest to the cause first.
pub(super) static TEXTS: &[Known] = &[
    start(
        &DOCTOR_LOG_ROUTER,
        &["log_router*exit code: 139", "fluent-bit*exit code: 139", "firelens*exit code: 139"],
        &[&image::IMAGE_LATEST_TAG],
        &["exit-139", "exit-143", "exited"],
    ),
    start(&DOCTOR_MAX_MAP_COUNT, &["vm.max_map_count"], &[&environment::ENV_VALUE_MISSING], &["exited"]),
    start(&DOCTOR_JAVA_HEAP, &["java.lang.outofmemoryerror"], &[&resources::RESOURCES_MEMORY_SMALL_RUNTIME], &["out-of-memory", "exit-1", "exited"]),
    start(&DOCTOR_NODE_HEAP, &["javascript heap out of memory"], &[&resources::RESOURCES_MEMORY_SMALL_RUNTIME], &["exited", "exit-1"]),
    outside(&DOCTOR_SPOT, &["your spot task was interrupted", "spotinterruption"], &["exit-143", "exit-137"]),
    outside(&DOCTOR_MAINTENANCE, &["ecs is performing maintenance on the underlying infrastructure", "scheduled for retirement"], &["exit-143", "exit-137"]),
    outside(&DOCTOR_HOST_GONE, &["host ec2 (instance*terminated"], &["exit-137", "exit-143"]),
    start(
        &DOCTOR_OUT_OF_MEMORY,
        &["outofmemoryerror", "container killed due to memory usage"],
        &[&resources::RESOURCES_MEMORY_SMALL_RUNTIME, &resources::RESOURCES_MEMORY_MIN],
        &["exit-137", "exit-0", "exit-143"],
    ),
    start(
        &DOCTOR_HEALTH_FAILED,
        &["컨테이너 상태 확인에 실패", "failed container health checks", "container unhealthy"],
        &[
            &health_check::HEALTH_TOOL_MISSING,
            &health_check::HEALTH_CURL_WITHOUT_F,
            &health_check::HEALTH_PORT_NOT_DECLARED,
            &health_check::HEALTH_OTHER_CONTAINER_PORT,
            &health_check::HEALTH_SHELL_MISSING,
            &health_check::HEALTH_START_PERIOD_MISSING,
            &health_check::HEALTH_CMD_WITH_SHELL_SYNTAX,
        ],
        &["exit-137", "exit-143", "exit-139", "exit-127"],
    ),
    start(
        &DOCTOR_ELB_FAILED,
        &["is unhealthy in (target-group", "elb 상태 확인에 실패", "failed elb health checks"],
        &[&port::PORT_ENV_PORT_MISMATCH, &environment::ENV_HOST_BINDING, &port::PORT_IMAGE_DEFAULT_MISMATCH],
        &["exit-137", "exit-143"],
    ),
    start(
        &DOCTOR_DEPENDENCY,
        &["dependency graph: container ordering dependency"],
        &[&dependencies::DEP_HEALTHY_NEEDS_CHECK, &dependencies::DEP_COMPLETE_ON_ESSENTIAL],
        &[],
    ),
    start(&DOCTOR_TOO_SLOW, &["could not transition to*timed out after waiting"], &[], &[]),
    start(
        &DOCTOR_EXIT_137,
        &["exited with code 137", "exit status 137", "exit code: 137", "exitcode: 137", "exit code 137"],
        &[&resources::RESOURCES_MEMORY_SMALL_RUNTIME],
        &["exit-0", "exit-143"],
    ),
    start(&DOCTOR_EXIT_139, &["exited with code 139", "exit status 139", "exit code: 139", "exitcode: 139", "exit code 139"], &[], &["exit-0", "exit-143"]),
    start(&DOCTOR_EXIT_143, &["exited with code 143", "exit status 143", "exit code: 143", "exitcode: 143", "exit code 143"], &[], &[]),
    start(
        &DOCTOR_EXIT_127,
        &["exited with code 127", "exit status 127", "exit code: 127", "exitcode: 127", "exit code 127", "exit code: 126", "exitcode: 126", "exit code 126"],
        &[&container::CONTAINER_COMMAND_ONE_ITEM, &container::CONTAINER_COMMAND_SHELL_OPERATORS],
        &["exited", "exit-0", "exit-143"],
    ),
    general(
        &DOCTOR_EXIT_1,
        &["exited with code 1", "exit status 1", "exit code: 1", "exitcode: 1", "exit code 1"],
        &[&container::CONTAINER_COMMAND_ONE_ITEM],
        &["exited", "exit-0", "exit-143"],
    ),
    general(&DOCTOR_EXIT_0, &["exited with code 0", "exit code: 0", "exitcode: 0", "exit code 0"], &[&container::CONTAINER_ENTRYPOINT_CLEARS_CMD], &["exited"]),
    general(
        &DOCTOR_EXITED,
        &["필수 컨테이너가 종료", "essential container in task exited"],
        &[&container::CONTAINER_COMMAND_ONE_ITEM, &environment::ENV_VALUE_MISSING],
        &[],
    ),
    general(
        &DOCTOR_PULL_ANY,
        &["cannotpullcontainer", "cannotpullimagemanifest", "cannotpullecrcontainer", "unable to pull image"],
        &[&image::IMAGE_REFERENCE_GRAMMAR, &image::IMAGE_OFFICIAL_TYPO],
        &[],
    ),
    general(
        &DOCTOR_START_ANY,
        &["cannotstartcontainererror", "cannotcreatecontainererror"],
        &[&container::CONTAINER_COMMAND_ONE_ITEM, &volumes::VOLUME_MOUNT_FILE_PATH],
        &[],
    ),
];
