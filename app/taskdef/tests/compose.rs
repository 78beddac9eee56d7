//! Real Compose files: recognised, read without a gap, and no error in a draft that the report does not announce.

#![allow(clippy::unwrap_used, missing_docs)]

#[path = "support/outside.rs"]
mod outside;

use outside::corpus;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use taskdef::{
    Severity,
    document::pointer,
    formats::{
        Format,
        import::{Import, Input, Recognised, Source, import, recognise, tree},
        report::Outcome,
    },
    lint,
};

fn files() -> Vec<Source> {
    let Some(folder) = corpus("compose") else { return Vec::new() };
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    assert_eq!(files.len(), 60);
    files.into_iter().map(|f| Source::from_bytes(f.file_name().unwrap().to_string_lossy(), &std::fs::read(&f).unwrap()).unwrap()).collect()
}

fn read(source: &Source) -> Result<Import, String> {
    import(&Input { files: vec![source.clone()], ..Input::default() })
        .map_err(|refusal| format!("{} at {:?}: {}", refusal.said.message.id, refusal.place, refusal.line))
}

/// The files that Compose does not start either: what we say of each.
const REFUSED: [(&str, &str); 0] = [];

fn leaves(node: &tree::Node) -> usize {
    match &node.kind {
        tree::Kind::List(items) if !items.is_empty() => items.iter().map(leaves).sum(),
        tree::Kind::Map(pairs) if !pairs.is_empty() => pairs.iter().map(|(_, value)| leaves(value)).sum(),
        _ => 1,
    }
}

#[test]
fn every_real_file_is_recognised_and_every_leaf_of_it_reported_once() {
    let mut refused = Vec::new();
    for source in files() {
        assert_eq!(recognise(&source.text), Recognised::Format(Format::Compose), "{}", source.name);
        match read(&source) {
            Ok(import) => {
                let report = &import.report;
                let lost: Vec<&str> =
                    report.entries.iter().filter(|e| e.said.as_ref().is_some_and(|s| s.message.id == "import-unread")).map(|e| e.path.as_str()).collect();
                assert_eq!((report.unread, lost), (0, Vec::new()), "{}", source.name);
                let paths: BTreeSet<&str> = report.entries.iter().map(|e| e.path.as_str()).collect();
                let due: usize = tree::read_all_yaml(0, &source.text).unwrap().iter().map(leaves).sum();
                assert_eq!((paths.len(), report.entries.len()), (due, due), "{}", source.name);
                assert!(report.entries.iter().all(|e| e.place.line > 0 && e.place.line <= source.text.lines().count() + 1), "{}", source.name);
            }
            Err(why) => refused.push((source.name, why)),
        }
    }
    let due: Vec<(String, String)> = REFUSED.iter().map(|(name, why)| ((*name).to_owned(), (*why).to_owned())).collect();
    assert_eq!(refused, due);
}

#[test]
fn no_draft_of_a_real_file_has_an_error_that_the_report_does_not_announce() {
    let (mut drafts, mut errors, mut surprises) = (0, 0, Vec::new());
    let all = files();
    // Skipped, which `corpus` has said.
    if all.is_empty() {
        return;
    }
    for source in all {
        let Ok(import) = read(&source) else { continue };
        for (i, made) in import.drafts.iter().enumerate() {
            drafts += 1;
            for finding in lint::check_draft(&made.draft).into_iter().filter(|f| f.severity == Severity::Error && f.scope == taskdef::Scope::Definition) {
                errors += 1;
                // The report repeats every error; here it must have said so by itself.
                let own = |entry: &taskdef::formats::report::Entry| entry.said.as_ref().is_some_and(|said| said.message.id.starts_with("import-"));
                let repeated = import.report.notes.iter().any(|e| !own(e) && e.targets.iter().any(|t| t.draft == i && t.pointer == finding.path));
                assert!(repeated, "{}: {}", source.name, finding.rule.id);
                let told = import.report.notes.iter().chain(&import.report.entries).any(|entry| {
                    let here = |t: &taskdef::formats::report::Target| {
                        t.draft == i && (pointer::contains(&t.pointer, &finding.path) || pointer::contains(&finding.path, &t.pointer))
                    };
                    own(entry) && entry.outcome != Outcome::Exact && entry.targets.iter().any(here)
                });
                if !told {
                    surprises.push(format!("{}: {} at {}", &source.name[..3], finding.rule.id, finding.path));
                }
            }
        }
    }
    eprintln!("compose corpus: {drafts} drafts, {errors} errors");
    // What is wrong with the files themselves, and no doing of the import.
    assert_eq!(surprises, ["024: image-tag-length at /containerDefinitions/1/image", "054: env-image-required at /containerDefinitions/0/environment"]);
}

/// What becomes of the real files, in numbers, since the files are not ours to give away: a change here was meant, or is a bug.
#[test]
fn the_reports_of_real_files_are_as_they_were_reviewed() {
    let mut text = String::new();
    for source in files() {
        let found = read(&source).unwrap();
        let containers: Vec<usize> = found.drafts.iter().map(|made| made.draft.definition()["containerDefinitions"].as_array().map_or(0, Vec::len)).collect();
        text += &format!("{} containers {containers:?} questions {} files {}\n", &source.name[..3], found.questions.len(), found.files.len());
        let mut said = BTreeMap::new();
        for entry in found.report.entries.iter().chain(&found.report.notes) {
            let id = entry.said.as_ref().map_or("", |said| said.message.id);
            *said.entry((entry.outcome.name(), entry.breaks, id)).or_insert(0_usize) += 1;
        }
        for ((outcome, breaks, id), n) in said {
            text += format!("    {n} {outcome}{} {id}", if breaks { "!" } else { "" }).trim_end();
            text.push('\n');
        }
    }
    if !text.is_empty() {
        insta::with_settings!({ snapshot_path => "cases", prepend_module_to_snapshot => false, omit_expression => true }, { insta::assert_snapshot!("compose-corpus", text) });
    }
}

/// Every key of a service in the specification. Source: compose-spec/compose-spec, schema/compose-spec.json, as check-jsonschema
/// 0.39.0 has it.
const KEYS: [&str; 94] = [
    "develop",
    "deploy",
    "annotations",
    "attach",
    "build",
    "blkio_config",
    "cap_add",
    "cap_drop",
    "cgroup",
    "cgroup_parent",
    "command",
    "configs",
    "container_name",
    "cpu_count",
    "cpu_percent",
    "cpu_shares",
    "cpu_quota",
    "cpu_period",
    "cpu_rt_period",
    "cpu_rt_runtime",
    "cpus",
    "cpuset",
    "credential_spec",
    "depends_on",
    "device_cgroup_rules",
    "devices",
    "dns",
    "dns_opt",
    "dns_search",
    "domainname",
    "entrypoint",
    "env_file",
    "label_file",
    "environment",
    "expose",
    "extends",
    "provider",
    "external_links",
    "extra_hosts",
    "gpus",
    "group_add",
    "healthcheck",
    "hostname",
    "image",
    "init",
    "ipc",
    "isolation",
    "labels",
    "links",
    "logging",
    "mac_address",
    "mem_limit",
    "mem_reservation",
    "mem_swappiness",
    "memswap_limit",
    "network_mode",
    "models",
    "networks",
    "oom_kill_disable",
    "oom_score_adj",
    "pid",
    "pids_limit",
    "platform",
    "ports",
    "post_start",
    "pre_start",
    "pre_stop",
    "privileged",
    "profiles",
    "pull_policy",
    "pull_refresh_after",
    "read_only",
    "restart",
    "runtime",
    "scale",
    "security_opt",
    "shm_size",
    "secrets",
    "sysctls",
    "stdin_open",
    "stop_grace_period",
    "stop_signal",
    "storage_opt",
    "tmpfs",
    "tty",
    "ulimits",
    "umask",
    "use_api_socket",
    "user",
    "uts",
    "userns_mode",
    "volumes",
    "volumes_from",
    "working_dir",
];

/// Keys of the file itself.
const TOP: [&str; 10] = ["configs", "include", "jobs", "models", "name", "networks", "secrets", "services", "version", "volumes"];

/// Keys of an object of the schema, and of those that it takes in.
fn properties(schema: &Value, name: &str) -> BTreeSet<String> {
    let object = &schema["$defs"][name];
    let own = object["properties"].as_object().into_iter().flatten().map(|(key, _)| key.clone());
    let taken = object["allOf"].as_array().into_iter().flatten().filter_map(|part| part["$ref"].as_str()?.strip_prefix("#/$defs/"));
    own.chain(taken.flat_map(|name| properties(schema, name))).collect()
}

/// A key that the specification gets fails here by its name. TASKWRIGHT_COMPOSE_SCHEMA names the schema's file.
#[test]
fn every_key_of_the_specification_is_one_of_ours() {
    let Some(path) = std::env::var_os("TASKWRIGHT_COMPOSE_SCHEMA") else {
        eprintln!("skipped: TASKWRIGHT_COMPOSE_SCHEMA names no schema");
        return;
    };
    let schema: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let ours = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect::<BTreeSet<_>>();
    let top: BTreeSet<String> = schema["properties"].as_object().unwrap().keys().cloned().collect();
    let service = properties(&schema, "service");
    assert!(service.len() > 80, "{}", service.len());
    let new = |theirs: &BTreeSet<String>, ours: &BTreeSet<String>| {
        (theirs.difference(ours).cloned().collect::<Vec<_>>(), ours.difference(theirs).cloned().collect::<Vec<_>>())
    };
    assert_eq!(new(&service, &ours(&KEYS)), (Vec::new(), Vec::new()), "keys of a service: left new, right gone");
    assert_eq!(new(&top, &ours(&TOP)), (Vec::new(), Vec::new()), "keys of the file: left new, right gone");
}

#[test]
fn every_key_of_the_specification_is_known() {
    let mut unknown = Vec::new();
    for key in TOP.into_iter().filter(|key| !matches!(*key, "services" | "include")) {
        let source = Source { name: String::new(), text: format!("services:\n  web:\n    image: a:1\n{key}: {{x: {{y: z}}}}\n") };
        let found = read(&source).unwrap();
        assert_eq!(found.report.unread, 0, "{key}");
        if found.report.entries.iter().any(|e| e.said.as_ref().is_some_and(|s| s.message.id == "import-unknown-key")) {
            unknown.push(key);
        }
    }
    for key in KEYS {
        let image = if key == "image" { "" } else { "    image: a:1\n" };
        for value in ["x", "[x]", "{x: y}", "5"] {
            let source = Source { name: String::new(), text: format!("services:\n  web:\n{image}    {key}: {value}\n") };
            let Ok(found) = read(&source) else { continue };
            assert_eq!(found.report.unread, 0, "{key}: {value}");
            let says = |id: &str| {
                found.report.entries.iter().any(|e| e.path.starts_with(&format!("services.web.{key}")) && e.said.as_ref().is_some_and(|s| s.message.id == id))
            };
            if says("import-unknown-key") || says("import-misspelt-key") {
                unknown.push(key);
            }
        }
    }
    assert_eq!(unknown, Vec::<&str>::new());
}
