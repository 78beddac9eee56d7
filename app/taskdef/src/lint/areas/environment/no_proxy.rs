//! Proxies that would also get the requests for the task's credentials.

use super::*;

/// Where the agent hands out credentials and metadata of the task.
const AGENT: &str = "169.254.170.2";
/// Where the instance does.
const INSTANCE: &str = "169.254.169.254";

pub(super) fn check(task: &Task<'_>, report: &mut Report) {
    // Only a task role is fetched from there.
    if task.text("taskRoleArn").is_none() || !task.environment.iter().any(|v| is_proxy(v.name)) {
        return;
    }
    for c in objects(task) {
        let own = || task.environment_of(c).iter();
        let secret = |name: &str| list(c, "secrets").iter().any(|s| text(s, "name").is_some_and(|n| n.eq_ignore_ascii_case(name)));
        if !own().any(|v| is_proxy(v.name) && v.value.is_some_and(|t| !t.is_empty())) || secret("NO_PROXY") || says(c, "environmentFiles") {
            continue;
        }
        let except = own().find(|v| v.name.eq_ignore_ascii_case("NO_PROXY"));
        let names = |address: &str| {
            let given = except.and_then(|v| v.value).unwrap_or("");
            given.split(',').map(str::trim).any(|entry| entry == address || entry == "*" || (entry.starts_with("169.254.") && entry.contains('/')))
        };
        let missing: Vec<&str> = [AGENT, INSTANCE].into_iter().filter(|address| !names(address)).collect();
        if !(missing.contains(&AGENT) || missing.contains(&INSTANCE) && task.runs_on(Launch::Ec2)) {
            continue;
        }
        let path = c.at("environment");
        let fix = match except {
            Some(v) => {
                let given = v.value.unwrap_or("").trim_end_matches(',');
                let all: Vec<&str> = [given].into_iter().filter(|t| !t.is_empty()).chain(missing).collect();
                edit::set(task.definition, &v.at("value"), json!(all.join(",")))
            }
            None => Edit(vec![Op::Add { path: format!("{path}/-"), value: json!({ "name": "NO_PROXY", "value": missing.join(",") }), at: None }]),
        };
        report.at(&ENV_PROXY_WITHOUT_NO_PROXY, &path).text("name", c.name()).fix("fix", Vec::new(), fix);
    }
}

fn is_proxy(name: &str) -> bool {
    name.eq_ignore_ascii_case("HTTP_PROXY") || name.eq_ignore_ascii_case("HTTPS_PROXY")
}
