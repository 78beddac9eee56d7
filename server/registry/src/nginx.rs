//! Hosts that nginx's own configuration passes requests to. Nothing else of any file is kept.

use std::io::{self, Read};
use taskdef::facts::NginxHost;

/// Bytes of one file.
const LARGEST: u64 = 16 * 1024;
const FILES: usize = 64;
const HOSTS: usize = 64;
/// Bytes of a target that are kept.
const TARGET: usize = 512;

/// What was read of nginx's configuration so far, from the top layer down.
#[derive(Default)]
pub(crate) struct Configuration {
    files: Vec<String>,
    hosts: Vec<NginxHost>,
    upstreams: Vec<String>,
    /// A file was too large, or there were too many.
    cut: bool,
}

/// Whether this file is read: `nginx.conf`, and `conf.d/*.conf`, below `etc/nginx`.
pub(crate) fn is_configuration(path: &str) -> bool {
    let Some(rest) = path.strip_prefix("etc/nginx/") else { return false };
    rest == "nginx.conf" || rest.strip_prefix("conf.d/").is_some_and(|file| file.ends_with(".conf") && !file.contains('/'))
}

impl Configuration {
    /// Reads a file that no upper layer covers.
    pub fn add(&mut self, path: String, size: u64, content: &mut impl Read) -> io::Result<()> {
        if self.files.contains(&path) {
            return Ok(());
        }
        if size > LARGEST || self.files.len() >= FILES {
            self.cut = true;
            return Ok(());
        }
        let mut bytes = Vec::new();
        content.take(LARGEST).read_to_end(&mut bytes)?;
        scan(&path, &String::from_utf8_lossy(&bytes), &mut self.hosts, &mut self.upstreams);
        self.cut |= self.hosts.len() > HOSTS;
        self.hosts.truncate(HOSTS);
        self.files.push(path);
        Ok(())
    }

    /// All hosts, without the names of `upstream` groups; `None` where something was left out.
    pub fn hosts(self) -> Option<Vec<NginxHost>> {
        let Configuration { hosts, upstreams, cut, .. } = self;
        (!cut).then(|| hosts.into_iter().filter(|h| h.directive == "server" || !upstreams.contains(&h.host)).collect())
    }
}

const PASSES: [&str; 5] = ["proxy_pass", "fastcgi_pass", "uwsgi_pass", "scgi_pass", "grpc_pass"];

/// Reads statements: words up to `;`, `{` or `}`, with quotes and comments as nginx has them.
fn scan(file: &str, text: &str, hosts: &mut Vec<NginxHost>, upstreams: &mut Vec<String>) {
    let mut blocks: Vec<bool> = Vec::new();
    let mut words: Vec<(String, u32)> = Vec::new();
    let mut word = String::new();
    let mut line = 1;
    let mut chars = text.chars();
    let mut quote = None;
    while let Some(c) = chars.next() {
        line += u32::from(c == '\n');
        match (quote, c) {
            (_, '\\') => word.extend(chars.next().inspect(|next| line += u32::from(*next == '\n'))),
            (Some(q), c) if c == q => quote = None,
            (Some(_), c) => word.push(c),
            (None, '"' | '\'') if word.is_empty() => quote = Some(c),
            (None, '#') if word.is_empty() => {
                chars.by_ref().find(|c| *c == '\n').inspect(|_| line += 1);
            }
            // A variable, or braces of a pattern.
            (None, '{') if word.ends_with('$') => word.push(c),
            (None, ';' | '{' | '}') => {
                end(&mut word, &mut words, line);
                statement(file, c, &words, blocks.last() == Some(&true), hosts, upstreams);
                match c {
                    '{' => blocks.push(words.first().is_some_and(|(first, _)| first == "upstream")),
                    '}' => drop(blocks.pop()),
                    _ => {}
                }
                words.clear();
            }
            (None, c) if c.is_whitespace() => end(&mut word, &mut words, line - u32::from(c == '\n')),
            (None, c) => word.push(c),
        }
    }
}

fn end(word: &mut String, words: &mut Vec<(String, u32)>, line: u32) {
    if !word.is_empty() {
        words.push((std::mem::take(word), line));
    }
}

fn statement(file: &str, sign: char, words: &[(String, u32)], in_upstream: bool, hosts: &mut Vec<NginxHost>, upstreams: &mut Vec<String>) {
    let [(first, line), (second, _), ..] = words else { return };
    match (sign, first.as_str()) {
        ('{', "upstream") => upstreams.push(second.clone()),
        (';', name) => {
            let server = (in_upstream && name == "server").then_some("server");
            let Some(directive) = PASSES.into_iter().find(|pass| *pass == name).or(server) else { return };
            let authority = second.split_once("://").map_or(second.as_str(), |(_, rest)| rest);
            if let Some(host) = host(authority).filter(|_| second.len() <= TARGET) {
                hosts.push(NginxHost { file: file.to_owned(), line: *line, directive: directive.to_owned(), target: second.clone(), host });
            }
        }
        _ => {}
    }
}

/// The host of `api:3000/path`; none for variables, sockets and addresses of IPv6.
fn host(authority: &str) -> Option<String> {
    let name = authority.split(['/', ':', '?']).next().unwrap_or_default();
    let right = (1..=253).contains(&name.len()) && name != "unix";
    (right && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'))).then(|| name.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(text: &str) -> Option<Vec<(String, u32)>> {
        let mut all = Configuration::default();
        all.add("etc/nginx/conf.d/a.conf".into(), text.len() as u64, &mut text.as_bytes()).expect("read");
        Some(all.hosts()?.into_iter().map(|h| (h.host, h.line)).collect())
    }

    #[test]
    fn only_the_hosts_that_requests_are_passed_to_are_found() {
        let text = "upstream back { server api:3000; server 127.0.0.1:1; }\n# proxy_pass http://no;\nserver {\n  server_name web;\n  location / {\n    \
            proxy_pass http://back;\n  }\n  location /b { proxy_pass \"http://Other-Host:80/b\"; }\n  location ~ ^/x{2} { fastcgi_pass php:9000; }\n  \
            set $x 'proxy_pass http://quoted;'; proxy_pass http://$x; fastcgi_pass unix:/run/x; proxy_pass http://${v}y;\n}\n";
        let found = hosts(text).expect("read in full");
        let expected = [("api", 1), ("127.0.0.1", 1), ("other-host", 8), ("php", 9)];
        assert_eq!(found, expected.map(|(host, line)| (host.to_owned(), line)));
    }

    #[test]
    fn a_file_that_is_too_large_makes_the_answer_unknown() {
        assert_eq!(hosts(&format!("#{}", "x".repeat(16 * 1024))), None);
        assert_eq!(hosts(&"fastcgi_pass php:9000;\n".repeat(65)), None);
    }
}
