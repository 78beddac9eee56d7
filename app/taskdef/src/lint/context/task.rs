//! One definition as the rules see it: defaults filled in, choices made, wrong values left out.

use super::{
    DocumentKind, HealthCheck, Variable, bytes,
    command_line::{self, Word},
    read::{member, present},
};
use crate::{
    Launch,
    document::{value::text_of, view, view::ContainerView},
    facts::{self, Has, ImageFacts, Images},
    grammar::size,
};
use serde_json::Value;
use std::cell::OnceCell;

/// What the wizard knows besides the definition.
#[derive(Clone, Debug, Default)]
pub struct Wizard {
    /// The Region, where one was chosen.
    pub region: Option<String>,
    /// Where the containers run, where that was chosen.
    pub launch: Option<Launch>,
    /// The cluster's answers (`name`, `instanceType`, `count`); `None` outside the wizard.
    pub cluster: Option<Value>,
    /// The Docker Hub ID in the images of an example; `None` outside the wizard, and where no example's image is left.
    pub hub_id: Option<String>,
    /// Keys that the import dropped, as pointers.
    pub dropped: Vec<String>,
    /// Keys that stand twice in the text, as pointers of the second one.
    pub duplicate_keys: Vec<String>,
    /// What registries answered about the images; empty where nobody asked them.
    pub images: Images,
}

/// The network mode that will be in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Network {
    /// Each task has its own interface; all its containers share it.
    Awsvpc,
    /// Docker's bridge, the default on EC2.
    Bridge,
    /// The host's own network.
    Host,
    /// None at all.
    None,
}

/// Operating system families. Source: API reference, OSFamily.
pub(in crate::lint) const OS_FAMILIES: [&str; 10] = [
    "LINUX",
    "WINDOWS_SERVER_2016_FULL",
    "WINDOWS_SERVER_2019_FULL",
    "WINDOWS_SERVER_2019_CORE",
    "WINDOWS_SERVER_2004_CORE",
    "WINDOWS_SERVER_20H2_CORE",
    "WINDOWS_SERVER_2022_FULL",
    "WINDOWS_SERVER_2022_CORE",
    "WINDOWS_SERVER_2025_FULL",
    "WINDOWS_SERVER_2025_CORE",
];

/// A definition with its context.
pub struct Task<'a> {
    /// The definition as it stands.
    pub definition: &'a Value,
    /// What the wizard knows.
    pub wizard: &'a Wizard,
    /// Launch type of the rules: Fargate if the definition or the person names it.
    pub launch: Option<Launch>,
    /// The containers, in order.
    pub containers: Vec<ContainerView<'a>>,
    /// Rows of `environment` in all containers.
    pub environment: Vec<Variable<'a>>,
    /// Rows of `secrets` in all containers.
    pub secrets: Vec<Variable<'a>>,
    /// Task CPU in units and memory in MiB, when AWS can read them.
    pub cpu: Option<u64>,
    /// Task memory in MiB.
    pub memory: Option<u64>,
    /// The network mode in force.
    pub network: Network,
    /// Whether the operating system is Windows.
    pub windows: bool,
    kind: OnceCell<DocumentKind>,
    bytes: OnceCell<usize>,
    health_checks: OnceCell<Vec<HealthCheck<'a>>>,
    words: OnceCell<Vec<Vec<Word<'a>>>>,
}

impl<'a> Task<'a> {
    /// Reads a definition in its context.
    pub fn new(definition: &'a Value, wizard: &'a Wizard) -> Task<'a> {
        let named = Launch::of_definition(definition);
        let launch = match (named, wizard.launch) {
            (Some(Launch::Fargate), _) | (_, Some(Launch::Fargate)) => Some(Launch::Fargate),
            (named, chosen) => named.or(chosen),
        };
        // A number is read as the text that it should be: its own rule says so already.
        let text = |key: &str| match present(definition, key) {
            Some(value @ (Value::String(_) | Value::Number(_))) => text_of(value),
            _ => String::new(),
        };
        let network = match text("networkMode").as_str() {
            // Fargate has no other mode, and refuses the others by another rule.
            _ if launch == Some(Launch::Fargate) => Network::Awsvpc,
            "awsvpc" => Network::Awsvpc,
            // Managed Instances have this default; elsewhere it is bridge.
            "" if launch == Some(Launch::ManagedInstances) => Network::Awsvpc,
            "host" => Network::Host,
            "none" => Network::None,
            _ => Network::Bridge,
        };
        let family = definition.pointer("/runtimePlatform/operatingSystemFamily").and_then(Value::as_str);
        let containers = view::containers(definition);
        Task {
            environment: Variable::all(&containers, "environment"),
            secrets: Variable::all(&containers, "secrets"),
            definition,
            wizard,
            launch,
            containers,
            cpu: size::parse_cpu(&text("cpu")),
            memory: size::parse_memory(&text("memory")),
            network,
            windows: family.is_some_and(|f| f.starts_with("WINDOWS_")),
            kind: OnceCell::new(),
            bytes: OnceCell::new(),
            health_checks: OnceCell::new(),
            words: OnceCell::new(),
        }
    }

    /// What a registry says about a container's image, where it was looked into.
    pub fn looked(&self, container: ContainerView<'_>) -> Option<&'a ImageFacts> {
        self.wizard.images.found(container.image())
    }

    /// Who a container runs as: the user of the definition, else of the image where it was looked into; `None` where neither says.
    pub fn user<'c>(&self, container: ContainerView<'c>) -> Option<&'c str>
    where
        'a: 'c,
    {
        match container.value().get("user") {
            Some(user) => user.as_str(),
            None => self.looked(container).map(|facts| facts.user.as_str()).filter(|user| !user.is_empty()),
        }
    }

    /// Whether an image has a program: as its layers say, where they were looked into, else as the catalogue says.
    pub fn has(&self, container: ContainerView<'_>, program: &str) -> Has {
        match self.looked(container).map(|facts| facts.program(program)) {
            Some(seen @ (Has::Yes | Has::No)) => seen,
            _ => container.reference().and_then(|image| facts::tools(&image)).map_or(Has::Unknown, |tools| tools.get(program)),
        }
    }

    /// Bytes of the definition as compact JSON.
    pub fn bytes(&self) -> usize {
        *self.bytes.get_or_init(|| bytes(self.definition))
    }

    /// The rows of `environment` of one container.
    pub fn environment_of(&self, container: ContainerView<'_>) -> &[Variable<'a>] {
        let start = self.environment.partition_point(|v| v.container.index < container.index);
        let rows = &self.environment[start..];
        &rows[..rows.partition_point(|v| v.container.index == container.index)]
    }

    /// The health checks of the containers, in order.
    pub fn health_checks(&self) -> &[HealthCheck<'a>] {
        self.health_checks.get_or_init(|| HealthCheck::all(&self.containers))
    }

    /// The words that one of the containers is started with.
    pub(in crate::lint) fn words(&self, container: ContainerView<'_>) -> &[Word<'a>] {
        let all = self.words.get_or_init(|| self.containers.iter().map(|c| command_line::words(*c)).collect());
        all.get(container.index).map_or(&[], Vec::as_slice)
    }

    /// What kind of document the definition is.
    pub fn kind(&self) -> DocumentKind {
        *self.kind.get_or_init(|| DocumentKind::of(self.definition))
    }

    /// Whether Fargate's rules apply.
    pub fn fargate(&self) -> bool {
        self.launch == Some(Launch::Fargate)
    }

    /// Whether the definition itself names a launch type.
    pub fn names(&self, launch: Launch) -> bool {
        let named = self.definition.get("requiresCompatibilities").and_then(Value::as_array);
        named.is_some_and(|list| list.iter().any(|v| v.as_str() == Some(launch.as_str())))
    }

    /// Whether the rules of another launch type apply.
    pub fn runs_on(&self, launch: Launch) -> bool {
        self.launch == Some(launch)
    }

    /// The processor in force: `X86_64` unless the definition says otherwise.
    pub fn chip(&self) -> &'a str {
        self.definition.get("runtimePlatform").and_then(|p| p.get("cpuArchitecture")).and_then(Value::as_str).filter(|c| !c.is_empty()).unwrap_or("X86_64")
    }

    /// The operating system family as written, or an empty text.
    pub fn system(&self) -> &'a str {
        self.definition.get("runtimePlatform").and_then(|p| p.get("operatingSystemFamily")).and_then(Value::as_str).unwrap_or("")
    }

    /// The chosen Region, if there is one.
    pub fn region(&self) -> Option<&'a str> {
        self.wizard.region.as_deref().filter(|r| !r.is_empty())
    }

    /// Whether the containers share one network interface.
    pub fn shared_network(&self) -> bool {
        matches!(self.network, Network::Awsvpc | Network::Host)
    }

    /// Whether an execution role is named (a wrong type counts as named).
    pub fn has_execution_role(&self) -> bool {
        present(self.definition, "executionRoleArn").is_some_and(|v| v.as_str() != Some(""))
    }

    /// A member of the definition that is a text and not empty.
    pub fn text(&self, key: &str) -> Option<&'a str> {
        member(self.definition, key)?.as_str().filter(|t| !t.is_empty())
    }
}
