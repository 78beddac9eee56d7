//! One command as a service of Compose.

use super::{
    Command,
    flags::{self, Flag, Means},
    place_of,
    words::Word,
};
use crate::{
    facts,
    formats::{
        import::{
            Refusal,
            tree::{Key, Kind, Node},
        },
        report::{Ledger, Said},
    },
    grammar::image,
    messages::all,
};
use std::collections::BTreeMap;

/// A command with its flags read.
pub struct Parsed {
    /// Every flag, the image, every word of the command, by names for people.
    pub words: Node,
    /// What each of these is, in their order.
    parts: Vec<Part>,
}

/// A part of the command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Flag(usize),
    Image,
    Command,
    Cut,
}

/// Reads flags as Docker does: they end at the first word that is none, which is the image.
///
/// # Errors
/// A flag that Docker does not have: whether it takes a value cannot be known. No image.
pub fn parse(command: Command, values: &BTreeMap<String, String>) -> Result<Parsed, Refusal> {
    let at = place_of(&command);
    let mut pairs: Vec<(Key, Node)> = Vec::new();
    let mut parts = Vec::new();
    let scalar = |word: &Word, text: &str| Node::new(word.at, Kind::Scalar { text: filled(text, values), plain: false });
    let mut counts = BTreeMap::new();
    let mut add = |name: String, node: Node, part: Part| {
        let n = counts.entry(name.clone()).or_insert(0_usize);
        *n += 1;
        let text = if *n == 1 { name } else { format!("{name}[{n}]") };
        pairs.push((Key { text, at: node.at }, node));
        parts.push(part);
    };
    let mut words = command.words.iter();
    let mut found = false;
    while let Some(word) = words.next() {
        let text = word.text.as_str();
        if text == "--" {
            continue;
        }
        if !text.starts_with('-') || text == "-" {
            add("image".into(), scalar(word, text), Part::Image);
            found = true;
            break;
        }
        if let Some(long) = text.strip_prefix("--") {
            let (name, value) = long.split_once('=').map_or((long, None), |(name, value)| (name, Some(value)));
            let Some((i, flag)) = index(flags::long(name)) else { return Err(unknown(word, name)) };
            let node = match (value, flag.switch) {
                (Some(value), _) => scalar(word, value),
                (None, true) => scalar(word, "true"),
                (None, false) => {
                    let Some(next) = words.next() else { return Err(missing(word, flag)) };
                    Node { at: word.at, ..scalar(next, &next.text) }
                }
            };
            add(format!("--{name}"), node, Part::Flag(i));
            continue;
        }
        for (at, letter) in text[1..].char_indices() {
            let Some((i, flag)) = index(flags::letter(letter)) else { return Err(unknown(word, &text[1..])) };
            let name = format!("-{letter}");
            if flag.switch {
                add(name, scalar(word, "true"), Part::Flag(i));
                continue;
            }
            let rest = &text[1 + at + letter.len_utf8()..];
            let node = if rest.is_empty() {
                let Some(next) = words.next() else { return Err(missing(word, flag)) };
                Node { at: word.at, ..scalar(next, &next.text) }
            } else {
                scalar(word, rest.strip_prefix('=').unwrap_or(rest))
            };
            add(name, node, Part::Flag(i));
            break;
        }
    }
    if !found {
        let last = command.words.last();
        let said = Said::of(&all::IMPORT_NO_IMAGE_WORD).text("word", crate::formats::report::masked("", last.map_or("", |w| w.text.as_str())));
        return Err(Refusal::at(last.map_or(at, |w| w.at), said));
    }
    for word in words {
        add("command".into(), scalar(word, &word.text), Part::Command);
    }
    if let Some(cut) = &command.cut {
        add("shell".into(), scalar(cut, &cut.text), Part::Cut);
    }
    Ok(Parsed { words: Node::new(at, Kind::Map(pairs)), parts })
}

fn index(flag: Option<&'static Flag>) -> Option<(usize, &'static Flag)> {
    let flag = flag?;
    flags::FLAGS.iter().position(|known| std::ptr::eq(known, flag)).map(|i| (i, flag))
}

fn unknown(word: &Word, name: &str) -> Refusal {
    let shown = crate::formats::report::masked("", &name.chars().take(40).collect::<String>());
    Refusal::at(
        word.at,
        match flags::near(name) {
            Some(near) => Said::of(&all::IMPORT_FLAG_NEAR).text("flag", shown).text("near", near),
            None => Said::of(&all::IMPORT_FLAG_UNKNOWN).text("flag", shown),
        },
    )
}

fn missing(word: &Word, flag: &Flag) -> Refusal {
    Refusal::at(word.at, Said::of(&all::IMPORT_FLAG_VALUE).text("flag", format!("--{}", flag.long)))
}

/// Variables that the paste sets itself get their values; others stay as they are.
fn filled(text: &str, values: &BTreeMap<String, String>) -> String {
    let mut out = text.to_owned();
    for (name, value) in values {
        out = out.replace(&format!("${{{name}}}"), value);
        if out.contains(&format!("${name}")) && !out.contains(&format!("${name}_")) {
            out = out.replace(&format!("${name}"), value);
        }
        if out.len() > 1 << 16 {
            break;
        }
    }
    out
}

/// A service that is being made.
#[derive(Default)]
struct Made {
    keys: Vec<(String, Node)>,
    /// What a later flag replaces: the last of two counts.
    replaced: Vec<Node>,
}

impl Made {
    fn put(&mut self, key: &str, node: Node) {
        match self.keys.iter_mut().find(|(known, _)| known == key) {
            Some((_, known)) => self.replaced.push(std::mem::replace(known, node)),
            None => self.keys.push((key.to_owned(), node)),
        }
    }

    fn push(&mut self, key: &str, node: Node) {
        let at = node.at;
        if !self.keys.iter().any(|(known, _)| known == key) {
            self.keys.push((key.to_owned(), Node::new(at, Kind::List(Vec::new()))));
        }
        if let Some((_, Node { kind: Kind::List(items), .. })) = self.keys.iter_mut().find(|(known, _)| known == key) {
            items.push(node);
        }
    }

    fn member(&mut self, key: &str, name: &str, node: Node) {
        let at = node.at;
        if !self.keys.iter().any(|(known, _)| known == key) {
            self.keys.push((key.to_owned(), Node::new(at, Kind::Map(Vec::new()))));
        }
        if let Some((_, Node { kind: Kind::Map(pairs), .. })) = self.keys.iter_mut().find(|(known, _)| known == key) {
            match pairs.iter_mut().find(|(known, _)| known.text == name) {
                Some((_, known)) => self.replaced.push(std::mem::replace(known, node)),
                None => pairs.push((Key { text: name.to_owned(), at }, node)),
            }
        }
    }

    /// An option of the log driver.
    fn log_option(&mut self, name: &str, node: Node) {
        let at = node.at;
        let pair = (Key { text: name.to_owned(), at }, node);
        let logging = self.keys.iter_mut().find(|(key, _)| key == "logging").map(|(_, logging)| logging);
        let options = logging.and_then(|logging| match &mut logging.kind {
            Kind::Map(pairs) => pairs.iter_mut().find(|(key, _)| key.text == "options").map(|(_, options)| options),
            _ => None,
        });
        match options.map(|options| &mut options.kind) {
            Some(Kind::Map(pairs)) => match pairs.iter_mut().find(|(known, _)| known.text == name) {
                Some((_, known)) => self.replaced.push(std::mem::replace(known, pair.1)),
                None => pairs.push(pair),
            },
            _ => self.member("logging", "options", Node::new(at, Kind::Map(vec![pair]))),
        }
    }
}

impl Parsed {
    /// The name of its container: given, or the last part of the image.
    pub fn name(&self) -> String {
        let text =
            |wanted: &str| self.words.pairs().iter().filter(|(key, _)| key.text.split('[').next() == Some(wanted)).filter_map(|(_, n)| n.text()).next_back();
        if let Some(name) = text("--name").filter(|n| !n.is_empty()) {
            return name.to_owned();
        }
        let image = text("image").unwrap_or("");
        let path = image.split('@').next().unwrap_or("");
        let last = path.rsplit('/').next().unwrap_or("").split(':').next().unwrap_or("");
        if last.is_empty() { "container".to_owned() } else { last.to_owned() }
    }

    /// The service.
    pub fn service(&self, ledger: &mut Ledger) -> Node {
        let mut made = Made::default();
        let detached = self.has("detach");
        for ((_, node), part) in self.words.pairs().iter().zip(&self.parts) {
            match part {
                Part::Image => made.put("image", node.clone()),
                Part::Command => made.push("command", node.clone()),
                Part::Cut => ledger.dropped(node, &all::IMPORT_RUN_CUT),
                Part::Flag(i) => {
                    let flag = &flags::FLAGS[*i];
                    self.flag(flag, node, detached, &mut made, ledger);
                }
            }
        }
        made.replaced.iter().for_each(|node| ledger.dropped(node, &all::IMPORT_REPLACED));
        let at = self.words.at;
        Node::new(at, Kind::Map(made.keys.into_iter().map(|(text, node)| (Key { text, at }, node)).collect()))
    }

    fn has(&self, long: &str) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Flag(i) if flags::FLAGS[*i].long == long))
    }

    fn flag(&self, flag: &Flag, node: &Node, detached: bool, made: &mut Made, ledger: &mut Ledger) {
        let name = || Said::of(&all::IMPORT_NO_PLACE).text("key", format!("--{}", flag.long));
        match flag.means {
            Means::Key(key) | Means::Switch(key) => made.put(key, node.clone()),
            Means::List(key) => made.push(key, node.clone()),
            Means::Member(key, member) => made.member(key, member, node.clone()),
            Means::Nowhere => ledger.breaks(node, name()),
            Means::Terminal => ledger.exact(node, ""),
            Means::Service => ledger.elsewhere(node, Said::of(&all::IMPORT_SERVICE_SETTING).text("key", format!("--{}", flag.long))),
            Means::Own => self.own(flag.long, node, detached, made, ledger),
        }
    }

    fn own(&self, long: &str, node: &Node, detached: bool, made: &mut Made, ledger: &mut Ledger) {
        let text = node.text().unwrap_or("").to_owned();
        match long {
            "name" => ledger.exact(node, "/containerDefinitions/0/name"),
            "entrypoint" if text.is_empty() => ledger.breaks(node, &all::IMPORT_COMMAND_EMPTY),
            "entrypoint" => made.put("entrypoint", Node::new(node.at, Kind::List(vec![node.clone()]))),
            "publish" => made.push("ports", if text.contains('=') { long_port(node, &text) } else { node.clone() }),
            "publish-all" => {
                let image = self.words.get("image").and_then(Node::text).and_then(|t| image::parse(t).ok());
                match image.as_ref().and_then(facts::default_port) {
                    Some(port) => made.push("ports", node.like(port.to_string())),
                    None => ledger.asked(node, &all::IMPORT_PUBLISH_ALL, ""),
                }
            }
            "mount" => match mount(node, &text) {
                Some(mount) => made.push("volumes", mount),
                None => ledger.breaks(node, Said::of(&all::IMPORT_UNREADABLE).text("key", "--mount")),
            },
            "network" | "net" => match text.strip_prefix("container:") {
                Some(other) => made.put("network_mode", node.like(format!("service:{other}"))),
                None if matches!(text.as_str(), "host" | "none" | "bridge" | "default") => made.put("network_mode", node.clone()),
                None => made.push("networks", node.clone()),
            },
            "network-alias" | "net-alias" => ledger.changed(node, &all::IMPORT_HOST_NAME, ""),
            "pid" | "ipc" => made.put(long, text.strip_prefix("container:").map_or_else(|| node.clone(), |other| node.like(format!("service:{other}")))),
            "gpus" => {
                let count = text.split(',').find_map(|part| part.strip_prefix("count=")).unwrap_or(&text);
                let devices = text.trim_matches(['"', '\'']).strip_prefix("device=").map(|list| list.split(',').count().to_string());
                made.put("gpus", node.like(devices.unwrap_or_else(|| count.to_owned())));
            }
            "interactive" | "tty" if detached => made.put(if long == "tty" { "tty" } else { "stdin_open" }, node.clone()),
            "interactive" | "tty" => ledger.dropped(node, &all::IMPORT_RUN_TERMINAL),
            "ulimit" => {
                let (name, values) = text.split_once('=').unwrap_or((&text, ""));
                let (soft, hard) = values.split_once(':').unwrap_or((values, values));
                let pair = |key: &str, value: &str| (Key { text: key.into(), at: node.at }, node.like(value));
                made.member("ulimits", name, Node::new(node.at, Kind::Map(vec![pair("soft", soft), pair("hard", hard)])));
            }
            "log-opt" => {
                let (name, value) = text.split_once('=').unwrap_or((&text, ""));
                made.log_option(name, node.like(value));
            }
            "stop-timeout" => made.put("stop_grace_period", node.like(format!("{text}s"))),
            "storage-opt" => match text.split_once('=') {
                Some((name, value)) => made.member("storage_opt", name, node.like(value)),
                None => ledger.dropped(node, Said::of(&all::IMPORT_NO_PLACE).text("key", "--storage-opt")),
            },
            "secret" => {
                let source = text.split(',').next().unwrap_or("").to_owned();
                let target = text.split(',').find_map(|part| part.strip_prefix("target=")).unwrap_or(&source).to_owned();
                let pair = |key: &str, value: String| (Key { text: key.into(), at: node.at }, node.like(value));
                made.push("secrets", Node::new(node.at, Kind::Map(vec![pair("source", source), pair("target", target)])));
            }
            "tz" => made.push("environment", node.like(format!("TZ={text}"))),
            _ => ledger.dropped(node, Said::of(&all::IMPORT_NO_PLACE).text("key", format!("--{long}"))),
        }
    }
}

/// `target=80,published=8080,protocol=tcp`.
fn long_port(node: &Node, text: &str) -> Node {
    let part = |name: &str| text.split(',').find_map(|p| p.strip_prefix(name).and_then(|p| p.strip_prefix('='))).unwrap_or("");
    let host = if part("published").is_empty() { String::new() } else { format!("{}:", part("published")) };
    let protocol = if part("protocol").is_empty() { "tcp" } else { part("protocol") };
    node.like(format!("{host}{}/{protocol}", part("target")))
}

/// `type=bind,source=…,target=…,readonly`; `None` where nothing of it is known.
fn mount(node: &Node, text: &str) -> Option<Node> {
    let mut pairs = Vec::new();
    for part in text.split(',') {
        let (name, value) = part.split_once('=').unwrap_or((part, "true"));
        let key = match name.trim().to_ascii_lowercase().as_str() {
            "type" => "type",
            "source" | "src" => "source",
            "target" | "dst" | "destination" => "target",
            "readonly" | "ro" => "read_only",
            "tmpfs-size" => {
                let size = (Key { text: "size".into(), at: node.at }, node.like(value));
                pairs.push((Key { text: "tmpfs".into(), at: node.at }, Node::new(node.at, Kind::Map(vec![size]))));
                continue;
            }
            _ => continue,
        };
        pairs.push((Key { text: key.into(), at: node.at }, node.like(value)));
    }
    (!pairs.is_empty()).then(|| Node::new(node.at, Kind::Map(pairs)))
}
