//! What a registry may try.

use super::server::*;
use crate::{Depth, Error, Progress, copies::Copies, manifest};
use taskdef::facts::{Has, Looked};

fn head() -> Reply {
    status(200, &[("docker-content-digest", &format!("sha256:{}", "a".repeat(64)))])
}

#[tokio::test]
async fn a_realm_on_another_host_is_never_asked() {
    let other = Server::start(|_| ok(r#"{"token":"t"}"#)).await;
    for host in ["127.0.0.1", "other.test", "user@registry.test", "169.254.169.254", "[::1]"] {
        let realm = format!("Bearer realm=\"http://{host}:{}/token\",service=\"s\"", other.port);
        let server = Server::start(move |_| status(401, &[("www-authenticate", &realm)])).await;
        let said = server.look().await;
        assert!(matches!(said, Err(Error::HostNotAllowed(_) | Error::NotPublic(_) | Error::Scheme)), "{host}: {said:?}");
        assert_eq!(server.count("/v2/"), 1);
    }
    assert_eq!(other.count("/"), 0);
}

#[tokio::test]
async fn redirects_into_private_space_are_not_followed_and_the_token_stays_with_the_first_origin() {
    for place in
        ["http://169.254.169.254/latest", "http://[::1]/", "http://other.test/", "https://registry.test/", "ftp://registry.test/", "http://2852039166/"]
    {
        let server = Server::start(move |_| status(307, &[("location", place)])).await;
        let said = server.look().await;
        assert!(matches!(said, Err(Error::NotPublic(_) | Error::HostNotAllowed(_) | Error::Scheme)), "{place}: {said:?}");
    }
    let blobs = Server::start(|_| status(404, &[])).await;
    let target = format!("http://cdn.test:{}/blob", blobs.port);
    let server = Server::start(move |a| match a.path.as_str() {
        p if p.starts_with("/token") => ok(r#"{"token":"sesame"}"#),
        _ if !a.headers.contains("authorization: bearer sesame") => {
            let host = a.headers.lines().find_map(|l| l.strip_prefix("host: ")).unwrap_or_default();
            status(401, &[("www-authenticate", &format!("Bearer realm=\"http://{host}/token\",service=\"s\""))])
        }
        _ => status(307, &[("location", &target)]),
    })
    .await;
    let cdn = format!("http://cdn.test:{}=127.0.0.0/8", blobs.port);
    let said = look(&server.reader(&[&cdn]), &server.image(), Depth::Configuration).await;
    assert_eq!(said, Err(Error::NotFound { nearest: Vec::new() }));
    let asked = blobs.asked.lock().expect("log").clone();
    assert!(!asked.is_empty());
    assert!(asked.iter().all(|a| !a.headers.contains("sesame")), "{asked:?}");
}

#[tokio::test]
async fn a_circle_of_redirects_ends_after_three() {
    let server = Server::start(|_| status(302, &[("location", "/again")])).await;
    assert_eq!(server.look().await, Err(Error::Redirect));
    assert_eq!(server.count("/"), 4);
}

#[tokio::test]
async fn an_endless_manifest_is_cut_at_its_cap() {
    let server = Server::start(|a| if a.method == "HEAD" { head() } else { Reply::Endless(vec![b' '; 65536]) }).await;
    assert_eq!(server.look().await, Err(Error::TooLarge { what: "manifest", limit: 4 * 1024 * 1024 }));
}

#[tokio::test]
async fn other_bytes_than_the_digest_names_are_refused() {
    let server = Server::start(|a| if a.method == "HEAD" { head() } else { ok("{}") }).await;
    assert_eq!(server.look().await, Err(Error::Digest));
}

/// The realm may add what it likes: what is asked for is reading this repository.
#[tokio::test]
async fn the_scope_of_a_token_is_ours() {
    let server = Server::start(|asked| match asked.path.starts_with("/token") {
        true => ok(r#"{"token":"t"}"#),
        false => {
            let host = asked.headers.lines().find_map(|l| l.strip_prefix("host: ")).unwrap_or_default();
            let realm = format!("http://{host}/token?scope=repository:other/secret:push&a=b");
            status(401, &[("www-authenticate", &format!("Bearer realm=\"{realm}\",service=\"s\",scope=\"registry:catalog:*\""))])
        }
    })
    .await;
    assert_eq!(server.look().await, Err(Error::Private));
    let asked = server.asked.lock().expect("log").iter().find(|a| a.path.starts_with("/token")).cloned().expect("a token was asked for");
    assert_eq!(asked.path, "/token?a=b&scope=repository%3Ademo%2Fapp%3Apull&service=s");
}

#[tokio::test]
async fn an_answer_that_never_comes_or_drips_ends_by_the_timeout() {
    let silent = Server::start(|_| Reply::Silent).await;
    let slow = Server::start(|asked| if asked.method == "HEAD" { head() } else { Reply::Slow }).await;
    let (one, two) = tokio::join!(silent.look(), slow.look());
    assert_eq!((one, two), (Err(Error::Timeout), Err(Error::Timeout)));
}

#[tokio::test]
async fn an_endless_token_is_cut_at_its_cap() {
    let server = Server::start(|asked| match asked.path.starts_with("/token") {
        true => Reply::Endless(vec![b' '; 65536]),
        false => {
            let host = asked.headers.lines().find_map(|l| l.strip_prefix("host: ")).unwrap_or_default();
            status(401, &[("www-authenticate", &format!("Bearer realm=\"http://{host}/token\""))])
        }
    })
    .await;
    assert_eq!(server.look().await, Err(Error::TooLarge { what: "token", limit: 64 * 1024 }));
}

#[tokio::test]
async fn an_image_that_is_not_there_is_asked_for_once_and_the_nearest_tags_are_named() {
    let server = Server::start(|asked| match asked.path.contains("/tags/list") {
        true => ok(r#"{"name":"demo/app","tags":["10","1.0","stable"]}"#),
        false => status(404, &[]),
    })
    .await;
    let reader = server.reader(&[]);
    for _ in 0..3 {
        let said = look(&reader, &server.image(), Depth::Configuration).await;
        assert_eq!(said, Err(Error::NotFound { nearest: vec!["10".into(), "1.0".into()] }));
    }
    assert_eq!((server.count("/manifests/"), server.count("/tags/list")), (1, 1));
    assert_eq!(reader.known(&server.image(), &amd64()).map(|known| known.0), Some(Looked::Missing(vec!["10".into(), "1.0".into()])));
    assert!(reader.known("ghcr.io/demo/app:1", &amd64()).is_none());
}

#[tokio::test]
async fn the_pull_limit_is_told_and_the_reserve_is_kept() {
    let server = Server::start(|_| status(429, &[("ratelimit-remaining", "0;w=21600")])).await;
    assert_eq!(server.look().await, Err(Error::RateLimited { remaining: Some(0) }));
    let digest = format!("sha256:{}", "a".repeat(64));
    let server = Server::start(move |_| status(200, &[("docker-content-digest", &digest), ("ratelimit-remaining", "19;w=21600")])).await;
    let reader = server.reader(&[]);
    assert_eq!(reader.pulls_left(&server.image()), None);
    assert_eq!(look(&reader, &server.image(), Depth::Configuration).await, Err(Error::RateLimited { remaining: Some(19) }));
    assert_eq!(server.count("/v2/"), 1);
    assert_eq!(reader.pulls_left(&server.image()), Some((format!("registry.test:{}", server.port), 19)));
}

/// An official image has a copy without Docker Hub's limit. It is offered where its digest is the same, and only there.
#[tokio::test]
async fn a_copy_is_named_where_its_digest_is_the_same() {
    let hub = Server::start(image(&[("tar", tar(&[("bin/sh", 'x', "")]))])).await;
    let mut seen = 0;
    for (same, status_of_copy) in [(true, 200), (false, 200), (false, 404), (false, 500)] {
        let of_hub = image(&[("tar", tar(&[("bin/sh", 'x', "")]))]);
        let copy = Server::start(move |asked| match (status_of_copy, same) {
            (200, true) => of_hub(asked),
            (200, false) => head(),
            (code, _) => status(code, &[]),
        })
        .await;
        let mut reader = hub.reader(&[&format!("http://copy.test:{}=127.0.0.0/8", copy.port)]);
        let of = format!("registry.test:{}", hub.port);
        reader.copies = Copies { of: of.clone(), at: format!("copy.test:{}", copy.port), folder: "docker/library" };
        let facts = look(&reader, &format!("{of}/library/nginx:1"), Depth::Configuration).await.expect("facts");
        assert_eq!(facts.copy, same.then(|| format!("copy.test:{}/docker/library/nginx:1", copy.port)), "{status_of_copy}");
        assert_eq!(copy.count("/v2/docker/library/nginx/manifests/1"), 1);
        // What is no official image has no copy there, and nobody asks for one.
        assert_eq!(look(&reader, &hub.image(), Depth::Configuration).await.expect("facts").copy, None);
        assert_eq!(copy.count("/v2/"), 1);
        seen += 1;
    }
    assert_eq!(seen, 4);
}

#[tokio::test]
async fn ten_thousand_manifests_are_refused_without_asking_for_one() {
    let entry = serde_json::json!({"digest": format!("sha256:{}", "b".repeat(64)), "size": 1, "platform": {"os": "linux", "architecture": "amd64"}});
    let index = serde_json::json!({"manifests": vec![entry; 10_000]}).to_string().into_bytes();
    let digest = manifest::digest(&index);
    let server = Server::start(move |a| if a.method == "HEAD" { status(200, &[("docker-content-digest", &digest)]) } else { ok(index.clone()) }).await;
    assert_eq!(server.look().await, Err(Error::TooMany { what: "manifests", limit: 40 }));
    assert_eq!(server.count("/v2/"), 2);
}

/// 300 MB of zeros: what was read of the layers above stays known, and nothing is claimed of what lies below.
#[tokio::test]
async fn a_bomb_of_zeros_is_cut_and_nothing_is_claimed() {
    let bomb = gzip(&vec![0; 300_000_000]);
    assert!(bomb.len() < 4 * 1024 * 1024, "{}", bomb.len());
    let server = Server::start(image(&[("tar", tar(&[("bin/curl", 'x', "")])), ("tar+gzip", bomb), ("tar", tar(&[("bin/sh", 'x', "")]))])).await;
    let facts = server.look().await.expect("facts");
    let layers = facts.layers.as_ref().expect("layers");
    assert_eq!((facts.program("sh"), facts.program("curl"), facts.program("wget")), (Has::Yes, Has::Unknown, Has::Unknown));
    assert_eq!((layers.programs.len(), &layers.nginx), (10, &None));
}

#[tokio::test]
async fn a_layer_with_other_bytes_than_its_digest_is_refused() {
    let right = tar(&[("bin/sh", 'x', "")]);
    let answer = image(&[("tar", right.clone())]);
    let digest = manifest::digest(&right);
    let server = Server::start(move |asked| if asked.path.ends_with(&digest) { ok(tar(&[("bin/su", 'x', "")])) } else { answer(asked) }).await;
    assert_eq!(server.look().await, Err(Error::Digest));
}

#[tokio::test]
async fn addresses_that_a_manifest_names_are_not_asked() {
    let other = Server::start(|_| ok("x")).await;
    let config = br#"{"os":"linux","architecture":"amd64"}"#;
    let layer = serde_json::json!({"mediaType": "foreign.tar", "digest": format!("sha256:{}", "c".repeat(64)), "size": 1, "urls": [format!("http://registry.test:{}/x", other.port)]});
    let manifest = serde_json::json!({"config": {"digest": manifest::digest(config), "size": config.len()}, "layers": [layer]}).to_string();
    let digest = manifest::digest(manifest.as_bytes());
    let server = Server::start(move |asked| match asked.path.rsplit('/').next() {
        Some(end) if end == digest => ok(manifest.clone()),
        Some(end) if end == manifest::digest(config) => ok(config.to_vec()),
        _ if asked.method == "HEAD" => status(200, &[("docker-content-digest", &digest)]),
        _ => status(404, &[]),
    })
    .await;
    let facts = server.look().await.expect("facts");
    assert_eq!(facts.program("sh"), Has::Unknown);
    assert_eq!(other.count("/"), 0);
}

#[tokio::test]
async fn values_of_variables_are_not_kept() {
    let server = Server::start(image(&[("tar+gzip", gzip(&tar(&[("bin/sh", 'x', "")])))])).await;
    let facts = server.look().await.expect("facts");
    assert_eq!(facts.variables, ["A"]);
    assert!(!format!("{facts:?}").contains("secret"));
    assert_eq!((facts.program("sh"), facts.program("curl")), (Has::Yes, Has::No));
}

#[tokio::test]
async fn a_hundred_looks_of_one_image_ask_once() {
    let server = Server::start(image(&[("tar", tar(&[("bin/sh", 'x', "")]))])).await;
    let reader = std::sync::Arc::new(server.reader(&[]));
    let looks: Vec<_> = (0..100)
        .map(|i| {
            let (reader, image) = (reader.clone(), server.image());
            tokio::spawn(async move { reader.look(&image, &amd64(), Depth::Layers, Some(&i.to_string()), &Progress::default()).await })
        })
        .collect();
    let mut right = 0;
    for look in looks {
        right += usize::from(look.await.expect("a look").is_ok());
    }
    assert_eq!(right, 100);
    let Some((Looked::Found(known), _)) = reader.known(&server.image(), &amd64()) else { panic!("what was found is known") };
    assert_eq!(known.program("sh"), Has::Yes);
    // HEAD, manifest, configuration and one layer.
    assert_eq!(server.count("/v2/"), 4);
}

#[tokio::test]
async fn a_client_has_one_look_at_a_time_and_ten_new_images_an_hour() {
    let server = Server::start(|asked| {
        let number = asked.path.bytes().rev().find(u8::is_ascii_digit).unwrap_or(b'0') as char;
        if asked.method == "HEAD" { status(200, &[("docker-content-digest", &format!("sha256:{}", number.to_string().repeat(64)))]) } else { status(500, &[]) }
    })
    .await;
    let reader = server.reader(&[]);
    let mut said = Vec::new();
    for i in 0..12 {
        said.push(look(&reader, &format!("registry.test:{}/demo/app:v{i}", server.port), Depth::Configuration).await);
    }
    assert!(said[..10].iter().all(|s| *s == Err(Error::Unreachable)), "{said:?}");
    assert!(said[10..].iter().all(|s| *s == Err(Error::Budget)), "{said:?}");
    let other = reader.look(&format!("registry.test:{}/demo/app:v0", server.port), &amd64(), Depth::Configuration, Some("other"), &Progress::default()).await;
    assert_eq!(other.err(), Some(Error::Unreachable));
    let silent = Server::start(|_| Reply::Silent).await;
    let reader = silent.reader(&[]);
    let image = silent.image();
    let (first, second) = tokio::join!(look(&reader, &image, Depth::Configuration), look(&reader, &image, Depth::Configuration));
    assert_eq!((first, second), (Err(Error::Timeout), Err(Error::Busy)));
}
