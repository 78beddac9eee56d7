//! Undo, Redo and the versions of a draft, from outside and without JavaScript.

#![allow(clippy::unwrap_used, missing_docs)]

mod web;

use serde_json::json;
use web::{Reply, Site};

/// A browser with one draft.
struct Browser {
    site: Site,
    cookie: String,
    token: String,
}

impl Browser {
    /// Imports a definition with a protocol that a safe fix writes as AWS does.
    fn new() -> Browser {
        let site = Site::start();
        let definition = json!({ "family": "brought", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "512",
            "containerDefinitions": [{ "name": "web", "image": "nginx:1.27", "portMappings": [{ "containerPort": 80, "protocol": "TCP" }] }] });
        let made = site.post_form("/en/d", &[("taskDefinition", &definition.to_string())]);
        assert_eq!(made.status, 303);
        let cookie = made.headers.iter().filter(|(n, _)| n == "set-cookie").map(|(_, v)| v.split(';').next().unwrap().to_owned());
        let (cookie, token) = (cookie.collect::<Vec<_>>().join("; "), made.header("location").split('/').nth(3).unwrap().to_owned());
        Browser { site, cookie, token }
    }

    fn get(&self, page: &str) -> Reply {
        self.site.request("GET", &format!("/en/d/{}/{page}", self.token), &[("cookie", &self.cookie)], "")
    }

    fn post(&self, page: &str, pairs: &[(&str, &str)]) -> Reply {
        self.site.press(&format!("/en/d/{}/{page}", self.token), &self.cookie, pairs)
    }

    fn read(&self) -> serde_json::Value {
        self.site.get(&format!("/api/v1/drafts/{}", self.token)).json()
    }

    fn revision(&self) -> String {
        self.read()["revision"].to_string()
    }

    /// What the draft says, for the model: cluster name and definition.
    fn state(&self) -> (String, String) {
        let draft = self.read();
        (draft["cluster"]["name"].to_string(), draft["taskDefinition"].to_string())
    }

    fn go(&self, go: &str, page: &str) -> Reply {
        self.post("undo", &[("go", go), ("page", page)])
    }
}

#[test]
fn the_import_stays_and_what_the_server_wrote_has_a_name_and_can_be_undone() {
    let browser = Browser::new();
    let brought = browser.state();
    assert!(brought.1.contains("TCP"));
    assert_eq!(browser.post("fixes", &[("rev", "1")]).status, 303);
    let fixed = browser.state();
    assert_ne!(brought, fixed);
    let page = browser.get("review").body;
    assert!(page.contains("Undo: Safe fixes applied"), "the button says what it takes back");
    let list = browser.get("history").body;
    for words in ["Imported", "Safe fixes applied", "The original version"] {
        assert!(list.contains(words), "{words}: {list}");
    }
    let undone = browser.go("undo", "review");
    assert_eq!(browser.state(), brought);
    let back = browser.site.request("GET", undone.header("location"), &[("cookie", &browser.cookie)], "").body;
    assert!(back.contains("Undone. "), "the page says what was undone");
    assert_eq!(browser.go("redo", "json").header("location"), format!("/en/d/{}/json", browser.token));
    assert_eq!(browser.state(), fixed);
    assert!(browser.get("json").body.contains("Undo: Safe fixes applied"), "the editor has the same Undo");
}

#[test]
fn a_link_that_may_only_view_undoes_nothing_and_another_browser_only_its_own() {
    let browser = Browser::new();
    browser.post("cluster", &[("rev", "1"), ("/cluster/name", "mine")]);
    let stranger = browser.site.press(&format!("/en/d/{}/undo", browser.token), "me=AAAAAAAAAAAAAAAAAAAAAA", &[("go", "undo")]);
    assert_eq!(stranger.status, 303);
    assert_eq!(browser.read()["cluster"]["name"], "mine", "somebody else's change stays");
    let view = browser.get("share").body.split("/en/s/").nth(1).unwrap()[..22].to_owned();
    assert_eq!(browser.site.press(&format!("/en/d/{view}/undo"), &browser.cookie, &[("go", "undo")]).status, 404);
    browser.go("undo", "cluster");
    assert_ne!(browser.read()["cluster"]["name"], "mine");
}

#[test]
fn exports_are_marked_and_two_versions_compare() {
    let browser = Browser::new();
    browser.post("cluster", &[("rev", "1"), ("/cluster/name", "first")]);
    let export = browser.site.request("GET", &format!("/api/v1/drafts/{}/export/json", browser.token), &[("cookie", &browser.cookie)], "");
    assert_eq!(export.status, 200, "{}", export.body);
    browser.post("cluster", &[("rev", "2"), ("/cluster/name", "second")]);
    let list = browser.get("history").body;
    assert_eq!(list.matches("Exported").count(), 1, "{list}");
    let both = browser.get("history?at=3&with=2").body;
    assert!(both.contains("first") && both.contains("second"), "the newest two, told from the older to the newer");
    let (then, now) = (both.find(">first<").unwrap(), both.find(">second<").unwrap());
    assert!(then < now);
    assert_eq!(browser.get("history?at=2&with=").status, 200);
}

/// What an independent model says: a list of states and a place in it.
struct Model {
    states: Vec<(String, String)>,
    at: usize,
}

/// Edits, the JSON editor, reloads, Undo and Redo in any order end where the model says.
#[test]
fn any_sequence_of_edits_reloads_undo_and_redo_ends_where_the_model_says() {
    let mut undone = 0;
    for seed in [7_u64, 40, 1999] {
        let browser = Browser::new();
        let mut model = Model { states: vec![browser.state()], at: 0 };
        let mut random = seed;
        let mut next = |most: u64| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (random >> 33) % most
        };
        for n in 0..40 {
            match next(6) {
                0 => drop(browser.post("cluster", &[("rev", &browser.revision()), ("/cluster/name", &format!("name-{n}"))])),
                1 => {
                    let mut definition = browser.read()["taskDefinition"].clone();
                    definition["family"] = json!(format!("family-{n}"));
                    let text = definition.to_string();
                    drop(browser.post("json", &[("rev", &browser.revision()), ("op", "save"), ("text", &text)]));
                }
                2 => drop(browser.get("review")),
                3 | 4 => {
                    browser.go("undo", "cluster");
                    model.at = model.at.saturating_sub(1);
                    undone += 1;
                    assert_eq!(browser.state(), model.states[model.at], "seed {seed}, step {n}: undo");
                    continue;
                }
                _ => {
                    browser.go("redo", "cluster");
                    model.at = (model.at + 1).min(model.states.len() - 1);
                    assert_eq!(browser.state(), model.states[model.at], "seed {seed}, step {n}: redo");
                    continue;
                }
            }
            let now = browser.state();
            if now != model.states[model.at] {
                model.states.truncate(model.at + 1);
                model.states.push(now);
                model.at += 1;
            }
        }
    }
    assert!(undone > 20, "{undone}");
}
