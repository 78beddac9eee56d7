//! For every rule: what breaks it, what does not, and the proof that its fixes remove it.

#![allow(clippy::unwrap_used, missing_docs)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use support::{Case, cases};
use taskdef::{
    Finding, Lang, Severity,
    lint::{self, Area},
    messages,
};

/// What is more than advice, as `rule path`.
fn serious(found: &[Finding]) -> BTreeSet<String> {
    found.iter().filter(|f| f.severity != Severity::Advice).map(|f| format!("{} {}", f.rule.id, f.path)).collect()
}

fn errors(found: &[Finding]) -> BTreeSet<String> {
    found.iter().filter(|f| f.severity == Severity::Error).map(|f| format!("{} {}", f.rule.id, f.path)).collect()
}

fn rule_of(line: &str) -> &str {
    line.split(' ').next().unwrap()
}

/// Runs a proof over all cases and reports every failure at once.
fn prove(proof: impl Fn(&Case) -> Result<(), String>) {
    let all = cases();
    assert!(all.len() > 700, "{}", all.len());
    let wrong: Vec<String> = all.iter().filter_map(|c| proof(c).err().map(|e| format!("{} ({}) {}\n    {e}", c.rule, c.area, c.line))).collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), all.len(), wrong.join("\n"));
}

#[test]
fn every_rule_that_can_speak_has_a_case() {
    let all = cases();
    let seen: BTreeSet<&str> = all.iter().map(|c| c.rule.as_str()).collect();
    let active: BTreeSet<&str> = lint::all().filter(|(_, r)| r.state.can_speak()).map(|(_, r)| r.id).collect();
    assert!(active.len() > 380, "{}", active.len());
    assert_eq!(seen, active, "left: rules with a case; right: rules that can speak");
}

#[test]
fn what_breaks_a_rule_is_said_once_and_by_nobody_else() {
    prove(|case| {
        let found = case.wrong.check();
        if !found.iter().any(|f| f.rule.id == case.rule) {
            return Err(format!("silent: {:?}", serious(&found)));
        }
        let usual = serious(&support::given(&only_base(case)).check());
        let usual: BTreeSet<&str> = usual.iter().map(|l| rule_of(l)).collect();
        let now = serious(&found);
        let others: Vec<&String> =
            now.iter().filter(|l| rule_of(l) != case.rule && !usual.contains(rule_of(l)) && !case.also.iter().any(|a| a == rule_of(l))).collect();
        if others.is_empty() { Ok(()) } else { Err(format!("also {others:?}")) }
    });
}

/// Every rule that can speak is reported by a pass of its area, from a file in its area's folder; a pass reports what it
/// declares, and declares nothing that no case makes it report.
#[test]
#[cfg(debug_assertions)]
fn each_rule_is_reported_by_its_own_area() {
    let (mut reported, mut seen, mut wrong) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut declared = BTreeSet::new();
    for case in cases() {
        for side in [&case.wrong, &case.right] {
            for ran in lint::each_pass(&side.definition, &side.wizard) {
                // A pass has no name, so its position in the list of passes identifies it.
                let pass = std::ptr::from_ref(ran.pass).addr();
                declared.extend(ran.pass.reports.iter().map(|rule| (pass, rule.id)));
                for (rule, file) in ran.reported {
                    let folder = format!("/areas/{}/", rule.area.as_str().replace('-', "_"));
                    if !ran.pass.reports.contains(&rule) {
                        wrong.insert(format!("{rule} is reported and not declared by a pass of {:?}", ran.area));
                    }
                    if ran.area != rule.area || !file.replace('\\', "/").contains(&folder) {
                        wrong.insert(format!("{rule} is reported by a pass of {:?} in {file}", ran.area));
                    }
                    reported.insert(rule.id);
                    seen.insert((pass, rule.id));
                }
            }
        }
    }
    let active: BTreeSet<&str> = lint::all().filter(|(_, r)| r.state.can_speak()).map(|(_, r)| r.id).collect();
    let idle: Vec<_> = declared.difference(&seen).map(|(_, rule)| rule).collect();
    assert!(active.len() > 380 && declared.len() > 380, "{} rules, {} declared", active.len(), declared.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
    let differ: Vec<_> = reported.symmetric_difference(&active).collect();
    assert!(differ.is_empty(), "reported and waiting, or able to speak and never reported: {differ:?}");
    assert!(idle.is_empty(), "declared by a pass that never reports it: {idle:?}");
}

#[test]
fn each_rule_that_can_speak_is_declared_by_one_pass_or_more_and_those_that_wait_by_none() {
    use taskdef::lint::areas;
    let passes = areas::ALL.iter().flat_map(|contents| contents.passes);
    let declared: BTreeSet<&str> =
        passes.chain(areas::task::OF_ANY_DOCUMENT).chain([&areas::limits::BOUNDS]).flat_map(|pass| pass.reports).map(|r| r.id).collect();
    let active: BTreeSet<&str> = lint::all().filter(|(_, r)| r.state.can_speak()).map(|(_, r)| r.id).collect();
    assert!(active.len() > 380);
    let differ: Vec<_> = declared.symmetric_difference(&active).collect();
    assert!(differ.is_empty(), "declared and waiting, or able to speak and declared by no pass: {differ:?}");
}

/// The base that a case changes: the tutorial's example, or the one that it names.
fn only_base(case: &Case) -> serde_json::Map<String, serde_json::Value> {
    let name = match taskdef::Launch::of_definition(&case.wrong.definition) {
        _ if case.wrong.definition["runtimePlatform"]["operatingSystemFamily"].as_str().is_some_and(|s| s.starts_with("WINDOWS")) => "windows-ec2",
        Some(taskdef::Launch::Ec2 | taskdef::Launch::External) => "ec2",
        Some(taskdef::Launch::ManagedInstances) => "managed",
        _ => "fargate",
    };
    [("@".to_owned(), name.into())].into_iter().collect()
}

#[test]
fn what_is_right_is_not_called_wrong() {
    prove(|case| {
        let found = case.right.check();
        if found.iter().any(|f| f.rule.id == case.rule) {
            return Err("speaks of what is right".into());
        }
        let errors = errors(&found);
        if case.right.flawed || errors.is_empty() { Ok(()) } else { Err(format!("the right side has errors: {errors:?}")) }
    });
}

#[test]
fn every_fix_cures_and_brings_no_error() {
    let mut fixes = 0;
    prove(|case| {
        let found = case.wrong.check();
        for said in found.iter().filter(|f| f.rule.id == case.rule) {
            for fix in &said.fixes {
                let cured = case.wrong.after(said, &fix.edit);
                let after = cured.check();
                if after.iter().any(|f| f.rule.id == said.rule.id && f.path == said.path && f.params == said.params) {
                    return Err(format!("{} does not fix it: {:#}", fix.label, cured.definition));
                }
                // Moving a value to the secrets asks for its place: that question is the point of the move.
                let new: Vec<String> = errors(&after).difference(&errors(&found)).filter(|e| !e.starts_with("secret-value-from-required")).cloned().collect();
                if !new.is_empty() && case.wrong.definition.get("containerDefinitions").is_some() {
                    return Err(format!("{} brings {new:?}", fix.label));
                }
            }
        }
        Ok(())
    });
    for case in cases() {
        fixes += case.wrong.check().iter().filter(|f| f.rule.id == case.rule).map(|f| f.fixes.len()).sum::<usize>();
    }
    assert!(fixes > 400, "{fixes}");
}

#[test]
fn every_finding_has_its_words_in_both_languages() {
    prove(|case| {
        for found in case.wrong.check().iter().chain(&case.right.check()) {
            for lang in Lang::ALL {
                let words = messages::of_finding(lang, found);
                let whole = |t: &str| !t.is_empty() && !t.contains("{0") && t != found.rule.id;
                if !whole(&words.message) || !whole(&words.why) || words.labels.len() != found.fixes.len() || words.labels.iter().any(|l| !whole(l)) {
                    return Err(format!("{} {} in {lang:?}: {words:?}", found.rule.id, found.variant));
                }
                if lang == Lang::En && words.message.ends_with('.') {
                    return Err(format!("full stop: {}", words.message));
                }
            }
        }
        Ok(())
    });
}

#[test]
fn the_rule_book_is_all_there() {
    let index: serde_json::Value = serde_json::from_str(include_str!("fixtures/rules-index.json")).unwrap();
    let book: BTreeMap<&str, (&str, &str)> = index["rules"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| (r["id"].as_str().unwrap(), (r["area"].as_str().unwrap(), r["severity"].as_str().unwrap())))
        .collect();
    let mut ours: BTreeMap<&str, (&str, &str)> =
        lint::all().filter(|(area, _)| *area != Area::Wizard).map(|(area, r)| (r.id, (area.as_str(), r.severity.as_str()))).collect();
    assert_eq!(book.len(), 468);
    ours.retain(|id, _| book.contains_key(id));
    assert_eq!(ours, book);
}

#[test]
fn no_rule_stands_twice_and_those_that_wait_are_silent() {
    let ids: BTreeSet<&str> = lint::all().map(|(_, r)| r.id).collect();
    assert_eq!(ids.len(), lint::all().count());
    let waiting: BTreeSet<&str> = lint::all().filter(|(_, r)| !r.state.can_speak()).map(|(_, r)| r.id).collect();
    assert!(waiting.len() > 25, "{}", waiting.len());
    for case in cases() {
        let spoke: Vec<_> = case.wrong.check().into_iter().filter(|f| waiting.contains(f.rule.id)).collect();
        assert!(spoke.is_empty(), "{spoke:?}");
    }
}

#[test]
fn a_finding_names_a_place_that_can_be_reached() {
    prove(|case| {
        let found = case.wrong.check();
        for f in found.iter().filter(|f| f.scope == taskdef::Scope::Definition) {
            let tokens = taskdef::document::pointer::tokens(&f.path);
            let there = (0..tokens.len()).rev().find_map(|n| {
                let path: String = tokens[..n].iter().map(|t| format!("/{}", t.replace('~', "~0").replace('/', "~1"))).collect();
                case.wrong.definition.pointer(&path).map(|_| n)
            });
            // Three steps: a member of an object that is missing in an object that is missing.
            if !f.path.is_empty() && there.is_none_or(|n| tokens.len() - n > 3) {
                return Err(format!("{} at {}", f.rule.id, f.path));
            }
        }
        Ok(())
    });
}

#[test]
fn the_tutorial_has_no_error_and_says_only_what_is_known() {
    let draft = taskdef::Draft::tutorial();
    let found = lint::check_draft(&draft);
    let serious: Vec<_> = found.iter().filter(|f| f.severity != Severity::Advice).map(|f| f.rule.id).collect();
    assert!(serious.is_empty(), "{serious:?}");
    let advice: BTreeSet<_> = found.iter().filter(|f| f.severity == Severity::Advice).map(|f| f.rule.id).collect();
    let known = [
        "container-readonly-root",
        "container-user-root",
        "dep-nginx-app",
        "health-url-path",
        "image-docker-hub-rate-limit",
        "image-hub-needs-internet",
        "limits-fargate-vcpu",
        "linux-init",
        "log-create-group-missing",
        "network-security-group-port",
        "network-service-needs-config",
        "platform-apple-silicon",
        "sizing-cost-note",
        "tag-missing",
        "task-essential-sidecar-choice",
    ];
    assert_eq!(advice, known.into_iter().collect());
}

#[test]
fn nulls_and_read_only_keys_are_named() {
    let text = r#"{"taskDefinition": {"family": "a", "status": "ACTIVE", "pidMode": null, "containerDefinitions": [{"name": "a", "image": "a:1"}]}}"#;
    let found = lint::check_text(text, None, None).0;
    let named: Vec<_> = found.iter().filter(|f| f.rule.id.starts_with("task-")).map(|f| (f.rule.id, f.path.as_str())).collect();
    assert_eq!(named, [("task-null-values", "/pidMode"), ("task-import-read-only-fields", "/status")]);
}

#[test]
fn marks_of_templates_are_never_an_error() {
    let changes = serde_json::json!({
        "requiresCompatibilities": ["{{launchtype}}"],
        "~launch": "FARGATE",
        "0/portMappings/0/containerPort": "<container-port>",
        "0/image": "IMAGE_PLACEHOLDER_FRONTEND",
        "0/logConfiguration/options/awslogs-region": "{{region}}",
        "1/logConfiguration/options/awslogs-group": "${GROUP}",
        "executionRoleArn": "arn:aws:iam::<ACCOUNT_ID>:role/x"
    });
    let found = support::given(changes.as_object().unwrap()).check();
    assert_eq!(errors(&found), BTreeSet::new());
    assert_eq!(found.iter().filter(|f| f.rule.id == "task-template-placeholder").count(), 6);
}

#[test]
fn an_empty_draft_asks_for_its_answers() {
    let rules: Vec<_> = lint::check_draft(&taskdef::Draft::empty()).iter().map(|f| f.rule.id).collect();
    for rule in ["wizard-region-required", "wizard-launch-required", "wizard-cluster-name-required", "task-family-required", "task-containers-required"] {
        assert!(rules.contains(&rule), "{rule}");
    }
}

#[test]
fn text_that_is_not_json_says_what_is_wrong_and_where() {
    let said = |text: &str| {
        let found = lint::check_text(text, None, None).0;
        assert_eq!((found.len(), found[0].rule.id), (1, "task-json-shape"), "{text}");
        (found[0].variant, found[0].at.unwrap().0)
    };
    assert_eq!(said("{\n  \"family\": 'a'\n}"), ("quotes", 2));
    assert_eq!(said("{\n  \"family\": \"a\"\n  \"cpu\": \"256\"\n}"), ("comma", 3));
    assert_eq!(said("{\n  \"family\": \"a\",\n}"), ("comma", 3));
    assert_eq!(said("{\n  // a name\n  \"family\": \"a\"\n}"), ("comment", 2));
    assert_eq!(said("{\n  \"family\": {{name}}\n}"), ("template", 2));
    assert_eq!(said("{\n  \"family\": \"a\",\n  \"cpu\""), ("cut", 3));
    assert_eq!(said("family: a\ncontainerDefinitions:\n  - name: a\n"), ("yaml", 1));
}

#[test]
fn errors_come_first_then_the_order_of_the_document() {
    let changes = serde_json::json!({ "memory": "1024", "1/image": "x" });
    let found = support::given(changes.as_object().unwrap()).check();
    assert!(found.is_sorted_by_key(|f| f.severity) && found.len() > 2);
}

#[test]
fn no_message_shows_the_value_of_a_variable_or_a_secret() {
    let value = "ghp_0123456789abcdefABCDEF0123456789abcd";
    let changes = serde_json::json!({
        "0/environment": [{ "name": "A", "value": value }, { "name": "B", "value": format!(" {value}") }],
        "0/secrets": [{ "name": "C", "valueFrom": value }],
        "0/command": [format!("run {value}")],
        "0/image": value,
        "family": value,
        "1/healthCheck/command": ["CMD-SHELL", format!("curl -f -u a:{value} http://localhost:80/x || exit 1")],
        "0/dockerLabels": { "a": { "b": value } },
        "tags": [{ "key": value, "value": format!("&{value}") }]
    });
    let found = support::given(changes.as_object().unwrap()).check();
    assert!(found.iter().filter(|f| f.severity != Severity::Advice).count() > 4, "{found:#?}");
    for f in &found {
        for lang in Lang::ALL {
            let words = messages::of_finding(lang, f);
            let shown = format!("{} {} {}", words.message, words.why, words.labels.join(" "));
            assert!(!shown.contains(&value[4..20]), "{shown}");
        }
    }
}

#[path = "support/full.rs"]
mod full;

#[test]
fn full_definitions_of_the_benches_are_what_aws_takes() {
    for definition in [full::ten_containers(), full::largest()] {
        assert!(definition.to_string().len() <= 65_536);
        let found = lint::check(&definition, &taskdef::lint::Wizard { region: Some("ap-northeast-2".into()), ..Default::default() });
        assert_eq!(errors(&found), BTreeSet::new());
    }
}

/// What a rule says of each case: place, severity, message, values, and every fix as an edit; a snapshot for each file of cases.
/// Each was read line by line when it was written; a change of one is a change for users, to be read again.
/// `INSTA_UPDATE=always cargo test --package taskdef --features server --test rules what_is_said` writes them anew.
#[test]
fn what_is_said_and_offered_is_what_was_read() {
    let mut said: BTreeMap<&str, String> = BTreeMap::new();
    let mut counts: std::collections::HashMap<&str, u32> = std::collections::HashMap::new();
    let all = cases();
    for case in &all {
        let text = said.entry(case.area).or_default();
        // Each rule has its own number: a case more leaves the lines of the others alone.
        let i = counts.entry(&case.rule).and_modify(|n| *n += 1).or_insert(1);
        for f in case.wrong.check().iter().filter(|f| f.rule.id == case.rule) {
            let params: Vec<String> = f.params.iter().map(|(n, v)| format!("{n}={v:?}")).collect();
            *text += &format!("{}#{i} {:?} {} {} {}\n", f.rule.id, f.severity, f.path, f.variant, params.join(" ").chars().take(160).collect::<String>());
            for fix in &f.fixes {
                *text += &format!("    {}: {}\n", fix.label, serde_json::to_string(&fix.edit).unwrap().chars().take(300).collect::<String>());
            }
        }
    }
    insta::with_settings!({ snapshot_path => "cases/said", prepend_module_to_snapshot => false, omit_expression => true }, {
        for (area, text) in &said {
            insta::assert_snapshot!(*area, text);
        }
    });
    let snapshots = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/said")).unwrap().count();
    assert_eq!((said.len(), snapshots), (support::FILES.len(), support::FILES.len()), "files of cases, and snapshots");
}
