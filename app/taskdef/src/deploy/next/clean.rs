//! The end, so that nothing costs money. It is often run in another terminal than the steps before it: what they made is looked up by its
//! name, and what still drains is waited for, since AWS deletes nothing that is in use.

use super::{
    Stage,
    instances::TAG,
    lines::{Names, option, read},
    service::{LONGEST, service_of},
};
use crate::{
    Launch,
    messages::all::{NEXT_CLEAN, NEXT_CLEAN_JOB},
};

pub(super) fn clean(n: &Names) -> Stage {
    let (at, cluster) = (n.at(), n.in_cluster());
    let mut lines = vec!["export AWS_PAGER=".to_owned()];
    if n.schedule.is_some() {
        schedule(n, &mut lines);
    } else {
        service(n, &mut lines);
    }
    lines.push(read("TASK_ARNS", &format!("aws ecs list-tasks {cluster} {}", option("--family", &n.family)), "taskArns[]"));
    lines.push("if [ -n \"$TASK_ARNS\" ]; then".into());
    lines.push(format!("  for TASK_ARN in $TASK_ARNS; do aws ecs stop-task {cluster} --task \"$TASK_ARN\" >/dev/null; done"));
    lines.push(format!("  aws ecs wait tasks-stopped {cluster} --tasks $TASK_ARNS"));
    lines.push("fi".into());
    if n.launch == Launch::Ec2 && !n.windows {
        instances(n, &mut lines);
    }
    let newest =
        format!("aws ecs describe-task-definition {} {at} --query taskDefinition.taskDefinitionArn --output text", option("--task-definition", &n.definition));
    lines.push(format!("aws ecs deregister-task-definition --task-definition \"$({newest})\" {at} >/dev/null"));
    lines.push(format!("aws ecs delete-cluster {cluster}"));
    lines.extend(n.groups.iter().map(|(group, region)| format!("aws logs delete-log-group {} --region {region}", option("--log-group-name", group))));
    security_group(n, &mut lines);
    Stage { id: "clean", message: if n.schedule.is_some() { &NEXT_CLEAN_JOB } else { &NEXT_CLEAN }, commands: lines.join("\n") }
}

/// The schedule and its role.
fn schedule(n: &Names, lines: &mut Vec<String>) {
    let role = n.short(60);
    lines.push(format!("aws scheduler delete-schedule {} {}", option("--name", &n.short(64)), n.at()));
    lines.push(format!("aws iam delete-role-policy --role-name {role} --policy-name run-task && aws iam delete-role --role-name {role}"));
}

/// The service until it has drained, then the load balancer, and last the target group, which nothing uses any more.
fn service(n: &Names, lines: &mut Vec<String>) {
    let (at, cluster) = (n.at(), n.in_cluster());
    lines.push(read("SERVICE_ARN", &service_of(n), "services[?status=='ACTIVE'].serviceArn"));
    lines.push("if [ -n \"$SERVICE_ARN\" ]; then".into());
    lines.push(format!("  aws ecs delete-service {cluster} {} --force >/dev/null", option("--service", &n.family)));
    lines.push(format!("  aws ecs wait services-inactive {cluster} {}", option("--services", &n.family)));
    lines.push("fi".into());
    if n.front.is_none() {
        return;
    }
    let name = n.short(LONGEST);
    lines.push(read(
        "LOAD_BALANCER_ARN",
        &format!("aws elbv2 describe-load-balancers {at}"),
        &format!("LoadBalancers[?LoadBalancerName=='{name}'].LoadBalancerArn"),
    ));
    lines.push("if [ -n \"$LOAD_BALANCER_ARN\" ]; then".into());
    lines.push(format!("  aws elbv2 delete-load-balancer --load-balancer-arn \"$LOAD_BALANCER_ARN\" {at}"));
    lines.push(format!("  aws elbv2 wait load-balancers-deleted --load-balancer-arns \"$LOAD_BALANCER_ARN\" {at}"));
    lines.push("fi".into());
    lines.push(read(
        "TARGET_GROUP_ARN",
        &format!("aws elbv2 describe-target-groups {at}"),
        &format!("TargetGroups[?TargetGroupName=='{name}'].TargetGroupArn"),
    ));
    lines.push(format!("if [ -n \"$TARGET_GROUP_ARN\" ]; then aws elbv2 delete-target-group --target-group-arn \"$TARGET_GROUP_ARN\" {at}; fi"));
}

/// Those that were started here carry a tag: others in the cluster are left alone.
fn instances(n: &Names, lines: &mut Vec<String>) {
    let at = n.at();
    let filters = format!("\"Name=tag:{TAG},Values={}\" Name=instance-state-name,Values=pending,running,stopping,stopped", n.cluster);
    lines.push(read("INSTANCE_IDS", &format!("aws ec2 describe-instances --filters {filters} {at}"), "Reservations[].Instances[].InstanceId"));
    lines.push("if [ -n \"$INSTANCE_IDS\" ]; then".into());
    lines.push(format!("  aws ec2 terminate-instances --instance-ids $INSTANCE_IDS {at} >/dev/null"));
    lines.push(format!("  aws ec2 wait instance-terminated --instance-ids $INSTANCE_IDS {at}"));
    lines.push("fi".into());
}

/// Network interfaces go some time after what used them, so it is tried again.
fn security_group(n: &Names, lines: &mut Vec<String>) {
    let (at, name) = (n.at(), n.short(100));
    let filters = format!("Name=group-name,Values={name} Name=description,Values={name}");
    lines.push(read("SECURITY_GROUP_ID", &format!("aws ec2 describe-security-groups --filters {filters} {at}"), "SecurityGroups[0].GroupId"));
    lines.push("if [ \"$SECURITY_GROUP_ID\" != None ]; then".into());
    lines.push(format!("  for TRY in 1 2 3 4 5 6 7 8; do aws ec2 delete-security-group --group-id \"$SECURITY_GROUP_ID\" {at} && break; sleep 15; done"));
    lines.push("fi".into());
}
