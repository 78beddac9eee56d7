//! The editor, safe fixes, the note, the export that is remembered, and the texts of the browser, from outside.
//!
//! Needs the built site (`cargo xtask build --release`); `cargo xtask test` builds it first.

#![allow(clippy::unwrap_used, missing_docs)]

mod web;

use serde_json::{Value, json};
use web::Site;

fn draft(site: &Site, definition: &Value) -> String {
    site.post_json("/api/v1/drafts", &json!({ "taskDefinition": definition, "region": "ap-northeast-2" })).json()["edit"]["token"].as_str().unwrap().to_owned()
}

fn small() -> Value {
    json!({ "family": "a", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "512",
        "containerDefinitions": [{ "name": "web", "image": "nginx:1.27", "portMappings": [{ "containerPort": 80, "protocol": "TCP" }] }] })
}

#[test]
fn an_address_of_texts_names_one_state_of_them() {
    let site = Site::start();
    let token = draft(&site, &small());
    for lang in ["en", "ko"] {
        let page = site.get(&format!("/{lang}/d/{token}/cluster")).body;
        let from = page.find(&format!("/texts/{lang}/")).expect("the page names its texts");
        let address: String = page[from..].chars().take_while(|c| *c != '\'').collect();
        let texts = site.get(&address);
        assert_eq!((texts.status, texts.header("content-type")), (200, "application/json"));
        assert!(texts.header("cache-control").contains("immutable"));
        assert!(texts.json().as_array().unwrap().len() > 300);
        assert_eq!(site.get(&format!("{address}0")).status, 404, "another state");
    }
    assert_eq!(site.get("/fr/glossary").status, 404);
}

#[test]
fn the_editor_refuses_what_is_no_definition_and_keeps_the_text() {
    let site = Site::start();
    let token = draft(&site, &small());
    let path = format!("/en/d/{token}/json");
    for (text, said) in [("{\"family\": ", "line 1"), ("[1, 2]", "curly brackets"), ("", "line 1")] {
        let reply = site.post_form(&path, &[("rev", "1"), ("op", "save"), ("text", text)]);
        assert_eq!(reply.status, 422, "{text}");
        assert!(reply.body.to_lowercase().contains(said), "{text}: {said}");
        assert!(reply.body.contains(&text.replace('"', "&quot;").replace('<', "&lt;")) || reply.body.contains(text), "{text} stays");
    }
    assert_eq!(site.get(&format!("/api/v1/drafts/{token}")).json()["taskDefinition"], small());
    // What AWS prints is taken out of its wrapper; line ends of a form are not part of it.
    let printed = json!({ "taskDefinition": { "family": "b", "revision": 3, "status": "ACTIVE", "odd": 1.50, "containerDefinitions": [] } });
    let text = serde_json::to_string_pretty(&printed).unwrap().replace('\n', "\r\n");
    let reply = site.post_form(&path, &[("rev", "1"), ("op", "save"), ("text", &text)]);
    assert_eq!((reply.status, reply.header("location")), (303, format!("/en/d/{token}/review").as_str()));
    let now = site.get(&format!("/api/v1/drafts/{token}")).json()["taskDefinition"].clone();
    assert_eq!((&now["family"], now.get("revision")), (&json!("b"), None));
    assert!(now["odd"].to_string().starts_with("1.5"));
}

#[test]
fn two_who_edit_the_same_are_asked() {
    let site = Site::start();
    let token = draft(&site, &small());
    let with = |family: &str| {
        let mut all = small();
        all["family"] = json!(family);
        all.to_string()
    };
    let path = format!("/ko/d/{token}/json");
    assert_eq!(site.post_form(&path, &[("rev", "1"), ("op", "save"), ("text", &with("mine"))]).status, 303);
    let clash = site.post_form(&path, &[("rev", "1"), ("op", "save"), ("text", &with("theirs"))]);
    assert_eq!(clash.status, 409);
    assert!(clash.body.contains("mine") && clash.body.contains("theirs"));
}

#[test]
fn safe_fixes_are_shown_and_made() {
    let site = Site::start();
    let token = draft(&site, &small());
    let path = format!("/en/d/{token}/fixes");
    let shown = site.get(&path);
    assert!(shown.body.contains("TCP") && shown.body.contains("What this fixes"), "{}", shown.body);
    assert_eq!(site.get(&format!("/api/v1/drafts/{token}")).json()["revision"], json!(1), "a look changes nothing");
    assert_eq!(site.post_form(&path, &[("rev", "1")]).status, 303);
    let now = site.get(&format!("/api/v1/drafts/{token}")).json();
    assert_eq!(now["taskDefinition"]["containerDefinitions"][0]["portMappings"][0]["protocol"], json!("tcp"));
    assert!(site.get(&path).body.contains("Nothing left to fix automatically"));
}

#[test]
fn a_view_link_opens_none_of_these_pages() {
    let site = Site::start();
    let made = site.post_json("/api/v1/drafts", &json!({ "preset": "tutorial" })).json();
    let view = made["view"]["token"].as_str().unwrap();
    for page in ["json", "fixes", "note", "since"] {
        assert_eq!(site.get(&format!("/en/d/{view}/{page}")).status, 404, "{page}");
    }
    assert_eq!(site.get(&format!("/api/v1/drafts/{view}/export/json")).header("set-cookie"), "", "a view link remembers no export");
}
