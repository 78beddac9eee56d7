//! Health-check commands: tool × port × path → the exact list that ECS stores, and back.
//!
//! Reading is as lossless as writing: a command is recognised only when its port and path can be
//! exchanged in place, so flags that somebody chose stay as they are.

use serde_json::{Map, Value, json};
use std::ops::Range;

/// The program that asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// `curl -f URL`.
    Curl,
    /// `wget`, GNU or BusyBox.
    Wget,
    /// bash opening a TCP connection.
    Bash,
    /// `node -e` with `fetch` (Node.js 18 or later).
    Node,
}

impl Tool {
    /// All presets, in the order in which they are offered.
    pub const ALL: [Tool; 4] = [Tool::Curl, Tool::Wget, Tool::Bash, Tool::Node];

    /// The word in form values.
    pub fn as_str(self) -> &'static str {
        match self {
            Tool::Curl => "curl",
            Tool::Wget => "wget",
            Tool::Bash => "bash",
            Tool::Node => "node",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Tool> {
        Tool::ALL.into_iter().find(|t| t.as_str() == text)
    }

    /// Whether the preset asks for a path (bash only opens the port).
    pub fn has_path(self) -> bool {
        self != Tool::Bash
    }

    /// The list that ECS stores. `port` 1 to 65535; `path` empty or from `/` on.
    pub fn command(self, port: &str, path: &str) -> Value {
        match self {
            Tool::Curl => json!(["CMD-SHELL", format!("curl -f http://localhost:{port}{path} || exit 1")]),
            Tool::Wget => json!(["CMD-SHELL", format!("wget -q -O /dev/null http://127.0.0.1:{port}{path} || exit 1")]),
            Tool::Bash => json!(["CMD-SHELL", format!("bash -c ': > /dev/tcp/127.0.0.1/{port}' || exit 1")]),
            Tool::Node => {
                json!(["CMD", "node", "-e", format!("fetch('http://127.0.0.1:{port}{path}').then(r=>process.exit(r.ok?0:1)).catch(()=>process.exit(1))")])
            }
        }
    }
}

/// A command whose port and path can be exchanged.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// The preset that it follows.
    pub tool: Tool,
    /// The item of the list that holds port and path.
    pub item: usize,
    text: String,
    /// Where the port stands (with its colon; empty when the URL leaves it out).
    port: Range<usize>,
    path: Range<usize>,
    default_port: &'static str,
}

impl Known {
    /// The port as written, or the scheme's.
    pub fn port(&self) -> &str {
        let port = self.text[self.port.clone()].trim_start_matches([':', '/']);
        if port.is_empty() { self.default_port } else { port }
    }

    /// The path as written; empty when there is none.
    pub fn path(&self) -> &str {
        &self.text[self.path.clone()]
    }

    /// The item's text with another port.
    pub fn with_port(&self, port: &str) -> String {
        let sign = if self.tool == Tool::Bash { '/' } else { ':' };
        format!("{}{sign}{port}{}", &self.text[..self.port.start], &self.text[self.port.end..])
    }

    /// The item's text with another path; a missing first slash is added.
    pub fn with_path(&self, path: &str) -> String {
        let slash = if path.is_empty() || path.starts_with('/') { "" } else { "/" };
        format!("{}{slash}{path}{}", &self.text[..self.path.start], &self.text[self.path.end..])
    }
}

/// Recognises a command that one of the presets could have made.
pub fn recognise(command: &Value) -> Option<Known> {
    let items: Vec<&str> = command.as_array()?.iter().map(Value::as_str).collect::<Option<_>>()?;
    match items.as_slice() {
        ["CMD-SHELL", text] => {
            let tool = if text.contains("/dev/tcp/") {
                Tool::Bash
            } else {
                match text.split_whitespace().next()? {
                    "curl" => Tool::Curl,
                    "wget" => Tool::Wget,
                    "node" => Tool::Node,
                    _ => return None,
                }
            };
            locate(tool, 1, text)
        }
        ["CMD", "node", "-e", text] => locate(Tool::Node, 3, text),
        _ => None,
    }
}

fn locate(tool: Tool, item: usize, text: &str) -> Option<Known> {
    let marker = if tool == Tool::Bash { "/dev/tcp/" } else { "http://" };
    let (start, default_port) = match text.find(marker) {
        Some(i) => (i + marker.len(), "80"),
        None => (text.find("https://")? + "https://".len(), "443"),
    };
    if text.matches("://").count() > 1 || text.matches("/dev/tcp/").count() > 1 {
        return None;
    }
    let end = start
        + text[start..].find(|c: char| c.is_whitespace() || matches!(c, '\'' | '"' | '`' | ')' | ';' | '&' | '|' | '<' | '>')).unwrap_or(text.len() - start);
    let target = &text[start..end];
    let host = target.find([':', '/']).unwrap_or(target.len());
    if !matches!(&target[..host], "localhost" | "127.0.0.1") {
        return None;
    }
    let after = start + host;
    let port_len = match text[after..end].chars().next() {
        Some(':') => 1 + text[after + 1..end].find('/').unwrap_or(end - after - 1),
        Some('/') if tool == Tool::Bash => end - after,
        _ => 0,
    };
    let port = after..after + port_len;
    let digits = text[port.clone()].trim_start_matches([':', '/']);
    if digits.is_empty() != port.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some(Known { tool, item, text: text.to_owned(), path: port.end..end, port, default_port })
}

/// Longest URL target that is read, characters: a host name has at most 253.
const LONGEST_TARGET: usize = 300;
/// Most targets that are read in one command.
const MOST_TARGETS: usize = 20;

/// Every local or remote URL target in a command: scheme's or written port, and host. The first [`MOST_TARGETS`].
pub fn targets(command: &Value) -> Vec<(String, Option<u64>)> {
    let items = command.as_array().map_or(&[][..], Vec::as_slice);
    let mut found = Vec::new();
    for text in items.iter().filter_map(Value::as_str).filter(|text| text.contains('/')) {
        for (marker, default) in [("http://", Some(80)), ("https://", Some(443)), ("/dev/tcp/", None)] {
            for (i, _) in text.match_indices(marker) {
                let rest = &text[i + marker.len()..];
                let near = rest.char_indices().nth(LONGEST_TARGET).map_or(rest, |(i, _)| &rest[..i]);
                let end = near.find(|c: char| c.is_whitespace() || matches!(c, '\'' | '"' | '`' | ')' | ';' | '&' | '|')).unwrap_or(near.len());
                let rest = &near[..end];
                let (host, tail) = match rest.find([':', '/']) {
                    Some(i) if !rest.starts_with('[') => (&rest[..i], &rest[i + 1..]),
                    None => (rest, ""),
                    Some(_) => match rest.find(']') {
                        Some(i) => (&rest[..=i], rest[i + 1..].trim_start_matches(':')),
                        None => continue,
                    },
                };
                let written = rest[host.len()..].starts_with(':') || default.is_none();
                let digits: String = tail.chars().take_while(char::is_ascii_digit).collect();
                let port = if written { digits.parse().ok() } else { default };
                if found.len() == MOST_TARGETS {
                    return found;
                }
                found.push((host.to_owned(), port));
            }
        }
    }
    found
}

/// The timing that a new check gets: seconds, seconds, times, seconds.
const TIMING: [(&str, u64); 4] = [("interval", 30), ("timeout", 5), ("retries", 3), ("startPeriod", 60)];

/// What a member of the timing is in a new check; 0 for any other member.
pub fn usual(key: &str) -> u64 {
    TIMING.iter().find(|(known, _)| *known == key).map_or(0, |(_, n)| *n)
}

/// A new health check: a line of shell, with the timing that the wizard proposes.
pub fn check(shell: &str) -> Value {
    let mut map = Map::new();
    map.insert("command".into(), json!(["CMD-SHELL", shell]));
    for (key, value) in TIMING {
        map.insert(key.into(), json!(value));
    }
    Value::Object(map)
}

/// Seconds until a container that breaks right after a good answer is called unhealthy.
pub fn seconds_to_notice(interval: u64, timeout: u64, retries: u64) -> u64 {
    interval.saturating_mul(retries).saturating_add(timeout)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_is_recognised_and_rebuilt() {
        for tool in Tool::ALL {
            let path = if tool.has_path() { "/health?x=1" } else { "" };
            let command = tool.command("3000", path);
            let known = recognise(&command).unwrap();
            assert_eq!((known.tool, known.port(), known.path()), (tool, "3000", path));
            let mut again = command.clone();
            again[known.item] = json!(known.with_port("3000"));
            assert_eq!(again, command);
            again[known.item] = json!(known.with_path(path));
            assert_eq!(again, command);
        }
    }

    #[test]
    fn a_new_port_keeps_the_flags() {
        let known = recognise(&json!(["CMD-SHELL", "curl -fsS --max-time 3 http://localhost/live || exit 1"])).unwrap();
        assert_eq!((known.port(), known.path()), ("80", "/live"));
        assert_eq!(known.with_port("8080"), "curl -fsS --max-time 3 http://localhost:8080/live || exit 1");
        let bash = recognise(&json!(["CMD-SHELL", "timeout 10s bash -c ': > /dev/tcp/localhost/8080' || exit 1"])).unwrap();
        assert_eq!(bash.with_port("90"), "timeout 10s bash -c ': > /dev/tcp/localhost/90' || exit 1");
    }

    #[test]
    fn what_no_preset_makes_is_somebodys_own() {
        for command in [
            json!(["CMD-SHELL", "pg_isready"]),
            json!("curl"),
            json!(["CMD", "curl", "http://localhost"]),
            json!(["CMD-SHELL", "curl http://web:80"]),
            json!(["CMD-SHELL", "curl http://localhost:$PORT/"]),
            json!(["CMD-SHELL", "curl http://localhost:1 http://localhost:2"]),
        ] {
            assert_eq!(recognise(&command), None, "{command}");
        }
    }

    #[test]
    fn finds_hosts_and_ports() {
        let found = targets(&json!(["CMD-SHELL", "curl -f https://web/x || wget http://[::1]:81/ || bash -c ': >/dev/tcp/127.0.0.1/90'"]));
        assert_eq!(found, [("[::1]".into(), Some(81)), ("web".into(), Some(443)), ("127.0.0.1".into(), Some(90))]);
    }
}
