//! Who a container runs as, and what it may write.

use super::*;
use crate::{
    facts,
    lint::context::{is_root, trimmed},
};

pub(super) fn place(task: &Task<'_>, report: &mut Report) {
    for c in objects(task) {
        let Some(text) = text(c, "workingDirectory") else { continue };
        let drive = text.len() > 2 && text.as_bytes()[0].is_ascii_alphabetic() && text[1..].starts_with([':']) && text[2..].starts_with(['\\', '/']);
        let unix = text.starts_with('/');
        if !(drive || unix && !task.windows) {
            let path = c.at("workingDirectory");
            let finding = report.at(&CONTAINER_WORKDIR_ABSOLUTE, &path).text("value", text);
            if !task.windows {
                finding.set(task.definition, &path, format!("/{}", text.trim_start_matches("./")));
            }
        }
    }
}

fn is_user(text: &str) -> bool {
    let part = |p: &str| !p.is_empty() && !p.starts_with('-') && !p.chars().any(char::is_whitespace);
    text.split(':').count() <= 2 && text.split(':').all(part)
}

pub(super) fn user(task: &Task<'_>, report: &mut Report) {
    if task.windows {
        return;
    }
    let mut roots = Vec::new();
    for c in objects(task) {
        let path = || c.at("user");
        let user = find(c, "user");
        // Where the definition names nobody, the image may.
        let of_image = task.looked(c).map(|facts| facts.user.as_str()).filter(|name| user.is_none() && !name.is_empty());
        match text(c, "user").or(of_image) {
            Some(text) if of_image.is_none() && !is_user(text) => {
                let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
                let finding = report.at(&CONTAINER_USER_FORMAT, path()).text("value", text);
                if is_user(&bare) {
                    finding.set(task.definition, &path(), bare).done();
                } else {
                    finding.fix("fix-remove", Vec::new(), edit::clear(task.definition, &path())).done();
                }
            }
            given if is_root(given) && user.is_none_or(Value::is_string) && find(c, "firelensConfiguration").is_none() => roots.push(c),
            Some(text) => low_port(task, c, text, report),
            None => {}
        }
    }
    // In host mode root is more than advice, and said as such.
    if let Some(first) = roots.first().filter(|_| task.network != Network::Host) {
        report.at(&CONTAINER_USER_ROOT, first.at("user")).text("names", quoted(roots.iter().map(|c| c.name())));
    }
}

/// Plain nginx and httpd bind their port as root; other programs may, unless the right was dropped.
fn low_port(task: &Task<'_>, c: ContainerView<'_>, user: &str, report: &mut Report) {
    let fargate = task.fargate();
    let Some(port) = c.ports().into_iter().find(|p| *p < 1024) else { return };
    let dropped = texts(c, "linuxParameters/capabilities/drop").any(|(_, n)| matches!(n, "NET_BIND_SERVICE" | "ALL"));
    let needs_root = c.reference().is_some_and(|r| matches!(r.official(), Some("nginx" | "httpd")));
    // On Fargate a web server of any image is refused the port: “bind() to [::]:80 failed (13: Permission denied)”.
    let server = c.reference().is_some_and(|r| ["nginx", "httpd", "apache"].iter().any(|name| r.path.contains(name)));
    let opened = list(c, "systemControls").iter().any(|s| text(s, "namespace") == Some("net.ipv4.ip_unprivileged_port_start"));
    // An image that chooses such a user and declares such a port has given its program the right to open it.
    let of_image = task.looked(c).filter(|_| find(c, "user").is_none());
    let unprepared = of_image.is_some_and(|facts| !facts.tcp_ports().any(|declared| u64::from(declared) == port));
    if dropped || needs_root || (fargate && (server || unprepared) && !opened && find(c, "firelensConfiguration").is_none()) {
        let by = if of_image.is_some() { "image" } else { "" };
        report.at(&CONTAINER_USER_LOWPORT, c.at("user")).variant(by).text("name", c.name()).text("user", user).text("port", port.to_string());
    }
}

/// Where well-known images write: each of these places is needed, in any of its spellings. Source: the Dockerfiles and
/// entry points of the official images.
const WRITES: &[(&str, &[&[&str]])] = &[
    ("nginx", &[&["/var/cache/nginx"], &["/run", "/var/run"]]),
    ("httpd", &[&["/usr/local/apache2/logs"]]),
    ("php", &[&["/tmp", "/run", "/var/run"]]),
    ("mysql", &[&["/var/lib/mysql"], &["/run/mysqld", "/var/run/mysqld"], &["/tmp"]]),
    ("mariadb", &[&["/var/lib/mysql"], &["/run/mysqld", "/var/run/mysqld"], &["/tmp"]]),
    ("postgres", &[&["/var/lib/postgresql", "/var/lib/postgresql/data"], &["/run/postgresql", "/var/run/postgresql"]]),
    ("redis", &[&["/data"]]),
];

pub(super) fn readonly(task: &Task<'_>, report: &mut Report) {
    let mut open = Vec::new();
    for c in objects(task) {
        if flag(c, "readonlyRootFilesystem") {
            breaks(task, c, report);
        } else if find(c, "readonlyRootFilesystem").is_none_or(Value::is_boolean) {
            open.push(c);
        }
    }
    if let Some(first) = open.first().filter(|_| !task.windows) {
        report.at(&CONTAINER_READONLY_ROOT, first.at("readonlyRootFilesystem")).text("names", quoted(open.iter().map(|c| c.name())));
    }
}

fn breaks(task: &Task<'_>, c: ContainerView<'_>, report: &mut Report) {
    let Some(reference) = c.reference() else { return };
    let Some((_, places)) = WRITES.iter().find(|(name, _)| reference.official() == Some(name)) else { return };
    let mounts: Vec<&str> = list(c, "mountPoints")
        .iter()
        .filter(|m| !flag(*m, "readOnly"))
        .chain(list(c, "linuxParameters/tmpfs"))
        .filter_map(|m| Some(text(m, "containerPath")?.trim_end_matches('/')))
        .collect();
    // Docker gives each VOLUME of the image a writable volume.
    let docker = matches!(task.launch, Some(Launch::Ec2 | Launch::External));
    let writable = |place: &str| {
        let above = |at: &&str| place == *at || place.strip_prefix(at).is_some_and(|rest| rest.starts_with('/'));
        mounts.iter().any(above) || (docker && facts::declares_volume(&reference, place))
    };
    if let Some(missing) = places.iter().find(|spellings| !spellings.iter().any(|place| writable(place))) {
        report.at(&CONTAINER_READONLY_ROOT_BREAKS, c.at("readonlyRootFilesystem")).text("name", c.name()).text("place", missing[0]);
    }
}

pub(super) fn other(task: &Task<'_>, report: &mut Report) {
    for c in objects(task) {
        let v = c.value();
        if let Some(text) = text(v, "versionConsistency").filter(|t| !["enabled", "disabled"].contains(t)) {
            let path = c.at("versionConsistency");
            let right = if text.eq_ignore_ascii_case("disabled") { "disabled" } else { "enabled" };
            report.at(&CONTAINER_VERSION_CONSISTENCY_ENUM, &path).text("value", text).set(task.definition, &path, right);
        }
        if let Some(key) = ["interactive", "pseudoTerminal"].into_iter().find(|k| flag(v, k)).filter(|_| !c.ports().is_empty()) {
            let path = c.at(key);
            report.at(&CONTAINER_INTERACTIVE_POINTLESS, &path).text("name", c.name()).clear(task.definition, &path);
        }
        if task.network == Network::Awsvpc && text(v, "hostname").is_some() {
            let path = c.at("hostname");
            report.at(&CONTAINER_HOSTNAME_AWSVPC, &path).clear(task.definition, &path);
        }
        credentials(task, c, report);
    }
}

fn credentials(task: &Task<'_>, c: ContainerView<'_>, report: &mut Report) {
    let specs = list(c, "credentialSpecs");
    if specs.len() > 1 {
        let path = c.at("credentialSpecs");
        report.at(&CONTAINER_CREDENTIAL_SPECS, &path).variant("count").fix("fix", Vec::new(), trimmed(&path, specs.len(), 1));
    }
    for (i, spec) in texts(c, "credentialSpecs") {
        let arn = spec.strip_prefix("credentialspec:").or(spec.strip_prefix("credentialspecdomainless:"));
        if !arn.is_some_and(|a| is_arn(a, &["ssm", "s3"], |r| !r.is_empty())) {
            let path = c.at(&format!("credentialSpecs/{i}"));
            report.at(&CONTAINER_CREDENTIAL_SPECS, &path).fix("fix-remove", Vec::new(), edit::clear(task.definition, &path)).done();
        }
    }
    let key = "repositoryCredentials/credentialsParameter";
    let Some(secret) = text(c, key) else { return };
    if c.reference().is_some_and(|r| r.ecr().is_some()) {
        let path = c.at("repositoryCredentials");
        report.at(&CONTAINER_REPOSITORY_CREDENTIALS, &path).variant("ecr").clear(task.definition, &path);
    } else if !is_arn(secret, &["secretsmanager"], |r| r.starts_with("secret:")) {
        report.at(&CONTAINER_REPOSITORY_CREDENTIALS, c.at(key));
    }
}
