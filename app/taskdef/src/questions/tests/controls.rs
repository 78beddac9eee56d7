//! Which control shows a finding.

use super::*;
use serde_json::json;

#[test]
fn a_finding_is_shown_where_its_place_is_asked_for() {
    let mut d = Draft::tutorial();
    let shown = |d: &Draft, place: &str| Control::of_place(d, place).to_string();
    for (place, control) in [
        ("/family", "/family"),
        ("/networkMode", "/networkMode"),
        ("/cpu", "size"),
        ("/runtimePlatform/cpuArchitecture", "platform"),
        ("/containerDefinitions", "add:/containerDefinitions"),
        ("/containerDefinitions/1", "/containerDefinitions/1/name"),
        ("/containerDefinitions/0/environment/1", "/containerDefinitions/0/environment/1/name"),
        ("/containerDefinitions/0/portMappings", "add:/containerDefinitions/0/portMappings"),
        ("/containerDefinitions/0/portMappings/0", "/containerDefinitions/0/portMappings/0/containerPort"),
        ("/containerDefinitions/0/dependsOn/0", "/containerDefinitions/0/dependsOn/0/containerName"),
        ("/containerDefinitions/0/healthCheck/command/1", "/containerDefinitions/0/healthCheck~kind"),
        ("/containerDefinitions/0/healthCheck/interval", "/containerDefinitions/0/healthCheck/interval"),
        ("/containerDefinitions/0/logConfiguration/options/awslogs-group", "logs-group"),
    ] {
        assert_eq!(shown(&d, place), control);
        assert_eq!(Control::from(control.to_owned()), Control::of_place(&d, place), "{control} is read back");
    }
    d.root_mut()["definition"]["containerDefinitions"][0]["logConfiguration"]["options"]["awslogs-group"] = json!("/other");
    let own = "/containerDefinitions/0/logConfiguration/options/awslogs-group";
    assert_eq!(shown(&d, own), own);
    answer(&mut d, "/containerDefinitions/0/healthCheck~kind", "own");
    assert_eq!(shown(&d, "/containerDefinitions/0/healthCheck/command"), "/containerDefinitions/0/healthCheck~text");
}

/// On ECS Anywhere and managed instances the page asks for CPU and memory one by one, but their findings went to the pairs.
#[test]
fn findings_about_a_free_size_are_shown_at_its_own_fields() {
    for launch in ["EC2", "EXTERNAL", "MANAGED_INSTANCES"] {
        let d = Draft::around(json!({ "requiresCompatibilities": [launch], "cpu": "x" }));
        assert_eq!(Control::of_place(&d, "/cpu"), Size::Cpu.into(), "{launch}");
    }
}
