//! Whole forms.

use super::*;
use serde_json::json;

fn apply_post(base: &Draft, pairs: &[(String, String)]) -> Draft {
    Post::read(pairs).unwrap().apply(base)
}

#[test]
fn a_post_of_untouched_values_keeps_strange_ones() {
    let d = Draft::around(json!({ "family": "a\nb", "cpu": "0.5 vCPU", "memory": "1 GB",
        "containerDefinitions": [{ "name": "x", "cpu": "512", "portMappings": [{ "containerPort": 1.0, "protocol": "TCP" }] }] }));
    let names = [
        "/family",
        "size",
        "size-exact",
        "/containerDefinitions/0/cpu",
        "/containerDefinitions/0/portMappings/0/containerPort",
        "/containerDefinitions/0/portMappings/0/protocol",
        "/containerDefinitions/0/essential",
        "logs",
        "/cluster/launch",
    ];
    let pairs: Vec<(String, String)> = names.iter().map(|n| (n.to_string(), rendered(&d, n).replace('\n', ""))).collect();
    assert_eq!(apply_post(&d, &pairs).to_text(), d.to_text());
}

#[test]
fn a_hidden_companion_makes_an_unticked_box_an_answer() {
    let mut d = Draft::tutorial();
    answer(&mut d, "logs-create", "true");
    let off = apply_post(&d, &[("logs-create".into(), "false".into())]);
    assert_eq!(rendered(&off, "logs-create"), "false");
    let on = apply_post(&off, &[("logs-create".into(), "false".into()), ("logs-create".into(), "true".into())]);
    assert_eq!(on, d);
}

#[test]
fn a_post_with_an_unknown_name_or_button_is_refused_whole() {
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let long = "x".repeat(10_000);
    assert_eq!(Post::read(&[pair("/family", "a"), pair("/aside", "b")]).unwrap_err(), PostError::Question("/aside".into()));
    assert_eq!(Post::read(&[pair(&long, "b")]).unwrap_err(), PostError::Question("x".repeat(80)));
    assert_eq!(Post::read(&[pair("op", "drop:/family")]).unwrap_err(), PostError::Action("drop:/family".into()));
    let post = Post::read(&[pair("rev", "1"), pair("dotenv", "A=1"), pair("op", "exit"), pair("/family", "b")]).unwrap();
    assert_eq!((post.action.clone(), post.dotenv.as_str()), (Action::Exit, "A=1"));
    assert_eq!(post.apply(&Draft::tutorial()).family(), "b");
}
