//! The doctor's page, without a script: the first cause, what follows from it, and what is left alone.

#![allow(clippy::unwrap_used, missing_docs)]

mod web;

use scraper::{Html, Selector};
use web::Site;

/// The page after a text was pasted into its form.
fn told(site: &Site, path: &str, text: &str) -> Html {
    let page = site.press(path, "", &[("error", text)]);
    assert_eq!(page.status, 200, "{path}");
    assert!(!page.body.contains("type=\"module\""), "the page needs no program");
    Html::parse_document(&page.body)
}

/// The words of all elements that a selector finds.
fn words(page: &Html, selector: &str) -> Vec<String> {
    let text = |e: scraper::ElementRef<'_>| e.text().collect::<String>().trim().to_owned();
    page.select(&Selector::parse(selector).unwrap()).map(text).collect()
}

/// A rollback is what people see first and what says least.
#[test]
fn the_first_cause_is_a_card_and_its_consequences_are_told_as_such() {
    let site = Site::start();
    let text = "(service web) was unable to place a task. Reason: CannotPullContainerError: pull access denied for web.\n\
                (service web) rolling back to deployment ecs-svc/1.";
    for (lang, cause, found, follow, echo) in [
        ("en", "The registry did not let the task pull this image", "Cause found", "What followed", "A consequence, not a cause"),
        ("ko", "레지스트리에서 이 이미지를 받을 수 없어요", "원인을 찾았어요", "그 결과로 나온 메시지", "원인이 아니라 결과예요"),
    ] {
        let page = told(&site, &format!("/{lang}/doctor"), text);
        assert_eq!(words(&page, "h2[id^=cause-]"), [cause]);
        assert_eq!(words(&page, ".c-tag"), [found]);
        assert_eq!(words(&page, "section[aria-labelledby=cause-0] .c-quote mark"), ["pull access denied"]);
        assert_eq!(words(&page, "#echoes"), [follow]);
        assert_eq!(words(&page, "section[aria-labelledby=echoes] .c-quote mark"), ["rolling back to deployment"]);
        // Where nothing else is said it is the answer, and does not pass for a cause.
        let only = told(&site, &format!("/{lang}/doctor"), "(service web) rolling back to deployment ecs-svc/1.");
        assert_eq!((words(&only, "h2[id^=cause-]").len(), words(&only, ".c-tag"), words(&only, "#echoes").len()), (1, vec![echo.to_owned()], 0));
    }
}

/// Every edit of a definition that is right makes it wrong.
#[test]
fn a_definition_that_is_right_is_said_to_be_and_gets_no_button() {
    let site = Site::start();
    let token = site.tutorial();
    let outside = "The provided target group has target type instance, which is incompatible with the awsvpc network mode specified in the task definition.";
    assert!(taskdef::diagnose::diagnose(outside).causes[0].known.outside);
    for (lang, right) in [("en", "Your definition is correct."), ("ko", "태스크 정의에는 문제가 없어요.")] {
        for path in [format!("/{lang}/doctor"), format!("/{lang}/d/{token}/doctor")] {
            let page = told(&site, &path, outside);
            assert_eq!(words(&page, ".c-cause .c-notice b"), [right], "{path}");
            assert!(words(&page, ".c-cause button").is_empty() && words(&page, ".c-cause .c-btn").is_empty(), "{path}");
        }
        let page = told(&site, &format!("/{lang}/d/{token}/doctor"), "OutOfMemoryError: Container killed due to memory usage");
        assert_eq!((words(&page, ".c-cause button").len(), words(&page, ".c-cause .c-notice").len()), (1, 0), "{lang}: where an edit helps, it is one press");
    }
}

#[test]
fn the_words_lead_to_the_field_that_they_speak_of() {
    let site = Site::start();
    let token = site.tutorial();
    let page = told(&site, &format!("/en/d/{token}/doctor"), "Invalid 'containerPort' setting for container 'my-webserver'.");
    let link = page.select(&Selector::parse(".c-cause a.c-btn").unwrap()).next().unwrap();
    let (field, id) = link.attr("href").unwrap().split_once('#').unwrap();
    let step = Html::parse_document(&site.get(field).body);
    assert_eq!(step.select(&Selector::parse(&format!("[id=\"{id}\"]")).unwrap()).count(), 1, "{field}#{id}");
}

#[test]
fn every_page_says_how_old_the_rules_are() {
    let site = Site::start();
    let token = site.tutorial();
    for (lang, said) in [("en", "Rules as of"), ("ko", "규칙 기준일")] {
        for path in ["", "/doctor", "/rules", "/glossary", &format!("/d/{token}/review"), &format!("/d/{token}/json"), &format!("/d/{token}/register")] {
            let page = Html::parse_document(&site.get(&format!("/{lang}{path}")).body);
            let footer = words(&page, "footer p").join(" ");
            assert!(footer.starts_with(&format!("{said} {}", taskdef::lint::AS_OF)), "/{lang}{path}: {footer}");
        }
    }
}
