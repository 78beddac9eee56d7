//! A service, which keeps tasks running; a load balancer in front of it; and how many tasks it has.

use super::{
    Mode, Stage,
    lines::{Names, option, read},
};
use crate::{
    grammar::shell::quoted,
    messages::all::{NEXT_BALANCER, NEXT_SCALING, NEXT_SERVICE},
};

/// Longest name of a load balancer and of a target group. Source: Elastic Load Balancing API reference, CreateLoadBalancer.
pub(super) const LONGEST: usize = 32;

/// Looks at the service.
pub(super) fn service_of(n: &Names) -> String {
    format!("aws ecs describe-services {} {}", n.in_cluster(), option("--services", &n.family))
}

fn create(n: &Names) -> String {
    format!(
        "aws ecs create-service {} {} {} --desired-count 1{} {}",
        option("--cluster", &n.cluster),
        option("--service-name", &n.family),
        option("--task-definition", &n.definition),
        n.placed(),
        n.at()
    )
}

pub(super) fn service(n: &Names) -> Stage {
    Stage { id: "service", message: &NEXT_SERVICE, commands: format!("{}\n{}", create(n), stable(n)) }
}

fn stable(n: &Names) -> String {
    format!("aws ecs wait services-stable {} {}", n.in_cluster(), option("--services", &n.family))
}

/// In front of the service, which exists already: a second one of its name would be refused.
pub(super) fn balancer(n: &Names) -> Option<Stage> {
    let front = n.front.as_ref().filter(|_| n.mode != Mode::None)?;
    let (at, name) = (n.at(), n.short(LONGEST));
    let target = if n.mode == Mode::Awsvpc { "ip" } else { "instance" };
    let lines = [
        read(
            "LOAD_BALANCER_ARN",
            &format!(
                "aws elbv2 create-load-balancer --name {name} --type application --subnets ${{SUBNET_IDS//,/ }} --security-groups \"$SECURITY_GROUP_ID\" {at}"
            ),
            "LoadBalancers[0].LoadBalancerArn",
        ),
        format!("aws ec2 authorize-security-group-ingress --group-id \"$SECURITY_GROUP_ID\" --protocol tcp --port 80 --cidr 0.0.0.0/0 {at} || true"),
        read(
            "TARGET_GROUP_ARN",
            &format!("aws elbv2 create-target-group --name {name} --protocol HTTP --port {} --vpc-id \"$VPC_ID\" --target-type {target} {at}", front.port),
            "TargetGroups[0].TargetGroupArn",
        ),
        format!(
            "aws elbv2 create-listener --load-balancer-arn \"$LOAD_BALANCER_ARN\" --protocol HTTP --port 80 --default-actions \"Type=forward,TargetGroupArn=$TARGET_GROUP_ARN\" {at}"
        ),
        format!(
            "aws ecs update-service {} {} --load-balancers \"targetGroupArn=$TARGET_GROUP_ARN,containerName={},containerPort={}\"",
            n.in_cluster(),
            option("--service", &n.family),
            front.name,
            front.port
        ),
        stable(n),
        format!("aws elbv2 describe-load-balancers --load-balancer-arns \"$LOAD_BALANCER_ARN\" {at} --query 'LoadBalancers[0].DNSName' --output text"),
    ];
    Some(Stage { id: "balancer", message: &NEXT_BALANCER, commands: lines.join("\n") })
}

pub(super) fn scaling(n: &Names) -> Stage {
    let at = n.at();
    let of = format!(
        "--service-namespace ecs --scalable-dimension ecs:service:DesiredCount --resource-id {}",
        quoted(&format!("service/{}/{}", n.cluster, n.family))
    );
    let policy = r#"'{"TargetValue":60.0,"PredefinedMetricSpecification":{"PredefinedMetricType":"ECSServiceAverageCPUUtilization"}}'"#;
    let lines = [
        format!("aws application-autoscaling register-scalable-target {of} --min-capacity 1 --max-capacity 3 {at}"),
        format!(
            "aws application-autoscaling put-scaling-policy {of} --policy-name cpu --policy-type TargetTrackingScaling --target-tracking-scaling-policy-configuration {policy} {at}"
        ),
    ];
    Stage { id: "scaling", message: &NEXT_SCALING, commands: lines.join("\n") }
}
