//! Port mappings.

mod command;
mod conflicts;
mod expected;
mod mapping;
mod range;

use crate::lint::{prelude::*, shared_ids};

rules! { Port;
    pub static PORT_CONTAINER_PORT_REQUIRED: Rule =
        error("port-container-port-required", "API reference: PortMapping.containerPort");
    pub static PORT_CONTAINER_PORT_RANGE: Rule =
        error("port-container-port-range", "API reference: PortMapping.containerPort");
    pub static PORT_RANGE_AND_SINGLE: Rule =
        error("port-range-and-single", "API reference: PortMapping.containerPortRange");
    pub static PORT_RANGE_FORM: Rule =
        error("port-range-form", "API reference: PortMapping.containerPortRange");
    pub static PORT_RANGE_COUNT: Rule =
        error("port-range-count", "API reference: PortMapping.containerPortRange");
    pub static PORT_RANGE_OVERLAP: Rule =
        error("port-range-overlap", "API reference: PortMapping.containerPortRange");
    pub static PORT_RANGE_NETWORK_MODE: Rule =
        error("port-range-network-mode", "API reference: PortMapping.containerPortRange");
    pub static PORT_RANGE_CONSOLE_NOTE: Rule =
        advice("port-range-console-note", "Developer Guide: task definition parameters, containerPortRange");
    pub static PORT_HOST_PORT_AWSVPC: Rule =
        error("port-host-port-awsvpc", "API reference: PortMapping.hostPort");
    pub static PORT_HOST_PORT_HOST_MODE: Rule =
        error("port-host-port-host-mode", "API reference: PortMapping.hostPort");
    pub static PORT_HOST_PORT_BRIDGE_RANGE: Rule =
        warning("port-host-port-bridge-range", "API reference: PortMapping.hostPort");
    pub static PORT_HOST_PORT_RANGE: Rule =
        error("port-host-port-range", "API reference: PortMapping.hostPort");
    pub static PORT_BRIDGE_FIXED_ONE_TASK: Rule =
        warning("port-bridge-fixed-one-task", "Developer Guide: service event messages").waits(NeedsAccount);
    pub static PORT_PROTOCOL_ENUM: Rule =
        warning("port-protocol-enum", "API reference: PortMapping.protocol");
    pub static PORT_DUPLICATE_IN_CONTAINER: Rule =
        error(shared_ids::PORT_DUPLICATE_IN_CONTAINER, "API reference: PortMapping");
    pub static PORT_TWO_PROTOCOLS: Rule =
        warning("port-two-protocols", "CreateService: load balancers and port mappings");
    pub static PORT_CONFLICT_ACROSS_CONTAINERS: Rule =
        error(shared_ids::PORT_CONFLICT_ACROSS_CONTAINERS, "Developer Guide: task networking with awsvpc");
    pub static PORT_CONFLICT_UNDECLARED: Rule =
        warning("port-conflict-undeclared", "Ports of the official images");
    pub static PORT_NAME_FORMAT: Rule =
        error("port-name-format", "API reference: PortMapping.name");
    pub static PORT_NAME_UNIQUE: Rule =
        error(shared_ids::PORT_NAME_UNIQUE, "API reference: PortMapping.name");
    pub static PORT_APP_PROTOCOL_ENUM: Rule =
        error("port-app-protocol-enum", "API reference: ApplicationProtocol");
    pub static PORT_APP_PROTOCOL_WITHOUT_NAME: Rule =
        warning("port-app-protocol-without-name", "API reference: PortMapping.appProtocol");
    pub static PORT_APP_PROTOCOL_UDP: Rule =
        warning("port-app-protocol-udp", "Developer Guide: task definition parameters, protocol");
    pub static PORT_NONE_MODE: Rule =
        error("port-none-mode", "API reference: RegisterTaskDefinition.networkMode");
    pub static PORT_WINDOWS_3150: Rule =
        error("port-windows-3150", "Developer Guide: task definition parameters, containerPort");
    pub static PORT_NO_MAPPING_FRONT: Rule =
        warning("port-no-mapping-front", "CreateService: load balancers and port mappings");
    pub static PORT_IMAGE_DEFAULT_MISMATCH: Rule =
        warning("port-image-default-mismatch", "Ports of the official images");
    pub static PORT_ENV_PORT_MISMATCH: Rule =
        warning("port-env-port-mismatch", "How servers read PORT");
    pub static PORT_COMMAND_MISMATCH: Rule =
        warning("port-command-mismatch", "How servers read their command");
    pub static PORT_PUBLIC_DATABASE: Rule = warning("port-public-database", "Security Hub ECS.2");
}

/// What finds them.
pub static PASSES: &[Pass] = &[
    Pass {
        reports: &[
            &PORT_CONTAINER_PORT_REQUIRED,
            &PORT_CONTAINER_PORT_RANGE,
            &PORT_HOST_PORT_AWSVPC,
            &PORT_HOST_PORT_HOST_MODE,
            &PORT_HOST_PORT_BRIDGE_RANGE,
            &PORT_HOST_PORT_RANGE,
            &PORT_PROTOCOL_ENUM,
            &PORT_NAME_FORMAT,
            &PORT_APP_PROTOCOL_ENUM,
            &PORT_APP_PROTOCOL_WITHOUT_NAME,
            &PORT_APP_PROTOCOL_UDP,
            &PORT_WINDOWS_3150,
        ],
        run: mapping::single,
    },
    Pass {
        reports: &[&PORT_RANGE_AND_SINGLE, &PORT_RANGE_FORM, &PORT_RANGE_COUNT, &PORT_RANGE_OVERLAP, &PORT_RANGE_NETWORK_MODE, &PORT_RANGE_CONSOLE_NOTE],
        run: range::check,
    },
    Pass { reports: &[&PORT_DUPLICATE_IN_CONTAINER, &PORT_TWO_PROTOCOLS, &PORT_CONFLICT_ACROSS_CONTAINERS], run: conflicts::clashes },
    Pass { reports: &[&PORT_CONFLICT_UNDECLARED], run: expected::undeclared },
    Pass { reports: &[&PORT_NAME_UNIQUE], run: mapping::names },
    Pass { reports: &[&PORT_NONE_MODE], run: mapping::none_mode },
    Pass { reports: &[&PORT_NO_MAPPING_FRONT], run: expected::front },
    Pass { reports: &[&PORT_IMAGE_DEFAULT_MISMATCH], run: expected::default },
    Pass { reports: &[&PORT_ENV_PORT_MISMATCH], run: expected::env_port },
    Pass { reports: &[&PORT_COMMAND_MISMATCH], run: command::check },
    Pass { reports: &[&PORT_PUBLIC_DATABASE], run: expected::database },
];
