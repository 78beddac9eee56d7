//! Documents that are not task definitions: they mean one (CloudFormation, Terraform, Compose), or another resource of ECS.

use crate::lint::{schema, spelling::same_word};
use serde_json::{Map, Value};

/// What kind of document a definition is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentKind {
    /// An object with keys as the API spells them.
    TaskDefinition,
    /// CloudFormation's keys: `ContainerDefinitions`.
    PascalCase,
    /// Terraform's keys: `container_definitions`.
    SnakeCase,
    /// A Compose file.
    Compose,
    /// A daemon task definition, or the daemon that runs one.
    Daemon,
    /// An Express service, which gets its task definition from ECS.
    Express,
    /// No object at all.
    NotAnObject,
}

impl DocumentKind {
    /// What a document is.
    pub(super) fn of(definition: &Value) -> DocumentKind {
        let Some(map) = definition.as_object() else { return DocumentKind::NotAnObject };
        if is_compose(map) {
            return DocumentKind::Compose;
        }
        if let Some(other) = other_resource(map) {
            return other;
        }
        let members = &schema::root().members;
        let is_spelt_otherwise = !map.keys().any(|k| members.get(k.as_str()).is_some());
        if !is_spelt_otherwise && !map.contains_key("container_definitions") {
            return DocumentKind::TaskDefinition;
        }
        // Keys that are written alike in every spelling tell nothing.
        let telling: Vec<&String> = map.keys().filter(|k| members.get(k.as_str()).is_none() || k.chars().any(char::is_uppercase)).collect();
        let known = |k: &str| members.iter().any(|(m, _)| same_word(k, m) && m != k);
        let pascal = |k: &str| k.starts_with(|c: char| c.is_ascii_uppercase()) && known(k);
        let snake = |k: &str| k.contains('_') && known(k);
        let spelt = |spelling: &dyn Fn(&str) -> bool| {
            telling.iter().filter(|k| spelling(k)).count() > 0 && telling.iter().all(|k| spelling(k) || members.get(k.as_str()).is_none())
        };
        if is_spelt_otherwise && spelt(&pascal) && map.len() > 1 {
            DocumentKind::PascalCase
        } else if map.contains_key("container_definitions") && spelt(&snake) {
            DocumentKind::SnakeCase
        } else {
            DocumentKind::TaskDefinition
        }
    }

    /// Whether the passes of the areas can read it.
    pub fn is_task_definition(self) -> bool {
        self == DocumentKind::TaskDefinition
    }

    /// Whether its members can be held against the API model.
    pub(in crate::lint) fn has_api_keys(self) -> bool {
        matches!(self, DocumentKind::TaskDefinition | DocumentKind::NotAnObject)
    }
}

/// Resources that only look like a task definition, by the keys that only they have, or by what the AWS CLI wraps them in.
/// Source: botocore 1.44.8, RegisterDaemonTaskDefinition, CreateDaemon, CreateExpressGatewayService and what describes them.
fn other_resource(map: &Map<String, Value>) -> Option<DocumentKind> {
    let has = |key: &str| map.contains_key(key);
    let described = || map.get("service").is_some_and(|service| service.get("activeConfigurations").is_some());
    if has("daemonTaskDefinition") || has("daemonTaskDefinitionArn") || has("daemonName") {
        Some(DocumentKind::Daemon)
    } else if !has("containerDefinitions") && (has("primaryContainer") || described()) {
        Some(DocumentKind::Express)
    } else {
        None
    }
}

fn is_compose(map: &Map<String, Value>) -> bool {
    const WORDS: [&str; 7] = ["image", "build", "ports", "environment", "depends_on", "volumes", "command"];
    let services = map.get("services").and_then(Value::as_object);
    !map.contains_key("containerDefinitions") && services.is_some_and(|s| s.values().any(|v| WORDS.iter().any(|w| v.get(w).is_some())))
}
