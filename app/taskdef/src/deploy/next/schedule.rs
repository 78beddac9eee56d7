//! A job that runs by the clock: EventBridge Scheduler, with a role that may run this task and pass its roles on.

use super::{
    super::{Partition, RegionName},
    Mode, Stage,
    lines::{Names, option, read},
};
use crate::{Launch, grammar::shell::always, messages::all::NEXT_SCHEDULE};
use serde_json::json;

pub(super) fn schedule(n: &Names) -> Option<Stage> {
    let schedule = n.schedule.as_ref()?;
    let (at, role) = (n.at(), n.short(60));
    let partition = RegionName::parse(&n.region).map_or_else(|_| "aws".to_owned(), |region| Partition::of(&region).to_string());
    let zone = if n.region == "ap-northeast-2" { "Asia/Seoul" } else { "UTC" };
    let arn = |what: &str| format!("arn:{partition}:ecs:{}:$ACCOUNT_ID:{what}", n.region);
    let trust = json!({ "Version": "2012-10-17", "Statement": [
        { "Effect": "Allow", "Principal": { "Service": "scheduler.amazonaws.com" }, "Action": "sts:AssumeRole" }] });
    let mut statements = vec![json!({ "Effect": "Allow", "Action": "ecs:RunTask", "Resource": arn(&format!("task-definition/{}:*", n.family)) })];
    let passed: Vec<String> = n.roles.iter().map(|role| format!("arn:{partition}:iam::$ACCOUNT_ID:role/{role}")).collect();
    if !passed.is_empty() {
        statements.push(json!({ "Effect": "Allow", "Action": "iam:PassRole", "Resource": passed,
            "Condition": { "StringEquals": { "iam:PassedToService": "ecs-tasks.amazonaws.com" } } }));
    }
    let policy = json!({ "Version": "2012-10-17", "Statement": statements });
    let mut parameters = json!({ "TaskDefinitionArn": arn(&format!("task-definition/{}", n.definition)), "TaskCount": 1 });
    match n.launch {
        Launch::Fargate => parameters["LaunchType"] = json!("FARGATE"),
        Launch::Ec2 => parameters["LaunchType"] = json!("EC2"),
        Launch::External => parameters["LaunchType"] = json!("EXTERNAL"),
        Launch::ManagedInstances => {}
    }
    if n.mode == Mode::Awsvpc {
        let mut network = json!({ "Subnets": ["${SUBNET_IDS%%,*}"], "SecurityGroups": ["$SECURITY_GROUP_ID"] });
        if n.launch == Launch::Fargate {
            network["AssignPublicIp"] = json!("ENABLED");
        }
        parameters["NetworkConfiguration"] = json!({ "awsvpcConfiguration": network });
    }
    let target = json!({ "Arn": arn(&format!("cluster/{}", n.cluster)), "RoleArn": format!("arn:{partition}:iam::$ACCOUNT_ID:role/{role}"), "EcsParameters": parameters });
    // No name in them has a `$`, a backquote or a backslash: the shell replaces only what stands for what AWS has chosen.
    let file = |name: &str, content: String| format!("cat >{name} <<END\n{content}\nEND");
    let lines = [
        read("ACCOUNT_ID", "aws sts get-caller-identity", "Account"),
        format!("aws iam create-role --role-name {role} --assume-role-policy-document {}", always(&trust.to_string())),
        file("schedule-policy.json", policy.to_string()),
        format!("aws iam put-role-policy --role-name {role} --policy-name run-task --policy-document file://schedule-policy.json"),
        file("schedule-target.json", target.to_string()),
        "sleep 15".to_owned(),
        format!(
            "aws scheduler create-schedule {} --schedule-expression {} --schedule-expression-timezone {zone} --flexible-time-window Mode=OFF --target file://schedule-target.json {at}",
            option("--name", &n.short(64)),
            always(schedule)
        ),
    ];
    Some(Stage { id: "schedule", message: &NEXT_SCHEDULE, commands: lines.join("\n") })
}
