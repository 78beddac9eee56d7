//! IAM policies: who may take on the roles, what the roles may do, and what it takes to register the definition.

use super::{
    ExportError, Exported, File, Loss, definition,
    expr::{Expr, Ref, Text},
    json_text::{self, Marks},
    parameters::Parameters,
    policy::{self, Statement},
    stack,
};
use crate::{Draft, deploy::is_role_arn, formats::Format, grammar::name, messages::all::*};

pub(super) fn write(draft: &Draft) -> Result<Exported, ExportError> {
    let read = definition::read(draft, Format::IamPolicy);
    let mut losses = read.losses;
    let known = Known { region: stack::region(draft), account: account(&read.root), parameters: &read.parameters };
    if known.account.is_empty() {
        losses.add(Loss::asked(&EXPORT_ACCOUNT, ""));
    }
    if known.region.is_empty() {
        losses.add(Loss::asked(&EXPORT_REGION, "/region"));
    }
    let file = |name: &str, policy: &Expr| File::new(name, "application/json", json_text::document(policy, &known));
    let mut files = vec![file("task-role-trust.json", &policy::trust())];
    let execution = stack::execution_statements(&read.root);
    files[0].name = "role-trust.json".to_owned();
    if !execution.is_empty() {
        files.push(file("execution-role-policy.json", &policy::document(&execution)));
    }
    let task = stack::task_statements(&read.root);
    if !task.is_empty() {
        files.push(file("task-role-policy.json", &policy::document(&task)));
    }
    files.push(file("register-policy.json", &policy::document(&registering(&read.root))));
    Ok(Exported { files, losses: losses.into_list() })
}

/// What it takes to register the definition with its roles.
/// Source: Service Authorization Reference, Amazon ECS: RegisterTaskDefinition and DescribeTaskDefinition know no resources.
pub(super) fn registering(root: &Expr) -> Vec<Statement> {
    let mut statements = vec![Statement::allow("Register", &["ecs:RegisterTaskDefinition", "ecs:DescribeTaskDefinition"], vec![Text::literal("*")])];
    let mut roles = Vec::new();
    for key in ["executionRoleArn", "taskRoleArn"] {
        let Some(Expr::Text(role)) = root.get(key) else { continue };
        let role = if role.plain().is_some_and(|name| !name.starts_with("arn:")) { policy::role_arn(role) } else { role.clone() };
        if role.plain() != Some("") && !roles.contains(&role) {
            roles.push(role);
        }
    }
    if !roles.is_empty() {
        let pass = Statement::allow("PassRoles", &["iam:PassRole"], roles);
        statements.push(pass.only("StringEquals", "iam:PassedToService", Text::literal("ecs-tasks.amazonaws.com")));
    }
    statements
}

/// The account of the definition's roles, where one of them says it.
pub(super) fn account(root: &Expr) -> String {
    let roles = ["executionRoleArn", "taskRoleArn"].map(|key| root.str(key));
    roles.into_iter().find(|arn| is_role_arn(arn)).and_then(|arn| arn.split(':').nth(4)).unwrap_or("").to_owned()
}

/// What is known of the account; the rest is a word in capitals, to be replaced.
pub(super) struct Known<'a> {
    /// The Region's code, or nothing.
    pub region: String,
    /// The account's number, or nothing.
    pub account: String,
    /// For placeholders.
    pub parameters: &'a Parameters,
}

impl Marks for Known<'_> {
    fn literal(&self, escaped: &str) -> String {
        escaped.to_owned()
    }

    fn inside(&self, reference: &Ref) -> String {
        let or = |known: &str, word: &str| if known.is_empty() { word.to_owned() } else { known.to_owned() };
        match reference {
            Ref::Parameter(index) => self.parameters.get(*index).screaming(),
            Ref::Account => or(&self.account, "ACCOUNT_ID"),
            Ref::Region if name::is_region(&self.region) => self.region.clone(),
            Ref::Region => "REGION".to_owned(),
            Ref::Partition => crate::facts::region(&self.region).map_or("aws", |r| r.partition.as_str()).to_owned(),
            Ref::LogGroup(_) | Ref::ExecutionRole | Ref::TaskRole => String::new(),
        }
    }

    fn bare(&self, reference: &Ref) -> String {
        self.inside(reference)
    }
}
