//! Terraform configuration, written so that the next plan is empty: AWS's defaults are spelt out.

use super::{
    ExportError, Exported, File, Options,
    cloudformation::{describes, unique},
    expr::{Due, Expr, Part, Ref, Text},
    hcl::{self, Hcl, Item},
    loss::Loss,
    parameters::Parameters,
    policy::{self, Statement},
    stack::{self, Stack},
};
use crate::{
    Draft,
    deploy::RETENTION,
    formats::{Format, import::references},
    messages::all::*,
};
use std::collections::BTreeSet;

pub(super) fn write(draft: &Draft, options: &Options) -> Result<Exported, ExportError> {
    let (mut stack, part) = stack::part_of_file(draft, options, Format::Terraform, missing);
    unsupported(&mut stack);
    unique(&mut stack);
    let awsvpc = matches!(stack.definition.root.str("networkMode"), "awsvpc" | "host");
    if let Some(Expr::List(containers)) = stack.definition.root.get_mut("containerDefinitions") {
        containers.iter_mut().for_each(|container| full(container, awsvpc));
    }
    let text = hcl::file(&file(&stack, part));
    Ok(Exported { files: vec![File::new("main.tf", "text/plain; charset=utf-8", text)], losses: stack.definition.losses.into_list() })
}

/// Names that expressions refer to and that this file does not declare: resources and modules of another one.
fn missing(stack: &Stack) -> BTreeSet<String> {
    let declared = &stack.definition.declared;
    let parameters = &stack.definition.parameters;
    let origins = (0..parameters.all().len()).filter_map(|i| parameters.origin(i));
    let names = stack.definition.root.own().into_iter().chain(origins).flat_map(references);
    names.filter(|name| !declared.contains_key(name)).collect()
}

/// What the provider has no argument for. Source: its schema, 5.100 and 6.62.
fn unsupported(stack: &mut Stack) {
    for key in ["trustedExecutionConfiguration", "inferenceAccelerators"] {
        if stack.definition.root.take(key).is_some() {
            stack.definition.losses.add(Loss::dropped(&EXPORT_NO_ARGUMENT, &format!("/{key}")));
        }
    }
}

/// A container with what AWS fills in. Without it, each plan has noise, and some replace the definition for ever.
fn full(container: &mut Expr, same_port: bool) {
    let mut given = std::mem::replace(container, Expr::Object(Vec::new()));
    let mut add = |key: &str, default: Option<Expr>| {
        if let Some(value) = given.take(key).or(default) {
            container.set(key, value);
        }
    };
    let empty = || Some(Expr::List(Vec::new()));
    add("name", None);
    add("image", None);
    add("cpu", Some(Expr::number(0)));
    add("memory", None);
    add("memoryReservation", None);
    add("essential", Some(Expr::Bool(true)));
    add("entryPoint", None);
    add("command", None);
    for key in ["portMappings", "environment", "secrets", "mountPoints", "volumesFrom", "systemControls"] {
        add(key, if key == "secrets" { None } else { empty() });
    }
    if let Expr::Object(rest) = given {
        rest.into_iter().for_each(|(key, value)| container.set(&key, value));
    }
    for key in ["environment", "secrets"] {
        if let Some(Expr::List(rows)) = container.get_mut(key) {
            rows.sort_by(|a, b| a.str("name").cmp(b.str("name")));
        }
    }
    let defaults = |container: &mut Expr, list: &str, key: &str, value: &dyn Fn(&Expr) -> Option<Expr>| {
        let Some(Expr::List(rows)) = container.get_mut(list) else { return };
        for row in rows {
            if row.get(key).is_none()
                && let Some(value) = value(row)
            {
                row.set(key, value);
            }
        }
    };
    let port = |row: &Expr| if same_port { row.get("containerPort").cloned() } else { row.get("containerPort").map(|_| Expr::number(0)) };
    defaults(container, "portMappings", "hostPort", &port);
    defaults(container, "portMappings", "protocol", &|_| Some(Expr::text("tcp")));
    defaults(container, "mountPoints", "readOnly", &|_| Some(Expr::Bool(false)));
    defaults(container, "volumesFrom", "readOnly", &|_| Some(Expr::Bool(false)));
    fill(container, &["healthCheck"], &[("interval", Expr::number(30)), ("timeout", Expr::number(5)), ("retries", Expr::number(3))]);
    fill(container, &["linuxParameters", "capabilities"], &[("add", Expr::List(Vec::new())), ("drop", Expr::List(Vec::new()))]);
    fill(container, &["restartPolicy"], &[("ignoredExitCodes", Expr::List(Vec::new())), ("restartAttemptPeriod", Expr::number(300))]);
}

/// Sets what an object lacks, where there is such an object.
fn fill(container: &mut Expr, way: &[&str], pairs: &[(&str, Expr)]) {
    let Some(object) = way.iter().try_fold(container, |at, key| at.get_mut(key)) else { return };
    for (key, value) in pairs {
        if object.get(key).is_none() {
            object.set(key, value.clone());
        }
    }
}

/// The file; a part of another one has no providers.
fn file(stack: &Stack, part: bool) -> Vec<Item> {
    let mut items = if part { Vec::new() } else { vec![providers()] };
    let declared = &stack.definition.declared;
    let locals: String = declared.iter().filter(|(name, _)| name.starts_with("local.")).map(|(_, text)| format!("\n  {text}")).collect();
    items.extend(declared.iter().filter(|(name, _)| !name.starts_with("local.")).map(|(_, text)| Item::Source(text.clone())));
    if !locals.is_empty() {
        items.push(Item::Source(format!("locals {{{locals}\n}}")));
    }
    let region = (!stack.region.is_empty() || stack.uses(&Ref::Region)) && !part;
    if region && !declared.contains_key("var.region") {
        let mut body = vec![Item::attribute("type", Hcl::bare("string"))];
        if !stack.region.is_empty() {
            body.push(Item::attribute("default", Hcl::text(&stack.region)));
        }
        items.push(Item::block("variable", &["region"], body));
    }
    let parameters = &stack.definition.parameters;
    for (_, parameter) in parameters.all().iter().enumerate().filter(|(i, _)| parameters.origin(*i).is_none()) {
        let mut body = vec![Item::attribute("type", Hcl::bare("string")), Item::attribute("description", Hcl::text(&describes(parameter)))];
        if let Some(default) = &parameter.default {
            body.push(Item::attribute("default", Hcl::text(default)));
        }
        items.push(Item::block("variable", &[&parameter.snake()], body));
    }
    if region {
        items.push(Item::block("provider", &["aws"], vec![Item::attribute("region", Hcl::bare("var.region"))]));
    }
    for (reference, kind) in [(Ref::Partition, "aws_partition"), (Ref::Account, "aws_caller_identity")] {
        if stack.uses(&reference) {
            items.push(Item::block("data", &[kind, "current"], Vec::new()));
        }
    }
    let write = Write { parameters };
    for (i, name) in stack.groups.iter().enumerate() {
        let body = vec![Item::attribute("name", write.text(name)), Item::attribute("retention_in_days", Hcl::bare(RETENTION))];
        items.push(Item::block("resource", &["aws_cloudwatch_log_group", &group(i)], body));
    }
    for (id, role) in [("execution", &stack.execution), ("task", &stack.task)] {
        if let Some(statements) = role {
            items.extend(role_blocks(stack, &write, id, statements));
        }
    }
    items.push(Item::block("resource", &["aws_ecs_task_definition", "this"], definition(stack, &write)));
    let arn = vec![Item::attribute("value", Hcl::bare("aws_ecs_task_definition.this.arn"))];
    items.push(Item::block("output", &["task_definition_arn"], arn));
    items
}

fn providers() -> Item {
    let aws = Hcl::Object(vec![("source".into(), Hcl::text("hashicorp/aws")), ("version".into(), Hcl::text(">= 5.70"))]);
    let body = vec![Item::attribute("required_version", Hcl::text(">= 1.3")), Item::block("required_providers", &[], vec![Item::attribute("aws", aws)])];
    Item::block("terraform", &[], body)
}

/// The name of a log group's resource.
fn group(index: usize) -> String {
    if index == 0 { "this".to_owned() } else { format!("this{}", index + 1) }
}

fn role_blocks(stack: &Stack, write: &Write<'_>, id: &str, statements: &[Statement]) -> Vec<Item> {
    let document = |policy: &Expr| Hcl::Call("jsonencode", Box::new(write.expr(policy)));
    // A role's name has at most 64 characters.
    let room = 63 - id.len();
    let name = format!("{}-{id}", stack.family().chars().take(room).collect::<String>());
    let mut items = vec![Item::block(
        "resource",
        &["aws_iam_role", id],
        vec![Item::attribute("name", Hcl::text(&name)), Item::attribute("assume_role_policy", document(&policy::trust()))],
    )];
    let role = Hcl::bare(format!("aws_iam_role.{id}.name"));
    if id == "execution" {
        let body = vec![Item::attribute("role", role.clone()), Item::attribute("policy_arn", write.text(&policy::execution_policy()))];
        items.push(Item::block("resource", &["aws_iam_role_policy_attachment", id], body));
    }
    if !statements.is_empty() {
        let body = vec![Item::attribute("role", role), Item::attribute("policy", document(&policy::document(statements)))];
        items.push(Item::block("resource", &["aws_iam_role_policy", id], body));
    }
    items
}

/// The arguments and blocks of the definition.
fn definition(stack: &Stack, write: &Write<'_>) -> Vec<Item> {
    let root = &stack.definition.root;
    let mut body = Vec::new();
    for key in
        ["family", "requiresCompatibilities", "networkMode", "cpu", "memory", "executionRoleArn", "taskRoleArn", "pidMode", "ipcMode", "enableFaultInjection"]
    {
        body.extend(root.get(key).map(|value| Item::attribute(&snake(key), write.expr(value))));
    }
    // Otherwise each change deregisters the revision before, and nothing can go back to it.
    body.push(Item::attribute("skip_destroy", Hcl::bare(true)));
    for key in ["runtimePlatform", "ephemeralStorage", "proxyConfiguration"] {
        body.extend(root.get(key).map(|value| Item::block(&snake(key), &[], block(value, key, write))));
    }
    for constraint in root.list("placementConstraints") {
        body.push(Item::block("placement_constraints", &[], block(constraint, "placementConstraints", write)));
    }
    for volume in root.list("volumes") {
        body.push(Item::block("volume", &[], self::volume(volume, write)));
    }
    if let Some(own @ Expr::Own(_)) = root.get("tags") {
        body.push(Item::attribute("tags", write.expr(own)));
    } else if let Some(tags) = root.get("tags") {
        let pairs = tags.items().iter().map(|tag| (tag.str("key").to_owned(), write.expr(tag.get("value").unwrap_or(&Expr::text(""))))).collect();
        body.push(Item::attribute("tags", Hcl::Object(pairs)));
    }
    let containers = root.get("containerDefinitions").cloned().unwrap_or(Expr::List(Vec::new()));
    body.push(Item::attribute("container_definitions", Hcl::Call("jsonencode", Box::new(write.expr(&containers)))));
    body
}

/// `containerDefinitions` as `container_definitions`; the provider's irregular names.
fn snake(key: &str) -> String {
    match key {
        "configuredAtLaunch" => "configure_at_launch".to_owned(),
        "s3filesVolumeConfiguration" => "s3_files_volume_configuration".to_owned(),
        "sizeInGiB" => "size_in_gib".to_owned(),
        _ => key.chars().fold(String::new(), |mut out, c| {
            if c.is_ascii_uppercase() {
                out.push('_');
            }
            out.push(c.to_ascii_lowercase());
            out
        }),
    }
}

/// An object of the API as a block: its objects are blocks too, its maps and lists of pairs are objects.
fn block(object: &Expr, parent: &str, write: &Write<'_>) -> Vec<Item> {
    let Expr::Object(pairs) = object else { return Vec::new() };
    let (mut attributes, mut blocks) = (Vec::new(), Vec::new());
    for (key, value) in pairs {
        match value {
            Expr::Object(_) => blocks.push(Item::block(&snake(key), &[], block(value, key, write))),
            Expr::List(items) if parent == "proxyConfiguration" && key == "properties" => {
                let pairs = items.iter().map(|p| (p.str("name").to_owned(), write.expr(p.get("value").unwrap_or(&Expr::text(""))))).collect();
                attributes.push(Item::attribute("properties", Hcl::Object(pairs)));
            }
            value => attributes.push(Item::attribute(&snake(key), write.expr(value))),
        }
    }
    attributes.extend(blocks);
    attributes
}

fn volume(volume: &Expr, write: &Write<'_>) -> Vec<Item> {
    let mut volume = volume.clone();
    let host = volume.take("host").and_then(|mut host| host.take("sourcePath"));
    if volume.get("configuredAtLaunch").is_none() {
        volume.set("configuredAtLaunch", Expr::Bool(false));
    }
    fill(&mut volume, &["efsVolumeConfiguration"], &[("rootDirectory", Expr::text("/"))]);
    let mut body = block(&volume, "volumes", write);
    if let Some(host) = host {
        body.insert(0, Item::attribute("host_path", write.expr(&host)));
    }
    // Attributes before blocks, whatever their order was.
    body.sort_by_key(|item| matches!(item, Item::Block(..)));
    body
}

struct Write<'a> {
    parameters: &'a Parameters,
}

impl Write<'_> {
    fn expr(&self, expr: &Expr) -> Hcl {
        match expr {
            Expr::Bool(value) => Hcl::bare(value),
            Expr::Number(digits) => Hcl::bare(digits),
            Expr::Text(text) => self.text(text),
            Expr::Own(text) => Hcl::bare(text),
            Expr::Open(reference, due) => Hcl::Call(if *due == Due::Number { "tonumber" } else { "tobool" }, Box::new(Hcl::bare(self.name(reference)))),
            Expr::List(items) => Hcl::List(items.iter().map(|item| self.expr(item)).collect()),
            Expr::Object(pairs) | Expr::Map(pairs) => Hcl::Object(pairs.iter().map(|(key, value)| (key.clone(), self.expr(value))).collect()),
        }
    }

    fn text(&self, text: &Text) -> Hcl {
        match (text.plain(), text.single()) {
            (Some(plain), _) => Hcl::text(plain),
            (None, Some(reference)) => Hcl::bare(self.name(reference)),
            (None, None) => {
                let parts = text.0.iter().enumerate().map(|(i, part)| match part {
                    Part::Literal(literal) => hcl::escaped(literal, i + 1 < text.0.len()),
                    Part::Ref(reference) => format!("${{{}}}", self.name(reference)),
                });
                Hcl::Quoted(format!("\"{}\"", parts.collect::<String>()))
            }
        }
    }

    fn name(&self, reference: &Ref) -> String {
        match reference {
            Ref::Parameter(index) => self.parameters.origin(*index).map_or_else(|| format!("var.{}", self.parameters.get(*index).snake()), str::to_owned),
            Ref::Partition => "data.aws_partition.current.partition".to_owned(),
            Ref::Account => "data.aws_caller_identity.current.account_id".to_owned(),
            Ref::Region => "var.region".to_owned(),
            Ref::LogGroup(index) => format!("aws_cloudwatch_log_group.{}.name", group(*index)),
            Ref::ExecutionRole => "aws_iam_role.execution.arn".to_owned(),
            Ref::TaskRole => "aws_iam_role.task.arn".to_owned(),
        }
    }
}
