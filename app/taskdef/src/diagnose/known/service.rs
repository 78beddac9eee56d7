//! What a service needs besides the definition.

use super::{Known, outside, rule, start};
use crate::{lint::areas::*, messages::all::*};

/// The nearest to the cause first.
pub(super) static TEXTS: &[Known] = &[
    outside(&DOCTOR_NETWORK_CONFIG, &["network configuration must be provided when networkmode"], &[]),
    start(&DOCTOR_CONNECT_FIXED, &["the following config cannot be changed for a sc service"], &[&port::PORT_NAME_UNIQUE], &[]),
    outside(
        &DOCTOR_TARGET_TYPE,
        &[
            "which is incompatible with the awsvpc network mode",
            "which is incompatible with the bridge network mode",
            "which is incompatible with the host network mode",
        ],
        &[],
    ),
    outside(&DOCTOR_TARGET_NO_LB, &["does not have an associated load balancer"], &[]),
    outside(
        &DOCTOR_ELB_ROLE,
        &[
            "unable to assume role and validate the specified targetgrouparn",
            "unable to assume role and validate the listeners configured on your load balancer",
            "unable to assume the service linked role",
        ],
        &[],
    ),
    outside(
        &DOCTOR_SUBNET_WRONG,
        &[
            "does not appear to belong to the same vpc as the input subnets",
            "error retrieving subnet information for",
            "error retrieving security group information for",
            "insufficientfreeaddressesinsubnet",
        ],
        &[],
    ),
    outside(&DOCTOR_STRATEGY_UNASSOCIATED, &["not associated with the cluster"], &[]),
    outside(&DOCTOR_GRACE_PERIOD, &["health check grace period is only valid for services configured to use load balancers"], &[]),
    rule("lb-port", &["did not have a container port*defined"], &[&service::SERVICE_LB_PORT]),
    rule("lb-container", &["the container*does not exist in the task definition"], &[&service::SERVICE_LB_CONTAINER]),
    rule("service-network", &["network configuration is not valid for the given networkmode"], &[&service::SERVICE_NETWORK_CONFIG_MODE]),
    rule("connect-port", &["does not refer to any named portmapping"], &[&service_connect::SC_PORT_NAME]),
    rule("public-ip", &["assign public ip is not supported for this launch type"], &[&service::SERVICE_PUBLIC_IP]),
    rule("launch-and-strategy", &["specifying both a launch type and capacity provider strategy is not supported"], &[&service::SERVICE_LAUNCH_AND_STRATEGY]),
    start(
        &DOCTOR_EXEC_OFF,
        &["targetnotconnectedexception", "execute command was not enabled when the task was run", "the execute command failed"],
        &[&iam::IAM_TASK_ROLE_EXEC, &container::CONTAINER_READONLY_ROOT_BREAKS],
        &[],
    ),
    rule("ebs-volume", &["does not have a matching volume in your task definition"], &[&service::SERVICE_EBS_VOLUME]),
];
