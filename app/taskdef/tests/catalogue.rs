//! The compiled-in catalogue against the collection of facts that it was made from, number by number.

#![allow(clippy::unwrap_used, missing_docs)]

use serde_json::Value;
use std::path::Path;
use taskdef::{facts, facts::cost, grammar::size};

/// A table of the collection.
fn table(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/{name}.json"));
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

#[test]
fn regions_are_those_of_the_collection() {
    let table = table("regions");
    let theirs = table["regions"].as_array().unwrap();
    assert_eq!(theirs.len(), facts::regions().len());
    for r in theirs {
        let id = r["id"].as_str().unwrap();
        let ours = facts::region(id).unwrap_or_else(|| panic!("{id}"));
        assert_eq!((ours.partition.as_str(), ours.en.as_str()), (r["partition"].as_str().unwrap(), r["name_en"].as_str().unwrap()));
        if let Some(ko) = r["name_ko"].as_str() {
            assert_eq!(ours.ko, ko);
        }
        let known = |key: &str| r[key].as_bool();
        assert_eq!((ours.fargate, ours.arm, ours.windows), (known("fargate_linux_x86_64"), known("fargate_linux_arm64"), known("fargate_windows")), "{id}");
        let zones: Vec<&str> = r["fargate_linux_az_ids"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        assert_eq!(ours.zones, zones, "{id}");
    }
}

#[test]
fn prices_are_those_of_the_collection_and_none_is_guessed() {
    let table = table("prices");
    let mut compared = 0;
    for r in table["regions"].as_array().unwrap() {
        let id = r["region"].as_str().unwrap();
        let (ours, date) = facts::price(id).unwrap_or_else(|| panic!("{id}"));
        let rate = |key: &str| Some((r[key]["vcpu_hour"].as_f64()?, r[key]["gb_hour"].as_f64()?));
        assert_eq!((ours.x86, ours.arm), (rate("linux_x86_64"), rate("linux_arm64")), "{id}");
        let w = &r["windows_x86_64"];
        let windows = w["vcpu_hour"].as_f64().zip(w["gb_hour"].as_f64()).zip(w["os_license_vcpu_hour"].as_f64()).map(|((a, b), c)| (a, b, c));
        assert_eq!((ours.windows, ours.disk), (windows, r["ephemeral_gb_hour_over_20"].as_f64()), "{id}");
        if let Some(source) = r["source_date"].as_str() {
            assert_eq!(date, source, "{id}");
        }
        compared += 1;
    }
    assert!(compared > 5);
    let examples = table["worked_examples"].as_array().unwrap();
    assert!(!examples.is_empty());
    for e in examples.iter().filter(|e| e["os"] == "LINUX") {
        let cost = cost::of_pair(e["region"].as_str().unwrap(), e["arch"] == "ARM64", e["cpu"].as_u64().unwrap(), e["memory"].as_u64().unwrap()).unwrap();
        assert!((cost.hour - e["usd_per_hour"].as_f64().unwrap()).abs() < 1e-6, "{e}");
    }
}

#[test]
fn instance_types_are_those_of_the_collection() {
    let table = table("ec2-instances");
    let theirs = table["instances"].as_array().unwrap();
    assert_eq!(theirs.len(), facts::instances().len());
    for i in theirs {
        let ours = facts::instance(i["type"].as_str().unwrap()).unwrap();
        let number = |key: &str| i[key].as_u64();
        assert_eq!(
            (Some(ours.vcpu), Some(ours.memory), ours.tasks, ours.trunked),
            (number("vcpu"), number("memory_mib"), number("awsvpc_tasks_without_trunking"), number("awsvpc_tasks_with_trunking")),
            "{i}"
        );
        assert_eq!(Some(ours.arch.as_str()), i["architecture"].as_str());
    }
}

#[test]
fn sizes_are_those_of_the_collection() {
    let table = table("fargate-sizes");
    let theirs = table["sizes"].as_array().unwrap();
    assert_eq!(theirs.len(), size::FARGATE.len());
    let mut pairs = 0;
    for (row, ours) in theirs.iter().zip(size::FARGATE) {
        let memory: Vec<u64> = row["memory"].as_array().unwrap().iter().filter_map(Value::as_u64).collect();
        assert_eq!((row["cpu"].as_u64(), &memory), (Some(ours.cpu), &ours.memory()));
        pairs += memory.len() as u64;
    }
    assert_eq!(table["pair_count_linux"].as_u64(), Some(pairs));
}

#[test]
fn a_price_that_is_not_known_is_said_to_be_unknown() {
    assert!(cost::of_pair("sa-east-1", false, 256, 512).is_none());
    assert!(cost::of_windows("ap-northeast-2", 1024, 2048).is_none());
}
