//! Why a task found no place.

use super::{Known, outside, start};
use crate::{lint::areas::*, messages::all::*};

/// The nearest to the cause first.
pub(super) static TEXTS: &[Known] = &[
    outside(&DOCTOR_EMPTY_PROVIDER, &["empty capacity provider"], &[]),
    outside(
        &DOCTOR_NO_INSTANCES,
        &["no container instances were found in your cluster", "no container instances were found in your capacity provider"],
        &["place-instance"],
    ),
    start(
        &DOCTOR_PLACE_ROOM,
        &[
            "no container instance met all of its requirements*has insufficient memory available",
            "no container instance met all of its requirements*has insufficient cpu units available",
            "has insufficient memory available",
            "has insufficient cpu units available",
            "resource:memory",
            "resource:cpu",
        ],
        &[&sizing::SIZING_EC2_FITS_INSTANCE],
        &["place-instance"],
    ),
    start(&DOCTOR_PLACE_ENI, &["resource:eni"], &[&sizing::SIZING_EC2_FITS_INSTANCE], &[]),
    start(
        &DOCTOR_PLACE_PORT,
        &["resource:ports", "port is already allocated", "is already using a port required by your task"],
        &[&port::PORT_BRIDGE_FIXED_ONE_TASK],
        &["place-instance", "start-any"],
    ),
    start(&DOCTOR_PLACE_ATTRIBUTE, &["is missing an attribute required by your task"], &[&runtime_platform::PLATFORM_APPLE_SILICON], &["place-instance"]),
    outside(&DOCTOR_CAPACITY, &["capacity is unavailable at this time"], &[]),
    start(
        &DOCTOR_PLACE_INSTANCE,
        &["no container instance met all of its requirements", "the closest matching container-instance", "encountered error \"agent\""],
        &[&sizing::SIZING_EC2_FITS_INSTANCE, &port::PORT_BRIDGE_FIXED_ONE_TASK],
        &[],
    ),
    start(
        &DOCTOR_PLACE_QUOTA,
        &[
            "you've reached the limit on the number of",
            "the requested cpu configuration is above your limit",
            "the requested memory configuration is above your limit",
        ],
        &[&limits::LIMITS_FARGATE_VCPU],
        &[],
    ),
    outside(&DOCTOR_PLACE_ZONE, &["was unable to place a task. reason: internal error"], &[]),
];
