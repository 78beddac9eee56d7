//! The program from outside: addresses, codes, headers, forms.
//!
//! Needs the built site (`cargo xtask build --release`); `cargo xtask test` builds it first.

#![allow(clippy::unwrap_used, missing_docs)]

mod web;

use serde_json::{Value, json};
use web::{Reply, Site};

/// The definition that the tutorial ends with.
const TUTORIAL: &str = include_str!("../../app/taskdef/tests/fixtures/tutorial.json");

fn code(reply: &Reply) -> (u16, String) {
    (reply.status, reply.json()["error"]["code"].as_str().unwrap_or("").to_owned())
}

#[test]
fn the_tutorial_preset_is_the_expected_definition() {
    let site = Site::start();
    let made = site.post_json("/api/v1/drafts", &json!({ "preset": "tutorial" }));
    assert_eq!((made.status, made.json()["revision"].as_i64()), (201, Some(1)));
    let token = made.json()["edit"]["token"].as_str().unwrap().to_owned();
    let file = site.get(&format!("/api/v1/drafts/{token}/export/json"));
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"my-task.json\"");
    assert!(file.body.starts_with("{\n  \"family\": \"my-task\",\n") && file.body.ends_with("}\n"));
    let expected: Value = serde_json::from_str(TUTORIAL).unwrap();
    assert_eq!(file.json(), expected);
    assert_eq!(file.json().as_object().unwrap().keys().collect::<Vec<_>>(), expected.as_object().unwrap().keys().collect::<Vec<_>>());
}

#[test]
fn unknown_tokens_are_not_found_everywhere() {
    let site = Site::start();
    let unknown = "AAAAAAAAAAAAAAAAAAAAAA";
    for token in [unknown, "short", "%00", "..%2f.."] {
        for file in ["", "/export/json", "/export/deploy.sh", "/export/teardown.sh"] {
            assert_eq!(code(&site.get(&format!("/api/v1/drafts/{token}{file}"))), (404, "not-found".into()), "{token}{file}");
        }
    }
    for path in [
        format!("/en/d/{unknown}/cluster"),
        format!("/ko/s/{unknown}"),
        format!("/ko/d/{unknown}/share"),
        format!("/ko/d/{unknown}/register"),
        "/en/nothing".into(),
        "/fr".into(),
    ] {
        assert_eq!(site.get(&path).status, 404, "{path}");
    }
    assert_eq!(site.post_form(&format!("/en/d/{unknown}/size"), &[("rev", "1")]).status, 404);
}

#[test]
fn a_stale_put_gets_412_with_the_present_revision() {
    let site = Site::start();
    let made = site.post_json("/api/v1/drafts", &json!({ "taskDefinition": { "family": "a" } })).json();
    let (edit, view) = (made["edit"]["token"].as_str().unwrap(), made["view"]["token"].as_str().unwrap());
    let path = format!("/api/v1/drafts/{edit}");
    let put = |revision: Option<&str>, body: Value| site.put_json(&path, revision, &body);
    assert_eq!(code(&put(None, json!({}))), (428, "no-revision".into()));
    let first = put(Some("\"1\""), json!({ "taskDefinition": { "family": "b" } }));
    assert_eq!((first.status, first.header("etag")), (200, "\"2\""));
    let again = put(Some("\"1\""), json!({ "taskDefinition": { "family": "b" } }));
    assert_eq!((again.status, again.json()["revision"].as_i64()), (200, Some(2)), "a repeat gets the same answer");
    let stale = put(Some("\"1\""), json!({ "taskDefinition": { "family": "c" } }));
    assert_eq!((code(&stale), stale.json()["revision"].as_i64()), ((412, "conflict".into()), Some(2)));
    assert_eq!(put(Some("\"2\""), json!({})).json()["revision"], 2, "nothing changed");
    assert_eq!(code(&site.put_json(&format!("/api/v1/drafts/{view}"), Some("\"2\""), &json!({}))), (403, "read-only".into()));
    assert_eq!(code(&site.request("DELETE", &format!("/api/v1/drafts/{view}"), &[], "")), (403, "read-only".into()));
    assert_eq!(site.get(&format!("/api/v1/drafts/{view}")).json()["taskDefinition"]["family"], "b");
    assert_eq!(site.request("DELETE", &path, &[], "").status, 204);
    assert_eq!(code(&site.get(&path)), (404, "not-found".into()));
    assert_eq!(code(&site.get(&format!("/api/v1/drafts/{view}"))), (404, "not-found".into()));
}

#[test]
fn a_preset_by_its_name_makes_a_draft_and_an_unknown_one_is_said() {
    let site = Site::start();
    let made = site.post_json("/api/v1/drafts", &json!({ "preset": "worker" })).json();
    let token = made["edit"]["token"].as_str().unwrap();
    assert_eq!(site.get(&format!("/api/v1/drafts/{token}")).json()["taskDefinition"]["family"], "my-worker");
    assert_eq!(code(&site.post_json("/api/v1/drafts", &json!({ "preset": "worke" }))), (404, "unknown-format".into()));
}

#[test]
fn what_would_not_open_again_is_not_stored() {
    let site = Site::start();
    let body = |definition: &str| format!(r#"{{"taskDefinition": {definition}}}"#);
    let post = |text: &str| site.request("POST", "/api/v1/drafts", &[("content-type", "application/json")], text);
    for levels in [64, 110, 126] {
        let deep = format!(r#"{{"a":{}1{}}}"#, "[".repeat(levels), "]".repeat(levels));
        assert_eq!(code(&post(&body(&deep))), (422, "too-deep".into()), "{levels}");
        assert_eq!(code(&post(&body(&json!(deep).to_string()))), (422, "too-deep".into()), "{levels}");
    }
    let reserved = r#"{"family": {"$serde_json::private::Number": "7"}}"#;
    assert_eq!(code(&post(&body(reserved))), (422, "reserved-key".into()));
    let deep = format!(r#"{{"a":{}1{}}}"#, "[".repeat(61), "]".repeat(61));
    let token = post(&body(&deep)).json()["edit"]["token"].as_str().unwrap().to_owned();
    assert_eq!(site.get(&format!("/api/v1/drafts/{token}")).status, 200);
}

#[test]
fn no_script_is_made_of_a_draft_with_a_command_in_its_role() {
    let site = Site::start();
    let definition = json!({ "family": "a", "executionRoleArn": "arn:aws:iam::$(id >canary):role/x", "containerDefinitions": [] });
    let made = site.post_json("/api/v1/drafts", &json!({ "taskDefinition": definition })).json();
    for kind in ["edit", "view"] {
        let token = made[kind]["token"].as_str().unwrap();
        for name in ["deploy.sh", "teardown.sh"] {
            let refused = site.get(&format!("/api/v1/drafts/{token}/export/{name}"));
            assert_eq!(code(&refused), (422, "no-script".into()), "{name}");
            assert_eq!(refused.json()["error"]["path"], "/executionRoleArn");
        }
    }
}

#[test]
fn bodies_over_a_mebibyte_are_413() {
    let site = Site::start();
    let large = "x".repeat(1024 * 1024 + 1);
    for path in ["/api/v1/validate", "/api/v1/drafts", "/api/v1/export/json", "/api/v1/import"] {
        assert_eq!(code(&site.request("POST", path, &[], &large)), (413, "too-large".into()), "{path}");
    }
}

#[test]
fn text_that_is_not_json_is_a_finding_with_line_and_column() {
    let site = Site::start();
    let reply = site.request("POST", "/api/v1/validate?lang=en", &[("content-type", "text/plain")], "{\n  \"cpu\": ${CPU}\n}");
    let found = &reply.json()["findings"][0];
    assert_eq!((reply.status, &found["rule"], &found["path"]), (200, &json!("task-json-shape"), &json!("")));
    assert_eq!((&found["line"], &found["column"]), (&json!(2), &json!(10)));
    assert_eq!(code(&site.request("POST", "/api/v1/drafts", &[], "not json")), (400, "not-json".into()));
    assert_eq!(code(&site.post_json("/api/v1/drafts", &json!({ "taskDefinition": "{" }))), (400, "not-json".into()));
}

#[test]
fn wrong_types_are_findings_and_never_a_500() {
    let site = Site::start();
    for (body, path) in [
        (json!({ "family": 1, "containerDefinitions": "x" }), "/family"),
        (json!({ "family": "a", "containerDefinitions": [{ "name": "a", "image": "a:1", "cpu": {} }] }), "/containerDefinitions/0/cpu"),
        (json!([1, 2]), ""),
        (json!("text"), ""),
        (json!({ "taskDefinition": { "family": "a", "cpu": 256, "containerDefinitions": [null, 3, { "portMappings": { "a": 1 } }] } }), "/cpu"),
    ] {
        let reply = site.post_json("/api/v1/validate", &body);
        assert_eq!(reply.status, 200, "{body}");
        let found = reply.json()["findings"].as_array().unwrap().clone();
        assert!(found.iter().any(|f| f["path"] == *path && f["rule"] == "task-json-shape"), "{body}: {found:?}");
    }
}

#[test]
fn findings_have_every_member_and_fixes_are_patches() {
    let site = Site::start();
    let body = json!({ "family": "a", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": "1024", "memory": "1024",
        "containerDefinitions": [{ "name": "a", "image": "nginx:1.27" }] });
    let reply = site.post_json("/api/v1/validate?lang=ko&region=ap-northeast-2&launchType=FARGATE", &body);
    let report = reply.json();
    let found = &report["findings"][0];
    assert_eq!(
        (&found["rule"], &found["severity"], &found["scope"], &found["path"]),
        (&json!("sizing-fargate-pair"), &json!("error"), &json!("definition"), &json!("/memory"))
    );
    assert!(found["message"].as_str().unwrap().contains("메모리") && !found["why"].as_str().unwrap().is_empty());
    assert_eq!(found["fixes"][0]["patch"], json!([{ "op": "replace", "path": "/memory", "value": "2048" }]));
    assert_eq!(report["summary"]["errors"], 1);
    assert!(reply.header("x-request-id").len() >= 8);
    let rules = site.get("/api/v1/rules?lang=ko").json();
    assert!(rules["rules"].as_array().unwrap().len() > 100 && rules["rules"][0]["title"].is_string());
    for answer in [&report, &rules] {
        assert_eq!(answer["rulesAsOf"], taskdef::lint::AS_OF);
    }
}

#[test]
fn an_import_keeps_unknown_keys_and_names_what_it_dropped() {
    let site = Site::start();
    let text = r#"{"taskDefinition": {"family": "a", "revision": 7, "newField": {"x": 1.0}, "status": "ACTIVE", "containerDefinitions": []}}"#;
    let made = site.request("POST", "/api/v1/drafts", &[], &json!({ "taskDefinition": text }).to_string()).json();
    assert_eq!(made["dropped"], json!(["/revision", "/status"]));
    let token = made["edit"]["token"].as_str().unwrap();
    let file = site.get(&format!("/api/v1/drafts/{token}/export/json")).body;
    assert!(file.contains("\"x\": 1.0"), "{file}");
    assert_eq!(site.request("POST", "/api/v1/import", &[], text).json()["report"]["dropped"], json!(["/revision", "/status"]));
    assert_eq!(code(&site.request("POST", "/api/v1/import", &[], "services:\n")), (404, "unknown-format".into()));
    assert_eq!(code(&site.get("/api/v1/nothing")), (404, "not-found".into()));
}

#[test]
fn the_root_leads_to_the_visitors_language() {
    let site = Site::start();
    for (headers, to) in [
        (vec![("accept-language", "en-GB,en;q=0.8")], "/en"),
        (vec![("accept-language", "fr")], "/ko"),
        (vec![("accept-language", "fr, en;q=0.5, ko;q=0.9")], "/ko"),
        (vec![("accept-language", "ko"), ("cookie", "lang=en")], "/en"),
        (vec![], "/ko"),
    ] {
        let reply = site.request("GET", "/", &headers, "");
        assert_eq!((reply.status, reply.header("location")), (303, to), "{headers:?}");
    }
}

#[test]
fn draft_pages_are_kept_by_nobody_and_tokens_stay_out_of_headers() {
    let site = Site::start();
    let token = site.tutorial();
    let page = site.get(&format!("/ko/d/{token}/containers"));
    assert_eq!(
        (page.status, page.header("cache-control"), page.header("referrer-policy"), page.header("x-robots-tag")),
        (200, "no-store", "same-origin", "noindex")
    );
    let policy = page.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe-inline"), "{policy}");
    assert!(page.body.contains("<html lang=\"ko\"") && !page.body.contains(" style=\""));
    assert!(site.get("/healthz").status == 200 && site.get("/readyz").status == 200);
    assert!(site.get("/robots.txt").body.contains("Disallow: /*/d/"));
}

#[test]
fn a_theme_comes_back_to_this_site_only() {
    let site = Site::start();
    for (back, to) in [("/ko/d/x/size", "/ko/d/x/size"), ("//evil.example", "/ko"), ("https://evil.example", "/ko"), ("/\\evil.example", "/ko")] {
        let reply = site.post_form("/ko/theme", &[("theme", "dark"), ("back", back)]);
        assert_eq!((reply.status, reply.header("location")), (303, to));
        assert!(reply.header("set-cookie").starts_with("theme=dark;"));
    }
    assert!(site.request("GET", "/ko", &[("cookie", "theme=dark")], "").body.contains("data-theme=\"dark\""));
}

#[test]
fn walking_an_imported_definition_through_every_page_changes_no_byte() {
    let site = Site::start();
    let odd = json!({
        "family": "a\nb", "cpu": "0.5 vCPU", "memory": "1 GB", "networkMode": "bridge", "requiresCompatibilities": ["EC2", "FARGATE"], "x": null, "n": 3.0,
        "containerDefinitions": [
            { "image": "  nginx ", "name": "웹 \"서버\"", "cpu": "512", "essential": "yes", "portMappings": [{ "protocol": "TCP", "hostPort": 0, "containerPort": 80.0 }, 5],
              "environment": [{ "value": " a\r\nb ", "name": "A" }, { "name": "N", "value": 3 }], "healthCheck": { "command": ["CMD-SHELL, curl x"], "interval": 500 } },
            { "name": "b", "healthCheck": { "command": ["CMD", "a b", "c\nd"] }, "logConfiguration": { "logDriver": "awslogs", "options": { "awslogs-group": "g", "awslogs-create-group": true } } },
            { "name": "c", "healthCheck": { "command": ["CMD-SHELL", "line one\r\nline two <b> & 'x'"] }, "logConfiguration": { "logDriver": "splunk" } },
            "not a container"
        ]
    });
    let made = site.post_json("/api/v1/drafts", &json!({ "taskDefinition": odd, "region": "xx-nowhere-9" })).json();
    let token = made["edit"]["token"].as_str().unwrap();
    let export = format!("/api/v1/drafts/{token}/export/json");
    let before = site.get(&export).body;
    let pages = [
        "cluster",
        "size",
        "containers",
        "containers/1",
        "containers/2",
        "containers/3",
        "containers/4",
        "ports",
        "health",
        "health/2",
        "health/3",
        "health/4",
        "logs",
        "review",
    ];
    let mut fields = 0;
    for page in pages {
        let path = format!("/ko/d/{token}/{page}");
        let html = site.get(&path);
        assert_eq!(html.status, 200, "{page}");
        let pairs = web::form(&html.body);
        fields += pairs.len();
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let posted = site.post_form(&path, &pairs);
        assert_eq!(posted.status, 303, "{page}");
        assert_eq!(site.get(&export).body, before, "{page}");
    }
    assert!(fields > 80, "{fields}");
}

#[test]
fn errors_keep_continue_on_the_page_and_row_buttons_work_without_javascript() {
    let site = Site::start();
    let token = site.tutorial();
    let size = format!("/en/d/{token}/size");
    let bad = site.post_form(&size, &[("rev", "1"), ("/family", "my task"), ("op", "")]);
    assert_eq!(bad.header("location"), format!("{size}?check"));
    let page = site.get(&format!("{size}?check")).body;
    assert!(
        page.contains("<title>Error: Step 2 of 7: Task size – 첫 번째 태스크 – Taskwright</title>")
            && page.contains("Fix 1 thing to continue")
            && page.contains("value=\"my task\"")
    );
    let fixed = site.post_form(&size, &[("rev", "2"), ("op", "fix:task-family-format:0:/family")]);
    assert_eq!(fixed.header("location"), format!("{size}#f-family"));
    let on = site.post_form(&size, &[("rev", "3"), ("op", "")]);
    assert_eq!(on.header("location"), format!("/en/d/{token}/containers"));
    let added = site.post_form(&format!("/en/d/{token}/containers"), &[("rev", "3"), ("op", "add:/containerDefinitions")]);
    assert_eq!(added.header("location"), format!("/en/d/{token}/containers/3#f-containerDefinitions-2-name"));
    let removed = site.post_form(&format!("/en/d/{token}/containers/3"), &[("rev", "4"), ("op", "remove:/containerDefinitions/2")]);
    assert_eq!(removed.status, 303);
    assert_eq!(site.get(&format!("/api/v1/drafts/{token}")).json()["taskDefinition"]["containerDefinitions"].as_array().unwrap().len(), 2);
}

/// What no page asks was dropped without a word, and everything else of the form was saved.
#[test]
fn a_form_with_an_unknown_name_or_button_is_refused_whole_and_says_which() {
    let site = Site::start();
    let token = site.tutorial();
    let size = format!("/en/d/{token}/size");
    let before = site.get(&format!("/api/v1/drafts/{token}")).body;
    for pair in [("/aside/tried", "x"), ("/tags", "x"), ("op", "drop:<b>everything")] {
        let refused = site.post_form(&size, &[("rev", "1"), ("/family", "other"), pair]);
        assert_eq!(refused.status, 422, "{pair:?}");
        let name = if pair.0 == "op" { "drop:&lt;b&gt;everything" } else { pair.0 };
        assert!(refused.body.contains(&format!("Unknown name: {name}")), "{pair:?}");
    }
    assert_eq!(site.get(&format!("/api/v1/drafts/{token}")).body, before);
    assert_eq!(site.post_form(&size, &[("rev", "1"), ("/family", "other"), ("op", "update")]).header("location"), size);
}

#[test]
fn two_people_on_different_fields_merge_and_on_the_same_field_choose() {
    let site = Site::start();
    let token = site.tutorial();
    let path = format!("/en/d/{token}/containers/1");
    let name = "/containerDefinitions/0/image";
    assert_eq!(site.post_form(&path, &[("rev", "1"), (name, "docker.io/myid/webserver:2"), ("op", "")]).status, 303);
    assert_eq!(site.post_form(&path, &[("rev", "1"), ("/containerDefinitions/0/cpu", "256"), ("op", "")]).status, 303);
    let read = || site.get(&format!("/api/v1/drafts/{token}")).json()["taskDefinition"]["containerDefinitions"][0].clone();
    assert_eq!((&read()["image"], &read()["cpu"]), (&json!("docker.io/myid/webserver:2"), &json!(256)));
    let clash = site.post_form(&path, &[("rev", "1"), (name, "docker.io/myid/webserver:3"), ("op", "")]);
    assert_eq!(clash.status, 409);
    assert!(clash.body.contains("webserver:2") && clash.body.contains("webserver:3"));
    assert!(!clash.body.contains("c-tools") && site.get("/en/rules").body.contains("c-tools"), "no link to another language loses the choice");
    assert_eq!(read()["image"], "docker.io/myid/webserver:2", "nothing is overwritten before the choice");
    let pairs = web::form(&clash.body);
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(n, v)| (n.as_str(), v.as_str())).chain([("op", "save")]).collect();
    assert_eq!(site.post_form(&format!("/en/d/{token}/conflict"), &pairs).status, 303);
    assert_eq!((&read()["image"], &read()["cpu"]), (&json!("docker.io/myid/webserver:3"), &json!(256)));
}

#[test]
fn a_shared_link_shows_all_and_changes_nothing() {
    let site = Site::start();
    let made = site.post_json("/api/v1/drafts", &json!({ "preset": "tutorial" })).json();
    let (edit, view) = (made["edit"]["token"].as_str().unwrap(), made["view"]["token"].as_str().unwrap());
    let page = site.get(&format!("/en/s/{view}"));
    assert!(page.status == 200 && page.body.contains("my-webserver") && !page.body.contains(edit));
    assert_eq!(site.get(&format!("/en/d/{view}/cluster")).status, 404);
    assert_eq!(site.get(&format!("/en/s/{edit}")).status, 404);
    let copy = site.post_form("/en/d", &[("copy", view)]);
    assert_eq!(copy.status, 303);
    assert!(!copy.header("location").contains(edit));
}

#[test]
fn a_bad_paste_comes_back_with_its_text_and_the_place() {
    let site = Site::start();
    let text = "{\n  \"family\": [\"a\"\n}";
    let reply = site.post_form("/en/d", &[("taskDefinition", text)]);
    assert_eq!(reply.status, 422);
    assert!(reply.body.contains("The bracket [ on line 2") && reply.body.contains("\"family\": [\"a\""));
    assert_eq!(site.post_form("/en/d", &[("taskDefinition", "")]).status, 422);
}

#[test]
fn a_step_is_at_most_25_kilobytes_in_brotli() {
    let site = Site::start();
    let token = site.tutorial();
    let mut seen = 0;
    for lang in ["ko", "en"] {
        for page in ["cluster", "size", "containers", "containers/1", "ports", "health", "logs", "review"] {
            let html = site.request("GET", &format!("/{lang}/d/{token}/{page}"), &[("accept-encoding", "br")], "");
            assert!(html.header("content-encoding") == "br" && html.size <= 25 * 1024, "{lang}/{page}: {}", html.size);
            seen += 1;
        }
    }
    assert_eq!(seen, 16);
}
