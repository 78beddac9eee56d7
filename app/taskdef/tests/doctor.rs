//! What AWS says, read back to its cause: every text of the collection, cut short, quoted, in JSON; and what is none of
//! them is not known.

#![allow(clippy::unwrap_used, missing_docs)]

#[allow(dead_code)]
mod support;

use serde_json::json;
use std::collections::BTreeSet;
use taskdef::{Draft, diagnose, lint};

struct Row {
    number: String,
    texts: Vec<String>,
    rules: Vec<String>,
}

/// The collection of real texts, which is not part of the product.
fn collection() -> Vec<Row> {
    let text = include_str!("fixtures/error-texts.md");
    let mut rows = Vec::new();
    for line in text.lines().filter(|l| l.starts_with("| ") && l[2..].starts_with(|c: char| c.is_ascii_digit())) {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let number = cells[0].trim_end_matches(" ★").to_owned();
        let first = number.parse::<u32>().unwrap() < 60;
        let texts = cells[1].split('`').skip(1).step_by(2).map(str::to_owned).collect();
        let rules = if first { cells.last().unwrap().split(", ").map(str::to_owned).collect() } else { Vec::new() };
        rows.push(Row { number, texts, rules });
    }
    rows
}

/// Texts that stand in the collection as examples of a form: a part of one, or a name left open.
fn filled(number: &str, text: &str) -> Vec<String> {
    match (number, text) {
        ("42", text) if text.contains("<name>") => {
            let names = ["dockerVolumeConfiguration", "devices", "sharedMemorySize", "maxSwap", "dockerSecurityOptions", "ipcMode", "constraints"];
            names.iter().map(|n| text.replace("<name>", n)).collect()
        }
        ("49", "... at most 200") => vec!["EphemeralStorage size should be at most 200".into()],
        _ => vec![text.to_owned()],
    }
}

fn ids(text: &str) -> Vec<&'static str> {
    diagnose::diagnose(text).iter().map(|c| c.known.id).collect()
}

#[test]
fn every_text_of_the_collection_is_known_and_names_its_rule() {
    let rows = collection();
    let (mut seen, mut wrong) = (0, Vec::new());
    for row in &rows {
        for text in row.texts.iter().flat_map(|t| filled(&row.number, t)) {
            // Words of a sentence about the texts, such as the name of a field.
            if text.len() < 17 || text.starts_with("... ") {
                continue;
            }
            seen += 1;
            let causes = diagnose::diagnose(&text);
            let named: BTreeSet<&str> = causes.iter().flat_map(|c| c.known.rules).map(|rule| rule.id).collect();
            let fits = |rule: &String| named.iter().any(|n| rule.strip_suffix('*').map_or(*n == rule, |start| n.starts_with(start) || n.contains("-fargate-")));
            if causes.is_empty() || (!row.rules.is_empty() && !row.rules.iter().any(fits)) {
                wrong.push(format!("{} {text}: {:?}, wanted {:?}", row.number, ids(&text), row.rules));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {seen}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(seen >= 100 && rows.len() >= 85, "{seen} texts in {} rows", rows.len());
}

#[test]
fn what_a_text_names_is_found_in_a_draft_and_cured() {
    let cases = support::cases();
    let (mut named, mut by_fix) = (BTreeSet::new(), 0);
    for known in diagnose::KNOWN {
        for rule in known.rules {
            if rule.state != lint::State::Active || !named.insert(rule.id) {
                continue;
            }
            let case = cases.iter().find(|c| c.rule == rule.id).unwrap_or_else(|| panic!("{rule} has no case"));
            let finding = case.wrong.check().into_iter().find(|f| f.rule == *rule).unwrap();
            match finding.fixes.first() {
                Some(fix) => {
                    let cured = case.wrong.after(&finding, &fix.edit);
                    assert!(!cured.check().iter().any(|f| f.rule == *rule && f.path == finding.path), "{rule}");
                    by_fix += 1;
                }
                None => assert!(!case.right.check().iter().any(|f| f.rule == *rule), "{rule}"),
            }
        }
    }
    assert!(named.len() > 95 && by_fix > 55, "{} rules, {by_fix} cured by one press", named.len());
}

#[test]
fn what_only_the_start_told_is_cured_in_the_draft() {
    let draft = Draft::tutorial();
    let after = |id: &str| {
        let mut draft = draft.clone();
        diagnose::cure(id, &draft).unwrap().apply(draft.root_mut()).unwrap();
        draft
    };
    assert_eq!(after("exec-format").definition()["runtimePlatform"]["cpuArchitecture"], json!("ARM64"));
    assert_eq!(after("out-of-memory").definition()["memory"], json!("3072"));
    let logs = after("log-group-missing");
    for c in logs.definition()["containerDefinitions"].as_array().unwrap() {
        assert_eq!(c["logConfiguration"]["options"]["awslogs-create-group"], json!("true"));
    }
    assert_eq!(diagnose::cure("log-group-missing", &logs), None, "a second press has nothing to do");
    assert_eq!(diagnose::cure("pull-denied", &draft), None, "nobody can guess the right name");
}

#[test]
fn a_text_is_known_quoted_broken_cut_and_among_other_words() {
    let whole = "No Fargate configuration exists for given values: 1024 CPU, 1024 memory.";
    for text in [
        format!("An error occurred (ClientException) when calling the RegisterTaskDefinition operation: {whole}"),
        format!("배포가 안 돼요 ㅠㅠ 오류: {whole} 어떻게 고치나요?"),
        whole.to_uppercase(),
        whole.replace(' ', "\n   "),
        "ClientException: No Fargate configuration exists for giv…".into(),
        json!({ "message": whole }).to_string(),
    ] {
        assert_eq!(ids(&text), ["fargate-pair"], "{text}");
    }
    let quote = &diagnose::diagnose(&format!("Error: {whole}"))[0].quote;
    assert_eq!((quote.before.as_str(), quote.words.as_str()), ("Error: ", "No Fargate configuration exists for given values"));
    assert_eq!(quote.after, ": 1024 CPU, 1024 memory.");
    assert_eq!(ids(r#"{\"event\": \"The container-instance encountered error \"AGENT\"\"#), ["place-instance"], "out of a log, with its escapes");
    assert_eq!(ids("Fargate only supports network mode ‘awsvpc’."), ids("Fargate only supports network mode 'awsvpc'."));
}

#[test]
fn a_whole_describe_tasks_output_is_read() {
    let task = |reason: &str, containers: serde_json::Value| {
        json!({ "tasks": [{ "taskArn": "arn:aws:ecs:x", "lastStatus": "STOPPED", "stopCode": "EssentialContainerExited", "stoppedReason": reason, "containers": containers }], "failures": [] }).to_string()
    };
    let killed = task(
        "Essential container in task exited",
        json!([{ "name": "a", "exitCode": 137, "reason": "OutOfMemoryError: Container killed due to memory usage" }]),
    );
    assert_eq!(ids(&killed), ["out-of-memory"]);
    assert_eq!(ids(&task("Essential container in task exited", json!([{ "name": "a", "exitCode": 1 }]))), ["exit-1"]);
    assert_eq!(ids(&task("Task failed container health checks", json!([{ "name": "a", "exitCode": 143 }]))), ["health-failed"]);
    assert_eq!(ids(&task("Essential container in task exited", json!([]))), ["exited"]);
}

/// Everyday errors of other programs, questions, and what AWS says of other services.
const UNRELATED: [&str; 40] = [
    "Hello",
    "",
    "   \n",
    "태스크 정의를 어떻게 만드나요?",
    "How do I run two containers in one task?",
    "TypeError: Cannot read properties of undefined (reading 'map')",
    "npm ERR! code ELIFECYCLE",
    "error: could not compile `app` due to 3 previous errors",
    "fatal: not a git repository (or any of the parent directories): .git",
    "Segmentation fault (core dumped)",
    "bash: docker: command not found",
    "Error response from daemon: Conflict. The container name \"/web\" is already in use",
    "failed to solve: process \"/bin/sh -c npm ci\" did not complete successfully",
    "Unable to locate credentials. You can configure credentials by running \"aws configure\".",
    "An error occurred (BucketAlreadyExists) when calling the CreateBucket operation",
    "An error occurred (InvalidParameterValue) when calling the RunInstances operation: Invalid id",
    "Connection refused",
    "ETIMEDOUT",
    "502 Bad Gateway nginx/1.27.0",
    "upstream prematurely closed connection while reading response header from upstream",
    "listen EADDRINUSE: address already in use :::8080",
    "Error: connect ECONNREFUSED 127.0.0.1:5432",
    "password authentication failed for user \"app\"",
    "Access denied for user 'root'@'localhost'",
    "The stack named web failed creation, it may need to be manually deleted",
    "UPDATE_ROLLBACK_COMPLETE",
    "Lambda was unable to decrypt the environment variables",
    "Task timed out after 3.00 seconds",
    "Health checks failed with these codes: [502]",
    "The security token included in the request is expired",
    "Rate exceeded",
    "kubectl: The connection to the server localhost:8080 was refused",
    "CrashLoopBackOff",
    "ImagePullBackOff",
    "{\"tasks\":[],\"failures\":[]}",
    "{\"family\":\"my-task\",\"containerDefinitions\":[]}",
    "[1, 2, 3]",
    "No Fargate",
    "Essential container",
    "arn:aws:ecs:ap-northeast-2:123456789012:task-definition/my-task:1",
];

#[test]
fn what_is_something_else_is_not_known() {
    for text in UNRELATED {
        assert_eq!(ids(text), Vec::<&str>::new(), "{text}");
    }
}

#[test]
fn a_long_text_is_read_in_a_moment_and_never_panics() {
    let long = format!("{}exec format error", "한 ‘’ \\ ".repeat(50_000));
    assert_eq!(ids(&long), ["exec-format"]);
}
