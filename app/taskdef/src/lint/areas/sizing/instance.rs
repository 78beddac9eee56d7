//! The task against the chosen instance type.

use super::*;
use crate::{
    facts,
    lint::context::{Chosen, chosen_instance},
};

/// Whether the chosen instance type holds the task, and how many of it under awsvpc.
pub(super) fn fits(task: &Task<'_>, report: &mut Report) {
    let Some(chosen) = chosen_instance(task) else { return };
    if chosen.fits(chosen.instance) {
        density(task, &chosen, report);
        return;
    }
    let path = "/cluster/instanceType";
    let (instance, wants) = (chosen.instance, chosen.memory);
    let family = |i: &facts::Instance| i.name.split('.').next().map(str::to_owned);
    let better = facts::instances()
        .iter()
        .filter(|i| i.listed && i.arch == instance.arch && chosen.fits(i))
        .min_by_key(|i| (family(i) != family(instance), i.memory, i.vcpu));
    let finding = report.at(&SIZING_EC2_FITS_INSTANCE, path).wizard().text("type", instance.name.as_str());
    let finding = finding.param("has", Param::Memory(instance.memory)).param("wants", Param::Memory(wants)).param("cpu", Param::Cpu(chosen.cpu));
    if let Some(i) = better {
        let params = vec![("value", Param::Text(i.name.clone())), ("memory", Param::Memory(i.memory))];
        finding.fix("fix", params, edit::set(&chosen.root, path, json!(i.name)));
    }
}

fn density(task: &Task<'_>, chosen: &Chosen, report: &mut Report) {
    let instance = chosen.instance;
    let room = instance.tasks.filter(|_| task.network == Network::Awsvpc);
    let by_cpu = (instance.vcpu * 1024).checked_div(chosen.cpu).unwrap_or(u64::MAX);
    let by_size = by_cpu.min(instance.memory.checked_div(chosen.memory).unwrap_or(u64::MAX));
    if let Some(room) = room.filter(|room| *room < by_size) {
        let finding = report.at(&SIZING_EC2_AWSVPC_DENSITY, "/networkMode").text("type", instance.name.as_str()).number("tasks", room);
        match instance.trunked {
            Some(trunked) => finding.variant("trunking").number("trunked", trunked).done(),
            None => finding.done(),
        }
    }
}
