//! The account and the Region that a definition names by itself: in ARNs, in Amazon ECR addresses, in log options.

use super::{
    Task,
    arn::{arn_account, arn_region},
};
use crate::{document::view::ContainerView, grammar::name::is_region};
use std::collections::BTreeSet;

/// ARNs and addresses of a container that name where they are.
fn arns<'t>(task: &'t Task<'_>) -> impl Iterator<Item = &'t str> {
    let roles = ["executionRoleArn", "taskRoleArn"].into_iter().filter_map(|key| task.text(key));
    roles.chain(task.secrets.iter().filter_map(|v| v.value))
}

/// The only one of several, where they agree.
fn only(names: BTreeSet<&str>) -> Option<&str> {
    let mut names = names.into_iter();
    names.next().filter(|_| names.next().is_none())
}

/// The Region that the person chose, or else the only one that the definition names.
pub(in crate::lint) fn named_region<'t>(task: &'t Task<'_>) -> Option<&'t str> {
    if let Some(region) = task.region() {
        return Some(region);
    }
    let ecr = |c: &ContainerView<'t>| c.reference().and_then(|r| r.ecr()).map(|(_, region)| region);
    let logs = |c: &ContainerView<'t>| Some(c.log_option("awslogs-region"));
    let all = arns(task).filter_map(arn_region).chain(task.containers.iter().filter_map(ecr)).chain(task.containers.iter().filter_map(logs));
    only(all.filter(|region| is_region(region)).collect())
}

/// The only account that the definition names, 12 digits.
pub(in crate::lint) fn named_account<'t>(task: &'t Task<'_>) -> Option<&'t str> {
    let ecr = |c: &ContainerView<'t>| c.reference().and_then(|r| r.ecr()).map(|(account, _)| account);
    let all = arns(task).filter_map(arn_account).chain(task.containers.iter().filter_map(ecr));
    only(all.filter(|account| account.len() == 12 && account.bytes().all(|b| b.is_ascii_digit())).collect())
}
