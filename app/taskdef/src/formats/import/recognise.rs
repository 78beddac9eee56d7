//! Which format a text has. The first test that fits counts; a person can choose another.

use super::tree::{Kind, Node, read_all_yaml, read_json};
use crate::{
    diagnose::{self, symptom::symptom},
    formats::Format,
};

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recognised {
    /// A format that is read.
    Format(Format),
    /// A Compose file of the first version, without `services`.
    ComposeV1,
    /// CDK source code.
    CdkSource,
    /// A GitHub workflow: the file that it names is wanted.
    Workflow,
    /// ecspresso's configuration: the file that it names is wanted.
    EcspressoConfig,
    /// Kubernetes, which has no task definition.
    Kubernetes,
    /// A plan as `terraform plan` prints it.
    TerraformPlan,
    /// What `describe-tasks` prints: what ran, not what is registered.
    Tasks,
    /// What `describe-services` prints.
    Services,
    /// How an image is built.
    Dockerfile,
    /// An error that the doctor explains.
    Error,
    /// None that we know.
    Unknown,
}

/// Copilot's types of workloads.
pub(super) const COPILOT: [&str; 6] =
    ["Load Balanced Web Service", "Backend Service", "Worker Service", "Scheduled Job", "Request-Driven Web Service", "Static Site"];

/// Looks at a text. A text that does not parse is judged by its first words, so that the error is about the right format.
///
/// ```
/// use taskdef::formats::{Format, import::{Recognised, recognise}};
/// let compose = "services:\n  web:\n    image: nginx\n";
/// assert_eq!(recognise(compose), Recognised::Format(Format::Compose));
/// assert_eq!(recognise("$ docker run -d nginx"), Recognised::Format(Format::DockerRun));
/// assert_eq!(recognise("PORT=80\nNODE_ENV=production\n"), Recognised::Format(Format::EnvFile));
/// ```
pub fn recognise(text: &str) -> Recognised {
    let text = text.trim_start_matches('\u{feff}').trim();
    let first = text.chars().next().unwrap_or(' ');
    if has_commands(text, is_container_run) {
        return Recognised::Format(Format::DockerRun);
    }
    if has_commands(text, |words| words.len() > 2 && words[0].ends_with("aws") && words[1] == "ecs" && words[2] == "register-task-definition") {
        return Recognised::Format(Format::AwsCli);
    }
    if matches!(first, '{' | '[' | '“' | '/') || text.starts_with("\"") {
        return of_json(text);
    }
    if is_dockerfile(text) {
        return Recognised::Dockerfile;
    }
    if is_hcl(text) {
        return Recognised::Format(Format::Terraform);
    }
    if text.contains("Terraform will perform the following actions") || text.contains("# aws_ecs_task_definition.") {
        return Recognised::TerraformPlan;
    }
    if ["import", "from ", "const ", "//", "#!"].iter().any(|word| text.starts_with(word)) && (text.contains("aws_ecs") || text.contains("aws-ecs")) {
        return Recognised::CdkSource;
    }
    if is_env(text) {
        return Recognised::Format(Format::EnvFile);
    }
    let found = match read_all_yaml(0, text) {
        Ok(all) if !all.is_empty() => all.iter().map(of_tree).find(|found| *found != Recognised::Unknown).unwrap_or(Recognised::Unknown),
        _ => by_words(text),
    };
    if found == Recognised::Unknown && is_explained(text) { Recognised::Error } else { found }
}

/// Whether the doctor knows a text, as a cause or as something that a browser shows.
fn is_explained(text: &str) -> bool {
    !diagnose::diagnose(text).causes.is_empty() || symptom(text).is_some()
}

fn of_json(text: &str) -> Recognised {
    if text.contains("{{")
        && (text.contains("env ") || text.contains("tfstate") || text.contains("ssm ") || text.contains("cfn_") || text.contains("secretsmanager"))
        && text.contains("ontainerDefinitions")
    {
        return Recognised::Format(Format::Ecspresso);
    }
    match read_json(0, text) {
        Ok(node) => match of_tree(&node) {
            Recognised::Unknown if node.is_map() && node.get("family").is_none() && is_explained(text) => Recognised::Error,
            // JSON that is nothing else is taken for a definition: its rules say what is missing.
            Recognised::Unknown => Recognised::Format(Format::Json),
            found => found,
        },
        Err(_) => match by_words(text) {
            Recognised::Unknown => Recognised::Format(Format::Json),
            found => found,
        },
    }
}

fn of_tree(node: &Node) -> Recognised {
    let has = |key: &str| node.get(key).is_some();
    if node.is_list() {
        let item = |item: &Node| item.get("image").is_some() || item.get("name").is_some();
        return if node.items().iter().any(item) { Recognised::Format(Format::Json) } else { Recognised::Unknown };
    }
    if !node.is_map() {
        return Recognised::Unknown;
    }
    if has("containerDefinitions") || node.get("taskDefinition").is_some_and(Node::is_map) {
        return Recognised::Format(if is_skeleton(node) { Format::AwsCli } else { Format::Json });
    }
    let described = |key: &str, arn: &str| node.get(key).is_some_and(|list| list.is_list() && list.items().iter().all(|item| item.get(arn).is_some()));
    if has("taskArn") || described("tasks", "taskArn") {
        return Recognised::Tasks;
    }
    if has("serviceArn") || described("services", "serviceArn") {
        return Recognised::Services;
    }
    let typed = |node: &Node| node.pairs().iter().any(|(_, resource)| resource.get("Type").is_some());
    if has("AWSTemplateFormatVersion") || node.get("Resources").is_some_and(typed) {
        return Recognised::Format(Format::CloudFormation);
    }
    if has("format_version") && (has("values") || has("planned_values")) || has("terraform_version") && has("resources") {
        return Recognised::Format(Format::TerraformState);
    }
    if has("apiVersion") && has("kind") {
        return Recognised::Kubernetes;
    }
    if node.get("services").is_some_and(Node::is_map) || has("include") && !has("stages") {
        return Recognised::Format(Format::Compose);
    }
    let kind = node.get("type").and_then(Node::text);
    if kind.is_some_and(|kind| COPILOT.contains(&kind)) || (has("cpu") && node.get("image").is_some_and(Node::is_map)) {
        return Recognised::Format(Format::Copilot);
    }
    if has("cluster") && (has("service_definition") || has("task_definition")) {
        return Recognised::EcspressoConfig;
    }
    if has("jobs") && has("on") {
        return Recognised::Workflow;
    }
    let service = |node: &Node| node.get("image").is_some() || node.get("build").is_some();
    if !node.pairs().is_empty() && node.pairs().iter().all(|(_, value)| service(value)) {
        return Recognised::ComposeV1;
    }
    Recognised::Unknown
}

/// Kinds of volumes that only a skeleton has all at once.
const KINDS: [&str; 4] = ["host", "dockerVolumeConfiguration", "efsVolumeConfiguration", "fsxWindowsFileServerVolumeConfiguration"];

/// Whether a definition is the output of `--generate-cli-skeleton`.
pub(super) fn is_skeleton(node: &Node) -> bool {
    let volume = node.get("volumes").and_then(|v| v.items().first());
    volume.is_some_and(|volume| KINDS.iter().all(|kind| volume.get(kind).is_some())) && empty(node) >= 20
}

fn empty(node: &Node) -> usize {
    match &node.kind {
        Kind::Scalar { text, .. } => usize::from(text.is_empty()),
        Kind::List(items) => items.iter().map(empty).sum(),
        Kind::Map(pairs) => pairs.iter().map(|(_, value)| empty(value)).sum(),
    }
}

/// A text that does not parse: its words say what it was meant to be.
fn by_words(text: &str) -> Recognised {
    let line = |word: &str| text.lines().any(|line| line.trim_end().starts_with(word));
    if text.contains("AWS::ECS::") || line("AWSTemplateFormatVersion") {
        Recognised::Format(Format::CloudFormation)
    } else if line("services:") {
        Recognised::Format(Format::Compose)
    } else {
        Recognised::Unknown
    }
}

/// Whether the first instruction is `FROM image`; only `ARG` and comments can precede it.
/// Source: Dockerfile reference, FROM.
fn is_dockerfile(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let first = lines.find(|line| !line.to_ascii_uppercase().starts_with("ARG "));
    let words: Vec<&str> = first.unwrap_or_default().split_whitespace().filter(|word| !word.starts_with("--")).collect();
    match words.as_slice() {
        [from, _] => from.eq_ignore_ascii_case("FROM"),
        [from, _, as_, _] => from.eq_ignore_ascii_case("FROM") && as_.eq_ignore_ascii_case("AS"),
        _ => false,
    }
}

fn is_hcl(text: &str) -> bool {
    const BLOCKS: [&str; 8] = ["resource", "variable", "locals", "module", "provider", "terraform", "data", "output"];
    text.lines().any(|line| {
        let line = line.trim();
        let word = line.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
        BLOCKS.contains(&word) && line.ends_with('{') && !line.contains(':')
    })
}

/// Lines of `NAME=value` and comments only, one of them at least.
fn is_env(text: &str) -> bool {
    let mut some = false;
    let mut open: Option<char> = None;
    for line in text.lines().map(str::trim) {
        if let Some(quote) = open {
            if line.ends_with(quote) {
                open = None;
            }
            continue;
        }
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let line = line.strip_prefix("export ").unwrap_or(line);
        let Some((name, value)) = line.split_once('=') else { return false };
        let name = name.trim_end();
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-')) {
            return false;
        }
        let value = value.trim();
        open = ['"', '\''].into_iter().find(|quote| value.starts_with(*quote) && (value.len() == 1 || !value[1..].contains(*quote)));
        some = true;
    }
    some
}

/// Whether a line of the text is such a command, behind prompts, `sudo` and variables.
fn has_commands(text: &str, fits: impl Fn(&[&str]) -> bool) -> bool {
    text.lines().take(2_000).any(|line| {
        let words: Vec<&str> = line.split_whitespace().take(40).collect();
        let start = words.iter().position(|word| {
            let bare = word.trim_start_matches(['`', '“']);
            !(matches!(bare, "$" | "#" | ">" | "%" | "sudo" | "time" | "exec" | "env" | "") || bare.contains('=') || (bare == "PS" || bare.ends_with('>')))
        });
        start.is_some_and(|start| {
            let mut words = words[start..].to_vec();
            words[0] = words[0].trim_start_matches(['`', '“']);
            fits(&words)
        })
    })
}

fn is_container_run(words: &[&str]) -> bool {
    let program = words[0].rsplit('/').next().unwrap_or("");
    matches!(program, "docker" | "podman" | "nerdctl" | "docker.exe")
        && match words.get(1) {
            Some(&("run" | "create")) => true,
            Some(&"container") => matches!(words.get(2), Some(&("run" | "create"))),
            _ => false,
        }
}
