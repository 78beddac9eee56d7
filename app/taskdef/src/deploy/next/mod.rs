//! What comes after the registration, as commands: the network, instances on EC2, one task, a service or a schedule, a load balancer,
//! logs, scaling, and the end. All but the end are run in one terminal, from top to bottom: what AWS has chosen (a subnet, a security group, a task)
//! is read into a variable by one command and used by the next, so nothing is made up and nothing has to be copied. What only the person
//! knows and has not said yet is a [`Blank`].
//!
//! | file | what |
//! |---|---|
//! | `lines.rs` | words of a command, and the file of the task's names |
//! | `network.rs` `instances.rs` `run.rs` `service.rs` `schedule.rs` `clean.rs` | the steps |
//! | `room.rs` | how many tasks the chosen instances have room for |

mod clean;
mod instances;
mod lines;
mod network;
pub mod room;
mod run;
mod schedule;
mod service;

use crate::{Draft, Launch, document::view, grammar::name, messages::Message};
use lines::Names;
use serde_json::Value;

/// A step with its commands.
#[derive(Debug)]
pub struct Stage {
    /// Its name in addresses.
    pub id: &'static str,
    /// Its title, and a sentence about it.
    pub message: &'static Message,
    /// Its commands, for Bash.
    pub commands: String,
}

/// A word in the commands that is to be replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blank {
    /// As it stands in the commands.
    pub word: &'static str,
    /// The place of the draft that fills it.
    pub place: &'static str,
}

/// What comes next.
#[derive(Debug)]
pub struct Next {
    /// The steps, in their order.
    pub stages: Vec<Stage>,
    /// What is to be filled in first.
    pub blanks: Vec<Blank>,
}

/// How the containers reach the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Each task has a network interface.
    Awsvpc,
    /// Docker's own network on the instance; ports are mapped.
    Bridge,
    /// The instance's network itself.
    Host,
    /// None.
    None,
}

impl Mode {
    /// Of a definition on a launch type; on EC2, `bridge` is what AWS takes where nothing is written.
    pub fn of(definition: &Value, launch: Option<Launch>) -> Mode {
        match (definition.get("networkMode").and_then(Value::as_str), launch) {
            (Some("bridge"), _) => Mode::Bridge,
            (Some("host"), _) => Mode::Host,
            (Some("none"), _) => Mode::None,
            (Some("awsvpc"), _) | (None, Some(Launch::Fargate)) => Mode::Awsvpc,
            (_, Some(Launch::Ec2 | Launch::External)) => Mode::Bridge,
            _ => Mode::Awsvpc,
        }
    }
}

/// The container that visitors reach, and its port: the one with port 80 or 443, or else the first with a port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Front {
    /// Its name.
    pub name: String,
    /// The port that it listens on.
    pub port: u64,
    /// The port on the instance; `None` where the instance assigns one.
    pub host: Option<u64>,
}

impl Front {
    pub(crate) fn of(definition: &Value) -> Option<Front> {
        let all = view::containers(definition);
        let ports = all.iter().flat_map(|c| c.list("portMappings").iter().filter_map(move |p| Some((c, p.get("containerPort")?.as_u64()?, p))));
        let ports: Vec<_> = ports.filter(|(c, port, _)| (1..=65_535).contains(port) && name::is_name(c.name())).collect();
        let (c, port, mapping) = ports.iter().find(|(_, port, _)| matches!(port, 80 | 443)).or_else(|| ports.first())?;
        let host = mapping.get("hostPort").and_then(Value::as_u64).filter(|port| (1..=65_535).contains(port));
        Some(Front { name: c.name().to_owned(), port: *port, host })
    }
}

/// The steps of a draft.
pub fn next(draft: &Draft) -> Next {
    of(draft, None)
}

/// The same after a revision was registered, which is then the one that is run.
pub fn after(draft: &Draft, revision: u64) -> Next {
    of(draft, Some(revision))
}

fn of(draft: &Draft, revision: Option<u64>) -> Next {
    let (names, blanks) = Names::of(draft, revision);
    let mut stages = vec![network::network(&names)];
    stages.extend(instances::instances(&names));
    stages.push(run::run(&names));
    if names.schedule.is_some() {
        stages.extend(schedule::schedule(&names));
    } else {
        stages.push(service::service(&names));
        stages.extend(service::balancer(&names));
        stages.push(service::scaling(&names));
    }
    stages.extend(run::logs(&names));
    stages.push(clean::clean(&names));
    Next { stages, blanks }
}
