//! What every area's files read and report with.

pub(super) use super::{
    Pass, Report, Rule,
    context::{HealthCheck, Network, Task, arn::*, read::*},
    declare::{advice, error, rules, warning},
    report::Reporter,
    rule::State::{NeedsAccount, NeedsRegistry},
    spelling,
};
pub(super) use crate::{
    Edit, Launch,
    Severity::{Advice, Error, Warning},
    document::{
        edit::{self, Op},
        value::text_of,
        view::ContainerView,
    },
    finding::Param,
};
pub(super) use serde_json::{Value, json};
