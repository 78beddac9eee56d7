//! One problem, one message: who stays silent when another speaks.

use crate::{Finding, pointer};

/// How near the silent one must be.
enum Near {
    /// The same place, or one inside the other.
    Place,
    /// The same container.
    Container,
    /// Anywhere in the definition.
    Anywhere,
}

use Near::{Anywhere, Container, Place};

/// The left one speaks; the right ones stay silent.
const TABLE: &[(&str, Near, &[&str])] = &[
    (
        "task-template-placeholder",
        Place,
        &[
            "task-family-format",
            "container-name-format",
            "image-*",
            "iam-*",
            "log-group-name",
            "log-awslogs-region",
            "log-awslogs-region-differs",
            "sizing-*",
            "secret-value-from-required",
            "platform-*",
            "network-*",
            "task-requires-compatibilities-*",
            "port-*",
            "log-*",
            "resources-*",
        ],
    ),
    ("container-command-string", Place, &["task-json-shape", "container-command-one-item"]),
    ("env-value-string", Place, &["task-json-shape", "env-secret-by-name", "env-secret-by-value"]),
    ("health-command-list", Place, &["task-json-shape", "health-*"]),
    ("log-option-string", Place, &["task-json-shape", "log-*"]),
    (
        "task-json-shape",
        Place,
        &[
            "task-template-placeholder",
            "sizing-*",
            "container-*",
            "port-*",
            "health-*",
            "env-*",
            "log-*",
            "image-*",
            "network-*",
            "task-requires-compatibilities-*",
            "port-*",
            "log-*",
            "resources-*",
            "iam-*",
            "platform-*",
            "task-family-required",
            "task-family-format",
            "task-containers-required",
            "resources-*",
            "task-fargate-cpu-required",
            "task-fargate-memory-required",
        ],
    ),
    (
        "task-misspelt-key",
        Container,
        &[
            "container-image-required",
            "container-name-required",
            "health-command-required",
            "log-driver-required",
            "env-name-required",
            "port-container-port-required",
            "secret-value-from-required",
        ],
    ),
    ("network-enum", Anywhere, &["network-fargate-awsvpc"]),
    ("task-requires-compatibilities-enum", Anywhere, &["task-requires-compatibilities-missing"]),
    ("sizing-cpu-form", Anywhere, &["sizing-fargate-pair", "sizing-ec2-*"]),
    ("sizing-memory-form", Anywhere, &["sizing-fargate-pair", "sizing-ec2-*"]),
    ("resources-memory-over-task", Container, &["resources-reservation-over-memory"]),
    ("resources-memory-over-task", Anywhere, &["resources-reserved-sum", "resources-hard-sum"]),
    ("resources-reserved-sum", Anywhere, &["resources-hard-sum"]),
    ("port-conflict-across-containers", Anywhere, &["port-conflict-undeclared"]),
    ("log-awslogs-group", Container, &["log-create-group-missing"]),
    ("health-command-comma-in-one", Container, &["health-command-first-word", "health-command-no-keyword"]),
    ("env-aws-keys", Place, &["env-secret-by-value", "env-secret-by-name"]),
    ("env-secret-by-value", Place, &["env-secret-by-name"]),
    ("env-and-secret-duplicate", Place, &["env-secret-by-name"]),
    ("container-name-required", Place, &["container-name-format"]),
    ("task-family-has-revision", Place, &["task-family-format"]),
];

/// Any of these forms being wrong, nothing is said about what the command does.
const HEALTH_FORMS: &[&str] = &[
    "health-command-required",
    "health-command-list",
    "health-command-first-word",
    "health-command-comma-in-one",
    "health-cmd-shell-empty",
    "health-cmd-with-shell-syntax",
    "health-cmd-shell-extra-args",
];
const HEALTH_DEEDS: &[&str] = &[
    "health-tool-missing",
    "health-shell-missing",
    "health-bash-missing",
    "health-port-not-declared",
    "health-other-container-port",
    "health-host-not-local",
    "health-curl-without-f",
];

fn named(pattern: &str, rule: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == rule, |prefix| rule.starts_with(prefix))
}

fn container(path: &str) -> Option<&str> {
    let rest = path.strip_prefix("/containerDefinitions/")?;
    Some(&rest[..rest.find('/').unwrap_or(rest.len())])
}

fn near(how: &Near, a: &str, b: &str) -> bool {
    match how {
        Place => pointer::contains(a, b) || pointer::contains(b, a),
        Container => container(a).is_some() && container(a) == container(b),
        Anywhere => true,
    }
}

pub(super) fn apply(findings: Vec<Finding>) -> Vec<Finding> {
    let silent = |f: &Finding| {
        findings.iter().any(|left| {
            let in_table = TABLE.iter().any(|(speaker, how, right)| {
                *speaker == left.rule && left.rule != f.rule && near(how, &left.path, &f.path) && right.iter().any(|r| named(r, f.rule))
            });
            in_table || (HEALTH_FORMS.contains(&left.rule) && HEALTH_DEEDS.contains(&f.rule) && near(&Container, &left.path, &f.path))
        })
    };
    findings.iter().filter(|f| !silent(f)).cloned().collect()
}
