//! Registering with one's own sign-in: what the script does, where to run it, how to undo it.

use crate::{
    model::CostView,
    parts::icon,
    shell::{Head, plain},
};
use leptos::prelude::*;
use taskdef::{Lang, plan::Plan};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct RegisterModel {
    /// The token of the address.
    pub token: String,
    /// What is done.
    pub plan: Plan,
    /// Faults for which AWS would refuse the definition.
    pub errors: usize,
    /// What a running task costs.
    pub cost: Option<CostView>,
    /// CloudShell in the plan's Region.
    pub shell: Option<String>,
    /// The line that writes and tries the script there.
    pub line: String,
}

/// The page.
pub fn register(head: &Head, model: RegisterModel) -> AnyView {
    let lang = head.lang;
    let base = format!("/{}/d/{}", lang.as_str(), model.token);
    let review = format!("{base}/review");
    let trouble = (model.errors > 0).then(|| (format!("{base}/review#findings-h"), tr!(lang, register.errors, n = model.errors)));
    let trouble = trouble.or_else(|| model.plan.region.is_empty().then(|| (format!("{base}/cluster"), tr!(lang, register.no_region).to_owned())));
    let trouble = trouble.map(|(href, words)| view! { <div class="c-notice" data-variant="warn">{icon("alert", 20)}<p><a href=href>{words}</a></p></div> });
    let not = match model.cost {
        Some(c) => tr!(lang, register.not, hour = c.hour, month = c.month),
        None => tr!(lang, register.not_unknown).to_owned(),
    };
    let file = |name: &'static str| {
        let href = format!("/api/v1/drafts/{}/export/{name}?lang={}", model.token, lang.as_str());
        view! { <div class="l-row"><a class="c-btn" href=href download=name>{icon("download", 20)}{tr!(lang, register.download, file = name)}</a></div> }
    };
    let shell = model.shell.map(|href| view! { <div class="l-row"><a class="c-btn" href=href rel="noreferrer" target="_blank">{icon("out", 20)}{tr!(lang, register.shell_open)}</a></div> });
    let main = view! {
        <div class="l-stack">
            <div>
                <a class="c-back" href=review>{icon("left", 16)}{tr!(lang, register.back)}</a>
                <div class="c-title"><h1>{tr!(lang, register.title)}</h1><p>{tr!(lang, register.lead)}</p></div>
            </div>
            {trouble}
            <section class="l-stack" data-gap="4" aria-labelledby="plan-h">
                <div class="c-head2"><h2 id="plan-h">{tr!(lang, register.plan)}</h2><p>{tr!(lang, register.plan_p)}</p></div>
                <ol class="c-table">{steps(lang, &model.plan)}</ol>
                <p class="c-field__hint">{not}</p>
            </section>
            <section class="l-section l-stack" data-gap="4" aria-labelledby="shell-h">
                <div class="c-head2"><h2 id="shell-h">{tr!(lang, register.shell)}</h2><p>{tr!(lang, register.shell_p)}</p></div>
                {shell}
                {code(tr!(lang, register.shell_line), model.line)}
                {code(tr!(lang, register.shell_run), "bash deploy.sh".to_owned())}
            </section>
            <section class="l-section l-stack" data-gap="4" aria-labelledby="own-h">
                <div class="c-head2"><h2 id="own-h">{tr!(lang, register.own)}</h2><p>{tr!(lang, register.own_p)}</p></div>
                {file("deploy.sh")}
                {code(tr!(lang, register.own_run), "bash deploy.sh --dry-run\nbash deploy.sh".to_owned())}
            </section>
            <section class="l-section l-stack" data-gap="4" aria-labelledby="clean-h">
                <div class="c-head2"><h2 id="clean-h">{tr!(lang, register.clean)}</h2><p>{tr!(lang, register.clean_p)}</p></div>
                {file("teardown.sh")}
                <p><a href=format!("{base}/doctor")>{tr!(lang, doctor.failed)}</a></p>
            </section>
        </div>
    };
    let token = model.token;
    plain(head, move |l| format!("/{}/d/{token}/register", l.as_str()), "narrow", main.into_any())
}

fn steps(lang: Lang, plan: &Plan) -> AnyView {
    let mut all = vec![(tr!(lang, register.cluster), plan.cluster.clone(), tr!(lang, register.cluster_p))];
    all.extend(plan.groups.iter().map(|g| (tr!(lang, register.group), g.name.clone(), tr!(lang, register.group_p))));
    all.extend(plan.roles.iter().map(|r| {
        let what = if r.execution { tr!(lang, register.role_execution) } else { tr!(lang, register.role_task) };
        (what, r.name.clone(), tr!(lang, register.role_p))
    }));
    all.push((tr!(lang, register.revision), plan.family.clone(), tr!(lang, register.revision_p)));
    let row = |(what, name, does): (&'static str, String, &'static str)| {
        let name = if name.is_empty() { tr!(lang, register.no_name).to_owned() } else { name };
        view! { <li><div><h3 class="c-table__when">{what}" "<code class="u-code">{name}</code></h3><p>{does}</p></div></li> }
    };
    all.into_iter().map(row).collect_view().into_any()
}

fn code(label: &'static str, text: String) -> AnyView {
    view! {
        <div class="l-stack" data-gap="3">
            <p>{label}</p>
            <div class="c-cmd"><pre tabindex="0" role="region" aria-label=label translate="no" lang="en"><code data-all="">{text}</code></pre></div>
        </div>
    }
    .into_any()
}
