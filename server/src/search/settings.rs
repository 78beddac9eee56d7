//! The questions of the steps, and the fields among their more settings.

use super::entry::{Entry, Kind, Target};
use app::{texts, tr};
use taskdef::{
    Lang,
    questions::{
        Cluster, Container, Health, List, Logs, Size,
        fields::{self, specs},
    },
};

type Text = fn(Lang) -> &'static str;

/// A question: key in the JSON, title, sentence, word of the glossary, other names.
struct Row(&'static str, Text, Text, &'static str, &'static str, Target);

/// Every question of the steps.
#[rustfmt::skip]
fn rows() -> [Row; 34] {
    [
        Row("region", |l| tr!(l, cluster.region), |l| tr!(l, cluster.region_hint), "region", "지역, 서울, 도쿄, seoul, location, ap-northeast-2, us-east-1", Target::Question(Cluster::Region.into())),
        Row("cluster", |l| tr!(l, cluster.name), |l| tr!(l, cluster.name_hint), "cluster", "클러스터, cluster", Target::Question(Cluster::Name.into())),
        Row("requiresCompatibilities", |l| tr!(l, search.launch), |l| tr!(l, cluster.launch), "launch-type", "fargate, 파게이트, ec2, 서버리스, serverless, launch type", Target::Question(Cluster::Launch.into())),
        Row("instanceType", |l| tr!(l, cluster.instance), |l| tr!(l, cluster.ec2_hint), "ec2", "t3.micro, t2.micro, 서버 크기, instance", Target::Question(Cluster::InstanceType.into())),
        Row("count", |l| tr!(l, cluster.count), |l| tr!(l, cluster.ec2_hint), "ec2", "instances", Target::Question(Cluster::Count.into())),
        Row("family", |l| tr!(l, size.family), |l| tr!(l, size.family_hint), "family", "패밀리, family, task definition name, 태스크 이름", Target::Question(Size::Family.into())),
        Row("runtimePlatform", |l| tr!(l, size.platform), |l| tr!(l, size.x86_hint), "architecture", "arm, arm64, graviton, x86, amd64, apple silicon, m1, 아키텍처, 운영체제, os, architecture", Target::Question(Size::Platform.into())),
        Row("cpu", |l| tr!(l, size.ec2_cpu), |l| tr!(l, size.hint), "task-size", "cpu, vcpu, 씨피유, 코어, core, 프로세서, 사양, 스펙", Target::TaskSize(Size::Cpu)),
        Row("memory", |l| tr!(l, size.ec2_memory), |l| tr!(l, size.hint), "task-size", "메모리, memory, ram, 램, 용량, 크기, size", Target::TaskSize(Size::Memory)),
        Row("containerDefinitions[].name", |l| tr!(l, containers.name), |l| tr!(l, containers.name_hint), "container", "container name", Target::OfContainer(Container::Name)),
        Row("containerDefinitions[].image", |l| tr!(l, containers.image), |l| tr!(l, containers.image_hint), "image", "이미지, image, docker hub, 도커 허브, ecr, 태그, tag, uri", Target::OfContainer(Container::Image)),
        Row("containerDefinitions[].cpu", |l| tr!(l, search.container_cpu), |l| tr!(l, containers.cpu_hint), "cpu-unit", "cpu units, cpu 유닛", Target::OfContainer(Container::Cpu)),
        Row("containerDefinitions[].memoryReservation", |l| tr!(l, containers.soft), |l| tr!(l, containers.soft_hint), "soft-limit", "소프트 제한, soft limit, 예약, reservation", Target::OfContainer(Container::MemoryReservation)),
        Row("containerDefinitions[].memory", |l| tr!(l, containers.hard), |l| tr!(l, containers.hard_hint), "hard-limit", "하드 제한, hard limit, 메모리 제한, memory limit", Target::OfContainer(Container::Memory)),
        Row("containerDefinitions[].essential", |l| tr!(l, containers.essential), |l| tr!(l, containers.ess_yes_hint), "essential", "필수, 필수 컨테이너, essential", Target::OfContainer(Container::Essential)),
        Row("containerDefinitions[].environment", |l| tr!(l, containers.env), |l| tr!(l, containers.env_hint), "environment-variable", "환경변수, env, .env, dotenv, NODE_ENV, variable, 변수", Target::Rows(List::Environment)),
        Row("containerDefinitions[].secrets", |l| tr!(l, containers.secrets), |l| tr!(l, containers.secrets_hint), "secret", "비밀번호, password, secret, 시크릿, secrets manager, ssm, api key, 토큰, db 비밀번호", Target::Rows(List::Secrets)),
        Row("containerDefinitions[].portMappings", |l| tr!(l, search.port), |l| tr!(l, ports.lead), "port-mapping", "포트, 포트 매핑, port mapping, 80, 8080, containerPort, hostPort, 호스트 포트, protocol, 프로토콜", Target::Rows(List::PortMappings)),
        Row("containerDefinitions[].healthCheck", |l| tr!(l, search.check), |l| tr!(l, health.lead), "health-check", "상태 확인, 헬스체크, 헬스 체크, health check, curl, wget", Target::OfHealth(Health::Kind)),
        Row("containerDefinitions[].healthCheck.path", |l| tr!(l, search.check_path), |l| tr!(l, health.path_hint), "health-check", "/health, endpoint, 엔드포인트", Target::OfHealth(Health::Path)),
        Row("containerDefinitions[].healthCheck.interval", |l| tr!(l, health.interval), |l| tr!(l, health.lead), "health-check", "주기, 확인 주기", Target::OfHealth(Health::Interval)),
        Row("containerDefinitions[].healthCheck.timeout", |l| tr!(l, search.check_timeout), |l| tr!(l, health.lead), "health-check", "timeout, 제한 시간, 타임아웃", Target::OfHealth(Health::Timeout)),
        Row("containerDefinitions[].healthCheck.retries", |l| tr!(l, health.retries), |l| tr!(l, health.lead), "health-check", "재시도, retry", Target::OfHealth(Health::Retries)),
        Row("containerDefinitions[].healthCheck.startPeriod", |l| tr!(l, health.start), |l| tr!(l, health.lead), "start-period", "시작 기간, 유예 시간, grace period", Target::OfHealth(Health::StartPeriod)),
        Row("containerDefinitions[].dependsOn", |l| tr!(l, health.order), |l| tr!(l, search.order_note), "start-order", "순서, 의존성, dependency, dependsOn, depends on, 먼저 시작", Target::Rows(List::DependsOn)),
        Row("containerDefinitions[].logConfiguration", |l| tr!(l, search.logs), |l| tr!(l, logs.lead), "log-group", "로그, log, logs, logging, 로깅, cloudwatch, 클라우드워치, awslogs", Target::Question(Logs::Keep.into())),
        Row("awslogs-group", |l| tr!(l, logs.group), |l| tr!(l, logs.group_hint), "log-group", "log group", Target::Question(Logs::Group.into())),
        Row("awslogs-stream-prefix", |l| tr!(l, logs.prefix), |l| tr!(l, logs.lead), "log-stream", "로그 스트림, stream prefix, 접두사", Target::Question(Logs::Prefix.into())),
        Row("awslogs-create-group", |l| tr!(l, search.create_group), |l| tr!(l, logs.create_hint), "log-group", "create log group", Target::Question(Logs::Create.into())),
        Row("executionRoleArn", |l| tr!(l, logs.role), |l| tr!(l, logs.role_hint), "execution-role", "실행 역할, 역할, role, execution role, ecsTaskExecutionRole, iam, 권한", Target::Question(Logs::ExecutionRole.into())),
        Row("taskRoleArn", |l| tr!(l, logs.task_role), |l| tr!(l, logs.task_role_hint), "task-role", "task role, iam, s3, dynamodb, sqs, 권한, 퍼미션, permission", Target::Question(Logs::TaskRole.into())),
        Row("cost", |l| tr!(l, size.cost), |l| tr!(l, size.hint), "task-size", "비용, 요금, 가격, 얼마, cost, price, pricing, 돈, money, 청구, billing, won, 원", Target::Wizard(app::address::Page::Step(taskdef::Step::Size), "cost-h")),
        Row("resources", |l| tr!(l, size.exact_label), |l| tr!(l, size.hint), "task-size", "조합, fargate sizes, 크기 조합", Target::TaskSize(Size::Cpu)),
        Row("containers", |l| tr!(l, search.containers), |l| tr!(l, containers.lead), "container", "컨테이너, container, containers", Target::Wizard(app::address::Page::Step(taskdef::Step::Containers), "")),
    ]
}

/// Other names of fields and groups.
const ALSO: [(&str, &str); 24] = [
    ("volumes", "볼륨, volume, volumes, 저장소, 스토리지, storage, 디스크, 파일 보관, 데이터 보관, persistent"),
    ("volumes[].efsVolumeConfiguration", "efs, elastic file system, nfs, 공유 저장소"),
    ("containerDefinitions[].mountPoints", "마운트, mount, 볼륨 연결, 볼륨 마운트"),
    ("ephemeralStorage.sizeInGiB", "임시 저장소, 디스크, 디스크 크기, disk, disk size, ephemeral storage, 20 GiB"),
    ("containerDefinitions[].command", "명령, 명령어, 실행 명령, cmd, 시작 명령, start command"),
    ("containerDefinitions[].entryPoint", "entrypoint, 엔트리포인트"),
    ("containerDefinitions[].user", "uid, root, 사용자"),
    ("containerDefinitions[].workingDirectory", "workdir, 작업 폴더, cwd"),
    ("containerDefinitions[].stopTimeout", "종료 시간, sigterm, graceful shutdown, 정상 종료"),
    ("containerDefinitions[].repositoryCredentials.credentialsParameter", "private registry, 비공개 레지스트리, docker hub 로그인, docker login"),
    ("containerDefinitions[].environmentFiles", "env file, s3 환경 파일"),
    ("containerDefinitions[].readonlyRootFilesystem", "read only, readonly, 읽기 전용"),
    ("containerDefinitions[].linuxParameters.initProcessEnabled", "init, tini, zombie, 좀비 프로세스, exec, ecs exec"),
    ("containerDefinitions[].resourceRequirements", "gpu, 그래픽 카드, cuda, nvidia"),
    ("containerDefinitions[].ulimits", "ulimit, nofile, open files, 파일 수"),
    ("containerDefinitions[].firelensConfiguration", "firelens, fluent bit, fluentbit, log router, 로그 라우터"),
    ("containerDefinitions[].logConfiguration.logDriver", "log driver, splunk, syslog, json-file, 로그 드라이버"),
    ("containerDefinitions[].linuxParameters.sharedMemorySize", "shm, shm_size, /dev/shm"),
    ("containerDefinitions[].restartPolicy", "restart, 재시작, 다시 시작, 자동 재시작"),
    ("networkMode", "네트워크, network, awsvpc, bridge, host, vpc, eni"),
    ("tags", "태그, 비용 태그, cost allocation"),
    ("proxyConfiguration", "app mesh, envoy, proxy"),
    ("placementConstraints", "배치, placement"),
    ("containerDefinitions[].portMappings[].appProtocol", "service connect, grpc, http2"),
];

/// Names of questions that are no key of the JSON.
const NO_KEY: [&str; 7] = ["region", "cluster", "instanceType", "count", "cost", "resources", "containers"];

/// All of them; a field before the group that it is in.
pub(super) fn entries() -> Vec<Entry> {
    let questions = rows().into_iter().map(|Row(name, title, note, term, also, to)| {
        let key = if NO_KEY.contains(&name) { "" } else { name };
        Entry::new(Kind::Setting, format!("setting:{name}"), |l| title(l).to_owned(), |l| note(l).to_owned(), key, also, to).told(format!("glossary#{term}"))
    });
    let of = |group: bool| specs().iter().enumerate().filter(move |(_, spec)| (spec.kind == fields::Kind::Group) == group).map(|(i, spec)| of_field(i, spec));
    questions.chain(of(false)).chain(of(true)).collect()
}

fn of_field(i: usize, spec: &fields::Spec) -> Entry {
    let told = |lang| texts::told(lang, i);
    let group = spec.kind == fields::Kind::Group;
    let also = ALSO.iter().find(|(path, _)| *path == spec.path && !group).map_or("", |(_, also)| also);
    // An object without a control is found by the fields in it.
    let object = spec.path.rsplit('.').nth(1).filter(|part| !part.ends_with(']') && above(spec).is_none()).unwrap_or_default();
    let also = format!("{also}, {object}");
    let (code, prefix) = if group { ("", "group") } else { (spec.path.as_str(), "field") };
    // A member is called by its list too: many have a “Name”.
    let title = |lang| match above(spec) {
        Some(list) => format!("{}: {}", texts::told(lang, list).label, told(lang).label),
        None => told(lang).label.to_owned(),
    };
    Entry::new(Kind::Field, format!("{prefix}:{}", spec.path), title, |lang| told(lang).hint.to_owned(), code, &also, Target::Field(i))
}

/// The nearest field that this one is a member of.
fn above(spec: &fields::Spec) -> Option<usize> {
    let mut path = spec.path.as_str();
    loop {
        path = path[..path.rfind(['.', '['])?].trim_end_matches("[]");
        if let Some(i) = specs().iter().position(|s| s.path == path && s.kind != fields::Kind::Group) {
            return Some(i);
        }
    }
}
