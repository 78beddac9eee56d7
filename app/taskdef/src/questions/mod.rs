//! HTML form controls ⇄ edits of the document.
//!
//! A control's name is the place it edits (`/containerDefinitions/0/image`), or a word for a
//! question that covers several places (`size`, `logs`, `…/healthCheck~kind`). Three functions are
//! all there is: [`rendered`] is what a page shows, [`change`] is what a typed answer does, and
//! [`apply_post`] is a whole form without JavaScript: it changes only what the person changed.
//!
//! | file | questions |
//! |---|---|
//! | `scalar.rs` | one place each: texts, numbers, yes or no |
//! | `cluster.rs` | Region, launch type, platform |
//! | `size.rs` | CPU and memory as a pair |
//! | `health.rs` | tool × port × path, own command |
//! | `logs.rs` | one answer for all containers |
//! | `name.rs` | which names are controls at all |
//! | `post.rs` | a whole form |
//! | `rows.rs` | rows that are added, removed, moved, pasted |

mod changes;
mod cluster;
mod health;
mod logs;
mod name;
mod post;
mod rows;
mod scalar;
mod size;

pub use health::own_form;
pub use logs::{awslogs_containers, shared_option};
pub use post::{MOST_PAIRS, apply_post, decode};
pub use rows::{Row, dotenv, row};
pub use scalar::text_of;

use crate::{Draft, Edit};

/// The timing that a new health check gets: seconds, seconds, times, seconds.
pub const TIMING: &[(&str, u64)] = &[("interval", 30), ("timeout", 5), ("retries", 3), ("startPeriod", 60)];

/// Most containers that a task definition may have. Source: Amazon ECS service quotas.
pub const MAX_CONTAINERS: usize = 10;

/// What the control named `name` shows for this draft. An unknown name shows nothing.
pub fn rendered(draft: &Draft, name: &str) -> String {
    match name {
        "platform" => cluster::rendered_platform(draft),
        "/cluster/launch" => draft.launch().map_or(String::new(), |l| l.as_str().to_owned()),
        "size" | "size-exact" | "size-cpu" | "size-memory" => size::rendered(draft, name),
        "logs" | "logs-group" | "logs-prefix" | "logs-create" => logs::rendered(draft, name),
        _ => match name.split_once('~') {
            Some((place, part)) => health::rendered(draft, place, part),
            None if name.starts_with('/') => scalar::rendered(draft, name),
            None => String::new(),
        },
    }
}

/// The edit that makes the control named `name` show `value`. Empty when nothing changes or the
/// name is unknown; a value that cannot be right is kept as it was typed.
pub fn change(draft: &Draft, name: &str, value: &str) -> Edit {
    if !name::is_control(draft, name) {
        return Edit::default();
    }
    match name {
        "/region" => cluster::change_region(draft, value),
        "/cluster/launch" => cluster::change_launch(draft, value),
        "platform" => cluster::change_platform(draft, value),
        "size" | "size-exact" | "size-cpu" | "size-memory" => size::change(draft, name, value),
        "logs" | "logs-group" | "logs-prefix" | "logs-create" => logs::change(draft, name, value),
        _ => match name.split_once('~') {
            Some((place, part)) => health::change(draft, place, part, value),
            None if name.starts_with('/') => scalar::change(draft, name, value),
            None => Edit::default(),
        },
    }
}

/// The name of the control that a place is asked by; findings at the place are shown there.
pub fn control_of(draft: &Draft, place: &str) -> String {
    let tokens = crate::document::pointer::tokens(place);
    let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
    let container = |i: &str| format!("/containerDefinitions/{i}");
    match tokens.as_slice() {
        ["requiresCompatibilities" | "networkMode", ..] => "/cluster/launch".into(),
        ["cpu" | "memory"] if draft.launch() != Some(crate::Launch::Ec2) => "size".into(),
        ["runtimePlatform", ..] => "platform".into(),
        ["containerDefinitions"] => "add:/containerDefinitions".into(),
        ["containerDefinitions", i] => format!("{}/name", container(i)),
        ["containerDefinitions", i, "healthCheck"] => format!("{}/healthCheck~kind", container(i)),
        ["containerDefinitions", i, "healthCheck", "command", ..] => {
            let own = rendered(draft, &format!("{}/healthCheck~kind", container(i))) == "own";
            format!("{}/healthCheck~{}", container(i), if own { "text" } else { "kind" })
        }
        ["containerDefinitions", i, "portMappings"] => format!("add:{}/portMappings", container(i)),
        ["containerDefinitions", i, "portMappings", j] => format!("{}/portMappings/{j}/containerPort", container(i)),
        ["containerDefinitions", i, "dependsOn"] => format!("add:{}/dependsOn", container(i)),
        ["containerDefinitions", i, "dependsOn", j] => format!("{}/dependsOn/{j}/containerName", container(i)),
        ["containerDefinitions", i, list @ ("environment" | "secrets"), j] => format!("{}/{list}/{j}/name", container(i)),
        ["containerDefinitions", i, "logConfiguration", rest @ ..] => logs::control_of(draft, i, rest),
        _ => place.to_owned(),
    }
}

#[cfg(test)]
mod tests;
