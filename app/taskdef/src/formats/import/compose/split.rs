//! Which services share a task: sorted by what they are, then asked.

use super::{
    order::{is_one_shot, sources, waits},
    ports::listened,
    reader::{Reader, Service},
    scalar,
};
use crate::{
    formats::{
        import::{Question, tree::Node},
        report::{Outcome, Said},
    },
    messages::{Message, all},
};
use std::collections::BTreeSet;

/// Most containers of a task. Source: Amazon ECS service quotas.
const MOST: usize = 10;

/// Images that keep data: a managed service does it better.
const DATA: [&str; 24] = [
    "postgres",
    "postgresql",
    "postgis",
    "timescaledb",
    "mysql",
    "mariadb",
    "percona",
    "mongo",
    "mongodb",
    "redis",
    "valkey",
    "keydb",
    "memcached",
    "rabbitmq",
    "kafka",
    "cp-kafka",
    "zookeeper",
    "elasticsearch",
    "opensearch",
    "minio",
    "cassandra",
    "mssql",
    "server",
    "influxdb",
];

/// Images that help to develop.
const HELPERS: [&str; 14] = [
    "adminer",
    "phpmyadmin",
    "pgadmin",
    "pgadmin4",
    "mailhog",
    "mailpit",
    "maildev",
    "localstack",
    "watchtower",
    "portainer",
    "portainer-ce",
    "mongo-express",
    "redis-commander",
    "dozzle",
];

/// What a service is, as far as the file tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A program of the application.
    App,
    /// A database, a cache, a queue.
    Data,
    /// A program that ends.
    OneShot,
    /// Several copies, or one on each machine.
    OwnScale,
    /// Only for developing.
    Helper,
}

/// The last part of an image's name.
fn image_name(service: &Node) -> String {
    let image = service.get("image").and_then(scalar::text).unwrap_or_default();
    let image = image.split('@').next().unwrap_or("");
    let last = image.rsplit('/').next().unwrap_or("");
    last.split(':').next().unwrap_or("").to_ascii_lowercase()
}

/// Sorts a service.
pub fn class(service: &Node, waited: &BTreeSet<String>, key: &str) -> Class {
    let name = image_name(service);
    let image = service.get("image").and_then(scalar::text).unwrap_or_default();
    let socket = service
        .get("volumes")
        .map_or(&[][..], Node::items)
        .iter()
        .any(|v| v.text().is_some_and(|t| t.starts_with("/var/run/docker.sock")) || v.get("source").and_then(Node::text) == Some("/var/run/docker.sock"));
    let profiles = service.get("profiles").is_some_and(|p| !p.items().is_empty());
    let scale = service.get("deploy").and_then(|d| d.get("replicas")).or(service.get("scale")).and_then(scalar::text).and_then(|t| t.parse::<u64>().ok());
    let global = service.get("deploy").and_then(|d| d.get("mode")).and_then(Node::text) == Some("global");
    if HELPERS.contains(&name.as_str()) || socket || profiles {
        Class::Helper
    } else if DATA.contains(&name.as_str()) && (name != "server" || image.contains("mssql")) {
        Class::Data
    } else if waited.contains(key) || is_one_shot(service) {
        Class::OneShot
    } else if global || scale.is_some_and(|n| n > 1) {
        Class::OwnScale
    } else {
        Class::App
    }
}

impl Reader<'_> {
    /// Puts each service into a task, or into none. Tasks are numbered from 0 without gaps.
    pub(super) fn split(&mut self, services: &mut [Service]) {
        let waited: BTreeSet<String> =
            services.iter().flat_map(|s| waits(&s.node)).filter(|(_, c, _)| c == "service_completed_successfully").map(|(name, _, _)| name).collect();
        let classes: Vec<Class> = services.iter().map(|s| class(&s.node, &waited, &s.key)).collect();
        let apps = classes.iter().filter(|c| matches!(c, Class::App | Class::OneShot)).count();
        let labelled: Vec<Option<String>> = services.iter().map(|s| label(&s.node)).collect();
        let mut defaults = self.defaults(services, &classes, apps, &labelled);
        together(services, &mut defaults);
        if services.len() == 1 {
            defaults = vec![Some(0)];
        }
        let most = services.len().min(9);
        let mut chosen = Vec::new();
        for ((service, class), default) in services.iter().zip(&classes).zip(&defaults) {
            if services.len() == 1 || service.before.is_some() {
                chosen.push(Some(0));
                continue;
            }
            let value = match default {
                Some(task) => (task + 1).to_string(),
                None if *class == Class::Data => "managed".to_owned(),
                None => "leave".to_owned(),
            };
            let said = Said::of(&all::IMPORT_ASK_TASK).text("service", crate::formats::report::masked("", &service.key));
            let mut question = Question::new(format!("task:{}", service.key), service.node.at, said, value).first();
            for n in 1..=most.max(default.map_or(0, |d| d + 1)) {
                question = question.choice(n.to_string(), Said::of(&all::IMPORT_CHOICE_TASK).number("n", n as u64));
            }
            if *class == Class::Data {
                question = question.choice("managed", &all::IMPORT_CHOICE_MANAGED);
            }
            let question = question.choice("leave", &all::IMPORT_CHOICE_LEAVE);
            let answer = self.ask(question);
            chosen.push(answer.parse::<usize>().ok().filter(|n| *n > 0).map(|n| n - 1));
            self.explain(service, *class, &answer);
        }
        // A program that runs before a service is where the service is.
        for (i, service) in services.iter().enumerate() {
            if let Some(j) = service.before.as_ref().and_then(|key| services.iter().position(|s| s.key == *key)) {
                chosen[i] = chosen[j];
            }
        }
        let mut used: Vec<usize> = chosen.iter().flatten().copied().collect();
        used.sort_unstable();
        used.dedup();
        for (service, task) in services.iter_mut().zip(chosen) {
            service.task = task.and_then(|task| used.iter().position(|u| *u == task));
        }
    }

    /// The tasks by what the services are; what cannot be together is apart.
    fn defaults(&mut self, services: &[Service], classes: &[Class], apps: usize, labelled: &[Option<String>]) -> Vec<Option<usize>> {
        let mut tasks: Vec<(BTreeSet<u16>, usize, String)> = Vec::new();
        let mut families: Vec<String> = Vec::new();
        let mut out = Vec::new();
        for ((service, class), label) in services.iter().zip(classes).zip(labelled) {
            let together = match class {
                Class::App | Class::OneShot => true,
                Class::OwnScale => false,
                // A file that has nothing else still becomes drafts.
                Class::Data | Class::Helper if apps > 0 => {
                    out.push(None);
                    continue;
                }
                Class::Data | Class::Helper => false,
            };
            let ports: BTreeSet<u16> = listened(&service.node).into_iter().collect();
            let platform = service.node.get("platform").and_then(scalar::text).unwrap_or_default();
            let fits = |task: &(BTreeSet<u16>, usize, String)| {
                task.0.is_disjoint(&ports) && task.1 < MOST && (platform.is_empty() || task.2.is_empty() || task.2 == platform)
            };
            let by_label = label.as_ref().and_then(|label| families.iter().position(|f| f == label));
            let place = match (label, by_label) {
                (Some(_), Some(i)) => Some(i),
                (Some(_), None) => None,
                (None, _) if together => (0..tasks.len()).find(|i| families[*i].is_empty() && fits(&tasks[*i])),
                _ => None,
            };
            let i = place.unwrap_or_else(|| {
                tasks.push((BTreeSet::new(), 0, String::new()));
                families.push(if together { label.clone().unwrap_or_default() } else { label.clone().unwrap_or_else(|| format!("\0{}", service.key)) });
                tasks.len() - 1
            });
            let forced = together && i > 0 && label.is_none() && !fits(&tasks[0]);
            if forced {
                let said = Said::of(&all::IMPORT_SPLIT_FORCED).text("service", crate::formats::report::masked("", &service.key));
                self.note(service.node.at, &format!("services.{}", service.key), Outcome::Changed, said, "");
            }
            tasks[i].0.extend(ports);
            tasks[i].1 += 1;
            if tasks[i].2.is_empty() {
                tasks[i].2 = platform;
            }
            out.push(Some(i));
        }
        out
    }

    /// What it means that a service is where it is.
    fn explain(&mut self, service: &Service, class: Class, answer: &str) {
        let message: &'static Message = match (class, answer) {
            (_, "managed") => &all::IMPORT_SERVICE_MANAGED,
            (_, "leave") => &all::IMPORT_SERVICE_LEFT,
            (Class::Data, _) => &all::IMPORT_SERVICE_DATA,
            _ => return,
        };
        let said = Said::of(message).text("service", crate::formats::report::masked("", &service.key));
        if matches!(answer, "managed" | "leave") {
            self.ledger.elsewhere(&service.node, said);
        } else {
            self.note(service.node.at, &format!("services.{}", service.key), Outcome::Changed, said, "");
        }
    }
}

/// What shares a network, processes or folders is one task by nature.
fn together(services: &[Service], defaults: &mut [Option<usize>]) {
    let is_off = |service: &Service| service.node.get("profiles").is_some_and(|p| !p.items().is_empty());
    for (i, service) in services.iter().enumerate() {
        let spaces = ["network_mode", "ipc", "pid"].into_iter().filter_map(|key| service.node.get(key)?.text()?.strip_prefix("service:"));
        let of: BTreeSet<&str> = spaces.chain(sources(&service.node).map(|(name, _, _)| name)).collect();
        for (j, other) in services.iter().enumerate() {
            let shared = of.contains(other.key.as_str()) || service.holder.is_some() && service.holder == other.holder;
            if i != j && shared && !is_off(service) && !is_off(other) {
                let task = defaults[j].or(defaults[i]);
                (defaults[i], defaults[j]) = (task, task);
            }
        }
    }
}

/// The family that ecs_composex was told.
fn label(service: &Node) -> Option<String> {
    let labels = service.get("deploy")?.get("labels")?;
    let found = super::environment::pairs(labels).into_iter().find(|(name, _, _)| name == "ecs.task.family");
    found.and_then(|(_, value, _)| value).map(|value| value.split(',').next().unwrap_or("").trim().to_owned()).filter(|v| !v.is_empty())
}
