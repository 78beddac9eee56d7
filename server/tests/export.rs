//! Files of every format from outside: the API, the pages and the command.

#![allow(clippy::unwrap_used, missing_docs)]

mod web;

use serde_json::{Value, json};
use std::{fs, io::Write, process::Command, process::Stdio};
use web::Site;

const PROGRAM: &str = env!("CARGO_BIN_EXE_taskwright");

fn exported() -> Vec<String> {
    let site = Site::start();
    let formats = site.get("/api/v1/formats?lang=ko").json();
    let names = formats.as_array().unwrap().iter().filter(|f| f["export"] == true).map(|f| f["format"].as_str().unwrap().to_owned()).collect();
    assert!(formats.as_array().unwrap().iter().any(|f| f["format"] == "docker-run" && f["export"] == false && f["import"] == true), "{formats}");
    names
}

#[test]
fn every_format_comes_from_a_draft_and_from_a_body_alike() {
    let site = Site::start();
    let token = site.tutorial();
    let definition = site.get(&format!("/api/v1/drafts/{token}")).json()["taskDefinition"].to_string();
    let formats = exported();
    assert_eq!(formats.len(), 10, "{formats:?}");
    for format in &formats {
        let path = format!("/api/v1/drafts/{token}/export/{format}?lang=en");
        let draft = site.get(&format!("{path}&as=json")).json();
        assert_eq!(draft["format"], format.as_str());
        let files = draft["files"].as_array().unwrap();
        assert!(!files.is_empty() && draft["report"].is_array(), "{format}");
        for file in files {
            let (name, text) = (file["name"].as_str().unwrap(), file["text"].as_str().unwrap());
            let one = site.get(&format!("{path}&file={name}"));
            assert_eq!((one.status, one.body.as_str(), one.header("content-type")), (200, text, file["mediaType"].as_str().unwrap()), "{format} {name}");
            let plain = name.rsplit('/').next().unwrap();
            assert_eq!(one.header("content-disposition"), format!("attachment; filename=\"{plain}\""));
        }
        assert_eq!(site.get(&format!("{path}&file=../etc/passwd")).status, 404, "{format}");
        let whole = site.get(&path);
        let kind = if files.len() == 1 { files[0]["mediaType"].as_str().unwrap() } else { "application/zip" };
        assert_eq!((whole.status, whole.header("content-type")), (200, kind), "{format}");
        // Without the draft there is no tag, and so no script that creates what surrounds the definition.
        let body = site.request("POST", &format!("/api/v1/export/{format}?lang=en&region=ap-northeast-2&as=json"), &[], &definition).json();
        let names = |value: &Value| {
            value["files"].as_array().unwrap().iter().map(|f| f["name"].clone()).filter(|n| n != "deploy.sh" && n != "teardown.sh").collect::<Vec<_>>()
        };
        assert_eq!(names(&body), names(&draft), "{format}");
    }
    assert_eq!(site.get(&format!("/api/v1/drafts/{token}/export/nothing")).json()["error"]["code"], "unknown-format");
    assert_eq!(site.get(&format!("/api/v1/drafts/{token}/export/docker-run")).json()["error"]["code"], "unknown-format");
    let empty = site.request("POST", "/api/v1/export/env", &[], r#"{"family": "a", "containerDefinitions": []}"#);
    assert_eq!((empty.status, empty.json()["error"]["code"].clone()), (422, json!("no-files")));
}

#[test]
fn the_page_shows_each_format_in_both_languages_and_by_both_links() {
    let site = Site::start();
    let made = site.post_json("/api/v1/drafts", &json!({ "preset": "tutorial" })).json();
    let (edit, view) = (made["edit"]["token"].as_str().unwrap(), made["view"]["token"].as_str().unwrap());
    let formats = exported();
    for lang in ["en", "ko"] {
        for format in &formats {
            let first = site.get(&format!("/api/v1/drafts/{edit}/export/{format}?lang={lang}&as=json")).json();
            let name = first["files"][0]["name"].as_str().unwrap().to_owned();
            for (kind, token) in [("d", edit), ("s", view)] {
                let page = site.get(&format!("/{lang}/{kind}/{token}/export?format={format}"));
                assert!(page.status == 200 && page.body.contains(&format!(">{name}<")), "{lang} {kind} {format}");
                assert_eq!(page.body.matches("aria-current=\"page\"").count(), 1, "{lang} {kind} {format}");
                // The link that is shown around opens the same view, and is no edit link.
                assert!(page.body.contains(&format!("/{lang}/s/{view}/export?format={format}")), "{format}");
                assert!(kind == "d" || !page.body.contains(edit), "an edit link on a shared page");
            }
        }
        assert!(site.get(&format!("/{lang}/d/{edit}/review")).body.contains(&format!("/{lang}/d/{edit}/export")));
    }
    let bare = site.get(&format!("/en/d/{edit}/export?format=cloudformation&surroundings=no")).body;
    assert!(bare.contains("AWS::ECS::TaskDefinition") && !bare.contains("AWS::Logs::LogGroup"));
    assert_eq!(site.get(&format!("/en/d/{view}/export")).status, 404, "a view link opens no page for editing");
}

/// A value of a draft on the page is text: it ends no element.
#[test]
fn nothing_of_a_draft_leaves_its_place_on_the_page() {
    let site = Site::start();
    let hostile = "</textarea><script>alert(1)</script>";
    let definition = json!({ "family": "a", "containerDefinitions": [{ "name": hostile, "image": hostile, hostile: hostile, "environment": [{ "name": "A", "value": hostile }] }] });
    let made = site.post_json("/api/v1/drafts", &json!({ "taskDefinition": definition })).json();
    let token = made["edit"]["token"].as_str().unwrap();
    for format in exported() {
        let page = site.get(&format!("/en/d/{token}/export?format={format}")).body;
        assert!(page.contains("alert(1)") || format == "iam-policy" || format == "github-actions", "{format}");
        assert!(!page.contains("<script>alert"), "{format}");
    }
    // The other pages with a text area: the framework does not escape what is in one.
    for page in ["json", "note", "doctor"] {
        assert!(!site.get(&format!("/en/d/{token}/{page}")).body.contains("<script>alert"), "{page}");
    }
    for (path, field) in [("/en/d".to_owned(), "taskDefinition"), ("/en/doctor".to_owned(), "error")] {
        let page = site.post_form(&path, &[(field, hostile)]);
        assert!(page.body.contains("alert(1)") && !page.body.contains("<script>alert"), "{path}");
    }
}

#[test]
fn the_command_writes_every_format_and_replaces_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let input = json!({ "family": "web", "unknown": 1, "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": "256", "memory": "512",
        "containerDefinitions": [{ "name": "web", "image": "nginx:1", "environment": [{ "name": "A", "value": "1" }] }] });
    let run = |args: &[&str]| {
        let mut child = Command::new(PROGRAM)
            .args(["convert", "-"])
            .args(args)
            .current_dir(folder.path())
            .env_remove("TASKWRIGHT_LANG")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.to_string().as_bytes()).unwrap();
        let done = child.wait_with_output().unwrap();
        (done.status.code().unwrap(), String::from_utf8(done.stdout).unwrap(), String::from_utf8(done.stderr).unwrap())
    };
    for format in exported() {
        let (code, out, said) = run(&["--to", &format, "--out", &format]);
        assert_eq!(code, 0, "{format}: {said}");
        assert!(out.lines().count() > 0 && out.lines().all(|name| folder.path().join(name).is_file()), "{format}: {out}");
        assert!(format == "json" || format == "env" || said.contains("/unknown: unknown is not a field"), "{format}: {said}");
    }
    let before = fs::read_to_string(folder.path().join("terraform/main.tf")).unwrap();
    let (code, out, said) = run(&["--to", "terraform", "--out", "terraform", "--bare"]);
    assert_eq!((code, out.as_str()), (2, ""), "{said}");
    assert!(said.contains("already exists") && fs::read_to_string(folder.path().join("terraform/main.tf")).unwrap() == before);
    let (code, out, said) = run(&["--to", "cloudformation", "--lang", "ko"]);
    assert!(
        code == 0 && out.starts_with("AWSTemplateFormatVersion") && said.contains("template.json") && said.contains("태스크 정의에 없는 항목"),
        "{out}{said}"
    );
    let (code, out, _) = run(&["--to", "compose", "--json"]);
    assert_eq!((code, serde_json::from_str::<Value>(&out).unwrap()["format"].as_str()), (0, Some("compose")));
    let (code, _, said) = run(&["--to", "helm"]);
    assert!(code == 2 && said.contains("cloudformation"), "{said}");
}

/// Any format in, any format out.
#[test]
fn a_file_of_another_format_is_converted_and_its_report_told() {
    let folder = tempfile::tempdir().unwrap();
    let compose =
        "name: shop\nservices:\n  web: {image: 'nginx:1.27', ports: ['8080:80'], privileged: true}\n  worker: {image: 'me/worker:1', deploy: {replicas: 3}}\n";
    fs::write(folder.path().join("compose.yaml"), compose).unwrap();
    let run = |args: &[&str]| {
        let done = Command::new(PROGRAM).arg("convert").args(args).current_dir(folder.path()).env_remove("TASKWRIGHT_LANG").output().unwrap();
        (done.status.code().unwrap(), String::from_utf8(done.stdout).unwrap(), String::from_utf8(done.stderr).unwrap())
    };
    let (code, out, said) = run(&["compose.yaml", "--to", "terraform"]);
    assert!(code == 2 && out.is_empty() && said.contains("shop-web, shop-worker") && said.contains("--task NAME"), "{out}{said}");
    let (code, out, said) = run(&["compose.yaml", "--to", "terraform", "--task", "shop-web"]);
    assert!(code == 0 && out.contains("aws_ecs_task_definition") && said.contains("compose.yaml:3: services.web.privileged"), "{out}{said}");
    let (code, out, said) = run(&["compose.yaml", "--to", "json", "--out", "made"]);
    assert_eq!((code, out.lines().collect::<Vec<_>>()), (0, vec!["made/shop-web/shop-web.json", "made/shop-worker/shop-worker.json"]), "{said}");
    fs::write(folder.path().join("run.sh"), "docker run --name web -p 80:80 nginx:1.27\n").unwrap();
    let (code, out, said) = run(&["run.sh", "--to", "cloudformation"]);
    assert!(code == 0 && out.contains("Name: web"), "{out}{said}");
    let site = Site::start();
    let body = |query: &str| site.request("POST", &format!("/api/v1/export/cloudformation?as=json{query}"), &[], compose);
    assert_eq!((body("").status, body("").json()["error"]["code"].clone()), (422, json!("not-importable")));
    assert!(body("&task=shop-worker").json()["files"][0]["text"].as_str().unwrap().contains("me/worker:1"));
    let checked = site.request("POST", "/api/v1/validate?lang=en", &[], compose).json();
    assert_eq!(checked["format"], "compose");
    assert!(checked["findings"].as_array().unwrap().iter().any(|f| f["line"] == 4 && f["task"] == "shop-worker"), "{checked}");
}
