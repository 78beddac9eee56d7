//! Every field of the API model has a control, and what a control does to a definition.

#![allow(clippy::unwrap_used, missing_docs)]

#[path = "support/any.rs"]
mod any;
#[path = "support/every.rs"]
mod every;

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::collections::HashSet;
use taskdef::{
    Draft, Step,
    document::pointer,
    questions::{
        self, Action, Control, List, Post, Question,
        fields::{Kind, specs},
    },
};

/// Places of the API model that questions of their own ask for, with the name of one of them.
const ASKED: [(&str, &str); 31] = [
    ("family", "/family"),
    ("taskRoleArn", "/taskRoleArn"),
    ("executionRoleArn", "/executionRoleArn"),
    ("cpu", "/cpu"),
    ("memory", "/memory"),
    ("runtimePlatform", "platform"),
    ("containerDefinitions", "/containerDefinitions/0/name"),
    ("containerDefinitions[].name", "/containerDefinitions/0/name"),
    ("containerDefinitions[].image", "/containerDefinitions/0/image"),
    ("containerDefinitions[].cpu", "/containerDefinitions/0/cpu"),
    ("containerDefinitions[].memory", "/containerDefinitions/0/memory"),
    ("containerDefinitions[].memoryReservation", "/containerDefinitions/0/memoryReservation"),
    ("containerDefinitions[].essential", "/containerDefinitions/0/essential"),
    ("containerDefinitions[].portMappings[].containerPort", "/containerDefinitions/0/portMappings/0/containerPort"),
    ("containerDefinitions[].portMappings[].hostPort", "/containerDefinitions/0/portMappings/0/hostPort"),
    ("containerDefinitions[].portMappings[].protocol", "/containerDefinitions/0/portMappings/0/protocol"),
    ("containerDefinitions[].portMappings[].name", "/containerDefinitions/0/portMappings/0/name"),
    ("containerDefinitions[].environment", "/containerDefinitions/0/environment/0/name"),
    ("containerDefinitions[].environment[].name", "/containerDefinitions/0/environment/0/name"),
    ("containerDefinitions[].environment[].value", "/containerDefinitions/0/environment/0/value"),
    ("containerDefinitions[].secrets", "/containerDefinitions/0/secrets/0/name"),
    ("containerDefinitions[].secrets[].name", "/containerDefinitions/0/secrets/0/name"),
    ("containerDefinitions[].secrets[].valueFrom", "/containerDefinitions/0/secrets/0/valueFrom"),
    ("containerDefinitions[].dependsOn", "/containerDefinitions/0/dependsOn/0/containerName"),
    ("containerDefinitions[].dependsOn[].containerName", "/containerDefinitions/0/dependsOn/0/containerName"),
    ("containerDefinitions[].dependsOn[].condition", "/containerDefinitions/0/dependsOn/0/condition"),
    ("containerDefinitions[].healthCheck", "/containerDefinitions/0/healthCheck~kind"),
    ("containerDefinitions[].healthCheck.command", "/containerDefinitions/0/healthCheck~text"),
    ("containerDefinitions[].healthCheck.interval", "/containerDefinitions/0/healthCheck/interval"),
    ("containerDefinitions[].healthCheck.timeout", "/containerDefinitions/0/healthCheck/timeout"),
    ("containerDefinitions[].healthCheck.retries", "/containerDefinitions/0/healthCheck/retries"),
];

/// The same, of the last of a check's timings.
const LAST: (&str, &str) = ("containerDefinitions[].healthCheck.startPeriod", "/containerDefinitions/0/healthCheck/startPeriod");

#[test]
fn every_field_of_the_api_model_has_a_control() {
    let draft = Draft::around(every::definition());
    let controls: HashSet<String> = Question::all(&draft).iter().map(Question::to_string).collect();
    let places: HashSet<String> = Question::all(&draft).iter().map(|q| q.place()).collect();
    let mut counted = 0;
    for (path, _) in every::FIELDS {
        counted += 1;
        let place = format!("/{}", path.replace('.', "/").replace("[]", "/0"));
        assert!(pointer::get(draft.definition(), &place).is_some(), "{path}: the fixture lacks it");
        if let Some((_, name)) = ASKED.iter().chain([&LAST]).find(|(asked, _)| *asked == path) {
            assert!(controls.contains(*name), "{path}: no page has {name}");
            continue;
        }
        // An object has controls through its members.
        let below = |p: &String| pointer::contains(&place, p);
        assert!(places.iter().any(below), "{path}: no page has a control for {place}");
    }
    assert_eq!(counted, 169);
}

#[test]
fn a_field_is_on_the_step_that_its_place_names() {
    let draft = Draft::around(every::definition());
    let mut seen = 0;
    for question in Question::all(&draft) {
        if let Question::Field(field) = question {
            assert_eq!(Step::of_place(&field.place()), field.step(), "{question}");
            assert_eq!(question.to_string().parse(), Ok(question));
            seen += 1;
        }
    }
    assert!(seen > 140, "{seen}");
}

#[test]
fn a_finding_about_a_part_of_a_field_is_shown_at_it() {
    let mut definition = every::definition();
    definition["containerDefinitions"][0]["dockerLabels"] = json!({ "a": "1", "b/c": "2" });
    definition["containerDefinitions"][0]["ulimits"][0]["odd"] = json!(1);
    let draft = Draft::around(definition);
    for (place, control) in [
        ("/containerDefinitions/0/stopTimeout", "/containerDefinitions/0/stopTimeout"),
        ("/containerDefinitions/0/command/1", "/containerDefinitions/0/command/1"),
        ("/containerDefinitions/0/dockerLabels/b~1c", "/containerDefinitions/0/dockerLabels~value/1"),
        ("/containerDefinitions/0/dockerLabels", "/containerDefinitions/0/dockerLabels"),
        ("/containerDefinitions/0/ulimits/0/odd", "/containerDefinitions/0/ulimits"),
        ("/containerDefinitions/0/ulimits/0", "/containerDefinitions/0/ulimits"),
        ("/volumes/0/efsVolumeConfiguration/authorizationConfig/iam", "/volumes/0/efsVolumeConfiguration/authorizationConfig/iam"),
        ("/containerDefinitions/0/logConfiguration/options/mode", "/containerDefinitions/0/logConfiguration/options"),
        ("/containerDefinitions/0/odd", "/containerDefinitions/0/odd"),
    ] {
        let found = Control::of_place(&draft, place);
        assert_eq!(found.to_string(), control, "{place}");
        assert_eq!(Control::from(found.to_string()), found, "{place}");
    }
}

fn typed(draft: &mut Draft, name: &str, text: &str) {
    let question: Question = name.parse().unwrap();
    question.change(draft, text).apply(draft.root_mut()).unwrap();
}

fn press(draft: &mut Draft, op: &str) -> String {
    let row = questions::row(draft, &op.parse::<Action>().unwrap()).unwrap();
    row.edit.apply(draft.root_mut()).unwrap();
    row.focus.to_string()
}

/// A definition with every field is typed, key by key, into an empty draft and comes out with the same values.
#[test]
fn every_field_can_be_typed_into_an_empty_draft() {
    let goal = Draft::around(every::definition());
    let mut draft = Draft::empty();
    press(&mut draft, "add:/containerDefinitions");
    for list in ["environment", "secrets", "portMappings"] {
        press(&mut draft, &format!("add:/containerDefinitions/0/{list}"));
    }
    let rows = |draft: &Draft, list: &str| {
        pointer::get(draft.definition(), list).map_or(0, |v| v.as_array().map_or_else(|| v.as_object().map_or(0, Map::len), Vec::len))
    };
    let lists: Vec<String> = Question::all(&goal)
        .into_iter()
        .filter_map(|q| {
            let Question::Field(f) = q else { return None };
            // A member of a row, or a key of a map.
            let name = f.to_string();
            if let Some((map, _)) = name.split_once("~key") {
                return Some(map.to_owned());
            }
            let place = f.place();
            let row = place.rfind(|c: char| c.is_ascii_digit()).filter(|_| f.spec().path.matches("[].").count() > usize::from(f.spec().of_container()))?;
            place[..row].strip_suffix('/').map(str::to_owned)
        })
        .filter(|list| !list.ends_with("portMappings"))
        .collect();
    for list in &lists {
        for row in rows(&draft, list)..rows(&goal, list) {
            let focus = press(&mut draft, &format!("add:{list}"));
            // A map has one key without a name at most.
            if let Ok(key) = format!("{list}~key/{row}").parse::<Question>() {
                typed(&mut draft, &focus, &key.rendered(&goal));
            }
        }
    }
    let mut answered = 0;
    for question in Question::all(&goal) {
        if matches!(question, Question::Field(_)) {
            typed(&mut draft, &question.to_string(), &question.rendered(&goal));
            assert_eq!(question.rendered(&draft), question.rendered(&goal), "{question}");
            answered += 1;
        }
    }
    assert!(answered > 140, "{answered}");
    for key in ["volumes", "tags", "proxyConfiguration", "placementConstraints", "trustedExecutionConfiguration", "inferenceAccelerators", "ephemeralStorage"] {
        assert_eq!(draft.definition()[key], goal.definition()[key], "{key}");
    }
    for key in [
        "command",
        "linuxParameters",
        "ulimits",
        "restartPolicy",
        "dockerLabels",
        "firelensConfiguration",
        "resourceRequirements",
        "logConfiguration",
        "mountPoints",
    ] {
        assert_eq!(draft.definition()["containerDefinitions"][0][key], goal.definition()["containerDefinitions"][0][key], "{key}");
    }
}

#[test]
fn an_answer_that_is_taken_back_leaves_no_empty_object() {
    for (name, text) in [
        ("/containerDefinitions/0/linuxParameters/capabilities/add", "SYS_PTRACE"),
        ("/containerDefinitions/0/restartPolicy/enabled", "true"),
        ("/containerDefinitions/0/stopTimeout", "60"),
        ("/ephemeralStorage/sizeInGiB", "30"),
        ("/requiresCompatibilities~has/EC2", "true"),
    ] {
        let mut draft = Draft::tutorial();
        typed(&mut draft, name, text);
        assert_ne!(draft, Draft::tutorial(), "{name}");
        typed(&mut draft, name, if text == "true" && name.contains("~has") { "false" } else { "" });
        assert_eq!(draft.to_text(), Draft::tutorial().to_text(), "{name}");
    }
}

#[test]
fn what_cannot_be_right_is_kept_as_it_was_typed() {
    let mut draft = Draft::tutorial();
    let first = |draft: &Draft, key: &str| draft.definition()["containerDefinitions"][0][key].clone();
    for (key, text, value) in [
        ("stopTimeout", "soon", json!("soon")),
        ("stopTimeout", "-5", json!(-5)),
        ("command", "sh -c 'open", json!("sh -c 'open")),
        ("command", "sh -c 'a b' \"c\"", json!(["sh", "-c", "a b", "c"])),
        ("interactive", "maybe", json!("maybe")),
        ("user", " app ", json!(" app ")),
    ] {
        typed(&mut draft, &format!("/containerDefinitions/0/{key}"), text);
        assert_eq!(first(&draft, key), value, "{key}: {text}");
    }
    press(&mut draft, "add:/containerDefinitions/0/dockerLabels");
    typed(&mut draft, "/containerDefinitions/0/dockerLabels~key/0", "a");
    typed(&mut draft, "/containerDefinitions/0/dockerLabels~value/0", "1");
    assert_eq!(press(&mut draft, "add:/containerDefinitions/0/dockerLabels"), "/containerDefinitions/0/dockerLabels~key/1");
    typed(&mut draft, "/containerDefinitions/0/dockerLabels~key/1", "a");
    assert_eq!(first(&draft, "dockerLabels"), json!({ "a": "1", "": "" }), "a second key of the same name would take the first one's text");
    assert_eq!(press(&mut draft, "remove:/containerDefinitions/0/dockerLabels/0"), "/containerDefinitions/0/dockerLabels~key/0");
    assert_eq!(press(&mut draft, "remove:/containerDefinitions/0/dockerLabels/0"), "add:/containerDefinitions/0/dockerLabels");
    assert_eq!(first(&draft, "dockerLabels"), Value::Null);
    // A whole list is no answer, and rows that are not there are not made.
    for name in ["/tags", "/tags/3/key", "/containerDefinitions/9/user", "/containerDefinitions/0/command/9"] {
        let before = draft.clone();
        typed(&mut draft, name, "x");
        assert_eq!(draft, before, "{name}");
    }
}

/// A definition in which any field has any value.
fn any_definition() -> impl Strategy<Value = Value> {
    let fields: Vec<String> = specs().iter().filter(|s| s.kind != Kind::Group).map(|s| format!("/{}", s.path.replace('.', "/").replace("[]", "/0"))).collect();
    let full = every::definition();
    prop::collection::vec((prop::sample::select(fields), prop_oneof![any::any_json(), Just(Value::Null)], any::<bool>()), 0..12).prop_map(move |list| {
        let mut definition = full.clone();
        for (place, value, gone) in list {
            if gone {
                if let Some(slot) = definition.pointer_mut(&place) {
                    *slot = Value::Array(Vec::new());
                }
            } else if let Some(slot) = definition.pointer_mut(&place) {
                *slot = value;
            }
        }
        definition
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any definition, walked through every page and every part of More settings without a change, is the same to the byte.
    #[test]
    fn a_walk_through_every_field_changes_no_byte(definition in any_definition()) {
        let draft = Draft::around(definition);
        let all = Question::all(&draft);
        let pairs: Vec<(String, String)> = all.iter().map(|question| {
            let shown = question.rendered(&draft).replace('\0', "\u{fffd}");
            let lf = shown.replace("\r\n", "\n").replace('\r', "\n");
            (question.to_string(), if question.is_area() { lf.replace('\n', "\r\n") } else { lf.replace('\n', "") })
        }).collect();
        prop_assert!(pairs.len() > 60);
        prop_assert_eq!(Post::read(&pairs).unwrap().apply(&draft).to_text(), draft.to_text());
    }

    /// Any answer to any field, and any row button, can be taken back to the byte, and the draft opens again.
    #[test]
    fn any_change_of_a_field_can_be_taken_back(definition in any_definition(), pick in any::<prop::sample::Index>(), text in "[ -~가-힣\n]{0,12}", button in 0..3u8) {
        let draft = Draft::around(definition);
        let all: Vec<Question> = Question::all(&draft).into_iter().filter(|q| matches!(q, Question::Field(_))).collect();
        let question = all[pick.index(all.len())];
        let Question::Field(field) = question else { return Ok(()) };
        let list = List::parse(&field.place());
        let edit = match (button, list) {
            (0, Some(list)) => questions::row(&draft, &Action::Add(list)).map(|row| row.edit).unwrap_or_default(),
            (1, Some(list)) => questions::row(&draft, &Action::Remove(list, 0)).map(|row| row.edit).unwrap_or_default(),
            _ => question.change(&draft, &text),
        };
        let mut changed = draft.clone();
        let inverse = edit.apply(changed.root_mut()).unwrap();
        prop_assert_eq!(Draft::parse(&changed.to_text()).unwrap(), changed.clone());
        inverse.apply(changed.root_mut()).unwrap();
        prop_assert_eq!(changed.to_text(), draft.to_text());
    }
}
