//! Container definition basics: name, image, share of the processor, command.

mod basics;
mod listens;
mod program;
mod rights;
mod secrets_in_command;
mod shell;
mod types;

use crate::lint::{prelude::*, shared_ids};

rules! { Container;
    pub static CONTAINER_NAME_REQUIRED: Rule =
        error("container-name-required", "API reference: ContainerDefinition.name");
    pub static CONTAINER_NAME_FORMAT: Rule =
        error("container-name-format", "API reference: ContainerDefinition.name");
    pub static CONTAINER_NAME_UNIQUE: Rule =
        error(shared_ids::CONTAINER_NAME_UNIQUE, "API reference: ContainerDefinition.name");
    pub static CONTAINER_NAME_RESERVED: Rule =
        advice("container-name-reserved", "Names of containers that ECS adds");
    pub static CONTAINER_IMAGE_REQUIRED: Rule =
        error("container-image-required", "API reference: ContainerDefinition.image");
    pub static CONTAINER_CPU_NEGATIVE: Rule =
        error("container-cpu-negative", "API reference: ContainerDefinition.cpu");
    pub static CONTAINER_CPU_SUM: Rule =
        error(shared_ids::CONTAINER_CPU_SUM, "API reference: ContainerDefinition.cpu");
    pub static CONTAINER_CPU_RANGE: Rule =
        advice("container-cpu-range", "API reference: ContainerDefinition.cpu");
    pub static CONTAINER_COMMAND_STRING: Rule =
        error("container-command-string", "API reference: ContainerDefinition.command");
    pub static CONTAINER_COMMAND_ONE_ITEM: Rule =
        warning("container-command-one-item", "API reference: ContainerDefinition.command");
    pub static CONTAINER_COMMAND_SHELL_OPERATORS: Rule =
        warning("container-command-shell-operators", "API reference: ContainerDefinition.command");
    pub static CONTAINER_ENTRYPOINT_CLEARS_CMD: Rule =
        advice("container-entrypoint-clears-cmd", "Docker: ENTRYPOINT and CMD");
    pub static CONTAINER_PROGRAM_MISSING: Rule =
        warning("container-program-missing", "Dockerfiles of the official images");
    pub static CONTAINER_NO_COMMAND: Rule =
        error("container-no-command", "Docker Engine: container configuration");
    pub static CONTAINER_SHELL_MISSING: Rule =
        error("container-shell-missing", "distroless README");
    pub static CONTAINER_LISTENS_ON_LOCALHOST: Rule =
        warning("container-listens-on-localhost", "AWS agent toolkit: Amazon ECS troubleshooting; uvicorn: settings");
    pub static CONTAINER_NPM_SIGNALS: Rule =
        advice("container-npm-signals", "docker-node: best practices, CMD");
    pub static CONTAINER_SECRET_IN_COMMAND: Rule =
        warning("container-secret-in-command", "API reference: ContainerDefinition.environment");
    pub static CONTAINER_WORKDIR_ABSOLUTE: Rule =
        warning("container-workdir-absolute", "API reference: ContainerDefinition.workingDirectory");
    pub static CONTAINER_USER_FORMAT: Rule =
        error("container-user-format", "API reference: ContainerDefinition.user");
    pub static CONTAINER_USER_ROOT: Rule = advice("container-user-root", "Security Hub ECS.20");
    pub static CONTAINER_USER_LOWPORT: Rule =
        warning("container-user-lowport", "Linux: ports below 1024");
    pub static CONTAINER_READONLY_ROOT: Rule =
        advice("container-readonly-root", "Security Hub ECS.5");
    pub static CONTAINER_READONLY_ROOT_BREAKS: Rule =
        warning("container-readonly-root-breaks", "Directories that the official images write to");
    pub static CONTAINER_DOCKER_LABELS_STRINGS: Rule =
        error("container-docker-labels-strings", "API reference: ContainerDefinition.dockerLabels");
    pub static CONTAINER_VERSION_CONSISTENCY_ENUM: Rule =
        error("container-version-consistency-enum", "API reference: VersionConsistency");
    pub static CONTAINER_INTERACTIVE_POINTLESS: Rule =
        advice("container-interactive-pointless", "API reference: ContainerDefinition.interactive");
    pub static CONTAINER_HOSTNAME_AWSVPC: Rule =
        error("container-hostname-awsvpc", "API reference: ContainerDefinition.hostname");
    pub static CONTAINER_CREDENTIAL_SPECS: Rule =
        error("container-credential-specs", "API reference: ContainerDefinition.credentialSpecs");
    pub static CONTAINER_REPOSITORY_CREDENTIALS: Rule =
        warning("container-repository-credentials", "API reference: RepositoryCredentials");
    pub static CONTAINER_SHELL_LIST: Rule =
        warning("container-shell-list", "POSIX: sh -c");
    pub static CONTAINER_COMMAND_NO_PROGRAM: Rule =
        error("container-command-no-program", "Docker: the exec form starts no shell");
}

/// What finds them.
pub static PASSES: &[Pass] = &[
    Pass { reports: &[&CONTAINER_NAME_REQUIRED, &CONTAINER_NAME_FORMAT, &CONTAINER_NAME_RESERVED], run: basics::name },
    Pass { reports: &[&CONTAINER_NAME_UNIQUE], run: basics::unique },
    Pass { reports: &[&CONTAINER_IMAGE_REQUIRED], run: basics::image },
    Pass { reports: &[&CONTAINER_CPU_NEGATIVE, &CONTAINER_CPU_RANGE], run: basics::cpu },
    Pass { reports: &[&CONTAINER_CPU_SUM], run: basics::cpu_sum },
    Pass { reports: &[&CONTAINER_COMMAND_ONE_ITEM, &CONTAINER_COMMAND_SHELL_OPERATORS, &CONTAINER_ENTRYPOINT_CLEARS_CMD], run: basics::command },
    Pass { reports: &[&CONTAINER_PROGRAM_MISSING, &CONTAINER_SHELL_MISSING, &CONTAINER_NO_COMMAND, &CONTAINER_NPM_SIGNALS], run: program::check },
    Pass { reports: &[&CONTAINER_LISTENS_ON_LOCALHOST], run: listens::check },
    Pass { reports: &[&CONTAINER_SECRET_IN_COMMAND], run: secrets_in_command::check },
    Pass { reports: &[&CONTAINER_WORKDIR_ABSOLUTE], run: rights::place },
    Pass { reports: &[&CONTAINER_USER_FORMAT, &CONTAINER_USER_ROOT, &CONTAINER_USER_LOWPORT], run: rights::user },
    Pass { reports: &[&CONTAINER_READONLY_ROOT, &CONTAINER_READONLY_ROOT_BREAKS], run: rights::readonly },
    Pass {
        reports: &[
            &CONTAINER_VERSION_CONSISTENCY_ENUM,
            &CONTAINER_INTERACTIVE_POINTLESS,
            &CONTAINER_HOSTNAME_AWSVPC,
            &CONTAINER_CREDENTIAL_SPECS,
            &CONTAINER_REPOSITORY_CREDENTIALS,
        ],
        run: rights::other,
    },
    Pass { reports: &[&CONTAINER_COMMAND_STRING, &CONTAINER_DOCKER_LABELS_STRINGS], run: types::check },
    Pass { reports: &[&CONTAINER_SHELL_LIST, &CONTAINER_COMMAND_NO_PROGRAM], run: shell::check },
];
