//! Looks into images: by the API, by the page without JavaScript, and by the commands, at a registry on loopback.

#![allow(clippy::unwrap_used, missing_docs)]

mod image;
mod web;

use image::Registry;
use serde_json::{Value, json};
use std::{
    process::{Command, Output},
    time::{Duration, Instant},
};
use web::Site;

fn registry() -> Registry {
    Registry::start(&[
        (
            "1.0",
            "linux/amd64",
            json!({"User": "app", "Cmd": ["node"], "ExposedPorts": {"8080/tcp": {}}, "Env": ["KEY=sesame"]}),
            &["bin/sh", "bin/wget", "usr/local/bin/node"],
        ),
        ("arm", "linux/arm64", json!({"Entrypoint": ["/x\u{1b}[2J\n::error::forged"]}), &["bin/sh"]),
    ])
}

#[test]
fn the_api_says_what_is_in_an_image_and_asks_once() {
    let registry = registry();
    let site = Site::start_with(&["--limits", "off", "--registry-allow", &registry.allowed()]);
    let ask = |body: Value| site.post_json("/api/v1/inspect", &body);
    let found = ask(json!({"image": registry.image("1.0")}));
    assert_eq!(found.status, 200, "{}", found.body);
    let facts = found.json();
    assert_eq!(
        (&facts["user"], &facts["ports"][0], &facts["platforms"][0], &facts["layers"]),
        (&json!("app"), &json!("8080/tcp"), &json!("linux/amd64"), &Value::Null)
    );
    assert!(facts["age"].as_u64().unwrap() < 60 && !found.body.contains("sesame"), "{}", found.body);
    // HEAD, manifest and configuration; then nothing for the same, and one request for the layer.
    assert_eq!(registry.asked(), 3);
    assert_eq!((ask(json!({"image": registry.image("1.0")})).status, registry.asked()), (200, 3));
    let layers = ask(json!({"image": registry.image("1.0"), "layers": true})).json();
    assert_eq!((&layers["layers"]["programs"]["wget"], &layers["layers"]["programs"]["curl"]), (&json!("yes"), &json!("no")));
    assert_eq!(registry.asked(), 4);
    let missing = ask(json!({"image": registry.image("1.1")}));
    assert_eq!((missing.status, &missing.json()["error"]["code"], &missing.json()["error"]["nearest"]), (404, &json!("no-such-image"), &json!(["1.0"])));
    for (body, status, code) in [
        (json!({"image": "registry.example.com/a:1"}), 403, "registry-not-allowed"),
        (json!({"image": "169.254.169.254/a:1"}), 403, "registry-not-allowed"),
        (json!({"image": "210987654321.dkr.ecr.us-east-1.amazonaws.com/a:1"}), 403, "private-ecr"),
        (json!({"image": "a b"}), 422, "reference"),
        (json!({"image": registry.image("1.0"), "platform": "x"}), 422, "reference"),
        (json!({"image": 1}), 400, "not-json"),
    ] {
        let said = ask(body);
        assert_eq!((said.status, said.json()["error"]["code"].as_str().unwrap()), (status, code));
    }
    let off = Site::start_with(&["--registry", "off"]);
    let said = off.post_json("/api/v1/inspect", &json!({"image": "nginx"}));
    assert_eq!((said.status, &said.json()["error"]["code"]), (403, &json!("registry-off")));
}

fn draft(site: &Site, image: &str) -> String {
    let definition = json!({
        "family": "a", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": "256", "memory": "512",
        "runtimePlatform": {"operatingSystemFamily": "LINUX", "cpuArchitecture": "X86_64"},
        "containerDefinitions": [{"name": "web", "image": image, "essential": true, "portMappings": [{"containerPort": 8080}],
            "healthCheck": {"command": ["CMD-SHELL", "curl -f http://localhost:8080/ || exit 1"]}}]
    });
    let made = site.post_json("/api/v1/drafts", &json!({"region": "ap-northeast-2", "taskDefinition": definition})).json();
    made["edit"]["token"].as_str().unwrap_or_else(|| panic!("{made}")).to_owned()
}

/// The tutorial's story: the look says that curl is not in the image, and one press writes the check that works.
#[test]
fn a_look_without_javascript_finds_the_missing_program_and_one_press_mends_the_check() {
    let registry = registry();
    let site = Site::start_with(&["--limits", "off", "--registry-allow", &registry.allowed()]);
    for (lang, curl) in [("en", "it does not include curl"), ("ko", "curl 프로그램이 없어요")] {
        let token = draft(&site, &registry.image("1.0"));
        let page = format!("/{lang}/d/{token}/inspect");
        let before = site.get(&page);
        // The second draft has the same image, so what was found is there without a look.
        assert_eq!((before.status, before.body.contains(curl)), (200, lang == "ko"), "{}", before.body);
        assert_eq!(site.post_form(&page, &[]).status, 200);
        let after = site.post_form(&page, &[("depth", "layers")]);
        assert!(after.body.contains(curl) && after.body.contains("wget"), "{}", after.body);
        let op = "fix:health-tool-missing:0:/containerDefinitions/0/healthCheck/command";
        assert!(after.body.contains(op), "{}", after.body);
        let pressed = site.post_form(&format!("/{lang}/d/{token}/review"), &[("rev", "1"), ("op", op)]);
        assert_eq!(pressed.status, 303, "{}", pressed.body);
        let saved = site.get(&format!("/api/v1/drafts/{token}")).json();
        let command = saved["taskDefinition"]["containerDefinitions"][0]["healthCheck"]["command"].to_string();
        assert!(command.contains("node") && !command.contains("curl"), "{command}");
        // What was found is judged on every page of the draft.
        let review = site.get(&format!("/{lang}/d/{token}/review"));
        assert!(review.status == 200 && !review.body.contains(curl), "{}", review.body);
    }
}

/// What a look found belongs to the image: every draft with it is judged by it, on every page, and after a restart.
#[test]
fn what_a_look_found_speaks_in_every_draft_and_after_a_restart() {
    let registry = registry();
    let mut site = Site::start_with(&["--limits", "off", "--registry-allow", &registry.allowed()]);
    let first = draft(&site, &registry.image("1.0"));
    let before = site.get(&format!("/en/d/{first}/health")).body;
    assert!(!before.contains("In the image:"), "nobody has looked: {before}");
    assert_eq!(site.post_form(&format!("/en/d/{first}/inspect"), &[("depth", "layers")]).status, 200);
    let asked = registry.asked();
    for restarted in [false, true] {
        if restarted {
            site.kill();
            site.again();
        }
        let second = draft(&site, &registry.image("1.0"));
        let health = site.get(&format!("/en/d/{second}/health")).body;
        for said in ["In the image: wget, node.", "Not in the image: curl, bash.", "Checked in the image", "We inspected the image: it does not include curl"] {
            assert!(health.contains(said), "restarted: {restarted}, {said}: {health}");
        }
        // What is there is offered first.
        let place = |tool: &str| health.find(&format!("value=\"{tool}\"")).unwrap_or_else(|| panic!("{tool}: {health}"));
        assert!(place("wget") < place("node") && place("node") < place("curl") && place("curl") < place("bash"));
        let found = site.get(&format!("/api/v1/drafts/{second}")).json()["findings"].to_string();
        assert!(found.contains("health-tool-missing"), "{found}");
    }
    assert_eq!(registry.asked(), asked, "nothing was asked again");
    // Where nobody looked, the list of well-known images speaks, and says so.
    let known = draft(&site, "nginx:1.27-alpine");
    let health = site.get(&format!("/ko/d/{known}/health")).body;
    assert!(health.contains("이미지에 있는 프로그램: curl, wget.") && health.contains("잘 알려진 이미지 목록(2026-11-22)"), "{health}");
}

/// Continue holds a person up where the image cannot run, as it does for any other error.
#[test]
fn continue_knows_what_a_look_found() {
    let registry = registry();
    let site = Site::start_with(&["--limits", "off", "--registry-allow", &registry.allowed()]);
    let token = draft(&site, &registry.image("arm"));
    let page = format!("/en/d/{token}/containers/1");
    let go_on = || {
        let pairs = web::form(&site.get(&page).body);
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        site.post_form(&page, &pairs).header("location").to_owned()
    };
    assert!(!go_on().contains("check"));
    assert_eq!(site.post_form(&format!("/en/d/{token}/inspect"), &[]).status, 200);
    assert!(go_on().contains("check"), "the image is for another chip");
}

/// A look that takes long shows how far it has come, without scripts too, and ends when the person says so.
#[test]
fn a_look_that_takes_long_is_followed_and_can_be_stopped() {
    let registry = registry();
    let site = Site::start_with(&["--limits", "off", "--registry-allow", &registry.allowed()]);
    let token = draft(&site, &registry.image("1.0"));
    let page = format!("/en/d/{token}/inspect");
    let held = registry.hold_layers();
    for stopped in [true, false] {
        let going = site.post_form(&page, &[("depth", "layers")]);
        for shown in [&going.body, &site.get(&page).body] {
            assert!(shown.contains("data-going") && shown.contains(&format!("Checking {}", registry.image("1.0"))), "{shown}");
            assert!(shown.contains(&format!("2;url={page}")) && shown.contains("value=\"stop\""), "{shown}");
        }
        // Another press joins the look that is going on.
        let asked = registry.asked();
        assert!(site.post_form(&page, &[("depth", "layers")]).body.contains("data-going"));
        assert_eq!(registry.asked(), asked);
        if stopped {
            let after = site.post_form(&page, &[("look", "stop")]);
            assert!(!after.body.contains("data-going") && after.body.contains("Look for programs too"), "{}", after.body);
            assert!(!site.get(&page).body.contains("data-going"));
        }
    }
    drop(held);
    let begun = Instant::now();
    let mut found = site.get(&page).body;
    while found.contains("data-going") {
        assert!(begun.elapsed() < Duration::from_secs(30), "it ends once the layer may go out");
        found = site.get(&page).body;
    }
    assert!(found.contains("does not include curl"), "{found}");
}

/// What this server cannot look into, a person's own docker can: its output is judged like a look, in their draft and nowhere else.
#[test]
fn the_output_of_ones_own_docker_is_judged_in_ones_own_draft() {
    let site = Site::start_with(&["--limits", "off"]);
    let image = "210987654321.dkr.ecr.us-east-1.amazonaws.com/app:1";
    let (mine, other) = (draft(&site, image), draft(&site, image));
    let page = format!("/en/d/{mine}/inspect");
    assert!(site.post_form(&page, &[]).body.contains("This repository in Amazon ECR is private"));
    let paste = |rev: &str, text: &str| site.post_form(&page, &[("look", "pasted"), ("rev", rev), ("image", image), ("text", text)]);
    for wrong in ["", "hello", "{\"manifests\": 7}", &"[".repeat(10_000)] {
        let refused = paste("1", wrong);
        assert_eq!((refused.status, refused.body.contains("This is not the output of one of these commands")), (422, true), "{wrong}");
    }
    // Each paste adds to the last one.
    assert_eq!(paste("1", "/bin/sh\nno curl\n/usr/local/bin/node\n").status, 303);
    let arm = json!({"manifests": [{"platform": {"os": "linux", "architecture": "arm64"}}]}).to_string();
    assert_eq!(paste("2", &arm).status, 303);
    let judged = site.get(&page).body;
    for said in ["From the output that you pasted", "does not include curl", "linux/arm64", "fix:image-arch-mismatch:0:"] {
        assert!(judged.contains(said), "{said}: {judged}");
    }
    let op = "fix:health-tool-missing:0:/containerDefinitions/0/healthCheck/command";
    assert_eq!(site.post_form(&format!("/en/d/{mine}/review"), &[("rev", "3"), ("op", op)]).status, 303);
    let saved = site.get(&format!("/api/v1/drafts/{mine}")).json();
    assert_eq!(saved["taskDefinition"]["containerDefinitions"][0]["healthCheck"]["command"][1], "node");
    assert!(!saved["taskDefinition"].to_string().contains("pasted"), "it is no part of the definition");
    assert!(!site.get(&format!("/en/d/{other}/review")).body.contains("image-arch-mismatch"), "another draft is not judged by it");
}

#[test]
fn an_image_for_another_chip_is_an_error_with_the_chip_as_a_fix() {
    let registry = registry();
    let site = Site::start_with(&["--limits", "off", "--registry-allow", &registry.allowed()]);
    let token = draft(&site, &registry.image("arm"));
    let page = site.post_form(&format!("/en/d/{token}/inspect"), &[]);
    assert!(page.body.contains("linux/arm64") && page.body.contains("fix:image-arch-mismatch:0:/containerDefinitions/0/image"), "{}", page.body);
    // The price of the change stands on the button.
    assert!(page.body.contains("Run the task on ARM64 (−US$"), "{}", page.body);
    assert!(!page.body.contains('\u{1b}'), "hidden characters of an image reach no page");
    let review = site.get(&format!("/en/d/{token}/review"));
    assert!(review.body.contains("image-arch-mismatch"), "{}", review.body);
    let pressed = site.post_form(&format!("/en/d/{token}/review"), &[("rev", "1"), ("op", "fix:image-arch-mismatch:0:/containerDefinitions/0/image")]);
    assert_eq!(pressed.status, 303);
    let saved = site.get(&format!("/api/v1/drafts/{token}")).json();
    assert_eq!(saved["taskDefinition"]["runtimePlatform"]["cpuArchitecture"], "ARM64");
    assert!(!site.get(&format!("/en/d/{token}/review")).body.contains("image-arch-mismatch"));
}

fn run(registry: &Registry, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_taskwright"))
        .args(args)
        .env("TASKWRIGHT_REGISTRY_ALLOW", registry.allowed())
        .env_remove("TASKWRIGHT_LANG")
        .output()
        .unwrap()
}

#[test]
fn the_command_prints_a_table_or_json_and_says_by_its_exit_code_what_is_known() {
    let registry = registry();
    let done = run(&registry, &["inspect", "--layers", &registry.image("1.0")]);
    let text = String::from_utf8(done.stdout).unwrap();
    assert_eq!(done.status.code(), Some(0), "{text}");
    assert!(text.contains("8080/tcp") && text.contains("sh, wget, node") && text.contains("curl"), "{text}");
    let done = run(&registry, &["inspect", "--json", &registry.image("1.0")]);
    let json: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!((&json["image"], &json["user"]), (&json!(registry.image("1.0")), &json!("app")));
    let hostile = run(&registry, &["inspect", &registry.image("arm")]);
    let text = String::from_utf8(hostile.stdout).unwrap();
    assert!(hostile.status.success() && !text.contains('\u{1b}') && !text.lines().any(|line| line.trim_start().starts_with("::")), "{text}");
    let missing = run(&registry, &["inspect", "--lang", "ko", &registry.image("1.1")]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(String::from_utf8(missing.stderr).unwrap().contains("비슷한 태그: 1.0"));
    assert_eq!(run(&registry, &["inspect", "registry.example.com/a"]).status.code(), Some(2));
}

#[test]
fn validate_judges_by_the_images_where_that_is_asked_for() {
    let registry = registry();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.json");
    let definition = |tag: &str| {
        json!({"family": "a", "requiresCompatibilities": ["EC2"], "runtimePlatform": {"cpuArchitecture": "X86_64"},
            "containerDefinitions": [{"name": "a", "image": registry.image(tag), "memory": 64}]})
        .to_string()
    };
    let path = file.to_str().unwrap();
    for (tag, args, code, rule) in [
        ("arm", &["validate", path][..], 0, None),
        ("arm", &["validate", "--inspect", path], 1, Some("image-arch-mismatch")),
        ("1.0", &["validate", "--inspect=layers", path], 0, None),
        ("1.1", &["validate", "--inspect", path], 1, Some("image-exists")),
    ] {
        std::fs::write(&file, definition(tag)).unwrap();
        let done = run(&registry, args);
        let text = String::from_utf8(done.stdout).unwrap() + &String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(code), "{tag} {args:?}: {text}");
        assert!(rule.is_none_or(|rule| text.contains(rule)), "{text}");
    }
}
