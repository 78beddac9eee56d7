//! IAM policies as files need them.

use super::expr::{Expr, Part, Ref, Text};

/// What a role may do.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Statement {
    /// What it is for: letters only.
    pub id: &'static str,
    /// The actions.
    pub actions: Vec<&'static str>,
    /// What they may be done to.
    pub resources: Vec<Text>,
    /// Operator, key, value.
    pub condition: Option<(&'static str, &'static str, Text)>,
}

impl Statement {
    /// Allows actions on resources.
    pub fn allow(id: &'static str, actions: &[&'static str], resources: Vec<Text>) -> Statement {
        Statement { id, actions: actions.to_vec(), resources, condition: None }
    }

    /// Only where a condition holds.
    pub fn only(mut self, operator: &'static str, key: &'static str, value: Text) -> Statement {
        self.condition = Some((operator, key, value));
        self
    }

    fn document(&self) -> Expr {
        let resources: Vec<Expr> = self.resources.iter().cloned().map(Expr::Text).collect();
        let mut pairs = vec![
            ("Sid", Expr::text(self.id)),
            ("Effect", Expr::text("Allow")),
            ("Action", one_or_many(self.actions.iter().map(|a| Expr::text(*a)).collect())),
            ("Resource", one_or_many(resources)),
        ];
        if let Some((operator, key, value)) = &self.condition {
            pairs.push(("Condition", Expr::map([(*operator, Expr::map([(*key, Expr::Text(value.clone()))]))])));
        }
        Expr::map(pairs)
    }
}

fn one_or_many(mut list: Vec<Expr>) -> Expr {
    if list.len() == 1 { list.remove(0) } else { Expr::List(list) }
}

/// A policy's document.
pub(super) fn document(statements: &[Statement]) -> Expr {
    around(statements.iter().map(Statement::document).collect())
}

fn around(statements: Vec<Expr>) -> Expr {
    Expr::map([("Version", Expr::text("2012-10-17")), ("Statement", Expr::List(statements))])
}

/// Who may take a role on: ECS, for tasks of this account only.
/// Source: Amazon ECS developer guide, confused deputy prevention for task roles.
pub(super) fn trust() -> Expr {
    let condition = Expr::map([
        ("StringEquals", Expr::map([("aws:SourceAccount", Expr::Text(Text::of(Ref::Account)))])),
        ("ArnLike", Expr::map([("aws:SourceArn", Expr::Text(arn("ecs", "*")))])),
    ]);
    around(vec![Expr::map([
        ("Effect", Expr::text("Allow")),
        ("Principal", Expr::map([("Service", Expr::text("ecs-tasks.amazonaws.com"))])),
        ("Action", Expr::text("sts:AssumeRole")),
        ("Condition", condition),
    ])])
}

/// An ARN in the file's own partition, Region and account.
pub(super) fn arn(service: &str, resource: &str) -> Text {
    let literal = |text: &str| Part::Literal(text.to_owned());
    Text(vec![
        literal("arn:"),
        Part::Ref(Ref::Partition),
        Part::Literal(format!(":{service}:")),
        Part::Ref(Ref::Region),
        literal(":"),
        Part::Ref(Ref::Account),
        Part::Literal(format!(":{resource}")),
    ])
}

/// The ARN of a role of the file's own account, by name or path.
pub(super) fn role_arn(name: &Text) -> Text {
    let head = Text(vec![
        Part::Literal("arn:".into()),
        Part::Ref(Ref::Partition),
        Part::Literal(":iam::".into()),
        Part::Ref(Ref::Account),
        Part::Literal(":role/".into()),
    ]);
    let name = match name.0.first() {
        Some(Part::Literal(first)) => {
            let mut name = name.clone();
            name.0[0] = Part::Literal(first.trim_start_matches('/').to_owned());
            name
        }
        _ => name.clone(),
    };
    head.then(name)
}

/// The ARN of AWS's own policy for execution roles.
pub(super) fn execution_policy() -> Text {
    Text(vec![Part::Literal("arn:".into()), Part::Ref(Ref::Partition), Part::Literal(":iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy".into())])
}
