//! Region and cluster: answers that flow into several places.

use super::{changes::Changes, logs, names::names, scalar};
use crate::{
    Draft, Edit, Launch,
    document::{
        draft::{EXAMPLE_HUB_ID, id_in_images, of_hub},
        view,
    },
    grammar::hub,
};
use serde_json::json;

names! {
    /// Questions about Region and cluster.
    pub enum Cluster {
        /// The Region's code.
        Region = "/region",
        /// The cluster's name.
        Name = "/cluster/name",
        /// Where the containers run.
        Launch = "/cluster/launch",
        /// The type of EC2 instance.
        InstanceType = "/cluster/instanceType",
        /// How many instances.
        Count = "/cluster/count",
        /// When a job runs, as EventBridge Scheduler reads it.
        Schedule = "/cluster/schedule",
        /// The Docker Hub ID in the images of an example.
        HubId = "/aside/hub",
    }
}

impl Cluster {
    pub(super) fn rendered(self, draft: &Draft) -> String {
        match self {
            Cluster::Launch => draft.launch().map_or(String::new(), |launch| launch.as_str().to_owned()),
            Cluster::Region | Cluster::Name | Cluster::InstanceType | Cluster::Count | Cluster::Schedule => scalar::shown(draft, self.as_str()),
            Cluster::HubId => draft.hub_id().filter(|id| *id != EXAMPLE_HUB_ID).unwrap_or_default().to_owned(),
        }
    }

    pub(super) fn change(self, draft: &Draft, value: &str) -> Edit {
        match self {
            Cluster::Region => region(draft, value),
            Cluster::Launch => launch(draft, value),
            Cluster::Name | Cluster::InstanceType | Cluster::Schedule => scalar::text(draft, self.as_str(), value.trim()),
            Cluster::Count => scalar::number(draft, self.as_str(), "count", value),
            Cluster::HubId => hub_id(draft, value),
        }
    }

    pub(super) fn place(self) -> &'static str {
        match self {
            Cluster::Launch => "/requiresCompatibilities",
            Cluster::Region | Cluster::Name | Cluster::InstanceType | Cluster::Count | Cluster::Schedule | Cluster::HubId => self.as_str(),
        }
    }
}

/// The ID replaces that of the example, or the one that was typed before, in every image. What is no ID stays in the field, to be
/// corrected, and the images have the example's.
fn hub_id(draft: &Draft, value: &str) -> Edit {
    let mut changes = Changes::of(draft);
    let Some(old) = draft.hub_id() else { return Edit::default() };
    let typed = value.trim();
    let id = if typed.is_empty() { EXAMPLE_HUB_ID.to_owned() } else { hub::hub_id(typed).unwrap_or_else(|| typed.to_owned()) };
    for c in view::containers(draft.definition()) {
        if let Some(rest) = of_hub(c.image(), id_in_images(old)) {
            changes.set(&format!("/definition{}/image", c.place()), json!(format!("docker.io/{}/{rest}", id_in_images(&id))));
        }
    }
    changes.set("/aside/hub", json!(id));
    changes.done()
}

/// A new Region also moves the log groups that were in the old one, whichever driver writes to them.
fn region(draft: &Draft, region: &str) -> Edit {
    let mut changes = Changes::of(draft);
    let old = draft.region().to_owned();
    changes.set("/region", json!(region));
    for c in view::containers(draft.definition()) {
        let at = c.log_option("awslogs-region");
        if c.log_driver() == "awslogs" && (at == old || at.is_empty()) && !region.is_empty() {
            changes.set(&format!("/definition{}/logConfiguration/options/awslogs-region", c.place()), json!(region));
        }
    }
    if !region.is_empty() && !old.is_empty() {
        logs::follow(&mut changes, &["region"], &old, region);
    }
    changes.done()
}

fn launch(draft: &Draft, value: &str) -> Edit {
    let mut changes = Changes::of(draft);
    let Some(launch) = Launch::parse(value) else { return Edit::default() };
    changes.set("/cluster/launch", json!(value));
    changes.set("/definition/requiresCompatibilities", json!([value]));
    if launch == Launch::Fargate {
        changes.set("/definition/networkMode", json!("awsvpc"));
    }
    changes.done()
}
