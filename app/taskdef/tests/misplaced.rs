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
