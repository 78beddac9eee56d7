//! The end, in the tutorial's order: the service, the task, the definition, the cluster, so that nothing costs money.

use super::{
    Stage,
    lines::{Names, option},
};
use crate::{
    Launch,
    messages::all::{NEXT_CLEAN, NEXT_CLEAN_JOB},
};

pub(super) fn clean(n: &Names) -> Stage {
    let (at, cluster) = (n.at(), n.in_cluster());
    let mut lines = Vec::new();
    if n.schedule.is_some() {
        lines.push(format!("aws scheduler delete-schedule {} {at}", option("--name", &n.short(64))));
    } else {
        lines.push(format!("aws ecs delete-service {} {} --force", cluster, option("--service", &n.family)));
        lines.push(format!("if [ -n \"$TASK_ARN\" ]; then aws ecs stop-task {cluster} --task \"$TASK_ARN\"; fi"));
        if n.front.is_some() {
            lines.push(format!("if [ -n \"$LOAD_BALANCER_ARN\" ]; then aws elbv2 delete-load-balancer --load-balancer-arn \"$LOAD_BALANCER_ARN\" {at}; fi"));
        }
    }
    if n.launch == Launch::Ec2 && !n.windows {
        lines.push(format!("if [ -n \"$INSTANCE_IDS\" ]; then aws ec2 terminate-instances --instance-ids $INSTANCE_IDS {at} && aws ec2 wait instance-terminated --instance-ids $INSTANCE_IDS {at}; fi"));
    }
    let newest =
        format!("aws ecs describe-task-definition {} {at} --query taskDefinition.taskDefinitionArn --output text", option("--task-definition", &n.definition));
    lines.push(format!("aws ecs deregister-task-definition --task-definition \"$({newest})\" {at}"));
    lines.push(format!("aws ecs delete-cluster {cluster}"));
    lines.extend(n.groups.iter().map(|(group, region)| format!("aws logs delete-log-group {} --region {region}", option("--log-group-name", group))));
    lines.push(format!("if [ -n \"$SECURITY_GROUP_ID\" ]; then aws ec2 delete-security-group --group-id \"$SECURITY_GROUP_ID\" {at}; fi"));
    Stage { id: "clean", message: if n.schedule.is_some() { &NEXT_CLEAN_JOB } else { &NEXT_CLEAN }, commands: lines.join("\n") }
}
