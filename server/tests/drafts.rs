//! A draft's life from outside: links, recent drafts, history, limits, copies, and what is written down.

#![allow(clippy::unwrap_used, missing_docs)]

mod web;

use serde_json::json;
use std::process::Command;
use web::{Reply, Site};

/// All cookies that a browser would send after these answers.
fn cookies(replies: &[&Reply]) -> String {
    let mut jar: Vec<(String, String)> = Vec::new();
    for pair in replies.iter().flat_map(|r| r.headers.iter()).filter(|(n, _)| n == "set-cookie") {
        let (name, value) = pair.1.split(';').next().unwrap().split_once('=').unwrap();
        jar.retain(|(n, _)| n != name);
        jar.push((name.to_owned(), value.to_owned()));
    }
    jar.iter().map(|(n, v)| format!("{n}={v}")).collect::<Vec<_>>().join("; ")
}

fn post(site: &Site, path: &str, cookie: &str, body: &str) -> Reply {
    site.request("POST", path, &[("content-type", "application/x-www-form-urlencoded"), ("cookie", cookie)], body)
}

/// A draft made on the page: its token, and the browser's cookies.
fn made(site: &Site) -> (String, String) {
    let reply = post(site, "/en/d", "", "preset=tutorial");
    assert_eq!(reply.status, 303);
    (reply.header("location").split('/').nth(3).unwrap().to_owned(), cookies(&[&reply]))
}

#[test]
fn the_start_page_remembers_drafts_that_were_made_here_and_no_others() {
    let site = Site::start();
    let (token, cookie) = made(&site);
    let home = site.request("GET", "/en", &[("cookie", &cookie)], "").body;
    assert!(home.contains("Recent drafts") && home.contains("My first task") && home.contains(&token) && home.contains("Deleted in 30 days"));
    assert!(!site.get("/en").body.contains("Recent drafts"), "another browser sees nothing");
    let seen = site.get(&format!("/en/d/{token}/review"));
    assert!(!cookies(&[&seen]).contains(&token), "opening a link adds nothing");
    let kept = post(&site, &format!("/en/d/{token}/share"), "", "op=keep");
    assert!(cookies(&[&kept]).contains(&token));
    let forgotten = post(&site, &format!("/en/d/{token}/share"), &cookie, "op=forget");
    assert!(!cookies(&[&forgotten]).contains(&token));
    let mine = site.request("GET", "/en/mine", &[("cookie", &cookie)], "");
    assert_eq!((mine.json()["drafts"][0]["taskDefinition"]["family"].as_str(), mine.header("cache-control")), (Some("my-task"), "no-store"));
}

#[test]
fn a_deleted_draft_leaves_the_start_page_by_itself() {
    let site = Site::start();
    let (token, cookie) = made(&site);
    assert_eq!(site.request("DELETE", &format!("/api/v1/drafts/{token}"), &[], "").status, 204);
    let home = site.request("GET", "/en", &[("cookie", &cookie)], "");
    assert!(!home.body.contains("Recent drafts"));
    assert!(home.headers.iter().any(|(n, v)| n == "set-cookie" && v.starts_with("drafts=;")));
}

#[test]
fn a_revoked_view_link_and_replaced_links_answer_like_unknown_ones() {
    let site = Site::start();
    let (token, cookie) = made(&site);
    let view = |page: &str| page.split("/en/s/").nth(1).unwrap()[..22].to_owned();
    let first = view(&site.get(&format!("/en/d/{token}/share")).body);
    assert_eq!(site.get(&format!("/en/s/{first}")).status, 200);
    assert_eq!(post(&site, &format!("/en/d/{token}/share"), "", "op=revoke").status, 303);
    let second = view(&site.get(&format!("/en/d/{token}/share")).body);
    let unknown = site.get("/en/s/AAAAAAAAAAAAAAAAAAAAAA");
    let gone = site.get(&format!("/en/s/{first}"));
    assert_eq!((gone.status, gone.size), (unknown.status, unknown.size));
    assert_eq!(site.get(&format!("/en/s/{second}")).status, 200);
    let moved = post(&site, &format!("/en/d/{token}/share"), &cookie, "op=replace");
    let new = moved.header("location").split('/').nth(3).unwrap().to_owned();
    assert!(new != token && cookies(&[&moved]).contains(&new) && !cookies(&[&moved]).contains(&token));
    for old in [format!("/en/d/{token}/cluster"), format!("/en/s/{second}"), format!("/api/v1/drafts/{token}")] {
        assert_eq!(site.get(&old).status, 404, "{old}");
    }
    assert_eq!(site.get(&format!("/en/d/{new}/cluster")).status, 200);
}

#[test]
fn the_life_of_a_draft_can_be_chosen() {
    let site = Site::start();
    let (token, _) = made(&site);
    assert_eq!(post(&site, &format!("/en/d/{token}/share"), "", "op=life&life=7").status, 303);
    let page = site.get(&format!("/en/d/{token}/share")).body;
    assert!(page.contains("Deleted in 7 days"), "{page}");
    post(&site, &format!("/en/d/{token}/share"), "", "op=life&life=100000");
    assert!(site.get(&format!("/en/d/{token}/share")).body.contains("Deleted in 7 days"), "only the four are taken");
}

#[test]
fn the_history_tells_what_changed_and_gives_it_back() {
    let site = Site::start();
    let (token, cookie) = made(&site);
    let step = format!("/en/d/{token}/cluster");
    assert_eq!(post(&site, &step, "", "rev=1&%2Fcluster%2Fname=by-a-stranger").status, 303);
    let list = site.request("GET", &format!("/en/d/{token}/history"), &[("cookie", &cookie)], "").body;
    assert!(list.contains("Cluster name: my-first-cluster → by-a-stranger"), "{list}");
    assert!(list.contains("New draft") && list.contains("You"));
    let look = site.get(&format!("/en/d/{token}/history?at=1")).body;
    assert!(look.contains("Changes since this version") && look.contains("by-a-stranger"));
    assert_eq!(post(&site, &format!("/en/d/{token}/history"), &cookie, "at=1").status, 303);
    let now = site.get(&format!("/api/v1/drafts/{token}")).json();
    assert_eq!((now["cluster"]["name"].as_str(), now["revision"].as_i64()), (Some("my-first-cluster"), Some(3)));
    assert!(site.get(&format!("/ko/d/{token}/history")).body.contains("클러스터 이름: by-a-stranger → my-first-cluster"));
    assert_eq!(post(&site, &format!("/en/d/{token}/history"), "", "at=99").status, 404);
}

#[test]
fn a_clash_is_settled_field_by_field_and_what_did_not_clash_stays() {
    let site = Site::start();
    let (token, _) = made(&site);
    let step = format!("/en/d/{token}/cluster");
    post(&site, &step, "", "rev=1&%2Fcluster%2Fname=theirs");
    let clash = post(&site, &step, "", "rev=1&%2Fcluster%2Fname=mine&%2Fregion=us-east-1");
    assert_eq!(clash.status, 409);
    assert!(clash.body.contains("Cluster name") && !clash.body.contains("/cluster/name</"), "a place is named in words");
    let pairs = web::form(&clash.body);
    let chosen = pairs.iter().map(|(n, v)| (n.as_str(), if n.starts_with("pick ") { "theirs" } else { v.as_str() }));
    let chosen: Vec<(&str, &str)> = chosen.chain([("op", "save")]).collect();
    assert_eq!(site.post_form(&format!("/en/d/{token}/conflict"), &chosen).status, 303);
    let now = site.get(&format!("/api/v1/drafts/{token}")).json();
    assert_eq!((now["cluster"]["name"].as_str(), now["region"].as_str()), (Some("theirs"), Some("us-east-1")), "mine did not clash there");
}

#[test]
fn limits_answer_clearly_and_can_be_switched_off() {
    let site = Site::start_with(&["--new-drafts-per-minute", "2", "--most-drafts", "3", "--largest-draft", "2000"]);
    let large = site.post_json("/api/v1/drafts", &json!({ "taskDefinition": { "family": "x".repeat(3000) } }));
    assert_eq!((large.status, large.json()["error"]["code"].as_str()), (413, Some("too-large")));
    let made = site.post_json("/api/v1/drafts", &json!({}));
    assert_eq!(made.status, 201);
    let step = format!("/en/d/{}/cluster", made.json()["edit"]["token"].as_str().unwrap());
    let large = post(&site, &step, "", &format!("rev=1&%2Fcluster%2Fname={}", "x".repeat(3000)));
    assert!(large.status == 413 && large.body.contains("The draft is too large"), "{}", large.status);
    let slow = site.post_json("/api/v1/drafts", &json!({}));
    assert_eq!((slow.status, slow.json()["error"]["code"].as_str(), slow.header("retry-after")), (429, Some("slow-down"), "5"));
    let page = post(&site, "/ko/d", "", "preset=empty");
    assert_eq!(page.status, 429);
    assert!(page.body.contains("요청이 너무 많아요"));

    let site = Site::start_with(&["--most-drafts", "1"]);
    assert_eq!(site.post_json("/api/v1/drafts", &json!({})).status, 201);
    let full = site.post_json("/api/v1/drafts", &json!({}));
    assert_eq!((full.status, full.json()["error"]["code"].as_str()), (507, Some("full")));
    let page = post(&site, "/en/d", "", "preset=empty");
    assert!(page.status == 507 && page.body.contains("This server is full"));

    let site = Site::start_with(&["--most-drafts", "1", "--new-drafts-per-minute", "1", "--limits", "off"]);
    assert!((0..5).all(|_| site.post_json("/api/v1/drafts", &json!({})).status == 201));
}

#[test]
fn a_copy_is_made_beside_the_running_server() {
    let site = Site::start();
    let (token, _) = made(&site);
    let database = format!("sqlite:{}", site.folder.path().join("t.db").display());
    let copy = site.folder.path().join("copy.db");
    let run = |args: &[&str]| Command::new(env!("CARGO_BIN_EXE_taskwright")).args(args).output().unwrap();
    let made = run(&["backup", copy.to_str().unwrap(), "--database", &database]);
    assert_eq!((made.status.code(), String::from_utf8_lossy(&made.stdout).trim()), (Some(0), "copied: 1 drafts, 1 revisions"));
    assert_eq!(run(&["restore-check", copy.to_str().unwrap()]).status.code(), Some(0));
    assert_eq!(run(&["backup", copy.to_str().unwrap(), "--database", &database]).status.code(), Some(1), "never over a file");
    std::fs::write(&copy, "no database").unwrap();
    assert_eq!(run(&["restore-check", copy.to_str().unwrap()]).status.code(), Some(1));
    assert_eq!(site.get(&format!("/api/v1/drafts/{token}")).status, 200);
    assert_eq!(site.get("/readyz").status, 200);
}

#[test]
fn neither_typed_values_nor_tokens_are_written_down() {
    let site = Site::start_with(&["--limits", "off"]);
    let text = json!({ "taskDefinition": { "family": "canary-family", "containerDefinitions": [{ "name": "a", "image": "b", "environment": [{ "name": "PASSWORD", "value": "canary-value" }] }] } });
    let made = site.post_json("/api/v1/drafts", &text).json();
    let (edit, view) = (made["edit"]["token"].as_str().unwrap().to_owned(), made["view"]["token"].as_str().unwrap().to_owned());
    for path in [
        format!("/en/d/{edit}/review"),
        format!("/en/s/{view}"),
        format!("/en/d/{edit}/history"),
        format!("/en/d/{edit}x/review"),
        format!("/api/v1/drafts/{view}"),
    ] {
        site.get(&path);
    }
    let copy = site.folder.path().join("copy.db");
    let database = format!("sqlite:{}", site.folder.path().join("t.db").display());
    Command::new(env!("CARGO_BIN_EXE_taskwright")).args(["backup", copy.to_str().unwrap(), "--database", &database]).output().unwrap();
    let mut looked = 0;
    for entry in std::fs::read_dir(site.folder.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        looked += usize::from(!bytes.is_empty());
        for secret in ["canary", edit.as_str(), view.as_str()] {
            assert!(!bytes.windows(secret.len()).any(|w| w == secret.as_bytes()), "{secret}");
        }
    }
    assert!(looked >= 4, "database, its log, the copy and the server's log: {looked}");
}
