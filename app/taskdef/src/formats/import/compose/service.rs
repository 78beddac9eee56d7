//! A service as a container: each key by its rule.

use super::{
    reader::{Making, Reader, Service, Shared},
    scalar,
    words::compose_words,
};
use crate::{
    formats::{
        import::{Question, tree::Node},
        report::{Outcome, Said},
    },
    messages::all,
};
use serde_json::{Map, Value, json};

/// The order of a container's keys in the draft.
const ORDER: [&str; 24] = [
    "name",
    "image",
    "repositoryCredentials",
    "essential",
    "restartPolicy",
    "cpu",
    "memory",
    "memoryReservation",
    "portMappings",
    "entryPoint",
    "command",
    "workingDirectory",
    "user",
    "environment",
    "environmentFiles",
    "secrets",
    "dependsOn",
    "startTimeout",
    "stopTimeout",
    "links",
    "mountPoints",
    "volumesFrom",
    "healthCheck",
    "linuxParameters",
];

/// The text of every key of a service that has no counterpart anywhere, and does no harm by that.
const LOCAL: [&str; 3] = ["attach", "develop", "annotations"];

/// Settings of Docker that ECS has nowhere.
const NOWHERE: [&str; 19] = [
    "blkio_config",
    "cgroup",
    "cgroup_parent",
    "cpu_rt_period",
    "cpu_rt_runtime",
    "cpuset",
    "device_cgroup_rules",
    "dns_opt",
    "domainname",
    "isolation",
    "mac_address",
    "oom_kill_disable",
    "oom_score_adj",
    "pids_limit",
    "runtime",
    "umask",
    "userns_mode",
    "uts",
    "use_api_socket",
];

/// All keys of a service. Source: compose-spec `schema/compose-spec.json`.
const KEYS: [&str; 40] = [
    "image",
    "build",
    "command",
    "entrypoint",
    "environment",
    "env_file",
    "ports",
    "volumes",
    "depends_on",
    "restart",
    "healthcheck",
    "container_name",
    "networks",
    "expose",
    "labels",
    "secrets",
    "configs",
    "deploy",
    "logging",
    "user",
    "working_dir",
    "privileged",
    "cap_add",
    "cap_drop",
    "ulimits",
    "sysctls",
    "init",
    "tty",
    "stdin_open",
    "mem_limit",
    "mem_reservation",
    "cpus",
    "stop_grace_period",
    "stop_signal",
    "extra_hosts",
    "links",
    "network_mode",
    "platform",
    "profiles",
    "extends",
];

impl Reader<'_> {
    /// The container of a service, the `index`th of its task.
    pub(super) fn container<'s>(&mut self, service: &'s Service, index: usize, shared: &mut Shared) -> Making<'s> {
        let mut making = Making { service, at: format!("/containerDefinitions/{index}"), out: Map::new(), copies: Vec::new() };
        making.out.insert("name".into(), json!(service.name));
        if service.name != service.key {
            let said = Said::of(&all::IMPORT_RENAMED).text("old", crate::formats::report::masked("", &service.key)).text("new", service.name.clone());
            let target = making.place("name");
            self.note(service.node.at, &format!("services.{}", service.key), Outcome::Changed, said, &target);
        }
        self.image(&mut making);
        self.amounts(&mut making);
        self.environment(&mut making, shared);
        for (key, node) in service.node.pairs() {
            self.key(&mut making, shared, &key.text, node);
        }
        if let Some(node) = service.node.get("group_add").filter(|node| !node.is_null()) {
            self.groups(&mut making, node);
        }
        for key in ["environment", "secrets"] {
            if let Some(node) = service.node.get(key) {
                self.ledger.dropped(node, &all::IMPORT_REPLACED);
            }
        }
        self.logs(&mut making, shared);
        let place = |key: &str| ORDER.iter().position(|known| *known == key).unwrap_or(ORDER.len());
        let mut sorted: Vec<(String, Value)> = std::mem::take(&mut making.out).into_iter().collect();
        sorted.sort_by_key(|(key, _)| place(key));
        making.out = sorted.into_iter().collect();
        making
    }

    fn key(&mut self, making: &mut Making<'_>, shared: &mut Shared, key: &str, node: &Node) {
        if node.is_null() && !matches!(key, "init" | "tty") {
            return self.ledger.exact(node, "");
        }
        match key {
            // Read before, or with others.
            "image" | "environment" | "env_file" | "secrets" | "cpus" | "cpu_shares" | "cpu_quota" | "cpu_period" | "mem_limit" | "mem_reservation"
            | "memswap_limit" | "logging" | "cpu_count" => {}
            "build" => self.ledger.elsewhere(node, Said::of(&all::IMPORT_BUILD).text("service", making.service.key.clone())),
            "command" => self.command(making, node, "command"),
            "entrypoint" => self.command(making, node, "entryPoint"),
            "ports" => self.ports(making, node),
            "volumes" => self.volumes(making, shared, node),
            "tmpfs" => self.tmpfs(making, node),
            "healthcheck" => self.health(making, node),
            "working_dir" => self.text(making, node, "workingDirectory"),
            "user" => self.text(making, node, "user"),
            "tty" => self.switch(making, node, "pseudoTerminal", key),
            "stdin_open" => self.switch(making, node, "interactive", key),
            "read_only" => self.switch(making, node, "readonlyRootFilesystem", key),
            "privileged" if !self.is_fargate() || scalar::switch(node) == Some(false) => self.switch(making, node, "privileged", key),
            "init" => match scalar::switch(node) {
                Some(on) => {
                    making.linux("initProcessEnabled", json!(on));
                    self.ledger.exact(node, &making.place("linuxParameters/initProcessEnabled"));
                }
                None => self.unreadable(node, key),
            },
            "labels" => self.labels(making, node),
            "cap_add" | "cap_drop" => self.capabilities(making, node, key),
            "ulimits" => self.ulimits(making, node),
            "sysctls" => self.sysctls(making, node),
            "stop_grace_period" => self.stop(making, node),
            "stop_signal" => self.ledger.breaks(node, &all::IMPORT_STOP_SIGNAL),
            "container_name" | "hostname" if key == "container_name" || self.is_fargate() => self.ledger.changed(node, &all::IMPORT_HOST_NAME, ""),
            "hostname" => self.text(making, node, "hostname"),
            "restart" => self.restart(making, node),
            "depends_on" => {}
            "deploy" => self.deploy(making, node),
            "platform" => self.platform(shared, node),
            "network_mode" => self.network_mode(making, shared, node),
            "networks" => self.ledger.elsewhere(node, &all::IMPORT_NETWORK),
            "expose" => self.ledger.elsewhere(node, &all::IMPORT_EXPOSE),
            "scale" | "pull_policy" | "pull_refresh_after" => self.ledger.elsewhere(node, Said::of(&all::IMPORT_SERVICE_SETTING).text("key", key)),
            "profiles" => self.ledger.changed(node, &all::IMPORT_PROFILE, ""),
            "extends" => self.ledger.exact(node, ""),
            "storage_opt" => self.storage(shared, node),
            "configs" => self.ledger.breaks(node, &all::IMPORT_CONFIG),
            "links" => self.links(making, node),
            // `volumes_from` with the others of the task, `group_add` after `user`.
            "volumes_from" | "group_add" | "x-ecs-secrets" => {}
            "pid" if self.is_fargate() && node.text().is_some_and(|text| text.starts_with("service:")) => {
                shared.members.insert("pidMode".into(), json!("task"));
                self.ledger.exact(node, "/pidMode");
            }
            "dns" | "dns_search" | "extra_hosts" | "devices" | "gpus" | "shm_size" | "mem_swappiness" | "security_opt" | "ipc" | "pid" | "privileged" => {
                if self.is_fargate() { self.not_on_fargate(node, key) } else { self.on_instances(making, shared, key, node) }
            }
            "provider" | "models" => self.ledger.breaks(node, Said::of(&all::IMPORT_PROVIDER).text("key", key)),
            "credential_spec" | "label_file" => self.ledger.asked(node, Said::of(&all::IMPORT_OTHER_FILE).text("key", key), ""),
            "pre_start" => {
                let steps = node.items().iter().any(Node::is_map);
                if steps { self.ledger.changed(node, &all::IMPORT_PRE_START, "") } else { self.unreadable(node, key) }
            }
            "post_start" => self.ledger.breaks(node, &all::IMPORT_POST_START),
            "pre_stop" => self.ledger.breaks(node, &all::IMPORT_PRE_STOP),
            "external_links" => self.ledger.breaks(node, &all::IMPORT_EXTERNAL_LINK),
            "cpu_percent" => self.ledger.breaks(node, Said::of(&all::IMPORT_NO_PLACE).text("key", key)),
            _ if LOCAL.contains(&key) || key.starts_with("x-") => self.ledger.dropped(node, Said::of(&all::IMPORT_LOCAL_ONLY).text("key", key)),
            _ if NOWHERE.contains(&key) => self.no_place(node, key),
            _ => {
                let near =
                    KEYS.iter().filter(|_| key.len() <= 40).map(|known| (strsim::damerau_levenshtein(key, known), *known)).min().filter(|(d, _)| *d <= 2);
                let said = Said::of(&all::IMPORT_UNKNOWN_KEY).text("key", crate::formats::report::masked("", key));
                match near {
                    Some((_, near)) => {
                        self.ledger.breaks(node, Said::of(&all::IMPORT_MISSPELT_KEY).text("key", crate::formats::report::masked("", key)).text("near", near))
                    }
                    None => self.ledger.breaks(node, said),
                }
            }
        }
    }

    fn image(&mut self, making: &mut Making<'_>) {
        let node = &making.service.node;
        let target = making.place("image");
        let image = node.get("image").filter(|n| !n.is_null());
        let text = image.and_then(scalar::text).filter(|text| !text.is_empty());
        if let (Some(image), Some(text)) = (image, &text) {
            making.out.insert("image".into(), json!(text));
            let built = node.get("build").is_some() && crate::grammar::image::parse(text).is_ok_and(|image| image.is_hub());
            if text.contains("${") {
                self.ledger.asked(image, &all::IMPORT_IMAGE_VARIABLE, &target);
            } else if built {
                self.ledger.asked(image, &all::IMPORT_IMAGE_BUILT, &target);
            } else {
                self.ledger.exact(image, &target);
            }
            return;
        }
        let name = if self.project.is_empty() { making.service.name.clone() } else { format!("{}-{}", self.project, making.service.name) };
        making.out.insert("image".into(), json!(format!("<account>.dkr.ecr.<region>.amazonaws.com/{}:latest", name.to_ascii_lowercase())));
        let said = Said::of(if node.get("build").is_some() { &all::IMPORT_NO_IMAGE } else { &all::IMPORT_NEITHER });
        self.note(
            node.at,
            &format!("services.{}", making.service.key),
            Outcome::Asked,
            said.text("service", crate::formats::report::masked("", &making.service.key)),
            &target,
        );
    }

    fn text(&mut self, making: &mut Making<'_>, node: &Node, key: &str) {
        match scalar::text(node).filter(|text| !text.is_empty()) {
            Some(text) => {
                making.out.insert(key.into(), json!(text));
                self.ledger.exact(node, &making.place(key));
            }
            None => self.unreadable(node, key),
        }
    }

    fn switch(&mut self, making: &mut Making<'_>, node: &Node, name: &str, key: &str) {
        match scalar::switch(node) {
            Some(on) => {
                making.out.insert(name.into(), json!(on));
                self.ledger.exact(node, &making.place(name));
            }
            None => self.unreadable(node, key),
        }
    }

    /// A command: a list as it is, a text as Compose splits it.
    fn command(&mut self, making: &mut Making<'_>, node: &Node, name: &str) {
        let target = making.place(name);
        let service = making.service.key.clone();
        if node.is_list() {
            let words: Vec<String> = node.items().iter().filter_map(scalar::text).collect();
            if words.is_empty() {
                return self.ledger.breaks(node, &all::IMPORT_COMMAND_EMPTY);
            }
            making.out.insert(name.into(), json!(words));
            return self.ledger.exact(node, &target);
        }
        let Some(text) = scalar::text(node) else { return self.unreadable(node, name) };
        let Some(split) = compose_words(&text) else { return self.ledger.breaks(node, &all::IMPORT_COMMAND_BROKEN) };
        if split.words.is_empty() {
            return self.ledger.breaks(node, &all::IMPORT_COMMAND_EMPTY);
        }
        if split.tail.is_empty() {
            making.out.insert(name.into(), json!(split.words));
            return self.ledger.exact(node, &target);
        }
        let question = Question::new(format!("command:{service}:{name}"), node.at, Said::of(&all::IMPORT_ASK_SHELL).text("service", service), "shell")
            .choice("shell", &all::IMPORT_CHOICE_SHELL)
            .choice("cut", &all::IMPORT_CHOICE_CUT);
        let whole = self.ask(question) == "shell";
        let words = if whole { vec!["sh".to_owned(), "-c".to_owned(), text] } else { split.words };
        making.out.insert(name.into(), json!(words));
        let said = Said::of(if whole { &all::IMPORT_COMMAND_SHELL } else { &all::IMPORT_COMMAND_CUT });
        self.ledger.changed(node, said.text("tail", crate::formats::report::masked("", &split.tail)), &target);
    }
}
