//! Drafts to start from: nothing, the tutorial's example, and the kinds of work that people bring most. Those are whole:
//! what is to be changed is an image and a name.

use crate::{Draft, grammar::health};
use serde_json::{Value, json};

/// What a draft starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// Nothing.
    Empty,
    /// The tutorial's Nginx and Node.js.
    Tutorial,
    /// One web service.
    Web,
    /// A program that works through a queue and listens on no port.
    Worker,
    /// A program that runs by the clock and ends.
    Job,
    /// A web service whose logs go through a router beside it.
    Sidecar,
}

/// The Region of the first users; the first step asks for it.
const REGION: &str = "ap-northeast-2";

impl Preset {
    /// All of them, in the order of the start page.
    pub const ALL: [Preset; 6] = [Preset::Empty, Preset::Tutorial, Preset::Web, Preset::Worker, Preset::Job, Preset::Sidecar];

    /// Its name in forms and in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Preset::Empty => "empty",
            Preset::Tutorial => "tutorial",
            Preset::Web => "web",
            Preset::Worker => "worker",
            Preset::Job => "job",
            Preset::Sidecar => "sidecar",
        }
    }

    /// Reads the name.
    pub fn parse(text: &str) -> Option<Preset> {
        Preset::ALL.into_iter().find(|p| p.as_str() == text)
    }

    /// The draft.
    pub fn draft(self) -> Draft {
        let (family, containers) = match self {
            Preset::Empty => return Draft::empty(),
            Preset::Tutorial => return Draft::tutorial().filled_in(),
            Preset::Web => ("my-web", json!([web(logs("/ecs/my-web"))])),
            Preset::Worker => ("my-worker", json!([program("worker", "/ecs/my-worker")])),
            Preset::Job => {
                let mut job = program("job", "/ecs/my-job");
                job["command"] = json!(["node", "job.js"]);
                ("my-job", json!([job]))
            }
            Preset::Sidecar => {
                let mut web = web(routed("/ecs/my-web"));
                web["dependsOn"] = json!([{ "containerName": "log-router", "condition": "START" }]);
                ("my-web", json!([web, router()]))
            }
        };
        let (cpu, memory) = if self == Preset::Sidecar { ("512", "1024") } else { ("256", "512") };
        let mut definition = json!({
            "family": family,
            "requiresCompatibilities": ["FARGATE"],
            "networkMode": "awsvpc",
            "cpu": cpu,
            "memory": memory,
            "runtimePlatform": { "operatingSystemFamily": "LINUX", "cpuArchitecture": "X86_64" },
            "executionRoleArn": "ecsTaskExecutionRole",
            "containerDefinitions": containers
        });
        if self == Preset::Sidecar {
            // The router writes to CloudWatch as the task, not as ECS.
            definition["taskRoleArn"] = json!("ecsTaskRole");
        }
        let mut draft = Draft::around(definition);
        draft.put("region", json!(REGION));
        let mut cluster = json!({ "name": "my-cluster", "launch": "FARGATE" });
        if self == Preset::Job {
            cluster["schedule"] = json!("cron(0 3 * * ? *)");
        }
        draft.put("cluster", cluster);
        draft
    }
}

fn logs(group: &str) -> Value {
    json!({ "logDriver": "awslogs", "options": { "awslogs-group": group, "awslogs-region": REGION, "awslogs-stream-prefix": "ecs" } })
}

fn routed(group: &str) -> Value {
    json!({ "logDriver": "awsfirelens", "options": {
        "Name": "cloudwatch_logs", "region": REGION, "log_group_name": group, "log_stream_prefix": "web-", "auto_create_group": "true" } })
}

fn web(logs: Value) -> Value {
    json!({
        "name": "web", "image": "docker.io/myid/web:1", "essential": true,
        "portMappings": [{ "name": "web-port", "containerPort": 8080, "protocol": "tcp" }],
        "environment": [{ "name": "PORT", "value": "8080" }],
        "healthCheck": health::check("curl -f http://localhost:8080/ || exit 1"),
        "logConfiguration": logs
    })
}

fn program(name: &str, group: &str) -> Value {
    json!({ "name": name, "image": format!("docker.io/myid/{name}:1"), "essential": true, "logConfiguration": logs(group) })
}

/// Source: Amazon ECS developer guide, sending logs with FireLens.
fn router() -> Value {
    json!({
        "name": "log-router", "image": "public.ecr.aws/aws-observability/aws-for-fluent-bit:stable", "essential": true, "memoryReservation": 50,
        "firelensConfiguration": { "type": "fluentbit" },
        "logConfiguration": logs("/ecs/my-web")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Severity, lint};

    #[test]
    fn every_preset_is_without_a_fault_and_keeps_its_text() {
        for preset in Preset::ALL {
            assert_eq!(Preset::parse(preset.as_str()), Some(preset));
            let draft = preset.draft();
            let said = lint::check_draft(&draft).into_iter().filter(|f| f.severity != Severity::Advice && preset != Preset::Empty);
            // All that is left to do is to name whose images they are.
            let left = if preset == Preset::Empty { vec![] } else { vec!["wizard-hub-id-required /aside/hub".to_owned()] };
            assert_eq!(said.map(|f| format!("{} {}", f.rule, f.path)).collect::<Vec<_>>(), left, "{}", preset.as_str());
            assert_eq!(Draft::parse(&draft.to_text()).unwrap(), draft);
        }
    }
}
