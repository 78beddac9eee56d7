//! What the page of one registration shows.

use crate::{register::AwsAccess, site::register::Refused};
use app::wire::CostView;
use taskdef::{
    Draft,
    deploy::{Operation, Run},
};

/// What the page of one operation shows.
#[derive(Clone, Debug)]
pub struct OperationModel {
    /// The token of the address.
    pub token: String,
    /// The draft's address, without a step.
    pub base: String,
    /// The operation's id, as addresses have it.
    pub id: String,
    /// The operation.
    pub operation: Operation,
    /// The draft as it is now.
    pub draft: Draft,
    /// Whether somebody works on it.
    pub held: bool,
    /// Whether the draft has changed since.
    pub stale: bool,
    /// How this server goes to AWS.
    pub access: AwsAccess,
    /// What was not in order.
    pub refused: Option<Refused>,
    /// What a running task costs.
    pub cost: Option<CostView>,
}

impl OperationModel {
    /// The address of this page.
    pub fn here(&self) -> String {
        format!("{}/review/register/{}", self.base, self.id)
    }

    /// Whether the page is one that changes by itself.
    pub fn is_going(&self) -> Option<&Run> {
        self.operation.run.as_ref().filter(|run| self.held && run.is_going())
    }
}
