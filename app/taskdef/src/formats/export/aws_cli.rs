//! The AWS CLI: the definition as its input, and scripts that register it.

use super::{
    ExportError, Exported, File, Options, definition,
    expr::Ref,
    json_text::{self, Marks},
    parameters::{Parameter, Parameters, Purpose},
    stack,
};
use crate::{
    Draft,
    deploy::{Plan, scripts},
    formats::Format,
    grammar::shell::always,
    messages::all::*,
    shown,
};

const SCRIPT: &str = "text/x-shellscript; charset=utf-8";

pub(super) fn write(draft: &Draft, options: &Options) -> Result<Exported, ExportError> {
    let mut read = definition::read(draft, Format::AwsCli);
    stack::sizes(&mut read.root);
    let marks = Shell { parameters: &read.parameters };
    let mut files = vec![File::new("register.sh", SCRIPT, register(draft, options, &json_text::document(&read.root, &marks), &read.parameters))];
    // A plan is made of names only: with a placeholder there is none, and no script that creates what surrounds the definition.
    let plan = options.tag.as_ref().filter(|_| options.surroundings).and_then(|tag| Plan::new(draft, tag).ok());
    if let Some(plan) = plan {
        files.push(File::new("deploy.sh", SCRIPT, scripts::deploy(options.lang, &plan)));
        files.push(File::new("teardown.sh", SCRIPT, scripts::teardown(options.lang, &plan)));
    }
    Ok(Exported { files, losses: read.losses.into_list() })
}

/// The script that registers a revision. The definition is one quoted word, so nothing in it is read by the shell.
fn register(draft: &Draft, options: &Options, definition: &str, parameters: &Parameters) -> String {
    let mut out = format!("#!/usr/bin/env bash\n# {}\nset -euo pipefail\nexport AWS_PAGER=''\n", EXPORT_CLI_USE.text.plain(options.lang));
    let region = stack::region(draft);
    if !region.is_empty() {
        let region = always(&region);
        out += &format!("export AWS_REGION={region} AWS_DEFAULT_REGION={region}\n");
    }
    let mut names: Vec<String> = parameters.all().iter().filter(|p| matches!(p.purpose, Purpose::Placeholder(_))).map(Parameter::screaming).collect();
    for (mark, name) in [(Ref::Account, "TASKWRIGHT_ACCOUNT_ID"), (Ref::Region, "TASKWRIGHT_REGION"), (Ref::Partition, "TASKWRIGHT_PARTITION")] {
        if definition.contains(&Shell { parameters }.inside(&mark)) {
            names.push(name.to_owned());
        }
    }
    for name in &names {
        let missing = EXPORT_CLI_SET.text.with(options.lang, &[("name", crate::finding::Param::Text(name.clone()))]);
        let wrong = EXPORT_CLI_CHARACTERS.text.with(options.lang, &[("name", crate::finding::Param::Text(name.clone()))]);
        let said = |text: &str| always(&shown::line(text));
        out += &format!("if [ -z \"${{{name}:-}}\" ]; then\n  printf '%s\\n' {} >&2\n  exit 2\nfi\n", said(&missing));
        // A value with one of these would end the string that it is put into.
        out += &format!("case \"${name}\" in\n  *[\\\"\\\\]* | *[[:cntrl:]]*)\n    printf '%s\\n' {} >&2\n    exit 2\n    ;;\nesac\n", said(&wrong));
    }
    out += &format!("definition='{}'\n", definition.trim_end());
    out + "aws ecs register-task-definition --cli-input-json \"$definition\" --query taskDefinition.taskDefinitionArn --output text\n"
}

/// JSON inside single quotes of a shell.
struct Shell<'a> {
    parameters: &'a Parameters,
}

impl Marks for Shell<'_> {
    fn literal(&self, escaped: &str) -> String {
        escaped.replace('\'', r"'\''")
    }

    fn inside(&self, reference: &Ref) -> String {
        let name = match reference {
            Ref::Parameter(index) => self.parameters.get(*index).screaming(),
            Ref::Account => "TASKWRIGHT_ACCOUNT_ID".to_owned(),
            Ref::Region => "TASKWRIGHT_REGION".to_owned(),
            Ref::Partition => "TASKWRIGHT_PARTITION".to_owned(),
            Ref::LogGroup(_) | Ref::ExecutionRole | Ref::TaskRole => return String::new(),
        };
        format!("'\"${{{name}}}\"'")
    }

    fn bare(&self, reference: &Ref) -> String {
        self.inside(reference)
    }
}
