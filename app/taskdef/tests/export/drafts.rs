//! Drafts of every kind, for the judges and for snapshots.

use serde_json::{Value, json};
use taskdef::{Draft, preset::Preset};

/// 30 drafts and more, each with a name.
pub fn all() -> Vec<(String, Draft)> {
    let mut all: Vec<(String, Draft)> = Preset::ALL.into_iter().filter(|p| *p != Preset::Empty).map(|p| (p.as_str().to_owned(), p.draft())).collect();
    let on = |network: &str, launch: &str, container: Value| {
        let mut base = json!({ "name": "app", "image": "public.ecr.aws/docker/library/nginx:1.27", "memory": 256 });
        base.as_object_mut().unwrap().extend(container.as_object().unwrap().clone());
        json!({ "family": "web", "requiresCompatibilities": [launch], "networkMode": network, "cpu": "256", "memory": "512", "containerDefinitions": [base] })
    };
    let fargate = |container: Value| on("awsvpc", "FARGATE", container);
    let ec2 = |container: Value| on("bridge", "EC2", container);
    let mut add = |name: &str, definition: Value| {
        let mut draft = Draft::around(definition);
        draft.put("region", json!("ap-northeast-2"));
        all.push((name.to_owned(), draft));
    };
    let with = |mut definition: Value, key: &str, value: Value| {
        definition[key] = value;
        definition
    };
    let logs =
        json!({ "logDriver": "awslogs", "options": { "awslogs-group": "/ecs/web", "awslogs-region": "ap-northeast-2", "awslogs-stream-prefix": "web" } });
    add("plain", fargate(json!({})));
    add("logs-without-role", fargate(json!({ "logConfiguration": logs })));
    add(
        "logs-create-group",
        fargate(
            json!({ "logConfiguration": { "logDriver": "awslogs", "options": { "awslogs-group": "/ecs/web", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "web", "awslogs-create-group": "true" } } }),
        ),
    );
    add(
        "secrets",
        fargate(json!({ "secrets": [
        { "name": "DB", "valueFrom": "arn:aws:secretsmanager:ap-northeast-2:111122223333:secret:db-AbCdEf:password::" },
        { "name": "KEY", "valueFrom": "arn:aws:ssm:ap-northeast-2:111122223333:parameter/team/key" },
        { "name": "NAME", "valueFrom": "/team/name" }] })),
    );
    add("environment-files", fargate(json!({ "environmentFiles": [{ "type": "s3", "value": "arn:aws:s3:::my-bucket/web.env" }] })));
    add(
        "private-registry",
        fargate(json!({ "repositoryCredentials": { "credentialsParameter": "arn:aws:secretsmanager:ap-northeast-2:111122223333:secret:hub-AbCdEf" } })),
    );
    add("ecr", fargate(json!({ "image": "111122223333.dkr.ecr.ap-northeast-2.amazonaws.com/team/web:1.0" })));
    add("named-roles", with(with(fargate(json!({})), "executionRoleArn", json!("team/runs")), "taskRoleArn", json!("arn:aws:iam::111122223333:role/web")));
    let efs = json!([{ "name": "files", "efsVolumeConfiguration": { "fileSystemId": "fs-0123456789abcdef0", "transitEncryption": "ENABLED",
        "authorizationConfig": { "accessPointId": "fsap-0123456789abcdef0", "iam": "ENABLED" } } }]);
    add("efs", with(fargate(json!({ "mountPoints": [{ "sourceVolume": "files", "containerPath": "/srv" }] })), "volumes", efs));
    add(
        "plain-volume",
        with(
            fargate(json!({ "mountPoints": [{ "sourceVolume": "cache", "containerPath": "/cache", "readOnly": true }] })),
            "volumes",
            json!([{ "name": "cache" }]),
        ),
    );
    add(
        "host-volume",
        with(
            ec2(json!({ "mountPoints": [{ "sourceVolume": "docker", "containerPath": "/var/run" }] })),
            "volumes",
            json!([{ "name": "docker", "host": { "sourcePath": "/var/run" } }]),
        ),
    );
    add(
        "docker-volume",
        with(
            ec2(json!({ "mountPoints": [{ "sourceVolume": "data", "containerPath": "/data" }] })),
            "volumes",
            json!([{ "name": "data", "dockerVolumeConfiguration": {
        "scope": "shared", "autoprovision": true, "driver": "local", "driverOpts": { "type": "tmpfs", "device": "tmpfs" }, "labels": { "team.name": "a" } } }]),
        ),
    );
    add(
        "ebs",
        with(
            fargate(json!({ "mountPoints": [{ "sourceVolume": "disk", "containerPath": "/disk" }] })),
            "volumes",
            json!([{ "name": "disk", "configuredAtLaunch": true }]),
        ),
    );
    add(
        "ports",
        fargate(json!({ "portMappings": [
        { "containerPort": 80, "name": "http", "appProtocol": "http", "protocol": "tcp" }, { "containerPort": 53, "protocol": "udp" }, { "containerPort": 8080 }] })),
    );
    add(
        "bridge-ports",
        ec2(
            json!({ "portMappings": [{ "containerPort": 80, "hostPort": 0 }, { "containerPort": 443, "hostPort": 8443 }, { "containerPortRange": "5000-5010" }] }),
        ),
    );
    add("host-network", on("host", "EC2", json!({ "portMappings": [{ "containerPort": 9000 }] })));
    add(
        "order",
        json!({ "family": "order", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": "512", "memory": "1024", "containerDefinitions": [
        { "name": "db", "image": "redis:7", "healthCheck": { "command": ["CMD-SHELL", "redis-cli ping || exit 1"] } },
        { "name": "migrate", "image": "myid/migrate:1", "essential": false, "dependsOn": [{ "containerName": "db", "condition": "HEALTHY" }] },
        { "name": "web", "image": "myid/web:1", "dependsOn": [{ "containerName": "migrate", "condition": "SUCCESS" }, { "containerName": "db", "condition": "START" }] }] }),
    );
    add(
        "linux",
        ec2(json!({ "linuxParameters": { "capabilities": { "add": ["SYS_PTRACE"], "drop": ["ALL"] }, "initProcessEnabled": true, "sharedMemorySize": 64,
        "tmpfs": [{ "containerPath": "/run", "size": 64, "mountOptions": ["rw", "noexec"] }], "devices": [{ "hostPath": "/dev/fuse", "containerPath": "/dev/fuse", "permissions": ["read", "write"] }],
        "maxSwap": 512, "swappiness": 60 } })),
    );
    add("drop-only", fargate(json!({ "linuxParameters": { "capabilities": { "drop": ["NET_RAW"] } } })));
    add(
        "ulimits",
        fargate(
            json!({ "ulimits": [{ "name": "nofile", "softLimit": 1024, "hardLimit": 4096 }], "systemControls": [{ "namespace": "net.core.somaxconn", "value": "1024" }] }),
        ),
    );
    add("labels", fargate(json!({ "dockerLabels": { "com.example.team": "a b", "traefik.http.routers.web.rule": "Host(`web.example.com`)", "empty": "" } })));
    add("restart", fargate(json!({ "restartPolicy": { "enabled": true, "ignoredExitCodes": [0], "restartAttemptPeriod": 180 } })));
    add(
        "stop",
        fargate(
            json!({ "startTimeout": 60, "stopTimeout": 120, "user": "1000:1000", "workingDirectory": "/srv", "readonlyRootFilesystem": true, "versionConsistency": "disabled" }),
        ),
    );
    add(
        "arm",
        with(
            with(fargate(json!({})), "runtimePlatform", json!({ "cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX" })),
            "ephemeralStorage",
            json!({ "sizeInGiB": 40 }),
        ),
    );
    add("sizes", with(with(fargate(json!({})), "cpu", json!(".25 vCPU")), "memory", json!("0.5 GB")));
    add("tags", with(fargate(json!({})), "tags", json!([{ "key": "team", "value": "a" }, { "key": "cost center", "value": "" }])));
    add("placement", with(ec2(json!({})), "placementConstraints", json!([{ "type": "memberOf", "expression": "attribute:ecs.instance-type =~ t3.*" }])));
    add("gpu", ec2(json!({ "resourceRequirements": [{ "type": "GPU", "value": "1" }] })));
    add("modes", with(with(fargate(json!({})), "pidMode", json!("task")), "enableFaultInjection", json!(true)));
    add(
        "shell",
        fargate(json!({ "entryPoint": ["sh", "-c"], "command": ["echo ${HOME} $$ %{x} {{ y }} 'z' \"q\" \\ && exec nginx -g 'daemon off;'"], "environment": [
        { "name": "PRICE", "value": "$5" }, { "name": "LINES", "value": "one\ntwo\n" }, { "name": "YES", "value": "yes" }, { "name": "N", "value": "0755" }, { "name": "PRICE", "value": "${AWS::Region}" }] })),
    );
    add(
        "splunk",
        ec2(json!({ "logConfiguration": { "logDriver": "splunk", "options": { "splunk-url": "https://splunk.example.com:8088", "tag": "" },
        "secretOptions": [{ "name": "splunk-token", "valueFrom": "arn:aws:ssm:ap-northeast-2:111122223333:parameter/splunk" }] } })),
    );
    add(
        "proxy",
        with(
            on("awsvpc", "EC2", json!({ "name": "envoy" })),
            "proxyConfiguration",
            json!({ "type": "APPMESH", "containerName": "envoy", "properties": [{ "name": "IgnoredUID", "value": "1337" }, { "name": "AppPorts", "value": "9080" }] }),
        ),
    );
    assert!(all.len() >= 30, "{}", all.len());
    all
}
