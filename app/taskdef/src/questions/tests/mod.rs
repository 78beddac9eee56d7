//! What answers and buttons do to a draft.

mod answers;
mod controls;
mod names;
mod posts;
mod rows;

use super::*;
use crate::Draft;

fn change(draft: &Draft, name: &str, value: &str) -> crate::Edit {
    name.parse::<Question>().unwrap().change(draft, value)
}

fn rendered(draft: &Draft, name: &str) -> String {
    name.parse::<Question>().unwrap().rendered(draft)
}

fn press_on(draft: &Draft, op: &str) -> Option<Row> {
    row(draft, &op.parse().unwrap())
}

fn answer(draft: &mut Draft, name: &str, value: &str) {
    change(draft, name, value).apply(draft.root_mut()).unwrap();
    assert_eq!(rendered(draft, name), value, "{name} shows what was typed");
}

fn press(draft: &mut Draft, op: &str) -> String {
    let row = press_on(draft, op).unwrap();
    row.edit.apply(draft.root_mut()).unwrap();
    row.focus.to_string()
}

/// The walk of the tutorial by hand: every value typed, nothing from the example.
pub(crate) fn tutorial_by_hand() -> Draft {
    let mut d = Draft::empty();
    for (name, value) in [
        ("/region", "ap-northeast-2"),
        ("/cluster/name", "my-first-cluster"),
        ("/cluster/launch", "FARGATE"),
        ("/family", "my-task"),
        ("platform", "LINUX/X86_64"),
        ("size", "1024x2048"),
    ] {
        answer(&mut d, name, value);
    }
    for (i, name, image, memory) in [(0, "my-webserver", "docker.io/myid/webserver:1", "1024"), (1, "my-nginx", "docker.io/myid/nginx:1", "512")] {
        assert_eq!(press(&mut d, "add:/containerDefinitions"), format!("/containerDefinitions/{i}/name"));
        for (key, value) in [("name", name), ("image", image), ("cpu", "512"), ("memoryReservation", memory)] {
            answer(&mut d, &format!("/containerDefinitions/{i}/{key}"), value);
        }
    }
    for (j, name, value) in [(0, "NODE_ENV", "production"), (1, "PORT", "8080")] {
        press(&mut d, "add:/containerDefinitions/0/environment");
        answer(&mut d, &format!("/containerDefinitions/0/environment/{j}/name"), name);
        answer(&mut d, &format!("/containerDefinitions/0/environment/{j}/value"), value);
    }
    for (i, port, name) in [(0, "8080", "webserver-port"), (1, "80", "nginx-port")] {
        press(&mut d, &format!("add:/containerDefinitions/{i}/portMappings"));
        answer(&mut d, &format!("/containerDefinitions/{i}/portMappings/0/containerPort"), port);
        answer(&mut d, &format!("/containerDefinitions/{i}/portMappings/0/name"), name);
        answer(&mut d, &format!("/containerDefinitions/{i}/healthCheck~kind"), "curl");
    }
    answer(&mut d, "logs", "yes");
    answer(&mut d, "logs-group", "/ecs/my-task");
    answer(&mut d, "/executionRoleArn", "ecsTaskExecutionRole");
    d
}
