//! The words of ECS, each with a sentence and its place in the JSON.

use crate::http::{frame::plain, page::Head};
use app::tr;
use leptos::prelude::*;
use taskdef::Lang;

/// Anchor, name, sentence, place in the JSON.
type Term = (&'static str, fn(Lang) -> &'static str, fn(Lang) -> &'static str, fn(Lang) -> &'static str);

/// Every word, in the order in which a beginner meets them.
#[rustfmt::skip]
pub const TERMS: [Term; 34] = [
    ("task-definition", |l| tr!(l, glossary.n_task_definition), |l| tr!(l, glossary.p_task_definition), |l| tr!(l, glossary.j_task_definition)),
    ("task", |l| tr!(l, glossary.n_task), |l| tr!(l, glossary.p_task), |l| tr!(l, glossary.j_task)),
    ("container", |l| tr!(l, glossary.n_container), |l| tr!(l, glossary.p_container), |l| tr!(l, glossary.j_container)),
    ("image", |l| tr!(l, glossary.n_image), |l| tr!(l, glossary.p_image), |l| tr!(l, glossary.j_image)),
    ("tag", |l| tr!(l, glossary.n_tag), |l| tr!(l, glossary.p_tag), |l| tr!(l, glossary.j_tag)),
    ("cluster", |l| tr!(l, glossary.n_cluster), |l| tr!(l, glossary.p_cluster), |l| tr!(l, glossary.j_cluster)),
    ("service", |l| tr!(l, glossary.n_service), |l| tr!(l, glossary.p_service), |l| tr!(l, glossary.j_service)),
    ("region", |l| tr!(l, glossary.n_region), |l| tr!(l, glossary.p_region), |l| tr!(l, glossary.j_region)),
    ("fargate", |l| tr!(l, glossary.n_fargate), |l| tr!(l, glossary.p_fargate), |l| tr!(l, glossary.j_fargate)),
    ("ec2", |l| tr!(l, glossary.n_ec2), |l| tr!(l, glossary.p_ec2), |l| tr!(l, glossary.j_ec2)),
    ("launch-type", |l| tr!(l, glossary.n_launch_type), |l| tr!(l, glossary.p_launch_type), |l| tr!(l, glossary.j_launch_type)),
    ("family", |l| tr!(l, glossary.n_family), |l| tr!(l, glossary.p_family), |l| tr!(l, glossary.j_family)),
    ("revision", |l| tr!(l, glossary.n_revision), |l| tr!(l, glossary.p_revision), |l| tr!(l, glossary.j_revision)),
    ("task-size", |l| tr!(l, glossary.n_task_size), |l| tr!(l, glossary.p_task_size), |l| tr!(l, glossary.j_task_size)),
    ("cpu-unit", |l| tr!(l, glossary.n_cpu_unit), |l| tr!(l, glossary.p_cpu_unit), |l| tr!(l, glossary.j_cpu_unit)),
    ("soft-limit", |l| tr!(l, glossary.n_soft_limit), |l| tr!(l, glossary.p_soft_limit), |l| tr!(l, glossary.j_soft_limit)),
    ("hard-limit", |l| tr!(l, glossary.n_hard_limit), |l| tr!(l, glossary.p_hard_limit), |l| tr!(l, glossary.j_hard_limit)),
    ("architecture", |l| tr!(l, glossary.n_architecture), |l| tr!(l, glossary.p_architecture), |l| tr!(l, glossary.j_architecture)),
    ("environment-variable", |l| tr!(l, glossary.n_environment_variable), |l| tr!(l, glossary.p_environment_variable), |l| tr!(l, glossary.j_environment_variable)),
    ("secret", |l| tr!(l, glossary.n_secret), |l| tr!(l, glossary.p_secret), |l| tr!(l, glossary.j_secret)),
    ("essential", |l| tr!(l, glossary.n_essential), |l| tr!(l, glossary.p_essential), |l| tr!(l, glossary.j_essential)),
    ("port-mapping", |l| tr!(l, glossary.n_port_mapping), |l| tr!(l, glossary.p_port_mapping), |l| tr!(l, glossary.j_port_mapping)),
    ("network-mode", |l| tr!(l, glossary.n_network_mode), |l| tr!(l, glossary.p_network_mode), |l| tr!(l, glossary.j_network_mode)),
    ("health-check", |l| tr!(l, glossary.n_health_check), |l| tr!(l, glossary.p_health_check), |l| tr!(l, glossary.j_health_check)),
    ("start-period", |l| tr!(l, glossary.n_start_period), |l| tr!(l, glossary.p_start_period), |l| tr!(l, glossary.j_start_period)),
    ("start-order", |l| tr!(l, glossary.n_start_order), |l| tr!(l, glossary.p_start_order), |l| tr!(l, glossary.j_start_order)),
    ("log-group", |l| tr!(l, glossary.n_log_group), |l| tr!(l, glossary.p_log_group), |l| tr!(l, glossary.j_log_group)),
    ("log-stream", |l| tr!(l, glossary.n_log_stream), |l| tr!(l, glossary.p_log_stream), |l| tr!(l, glossary.j_log_stream)),
    ("execution-role", |l| tr!(l, glossary.n_execution_role), |l| tr!(l, glossary.p_execution_role), |l| tr!(l, glossary.j_execution_role)),
    ("task-role", |l| tr!(l, glossary.n_task_role), |l| tr!(l, glossary.p_task_role), |l| tr!(l, glossary.j_task_role)),
    ("arn", |l| tr!(l, glossary.n_arn), |l| tr!(l, glossary.p_arn), |l| tr!(l, glossary.j_arn)),
    ("registry", |l| tr!(l, glossary.n_registry), |l| tr!(l, glossary.p_registry), |l| tr!(l, glossary.j_registry)),
    ("sidecar", |l| tr!(l, glossary.n_sidecar), |l| tr!(l, glossary.p_sidecar), |l| tr!(l, glossary.j_sidecar)),
    ("volume", |l| tr!(l, glossary.n_volume), |l| tr!(l, glossary.p_volume), |l| tr!(l, glossary.j_volume)),
];

/// Whether a place is named by keys of the JSON alone (`cpu, memory`), or described in words.
fn is_keys(place: &str) -> bool {
    place.split(", ").all(|key| key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-')))
}

/// The page.
pub fn glossary(head: &Head) -> AnyView {
    let lang = head.lang;
    let links = TERMS.map(|(id, name, ..)| view! { <a href=format!("#{id}")>{name(lang)}</a> });
    let entries = TERMS.map(|(id, name, about, json)| {
        let english = (lang == Lang::Ko).then(|| view! { " "<small lang="en">{name(Lang::En)}</small> });
        let code = json(lang);
        let json = if is_keys(code) { view! { <code class="u-code" translate="no" lang="en">{code}</code> }.into_any() } else { code.into_any() };
        view! {
            <article class="c-term" id=id aria-labelledby=format!("{id}-h")>
                <h2 id=format!("{id}-h")>{name(lang)}{english}</h2>
                <p>{about(lang)}</p>
                <p class="c-field__hint">{tr!(lang, glossary.json)}": "{json}</p>
            </article>
        }
    });
    let main = view! {
        <div class="l-stack" data-gap="6">
            <div class="c-title"><h1>{tr!(lang, glossary.title)}</h1><p>{tr!(lang, glossary.lead)}</p></div>
            <nav class="c-toc" aria-label=tr!(lang, glossary.index)>{links.collect_view()}</nav>
            {entries.collect_view()}
        </div>
    };
    plain(head, |l| format!("/{}/glossary", l.as_str()), "narrow", main.into_any())
}
