//! `taskwright validate`, `rules` and `explain`, as a person and a CI system run them.

#![allow(clippy::unwrap_used, missing_docs)]

mod sarif;

use serde_json::{Value, json};
use std::{
    fs,
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
};

const PROGRAM: &str = env!("CARGO_BIN_EXE_taskwright");

const WRONG: &str = "{\n  \"taskDefinition\": {\n    \"family\": \"my task\",\n    \"containerDefinitions\": [\n      { \"name\": \"a\", \"image\": \"docker.io/me/a:1\", \"memory\": 64,\n        \"cpu\": -1 }\n    ]\n  }\n}";

const RIGHT: &str =
    r#"{"family": "a", "requiresCompatibilities": ["EC2"], "containerDefinitions": [{"name": "a", "image": "docker.io/me/a:1", "memory": 64}]}"#;

/// The port is a text, which AWS rejects; nothing else is wrong.
const FIXABLE: &str = "{\n  \"family\": \"a\", \"requiresCompatibilities\": [\"EC2\"],\n  \"containerDefinitions\": [\n    { \"name\": \"a\", \"image\": \"docker.io/me/a:1\", \"memory\": 64.0,\n      \"portMappings\": [{\"containerPort\": \"80\",   \"protocol\": \"tcp\"}] }\n  ]\n}\n";

fn run(args: &[&str], folder: &Path, input: &str) -> Output {
    let mut child = Command::new(PROGRAM)
        .args(args)
        .current_dir(folder)
        .env_remove("TASKWRIGHT_LANG")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

/// A folder that is a repository, so that no settings from above count, with these files.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn validate(args: &[&str], input: &str) -> Output {
    run(&[&["validate"], args].concat(), folder(&[]).path(), input)
}

fn out(done: &Output) -> String {
    String::from_utf8(done.stdout.clone()).unwrap()
}

fn err(done: &Output) -> String {
    String::from_utf8(done.stderr.clone()).unwrap()
}

#[test]
fn lines_are_named_and_errors_end_with_1() {
    let folder = folder(&[("wrong.json", WRONG)]);
    let done = run(&["validate", "wrong.json"], folder.path(), "");
    let text = out(&done);
    assert_eq!(done.status.code(), Some(1), "{text}");
    assert!(text.contains("wrong.json:3:5: error[task-family-format]"), "{text}");
    assert!(text.contains("wrong.json:6:9: error[container-cpu-negative]"), "{text}");
    assert!(text.contains("1 file: 2 errors") && text.contains("rules as of 20"), "{text}");
    let korean = out(&run(&["validate", "--lang", "ko", "wrong.json"], folder.path(), ""));
    assert!(korean.contains("오류[task-family-format]") && korean.contains("규칙 기준일 20"), "{korean}");
}

#[test]
fn standard_input_is_read_and_json_has_every_finding() {
    let done = validate(&["--format", "json", "-"], WRONG);
    let files: Value = serde_json::from_slice(&done.stdout).unwrap();
    let finding = &files[0]["findings"][0];
    assert_eq!((files[0]["file"].as_str(), finding["rule"].as_str(), finding["line"].as_u64()), (Some("-"), Some("task-family-format"), Some(3)));
    assert_eq!(files[0]["summary"]["errors"], 2);
    assert!(files[0]["findings"].as_array().unwrap().iter().any(|f| f["severity"] == "advice"));
    let broken: Value = serde_json::from_slice(&validate(&["--format", "json", "-"], "{\n 'a': 1}").stdout).unwrap();
    assert_eq!((broken[0]["findings"][0]["rule"].as_str(), broken[0]["findings"][0]["line"].as_u64()), (Some("task-json-shape"), Some(2)));
}

/// Lines of CI systems' commands, escape sequences and marks of direction, in a file of a stranger's pull request and in its name.
#[test]
fn nothing_of_a_file_is_acted_on_by_a_terminal_or_a_ci_system() {
    let hostile = "a\u{1b}[2J\u{9b}1m\u{202e}\u{2028}\r\nOK: no errors\n::error file=a.js::forged\n##[error]forged ##vso[task.x]";
    let key = |name: &str| json!({ "name": hostile, "image": hostile, name: 1, "portMappings": [{ "containerPort": 80, "name": hostile }] });
    let definition = json!({ "family": hostile, "networkMode": hostile, hostile: 1, "containerDefinitions": [key(hostile), key(hostile)] }).to_string();
    let name = "::error ##[x] \u{1b}[31m\n::set-output.json";
    let folder = folder(&[(name, &definition)]);
    for format in ["text", "json", "sarif", "github", "junit"] {
        let done = run(&["validate", "--level", "advice", "--format", format, name], folder.path(), "");
        let text = out(&done);
        assert!(text.lines().count() > 8 && done.status.code() == Some(1), "{format}: {text}");
        for line in text.lines() {
            assert!(!line.chars().any(taskdef::shown::is_hidden), "{format}: {line:?}");
            assert!(!line.starts_with("OK"), "{format}: {line:?}");
            let ours = format == "github" && line.starts_with("::") && line.contains("file=%3A%3Aerror \\##[x]");
            assert!(ours || !line.trim_start().starts_with("::"), "{format}: {line:?}");
        }
    }
    let said = err(&validate(&["::error\u{1b}[2J"], ""));
    assert!(said.starts_with("taskwright:") && !said.contains('\u{1b}'), "{said:?}");
}

#[test]
fn exit_codes_are_0_1_and_2() {
    let folder = folder(&[("right.json", RIGHT), ("wrong.json", WRONG), ("deep.json", &"[".repeat(1_000)), ("taskwright.toml", "")]);
    fs::write(folder.path().join("large.json"), vec![b'['; 1024 * 1024 + 1]).unwrap();
    fs::write(folder.path().join("latin.json"), b"{\"family\": \"\xe9\"}").unwrap();
    let code = |args: &[&str]| run(&[&["validate"], args].concat(), folder.path(), "").status.code().unwrap();
    assert_eq!(code(&["right.json"]), 0);
    assert_eq!(code(&["right.json", "wrong.json"]), 1);
    assert_eq!(code(&["deep.json"]), 1, "too deep is a finding, at its place");
    for wrong in [
        &["gone.json"][..],
        &["large.json"],
        &["latin.json"],
        &["none-*.json"],
        &["right.json", "--config", "gone.toml"],
        &["--format", "none", "right.json"],
        &[],
    ] {
        assert_eq!(code(wrong), 2, "{wrong:?}");
    }
    let done = run(&["validate", "gone.json", "wrong.json"], folder.path(), "");
    assert_eq!(done.status.code(), Some(2));
    assert!(err(&done).contains("gone.json: no such file") && out(&done).contains("task-family-format"), "the others are checked all the same");
    assert_eq!(code(&["--fail-on", "advice", "right.json"]), 1);
    assert_eq!(code(&["--format", "text", "--level", "error", "right.json"]), 0);
}

#[test]
fn a_region_and_a_launch_type_are_judged() {
    let open = r#"{"family": "a", "containerDefinitions": [{"name": "a", "image": "docker.io/me/a:1", "memory": 64}]}"#;
    let rules = |args: &[&str]| {
        let files: Value = serde_json::from_slice(&validate(args, open).stdout).unwrap();
        files[0]["findings"].as_array().unwrap().iter().map(|f| f["rule"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert!(!rules(&["--json", "-"]).contains(&"task-fargate-cpu-required".to_owned()));
    assert!(rules(&["--json", "--launch-type", "FARGATE", "-"]).contains(&"task-fargate-cpu-required".to_owned()));
    assert!(rules(&["--json", "--region", "nowhere-1", "-"]).contains(&"region-unknown".to_owned()));
}

#[test]
fn a_sarif_report_keeps_to_its_schema() {
    let folder = folder(&[("a b/wrong.json", WRONG), ("taskwright.toml", "[[ignore]]\nrule = \"task-family-format\"\nreason = \"A test.\"\n")]);
    for lang in ["en", "ko"] {
        let done = run(&["validate", "--format", "sarif", "--lang", lang, "gone.json", "a b"], folder.path(), "");
        let report: Value = serde_json::from_slice(&done.stdout).unwrap();
        assert_eq!(sarif::faults(&report), Vec::<String>::new());
        assert_eq!(report["runs"][0]["tool"]["driver"]["properties"]["rulesAsOf"], taskdef::lint::AS_OF);
        let results = report["runs"][0]["results"].as_array().unwrap();
        assert!(results.len() > 3);
        let first = results.iter().find(|r| r["ruleId"] == "container-cpu-negative").unwrap();
        let place = &first["locations"][0]["physicalLocation"];
        assert_eq!((place["artifactLocation"]["uri"].as_str(), place["region"]["startLine"].as_u64()), (Some("a%20b/wrong.json"), Some(6)));
        let rules = report["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
        assert!(results.iter().all(|r| rules[r["ruleIndex"].as_u64().unwrap() as usize]["id"] == r["ruleId"]));
    }
    let mut wrong = json!({ "version": "2.1.0", "runs": [{ "tool": { "driver": { "name": "x" } }, "results": [{ "message": {}, "level": "bad", "x": 1 }] }] });
    assert_eq!(sarif::faults(&wrong).len(), 3, "the schema is read: {:?}", sarif::faults(&wrong));
    wrong.as_object_mut().unwrap().remove("runs");
    assert_eq!(sarif::faults(&wrong).len(), 1);
}

#[test]
fn settings_ignore_with_a_reason_and_change_levels() {
    let ignore = "[levels]\ncontainer-cpu-negative = \"warning\"\n\n[[ignore]]\nrule = \"task-family-format\"\nreason = \"Renamed by the pipeline.\"\n";
    let folder = folder(&[("wrong.json", WRONG), ("taskwright.toml", ignore), ("sub/wrong.json", WRONG)]);
    let done = run(&["validate", "wrong.json"], folder.path(), "");
    let text = out(&done);
    assert_eq!(done.status.code(), Some(0), "{text}");
    assert!(
        text.contains("warning[container-cpu-negative]") && !text.contains("task-family-format]") && text.contains("1 ignored by taskwright.toml"),
        "{text}"
    );
    let below = run(&["validate", "wrong.json"], &folder.path().join("sub"), "");
    assert_eq!(below.status.code(), Some(0), "the settings of the repository hold in its folders: {}", out(&below));
    let files: Value = serde_json::from_slice(&run(&["validate", "--format", "json", "wrong.json"], folder.path(), "").stdout).unwrap();
    let ignored: Vec<&Value> = files[0]["findings"].as_array().unwrap().iter().filter(|f| f.get("ignored").is_some()).collect();
    assert_eq!((ignored.len(), ignored[0]["ignored"]["reason"].as_str()), (1, Some("Renamed by the pipeline.")));
    for (settings, said) in [
        ("[[ignore]]\nrule = \"task-family-format\"\n", "taskwright.toml:1:1: task-family-format is ignored without a reason"),
        ("[levels]\ntask-famly-format = \"error\"", "taskwright.toml:2:1: there is no rule “task-famly-format”. Did you mean task-family-format?"),
        ("levels = 1", "taskwright.toml:1:10: not valid settings"),
    ] {
        fs::write(folder.path().join("taskwright.toml"), settings).unwrap();
        let done = run(&["validate", "wrong.json"], folder.path(), "");
        assert!(done.status.code() == Some(2) && err(&done).contains(said), "{}", err(&done));
        assert!(out(&done).is_empty(), "nothing is checked with settings that are wrong");
    }
}

#[test]
fn a_fix_changes_its_line_shows_it_and_leaves_the_rest() {
    let folder = folder(&[("task.json", FIXABLE)]);
    let path = folder.path().join("task.json");
    let shown = run(&["validate", "--diff", "task.json"], folder.path(), "");
    assert!(out(&shown).contains("would fix[") && shown.status.code() == Some(1), "{}", out(&shown));
    assert_eq!(fs::read_to_string(&path).unwrap(), FIXABLE, "--diff changes nothing");
    let done = run(&["validate", "--fix", "task.json"], folder.path(), "");
    let text = out(&done);
    assert!(
        text.contains("-      \"portMappings\"") && text.contains("+      \"portMappings\"") && text.contains("task.json:5:") && text.contains("fixed["),
        "{text}"
    );
    let now = fs::read_to_string(&path).unwrap();
    assert_eq!(now, FIXABLE.replace("\"80\"", "80"), "the spelling of 64.0 and every space stay");
    let again = run(&["validate", "--fix", "task.json"], folder.path(), "");
    assert!(!out(&again).contains("fixed["), "{}", out(&again));
    let input = run(&["validate", "--fix", "-"], folder.path(), FIXABLE);
    assert!(input.status.code() == Some(2) && err(&input).contains("cannot be fixed in place"), "{}", err(&input));
    let machine = run(&["validate", "--diff", "--format", "json", "-"], folder.path(), FIXABLE);
    assert!(serde_json::from_slice::<Value>(&machine.stdout).is_ok() && err(&machine).contains("would fix["));
}

#[test]
fn a_choice_is_refused_with_its_labels() {
    let check = "\"tcp\"}],\n      \"healthCheck\": {\"command\": [\"CMD-SHELL\", \"curl -f http://localhost || exit 1\"], \"interval\": 10, \"timeout\": 90}";
    let choice = FIXABLE.replace("\"80\"", "80").replace("\"tcp\"}]", check);
    let folder = folder(&[("task.json", &choice)]);
    let done = run(&["validate", "--fix-all", "task.json"], folder.path(), "");
    assert!(out(&done).contains("not fixed: choose one: ") && out(&done).contains(" | "), "{}", out(&done));
    assert_eq!((done.status.code(), fs::read_to_string(folder.path().join("task.json")).unwrap()), (Some(1), choice));
}

const TEMPLATE: &str = "Resources:\n  T:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      Family: my task\n      ContainerDefinitions: [{Name: a, Image: !Ref Image, Memory: 64}]\n";

/// A template or a Compose file in CI: findings at its own lines, in every output format.
#[test]
fn a_file_of_another_format_has_its_findings_at_its_own_lines() {
    let module = "resource \"aws_ecs_task_definition\" \"t\" {\n  family = var.family\n  container_definitions = jsonencode([{ name = \"a\", image = \"b:1\", memory = 64 }])\n}\n";
    let files = [
        ("infra/ecs.yaml", TEMPLATE),
        ("tf/main.tf", module),
        ("tf/variables.tf", "variable \"family\" { default = \"my task\" }\n"),
        ("compose.yaml", "services:\n  web:\n    image: b:1\n    healthcheck: {test: [CMD, x], interval: 5s}\n    user: 'a b:c d'\n"),
        ("broken.yaml", "services:\n  web:\n\timage: x\n"),
    ];
    let folder = folder(&files);
    let validate = |args: &[&str]| run(&[&["validate"], args].concat(), folder.path(), "");
    let text = out(&validate(&["."]));
    assert!(text.contains("ecs.yaml:5:15: error[task-family-format]") && text.contains("main.tf:2:12: error[task-family-format]"), "{text}");
    assert!(text.contains("2 files: 2 errors"), "a folder gives what holds a definition, and no file twice: {text}");
    let github = out(&validate(&["--format", "github", "infra/ecs.yaml"]));
    assert!(github.contains("::error file=infra/ecs.yaml,line=5,col=15,title=taskwright task-family-format::"), "{github}");
    let sarif: Value = serde_json::from_slice(&validate(&["--format", "sarif", "infra/ecs.yaml"]).stdout).unwrap();
    assert_eq!(sarif::faults(&sarif), Vec::<String>::new());
    assert_eq!(sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"], 5);
    let junit = out(&validate(&["--format", "junit", "infra/ecs.yaml"]));
    assert!(junit.contains("task-family-format 5:15"), "{junit}");
    let json: Value = serde_json::from_slice(&validate(&["--format", "json", "compose.yaml", "infra/ecs.yaml"]).stdout).unwrap();
    assert_eq!((&json[0]["format"], &json[1]["format"], &json[1]["findings"][0]["line"]), (&json!("compose"), &json!("cloudformation"), &json!(5)));
    let refused = validate(&["broken.yaml", "infra/ecs.yaml"]);
    assert!(refused.status.code() == Some(2) && err(&refused).contains("broken.yaml: line 3: YAML does not allow tabs"), "{}", err(&refused));
    assert!(out(&refused).contains("error[task-family-format]"), "the other file is checked all the same");
    let fixed = validate(&["--fix-all", "infra/ecs.yaml"]);
    assert!(!out(&fixed).contains("fixed["), "{}", out(&fixed));
    assert_eq!(fs::read_to_string(folder.path().join("infra/ecs.yaml")).unwrap(), TEMPLATE, "only a definition in JSON is fixed");
}

#[test]
fn rules_are_listed_and_explained() {
    let empty = folder(&[]);
    let list = out(&run(&["rules"], empty.path(), ""));
    assert!(list.lines().count() > 430 && list.contains("  error task-family-format – "), "{list}");
    let json: Value = serde_json::from_slice(&run(&["rules", "--json", "--lang", "ko"], empty.path(), "").stdout).unwrap();
    assert!(json["rules"].as_array().unwrap().len() > 430 && json["rules"][0]["title"].is_string() && json["rulesAsOf"] == taskdef::lint::AS_OF);
    let told = out(&run(&["explain", "task-family-format"], empty.path(), ""));
    assert!(
        told.starts_with("error[task-family-format]") && told.contains("    why: ") && told.contains("    fix: ") && told.contains("    source: "),
        "{told}"
    );
    let unknown = run(&["explain", "task-family-fromat"], empty.path(), "");
    assert!(unknown.status.code() == Some(2) && err(&unknown).contains("Did you mean task-family-format?"), "{}", err(&unknown));
    assert_eq!(run(&["explain", "\u{1b}[2J"], empty.path(), "").status.code(), Some(2));
}

/// Runs a line of an example as its shell would, with the program on the path.
#[cfg(unix)]
fn shell(line: &str, folder: &Path) -> Output {
    let bin = Path::new(PROGRAM).parent().unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    Command::new("bash").args(["-e", "-c", line]).current_dir(folder).env("PATH", path).output().unwrap()
}

/// The examples that the README points at do what they promise, on wrong files and on right ones.
#[cfg(unix)]
#[test]
fn the_examples_for_github_and_pre_commit_work() {
    let workflow = include_str!("../../.github/examples/validate.yml");
    let lines: Vec<&str> = workflow.lines().map(str::trim).filter(|l| l.starts_with("taskwright validate")).collect();
    assert_eq!(lines.len(), 2, "{workflow}");
    let wrong = folder(&[(".aws/task.json", WRONG), ("package.json", "{}")]);
    let right = folder(&[(".aws/task.json", RIGHT), ("package.json", "{}")]);
    for (folder, code) in [(&wrong, 1), (&right, 0)] {
        assert_eq!(shell(lines[0], folder.path()).status.code(), Some(0), "the report is uploaded whatever it says");
        let report = fs::read_to_string(folder.path().join("taskwright.sarif")).unwrap();
        assert_eq!(sarif::faults(&serde_json::from_str(&report).unwrap()), Vec::<String>::new());
        let done = shell(lines[1], folder.path());
        assert_eq!(done.status.code(), Some(code), "{}", out(&done));
        assert_eq!(out(&done).contains("::error file=./.aws/task.json,line=3,col=5,title="), code == 1, "{}", out(&done));
    }
    let hook = include_str!("../../.github/examples/pre-commit-config.yaml");
    let entry: Vec<&str> = hook.lines().filter_map(|l| l.trim().strip_prefix("entry: ")).collect();
    assert_eq!(entry.len(), 1, "{hook}");
    let folder = folder(&[("ecs-task.json", FIXABLE)]);
    let done = shell(&format!("{} ecs-task.json", entry[0]), folder.path());
    assert_eq!(done.status.code(), Some(0), "{}", out(&done));
    assert_ne!(fs::read_to_string(folder.path().join("ecs-task.json")).unwrap(), FIXABLE, "pre-commit sees the change and stops the commit");
}
