//! What answers and buttons do to a draft.

use super::*;
use crate::{Draft, document::view, grammar::amount::typed_amount};
use serde_json::{Value, json};

fn change(draft: &Draft, name: &str, value: &str) -> crate::Edit {
    name.parse::<Question>().unwrap().change(draft, value)
}

fn rendered(draft: &Draft, name: &str) -> String {
    name.parse::<Question>().unwrap().rendered(draft)
}

fn press_on(draft: &Draft, op: &str) -> Option<Row> {
    row(draft, &op.parse().unwrap())
}

fn apply_post(base: &Draft, pairs: &[(String, String)]) -> Draft {
    Post::read(pairs).unwrap().apply(base)
}

fn answer(draft: &mut Draft, name: &str, value: &str) {
    change(draft, name, value).apply(draft.root_mut()).unwrap();
    assert_eq!(rendered(draft, name), value, "{name} shows what was typed");
}

fn press(draft: &mut Draft, op: &str) -> String {
    let row = press_on(draft, op).unwrap();
    row.edit.apply(draft.root_mut()).unwrap();
    row.focus.to_string()
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
    // A router takes its Region from its own option.
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
    assert_eq!(press_on(&d, "add:/containerDefinitions"), None);
}

#[test]
fn env_lines_are_added_and_replace_their_namesakes() {
    let mut d = Draft::tutorial();
    let r = paste_env(&d, 0, "# x\nexport PORT=3000\n\nGREETING=\"hi = there\"\nnonsense").unwrap();
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
fn the_start_order_waits_for_what_is_not_waited_for_yet() {
    let mut d = Draft::tutorial();
    let op = "add:/containerDefinitions/1/dependsOn";
    let added = press_on(&d, op).unwrap();
    added.edit.apply(d.root_mut()).unwrap();
    assert_eq!(added.focus.to_string(), "/containerDefinitions/1/dependsOn/0/containerName");
    assert_eq!(d.definition()["containerDefinitions"][1]["dependsOn"], json!([{ "containerName": "my-webserver", "condition": "HEALTHY" }]));
    assert_eq!(press_on(&d, op), None, "there is no other container to wait for");
    let removed = press_on(&d, "remove:/containerDefinitions/1/dependsOn/0").unwrap();
    assert_eq!(removed.focus.to_string(), op);
    removed.edit.apply(d.root_mut()).unwrap();
    assert_eq!(d, Draft::tutorial());
}

#[test]
fn every_question_of_a_draft_is_read_back_from_its_name() {
    let mut d = Draft::tutorial();
    for list in ["secrets", "dependsOn"] {
        press(&mut d, &format!("add:/containerDefinitions/1/{list}"));
    }
    let all = Question::all(&d);
    let kinds: std::collections::HashSet<_> = all.iter().map(std::mem::discriminant).collect();
    assert_eq!(kinds.len(), if cfg!(feature = "server") { 11 } else { 10 }, "the draft has a question of every kind");
    let names: std::collections::HashSet<String> = all.iter().map(Question::to_string).collect();
    assert_eq!(names.len(), all.len(), "no two questions have the same name");
    for question in all {
        assert_eq!(question.to_string().parse(), Ok(question));
        assert_eq!(crate::Step::of_place(&question.place()), question.step(), "{question}: the place is asked for on the page of the question");
    }
}

#[test]
fn names_that_no_page_has_are_no_questions() {
    for name in [
        "",
        "rev",
        "op",
        "dotenv",
        "/title",
        "/aside/tried",
        "/definition/family",
        "/containerDefinitions",
        "/containerDefinitions/0",
        "/containerDefinitions/00/image",
        "/containerDefinitions/-1/image",
        "/containerDefinitions/0/environment",
        "/containerDefinitions/0/environment/0",
        "/containerDefinitions/0/environment/01/name",
        "/containerDefinitions/0/environment/0/name/x",
        "/containerDefinitions/0/healthCheck",
        "/containerDefinitions/0/healthCheck~x",
        "/containerDefinitions/0/healthCheckinterval",
        "/containerDefinitions/0/logConfiguration/options/awslogs-region",
        "/title/0",
    ] {
        assert_eq!(name.parse::<Question>(), Err(UnknownQuestion), "{name}");
    }
}

#[test]
fn every_button_is_read_back_from_its_word() {
    let fix = Fix::Finding { rule: "port-conflict".into(), index: 1, place: "/containerDefinitions/0/name:x".into() };
    let lists = [List::Containers, List::Environment(0), List::Secrets(1), List::PortMappings(2), List::DependsOn(3)];
    let mut all = vec![
        Action::GoOn,
        Action::Exit,
        Action::Update,
        Action::Undo,
        Action::Redo,
        Action::Fix(fix),
        Action::Fix(Fix::Diagnosis("exited".into())),
        Action::Fix(Fix::Rule("task-null-values".into())),
    ];
    all.extend(lists.into_iter().flat_map(|list| [Action::Add(list), Action::Remove(list, 7)]));
    all.extend([Action::Duplicate(0), Action::Up(1), Action::Down(2), Action::PasteEnv(3)]);
    for action in all {
        assert_eq!(action.to_string().parse(), Ok(action));
    }
    for op in [
        "add:/family",
        "remove:/containerDefinitions",
        "remove:/family/0",
        "up:/containerDefinitions/0/environment/0",
        "dotenv:/containerDefinitions",
        "x",
        "fix:a:b:c",
    ] {
        assert_eq!(op.parse::<Action>(), Err(UnknownAction), "{op}");
    }
}

#[test]
fn a_post_with_an_unknown_name_or_button_is_refused_whole() {
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let long = "x".repeat(10_000);
    assert_eq!(Post::read(&[pair("/family", "a"), pair("/aside", "b")]).unwrap_err(), PostError::Question("/aside".into()));
    assert_eq!(Post::read(&[pair(&long, "b")]).unwrap_err(), PostError::Question("x".repeat(80)));
    assert_eq!(Post::read(&[pair("op", "drop:/family")]).unwrap_err(), PostError::Action("drop:/family".into()));
    let post = Post::read(&[pair("rev", "1"), pair("dotenv", "A=1"), pair("op", "exit"), pair("/family", "b")]).unwrap();
    assert_eq!((post.action.clone(), post.dotenv.as_str()), (Action::Exit, "A=1"));
    assert_eq!(post.apply(&Draft::tutorial()).family(), "b");
}

#[test]
fn a_finding_is_shown_where_its_place_is_asked_for() {
    let mut d = Draft::tutorial();
    let shown = |d: &Draft, place: &str| Control::of_place(d, place).to_string();
    for (place, control) in [
        ("/family", "/family"),
        ("/networkMode", "/cluster/launch"),
        ("/cpu", "size"),
        ("/runtimePlatform/cpuArchitecture", "platform"),
        ("/containerDefinitions", "add:/containerDefinitions"),
        ("/containerDefinitions/1", "/containerDefinitions/1/name"),
        ("/containerDefinitions/0/environment/1", "/containerDefinitions/0/environment/1/name"),
        ("/containerDefinitions/0/portMappings", "add:/containerDefinitions/0/portMappings"),
        ("/containerDefinitions/0/portMappings/0", "/containerDefinitions/0/portMappings/0/containerPort"),
        ("/containerDefinitions/0/dependsOn/0", "/containerDefinitions/0/dependsOn/0/containerName"),
        ("/containerDefinitions/0/healthCheck/command/1", "/containerDefinitions/0/healthCheck~kind"),
        ("/containerDefinitions/0/healthCheck/interval", "/containerDefinitions/0/healthCheck/interval"),
        ("/containerDefinitions/0/logConfiguration/options/awslogs-group", "logs-group"),
    ] {
        assert_eq!(shown(&d, place), control);
        assert_eq!(Control::from(control.to_owned()), Control::of_place(&d, place), "{control} is read back");
    }
    d.root_mut()["definition"]["containerDefinitions"][0]["logConfiguration"]["options"]["awslogs-group"] = json!("/other");
    let own = "/containerDefinitions/0/logConfiguration/options/awslogs-group";
    assert_eq!(shown(&d, own), own);
    answer(&mut d, "/containerDefinitions/0/healthCheck~kind", "own");
    assert_eq!(shown(&d, "/containerDefinitions/0/healthCheck/command"), "/containerDefinitions/0/healthCheck~text");
}

/// On ECS Anywhere and managed instances the page asks for CPU and memory one by one, but their findings went to the pairs.
#[test]
fn findings_about_a_free_size_are_shown_at_its_own_fields() {
    for launch in ["EC2", "EXTERNAL", "MANAGED_INSTANCES"] {
        let d = Draft::around(json!({ "requiresCompatibilities": [launch], "cpu": "x" }));
        assert_eq!(Control::of_place(&d, "/cpu"), Size::Cpu.into(), "{launch}");
    }
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
