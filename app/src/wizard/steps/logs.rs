//! Step 6: logs of all containers, and the two roles.

use super::Go;
use crate::wizard::{
    state::Wizard,
    widgets::{Card, Cards, Field, StepForm, checkbox, icon, loose, reactive, settings_of_all, step_name},
};
use leptos::prelude::*;
use taskdef::{
    Step,
    document::view,
    questions::{self, LogOption, Logs, Question},
};

pub fn page(w: Wizard, go: Go) -> AnyView {
    let lang = w.lang;
    let keep = Cards {
        question: Logs::Keep.into(),
        legend: tr!(lang, logs.keep).into(),
        hint: None,
        pair: true,
        rows: false,
        cards: vec![
            Card {
                value: "yes".into(),
                title: tr!(lang, logs.yes).into(),
                hint: Some(tr!(lang, logs.yes_h).into()),
                tag: Some(tr!(lang, cluster.recommended)),
                ..Card::default()
            },
            Card { value: "no".into(), title: tr!(lang, logs.no).into(), hint: Some(tr!(lang, logs.no_h).into()), ..Card::default() },
        ],
    };
    let role = |question: Logs, label: &'static str, hint: &'static str, optional: bool| {
        Field { hint: Some(hint.into()), code: true, width: "20", optional, ..Field::new(question, label) }.view(w)
    };
    let questions = view! {
        <div class="l-stack">
            {keep.view(w)}
            {others(w)}
            <div class="l-stack" data-for="logs">{group(w)}{checkbox(w, Logs::Create.into(), tr!(lang, logs.create), tr!(lang, logs.create_hint))}{destination(w)}</div>
            <div>
                {role(Logs::ExecutionRole, tr!(lang, logs.role), tr!(lang, logs.role_hint), false)}
                <details class="c-more"><summary>{icon("right", 16)}{tr!(lang, logs.role_what)}</summary><div class="c-more__body"><p>{tr!(lang, logs.role_what_p)}</p></div></details>
            </div>
            {role(Logs::TaskRole, tr!(lang, logs.task_role), tr!(lang, logs.task_role_hint), true)}
            {settings_of_all(w, Step::Logs)}
            {loose(w)}
        </div>
    }
    .into_any();
    StepForm { lead: Some(tr!(lang, logs.lead)), ..StepForm::new(step_name(lang, Step::Logs).into_any(), questions) }.view(w, go)
}

/// Containers with another driver are left alone, and that is said.
fn others(w: Wizard) -> AnyView {
    let lang = w.lang;
    reactive(move || {
        let list: Vec<(usize, String)> = w.draft.with(|d| {
            let all = view::containers(d.definition());
            all.iter().filter(|c| !matches!(c.log_driver(), "" | "awslogs")).map(|c| (c.index, c.log_driver().to_owned())).collect()
        });
        list.into_iter()
            .map(|(i, driver)| view! { <div class="c-notice" data-variant="info">{icon("info", 20)}<p>{tr!(lang, logs.other, name = w.name_of(i), driver = driver)}</p></div> })
            .collect_view()
    })
}

/// One group for all, or one field for each container where they differ.
fn group(w: Wizard) -> AnyView {
    let lang = w.lang;
    let split = Memo::new(move |_| {
        w.draft.with(|d| {
            let all: Vec<usize> = questions::awslogs_containers(d).iter().map(|c| c.index).collect();
            let differ = |key: &str| questions::shared_option(d, key).is_none();
            if !all.is_empty() && (differ("awslogs-group") || differ("awslogs-stream-prefix")) { all } else { Vec::new() }
        })
    });
    let field = move |question: Question, label: String, hint: Option<&'static str>, width: &'static str| {
        Field { hint: hint.map(Into::into), code: true, width, ..Field::new(question, label) }.view(w)
    };
    reactive(move || {
        let split = split.get();
        if split.is_empty() {
            let group = field(Logs::Group.into(), tr!(lang, logs.group).into(), Some(tr!(lang, logs.group_hint)), "20");
            return view! { {group}{field(Logs::Prefix.into(), tr!(lang, logs.prefix).into(), None, "10")} }.into_any();
        }
        let each = split.into_iter().map(|i| {
            let name = untrack(|| w.name_of(i));
            let at = |option: LogOption| Question::LogOption(i, option);
            let group = field(at(LogOption::Group), tr!(lang, logs.group_of, name = name.as_str()), None, "20");
            view! { {group}{field(at(LogOption::Prefix), tr!(lang, logs.prefix_of, name = name.as_str()), None, "10")} }
        });
        each.collect_view().into_any()
    })
}

/// Where a line will be found.
fn destination(w: Wizard) -> AnyView {
    let lang = w.lang;
    let region = reactive(move || {
        let code = w.draft.with(|d| d.region().to_owned());
        let name = w.choices.with_value(|c| c.regions.iter().find(|(id, _)| *id == code).map(|(_, n)| n.clone()));
        tr!(lang, logs.region_from, region = name.unwrap_or(code))
    });
    let kept = reactive(move || {
        w.draft.with(|d| questions::awslogs_containers(d).first().map(|c| (c.index, c.log_option("awslogs-group").to_owned(), c.log_option("awslogs-stream-prefix").to_owned()))).map(|(i, group, prefix)| {
            let name = w.name_of(i);
            let stream = format!("{prefix}/{name}/{{task-id}}");
            view! { <div><dt>{tr!(lang, logs.kept_at, name = name)}</dt><dd><code class="u-code" translate="no" lang="en">{group}</code>" › "<code class="u-code" translate="no" lang="en">{stream}</code></dd></div> }
        })
    });
    let change = w.href(crate::address::Page::Step(Step::Cluster));
    view! {
        <div class="c-answers"><dl class="c-kv">
            <div><dt>{tr!(lang, logs.region)}</dt><dd>{region}" · "<a href=change>{tr!(lang, common.change)}<span class="u-vh">" "{tr!(lang, logs.region)}</span></a></dd></div>
            {kept}
        </dl></div>
    }
    .into_any()
}
