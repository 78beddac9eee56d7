//! The cases of `tests/cases/`: one file an area, one line a case.
//!
//! A line is `[rule, what breaks it, what is right, others that may speak too]`. Both are changes of a
//! base (`"@"`: `fargate`, which is the tutorial's example, `ec2`, `external`, `managed`, `windows`,
//! `windows-ec2`); `"0/x"` stands in the first container, `"~region"` in the wizard's answers, `"$"` is a
//! whole document. `null` removes, `"@null"` writes a null, `{"@text": [n, sign, before]}` a long text,
//! `{"@repeat": [n, value, from]}` a list whose `#` count up. `"!"` marks a right side that others may call wrong.

use serde_json::{Map, Value, json};
use taskdef::{
    Draft, Finding, Launch,
    document::edit,
    facts::{Has, ImageFacts, ImageHealthcheck, Images, LayerFacts, Looked, NginxHost, PROGRAMS, Platform},
    lint::{self, Wizard},
};

pub const FILES: [(&str, &str); 26] = [
    ("task", include_str!("../cases/task.json")),
    ("cluster", include_str!("../cases/cluster.json")),
    ("region", include_str!("../cases/region.json")),
    ("sizing", include_str!("../cases/sizing.json")),
    ("container", include_str!("../cases/container.json")),
    ("image", include_str!("../cases/image.json")),
    ("port", include_str!("../cases/port.json")),
    ("resources", include_str!("../cases/resources.json")),
    ("health-check", include_str!("../cases/health.json")),
    ("environment", include_str!("../cases/environment.json")),
    ("secrets", include_str!("../cases/secrets.json")),
    ("logging", include_str!("../cases/logging.json")),
    ("dependencies", include_str!("../cases/dependencies.json")),
    ("timeouts", include_str!("../cases/timeouts.json")),
    ("volumes", include_str!("../cases/volumes.json")),
    ("network", include_str!("../cases/network.json")),
    ("iam", include_str!("../cases/iam.json")),
    ("fargate", include_str!("../cases/fargate.json")),
    ("linux", include_str!("../cases/linux.json")),
    ("windows", include_str!("../cases/windows.json")),
    ("ec2", include_str!("../cases/ec2.json")),
    ("ephemeral-storage", include_str!("../cases/ephemeral-storage.json")),
    ("runtime-platform", include_str!("../cases/runtime-platform.json")),
    ("tags", include_str!("../cases/tags.json")),
    ("limits", include_str!("../cases/limits.json")),
    ("proxy", include_str!("../cases/proxy.json")),
];

/// A definition in its context.
pub struct Given {
    pub definition: Value,
    pub wizard: Wizard,
    /// Whether other rules may call it wrong.
    pub flawed: bool,
}

impl Given {
    pub fn check(&self) -> Vec<Finding> {
        lint::check(&self.definition, &self.wizard)
    }

    /// The same after an edit, whose pointers start at the finding's document.
    pub fn after(&self, finding: &Finding, edit: &taskdef::Edit) -> Given {
        let mut definition = self.definition.clone();
        let mut wizard = self.wizard.clone();
        if finding.scope == taskdef::Scope::Definition {
            edit.apply(&mut definition).unwrap();
        } else {
            let mut root = json!({ "region": wizard.region, "cluster": wizard.cluster, "definition": definition });
            edit.apply(&mut root).unwrap();
            definition = root["definition"].take();
            wizard.region = root["region"].as_str().map(str::to_owned);
            wizard.launch = root["cluster"]["launch"].as_str().and_then(Launch::parse).or(wizard.launch);
            wizard.cluster = Some(root["cluster"].take()).filter(|c| !c.is_null());
        }
        Given { definition, wizard, flawed: self.flawed }
    }
}

/// One line of a file.
pub struct Case {
    pub area: &'static str,
    pub rule: String,
    pub line: String,
    pub wrong: Given,
    pub right: Given,
    /// Rules that may speak too, of another cause.
    pub also: Vec<String>,
}

pub fn cases() -> Vec<Case> {
    let mut all = Vec::new();
    for (area, text) in FILES {
        for row in serde_json::from_str::<Vec<Vec<Value>>>(text).unwrap_or_else(|e| panic!("{area}: {e}")) {
            let also = row.get(3).and_then(Value::as_array).into_iter().flatten().filter_map(|v| Some(v.as_str()?.to_owned()));
            all.push(Case {
                area,
                rule: row[0].as_str().unwrap().to_owned(),
                line: row[1].to_string().chars().take(160).collect(),
                wrong: given(row[1].as_object().unwrap()),
                right: given(row[2].as_object().unwrap()),
                also: also.collect(),
            });
        }
    }
    all
}

/// A base with changes.
pub fn given(changes: &Map<String, Value>) -> Given {
    let base = changes.get("@").and_then(Value::as_str).unwrap_or("fargate");
    let mut root = json!({ "definition": changes.get("$").cloned().unwrap_or_else(|| self::base(base)), "wizard": { "region": "ap-northeast-2" } });
    for (key, value) in changes.iter().filter(|(k, _)| !matches!(k.as_str(), "@" | "$" | "!")) {
        let path = match key.strip_prefix('~') {
            Some(answer) => format!("/wizard/{answer}"),
            None if key.starts_with(|c: char| c.is_ascii_digit()) => format!("/definition/containerDefinitions/{key}"),
            None => format!("/definition/{key}"),
        };
        let change = if value.is_null() { edit::clear(&root, &path) } else { edit::set(&root, &path, filled(value)) };
        change.apply(&mut root).unwrap_or_else(|e| panic!("{key}: {e}"));
    }
    let answers = root["wizard"].clone();
    let texts = |key: &str| answers[key].as_array().into_iter().flatten().filter_map(|v| Some(v.as_str()?.to_owned())).collect();
    let wizard = Wizard {
        region: answers["region"].as_str().map(str::to_owned),
        launch: answers["launch"].as_str().and_then(Launch::parse),
        cluster: answers.get("cluster").cloned(),
        hub_id: answers["hub"].as_str().map(str::to_owned),
        dropped: texts("dropped"),
        duplicate_keys: texts("doubled"),
        images: images(&answers["images"]),
    };
    Given { definition: root["definition"].take(), wizard, flawed: changes.contains_key("!") }
}

fn filled(value: &Value) -> Value {
    if value == "@null" {
        return Value::Null;
    }
    if let Some(text) = value.get("@text").and_then(Value::as_array) {
        let before = text.get(2).and_then(Value::as_str).unwrap_or("");
        return json!(format!("{before}{}", text[1].as_str().unwrap().repeat(text[0].as_u64().unwrap() as usize)));
    }
    if let Some(list) = value.get("@repeat").and_then(Value::as_array) {
        let from = list.get(2).and_then(Value::as_u64).unwrap_or(0);
        return (from..from + list[0].as_u64().unwrap())
            .map(|i| serde_json::from_str::<Value>(&list[1].to_string().replace('#', &i.to_string())).unwrap())
            .collect();
    }
    match value {
        Value::Object(map) => Value::Object(map.iter().map(|(k, v)| (k.clone(), filled(v))).collect()),
        Value::Array(list) => Value::Array(list.iter().map(filled).collect()),
        _ => value.clone(),
    }
}

fn logs() -> Value {
    json!({ "logDriver": "awslogs", "options": { "awslogs-group": "/ecs/my-task", "awslogs-region": "ap-northeast-2", "awslogs-stream-prefix": "ecs" } })
}

fn base(name: &str) -> Value {
    let on = |launch: &str| {
        json!({
            "family": "my-task",
            "requiresCompatibilities": [launch],
            "networkMode": "bridge",
            "runtimePlatform": { "operatingSystemFamily": "LINUX", "cpuArchitecture": "X86_64" },
            "executionRoleArn": "ecsTaskExecutionRole",
            "containerDefinitions": [
                { "name": "web", "image": "docker.io/myid/web:1", "essential": true, "memory": 512, "portMappings": [{ "containerPort": 8080 }], "logConfiguration": logs() },
                { "name": "job", "image": "docker.io/myid/job:1", "essential": false, "memory": 256, "logConfiguration": logs() }
            ]
        })
    };
    let mut windows = json!({
        "family": "my-task",
        "requiresCompatibilities": ["FARGATE"],
        "networkMode": "awsvpc",
        "cpu": "1024",
        "memory": "2048",
        "runtimePlatform": { "operatingSystemFamily": "WINDOWS_SERVER_2022_CORE", "cpuArchitecture": "X86_64" },
        "executionRoleArn": "ecsTaskExecutionRole",
        "containerDefinitions": [{
            "name": "web", "image": "mcr.microsoft.com/windows/servercore:ltsc2022", "essential": true, "cpu": 1024, "memory": 2048,
            "portMappings": [{ "containerPort": 80 }], "logConfiguration": logs()
        }]
    });
    match name {
        "fargate" => Draft::tutorial().definition().clone(),
        "ec2" => on("EC2"),
        "external" => on("EXTERNAL"),
        "managed" => {
            let mut managed = on("MANAGED_INSTANCES");
            managed["networkMode"] = json!("awsvpc");
            managed
        }
        "windows" => windows,
        "windows-ec2" => {
            windows["requiresCompatibilities"] = json!(["EC2"]);
            windows.as_object_mut().unwrap().shift_remove("networkMode");
            windows
        }
        other => panic!("no base {other}"),
    }
}

/// What registries answered, by `~images`: for each image `{"missing": [tags]}`, or facts of which all may be left out.
fn images(all: &Value) -> Images {
    let texts = |value: &Value| value.as_array().into_iter().flatten().map(|v| v.as_str().unwrap().to_owned()).collect::<Vec<_>>();
    let platform = |text: &str| Platform::parse(text).unwrap();
    let looked = |(image, answer): (&String, &Value)| {
        if !answer["missing"].is_null() {
            return (image.clone(), Looked::Missing(texts(&answer["missing"])));
        }
        let platforms: Vec<Platform> =
            answer["platforms"].as_array().map_or_else(|| vec![platform("linux/amd64")], |_| texts(&answer["platforms"]).iter().map(|p| platform(p)).collect());
        let has = |name: &'static str| match answer["programs"][name].as_str() {
            Some("yes") => Has::Yes,
            Some("no") => Has::No,
            _ => Has::Unknown,
        };
        let nginx = |host: &Value| NginxHost {
            file: "etc/nginx/conf.d/default.conf".into(),
            line: 3,
            directive: "proxy_pass".to_owned(),
            target: format!("http://{}:3000", host.as_str().unwrap()),
            host: host.as_str().unwrap().into(),
        };
        let facts = ImageFacts {
            digest: answer["digest"].as_str().unwrap_or("").into(),
            platform: platforms[0].clone(),
            platforms,
            ports: texts(&answer["ports"]),
            user: answer["user"].as_str().unwrap_or("").into(),
            entry_point: texts(&answer["entryPoint"]),
            command: texts(&answer["command"]),
            working_directory: String::new(),
            variables: Vec::new(),
            volumes: texts(&answer["volumes"]),
            healthcheck: answer["healthcheck"].as_array().map(|_| ImageHealthcheck { test: texts(&answer["healthcheck"]), ..Default::default() }),
            stop_signal: String::new(),
            size: answer["size"].as_u64().unwrap_or(0),
            copy: answer["copy"].as_str().map(str::to_owned),
            layers: Some(LayerFacts {
                programs: PROGRAMS.map(|name| (name, has(name))).to_vec(),
                nginx: answer["nginx"].as_array().map(|hosts| hosts.iter().map(nginx).collect()),
            }),
        };
        (image.clone(), Looked::Found(std::sync::Arc::new(facts)))
    };
    all.as_object().into_iter().flatten().map(looked).collect()
}
