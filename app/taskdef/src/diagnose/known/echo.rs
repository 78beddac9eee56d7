//! Sentences that follow from another failure, or tell of none.

use super::{Known, echo, general};
use crate::messages::all::*;

/// The nearest to the cause first.
pub(super) static TEXTS: &[Known] = &[
    echo(
        &DOCTOR_ROLLED_BACK,
        &["circuit breaker", "rolling back to deployment", "deployment failed: tasks failed to start", "deployment failed: tasks failed", "배포 회로 차단기"],
        &[],
    ),
    echo(
        &DOCTOR_TOOL_GAVE_UP,
        &[
            "resource is not in the state servicesstable",
            "waiter servicesstable failed",
            "waiter has timed out",
            "timeout while waiting for state to become 'tfstable'",
            "waiting for ecs service*to be stable",
        ],
        &[],
    ),
    echo(
        &DOCTOR_STACK_ROLLED_BACK,
        &[
            "resource creation cancelled",
            "resource update cancelled",
            "the following resource(s) failed to create",
            "the following resource(s) failed to update",
        ],
        &[],
    ),
    echo(&DOCTOR_ENI_GONE, &["the networkinterface id*does not exist", "eni 세부 정보를 가져오는 중 오류"], &[]),
    echo(&DOCTOR_SCALED, &["scaling activity initiated by"], &[]),
    general(
        &DOCTOR_KOREAN_CONSOLE,
        &["중지된 이유", "태스크가 중지", "컨테이너가 종료되었습니다", "상태 확인에 실패", "이미지를 가져올 수 없", "오류가 발생합니다"],
        &[],
        &[],
    ),
    echo(&DOCTOR_UNSTEADY, &["is unable to consistently start tasks successfully"], &[]),
];
