//! AWS CDK in TypeScript: the resources as they are (level 1), so that nothing of a definition is lost and what is synthesised is
//! what was written.

use super::{
    ExportError, Exported, File, Options,
    cloudformation::{self, DAYS, describes, group_id, role_properties},
    expr::{Due, Expr, Part, Ref, Text},
    parameters::Parameters,
    stack::{self, Stack},
    typescript::{Ts, quoted},
};
use crate::{Draft, deploy::RETENTION, formats::Format};
use serde_json::json;
use std::fmt::Write as _;

const TYPESCRIPT: &str = "text/plain; charset=utf-8";

pub(super) fn write(draft: &Draft, options: &Options) -> Result<Exported, ExportError> {
    let mut stack = stack::read(draft, options, Format::Cdk);
    cloudformation::unsupported(&mut stack);
    cloudformation::unique(&mut stack);
    let mut files = vec![File::new("lib/task-definition-stack.ts", TYPESCRIPT, module(&stack))];
    if options.surroundings {
        files.extend(app(&stack));
    }
    Ok(Exported { files, losses: stack.definition.losses.into_list() })
}

/// The rest of an app, ready for `npx cdk synth`.
fn app(stack: &Stack) -> [File; 4] {
    let region = if stack.region.is_empty() { "process.env.CDK_DEFAULT_REGION".to_owned() } else { quoted(&stack.region) };
    let name: String = stack.family().chars().map(|c| if c == '_' { '-' } else { c }).take(100).collect();
    // A stack's name begins with a letter.
    let name = quoted(&format!("task-definition-{name}"));
    let bin = format!(
        "import * as cdk from 'aws-cdk-lib';\nimport {{ TaskDefinitionStack }} from '../lib/task-definition-stack';\n\nconst app = new cdk.App();\n\
         new TaskDefinitionStack(app, 'TaskDefinitionStack', {{\n  stackName: {name},\n  env: {{ account: process.env.CDK_DEFAULT_ACCOUNT, region: {region} }},\n}});\n"
    );
    let package = json!({
        "name": "task-definition", "private": true,
        "devDependencies": { "@types/node": "^22.0.0", "aws-cdk": "^2.1000.0", "ts-node": "^10.9.0", "typescript": "^5.0.0" },
        "dependencies": { "aws-cdk-lib": "^2.200.0", "constructs": "^10.0.0" }
    });
    let tsconfig = json!({ "compilerOptions": { "target": "ES2022", "module": "commonjs", "strict": true, "esModuleInterop": true, "skipLibCheck": true, "outDir": "dist" }, "exclude": ["node_modules", "cdk.out", "dist"] });
    let cdk = json!({ "app": "npx ts-node --prefer-ts-exts bin/app.ts" });
    let json = |name: &str, value: &serde_json::Value| File::new(name, "application/json", format!("{value:#}\n"));
    [File::new("bin/app.ts", TYPESCRIPT, bin), json("cdk.json", &cdk), json("package.json", &package), json("tsconfig.json", &tsconfig)]
}

fn module(stack: &Stack) -> String {
    let parameters = &stack.definition.parameters;
    let write = Write { parameters };
    let role = stack.execution.is_some() || stack.task.is_some();
    let mut out = "import * as cdk from 'aws-cdk-lib';\nimport * as ecs from 'aws-cdk-lib/aws-ecs';\n".to_owned();
    if role {
        out.push_str("import * as iam from 'aws-cdk-lib/aws-iam';\n");
    }
    if !stack.groups.is_empty() {
        out.push_str("import * as logs from 'aws-cdk-lib/aws-logs';\n");
    }
    out.push_str("import { Construct } from 'constructs';\n\nexport class TaskDefinitionStack extends cdk.Stack {\n");
    out.push_str("  constructor(scope: Construct, id: string, props?: cdk.StackProps) {\n");
    let _ = writeln!(out, "    super(scope, id, {{ description: {}, ...props }});", quoted(&cloudformation::description(stack)));
    for parameter in parameters.all() {
        let mut pairs = vec![("type", Ts::text("String"))];
        pairs.extend(parameter.default.as_ref().map(|default| ("default", Ts::text(default))));
        pairs.push(("description", Ts::text(describes(parameter))));
        declare(&mut out, &parameter.camel(), "cdk.CfnParameter", &parameter.pascal(), &Ts::object(pairs));
    }
    if !stack.groups.is_empty() {
        let days = Ts::List(DAYS.iter().map(|day| Ts::text(day.to_string())).collect());
        let retention = Ts::object([
            ("type", Ts::text("Number")),
            ("default", Ts::bare(RETENTION)),
            ("allowedValues", days),
            ("description", Ts::text("Days that logs are kept")),
        ]);
        declare(&mut out, "logRetentionDays", "cdk.CfnParameter", "LogRetentionDays", &retention);
    }
    for (i, name) in stack.groups.iter().enumerate() {
        let properties = Ts::object([("logGroupName", write.text(name)), ("retentionInDays", Ts::bare("logRetentionDays.valueAsNumber"))]);
        declare(&mut out, &variable(&group_id(i)), "logs.CfnLogGroup", &group_id(i), &properties);
        kept(&mut out, &variable(&group_id(i)));
    }
    for (id, statements) in [("ExecutionRole", &stack.execution), ("TaskRole", &stack.task)] {
        if let Some(statements) = statements {
            let properties = write.properties(&role_properties(statements, id == "ExecutionRole"));
            declare(&mut out, &variable(id), "iam.CfnRole", id, &properties);
        }
    }
    declare(&mut out, "taskDefinition", "ecs.CfnTaskDefinition", "TaskDefinition", &write.expr(&stack.definition.root, ""));
    kept(&mut out, "taskDefinition");
    out.push_str("\n    new cdk.CfnOutput(this, 'TaskDefinitionArn', { value: taskDefinition.ref });\n  }\n}\n");
    out
}

fn declare(out: &mut String, variable: &str, class: &str, id: &str, properties: &Ts) {
    let _ = writeln!(out, "\n    const {variable} = new {class}(this, {}, {});", quoted(id), properties.written(4));
}

/// Old revisions and old logs stay when something new takes their place.
fn kept(out: &mut String, variable: &str) {
    let _ = writeln!(out, "    {variable}.cfnOptions.deletionPolicy = cdk.CfnDeletionPolicy.DELETE;");
    let _ = writeln!(out, "    {variable}.cfnOptions.updateReplacePolicy = cdk.CfnDeletionPolicy.RETAIN;");
}

/// The variable of a resource.
fn variable(id: &str) -> String {
    id[..1].to_ascii_lowercase() + &id[1..]
}

/// The API's key as the library's properties spell it.
fn key(parent: &str, key: &str) -> String {
    match (parent, key) {
        ("efsVolumeConfiguration", "fileSystemId") => "filesystemId".to_owned(),
        (_, "fsxWindowsFileServerVolumeConfiguration") => "fSxWindowsFileServerVolumeConfiguration".to_owned(),
        (_, "s3filesVolumeConfiguration") => "s3FilesVolumeConfiguration".to_owned(),
        ("proxyConfiguration", "properties") => "proxyConfigurationProperties".to_owned(),
        (_, key) => key.to_owned(),
    }
}

struct Write<'a> {
    parameters: &'a Parameters,
}

impl Write<'_> {
    fn expr(&self, expr: &Expr, parent: &str) -> Ts {
        match expr {
            Expr::Bool(value) => Ts::bare(value),
            Expr::Number(digits) => Ts::bare(digits),
            Expr::Text(text) => self.text(text),
            // Nothing is imported from CDK.
            Expr::Own(text) => self.text(&Text::literal(text)),
            Expr::Open(reference, Due::Number) => Ts::bare(format!("cdk.Token.asNumber({})", self.name(reference))),
            Expr::Open(reference, Due::Bool) => Ts::bare(format!("({} as unknown as cdk.IResolvable)", self.name(reference))),
            Expr::List(items) => Ts::List(items.iter().map(|item| self.expr(item, parent)).collect()),
            Expr::Object(pairs) => Ts::Object(pairs.iter().map(|(k, v)| (key(parent, k), self.expr(v, k))).collect()),
            Expr::Map(pairs) => Ts::Object(pairs.iter().map(|(k, v)| (k.clone(), self.expr(v, ""))).collect()),
        }
    }

    /// The properties of a resource whose keys are CloudFormation's: only the outermost two levels are the library's.
    fn properties(&self, properties: &Expr) -> Ts {
        let Expr::Map(pairs) = properties else { return Ts::Object(Vec::new()) };
        let inner = |value: &Expr| match value {
            Expr::List(items) => Ts::List(items.iter().map(|item| if matches!(item, Expr::Map(_)) { self.lower(item) } else { self.expr(item, "") }).collect()),
            value => self.expr(value, ""),
        };
        Ts::Object(pairs.iter().map(|(k, v)| (variable(k), inner(v))).collect())
    }

    fn lower(&self, map: &Expr) -> Ts {
        let Expr::Map(pairs) = map else { return Ts::Object(Vec::new()) };
        Ts::Object(pairs.iter().map(|(k, v)| (variable(k), self.expr(v, ""))).collect())
    }

    fn text(&self, text: &Text) -> Ts {
        match (text.plain(), text.single()) {
            (Some(plain), _) => Ts::text(plain),
            (None, Some(reference)) => Ts::bare(self.name(reference)),
            (None, None) => {
                let parts = text.0.iter().map(|part| match part {
                    Part::Literal(text) => quoted(text),
                    Part::Ref(reference) => self.name(reference),
                });
                Ts::bare(format!("cdk.Fn.join('', [{}])", parts.collect::<Vec<_>>().join(", ")))
            }
        }
    }

    fn name(&self, reference: &Ref) -> String {
        match reference {
            Ref::Parameter(index) => format!("{}.valueAsString", self.parameters.get(*index).camel()),
            Ref::Partition => "cdk.Aws.PARTITION".to_owned(),
            Ref::Account => "cdk.Aws.ACCOUNT_ID".to_owned(),
            Ref::Region => "cdk.Aws.REGION".to_owned(),
            Ref::LogGroup(index) => format!("{}.ref", variable(&group_id(*index))),
            Ref::ExecutionRole => "executionRole.attrArn".to_owned(),
            Ref::TaskRole => "taskRole.attrArn".to_owned(),
        }
    }
}
