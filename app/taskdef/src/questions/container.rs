//! One container: name, image, share of the task, and what happens when it stops.

use super::{List, Question, changes::Changes, names::names, scalar};
use crate::{Draft, Edit, document::view};
use serde_json::Value;

names! {
    /// Questions about one container.
    pub enum Container {
        /// Its name.
        Name = "name",
        /// Its image.
        Image = "image",
        /// CPU units.
        Cpu = "cpu",
        /// The soft limit of its memory, MiB.
        MemoryReservation = "memoryReservation",
        /// The hard limit of its memory, MiB.
        Memory = "memory",
        /// Whether the task stops with it.
        Essential = "essential",
    }
}

impl Container {
    pub(super) fn rendered(self, draft: &Draft, i: usize) -> String {
        let found = scalar::found(draft, &self.path(i));
        match self {
            Container::Essential => found.unwrap_or_else(|| "true".into()),
            Container::Name | Container::Image | Container::Cpu | Container::MemoryReservation | Container::Memory => found.unwrap_or_default(),
        }
    }

    pub(super) fn change(self, draft: &Draft, i: usize, value: &str) -> Edit {
        let path = self.path(i);
        let mut changes = Changes::of(draft);
        match self {
            Container::Cpu | Container::MemoryReservation | Container::Memory => return scalar::number(draft, &path, self.as_str(), value),
            Container::Essential if matches!(value, "true" | "false") => changes.set(&path, Value::Bool(value == "true")),
            Container::Name => {
                if !value.is_empty() {
                    rename(&mut changes, i, value);
                }
                scalar::put_text(&mut changes, &path, value);
            }
            Container::Image | Container::Essential => scalar::put_text(&mut changes, &path, value),
        }
        changes.done()
    }

    fn path(self, i: usize) -> String {
        format!("/definition{}", Question::Container(i, self))
    }
}

/// A container's new name is used where other containers wait for it.
fn rename(changes: &mut Changes<'_>, i: usize, name: &str) {
    let containers = view::containers(changes.base().definition());
    let Some(old) = containers.get(i).map(|c| c.name()) else { return };
    if old.is_empty() || containers.iter().filter(|c| c.name() == old).count() != 1 {
        return;
    }
    for c in &containers {
        let list = List::DependsOn(c.index);
        for (j, dependency) in c.list(list.key()).iter().enumerate() {
            if dependency.get("containerName").and_then(Value::as_str) == Some(old) {
                changes.set(&format!("/definition{}", list.first(j)), Value::String(name.to_owned()));
            }
        }
    }
}
