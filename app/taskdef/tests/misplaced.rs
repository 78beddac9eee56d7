//! A key one level too high is moved back to where it was, with its value.

#![allow(clippy::unwrap_used, missing_docs)]

// Its largest definition is for the benches.
#[allow(dead_code)]
#[path = "support/full.rs"]
mod full;

use serde_json::Value;
use std::collections::BTreeSet;
use taskdef::{
    document::pointer,
    lint::{self, Wizard},
};

/// Every object that is a member of an object: its pointer, and its keys.
fn objects(value: &Value, at: &str, out: &mut Vec<(String, Vec<String>)>) {
    match value {
        Value::Object(map) => {
            for (key, child) in map {
                let path = pointer::join(at, key);
                if let Value::Object(inner) = child {
                    out.push((path.clone(), inner.keys().cloned().collect()));
                }
                objects(child, &path, out);
            }
        }
        Value::Array(list) => list.iter().enumerate().for_each(|(i, child)| objects(child, &pointer::join(at, i), out)),
        _ => {}
    }
}

#[test]
fn a_key_one_level_too_high_goes_back_to_its_object() {
    // One container is enough: the others are like it.
    let mut definition = full::ten_containers();
    definition["containerDefinitions"].as_array_mut().unwrap().truncate(1);
    definition["runtimePlatform"] = serde_json::json!({ "operatingSystemFamily": "LINUX", "cpuArchitecture": "X86_64" });
    definition["containerDefinitions"][0]["restartPolicy"] = serde_json::json!({ "enabled": true, "restartAttemptPeriod": 300 });
    definition["containerDefinitions"][0]["linuxParameters"] = serde_json::json!({ "initProcessEnabled": true, "capabilities": { "drop": ["ALL"] } });
    let mut all = Vec::new();
    objects(&definition, "", &mut all);
    let (mut moved, mut wrong) = (BTreeSet::new(), Vec::new());
    for (object, keys) in all {
        let (parent, _) = pointer::split_last(&object).unwrap();
        for key in keys {
            let mut changed = definition.clone();
            let value = changed.pointer_mut(&object).unwrap().as_object_mut().unwrap().shift_remove(&key).unwrap();
            let outer = changed.pointer_mut(parent).unwrap().as_object_mut().unwrap();
            if outer.contains_key(&key) {
                continue;
            }
            outer.insert(key.clone(), value);
            let place = pointer::join(parent, &key);
            let found = lint::check(&changed, &Wizard::default());
            let Some(finding) = found.iter().find(|f| f.path == place && f.rule.id == "task-misspelt-key") else { continue };
            let Some(fix) = finding.fixes.iter().find(|fix| fix.label == "fix-move") else { continue };
            fix.edit.apply(&mut changed).unwrap();
            if changed == definition {
                moved.insert(pointer::join(&object, &key));
            } else {
                wrong.push(format!("{place}: {:?}", fix.edit));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    for key in ["/runtimePlatform/cpuArchitecture", "/containerDefinitions/0/logConfiguration/logDriver", "/containerDefinitions/0/healthCheck/interval"] {
        assert!(moved.contains(key), "{key} of {moved:#?}");
    }
    assert!(moved.len() >= 8, "{moved:#?}");
}

/// Makes the first fix of the first misplaced key, until none is left.
fn put_right(mut definition: Value) -> Value {
    for _ in 0..10 {
        let found = lint::check(&definition, &Wizard::default());
        let Some(fix) = found.iter().find(|f| f.rule.id == "task-misspelt-key").and_then(|f| f.fixes.first()) else { break };
        fix.edit.apply(&mut definition).unwrap();
    }
    definition
}

#[test]
fn options_beside_the_log_driver_go_into_its_options() {
    let group = serde_json::json!({ "awslogs-group": "/ecs/a", "awslogs-region": "us-east-1" });
    let mut flat = group.clone();
    flat["logDriver"] = "awslogs".into();
    let definition =
        |logs: &Value| serde_json::json!({ "family": "a", "containerDefinitions": [{ "name": "a", "image": "nginx:1", "logConfiguration": logs }] });
    let right = put_right(definition(&flat));
    assert_eq!(right, definition(&serde_json::json!({ "logDriver": "awslogs", "options": group })));
}

#[test]
fn keys_of_a_container_beside_the_family_become_the_container_or_go_to_the_one_that_lacks_them() {
    let flat = serde_json::json!({ "family": "shop", "image": "nginx:1", "portMappings": [{ "containerPort": 80 }] });
    let container = serde_json::json!({ "name": "shop", "image": "nginx:1", "portMappings": [{ "containerPort": 80 }] });
    assert_eq!(put_right(flat), serde_json::json!({ "family": "shop", "containerDefinitions": [container] }));
    let two = |outer: Value, first: Value| {
        let mut definition = outer;
        definition["containerDefinitions"] = serde_json::json!([first, { "name": "b", "image": "nginx:1" }]);
        definition
    };
    let moved = put_right(two(serde_json::json!({ "family": "a", "image": "nginx:2" }), serde_json::json!({ "name": "a" })));
    assert_eq!(moved, two(serde_json::json!({ "family": "a" }), serde_json::json!({ "name": "a", "image": "nginx:2" })));
}
