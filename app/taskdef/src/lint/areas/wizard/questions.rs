//! Questions that the wizard asks and nobody answered yet.

use super::*;
use crate::{
    document::draft::{EXAMPLE_HUB_ID, id_in_images},
    grammar::size,
    lint::context::named_region,
};

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
        for launch in [Launch::Fargate, Launch::Ec2] {
            let named = ("value", Param::Text(launch.as_str().into()));
            finding = match (launch, fitting(task)) {
                (Launch::Fargate, Some((cpu, memory))) => {
                    let params = vec![named, ("cpu", Param::Cpu(cpu)), ("memory", Param::Memory(memory))];
                    let mut edit = runs_on(task, cluster, launch);
                    for (path, n) in [("/cpu", cpu), ("/memory", memory)] {
                        edit.0.extend(edit::set(task.definition, path, json!(n.to_string())).prefixed("/definition").0);
                    }
                    finding.fix("fix-sized", params, edit)
                }
                // A size that nobody can read is corrected first.
                (Launch::Fargate, None) if !has_pair(task) => finding,
                _ => finding.fix("fix", vec![named], runs_on(task, cluster, launch)),
            };
        }
    }
    if present(cluster, "name").is_none_or(|name| text_of(name).is_empty()) {
        let name = task.text("family").and_then(crate::grammar::name::as_name).unwrap_or_else(|| "my-cluster".into());
        let edit = edit::set(&json!({ "cluster": cluster }), "/cluster/name", json!(name));
        report.at(&WIZARD_CLUSTER_NAME_REQUIRED, "/cluster/name").wizard().fix("fix", vec![("value", Param::Text(name))], edit).done();
    }
    if let Some(answer) = task.wizard.hub_id.as_deref().filter(|answer| id_in_images(answer) == EXAMPLE_HUB_ID) {
        let finding = report.at(&WIZARD_HUB_ID_REQUIRED, "/aside/hub").wizard();
        if answer != EXAMPLE_HUB_ID {
            finding.variant(if answer.find('@').is_some_and(|at| at > 0) { "email" } else { "wrong" }).severity(Error).text("value", answer);
        }
    }
}

fn has_pair(task: &Task<'_>) -> bool {
    matches!((task.cpu, task.memory), (Some(cpu), Some(memory)) if size::is_pair(cpu, memory))
}

/// The smallest size of Fargate that the task has room in, where none is chosen yet.
fn fitting(task: &Task<'_>) -> Option<(u64, u64)> {
    let is_left = |key: &str, read: Option<u64>| read.is_some() || task.text(key).is_none_or(str::is_empty);
    if has_pair(task) || !is_left("cpu", task.cpu) || !is_left("memory", task.memory) {
        return None;
    }
    let sum = |of: &dyn Fn(&ContainerView<'_>) -> Option<u64>| task.containers.iter().filter_map(of).fold(0u64, u64::saturating_add);
    let (cpu, memory) = (sum(&|c| c.number("cpu")), sum(&|c| c.reserved()));
    size::nearest_pair(task.cpu.unwrap_or(0).max(cpu), task.memory.unwrap_or(0).max(memory))
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::{Draft, Launch, Severity, lint};
    use serde_json::json;

    /// On an empty draft, the only button was for EC2, while the text beside it recommends Fargate.
    #[test]
    fn fargate_is_offered_first_with_a_size_that_it_has() {
        let half = json!({"containerDefinitions": [{"name": "a", "image": "docker.io/kim/a:1", "cpu": 512, "memoryReservation": 3000}]});
        let mut drafts = [Draft::empty(), Draft::empty()];
        drafts[1].put("definition", half);
        for (mut draft, size) in drafts.into_iter().zip([("256", "512"), ("512", "3072")]) {
            let found = lint::check_draft(&draft);
            let launch = found.iter().find(|f| f.rule.id == "wizard-launch-required").unwrap();
            launch.fixes[0].edit.apply(draft.root_mut()).unwrap();
            assert_eq!(draft.launch(), Some(Launch::Fargate));
            assert_eq!((&draft.definition()["cpu"], &draft.definition()["memory"]), (&json!(size.0), &json!(size.1)));
            let sizes =
                lint::check_draft(&draft).into_iter().filter(|f| f.severity == Severity::Error && ["/cpu", "/memory"].contains(&f.path.as_str())).count();
            assert_eq!(sizes, 0);
        }
    }

    #[test]
    fn a_size_that_nobody_can_read_is_not_replaced() {
        let mut draft = Draft::empty();
        draft.put("definition", json!({"cpu": "much", "memory": "1024"}));
        let found = lint::check_draft(&draft);
        let launch = found.iter().find(|f| f.rule.id == "wizard-launch-required").unwrap();
        assert!(launch.fixes.len() == 1 && !launch.fixes[0].edit.is_empty());
        launch.fixes[0].edit.apply(draft.root_mut()).unwrap();
        assert_eq!((draft.launch(), &draft.definition()["cpu"]), (Some(Launch::Ec2), &json!("much")));
    }
}
