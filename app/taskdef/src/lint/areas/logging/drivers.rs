//! Options of Docker's log drivers.

use super::*;
use crate::{document::pointer, lint::context::placeholder::has_placeholder};

/// Options that most drivers have. Source: ValidateLogOpt of moby's drivers.
const COMMON: [&str; 10] =
    ["tag", "labels", "labels-regex", "env", "env-regex", "mode", "max-buffer-size", "cache-disabled", "cache-max-size", "cache-max-file"];

/// What else each driver has.
#[rustfmt::skip]
const OWN: [(&str, &[&str]); 6] = [
    ("json-file", &["max-size", "max-file", "compress"]),
    ("syslog", &[
        "syslog-address", "syslog-facility", "syslog-format", "syslog-tls-ca-cert", "syslog-tls-cert", "syslog-tls-key", "syslog-tls-skip-verify",
    ]),
    ("gelf", &["gelf-address", "gelf-compression-level", "gelf-compression-type", "gelf-tcp-max-reconnect", "gelf-tcp-reconnect-delay"]),
    ("fluentd", &[
        "fluentd-address", "fluentd-async", "fluentd-async-connect", "fluentd-async-reconnect-interval", "fluentd-buffer-limit", "fluentd-max-retries",
        "fluentd-read-timeout", "fluentd-request-ack", "fluentd-retry-wait", "fluentd-sub-second-precision", "fluentd-write-timeout",
    ]),
    ("journald", &[]),
    ("splunk", &[
        "splunk-url", "splunk-token", "splunk-source", "splunk-sourcetype", "splunk-index", "splunk-capath", "splunk-caname", "splunk-insecureskipverify",
        "splunk-format", "splunk-verify-connection", "splunk-gzip", "splunk-gzip-level", "splunk-index-acknowledgment",
    ]),
];

pub(super) fn check(task: &Task<'_>, report: &mut Report) {
    for c in objects(task) {
        let driver = c.log_driver();
        let Some((_, own)) = OWN.iter().find(|(name, _)| *name == driver) else { continue };
        let path = c.at("logConfiguration/options");
        let options = find(c, "logConfiguration/options").and_then(Value::as_object);
        let known = |key: &str| COMMON.contains(&key) || own.contains(&key);
        for (at, (key, value)) in options.into_iter().flatten().enumerate().filter(|(_, (key, _))| !known(key)) {
            let place = pointer::join(&path, key);
            let finding = report.at(&LOG_DRIVER_OPTION_UNKNOWN, &place).text("key", key.as_str()).text("driver", driver);
            let taken = |right: &str| options.is_some_and(|o| o.contains_key(right));
            match own.iter().chain(&COMMON).find(|right| spelling::alike(right, key) && !taken(right)) {
                Some(right) => {
                    let add = Op::Add { path: format!("{path}/{right}"), value: value.clone(), at: Some(at) };
                    finding.fix("fix-rename", vec![("value", Param::Text((*right).to_owned()))], Edit(vec![Op::Remove { path: place }, add]));
                }
                None => finding.clear(task.definition, &place).done(),
            }
        }
        let get = |key: &str| options.and_then(|o| o.get(key)).and_then(Value::as_str).filter(|t| !t.is_empty());
        match driver {
            "gelf" if !task.fargate() => gelf(task, c, get("gelf-address"), &format!("{path}/gelf-address"), report),
            "splunk" => splunk(task, get("splunk-url"), &format!("{path}/splunk-url"), report),
            _ => {}
        }
    }
}

fn gelf(task: &Task<'_>, c: ContainerView<'_>, address: Option<&str>, path: &str, report: &mut Report) {
    let secret = || list(c, "logConfiguration/secretOptions").iter().any(|s| text(s, "name") == Some("gelf-address"));
    match address {
        None if !secret() => report.at(&LOG_GELF_ADDRESS, path).variant("missing").text("name", c.name()).done(),
        Some(address) if !has_placeholder(address) => {
            let rest = address.strip_prefix("udp://").or(address.strip_prefix("tcp://"));
            if !rest.is_some_and(is_host_port) {
                let finding = report.at(&LOG_GELF_ADDRESS, path).text("value", address);
                // Graylog listens for GELF on 12201.
                let host = address.rsplit("://").next().and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or("");
                let host = if host.contains(':') { host.to_owned() } else { format!("{host}:12201") };
                if is_host_port(&host) {
                    finding.set(task.definition, path, format!("udp://{host}"));
                }
            }
        }
        _ => {}
    }
}

fn is_host_port(text: &str) -> bool {
    text.rsplit_once(':').is_some_and(|(host, port)| !host.is_empty() && !host.contains('/') && port.parse::<u16>().is_ok_and(|port| port > 0))
}

/// Scheme, host and port, and nothing behind them.
fn splunk(task: &Task<'_>, url: Option<&str>, path: &str, report: &mut Report) {
    let Some(url) = url.filter(|url| !has_placeholder(url)) else { return };
    let rest = url.strip_prefix("https://").or(url.strip_prefix("http://"));
    let host = rest.map_or(url, |rest| rest.split(['/', '?', '#']).next().unwrap_or(rest));
    let whole = rest.is_some_and(|rest| !host.is_empty() && (rest.len() == host.len() || &rest[host.len()..] == "/"));
    if whole {
        return;
    }
    let finding = report.at(&LOG_SPLUNK_URL_FORM, path).text("value", url);
    if rest.is_some() && !host.is_empty() {
        finding.set(task.definition, path, &url[..url.len() - rest.map_or(0, str::len) + host.len()]).done();
    } else if is_host_port(url) {
        finding.set(task.definition, path, format!("https://{url}")).set(task.definition, path, format!("http://{url}")).done();
    }
}
