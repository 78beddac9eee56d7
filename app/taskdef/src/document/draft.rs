//! The draft: what the person answered, as one JSON document.

use crate::{
    Edit,
    document::{
        bounds::{self, Unfit},
        edit, view,
    },
    grammar::{health, hub},
};
use serde_json::{Value, json};

/// Version of the draft's own shape; older ones are brought up to it on open.
pub const SCHEMA: u64 = 1;

/// A draft. Its root object has `schema`, `title`, `region`, `cluster` (`name`, `launch`,
/// `instanceType`, `count`), `definition` (the RegisterTaskDefinition input, as it was typed) and
/// `aside` (what only the wizard remembers).
#[derive(Clone, Debug, PartialEq)]
pub struct Draft(Value);

/// The Docker Hub ID of the examples' images, which belongs to nobody who starts from one.
pub const EXAMPLE_HUB_ID: &str = "myid";

/// Why a stored text is no draft.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// Not JSON, or not an object with a definition.
    #[error("the stored text is not a draft")]
    Shape,
    /// Written by a newer program.
    #[error("the draft has schema version {0}, newer than this program")]
    Newer(u64),
    /// Deeper than any draft may be, or with a reserved key: it would not open again.
    #[error("the text is not a draft: {0}")]
    Unfit(Unfit),
}

/// Where the containers run, as the person chose it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Launch {
    /// AWS runs the servers.
    Fargate,
    /// Own EC2 instances.
    Ec2,
    /// Own machines (ECS Anywhere).
    External,
    /// Instances that ECS manages.
    ManagedInstances,
}

impl Launch {
    /// All of them, in the order of the API's enum.
    pub const ALL: [Launch; 4] = [Launch::Ec2, Launch::Fargate, Launch::External, Launch::ManagedInstances];

    /// The API's word (`FARGATE`, …).
    pub fn as_str(self) -> &'static str {
        match self {
            Launch::Fargate => "FARGATE",
            Launch::Ec2 => "EC2",
            Launch::External => "EXTERNAL",
            Launch::ManagedInstances => "MANAGED_INSTANCES",
        }
    }

    /// Reads the API's word.
    pub fn parse(text: &str) -> Option<Launch> {
        Launch::ALL.into_iter().find(|l| l.as_str() == text)
    }

    /// What a definition's `requiresCompatibilities` says: Fargate as soon as it is named, since
    /// ECS then applies all of Fargate's rules.
    pub fn of_definition(definition: &Value) -> Option<Launch> {
        let named = definition.get("requiresCompatibilities")?.as_array()?;
        let has = |l: Launch| named.iter().any(|v| v.as_str() == Some(l.as_str()));
        [Launch::Fargate, Launch::ManagedInstances, Launch::Ec2, Launch::External].into_iter().find(|l| has(*l))
    }
}

impl Draft {
    /// Nothing answered yet.
    pub fn empty() -> Draft {
        Draft(json!({
            "schema": SCHEMA, "title": "", "region": "", "cluster": {},
            "definition": { "containerDefinitions": [] },
            "aside": { "containers": [], "tried": [] }
        }))
    }

    /// The tutorial's Nginx in front of a Node.js server, on Fargate in Seoul.
    pub fn tutorial() -> Draft {
        let mut draft = Draft::empty();
        let check = |port: u16| health::check(&format!("curl -f http://localhost:{port} || exit 1"));
        let log = json!({ "logDriver": "awslogs", "options": {
            "awslogs-group": "/ecs/my-task", "awslogs-region": "ap-northeast-2", "awslogs-stream-prefix": "ecs" } });
        draft.put("region", json!("ap-northeast-2"));
        draft.put("cluster", json!({ "name": "my-first-cluster", "launch": "FARGATE" }));
        draft.put(
            "definition",
            json!({
                "family": "my-task",
                "requiresCompatibilities": ["FARGATE"],
                "networkMode": "awsvpc",
                "cpu": "1024",
                "memory": "2048",
                "runtimePlatform": { "operatingSystemFamily": "LINUX", "cpuArchitecture": "X86_64" },
                "executionRoleArn": "ecsTaskExecutionRole",
                "containerDefinitions": [
                    {
                        "name": "my-webserver", "image": "docker.io/myid/webserver:1", "essential": true,
                        "cpu": 512, "memoryReservation": 1024,
                        "portMappings": [{ "name": "webserver-port", "containerPort": 8080, "protocol": "tcp" }],
                        "environment": [{ "name": "NODE_ENV", "value": "production" }, { "name": "PORT", "value": "8080" }],
                        "healthCheck": check(8080), "logConfiguration": log
                    },
                    {
                        "name": "my-nginx", "image": "docker.io/myid/nginx:1", "essential": true,
                        "cpu": 512, "memoryReservation": 512,
                        "portMappings": [{ "name": "nginx-port", "containerPort": 80, "protocol": "tcp" }],
                        "healthCheck": check(80), "logConfiguration": log
                    }
                ]
            }),
        );
        draft.put("aside", json!({ "containers": [1, 2], "tried": all_steps() }));
        draft
    }

    /// A draft around a definition that exists already; it was written elsewhere, so every step
    /// shows its findings at once.
    pub fn around(definition: Value) -> Draft {
        let mut draft = Draft::empty();
        let n = definition.get("containerDefinitions").and_then(Value::as_array).map_or(0, Vec::len);
        if let Some(launch) = Launch::of_definition(&definition) {
            draft.put("cluster", json!({ "launch": launch.as_str() }));
        }
        draft.put("definition", definition);
        draft.put("aside", json!({ "containers": (1..=n).collect::<Vec<_>>(), "tried": all_steps() }));
        draft.filled_in()
    }

    /// The same draft with another definition, written by hand: containers keep their numbers by their names, the
    /// launch type follows the definition, and every step shows its findings.
    pub fn with_definition(&self, definition: Value) -> Draft {
        let name = |c: &view::ContainerView<'_>| c.name().to_owned();
        let known: Vec<(String, u64)> = view::containers(self.definition()).iter().map(|c| (name(c), self.container_number(c.index))).collect();
        let mut next = known.iter().map(|(_, n)| *n).max().unwrap_or(0);
        let mut taken = Vec::new();
        for c in view::containers(&definition) {
            let own = known.iter().find(|(of, n)| !of.is_empty() && *of == c.name() && !taken.contains(n)).map(|(_, n)| *n);
            taken.push(own.unwrap_or_else(|| {
                next += 1;
                next
            }));
        }
        let mut draft = self.clone();
        if let Some(launch) = Launch::of_definition(&definition).filter(|l| Some(*l) != self.launch()) {
            let edit = edit::set(&draft.0, "/cluster/launch", json!(launch.as_str()));
            // A draft without a cluster has nothing to follow.
            let _ = edit.apply(&mut draft.0);
        }
        draft.put("definition", definition);
        let hub = self.hub_id().map(str::to_owned);
        draft.put("aside", json!({ "containers": taken, "tried": all_steps() }));
        if let Some(id) = hub {
            let edit = edit::set(&draft.0, "/aside/hub", json!(id));
            // It was just made as an object.
            let _ = edit.apply(&mut draft.0);
        }
        draft
    }

    /// Reads a stored draft and brings it up to the present schema.
    pub fn parse(text: &str) -> Result<Draft, DraftError> {
        bounds::check(text).map_err(DraftError::Unfit)?;
        let root: Value = serde_json::from_str(text).map_err(|_| DraftError::Shape)?;
        let map = root.as_object().ok_or(DraftError::Shape)?;
        if !map.contains_key("definition") {
            return Err(DraftError::Shape);
        }
        match map.get("schema").and_then(Value::as_u64) {
            Some(SCHEMA) => Ok(Draft(root)),
            Some(n) if n > SCHEMA => Err(DraftError::Newer(n)),
            _ => Err(DraftError::Shape),
        }
    }

    /// The text that is stored and sent: compact JSON, key order kept.
    pub fn to_text(&self) -> String {
        self.0.to_string()
    }

    /// The whole document.
    pub fn root(&self) -> &Value {
        &self.0
    }

    /// The whole document, for [`Edit::apply`].
    pub fn root_mut(&mut self) -> &mut Value {
        &mut self.0
    }

    /// The task definition.
    pub fn definition(&self) -> &Value {
        &self.0["definition"]
    }

    /// The name that the person gave the draft, or an empty text.
    pub fn title(&self) -> &str {
        self.text("title")
    }

    /// The chosen Region's code, or an empty text.
    pub fn region(&self) -> &str {
        self.text("region")
    }

    /// The cluster's name, or an empty text.
    pub fn cluster_name(&self) -> &str {
        self.0["cluster"].get("name").and_then(Value::as_str).unwrap_or("")
    }

    /// Where the containers run, if that was answered.
    pub fn launch(&self) -> Option<Launch> {
        let chosen = self.0["cluster"].get("launch").and_then(Value::as_str).and_then(Launch::parse);
        match Launch::of_definition(self.definition()) {
            Some(Launch::Fargate) => Some(Launch::Fargate),
            named => chosen.or(named),
        }
    }

    /// The family, or an empty text.
    pub fn family(&self) -> &str {
        self.definition().get("family").and_then(Value::as_str).unwrap_or("")
    }

    /// Replaces one of the root's members.
    pub fn put(&mut self, key: &str, value: Value) {
        let edit = edit::set(&self.0, &format!("/{key}"), value);
        // The root is an object in every draft, so a member of it can always be set.
        let _ = edit.apply(&mut self.0);
    }

    /// The number that a container keeps for life: its colour and chip.
    pub fn container_number(&self, index: usize) -> u64 {
        let n = view::containers(self.definition()).len();
        let numbers = self.0["aside"].get("containers").and_then(Value::as_array);
        numbers.filter(|list| list.len() == n).and_then(|list| list.get(index)?.as_u64()).unwrap_or(index as u64 + 1)
    }

    /// Whether the person tried to go on from a step, so that its errors show at once.
    pub fn tried(&self, step: crate::Step) -> bool {
        self.steps("tried").any(|slug| slug == step.slug())
    }

    /// Whether an example or an import answered a step, and the person has not gone on from it yet.
    pub fn is_filled(&self, step: crate::Step) -> bool {
        self.steps("filled").any(|slug| slug == step.slug())
    }

    /// Remembers that all steps were answered for the person, and asks for a Docker Hub ID where images have that of the examples.
    pub fn filled_in(mut self) -> Draft {
        let set = |root: &Value, key: &str, value: Value| edit::set(root, &format!("/aside/{key}"), value);
        let steps = crate::Step::ALL.iter().filter(|s| **s != crate::Step::Review).map(|s| s.slug());
        let mut edit = set(&self.0, "filled", json!(steps.collect::<Vec<_>>()));
        edit.0.extend(set(&self.0, "hub", json!(EXAMPLE_HUB_ID)).0);
        // `aside` is an object in every draft of ours; where it is none, there is nothing to remember in.
        let _ = edit.apply(&mut self.0);
        if self.hub_id().is_none() {
            let _ = edit::clear(&self.0, "/aside/hub").apply(&mut self.0);
        }
        self
    }

    /// The Docker Hub ID that the example's images have now; `None` where no example's image is left. What was typed and is no ID
    /// is kept as it is, and the images have the example's.
    pub fn hub_id(&self) -> Option<&str> {
        let id = self.0["aside"].get("hub")?.as_str()?;
        view::containers(self.definition()).iter().any(|c| of_hub(c.image(), id_in_images(id)).is_some()).then_some(id)
    }

    fn steps(&self, key: &str) -> impl Iterator<Item = &str> {
        self.0["aside"].get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
    }

    /// Marks a step as tried and looked at, and on it this container, or all of them.
    pub fn mark_tried(&self, step: crate::Step, container: Option<usize>) -> Edit {
        let mut marked = Edit::default();
        if !self.tried(step) {
            let list: Vec<&str> = self.steps("tried").chain([step.slug()]).collect();
            marked = edit::set(&self.0, "/aside/tried", json!(list));
        }
        if self.is_filled(step) {
            let left: Vec<&str> = self.steps("filled").filter(|slug| *slug != step.slug()).collect();
            marked.0.extend(edit::set(&self.0, "/aside/filled", json!(left)).0);
        }
        let fresh = self.fresh_numbers();
        if step == crate::Step::Containers && !fresh.is_empty() {
            let left: Vec<u64> = fresh.iter().copied().filter(|n| container.is_some_and(|i| self.container_number(i) != *n)).collect();
            if left != fresh {
                marked.0.extend(edit::set(&self.0, "/aside/fresh", json!(left)).0);
            }
        }
        marked
    }

    /// The numbers of containers that were added and not gone on from yet.
    pub(crate) fn fresh_numbers(&self) -> Vec<u64> {
        self.0["aside"].get("fresh").and_then(Value::as_array).map_or(Vec::new(), |list| list.iter().filter_map(Value::as_u64).collect())
    }

    /// Whether a container was added and not gone on from yet: what it lacks is still to come, and no error.
    pub fn is_fresh(&self, container: usize) -> bool {
        self.fresh_numbers().contains(&self.container_number(container))
    }

    fn text(&self, key: &str) -> &str {
        self.0.get(key).and_then(Value::as_str).unwrap_or("")
    }
}

/// The Docker Hub ID that images have for an answer: the example's where it is none.
pub fn id_in_images(answer: &str) -> &str {
    if hub::hub_id(answer).is_some_and(|id| id == answer) { answer } else { EXAMPLE_HUB_ID }
}

/// What follows a Docker Hub ID in an image of it.
pub fn of_hub<'a>(image: &'a str, id: &str) -> Option<&'a str> {
    image.strip_prefix("docker.io/")?.strip_prefix(id)?.strip_prefix('/')
}

fn all_steps() -> Vec<&'static str> {
    crate::Step::ALL.iter().map(|s| s.slug()).collect()
}
