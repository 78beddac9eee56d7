//! Environment variables.

mod files;
mod names;
mod no_proxy;
mod required;
mod values;

use crate::lint::prelude::*;

pub(in crate::lint) use required::is_needed;

rules! { Environment;
    pub static ENV_NAME_REQUIRED: Rule =
        error("env-name-required", "API reference: KeyValuePair.name");
    pub static ENV_NAME_CHARS: Rule = warning("env-name-chars", "How Docker passes variables");
    pub static ENV_NAME_POSIX: Rule = warning("env-name-posix", "POSIX: environment variables");
    pub static ENV_VALUE_STRING: Rule =
        error("env-value-string", "API reference: KeyValuePair.value");
    pub static ENV_VALUE_MISSING: Rule =
        warning("env-value-missing", "Developer Guide: task definition parameters, environment");
    pub static ENV_DUPLICATE: Rule =
        warning("env-duplicate", "API reference: ContainerDefinition.environment");
    pub static ENV_AND_SECRET_DUPLICATE: Rule =
        error("env-and-secret-duplicate", "API reference: ContainerDefinition.secrets");
    pub static ENV_WHITESPACE: Rule =
        warning("env-whitespace", "Developer Guide: environment files");
    pub static ENV_INTERPOLATION: Rule =
        warning("env-interpolation", "API reference: EnvironmentFile");
    pub static ENV_RESERVED_NAMES: Rule =
        warning("env-reserved-names", "Amazon ECS agent: variables that it sets");
    pub static ENV_AWS_KEYS: Rule = warning("env-aws-keys", "Security Hub ECS.8");
    pub static ENV_SECRET_BY_NAME: Rule = warning("env-secret-by-name", "Security Hub ECS.8");
    pub static ENV_SECRET_BY_VALUE: Rule =
        warning("env-secret-by-value", "Shapes of well-known tokens");
    pub static ENV_LOCALHOST_DB: Rule =
        warning("env-localhost-db", "Developer Guide: task networking with awsvpc");
    pub static ENV_COMPOSE_HOSTNAME: Rule =
        warning("env-compose-hostname", "Developer Guide: task networking with awsvpc");
    pub static ENV_NODE_ENV: Rule = advice("env-node-env", "Node.js: NODE_ENV");
    pub static ENV_HOST_BINDING: Rule =
        advice("env-host-binding", "Reports of tasks that nobody reaches");
    pub static ENV_PROXY_WITHOUT_NO_PROXY: Rule =
        warning("env-proxy-without-no-proxy", "Developer Guide: ECS Exec, proxies");
    pub static ENV_IMAGE_REQUIRED: Rule =
        error("env-image-required", "Entry points of the official images");
    pub static ENV_FILES_COUNT: Rule =
        error("env-files-count", "API reference: ContainerDefinition.environmentFiles");
    pub static ENV_FILES_ARN: Rule = error("env-files-arn", "API reference: EnvironmentFile.value");
    pub static ENV_FILES_TYPE: Rule = error("env-files-type", "API reference: EnvironmentFileType");
    pub static ENV_FILES_WINDOWS_FARGATE: Rule =
        error("env-files-windows-fargate", "Developer Guide: task definition parameters, environmentFiles");
    pub static ENV_FILES_EXECUTION_ROLE: Rule =
        warning("env-files-execution-role", "Developer Guide: environment files");
    pub static ENV_FILES_OVERRIDE: Rule =
        advice("env-files-override", "API reference: EnvironmentFile");
}

/// What finds them.
pub static PASSES: &[Pass] = &[
    Pass { reports: &[&ENV_NAME_REQUIRED, &ENV_NAME_CHARS, &ENV_NAME_POSIX, &ENV_VALUE_MISSING], run: names::names },
    Pass { reports: &[&ENV_DUPLICATE, &ENV_AND_SECRET_DUPLICATE], run: names::twice },
    Pass {
        reports: &[&ENV_WHITESPACE, &ENV_INTERPOLATION, &ENV_RESERVED_NAMES, &ENV_LOCALHOST_DB, &ENV_COMPOSE_HOSTNAME, &ENV_NODE_ENV, &ENV_HOST_BINDING],
        run: values::check,
    },
    Pass { reports: &[&ENV_AWS_KEYS, &ENV_SECRET_BY_NAME, &ENV_SECRET_BY_VALUE], run: names::secret_values },
    Pass {
        reports: &[&ENV_FILES_COUNT, &ENV_FILES_ARN, &ENV_FILES_TYPE, &ENV_FILES_WINDOWS_FARGATE, &ENV_FILES_EXECUTION_ROLE, &ENV_FILES_OVERRIDE],
        run: files::check,
    },
    Pass { reports: &[&ENV_VALUE_STRING], run: values::types },
    Pass { reports: &[&ENV_PROXY_WITHOUT_NO_PROXY], run: no_proxy::check },
    Pass { reports: &[&ENV_IMAGE_REQUIRED], run: required::check },
];
