//! What breaks if an answer is wrong, and why it was filled in: one disclosure below each question.

use crate::markup;
use leptos::prelude::*;
use taskdef::{Lang, document::pointer};

/// What is told of a question: the consequence, the reason of its default, the word of the glossary.
struct Told(&'static str, Option<&'static str>, &'static str);

fn told(lang: Lang, name: &str) -> Option<Told> {
    let tokens = pointer::tokens(name);
    let last = tokens.last().map(String::as_str).unwrap_or(name);
    let in_container = name.starts_with("/containerDefinitions/");
    Some(match last {
        "region" => Told(tr!(lang, help.region), Some(tr!(lang, help.region_d)), "region"),
        "launch" => Told(tr!(lang, help.launch), None, "launch-type"),
        "instanceType" => Told(tr!(lang, help.instance), None, "ec2"),
        "count" => Told(tr!(lang, help.count), None, "ec2"),
        "family" => Told(tr!(lang, help.family), None, "family"),
        "platform" => Told(tr!(lang, help.platform), Some(tr!(lang, help.platform_d)), "architecture"),
        "size" => Told(tr!(lang, help.size), Some(tr!(lang, help.size_d)), "task-size"),
        "name" if !in_container => Told(tr!(lang, help.cluster_name), None, "cluster"),
        "name" => Told(tr!(lang, help.name), None, "container"),
        "image" => Told(tr!(lang, help.image), None, "image"),
        "cpu" | "memory" if !in_container => Told(tr!(lang, help.size), None, "task-size"),
        "cpu" => Told(tr!(lang, help.cpu), None, "cpu-unit"),
        "memoryReservation" => Told(tr!(lang, help.soft), None, "soft-limit"),
        "memory" => Told(tr!(lang, help.hard), None, "hard-limit"),
        "environment" => Told(tr!(lang, help.env), None, "environment-variable"),
        "secrets" => Told(tr!(lang, help.secrets), None, "secret"),
        "essential" => Told(tr!(lang, help.essential), Some(tr!(lang, help.essential_d)), "essential"),
        "portMappings" => Told(tr!(lang, help.ports), Some(tr!(lang, help.protocol_d)), "port-mapping"),
        "healthCheck~kind" => Told(tr!(lang, help.kind), None, "health-check"),
        "healthCheck~port" => Told(tr!(lang, help.check_port), None, "port-mapping"),
        "healthCheck~path" => Told(tr!(lang, help.path), None, "health-check"),
        "dependsOn" => Told(tr!(lang, help.order), None, "start-order"),
        "interval" => Told(tr!(lang, help.interval), Some(tr!(lang, help.interval_d)), "health-check"),
        "timeout" => Told(tr!(lang, help.timeout), Some(tr!(lang, help.timeout_d)), "health-check"),
        "retries" => Told(tr!(lang, help.retries), Some(tr!(lang, help.retries_d)), "health-check"),
        "startPeriod" => Told(tr!(lang, help.start), Some(tr!(lang, help.start_d)), "start-period"),
        "logs" => Told(tr!(lang, help.logs), None, "log-group"),
        "logs-group" => Told(tr!(lang, help.group), None, "log-group"),
        "logs-prefix" => Told(tr!(lang, help.prefix), None, "log-stream"),
        "taskRoleArn" => Told(tr!(lang, help.task_role), None, "task-role"),
        "executionRoleArn" => Told(tr!(lang, help.role), Some(tr!(lang, help.role_d)), "execution-role"),
        _ => return None,
    })
}

/// The disclosure of the question `name`, whose words are `label`.
pub fn help(lang: Lang, name: &str, label: &str) -> AnyView {
    let Some(Told(breaks, reason, term)) = told(lang, name) else { return ().into_any() };
    let reason = reason.map(|reason| format!("<p>{}</p>", tr!(lang, help.why_default, reason = reason))).unwrap_or_default();
    let link = format!("<a href=\"/{}/glossary#{term}\" rel=\"external\">{}</a>", lang.as_str(), tr!(lang, help.term));
    let summary = format!("{}<span class=\"u-vh\"> {}</span>", tr!(lang, help.summary), markup::escape(label));
    let html = markup::more("why", &summary, &format!("<p>{breaks}</p>{reason}<p>{link}</p>"));
    view! { <div inner_html=html></div> }.into_any()
}
