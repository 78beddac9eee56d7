//! The scripts, run by Bash against a stand-in for the AWS CLI that writes down how it was called.
//! Whatever a name holds, it arrives as it is and nothing of it is ever run.

#![cfg(unix)]
#![allow(clippy::unwrap_used)]

mod bash;

use bash::{full, mark, plan, run};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::{
    collections::{BTreeSet, HashSet},
    fs,
    path::Path,
    process::{Command, Output},
};
use taskdef::{
    Draft, Lang,
    deploy::{
        Obstacle, Plan, RegionName,
        scripts::{deploy, making, teardown},
    },
    document::pointer,
};

#[test]
fn an_empty_account_gets_each_thing_once_in_order() {
    let ran = run(&deploy(Lang::En, &plan(&Draft::tutorial())), &[]);
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
    assert_eq!(ran.registered, Some(plan(&Draft::tutorial()).definition));
}

#[test]
fn a_dry_run_only_looks() {
    let plan = self::plan(&Draft::tutorial());
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

/// The last lines named the cluster by the log group that was looked at before it.
#[test]
fn the_teardown_names_the_cluster() {
    let plan = self::plan(&Draft::tutorial());
    let ran = run(&teardown(Lang::En, &plan), &[]);
    let said = ran.said();
    assert!(!plan.groups.is_empty() && said.contains(&format!("= cluster {}:", plan.cluster)), "{said}");
}

#[test]
fn an_unknown_option_does_nothing_and_says_how() {
    let plan = self::plan(&Draft::tutorial());
    for script in [deploy(Lang::En, &plan), teardown(Lang::En, &plan)] {
        let ran = run(&script, &["--force"]);
        assert_eq!((ran.output.status.code(), ran.calls.len()), (Some(2), 0));
        assert!(ran.said().contains(".sh"), "{}", ran.said());
    }
}

/// Texts that a shell, a heredoc, a template or a terminal would act on; each leaves `canary` behind where it is run.
const HOSTILE: [&str; 18] = [
    "$(touch canary)",
    "`touch canary`",
    "arn:aws:iam::$(touch canary):role/x",
    "arn:aws:iam::`touch${IFS}canary`:role/x",
    "$IFS${HOME}$name",
    "\"; touch canary; \"",
    "';touch canary;'",
    "it's \\' \\\" \\",
    "a\nTASKWRIGHT\ntouch canary\n",
    "TASKWRIGHT",
    "\n::error::forged",
    "-rf",
    "--endpoint-url=http://127.0.0.1:9",
    "file:///etc/passwd",
    "%s%n\\n!!*?[a]~{a,b}",
    "\u{1b}]0;owned\u{7}\u{1b}[2J\u{9b}2J",
    "\u{202e}\u{2066}\u{2028}\u{2029}한글\u{feff}",
    "a\0b",
];

/// Pointers of all texts, and of all objects with each of their keys.
fn leaves(value: &Value, at: &str, texts: &mut Vec<String>, keys: &mut Vec<(String, String)>) {
    match value {
        Value::String(_) => texts.push(at.to_owned()),
        Value::Array(list) => list.iter().enumerate().for_each(|(i, v)| leaves(v, &format!("{at}/{i}"), texts, keys)),
        Value::Object(map) => {
            for (key, v) in map {
                keys.push((at.to_owned(), key.clone()));
                leaves(v, &pointer::join(at, key), texts, keys);
            }
        }
        _ => {}
    }
}

/// The document with one text, or one key, replaced: every one of them, by every hostile text.
fn poisoned(document: &Value) -> Vec<(String, Value)> {
    let (mut texts, mut keys, mut all) = (Vec::new(), Vec::new(), Vec::new());
    leaves(document, "", &mut texts, &mut keys);
    assert!(texts.len() > 30 && keys.len() > 60, "{} texts, {} keys", texts.len(), keys.len());
    for hostile in HOSTILE {
        for at in &texts {
            let mut one = document.clone();
            *one.pointer_mut(at).unwrap() = json!(hostile);
            all.push((format!("{at} {hostile:?}"), one));
        }
        for (at, key) in &keys {
            let mut one = document.clone();
            let map = one.pointer_mut(at).unwrap().as_object_mut().unwrap();
            *map = map.iter().map(|(k, v)| (if k == key { hostile.to_owned() } else { k.clone() }, v.clone())).collect();
            all.push((format!("key {at}/{key} {hostile:?}"), one));
        }
    }
    all
}

/// What a script says outside single quotes and the heredoc: only what this program wrote. Comments are its own words.
fn skeleton(script: &str) -> String {
    let mut out = String::new();
    let mut lines = script.split_inclusive('\n');
    let mut code = String::new();
    while let Some(line) = lines.next() {
        if line.starts_with('#') {
            continue;
        }
        code.push_str(line);
        if line.trim_end().ends_with("<<'TASKWRIGHT'") {
            let inside = lines.by_ref().take_while(|l| *l != "TASKWRIGHT\n").count();
            assert!(inside > 0);
        }
    }
    let (mut single, mut double) = (false, false);
    let mut signs = code.chars();
    while let Some(c) = signs.next() {
        match c {
            '\'' if !double => single = !single,
            '"' if !single => double = !double,
            // What follows is itself; of a quote inside quoted text nothing is left.
            '\\' if !single => match signs.next() {
                Some('\'') if !double => continue,
                next => out.extend(['\\'].into_iter().chain(next)),
            },
            _ => {}
        }
        if !single && c != '\\' && (c != '\'' || double) {
            out.push(c);
        }
    }
    assert!(!single && !double, "quotes left open in {script}");
    out
}

/// The lines of scripts of harmless drafts, without what stands in quotes: all that a script may say.
fn templates() -> HashSet<String> {
    let with = |change: &dyn Fn(&mut Plan)| {
        let mut plan = plan(&full());
        change(&mut plan);
        plan
    };
    let plans = [
        with(&|_| {}),
        with(&|p| p.stamp = None),
        with(&|p| p.roles.iter_mut().for_each(|r| r.account = None)),
        with(&|p| p.region = RegionName::parse("").unwrap()),
        with(&|p| p.groups.iter_mut().for_each(|g| g.region = None)),
        with(&|p| p.groups.iter_mut().for_each(|g| g.region = Some(p.region.clone()))),
    ];
    plans.iter().flat_map(|p| [deploy(Lang::En, p), teardown(Lang::En, p)]).flat_map(|s| skeleton(&s).lines().map(str::to_owned).collect::<Vec<_>>()).collect()
}

fn says_only(known: &HashSet<String>, plan: &Plan, what: &str) {
    for script in [deploy(Lang::En, plan), teardown(Lang::En, plan)] {
        for line in skeleton(&script).lines() {
            assert!(known.contains(line), "{what}: {line:?}");
        }
    }
}

/// All scripts and commands of a plan, and how they are run.
fn ways(plan: &Plan) -> Vec<(String, &'static [&'static str])> {
    let deploy = deploy(Lang::En, plan);
    let mut all = vec![(deploy.clone(), &["--dry-run"][..]), (deploy, &[]), (teardown(Lang::En, plan), &[]), (teardown(Lang::Ko, plan), &["--yes"])];
    all.extend(plan.roles.iter().map(|role| (making(plan, role).join("\n"), &[][..])));
    all
}

/// Runs everything that is made of a plan; nothing of it is executed, written or expanded.
fn run_all(plan: &Plan, what: &str) {
    for (script, args) in ways(plan) {
        let ran = run(&script, args);
        assert!(ran.output.status.success(), "{what}: {}", ran.said());
        let files: BTreeSet<String> = fs::read_dir(ran.folder.path()).unwrap().map(|f| f.unwrap().file_name().into_string().unwrap()).collect();
        let known: BTreeSet<String> = ["aws", "calls", "registered", "script.sh", "tmp"].map(str::to_owned).into();
        assert!(files.is_subset(&known), "{what} wrote {files:?}");
        assert_eq!(fs::read_dir(ran.folder.path().join("tmp")).unwrap().count(), 0, "{what}: what was written for the AWS CLI is removed");
        assert!(!ran.said().chars().any(|c| c != '\n' && taskdef::shown::is_hidden(c)), "{what} said {:?}", ran.said());
        assert!(!ran.calls.iter().flatten().any(|a| a.contains("/root") || a.starts_with("--endpoint")), "{what}: {:?}", ran.calls);
        if let Some(registered) = &ran.registered {
            assert_eq!(registered, &plan.definition, "{what}");
        }
    }
}

#[test]
fn no_text_of_a_draft_is_run_written_or_expanded() {
    let known = templates();
    let (mut planned, mut refused) = (0, 0);
    let mut to_run: Vec<(String, Plan)> = Vec::new();
    for (what, document) in poisoned(full().root()) {
        let Ok(draft) = Draft::parse(&document.to_string()) else { continue };
        let Ok(plan) = Plan::new(&draft, &mark()) else {
            refused += 1;
            continue;
        };
        planned += 1;
        says_only(&known, &plan, &what);
        // Bash reads each place once, with the hostile texts in turn: all of them everywhere would take minutes.
        if (planned + refused) % (2 * HOSTILE.len()) == 0 {
            to_run.push((what, plan));
        }
    }
    assert!(planned > 300 && refused > 100, "{planned} planned, {refused} refused");
    assert!(to_run.len() > 10, "{}", to_run.len());
    to_run.iter().for_each(|(what, plan)| run_all(plan, what));
}

#[test]
fn hostile_values_of_a_definition_are_registered_as_they_are() {
    for hostile in HOSTILE {
        let mut draft = full();
        let definition = &mut draft.root_mut()["definition"];
        definition["containerDefinitions"][0]["environment"] = json!([{ "name": hostile, "value": hostile }]);
        definition["containerDefinitions"][0]["command"] = json!([hostile, hostile]);
        definition["containerDefinitions"][0]["dockerLabels"] = json!({ hostile: hostile });
        run_all(&plan(&draft), hostile);
    }
}

#[test]
fn a_plan_that_was_stored_holds_no_hostile_text_either() {
    let stored = serde_json::to_value(plan(&full()).of_operation("0123456789abcdef")).unwrap();
    let known = templates();
    let (mut read, mut refused) = (0, 0);
    for (what, document) in poisoned(&stored) {
        let Ok(plan) = serde_json::from_value::<Plan>(document) else {
            refused += 1;
            continue;
        };
        read += 1;
        says_only(&known, &plan, &what);
        let harmless = ["TASKWRIGHT", "-rf"].iter().any(|word| what.ends_with(&format!("{word:?}")));
        assert!(!what.starts_with('/') || what.starts_with("/definition") || harmless, "{what}: a hostile word was read");
    }
    assert!(read > 300 && refused > 150, "{read} read, {refused} refused");
}

#[test]
fn names_that_aws_could_not_have_make_no_plan_and_say_which_field() {
    let of = |path: &str, value: &str| {
        let mut draft = full();
        *draft.root_mut().pointer_mut(path).unwrap() = json!(value);
        Plan::new(&draft, &mark()).map_err(|e| (e.kind, e.place))
    };
    for hostile in HOSTILE.iter().filter(|h| **h != "TASKWRIGHT" && **h != "-rf") {
        let refused = |path: &str, place: &str| {
            let (kind, at) = of(path, hostile).unwrap_err();
            assert!(at == place || kind == Obstacle::Mark, "{hostile:?} at {path}: {kind:?} {at}");
        };
        refused("/region", "/region");
        refused("/cluster/name", "/cluster/name");
        refused("/definition/family", "/family");
        refused("/definition/executionRoleArn", "/executionRoleArn");
        refused("/definition/taskRoleArn", "/taskRoleArn");
        let options = "/containerDefinitions/0/logConfiguration/options";
        refused(&format!("/definition{options}/awslogs-region"), &format!("{options}/awslogs-region"));
        if *hostile != "file:///etc/passwd" {
            refused(&format!("/definition{options}/awslogs-group"), &format!("{options}/awslogs-group"));
        }
    }
    assert!(matches!(of("/definition/family", ""), Err((Obstacle::Family, _))));
}

#[test]
fn a_placeholder_makes_no_script() {
    let mut draft = full();
    draft.root_mut()["definition"]["containerDefinitions"][1]["image"] = json!("<IMAGE1_NAME>");
    let refused = Plan::new(&draft, &mark()).unwrap_err();
    assert_eq!((refused.kind, refused.place.as_str()), (Obstacle::Mark, "/containerDefinitions/1/image"));
}

#[test]
fn the_tag_is_what_the_server_says_and_not_what_the_document_says() {
    let mut draft = Draft::tutorial();
    let as_it_is = plan(&draft);
    draft.root_mut()["mark"] = json!("ffffff");
    assert_eq!(plan(&draft), as_it_is);
    assert!(teardown(Lang::En, &as_it_is).contains("mark='0a1b2c'"));
}

/// Shells of other systems read the scripts too, so a checker of scripts reads each form of them.
#[test]
fn the_checker_of_shell_scripts_has_nothing_to_say() {
    if Command::new("shellcheck").arg("--version").output().is_err() {
        assert!(std::env::var("CI").is_err(), "shellcheck is missing");
        eprintln!("SKIPPED: shellcheck is not installed");
        return;
    }
    let plan = plan(&full());
    let bare = Plan { stamp: None, groups: Vec::new(), roles: Vec::new(), region: RegionName::parse("").unwrap(), ..plan.clone() };
    let mut read = 0;
    for plan in [plan, bare, self::plan(&Draft::tutorial())] {
        for lang in Lang::ALL {
            for script in [deploy(lang, &plan), teardown(lang, &plan)] {
                let ran = check(&script, "style");
                assert!(ran.status.success(), "{}\n{script}", String::from_utf8_lossy(&ran.stdout));
                read += 1;
            }
        }
    }
    assert_eq!(read, 12);
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
    fn any_value_arrives_as_it_is(value in "[^\0]{1,40}") {
        let mut draft = Draft::tutorial();
        draft.root_mut()["definition"]["containerDefinitions"][0]["environment"] = json!([{ "name": "A", "value": value }]);
        let plan = plan(&draft);
        let ran = run(&deploy(Lang::En, &plan), &[]);
        prop_assert!(ran.output.status.success(), "{}", ran.said());
        prop_assert_eq!(ran.registered.as_ref(), Some(&plan.definition));
    }

    #[test]
    fn a_name_makes_a_plan_only_where_every_sign_of_it_is_harmless(name in any::<String>()) {
        let mut draft = Draft::tutorial();
        draft.root_mut()["cluster"]["name"] = json!(name);
        if let Ok(plan) = Plan::new(&draft, &mark()) {
            prop_assert!(plan.cluster.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
        }
    }
}
