//! Where the task runs in the network: the default VPC of the account, its subnets, and a security group for the visitors' port.

use super::{
    Mode, Stage,
    lines::{Names, read},
};
use crate::{
    Launch,
    messages::all::{NEXT_NETWORK, NEXT_NETWORK_EC2},
};

/// Ports of a host that Docker picks from. Source: API reference, PortMapping.hostPort.
const DYNAMIC: &str = "32768-65535";

pub(super) fn network(n: &Names) -> Stage {
    let at = n.at();
    let mut lines = vec![
        // Without it, the CLI shows long answers page by page, and a pager takes the next lines for its keys.
        "export AWS_PAGER=".to_owned(),
        read("VPC_ID", &format!("aws ec2 describe-vpcs --filters Name=is-default,Values=true {at}"), "Vpcs[0].VpcId"),
        format!(
            "SUBNET_IDS=$(aws ec2 describe-subnets --filters \"Name=vpc-id,Values=$VPC_ID\" Name=default-for-az,Values=true {at} --query 'Subnets[].SubnetId' --output text | tr '\\t' ',')"
        ),
        read(
            "SECURITY_GROUP_ID",
            &format!("aws ec2 create-security-group --group-name {0} --description {0} --vpc-id \"$VPC_ID\" {at}", n.short(100)),
            "GroupId",
        ),
    ];
    if let Some(port) = open(n) {
        lines.push(format!("aws ec2 authorize-security-group-ingress --group-id \"$SECURITY_GROUP_ID\" --protocol tcp --port {port} --cidr 0.0.0.0/0 {at}"));
    }
    lines.push("echo \"$VPC_ID $SUBNET_IDS $SECURITY_GROUP_ID\"".into());
    let message = if n.launch == Launch::Fargate { &NEXT_NETWORK } else { &NEXT_NETWORK_EC2 };
    Stage { id: "network", message, commands: lines.join("\n") }
}

/// The port, or the ports, that are opened.
fn open(n: &Names) -> Option<String> {
    let front = n.front.as_ref()?;
    match n.mode {
        Mode::Awsvpc | Mode::Host => Some(front.port.to_string()),
        Mode::Bridge => Some(front.host.map_or_else(|| DYNAMIC.to_owned(), |port| port.to_string())),
        Mode::None => None,
    }
}
