//! Texts of other tools as drafts: traps that people really fell into, each with what we make of it; and what must hold for
//! every input (`every.rs`): each leaf reported once, no credential anywhere, no panic.

#![allow(clippy::unwrap_used, missing_docs)]

mod every;
mod templates;

use serde_json::{Value, json};
use taskdef::{
    Lang,
    formats::{
        Format,
        import::{Answers, Import, Input, Refusal, Source, import},
        report::{Outcome, Report},
    },
};

fn read(text: &str) -> Import {
    let found = import(&Input::of(text)).unwrap_or_else(|refusal| panic!("{text}: {} {:?}", refusal.said.message.id, refusal.place));
    assert_eq!(found.report.unread, 0, "{text}: {:?}", unread(&found.report));
    found
}

fn unread(report: &Report) -> Vec<&str> {
    report.entries.iter().filter(|e| e.said.as_ref().is_some_and(|s| s.message.id == "import-unread")).map(|e| e.path.as_str()).collect()
}

fn refused(text: &str) -> (&'static str, usize) {
    let Refusal { place, said, .. } = import(&Input::of(text)).err().unwrap_or_else(|| panic!("read: {text}"));
    (said.message.id, place.line)
}

fn with(text: &str, answers: &[(&str, &str)]) -> Import {
    import(&Input { answers: answers.iter().copied().collect::<Answers>(), ..Input::of(text) }).unwrap()
}

fn at(import: &Import, pointer: &str) -> Value {
    import.drafts[0].draft.definition().pointer(pointer).cloned().unwrap_or(Value::Null)
}

fn says(import: &Import, id: &str) -> bool {
    import.report.notes.iter().chain(&import.report.entries).any(|e| e.said.as_ref().is_some_and(|s| s.message.id == id))
}

/// The only container of a Compose file with one service.
fn service(lines: &str) -> (Import, Value) {
    let found = read(&format!("services:\n  web:\n    image: nginx:1.27\n    {}\n", lines.replace('\n', "\n    ")));
    let container = at(&found, "/containerDefinitions/0");
    (found, container)
}

#[test]
fn a_key_of_compose_becomes_what_has_the_same_effect() {
    for (lines, pointer, due) in [
        ("ports: [\"8080:80\"]", "/portMappings/0", json!({ "containerPort": 80, "protocol": "tcp" })),
        ("ports: [\"53:53/udp\"]", "/portMappings/0/protocol", json!("udp")),
        (
            "environment: [A=1, B=, \"C=x=y\"]",
            "/environment",
            json!([{ "name": "A", "value": "1" }, { "name": "B", "value": "" }, { "name": "C", "value": "x=y" }]),
        ),
        ("environment:\n  V: 24.10\n  W: \"24.10\"", "/environment", json!([{ "name": "V", "value": "24.1" }, { "name": "W", "value": "24.10" }])),
        ("mem_limit: 50M", "/memory", json!(50)),
        ("deploy:\n  resources:\n    limits: {memory: 512M, cpus: '0.5'}\n    reservations: {cpus: '0.25'}", "/cpu", json!(256)),
        (
            "healthcheck:\n  test: curl -f http://localhost\n  interval: 3s\n  retries: 100",
            "/healthCheck",
            json!({
            "command": ["CMD-SHELL", "curl -f http://localhost"], "interval": 5, "timeout": 30, "retries": 10, "startPeriod": 300 }),
        ),
        ("command: npm run build && npm start", "/command", json!(["sh", "-c", "npm run build && npm start"])),
        ("command: nginx -g 'daemon off;'", "/command", json!(["nginx", "-g", "daemon off;"])),
        ("stop_grace_period: 1m30s", "/stopTimeout", json!(90)),
        ("ulimits:\n  nofile: {soft: 1024, hard: 2048}", "/ulimits/0", json!({ "name": "nofile", "softLimit": 1024, "hardLimit": 2048 })),
        ("init: true", "/linuxParameters/initProcessEnabled", json!(true)),
        ("tty: yes", "/pseudoTerminal", json!(true)),
        // Fargate runs it since January 2026; it was once dropped there.
        ("tmpfs: [\"/t:size=64m\"]", "/linuxParameters/tmpfs/0", json!({ "containerPath": "/t", "size": 64 })),
        ("cap_drop: [CAP_NET_RAW]", "/linuxParameters/capabilities/drop", json!(["NET_RAW"])),
        ("logging: {driver: json-file, options: {max-size: 10m}}", "/logConfiguration/logDriver", json!("awslogs")),
        ("user: 1000", "/user", json!("1000")),
    ] {
        let (_, container) = service(lines);
        assert_eq!(container.pointer(pointer), Some(&due), "{lines}: {container}");
    }
}

#[test]
fn what_will_break_is_said_and_never_filled_in_silently() {
    for (lines, id) in [
        ("mem_limit: 512", "import-memory-bytes"),
        ("privileged: true", "import-not-on-fargate"),
        ("volumes: [\"./nginx.conf:/etc/nginx/nginx.conf:ro\"]", "import-bind-file"),
        ("volumes: [\"/var/run/docker.sock:/var/run/docker.sock\"]", "import-bind-socket"),
        ("volumes: [\"data:/var/lib\"]", "import-volume-scratch"),
        ("ports: [\"127.0.0.1:8080:80\"]", "import-port-private"),
        ("ports: [\"8080:80\"]", "import-port-host"),
        ("environment: [SHELL_ONLY]", "import-env-shell"),
        ("environment: [\"KEY:value\"]", "import-env-colon"),
        ("healthcheck: {test: [curl, -f, x]}", "import-health-list"),
        ("healthcheck: {interval: 5s}", "import-health-image"),
        ("command: echo (x)", "import-command-broken"),
        ("enviroment: [A=1]", "import-misspelt-key"),
        ("secrets: [db]", "import-secret-no-file"),
        ("stop_signal: SIGINT", "import-stop-signal"),
        ("environment: [\"R=http://host.docker.internal:1\"]", "import-host-docker"),
        ("image: \"a:${TAG}\"", "import-image-variable"),
    ] {
        let text = format!("services:\n  web:\n    image: nginx:1.27\n    {}\n", lines.replace('\n', "\n    "));
        let text = if lines.starts_with("image") { text.replace("    image: nginx:1.27\n", "") } else { text };
        let found = read(&text);
        assert!(says(&found, id), "{lines}: {:?}", found.report.by_weight().iter().map(|e| e.words(Lang::En)).collect::<Vec<_>>());
    }
}

const SHOP: &str = "
name: shop
services:
  nginx:
    image: nginx:1.27
    ports: ['80:80']
    depends_on: [api]
    environment: {UPSTREAM: 'http://api:3000'}
  api:
    image: node:22
    expose: [3000]
    depends_on: {db: {condition: service_healthy}}
    environment: {DATABASE_URL: 'postgres://db:5432/app'}
  db:
    image: postgres:17
    volumes: ['data:/var/lib/postgresql/data']
volumes: {data: }
";

#[test]
fn an_application_becomes_the_tasks_that_a_person_chose() {
    let found = read(SHOP);
    assert_eq!(found.drafts.len(), 1, "the database is a managed service unless told otherwise");
    assert_eq!(at(&found, "/family"), "shop");
    let names: Vec<Value> = (0..2).map(|i| at(&found, &format!("/containerDefinitions/{i}/name"))).collect();
    assert_eq!(names, ["api", "nginx"], "what is needed comes first");
    assert_eq!(at(&found, "/containerDefinitions/1/environment/0/value"), "http://127.0.0.1:3000");
    assert_eq!(at(&found, "/containerDefinitions/0/environment/0/value"), "postgres://${DB_ENDPOINT}:5432/app");
    assert_eq!(at(&found, "/containerDefinitions/1/dependsOn/0"), json!({ "containerName": "api", "condition": "START" }));
    assert!(found.waits() && found.graph.len() == 3 && says(&found, "import-order-elsewhere"));

    let two = with(SHOP, &[("task:nginx", "2"), ("host:nginx:api", "keep")]);
    let families: Vec<&str> = two.drafts.iter().map(|made| made.name.as_str()).collect();
    assert_eq!(families, ["shop-api", "shop-nginx"]);
    assert_eq!(two.drafts[1].draft.definition()["containerDefinitions"][0]["environment"][0]["value"], "http://api:3000", "Service Connect keeps the name");
    assert!(says(&two, "import-host-other-task"));
}

#[test]
fn files_of_the_computer_come_back_as_a_dockerfile() {
    let found = read("services:\n  web:\n    image: nginx:1.27\n    volumes: [\"./nginx.conf:/etc/nginx/nginx.conf:ro\"]\n");
    assert_eq!(found.files[0].name, "Dockerfile.web");
    assert_eq!(found.files[0].text, "FROM nginx:1.27\nCOPY [\"./nginx.conf\",\"/etc/nginx/nginx.conf\"]\n");
}

#[test]
fn several_files_are_one_application() {
    let source = |name: &str, text: &str| Source { name: name.into(), text: text.into() };
    let files = vec![
        source("compose.yaml", "services:\n  web:\n    image: a:${TAG}\n    env_file: app.env\n    environment: {A: '1'}\n"),
        source("compose.override.yaml", "services:\n  web:\n    environment: {A: '2'}\n    command: [x]\n"),
        source(".env", "TAG=1.2\n"),
        source("app.env", "A=0\nB='two words' # c\n"),
    ];
    let found = import(&Input { files, ..Input::default() }).unwrap();
    assert_eq!(found.report.unread, 0);
    assert_eq!(at(&found, "/containerDefinitions/0/image"), "a:1.2");
    assert_eq!(at(&found, "/containerDefinitions/0/environment"), json!([{ "name": "B", "value": "two words" }, { "name": "A", "value": "2" }]));
    assert_eq!(at(&found, "/containerDefinitions/0/command"), json!(["x"]));
    let files = vec![source("", "docker run --env-file a.env x"), source("a.env", "A=\"1\" # x\n")];
    let found = import(&Input { files, ..Input::default() }).unwrap();
    assert_eq!(at(&found, "/containerDefinitions/0/environment/0/value"), "\"1\" # x", "Docker keeps quotes and comments");
}

/// What shares folders is in one task, and the agent starts the one that has them first.
#[test]
fn folders_of_another_service_are_shared_inside_a_task() {
    let text = "services:\n  web:\n    image: nginx:1.27\n    volumes_from: ['db:ro', 'container:old']\n  db:\n    image: postgres:17\n";
    let found = read(text);
    assert_eq!(at(&found, "/containerDefinitions/1/volumesFrom"), json!([{ "sourceContainer": "db", "readOnly": true }]));
    assert_eq!(at(&found, "/containerDefinitions/1/dependsOn"), Value::Null);
    assert!(says(&found, "import-no-place"), "container:old is not of this file");
    assert!(says(&with(text, &[("task:db", "managed")]), "import-folders-elsewhere"));
}

/// Source: compose-spec, `pre_start_hook`: a step inherits what it does not say.
#[test]
fn a_step_before_the_start_is_a_container_that_the_service_waits_for() {
    let text = "services:\n  db: {image: 'redis:7'}\n  web:\n    image: app:1\n    depends_on: [db]\n    environment: {A: '1', B: '2'}\n    ports: ['80:80']\n    pre_start:\n      - {command: [migrate], environment: {B: '3'}, per_replica: true}\n      - {image: 'busybox:1', command: [chown, x], user: root}\n";
    let found = with(text, &[("task:db", "1")]);
    assert_eq!(found.report.unread, 0, "{:?}", unread(&found.report));
    let containers = at(&found, "/containerDefinitions");
    let of = |name: &str| containers.as_array().unwrap().iter().find(|c| c["name"] == name).cloned().unwrap();
    let (first, second, web) = (of("web-pre-start-1"), of("web-pre-start-2"), of("web"));
    assert_eq!((&first["image"], &first["essential"], &first["command"]), (&json!("app:1"), &json!(false), &json!(["migrate"])));
    assert_eq!(first["environment"], json!([{ "name": "A", "value": "1" }, { "name": "B", "value": "3" }]));
    assert_eq!((&first["dependsOn"], &first["portMappings"]), (&json!([{ "containerName": "db", "condition": "START" }]), &Value::Null));
    assert_eq!((&second["image"], &second["user"]), (&json!("busybox:1"), &json!("root")));
    assert_eq!(second["dependsOn"], json!([{ "containerName": "web-pre-start-1", "condition": "SUCCESS" }]));
    assert_eq!(web["dependsOn"], json!([{ "containerName": "db", "condition": "START" }, { "containerName": "web-pre-start-2", "condition": "SUCCESS" }]));
    assert_eq!((&web["essential"], &web["environment"][1]["value"]), (&json!(true), &json!("2")));
    assert!(says(&found, "import-pre-start"));
    assert!(found.questions.iter().all(|question| !question.id.contains("pre-start")), "a step is where its service is");
}

#[test]
fn what_only_one_field_of_ecs_is_near_to_says_so() {
    let (found, container) = service("user: 1000\ngroup_add: [2000]");
    assert_eq!((&container["user"], says(&found, "import-group")), (&json!("1000:2000"), true));
    for (lines, id) in [
        ("group_add: [2000]", "import-groups"),
        ("user: app\ngroup_add: [audio]", "import-groups"),
        ("post_start: [{command: x}]", "import-post-start"),
        ("pre_stop: [{command: x}]", "import-pre-stop"),
        ("external_links: [other]", "import-external-link"),
    ] {
        assert!(says(&service(lines).0, id), "{lines}");
    }
    assert!(says(&read("services:\n  web:\n    image: a:1\njobs:\n  clean: {image: 'a:1', triggers: {schedule: ['0 * * * *']}}\n"), "import-jobs"));
    let found = read("services:\n  web: {image: 'nginx:1'}\n  helper: {image: 'a:1', pid: 'service:web'}\n");
    assert_eq!(at(&found, "/pidMode"), "task", "Fargate has it too");
}

/// A service that only sleeps is what ECS does by itself: its ports are those of the task.
#[test]
fn a_service_that_only_holds_the_network_is_no_container() {
    let text = "services:\n  net:\n    image: busybox:1\n    command: [sleep, infinity]\n    ports: ['8080:80', '9000:9000']\n  web: {image: 'nginx:1', network_mode: 'service:net'}\n  api: {image: 'api:1', network_mode: 'service:net'}\n";
    let found = read(text);
    let names: Vec<Value> = (0..3).map(|i| at(&found, &format!("/containerDefinitions/{i}/name"))).collect();
    assert_eq!(names, [json!("web"), json!("api"), Value::Null]);
    assert!(says(&found, "import-network-holder"));
    assert_eq!(at(&found, "/containerDefinitions/1/portMappings/0/containerPort"), 80, "asked, the last one unless a person says otherwise");
    let told = with(text, &[("port:80/tcp", "web")]);
    assert_eq!(at(&told, "/containerDefinitions/0/portMappings/0/containerPort"), 80);
    assert_eq!(at(&told, "/containerDefinitions/1/portMappings/0/containerPort"), 9000);
    let ec2 = with(text, &[("launch", "EC2")]);
    assert_eq!((at(&ec2, "/networkMode"), at(&ec2, "/containerDefinitions/1/portMappings/0/hostPort")), (json!("awsvpc"), Value::Null));
}

/// A draft keeps at most 64 KiB of a template's language. What it has no room for was dropped in silence, all of it.
#[test]
fn what_a_draft_has_no_room_for_is_told_and_the_rest_is_kept() {
    let variables: String = (0..400).map(|i| format!("            - {{Name: V{i}, Value: !Sub '{}-${{P}}'}}\n", "x".repeat(300))).collect();
    let text = format!(
        "Parameters: {{P: {{Type: String, Default: y}}}}\nResources:\n  T:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      Family: web\n      ContainerDefinitions:\n        - Name: w\n          Image: !Sub 'a:${{P}}'\n          Environment:\n{variables}"
    );
    let found = read(&text);
    let note = found.report.notes.iter().find(|e| e.said.as_ref().is_some_and(|s| s.message.id == "import-language")).unwrap();
    assert!(note.words(Lang::En).contains(|c: char| c.is_ascii_digit()), "{}", note.words(Lang::En));
    let draft = found.kept(0).unwrap().to_text();
    assert!(draft.contains("a:${P}") && draft.len() < 1 << 20, "{}", draft.len());
}

/// Source: issues of composerize, as formats lists them.
#[test]
fn a_docker_run_line_is_read_as_docker_reads_it() {
    for (text, pointer, due) in [
        ("docker run -d nginx", "/containerDefinitions/0/image", json!("nginx")),
        (
            "docker run -itd --name web -p 8080:80 nginx:1.27 nginx -g 'daemon off;' --rm",
            "/containerDefinitions/0/command",
            json!(["nginx", "-g", "daemon off;", "--rm"]),
        ),
        ("docker run --entrypoint /bin/bash img -c 'a b'", "/containerDefinitions/0/entryPoint", json!(["/bin/bash"])),
        ("docker run -p80:80/udp x", "/containerDefinitions/0/portMappings/0/protocol", json!("udp")),
        ("docker run -m 512m --cpus=.5 x", "/containerDefinitions/0/memory", json!(512)),
        ("sudo podman run --ulimit nofile=1:2 x", "/containerDefinitions/0/ulimits/0/hardLimit", json!(2)),
        ("$ docker run \\  \n -e A=1 \\\n -e \"B=b c\" x", "/containerDefinitions/0/environment/1/value", json!("b c")),
        ("TAG=7\ndocker run x:$TAG", "/containerDefinitions/0/image", json!("x:7")),
        ("docker run --health-cmd 'curl -f x' --health-interval 10s x", "/containerDefinitions/0/healthCheck/interval", json!(10)),
        (
            "docker run --mount type=volume,src=d,dst=/d,readonly x",
            "/containerDefinitions/0/mountPoints/0",
            json!({ "sourceVolume": "d", "containerPath": "/d", "readOnly": true }),
        ),
        ("docker run --stop-timeout 40 x", "/containerDefinitions/0/stopTimeout", json!(40)),
        ("docker run --name my.app x", "/family", json!("my-app")),
    ] {
        let found = read(text);
        assert_eq!((found.format, at(&found, pointer)), (Format::DockerRun, due), "{text}");
    }
    assert_eq!(refused("docker run --port 80:80 x"), ("import-flag-near", 1));
    assert_eq!(refused("docker run -d --xyzzy=1 x"), ("import-flag-unknown", 1));
    assert_eq!(refused("docker run -e A=1"), ("import-no-image-word", 1));
    assert_eq!(refused("docker run -e"), ("import-flag-value", 1));
    let two =
        read("docker network create n\ndocker run -d --name db --network n postgres:17 && docker run -d --name web -p 80:80 --network n -e DB=db:5432 nginx");
    assert_eq!((two.graph.len(), two.drafts.len()), (2, 1));
    assert!(says(&two, "import-run-other") && two.waits());
    assert!(!read("docker run -d --name web -p 8080:80 nginx:1.27").waits(), "one press");
}

#[test]
fn hand_written_json_is_read_and_what_it_lacks_is_told() {
    let found = read("{\n  // family\n  “family”: \"web\", \"containerDefinitions\": [{'name': \"a\", \"image\": \"b:1\",},],\n}");
    assert_eq!((at(&found, "/family"), at(&found, "/containerDefinitions/0/name")), (json!("web"), json!("a")));
    assert!(says(&found, "import-lenient"));
    assert_eq!(refused("{\n \"family\": \"web,\n \"containerDefinitions\": []}"), ("import-json-quote", 2));
    assert_eq!(refused("{\n \"family\": \"web\",\n \"containerDefinitions\": [{}\n}"), ("import-json-bracket", 3));
}

/// Marked values in every place where people keep them: none is in a draft, a report or an error.
#[test]
fn no_credential_is_in_a_draft_a_report_or_an_error() {
    const MARK: &str = "AKIAQQQQWWWWEEEERRRR";
    let json = |value: &str| {
        format!(
            "{{\"family\": \"w\", \"containerDefinitions\": [{{\"name\": \"w\", \"image\": \"a:1\", \"environment\": [{{\"name\": \"X\", \"value\": \"{value}\"}}], \"dockerLabels\": {{\"l\": \"{value}\"}}, \"command\": [\"--key={value}\"]}}]}}"
        )
    };
    let texts = [
        format!(
            "services:\n  web:\n    image: a:1\n    environment: [X={MARK}]\n    command: run --key {MARK}\n    labels: {{l: {MARK}}}\n    healthcheck: {{test: 'x {MARK}'}}\n    hostname: {MARK}\n    {MARK}: 1\n"
        ),
        format!("docker run -e X={MARK} -l l={MARK} --hostname {MARK} a:1 run --key={MARK}"),
        json(MARK),
        format!("// c\n{}", json(MARK)),
        format!(
            "AWSTemplateFormatVersion: '1'\nParameters: {{P: {{Default: {MARK}}}}}\nResources:\n  T:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      ContainerDefinitions: [{{Name: w, Image: 'a:1', Environment: [{{Name: X, Value: !Ref P}}]}}]\n"
        ),
        format!(
            "resource \"aws_ecs_task_definition\" \"w\" {{\n  family = \"w\"\n  container_definitions = jsonencode([{{ name = \"w\", image = \"a:1\", command = [\"{MARK}\"] }}])\n}}\n"
        ),
        format!("name: web\ntype: Backend Service\nimage: {{location: 'a:1'}}\nvariables: {{X: {MARK}}}\n"),
    ];
    for text in texts {
        let found = read(&text);
        let kept: String = found.drafts.iter().map(|made| made.draft.to_text()).collect();
        let told = format!(
            "{} {} {:?} {:?}",
            found.report.to_json(Lang::En),
            found.report.to_value(0, found.drafts[0].draft.definition()),
            found.questions,
            found.files
        );
        assert!(!kept.contains(MARK), "{text}\n{kept}");
        assert!(!told.contains(MARK), "{text}\n{told}");
        assert!(found.waits() && found.report.count(Outcome::Asked) > 0, "{text}");
    }
    for text in [
        format!("{{\"family\": \"{MARK}\n\"x\": 1}}"),
        format!("services:\n  a: [{MARK}\n"),
        format!("docker run --nope {MARK} x"),
        format!("docker run --name {MARK}"),
    ] {
        let refusal = import(&Input::of(&text)).unwrap_err();
        assert!(!format!("{refusal:?} {}", refusal.words(Lang::Ko)).contains(MARK), "{text}: {refusal:?}");
    }
    let kept =
        with(&format!("services:\n  web:\n    image: a:1\n    environment: [X={MARK}]\n"), &[("secret:0:/containerDefinitions/0/environment/0", "keep")]);
    assert_eq!(at(&kept, "/containerDefinitions/0/environment/0/value"), MARK, "a person may keep it");
}

/// What the input itself calls a secret is one, whatever it looks like.
#[test]
fn what_a_template_or_a_module_hides_is_in_no_draft_and_no_report() {
    let template = "Parameters: {P: {Type: String, NoEcho: true, Default: quiet-value}}\nResources:\n  T:\n    Type: AWS::ECS::TaskDefinition\n    Properties: {Family: w, ContainerDefinitions: [{Name: w, Image: 'a:1', User: !Ref P}]}\n";
    let module = "variable \"p\" {\n  default = \"quiet-value\"\n  sensitive = true\n}\nresource \"aws_ecs_task_definition\" \"w\" {\n  family = \"w\"\n  container_definitions = jsonencode([{ name = \"w\", image = \"a:1\", user = var.p }])\n}\n";
    let values = Source { name: "terraform.tfvars".into(), text: "p = \"quiet-value\"\n".into() };
    for files in
        [vec![Source::pasted(template)], vec![Source::pasted(module)], vec![Source::pasted(module), values.clone()], vec![values, Source::pasted(module)]]
    {
        let found = import(&Input { files, ..Input::default() }).unwrap();
        let kept = format!("{} {}", found.kept(0).unwrap().to_text(), found.report.to_json(Lang::En));
        assert!(!kept.contains("quiet-value") && at(&found, "/containerDefinitions/0/user").as_str().unwrap().starts_with("${"), "{kept}");
    }
}

#[test]
fn a_report_that_is_kept_beside_a_draft_says_the_same_again() {
    let found = read(SHOP);
    let again = Report::from_value(&found.report.to_value(0, found.drafts[0].draft.definition()));
    let words = |report: &Report| report.by_weight().iter().map(|e| (e.path.clone(), e.words(Lang::Ko), e.place)).collect::<Vec<_>>();
    assert_eq!(words(&again), words(&found.report));
}
