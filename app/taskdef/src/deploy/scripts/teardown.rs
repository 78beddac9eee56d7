//! `teardown.sh`: takes away what carries the draft's tag, and shows it first.

use super::script::{Script, Word, only_with};
use crate::grammar::shell::{always, call};
use crate::{
    Lang,
    deploy::{Group, Plan, TAG},
    messages::{Message, all::*},
};
use serde_json::json;

/// The script, for Bash 3.2 and later with the AWS CLI.
pub fn teardown(lang: Lang, plan: &Plan) -> String {
    let mut s = Script::new(lang, plan);
    s.about(&[
        &SCRIPT_TEARDOWN_HEAD,
        &SCRIPT_TEARDOWN_SERVICES,
        &SCRIPT_TEARDOWN_REVISIONS,
        &SCRIPT_TEARDOWN_GROUPS,
        &SCRIPT_TEARDOWN_CLUSTER,
        &SCRIPT_TEARDOWN_NOT,
        &SCRIPT_TEARDOWN_USAGE,
    ]);
    s.begin(only_with("--yes"));
    s.line(&format!("mark={}\nfamily={}\n", always(&plan.mark), always(&plan.family)));
    ours(&mut s, plan);
    cluster(&mut s, plan);
    running(&mut s, plan);
    s.line("for arn in $ours; do");
    s.say("  - ", &SCRIPT_REVISION_REMOVED, &[Word::Var("$arn")]);
    s.line("  change aws ecs deregister-task-definition --task-definition \"$arn\"");
    s.line("done\n");
    for group in &plan.groups {
        self::group(&mut s, group);
    }
    // The log groups have used the variable since.
    s.line(&format!("name={}", always(&plan.cluster)));
    s.line("case \"$cluster\" in");
    s.line("  none)");
    s.say("    = ", &SCRIPT_CLUSTER_NONE, &[Word::Var("$name")]);
    s.line("    ;;");
    s.line("  ours)");
    s.say("    - ", &SCRIPT_CLUSTER_REMOVED, &[Word::Var("$name")]);
    s.line(&format!("    change {}", call("ecs delete-cluster", &json!({ "cluster": plan.cluster }))));
    s.line("    ;;");
    s.line("  *)");
    s.say("    = ", &SCRIPT_CLUSTER_OTHER, &[Word::Var("$name")]);
    s.line("    ;;");
    s.line("esac");
    s.say("", &SCRIPT_DONE, &[]);
    s.into_text()
}

/// The revisions of the family that carry the tag, in `$ours`. ARNs hold no spaces.
fn ours(s: &mut Script, plan: &Plan) {
    let list = call("ecs list-task-definitions", &json!({ "familyPrefix": plan.family, "status": "ACTIVE" }));
    s.line("ours=''");
    s.line(&format!("found=$({list} --query 'taskDefinitionArns[]' --output text)"));
    s.line("for arn in $found; do");
    s.line("  case \"$arn\" in");
    s.line("    *\":task-definition/$family:\"*) ;;");
    s.line("    *) continue ;;");
    s.line("  esac");
    s.line(&format!(
        "  tag=$(aws ecs describe-task-definition --task-definition \"$arn\" --include TAGS --query \"tags[?key=='{TAG}'].value | [0]\" --output text)"
    ));
    s.line("  case \"$tag\" in");
    s.line("    \"$mark/\"*) ours=\"$ours $arn\" ;;");
    s.line("  esac");
    s.line("done");
    s.line("if [ -z \"$ours\" ]; then");
    s.say("  = ", &SCRIPT_REVISION_NONE, &[Word::Var("$family")]);
    s.line("fi\n");
}

/// `$cluster`: `none`, `ours`, or `other`.
fn cluster(s: &mut Script, plan: &Plan) {
    let look = call("ecs describe-clusters", &json!({ "clusters": [plan.cluster], "include": ["TAGS"] }));
    s.line(&format!("name={}", always(&plan.cluster)));
    s.line(&format!("found=$({look} --query \"clusters[?status=='ACTIVE'].[clusterName, tags[?key=='{TAG}'].value | [0]]\" --output text)"));
    s.line("cluster=other");
    s.line("case \"$found\" in");
    s.line("  '' | None) cluster=none ;;");
    s.line("  *\"\t$mark\") cluster=ours ;;");
    s.line("esac\n");
}

/// What runs a revision of ours, and how it is ended.
struct Running {
    /// The variable that holds its ARN, without and with its sign.
    name: &'static str,
    variable: &'static str,
    list: String,
    query: &'static str,
    /// What to look at, and which answer is the revision.
    looks: (&'static str, &'static str),
    says: &'static Message,
    /// Operations and their options.
    ends: &'static [(&'static str, &'static str)],
}

/// Stops services and tasks of our revisions, and waits for the tasks.
fn running(s: &mut Script, plan: &Plan) {
    let at = json!({ "cluster": plan.cluster });
    let services = Running {
        name: "service",
        variable: "$service",
        list: call("ecs list-services", &at),
        query: "serviceArns[]",
        looks: ("ecs describe-services", "--services \"$service\" --query 'services[0].taskDefinition'"),
        says: &SCRIPT_SERVICE_REMOVED,
        ends: &[("ecs update-service", "--service \"$service\" --desired-count 0"), ("ecs delete-service", "--service \"$service\" --force")],
    };
    let tasks = Running {
        name: "task",
        variable: "$task",
        list: call("ecs list-tasks", &json!({ "cluster": plan.cluster, "family": plan.family })),
        query: "taskArns[]",
        looks: ("ecs describe-tasks", "--tasks \"$task\" --query 'tasks[0].taskDefinitionArn'"),
        says: &SCRIPT_TASK_STOPPED,
        ends: &[("ecs stop-task", "--task \"$task\"")],
    };
    s.line("if [ \"$cluster\" != none ] && [ -n \"$ours\" ]; then");
    s.line("  stopped=''");
    for what in [&services, &tasks] {
        let Running { name, variable, list, query, looks, says, ends } = what;
        s.line(&format!("  found=$({list} --query '{query}' --output text)"));
        s.line(&format!("  for {name} in $found; do"));
        s.line(&format!("    [ \"${name}\" != None ] || continue"));
        s.line(&format!("    arn=$({} {} --output text)", call(looks.0, &at), looks.1));
        s.line("    case \"$ours \" in");
        s.line("      *\" $arn \"*)");
        s.say("        - ", says, &[Word::Var(variable)]);
        for (operation, options) in *ends {
            s.line(&format!("        change {} {options}", call(operation, &at)));
        }
        if *name == "task" {
            s.line("        stopped=\"$stopped $task\"");
        }
        s.line("        ;;\n    esac\n  done");
    }
    s.line("  if [ -n \"$stopped\" ] && [ -z \"$dry\" ]; then");
    s.say("    ", &SCRIPT_TASKS_WAITED, &[]);
    s.line("    for task in $stopped; do");
    s.line(&format!("      {} --tasks \"$task\"", call("ecs wait tasks-stopped", &at)));
    s.line("    done\n  fi\nfi\n");
}

fn group(s: &mut Script, group: &Group) {
    let at = group.region.as_ref().map(|r| format!(" --region {}", always(r))).unwrap_or_default();
    let look = call("logs describe-log-groups", &json!({ "logGroupNamePrefix": group.name }));
    let delete = call("logs delete-log-group", &json!({ "logGroupName": group.name }));
    s.line(&format!("name={}", always(&group.name)));
    s.line(&format!("found=$({look}{at} --query 'logGroups[].[logGroupName, arn]' --output text)"));
    s.line("arn=''");
    s.line("while IFS=$'\\t' read -r one its; do");
    s.line("  if [ \"$one\" = \"$name\" ]; then arn=${its%:\\*}; fi");
    s.line("done <<<\"$found\"");
    s.line("if [ -z \"$arn\" ]; then");
    s.say("  = ", &SCRIPT_GROUP_NONE, &[Word::Var("$name")]);
    s.line(&format!("elif [ \"$(aws logs list-tags-for-resource{at} --resource-arn \"$arn\" --query 'tags.{TAG}' --output text)\" = \"$mark\" ]; then"));
    s.say("  - ", &SCRIPT_GROUP_REMOVED, &[Word::Var("$name")]);
    s.line(&format!("  change {delete}{at}"));
    s.line("else");
    s.say("  = ", &SCRIPT_GROUP_OTHER, &[Word::Var("$name")]);
    s.line("fi\n");
}
