//! The port that a command names, against those that the container lists.

use super::{expected::to_port, *};
use crate::lint::context::command_line::{Word, base_name};

pub(super) fn check(task: &Task<'_>, report: &mut Report) {
    for c in objects(task) {
        let ports = c.ports();
        // A range, or a mapping without a port, may be the one that is meant.
        if ports.is_empty() || c.list("portMappings").len() != ports.len() {
            continue;
        }
        let words = task.words(c);
        let mut named = words.iter().enumerate().filter_map(|(i, word)| Some((word, port(words, i)?)));
        let Some((word, (text, port))) = named.next() else { continue };
        if ports.contains(&port) || named.any(|(_, (_, other))| other != port) {
            continue;
        }
        let (path, first) = (word.path(c), ports[0]);
        let finding = report.at(&PORT_COMMAND_MISMATCH, &path).text("port", port.to_string()).text("declared", first.to_string());
        let item = c.list(word.key).get(word.index).and_then(Value::as_str).unwrap_or("");
        let better = item.replacen(word.text, &word.text.replacen(text, &text.replacen(&port.to_string(), &first.to_string(), 1), 1), 1);
        let finding = finding.fix("fix", vec![("value", Param::Text(first.to_string()))], edit::set(task.definition, &path, json!(better)));
        if ports.len() == 1 && (1..=65535).contains(&port) {
            finding.fix("fix-port", vec![("value", Param::Text(port.to_string()))], to_port(task, &c, port));
        }
    }
}

/// The address or port that a word gives a server, and the port in it.
fn port<'a>(words: &[Word<'a>], i: usize) -> Option<(&'a str, u64)> {
    let text = words[i].text;
    let before = i.checked_sub(1).map_or("", |b| words[b].text);
    let ran = |program: &str| words[..i].iter().any(|w| base_name(w.text) == program);
    let value = match text.split_once('=') {
        Some(("--port" | "--bind" | "-Dserver.port" | "--server.port", value)) => value,
        Some(_) => return None,
        None => match before {
            "--port" | "--bind" | "-b" => text,
            "-p" if ran("next") || ran("http-server") => text,
            "-S" if ran("php") => text,
            _ => return None,
        },
    };
    let digits = match before {
        "-b" | "-S" => value.rsplit_once(':')?.1,
        _ => value.rsplit_once(':').map_or(value, |(_, port)| port),
    };
    Some((value, digits.parse().ok().filter(|_| digits.bytes().all(|b| b.is_ascii_digit()))?))
}
