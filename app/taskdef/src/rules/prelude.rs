//! What every area's file speaks with.

pub(super) use super::{Findings, Rule, State, read::*, rule, waits, with_another};
pub(super) use crate::{
    Edit, Launch,
    Severity::{Advice, Error, Warning},
    edit::{self, Op},
    finding::Param,
    model::{Network, Task, present},
    view::ContainerView,
};
pub(super) use serde_json::{Value, json};
