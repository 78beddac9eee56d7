//! Region, launch type and platform: answers that flow into several places.

use super::changes::Changes;
use crate::{
    Draft, Edit, Launch,
    document::{pointer, view},
};
use serde_json::{Value, json};

/// A new Region also moves the log groups that were in the old one, whoever writes to them.
pub(super) fn change_region(draft: &Draft, region: &str) -> Edit {
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
        super::logs::follow(&mut changes, &["region"], &old, region);
    }
    changes.done()
}

pub(super) fn change_launch(draft: &Draft, value: &str) -> Edit {
    let mut changes = Changes::of(draft);
    let Some(launch) = Launch::parse(value) else { return Edit::default() };
    changes.set("/cluster/launch", json!(value));
    changes.set("/definition/requiresCompatibilities", json!([value]));
    if launch == Launch::Fargate {
        changes.set("/definition/networkMode", json!("awsvpc"));
    }
    changes.done()
}

pub(super) fn rendered_platform(draft: &Draft) -> String {
    let part = |key: &str| pointer::get(draft.definition(), &format!("/runtimePlatform/{key}")).map(super::text_of);
    match (part("operatingSystemFamily"), part("cpuArchitecture")) {
        (None, None) => String::new(),
        (os, chip) => format!("{}/{}", os.unwrap_or_default(), chip.unwrap_or_default()),
    }
}

pub(super) fn change_platform(draft: &Draft, value: &str) -> Edit {
    let Some((os, chip)) = value.split_once('/') else { return Edit::default() };
    let mut changes = Changes::of(draft);
    for (key, text) in [("operatingSystemFamily", os), ("cpuArchitecture", chip)] {
        if !text.is_empty() {
            changes.set(&format!("/definition/runtimePlatform/{key}"), Value::String(text.to_owned()));
        }
    }
    changes.done()
}
