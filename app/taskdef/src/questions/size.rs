//! Family, platform, and the task's CPU and memory as one question: three presets, or a pair that Fargate offers.

use super::{changes::Changes, logs, names::names, scalar};
use crate::{
    Draft, Edit, Launch,
    document::{pointer, value::text_of},
    grammar::size,
};
use serde_json::{Value, json};

names! {
    /// Questions about the task as a whole.
    pub enum Size {
        /// The family's name.
        Family = "/family",
        /// Operating system and processor, as `LINUX/ARM64`.
        Platform = "platform",
        /// CPU and memory as a pair: a preset as `256x512`, or `exact`.
        Pair = "size",
        /// The pair that was picked among all.
        Exact = "size-exact",
        /// CPU, where the launch type lets it be free.
        Cpu = "/cpu",
        /// Memory, where the launch type lets it be free.
        Memory = "/memory",
    }
}

const EXACT: &str = "/aside/exactSize";

impl Size {
    /// Whether CPU and memory are asked one by one, because the launch type has no table of pairs.
    pub fn is_free(draft: &Draft) -> bool {
        match draft.launch() {
            Some(Launch::Ec2 | Launch::External | Launch::ManagedInstances) => true,
            Some(Launch::Fargate) | None => false,
        }
    }

    pub(super) fn rendered(self, draft: &Draft) -> String {
        match self {
            Size::Platform => platform_of(draft),
            Size::Pair => {
                let exact = draft.root().pointer(EXACT) == Some(&Value::Bool(true));
                match pair(draft) {
                    (Some(cpu), Some(memory)) if !exact && size::PRESETS.contains(&(cpu, memory)) => format!("{cpu}x{memory}"),
                    _ if exact || is_stated(draft) => "exact".into(),
                    _ => String::new(),
                }
            }
            Size::Exact => match pair(draft) {
                (Some(cpu), Some(memory)) if size::is_pair(cpu, memory) => format!("{cpu}x{memory}"),
                _ if is_stated(draft) => "now".into(),
                _ => String::new(),
            },
            Size::Family | Size::Cpu | Size::Memory => scalar::shown(draft, &format!("/definition{}", self.as_str())),
        }
    }

    pub(super) fn change(self, draft: &Draft, value: &str) -> Edit {
        match self {
            Size::Family => {
                let mut changes = Changes::of(draft);
                logs::follow_family(&mut changes, draft.family(), value);
                scalar::put_text(&mut changes, "/definition/family", value);
                changes.done()
            }
            Size::Platform => platform(draft, value),
            Size::Pair | Size::Exact => {
                let mut changes = Changes::of(draft);
                if self == Size::Pair && value == "exact" {
                    changes.set(EXACT, Value::Bool(true));
                } else if let Some((cpu, memory)) = value.split_once('x').and_then(|(c, m)| Some((c.parse().ok()?, m.parse().ok()?))) {
                    put(&mut changes, cpu, memory);
                    if self == Size::Pair { changes.clear(EXACT) } else { changes.set(EXACT, Value::Bool(true)) }
                }
                changes.done()
            }
            Size::Cpu | Size::Memory => scalar::text(draft, &format!("/definition{}", self.as_str()), value),
        }
    }

    pub(super) fn place(self) -> &'static str {
        match self {
            Size::Platform => "/runtimePlatform",
            Size::Pair | Size::Exact => "/cpu",
            Size::Family | Size::Cpu | Size::Memory => self.as_str(),
        }
    }
}

fn pair(draft: &Draft) -> (Option<u64>, Option<u64>) {
    let text = |key: &str| draft.definition().get(key).map(text_of).unwrap_or_default();
    (size::parse_cpu(&text("cpu")), size::parse_memory(&text("memory")))
}

fn is_stated(draft: &Draft) -> bool {
    ["cpu", "memory"].iter().any(|k| draft.definition().get(k).is_some_and(|v| !v.is_null()))
}

fn put(changes: &mut Changes<'_>, cpu: u64, memory: u64) {
    let (now_cpu, now_memory) = pair(changes.draft());
    if now_cpu != Some(cpu) {
        changes.set("/definition/cpu", json!(cpu.to_string()));
    }
    if now_memory != Some(memory) {
        changes.set("/definition/memory", json!(memory.to_string()));
    }
}

fn platform_of(draft: &Draft) -> String {
    let part = |key: &str| pointer::get(draft.definition(), &format!("/runtimePlatform/{key}")).map(text_of);
    match (part("operatingSystemFamily"), part("cpuArchitecture")) {
        (None, None) => String::new(),
        (os, chip) => format!("{}/{}", os.unwrap_or_default(), chip.unwrap_or_default()),
    }
}

fn platform(draft: &Draft, value: &str) -> Edit {
    let Some((os, chip)) = value.split_once('/') else { return Edit::default() };
    let mut changes = Changes::of(draft);
    for (key, text) in [("operatingSystemFamily", os), ("cpuArchitecture", chip)] {
        if !text.is_empty() {
            changes.set(&format!("/definition/runtimePlatform/{key}"), Value::String(text.to_owned()));
        }
    }
    changes.done()
}
