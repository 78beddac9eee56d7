//! `ports`: what is published becomes a port mapping; the host's side becomes the load balancer's business.

use super::{
    reader::{Making, Reader},
    scalar,
};
use crate::{
    formats::{import::tree::Node, report::Said},
    messages::all,
};
use serde_json::{Map, Value, json};

/// One entry, short or long.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Port {
    /// Address of the host.
    pub ip: String,
    /// Ports of the host, first and last.
    pub host: Option<(u16, u16)>,
    /// Ports of the container, first and last.
    pub container: (u16, u16),
    /// `tcp`, `udp` or another.
    pub protocol: String,
}

/// Reads `[[ip:][host]:]container[/protocol]`.
pub fn parse(text: &str) -> Option<Port> {
    let (rest, protocol) = text.rsplit_once('/').map_or((text, "tcp".to_owned()), |(rest, p)| (rest, p.to_ascii_lowercase()));
    let (rest, container) = rest.rsplit_once(':').map_or((None, rest), |(rest, c)| (Some(rest), c));
    let (ip, host) = match rest {
        None => (String::new(), None),
        Some(rest) => match rest.rsplit_once(':') {
            None => (String::new(), Some(rest)),
            Some((ip, host)) => (ip.trim_matches(['[', ']']).to_owned(), Some(host)),
        },
    };
    let container = range(container)?;
    let host = match host.filter(|h| !h.is_empty()) {
        Some(host) => Some(range(host)?),
        None => None,
    };
    let long = |(first, last): (u16, u16)| last - first;
    if host.is_some_and(|host| long(host) != long(container) && container.0 != container.1) {
        return None;
    }
    Some(Port { ip, host, container, protocol })
}

fn range(text: &str) -> Option<(u16, u16)> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let (first, last): (u16, u16) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
    (first > 0 && first <= last).then_some((first, last))
}

/// The container's ports of an entry, `80` or `5000-5010`, and their protocol.
pub fn inside(item: &Node) -> Option<(String, String)> {
    let text = |key: &str| item.get(key).and_then(scalar::text).filter(|text| !text.is_empty());
    if item.is_map() {
        return Some((text("target")?, text("protocol").unwrap_or_else(|| "tcp".into())));
    }
    let Port { container: (first, last), protocol, .. } = parse(&scalar::text(item)?)?;
    Some((if first == last { first.to_string() } else { format!("{first}-{last}") }, protocol))
}

/// The ports that a service listens at, as far as the file says.
pub fn listened(service: &Node) -> Vec<u16> {
    let of = |node: &Node| match node.get("target") {
        Some(target) => target.text().and_then(|t| t.parse().ok()),
        None => scalar::text(node).and_then(|t| parse(&t)).map(|p| p.container.0),
    };
    let list = |key: &str| service.get(key).map_or(&[][..], Node::items);
    list("ports").iter().chain(list("expose")).filter_map(of).collect()
}

impl Reader<'_> {
    pub(super) fn ports(&mut self, making: &mut Making<'_>, node: &Node) {
        if !node.is_list() {
            return self.unreadable(node, "ports");
        }
        node.items().iter().for_each(|item| self.port_of(making, item));
    }

    /// One entry.
    pub(super) fn port_of(&mut self, making: &mut Making<'_>, item: &Node) {
        if item.is_map() {
            self.long_port(making, item);
        } else if let Some(port) = scalar::text(item).and_then(|text| parse(&text)) {
            self.port(making, item, &port, None);
        } else if item.text().is_some_and(|text| text.contains("${")) {
            self.ledger.asked(item, &all::IMPORT_PORT_VARIABLE, "");
        } else {
            self.unreadable(item, "ports");
        }
    }

    fn long_port(&mut self, making: &mut Making<'_>, item: &Node) {
        let text = |key: &str| item.get(key).and_then(scalar::text).unwrap_or_default();
        let protocol = if text("protocol").is_empty() { "tcp".to_owned() } else { text("protocol") };
        let short = format!("{}:{}/{protocol}", text("published"), text("target"));
        let Some(mut port) = parse(&short) else {
            return if short.contains("${") { self.ledger.asked(item, &all::IMPORT_PORT_VARIABLE, "") } else { self.unreadable(item, "ports") };
        };
        port.ip = text("host_ip");
        for key in ["mode", "x-aws-protocol"] {
            if let Some(node) = item.get(key) {
                self.ledger.elsewhere(node, Said::of(&all::IMPORT_SERVICE_SETTING).text("key", key));
            }
        }
        let name = text("name").to_ascii_lowercase();
        let fits = (1..=64).contains(&name.len()) && !name.starts_with('-') && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
        let app = text("app_protocol");
        let app = Some(app).filter(|app| fits && matches!(app.as_str(), "http" | "http2" | "grpc"));
        if app.is_none()
            && let Some(node) = item.get("app_protocol")
        {
            self.no_place(node, "app_protocol");
        }
        if !fits && let Some(node) = item.get("name") {
            self.no_place(node, "name");
        }
        self.port(making, item, &port, fits.then_some((name, app)));
    }

    fn port(&mut self, making: &mut Making<'_>, item: &Node, port: &Port, named: Option<(String, Option<String>)>) {
        if !matches!(port.protocol.as_str(), "tcp" | "udp") {
            return self.ledger.breaks(item, Said::of(&all::IMPORT_PORT_PROTOCOL).text("protocol", port.protocol.clone()));
        }
        let mut mapping = Map::new();
        if let Some((name, app)) = named {
            mapping.insert("name".into(), json!(name));
            if let Some(app) = app {
                mapping.insert("appProtocol".into(), json!(app));
            }
        }
        let (first, last) = port.container;
        let fargate = self.is_fargate();
        if first == last {
            mapping.insert("containerPort".into(), json!(first));
            if !fargate {
                mapping.insert("hostPort".into(), json!(port.host.filter(|(a, b)| a == b).map_or(0, |(a, _)| a)));
            }
        } else {
            mapping.insert("containerPortRange".into(), json!(format!("{first}-{last}")));
        }
        mapping.insert("protocol".into(), json!(port.protocol));
        // The same port twice, at two ports of the host, is one mapping.
        let same = |known: &Value| ["containerPort", "containerPortRange", "protocol"].iter().all(|key| known.get(key) == mapping.get(*key));
        let known = making.out.get("portMappings").and_then(Value::as_array).and_then(|list| list.iter().position(same));
        let target = match known {
            Some(i) => making.place(&format!("portMappings/{i}")),
            None => making.push("portMappings", Value::Object(mapping)),
        };
        let private = port.ip.starts_with("127.") || matches!(port.ip.as_str(), "::1" | "localhost");
        let said = Said::of(&all::IMPORT_PORT_PRIVATE).text("port", first.to_string());
        match port.host {
            _ if private => self.ledger.changed(item, said, &target),
            Some((host, end)) if fargate && first == last && (host != first || end != host) => {
                let said = Said::of(&all::IMPORT_PORT_HOST).text("port", first.to_string()).text("host", host.to_string());
                self.ledger.changed(item, said, &target);
            }
            _ if first != last => self.ledger.changed(item, &all::IMPORT_PORT_RANGE, &target),
            _ => self.ledger.exact(item, &target),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Source: docker/go-connections `nat_test.go` and the short forms of the Compose specification.
    #[test]
    fn every_short_form_is_read() {
        let port = |ip: &str, host, container, protocol: &str| Some(Port { ip: ip.into(), host, container, protocol: protocol.into() });
        for (text, due) in [
            ("3000", port("", None, (3000, 3000), "tcp")),
            ("8000:80", port("", Some((8000, 8000)), (80, 80), "tcp")),
            ("3000-3005", port("", None, (3000, 3005), "tcp")),
            ("9090-9091:8080-8081", port("", Some((9090, 9091)), (8080, 8081), "tcp")),
            ("8000-9000:80", port("", Some((8000, 9000)), (80, 80), "tcp")),
            ("127.0.0.1:8001:8001", port("127.0.0.1", Some((8001, 8001)), (8001, 8001), "tcp")),
            ("127.0.0.1::53/UDP", port("127.0.0.1", None, (53, 53), "udp")),
            ("[::1]:6000:6000", port("::1", Some((6000, 6000)), (6000, 6000), "tcp")),
            ("::1:6000:6000", port("::1", Some((6000, 6000)), (6000, 6000), "tcp")),
            ("53/sctp", port("", None, (53, 53), "sctp")),
        ] {
            assert_eq!(parse(text), due, "{text}");
        }
        for text in ["", "x", "0", "70000", "80:", "1-3:1-2", "5-3", "${P}:80"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
