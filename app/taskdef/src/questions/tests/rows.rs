//! What the buttons of rows do.

use super::*;
use crate::document::view;
use serde_json::json;

#[test]
fn containers_move_copy_and_go_with_their_number() {
    let mut d = Draft::tutorial();
    assert_eq!(press(&mut d, "down:/containerDefinitions/0"), "up:/containerDefinitions/1");
    assert_eq!((d.container_number(0), d.container_number(1)), (2, 1));
    press(&mut d, "duplicate:/containerDefinitions/0");
    assert_eq!(view::containers(d.definition())[1].name(), "my-nginx-2");
    assert_eq!(d.container_number(1), 3);
    press(&mut d, "remove:/containerDefinitions/0");
    assert_eq!((d.container_number(0), d.container_number(1)), (3, 1));
    for _ in 2..MAX_CONTAINERS {
        press(&mut d, "add:/containerDefinitions");
    }
    assert_eq!(press_on(&d, "add:/containerDefinitions"), None);
}

#[test]
fn env_lines_are_added_and_replace_their_namesakes() {
    let mut d = Draft::tutorial();
    let r = paste_env(&d, 0, "# x\nexport PORT=3000\n\nGREETING=\"hi = there\"\nnonsense").unwrap();
    r.edit.apply(d.root_mut()).unwrap();
    assert_eq!(
        d.definition()["containerDefinitions"][0]["environment"],
        json!([
        { "name": "NODE_ENV", "value": "production" }, { "name": "PORT", "value": "3000" }, { "name": "GREETING", "value": "hi = there" }])
    );
}

#[test]
fn the_start_order_waits_for_what_is_not_waited_for_yet() {
    let mut d = Draft::tutorial();
    let op = "add:/containerDefinitions/1/dependsOn";
    let added = press_on(&d, op).unwrap();
    added.edit.apply(d.root_mut()).unwrap();
    assert_eq!(added.focus.to_string(), "/containerDefinitions/1/dependsOn/0/containerName");
    assert_eq!(d.definition()["containerDefinitions"][1]["dependsOn"], json!([{ "containerName": "my-webserver", "condition": "HEALTHY" }]));
    assert_eq!(press_on(&d, op), None, "there is no other container to wait for");
    let removed = press_on(&d, "remove:/containerDefinitions/1/dependsOn/0").unwrap();
    assert_eq!(removed.focus.to_string(), op);
    removed.edit.apply(d.root_mut()).unwrap();
    assert_eq!(d, Draft::tutorial());
}
