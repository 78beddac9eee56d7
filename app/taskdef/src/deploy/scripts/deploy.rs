//! `deploy.sh`: the plan as commands. Run twice, it makes nothing twice.

use super::{
    roles::making,
    script::{Script, Word, dry_run_or},
};
use crate::grammar::shell::{always, call};
use crate::{
    Lang,
    deploy::{Group, Plan, RETENTION, Role, TAG},
    messages::all::*,
    shown,
};
use serde_json::{Value, json};

/// The script, for Bash 3.2 and later with the AWS CLI.
pub fn deploy(lang: Lang, plan: &Plan) -> String {
    let mut s = Script::new(lang, plan);
    s.about(&[
        &SCRIPT_DEPLOY_HEAD,
        &SCRIPT_DEPLOY_CLUSTER,
        &SCRIPT_DEPLOY_GROUPS,
        &SCRIPT_DEPLOY_ROLES,
        &SCRIPT_DEPLOY_REVISION,
        &SCRIPT_DEPLOY_NOT,
        &SCRIPT_DEPLOY_USAGE,
    ]);
    s.begin(dry_run_or("--dry-run"));
    cluster(&mut s, plan);
    for group in &plan.groups {
        self::group(&mut s, plan, group);
    }
    for role in &plan.roles {
        self::role(&mut s, plan, role);
    }
    revision(&mut s, plan);
    s.say("", &SCRIPT_DONE, &[]);
    s.into_text()
}

fn tags(plan: &Plan) -> Value {
    json!([{ "key": TAG, "value": plan.mark }])
}

fn cluster(s: &mut Script, plan: &Plan) {
    let look = call("ecs describe-clusters", &json!({ "clusters": [plan.cluster] }));
    let mut input = json!({ "clusterName": plan.cluster, "tags": tags(plan) });
    if plan.fargate {
        input["capacityProviders"] = json!(["FARGATE"]);
    }
    s.line(&format!("name={}", always(&plan.cluster)));
    s.line(&format!("found=$({look} --query \"length(clusters[?status=='ACTIVE'])\" --output text)"));
    s.line("if [ \"$found\" = 0 ]; then");
    s.say("  + ", &SCRIPT_CLUSTER_MADE, &[Word::Var("$name")]);
    s.line(&format!("  change {}", call("ecs create-cluster", &input)));
    s.line("else");
    s.say("  = ", &SCRIPT_CLUSTER_THERE, &[Word::Var("$name")]);
    s.line("fi\n");
}

fn group(s: &mut Script, plan: &Plan, group: &Group) {
    let at = group.region.as_ref().map(|r| format!(" --region {}", always(r))).unwrap_or_default();
    let look = call("logs describe-log-groups", &json!({ "logGroupNamePrefix": group.name }));
    let make = call("logs create-log-group", &json!({ "logGroupName": group.name, "tags": { TAG: plan.mark } }));
    let keep = call("logs put-retention-policy", &json!({ "logGroupName": group.name, "retentionInDays": RETENTION }));
    s.line(&format!("name={}", always(&group.name)));
    s.line(&format!("found=$({look}{at} --query 'logGroups[].[logGroupName]' --output text)"));
    s.line("there=''\nwhile IFS= read -r one; do\n  if [ \"$one\" = \"$name\" ]; then there=1; fi\ndone <<<\"$found\"");
    s.line("if [ -n \"$there\" ]; then");
    s.say("  = ", &SCRIPT_GROUP_THERE, &[Word::Var("$name")]);
    s.line("else");
    s.say("  + ", &SCRIPT_GROUP_MADE, &[Word::Var("$name")]);
    s.line(&format!("  change {make}{at}"));
    s.line(&format!("  change {keep}{at}"));
    s.line("fi\n");
}

fn role(s: &mut Script, plan: &Plan, role: &Role) {
    s.line(&format!("name={}", always(&role.name)));
    if let Some(account) = &role.account {
        s.line(&format!("if [ \"$account\" != {} ]; then", always(account)));
        s.say("  = ", &SCRIPT_ROLE_ELSEWHERE, &[Word::Var("$name"), Word::Text(account.to_string())]);
        s.line(&format!("elif found=$({} 2>&1); then", call("iam get-role", &json!({ "RoleName": role.name }))));
    } else {
        s.line(&format!("if found=$({} 2>&1); then", call("iam get-role", &json!({ "RoleName": role.name }))));
    }
    s.say("  = ", &SCRIPT_ROLE_THERE, &[Word::Var("$name")]);
    s.line("else");
    s.line("  case \"$found\" in");
    s.line("    *NoSuchEntity*)");
    s.say("      ! ", &SCRIPT_ROLE_MISSING, &[Word::Var("$name")]);
    for command in making(plan, role) {
        s.line(&format!("      printf '%s\\n' {}", always(&command)));
    }
    s.line("      [ -n \"$dry\" ] || exit 1");
    s.line("      ;;");
    s.line("    *AccessDenied*)");
    s.say("      ! ", &SCRIPT_ROLE_UNSEEN, &[Word::Var("$name")]);
    s.line("      ;;");
    s.line("    *)");
    s.line("      printf '%s\\n' \"$found\" >&2");
    s.line("      exit 1");
    s.line("      ;;");
    s.line("  esac");
    s.line("fi\n");
}

fn revision(s: &mut Script, plan: &Plan) {
    s.line(&format!("name={}", always(&plan.family)));
    match &plan.stamp {
        Some(stamp) => {
            let look = call("ecs describe-task-definition", &json!({ "taskDefinition": plan.family, "include": ["TAGS"] }));
            let query = format!("tags[?key=='{TAG}'].value | [0]");
            s.line(&format!("if ! found=$({look} --query \"{query}\" --output text 2>&1); then"));
            s.line("  case \"$found\" in");
            // There is no revision yet; a wrong name is said by the registration itself.
            s.line("    *ClientException*) found='' ;;");
            s.line("    *)");
            s.line("      printf '%s\\n' \"$found\" >&2");
            s.line("      exit 1");
            s.line("      ;;");
            s.line("  esac");
            s.line("fi");
            // What a page registered has the operation's id behind it.
            let stamp = always(stamp);
            s.line(&format!("if [ \"$found\" = {stamp} ] || [ \"${{found%/*}}\" = {stamp} ]; then"));
            s.say("  = ", &SCRIPT_REVISION_SAME, &[Word::Var("$name")]);
            s.line("else");
        }
        None => {
            s.say("! ", &SCRIPT_NO_ROOM, &[]);
            s.line("if true; then");
        }
    }
    s.say("  + ", &SCRIPT_REVISION_MADE, &[Word::Var("$name")]);
    s.line("  folder=$(mktemp -d)");
    s.line("  trap 'rm -r \"$folder\"' EXIT");
    s.line("  cat >\"$folder/definition.json\" <<'TASKWRIGHT'");
    s.line(&shown::json(&format!("{:#}", plan.definition)));
    s.line("TASKWRIGHT");
    s.line(
        "  change_and_say aws ecs register-task-definition --cli-input-json \"file://$folder/definition.json\" \
         --query taskDefinition.taskDefinitionArn --output text",
    );
    s.line("fi\n");
}
