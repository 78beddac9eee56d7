//! Step 1: Region, cluster name, Fargate or EC2.

use super::Go;
use crate::{
    markup,
    wizard::{
        state::Wizard,
        widgets::{Card, Cards, Field, Scope, Select, StepForm, loose, reactive, settings, step_name},
    },
};
use leptos::prelude::*;
use taskdef::{Step, questions::Cluster};

pub fn page(w: Wizard, go: Go) -> AnyView {
    let lang = w.lang;
    let (mut regions, apart) = w.choices.with_value(|c| (c.regions.clone(), c.apart));
    let apart = regions.split_off(regions.len().saturating_sub(apart));
    regions.insert(0, (String::new(), tr!(lang, cluster.region_pick).to_owned()));
    let region = Select {
        question: Cluster::Region.into(),
        label: tr!(lang, cluster.region).into(),
        hint: Some(tr!(lang, cluster.region_hint)),
        groups: vec![(String::new(), regions), (tr!(lang, cluster.region_apart).to_owned(), apart)],
    };
    let name = Field { hint: Some(tr!(lang, cluster.name_hint).into()), width: "20", ..Field::new(Cluster::Name, tr!(lang, cluster.name)) };
    let mut cards = vec![
        Card {
            value: "FARGATE".into(),
            title: tr!(lang, cluster.fargate).into(),
            hint: Some(tr!(lang, cluster.fargate_hint).into()),
            tag: Some(tr!(lang, cluster.recommended)),
            ..Card::default()
        },
        Card {
            value: "EC2".into(),
            title: tr!(lang, cluster.ec2).into(),
            hint: Some(tr!(lang, cluster.ec2_hint).into()),
            sub: Some(instances(w)),
            ..Card::default()
        },
    ];
    // Offered only to a definition that says so already.
    for (value, title) in [("EXTERNAL", tr!(lang, cluster.external)), ("MANAGED_INSTANCES", tr!(lang, cluster.managed))] {
        if untrack(|| w.rendered(Cluster::Launch.into())) == value {
            cards.push(Card { value: value.into(), title: title.into(), ..Card::default() });
        }
    }
    let launch = Cards { question: Cluster::Launch.into(), legend: tr!(lang, cluster.launch).into(), hint: None, pair: true, rows: false, cards };
    // Whose images the example has: not asked once none of them is left.
    let is_example = Memo::new(move |_| w.draft.with(|d| d.hub_id().is_some()));
    let hub_id = reactive(move || {
        let hint = Some(tr!(lang, cluster.hub_id_hint).into());
        is_example.get().then(|| Field { hint, width: "20", ..Field::new(Cluster::HubId, tr!(lang, cluster.hub_id)) }.view(w))
    });
    // Asked of a job that runs by the clock, which its template says.
    let schedule = untrack(|| w.draft.with(|d| d.root().pointer("/cluster/schedule").is_some()));
    let schedule = schedule.then(|| {
        Field { hint: Some(tr!(lang, cluster.schedule_hint).into()), width: "20", ..Field::new(Cluster::Schedule, tr!(lang, cluster.schedule)) }.view(w)
    });
    let questions = view! { <div class="l-stack">{hub_id}{region.view(w)}{name.view(w)}{launch.view(w)}{schedule}{which(w)}{settings(w, Scope { step: Step::Cluster, container: None })}{loose(w)}</div> }.into_any();
    let help = vec![tr!(lang, cluster.help1), tr!(lang, cluster.help2)];
    StepForm { lead: Some(tr!(lang, cluster.lead)), help, ..StepForm::new(step_name(lang, Step::Cluster).into_any(), questions) }.view(w, go)
}

/// Fargate or EC2, by what one needs.
fn which(w: Wizard) -> AnyView {
    let lang = w.lang;
    let (fargate, ec2) = (tr!(lang, cluster.fargate), tr!(lang, cluster.ec2));
    let needs = [
        (tr!(lang, cluster.need1), fargate),
        (tr!(lang, cluster.need2), fargate),
        (tr!(lang, cluster.need3), ec2),
        (tr!(lang, cluster.need4), ec2),
        (tr!(lang, cluster.need5), ec2),
    ];
    let rows: String = needs.into_iter().map(|(need, answer)| format!("<div><dt>{need}</dt><dd>{answer}</dd></div>")).collect();
    let html = move || {
        let pay = match w.answer.with(|a| a.cost.as_ref().map(|c| c.hour.clone())) {
            Some(usd) => tr!(lang, cluster.pay_fargate, usd = usd),
            None => tr!(lang, cluster.pay_small).to_owned(),
        };
        markup::more("", tr!(lang, cluster.which), &format!("<dl class=\"c-kv\">{rows}</dl><p>{pay}</p><p>{}</p>", tr!(lang, cluster.pay_ec2)))
    };
    view! { <div inner_html=html></div> }.into_any()
}

/// What EC2 asks besides.
fn instances(w: Wizard) -> AnyView {
    let lang = w.lang;
    let mut groups: Vec<(String, Vec<(String, String)>)> = vec![(String::new(), vec![(String::new(), tr!(lang, cluster.instance_pick).to_owned())])];
    w.choices.with_value(|c| {
        for (name, vcpu, memory) in &c.instances {
            let family = name.split('.').next().unwrap_or("").to_owned();
            let item = (name.clone(), tr!(lang, cluster.instance_item, name = name, vcpu = vcpu, memory = memory));
            match groups.iter_mut().find(|(f, _)| *f == family) {
                Some((_, options)) => options.push(item),
                None => groups.push((family, vec![item])),
            }
        }
    });
    let instance = Select { question: Cluster::InstanceType.into(), label: tr!(lang, cluster.instance).into(), hint: None, groups };
    let count = Field { unit: Some(tr!(lang, cluster.count_unit)), optional: true, ..Field::new(Cluster::Count, tr!(lang, cluster.count)) };
    view! { {instance.view(w)}{count.view(w)} }.into_any()
}
