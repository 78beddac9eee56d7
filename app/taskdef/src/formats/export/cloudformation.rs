//! A CloudFormation template, as YAML and as JSON.

use super::{
    ExportError, Exported, File, Options,
    expr::{Expr, Part, Ref, Text},
    loss::Loss,
    parameters::{Parameter, Parameters, Purpose},
    policy::{self, Statement},
    stack::{self, Stack},
    yaml::Yaml,
};
use crate::{
    Draft,
    deploy::RETENTION,
    document::pointer,
    formats::{Format, import::referenced},
    messages::all::*,
    shown,
};
use serde_json::{Map, Value, json};
use std::collections::{BTreeSet, HashMap, HashSet};

/// Days that CloudWatch can keep logs for. Source: API reference, PutRetentionPolicy.retentionInDays.
pub(super) const DAYS: [u64; 22] = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

pub(super) fn write(draft: &Draft, options: &Options) -> Result<Exported, ExportError> {
    let (mut stack, _) = stack::part_of_file(draft, options, Format::CloudFormation, missing);
    unsupported(&mut stack);
    unique(&mut stack);
    let template = template(&stack);
    let json = shown::json(&format!("{:#}\n", json(&template)));
    let files = vec![File::new("template.yaml", "application/yaml", template.document()), File::new("template.json", "application/json", json)];
    Ok(Exported { files, losses: stack.definition.losses.into_list() })
}

/// Names that expressions refer to and that no section of this template declares: resources of another one.
fn missing(stack: &Stack) -> BTreeSet<String> {
    let declared = |name: &str| stack.definition.declared.keys().any(|key| key.split_once('/').is_some_and(|(_, known)| known == name));
    let names = stack.definition.root.own().into_iter().flat_map(referenced);
    names.filter(|name| !name.starts_with("AWS::") && !declared(name)).collect()
}

/// What CloudFormation has no property for. Source: its resource schema, AWS::ECS::TaskDefinition.
pub(super) fn unsupported(stack: &mut Stack) {
    for key in ["trustedExecutionConfiguration", "inferenceAccelerators"] {
        if stack.definition.root.take(key).is_some() {
            stack.definition.losses.add(Loss::dropped(&EXPORT_NO_PROPERTY, &format!("/{key}")));
        }
    }
}

/// What is listed twice is written once: CloudFormation and Terraform compare lists as sets. Of a variable that is set twice,
/// the last value counts.
pub(super) fn unique(stack: &mut Stack) {
    let mut twice = Vec::new();
    once(&mut stack.definition.root, "", &mut twice);
    for place in twice {
        stack.definition.losses.add(Loss::changed(&EXPORT_TWICE, &place));
    }
}

fn once(expr: &mut Expr, place: &str, twice: &mut Vec<String>) {
    match expr {
        Expr::Object(pairs) => pairs.iter_mut().for_each(|(key, value)| once(value, &pointer::join(place, key), twice)),
        Expr::List(items) if items.iter().any(|item| matches!(item, Expr::Object(_))) => {
            items.iter_mut().enumerate().for_each(|(i, item)| once(item, &pointer::join(place, i), twice));
            let named = place.ends_with("/environment");
            let mut kept = HashMap::new();
            for (i, item) in items.iter().enumerate() {
                let is = if named { Expr::text(item.str("name")) } else { item.clone() };
                let first = *kept.entry(is).and_modify(|last| *last = if named { i } else { *last }).or_insert(i);
                if first != i && !named {
                    twice.push(pointer::join(place, i));
                }
            }
            let keep: HashSet<usize> = kept.into_values().collect();
            if named {
                twice.extend((0..items.len()).filter(|i| !keep.contains(i)).map(|i| pointer::join(place, i)));
            }
            let mut i = 0;
            items.retain(|_| {
                i += 1;
                keep.contains(&(i - 1))
            });
        }
        _ => {}
    }
}

/// The name of a log group's resource.
pub(super) fn group_id(index: usize) -> String {
    if index == 0 { "LogGroup".to_owned() } else { format!("LogGroup{}", index + 1) }
}

/// What a parameter is for, in one line. CloudFormation keeps ASCII only, so this is English everywhere.
pub(super) fn describes(parameter: &Parameter) -> String {
    let ascii = |text: &str| text.chars().filter(|c| c.is_ascii() && !c.is_ascii_control()).take(200).collect::<String>();
    match &parameter.purpose {
        Purpose::Image(container) => format!("Image of the container {}", ascii(container)),
        Purpose::Placeholder(name) => format!("Placeholder {}", ascii(name)),
    }
}

/// One line about the stack, for the console.
pub(super) fn description(stack: &Stack) -> String {
    format!("ECS task definition {}", stack.family())
}

fn template(stack: &Stack) -> Yaml {
    let tags = Tags { parameters: &stack.definition.parameters };
    let mut parts = vec![("AWSTemplateFormatVersion", Yaml::text("2010-09-09")), ("Description", Yaml::text(description(stack)))];
    let mut parameters: Vec<(String, Yaml)> = stack.definition.parameters.all().iter().map(|p| (p.pascal(), parameter(p))).collect();
    if !stack.groups.is_empty() {
        let days = Yaml::List(DAYS.iter().map(Yaml::bare).collect());
        let retention = Yaml::map([
            ("Type", Yaml::text("Number")),
            ("Default", Yaml::bare(RETENTION)),
            ("AllowedValues", days),
            ("Description", Yaml::text("Days that logs are kept")),
        ]);
        parameters.push(("LogRetentionDays".to_owned(), retention));
    }
    let declared = |section: &str| {
        let of = |(key, text): (&String, &String)| {
            let name = key.strip_prefix(section)?.strip_prefix('/')?;
            Some((name.to_owned(), short(&serde_json::from_str(text).ok()?)))
        };
        stack.definition.declared.iter().filter_map(of).collect::<Vec<_>>()
    };
    parameters.extend(declared("Parameters"));
    for (section, members) in [("Parameters", parameters), ("Mappings", declared("Mappings")), ("Conditions", declared("Conditions"))] {
        if !members.is_empty() {
            parts.push((section, Yaml::Map(members)));
        }
    }
    let mut resources = Vec::new();
    for (i, name) in stack.groups.iter().enumerate() {
        let properties = Yaml::map([("LogGroupName", tags.text(name)), ("RetentionInDays", Yaml::Tagged("!Ref", Box::new(Yaml::text("LogRetentionDays"))))]);
        resources.push((group_id(i), resource("AWS::Logs::LogGroup", true, properties)));
    }
    for (id, role) in [("ExecutionRole", &stack.execution), ("TaskRole", &stack.task)] {
        if let Some(statements) = role {
            resources.push((id.to_owned(), resource("AWS::IAM::Role", false, tags.expr(&role_properties(statements, id == "ExecutionRole"), ""))));
        }
    }
    resources.push(("TaskDefinition".to_owned(), resource("AWS::ECS::TaskDefinition", true, tags.expr(&stack.definition.root, ""))));
    parts.push(("Resources", Yaml::Map(resources)));
    let arn = Yaml::map([("Value", Yaml::Tagged("!Ref", Box::new(Yaml::text("TaskDefinition"))))]);
    parts.push(("Outputs", Yaml::map([("TaskDefinitionArn", arn)])));
    Yaml::map(parts)
}

fn parameter(parameter: &Parameter) -> Yaml {
    let mut pairs = vec![("Type", Yaml::text("String"))];
    if let Some(default) = &parameter.default {
        pairs.push(("Default", Yaml::text(default)));
    }
    pairs.push(("Description", Yaml::text(describes(parameter))));
    Yaml::map(pairs)
}

/// The properties of a role.
pub(super) fn role_properties(statements: &[Statement], execution: bool) -> Expr {
    let mut pairs = vec![("AssumeRolePolicyDocument", policy::trust())];
    if execution {
        pairs.push(("ManagedPolicyArns", Expr::List(vec![Expr::Text(policy::execution_policy())])));
    }
    if !statements.is_empty() {
        let own = Expr::map([("PolicyName", Expr::text(if execution { "start-tasks" } else { "task" })), ("PolicyDocument", policy::document(statements))]);
        pairs.push(("Policies", Expr::List(vec![own])));
    }
    Expr::map(pairs)
}

/// A resource. What is kept when it is replaced: old revisions, so that services can go back to them, and old logs.
fn resource(kind: &str, kept: bool, properties: Yaml) -> Yaml {
    let mut pairs = vec![("Type", Yaml::text(kind))];
    if kept {
        pairs.extend([("DeletionPolicy", Yaml::text("Delete")), ("UpdateReplacePolicy", Yaml::text("Retain"))]);
    }
    pairs.push(("Properties", properties));
    Yaml::map(pairs)
}

/// The API's key as CloudFormation spells it. Source: its resource schema.
pub(super) fn key(parent: &str, key: &str) -> String {
    match (parent, key) {
        (_, "efsVolumeConfiguration") => "EFSVolumeConfiguration".to_owned(),
        ("efsVolumeConfiguration", "fileSystemId") => "FilesystemId".to_owned(),
        (_, "iam") => "IAM".to_owned(),
        (_, "fsxWindowsFileServerVolumeConfiguration") => "FSxWindowsFileServerVolumeConfiguration".to_owned(),
        (_, "s3filesVolumeConfiguration") => "S3FilesVolumeConfiguration".to_owned(),
        ("proxyConfiguration", "properties") => "ProxyConfigurationProperties".to_owned(),
        (_, key) => key[..1].to_ascii_uppercase() + &key[1..],
    }
}

/// Values as YAML with CloudFormation's short tags.
struct Tags<'a> {
    parameters: &'a Parameters,
}

impl Tags<'_> {
    fn expr(&self, expr: &Expr, parent: &str) -> Yaml {
        match expr {
            Expr::Bool(value) => Yaml::bare(value),
            Expr::Number(digits) => Yaml::bare(digits),
            Expr::Text(text) => self.text(text),
            Expr::Own(text) => serde_json::from_str(text).map_or_else(|_| self.literal(text), |value| short(&value)),
            Expr::Open(reference, _) => Yaml::Tagged("!Ref", Box::new(Yaml::text(self.name(reference)))),
            Expr::List(items) => Yaml::List(items.iter().map(|item| self.expr(item, parent)).collect()),
            Expr::Object(pairs) => Yaml::Map(pairs.iter().map(|(k, v)| (key(parent, k), self.expr(v, k))).collect()),
            Expr::Map(pairs) => Yaml::Map(pairs.iter().map(|(k, v)| (k.clone(), self.expr(v, ""))).collect()),
        }
    }

    fn text(&self, text: &Text) -> Yaml {
        match (text.plain(), text.single()) {
            (Some(plain), _) => self.literal(plain),
            (None, Some(Ref::ExecutionRole)) => Yaml::Tagged("!GetAtt", Box::new(Yaml::text("ExecutionRole.Arn"))),
            (None, Some(Ref::TaskRole)) => Yaml::Tagged("!GetAtt", Box::new(Yaml::text("TaskRole.Arn"))),
            (None, Some(reference)) => Yaml::Tagged("!Ref", Box::new(Yaml::text(self.name(reference)))),
            (None, None) => {
                let parts = text.0.iter().map(|part| match part {
                    Part::Literal(text) => text.replace("${", "${!"),
                    Part::Ref(reference) => format!("${{{}}}", self.name(reference)),
                });
                Yaml::Tagged("!Sub", Box::new(Yaml::Text(parts.collect())))
            }
        }
    }

    /// A literal. Where it looks like a reference to something of this template, it comes in two pieces.
    fn literal(&self, text: &str) -> Yaml {
        let names = |inner: &str| {
            inner.starts_with("AWS::") || ["TaskDefinition", "ExecutionRole", "TaskRole", "LogRetentionDays"].contains(&inner) || inner.starts_with("LogGroup")
        };
        let looks = text.split("${").skip(1).filter_map(|rest| rest.split_once('}')).any(|(inner, _)| {
            let inner = inner.split('.').next().unwrap_or("").trim();
            names(inner) || self.parameters.all().iter().any(|p| p.pascal() == inner)
        });
        if !looks {
            return Yaml::text(text);
        }
        let mut pieces = Vec::new();
        for (i, piece) in text.split("${").enumerate() {
            if i > 0 {
                pieces.push("${".to_owned());
            }
            pieces.push(piece.to_owned());
        }
        pieces.retain(|piece| !piece.is_empty());
        Yaml::Tagged("!Join", Box::new(Yaml::List(vec![Yaml::text(""), Yaml::texts(pieces)])))
    }

    fn name(&self, reference: &Ref) -> String {
        match reference {
            Ref::Parameter(index) => self.parameters.get(*index).pascal(),
            Ref::Partition => "AWS::Partition".to_owned(),
            Ref::Account => "AWS::AccountId".to_owned(),
            Ref::Region => "AWS::Region".to_owned(),
            Ref::LogGroup(index) => group_id(*index),
            Ref::ExecutionRole => "ExecutionRole.Arn".to_owned(),
            Ref::TaskRole => "TaskRole.Arn".to_owned(),
        }
    }
}

/// Functions that have a short form.
const SHORT: [&str; 16] = [
    "!Sub",
    "!Join",
    "!Select",
    "!Split",
    "!FindInMap",
    "!If",
    "!Equals",
    "!And",
    "!Or",
    "!Not",
    "!Base64",
    "!Cidr",
    "!GetAZs",
    "!ImportValue",
    "!Length",
    "!ToJsonString",
];

/// An expression with short forms, as people write it. YAML takes one tag a value: a function right inside another one stays long.
fn short(value: &Value) -> Yaml {
    match value {
        Value::Null => Yaml::bare("null"),
        Value::Bool(_) | Value::Number(_) => Yaml::bare(value),
        Value::String(text) => Yaml::text(text),
        Value::Array(items) => Yaml::List(items.iter().map(short).collect()),
        Value::Object(map) => {
            let mut pairs = map.iter();
            if let (Some((key, argument)), None) = (pairs.next(), pairs.next()) {
                let function = match (key.as_str(), argument) {
                    ("Ref", Value::String(_)) => Some(("!Ref", short(argument))),
                    ("Fn::GetAtt", Value::Array(path)) => match path.as_slice() {
                        [Value::String(id), Value::String(attribute)] => Some(("!GetAtt", Yaml::text(format!("{id}.{attribute}")))),
                        _ => None,
                    },
                    (key, argument) => key.strip_prefix("Fn::").and_then(|name| SHORT.iter().find(|tag| tag[1..] == *name)).map(|tag| (*tag, short(argument))),
                };
                if let Some((tag, inner)) = function.filter(|(_, inner)| !matches!(inner, Yaml::Tagged(..))) {
                    return Yaml::Tagged(tag, Box::new(inner));
                }
            }
            Yaml::Map(map.iter().map(|(key, value)| (key.clone(), short(value))).collect())
        }
    }
}

/// The same template as JSON, with the long forms.
fn json(yaml: &Yaml) -> Value {
    match yaml {
        Yaml::Bare(text) => serde_json::from_str(text).unwrap_or_else(|_| json!(text)),
        Yaml::Text(text) => json!(text),
        Yaml::List(items) => Value::Array(items.iter().map(json).collect()),
        Yaml::Map(pairs) => Value::Object(pairs.iter().map(|(k, v)| (k.clone(), json(v))).collect::<Map<_, _>>()),
        Yaml::Tagged(tag, value) => {
            let name = match *tag {
                "!Ref" => "Ref".to_owned(),
                tag => format!("Fn::{}", &tag[1..]),
            };
            let value = match (*tag, &**value) {
                ("!GetAtt", Yaml::Text(path)) => path.split_once('.').map_or_else(|| json!(path), |(id, attribute)| json!([id, attribute])),
                (_, value) => json(value),
            };
            Value::Object(Map::from_iter([(name, value)]))
        }
    }
}
