//! The rules from outside: the list for programs, the page for people.

#![allow(clippy::unwrap_used, missing_docs)]

mod web;

use web::Site;

#[test]
fn the_list_has_every_rule_with_its_texts_in_both_languages() {
    let site = Site::start();
    for lang in ["en", "ko"] {
        let list = site.get(&format!("/api/v1/rules?lang={lang}")).json();
        assert_eq!(list["rulesAsOf"], taskdef::lint::AS_OF);
        let list = list["rules"].as_array().unwrap();
        assert_eq!(list.len(), taskdef::lint::all().count());
        assert!(list.len() >= 433, "fewer than the rule book has");
        for rule in list {
            for key in ["rule", "area", "severity", "title", "why", "fix", "source", "state"] {
                assert!(rule[key].as_str().is_some_and(|t| !t.is_empty()), "{key} of {rule}");
            }
            assert!(["active", "needs-registry", "needs-account"].contains(&rule["state"].as_str().unwrap()));
        }
    }
}

#[test]
fn the_page_has_an_anchor_for_every_rule_and_finds_by_words() {
    let site = Site::start();
    let all = site.get("/api/v1/rules").json()["rules"].take();
    for lang in ["en", "ko"] {
        let page = site.get(&format!("/{lang}/rules"));
        assert_eq!(page.status, 200);
        let html = scraper::Html::parse_document(&page.body);
        for rule in all.as_array().unwrap() {
            let anchor = scraper::Selector::parse(&format!("article[id={}] h3", rule["rule"].as_str().unwrap())).unwrap();
            assert_eq!(html.select(&anchor).count(), 1, "{rule}");
        }
        assert!(!page.body.contains("type=\"module\""), "the page needs no program");
    }
    let count = |path: &str| {
        let html = scraper::Html::parse_document(&site.get(path).body);
        html.select(&scraper::Selector::parse("article.c-rule").unwrap()).count()
    };
    assert_eq!(count("/en/rules?q=sizing-swapped"), 1);
    assert!((2..200).contains(&count("/ko/rules?q=%ED%8F%AC%ED%8A%B8")));
    assert_eq!(count("/en/rules?q=no%20such%20words%20anywhere"), 0);
    let hostile = site.get("/en/rules?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E");
    assert!(!hostile.body.contains("<script>alert"));
}

#[test]
fn every_finding_on_a_page_leads_to_its_rule() {
    let site = Site::start();
    let made = site
        .post_json(
            "/api/v1/drafts",
            &serde_json::json!({ "taskDefinition": { "family": "a b", "cpu": "1024", "memory": "1024", "requiresCompatibilities": ["FARGATE"] } }),
        )
        .json();
    let page = site.get(&format!("/en/d/{}/review", made["edit"]["token"].as_str().unwrap()));
    for finding in made["findings"].as_array().unwrap() {
        let link = format!("/en/rules#{}", finding["rule"].as_str().unwrap());
        assert!(page.body.contains(&link), "{link}");
    }
}

/// “How to fix it” was written for every rule and shown nowhere but among the rules.
#[test]
fn every_finding_says_what_to_do_wherever_it_is_shown() {
    let site = Site::start();
    let wrong = serde_json::json!({ "family": "a b", "cpu": "1024", "memory": "1024", "requiresCompatibilities": ["FARGATE"], "containerDefinitions": [{ "name": "web" }] });
    let made = site.post_json("/api/v1/drafts", &serde_json::json!({ "taskDefinition": wrong })).json();
    let (edit, view) = (made["edit"]["token"].as_str().unwrap(), made["view"]["token"].as_str().unwrap());
    // Words of a page, with the marks that HTML writes its own way.
    let words = |path: &str| site.get(path).body.replace("&quot;", "\"").replace("&#x27;", "'").replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">");
    let (review, editor, shared) = (words(&format!("/en/d/{edit}/review")), words(&format!("/en/d/{edit}/json")), words(&format!("/en/s/{view}")));
    let mut seen = (0, 0);
    for finding in made["findings"].as_array().unwrap() {
        let what_to_do = finding["do"].as_str().unwrap();
        assert!(what_to_do.len() > 5 && review.contains(what_to_do), "{finding}");
        // The editor shows the definition alone, and who only reads sees no suggestions.
        if finding["scope"] == "definition" {
            assert!(editor.contains(what_to_do), "{finding}");
            seen.0 += 1;
        }
        if finding["severity"] != "advice" {
            assert!(shared.contains(what_to_do), "{finding}");
            seen.1 += 1;
        }
    }
    assert!(seen.0 > 3 && seen.1 > 3, "{seen:?}");
    // In the open where no button fixes it, folded where one does.
    let folded = |finding: &serde_json::Value| {
        let (before, _) = review.split_once(finding["do"].as_str().unwrap()).unwrap();
        before.rfind("<details") > before.rfind("</details>").max(before.rfind("<li"))
    };
    let (fixable, open): (Vec<_>, Vec<_>) = made["findings"].as_array().unwrap().iter().partition(|f| f["fixes"][0].is_object());
    assert!(folded(fixable[0]) && !folded(open[0]), "{} {}", fixable[0], open[0]);
}
