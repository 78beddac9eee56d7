//! One task, its address, and what it writes.

use super::{
    Mode, Stage,
    lines::{Names, option, read},
};
use crate::{
    Launch,
    grammar::shell::quoted,
    messages::all::{NEXT_LOGS, NEXT_RUN, NEXT_RUN_AWSVPC, NEXT_RUN_EC2, NEXT_RUN_INSIDE, NEXT_RUN_JOB},
};

pub(super) fn run(n: &Names) -> Stage {
    let (at, cluster) = (n.at(), n.in_cluster());
    let task = format!("aws ecs run-task {} {}{} {at}", option("--cluster", &n.cluster), option("--task-definition", &n.definition), n.placed());
    let job = n.schedule.is_some();
    let mut lines = vec![read("TASK_ARN", &task, "tasks[0].taskArn")];
    lines.push(format!("aws ecs wait {} {cluster} --tasks \"$TASK_ARN\"", if job { "tasks-stopped" } else { "tasks-running" }));
    let interface = n.launch == Launch::Fargate && n.mode == Mode::Awsvpc;
    if job {
        lines.push(format!("aws ecs describe-tasks {cluster} --tasks \"$TASK_ARN\" --query 'tasks[0].[stoppedReason,containers[].[name,exitCode,reason]]'"));
    } else if let (true, Some(front)) = (interface, &n.front) {
        lines.push(read(
            "ENI_ID",
            &format!("aws ecs describe-tasks {cluster} --tasks \"$TASK_ARN\""),
            "tasks[0].attachments[0].details[?name=='networkInterfaceId'].value | [0]",
        ));
        lines.push(read(
            "PUBLIC_IP",
            &format!("aws ec2 describe-network-interfaces --network-interface-ids \"$ENI_ID\" {at}"),
            "NetworkInterfaces[0].Association.PublicIp",
        ));
        lines.push(format!("echo \"http://$PUBLIC_IP:{}\"", front.port));
    } else if let (Launch::Ec2, Mode::Bridge | Mode::Host, Some(_)) = (n.launch, n.mode, &n.front) {
        // The task is on one of the instances that were started above.
        lines.push(format!("aws ec2 describe-instances --instance-ids $INSTANCE_IDS {at} --query 'Reservations[].Instances[].PublicIpAddress' --output text"));
        lines.push(format!(
            "aws ecs describe-tasks {cluster} --tasks \"$TASK_ARN\" --query 'tasks[0].containers[].networkBindings[].[containerPort,hostPort]' --output text"
        ));
    }
    let message = match (job, n.launch) {
        (true, _) => &NEXT_RUN_JOB,
        (false, Launch::Fargate) => &NEXT_RUN,
        (false, _) if n.front.is_some() && n.mode == Mode::Awsvpc => &NEXT_RUN_AWSVPC,
        (false, Launch::Ec2) if n.front.is_some() && n.mode != Mode::None => &NEXT_RUN_EC2,
        (false, _) => &NEXT_RUN_INSIDE,
    };
    Stage { id: "run", message, commands: lines.join("\n") }
}

/// Needs version 2 of the AWS CLI, which CloudShell has.
pub(super) fn logs(n: &Names) -> Option<Stage> {
    let line = |(group, region): &(String, String)| format!("aws logs tail {} --since 1h --region {region}", quoted(group));
    // The command has no option for the name, and takes one that begins with a hyphen for another option.
    let lines: Vec<String> = n.groups.iter().filter(|(group, _)| !group.starts_with('-')).map(line).collect();
    (!lines.is_empty()).then(|| Stage { id: "logs", message: &NEXT_LOGS, commands: lines.join("\n") })
}
