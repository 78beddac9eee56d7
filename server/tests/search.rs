//! The search from outside, without a script: every answer leads to an element that exists, in both languages.

#![allow(clippy::unwrap_used, missing_docs)]

mod web;

use scraper::{Html, Selector};
use std::collections::{BTreeMap, BTreeSet};
use web::Site;

fn select<'a>(page: &'a Html, selector: &str) -> Vec<scraper::ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

fn found(site: &Site, path: &str, query: &str) -> Html {
    let page = site.get(&format!("{path}/search?q={}", percent_encoding::utf8_percent_encode(query, percent_encoding::NON_ALPHANUMERIC)));
    assert_eq!(page.status, 200, "{path} {query}");
    assert!(!page.body.contains("type=\"module\""), "the page needs no program");
    Html::parse_document(&page.body)
}

fn first(page: &Html) -> String {
    select(page, "#found li [data-item]").first().and_then(|a| a.attr("href")).unwrap_or_default().to_owned()
}

#[test]
fn what_the_walks_looked_for_leads_to_its_control() {
    let site = Site::start();
    let token = site.tutorial();
    let draft = format!("/ko/d/{token}");
    for (query, wanted) in [
        ("메모리", "/size#"),
        ("볼륨", "/size#"),
        ("EFS", "/size#"),
        ("cpu", "/size#"),
        ("비용", "/size#cost-h"),
        ("삭제", "/review#next-clean"),
        ("서비스", "/review#next-h"),
        ("실행", "/review#next-h"),
        ("my-nginx", "/containers/2"),
        ("health check: my-ng", "/health/2#"),
    ] {
        let to = first(&found(&site, &draft, query));
        assert!(to.starts_with(&format!("{draft}{wanted}")), "{query}: {to}");
    }
    // Without a draft, what is written about them.
    assert_eq!(first(&found(&site, "/ko", "메모리")), "/ko/glossary#task-size");
    assert_eq!(first(&found(&site, "/en", "exec format error")), "/en/doctor?about=exec-format");
}

/// Without a draft, “삭제” found three errors and not the way to delete what costs money.
#[test]
fn deleting_what_was_created_is_found_without_a_draft_too() {
    let site = Site::start();
    for (lang, query) in [("ko", "삭제"), ("en", "delete")] {
        let page = found(&site, &format!("/{lang}"), query);
        assert_eq!(first(&page), format!("/{lang}#recent-h"), "{query}");
    }
}

/// Everything that the index can answer with, for a whole draft: asked for by each letter and word that the pages have.
#[test]
fn every_answer_leads_to_an_element_that_exists() {
    let site = Site::start();
    let token = site.tutorial();
    let base = format!("/en/d/{token}");
    let mut links: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let words = "region cluster launch instance count family platform cpu memory name image essential environment secrets port health path interval timeout \
        retries start depends logs group prefix role cost command entry user directory stop restart init credentials version mount volume tmpfs shared file \
        read privileged capabilities ulimits sysctl swap gpu device host dns links network labels firelens driver options constraints disk system tags pid \
        ipc proxy fault efs docker undo export formats json register clean delete remove run service history inspect fix findings note doctor glossary rules";
    for word in words.split_whitespace() {
        for item in select(&found(&site, &base, word), "#found li a") {
            let href = item.attr("href").unwrap();
            let (page, id) = href.split_once('#').unwrap_or((href, ""));
            links.entry(page.to_owned()).or_default().insert(id.to_owned());
        }
    }
    let (mut seen, mut missing) = (0, Vec::new());
    for (page, ids) in links {
        let answer = site.get(&page);
        assert!(answer.status < 400, "{page}: {}", answer.status);
        let html = Html::parse_document(&answer.body);
        let here: BTreeSet<&str> = select(&html, "[id]").iter().filter_map(|e| e.attr("id")).collect();
        for id in ids.iter().filter(|id| !id.is_empty()) {
            seen += 1;
            if !here.contains(id.as_str()) {
                missing.push(format!("{page}#{id}"));
            }
        }
    }
    assert!(missing.is_empty(), "{} of {seen}: {missing:#?}", missing.len());
    assert!(seen > 200, "{seen}");
}

#[test]
fn a_hostile_question_is_a_question() {
    let site = Site::start();
    for query in ["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", &"가".repeat(5_000), "\u{0}\u{202e}", "%", "' OR 1=1"] {
        let page = found(&site, "/en", query);
        assert!(select(&page, "img, main script").is_empty(), "{query}");
        assert!(select(&page, "#found [role=status]").len() == 1, "{query}");
    }
}

/// What a button does without JavaScript, it does from here too.
#[test]
fn an_action_is_pressed_without_a_script() {
    let site = Site::start();
    let token = site.tutorial();
    let page = found(&site, &format!("/en/d/{token}"), "add a container");
    let form = select(&page, "#found form").into_iter().next().unwrap();
    let inputs = Selector::parse("input").unwrap();
    let button = select(&page, "#found form button").into_iter().next().unwrap();
    let mut pairs: Vec<(String, String)> = form.select(&inputs).map(|i| (i.attr("name").unwrap().to_owned(), i.attr("value").unwrap().to_owned())).collect();
    pairs.push((button.attr("name").unwrap().to_owned(), button.attr("value").unwrap().to_owned()));
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let answer = site.press(form.attr("action").unwrap(), "", &pairs);
    assert!(answer.status < 400, "{}: {}", answer.status, answer.body);
    assert_eq!(site.get(&format!("/api/v1/drafts/{token}")).json()["taskDefinition"]["containerDefinitions"].as_array().unwrap().len(), 3);
}
