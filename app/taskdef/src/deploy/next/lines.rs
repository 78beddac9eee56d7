//! Words of a command, and the names that all of them use.

use super::{Blank, Front, Mode};
use crate::{
    Draft, Launch,
    document::view,
    facts,
    grammar::{name, shell::quoted},
};
use serde_json::Value;

/// What a command has in place of a name that was not chosen.
const REGION: Blank = Blank { word: "REGION", place: "/region" };
const CLUSTER: Blank = Blank { word: "CLUSTER", place: "/cluster/name" };
const FAMILY: Blank = Blank { word: "FAMILY", place: "/family" };
const INSTANCE: Blank = Blank { word: "INSTANCE_TYPE", place: "/cluster/instanceType" };

/// Most instances that are started at once.
const MOST_INSTANCES: u64 = 100;

/// The names of a draft as AWS could have them, or what is to be filled in. None of them has a space, a quote or a `$`.
pub(super) struct Names {
    pub region: String,
    pub cluster: String,
    pub family: String,
    /// The family, or the revision that was registered.
    pub definition: String,
    pub launch: Launch,
    pub mode: Mode,
    pub front: Option<Front>,
    pub instance_type: String,
    pub count: u64,
    pub arm: bool,
    pub windows: bool,
    /// Log groups and their Regions.
    pub groups: Vec<(String, String)>,
    /// The roles that the task passes on, by name.
    pub roles: Vec<String>,
    /// When a scheduled job runs.
    pub schedule: Option<String>,
}

impl Names {
    pub(super) fn of(draft: &Draft, revision: Option<u64>) -> (Names, Vec<Blank>) {
        let mut blanks = Vec::new();
        let mut or = |text: &str, good: bool, blank: Blank| {
            if good {
                return text.to_owned();
            }
            blanks.push(blank);
            blank.word.to_owned()
        };
        let definition = draft.definition();
        let region = or(draft.region(), name::is_region(draft.region()), REGION);
        let cluster = or(draft.cluster_name(), name::is_name(draft.cluster_name()), CLUSTER);
        let family = or(draft.family(), name::is_name(draft.family()), FAMILY);
        let launch = draft.launch().unwrap_or(Launch::Fargate);
        let windows = text(definition, "/runtimePlatform/operatingSystemFamily").starts_with("WINDOWS");
        let chosen = text(draft.root(), "/cluster/instanceType");
        let instance_type = if launch == Launch::Ec2 && !windows { or(chosen, facts::instance(chosen).is_some(), INSTANCE) } else { String::new() };
        let groups = view::log_groups(definition, draft.region()).into_iter().filter(|g| name::is_log_group(g.name));
        let groups = groups.map(|g| (g.name.to_owned(), if name::is_region(g.region) { g.region.to_owned() } else { region.clone() })).collect();
        let role = |key: &str| {
            let last = text(definition, key).rsplit('/').next().unwrap_or_default();
            super::super::RoleName::parse(last).ok().map(|role| role.to_string())
        };
        let names = Names {
            definition: revision.map_or_else(|| family.clone(), |n| format!("{family}:{n}")),
            mode: Mode::of(definition, Some(launch)),
            front: Front::of(definition),
            count: draft.root().pointer("/cluster/count").and_then(Value::as_u64).unwrap_or(1).clamp(1, MOST_INSTANCES),
            arm: facts::instance(chosen).map_or(text(definition, "/runtimePlatform/cpuArchitecture") == "ARM64", |i| i.arch == "ARM64"),
            roles: ["/executionRoleArn", "/taskRoleArn"].into_iter().filter_map(role).collect(),
            schedule: draft.root().pointer("/cluster/schedule").and_then(Value::as_str).filter(|text| is_schedule(text)).map(str::to_owned),
            region,
            cluster,
            family,
            launch,
            instance_type,
            windows,
            groups,
        };
        (names, blanks)
    }

    /// `--region …`
    pub(super) fn at(&self) -> String {
        format!("--region {}", self.region)
    }

    /// `--cluster … --region …`
    pub(super) fn in_cluster(&self) -> String {
        format!("{} {}", option("--cluster", &self.cluster), self.at())
    }

    /// The options that say where a task runs.
    pub(super) fn placed(&self) -> String {
        let launch = match self.launch {
            Launch::Fargate => " --launch-type FARGATE",
            Launch::Ec2 => " --launch-type EC2",
            Launch::External => " --launch-type EXTERNAL",
            Launch::ManagedInstances => "",
        };
        let public = if self.launch == Launch::Fargate { ",assignPublicIp=ENABLED" } else { "" };
        let network = match self.mode {
            Mode::Awsvpc => format!(" --network-configuration \"awsvpcConfiguration={{subnets=[$SUBNET_IDS],securityGroups=[$SECURITY_GROUP_ID]{public}}}\""),
            Mode::Bridge | Mode::Host | Mode::None => String::new(),
        };
        launch.to_owned() + &network
    }

    /// The family as a name of at most `most` characters with the prefix `task-`, for resources with stricter naming rules.
    pub(super) fn short(&self, most: usize) -> String {
        let name: String = format!("task-{}", self.family).chars().map(|c| if c == '_' { '-' } else { c }).take(most).collect();
        name.trim_end_matches('-').to_owned()
    }
}

/// An option with its value; one that begins with a hyphen would be taken for another option.
pub(super) fn option(option: &str, value: &str) -> String {
    let sign = if value.starts_with('-') { '=' } else { ' ' };
    format!("{option}{sign}{}", quoted(value))
}

/// `NAME=$(aws … --query … --output text)`
pub(super) fn read(variable: &str, command: &str, query: &str) -> String {
    format!("{variable}=$({command} --query {} --output text)", quoted(query))
}

fn text<'a>(value: &'a Value, place: &str) -> &'a str {
    value.pointer(place).and_then(Value::as_str).unwrap_or_default()
}

/// `cron(…)`, `rate(…)` or `at(…)`, as EventBridge Scheduler reads it. Source: Amazon EventBridge Scheduler user guide, schedule types.
fn is_schedule(text: &str) -> bool {
    let kind = ["cron(", "rate(", "at("].iter().any(|start| text.starts_with(start));
    kind && text.ends_with(')') && text.len() <= 256 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b" ()*?,-/#:".contains(&b))
}
