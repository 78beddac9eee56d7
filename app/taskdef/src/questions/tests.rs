use super::*;
use crate::document::view;
use crate::grammar::amount::typed_amount;
use serde_json::{Value, json};

fn answer(draft: &mut Draft, name: &str, value: &str) {
    change(draft, name, value).apply(draft.root_mut()).unwrap();
    assert_eq!(rendered(draft, name), value, "{name} shows what was typed");
}

fn press(draft: &mut Draft, op: &str) -> String {
    let row = row(draft, op).unwrap();
    row.edit.apply(draft.root_mut()).unwrap();
    row.focus
}

/// The walk of the tutorial by hand: every value typed, nothing from the example.
pub(crate) fn tutorial_by_hand() -> Draft {
    let mut d = Draft::empty();
    for (name, value) in [
        ("/region", "ap-northeast-2"),
        ("/cluster/name", "my-first-cluster"),
        ("/cluster/launch", "FARGATE"),
        ("/family", "my-task"),
        ("platform", "LINUX/X86_64"),
        ("size", "1024x2048"),
    ] {
        answer(&mut d, name, value);
    }
    for (i, name, image, memory) in [(0, "my-webserver", "docker.io/myid/webserver:1", "1024"), (1, "my-nginx", "docker.io/myid/nginx:1", "512")] {
        assert_eq!(press(&mut d, "add:/containerDefinitions"), format!("/containerDefinitions/{i}/name"));
        for (key, value) in [("name", name), ("image", image), ("cpu", "512"), ("memoryReservation", memory)] {
            answer(&mut d, &format!("/containerDefinitions/{i}/{key}"), value);
        }
    }
    for (j, name, value) in [(0, "NODE_ENV", "production"), (1, "PORT", "8080")] {
        press(&mut d, "add:/containerDefinitions/0/environment");
        answer(&mut d, &format!("/containerDefinitions/0/environment/{j}/name"), name);
        answer(&mut d, &format!("/containerDefinitions/0/environment/{j}/value"), value);
    }
    for (i, port, name) in [(0, "8080", "webserver-port"), (1, "80", "nginx-port")] {
        press(&mut d, &format!("add:/containerDefinitions/{i}/portMappings"));
        answer(&mut d, &format!("/containerDefinitions/{i}/portMappings/0/containerPort"), port);
        answer(&mut d, &format!("/containerDefinitions/{i}/portMappings/0/name"), name);
        answer(&mut d, &format!("/containerDefinitions/{i}/healthCheck~kind"), "curl");
    }
    answer(&mut d, "logs", "yes");
    answer(&mut d, "logs-group", "/ecs/my-task");
    answer(&mut d, "/executionRoleArn", "ecsTaskExecutionRole");
    d
}

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
fn a_post_of_untouched_values_keeps_strange_ones() {
    let d = Draft::around(json!({ "family": "a\nb", "cpu": "0.5 vCPU", "memory": "1 GB",
        "containerDefinitions": [{ "name": "x", "cpu": "512", "portMappings": [{ "containerPort": 1.0, "protocol": "TCP" }] }] }));
    let names = [
        "/family",
        "size",
        "size-exact",
        "/containerDefinitions/0/cpu",
        "/containerDefinitions/0/portMappings/0/containerPort",
        "/containerDefinitions/0/portMappings/0/protocol",
        "/containerDefinitions/0/essential",
        "logs",
        "/cluster/launch",
    ];
    let pairs: Vec<(String, String)> = names.iter().map(|n| (n.to_string(), rendered(&d, n).replace('\n', ""))).collect();
    assert_eq!(apply_post(&d, &pairs).to_text(), d.to_text());
}

#[test]
fn a_hidden_companion_makes_an_unticked_box_an_answer() {
    let mut d = Draft::tutorial();
    answer(&mut d, "logs-create", "true");
    let off = apply_post(&d, &[("logs-create".into(), "false".into())]);
    assert_eq!(rendered(&off, "logs-create"), "false");
    let on = apply_post(&off, &[("logs-create".into(), "false".into()), ("logs-create".into(), "true".into())]);
    assert_eq!(on, d);
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
    // A router takes its Region from an option of its own.
    let mut d = crate::Draft::around(json!({ "containerDefinitions": [{ "name": "a", "logConfiguration": { "logDriver": "awsfirelens", "options": {
        "Name": "cloudwatch_logs", "region": "ap-northeast-2", "log_group_name": "/ecs/a" } } }] }));
    answer(&mut d, "/region", "ap-northeast-2");
    answer(&mut d, "/region", "eu-west-1");
    assert_eq!(view::containers(d.definition())[0].log_option("region"), "eu-west-1");
}

#[test]
fn containers_move_copy_and_go_with_their_number() {
    let mut d = Draft::tutorial();
    assert_eq!(press(&mut d, "down:/containerDefinitions/0"), "up:/containerDefinitions/1");
    assert_eq!((d.container_number(0), d.container_number(1)), (2, 1));
    press(&mut d, "duplicate:/containerDefinitions/0");
    assert_eq!(view::containers(d.definition())[1].name(), "my-nginx-2");
    assert_eq!(d.container_number(1), 3);
    press(&mut d, "remove:/containerDefinitions/0");
    assert_eq!((d.container_number(0), d.container_number(1)), (3, 1));
    for _ in 2..MAX_CONTAINERS {
        press(&mut d, "add:/containerDefinitions");
    }
    assert_eq!(row(&d, "add:/containerDefinitions"), None);
}

#[test]
fn env_lines_are_added_and_replace_their_namesakes() {
    let mut d = Draft::tutorial();
    let r = dotenv(&d, "/containerDefinitions/0/environment", "# x\nexport PORT=3000\n\nGREETING=\"hi = there\"\nnonsense").unwrap();
    r.edit.apply(d.root_mut()).unwrap();
    assert_eq!(
        d.definition()["containerDefinitions"][0]["environment"],
        json!([
        { "name": "NODE_ENV", "value": "production" }, { "name": "PORT", "value": "3000" }, { "name": "GREETING", "value": "hi = there" }])
    );
}

#[test]
fn a_renamed_container_is_still_waited_for() {
    let mut d = Draft::tutorial();
    d.root_mut()["definition"]["containerDefinitions"][1]["dependsOn"] = json!([{ "containerName": "my-webserver", "condition": "HEALTHY" }]);
    answer(&mut d, "/containerDefinitions/0/name", "api");
    assert_eq!(d.definition()["containerDefinitions"][1]["dependsOn"][0]["containerName"], Value::from("api"));
}

#[test]
fn cpu_keeps_the_memory_that_still_fits() {
    let mut d = Draft::tutorial();
    answer(&mut d, "size-cpu", "512");
    assert_eq!(rendered(&d, "size-memory"), "2048");
    answer(&mut d, "size-cpu", "4096");
    assert_eq!(rendered(&d, "size-memory"), "8192");
    assert_eq!(rendered(&d, "size"), "exact");
}

#[test]
fn the_start_order_waits_for_what_is_not_waited_for_yet() {
    let mut d = Draft::tutorial();
    let op = "add:/containerDefinitions/1/dependsOn";
    let added = row(&d, op).unwrap();
    added.edit.apply(d.root_mut()).unwrap();
    assert_eq!(added.focus, "/containerDefinitions/1/dependsOn/0/containerName");
    assert_eq!(d.definition()["containerDefinitions"][1]["dependsOn"], json!([{ "containerName": "my-webserver", "condition": "HEALTHY" }]));
    assert_eq!(row(&d, op), None, "there is no other container to wait for");
    let removed = row(&d, "remove:/containerDefinitions/1/dependsOn/0").unwrap();
    assert_eq!(removed.focus, op);
    removed.edit.apply(d.root_mut()).unwrap();
    assert_eq!(d, Draft::tutorial());
}
