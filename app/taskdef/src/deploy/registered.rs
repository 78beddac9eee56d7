//! What AWS makes of a definition that it registered: defaults filled in, names resolved, empty lists added. All of it
//! is folded away before two definitions are compared, so that only what a person changed is a change.
//!
//! Source: Amazon ECS API reference, RegisterTaskDefinition and TaskDefinition (defaults of each member).

use super::TAG;
use crate::{
    document::compare::{self, Change},
    formats::import::READ_ONLY,
    grammar::size,
};
use serde_json::{Map, Value, json};

/// What registering `wanted` changes of the revision that AWS gave (with its `tags`), in the account. Places start at
/// `/definition`.
pub fn changes(newest: &Value, wanted: &Value, account: &str) -> Vec<Change> {
    let around = |definition: &Value| json!({ "definition": folded(definition, account) });
    let mut changes = compare::diff(&around(newest), &around(wanted));
    // Containers, variables and tags are known by name: AWS gives them back in its own order.
    changes.retain(|c| !c.order);
    changes
}

/// A definition without what AWS adds by itself.
fn folded(definition: &Value, account: &str) -> Value {
    let mut definition = definition.clone();
    let Value::Object(map) = &mut definition else { return definition };
    map.retain(|key, _| !READ_ONLY.contains(&key.as_str()));
    let same_port = matches!(map.get("networkMode").and_then(Value::as_str), Some("awsvpc" | "host"));
    drop_where(map, "networkMode", |v| v == "bridge");
    drop_where(map, "enableFaultInjection", |v| *v == false);
    for key in ["executionRoleArn", "taskRoleArn"] {
        if let Some(Value::String(arn)) = map.get_mut(key)
            && let Some(name) = of_account(arn, account)
        {
            *arn = name.to_owned();
        }
    }
    for (key, parse) in [("cpu", size::parse_cpu as fn(&str) -> Option<u64>), ("memory", size::parse_memory)] {
        if let Some(Value::String(text)) = map.get_mut(key)
            && let Some(units) = parse(text)
        {
            *text = units.to_string();
        }
    }
    if let Some(Value::Array(list)) = map.get_mut("requiresCompatibilities") {
        list.sort_by_key(ToString::to_string);
    }
    if let Some(Value::Array(tags)) = map.get_mut("tags") {
        tags.retain(|t| t.get("key").and_then(Value::as_str) != Some(TAG));
    }
    for container in objects(map, "containerDefinitions") {
        drop_where(container, "cpu", |v| v.as_u64() == Some(0));
        for port in objects(container, "portMappings") {
            let own = port.get("containerPort").cloned();
            drop_where(port, "hostPort", |v| if same_port { Some(v) == own.as_ref() } else { v.as_u64() == Some(0) });
        }
        if let Some(Value::Object(check)) = container.get_mut("healthCheck") {
            for (key, default) in [("interval", 30), ("timeout", 5), ("retries", 3), ("startPeriod", 0)] {
                drop_where(check, key, |v| v.as_u64() == Some(default));
            }
        }
    }
    definition
}

fn drop_where(map: &mut Map<String, Value>, key: &str, is: impl Fn(&Value) -> bool) {
    if map.get(key).is_some_and(is) {
        map.shift_remove(key);
    }
}

fn objects<'m>(map: &'m mut Map<String, Value>, key: &str) -> impl Iterator<Item = &'m mut Map<String, Value>> {
    map.get_mut(key).and_then(Value::as_array_mut).into_iter().flatten().filter_map(Value::as_object_mut)
}

/// The role's path and name, where its ARN is of this account: RegisterTaskDefinition takes a short name as well.
fn of_account<'a>(arn: &'a str, account: &str) -> Option<&'a str> {
    let (head, name) = arn.split_once(":role/")?;
    let own = head.strip_prefix("arn:")?.split_once(":iam::").is_some_and(|(_, a)| a == account);
    own.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Draft, deploy::Plan};

    const ACCOUNT: &str = "123456789012";

    /// The tutorial's definition as AWS gives it back.
    fn given_back() -> Value {
        let mut d = Plan::for_tests(&Draft::tutorial()).definition;
        d["tags"] = json!([{ "key": TAG, "value": "another/stamp" }]);
        d["executionRoleArn"] = json!(format!("arn:aws:iam::{ACCOUNT}:role/ecsTaskExecutionRole"));
        for (key, value) in [
            ("taskDefinitionArn", json!("arn:aws:ecs:ap-northeast-2:123456789012:task-definition/my-task:3")),
            ("revision", json!(3)),
            ("status", json!("ACTIVE")),
            ("compatibilities", json!(["EC2", "FARGATE"])),
            ("requiresAttributes", json!([{ "name": "ecs.capability.task-eni" }])),
            ("registeredAt", json!(1_700_000_000.5)),
            ("registeredBy", json!("arn:aws:iam::123456789012:user/ann")),
            ("volumes", json!([])),
            ("placementConstraints", json!([])),
        ] {
            d[key] = value;
        }
        for c in d["containerDefinitions"].as_array_mut().unwrap() {
            c["mountPoints"] = json!([]);
            c["volumesFrom"] = json!([]);
            c["systemControls"] = json!([]);
            c["portMappings"][0]["hostPort"] = c["portMappings"][0]["containerPort"].clone();
            c["logConfiguration"]["secretOptions"] = json!([]);
        }
        d["containerDefinitions"][0]["environment"].as_array_mut().unwrap().reverse();
        d
    }

    fn said(newest: &Value, wanted: &Value) -> Vec<String> {
        changes(newest, wanted, ACCOUNT).into_iter().map(|c| c.path).collect()
    }

    #[test]
    fn what_aws_fills_in_is_no_change() {
        let wanted = Plan::for_tests(&Draft::tutorial()).definition;
        assert_eq!(said(&given_back(), &wanted), [""; 0]);
    }

    #[test]
    fn defaults_that_were_left_out_are_no_change() {
        let mut wanted = Plan::for_tests(&Draft::tutorial()).definition;
        let c = &mut wanted["containerDefinitions"][1];
        for key in ["interval", "timeout", "retries"] {
            c["healthCheck"].as_object_mut().unwrap().shift_remove(key);
        }
        c["portMappings"][0].as_object_mut().unwrap().shift_remove("protocol");
        c.as_object_mut().unwrap().shift_remove("essential");
        wanted["cpu"] = json!("1 vCPU");
        wanted["memory"] = json!("2 GB");
        assert_eq!(said(&given_back(), &wanted), [""; 0]);
    }

    #[test]
    fn on_ec2_a_bridge_and_a_free_host_port_are_what_is_left_out() {
        let ports = |port: Value| json!({ "family": "f", "containerDefinitions": [{ "name": "a", "portMappings": [port] }] });
        let mut newest = ports(json!({ "containerPort": 80, "hostPort": 0, "protocol": "tcp" }));
        newest["networkMode"] = json!("bridge");
        assert_eq!(said(&newest, &ports(json!({ "containerPort": 80 }))), [""; 0]);
        assert_eq!(said(&newest, &ports(json!({ "containerPort": 80, "hostPort": 80 }))), ["/definition/containerDefinitions/0/portMappings/0/hostPort"]);
    }

    #[test]
    fn what_a_person_changed_is_a_change_at_its_place() {
        let mut wanted = Plan::for_tests(&Draft::tutorial()).definition;
        wanted["cpu"] = json!("512");
        wanted["containerDefinitions"][0]["environment"][0]["value"] = json!("test");
        wanted["containerDefinitions"][1]["healthCheck"]["retries"] = json!(5);
        wanted["executionRoleArn"] = json!("arn:aws:iam::210987654321:role/ecsTaskExecutionRole");
        wanted["tags"].as_array_mut().unwrap().push(json!({ "key": "team", "value": "blue" }));
        let mut said = said(&given_back(), &wanted);
        said.sort();
        assert_eq!(
            said,
            [
                "/definition/containerDefinitions/0/environment/0/value",
                "/definition/containerDefinitions/1/healthCheck/retries",
                "/definition/cpu",
                "/definition/executionRoleArn",
                "/definition/tags"
            ]
        );
    }
}
