//! What pages of other sites, other programs of the same computer and odd addresses can do: nothing.

#![allow(clippy::unwrap_used)]

mod web;

use serde_json::json;
use web::{Reply, Site};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

fn public() -> Site {
    Site::start_with(&["--limits", "off", "--aws", "off"])
}

fn cookies(reply: &Reply) -> Vec<&str> {
    reply.headers.iter().filter(|(n, _)| n == "set-cookie").map(|(_, v)| v.as_str()).collect()
}

#[test]
fn another_sites_page_changes_nothing_and_empties_no_list() {
    let site = public();
    let token = site.tutorial();
    let save = json!({ "token": token, "base": 1, "text": "{}", "lang": "En" }).to_string();
    let requests: [(&str, String, &str, &str); 8] = [
        ("POST", "/en/d".into(), FORM.1, "preset=empty"),
        ("POST", format!("/en/d/{token}/share"), FORM.1, "op=delete"),
        ("POST", "/en/d/AAAAAAAAAAAAAAAAAAAAAA/cluster".into(), FORM.1, ""),
        ("POST", "/en/theme".into(), FORM.1, "theme=dark"),
        ("POST", "/live/save".into(), "application/json", &save),
        ("POST", "/api/v1/drafts".into(), "text/plain", "{}"),
        ("PUT", format!("/api/v1/drafts/{token}"), "text/plain", "{}"),
        ("DELETE", format!("/api/v1/drafts/{token}"), "text/plain", ""),
    ];
    let mut seen = 0;
    for (method, path, kind, body) in &requests {
        for foreign in [("origin", "https://evil.example"), ("origin", "null"), ("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site")] {
            let reply = site.request(method, path, &[("content-type", kind), foreign], body);
            assert_eq!(reply.status, 403, "{method} {path} {foreign:?}");
            assert!(cookies(&reply).iter().all(|c| c.starts_with("lang=")), "{method} {path}: {:?}", cookies(&reply));
            seen += 1;
        }
    }
    assert_eq!(seen, 32);
    let refused = site.request("DELETE", &format!("/api/v1/drafts/{token}"), &[("origin", "null")], "");
    assert_eq!(refused.json()["error"]["code"], "cross-site");
    for (lang, words) in [("en", "another site"), ("ko", "다른 사이트")] {
        let page = site.request("POST", &format!("/{lang}/d"), &[FORM, ("origin", "null")], "preset=empty");
        assert!(page.body.contains(words), "{lang}");
    }
    assert_eq!(site.get(&format!("/api/v1/drafts/{token}")).json()["revision"], 1, "the draft is as it was");
    // A page of this site, and a program without a page, still do.
    let origin = format!("http://{}", site.host);
    assert_eq!(site.request("POST", "/en/d", &[FORM, ("origin", &origin), ("sec-fetch-site", "same-origin")], "preset=empty").status, 303);
    assert_eq!(site.request("POST", "/api/v1/drafts", &[], "{}").status, 201);
}

#[test]
fn no_redirect_leads_to_another_site() {
    let site = public();
    let mut redirects = 0;
    for path in [
        "/%2Fevil.example/d/x",
        "/%5Cevil.example/d/x",
        "/%2F%2Fevil.example/d/x",
        "/en/d/%0d%0aX",
        "/en/d/%00",
        "/en/d/%ff",
        "/en%0a/d/x",
        "/%09/d/x",
        "/en/d/short",
    ] {
        let reply = site.get(path);
        assert_eq!((reply.status, reply.header("location")), (404, ""), "{path}");
    }
    for back in ["//evil.example", "/\\evil.example", "/\t/evil.example", "https://evil.example", "/%2Fevil.example", "/\r\nset-cookie: a=b"] {
        let reply = site.press("/en/theme", "", &[("theme", "dark"), ("back", back)]);
        assert_eq!((reply.status, reply.header("location")), (303, "/en"), "{back:?}");
        redirects += 1;
    }
    assert_eq!(redirects, 6);
    assert_eq!(site.press("/en/theme", "", &[("theme", "dark"), ("back", "/ko/rules?q=port")]).header("location"), "/ko/rules?q=port");
    let log = std::fs::read_to_string(site.folder.path().join("log")).unwrap();
    assert!(!log.contains("ERROR"), "an odd address is no fault of ours");
}

#[test]
fn an_address_that_does_not_parse_is_the_404_of_its_language_or_of_the_api() {
    let site = public();
    let token = site.tutorial();
    let (page, draft) = (["Page not found", "페이지를 찾을 수 없어요"], ["no draft at this link", "이 링크에는 초안이 없어요"]);
    let cases = [
        ("/nothing", page),
        ("/d/AAAAAAAAAAAAAAAAAAAAAA/nothing", page),
        ("/d/short", draft),
        ("/d/short/size", draft),
        ("/d/AAAAAAAAAAAAAAAAAAAAAA/share", draft),
        ("/s/short", draft),
        (&format!("/s/{token}"), draft),
        (&format!("/d/{token}/containers/0"), page),
        (&format!("/d/{token}/review/register/4d"), draft),
    ];
    let mut seen = 0;
    for (path, words) in cases {
        for (lang, words) in ["en", "ko"].into_iter().zip(words) {
            // The address decides, not the visitor.
            let reply = site.request("GET", &format!("/{lang}{path}"), &[("cookie", "lang=ko"), ("accept-language", "ko")], "");
            assert_eq!((reply.status, reply.header("location")), (404, ""), "/{lang}{path}");
            assert!(reply.body.contains(&format!("<html lang=\"{lang}\"")) && reply.body.contains(words), "/{lang}{path}: {words}");
            seen += 1;
        }
    }
    assert_eq!(seen, 18);
    for (lang, accepts) in [("en", "en"), ("ko", "ko")] {
        let reply = site.request("GET", &format!("/fr/d/{token}/size"), &[("accept-language", accepts)], "");
        assert!(reply.status == 404 && reply.body.contains(&format!("<html lang=\"{lang}\"")), "no language of ours: the visitor's, {lang}");
    }
    for path in ["/api/v1/drafts/short", "/api/v1/drafts/short/export/json", "/api/v1/drafts/AAAAAAAAAAAAAAAAAAAAAB"] {
        let reply = site.get(path);
        assert_eq!((reply.status, reply.json()["error"]["code"].as_str()), (404, Some("not-found")), "{path}");
    }
}

#[test]
fn a_target_that_is_no_path_is_answered() {
    let site = public();
    for (method, target) in [("CONNECT", "x:1"), ("GET", "x:1"), ("OPTIONS", "*")] {
        assert_eq!(site.request(method, target, &[], "").status, 400, "{method} {target}");
    }
    assert_eq!(site.get("/healthz").status, 200);
}

#[test]
fn every_answer_keeps_itself_private_and_contained() {
    let site = public();
    let token = site.tutorial();
    let paths = [
        "/en",
        "/en/nothing",
        "/",
        "/en/rules",
        "/en/doctor",
        "/api/v1/rules",
        "/pkg/nothing",
        "/healthz",
        "/en/mine",
        "/robots.txt",
        &format!("/en/d/{token}/review"),
    ];
    for path in paths {
        let reply = site.get(path);
        assert_eq!(reply.header("cache-control"), "no-store", "{path}");
        for name in ["content-security-policy", "permissions-policy"] {
            assert_ne!(reply.header(name), "", "{name} of {path}");
        }
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("strict-transport-security", ""),
        ] {
            assert_eq!(reply.header(name), value, "{name} of {path}");
        }
        assert!(reply.headers.iter().any(|(n, v)| n == "vary" && v.to_lowercase().contains("cookie")), "{path}");
    }
    assert!(site.get("/api/v1/rules").header("content-security-policy").contains("form-action 'none'"));
    let page = site.get("/en").body;
    let program = page.split('"').find(|part| part.starts_with("/pkg/") && part.ends_with(".css")).unwrap();
    assert!(site.get(program).header("cache-control").contains("immutable"), "a file with its hash in its name is kept for ever");
}

#[test]
fn over_tls_browsers_are_told_to_stay_there() {
    let site = Site::start_with(&["--limits", "off", "--aws", "off", "--trusted-proxies", "127.0.0.1"]);
    let token = site.tutorial();
    for path in ["/en", "/en/nothing", "/", "/api/v1/rules", "/pkg/nothing", "/favicon.svg", "/healthz", &format!("/en/d/{token}/review")] {
        let secure = site.request("GET", path, &[("x-forwarded-proto", "https")], "");
        assert_eq!(secure.header("strict-transport-security"), "max-age=31536000", "{path}");
        let open = site.request("GET", path, &[("x-forwarded-proto", "http")], "");
        assert_eq!(open.header("strict-transport-security"), "", "a browser ignores it without TLS: {path}");
    }
    // Without a trusted proxy, nobody can say that there was TLS.
    assert_eq!(public().request("GET", "/en", &[("x-forwarded-proto", "https")], "").header("strict-transport-security"), "");
}

#[test]
fn a_bad_live_save_is_the_senders_fault() {
    let site = public();
    for body in ["", "{", "[]", "{\"token\":1}", "null"] {
        let reply =
            site.request("POST", "/live/save", &[("content-type", "application/json"), ("accept", "text/html"), ("referer", "https://evil.example/")], body);
        assert_eq!((reply.status, reply.header("location")), (400, ""), "{body}");
    }
    let log = std::fs::read_to_string(site.folder.path().join("log")).unwrap();
    assert!(!log.contains("ERROR"));
}

#[test]
fn a_cluster_that_is_no_object_takes_a_name_over_the_api() {
    let site = public();
    let mut named = 0;
    for stored in [json!("text"), json!([]), json!(7), json!(true), json!(null)] {
        let token = site.post_json("/api/v1/drafts", &json!({})).json()["edit"]["token"].as_str().unwrap().to_owned();
        let draft = json!({ "schema": 1, "cluster": stored, "definition": {} }).to_string();
        let save = json!({ "token": token, "lang": "en", "base": 1, "draft": draft });
        let saved = site.request("POST", "/live/save", &[("content-type", "application/json")], &save.to_string());
        assert_eq!(saved.status, 200, "{stored} is stored as it was typed: {}", saved.body);
        let reply = site.put_json(&format!("/api/v1/drafts/{token}"), Some("\"2\""), &json!({ "cluster": "prod" }));
        assert_eq!((reply.status, &reply.json()["cluster"]["name"]), (200, &json!("prod")), "{stored}: {}", reply.body);
        named += 1;
    }
    assert_eq!(named, 5);
}

#[cfg(feature = "aws")]
#[test]
fn other_programs_of_this_computer_see_no_cookie_and_no_other_name_is_answered() {
    let site = Site::start();
    let loopback = site.addr.clone();
    let port = loopback.rsplit(':').next().unwrap();
    let origin = format!("http://{loopback}");
    let made = site.request("POST", "/en/d", &[("host", &loopback), FORM, ("origin", &origin)], "preset=empty");
    assert_eq!(made.status, 303);
    assert!(cookies(&made).iter().all(|c| c.starts_with("lang=")), "{:?}", cookies(&made));
    let own = site.press("/en/d", "", &[("preset", "empty")]);
    let kept = cookies(&own).into_iter().find(|c| c.starts_with("drafts=")).unwrap().split(';').next().unwrap().to_owned();
    let token = &kept["drafts=".len()..];
    assert!(site.request("GET", "/en", &[("cookie", &kept)], "").body.contains(token));
    let page = site.request("GET", "/en", &[("host", &loopback), ("cookie", &kept)], "");
    assert!(page.status == 200 && !page.body.contains(token), "a cookie that was sent there is not read");
    assert!(!page.body.contains(site.host.split('.').next().unwrap()), "the name itself is not told");
    for other in [format!("evil.example:{port}"), "evil.example".into(), format!("127.0.0.1:{}", 1), String::new()] {
        for (method, path) in [("GET", "/en"), ("GET", "/api/v1/rules"), ("POST", "/api/v1/drafts"), ("POST", "/live/save")] {
            assert_eq!(site.request(method, path, &[("host", &other)], "{}").status, 421, "{method} {path} at {other}");
        }
    }
    for path in ["/robots.txt", "/pkg/nothing", "/icons.svg", "/favicon.svg"] {
        assert_eq!(site.request("GET", path, &[("host", "evil.example")], "").status, 421, "{path}");
    }
    for path in ["/healthz", "/readyz"] {
        assert_eq!(site.request("GET", path, &[("host", "evil.example")], "").status, 200, "probes come under any name: {path}");
    }
    let code = std::fs::metadata(site.folder.path().join("t.host")).unwrap();
    assert_eq!(std::os::unix::fs::PermissionsExt::mode(&code.permissions()) & 0o777, 0o600);
}
