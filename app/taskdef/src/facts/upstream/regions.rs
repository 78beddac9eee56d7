//! Regions of Amazon ECS: botocore's endpoints and names, and the Regions for which cfn-lint has the resource.

use super::{Change, Compared, Subject};
use crate::facts;
use serde_json::Value;

pub(super) fn compare(endpoints: &Value, linted: &Value, found: &mut Compared) {
    let ours: Vec<&str> = facts::regions().iter().map(|r| r.id.as_str()).collect();
    let mut theirs = Vec::new();
    for partition in endpoints["partitions"].as_array().into_iter().flatten() {
        let names = &partition["regions"];
        // What is no Region of the partition is a second address of one, such as `fips-us-east-1`.
        for id in partition["services"]["ecs"]["endpoints"].as_object().into_iter().flatten().map(|(id, _)| id).filter(|id| names[*id].is_object()) {
            theirs.push(id.as_str());
            let name = names[id]["description"].as_str().unwrap_or_default();
            let held = facts::region(id).map(|r| r.en.as_str());
            if let Some(held) = held.filter(|held| *held != name) {
                found.differs("botocore", Subject::Region, id, Change::Other { ours: held.to_owned(), theirs: name.to_owned() });
            }
        }
    }
    found.regions = theirs.len();
    found.names("botocore", Subject::Region, "", &ours, &theirs);
    let linted: Vec<&str> = linted.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    for id in linted.iter().filter(|id| !ours.contains(id)) {
        found.differs("cfn-lint", Subject::Region, *id, Change::New(String::new()));
    }
}
