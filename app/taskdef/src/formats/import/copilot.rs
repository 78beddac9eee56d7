//! A manifest of AWS Copilot, whose support has ended: the report says where the better sources are.
//!
//! Source: copilot-cli 2024-03, `internal/pkg/manifest`.

use super::{
    Import, Input, Question, Refusal, amounts, definition,
    guard::placeholder,
    recognise::COPILOT,
    tree::{Key, Kind, Node, read_yaml},
};
use crate::{
    formats::{
        Format,
        report::{Ledger, Outcome, Place, Said},
    },
    grammar::name::as_name,
    messages::all,
};
use serde_json::{Map, Value, json};

/// Members that belong to the service, the load balancer or the pipeline.
const ELSEWHERE: [&str; 12] = ["count", "http", "nlb", "network", "deployment", "publish", "subscribe", "on", "retries", "timeout", "observability", "exec"];

/// Reads a manifest. The answer `environment` chooses whose settings win.
///
/// # Errors
/// It is no YAML, or a type that has no task definition.
pub fn read(input: &Input) -> Result<Import, Refusal> {
    let source = input.files.first().ok_or_else(|| Refusal::new(&all::IMPORT_EMPTY))?;
    let mut root = read_yaml(0, &source.text)?;
    let mut ledger = Ledger::default();
    ledger.add("", &mut root);
    let kind = root.get("type").and_then(Node::text).unwrap_or("");
    if kind == "Static Site" || (!kind.is_empty() && !COPILOT.contains(&kind)) {
        return Err(Refusal::new(Said::of(&all::IMPORT_COPILOT_TYPE).text("type", crate::formats::report::masked("", kind))));
    }
    let mut questions = Vec::new();
    let root = with_environment(root, input, &mut ledger, &mut questions);
    ledger.note(Place::default(), "", Outcome::Changed, &all::IMPORT_COPILOT, "");
    let text = |key: &str| root.get(key).and_then(Node::text).map(str::to_owned);
    let name = as_name(&text("name").unwrap_or_default()).unwrap_or_else(|| "service".to_owned());
    let region = input.answers.get("region").unwrap_or("ap-northeast-2").to_owned();
    questions.push(Question::new("region", Place::default(), &all::IMPORT_ASK_REGION, region.clone()));
    let mut task = Task { ledger: &mut ledger, volumes: Vec::new(), mounts: Vec::new() };
    let mut definition = Map::new();
    definition.insert("family".into(), json!(name));
    definition.insert("requiresCompatibilities".into(), json!(["FARGATE"]));
    definition.insert("networkMode".into(), json!("awsvpc"));
    definition.insert("cpu".into(), json!(text("cpu").unwrap_or_else(|| "256".into())));
    definition.insert("memory".into(), json!(text("memory").unwrap_or_else(|| "512".into())));
    definition.insert("executionRoleArn".into(), json!("ecsTaskExecutionRole"));
    for key in ["name", "type", "cpu", "memory"] {
        if let Some(node) = root.get(key) {
            let target = if key == "name" { "/family".to_owned() } else { format!("/{key}") };
            task.ledger.exact(node, if key == "type" { "" } else { &target });
        }
    }
    task.platform(&root, &mut definition);
    task.storage(&root, &mut definition);
    let mut containers = vec![task.container(&name, &root, root.get("image"), 0, &name, &region)];
    for (i, (key, sidecar)) in root.get("sidecars").map_or(&[][..], Node::pairs).iter().enumerate() {
        let image = sidecar.get("image");
        let name = as_name(&key.text).unwrap_or_else(|| format!("sidecar-{}", i + 1));
        let family = definition.get("family").and_then(Value::as_str).unwrap_or("").to_owned();
        containers.push(task.container(&name, sidecar, image, i + 1, &family, &region));
    }
    if let Some(first) = containers.first_mut().and_then(Value::as_object_mut)
        && !task.mounts.is_empty()
    {
        first.insert("mountPoints".into(), Value::Array(task.mounts.clone()));
    }
    let volumes = std::mem::take(&mut task.volumes);
    definition.insert("containerDefinitions".into(), Value::Array(containers));
    if !volumes.is_empty() {
        definition.insert("volumes".into(), Value::Array(volumes));
    }
    for (key, node) in root.pairs() {
        if ELSEWHERE.contains(&key.text.as_str()) {
            ledger.elsewhere(node, Said::of(&all::IMPORT_COPILOT_ELSEWHERE).text("key", key.text.clone()));
        } else {
            ledger.breaks(node, Said::of(&all::IMPORT_NO_PLACE).text("key", crate::formats::report::masked("", &key.text)));
        }
    }
    Ok(definition::finish(Format::Copilot, vec![(name, Value::Object(definition))], ledger, questions, &input.answers))
}

/// `environments.<name>` over the rest: maps merge, lists and texts replace.
fn with_environment(mut root: Node, input: &Input, ledger: &mut Ledger, questions: &mut Vec<Question>) -> Node {
    let environments = root.get("environments").cloned();
    let names: Vec<String> = environments.as_ref().map_or(&[][..], Node::pairs).iter().map(|(key, _)| key.text.clone()).collect();
    if names.is_empty() {
        return root;
    }
    let mut question = Question::new("environment", Place::default(), &all::IMPORT_ASK_ENVIRONMENT, "");
    question = question.choice("", &all::IMPORT_CHOICE_NO_ENVIRONMENT);
    for name in &names {
        question = question.choice(name.clone(), Said::of(&all::IMPORT_CHOICE_ENVIRONMENT).text("name", crate::formats::report::masked("", name)));
    }
    let chosen = input.answers.get("environment").filter(|name| names.iter().any(|known| known == name)).unwrap_or("").to_owned();
    if let Some(over) = environments.as_ref().filter(|_| !chosen.is_empty()).and_then(|all| all.get(&chosen)) {
        merge(&mut root, over.clone());
    }
    if let Kind::Map(pairs) = &mut root.kind {
        pairs.retain(|(key, _)| key.text != "environments");
    }
    questions.push(Question { answer: chosen.clone(), ..question });
    for (key, node) in environments.as_ref().map_or(&[][..], Node::pairs) {
        if chosen.is_empty() || key.text != chosen {
            ledger.dropped(node, &all::IMPORT_REPLACED);
        }
    }
    root
}

fn merge(base: &mut Node, over: Node) {
    if !(base.is_map() && over.is_map()) {
        *base = over;
        return;
    }
    let (Kind::Map(pairs), Kind::Map(new)) = (&mut base.kind, over.kind) else { return };
    for (key, value) in new {
        match pairs.iter_mut().find(|(known, _)| known.text == key.text) {
            Some((_, known)) => merge(known, value),
            None => pairs.push((key, value)),
        }
    }
}

/// A task on its way.
struct Task<'l> {
    ledger: &'l mut Ledger,
    volumes: Vec<Value>,
    mounts: Vec<Value>,
}

impl Task<'_> {
    fn platform(&mut self, root: &Node, definition: &mut Map<String, Value>) {
        let Some(node) = root.get("platform") else { return };
        let text = node.text().map(str::to_owned);
        let part = |key: &str| node.get(key).and_then(Node::text).unwrap_or("").to_ascii_lowercase();
        let (system, chip) = match text.as_deref() {
            Some(text) => text.split_once('/').map_or((text.to_owned(), String::new()), |(os, arch)| (os.to_owned(), arch.to_owned())),
            None => (part("osfamily"), part("architecture")),
        };
        let system = match system.as_str() {
            "windows" => "WINDOWS_SERVER_2019_CORE".to_owned(),
            other => other.to_ascii_uppercase(),
        };
        let chip = if chip.starts_with("arm") { "ARM64" } else { "X86_64" };
        definition.insert("runtimePlatform".into(), json!({ "operatingSystemFamily": system, "cpuArchitecture": chip }));
        self.ledger.exact(node, "/runtimePlatform");
    }

    fn storage(&mut self, root: &Node, definition: &mut Map<String, Value>) {
        let Some(node) = root.get("storage") else { return };
        if let Some(size) = node.get("ephemeral") {
            match size.text().and_then(|t| t.parse::<u64>().ok()) {
                Some(gib) if gib > 20 => {
                    definition.insert("ephemeralStorage".into(), json!({ "sizeInGiB": gib }));
                    self.ledger.exact(size, "/ephemeralStorage/sizeInGiB");
                }
                _ => self.ledger.exact(size, ""),
            }
        }
        for (key, volume) in node.get("volumes").map_or(&[][..], Node::pairs) {
            let name = as_name(&key.text).unwrap_or_else(|| "volume".to_owned());
            let efs = volume.get("efs");
            let own = |key: &str| efs.and_then(|e| e.get(key)).and_then(Node::text).map(str::to_owned);
            let mut value = json!({ "name": name });
            if efs.is_some_and(|efs| efs.text() != Some("false")) {
                let mut config = json!({ "fileSystemId": own("id").unwrap_or_else(|| "<file-system-id>".into()), "transitEncryption": "ENABLED" });
                if let Some(folder) = own("root_dir") {
                    config["rootDirectory"] = json!(folder);
                }
                value["efsVolumeConfiguration"] = config;
            }
            let target = format!("/volumes/{}", self.volumes.len());
            self.volumes.push(value);
            if let Some(path) = volume.get("path").and_then(Node::text) {
                // Copilot mounts for reading unless it is told otherwise.
                let read_only = volume.get("read_only").and_then(Node::text) != Some("false");
                self.mounts.push(json!({ "sourceVolume": name, "containerPath": path, "readOnly": read_only }));
            }
            match efs {
                Some(efs) if own("id").is_none() => self.ledger.asked(efs, Said::of(&all::IMPORT_PLACEHOLDER).text("mark", "<file-system-id>"), &target),
                _ => {}
            }
            self.ledger.exact(volume, &target);
        }
    }

    fn container(&mut self, name: &str, node: &Node, image: Option<&Node>, index: usize, family: &str, region: &str) -> Value {
        let at = format!("/containerDefinitions/{index}");
        let mut out = Map::new();
        out.insert("name".into(), json!(name));
        let location = image.and_then(|image| image.text().map(str::to_owned).or_else(|| image.get("location")?.text().map(str::to_owned)));
        let place = format!("{at}/image");
        match location {
            Some(location) => {
                out.insert("image".into(), json!(location));
                if let Some(node) = image.map(|image| image.get("location").unwrap_or(image)) {
                    if node.is_map() { self.ledger.exact(node.get("location").unwrap_or(node), &place) } else { self.ledger.exact(node, &place) }
                }
            }
            None => {
                out.insert("image".into(), json!(format!("<account>.dkr.ecr.<region>.amazonaws.com/{name}:latest")));
                let said = Said::of(&all::IMPORT_NO_IMAGE).text("service", name);
                match image.and_then(|image| image.get("build")) {
                    Some(build) => self.ledger.asked(build, said, &place),
                    None => self.ledger.note(node.at, name, Outcome::Asked, said, &place),
                }
            }
        }
        let essential = node.get("essential").and_then(Node::text) != Some("false");
        out.insert("essential".into(), json!(essential));
        if let Some(node) = node.get("essential") {
            self.ledger.exact(node, &format!("{at}/essential"));
        }
        let holder = image.filter(|image| image.is_map());
        let either = |key: &str| holder.and_then(|image| image.get(key)).or_else(|| node.get(key));
        if let Some(port) = either("port") {
            let text = port.text().unwrap_or("");
            let (number, protocol) = text.split_once('/').unwrap_or((text, "tcp"));
            if let Ok(number) = number.parse::<u16>() {
                out.insert("portMappings".into(), json!([{ "containerPort": number, "protocol": protocol }]));
                self.ledger.exact(port, &format!("{at}/portMappings/0/containerPort"));
            }
        }
        for (key, target) in [("entrypoint", "entryPoint"), ("command", "command")] {
            let Some(words) = node.get(key) else { continue };
            let list: Option<Vec<String>> = match words.text() {
                Some(text) => shlex::split(text),
                None => Some(words.items().iter().filter_map(Node::text).map(str::to_owned).collect()),
            };
            if let Some(list) = list.filter(|list| !list.is_empty()) {
                out.insert(target.into(), json!(list));
                self.ledger.exact(words, &format!("{at}/{target}"));
            }
        }
        self.variables(node, &at, &mut out);
        self.check(either("healthcheck"), &at, &mut out);
        for (key, value) in either("depends_on").map_or(&[][..], Node::pairs) {
            let condition = value.text().unwrap_or("start").to_ascii_uppercase();
            push(&mut out, "dependsOn", json!({ "containerName": key.text, "condition": condition }));
            self.ledger.exact(value, &format!("{at}/dependsOn"));
        }
        if let Some(labels) = either("labels") {
            out.insert("dockerLabels".into(), strings(labels));
            self.ledger.exact(labels, &format!("{at}/dockerLabels"));
        }
        if let Some(credentials) = either("credentials").or(node.get("credentialsParameter")) {
            out.insert("repositoryCredentials".into(), json!({ "credentialsParameter": credentials.text().unwrap_or("") }));
            self.ledger.exact(credentials, &format!("{at}/repositoryCredentials/credentialsParameter"));
        }
        for (i, mount) in node.get("mount_points").map_or(&[][..], Node::items).iter().enumerate() {
            let text = |key: &str| mount.get(key).and_then(Node::text).unwrap_or("");
            let read_only = mount.get("read_only").and_then(Node::text) != Some("false");
            push(&mut out, "mountPoints", json!({ "sourceVolume": text("source_volume"), "containerPath": text("path"), "readOnly": read_only }));
            self.ledger.exact(mount, &format!("{at}/mountPoints/{i}"));
        }
        let group = format!("/ecs/{family}");
        out.insert(
            "logConfiguration".into(),
            json!({ "logDriver": "awslogs", "options": { "awslogs-group": group, "awslogs-region": region, "awslogs-stream-prefix": name } }),
        );
        self.ledger.note(node.at, name, Outcome::Changed, &all::IMPORT_LOGS, &format!("{at}/logConfiguration"));
        Value::Object(out)
    }

    fn variables(&mut self, node: &Node, at: &str, out: &mut Map<String, Value>) {
        for (i, (key, value)) in node.get("variables").map_or(&[][..], Node::pairs).iter().enumerate() {
            let target = format!("{at}/environment/{i}");
            match value.get("from_cfn").and_then(Node::text) {
                Some(export) => {
                    push(out, "environment", json!({ "name": key.text, "value": format!("${{{export}}}") }));
                    self.ledger.asked(value, Said::of(&all::IMPORT_PLACEHOLDER).text("mark", crate::formats::report::masked("", export)), &target);
                }
                None => {
                    push(out, "environment", json!({ "name": key.text, "value": value.text().unwrap_or("") }));
                    self.ledger.exact(value, &target);
                }
            }
        }
        if let Some(file) = node.get("env_file") {
            self.ledger.asked(file, Said::of(&all::IMPORT_ENV_FILE).text("file", crate::formats::report::masked("", file.text().unwrap_or(""))), "");
        }
        for (i, (key, value)) in node.get("secrets").map_or(&[][..], Node::pairs).iter().enumerate() {
            let target = format!("{at}/secrets/{i}");
            let text = value.text().map(str::to_owned);
            let known = text.clone().filter(|text| text.starts_with('/') || text.starts_with("arn:"));
            push(out, "secrets", json!({ "name": key.text, "valueFrom": known.clone().or(text).unwrap_or_else(|| placeholder(&key.text)) }));
            match known {
                Some(_) => self.ledger.changed(value, &all::IMPORT_COPILOT_TAG, &target),
                None => self.ledger.asked(value, Said::of(&all::IMPORT_PLACEHOLDER).text("mark", placeholder(&key.text)), &target),
            }
        }
    }

    /// Any key that is given fills the others in with Copilot's defaults.
    fn check(&mut self, node: Option<&Node>, at: &str, out: &mut Map<String, Value>) {
        let Some(node) = node.filter(|node| node.is_map()) else { return };
        let text = |key: &str| node.get(key).and_then(Node::text);
        let seconds = |key: &str, usual: u64| text(key).and_then(amounts::seconds).unwrap_or(usual);
        let command: Vec<String> = match node.get("command") {
            Some(command) => command
                .text()
                .map_or_else(|| command.items().iter().filter_map(Node::text).map(str::to_owned).collect(), |t| vec!["CMD-SHELL".into(), t.into()]),
            None => vec!["CMD-SHELL".into(), "curl -f http://localhost/ || exit 1".into()],
        };
        let retries = text("retries").and_then(|t| t.parse::<u64>().ok()).unwrap_or(2);
        out.insert(
            "healthCheck".into(),
            json!({ "command": command, "interval": seconds("interval", 10), "timeout": seconds("timeout", 5), "retries": retries, "startPeriod": seconds("start_period", 0) }),
        );
        self.ledger.exact(node, &format!("{at}/healthCheck"));
    }
}

fn push(out: &mut Map<String, Value>, key: &str, item: Value) {
    if let Some(list) = out.entry(key).or_insert_with(|| json!([])).as_array_mut() {
        list.push(item);
    }
}

fn strings(node: &Node) -> Value {
    Value::Object(node.pairs().iter().map(|(key, value): &(Key, Node)| (key.text.clone(), json!(value.text().unwrap_or("")))).collect())
}
