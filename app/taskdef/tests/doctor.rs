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
    diagnose::diagnose(text).causes.iter().map(|c| c.known.id).collect()
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
            let causes = diagnose::diagnose(&text).causes;
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

/// Texts of the API, the agent, service events, the console in both languages, the CLI, Terraform, CDK, CloudFormation, GitHub's
/// actions and Docker: the cause that is told first, a tab, the text with its line breaks as `\\n`.
fn expected() -> Vec<(&'static str, String)> {
    let lines = include_str!("fixtures/diagnosis.tsv").lines().filter(|l| !l.starts_with('#'));
    lines.map(|l| l.split_once('\t').unwrap()).map(|(id, text)| (id, text.replace("\\n", "\n"))).collect()
}

#[test]
fn every_text_has_its_first_cause() {
    let expected = expected();
    let wrong: Vec<String> =
        expected.iter().filter(|(id, text)| ids(text).first() != Some(id)).map(|(id, text)| format!("{id}: {:?}: {text}", ids(text))).collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), expected.len(), wrong.join("\n"));
    assert!(expected.len() >= 220, "{}", expected.len());
    let covered: BTreeSet<&str> = expected.iter().map(|(id, _)| *id).collect();
    let none: Vec<&str> = diagnose::KNOWN.iter().map(|k| k.id).filter(|id| !covered.contains(id)).collect();
    assert!(none.is_empty(), "known, but no text shows it: {none:?}");
}

/// One cause and its consequences are not told as three causes.
#[test]
fn what_follows_from_a_cause_is_named_as_an_echo() {
    let told = |text: &str| {
        let found = diagnose::diagnose(text);
        (found.causes.iter().map(|c| c.known.id).collect::<Vec<_>>(), found.echoes.iter().map(|c| c.known.id).collect::<Vec<_>>())
    };
    let events = json!({ "runningCount": 0, "events": [
        ["2026-03-10T16:01:03+09:00", "(service shop-auth) rolling back to deployment ecs-svc/1234567890123456789."],
        ["2026-03-10T16:01:03+09:00", "(service shop-auth) deployment failed: tasks failed to start."],
        ["2026-03-10T15:59:17+09:00", "(service shop-auth) was unable to place a task. Reason: ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): invalid character 'p' in literal true (expecting 'r')."]
    ] });
    assert_eq!(told(&events.to_string()), (vec!["secret-not-json"], vec!["rolled-back"]));
    let korean = "Amazon ECS는 이미지 버전 안정성을 강제합니다. 원본 이미지를 더 이상 사용할 수 없는 경우 이 오류가 발생합니다.\n\nENI 세부 정보를 가져오는 중 오류 발생\nThe networkInterface ID 'eni-0a1b2c3d4e5f67890' does not exist";
    assert_eq!(told(korean), (vec!["pull-digest"], vec!["eni-gone"]));
    let service = json!({ "services": [{ "deployments": [{ "rolloutState": "FAILED", "rolloutStateReason": "ECS deployment circuit breaker: tasks failed to start." }],
        "events": [{ "message": "(service web) was unable to place a task. Reason: CannotPullContainerError: pull access denied for web." }] }] });
    assert_eq!(told(&service.to_string()), (vec!["pull-denied"], vec!["rolled-back"]));
    let only = told("(service web) rolling back to deployment ecs-svc/1.");
    assert_eq!(only, (vec!["rolled-back"], vec![]), "where nothing else is said, it is the answer");
    let terraform = "Error: waiting for ECS Service (web) to be stable: timeout while waiting for state to become 'tfSTABLE'\n(service web) failed ELB health checks in (target-group x)";
    assert_eq!(told(terraform).1, ["tool-gave-up"]);
}

/// An account setting, a tool, a role of the service: no edit of the definition is offered.
#[test]
fn a_definition_that_is_right_is_left_alone() {
    let outside: Vec<_> = diagnose::KNOWN.iter().filter(|k| k.outside).collect();
    assert!(outside.len() >= 35, "{}", outside.len());
    for known in outside {
        assert!(known.rules.is_empty() && diagnose::fix(known.id, &Draft::tutorial()).is_none(), "{}", known.id);
    }
    for id in ["target-type", "long-arn", "platform-unknown", "eni-timeout", "empty-provider", "pull-digest", "infrastructure-role", "cfn-case"] {
        assert!(diagnose::find(id).unwrap().outside, "{id}");
    }
}

/// Exit code 15 begins like exit code 1.
#[test]
fn a_number_is_known_as_a_whole() {
    assert_eq!(ids("exit code: 15"), Vec::<&str>::new());
    assert_eq!(ids("exit code: 1"), ["exit-1"]);
    assert_eq!(ids("exited with code 137"), ["exit-137"]);
}

#[test]
fn what_a_text_names_is_found_in_a_draft_and_cured() {
    let cases = support::cases();
    let (mut named, mut by_fix) = (BTreeSet::new(), 0);
    for known in diagnose::KNOWN.iter() {
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
        diagnose::fix(id, &draft).unwrap().apply(draft.root_mut()).unwrap();
        draft
    };
    assert_eq!(after("exec-format").definition()["runtimePlatform"]["cpuArchitecture"], json!("ARM64"));
    assert_eq!(after("out-of-memory").definition()["memory"], json!("3072"));
    let logs = after("log-group-missing");
    for c in logs.definition()["containerDefinitions"].as_array().unwrap() {
        assert_eq!(c["logConfiguration"]["options"]["awslogs-create-group"], json!("true"));
    }
    assert_eq!(diagnose::fix("log-group-missing", &logs), None, "a second press has nothing to do");
    assert_eq!(diagnose::fix("pull-denied", &draft), None, "nobody can guess the right name");
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
    let quote = &diagnose::diagnose(&format!("Error: {whole}")).causes[0].quote;
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

/// Everyday errors of other programs, questions, and what AWS says of other services. “502 Bad Gateway”, which was one of them, is a
/// symptom (`tests/symptoms.rs`): a person who sees it looks for help here, and is asked instead of told a cause.
const UNRELATED: [&str; 100] = [
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
    "upstream prematurely closed connection while reading response header from upstream",
    "Error: write EPIPE",
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
    "How many tasks can one service have?",
    "Fargate와 EC2의 차이가 뭔가요?",
    "cannot find module 'express'",
    "ModuleNotFoundError: No module named 'flask'",
    "python: can't open file 'app.py': [Errno 2] No such file or directory",
    "django.db.utils.OperationalError: could not connect to server",
    "panic: runtime error: index out of range [3] with length 3",
    "thread 'main' panicked at src/main.rs:3:5",
    "java.lang.NullPointerException: Cannot invoke method on null",
    "java.net.UnknownHostException: db",
    "getaddrinfo ENOTFOUND redis",
    "Error: listen EACCES: permission denied 0.0.0.0:80",
    "SSL routines:ssl3_get_record:wrong version number",
    "413 Request Entity Too Large",
    "504 Gateway Time-out",
    "CORS policy: No 'Access-Control-Allow-Origin' header is present",
    "git@github.com: Permission denied (publickey).",
    "! [rejected] main -> main (non-fast-forward)",
    "CONFLICT (content): Merge conflict in README.md",
    "npm WARN deprecated request@2.88.2",
    "yarn install v1.22.19 error An unexpected error occurred",
    "gradle: BUILD FAILED in 3s",
    "[ERROR] Failed to execute goal org.apache.maven.plugins",
    "error[E0382]: borrow of moved value: `x`",
    "SyntaxError: Unexpected token } in JSON at position 12",
    "yaml: line 3: mapping values are not allowed in this context",
    "Error: Unsupported Terraform Core version",
    "Error: Invalid provider configuration",
    "Error acquiring the state lock",
    "Error: Reference to undeclared resource",
    "Need to perform AWS calls for account 111122223333, but no credentials have been configured",
    "This stack uses assets, so the toolkit stack must be deployed to the environment",
    "Template format error: Unresolved resource dependencies [Vpc] in the Resources block",
    "Stack [web] does not exist",
    "An error occurred (ValidationError) when calling the UpdateStack operation: No updates are to be performed.",
    "An error occurred (NoSuchBucket) when calling the GetObject operation: The specified bucket does not exist",
    "An error occurred (InvalidClientTokenId) when calling the GetCallerIdentity operation: The security token included in the request is invalid.",
    "An error occurred (Throttling) when calling the DescribeAlarms operation: Rate exceeded",
    "DBInstanceNotFound: DBInstance web not found.",
    "ResourceNotFoundException: Requested resource not found: Table: users not found",
    "Lambda: Runtime exited with error: exit status 2",
    "REPORT RequestId: 1 Duration: 3000.00 ms Billed Duration: 3000 ms Memory Size: 128 MB",
    "CloudFront: The request could not be satisfied.",
    "Pod has unbound immediate PersistentVolumeClaims",
    "0/3 nodes are available: 3 Insufficient cpu.",
    "Readiness probe failed: HTTP probe failed with statuscode: 503",
    "Back-off restarting failed container",
    "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?",
    "failed to solve: failed to compute cache key: \"/app\": not found",
    "COPY failed: file not found in build context",
    "docker: 'compos' is not a docker command.",
    "network web_default was found but has incorrect label",
    "service \"web\" refers to undefined volume data: invalid compose project",
    "ERROR: relation \"users\" does not exist",
    "FATAL: database \"app\" does not exist",
    "Too many connections",
    "MISCONF Redis is configured to save RDB snapshots",
    "팀 회의는 오후 3시예요.",
    "AccessDenied: Access Denied (Service: Amazon S3; Status Code: 403)",
    "{\"services\":[],\"failures\":[]}",
    "{\"events\":[{\"message\":\"(service web) has started 1 tasks: (task 0123).\"}]}",
];

#[test]
fn what_is_something_else_is_not_known() {
    for text in UNRELATED {
        assert_eq!(ids(text), Vec::<&str>::new(), "{text}");
        assert!(diagnose::symptom::symptom(text).is_none(), "{text}: no symptom either");
        let near: Vec<&str> = diagnose::near(text).iter().map(|known| known.id).collect();
        assert!(near.is_empty(), "{text} resembles {near:?}");
    }
}

#[test]
fn a_long_text_is_read_in_a_moment_and_never_panics() {
    let long = format!("{}exec format error", "한 ‘’ \\ ".repeat(50_000));
    assert_eq!(ids(&long), ["exec-format"]);
}
