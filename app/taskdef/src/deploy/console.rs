//! Addresses in the AWS console, so that what was made can be seen there.

use super::{Group, Plan};
use crate::facts;
use std::fmt::Write;

/// The console of a Region; `None` for Regions that are not known, or that have no public console.
fn console(region: &str) -> Option<String> {
    let known = facts::region(region).filter(|r| r.listed)?;
    let domain = match known.partition.as_str() {
        "aws" => "aws.amazon.com",
        "aws-cn" => "amazonaws.cn",
        "aws-us-gov" => "amazonaws-us-gov.com",
        _ => return None,
    };
    Some(format!("https://{region}.console.{domain}"))
}

/// A terminal in the console, signed in.
pub fn cloudshell(region: &str) -> Option<String> {
    Some(format!("{}/cloudshell/home?region={region}", console(region)?))
}

/// The cluster.
pub fn cluster(plan: &Plan) -> Option<String> {
    Some(format!("{}/ecs/v2/clusters/{}?region={}", console(&plan.region)?, encoded(&plan.cluster), plan.region))
}

/// A log group. That page reads its part of the address after `#` in its own encoding.
pub fn group(plan: &Plan, group: &Group) -> Option<String> {
    let region = group.region.as_deref().unwrap_or(&plan.region);
    let name = encoded(&encoded(&group.name)).replace('%', "$");
    Some(format!("{}/cloudwatch/home?region={region}#logsV2:log-groups/log-group/{name}", console(region)?))
}

/// A revision of the task definition, by its ARN.
pub fn revision(plan: &Plan, arn: &str) -> Option<String> {
    let number = arn.rsplit(':').next().filter(|n| n.parse::<u64>().is_ok())?;
    Some(format!("{}/ecs/v2/task-definitions/{}/{number}?region={}", console(&plan.region)?, encoded(&plan.family), plan.region))
}

fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a text does not fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Draft;
    use serde_json::json;

    #[test]
    fn what_was_made_is_found_in_the_console_of_its_region() {
        let plan = Plan::for_tests(&Draft::tutorial());
        let home = "https://ap-northeast-2.console.aws.amazon.com";
        assert_eq!(cluster(&plan), Some(format!("{home}/ecs/v2/clusters/my-first-cluster?region=ap-northeast-2")));
        assert_eq!(
            group(&plan, &plan.groups[0]),
            Some(format!("{home}/cloudwatch/home?region=ap-northeast-2#logsV2:log-groups/log-group/$252Fecs$252Fmy-task"))
        );
        let arn = "arn:aws:ecs:ap-northeast-2:123456789012:task-definition/my-task:12";
        assert_eq!(revision(&plan, arn), Some(format!("{home}/ecs/v2/task-definitions/my-task/12?region=ap-northeast-2")));
        assert_eq!(cloudshell("ap-northeast-2"), Some(format!("{home}/cloudshell/home?region=ap-northeast-2")));
    }

    #[test]
    fn other_partitions_have_their_own_console_and_unknown_regions_none() {
        assert_eq!(cloudshell("cn-north-1").as_deref(), Some("https://cn-north-1.console.amazonaws.cn/cloudshell/home?region=cn-north-1"));
        let mut draft = Draft::tutorial();
        draft.put("region", json!("no-where-1"));
        assert_eq!(cluster(&Plan::for_tests(&draft)), None);
    }
}
