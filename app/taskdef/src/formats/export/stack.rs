//! A definition with what surrounds it: parameters, log groups and roles, the same for all tools that make them.

use super::{
    Options,
    definition::{self, Definition},
    expr::{Expr, Part, Ref, Text},
    loss::Loss,
    policy::{self, Statement},
};
use crate::{
    Draft, Launch,
    document::pointer,
    finding::Param,
    formats::Format,
    grammar::{image, name, size},
    messages::all::*,
};
use std::collections::BTreeSet;

/// What a file declares.
#[derive(Debug)]
pub(super) struct Stack {
    /// The definition, with references to the rest.
    pub definition: Definition,
    /// Names of the log groups that are made.
    pub groups: Vec<Text>,
    /// What the execution role may do beyond AWS's own policy for it, where one is made.
    pub execution: Option<Vec<Statement>>,
    /// What the task role may do, where one is made.
    pub task: Option<Vec<Statement>>,
    /// The Region's code; empty where it is not known.
    pub region: String,
}

impl Stack {
    /// The family where it is a name, else a usual one.
    pub fn family(&self) -> &str {
        let family = self.definition.root.str("family");
        if name::is_name(family) { family } else { "task-definition" }
    }

    /// Whether the file looks up its account, partition or Region, of which `wanted` says.
    pub fn uses(&self, wanted: &Ref) -> bool {
        let made = self.execution.iter().chain(&self.task).flatten().flat_map(|s| &s.resources);
        let role = self.execution.is_some() || self.task.is_some();
        (role && !matches!(wanted, Ref::Parameter(_)))
            || made.chain(&self.groups).any(|t| t.0.contains(&Part::Ref(wanted.clone())))
            || has(&self.definition.root, wanted)
    }
}

fn has(expr: &Expr, wanted: &Ref) -> bool {
    match expr {
        Expr::Text(text) => text.0.contains(&Part::Ref(wanted.clone())),
        Expr::Open(reference, _) => reference == wanted,
        Expr::List(items) => items.iter().any(|item| has(item, wanted)),
        Expr::Object(pairs) | Expr::Map(pairs) => pairs.iter().any(|(_, value)| has(value, wanted)),
        Expr::Bool(_) | Expr::Number(_) | Expr::Own(_) => false,
    }
}

/// Reads a draft for a tool that makes resources. Where its expressions refer to what only the file that they come from has, as
/// `missing` says, it is a part of that file: nothing is made around it.
pub(super) fn part_of_file(draft: &Draft, options: &Options, format: Format, missing: impl Fn(&Stack) -> BTreeSet<String>) -> (Stack, bool) {
    let mut stack = read(draft, options, format);
    let names = missing(&stack);
    if names.is_empty() {
        return (stack, false);
    }
    stack = read(draft, &Options { surroundings: false, ..options.clone() }, format);
    let names = names.into_iter().collect::<Vec<_>>().join(", ");
    stack.definition.losses.add(Loss::elsewhere(&EXPORT_REFERS, "").with("name", Param::Text(names)));
    (stack, true)
}

/// Reads a draft for a tool that makes resources.
pub(super) fn read(draft: &Draft, options: &Options, format: Format) -> Stack {
    let definition = definition::read(draft, format);
    let mut stack = Stack { definition, groups: Vec::new(), execution: None, task: None, region: region(draft) };
    sizes(&mut stack.definition.root);
    images(&mut stack.definition);
    roles(&mut stack.definition);
    if options.surroundings {
        groups(&mut stack);
        let fargate = draft.launch() == Some(Launch::Fargate);
        execution(&mut stack, fargate);
        task(&mut stack);
    }
    stack
}

/// The Region of a draft: the one that was chosen, else the only one that its logs go to.
pub(super) fn region(draft: &Draft) -> String {
    if name::is_region(draft.region()) {
        return draft.region().to_owned();
    }
    let named: BTreeSet<&str> =
        crate::document::view::containers(draft.definition()).iter().map(|c| c.log_option("awslogs-region")).filter(|r| name::is_region(r)).collect();
    if named.len() == 1 { named.first().map(|r| (*r).to_owned()).unwrap_or_default() } else { String::new() }
}

/// Sizes as whole numbers: other spellings make some tools replace the definition each time.
pub(super) fn sizes(root: &mut Expr) {
    for (key, parse) in [("cpu", size::parse_cpu as fn(&str) -> Option<u64>), ("memory", size::parse_memory)] {
        if let Some(units) = parse(root.str(key)) {
            root.set(key, Expr::text(units.to_string()));
        }
    }
}

fn containers(definition: &mut Definition) -> &mut [Expr] {
    match definition.root.get_mut("containerDefinitions") {
        Some(Expr::List(items)) => items,
        _ => &mut [],
    }
}

/// Images become parameters: each build has a new one.
fn images(definition: &mut Definition) {
    let mut parameters = std::mem::take(&mut definition.parameters);
    for container in containers(definition) {
        let (name, image) = (container.str("name").to_owned(), container.str("image").to_owned());
        if !image.is_empty() {
            container.set("image", Expr::Text(Text::of(parameters.image(&name, &image))));
        }
    }
    definition.parameters = parameters;
}

/// Role names become ARNs: the tools take nothing else.
fn roles(definition: &mut Definition) {
    for key in ["executionRoleArn", "taskRoleArn"] {
        let Some(Expr::Text(text)) = definition.root.get(key) else { continue };
        if text.plain() == Some("") {
            definition.root.take(key);
        } else if text.plain().is_some_and(|name| !name.starts_with("arn:")) {
            let arn = policy::role_arn(text);
            definition.losses.add(Loss::changed(&EXPORT_ROLE_NAME, &format!("/{key}")));
            definition.root.set(key, Expr::Text(arn));
        }
    }
}

/// Log groups of the stack's Region are made; containers name them by reference.
fn groups(stack: &mut Stack) {
    let home = stack.region.clone();
    let (mut groups, mut losses): (Vec<Text>, Vec<Loss>) = (Vec::new(), Vec::new());
    for (i, container) in containers(&mut stack.definition).iter_mut().enumerate() {
        let Some(logs) = container.get_mut("logConfiguration").filter(|logs| logs.str("logDriver") == "awslogs") else { continue };
        let Some(options) = logs.get_mut("options") else { continue };
        let place = |option: &str| format!("/containerDefinitions/{i}/logConfiguration/options/{option}");
        let Some(group) = options.get("awslogs-group").and_then(Expr::as_text).filter(|g| g.plain() != Some("")).cloned() else { continue };
        let region = options.str("awslogs-region").to_owned();
        if !(region.is_empty() || region == home) {
            losses.push(Loss::elsewhere(&EXPORT_GROUP_REGION, &place("awslogs-group")).with("region", Param::Text(region)));
            continue;
        }
        let index = groups.iter().position(|known| *known == group).unwrap_or_else(|| {
            groups.push(group);
            groups.len() - 1
        });
        options.set("awslogs-group", Expr::Text(Text::of(Ref::LogGroup(index))));
        if !region.is_empty() {
            options.set("awslogs-region", Expr::Text(Text::of(Ref::Region)));
        }
        if options.take("awslogs-create-group").is_some() {
            losses.push(Loss::elsewhere(&EXPORT_CREATE_GROUP, &place("awslogs-create-group")));
        }
    }
    stack.groups = groups;
    losses.into_iter().for_each(|loss| stack.definition.losses.add(loss));
}

/// What the execution role needs beyond AWS's own policy for it.
pub(super) fn execution_statements(root: &Expr) -> Vec<Statement> {
    let (mut secrets, mut parameters, mut files, mut creates) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for container in root.list("containerDefinitions") {
        let of_logs = container.get("logConfiguration").map_or(&[][..], |logs| logs.list("secretOptions"));
        let named = container.list("secrets").iter().chain(of_logs).filter_map(|s| s.get("valueFrom")?.as_text());
        let registry = container.get("repositoryCredentials").and_then(|r| r.get("credentialsParameter")?.as_text());
        for text in named.chain(registry).filter(|t| t.plain() != Some("")) {
            match starts(text) {
                s if s.contains(":secretsmanager:") => push(&mut secrets, without_field(text)),
                s if s.starts_with("arn:") || !matches!(text.0.first(), Some(Part::Literal(_))) => push(&mut parameters, text.clone()),
                s => push(&mut parameters, policy::arn("ssm", "parameter/").then(rest_of(text, s.trim_start_matches('/')))),
            }
        }
        for file in container.list("environmentFiles").iter().filter_map(|f| f.get("value")?.as_text()) {
            push(&mut files, file.clone());
        }
        let logs = container.get("logConfiguration").and_then(|l| l.get("options"));
        if let Some(options) = logs.filter(|o| o.str("awslogs-create-group") == "true") {
            push(
                &mut creates,
                policy::arn("logs", "log-group:")
                    .then(options.get("awslogs-group").and_then(Expr::as_text).cloned().unwrap_or_default())
                    .then(Text::literal(":*")),
            );
        }
    }
    let mut statements = Vec::new();
    let mut add = |id, actions: &[&'static str], resources: Vec<Text>| {
        if !resources.is_empty() {
            statements.push(Statement::allow(id, actions, resources));
        }
    };
    add("ReadSecrets", &["secretsmanager:GetSecretValue"], secrets);
    add("ReadParameters", &["ssm:GetParameters"], parameters);
    let buckets = files.iter().filter_map(bucket).fold(Vec::new(), |mut all, bucket| {
        push(&mut all, bucket);
        all
    });
    add("ReadEnvironmentFiles", &["s3:GetObject"], files);
    add("LocateEnvironmentFiles", &["s3:GetBucketLocation"], buckets);
    add("CreateLogGroups", &["logs:CreateLogGroup"], creates);
    statements
}

fn push(list: &mut Vec<Text>, text: Text) {
    if !list.contains(&text) {
        list.push(text);
    }
}

/// The literal that a string starts with.
fn starts(text: &Text) -> &str {
    match text.0.first() {
        Some(Part::Literal(first)) => first,
        _ => "",
    }
}

/// The same string with another beginning.
fn rest_of(text: &Text, beginning: &str) -> Text {
    let mut out = Text::literal(beginning);
    out.0.extend(text.0.iter().skip(1).cloned());
    out
}

/// A secret's ARN without the key, stage and version behind it.
fn without_field(text: &Text) -> Text {
    let Some(plain) = text.plain() else { return text.clone() };
    Text::literal(plain.split(':').take(7).collect::<Vec<_>>().join(":"))
}

/// The bucket of an object's ARN.
fn bucket(file: &Text) -> Option<Text> {
    Some(Text::literal(file.plain()?.split_once('/')?.0))
}

fn execution(stack: &mut Stack, fargate: bool) {
    let root = &stack.definition.root;
    if root.get("executionRoleArn").is_some() {
        return;
    }
    let statements = execution_statements(root);
    let logs = root.list("containerDefinitions").iter().any(|c| c.get("logConfiguration").is_some_and(|l| l.str("logDriver") == "awslogs"));
    let parameters = stack.definition.parameters.all();
    let private = parameters.iter().filter_map(|p| p.default.as_deref()).any(|i| image::parse(i).is_ok_and(|r| r.ecr().is_some()));
    if statements.is_empty() && !(fargate && (logs || private)) {
        return;
    }
    stack.definition.root.set("executionRoleArn", Expr::Text(Text::of(Ref::ExecutionRole)));
    stack.execution = Some(statements);
    order(&mut stack.definition.root);
}

/// What the task role needs for the volumes of the definition, and whether there is a volume whose permissions are not known.
pub(super) fn task_statements(root: &Expr) -> Vec<Statement> {
    let with_iam = |volume: &&Expr| volume.get("efsVolumeConfiguration").and_then(|e| e.get("authorizationConfig")).is_some_and(|a| a.str("iam") == "ENABLED");
    let systems = root.list("volumes").iter().filter(with_iam).filter_map(|v| v.get("efsVolumeConfiguration")?.get("fileSystemId")?.as_text());
    let mut resources = Vec::new();
    systems.for_each(|id| push(&mut resources, policy::arn("elasticfilesystem", "file-system/").then(id.clone())));
    if resources.is_empty() {
        return Vec::new();
    }
    vec![Statement::allow("UseFileSystems", &["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"], resources)]
}

fn task(stack: &mut Stack) {
    let root = &stack.definition.root;
    let statements = task_statements(root);
    for (i, volume) in root.list("volumes").iter().enumerate() {
        if volume.get("s3filesVolumeConfiguration").is_some() && root.get("taskRoleArn").is_none() {
            stack.definition.losses.add(Loss::asked(&EXPORT_S3_FILES_ROLE, &pointer::join("/volumes", i)));
        }
    }
    if root.get("taskRoleArn").is_some() || statements.is_empty() {
        return;
    }
    stack.definition.root.set("taskRoleArn", Expr::Text(Text::of(Ref::TaskRole)));
    stack.task = Some(statements);
    order(&mut stack.definition.root);
}

/// New keys go where files have them.
fn order(root: &mut Expr) {
    if let Expr::Object(pairs) = root {
        pairs.sort_by_key(|(key, _)| definition::rank(key));
    }
}
