//! Tolerant reading of the document for pages: a wrong value is simply not there.

use serde_json::Value;

/// A container definition and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct ContainerView<'a> {
    /// Index in `containerDefinitions`, from 0.
    pub index: usize,
    value: &'a Value,
}

/// The containers of a definition, in order; elements that are no objects count too.
pub fn containers(definition: &Value) -> Vec<ContainerView<'_>> {
    let list = definition.get("containerDefinitions").and_then(Value::as_array);
    list.into_iter().flatten().enumerate().map(|(index, value)| ContainerView { index, value }).collect()
}

impl<'a> ContainerView<'a> {
    /// The raw definition.
    pub fn value(self) -> &'a Value {
        self.value
    }

    /// Pointer inside the definition.
    pub fn place(self) -> String {
        format!("/containerDefinitions/{}", self.index)
    }

    /// A member that is a text, or an empty text.
    pub fn text(self, key: &str) -> &'a str {
        self.value.get(key).and_then(Value::as_str).unwrap_or("")
    }

    /// The name, or an empty text.
    pub fn name(self) -> &'a str {
        self.text("name")
    }

    /// The image reference, or an empty text.
    pub fn image(self) -> &'a str {
        self.text("image")
    }

    /// A member that is a whole number.
    pub fn number(self, key: &str) -> Option<u64> {
        self.value.get(key).and_then(Value::as_u64)
    }

    /// What the task's memory must hold for this container, in MiB: the soft limit, else the hard one.
    pub fn reserved(self) -> Option<u64> {
        self.number("memoryReservation").or(self.number("memory"))
    }

    /// A member that is a list; anything else is an empty one.
    pub fn list(self, key: &str) -> &'a [Value] {
        self.value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// Whether the task stops with this container (absent means yes).
    pub fn essential(self) -> bool {
        self.value.get("essential").and_then(Value::as_bool).unwrap_or(true)
    }

    /// Declared container ports, in order.
    pub fn ports(self) -> Vec<u64> {
        self.list("portMappings").iter().filter_map(|p| p.get("containerPort")?.as_u64()).collect()
    }

    /// The variable `PORT`, when it is a number.
    pub fn env_port(self) -> Option<u64> {
        let port = self.list("environment").iter().find(|e| e.get("name").and_then(Value::as_str) == Some("PORT"))?;
        port.get("value")?.as_str()?.parse().ok()
    }

    /// The log driver, or an empty text.
    pub fn log_driver(self) -> &'a str {
        self.value.pointer("/logConfiguration/logDriver").and_then(Value::as_str).unwrap_or("")
    }

    /// An option of the log configuration that is a text, or an empty text.
    pub fn log_option(self, key: &str) -> &'a str {
        let options = self.value.pointer("/logConfiguration/options");
        options.and_then(|o| o.get(key)).and_then(Value::as_str).unwrap_or("")
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
    let text = |key: &str| definition.get(key).map(crate::form::text_of).unwrap_or_default();
    let containers = containers(definition);
    let parts = |take: &dyn Fn(ContainerView<'_>) -> Option<u64>| {
        containers.iter().filter_map(|c| Some((c.index, c.name().to_owned(), take(*c).filter(|n| *n > 0)?))).collect()
    };
    (
        Share { total: crate::size::parse_cpu(&text("cpu")), parts: parts(&|c| c.number("cpu")) },
        Share { total: crate::size::parse_memory(&text("memory")), parts: parts(&|c| c.reserved()) },
    )
}
