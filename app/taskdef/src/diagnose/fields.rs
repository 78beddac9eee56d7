//! The fields of a draft in which a cause has its place, where no rule says which value is wrong: an image that only the registry
//! knows, a check that only runs on AWS.

use super::{Cause, Known};
use crate::{Draft, document::view};
use serde_json::Value;

/// What the rules of a cause are about, by the beginning of their names: a member of the definition, with a slash, or of a container.
const BY_RULE: [(&str, &str); 17] = [
    ("wizard-hub-", "image"),
    ("image-", "image"),
    ("health-", "healthCheck"),
    ("log-", "logConfiguration"),
    ("secret-", "secrets"),
    ("env-", "environment"),
    ("port-", "portMappings"),
    ("dep-", "dependsOn"),
    ("container-command-", "command"),
    ("container-entrypoint-", "entryPoint"),
    ("container-repository-", "repositoryCredentials"),
    ("resources-", "memory"),
    ("volume-", "/volumes"),
    ("sizing-", "/memory"),
    ("platform-", "/runtimePlatform"),
    ("iam-task-", "/taskRoleArn"),
    ("iam-", "/executionRoleArn"),
];

/// Most of them.
const MOST: usize = 6;

/// Members that a container nearly always has, or that belong into it where nothing else is wrong.
const EXPECTED: [&str; 2] = ["image", "healthCheck"];

/// The places, relative to the definition; those of containers that the words name, where they name one.
pub fn fields(cause: &Cause, draft: &Draft) -> Vec<String> {
    let said = format!("{}{}{}", cause.quote.before, cause.quote.words, cause.quote.after).to_lowercase();
    let containers = view::containers(draft.definition());
    let is_said = |text: &str| !text.is_empty() && said.contains(&text.to_lowercase());
    let image = |image: &str| is_said(image.strip_prefix("docker.io/").unwrap_or(image).split([':', '@']).next().unwrap_or_default());
    let named: Vec<usize> = containers.iter().filter(|c| is_said(c.name()) || image(c.text("image"))).map(|c| c.index).collect();
    let mut places = Vec::new();
    for key in members(cause.known) {
        if key.starts_with('/') {
            places.extend(draft.definition().pointer(key).map(|_| key.to_owned()));
            continue;
        }
        let has = |i: usize| draft.definition().pointer(&containers[i].at(key)).is_some_and(|value| *value != Value::Null);
        let of = |all: &[usize]| all.iter().filter(|i| has(**i)).map(|i| containers[*i].at(key)).collect::<Vec<_>>();
        let all: Vec<usize> = (0..containers.len()).collect();
        let mut found = of(&named);
        if found.is_empty() {
            found = of(&all);
        }
        if found.is_empty() && EXPECTED.contains(&key) {
            found = all.iter().map(|i| containers[*i].at(key)).collect();
        }
        places.extend(found);
    }
    places.truncate(MOST);
    places
}

/// Each once, in the order of the rules.
fn members(known: &Known) -> Vec<&'static str> {
    let mut keys: Vec<&str> = Vec::new();
    for rule in known.rules {
        let key = BY_RULE.iter().find(|(start, _)| rule.id.starts_with(start)).map(|(_, key)| *key);
        keys.extend(key.filter(|key| !keys.contains(key)));
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnose::diagnose;

    fn of(text: &str) -> Vec<String> {
        fields(&diagnose(text).causes[0], &Draft::tutorial())
    }

    #[test]
    fn a_cause_leads_to_the_fields_that_it_is_about() {
        let images = ["/containerDefinitions/0/image", "/containerDefinitions/1/image"];
        assert_eq!(of("CannotPullContainerError: pull access denied")[..2], images);
        assert_eq!(of("pull access denied for myid/webserver, repository does not exist")[0], images[0]);
        assert!(!of("pull access denied for myid/webserver, repository does not exist").contains(&images[1].to_owned()), "the words name the other one");
        assert!(of("Container unhealthy").iter().all(|place| place.ends_with("/healthCheck")) && !of("Container unhealthy").is_empty());
        assert_eq!(of("Role is not valid"), ["/executionRoleArn"]);
    }
}
