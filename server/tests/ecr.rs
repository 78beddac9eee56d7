//! Private images of Amazon ECR: whose sign-in reads them, and who learns what it found. Against an AWS and a registry on loopback.

#![cfg(feature = "aws")]
#![allow(clippy::unwrap_used, missing_docs)]

mod fake;
mod image;
mod registration;
mod web;

use fake::{Fake, Odd};
use image::Registry;
use registration::{BROWSER, ID, KEYS, SECRET, TOKEN};
use serde_json::{Value, json};
use std::process::{Command, Output};
use web::{Reply, Site};

/// `AWS:canary-ecr-password` in Base64.
const ECR: &str = "QVdTOmNhbmFyeS1lY3ItcGFzc3dvcmQ=";
const IMAGE: &str = "210987654321.dkr.ecr.ap-northeast-2.amazonaws.com/demo/app:1.0";

struct World {
    aws: Fake,
    registry: Registry,
    site: Site,
}

fn world(flags: &[&str]) -> World {
    let registry = Registry::private(
        &[("1.0", "linux/amd64", json!({"User": "canary-user", "Cmd": ["node"], "Env": ["CANARY_NAME=x"]}), &["bin/sh", "usr/local/bin/node"])],
        &format!("Basic {ECR}"),
    );
    let aws = Fake::start();
    aws.with_ecr(ECR, &format!("http://127.0.0.1:{}", registry.port));
    let allowed = registry.allowed();
    let all = [&["--limits", "off", "--aws-endpoint", &aws.url, "--registry-allow", &allowed][..], flags].concat();
    let site = Site::start_with(&all);
    World { aws, registry, site }
}

fn draft(site: &Site) -> Value {
    let definition = json!({
        "family": "a", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": "256", "memory": "512",
        "containerDefinitions": [{"name": "web", "image": IMAGE, "essential": true, "portMappings": [{"containerPort": 8080}],
            "healthCheck": {"command": ["CMD-SHELL", "curl -f http://localhost:8080/ || exit 1"]}}]
    });
    site.post_json("/api/v1/drafts", &json!({"region": "ap-northeast-2", "taskDefinition": definition})).json()
}

fn token(draft: &Value, kind: &str) -> String {
    draft[kind]["token"].as_str().unwrap_or_else(|| panic!("{draft}")).to_owned()
}

fn press(site: &Site, token: &str, keys: &[(&str, &str)], layers: bool) -> Reply {
    let pairs: Vec<(&str, &str)> = keys.iter().copied().chain(layers.then_some(("depth", "layers"))).collect();
    site.press(&format!("/en/d/{token}/inspect/ecr"), BROWSER, &pairs)
}

/// The page of the images, once no look is going on.
fn page(site: &Site, token: &str) -> String {
    for _ in 0..600 {
        let body = site.request("GET", &format!("/en/d/{token}/inspect"), &[("sec-fetch-site", "none")], "").body;
        if !body.contains("data-going") {
            return body;
        }
        std::thread::park_timeout(std::time::Duration::from_millis(50));
    }
    panic!("the look does not end");
}

#[test]
fn a_private_image_is_read_with_pasted_keys_and_speaks_in_that_draft_only() {
    let mut world = world(&["--aws", "paste"]);
    let (mine, other) = (draft(&world.site), draft(&world.site));
    let (edit, view) = (token(&mine, "edit"), token(&mine, "view"));
    let before = page(&world.site, &edit);
    for named in ["ecr:GetAuthorizationToken", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "arn:aws:ecr:ap-northeast-2:210987654321:repository/demo/app"]
    {
        assert!(before.contains(named), "{named}: {before}");
    }
    // Without keys nothing is asked.
    let refused = press(&world.site, &edit, &[], false);
    assert!(refused.status == 422 && refused.body.contains("Enter the access key ID"), "{}", refused.body);
    assert!(world.aws.seen().is_empty() && world.registry.asked() == 0);

    assert_eq!(press(&world.site, &edit, &KEYS, true).status, 303);
    let after = page(&world.site, &edit);
    for found in ["canary-user", "CANARY_NAME", "does not include curl", "Checked "] {
        assert!(after.contains(found), "{found}: {after}");
    }
    let calls: Vec<(String, String)> = world.aws.seen().into_iter().map(|seen| (seen.name, seen.region)).collect();
    assert_eq!(calls, [("ecr:GetAuthorizationToken".to_owned(), "ap-northeast-2".to_owned())]);
    // The draft is judged by it on every page, and after a restart too.
    let asked = world.registry.asked();
    world.site.kill();
    world.site.again();
    let review = world.site.get(&format!("/en/d/{edit}/review")).body;
    assert!(review.contains("does not include curl"), "{review}");
    assert!(world.site.get(&format!("/en/d/{edit}/health")).body.contains("In the image: node."));
    assert_eq!(world.registry.asked(), asked);

    // What the image contains stays in this draft: other drafts, the API and a reader's copy do not show it.
    let foreign = page(&world.site, &token(&other, "edit"));
    let copy = world.site.post_form("/en/d", &[("copy", &view)]).header("location").split('/').nth(3).unwrap().to_owned();
    let copied = page(&world.site, &copy);
    let shared = world.site.get(&format!("/en/s/{view}")).body;
    let read = world.site.get(&format!("/api/v1/drafts/{view}")).body;
    let stranger = world.site.post_json("/api/v1/inspect", &json!({"image": IMAGE}));
    assert_eq!((stranger.status, &stranger.json()["error"]["code"]), (403, &json!("private-ecr")));
    for (who, seen) in
        [("another draft", foreign), ("a copy", copied), ("a view link", shared), ("a view link of the API", read), ("a stranger", stranger.body)]
    {
        assert!(!seen.contains("canary-user") && !seen.contains("CANARY_NAME"), "{who}: {seen}");
    }
    assert_eq!(world.registry.asked(), asked, "nobody else's page asked the registry");

    // Keys and token are nowhere: not on a page, not in the log, not in the database.
    let files = std::fs::read_dir(world.site.folder.path()).unwrap().map(|file| file.unwrap().path()).filter(|file| file.is_file());
    let mut places: Vec<(String, Vec<u8>)> = files.map(|file| (file.display().to_string(), std::fs::read(&file).unwrap())).collect();
    assert!(places.iter().any(|(name, _)| name.ends_with("log")) && places.iter().any(|(name, _)| name.ends_with("t.db")), "{}", places.len());
    places.push(("page".into(), [before, after, review].concat().into_bytes()));
    for (name, bytes) in &places {
        for secret in [ECR, "canary-ecr-password", SECRET, TOKEN] {
            assert!(memchr::memmem::find(bytes, secret.as_bytes()).is_none(), "{secret} in {name}");
        }
    }
}

#[test]
fn this_computers_sign_in_is_used_only_for_who_started_the_program() {
    let world = world(&["--aws", "local"]);
    let edit = token(&draft(&world.site), "edit");
    let cookie = {
        let unlocked = world.site.get(&format!("/unlock/{}", world.site.code));
        unlocked.header("set-cookie").split(';').next().unwrap().to_owned()
    };
    let ask = format!("/en/d/{edit}/inspect/ecr");
    let origin = format!("http://{}", world.site.host);
    let form = ("content-type", "application/x-www-form-urlencoded");
    for (why, headers) in [
        ("no code", vec![form, ("origin", origin.as_str())]),
        ("no origin", vec![form, ("cookie", cookie.as_str())]),
        ("another site", vec![form, ("origin", "https://evil.example"), ("cookie", cookie.as_str())]),
        ("a proxy", vec![form, ("origin", origin.as_str()), ("cookie", cookie.as_str()), ("x-forwarded-for", "10.0.0.1")]),
    ] {
        let reply = world.site.request("POST", &ask, &headers, "");
        assert_eq!(reply.status, 403, "{why}: {}", reply.body);
    }
    assert!(world.aws.seen().is_empty() && world.registry.asked() == 0);
    assert_eq!(world.site.press(&ask, &cookie, &[("depth", "layers")]).status, 303);
    assert!(page(&world.site, &edit).contains("canary-user"));
    assert_eq!(world.aws.count("ecr:GetAuthorizationToken"), 1);
}

#[test]
fn what_aws_refuses_is_said_without_who_signed_in() {
    let world = world(&["--aws", "paste"]);
    let edit = token(&draft(&world.site), "edit");
    let who = "arn:aws:sts::210987654321:assumed-role/canary-role/kim";
    let said = format!("User: {who} is not authorized to perform: ecr:GetAuthorizationToken on resource: *");
    for (odd, words) in [
        (Odd::Says(400, "AccessDeniedException", said.leak()), "AWS does not allow this call"),
        (Odd::Says(400, "ExpiredTokenException", "The security token included in the request is expired"), "These keys have expired"),
        (Odd::Cut, "AWS did not answer"),
    ] {
        world.aws.odd("ecr:GetAuthorizationToken", &[odd]);
        assert_eq!(press(&world.site, &edit, &KEYS, false).status, 303);
        let body = page(&world.site, &edit);
        assert!(body.contains(words) && !body.contains("canary-role"), "{words}: {body}");
    }
    // A token that the registry does not accept, and a place that the operator did not allow.
    world.aws.with_ecr("QVdTOm90aGVy", &format!("http://127.0.0.1:{}", world.registry.port));
    assert_eq!(press(&world.site, &edit, &KEYS, false).status, 303);
    assert!(page(&world.site, &edit).contains("This AWS sign-in cannot read the repository"));
    let other = Registry::private(&[], "Basic x");
    world.aws.with_ecr(ECR, &format!("http://127.0.0.1:{}", other.port));
    assert_eq!(press(&world.site, &edit, &KEYS, false).status, 303);
    assert!(page(&world.site, &edit).contains("This server does not support 127.0.0.1"));
    assert_eq!(other.asked(), 0, "the token goes nowhere else");
}

fn run(world: &World, args: &[&str], keys: bool) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_taskwright"));
    command.args(args).env("TASKWRIGHT_REGISTRY_ALLOW", world.registry.allowed()).env_remove("TASKWRIGHT_LANG").env_remove("AWS_PROFILE");
    command.env("HOME", world.site.folder.path()).env("AWS_ENDPOINT_URL", &world.aws.url).env("AWS_EC2_METADATA_DISABLED", "true");
    for (name, value) in [("AWS_ACCESS_KEY_ID", ID), ("AWS_SECRET_ACCESS_KEY", SECRET), ("AWS_SESSION_TOKEN", TOKEN)] {
        if keys {
            command.env(name, value)
        } else {
            command.env_remove(name)
        };
    }
    command.output().unwrap()
}

#[test]
fn the_commands_read_private_images_with_the_sign_in_of_the_computer() {
    let world = world(&["--aws", "off"]);
    let done = run(&world, &["inspect", "--layers", IMAGE], true);
    let text = String::from_utf8(done.stdout).unwrap();
    assert!(done.status.success() && text.contains("canary-user") && text.contains("sh, node"), "{text}{}", String::from_utf8_lossy(&done.stderr));
    let without = run(&world, &["inspect", IMAGE], false);
    let said = String::from_utf8(without.stderr).unwrap();
    assert!(without.status.code() == Some(2) && said.contains("This computer is not signed in to AWS"), "{said}");

    let file = world.site.folder.path().join("a.json");
    let definition = json!({"family": "a", "requiresCompatibilities": ["EC2"], "runtimePlatform": {"cpuArchitecture": "ARM64"},
        "containerDefinitions": [{"name": "a", "image": IMAGE, "memory": 64}]});
    std::fs::write(&file, definition.to_string()).unwrap();
    let validate = ["validate", "--inspect", file.to_str().unwrap()];
    let judged = run(&world, &validate, true);
    assert!(judged.status.code() == Some(1) && String::from_utf8_lossy(&judged.stdout).contains("image-arch-mismatch"), "{judged:?}");
    let without = run(&world, &validate, false);
    assert!(without.status.success() && String::from_utf8_lossy(&without.stderr).contains("not signed in"), "{without:?}");
}
