//! A GitHub Actions workflow that builds the image and deploys the definition, without long-lived keys (OIDC).

use super::{
    ExportError, Exported, File, Loss, Options,
    definition::{self, Definition},
    expr::{Expr, Part, Ref, Text},
    iam::{Known, account, registering},
    json_text::{self, Marks},
    parameters::{Parameter, Parameters, Purpose},
    policy::{self, Statement},
    stack,
    yaml::{self, Yaml},
};
use crate::{
    Draft,
    finding::Param,
    formats::Format,
    grammar::{image, name},
    messages::all::*,
};
use std::collections::HashSet;

pub(super) fn write(draft: &Draft, options: &Options) -> Result<Exported, ExportError> {
    let mut read = definition::read(draft, Format::GitHub);
    stack::sizes(&mut read.root);
    let names = Names::of(draft);
    if names.region.is_empty() {
        read.losses.add(Loss::asked(&EXPORT_GITHUB_REGION, "/region"));
    }
    let builds = builds(&read);
    for build in &builds {
        let of = Param::Text(build.container.clone());
        read.losses.add(Loss::asked(&EXPORT_GITHUB_BUILD, &format!("/containerDefinitions/{}/image", build.index)).with("name", of));
    }
    let nulls = empties(&read.root);
    let definition = json_text::document(&read.root, &Dollar { parameters: &read.parameters });
    let open = open(&read.parameters, &definition);
    let workflow = workflow(&names, &read, &builds, (&nulls, &open), options);
    let mut files =
        vec![File::new(".github/workflows/deploy.yml", "application/yaml", workflow), File::new("task-definition.json", "application/json", definition)];
    if options.surroundings {
        let known = Known { region: names.region.clone(), account: account(&read.root), parameters: &read.parameters };
        if known.account.is_empty() {
            read.losses.add(Loss::asked(&EXPORT_ACCOUNT, ""));
        }
        read.losses.add(Loss::asked(&EXPORT_GITHUB_REPOSITORY, ""));
        let file = |name: &str, policy: &Expr| File::new(name, "application/json", json_text::document(policy, &known));
        files.push(file("deploy-role-trust.json", &trust()));
        files.push(file("deploy-role-policy.json", &policy::document(&permissions(&names, &read.root))));
    }
    Ok(Exported { files, losses: read.losses.into_list() })
}

/// Names in the workflow: valid ones, so that none of them is read as an expression.
struct Names {
    family: String,
    cluster: String,
    region: String,
}

impl Names {
    fn of(draft: &Draft) -> Names {
        let or = |text: &str, usual: &str| if name::is_name(text) { text.to_owned() } else { usual.to_owned() };
        Names { family: or(draft.family(), "task-definition"), cluster: or(draft.cluster_name(), "default"), region: stack::region(draft) }
    }
}

/// An image that the workflow builds.
struct Build {
    index: usize,
    container: String,
    /// The folder with its Dockerfile.
    folder: String,
    /// The ECR repository that it is pushed to.
    repository: String,
}

/// The images that are somebody's own: in a private ECR registry, or under a name on Docker Hub. Without any, the first one.
fn builds(read: &Definition) -> Vec<Build> {
    let containers = read.root.list("containerDefinitions");
    let own = |container: &&(usize, &Expr)| {
        image::parse(container.1.str("image")).is_ok_and(|r| r.ecr().is_some() || (r.is_hub() && r.official().is_none()))
            || container.1.get("image").and_then(Expr::as_text).is_some_and(|text| text.plain().is_none())
    };
    let named: Vec<(usize, &Expr)> = containers.iter().enumerate().filter(|(_, c)| name::is_name(c.str("name"))).collect();
    let mut chosen: Vec<&(usize, &Expr)> = named.iter().filter(own).collect();
    if chosen.is_empty() {
        chosen = named.iter().take(1).collect();
    }
    let one = chosen.len() == 1;
    let build = |(index, container): &(usize, &Expr)| {
        let name = container.str("name").to_owned();
        let path = image::parse(container.str("image")).map(|r| r.path.rsplit('/').next().unwrap_or("").to_owned()).unwrap_or_default();
        let repository = if path.is_empty() { name.to_ascii_lowercase() } else { path };
        Build { index: *index, folder: if one { ".".to_owned() } else { format!("./{name}") }, container: name, repository }
    };
    chosen.into_iter().map(build).collect()
}

/// Keys whose empty value the deploy action would remove: log options and labels.
fn empties(root: &Expr) -> Vec<String> {
    let mut keys = Vec::new();
    let mut add = |pairs: &[(String, Expr)]| {
        for (key, value) in pairs {
            let simple = key.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-/".contains(&b));
            if value.plain() == Some("") && simple && !keys.contains(key) {
                keys.push(key.clone());
            }
        }
    };
    for container in root.list("containerDefinitions") {
        add(container.members("dockerLabels"));
        if let Some(logs) = container.get("logConfiguration") {
            add(logs.members("options"));
        }
    }
    keys
}

/// The variable of a step that holds a repository's variable: never one that AWS's tools read.
fn variable(name: &str) -> String {
    if name.starts_with("TASK_") { name.to_owned() } else { format!("TASK_{name}") }
}

/// What the definition leaves open, by the names of the repository's variables.
fn open(parameters: &Parameters, definition: &str) -> Vec<String> {
    let names = parameters.all().iter().filter(|p| matches!(p.purpose, Purpose::Placeholder(_))).map(Parameter::screaming);
    let marks = Dollar { parameters };
    let of_aws = [Ref::Account, Ref::Region, Ref::Partition].into_iter().filter(|r| definition.contains(&marks.inside(r))).map(|r| marks.name(&r));
    names.chain(of_aws).collect()
}

fn workflow(names: &Names, read: &Definition, builds: &[Build], (nulls, open): (&[String], &[String]), options: &Options) -> String {
    let uses = |action: &str, with: Vec<(&str, Yaml)>| {
        let mut pairs = vec![("uses", Yaml::text(action))];
        if !with.is_empty() {
            pairs.push(("with", Yaml::map(with)));
        }
        pairs
    };
    let named = |id: &str, rest: Vec<(&'static str, Yaml)>| Yaml::map(std::iter::once(("id", Yaml::text(id))).chain(rest));
    let region = "${{ env.AWS_REGION }}";
    let mut steps = vec![
        Yaml::map(uses("actions/checkout@v4", Vec::new())),
        Yaml::map(uses(
            "aws-actions/configure-aws-credentials@v6",
            vec![("role-to-assume", Yaml::text("${{ vars.AWS_DEPLOY_ROLE_ARN }}")), ("aws-region", Yaml::text(region))],
        )),
        named("ecr", vec![("uses", Yaml::text("aws-actions/amazon-ecr-login@v2"))]),
    ];
    let chip = if read.root.get("runtimePlatform").is_some_and(|p| p.str("cpuArchitecture") == "ARM64") { "linux/arm64" } else { "linux/amd64" };
    for (i, build) in builds.iter().enumerate() {
        let image = format!("${{{{ steps.ecr.outputs.registry }}}}/{}:${{{{ github.sha }}}}", build.repository);
        let run =
            format!("docker build --platform {chip} -t \"$IMAGE\" {}\ndocker push \"$IMAGE\"\necho \"image=$IMAGE\" >> \"$GITHUB_OUTPUT\"\n", build.folder);
        steps.push(named(&format!("build-{}", i + 1), vec![("env", Yaml::map([("IMAGE", Yaml::text(image))])), ("run", Yaml::text(run))]));
    }
    let mut file = "task-definition.json".to_owned();
    if let Some(step) = fill(open) {
        steps.push(step);
        file = "task-definition.filled.json".to_owned();
    }
    for (i, build) in builds.iter().enumerate() {
        let with = vec![
            ("task-definition", Yaml::text(std::mem::replace(&mut file, format!("${{{{ steps.render-{}.outputs.task-definition }}}}", i + 1)))),
            ("container-name", Yaml::text(&build.container)),
            ("image", Yaml::text(format!("${{{{ steps.build-{}.outputs.image }}}}", i + 1))),
        ];
        steps.push(named(
            &format!("render-{}", i + 1),
            vec![("uses", Yaml::text("aws-actions/amazon-ecs-render-task-definition@v1")), ("with", Yaml::map(with))],
        ));
    }
    let mut deploy = vec![
        ("task-definition", Yaml::text(file)),
        ("cluster", Yaml::text(&names.cluster)),
        ("service", Yaml::text(&names.family)),
        ("wait-for-service-stability", Yaml::bare(true)),
    ];
    if !nulls.is_empty() {
        deploy.push(("keep-null-value-keys", Yaml::text(nulls.join(","))));
    }
    steps.push(Yaml::map(uses("aws-actions/amazon-ecs-deploy-task-definition@v2", deploy)));
    let region = if names.region.is_empty() { "${{ vars.AWS_REGION }}".to_owned() } else { names.region.clone() };
    let job = Yaml::map([("runs-on", Yaml::text("ubuntu-latest")), ("env", Yaml::map([("AWS_REGION", Yaml::text(region))])), ("steps", Yaml::List(steps))]);
    let workflow = Yaml::map([
        ("name", Yaml::text("Deploy")),
        ("on", Yaml::map([("push", Yaml::map([("branches", Yaml::texts(["main"]))]))])),
        ("permissions", Yaml::map([("id-token", Yaml::text("write")), ("contents", Yaml::text("read"))])),
        ("concurrency", Yaml::text(format!("deploy-{}", names.family))),
        ("jobs", Yaml::map([("deploy", job)])),
    ]);
    let mut out = String::new();
    yaml::comments(&mut out, &[EXPORT_GITHUB_USE.text.plain(options.lang).to_owned()], 0);
    // `on` is a key that GitHub wants without quotes.
    out + &workflow.document().replacen("\"on\":", "on:", 1)
}

/// The step that fills placeholders in, from variables of the repository: jq keeps every value a JSON string.
fn fill(names: &[String]) -> Option<Yaml> {
    if names.is_empty() {
        return None;
    }
    let env = Yaml::Map(names.iter().map(|name| (variable(name), Yaml::text(format!("${{{{ vars.{name} }}}}")))).collect());
    let checks: String = names.iter().map(|name| format!(": \"${{{}:?set the repository variable {name}}}\"\n", variable(name))).collect();
    let list = names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(",");
    let program = format!(
        "def variable: if startswith(\"TASK_\") then . else \"TASK_\" + . end; def fill: reduce ({list}) as $name (.; if . == \"@@NUMBER:\" + $name then env[$name | variable] | fromjson \
         elif type == \"string\" then split(\"@@\" + $name + \"@@\") | join(env[$name | variable]) else . end); walk(fill)"
    );
    let run = format!("{checks}jq '{program}' task-definition.json > task-definition.filled.json\n");
    Some(Yaml::map([("env", env), ("run", Yaml::text(run))]))
}

/// Marks in the definition's file, which stay JSON until they are filled in.
struct Dollar<'a> {
    parameters: &'a Parameters,
}

impl Dollar<'_> {
    fn name(&self, reference: &Ref) -> String {
        match reference {
            Ref::Parameter(index) => self.parameters.get(*index).screaming(),
            Ref::Account => "AWS_ACCOUNT_ID".to_owned(),
            Ref::Region => "AWS_REGION".to_owned(),
            Ref::Partition => "AWS_PARTITION".to_owned(),
            Ref::LogGroup(_) | Ref::ExecutionRole | Ref::TaskRole => String::new(),
        }
    }
}

impl Marks for Dollar<'_> {
    fn literal(&self, escaped: &str) -> String {
        escaped.to_owned()
    }

    fn inside(&self, reference: &Ref) -> String {
        format!("@@{}@@", self.name(reference))
    }

    fn bare(&self, reference: &Ref) -> String {
        format!("\"@@NUMBER:{}\"", self.name(reference))
    }
}

/// Who may take on the role that deploys: this repository's main branch, and nothing else of GitHub's.
fn trust() -> Expr {
    let provider = Text(vec![
        Part::Literal("arn:".into()),
        Part::Ref(Ref::Partition),
        Part::Literal(":iam::".into()),
        Part::Ref(Ref::Account),
        Part::Literal(":oidc-provider/token.actions.githubusercontent.com".into()),
    ]);
    let claims = Expr::map([
        ("token.actions.githubusercontent.com:aud", Expr::text("sts.amazonaws.com")),
        ("token.actions.githubusercontent.com:sub", Expr::text("repo:OWNER/REPOSITORY:ref:refs/heads/main")),
    ]);
    let statement = Expr::map([
        ("Effect", Expr::text("Allow")),
        ("Principal", Expr::map([("Federated", Expr::Text(provider))])),
        ("Action", Expr::text("sts:AssumeRoleWithWebIdentity")),
        ("Condition", Expr::map([("StringEquals", claims)])),
    ]);
    Expr::map([("Version", Expr::text("2012-10-17")), ("Statement", Expr::List(vec![statement]))])
}

/// What the role that deploys may do.
fn permissions(names: &Names, root: &Expr) -> Vec<Statement> {
    let mut statements = registering(root);
    let service = policy::arn("ecs", &format!("service/{}/{}", names.cluster, names.family));
    statements.push(Statement::allow("Deploy", &["ecs:UpdateService", "ecs:DescribeServices"], vec![service]));
    statements.push(Statement::allow("LogInToRegistry", &["ecr:GetAuthorizationToken"], vec![Text::literal("*")]));
    let mut seen = HashSet::new();
    let repositories: Vec<Text> =
        builds_of(root).into_iter().filter(|r| seen.insert(r.clone())).map(|r| policy::arn("ecr", &format!("repository/{r}"))).collect();
    if !repositories.is_empty() {
        let push = [
            "ecr:BatchCheckLayerAvailability",
            "ecr:InitiateLayerUpload",
            "ecr:UploadLayerPart",
            "ecr:CompleteLayerUpload",
            "ecr:PutImage",
            "ecr:BatchGetImage",
        ];
        statements.push(Statement::allow("PushImages", &push, repositories));
    }
    statements
}

fn builds_of(root: &Expr) -> Vec<String> {
    let read = Definition { root: root.clone(), parameters: Parameters::default(), losses: Default::default(), declared: Default::default() };
    builds(&read).into_iter().map(|b| b.repository).collect()
}
