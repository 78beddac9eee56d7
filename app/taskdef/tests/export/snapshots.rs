//! Every export of the tutorial's draft, as a person read it once.

use super::{formats, written};
use taskdef::{
    Draft, Lang,
    formats::export::{Options, export},
};

#[test]
fn the_tutorials_draft_in_every_format() {
    let draft = Draft::tutorial();
    let mut seen = 0;
    for format in formats() {
        let made = written(format, &draft);
        let mut text = String::new();
        for file in &made.files {
            text += &format!("===== {} ({})\n{}", file.name, file.media_type, file.text);
        }
        for loss in &made.losses {
            text += &format!("===== {:?} {} {}: {} {}\n", loss.outcome, loss.id(), loss.place, loss.text(Lang::En), loss.how(Lang::En));
        }
        insta::with_settings!({ snapshot_path => "../cases/export", prepend_module_to_snapshot => false, omit_expression => true }, { insta::assert_snapshot!(format.name(), text) });
        seen += 1;
    }
    assert_eq!(seen, 10);
}

/// Run locally with Docker Compose, checks, order and network are the task's.
#[test]
fn run_locally_the_task_has_its_checks_and_one_network() {
    let made = written(taskdef::formats::Format::Compose, &Draft::tutorial());
    let compose = super::readers::yaml(super::file(&made, "compose.yaml"));
    let services = compose["services"].as_object().unwrap();
    assert_eq!(services.keys().collect::<Vec<_>>(), ["task-network", "my-webserver", "my-nginx"]);
    for container in Draft::tutorial().definition()["containerDefinitions"].as_array().unwrap() {
        let service = &services[container["name"].as_str().unwrap()];
        let check = &container["healthCheck"];
        assert_eq!(service["healthcheck"]["test"], check["command"]);
        for (theirs, ours) in [("interval", "interval"), ("timeout", "timeout"), ("start_period", "startPeriod")] {
            assert_eq!(service["healthcheck"][theirs], format!("{}s", check[ours]), "{ours}");
        }
        assert_eq!(service["healthcheck"]["retries"], check["retries"]);
        assert_eq!(service["network_mode"], "service:task-network");
        assert_eq!((service.get("ports"), &service["restart"]), (None, &"no".into()));
    }
    // What works only on AWS is listed at the top of the file, in the person's language.
    for lang in Lang::ALL {
        let made = export(taskdef::formats::Format::Compose, &Draft::tutorial(), &Options::new(lang)).unwrap();
        let text = super::file(&made, "compose.yaml");
        assert!(made.losses.len() >= 7, "{:?}", made.losses);
        for loss in &made.losses {
            assert!(text.contains(&format!("# - {}: {}\n", loss.place, loss.text(lang))), "{loss:?}");
        }
    }
}
