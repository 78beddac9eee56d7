//! Questions that the wizard asks and nobody answered yet.

use super::*;
use crate::{document::draft::EXAMPLE_HUB_ID, lint::context::named_region};

/// Silent outside the wizard.
pub(super) fn answered(task: &Task<'_>, report: &mut Report) {
    let Some(cluster) = &task.wizard.cluster else { return };
    if task.region().is_none() {
        let finding = report.at(&WIZARD_REGION_REQUIRED, "/region").wizard();
        if let Some(region) = named_region(task) {
            finding.fix("fix", vec![("value", Param::Text(region.to_owned()))], edit::set(&json!({ "region": "" }), "/region", json!(region)));
        }
    }
    if task.launch.is_none() {
        let mut finding = report.at(&WIZARD_LAUNCH_REQUIRED, "/cluster/launch").wizard();
        // Fargate wants a size.
        let sized = task.cpu.is_some() && task.memory.is_some();
        for launch in [Launch::Fargate, Launch::Ec2].into_iter().filter(|launch| sized || *launch == Launch::Ec2) {
            finding = finding.fix("fix", vec![("value", Param::Text(launch.as_str().into()))], runs_on(task, cluster, launch));
        }
    }
    if present(cluster, "name").is_none_or(|name| text_of(name).is_empty()) {
        let name = task.text("family").and_then(crate::grammar::name::as_name).unwrap_or_else(|| "my-cluster".into());
        let edit = edit::set(&json!({ "cluster": cluster }), "/cluster/name", json!(name));
        report.at(&WIZARD_CLUSTER_NAME_REQUIRED, "/cluster/name").wizard().fix("fix", vec![("value", Param::Text(name))], edit).done();
    }
    if task.wizard.hub_id.as_deref() == Some(EXAMPLE_HUB_ID) {
        report.at(&WIZARD_HUB_ID_REQUIRED, "/aside/hub").wizard();
    }
}

/// The answer, and what the definition says about it.
fn runs_on(task: &Task<'_>, cluster: &Value, launch: Launch) -> Edit {
    let mut edit = edit::set(&json!({ "cluster": cluster }), "/cluster/launch", json!(launch.as_str()));
    edit.0.extend(edit::set(task.definition, "/requiresCompatibilities", json!([launch.as_str()])).prefixed("/definition").0);
    if launch == Launch::Fargate {
        edit.0.extend(edit::set(task.definition, "/networkMode", json!("awsvpc")).prefixed("/definition").0);
    }
    edit
}
