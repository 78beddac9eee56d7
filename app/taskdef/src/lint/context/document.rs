//! Documents that are not task definitions, though they mean one: CloudFormation, Terraform, Compose.

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
        let members = &schema::root().members;
        // Keys that are written alike in every spelling tell nothing.
        let telling: Vec<&String> = map.keys().filter(|k| members.get(k.as_str()).is_none() || k.chars().any(char::is_uppercase)).collect();
        let known = |k: &str| members.iter().any(|(m, _)| same_word(k, m) && m != k);
        let pascal = |k: &str| k.starts_with(|c: char| c.is_ascii_uppercase()) && known(k);
        let snake = |k: &str| k.contains('_') && known(k);
        let spelt = |spelling: &dyn Fn(&str) -> bool| {
            telling.iter().filter(|k| spelling(k)).count() > 0 && telling.iter().all(|k| spelling(k) || members.get(k.as_str()).is_none())
        };
        if map.keys().all(|k| members.get(k.as_str()).is_none()) && spelt(&pascal) && map.len() > 1 {
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

fn is_compose(map: &Map<String, Value>) -> bool {
    const WORDS: [&str; 7] = ["image", "build", "ports", "environment", "depends_on", "volumes", "command"];
    let services = map.get("services").and_then(Value::as_object);
    !map.contains_key("containerDefinitions") && services.is_some_and(|s| s.values().any(|v| WORDS.iter().any(|w| v.get(w).is_some())))
}
