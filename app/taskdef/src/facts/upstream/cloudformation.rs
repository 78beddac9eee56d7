//! The schema of AWS::ECS::TaskDefinition that cfn-lint carries, against the table of fields: what CloudFormation has first.

use super::{Change, Compared, Subject};
use crate::lint::schema::{self, Node};
use serde_json::Value;

const SOURCE: &str = "cfn-lint";

/// Deepest property that is followed.
const DEPTH: usize = 12;

/// Properties that CloudFormation writes differently.
const OTHER_FORM: [&str; 2] = [
    // Answered by CloudFormation, never asked for.
    "/TaskDefinitionArn",
    // `properties` of the API.
    "/ProxyConfiguration/ProxyConfigurationProperties",
];

pub(super) fn compare(resource: &Value, found: &mut Compared) {
    members(resource, &resource["properties"], schema::root(), "", 0, found);
}

fn members(resource: &Value, properties: &Value, node: &Node, place: &str, depth: usize, found: &mut Compared) {
    for (name, property) in properties.as_object().into_iter().flatten().filter(|_| depth <= DEPTH) {
        found.properties += 1;
        let at = format!("{place}/{name}");
        let member = node.members.iter().find(|(ours, _)| ours.eq_ignore_ascii_case(name));
        let below = &followed(resource, property)["properties"];
        match member {
            Some((_, member)) => members(resource, below, member, &at, depth + 1, found),
            None if OTHER_FORM.contains(&at.as_str()) => {}
            None => found.differs(SOURCE, Subject::Field, at, Change::New(String::new())),
        }
    }
}

/// The definition that a property, or each item of its list, refers to.
fn followed<'a>(resource: &'a Value, property: &'a Value) -> &'a Value {
    let one = if property["items"].is_object() { &property["items"] } else { property };
    let name = one["$ref"].as_str().and_then(|r| r.strip_prefix("#/definitions/"));
    name.map_or(one, |name| &resource["definitions"][name])
}
