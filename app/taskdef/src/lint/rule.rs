//! What a rule is.

use crate::Severity;
use std::{
    fmt,
    hash::{Hash, Hasher},
};

/// Whether a rule can be decided now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Decided from the draft.
    Active,
    /// Decided once the image was looked into at its registry.
    NeedsRegistry,
    /// Needs a look into the AWS account.
    NeedsAccount,
}

impl State {
    /// Whether a pass can report it: only what needs an AWS account belongs to none.
    pub fn can_speak(self) -> bool {
        self != State::NeedsAccount
    }

    /// The API's word.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Active => "active",
            State::NeedsRegistry => "needs-registry",
            State::NeedsAccount => "needs-account",
        }
    }
}

/// The areas of the rule book, in the order in which they are evaluated and listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    /// The task definition as a whole.
    Task,
    /// The wizard's own questions.
    Wizard,
    /// The cluster, and what belongs to it and not to the definition.
    Cluster,
    /// The Region, and what it offers.
    Region,
    /// Task CPU and memory.
    Sizing,
    /// Container definition basics: name, image, CPU, command, user.
    Container,
    /// Image references.
    Image,
    /// Port mappings.
    Port,
    /// Container memory and reservations.
    Resources,
    /// Container health checks.
    HealthCheck,
    /// Environment variables and files.
    Environment,
    /// Secrets.
    Secrets,
    /// Log configuration.
    Logging,
    /// Start order between containers.
    Dependencies,
    /// Start and stop timeouts, restart policy.
    Timeouts,
    /// Volumes and mount points.
    Volumes,
    /// Network mode.
    Network,
    /// Roles.
    Iam,
    /// What Fargate refuses.
    Fargate,
    /// Linux parameters, ulimits, kernel settings.
    Linux,
    /// Windows containers.
    Windows,
    /// EC2, external machines and Managed Instances.
    Ec2,
    /// Fargate's disk.
    EphemeralStorage,
    /// Operating system and processor.
    RuntimePlatform,
    /// Tags.
    Tags,
    /// Sizes and quotas.
    Limits,
    /// Service Connect.
    ServiceConnect,
    /// The App Mesh proxy.
    Proxy,
    /// What a service needs later.
    Service,
}

impl Area {
    /// How many there are.
    pub const COUNT: usize = Area::Service as usize + 1;

    /// The API's word; the area's folder has the same name, with `_` for `-`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Area::Task => "task",
            Area::Wizard => "wizard",
            Area::Cluster => "cluster",
            Area::Region => "region",
            Area::Sizing => "sizing",
            Area::Container => "container",
            Area::Image => "image",
            Area::Port => "port",
            Area::Resources => "resources",
            Area::HealthCheck => "health-check",
            Area::Environment => "environment",
            Area::Secrets => "secrets",
            Area::Logging => "logging",
            Area::Dependencies => "dependencies",
            Area::Timeouts => "timeouts",
            Area::Volumes => "volumes",
            Area::Network => "network",
            Area::Iam => "iam",
            Area::Fargate => "fargate",
            Area::Linux => "linux",
            Area::Windows => "windows",
            Area::Ec2 => "ec2",
            Area::EphemeralStorage => "ephemeral-storage",
            Area::RuntimePlatform => "runtime-platform",
            Area::Tags => "tags",
            Area::Limits => "limits",
            Area::ServiceConnect => "service-connect",
            Area::Proxy => "proxy",
            Area::Service => "service",
        }
    }
}

/// One rule of the rule book: a static of its area, named like its id in capitals.
pub struct Rule {
    /// Stable id, kebab case.
    pub id: &'static str,
    /// Usual severity.
    pub severity: Severity,
    /// Where the rule comes from.
    pub source: &'static str,
    /// Whether it can be decided from a draft.
    pub state: State,
    /// What it says.
    #[cfg(feature = "server")]
    pub message: &'static crate::messages::Message,
    /// The area whose folder declares and reports it.
    pub area: Area,
    /// Its number in the area, from 0, below 64.
    pub(super) number: u8,
}

/// A rule is its static: two rules with the same place in the rule book are one.
impl PartialEq for Rule {
    fn eq(&self, other: &Rule) -> bool {
        (self.area, self.number) == (other.area, other.number)
    }
}

impl Eq for Rule {}

impl Hash for Rule {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.area, self.number).hash(state);
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}
