//! Tolerant reading of the document for pages: a wrong value is simply not there.

use super::pointer;
use crate::grammar::image::{self, Reference};
use serde_json::Value;
use std::collections::HashSet;

/// A container definition and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct ContainerView<'a> {
    /// Index in `containerDefinitions`, from 0.
    pub index: usize,
    value: &'a Value,
    reference: Option<Reference<'a>>,
    name: &'a str,
    env_port: Option<u64>,
}

/// Most keys of an object that are compared one by one, which is quicker than to hash the key that is looked for: most keys
/// differ in length already. Measured with `benches/validate.rs`.
const FEW: usize = 32;

/// A member of an object.
pub(crate) fn member<'a>(value: &'a Value, key: &str) -> Option<&'a Value> {
    let map = value.as_object()?;
    if map.len() <= FEW { map.iter().find(|(k, _)| *k == key).map(|(_, v)| v) } else { map.get(key) }
}

/// Containers that pages and rules look at; AWS takes ten, and a rule says so.
pub const MOST_CONTAINERS: usize = 40;

/// The first [`MOST_CONTAINERS`] containers of a definition, in order; elements that are no objects count too.
pub fn containers(definition: &Value) -> Vec<ContainerView<'_>> {
    let list = definition.get("containerDefinitions").and_then(Value::as_array);
    list.into_iter()
        .flatten()
        .take(MOST_CONTAINERS)
        .enumerate()
        .map(|(index, value)| ContainerView {
            index,
            value,
            reference: reference(value),
            name: member(value, "name").and_then(Value::as_str).unwrap_or(""),
            env_port: env_port(value),
        })
        .collect()
}

/// A log group of CloudWatch that containers write to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogGroup<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its Region's code: the container's, or else the draft's.
    pub region: &'a str,
    /// Index of the first container that writes to it.
    pub container: usize,
}

/// The log groups, each once, in the order of their containers; `home` is the draft's Region.
pub fn log_groups<'a>(definition: &'a Value, home: &'a str) -> Vec<LogGroup<'a>> {
    let (mut groups, mut seen) = (Vec::new(), HashSet::new());
    for c in containers(definition).into_iter().filter(|c| c.log_driver() == "awslogs") {
        let region = Some(c.log_option("awslogs-region")).filter(|r| !r.is_empty()).unwrap_or(home);
        let group = LogGroup { name: c.log_option("awslogs-group"), region, container: c.index };
        if !group.name.is_empty() && seen.insert((group.name, group.region)) {
            groups.push(group);
        }
    }
    groups
}

fn env_port(container: &Value) -> Option<u64> {
    let rows = member(container, "environment")?.as_array()?;
    let row = rows.iter().find(|e| member(e, "name").and_then(Value::as_str) == Some("PORT"))?;
    member(row, "value")?.as_str()?.parse().ok()
}

fn reference(container: &Value) -> Option<Reference<'_>> {
    image::parse(member(container, "image")?.as_str()?).ok()
}

impl<'a> ContainerView<'a> {
    /// The raw definition.
    pub fn value(self) -> &'a Value {
        self.value
    }

    /// Pointer inside the definition.
    pub fn place(self) -> String {
        self.pointer("")
    }

    /// Pointer of something inside the container; `rest` is a pointer without its first slash.
    pub fn at(self, rest: &str) -> String {
        let mut pointer = self.pointer(rest);
        pointer.push('/');
        pointer.push_str(rest);
        pointer
    }

    /// Pointer of an item of one of its lists.
    #[cfg(feature = "server")]
    pub(crate) fn item(self, list: &str, index: usize) -> String {
        let mut pointer = self.at(list);
        pointer.push('/');
        pointer::push_index(&mut pointer, index);
        pointer
    }

    /// Pointer of the container, with room for `rest`. Passes write it for most of what they look at, so it does without `format!`.
    fn pointer(self, rest: &str) -> String {
        const LIST: &str = "/containerDefinitions/";
        let mut pointer = String::with_capacity(LIST.len() + 3 + rest.len());
        pointer.push_str(LIST);
        pointer::push_index(&mut pointer, self.index);
        pointer
    }

    /// A member, whatever it is.
    pub fn get(self, key: &str) -> Option<&'a Value> {
        member(self.value, key)
    }

    /// A member that is a text, or an empty text.
    pub fn text(self, key: &str) -> &'a str {
        self.get(key).and_then(Value::as_str).unwrap_or("")
    }

    /// The name, or an empty text.
    pub fn name(self) -> &'a str {
        self.name
    }

    /// The image reference, or an empty text.
    pub fn image(self) -> &'a str {
        self.text("image")
    }

    /// The image reference in its parts, when it is one.
    pub fn reference(self) -> Option<Reference<'a>> {
        self.reference
    }

    /// A member that is a whole number.
    pub fn number(self, key: &str) -> Option<u64> {
        self.get(key).and_then(Value::as_u64)
    }

    /// What the task's memory must hold for this container, in MiB: the soft limit, else the hard one.
    pub fn reserved(self) -> Option<u64> {
        self.number("memoryReservation").or(self.number("memory"))
    }

    /// A member that is a list; anything else is an empty one.
    pub fn list(self, key: &str) -> &'a [Value] {
        self.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// Whether the task stops with this container (absent means yes).
    pub fn essential(self) -> bool {
        self.get("essential").and_then(Value::as_bool).unwrap_or(true)
    }

    /// Declared container ports, in order.
    pub fn ports(self) -> Vec<u64> {
        self.list("portMappings").iter().filter_map(|p| member(p, "containerPort")?.as_u64()).collect()
    }

    /// Whether a container port is declared.
    pub fn declares_port(self) -> bool {
        self.list("portMappings").iter().any(|p| member(p, "containerPort").is_some_and(Value::is_u64))
    }

    /// The variable `PORT`, when it is a number.
    pub fn env_port(self) -> Option<u64> {
        self.env_port
    }

    /// The log driver, or an empty text.
    pub fn log_driver(self) -> &'a str {
        self.get("logConfiguration").and_then(|l| member(l, "logDriver")).and_then(Value::as_str).unwrap_or("")
    }

    /// An option of the log configuration that is a text, or an empty text.
    pub fn log_option(self, key: &str) -> &'a str {
        let options = self.get("logConfiguration").and_then(|l| member(l, "options"));
        options.and_then(|o| member(o, key)).and_then(Value::as_str).unwrap_or("")
    }
}

/// How one resource of the task is shared.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// What the task has (CPU units, or MiB); `None` when it is not stated.
    pub total: Option<u64>,
    /// Container index, name, and what it takes.
    pub parts: Vec<(usize, String, u64)>,
}

impl Share {
    /// Sum of the parts.
    pub fn used(&self) -> u64 {
        self.parts.iter().fold(0, |sum, part| sum.saturating_add(part.2))
    }

    /// By how much the parts exceed the task.
    pub fn over(&self) -> u64 {
        self.total.map_or(0, |total| self.used().saturating_sub(total))
    }
}

/// CPU and memory of the task, and what each container takes of them.
pub fn shares(definition: &Value) -> (Share, Share) {
    let text = |key: &str| definition.get(key).map(super::value::text_of).unwrap_or_default();
    let containers = containers(definition);
    let parts = |take: &dyn Fn(ContainerView<'_>) -> Option<u64>| {
        containers.iter().filter_map(|c| Some((c.index, c.name().to_owned(), take(*c).filter(|n| *n > 0)?))).collect()
    };
    (
        Share { total: crate::grammar::size::parse_cpu(&text("cpu")), parts: parts(&|c| c.number("cpu")) },
        Share { total: crate::grammar::size::parse_memory(&text("memory")), parts: parts(&|c| c.reserved()) },
    )
}
