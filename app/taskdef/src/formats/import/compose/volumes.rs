//! `volumes` and `tmpfs`: named volumes stay or become EFS, files of the computer become `COPY` lines.

use super::{
    reader::{Making, Reader, Shared},
    scalar,
};
use crate::{
    formats::{
        import::{Question, amounts, tree::Node},
        report::Said,
    },
    grammar::name::as_name,
    messages::all,
};
use serde_json::{Value, json};

/// A mount, short or long.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Mount {
    kind: Kind,
    source: String,
    target: String,
    read_only: bool,
    subpath: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Volume,
    Bind,
    Tmpfs,
    Other,
}

/// Reads `[source:]target[:options]`. A source that begins like a path, or with a drive, is a folder of the computer.
fn parse(text: &str) -> Option<Mount> {
    let drive = |t: &str| t.len() > 2 && t.as_bytes()[0].is_ascii_alphabetic() && t.as_bytes()[1] == b':' && matches!(t.as_bytes()[2], b'\\' | b'/');
    let (source, rest) = if drive(text) {
        let end = text[2..].find(':').map_or(text.len(), |i| i + 2);
        (text[..end].to_owned(), text.get(end + 1..).unwrap_or(""))
    } else {
        match text.split_once(':') {
            Some((source, rest)) => (source.to_owned(), rest),
            None => return (!text.is_empty()).then(|| Mount { target: text.to_owned(), ..Mount::default() }),
        }
    };
    let (target, options) = rest.split_once(':').unwrap_or((rest, ""));
    if target.is_empty() {
        return None;
    }
    let kind = if is_path(&source) { Kind::Bind } else { Kind::Volume };
    Some(Mount { kind, source, target: target.to_owned(), read_only: options.split(',').any(|o| o == "ro"), subpath: String::new() })
}

fn is_path(source: &str) -> bool {
    source.starts_with(['.', '/', '~', '\\', '%'])
        || source.starts_with("$(")
        || source.starts_with("$P")
        || source.starts_with("${P")
        || source.starts_with("$H")
        || source.starts_with("${H")
        || source.as_bytes().get(1) == Some(&b':')
}

fn long(node: &Node) -> Option<Mount> {
    let text = |key: &str| node.get(key).and_then(scalar::text).unwrap_or_default();
    let kind = match text("type").as_str() {
        "" | "volume" => Kind::Volume,
        "bind" => Kind::Bind,
        "tmpfs" => Kind::Tmpfs,
        _ => Kind::Other,
    };
    let subpath = node.get("volume").and_then(|v| v.get("subpath")).and_then(scalar::text).unwrap_or_default();
    let read_only = node.get("read_only").and_then(scalar::switch) == Some(true);
    let mount = Mount { kind, source: text("source"), target: text("target"), read_only, subpath };
    (!mount.target.is_empty()).then_some(mount)
}

/// Whether the last part of a path is a file's name.
fn is_file(path: &str) -> bool {
    let last = path.trim_end_matches('/').rsplit(['/', '\\']).next().unwrap_or("");
    !path.ends_with('/') && last.trim_start_matches('.').contains('.') || matches!(last, "Dockerfile" | "Caddyfile" | "Makefile" | "nginx.conf")
}

impl Reader<'_> {
    pub(super) fn volumes(&mut self, making: &mut Making<'_>, shared: &mut Shared, node: &Node) {
        let list = if node.is_list() { node.items() } else { return self.unreadable(node, "volumes") };
        let mut targets: Vec<String> = Vec::new();
        let mounts: Vec<(&Node, Option<Mount>)> =
            list.iter().map(|item| (item, if item.is_map() { long(item) } else { item.text().and_then(parse) })).collect();
        let binds: Vec<String> = mounts.iter().filter_map(|(_, m)| m.as_ref()).filter(|m| m.kind == Kind::Bind).map(|m| m.target.clone()).collect();
        for (item, mount) in &mounts {
            let Some(mount) = mount else {
                self.unreadable(item, "volumes");
                continue;
            };
            if targets.contains(&mount.target) {
                self.ledger.breaks(item, Said::of(&all::IMPORT_MOUNT_TWICE).text("path", mount.target.clone()));
                continue;
            }
            targets.push(mount.target.clone());
            match mount.kind {
                Kind::Bind => self.bind(making, shared, item, mount),
                Kind::Volume if mount.source.is_empty() => {
                    let shields = binds.iter().any(|b| mount.target.starts_with(&format!("{}/", b.trim_end_matches('/'))));
                    if shields {
                        self.ledger.dropped(item, &all::IMPORT_MOUNT_SHIELD);
                    } else {
                        let name = format!("{}-{}", making.service.name, mount.target.trim_matches('/').replace('/', "-"));
                        self.mount(making, shared, item, &Mount { source: name, ..mount.clone() }, false);
                    }
                }
                Kind::Volume => self.mount(making, shared, item, mount, true),
                Kind::Tmpfs => {
                    let options = item.get("tmpfs");
                    let size = options.and_then(|t| t.get("size")).and_then(scalar::text).and_then(|t| amounts::bytes(&t));
                    let mode = options.and_then(|t| t.get("mode")).and_then(scalar::text);
                    self.memory_disk(making, item, &mount.target, size, mode.map(|m| vec![format!("mode={m}")]).unwrap_or_default());
                }
                Kind::Other => self.no_place(item, "volumes"),
            }
            // What a long form says beside that concerns Docker on one machine.
            self.no_place(item, "volumes");
        }
    }

    /// A volume with a name, or one that gets ours.
    fn mount(&mut self, making: &mut Making<'_>, shared: &mut Shared, item: &Node, mount: &Mount, named: bool) {
        let name = as_name(&mount.source).unwrap_or_else(|| "volume".to_owned());
        let top = self.root.get("volumes").and_then(|all| all.get(&mount.source)).cloned();
        let choice = self.volume(shared, &mount.source, &name, item, top.as_ref(), named);
        let mut point = serde_json::Map::new();
        point.insert("sourceVolume".into(), json!(name));
        point.insert("containerPath".into(), json!(mount.target));
        if mount.read_only {
            point.insert("readOnly".into(), json!(true));
        }
        let target = making.push("mountPoints", Value::Object(point));
        if !mount.subpath.is_empty()
            && choice == "efs"
            && let Some(config) = shared.volumes.get_mut(&name).and_then(|v| v.get_mut("efsVolumeConfiguration"))
        {
            config["rootDirectory"] = json!(format!("/{}", mount.subpath.trim_start_matches('/')));
        }
        match choice.as_str() {
            "efs" => self.ledger.exact(item, &target),
            _ if !self.is_fargate() => self.ledger.exact(item, &target),
            _ => self.ledger.changed(item, Said::of(&all::IMPORT_VOLUME_SCRATCH).text("name", name), &target),
        }
    }

    /// Makes the volume of the task once; says which kind it is.
    fn volume(&mut self, shared: &mut Shared, source: &str, name: &str, item: &Node, top: Option<&Node>, named: bool) -> String {
        let text = |key: &str| top.and_then(|t| t.get(key)).and_then(scalar::text).unwrap_or_default();
        let option = |key: &str| top.and_then(|t| t.get("driver_opts")).and_then(|o| o.get(key)).and_then(scalar::text).unwrap_or_default();
        let address = option("o").split(',').find_map(|o| o.strip_prefix("addr=").map(str::to_owned)).unwrap_or_default();
        let efs = if address.starts_with("fs-") { address.split('.').next().unwrap_or("").to_owned() } else { text("name") };
        let efs = Some(efs).filter(|id| id.starts_with("fs-"));
        let id = format!("volume:{source}");
        let choice = match (&efs, named) {
            (Some(_), _) => "efs".to_owned(),
            (None, false) => "scratch".to_owned(),
            (None, true) if self.is_fargate() => {
                let question = Question::new(id, item.at, Said::of(&all::IMPORT_ASK_VOLUME).text("name", name), "scratch")
                    .choice("scratch", &all::IMPORT_CHOICE_SCRATCH)
                    .choice("efs", &all::IMPORT_CHOICE_EFS);
                self.ask(question)
            }
            (None, true) => "docker".to_owned(),
        };
        let value = match choice.as_str() {
            "efs" => {
                let mut config = json!({ "fileSystemId": efs.unwrap_or_else(|| "<file-system-id>".into()) });
                let folder = option("device").trim_start_matches(':').to_owned();
                if folder.starts_with('/') && folder != "/" {
                    config["rootDirectory"] = json!(folder);
                }
                config["transitEncryption"] = json!("ENABLED");
                json!({ "name": name, "efsVolumeConfiguration": config })
            }
            // A folder of the instance under a name.
            "docker" if option("type") == "none" && option("o").split(',').any(|o| o == "bind") && option("device").starts_with('/') => {
                json!({ "name": name, "host": { "sourcePath": option("device") } })
            }
            "docker" => json!({ "name": name, "dockerVolumeConfiguration": docker(top) }),
            _ => json!({ "name": name }),
        };
        shared.volumes.entry(name.to_owned()).or_insert(value);
        choice
    }

    /// A file or folder of the computer.
    fn bind(&mut self, making: &mut Making<'_>, shared: &mut Shared, item: &Node, mount: &Mount) {
        let source = mount.source.as_str();
        if source.ends_with("docker.sock") {
            return self.ledger.breaks(item, &all::IMPORT_BIND_SOCKET);
        }
        if matches!(source, "/etc/localtime" | "/etc/timezone") {
            return self.ledger.dropped(item, &all::IMPORT_BIND_TIME);
        }
        let relative = !source.starts_with('/') && source.as_bytes().get(1) != Some(&b':');
        if relative && (is_file(source) || is_file(&mount.target)) {
            making.copies.push((source.to_owned(), mount.target.clone()));
            return self.ledger.breaks(item, Said::of(&all::IMPORT_BIND_FILE).text("path", source.to_owned()));
        }
        if relative {
            let builds = making.service.node.get("build").is_some();
            if builds {
                return self.ledger.dropped(item, &all::IMPORT_BIND_CODE);
            }
            making.copies.push((source.to_owned(), mount.target.clone()));
            return self.ledger.breaks(item, Said::of(&all::IMPORT_BIND_FOLDER).text("path", source.to_owned()));
        }
        if self.is_fargate() {
            return self.ledger.breaks(item, Said::of(&all::IMPORT_BIND_HOST).text("path", source.to_owned()));
        }
        let name = as_name(&source.replace('/', "-")).unwrap_or_else(|| "host".to_owned());
        shared.volumes.entry(name.clone()).or_insert(json!({ "name": name, "host": { "sourcePath": source } }));
        let mut point = json!({ "sourceVolume": name, "containerPath": mount.target });
        if mount.read_only {
            point["readOnly"] = json!(true);
        }
        let target = making.push("mountPoints", point);
        self.ledger.exact(item, &target);
    }

    /// `tmpfs`: one path or several, each with its options.
    pub(super) fn tmpfs(&mut self, making: &mut Making<'_>, node: &Node) {
        let items = if node.is_list() { node.items() } else { std::slice::from_ref(node) };
        for item in items {
            let Some(text) = item.text() else { continue };
            let (path, options) = text.split_once(':').unwrap_or((text, ""));
            let size = options.split(',').find_map(|o| o.strip_prefix("size=")).and_then(amounts::bytes);
            let rest = options.split(',').filter(|o| !o.is_empty() && !o.starts_with("size=")).map(str::to_owned).collect();
            self.memory_disk(making, item, path, size, rest);
        }
    }

    fn memory_disk(&mut self, making: &mut Making<'_>, item: &Node, path: &str, size: Option<u64>, options: Vec<String>) {
        let mib = size.map_or(64, amounts::mib);
        let mut disk = json!({ "containerPath": path, "size": mib });
        if !options.is_empty() {
            disk["mountOptions"] = json!(options);
        }
        let linux = making.out.entry("linuxParameters").or_insert_with(|| json!({}));
        let list = linux.as_object_mut().map(|map| map.entry("tmpfs").or_insert_with(|| json!([])));
        if let Some(Value::Array(list)) = list {
            list.push(disk);
        }
        let target = making.place("linuxParameters/tmpfs");
        match size {
            Some(_) => self.ledger.exact(item, &target),
            None => self.ledger.asked(item, Said::of(&all::IMPORT_TMPFS_SIZE).number("size", mib), &target),
        }
    }
}

/// A volume of the instance's Docker.
fn docker(top: Option<&Node>) -> Value {
    let get = |key: &str| top.and_then(|top| top.get(key));
    if get("external").and_then(scalar::switch) == Some(true) {
        return json!({ "scope": "shared" });
    }
    let driver = get("driver").and_then(scalar::text).unwrap_or_else(|| "local".to_owned());
    let mut config = json!({ "scope": "shared", "autoprovision": true, "driver": driver });
    for (key, name) in [("driver_opts", "driverOpts"), ("labels", "labels")] {
        let members: serde_json::Map<String, Value> =
            get(key).map_or_else(Vec::new, super::environment::labels).into_iter().map(|(name, value, _)| (name, value)).collect();
        if !members.is_empty() {
            config[name] = Value::Object(members);
        }
    }
    config
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_that_looks_like_a_path_is_a_bind_mount() {
        for (text, kind, source, target, read_only) in [
            ("data:/var/lib", Kind::Volume, "data", "/var/lib", false),
            ("./nginx.conf:/etc/nginx/nginx.conf:ro", Kind::Bind, "./nginx.conf", "/etc/nginx/nginx.conf", true),
            ("/host:/c:rw,z", Kind::Bind, "/host", "/c", false),
            ("~/x:/c", Kind::Bind, "~/x", "/c", false),
            ("C:\\data:/c:ro", Kind::Bind, "C:\\data", "/c", true),
            ("c:/data:/c", Kind::Bind, "c:/data", "/c", false),
            ("$(pwd)/src:/app", Kind::Bind, "$(pwd)/src", "/app", false),
            ("/app/node_modules", Kind::Volume, "", "/app/node_modules", false),
        ] {
            let due = Mount { kind, source: source.into(), target: target.into(), read_only, subpath: String::new() };
            assert_eq!(parse(text), Some(due), "{text}");
        }
        assert_eq!((parse(""), parse("a:")), (None, None));
    }
}
