//! Whose request reaches AWS, with which keys, and that nothing of them stays.

#![cfg(feature = "aws")]
#![allow(clippy::unwrap_used)]

mod fake;
mod registration;
mod web;

use fake::{ACCOUNT, Fake, Odd};
use registration::{ID, Registration, SECRET, TOKEN, h1, text};
use web::Site;

#[test]
fn keys_that_last_or_are_incomplete_are_refused_and_not_repeated() {
    let registration = Registration::new();
    for (id, secret, token, says) in [
        ("AKIAIOSFODNN7EXAMPLE", SECRET, TOKEN, "long-term keys (AKIA)"),
        ("", SECRET, TOKEN, "Enter the access key ID"),
        ("nonsense", SECRET, TOKEN, "a temporary access key ID"),
        (ID, "", TOKEN, "Enter the secret access key"),
        (ID, SECRET, "", "Enter the session token"),
    ] {
        let reply = registration.site.press(&registration.register(), "", &[("op", "look"), ("key-id", id), ("key-secret", secret), ("key-token", token)]);
        assert_eq!(reply.status, 422);
        assert!(text(&reply.body).contains(says) && reply.body.contains("<title>Error: "), "{says}: {}", text(&reply.body));
        for canary in [SECRET, TOKEN, "AKIAIOSFODNN7EXAMPLE"] {
            assert!(!reply.body.contains(canary), "{canary}");
        }
    }
    assert!(registration.aws.seen().is_empty());
    let lines = format!("export AWS_ACCESS_KEY_ID=\"{ID}\"\nexport AWS_SECRET_ACCESS_KEY=\"{SECRET}\"\nexport AWS_SESSION_TOKEN=\"{TOKEN}\"");
    assert_eq!(registration.site.press(&registration.register(), "", &[("op", "look"), ("key-lines", &lines)]).status, 303);
    let operation = registration.lookup();
    let hash = registration.hash(&operation);
    let reply = registration.press(&operation, &[("op", "begin"), ("hash", &hash)]);
    assert_eq!(reply.status, 422);
    assert!(reply.body.contains("id=\"summary\"") && text(&reply.body).contains("Tick the box"));
    registration.press(&operation, &[("op", "begin"), ("agree", "yes"), ("hash", "another")]);
    assert_eq!(registration.aws.revisions().len(), 0, "a plan that was not seen is not agreed to");
}

#[test]
fn nobody_but_the_page_itself_reaches_aws() {
    let aws = Fake::start();
    let site = Site::start_with(&["--limits", "off", "--aws", "local", "--aws-endpoint", &aws.url]);
    let token = site.ready();
    let (register, addr) = (format!("/en/d/{token}/register"), site.addr.clone());
    let port = addr.rsplit(':').next().unwrap();
    assert!(site.host.ends_with(&format!(".localhost:{port}")), "{}", site.host);
    assert_eq!(site.request("HEAD", &format!("/unlock/{}", site.code), &[], "").status, 404, "a HEAD spends no code");
    let unlocked = site.get(&format!("/unlock/{}", site.code));
    assert_eq!(unlocked.status, 303);
    let cookie = unlocked.header("set-cookie").split(';').next().unwrap().to_owned();
    assert!(cookie.starts_with("session=") && !cookie.contains(&site.code), "{cookie}");
    let look = site.press(&register, &cookie, &[("op", "look")]);
    assert_eq!(look.status, 303, "{}", text(&look.body));
    let operation = look.header("location").to_owned();
    let hash = {
        let html = scraper::Html::parse_document(&site.get(&operation).body);
        html.select(&scraper::Selector::parse("input[name=hash]").unwrap()).next().unwrap().value().attr("value").unwrap().to_owned()
    };
    aws.forget();

    let (own, evil) = (format!("http://{}", site.host), format!("evil.example:{port}"));
    let (elsewhere, elsewhere_origin) = (addr.clone(), format!("http://{addr}"));
    let (evil_origin, other_port) = (format!("http://{evil}"), "http://127.0.0.1:1".to_owned());
    let form = ("content-type", "application/x-www-form-urlencoded");
    let code = format!("session={}", site.code);
    let wrong = "session=AAAAAAAAAAAAAAAAAAAAAA".to_owned();
    let cases: Vec<(&str, Vec<(&str, &str)>)> = vec![
        ("another site", vec![form, ("origin", "https://evil.example"), ("cookie", &cookie)]),
        ("no origin", vec![form, ("cookie", &cookie)]),
        ("a null origin", vec![form, ("origin", "null"), ("cookie", &cookie)]),
        ("a rebound name", vec![("host", &evil), form, ("origin", &evil_origin), ("cookie", &cookie)]),
        ("another port", vec![form, ("origin", &other_port), ("cookie", &cookie)]),
        ("cross-site", vec![form, ("origin", &own), ("sec-fetch-site", "cross-site"), ("cookie", &cookie)]),
        ("text/plain", vec![("content-type", "text/plain"), ("origin", &own), ("cookie", &cookie)]),
        ("a proxy", vec![form, ("origin", &own), ("x-forwarded-for", "10.0.0.1"), ("cookie", &cookie)]),
        ("no code", vec![form, ("origin", &own)]),
        ("a wrong code", vec![form, ("origin", &own), ("cookie", &wrong)]),
        ("the code in place of a session", vec![form, ("origin", &own), ("cookie", &code)]),
        ("a name that every program knows", vec![("host", &elsewhere), form, ("origin", &elsewhere_origin), ("cookie", &cookie)]),
    ];
    assert_eq!(cases.len(), 12);
    for (what, headers) in &cases {
        for (path, pairs) in [(&register, vec![("op", "look")]), (&operation, vec![("op", "begin"), ("agree", "yes"), ("hash", hash.as_str())])] {
            let reply = site.request("POST", path, headers, &web::encoded(&pairs));
            let rebound = *what == "a rebound name";
            assert_eq!(reply.status, if rebound { 421 } else { 403 }, "{what} at {path}");
            assert!(rebound || text(&reply.body).contains("Nothing was"), "{what}");
        }
    }
    assert!(aws.seen().is_empty(), "{:?}", aws.seen());
    assert_eq!(site.get("/unlock/AAAAAAAAAAAAAAAAAAAAAA").status, 404);
    assert_eq!(site.get(&format!("/unlock/{}", site.code)).status, 404, "a code works once");
    assert_eq!(site.request("GET", "/unlock/AAAAAAAAAAAAAAAAAAAAAA", &[("host", evil.as_str())], "").status, 421);
    let reply = site.press(&register, "", &[("op", "unlock"), ("code", "wrong")]);
    assert_eq!(reply.status, 422);
    assert_eq!(site.press(&register, "", &[("op", "unlock"), ("code", &site.code)]).status, 422, "nor does it by hand");
    // And the page itself does.
    assert_eq!(site.press(&operation, &cookie, &[("op", "begin"), ("agree", "yes"), ("hash", &hash)]).status, 303);
    assert_eq!(aws.count("sts:GetCallerIdentity"), 1);
    assert!(site.get(&register).body.contains("Confirm that you started Taskwright"));
}

#[test]
fn a_view_link_and_a_strange_number_begin_nothing() {
    let registration = Registration::new();
    let operation = registration.lookup();
    let view = registration.site.get(&format!("/api/v1/drafts/{}", registration.token));
    assert_eq!(view.status, 200);
    let share = registration.site.get(&format!("/en/d/{}/share", registration.token)).body;
    let view = share.split("/en/s/").nth(1).unwrap()[..22].to_owned();
    let id = operation.rsplit('/').next().unwrap();
    for path in [
        format!("/en/d/{view}/review/register/{id}"),
        format!("/en/d/{}/review/register/0000000000000001", registration.token),
        format!("/en/d/{}/review/register/x", registration.token),
    ] {
        assert_eq!(registration.site.get(&path).status, 404, "{path}");
        assert_eq!(registration.press(&path, &[("op", "begin"), ("agree", "yes")]).status, 404, "{path}");
    }
    assert_eq!(registration.aws.revisions().len(), 0);
}

/// L13 of the security review: a draft's edit link is shared with a team, and who signed in is often a mail address.
#[test]
fn only_the_browser_that_looked_sees_the_account_and_who_signed_in() {
    let registration = Registration::new();
    let operation = registration.lookup();
    let hidden = |private: &[&str]| {
        let own = registration.get(&operation).body;
        for path in [&operation, &registration.register()] {
            for cookie in ["", "me=BBBBBBBBBBBBBBBBBBBBBB"] {
                let other = registration.site.request("GET", path, &[("cookie", cookie), ("sec-fetch-site", "none")], "");
                assert_eq!(other.status, 200);
                assert!(!other.body.contains(ACCOUNT) && !other.body.contains("Student/kim"), "{path}: {}", text(&other.body));
                assert!(*path != operation || other.body.contains("•••"), "{}", text(&other.body));
            }
        }
        assert!(private.iter().all(|private| own.contains(private)), "{}", text(&own));
    };
    hidden(&[ACCOUNT, "Student/kim"]);
    registration.confirm(&operation);
    registration.end(&operation);
    hidden(&[ACCOUNT]);
}

/// Every writable page of a process that holds anything; none where the system lets nobody but root read it.
#[cfg(target_os = "linux")]
fn memory(pid: u32) -> Option<Vec<u8>> {
    use std::io::{Read, Seek};
    const PAGE: usize = 4096;
    let mut memory = match std::fs::File::open(format!("/proc/{pid}/mem")) {
        Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => return None,
        opened => opened.unwrap(),
    };
    let mut all = Vec::new();
    for line in std::fs::read_to_string(format!("/proc/{pid}/maps")).unwrap().lines().filter(|l| l.contains(" rw")) {
        let (from, to) = line.split(' ').next().unwrap().split_once('-').unwrap();
        let (from, to) = (u64::from_str_radix(from, 16).unwrap(), u64::from_str_radix(to, 16).unwrap());
        let mut part = vec![0; (to - from) as usize];
        if memory.seek(std::io::SeekFrom::Start(from)).is_ok() && memory.read_exact(&mut part).is_ok() {
            part.chunks(PAGE).filter(|page| page != &&[0; PAGE][..page.len()]).for_each(|page| all.extend_from_slice(page));
        }
    }
    Some(all)
}

#[cfg(target_os = "linux")]
#[test]
fn a_program_that_takes_keys_leaves_no_core_dump() {
    let core = |site: &Site| {
        let limits = std::fs::read_to_string(format!("/proc/{}/limits", site.pid())).unwrap();
        let line = limits.lines().find(|l| l.starts_with("Max core file size")).unwrap().to_owned();
        line.split_whitespace().skip(4).take(2).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(core(&Registration::new().site), ["0", "0"]);
    assert_eq!(core(&Site::start_with(&["--limits", "off", "--aws", "local"])), ["0", "0"]);
}

#[cfg(target_os = "linux")]
#[test]
fn keys_are_nowhere_once_they_were_used() {
    let registration = Registration::new();
    let operation = registration.lookup();
    registration
        .aws
        .odd("logs:CreateLogGroup", &[Odd::Says(400, "InvalidSignatureException", "The Canonical String was x-amz-security-token:canary-token-51ce07aa3e")]);
    registration.confirm(&operation);
    let failed = registration.end(&operation);
    assert_eq!(h1(&failed), "AWS does not recognise these keys");
    registration.press(&operation, &[("op", "again")]);
    let done = registration.end(&operation);
    assert_eq!(h1(&done), "Registered my-task, revision 1");
    let list = registration.site.get(&registration.register()).body;
    let log = std::fs::read(registration.site.folder.path().join("log")).unwrap();
    assert!(log.len() > 1000, "the log says something");
    let mut places =
        vec![("log".to_owned(), log), ("page".into(), failed.into_bytes()), ("page".into(), done.into_bytes()), ("page".into(), list.into_bytes())];
    for file in std::fs::read_dir(registration.site.folder.path()).unwrap().map(|f| f.unwrap().path()).filter(|p| p.to_string_lossy().contains("t.db")) {
        places.push((file.display().to_string(), std::fs::read(&file).unwrap()));
    }
    assert!(places.len() >= 6, "{}", places.len());
    let canaries = [ID, SECRET, TOKEN];
    let holds = |bytes: &[u8], canary: &str| memchr::memmem::find(bytes, canary.as_bytes()).is_some();
    for (place, bytes) in &places {
        for canary in canaries {
            assert!(!holds(bytes, canary), "{canary} in {place}");
        }
    }
    // Connections are closed a moment after the run has ended: the last buffers go with them.
    let mut left = Vec::new();
    for _ in 0..100 {
        let Some(all) = memory(registration.site.pid()) else { return };
        assert!(holds(&all, "taskwright"), "the memory was read");
        left = canaries.into_iter().filter(|c| holds(&all, c)).collect();
        if left.is_empty() {
            return;
        }
        std::thread::park_timeout(std::time::Duration::from_millis(100));
    }
    panic!("{left:?} in the program's memory");
}
