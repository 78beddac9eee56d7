//! Definitions with everything in them, for benches and floods.

use serde_json::{Value, json};

/// Ten containers, each with ports, variables, secrets, a check, logs, limits, mounts and an order.
pub fn ten_containers() -> Value {
    let containers: Vec<Value> = (0..10).map(|i| container(i, 12)).collect();
    json!({
        "family": "ten-containers",
        "requiresCompatibilities": ["FARGATE"],
        "networkMode": "awsvpc",
        "cpu": "4096",
        "memory": "16384",
        "runtimePlatform": { "operatingSystemFamily": "LINUX", "cpuArchitecture": "ARM64" },
        "executionRoleArn": "arn:aws:iam::210987654321:role/my-execution",
        "taskRoleArn": "arn:aws:iam::210987654321:role/my-task",
        "ephemeralStorage": { "sizeInGiB": 40 },
        "volumes": [
            { "name": "cache" },
            { "name": "files", "efsVolumeConfiguration": { "fileSystemId": "fs-0123456789abcdef0", "transitEncryption": "ENABLED" } }
        ],
        "containerDefinitions": containers,
        "tags": [{ "key": "project", "value": "bench" }, { "key": "env", "value": "test" }]
    })
}

/// The same, with as many variables as fit into AWS's 65,536 bytes.
pub fn largest() -> Value {
    let mut definition = ten_containers();
    for i in 0.. {
        let row = json!({ "name": format!("SETTING_{i}"), "value": format!("https://service-{i}.example.com/path/to/something?page={i}") });
        let before = definition.clone();
        definition["containerDefinitions"][i % 10]["environment"].as_array_mut().unwrap().push(row);
        if definition.to_string().len() > 65_536 {
            return before;
        }
    }
    definition
}

fn container(i: usize, variables: usize) -> Value {
    let port = 8000 + i;
    let environment: Vec<Value> = (0..variables).map(|n| json!({ "name": format!("VALUE_{n}"), "value": format!("value-{i}-{n}") })).collect();
    let mut container = json!({
        "name": format!("service-{i}"),
        "image": format!("210987654321.dkr.ecr.ap-northeast-2.amazonaws.com/team/service-{i}:1.{i}.0"),
        "essential": i % 3 != 2,
        "cpu": 256,
        "memory": 1536,
        "memoryReservation": 1024,
        "user": "1000:1000",
        "workingDirectory": "/srv",
        "readonlyRootFilesystem": true,
        "portMappings": [{ "containerPort": port, "protocol": "tcp", "name": format!("port-{i}"), "appProtocol": "http" }],
        "environment": environment,
        "secrets": [
            { "name": "DB_PASSWORD", "valueFrom": "arn:aws:secretsmanager:ap-northeast-2:210987654321:secret:db-AbCdEf:password::" },
            { "name": "API_KEY", "valueFrom": "arn:aws:ssm:ap-northeast-2:210987654321:parameter/team/key" }
        ],
        "command": ["serve", "--port", port.to_string()],
        "healthCheck": { "command": ["CMD-SHELL", format!("curl -f http://localhost:{port}/health || exit 1")], "interval": 30, "timeout": 5, "retries": 3, "startPeriod": 60 },
        "mountPoints": [{ "sourceVolume": "cache", "containerPath": "/var/cache/app" }, { "sourceVolume": "files", "containerPath": "/srv/files", "readOnly": true }],
        "ulimits": [{ "name": "nofile", "softLimit": 65_535, "hardLimit": 65_535 }],
        "linuxParameters": { "initProcessEnabled": true, "capabilities": { "drop": ["ALL"] } },
        "dockerLabels": { "team": "a", "service": format!("service-{i}") },
        "stopTimeout": 30,
        "logConfiguration": { "logDriver": "awslogs", "options": {
            "awslogs-group": "/ecs/ten-containers", "awslogs-region": "ap-northeast-2", "awslogs-stream-prefix": format!("service-{i}"), "mode": "non-blocking", "max-buffer-size": "25m"
        } }
    });
    if i > 0 {
        container["dependsOn"] = json!([{ "containerName": format!("service-{}", i - 1), "condition": "START" }]);
    }
    container
}
