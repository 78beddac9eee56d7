//! Values in the shape in which other tools write them, turned into the shape that AWS expects.
//!
//! Compose, Docker and most people write variables as `A=b` or as an object, ports as `8080:80`, labels as a list. Only
//! what has one meaning is converted.

use super::*;
use crate::{
    document::pointer,
    grammar::name::is_name,
    lint::{areas::health_check, schema::Kind},
};
use serde_json::Map;

/// The same value as `due`, where there is no doubt.
pub(super) fn converted(task: &Task<'_>, due: Kind, place: &str, value: &Value) -> Option<Value> {
    let (field, is_item) = field(place);
    match due {
        Kind::Object if is_item => row(task, place, &field, value),
        Kind::List if !is_item => rows(task, place, &field, value),
        Kind::Map => labels(&field, value),
        Kind::Object => object(&field, value),
        _ => scalar(due, &field, value),
    }
}

/// The field that a pointer leads to, and whether it leads to an item of it.
fn field(place: &str) -> (String, bool) {
    let mut tokens = pointer::tokens(place);
    let last = tokens.pop().unwrap_or_default();
    if pointer::index(&last).is_some() { (tokens.pop().unwrap_or_default(), true) } else { (last, false) }
}

fn scalar(due: Kind, field: &str, value: &Value) -> Option<Value> {
    match (due, value) {
        (Kind::Text | Kind::OneOf(_), Value::Number(_) | Value::Bool(_)) => Some(Value::String(value.to_string())),
        (Kind::Integer, Value::String(text)) => crate::grammar::amount::typed_amount(field, text).map(|n| json!(n)),
        (Kind::Boolean, Value::String(text)) => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" | "1" => Some(json!(true)),
            "false" | "no" | "off" | "0" => Some(json!(false)),
            _ => None,
        },
        (Kind::Boolean, Value::Number(n)) if n.as_u64().is_some_and(|n| n < 2) => Some(json!(n.as_u64() == Some(1))),
        (Kind::Texts | Kind::OneOfs(_), Value::String(_)) => Some(json!([value])),
        _ => None,
    }
}

/// A scalar as the text that a program would get.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::String(_) | Value::Number(_) | Value::Bool(_) => Some(text_of(value)),
        _ => None,
    }
}

/// Names of the members that tell a single row from an object of pairs.
fn is_row(field: &str, map: &Map<String, Value>) -> bool {
    let names: &[&str] = match field {
        "containerDefinitions" => &["image", "name"],
        "environment" | "secrets" | "properties" => &["name", "value", "valueFrom"],
        "tags" => &["key", "value"],
        "portMappings" => &["containerPort", "hostPort", "containerPortRange"],
        "mountPoints" => &["sourceVolume", "containerPath"],
        "volumes" => &["name", "host", "efsVolumeConfiguration"],
        "dependsOn" => &["containerName", "condition"],
        "ulimits" => &["softLimit", "hardLimit"],
        "systemControls" => &["namespace"],
        "extraHosts" => &["hostname", "ipAddress"],
        "environmentFiles" | "resourceRequirements" => &["type", "value"],
        _ => return true,
    };
    names.iter().any(|name| map.contains_key(*name))
}

/// A list of rows out of one row, one text, or an object of pairs.
fn rows(task: &Task<'_>, place: &str, field: &str, value: &Value) -> Option<Value> {
    match value {
        Value::Object(map) if is_row(field, map) => Some(json!([value])),
        Value::Object(map) => map.iter().map(|(key, value)| pair(field, key, value)).collect::<Option<Vec<_>>>().map(Value::Array),
        Value::String(_) | Value::Number(_) => row(task, place, field, value).map(|row| json!([row])),
        _ => None,
    }
}

/// One pair of an object as a row.
fn pair(field: &str, key: &str, value: &Value) -> Option<Value> {
    let text = || plain(value);
    Some(match field {
        "environment" | "properties" => json!({ "name": key, "value": text()? }),
        "secrets" => json!({ "name": key, "valueFrom": value.as_str()? }),
        "tags" => json!({ "key": key, "value": text()? }),
        "systemControls" => json!({ "namespace": key, "value": text()? }),
        "extraHosts" => json!({ "hostname": key, "ipAddress": value.as_str()? }),
        "mountPoints" => json!({ "sourceVolume": key, "containerPath": value.as_str()? }),
        "resourceRequirements" => json!({ "type": key, "value": text()? }),
        "dependsOn" => {
            let condition = match value.get("condition").unwrap_or(value).as_str() {
                Some("service_healthy") => "HEALTHY",
                Some("service_completed_successfully") => "SUCCESS",
                Some("service_started") | None => "START",
                Some(other) => other,
            };
            json!({ "containerName": key, "condition": condition })
        }
        "ulimits" => {
            let limit = |name: &str| value.get(name).filter(|v| v.is_u64()).cloned();
            let (soft, hard) = (limit("soft").or_else(|| limit("softLimit")), limit("hard").or_else(|| limit("hardLimit")));
            let (soft, hard) = if value.is_u64() { (value.clone(), value.clone()) } else { (soft?, hard?) };
            json!({ "name": key, "softLimit": soft, "hardLimit": hard })
        }
        "volumes" if is_name(key) && (value.is_null() || value.as_object().is_some_and(Map::is_empty)) => json!({ "name": key }),
        "containerDefinitions" => {
            let mut container = value.as_object().filter(|map| map.contains_key("image"))?.clone();
            if !container.contains_key("name") {
                container.shift_insert(0, "name".to_owned(), json!(key));
            }
            Value::Object(container)
        }
        _ => return None,
    })
}

/// One text or number as a row: `A=b`, `8080:80`, `data:/var/lib`.
fn row(task: &Task<'_>, place: &str, field: &str, value: &Value) -> Option<Value> {
    if field == "portMappings" {
        return port(task, &plain(value)?);
    }
    let text = value.as_str()?.trim();
    let split = |sign: char| text.split_once(sign).filter(|(key, _)| !key.is_empty() && !key.contains(char::is_whitespace));
    Some(match field {
        "environment" | "properties" => split('=').map(|(name, value)| json!({ "name": name, "value": value }))?,
        "secrets" => split('=').filter(|(_, from)| !from.is_empty()).map(|(name, from)| json!({ "name": name, "valueFrom": from }))?,
        "tags" => split('=').map(|(key, value)| json!({ "key": key, "value": value }))?,
        "systemControls" => split('=').map(|(name, value)| json!({ "namespace": name, "value": value }))?,
        "extraHosts" => split(':').filter(|(_, ip)| !ip.is_empty()).map(|(host, ip)| json!({ "hostname": host, "ipAddress": ip }))?,
        "volumes" if is_name(text) => json!({ "name": text }),
        "volumesFrom" => {
            let (name, mode) = text.split_once(':').unwrap_or((text, "rw"));
            json!({ "sourceContainer": Some(name).filter(|n| is_name(n))?, "readOnly": mode == "ro" })
        }
        "mountPoints" => mount(text)?,
        "environmentFiles" if text.starts_with("arn:") || text.starts_with("s3://") => json!({ "value": text, "type": "s3" }),
        "dependsOn" if is_name(text) => {
            let checked = task
                .containers
                .iter()
                .find(|c| c.name() == text && !place.starts_with(&format!("{}/", c.place())))
                .is_some_and(|c| find(c, "healthCheck").is_some_and(|check| texts(check, "command").next().is_some_and(|(_, first)| first != "NONE")));
            json!({ "containerName": text, "condition": if checked { "HEALTHY" } else { "START" } })
        }
        _ => return None,
    })
}

/// A port as Docker writes it: `80`, `8080:80`, `80/udp`, `9000-9010`.
fn port(task: &Task<'_>, text: &str) -> Option<Value> {
    let (ports, protocol) = text.trim().split_once('/').unwrap_or((text.trim(), "tcp"));
    let (host, container) = ports.rsplit_once(':').map_or((None, ports), |(host, port)| (host.rsplit(':').next(), port));
    let number = |text: &str| text.parse::<u16>().ok().filter(|n| *n > 0);
    let protocol = Some(protocol.to_ascii_lowercase()).filter(|p| matches!(p.as_str(), "tcp" | "udp"))?;
    if let Some((first, last)) = container.split_once('-') {
        number(first).zip(number(last)).filter(|(a, b)| a < b)?;
        return Some(json!({ "containerPortRange": container, "protocol": protocol }));
    }
    let mut row = json!({ "containerPort": number(container)? });
    // Where the containers share one interface, no port is translated.
    if let Some(host) = host.and_then(number).filter(|_| task.network == Network::Bridge) {
        row["hostPort"] = json!(host);
    }
    row["protocol"] = json!(protocol);
    Some(row)
}

/// A mount as Compose writes it: `data:/var/lib/data:ro`. A path of the own machine has no volume here.
fn mount(text: &str) -> Option<Value> {
    let mut parts = text.split(':');
    let (volume, path, mode) = (parts.next()?, parts.next()?, parts.next().unwrap_or("rw"));
    let whole = parts.next().is_none() && is_name(volume) && path.starts_with('/') && matches!(mode, "ro" | "rw");
    whole.then(|| json!({ "sourceVolume": volume, "containerPath": path, "readOnly": mode == "ro" }))
}

/// Free keys out of a list of `a=b` or of rows.
fn labels(field: &str, value: &Value) -> Option<Value> {
    let mut map = Map::new();
    for item in value.as_array()? {
        let (key, value) = match item {
            // Docker reads a label without a value as an empty one.
            Value::String(text) if field == "dockerLabels" && !text.contains('=') => (text.trim().to_owned(), String::new()),
            Value::String(text) => text.split_once('=').map(|(key, value)| (key.trim().to_owned(), value.to_owned()))?,
            Value::Object(row) => {
                let key = row.get("name").or_else(|| row.get("key"))?.as_str()?;
                (key.to_owned(), plain(row.get("value")?)?)
            }
            _ => return None,
        };
        if key.is_empty() || map.insert(key, Value::String(value)).is_some() {
            return None;
        }
    }
    Some(Value::Object(map))
}

/// An object out of the one thing that it is about.
fn object(field: &str, value: &Value) -> Option<Value> {
    match (field, value) {
        ("healthCheck", Value::String(text)) if text.trim().contains(' ') => Some(json!({ "command": health_check::split_keyword(text) })),
        ("healthCheck", Value::Array(items)) if items.first().is_some_and(|first| first == "CMD" || first == "CMD-SHELL") => Some(json!({ "command": value })),
        ("logConfiguration", Value::String(driver)) if !driver.is_empty() => Some(json!({ "logDriver": driver })),
        ("firelensConfiguration", Value::String(kind)) if !kind.is_empty() => Some(json!({ "type": kind })),
        ("ephemeralStorage", Value::Number(_)) => Some(json!({ "sizeInGiB": value })),
        ("repositoryCredentials", Value::String(arn)) if arn.starts_with("arn:") => Some(json!({ "credentialsParameter": arn })),
        ("efsVolumeConfiguration", Value::String(id)) if id.starts_with("fs-") => Some(json!({ "fileSystemId": id })),
        ("host", Value::String(path)) if path.starts_with('/') => Some(json!({ "sourcePath": path })),
        ("capabilities", Value::Array(_)) => Some(json!({ "add": value })),
        ("restartPolicy", Value::Bool(_)) => Some(json!({ "enabled": value })),
        ("restartPolicy", Value::String(text)) if matches!(text.as_str(), "always" | "on-failure" | "unless-stopped") => Some(json!({ "enabled": true })),
        ("restartPolicy", Value::String(text)) if text == "no" => Some(json!({ "enabled": false })),
        ("runtimePlatform", Value::String(text)) => platform(text),
        _ => None,
    }
}

/// `ARM64`, `linux/arm64`, `LINUX`.
fn platform(text: &str) -> Option<Value> {
    let chip = text.rsplit('/').next().unwrap_or(text).to_ascii_lowercase();
    let chip = match chip.as_str() {
        "arm64" | "aarch64" | "arm" => "ARM64",
        "x86_64" | "amd64" | "x86" => "X86_64",
        _ => return None,
    };
    Some(json!({ "operatingSystemFamily": "LINUX", "cpuArchitecture": chip }))
}
