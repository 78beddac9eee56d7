//! Bash with a stand-in for the AWS CLI that writes down how it was called, and a draft with everything in it.

use serde_json::{Value, json};
use std::{
    fs,
    os::unix::fs::PermissionsExt,
    process::{Command, Output},
};
use taskdef::{
    Draft,
    deploy::{DraftTag, Plan},
};

/// Answers as an empty account would, and appends its arguments, each ended by a NUL, to `calls`.
const AWS: &str = r#"#!/usr/bin/env bash
printf '%s\0' "$@" '' >>"$(dirname "$0")/calls"
case "$1 $2" in
  'sts get-caller-identity') echo 123456789012 ;;
  'ecs describe-clusters') case "$*" in *TAGS*) ;; *) echo 0 ;; esac ;;
  'ecs describe-task-definition') echo 'An error occurred (ClientException): Unable to describe task definition.' >&2; exit 254 ;;
  'ecs register-task-definition') for a in "$@"; do case "$a" in file://*) cp "${a#file://}" "$(dirname "$0")/registered" ;; esac; done ;;
esac
"#;

/// What a script did.
pub struct Ran {
    pub output: Output,
    /// The arguments of each call of the AWS CLI.
    pub calls: Vec<Vec<String>>,
    pub registered: Option<Value>,
    pub folder: tempfile::TempDir,
}

/// Runs a script by Bash in a folder of its making.
pub fn run(script: &str, args: &[&str]) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("aws"), AWS).unwrap();
    fs::set_permissions(at("aws"), fs::Permissions::from_mode(0o755)).unwrap();
    fs::write(at("script.sh"), script).unwrap();
    fs::create_dir(at("tmp")).unwrap();
    let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap());
    let mut bash = Command::new("bash");
    let output = bash.arg("script.sh").args(args).current_dir(folder.path()).env("PATH", path).env("TMPDIR", at("tmp")).output().unwrap();
    let calls = fs::read_to_string(at("calls")).unwrap_or_default();
    let calls = calls.split("\0\0").filter(|c| !c.is_empty()).map(|c| c.split('\0').map(str::to_owned).collect()).collect();
    let registered = fs::read(at("registered")).ok().map(|b| serde_json::from_slice(&b).unwrap());
    Ran { output, calls, registered, folder }
}

impl Ran {
    pub fn operations(&self) -> Vec<String> {
        self.calls.iter().map(|c| c[..2].join(" ")).collect()
    }

    pub fn said(&self) -> String {
        format!("{}{}", String::from_utf8_lossy(&self.output.stdout), String::from_utf8_lossy(&self.output.stderr))
    }
}

pub fn mark() -> DraftTag {
    DraftTag::parse("0a1b2c").unwrap()
}

pub fn plan(draft: &Draft) -> Plan {
    Plan::new(draft, &mark()).unwrap()
}

/// A draft with every kind of thing that a script speaks of: two Regions, roles by name and by ARN, tags, secrets, volumes.
pub fn full() -> Draft {
    let mut draft = Draft::tutorial();
    let root = draft.root_mut();
    root["title"] = json!("a title");
    root["mark"] = json!("0a1b2c");
    let definition = &mut root["definition"];
    definition["taskRoleArn"] = json!("arn:aws:iam::123456789012:role/team/runs");
    definition["tags"] = json!([{ "key": "team", "value": "web" }]);
    definition["volumes"] = json!([{ "name": "data", "efsVolumeConfiguration": { "fileSystemId": "fs-0123456789abcdef0" } }]);
    let container = &mut definition["containerDefinitions"][0];
    container["secrets"] = json!([{ "name": "TOKEN_OF", "valueFrom": "/app/token" }]);
    container["command"] = json!(["node", "server.js"]);
    container["dockerLabels"] = json!({ "a.b": "c" });
    container["mountPoints"] = json!([{ "sourceVolume": "data", "containerPath": "/srv/data" }]);
    container["logConfiguration"]["options"]["awslogs-group"] = json!("/ecs/other");
    container["logConfiguration"]["options"]["awslogs-region"] = json!("us-east-1");
    draft
}
