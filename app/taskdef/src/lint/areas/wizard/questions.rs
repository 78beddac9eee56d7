//! Questions that the wizard asks and nobody answered yet.

use super::*;
use crate::{lint::context::named_region, questions};

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
        report.at(&WIZARD_LAUNCH_REQUIRED, "/cluster/launch").wizard();
    }
    if present(cluster, "name").is_none_or(|name| questions::text_of(name).is_empty()) {
        report.at(&WIZARD_CLUSTER_NAME_REQUIRED, "/cluster/name").wizard();
    }
}
