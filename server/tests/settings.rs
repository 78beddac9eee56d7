//! “More settings” as a browser without JavaScript sees them: every field of the API model has a control, a walk through all of
//! them changes nothing, and a field can be typed, added and removed.
//!
//! Needs the built site (`cargo xtask build --release`); `cargo xtask test` builds it first.

#![allow(clippy::unwrap_used, missing_docs)]

mod web;

use serde_json::{Value, json};
use std::collections::HashSet;
use taskdef::{Draft, questions::Question};
use web::{Site, form};

const PAGES: [&str; 6] = ["cluster", "size", "containers/1", "ports", "health", "logs"];

/// One of everything that the API model has.
fn every() -> Value {
    serde_json::from_str(include_str!("../../app/taskdef/tests/support/every.json")).unwrap()
}

fn draft(site: &Site, definition: &Value) -> String {
    site.post_json("/api/v1/drafts", &json!({ "taskDefinition": definition, "region": "ap-northeast-2" })).json()["edit"]["token"].as_str().unwrap().to_owned()
}

fn definition(site: &Site, token: &str) -> Value {
    site.get(&format!("/api/v1/drafts/{token}")).json()["taskDefinition"].clone()
}

#[test]
fn every_field_has_a_control_on_a_page_and_a_walk_through_all_of_them_changes_no_byte() {
    let site = Site::start();
    let token = draft(&site, &every());
    let mut names = HashSet::new();
    for lang in ["en", "ko"] {
        for page in PAGES {
            let path = format!("/{lang}/d/{token}/{page}");
            let reply = site.get(&path);
            assert_eq!(reply.status, 200, "{path}");
            let pairs = form(&reply.body);
            names.extend(pairs.iter().map(|(name, _)| name.clone()));
            let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            assert_eq!(site.post_form(&path, &pairs).status, 303, "{path}");
            assert_eq!(definition(&site, &token).to_string(), every().to_string(), "{path}");
        }
    }
    let fields: Vec<Question> = Question::all(&Draft::around(every())).into_iter().filter(|q| matches!(q, Question::Field(_))).collect();
    assert!(fields.len() > 140, "{}", fields.len());
    for field in fields {
        assert!(names.contains(&field.to_string()), "{field}: no page has a control of this name");
    }
}

#[test]
fn a_field_is_typed_added_and_removed_without_javascript() {
    let site = Site::start();
    let small = json!({ "family": "a", "containerDefinitions": [{ "name": "web", "image": "nginx:1.27" }] });
    let token = draft(&site, &small);
    let path = format!("/en/d/{token}/containers/1");
    let press = |pairs: &[(&str, &str)]| {
        let rev = site.get(&format!("/api/v1/drafts/{token}")).json()["revision"].to_string();
        let reply = site.post_form(&path, &[&[("rev", rev.as_str())], pairs].concat());
        assert_eq!(reply.status, 303, "{pairs:?}");
        reply.header("location").to_owned()
    };
    press(&[("/containerDefinitions/0/command", "nginx -g 'daemon off;'"), ("/containerDefinitions/0/stopTimeout", "60"), ("op", "update")]);
    let to = press(&[("op", "add:/containerDefinitions/0/ulimits")]);
    assert!(to.ends_with("#f-containerDefinitions-0-ulimits-0-name"), "{to}: the new row has the focus");
    press(&[("/containerDefinitions/0/ulimits/0/name", "nofile"), ("/containerDefinitions/0/ulimits/0/softLimit", "1,024"), ("op", "update")]);
    let container = definition(&site, &token)["containerDefinitions"][0].clone();
    assert_eq!(container["command"], json!(["nginx", "-g", "daemon off;"]));
    assert_eq!((&container["stopTimeout"], &container["ulimits"]), (&json!(60), &json!([{ "name": "nofile", "softLimit": 1024 }])));
    // What is wrong with a field is said at the field.
    press(&[("/containerDefinitions/0/stopTimeout", "soon"), ("op", "update")]);
    let page = site.get(&format!("{path}?check")).body;
    let slot = page.find("data-told=\"/containerDefinitions/0/stopTimeout\"").unwrap();
    assert!(page[slot..slot + 400].contains("c-field__error"), "{}", &page[slot..slot + 400]);
    press(&[("op", "remove:/containerDefinitions/0/ulimits/0"), ("/containerDefinitions/0/stopTimeout", ""), ("/containerDefinitions/0/command", "")]);
    assert_eq!(definition(&site, &token), small);
}

/// Walks of the product, row 27: “cpu must be a whole number” named the key and not the field.
#[test]
fn a_wrong_type_is_told_with_the_label_of_its_field() {
    let site = Site::start();
    let container = json!({ "name": "web", "image": "docker.io/kim/web:1", "cpu": "a lot", "stopTimeout": "soon" });
    let token = draft(&site, &json!({ "family": "a", "containerDefinitions": [container] }));
    for (lang, labels) in [("en", ["web, CPU must be", "Stop timeout must be"]), ("ko", ["web, CPU 값은", "중지 제한 시간 값은"])] {
        let page = site.get(&format!("/{lang}/d/{token}/containers/1")).body;
        for label in labels {
            assert!(page.contains(label), "{label}");
        }
        assert!(!page.contains("stopTimeout must") && !page.contains("stopTimeout 값"), "{lang}");
    }
}
