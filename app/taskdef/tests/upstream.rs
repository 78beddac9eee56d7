//! What is new in AWS's model and the CloudFormation linter is found, and a source that has changed its form does not pass for
//! one without news.

#![allow(clippy::unwrap_used, missing_docs)]

use serde_json::{Value, json};
use taskdef::facts::{
    self,
    upstream::{Change, Compared, Subject, Unreadable, compare},
};

fn sources() -> Value {
    serde_json::from_str(include_str!("fixtures/upstream.json")).unwrap()
}

fn gone(found: &Compared, subject: Subject) -> usize {
    found.differences.iter().filter(|d| d.subject == subject && d.change == Change::Gone).count()
}

#[test]
fn every_kind_of_news_is_told() {
    let found = compare(&sources()).unwrap();
    let told: Vec<String> = found.differences.iter().filter(|d| d.change != Change::Gone).map(ToString::to_string).collect();
    let expected = [
        "botocore: field containerDefinitions: optional there, required here",
        "botocore: value networkMode = mesh: new",
        "botocore: field cpu: integer there, text here",
        "botocore: field rehearsal: new (object)",
        "botocore: field rehearsal.stage: new (text)",
        "botocore: limit containerDefinitions[].name: new (from 1 to 64)",
        "botocore: limit tags: from 0 to 60 there, from 0 to 50 here",
        "cfn-lint: field /ContainerDefinitions/Warmth: new",
        "botocore: Region us-east-1: US East (Virginia) there, US East (N. Virginia) here",
        "botocore: Region ap-east-9: new",
        "cfn-lint: Region xx-test-1: new",
        "cfn-lint: Fargate size 256 / 3072: new",
        "cfn-lint: Fargate size 65536 / 131072: new",
        "cfn-lint: Fargate size 65536 / 139264: new",
        "cfn-lint: awslogs option awslogs-colour: new",
    ];
    assert_eq!(told, expected);
    let compared = [found.fields, found.values, found.limits, found.properties, found.regions, found.sizes, found.options];
    assert_eq!(compared, [11, 8, 2, 8, 3, 6, 3]);
}

/// The sources are small, so nearly all that we hold is missing there.
#[test]
fn what_a_source_no_longer_has_is_told() {
    let found = compare(&sources()).unwrap();
    assert_eq!(gone(&found, Subject::Field), 169 - (found.fields - 2));
    assert_eq!(gone(&found, Subject::Value), 1, "networkMode = none");
    assert_eq!(gone(&found, Subject::Limit), 1, "tags[].key");
    assert_eq!(gone(&found, Subject::Region), facts::regions().len() - 2);
    assert_eq!(gone(&found, Subject::Size), 77 - 3);
    assert_eq!(gone(&found, Subject::LogOption), 8 - 2);
}

/// An empty comparison would look like a quiet day.
#[test]
fn a_source_without_anything_to_compare_is_an_error() {
    for (part, said) in [
        ("ecs", "fields of botocore"),
        ("endpoints", "Regions"),
        ("cloudformation", "properties of CloudFormation"),
        ("fargate", "sizes of Fargate"),
        ("awslogs", "options of awslogs"),
    ] {
        let mut changed = sources();
        changed[part] = json!({ "moved": true });
        assert_eq!(compare(&changed), Err(Unreadable(said)));
    }
}
