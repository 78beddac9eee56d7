//! What people bring, through the door: pages without JavaScript, the API and the command.

#![allow(clippy::unwrap_used, missing_docs)]

mod web;

use scraper::{Html, Selector};
use serde_json::json;
use std::process::Command;
use web::{Site, form};

const SHOP: &str = "name: shop\nservices:\n  nginx:\n    image: nginx:1.27\n    ports: ['80:80']\n    depends_on: [api]\n    environment: {UP: 'http://api:3000'}\n  api:\n    image: node:22\n    environment: {DB: 'db:5432', DB_PASSWORD: correct-horse-9}\n  db: {image: 'postgres:17'}\n";

#[test]
fn a_docker_run_line_is_a_draft_in_one_press_and_its_report_stays() {
    let site = Site::start();
    let made = site.post_form("/en/d", &[("taskDefinition", "docker run -d --name web -p 8080:80 nginx:1.27")]);
    assert_eq!(made.status, 303, "{}", made.body);
    let report = made.header("location").to_owned();
    assert!(report.ends_with("/import"), "{report}");
    let page = site.get(&report);
    assert!(page.status == 200 && page.body.contains("listens on port 80"), "{}", page.body);
    assert!(site.get(&report.replace("/en/", "/ko/")).body.contains("로드 밸런서의 포트"));
    let token = report.split('/').nth(3).unwrap();
    let api = site.get(&format!("/api/v1/drafts/{token}/import?lang=en")).json();
    assert_eq!((&api["format"], &api["report"]["summary"]["dropped"]), (&json!("docker-run"), &json!(0)));
    let draft = site.get(&format!("/api/v1/drafts/{token}")).json();
    assert_eq!(draft["taskDefinition"]["containerDefinitions"][0]["portMappings"][0]["containerPort"], 80);
    let other = site.tutorial();
    assert_eq!(site.get(&format!("/en/d/{other}/import")).status, 404, "a draft that came from nowhere has no report");
}

#[test]
fn an_application_is_asked_about_and_becomes_the_drafts_that_were_chosen() {
    let site = Site::start();
    let asked = site.post_form("/en/d", &[("taskDefinition", SHOP)]);
    assert_eq!(asked.status, 200, "nothing is made before a person has looked");
    assert!(asked.body.contains("Where should nginx run?") && asked.body.contains("DB_PASSWORD looks like a credential"));
    let pairs = form(&asked.body);
    let sent: Vec<(&str, &str)> = pairs.iter().map(|(k, v)| (k.as_str(), if k == "q:task:nginx" { "2" } else { v.as_str() })).chain([("op", "make")]).collect();
    let made = site.post_form("/en/import", &sent);
    assert_eq!(made.status, 303, "{}", made.body);
    let report = site.get(made.header("location"));
    assert!(report.body.contains("DB_PASSWORD") && !report.body.contains("correct-horse-9"));
    let token = made.header("location").split('/').nth(3).unwrap();
    let draft = site.get(&format!("/api/v1/drafts/{token}")).json();
    assert_eq!(draft["taskDefinition"]["family"], "shop-api");
    assert!(!draft.to_string().contains("correct-horse-9"), "{draft}");
}

#[test]
fn a_text_that_cannot_be_read_is_still_on_the_page_with_its_line() {
    let site = Site::start();
    for (text, said) in [("{\n \"family\": \"web,\n \"x\": 1}", "closing quote"), ("docker run --port 80 x", "--publish"), ("web:\n  image: a\n", "version 1")]
    {
        for path in ["/en/d", "/en/import"] {
            let reply = site.post_form(path, &[("taskDefinition", text), ("op", "look")]);
            assert_eq!(reply.status, 422, "{path} {text}");
            assert!(reply.body.contains(said), "{path} {text}");
            let kept = text.lines().next_back().unwrap().replace('"', "&quot;");
            assert!(reply.body.contains(&kept) || reply.body.contains(text.lines().next_back().unwrap()), "{path} {text}");
        }
    }
}

/// `describe-tasks` opened as an untitled draft full of errors.
#[test]
fn an_error_in_the_box_for_definitions_leads_to_the_doctor_with_its_text() {
    let site = Site::start();
    let text = r#"{"tasks": [{"taskArn": "arn:aws:ecs:ap-northeast-2:123456789012:task/c/0", "stoppedReason": "CannotPullContainerError: pull access denied for web"}]}"#;
    for pasted in ["Error: Unable to pull image", text] {
        let page = site.press("/ko/d", "", &[("taskDefinition", pasted)]);
        assert_eq!(page.status, 422, "{pasted}: no draft is made of it");
        let page = Html::parse_document(&page.body);
        let button = page.select(&Selector::parse("#import form button[formaction]").unwrap()).next().and_then(|b| b.attr("formaction")).unwrap().to_owned();
        let told = site.press(&button, "", &[("taskDefinition", pasted)]);
        assert!(told.status == 200 && told.body.contains("id=\"cause-0\""), "{pasted}");
    }
    let docker = site.press("/ko/d", "", &[("taskDefinition", "FROM node:20\nCMD [\"node\"]\n")]);
    assert!(docker.status == 422 && docker.body.contains("Dockerfile"), "{}", docker.status);
    assert!(!docker.body.contains("formaction"), "the doctor has nothing to say about it");
}

/// The framework does not escape what is in a text area.
#[test]
fn a_text_cannot_leave_its_text_area() {
    let site = Site::start();
    let hostile = "</textarea><script>alert(1)</script>";
    let asked = site.post_form("/en/d", &[("taskDefinition", &format!("{SHOP}\n# {hostile}\n"))]);
    assert_eq!(asked.status, 200, "{}", asked.body);
    let refused = site.post_form("/en/import", &[("text", &format!("services:\n\ta: {hostile}"))]);
    assert_eq!(refused.status, 422);
    for page in [&asked.body, &refused.body] {
        assert!(!page.contains("<script>alert(1)"), "{page}");
        assert!(page.contains("&lt;/textarea"), "{page}");
    }
}

#[test]
fn the_api_answers_with_drafts_report_and_questions() {
    let site = Site::start();
    let body = json!({ "files": [{ "name": "compose.yaml", "text": "services:\n  web:\n    image: a:${TAG}\n" }, { "name": ".env", "text": "TAG=2\n" }], "answers": { "region": "eu-west-1" } });
    let reply = site.post_json("/api/v1/import?lang=ko", &body).json();
    assert_eq!((&reply["format"], &reply["taskDefinition"]["containerDefinitions"][0]["image"]), (&json!("compose"), &json!("a:2")));
    assert_eq!(reply["drafts"][0]["region"], "eu-west-1");
    assert_eq!(reply["report"]["entries"].as_array().unwrap().len(), 2);
    assert!(reply["questions"].as_array().unwrap().iter().any(|q| q["id"] == "launch"));
    let refused = site.request("POST", "/api/v1/import", &[], "services:\n  a:\n\timage: x\n");
    assert_eq!((refused.status, &refused.json()["error"]["code"], &refused.json()["error"]["line"]), (422, &json!("not-importable"), &json!(3)));
}

/// A finding of an imported draft says where it comes from, on its pages and in the API, until the place is changed.
#[test]
fn a_finding_says_the_line_of_the_file_that_it_comes_from() {
    let site = Site::start();
    let made = site.post_form("/en/d", &[("taskDefinition", "docker run -d --name web \\\n  -u 'a b:c' nginx:latest")]);
    let token = made.header("location").split('/').nth(3).unwrap().to_owned();
    let draft = site.get(&format!("/api/v1/drafts/{token}?lang=en")).json();
    let latest = draft["findings"].as_array().unwrap().iter().find(|f| f["rule"] == "image-latest-tag").unwrap();
    assert_eq!(latest["origin"], json!({ "format": "docker-run", "file": "", "line": 2 }), "{draft}");
    assert!(site.get(&format!("/en/d/{token}/review")).body.contains("(line 2 of your docker run command)"));
    assert!(site.get(&format!("/ko/d/{token}/review")).body.contains("(가져온 docker run 명령 2번째 줄)"));
    let other = site.tutorial();
    assert!(site.get(&format!("/api/v1/drafts/{other}")).json()["findings"].as_array().unwrap().iter().all(|f| f.get("origin").is_none()));
}

#[test]
fn the_command_prints_the_definition_and_says_what_changed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("compose.yaml");
    std::fs::write(&file, "services:\n  web:\n    image: nginx:1.27\n    privileged: true\n").unwrap();
    let run = |more: &[&str]| Command::new(env!("CARGO_BIN_EXE_taskwright")).arg("import").arg(&file).args(more).output().unwrap();
    let out = run(&[]);
    assert_eq!(out.status.code(), Some(1), "something will break");
    let definition: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(definition["containerDefinitions"][0]["image"], "nginx:1.27");
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(said.contains("compose.yaml:4: services.web.privileged") && said.contains("--answer 'launch=FARGATE'"), "{said}");
    let ec2 = run(&["--answer", "launch=EC2", "--json"]);
    let answer: serde_json::Value = serde_json::from_slice(&ec2.stdout).unwrap();
    assert_eq!(answer["taskDefinition"]["containerDefinitions"][0]["privileged"], true);
    let made = folder.path().join("out");
    assert_eq!(run(&["--output", made.to_str().unwrap()]).status.code(), Some(1));
    assert!(made.join("web.json").exists());
    assert_eq!(run(&["--output", made.to_str().unwrap()]).status.code(), Some(2), "nothing is written over");
    assert_eq!(run(&["--from", "nope"]).status.code(), Some(2));
}
