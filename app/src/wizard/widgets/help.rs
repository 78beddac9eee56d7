//! What breaks if an answer is wrong, and why it was filled in: one disclosure below each question.

use crate::markup;
use leptos::prelude::*;
use taskdef::{
    Lang,
    questions::{Cluster, Container, Health, List, Logs, NETWORK_MODE, Question, Size},
};

/// What is told of a question: the consequence, the reason of its default, the word of the glossary.
struct Help(&'static str, Option<&'static str>, &'static str);

fn of_question(lang: Lang, question: Question) -> Option<Help> {
    Some(match question {
        Question::Cluster(q) => match q {
            Cluster::Region => Help(tr!(lang, help.region), Some(tr!(lang, help.region_d)), "region"),
            Cluster::Name => Help(tr!(lang, help.cluster_name), None, "cluster"),
            Cluster::Launch => Help(tr!(lang, help.launch), None, "launch-type"),
            Cluster::HubId => Help(tr!(lang, help.hub_id), None, "image"),
            Cluster::InstanceType => Help(tr!(lang, help.instance), None, "ec2"),
            Cluster::Count => Help(tr!(lang, help.count), None, "ec2"),
            Cluster::Schedule => Help(tr!(lang, help.schedule), None, "task"),
        },
        Question::Size(q) => match q {
            Size::Family => Help(tr!(lang, help.family), None, "family"),
            Size::Platform => Help(tr!(lang, help.platform), Some(tr!(lang, help.platform_d)), "architecture"),
            Size::Pair => Help(tr!(lang, help.size), Some(tr!(lang, help.size_d)), "task-size"),
            Size::Cpu | Size::Memory => Help(tr!(lang, help.size), None, "task-size"),
            Size::Exact => return None,
        },
        Question::Container(_, q) => match q {
            Container::Name => Help(tr!(lang, help.name), None, "container"),
            Container::Image => Help(tr!(lang, help.image), None, "image"),
            Container::Cpu => Help(tr!(lang, help.cpu), None, "cpu-unit"),
            Container::MemoryReservation => Help(tr!(lang, help.soft), None, "soft-limit"),
            Container::Memory => Help(tr!(lang, help.hard), None, "hard-limit"),
            Container::Essential => Help(tr!(lang, help.essential), Some(tr!(lang, help.essential_d)), "essential"),
        },
        Question::Health(_, q) => match q {
            Health::Kind => Help(tr!(lang, help.kind), None, "health-check"),
            Health::Port => Help(tr!(lang, help.check_port), None, "port-mapping"),
            Health::Path => Help(tr!(lang, help.path), None, "health-check"),
            Health::Interval => Help(tr!(lang, help.interval), Some(tr!(lang, help.interval_d)), "health-check"),
            Health::Timeout => Help(tr!(lang, help.timeout), Some(tr!(lang, help.timeout_d)), "health-check"),
            Health::Retries => Help(tr!(lang, help.retries), Some(tr!(lang, help.retries_d)), "health-check"),
            Health::StartPeriod => Help(tr!(lang, help.start), Some(tr!(lang, help.start_d)), "start-period"),
            Health::Form | Health::Text => return None,
        },
        Question::Logs(q) => match q {
            Logs::Keep => Help(tr!(lang, help.logs), None, "log-group"),
            Logs::Group => Help(tr!(lang, help.group), None, "log-group"),
            Logs::Prefix => Help(tr!(lang, help.prefix), None, "log-stream"),
            Logs::ExecutionRole => Help(tr!(lang, help.role), Some(tr!(lang, help.role_d)), "execution-role"),
            Logs::TaskRole => Help(tr!(lang, help.task_role), None, "task-role"),
            Logs::Create => return None,
        },
        // Told of their list as a whole, or of the answer for all containers.
        Question::Variable(..) | Question::Secret(..) | Question::Port(..) | Question::Dependency(..) | Question::LogOption(..) => return None,
        Question::Field(field) if field.place() == NETWORK_MODE => Help(tr!(lang, help.network), None, "network-mode"),
        // Their markup has it.
        Question::Field(_) => return None,
    })
}

fn of_list(lang: Lang, list: List) -> Option<Help> {
    Some(match list {
        List::Containers | List::Field(_) => return None,
        List::Environment(_) => Help(tr!(lang, help.env), None, "environment-variable"),
        List::Secrets(_) => Help(tr!(lang, help.secrets), None, "secret"),
        List::PortMappings(_) => Help(tr!(lang, help.ports), Some(tr!(lang, help.protocol_d)), "port-mapping"),
        List::DependsOn(_) => Help(tr!(lang, help.order), None, "start-order"),
    })
}

/// The disclosure of a question, whose words are `label`.
pub fn help(lang: Lang, question: Question, label: &str) -> AnyView {
    disclosure(lang, of_question(lang, question), label, true)
}

/// The disclosure of a list, whose words are `label`.
pub fn list_help(lang: Lang, list: List, label: &str) -> AnyView {
    disclosure(lang, of_list(lang, list), label, false)
}

/// Beside a label a question mark; beside a list, which has no label, the words.
fn disclosure(lang: Lang, help: Option<Help>, label: &str, is_mark: bool) -> AnyView {
    let Some(Help(breaks, reason, term)) = help else { return ().into_any() };
    let reason = reason.map(|reason| format!("<p>{}</p>", tr!(lang, help.why_default, reason = reason))).unwrap_or_default();
    let link = format!("<a href=\"/{}/glossary#{term}\" rel=\"external\">{}</a>", lang.as_str(), tr!(lang, help.term));
    let label = markup::escape(label);
    let body = format!("<p>{breaks}</p>{reason}<p>{link}</p>");
    let html = if is_mark {
        markup::ask(lang, &label, &body)
    } else {
        markup::more("why", &format!("{}<span class=\"u-vh\"> {label}</span>", tr!(lang, help.summary)), &body)
    };
    view! { <div inner_html=html></div> }.into_any()
}
