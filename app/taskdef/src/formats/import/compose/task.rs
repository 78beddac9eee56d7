//! A task: its containers, and what they have in common.

use super::{
    order,
    reader::{Making, Reader, Service, Shared},
    scalar,
};
use crate::{
    Draft,
    formats::{
        import::{
            Extra, Import, Made, Question, Refusal,
            guard::guard,
            made,
            tree::{Key, Node},
        },
        report::{Outcome, Place, Said},
    },
    grammar::{name::as_name, size},
    messages::all,
};
use serde_json::{Map, Value, json};

/// MiB for a container that says nothing of memory, beside others that do.
const UNSAID: u64 = 128;

/// Containers that share a network have no ports of the instance; where none has a network, the task has none.
fn network(shared: &mut Shared, made: &mut [Making<'_>]) {
    if shared.members.get("networkMode") == Some(&json!("awsvpc")) {
        let ports = made.iter_mut().filter_map(|m| m.out.get_mut("portMappings")?.as_array_mut()).flatten();
        ports.filter_map(Value::as_object_mut).for_each(|port| {
            port.shift_remove("hostPort");
        });
    }
    if !made.is_empty() && made.iter().all(|m| m.out.contains_key("disableNetworking")) {
        shared.members.insert("networkMode".into(), json!("none"));
        made.iter_mut().for_each(|m| {
            m.out.shift_remove("disableNetworking");
        });
    }
}

impl Reader<'_> {
    /// Drafts, one for each task.
    pub(super) fn make(mut self, mut services: Vec<Service>) -> Result<Import, Refusal> {
        self.split(&mut services);
        let tasks = services.iter().filter_map(|s| s.task).max().map_or(0, |n| n + 1);
        self.name_families(&services, tasks);
        let mut drafts = Vec::new();
        for task in 0..tasks {
            self.ledger.turn_to(task);
            let mut definition = self.task(task, &services);
            guard(&mut definition, task, self.answers, &mut self.ledger, &mut self.questions);
            let mut draft = Draft::around(definition);
            draft.put("region", json!(self.region));
            draft.put("title", json!(self.family(task)));
            drafts.push(Made { name: self.family(task), draft });
        }
        for holder in std::mem::take(&mut self.held) {
            self.ledger.dropped(&holder.node, &all::IMPORT_NETWORK_HOLDER);
        }
        self.top();
        let graph = services.iter().map(|s| made::Service {
            name: s.key.clone(),
            image: s.node.get("image").and_then(scalar::text).map(|image| crate::formats::report::masked("image", &image)).unwrap_or_default(),
            task: s.task.map(|t| t + 1),
            needs: order::waits(&s.node).into_iter().map(|(name, _, _)| name).collect(),
        });
        let graph = graph.collect();
        Ok(Import { graph, files: self.files, ..Import::new(self.format, drafts, self.ledger.finish(), self.questions) })
    }

    pub(super) fn family(&self, task: usize) -> String {
        self.families.get(task).cloned().unwrap_or_else(|| "my-task".to_owned())
    }

    fn name_families(&mut self, services: &[Service], tasks: usize) {
        // The last one needs the others: it is the front.
        let front = |task: usize| services.iter().rev().find(|s| s.task == Some(task)).map_or("my-task", |s| s.name.as_str());
        let usual = if tasks == 1 { front(0).to_owned() } else { "my-app".to_owned() };
        let named = as_name(&self.project);
        let project = match &named {
            Some(name) => name.clone(),
            None => {
                let said = Said::of(&all::IMPORT_ASK_NAME);
                as_name(&self.ask(Question::new("name", Place::default(), said, usual.clone()))).unwrap_or(usual)
            }
        };
        self.project.clone_from(&project);
        self.families = (0..tasks)
            .map(|task| if tasks == 1 { project.clone() } else { format!("{project}-{}", front(task)) })
            .map(|f| f.chars().take(255).collect())
            .collect();
    }

    fn task(&mut self, task: usize, services: &[Service]) -> Value {
        let mut shared = Shared::default();
        let inside: Vec<&Service> = services.iter().filter(|s| s.task == Some(task)).collect();
        let mut made: Vec<Making<'_>> = Vec::new();
        for (index, service) in inside.iter().enumerate() {
            let making = self.container(service, index, &mut shared);
            made.push(making);
        }
        self.order(&mut made, &mut shared);
        self.holders(&mut made);
        for making in &mut made {
            self.hosts(making, services);
            self.dockerfile(making);
        }
        let mut definition = Map::new();
        let fargate = self.is_fargate();
        definition.insert("family".into(), json!(self.family(task)));
        definition.insert("requiresCompatibilities".into(), json!([self.launch.as_str()]));
        definition.insert("networkMode".into(), json!(if fargate { "awsvpc" } else { "bridge" }));
        let (cpu, memory) = self.size(&made);
        definition.insert("cpu".into(), json!(cpu.to_string()));
        definition.insert("memory".into(), json!(memory.to_string()));
        if shared.needs_role || shared.has_secrets {
            definition.insert("executionRoleArn".into(), json!("ecsTaskExecutionRole"));
            self.note(Place::default(), "", Outcome::Changed, &all::IMPORT_ROLE, "/executionRoleArn");
        }
        network(&mut shared, &mut made);
        definition.extend(shared.members);
        if let Some(tags) = self.root.get("x-ecs-tags").filter(|tags| !tags.pairs().is_empty()) {
            let tag = |(key, value): &(Key, Node)| json!({ "key": key.text, "value": scalar::text(value).unwrap_or_default() });
            definition.insert("tags".into(), tags.pairs().iter().map(tag).collect());
        }
        definition.insert("containerDefinitions".into(), Value::Array(made.into_iter().map(|m| Value::Object(m.out)).collect()));
        if !shared.volumes.is_empty() {
            definition.insert("volumes".into(), Value::Array(shared.volumes.into_values().collect()));
        }
        Value::Object(definition)
    }

    /// The smallest size that holds what the containers ask for.
    fn size(&mut self, made: &[Making<'_>]) -> (u64, u64) {
        let number = |making: &Making<'_>, key: &str| making.out.get(key).and_then(Value::as_u64);
        let cpu: u64 = made.iter().filter_map(|m| number(m, "cpu")).sum();
        let given: Vec<Option<u64>> = made.iter().map(|m| number(m, "memory").max(number(m, "memoryReservation"))).collect();
        let memory: u64 = if given.iter().any(Option::is_some) { given.iter().map(|m| m.unwrap_or(UNSAID)).sum() } else { 0 };
        let usual = match made.len() {
            0..=2 => (256, 512),
            3..=5 => (512, 1024),
            _ => (1024, 2048),
        };
        let wanted = (cpu.max(if memory == 0 { usual.0 } else { 256 }), if memory == 0 { usual.1 } else { memory });
        let pair = size::nearest_pair(wanted.0, wanted.1);
        let (cpu, memory) = pair.unwrap_or((32768, 249_856));
        let said = Said::of(if pair.is_none() { &all::IMPORT_SIZE_TOO_LARGE } else { &all::IMPORT_SIZE });
        let said = Said { params: vec![("cpu", crate::finding::Param::Cpu(cpu)), ("memory", crate::finding::Param::Memory(memory))], ..said };
        self.note(Place::default(), "", if pair.is_none() { Outcome::Asked } else { Outcome::Changed }, said, "/cpu");
        (cpu, memory)
    }

    /// The Dockerfile that brings the files which were mounted from the computer.
    fn dockerfile(&mut self, making: &mut Making<'_>) {
        if making.copies.is_empty() {
            return;
        }
        let image = making.out.get("image").and_then(Value::as_str).unwrap_or("scratch");
        let builds = making.service.node.get("build").is_some();
        let clean = |text: &str| text.chars().filter(|c| !crate::shown::is_hidden(*c)).collect::<String>();
        let mut text = if builds { "# Add these lines to the Dockerfile of this image.\n".to_owned() } else { format!("FROM {}\n", clean(image)) };
        for (from, to) in &making.copies {
            let from = clean(from).replace('\\', "/");
            let from = from.trim_start_matches("$(pwd)/").trim_start_matches("${PWD}/").trim_start_matches("$PWD/").to_owned();
            text += &format!("COPY {}\n", json!([from, clean(to)]));
        }
        self.files.push(Extra { name: format!("Dockerfile.{}", making.service.name), text });
    }
}
