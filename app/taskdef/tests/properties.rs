//! What must hold for every document.

#![allow(clippy::unwrap_used, missing_docs)]

#[path = "support/any.rs"]
mod any;

use any::any_json;
use proptest::prelude::*;
use serde_json::{Map, Value};
use taskdef::{
    Draft, Edit, Step,
    document::{
        edit::{self, Op},
        merge, preview,
    },
    formats::export,
    questions::{self, Action, Post, Question},
};

/// A definition whose containers have the usual keys with any values.
fn any_definition() -> impl Strategy<Value = Value> {
    let keys = [
        "name",
        "image",
        "cpu",
        "memory",
        "memoryReservation",
        "essential",
        "portMappings",
        "environment",
        "secrets",
        "healthCheck",
        "logConfiguration",
        "unknown",
    ];
    let container = prop::collection::vec((prop::sample::select(keys.to_vec()), any_json()), 0..8)
        .prop_map(|pairs| Value::Object(pairs.into_iter().map(|(k, v)| (k.to_owned(), v)).collect()));
    let root = ["family", "cpu", "memory", "networkMode", "requiresCompatibilities", "runtimePlatform", "executionRoleArn", "volumes", "unknown"];
    (prop::collection::vec((prop::sample::select(root.to_vec()), any_json()), 0..6), prop::collection::vec(container, 0..4)).prop_map(|(pairs, containers)| {
        let mut map: Map<String, Value> = pairs.into_iter().map(|(k, v)| (k.to_owned(), v)).collect();
        map.insert("containerDefinitions".into(), Value::Array(containers));
        Value::Object(map)
    })
}

/// Every place of a document.
fn places(value: &Value, at: &str, out: &mut Vec<String>) {
    out.push(at.to_owned());
    match value {
        Value::Object(map) => map.iter().for_each(|(k, v)| places(v, &taskdef::document::pointer::join(at, k), out)),
        Value::Array(list) => list.iter().enumerate().for_each(|(i, v)| places(v, &taskdef::document::pointer::join(at, i), out)),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_edit_and_its_inverse_give_the_same_bytes(value in any_definition(), new in any_json(), pick in any::<prop::sample::Index>(), kind in 0..4u8) {
        let draft = Draft::around(value);
        let mut all = Vec::new();
        places(draft.root(), "", &mut all);
        let path = all[pick.index(all.len())].clone();
        let edit = match kind {
            0 => edit::set(draft.root(), &path, new),
            1 => edit::clear(draft.root(), &path),
            2 => edit::set(draft.root(), &format!("{path}/added"), new),
            _ => Edit(vec![Op::Add { path: format!("{path}/0"), value: new, at: None }]),
        };
        let mut root = draft.root().clone();
        if let Ok(inverse) = edit.apply(&mut root) {
            inverse.apply(&mut root).unwrap();
        }
        prop_assert_eq!(root.to_string(), draft.root().to_string());
    }

    /// What is remembered of an import, and that its steps were looked at, stays out of the definition.
    #[test]
    fn an_import_that_is_looked_at_keeps_its_bytes(definition in any_definition(), steps in prop::collection::vec(prop::sample::select(&Step::ALL[..]), 0..9)) {
        let text = definition.to_string();
        let mut draft = Draft::around(definition);
        prop_assert!(Step::ALL.iter().all(|s| draft.is_filled(*s) == (*s != Step::Review)));
        for step in &steps {
            let edit = draft.mark_tried(*step, None);
            edit.apply(draft.root_mut()).unwrap();
        }
        prop_assert_eq!(draft.definition().to_string(), text);
        prop_assert!(Step::ALL.iter().all(|s| draft.is_filled(*s) == (*s != Step::Review && !steps.contains(s))));
    }

    #[test]
    fn a_walk_without_javascript_changes_no_byte(definition in any_definition()) {
        let draft = Draft::around(definition);
        let pairs: Vec<(String, String)> = Question::all(&draft).into_iter().map(|question| {
            let n = question.to_string();
            let shown = question.rendered(&draft).replace('\0', "\u{fffd}");
            let sent = if question.is_area() { shown.replace("\r\n", "\n").replace('\r', "\n").replace('\n', "\r\n") } else { shown.replace(['\r', '\n'], "") };
            (n, sent)
        }).collect();
        prop_assert!(pairs.len() > 16);
        prop_assert_eq!(Post::read(&pairs).unwrap().apply(&draft).to_text(), draft.to_text());
    }

    #[test]
    fn a_typed_answer_can_be_taken_back(definition in any_definition(), pick in any::<prop::sample::Index>(), typed in "[ -~가-힣\n]{0,12}") {
        let draft = Draft::around(definition);
        let all = Question::all(&draft);
        let edit = all[pick.index(all.len())].change(&draft, &typed);
        let mut changed = draft.clone();
        if let Ok(inverse) = edit.apply(changed.root_mut()) {
            inverse.apply(changed.root_mut()).unwrap();
        }
        prop_assert_eq!(changed.to_text(), draft.to_text());
    }

    #[test]
    fn the_decoder_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..256), definition in any_definition()) {
        let mut pairs = questions::decode(&bytes);
        pairs.extend(questions::decode(b"size=1x&logs=yes&/cpu=%FF&/containerDefinitions/0/healthCheck~kind=curl"));
        let draft = Draft::around(definition);
        for pair in pairs {
            let _ = Post::read(&[pair]).map(|post| post.apply(&draft));
        }
    }

    #[test]
    fn whatever_a_post_says_is_stored_and_opens_again(
        definition in any_definition(),
        answers in prop::collection::vec((any::<prop::sample::Index>(), "[ -~]{0,40}"), 0..12),
        levels in 0usize..140,
    ) {
        let base = Draft::around(definition);
        let all = Question::all(&base);
        let deep = format!("{}1{}", "[".repeat(levels), "]".repeat(levels));
        let mut pairs: Vec<(String, String)> = answers.into_iter().map(|(pick, typed)| (all[pick.index(all.len())].to_string(), typed)).collect();
        pairs.push(("/containerDefinitions/0/healthCheck~form".into(), "JSON".into()));
        pairs.push(("/containerDefinitions/0/healthCheck~text".into(), deep));
        let after = Post::read(&pairs).unwrap().apply(&base);
        prop_assert_eq!(Draft::parse(&after.to_text()).unwrap(), after.clone());
        // The wizard's own places keep their shape.
        prop_assert!(after.root()["cluster"].is_object() && after.root()["aside"].is_object() && after.title().is_empty());
        if let Some(row) = questions::paste_env(&base, 0, "A=1") {
            let mut after = base.clone();
            row.edit.apply(after.root_mut()).unwrap();
            prop_assert_eq!(Draft::parse(&after.to_text()).unwrap(), after);
        }
    }

    #[test]
    fn a_name_is_a_question_or_refused(name in "(/[a-zA-Z0-9~-]{0,20}){0,80}|[ -~]{0,40}|/containerDefinitions/[0-9]{1,30}/[a-zA-Z]{1,12}(/[0-9]{1,30}/[a-zA-Z]{1,9})?") {
        match name.parse::<Question>() {
            Ok(question) => prop_assert_eq!(question.to_string(), name),
            Err(_) => prop_assert!(matches!(name.as_str(), "rev" | "op" | "dotenv") || Post::read(&[(name, "text".into())]).is_err()),
        }
    }

    #[test]
    fn a_button_is_an_action_or_refused(op in "(add|remove|duplicate|up|down|dotenv|fix|doctor|x):(/[a-zA-Z0-9]{0,20}){0,5}|[ -~]{0,40}") {
        match op.parse::<Action>() {
            Ok(action) => prop_assert_eq!(action.to_string().parse::<Action>(), Ok(action)),
            Err(_) => prop_assert!(Post::read(&[("op".into(), op)]).is_err()),
        }
    }

    #[test]
    fn the_preview_has_the_lines_of_the_exported_file(value in any_json()) {
        let text: String = preview::lines(&value, "", usize::MAX - 1).0.iter().map(|l| l.text() + "\n").collect();
        prop_assert_eq!(text, export::to_json(&value));
    }

    #[test]
    fn a_difference_leads_from_one_to_the_other(a in any_json(), b in any_json()) {
        let mut v = a.clone();
        merge::diff(&a, &b).apply(&mut v).unwrap();
        prop_assert_eq!(v.to_string(), b.to_string());
    }
}

/// `{"$serde_json::private::Number": "7"}` was read as the number 7.
#[test]
fn a_document_does_not_change_on_its_way() {
    for text in [r#"{"family": {"$serde_json::private::Number": "7"}}"#, r#"{"x": {"\u0024serde_json::private::RawValue": "{}"}}"#] {
        let draft = format!(r#"{{"schema":1,"definition":{text}}}"#);
        assert!(Draft::parse(&draft).is_err());
        assert!(Edit::parse(&format!(r#"[{{"op":"add","path":"/a","value":{text}}}]"#)).is_none());
    }
}

#[test]
fn a_post_changes_no_place_that_its_page_does_not_have() {
    let base = Draft::tutorial();
    for name in [
        "/cluster",
        "/aside",
        "/aside/tried",
        "/title",
        "/schema",
        "/mark",
        "/definition",
        "/containerDefinitions",
        "/containerDefinitions/0",
        "/tags",
        "/x/y",
        "",
    ] {
        assert!(Post::read(&[(name.to_owned(), "text".to_owned())]).is_err(), "{name}");
    }
    let after = Post::read(&[("/containerDefinitions/0/image".to_owned(), "b:2".to_owned())]).unwrap().apply(&base);
    assert_eq!(after.definition()["containerDefinitions"][0]["image"], "b:2");
}

#[cfg(feature = "server")]
proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rules_never_panic_and_point_at_places(definition in any_definition()) {
        let draft = Draft::around(definition);
        for finding in taskdef::lint::check_draft(&draft) {
            prop_assert!(finding.path.is_empty() || finding.path.starts_with('/'));
            let words = taskdef::messages::of_finding(taskdef::Lang::Ko, &finding);
            prop_assert!(!words.message.is_empty() && words.labels.iter().all(|l| !l.is_empty()), "{}", finding.rule.id);
        }
    }

    #[test]
    fn fixes_fit_the_document_that_they_were_made_for(definition in any_definition()) {
        let draft = Draft::around(definition);
        for finding in taskdef::lint::check_draft(&draft) {
            for fix in &finding.fixes {
                let mut root = if finding.scope == taskdef::Scope::Wizard { draft.root().clone() } else { draft.definition().clone() };
                let read = Edit::parse(&fix.edit.to_text());
                prop_assert_eq!(read.as_ref(), Some(&fix.edit));
                prop_assert!(fix.edit.apply(&mut root).is_ok(), "{} {:?}", finding.rule.id, fix.edit);
            }
        }
    }
}
