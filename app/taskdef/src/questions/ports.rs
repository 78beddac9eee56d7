//! Port mappings of a container.

use super::{List, Question, changes::Changes, names::names, scalar};
use crate::{Draft, Edit, grammar::amount::typed_number};
use serde_json::json;

names! {
    /// Questions about a port mapping.
    pub enum Port {
        /// The port in the container.
        ContainerPort = "containerPort",
        /// The port on the instance.
        HostPort = "hostPort",
        /// `tcp` or `udp`.
        Protocol = "protocol",
        /// The mapping's name, for Service Connect.
        Name = "name",
    }
}

impl Port {
    pub(super) fn rendered(self, draft: &Draft, i: usize, j: usize) -> String {
        let found = scalar::found(draft, &self.path(i, j));
        match self {
            Port::Protocol => found.unwrap_or_else(|| "tcp".into()),
            Port::ContainerPort | Port::HostPort | Port::Name => found.unwrap_or_default(),
        }
    }

    pub(super) fn change(self, draft: &Draft, i: usize, j: usize, value: &str) -> Edit {
        let path = self.path(i, j);
        match self {
            Port::ContainerPort => docker(draft, i, j, value).unwrap_or_else(|| scalar::number(draft, &path, self.as_str(), value)),
            Port::HostPort => scalar::number(draft, &path, self.as_str(), value),
            Port::Protocol | Port::Name => scalar::text(draft, &path, value),
        }
    }

    fn path(self, i: usize, j: usize) -> String {
        format!("/definition{}", Question::Port(i, j, self))
    }
}

/// `53/udp`, as Docker writes it.
fn docker(draft: &Draft, i: usize, j: usize, typed: &str) -> Option<Edit> {
    let (port, protocol @ ("tcp" | "udp")) = typed.trim().split_once('/')? else { return None };
    let port = typed_number(port)?;
    let row = List::PortMappings(i).row(j);
    let mut changes = Changes::of(draft);
    changes.set(&format!("/definition{row}/containerPort"), json!(port));
    changes.set(&format!("/definition{row}/protocol"), json!(protocol));
    Some(changes.done())
}
