//! What the values of variables say: white space, marks, hosts.

use super::*;
use crate::lint::context::Variable;

/// Variables that the agent sets itself.
const RESERVED: [&str; 5] =
    ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "ECS_CONTAINER_METADATA_URI", "ECS_CONTAINER_METADATA_URI_V4", "ECS_AGENT_URI", "AWS_EXECUTION_ENV"];

pub(super) fn check(task: &Task<'_>, report: &mut Report) {
    for v in &task.environment {
        if RESERVED.contains(&v.name) {
            report.at(&ENV_RESERVED_NAMES, v.at("name")).text("name", v.name).clear(task.definition, &v.path());
            continue;
        }
        let Some(value) = v.value.filter(|t| !t.is_empty()) else { continue };
        spaces(task, v, value, report);
        if marked(value) && !expands(v.name, value) {
            report.at(&ENV_INTERPOLATION, v.at("value")).text("name", v.name);
        }
        hosts(task, v, value, report);
        if is_local(value) && is_binding(v.name) && v.container.declares_port() {
            report.at(&ENV_HOST_BINDING, v.at("value")).text("name", v.name).set(task.definition, &v.at("value"), "0.0.0.0");
        }
    }
    commands(task, report);
    production(task, report);
}

fn spaces(task: &Task<'_>, v: &Variable<'_>, value: &str, report: &mut Report) {
    // White space, quotes, and signs that are no ASCII may be trimmed; nothing else.
    let plain = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_graphic() && !matches!(b, b'"' | b'\''));
    if plain(value.as_bytes().first()) && plain(value.as_bytes().last()) {
        return;
    }
    let trimmed = value.trim();
    let bare = ['"', '\''].into_iter().find_map(|q| trimmed.strip_prefix(q)?.strip_suffix(q)).filter(|t| !t.contains(['"', '\'']));
    let better = bare.map_or(trimmed, str::trim);
    if better != value && v.name.trim() == v.name {
        let variant = if bare.is_some() { "quotes" } else { "" };
        let path = v.at("value");
        report.at(&ENV_WHITESPACE, &path).variant(variant).text("name", v.name).fix("fix", Vec::new(), edit::set(task.definition, &path, json!(better)));
    }
}

/// `${OTHER}`, `$OTHER`, `{{…}}`: ECS hands them over as they stand.
fn marked(value: &str) -> bool {
    if !value.bytes().any(|b| matches!(b, b'$' | b'{')) {
        return false;
    }
    let variable = value.match_indices('$').any(|(i, _)| {
        let rest = &value[i + 1..];
        let open = rest.strip_prefix('{').is_some_and(|r| r.contains('}'));
        let word = rest.bytes().take_while(|b| b.is_ascii_uppercase() || *b == b'_' || b.is_ascii_digit()).count();
        open || (word >= 2 && rest.as_bytes()[0].is_ascii_uppercase())
    });
    variable || (value.contains("{{") && value.contains("}}"))
}

/// Whether the program behind a variable is known to expand references itself. Source: Spring's externalized configuration,
/// the OpenTelemetry collector's `env` provider; a value of several lines is a file in its own language.
fn expands(name: &str, value: &str) -> bool {
    ["SPRING_", "AOT_CONFIG", "OTEL_"].iter().any(|p| name.starts_with(p))
        || ["_CONFIG", "_CONFIG_CONTENT"].iter().any(|e| name.ends_with(e))
        || value.contains('\n')
}

fn is_local(host: &str) -> bool {
    matches!(host, "localhost" | "127.0.0.1" | "[::1]" | "::1")
}

fn is_binding(name: &str) -> bool {
    matches!(name.to_ascii_uppercase().as_str(), "HOST" | "HOSTNAME" | "BIND" | "LISTEN" | "SERVER_ADDRESS")
}

/// Names of variables that say where a database, cache or queue is, and its usual images.
const STORES: [(&str, &[&str]); 8] = [
    ("DB_", &["postgres", "mysql", "mariadb", "mongo"]),
    ("DATABASE", &["postgres", "mysql", "mariadb", "mongo"]),
    ("POSTGRES", &["postgres"]),
    ("MYSQL", &["mysql", "mariadb"]),
    ("REDIS", &["redis", "valkey"]),
    ("MONGO", &["mongo"]),
    ("RABBIT", &["rabbitmq"]),
    ("KAFKA", &["kafka"]),
];

/// Host of a value that is an address or a bare host, where it stands, and whether it can be nothing else.
fn host(value: &str) -> Option<(usize, &str, bool)> {
    let mut start = value.bytes().position(|b| b == b'/').filter(|i| value[..*i].ends_with(':') && value[*i..].starts_with("//")).map_or(0, |i| i + 2);
    let address = start > 0;
    if address && let Some(at) = value[start..].split('/').next().and_then(|host| host.rfind('@')) {
        start += at + 1;
    }
    let rest = &value[start..];
    let end = if rest.starts_with('[') {
        rest.find(']').map_or(rest.len(), |i| i + 1)
    } else {
        rest.bytes().position(|b| matches!(b, b':' | b'/' | b'?' | b',')).unwrap_or(rest.len())
    };
    (end > 0).then(|| (start, &rest[..end], address || rest[end..].starts_with(':')))
}

/// Whether a variable's name says that its value is a host.
fn names_host(name: &str) -> bool {
    let upper = name.to_ascii_uppercase();
    ["HOST", "SERVER", "UPSTREAM"].iter().any(|w| upper.contains(w))
}

fn hosts(task: &Task<'_>, v: &Variable<'_>, value: &str, report: &mut Report) {
    let Some((start, host, sure)) = host(value) else { return };
    let other = || task.containers.iter().find(|c| c.index != v.container.index && c.name() == host && task.network == Network::Awsvpc);
    if is_local(host) {
        let upper = v.name.to_ascii_uppercase();
        let store = STORES.iter().find(|(word, _)| upper.contains(word));
        let there = |images: &[&str]| task.containers.iter().any(|c| c.index != v.container.index && images.iter().any(|i| c.image().contains(i)));
        if (sure || names_host(v.name)) && store.is_some_and(|(_, images)| !there(images)) {
            report.at(&ENV_LOCALHOST_DB, v.at("value")).text("name", v.name);
        }
    } else if let Some(other) = other().filter(|_| sure || names_host(v.name)) {
        let better = format!("{}127.0.0.1{}", &value[..start], &value[start + host.len()..]);
        let path = v.at("value");
        report.at(&ENV_COMPOSE_HOSTNAME, &path).text("name", v.name).text("host", other.name()).set(task.definition, &path, better);
    }
}

/// The same mistake in a command.
fn commands(task: &Task<'_>, report: &mut Report) {
    if task.network != Network::Awsvpc {
        return;
    }
    for c in objects(task) {
        for (i, word) in texts(c, "command").filter(|(_, word)| word.contains(':')) {
            let ends = |rest: &str| rest.is_empty() || rest.starts_with([':', '/', ' ', '\'', '"']);
            let named = |o: &&ContainerView<'_>| {
                o.index != c.index
                    && !o.name().is_empty()
                    && word.match_indices("://").any(|(at, m)| word[at + m.len()..].strip_prefix(o.name()).is_some_and(ends))
            };
            if let Some(other) = task.containers.iter().find(named) {
                let path = c.at(&format!("command/{i}"));
                let better = word.replace(&format!("://{}", other.name()), "://127.0.0.1");
                report.at(&ENV_COMPOSE_HOSTNAME, &path).variant("command").text("name", c.name()).text("host", other.name()).set(
                    task.definition,
                    &path,
                    better,
                );
            }
        }
    }
}

fn production(task: &Task<'_>, report: &mut Report) {
    for c in objects(task) {
        let node = c.reference().is_some_and(|r| r.official() == Some("node"));
        let named = || list(c, "environment").iter().chain(list(c, "secrets")).any(|e| text(e, "name") == Some("NODE_ENV"));
        if node && !named() && list(c, "environmentFiles").is_empty() {
            let path = c.at("environment");
            let row = json!({ "name": "NODE_ENV", "value": "production" });
            let fix = match find(c, "environment") {
                Some(Value::Array(_)) => Edit(vec![Op::Add { path: format!("{path}/-"), value: row, at: None }]),
                Some(_) => Edit::default(),
                None => edit::set(task.definition, &path, json!([row])),
            };
            report.at(&ENV_NODE_ENV, &path).text("name", c.name()).fix("fix", Vec::new(), fix);
        }
    }
}

/// Every value is a text; it is never shown.
pub(super) fn types(task: &Task<'_>, report: &mut Report) {
    for v in &task.environment {
        let Some(value) = v.given.filter(|value| !value.is_string() && !value.is_null()) else { continue };
        let path = v.at("value");
        let finding = report.at(&ENV_VALUE_STRING, &path);
        if !value.is_object() && !value.is_array() {
            finding.set(task.definition, &path, text_of(value));
        } else {
            // A program that wants an object reads it as JSON.
            finding.fix("fix-json", Vec::new(), edit::set(task.definition, &path, json!(value.to_string())));
        }
    }
}
