//! The rules from outside: the list for programs, the page for people, the command for CI.

#![allow(clippy::unwrap_used, missing_docs)]

mod web;

use serde_json::Value;
use std::{
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
};
use web::Site;

#[test]
fn the_list_has_every_rule_with_its_texts_in_both_languages() {
    let site = Site::start();
    for lang in ["en", "ko"] {
        let list = site.get(&format!("/api/v1/rules?lang={lang}")).json();
        let list = list.as_array().unwrap();
        assert_eq!(list.len(), taskdef::lint::all().count());
        assert!(list.len() >= 433, "fewer than the rule book has");
        for rule in list {
            for key in ["rule", "area", "severity", "title", "why", "fix", "source", "state"] {
                assert!(rule[key].as_str().is_some_and(|t| !t.is_empty()), "{key} of {rule}");
            }
            assert!(["active", "needs-registry", "needs-account"].contains(&rule["state"].as_str().unwrap()));
        }
    }
}

#[test]
fn the_page_has_an_anchor_for_every_rule_and_finds_by_words() {
    let site = Site::start();
    let all = site.get("/api/v1/rules").json();
    for lang in ["en", "ko"] {
        let page = site.get(&format!("/{lang}/rules"));
        assert_eq!(page.status, 200);
        let html = scraper::Html::parse_document(&page.body);
        for rule in all.as_array().unwrap() {
            let anchor = scraper::Selector::parse(&format!("article[id={}] h3", rule["rule"].as_str().unwrap())).unwrap();
            assert_eq!(html.select(&anchor).count(), 1, "{rule}");
        }
        assert!(!page.body.contains("type=\"module\""), "the page needs no program");
    }
    let count = |path: &str| {
        let html = scraper::Html::parse_document(&site.get(path).body);
        html.select(&scraper::Selector::parse("article.c-rule").unwrap()).count()
    };
    assert_eq!(count("/en/rules?q=sizing-swapped"), 1);
    assert!((2..200).contains(&count("/ko/rules?q=%ED%8F%AC%ED%8A%B8")));
    assert_eq!(count("/en/rules?q=no%20such%20words%20anywhere"), 0);
    let hostile = site.get("/en/rules?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E");
    assert!(!hostile.body.contains("<script>alert"));
}

#[test]
fn every_finding_on_a_page_leads_to_its_rule() {
    let site = Site::start();
    let made = site
        .post_json(
            "/api/v1/drafts",
            &serde_json::json!({ "taskDefinition": { "family": "a b", "cpu": "1024", "memory": "1024", "requiresCompatibilities": ["FARGATE"] } }),
        )
        .json();
    let page = site.get(&format!("/en/d/{}/review", made["edit"]["token"].as_str().unwrap()));
    for finding in made["findings"].as_array().unwrap() {
        let link = format!("/en/rules#{}", finding["rule"].as_str().unwrap());
        assert!(page.body.contains(&link), "{link}");
    }
}

/// “How to fix it” was written for every rule and shown nowhere but among the rules.
#[test]
fn every_finding_says_what_to_do_wherever_it_is_shown() {
    let site = Site::start();
    let wrong = serde_json::json!({ "family": "a b", "cpu": "1024", "memory": "1024", "requiresCompatibilities": ["FARGATE"], "containerDefinitions": [{ "name": "web" }] });
    let made = site.post_json("/api/v1/drafts", &serde_json::json!({ "taskDefinition": wrong })).json();
    let (edit, view) = (made["edit"]["token"].as_str().unwrap(), made["view"]["token"].as_str().unwrap());
    // Words of a page, with the marks that HTML writes its own way.
    let words = |path: &str| site.get(path).body.replace("&quot;", "\"").replace("&#x27;", "'").replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">");
    let (review, editor, shared) = (words(&format!("/en/d/{edit}/review")), words(&format!("/en/d/{edit}/json")), words(&format!("/en/s/{view}")));
    let mut seen = (0, 0);
    for finding in made["findings"].as_array().unwrap() {
        let what_to_do = finding["do"].as_str().unwrap();
        assert!(what_to_do.len() > 5 && review.contains(what_to_do), "{finding}");
        // The editor shows the definition alone, and who only reads sees no suggestions.
        if finding["scope"] == "definition" {
            assert!(editor.contains(what_to_do), "{finding}");
            seen.0 += 1;
        }
        if finding["severity"] != "advice" {
            assert!(shared.contains(what_to_do), "{finding}");
            seen.1 += 1;
        }
    }
    assert!(seen.0 > 3 && seen.1 > 3, "{seen:?}");
    // In the open where no button fixes it, folded where one does.
    let folded = |finding: &serde_json::Value| {
        let (before, _) = review.split_once(finding["do"].as_str().unwrap()).unwrap();
        before.rfind("<details") > before.rfind("</details>").max(before.rfind("<li"))
    };
    let (fixable, open): (Vec<_>, Vec<_>) = made["findings"].as_array().unwrap().iter().partition(|f| f["fixes"][0].is_object());
    assert!(folded(fixable[0]) && !folded(open[0]), "{} {}", fixable[0], open[0]);
}

fn validate(args: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_taskwright"))
        .arg("validate")
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

const WRONG: &str = "{\n  \"taskDefinition\": {\n    \"family\": \"my task\",\n    \"containerDefinitions\": [\n      { \"name\": \"a\", \"image\": \"docker.io/me/a:1\", \"memory\": 64,\n        \"cpu\": -1 }\n    ]\n  }\n}";

#[test]
fn the_command_prints_lines_and_ends_with_1_on_errors() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("wrong.json");
    std::fs::write(&file, WRONG).unwrap();
    let name = file.to_str().unwrap();
    let done = validate(&[name], "");
    let text = String::from_utf8(done.stdout).unwrap();
    assert_eq!(done.status.code(), Some(1), "{text}");
    assert!(text.contains(&format!("{name}:3:5: error[task-family-format]")), "{text}");
    assert!(text.contains(&format!("{name}:6:9: error[container-cpu-negative]")), "{text}");
    let korean = String::from_utf8(validate(&["--lang", "ko", name], "").stdout).unwrap();
    assert!(korean.contains("오류[task-family-format]"), "{korean}");
}

#[test]
fn the_command_prints_json_and_reads_standard_input() {
    let done = validate(&["--json", "-"], WRONG);
    let files: Value = serde_json::from_slice(&done.stdout).unwrap();
    let finding = &files[0]["findings"][0];
    assert_eq!((files[0]["file"].as_str(), finding["rule"].as_str(), finding["line"].as_u64()), (Some("-"), Some("task-family-format"), Some(3)));
    assert_eq!(files[0]["summary"]["errors"], 2);
    let broken: Value = serde_json::from_slice(&validate(&["--json", "-"], "{\n 'a': 1}").stdout).unwrap();
    assert_eq!((broken[0]["findings"][0]["rule"].as_str(), broken[0]["findings"][0]["line"].as_u64()), (Some("task-json-shape"), Some(2)));
}

/// Lines of CI systems' commands, escape sequences and marks of direction, in a file of a stranger's pull request.
#[test]
fn the_command_prints_nothing_of_a_file_that_a_terminal_or_a_ci_system_acts_on() {
    let hostile = "a\u{1b}[2J\u{9b}1m\u{202e}\u{2028}\r\nOK: no errors\n::error file=a.js::forged\n##[error]forged ##vso[task.x]";
    let key = |name: &str| serde_json::json!({ "name": hostile, "image": hostile, name: 1, "portMappings": [{ "containerPort": 80, "name": hostile }] });
    let definition = serde_json::json!({ "family": hostile, "networkMode": hostile, hostile: 1, "containerDefinitions": [key(hostile), key(hostile)] });
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("::error ##[x] \u{1b}[31m\n::set-output.json");
    std::fs::write(&file, definition.to_string()).unwrap();
    for args in [&["--lang", "en"][..], &["--lang", "ko"], &["--json"]] {
        let mut args = args.to_vec();
        args.push("::error ##[x] \u{1b}[31m\n::set-output.json");
        let done = Command::new(env!("CARGO_BIN_EXE_taskwright")).arg("validate").args(&args).current_dir(folder.path()).output().unwrap();
        let text = String::from_utf8(done.stdout).unwrap();
        assert!(text.lines().count() > 10 && done.status.code() == Some(1), "{text}");
        for line in text.lines() {
            assert!(!line.chars().any(taskdef::shown::is_hidden), "{line:?}");
            assert!(!line.trim_start().starts_with("::") && !line.starts_with("OK"), "{line:?}");
            let escaped = |sign: &str| line.match_indices(sign).all(|(i, _)| args[0] == "--json" || line[..i].ends_with('\\'));
            assert!(escaped("##[") && escaped("##vso["), "{line:?}");
        }
    }
    let missing = validate(&["::error\u{1b}[2J"], "");
    let said = String::from_utf8(missing.stderr).unwrap();
    assert!(said.starts_with("taskwright:") && !said.contains('\u{1b}'), "{said:?}");
}

#[test]
fn the_command_ends_with_0_on_what_aws_takes_and_2_on_what_is_not_there() {
    let right = r#"{"family": "a", "requiresCompatibilities": ["EC2"], "containerDefinitions": [{"name": "a", "image": "docker.io/me/a:1", "memory": 64}]}"#;
    let done = validate(&["-"], right);
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stdout));
    let gone = validate(&["/nowhere/at/all.json"], "");
    assert_eq!(gone.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&gone.stderr).contains("/nowhere/at/all.json"));
}

#[test]
fn the_command_judges_a_region_and_a_launch_type() {
    let open = r#"{"family": "a", "containerDefinitions": [{"name": "a", "image": "docker.io/me/a:1", "memory": 64}]}"#;
    let rules = |args: &[&str]| {
        let files: Value = serde_json::from_slice(&validate(args, open).stdout).unwrap();
        files[0]["findings"].as_array().unwrap().iter().map(|f| f["rule"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert!(!rules(&["--json", "-"]).contains(&"task-fargate-cpu-required".to_owned()));
    assert!(rules(&["--json", "--launch-type", "FARGATE", "-"]).contains(&"task-fargate-cpu-required".to_owned()));
    assert!(rules(&["--json", "--region", "nowhere-1", "-"]).contains(&"region-unknown".to_owned()));
    assert!(Path::new(env!("CARGO_BIN_EXE_taskwright")).exists());
}
