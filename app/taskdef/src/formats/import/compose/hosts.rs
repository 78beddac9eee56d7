//! Host names: inside a task the name of another container does not resolve.

use super::reader::{Making, Reader, Service};
use crate::{
    formats::{
        import::{Question, tree::Node},
        report::{Outcome, Said},
    },
    messages::all,
};
use serde_json::{Value, json};

/// Longest text that is looked through, in bytes.
const LONGEST: usize = 8_192;

/// A name that is in a text, and what follows it.
struct Found {
    start: usize,
    end: usize,
}

/// Where a text names a host: behind `://` and `@`, before `:port`, as the whole value, in a list with commas.
fn find(text: &str, name: &str, alone: bool) -> Option<Found> {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    for (start, _) in text.match_indices(name) {
        let end = start + name.len();
        let (before, after) = (&text[..start], &text[end..]);
        if letter(before.chars().next_back()) || letter(after.chars().next()) || before.ends_with(['.', '/']) && !before.ends_with("//") {
            continue;
        }
        let scheme = before.ends_with("://") || (before.ends_with('@') && before.contains("://"));
        let rest = after.strip_prefix(':');
        let port = rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || c == '$'));
        let ends = |text: &str| text.is_empty() || text.starts_with([':', '/', ',', '?', ' ', '"', '\'', ';']);
        let begins = before.is_empty() || before.ends_with(['=', ',', ' ', '"', '\'', '@', '(']) || before.ends_with("//") || before.ends_with("host=");
        if (scheme && ends(after)) || (port && begins) || (alone && before.is_empty() && after.is_empty()) || (before.ends_with("host=") && ends(after)) {
            return Some(Found { start, end });
        }
    }
    None
}

/// The names by which others reach a service.
fn names(service: &Service) -> Vec<String> {
    let mut names = vec![service.key.clone()];
    for key in ["container_name", "hostname"] {
        names.extend(service.node.get(key).and_then(Node::text).map(str::to_owned));
    }
    for (_, network) in service.node.get("networks").map_or(&[][..], Node::pairs) {
        names.extend(network.get("aliases").map_or(&[][..], Node::items).iter().filter_map(Node::text).map(str::to_owned));
    }
    names.retain(|name| !name.is_empty() && name.len() < 256);
    names.dedup();
    names
}

impl Reader<'_> {
    /// Looks through the texts of a container for the names of all services.
    pub(super) fn hosts(&mut self, making: &mut Making<'_>, services: &[Service]) {
        let mut hits = 0;
        for other in services.iter().filter(|other| other.key != making.service.key) {
            for name in names(other) {
                hits += self.host(making, other, &name);
            }
        }
        let waits = super::order::waits(&making.service.node).iter().any(|(name, _, _)| services.iter().any(|s| s.key == *name));
        if hits == 0 && waits && self.is_fargate() {
            let said = Said::of(&all::IMPORT_HOST_UNSEEN).text("service", crate::formats::report::masked("", &making.service.key));
            self.note(making.service.node.at, &format!("services.{}", making.service.key), Outcome::Changed, said, "");
        }
        self.dockers_own(making);
    }

    fn host(&mut self, making: &mut Making<'_>, other: &Service, name: &str) -> usize {
        let mut texts: Vec<(String, String, bool)> = Vec::new();
        collect(&Value::Object(making.out.clone()), "", &mut texts);
        let mut hits = 0;
        // Containers that share a network reach each other as on Fargate.
        let one = making.service.node.get("network_mode").and_then(Node::text).is_some_and(|mode| mode.starts_with("service:"));
        for (pointer, text, alone) in texts {
            if find(&text, name, alone).is_none() {
                continue;
            }
            hits += 1;
            let target = format!("{}{pointer}", making.at);
            let service = crate::formats::report::masked("", &other.key);
            let (path, same) = (format!("services.{}", making.service.key), other.task.is_some() && other.task == making.service.task);
            if !self.is_fargate() && !one {
                self.note(making.service.node.at, &path, Outcome::Changed, Said::of(&all::IMPORT_HOST_LINK).text("name", name), &target);
                continue;
            }
            if same {
                let id = format!("host:{}:{}", making.service.key, other.key);
                let question = Question::new(
                    id,
                    making.service.node.at,
                    Said::of(&all::IMPORT_ASK_HOST).text("name", name).text("service", making.service.key.clone()),
                    "127.0.0.1",
                )
                .choice("127.0.0.1", &all::IMPORT_CHOICE_LOCAL)
                .choice("keep", &all::IMPORT_CHOICE_KEEP_NAME);
                let replace = self.ask(question) == "127.0.0.1";
                let said = Said::of(if replace { &all::IMPORT_HOST_LOCAL } else { &all::IMPORT_HOST_KEPT }).text("name", name);
                if replace {
                    put(making, &pointer, &replaced(&text, name, alone, "127.0.0.1"));
                }
                self.note(making.service.node.at, &path, if replace { Outcome::Changed } else { Outcome::Asked }, said, &target);
            } else if other.task.is_some() {
                let said = Said::of(&all::IMPORT_HOST_OTHER_TASK).text("name", name);
                self.note(making.service.node.at, &path, Outcome::Elsewhere, said, &target);
            } else {
                let mark: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' }).collect();
                put(making, &pointer, &replaced(&text, name, alone, &format!("${{{mark}_ENDPOINT}}")));
                let said = Said::of(&all::IMPORT_HOST_MANAGED).text("name", name).text("service", service).text("mark", format!("{mark}_ENDPOINT"));
                self.note(making.service.node.at, &path, Outcome::Asked, said, &target);
            }
        }
        hits
    }

    /// Addresses that only Docker has.
    fn dockers_own(&mut self, making: &Making<'_>) {
        const OWN: [&str; 3] = ["host.docker.internal", "172.17.0.1", "127.0.0.11"];
        let mut texts = Vec::new();
        collect(&Value::Object(making.out.clone()), "", &mut texts);
        for (pointer, text, _) in texts {
            for own in OWN.into_iter().filter(|own| text.contains(own)) {
                let target = format!("{}{pointer}", making.at);
                let said = Said::of(&all::IMPORT_HOST_DOCKER).text("name", own);
                self.note(making.service.node.at, &format!("services.{}", making.service.key), Outcome::Asked, said, &target);
            }
        }
    }
}

/// Texts that can name a host, with their pointers; whether the whole text can be one.
fn collect(value: &Value, at: &str, out: &mut Vec<(String, String, bool)>) {
    let mut all = Vec::new();
    texts(value, at, &mut all);
    out.extend(all.into_iter().filter(|(_, text, _)| text.len() <= LONGEST));
}

fn texts(value: &Value, at: &str, out: &mut Vec<(String, String, bool)>) {
    let list = |key: &str| value.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    for (i, variable) in list("environment").iter().enumerate() {
        if let Some(text) = variable.get("value").and_then(Value::as_str) {
            out.push((format!("{at}/environment/{i}/value"), text.to_owned(), true));
        }
    }
    for key in ["command", "entryPoint"] {
        for (i, word) in list(key).iter().enumerate() {
            if let Some(text) = word.as_str() {
                out.push((format!("{at}/{key}/{i}"), text.to_owned(), false));
            }
        }
    }
    let check = value.pointer("/healthCheck/command").and_then(Value::as_array).cloned().unwrap_or_default();
    for (i, word) in check.iter().enumerate() {
        if let Some(text) = word.as_str() {
            out.push((format!("{at}/healthCheck/command/{i}"), text.to_owned(), false));
        }
    }
}

fn replaced(text: &str, name: &str, alone: bool, with: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(found) = find(rest, name, alone && rest.len() == text.len()) {
        out.push_str(&rest[..found.start]);
        out.push_str(with);
        rest = &rest[found.end..];
    }
    out.push_str(rest);
    out
}

fn put(making: &mut Making<'_>, pointer: &str, text: &str) {
    let mut value = Value::Object(std::mem::take(&mut making.out));
    if let Some(place) = value.pointer_mut(pointer) {
        *place = json!(text);
    }
    if let Value::Object(map) = value {
        making.out = map;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_as_a_whole_host_only() {
        for (text, name, alone, due) in [
            ("http://api:3000/x", "api", true, "http://127.0.0.1:3000/x"),
            ("postgres://u:p@db:5432/app", "db", true, "postgres://u:p@127.0.0.1:5432/app"),
            ("jdbc:mysql://db/x", "db", true, "jdbc:mysql://127.0.0.1/x"),
            ("db", "db", true, "127.0.0.1"),
            ("db:5432", "db", true, "127.0.0.1:5432"),
            ("kafka:9092,kafka:9093", "kafka", true, "127.0.0.1:9092,127.0.0.1:9093"),
            ("host=db port=5432", "db", true, "host=127.0.0.1 port=5432"),
        ] {
            assert_eq!(replaced(text, name, alone, "127.0.0.1"), due, "{text}");
        }
        for (text, name, alone) in [
            ("mydb", "db", true),
            ("/var/db", "db", true),
            ("db", "db", false),
            ("db-data", "db", true),
            ("mysqladmin", "mysql", true),
            ("use db now", "db", true),
            ("https://cdn.example/web:1", "web", true),
        ] {
            assert_eq!(replaced(text, name, alone, "x"), text, "{text}");
        }
    }
}
