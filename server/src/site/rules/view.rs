//! Every rule, searchable, each with its address.

use crate::http::{frame::plain, page::Head};
use app::tr;
use leptos::prelude::*;
use taskdef::{
    Lang, Severity,
    lint::{self, Area, Rule, State, areas},
    messages,
};

/// What the page shows.
#[derive(Clone, Debug, Default)]
pub struct RulesModel {
    /// The words that were searched for.
    pub query: String,
}

/// A rule in the page's language.
struct Shown {
    rule: &'static Rule,
    title: String,
    why: String,
    fix: String,
}

impl Shown {
    fn new(lang: Lang, rule: &'static Rule) -> Shown {
        let (title, why, fix) = messages::of_rule(lang, rule.id);
        Shown { rule, title, why, fix }
    }

    /// Whether the rule has every word.
    fn has(&self, words: &[String]) -> bool {
        let all = format!("{} {} {} {} {}", self.rule.id, self.title, self.why, self.fix, self.rule.source).to_lowercase();
        // “port” is not meant to find “support”.
        words.iter().all(|w| all.match_indices(w.as_str()).any(|(i, _)| !all[..i].ends_with(|c: char| c.is_ascii_alphanumeric())))
    }
}

fn area_name(lang: Lang, area: Area) -> &'static str {
    match area {
        Area::Task => tr!(lang, rules.task),
        Area::Wizard => tr!(lang, rules.wizard),
        Area::Cluster => tr!(lang, rules.cluster),
        Area::Region => tr!(lang, rules.region),
        Area::Sizing => tr!(lang, rules.sizing),
        Area::Container => tr!(lang, rules.container),
        Area::Image => tr!(lang, rules.image),
        Area::Port => tr!(lang, rules.port),
        Area::Resources => tr!(lang, rules.resources),
        Area::HealthCheck => tr!(lang, rules.health),
        Area::Environment => tr!(lang, rules.environment),
        Area::Secrets => tr!(lang, rules.secrets),
        Area::Logging => tr!(lang, rules.logging),
        Area::Dependencies => tr!(lang, rules.dependencies),
        Area::Timeouts => tr!(lang, rules.timeouts),
        Area::Volumes => tr!(lang, rules.volumes),
        Area::Network => tr!(lang, rules.network),
        Area::Iam => tr!(lang, rules.iam),
        Area::Fargate => tr!(lang, rules.fargate),
        Area::Linux => tr!(lang, rules.linux),
        Area::Windows => tr!(lang, rules.windows),
        Area::Ec2 => tr!(lang, rules.ec2),
        Area::EphemeralStorage => tr!(lang, rules.storage),
        Area::RuntimePlatform => tr!(lang, rules.platform),
        Area::Tags => tr!(lang, rules.tags),
        Area::Limits => tr!(lang, rules.limits),
        Area::ServiceConnect => tr!(lang, rules.connect),
        Area::Proxy => tr!(lang, rules.proxy),
        Area::Service => tr!(lang, rules.service),
    }
}

/// The page.
pub fn rules(head: &Head, model: RulesModel) -> AnyView {
    let lang = head.lang;
    let words: Vec<String> = model.query.split_whitespace().map(str::to_lowercase).collect();
    let all = lint::all().count();
    let areas: Vec<(Area, Vec<Shown>)> = areas::ALL
        .iter()
        .map(|contents| (contents.area, contents.rules.iter().map(|r| Shown::new(lang, r)).filter(|s| s.has(&words)).collect::<Vec<_>>()))
        .filter(|(_, list)| !list.is_empty())
        .collect();
    let found: usize = areas.iter().map(|(_, list)| list.len()).sum();
    let action = format!("/{}/rules", lang.as_str());
    let result = (!words.is_empty()).then(|| {
        let said = if found == 0 { tr!(lang, rules.none).to_owned() } else { tr!(lang, rules.found, n = found, all = all) };
        view! { <p role="status">{said}" "<a href=action.clone()>{tr!(lang, rules.clear)}</a></p> }
    });
    let toc = areas
        .iter()
        .map(|(area, list)| view! { <a href=format!("#{}", area.as_str())>{area_name(lang, *area)}" "<small>{list.len()}</small></a> })
        .collect_view();
    let sections = areas.into_iter().map(|(area, list)| section(lang, area, list)).collect_view();
    let main = view! {
        <div>
            <div class="c-title"><h1>{tr!(lang, rules.title)}</h1><p>{tr!(lang, rules.lead, n = all)}</p></div>
            <div class="l-stack">
                <form class="l-stack" data-gap="4" role="search" method="get" action=action.clone()>
                    <div class="c-field">
                        <label for="q">{tr!(lang, rules.find)}</label>
                        <p class="c-field__hint" id="q-hint">{tr!(lang, rules.find_hint)}</p>
                        <div class="l-row"><input id="q" name="q" type="search" autocomplete="off" data-w="20" value=model.query aria-describedby="q-hint" /><button class="c-btn">{tr!(lang, rules.show)}</button></div>
                    </div>
                </form>
                {result}
                <nav class="c-toc" aria-label=tr!(lang, rules.areas)>{toc}</nav>
                {sections}
            </div>
        </div>
    }
    .into_any();
    plain(head, |l| format!("/{}/rules", l.as_str()), "narrow", main)
}

fn section(lang: Lang, area: Area, list: Vec<Shown>) -> AnyView {
    view! {
        <section class="l-stack" data-gap="3" aria-labelledby=area.as_str()>
            <h2 id=area.as_str()>{area_name(lang, area)}</h2>
            <div class="c-card c-rules">{list.into_iter().map(|s| article(lang, s)).collect_view()}</div>
        </section>
    }
    .into_any()
}

fn article(lang: Lang, s: Shown) -> AnyView {
    let (variant, tag) = match s.rule.severity {
        Severity::Error => ("danger", tr!(lang, rules.is_error)),
        Severity::Warning => ("warn", tr!(lang, rules.is_warning)),
        Severity::Advice => ("", tr!(lang, rules.is_advice)),
    };
    let waits = match s.rule.state {
        State::Active => None,
        State::NeedsAccount => Some(tr!(lang, rules.needs_account)),
        State::NeedsRegistry => Some(tr!(lang, rules.needs_registry)),
    };
    let id = s.rule.id;
    view! {
        <article class="c-rule" id=id>
            <div class="c-rule__head">
                <span class="c-tag" data-variant=variant>{tag}</span>
                <a href=format!("#{id}")><code class="u-code" translate="no" lang="en">{id}</code><span class="u-vh">{tr!(lang, rules.link)}</span></a>
            </div>
            <h3>{s.title}</h3>
            <p class="c-rule__more">{s.why}" "{s.fix}</p>
            {waits.map(|w| view! { <p class="c-rule__more">{w}</p> })}
            <p class="c-rule__more">{tr!(lang, rules.source, source = s.rule.source)}</p>
        </article>
    }
    .into_any()
}
