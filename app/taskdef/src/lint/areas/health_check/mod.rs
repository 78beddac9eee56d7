//! Container health checks: the form of the command, and the timing.

mod command;
mod context_path;
mod in_image;
mod outcome;
mod target;
mod words;

pub(in crate::lint) use command::split_keyword;

use crate::lint::{prelude::*, shared_ids};

rules! { HealthCheck;
    pub static HEALTH_COMMAND_REQUIRED: Rule =
        error("health-command-required", "API reference: HealthCheck.command");
    pub static HEALTH_COMMAND_LIST: Rule =
        error("health-command-list", "API reference: HealthCheck.command");
    pub static HEALTH_COMMAND_FIRST_WORD: Rule =
        error("health-command-first-word", "API reference: HealthCheck.command");
    pub static HEALTH_COMMAND_NO_KEYWORD: Rule =
        warning("health-command-no-keyword", "API reference: HealthCheck.command");
    pub static HEALTH_COMMAND_COMMA_IN_ONE: Rule =
        error("health-command-comma-in-one", "API reference: HealthCheck.command");
    pub static HEALTH_CONSOLE_COMMAS: Rule =
        warning("health-console-commas", "Developer Guide: health check, comma-separated list in the console");
    pub static HEALTH_CONSOLE_BRACKETS: Rule =
        warning("health-console-brackets", "API reference: HealthCheck.command");
    pub static HEALTH_CMD_SHELL_EXTRA_ARGS: Rule =
        warning("health-cmd-shell-extra-args", "Docker: how CMD-SHELL is run");
    pub static HEALTH_CMD_SHELL_EMPTY: Rule =
        error("health-cmd-shell-empty", "API reference: HealthCheck.command");
    pub static HEALTH_CMD_WITH_SHELL_SYNTAX: Rule =
        error("health-cmd-with-shell-syntax", "API reference: HealthCheck.command");
    pub static HEALTH_CMD_OPERATOR_ARGUMENT: Rule =
        warning("health-cmd-operator-argument", "Docker: how CMD is run");
    pub static HEALTH_NEVER_FAILS: Rule =
        warning("health-never-fails", "API reference: HealthCheck.command, exit codes");
    pub static HEALTH_CMD_VARIABLE: Rule =
        error("health-cmd-variable", "API reference: HealthCheck.command");
    pub static HEALTH_COMMAND_QUOTED: Rule =
        error("health-command-quoted", "POSIX: shell command language, quoting");
    pub static HEALTH_HTTPS_LOCALHOST: Rule =
        warning("health-https-localhost", "RFC 9110: https certificate verification");
    pub static HEALTH_NONE_EXTRA: Rule =
        warning("health-none-extra", "API reference: HealthCheck.command");
    pub static HEALTH_EXIT_CODE: Rule =
        advice("health-exit-code", "Developer Guide: health check, exit codes");
    pub static HEALTH_CURL_WITHOUT_F: Rule =
        warning("health-curl-without-f", "API reference: HealthCheck.command");
    pub static HEALTH_INTERVAL_RANGE: Rule =
        error("health-interval-range", "API reference: HealthCheck.interval");
    pub static HEALTH_TIMEOUT_RANGE: Rule =
        error("health-timeout-range", "API reference: HealthCheck.timeout");
    pub static HEALTH_RETRIES_RANGE: Rule =
        error("health-retries-range", "API reference: HealthCheck.retries");
    pub static HEALTH_START_PERIOD_RANGE: Rule =
        error("health-start-period-range", "API reference: HealthCheck.startPeriod");
    pub static HEALTH_TIMEOUT_VS_INTERVAL: Rule =
        warning(shared_ids::HEALTH_TIMEOUT_VS_INTERVAL, "API reference: HealthCheck");
    pub static HEALTH_START_PERIOD_MISSING: Rule =
        warning("health-start-period-missing", "API reference: HealthCheck.startPeriod");
    pub static HEALTH_TOTAL_TIME: Rule = advice("health-total-time", "API reference: HealthCheck");
    pub static HEALTH_PORT_NOT_DECLARED: Rule =
        warning("health-port-not-declared", "API reference: HealthCheck.command");
    pub static HEALTH_OTHER_CONTAINER_PORT: Rule =
        warning("health-other-container-port", "Developer Guide: task networking with awsvpc");
    pub static HEALTH_HOST_NOT_LOCAL: Rule =
        warning("health-host-not-local", "API reference: HealthCheck.command");
    pub static HEALTH_LOCALHOST_IPV6: Rule =
        advice("health-localhost-ipv6", "How localhost is resolved");
    pub static HEALTH_URL_PATH: Rule =
        advice("health-url-path", "What a health address should answer");
    pub static HEALTH_TOOL_MISSING: Rule =
        warning("health-tool-missing", "Dockerfiles of the official images");
    pub static HEALTH_NOT_HTTP: Rule =
        warning("health-not-http", "What the official images listen for");
    pub static HEALTH_SHELL_MISSING: Rule = error("health-shell-missing", "distroless README");
    pub static HEALTH_BASH_MISSING: Rule =
        warning("health-bash-missing", "Dockerfiles of the official images");
    pub static HEALTH_IMAGE_HEALTHCHECK_IGNORED: Rule =
        advice("health-image-healthcheck-ignored", "API reference: HealthCheck").waits(NeedsRegistry);
    pub static HEALTH_MISSING_ESSENTIAL: Rule =
        advice("health-missing-essential", "API reference: HealthCheck");
    pub static HEALTH_NONESSENTIAL_NOTE: Rule =
        advice("health-nonessential-note", "API reference: HealthCheck");
    pub static HEALTH_STANDALONE_NOTE: Rule =
        advice("health-standalone-note", "API reference: HealthCheck").waits(NeedsAccount);
    pub static HEALTH_HEAVY_COMMAND: Rule =
        advice("health-heavy-command", "Reports of checks that ran out of CPU");
    pub static HEALTH_SECRET_IN_COMMAND: Rule =
        warning("health-secret-in-command", "API reference: ContainerDefinition.environment");
    pub static HEALTH_CLASSIC_ELB: Rule =
        error("health-classic-elb", "API reference: HealthCheck").waits(NeedsAccount);
    pub static HEALTH_CONTEXT_PATH: Rule =
        warning("health-context-path", "Spring Boot: server.servlet.context-path");
}

/// What finds them.
pub static PASSES: &[Pass] = &[
    Pass {
        reports: &[
            &HEALTH_COMMAND_REQUIRED,
            &HEALTH_COMMAND_LIST,
            &HEALTH_COMMAND_FIRST_WORD,
            &HEALTH_COMMAND_NO_KEYWORD,
            &HEALTH_COMMAND_COMMA_IN_ONE,
            &HEALTH_CONSOLE_BRACKETS,
            &HEALTH_CMD_SHELL_EXTRA_ARGS,
            &HEALTH_CMD_SHELL_EMPTY,
            &HEALTH_CMD_WITH_SHELL_SYNTAX,
            &HEALTH_NONE_EXTRA,
        ],
        run: command::form,
    },
    Pass {
        reports: &[
            &HEALTH_CONSOLE_COMMAS,
            &HEALTH_CMD_OPERATOR_ARGUMENT,
            &HEALTH_EXIT_CODE,
            &HEALTH_CURL_WITHOUT_F,
            &HEALTH_HEAVY_COMMAND,
            &HEALTH_SECRET_IN_COMMAND,
        ],
        run: words::check,
    },
    Pass { reports: &[&HEALTH_NEVER_FAILS, &HEALTH_CMD_VARIABLE, &HEALTH_COMMAND_QUOTED, &HEALTH_HTTPS_LOCALHOST], run: outcome::check },
    Pass {
        reports: &[
            &HEALTH_INTERVAL_RANGE,
            &HEALTH_TIMEOUT_RANGE,
            &HEALTH_RETRIES_RANGE,
            &HEALTH_START_PERIOD_RANGE,
            &HEALTH_TIMEOUT_VS_INTERVAL,
            &HEALTH_START_PERIOD_MISSING,
            &HEALTH_TOTAL_TIME,
        ],
        run: command::timing,
    },
    Pass {
        reports: &[&HEALTH_PORT_NOT_DECLARED, &HEALTH_OTHER_CONTAINER_PORT, &HEALTH_HOST_NOT_LOCAL, &HEALTH_LOCALHOST_IPV6, &HEALTH_URL_PATH],
        run: target::check,
    },
    Pass { reports: &[&HEALTH_IMAGE_HEALTHCHECK_IGNORED], run: in_image::ignored },
    Pass { reports: &[&HEALTH_TOOL_MISSING, &HEALTH_NOT_HTTP, &HEALTH_SHELL_MISSING, &HEALTH_BASH_MISSING], run: in_image::check },
    Pass { reports: &[&HEALTH_MISSING_ESSENTIAL, &HEALTH_NONESSENTIAL_NOTE], run: command::missing },
    Pass { reports: &[&HEALTH_CONTEXT_PATH], run: context_path::check },
];

/// Whether another container waits until this one is healthy.
fn awaited(task: &Task<'_>, c: ContainerView<'_>) -> bool {
    task.containers.iter().any(|o| {
        let waits = |d: &Value| text(d, "containerName") == Some(c.name()) && text(d, "condition") == Some("HEALTHY");
        o.index != c.index && list(o, "dependsOn").iter().any(waits)
    })
}
