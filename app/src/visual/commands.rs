//! The AWS CLI commands that belong to a draft. Every value is quoted for a POSIX shell.

use super::cells::escape;
use taskdef::{
    Draft, Launch,
    export::{self, quoted},
    view::{self, LogGroup},
};

/// A command of several lines.
pub struct Command(Vec<String>);

impl Command {
    /// As it is copied.
    pub fn text(&self) -> String {
        self.0.join(" \\\n  ")
    }

    /// As markup: options in their colour.
    pub fn html(&self) -> String {
        let part = |p: &String| match p.split_once(' ') {
            Some((option, value)) if option.starts_with("--") => {
                format!("<span class=\"c-cmd__o\">{}</span> <span class=\"c-cmd__v\">{}</span>", escape(option), escape(value))
            }
            _ => p
                .split('\n')
                .map(|l| match l.strip_prefix("aws ") {
                    Some(rest) => format!("<span class=\"c-cmd__w\">aws</span> {}", escape(rest)),
                    None => escape(l),
                })
                .collect::<Vec<_>>()
                .join("\n"),
        };
        self.0.iter().map(part).collect::<Vec<_>>().join(" \\\n  ")
    }
}

fn or<'a>(text: &'a str, other: &'a str) -> &'a str {
    if text.is_empty() { other } else { text }
}

fn cluster_of(draft: &Draft) -> String {
    quoted(or(draft.cluster_name(), "default"))
}

fn in_region(region: &str) -> String {
    format!("--region {}", quoted(or(region, "ap-northeast-2")))
}

fn region_of(draft: &Draft) -> String {
    in_region(draft.region())
}

/// Makes the cluster.
pub fn cluster(draft: &Draft) -> Command {
    let mut parts = vec!["aws ecs create-cluster".to_owned(), format!("--cluster-name {}", cluster_of(draft))];
    if draft.launch() == Some(Launch::Fargate) {
        parts.push("--capacity-providers FARGATE".into());
    }
    parts.push(region_of(draft));
    Command(parts)
}

/// Makes each log group; `None` when no container writes to CloudWatch.
pub fn group(draft: &Draft) -> Option<Command> {
    let one = |g: &LogGroup<'_>| vec!["aws logs create-log-group".to_owned(), format!("--log-group-name {}", quoted(g.name)), in_region(g.region)];
    match view::log_groups(draft.definition(), draft.region()).as_slice() {
        [] => None,
        [group] => Some(Command(one(group))),
        many => Some(Command(vec![many.iter().map(|g| one(g).join(" ")).collect::<Vec<_>>().join("\n")])),
    }
}

/// Registers the file.
pub fn register(draft: &Draft) -> Command {
    let file = export::file_name(draft.family());
    Command(vec!["aws ecs register-task-definition".into(), format!("--cli-input-json {}", quoted(&format!("file://{file}"))), region_of(draft)])
}

/// Runs one task.
pub fn run(draft: &Draft) -> Command {
    let fargate = draft.launch() == Some(Launch::Fargate);
    run_task(or(draft.cluster_name(), "default"), or(draft.family(), "my-task"), fargate, draft.region())
}

/// Runs one task of a revision, by its ARN.
#[cfg(feature = "ssr")]
pub fn run_of(plan: &taskdef::plan::Plan, arn: &str) -> Command {
    let definition = arn.split_once(":task-definition/").map_or(plan.family.as_str(), |(_, name)| name);
    run_task(&plan.cluster, definition, plan.fargate, &plan.region)
}

fn run_task(cluster: &str, definition: &str, fargate: bool, region: &str) -> Command {
    let mut parts = vec!["aws ecs run-task".to_owned(), format!("--cluster {}", quoted(cluster)), format!("--task-definition {}", quoted(definition))];
    if fargate {
        parts.push("--launch-type FARGATE".into());
        parts.push("--network-configuration 'awsvpcConfiguration={subnets=[subnet-0abc],securityGroups=[sg-0abc],assignPublicIp=ENABLED}'".into());
    }
    parts.push(in_region(region));
    Command(parts)
}

/// Takes everything away again.
pub fn cleaning(draft: &Draft) -> Command {
    let (cluster, region) = (cluster_of(draft), region_of(draft));
    let mut lines = vec![
        format!("aws ecs list-tasks --cluster {cluster} {region}"),
        format!("aws ecs stop-task --cluster {cluster} --task TASK_ID {region}"),
        format!("aws ecs deregister-task-definition --task-definition {} {region}", quoted(&format!("{}:1", or(draft.family(), "my-task")))),
        format!("aws ecs delete-cluster --cluster {cluster} {region}"),
    ];
    let groups = view::log_groups(draft.definition(), draft.region());
    lines.extend(groups.into_iter().map(|g| format!("aws logs delete-log-group --log-group-name {} {}", quoted(g.name), in_region(g.region))));
    Command(vec![lines.join("\n")])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_group_of_two_containers_is_made_once_in_its_own_region() {
        let mut draft = Draft::tutorial();
        draft.root_mut()["definition"]["containerDefinitions"][1]["logConfiguration"]["options"]["awslogs-region"] = serde_json::json!("");
        assert_eq!(group(&draft).map(|c| c.text()).unwrap().matches("create-log-group").count(), 1);
        draft.root_mut()["definition"]["containerDefinitions"][1]["logConfiguration"]["options"]["awslogs-region"] = serde_json::json!("us-east-1");
        let text = group(&draft).unwrap().text();
        assert!(text.contains("--region ap-northeast-2\n") && text.ends_with("--region us-east-1"), "{text}");
        assert_eq!(cleaning(&draft).text().matches("delete-log-group").count(), 2);
    }

    #[test]
    fn values_cannot_leave_their_quotes() {
        let mut draft = Draft::tutorial();
        draft.root_mut()["cluster"]["name"] = serde_json::json!("a'; rm -rf / #");
        assert!(cluster(&draft).text().contains(r"--cluster-name 'a'\''; rm -rf / #'"));
        assert!(!cluster(&Draft::tutorial()).text().contains('\''));
    }
}
