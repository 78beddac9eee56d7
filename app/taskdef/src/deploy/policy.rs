//! The smallest IAM policy that a plan needs in an account: what would be made, and the looks before it.
//!
//! Source: Service Authorization Reference of Amazon ECS, CloudWatch Logs, IAM; Amazon ECS developer guide, IAM roles.
//! Where an action knows no resources, its resource is `*`.

use super::{Found, Plan, RoleState, Thing};
use serde_json::{Value, json};

/// The policy as a document.
pub fn smallest(plan: &Plan, found: &Found) -> Value {
    let arn = |service: &str, region: &str, what: &str| format!("arn:{}:{service}:{region}:{}:{what}", plan.partition, found.account);
    let cluster = arn("ecs", &plan.region, &format!("cluster/{}", plan.cluster));
    let mut all = vec![
        allow("Look", &["ecs:DescribeTaskDefinition", "ecs:ListTaskDefinitions"], json!("*")),
        allow("LookAtCluster", &["ecs:DescribeClusters"], json!(cluster)),
    ];
    if found.cluster == Thing::Missing {
        all.push(allow("MakeCluster", &["ecs:CreateCluster"], json!("*")));
        all.push(tags("TagCluster", cluster, "CreateCluster"));
        // An account's first cluster makes the role that ECS itself works with.
        let linked = format!("arn:{}:iam::{}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS", plan.partition, found.account);
        let mut first = allow("FirstCluster", &["iam:CreateServiceLinkedRole"], json!(linked));
        first["Condition"] = json!({ "StringEquals": { "iam:AWSServiceName": "ecs.amazonaws.com" } });
        all.push(first);
    }
    let region = |i: usize| plan.groups[i].region.as_deref().unwrap_or(&plan.region);
    if !plan.groups.is_empty() {
        let mut regions: Vec<&str> = (0..plan.groups.len()).map(region).collect();
        regions.sort_unstable();
        regions.dedup();
        all.push(allow("LookAtLogGroups", &["logs:DescribeLogGroups"], json!(regions.iter().map(|r| arn("logs", r, "log-group:*")).collect::<Vec<_>>())));
    }
    let missing = |i: &usize| found.groups.get(*i) == Some(&Thing::Missing);
    let groups: Vec<String> = (0..plan.groups.len()).filter(missing).map(|i| arn("logs", region(i), &format!("log-group:{}", plan.groups[i].name))).collect();
    if !groups.is_empty() {
        // With and without the end that the logs inside have: actions differ in which they look for.
        let both: Vec<String> = groups.iter().flat_map(|g| [g.clone(), format!("{g}:*")]).collect();
        all.push(allow("MakeLogGroups", &["logs:CreateLogGroup", "logs:PutRetentionPolicy", "logs:TagResource"], json!(both)));
    }
    let own = found.roles.iter().zip(&plan.roles).filter(|(f, _)| f.state != RoleState::Elsewhere);
    let looked: Vec<String> = own.map(|(f, r)| role_arn(plan, found, r, f.arn.as_deref())).collect();
    if !looked.is_empty() {
        all.push(allow("LookAtRoles", &["iam:GetRole"], json!(looked)));
    }
    if found.needs_revision() {
        all.push(allow("Register", &["ecs:RegisterTaskDefinition"], json!("*")));
        if plan.stamp.is_some() || plan.definition.get("tags").is_some() {
            all.push(tags("TagRevision", arn("ecs", &plan.region, &format!("task-definition/{}:*", plan.family)), "RegisterTaskDefinition"));
        }
        let passed: Vec<String> = found.roles.iter().zip(&plan.roles).map(|(f, r)| role_arn(plan, found, r, f.arn.as_deref())).collect();
        if !passed.is_empty() {
            let mut pass = allow("HandRolesToTasks", &["iam:PassRole"], json!(passed));
            pass["Condition"] = json!({ "StringEquals": { "iam:PassedToService": "ecs-tasks.amazonaws.com" } });
            all.push(pass);
        }
    }
    json!({ "Version": "2012-10-17", "Statement": all })
}

/// The smallest policy that reads images of private repositories in Amazon ECR, which are given by their ARNs.
/// Source: Service Authorization Reference of Amazon Elastic Container Registry.
pub fn read_images(repositories: &[String]) -> Value {
    json!({ "Version": "2012-10-17", "Statement": [
        allow("SignIn", &["ecr:GetAuthorizationToken"], json!("*")),
        allow("ReadImages", &["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], json!(repositories)),
    ] })
}

fn allow(id: &str, actions: &[&str], resource: Value) -> Value {
    json!({ "Sid": id, "Effect": "Allow", "Action": actions, "Resource": resource })
}

/// Tags on what is being made, and on nothing that is there already.
/// Source: Amazon ECS developer guide, granting permission to tag resources on creation.
fn tags(id: &str, resource: String, create: &str) -> Value {
    let mut tags = allow(id, &["ecs:TagResource"], json!(resource));
    tags["Condition"] = json!({ "StringEquals": { "ecs:CreateAction": create } });
    tags
}

fn role_arn(plan: &Plan, found: &Found, role: &super::Role, seen: Option<&str>) -> String {
    let account = role.account.as_deref().unwrap_or(&found.account);
    seen.map_or_else(|| format!("arn:{}:iam::{account}:role/{}", plan.partition, role.name), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Draft, deploy::RoleFound};

    fn found(cluster: Thing, group: Thing) -> Found {
        let role = RoleFound { arn: Some("arn:aws:iam::123456789012:role/team/ecsTaskExecutionRole".into()), state: RoleState::There };
        Found { account: "123456789012".into(), principal: "p".into(), cluster, groups: vec![group], roles: vec![role], newest: None }
    }

    fn actions(policy: &Value) -> Vec<&str> {
        let all = policy["Statement"].as_array().unwrap();
        all.iter().flat_map(|s| s["Action"].as_array().unwrap()).map(|a| a.as_str().unwrap()).collect()
    }

    #[test]
    fn it_allows_what_the_plan_uses_and_nothing_else() {
        let plan = Plan::for_tests(&Draft::tutorial());
        let whole = smallest(&plan, &found(Thing::Missing, Thing::Missing));
        for action in ["ecs:CreateCluster", "logs:CreateLogGroup", "logs:PutRetentionPolicy", "ecs:RegisterTaskDefinition", "iam:PassRole", "iam:GetRole"] {
            assert!(actions(&whole).contains(&action), "{action}");
        }
        let there = smallest(&plan, &found(Thing::There, Thing::There));
        assert!(!actions(&there).iter().any(|a| a.contains("Create") || a.contains("Put")), "{there}");
        let mut same = found(Thing::There, Thing::There);
        let mut definition = plan.definition.clone();
        definition["revision"] = json!(1);
        same.newest = Some(crate::deploy::Newest::beside(&plan, "123456789012", definition));
        assert!(!actions(&smallest(&plan, &same)).iter().any(|a| a.contains("Register") || a.contains("Pass") || a.contains("Tag")));
    }

    #[test]
    fn tags_are_allowed_only_on_what_is_being_made() {
        let policy = smallest(&Plan::for_tests(&Draft::tutorial()), &found(Thing::Missing, Thing::Missing));
        let tags: Vec<&Value> = policy["Statement"].as_array().unwrap().iter().filter(|s| s["Action"] == json!(["ecs:TagResource"])).collect();
        let when: Vec<&Value> = tags.iter().map(|s| &s["Condition"]["StringEquals"]["ecs:CreateAction"]).collect();
        assert_eq!(when, ["CreateCluster", "RegisterTaskDefinition"]);
    }

    #[test]
    fn roles_are_handed_over_by_name_and_only_to_tasks() {
        let plan = Plan::for_tests(&Draft::tutorial());
        let policy = smallest(&plan, &found(Thing::There, Thing::There));
        let pass = policy["Statement"].as_array().unwrap().iter().find(|s| s["Action"][0] == "iam:PassRole").unwrap();
        assert_eq!(pass["Resource"], json!(["arn:aws:iam::123456789012:role/team/ecsTaskExecutionRole"]));
        assert_eq!(pass["Condition"]["StringEquals"]["iam:PassedToService"], "ecs-tasks.amazonaws.com");
    }

    #[test]
    fn arns_are_of_the_regions_partition() {
        let mut draft = Draft::tutorial();
        draft.put("region", json!("cn-north-1"));
        let mut found = found(Thing::Missing, Thing::Missing);
        found.roles[0].arn = None;
        let text = smallest(&Plan::for_tests(&draft), &found).to_string();
        assert!(text.contains("arn:aws-cn:iam::123456789012:role/ecsTaskExecutionRole") && !text.contains("arn:aws:"), "{text}");
    }
}
