//! The scripts, run by Bash against a stand-in for the AWS CLI that writes down how it was called.
//! Whatever a name holds, it arrives as it is and nothing of it is ever run.

#![cfg(unix)]
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use serde_json::{Value, json};
use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Command, Output},
};
use taskdef::{
    Draft, Lang,
    export::{deploy, teardown},
    plan::Plan,
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

struct Ran {
    output: Output,
    calls: Vec<Vec<String>>,
    registered: Option<Value>,
    folder: tempfile::TempDir,
}

fn run(script: &str, args: &[&str]) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("aws"), AWS).unwrap();
    fs::set_permissions(at("aws"), fs::Permissions::from_mode(0o755)).unwrap();
    fs::write(at("script.sh"), script).unwrap();
    let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap());
    let output = Command::new("bash").arg("script.sh").args(args).current_dir(folder.path()).env("PATH", path).output().unwrap();
    let calls = fs::read_to_string(at("calls")).unwrap_or_default();
    let calls = calls.split("\0\0").filter(|c| !c.is_empty()).map(|c| c.split('\0').map(str::to_owned).collect()).collect();
    let registered = fs::read(at("registered")).ok().map(|b| serde_json::from_slice(&b).unwrap());
    Ran { output, calls, registered, folder }
}

impl Ran {
    fn operations(&self) -> Vec<String> {
        self.calls.iter().map(|c| c[..2].join(" ")).collect()
    }

    fn input(&self, operation: &str) -> Value {
        let call = self.calls.iter().find(|c| c[..2].join(" ") == operation).unwrap_or_else(|| panic!("{operation} in {:?}", self.operations()));
        let at = call.iter().position(|a| a == "--cli-input-json").unwrap();
        serde_json::from_str(&call[at + 1]).unwrap()
    }

    fn said(&self) -> String {
        format!("{}{}", String::from_utf8_lossy(&self.output.stdout), String::from_utf8_lossy(&self.output.stderr))
    }
}

fn named(name: &str) -> Plan {
    let mut draft = Draft::tutorial();
    let root = draft.root_mut();
    root["mark"] = json!("0a1b2c");
    root["cluster"]["name"] = json!(name);
    root["definition"]["family"] = json!(name);
    root["definition"]["executionRoleArn"] = json!(name);
    for i in 0..2 {
        root["definition"]["containerDefinitions"][i]["logConfiguration"]["options"]["awslogs-group"] = json!(name);
    }
    Plan::of(&draft)
}

#[test]
fn an_empty_account_gets_each_thing_once_in_order() {
    let ran = run(&deploy(Lang::En, &Plan::of(&Draft::tutorial())), &[]);
    assert!(ran.output.status.success(), "{}", ran.said());
    let wanted = [
        "sts get-caller-identity",
        "ecs describe-clusters",
        "ecs create-cluster",
        "logs describe-log-groups",
        "logs create-log-group",
        "logs put-retention-policy",
        "iam get-role",
        "ecs describe-task-definition",
        "ecs register-task-definition",
    ];
    assert_eq!(ran.operations(), wanted);
    assert_eq!(ran.registered, Some(Plan::of(&Draft::tutorial()).definition));
}

#[test]
fn a_dry_run_only_looks() {
    let plan = Plan::of(&Draft::tutorial());
    for (script, args) in [(deploy(Lang::Ko, &plan), &["--dry-run"][..]), (teardown(Lang::Ko, &plan), &[])] {
        let ran = run(&script, args);
        assert!(ran.output.status.success(), "{}", ran.said());
        assert!(ran.calls.len() >= 4, "{:?}", ran.operations());
        for operation in ran.operations() {
            let verb = operation.split(' ').nth(1).unwrap();
            assert!(["get-", "describe-", "list-"].iter().any(|v| verb.starts_with(v)), "{operation}");
        }
    }
}

#[test]
fn an_unknown_option_does_nothing_and_says_how() {
    let plan = Plan::of(&Draft::tutorial());
    for script in [deploy(Lang::En, &plan), teardown(Lang::En, &plan)] {
        let ran = run(&script, &["--force"]);
        assert_eq!((ran.output.status.code(), ran.calls.len()), (Some(2), 0));
        assert!(ran.said().contains(".sh"), "{}", ran.said());
    }
}

#[test]
fn names_with_every_sign_arrive_as_they_are() {
    for name in [
        "a b",
        "it's",
        "$(touch canary)",
        "`touch canary`",
        "\"; touch canary; \"",
        "';touch canary;'",
        "이름 하나",
        "%s%n\\n",
        "-rf",
        "file:///etc/passwd",
        "a\nTASKWRIGHT\ntouch canary\n",
        "!!",
        "*",
    ] {
        let plan = named(name);
        let ran = run(&deploy(Lang::En, &plan), &[]);
        assert!(ran.output.status.success(), "{name}: {}", ran.said());
        assert_eq!(ran.input("ecs create-cluster")["clusterName"], json!(name));
        assert_eq!(ran.input("logs create-log-group")["logGroupName"], json!(name));
        assert_eq!(ran.registered.as_ref(), Some(&plan.definition), "{name}");
        let down = run(&teardown(Lang::En, &plan), &["--yes"]);
        assert!(down.output.status.success(), "{name}: {}", down.said());
        assert_eq!(down.input("ecs list-task-definitions")["familyPrefix"], json!(name));
        for ran in [ran, down] {
            assert!(!ran.folder.path().join("canary").exists(), "{name} was run");
        }
    }
}

/// Shells of other systems read the scripts too, so a checker of scripts reads each form of them.
#[test]
fn the_checker_of_shell_scripts_has_nothing_to_say() {
    if Command::new("shellcheck").arg("--version").output().is_err() {
        assert!(std::env::var("CI").is_err(), "shellcheck is missing");
        eprintln!("SKIPPED: shellcheck is not installed");
        return;
    }
    let mut plan = named("my-task");
    plan.groups.push(taskdef::plan::Group { name: "other".into(), region: Some("us-east-1".into()) });
    plan.roles.push(taskdef::plan::Role { name: "r".into(), account: Some("123456789012".into()), arn: None, execution: false });
    let full = Plan { stamp: None, groups: Vec::new(), roles: Vec::new(), region: String::new(), ..plan.clone() };
    let mut read = 0;
    // A `$` in quotes is worth a remark to it where the quotes are meant as they are.
    let hostile = named("it's $(x)");
    for script in [deploy(Lang::En, &hostile), teardown(Lang::En, &hostile)] {
        assert!(check(&script, "warning").status.success());
        read += 1;
    }
    for plan in [plan, full, Plan::of(&Draft::tutorial())] {
        for lang in Lang::ALL {
            for script in [deploy(lang, &plan), teardown(lang, &plan)] {
                let ran = check(&script, "style");
                assert!(ran.status.success(), "{}\n{script}", String::from_utf8_lossy(&ran.stdout));
                read += 1;
            }
        }
    }
    assert_eq!(read, 14);
    assert!(!check("#!/bin/bash\necho $1\n", "style").status.success(), "the checker must see a fault");
}

fn check(script: &str, severity: &str) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let file: &Path = &folder.path().join("s.sh");
    fs::write(file, script).unwrap();
    Command::new("shellcheck").args(["--severity", severity, "--norc"]).arg(file).output().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_name_arrives_as_it_is(name in "[^\0]{1,40}") {
        let plan = named(&name);
        let ran = run(&deploy(Lang::En, &plan), &[]);
        prop_assert!(ran.output.status.success(), "{}", ran.said());
        prop_assert_eq!(&ran.input("ecs create-cluster")["clusterName"], &json!(name));
        prop_assert_eq!(ran.registered.as_ref(), Some(&plan.definition));
    }
}
