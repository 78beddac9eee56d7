//! A program that takes pasted keys, an AWS of our own, and the tutorial's draft.

// Each test file uses a part of it.
#![allow(dead_code, clippy::unwrap_used)]

use crate::{
    fake::Fake,
    web::{Reply, Site},
};
use serde_json::{Value, json};

pub const ID: &str = "ASIACANARYCANARY0001";
pub const SECRET: &str = "canary-secret-8f2b7c1d94";
pub const TOKEN: &str = "canary-token-51ce07aa3e";
/// The browser in which all is done.
pub const BROWSER: &str = "me=AAAAAAAAAAAAAAAAAAAAAA";
pub const KEYS: [(&str, &str); 3] = [("key-id", ID), ("key-secret", SECRET), ("key-token", TOKEN)];

/// A program that takes pasted keys, an AWS, and the tutorial's draft.
pub struct Registration {
    pub site: Site,
    pub aws: Fake,
    pub token: String,
}

impl Registration {
    pub fn new() -> Registration {
        Registration::waiting("1")
    }

    /// With so many seconds for an answer.
    pub fn waiting(seconds: &str) -> Registration {
        let aws = Fake::start();
        let site = Site::start_with(&["--limits", "off", "--aws", "paste", "--aws-patience", seconds, "--aws-endpoint", &aws.url]);
        let token = site.ready();
        Registration { site, aws, token }
    }

    pub fn register(&self) -> String {
        format!("/en/d/{}/register", self.token)
    }

    /// Looks; the address of the operation.
    pub fn lookup(&self) -> String {
        let reply = self.try_lookup();
        assert_eq!(reply.status, 303, "{}", text(&reply.body));
        reply.header("location").to_owned()
    }

    pub fn try_lookup(&self) -> Reply {
        let pairs: Vec<(&str, &str)> = KEYS.into_iter().chain([("op", "look")]).collect();
        self.site.press(&self.register(), BROWSER, &pairs)
    }

    pub fn hash(&self, operation: &str) -> String {
        let page = self.get(operation).body;
        let html = scraper::Html::parse_document(&page);
        let input = scraper::Selector::parse("input[name=hash]").unwrap();
        html.select(&input).next().and_then(|i| i.value().attr("value")).unwrap_or_default().to_owned()
    }

    pub fn confirm(&self, operation: &str) -> Reply {
        let hash = self.hash(operation);
        self.press(operation, &[("op", "begin"), ("agree", "yes"), ("hash", &hash)])
    }

    pub fn press(&self, operation: &str, pairs: &[(&str, &str)]) -> Reply {
        let all: Vec<(&str, &str)> = KEYS.into_iter().chain(pairs.iter().copied()).collect();
        self.site.press(operation, BROWSER, &all)
    }

    /// A page as the browser that looked sees it.
    pub fn get(&self, path: &str) -> Reply {
        self.site.request("GET", path, &[("cookie", BROWSER), ("sec-fetch-site", "none")], "")
    }

    /// The operation's page, once it is no longer going on.
    pub fn end(&self, operation: &str) -> String {
        for _ in 0..600 {
            let page = self.get(operation).body;
            if !page.contains("data-going") {
                return page;
            }
            std::thread::yield_now();
            std::thread::park_timeout(std::time::Duration::from_millis(50));
        }
        panic!("the run does not end: {}", text(&self.get(operation).body));
    }

    pub fn names(&self) -> Vec<String> {
        self.aws.seen().into_iter().map(|s| s.name).collect()
    }

    pub fn change(&self, key: &str, value: Value) {
        let api = format!("/api/v1/drafts/{}", self.token);
        let read = self.site.get(&api).json();
        let mut definition = read["taskDefinition"].clone();
        definition[key] = value;
        let revision = format!("\"{}\"", read["revision"]);
        assert_eq!(self.site.put_json(&api, Some(&revision), &json!({ "taskDefinition": definition })).status, 200);
    }
}

/// The words of a page's main part.
pub fn text(page: &str) -> String {
    let html = scraper::Html::parse_document(page);
    let main = scraper::Selector::parse("main").unwrap();
    html.select(&main).next().map(|m| m.text().collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")).unwrap_or_default()
}

pub fn h1(page: &str) -> String {
    let html = scraper::Html::parse_document(page);
    html.select(&scraper::Selector::parse("h1").unwrap()).next().map(|m| m.text().collect()).unwrap_or_default()
}

/// The calls that a page shows.
pub fn shown(page: &str) -> Vec<String> {
    let html = scraper::Html::parse_document(page);
    html.select(&scraper::Selector::parse("[data-calls] code").unwrap()).map(|c| c.text().collect()).collect()
}
