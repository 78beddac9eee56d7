//! The page of one registration.

use super::{model::OperationModel, plan, run};
use crate::{
    http::{frame::plain, page::Head},
    site::parts::copier::{copied, copy_script},
};
use leptos::prelude::*;

/// The page of one operation.
pub fn operation(head: &Head, model: OperationModel) -> AnyView {
    let lang = head.lang;
    let main = match &model.operation.run {
        None => plan::plan(lang, &model),
        Some(run) if model.is_going().is_some() => run::going(lang, &model, run),
        Some(run) if run.is_done() => run::done(lang, &model, run),
        Some(run) => run::stopped(lang, &model, run),
    };
    let main = view! { {main}{copied()}{copy_script()} }.into_any();
    let (token, id) = (model.token, model.id);
    plain(head, move |l| format!("/{}/d/{token}/review/register/{id}", l.as_str()), "narrow", main)
}
