//! The instances of a cluster on EC2. Without them a task has nowhere to run.

use super::{
    Stage,
    lines::{Names, option, read},
};
use crate::{
    Launch,
    grammar::shell::always,
    messages::all::{NEXT_INSTANCES, NEXT_INSTANCES_NOT},
};
use serde_json::json;

/// Source: Amazon ECS developer guide, retrieving ECS-optimized Linux AMI metadata.
const AMI: &str = "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id";
const AMI_ARM: &str = "/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id";

/// The tag of the instances that are started here; its value is the cluster's name.
pub(super) const TAG: &str = "taskwright-cluster";

/// The role of an instance, by the name that the console gives it. Source: Amazon ECS developer guide, container instance IAM role.
const ROLE: &str = "ecsInstanceRole";

pub(super) fn instances(n: &Names) -> Option<Stage> {
    match n.launch {
        Launch::Ec2 if !n.windows => Some(started(n)),
        Launch::Fargate => None,
        // They come another way: it is said, and no command is made up.
        _ => Some(Stage { id: "instances", message: &NEXT_INSTANCES_NOT, commands: String::new() }),
    }
}

fn started(n: &Names) -> Stage {
    let at = n.at();
    let trust =
        json!({ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Principal": { "Service": "ec2.amazonaws.com" }, "Action": "sts:AssumeRole" }] });
    let partition = super::super::RegionName::parse(&n.region).map_or_else(|_| "aws".to_owned(), |region| super::super::Partition::of(&region).to_string());
    let lines = [
        format!("if ! aws iam get-instance-profile --instance-profile-name {ROLE} >/dev/null 2>&1; then"),
        format!("  aws iam create-role --role-name {ROLE} --assume-role-policy-document {}", always(&trust.to_string())),
        format!(
            "  aws iam attach-role-policy --role-name {ROLE} --policy-arn arn:{partition}:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role"
        ),
        format!("  aws iam create-instance-profile --instance-profile-name {ROLE}"),
        format!("  aws iam add-role-to-instance-profile --instance-profile-name {ROLE} --role-name {ROLE}"),
        "  sleep 15".to_owned(),
        "fi".to_owned(),
        read("AMI_ID", &format!("aws ssm get-parameters --names {} {at}", if n.arm { AMI_ARM } else { AMI }), "Parameters[0].Value"),
        format!("printf '#!/bin/bash\\necho ECS_CLUSTER=%s >>/etc/ecs/ecs.config\\n' {} >ecs-user-data.sh", always(&n.cluster)),
        read(
            "INSTANCE_IDS",
            &format!(
                "aws ec2 run-instances --image-id \"$AMI_ID\" --instance-type {} --count {} --iam-instance-profile Name={ROLE} --user-data file://ecs-user-data.sh --subnet-id \"${{SUBNET_IDS%%,*}}\" --security-group-ids \"$SECURITY_GROUP_ID\" --associate-public-ip-address --tag-specifications \"ResourceType=instance,Tags=[{{Key={TAG},Value={}}}]\" {at}",
                n.instance_type, n.count, n.cluster
            ),
            "Instances[].InstanceId",
        ),
        format!("aws ec2 wait instance-status-ok --instance-ids $INSTANCE_IDS {at}"),
        format!("aws ecs list-container-instances {} {at}", option("--cluster", &n.cluster)),
    ];
    Stage { id: "instances", message: &NEXT_INSTANCES, commands: lines.join("\n") }
}
