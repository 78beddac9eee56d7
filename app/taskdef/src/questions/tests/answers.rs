//! What an answer does to a draft.

use super::*;
use crate::document::view;
use crate::grammar::amount::typed_amount;
use serde_json::{Value, json};

#[test]
fn the_tutorial_by_hand_is_the_example_to_the_byte() {
    assert_eq!(crate::formats::export::to_json(tutorial_by_hand().definition()), crate::formats::export::to_json(Draft::tutorial().definition()));
}

#[test]
fn numbers_are_read_as_people_type_them_and_kept_when_they_are_none() {
    let mut d = Draft::tutorial();
    for (typed, kept) in [("1,024", json!(1024)), ("１０２４", json!(1024)), (" 7 ", json!(7)), ("12a", json!("12a")), ("-1", json!("-1")), ("1.", json!("1."))]
    {
        change(&d, "/containerDefinitions/0/cpu", typed).apply(d.root_mut()).unwrap();
        assert_eq!(d.definition()["containerDefinitions"][0]["cpu"], kept, "{typed}");
    }
    change(&d, "/containerDefinitions/0/cpu", "").apply(d.root_mut()).unwrap();
    assert!(d.definition()["containerDefinitions"][0].get("cpu").is_none());
}

#[test]
fn numbers_are_taken_in_the_unit_that_they_are_typed_in() {
    for (key, typed, kept) in [
        ("cpu", "0.5 vCPU", Some(512)),
        ("cpu", ".25", Some(256)),
        ("cpu", "1.5", Some(1536)),
        ("cpu", "256 units", Some(256)),
        ("cpu", "0.3 vCPU", None),
        ("cpu", "512 MB", None),
        ("memory", "512MB", Some(512)),
        ("memory", "1.5 GB", Some(1536)),
        ("memory", "２GiB", Some(2048)),
        ("memoryReservation", "1,024 MiB", Some(1024)),
        ("memory", "1,5 GB", None),
        ("memory", "1.5", None),
        ("memory", "GB", None),
        ("memory", "99999999999999 GB", None),
        ("memory", "1.2.3 GB", None),
        ("interval", "30s", Some(30)),
        ("startPeriod", "2분", Some(120)),
        ("timeout", "1 min", Some(60)),
        ("retries", "3회", Some(3)),
        ("containerPort", "80 MB", None),
        ("containerPort", "8080:80", None),
    ] {
        assert_eq!(typed_amount(key, typed), kept, "{key} {typed}");
    }
    let mut d = Draft::tutorial();
    change(&d, "/containerDefinitions/0/memory", "1.5 GB").apply(d.root_mut()).unwrap();
    assert_eq!(d.definition()["containerDefinitions"][0]["memory"], json!(1536));
    change(&d, "/containerDefinitions/0/portMappings/0/containerPort", "53/udp").apply(d.root_mut()).unwrap();
    let mapping = &d.definition()["containerDefinitions"][0]["portMappings"][0];
    assert_eq!((&mapping["containerPort"], &mapping["protocol"]), (&json!(53), &json!("udp")));
}

#[test]
fn the_log_group_is_called_as_the_family_until_somebody_calls_it_otherwise() {
    let group = |d: &Draft| d.definition()["containerDefinitions"][1]["logConfiguration"]["options"]["awslogs-group"].clone();
    let mut d = Draft::tutorial();
    for (typed, then) in [("", "/ecs/my-task"), ("s", "/ecs/s"), ("shop 1", "/ecs/shop-1"), ("shop", "/ecs/shop")] {
        answer(&mut d, "/family", typed);
        assert_eq!(group(&d), json!(then), "{typed}");
    }
    answer(&mut d, "logs-group", "/apps/shop");
    answer(&mut d, "/family", "store");
    assert_eq!(group(&d), json!("/apps/shop"));
}

#[test]
fn no_check_keeps_the_old_one_for_later() {
    let mut d = Draft::tutorial();
    let before = d.definition().clone();
    answer(&mut d, "/containerDefinitions/0/healthCheck~kind", "none");
    assert!(d.definition()["containerDefinitions"][0].get("healthCheck").is_none());
    answer(&mut d, "/containerDefinitions/0/healthCheck~kind", "curl");
    assert_eq!(d.definition().to_string(), before.to_string());
}

#[test]
fn changing_the_tool_keeps_port_and_path() {
    let mut d = Draft::tutorial();
    let place = "/containerDefinitions/0/healthCheck";
    answer(&mut d, &format!("{place}~path"), "/health");
    answer(&mut d, &format!("{place}~kind"), "node");
    assert_eq!((rendered(&d, &format!("{place}~port")), rendered(&d, &format!("{place}~path"))), ("8080".into(), "/health".into()));
    answer(&mut d, &format!("{place}~kind"), "own");
    answer(&mut d, &format!("{place}~form"), "CMD");
    answer(&mut d, &format!("{place}~text"), "pg_isready\n-U\napp");
    assert_eq!(d.definition()["containerDefinitions"][0]["healthCheck"]["command"], json!(["CMD", "pg_isready", "-U", "app"]));
}

#[test]
fn a_new_region_takes_the_log_groups_along() {
    let mut d = Draft::tutorial();
    answer(&mut d, "/region", "us-east-1");
    for c in view::containers(d.definition()) {
        assert_eq!(c.log_option("awslogs-region"), "us-east-1");
    }
    // A router takes its Region from its own option.
    let mut d = crate::Draft::around(json!({ "containerDefinitions": [{ "name": "a", "logConfiguration": { "logDriver": "awsfirelens", "options": {
        "Name": "cloudwatch_logs", "region": "ap-northeast-2", "log_group_name": "/ecs/a" } } }] }));
    answer(&mut d, "/region", "ap-northeast-2");
    answer(&mut d, "/region", "eu-west-1");
    assert_eq!(view::containers(d.definition())[0].log_option("region"), "eu-west-1");
}

#[test]
fn a_renamed_container_is_still_waited_for() {
    let mut d = Draft::tutorial();
    d.root_mut()["definition"]["containerDefinitions"][1]["dependsOn"] = json!([{ "containerName": "my-webserver", "condition": "HEALTHY" }]);
    answer(&mut d, "/containerDefinitions/0/name", "api");
    assert_eq!(d.definition()["containerDefinitions"][1]["dependsOn"][0]["containerName"], Value::from("api"));
}

#[cfg(feature = "server")]
#[test]
fn a_docker_hub_id_replaces_that_of_the_example_in_its_images_alone() {
    let example = crate::preset::Preset::Tutorial.draft();
    let mut d = example.clone();
    set(&mut d, "/definition/containerDefinitions/1/image", "public.ecr.aws/myid/nginx:1");
    let mixed = d.clone();
    // Sign by sign, as it is typed; Docker Hub has no capital letters.
    for typed in ["K", "Ki", "Kim", "Kim7"] {
        change(&d, "/aside/hub", typed).apply(d.root_mut()).unwrap();
    }
    let images = |d: &Draft| view::containers(d.definition()).iter().map(|c| c.image().to_owned()).collect::<Vec<_>>();
    assert_eq!(images(&d), ["docker.io/kim7/webserver:1", "public.ecr.aws/myid/nginx:1"]);
    assert_eq!(rendered(&d, "/aside/hub"), "kim7");
    // What the tutorial and the address bar write in front of an ID is no part of it; sign by sign, as it is typed.
    for whole in ["docker.io/lee", "lee/webserver:1", "https://hub.docker.com/u/lee"] {
        for end in 1..=whole.len() {
            change(&d, "/aside/hub", &whole[..end]).apply(d.root_mut()).unwrap();
        }
        assert_eq!((images(&d)[0].as_str(), rendered(&d, "/aside/hub").as_str()), ("docker.io/lee/webserver:1", "lee"), "{whole}");
    }
    // What is no ID is kept, to be corrected, and reaches no image.
    for wrong in ["kim@example.com", "김철수", "ghcr.io/kim"] {
        change(&d, "/aside/hub", wrong).apply(d.root_mut()).unwrap();
        assert_eq!((images(&d)[0].as_str(), rendered(&d, "/aside/hub").as_str()), ("docker.io/myid/webserver:1", wrong));
    }
    change(&d, "/aside/hub", " ").apply(d.root_mut()).unwrap();
    assert_eq!(d, mixed, "emptied, it is the example again");
    // Nobody is asked where no image of the example is left.
    set(&mut d, "/definition/containerDefinitions/0/image", "docker.io/other/web:1");
    assert!(d.hub_id().is_none() && change(&d, "/aside/hub", "kim").is_empty() && rendered(&d, "/aside/hub").is_empty());
    assert!(change(&Draft::empty(), "/aside/hub", "kim").is_empty());
}

#[cfg(feature = "server")]
fn set(draft: &mut Draft, path: &str, value: &str) {
    crate::document::edit::set(draft.root(), path, json!(value)).apply(draft.root_mut()).unwrap();
}
