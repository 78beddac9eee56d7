//! Rows of `environment` and `secrets`, read once for all rules.

use super::read::member;
use crate::document::{pointer, view::ContainerView};
use serde_json::Value;

/// A row of `environment` or `secrets`.
#[derive(Clone, Copy, Debug)]
pub struct Variable<'a> {
    /// Its container.
    pub container: ContainerView<'a>,
    /// The row itself, an object.
    pub row: &'a Value,
    /// Its name, or an empty text.
    pub name: &'a str,
    /// `value` or `valueFrom`, when it is a text.
    pub value: Option<&'a str>,
    /// The same, whatever it is.
    pub given: Option<&'a Value>,
    list: &'static str,
    index: usize,
}

impl<'a> Variable<'a> {
    /// All rows of a list in all containers, in order; what is no object is left out.
    pub fn all(containers: &[ContainerView<'a>], list: &'static str) -> Vec<Variable<'a>> {
        let from = if list == "secrets" { "valueFrom" } else { "value" };
        let mut rows = Vec::with_capacity(containers.iter().map(|c| c.list(list).len()).sum());
        for container in containers {
            for (index, row) in container.list(list).iter().enumerate().filter(|(_, v)| v.is_object()) {
                let (name, given) = (member(row, "name").and_then(Value::as_str), member(row, from));
                rows.push(Variable { container: *container, row, name: name.unwrap_or(""), value: given.and_then(Value::as_str), given, list, index });
            }
        }
        rows
    }

    /// Pointer of the row.
    pub fn path(&self) -> String {
        self.container.item(self.list, self.index)
    }

    /// Pointer of a member of the row.
    pub fn at(&self, key: &str) -> String {
        pointer::member(self.path(), key)
    }
}
