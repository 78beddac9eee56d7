//! One problem, one message: who stays silent when another speaks.

use super::work;
use crate::{Finding, Scope, Severity, finding::Param, pointer};
use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

/// How near the silent one must be.
#[derive(Clone, Copy)]
enum Near {
    /// The same place, or one inside the other.
    Place,
    /// The same place, or inside it.
    Inside,
    /// The same container.
    Container,
    /// Anywhere in the definition.
    Anywhere,
}

use Near::{Anywhere, Container, Inside, Place};

/// Any of these forms being wrong, nothing is said about what the command does.
const HEALTH_DEEDS: &[&str] = &[
    "health-tool-missing",
    "health-not-http",
    "health-shell-missing",
    "health-bash-missing",
    "health-port-not-declared",
    "health-other-container-port",
    "health-host-not-local",
    "health-curl-without-f",
    "health-exit-code",
    "health-localhost-ipv6",
    "health-url-path",
    "health-console-commas",
    "health-heavy-command",
];

/// What a key that was meant for another leaves open.
const MISSING: &[&str] = &[
    "task-required-member",
    "container-image-required",
    "container-name-required",
    "health-command-required",
    "health-missing-essential",
    "log-driver-required",
    "log-missing",
    "env-name-required",
    "env-value-missing",
    "port-container-port-required",
    "port-no-mapping-front",
    "secret-name-required",
    "secret-value-from-required",
    "volume-*",
    "ephemeral-required",
    "restart-enabled-required",
    "log-awslogs-*",
    "log-firelens-*",
    "resources-no-container-limit-multi",
    "sizing-ec2-memory-somewhere",
    "container-readonly-root",
    "container-user-root",
];

/// The left one speaks; the right ones stay silent. The order of the rule book's list.
const TABLE: &[(&str, Near, &[&str])] = &[
    ("task-json-shape", Inside, &["*"]),
    ("task-template-placeholder", Place, &["*"]),
    ("container-command-string", Place, &["*"]),
    ("container-docker-labels-strings", Place, &["*"]),
    ("env-value-string", Place, &["*"]),
    ("health-command-list", Place, &["*"]),
    ("log-option-string", Place, &["*"]),
    ("task-misspelt-key", Container, MISSING),
    ("task-misspelt-key", Anywhere, &["task-containers-required", "task-family-required", "task-fargate-cpu-required", "task-fargate-memory-required"]),
    ("cluster-not-in-task-definition", Place, &["task-unknown-key"]),
    ("network-enum", Anywhere, &["network-fargate-awsvpc"]),
    ("task-requires-compatibilities-enum", Anywhere, &["task-requires-compatibilities-missing"]),
    ("fargate-pid-task-only", Anywhere, &["linux-pid-enum", "linux-pid-host", "windows-unsupported"]),
    ("fargate-no-ipc", Anywhere, &["linux-ipc-enum", "windows-unsupported"]),
    ("sizing-cpu-form", Anywhere, &["sizing-*", "windows-min-1vcpu", "limits-fargate-vcpu"]),
    ("sizing-memory-form", Anywhere, &["sizing-*", "windows-min-1vcpu", "limits-fargate-vcpu"]),
    ("windows-min-1vcpu", Anywhere, &["sizing-fargate-pair", "sizing-unit-mistake", "sizing-swapped", "sizing-fargate-large-quota"]),
    ("sizing-fargate-pair", Anywhere, &["limits-fargate-vcpu", "sizing-node-minimum"]),
    ("sizing-unit-mistake", Anywhere, &["sizing-ec2-*", "limits-fargate-vcpu", "sizing-node-minimum", "resources-*"]),
    ("sizing-swapped", Anywhere, &["limits-fargate-vcpu", "sizing-node-minimum", "resources-*", "container-cpu-sum"]),
    ("sizing-fargate-32vcpu-exact", Anywhere, &["limits-fargate-vcpu", "sizing-fargate-large-*"]),
    ("resources-memory-over-task", Container, &["resources-reservation-over-memory"]),
    ("resources-memory-over-task", Anywhere, &["resources-reserved-sum", "resources-hard-sum", "resources-log-buffer"]),
    ("resources-reserved-sum", Anywhere, &["resources-hard-sum", "resources-log-buffer"]),
    ("resources-memory-min", Place, &["resources-memory-small-runtime"]),
    ("log-awslogs-group", Container, &["log-create-group-missing", "log-retention"]),
    ("log-group-name", Container, &["log-create-group-missing", "log-retention"]),
    ("log-option-string", Container, &["log-create-group-missing"]),
    ("log-mode-enum", Container, &["log-max-buffer-blocking"]),
    ("log-max-buffer-blocking", Container, &["log-mode-blocking"]),
    ("log-firelens-router-self", Container, &["log-firelens-unused"]),
    ("log-firelens-fargate-s3", Container, &["log-firelens-options"]),
    ("log-splunk-options", Place, &["log-splunk-token-plain"]),
    ("image-whitespace", Place, &["image-latest-tag", "image-reference-grammar"]),
    ("image-no-scheme", Place, &["image-latest-tag", "image-reference-grammar"]),
    ("image-ecr-form", Place, &["image-ecr-*"]),
    ("env-files-arn", Place, &["region-arn-mix"]),
    ("image-arch-mismatch", Anywhere, &["platform-apple-silicon"]),
    ("image-official-typo", Place, &["image-docker-hub-rate-limit", "image-latest-tag"]),
    ("image-windows-linux-mismatch", Anywhere, &["windows-version-match", "platform-apple-silicon"]),
    ("port-conflict-undeclared", Anywhere, &["image-same-for-all"]),
    ("port-conflict-across-containers", Anywhere, &["port-conflict-undeclared", "image-same-for-all"]),
    ("port-none-mode", Anywhere, &["port-range-network-mode", "network-security-group-port"]),
    ("port-host-port-range", Place, &["port-host-port-*"]),
    ("port-range-and-single", Place, &["port-container-port-*", "port-host-port-*", "port-image-default-mismatch"]),
    ("port-duplicate-in-container", Anywhere, &["network-security-group-port"]),
    ("port-image-default-mismatch", Container, &["health-other-container-port"]),
    ("health-command-comma-in-one", Container, &["health-command-first-word", "health-command-no-keyword", "health-console-brackets"]),
    ("health-console-brackets", Container, &["health-command-first-word", "health-command-no-keyword", "health-cmd-shell-extra-args"]),
    ("health-command-required", Container, HEALTH_DEEDS),
    ("health-command-list", Container, HEALTH_DEEDS),
    ("health-command-first-word", Container, HEALTH_DEEDS),
    ("health-command-no-keyword", Container, HEALTH_DEEDS),
    ("health-command-comma-in-one", Container, HEALTH_DEEDS),
    ("health-console-brackets", Container, HEALTH_DEEDS),
    ("health-cmd-shell-empty", Container, HEALTH_DEEDS),
    ("health-cmd-with-shell-syntax", Container, HEALTH_DEEDS),
    ("health-cmd-shell-extra-args", Container, HEALTH_DEEDS),
    ("health-cmd-operator-argument", Container, &["health-curl-without-f", "health-exit-code"]),
    ("health-none-extra", Container, &["dep-healthy-needs-check", "health-nonessential-note"]),
    ("health-host-not-local", Container, &["health-url-path"]),
    ("health-not-http", Container, &["health-exit-code", "health-curl-without-f", "health-localhost-ipv6", "health-url-path"]),
    ("health-tool-missing", Container, &["health-exit-code", "health-curl-without-f", "health-localhost-ipv6", "health-url-path"]),
    ("health-shell-missing", Container, &["health-exit-code", "health-curl-without-f", "health-localhost-ipv6", "health-url-path", "health-tool-missing"]),
    ("health-bash-missing", Container, &["health-exit-code"]),
    ("health-secret-in-command", Container, &["health-exit-code", "health-url-path"]),
    ("health-interval-range", Container, &["health-heavy-command", "health-total-time", "dep-healthy-time"]),
    ("health-start-period-range", Container, &["dep-healthy-time"]),
    ("health-retries-range", Container, &["dep-healthy-time"]),
    ("secret-plain-value", Place, &["secret-value-from-form", "secret-bare-name-is-ssm"]),
    ("secret-json-key-colons", Place, &["secret-value-from-form", "secret-bare-name-is-ssm"]),
    ("env-aws-keys", Place, &["env-secret-by-value", "env-secret-by-name"]),
    ("env-secret-by-value", Place, &["env-secret-by-name"]),
    ("env-and-secret-duplicate", Place, &["env-secret-by-name", "env-secret-by-value", "env-aws-keys"]),
    ("env-name-chars", Place, &["env-name-posix", "env-secret-by-name"]),
    ("env-reserved-names", Place, &["env-secret-by-name"]),
    ("env-host-binding", Place, &["env-localhost-db"]),
    ("env-files-execution-role", Place, &["iam-execution-role-missing-advice"]),
    ("env-files-count", Container, &["env-files-override"]),
    ("dep-self", Anywhere, &["dep-cycle"]),
    ("dep-unknown-container", Container, &["dep-healthy-needs-check", "dep-complete-on-essential", "dep-nginx-app"]),
    ("dep-cycle", Anywhere, &["dep-nginx-app"]),
    ("container-command-one-item", Container, &["container-command-shell-operators"]),
    ("container-user-lowport", Container, &["container-user-root"]),
    ("container-readonly-root-breaks", Place, &["container-readonly-root"]),
    ("container-name-required", Place, &["container-name-format"]),
    ("container-repository-credentials", Container, &["image-docker-hub-rate-limit"]),
    ("network-host-root", Container, &["container-user-root"]),
    ("network-disable-awsvpc", Place, &["windows-unsupported"]),
    ("network-dns-awsvpc", Place, &["windows-unsupported"]),
    ("network-extra-hosts-awsvpc", Place, &["windows-unsupported"]),
    ("network-links-awsvpc", Place, &["windows-unsupported", "managed-instances-log"]),
    ("network-sysctl-shared", Anywhere, &["fargate-sysctl-allowed"]),
    ("network-windows-modes", Anywhere, &["windows-localhost-mapped", "network-host-advice"]),
    ("fargate-no-privileged", Place, &["windows-unsupported"]),
    ("fargate-dns-search", Place, &["windows-unsupported"]),
    ("fargate-no-devices", Place, &["windows-unsupported"]),
    ("fargate-no-swap", Place, &["windows-unsupported"]),
    ("fargate-no-shared-memory", Place, &["windows-unsupported"]),
    ("fargate-capability-add", Place, &["windows-unsupported"]),
    ("fargate-no-inference-accelerators", Inside, &["task-required-member"]),
    ("linux-sysctl-namespace", Place, &["fargate-sysctl-allowed"]),
    ("linux-sysctl-host", Anywhere, &["network-sysctl-shared"]),
    ("linux-tmpfs-fields", Place, &["fargate-tmpfs-allowed", "task-required-member"]),
    ("linux-capability-all", Place, &["linux-capability-enum"]),
    ("linux-privileged", Place, &["windows-unsupported-ec2"]),
    ("volume-launch-one", Anywhere, &["volume-launch-unused"]),
    ("volume-one-kind", Place, &["volume-efs-encryption", "volume-efs-platform", "volume-bind-lost"]),
    ("volume-fargate-source-path", Place, &["volume-bind-lost"]),
    ("volume-mount-unknown", Anywhere, &["volume-unused"]),
    ("volume-mount-file-path", Place, &["volume-mount-shadow"]),
    ("volume-efs-external", Place, &["volume-efs-encryption"]),
    ("volume-efs-enum", Place, &["volume-efs-encryption"]),
    ("windows-efs", Place, &["volume-efs-*", "resources-efs-supervisor"]),
    ("windows-min-1vcpu", Anywhere, &["sizing-windows-task-ignored"]),
    ("windows-os-fargate", Place, &["windows-version-match"]),
    ("windows-no-arm", Place, &["platform-arm-*", "ec2-arch-instance"]),
    ("managed-linux-only", Place, &["windows-*"]),
    ("platform-arch-enum", Place, &["ec2-arch-instance"]),
    ("ec2-arch-instance", Anywhere, &["image-arch-mismatch"]),
    ("ephemeral-range", Place, &["ephemeral-platform"]),
    ("ec2-ephemeral-storage", Place, &["ephemeral-*"]),
    ("limits-definition-size", Anywhere, &["limits-definition-size-near"]),
    ("proxy-awsvpc", Place, &["proxy-retired"]),
    ("proxy-properties", Place, &["proxy-egress-ignored-ips", "proxy-retired"]),
    ("proxy-container", Place, &["proxy-retired"]),
    ("proxy-type-enum", Place, &["proxy-retired"]),
    ("proxy-egress-ignored-ips", Place, &["proxy-retired"]),
    ("windows-unsupported", Place, &["proxy-*"]),
    ("secret-region-differs", Place, &["region-arn-mix"]),
    ("log-driver-fargate", Container, &["log-json-file-size"]),
    ("iam-execution-role-form", Place, &["region-arn-mix", "iam-roles-swapped"]),
    ("iam-task-role-form", Place, &["iam-roles-swapped"]),
    ("network-fargate-awsvpc", Anywhere, &["network-service-needs-config"]),
];

/// How near, and who is silent.
type Row = (Near, &'static [&'static str]);

static BY_SPEAKER: LazyLock<HashMap<&str, Vec<Row>>> = LazyLock::new(|| {
    let mut map: HashMap<&str, Vec<Row>> = HashMap::new();
    TABLE.iter().for_each(|(speaker, near, silent)| map.entry(speaker).or_default().push((*near, silent)));
    map
});

fn named(pattern: &str, rule: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == rule, |prefix| rule.starts_with(prefix))
}

fn container(path: &str) -> Option<&str> {
    let rest = path.strip_prefix("/containerDefinitions/")?;
    Some(&rest[..rest.find('/').unwrap_or(rest.len())])
}

/// Where one rule spoke with one severity.
#[derive(Default)]
struct Places<'f> {
    at: HashSet<&'f str>,
    /// All places above those.
    above: HashSet<&'f str>,
    containers: HashSet<Option<&'f str>>,
}

/// The place and all above it, from the root on.
fn upwards(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(i, _)| &path[..i]).chain([path])
}

impl<'f> Places<'f> {
    fn add(&mut self, finding: &'f Finding) {
        if self.at.insert(&finding.path) {
            self.above.extend(upwards(&finding.path));
            self.containers.insert(container(&finding.path));
        }
    }

    fn near(&self, how: Near, silent: &str) -> bool {
        let inside = || upwards(silent).any(|place| self.at.contains(place));
        match how {
            Place => self.above.contains(silent) || inside(),
            Inside => inside(),
            // A key of the task itself has no container, and speaks for the whole.
            Container => self.containers.contains(&container(silent)),
            Anywhere => true,
        }
    }
}

/// Whether a speaker may silence a finding: an error only where the speaker itself stands in the way of scripts and runs.
fn may(rule: &str, speaker: Severity, silent: Severity) -> bool {
    silent != Severity::Error || speaker == Severity::Error || super::stops(rule)
}

/// Where the key stands that a misspelt one was meant for: what it seems to lack is said already.
fn meant(finding: &Finding) -> Option<String> {
    let right = finding.params.iter().find(|(name, _)| *name == "right" && finding.rule == "task-misspelt-key");
    let (Some((_, Param::Text(right))), Some((parent, _))) = (right, pointer::split_last(&finding.path)) else { return None };
    Some(pointer::join(parent, right))
}

pub(super) fn apply(mut findings: Vec<Finding>) -> Vec<Finding> {
    let silent = silent(&findings);
    let mut keep = silent.iter().map(|s| !s);
    findings.retain(|_| keep.next().unwrap_or(true));
    findings
}

/// Which of them stay silent. Speakers are kept by rule and place, so that no finding is held against each other.
fn silent(findings: &[Finding]) -> Vec<bool> {
    let mut speakers: HashMap<(&'static str, Scope, Severity), Places<'_>> = HashMap::new();
    let mut said: HashSet<(&str, Scope)> = HashSet::new();
    for f in findings {
        if BY_SPEAKER.contains_key(f.rule) {
            speakers.entry((f.rule, f.scope, f.severity)).or_default().add(f);
        }
        if f.rule != "task-null-values" {
            said.insert((&f.path, f.scope));
        }
    }
    let meant: HashSet<String> = findings.iter().filter_map(meant).collect();
    let told = |f: &Finding| {
        speakers.iter().any(|((rule, scope, severity), places)| {
            *rule != f.rule
                && *scope == f.scope
                && may(rule, *severity, f.severity)
                && BY_SPEAKER[rule].iter().any(|(how, right)| right.iter().any(|r| named(r, f.rule)) && places.near(*how, &f.path))
        })
    };
    findings
        .iter()
        .map(|f| {
            work::spend(1 + speakers.len());
            // A null is only worth a word where nothing else is said of its place.
            let null = f.rule == "task-null-values" && said.contains(&(f.path.as_str(), f.scope));
            null || told(f) || (f.scope == Scope::Definition && !meant.is_empty() && upwards(&f.path).any(|place| meant.contains(place)))
        })
        .collect()
}
