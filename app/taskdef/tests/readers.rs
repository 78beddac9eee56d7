//! Broken texts through every reader: no panic, no leaf forgotten, every refusal in words. A few hundred a reader with every test;
//! `cargo xtask torture import` runs as many as it is told.

#![allow(clippy::unwrap_used, missing_docs)]

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    time::{Duration, Instant},
};
use taskdef::{
    Lang,
    facts::Images,
    formats::{
        Format, check,
        import::{Input, dotenv, import},
    },
};

/// Texts of each format, to be broken. A text of another format is a broken text too, so each reader gets pieces of all.
const SEEDS: [(Format, &[&str]); 9] = [
    (
        Format::Json,
        &[
            "{\"taskDefinition\": {\"family\": \"w\", \"revision\": 3, \"cpu\": \"256\", \"containerDefinitions\": [{\"name\": \"w\", \"image\": \"a:1\", \"environment\": [{\"name\": \"A\", \"value\": \"1\"}]}]}, \"tags\": []}",
            "{\n  // family\n  “family”: \"web\", \"containerDefinitions\": [{'name': \"a\", \"image\": \"b:1\",},],\n}",
        ],
    ),
    (
        Format::Compose,
        &[
            "name: shop\nx-base: &base\n  restart: always\nservices:\n  nginx:\n    <<: *base\n    image: nginx:1.27\n    ports: ['80:80', '127.0.0.1:9090-9091:8080-8081/udp']\n    depends_on: {api: {condition: service_healthy}}\n    environment: {UP: 'http://api:3000', V: 24.10}\n    volumes: ['./a.conf:/etc/a.conf:ro', 'data:/d']\n  api:\n    build: {context: ., args: {A: '1'}}\n    command: npm run build && npm start\n    healthcheck: {test: ['CMD', 'x'], interval: 1m30s}\n    deploy: {replicas: 2, resources: {limits: {memory: 512M, cpus: '0.5'}}}\n    secrets: [db]\nvolumes: {data: {driver: local, driver_opts: {type: nfs, o: 'addr=fs-1.efs.x', device: ':/p'}}}\nsecrets: {db: {file: ./x}}\n",
            "services: {web: {image: \"a:${TAG:-1}\", env_file: [.env], tmpfs: '/t:size=64m', ulimits: {nofile: {soft: 1, hard: 2}}}}",
            "services:\n  net: {image: b:1, command: [sleep, infinity], ports: ['80:80', {target: 53, protocol: udp}], sysctls: {net.x: 1}, x-ecs-ports: {web: [80/tcp]}}\n  web: # front\n    image: a:1\n    network_mode: service:net\n    pid: service:net\n    environment: {S: '${WEB_S:?x}'}\n    x-ecs-secrets: {S: 'arn:aws:ssm:a:1:parameter/s'}\n    pre_start: [{command: [m], environment: {A: 1}, per_replica: true}]\n    user: 1\n    group_add: [2]\n  db: {image: c:1, volumes: ['d:/d']}\n  log: {image: a:1, volumes_from: ['db:ro'], network_mode: none}\nvolumes: {d: {driver: local, driver_opts: {type: none, o: bind, device: /x}, labels: [a=b]}}\nx-ecs-tags: {t: v}\njobs: {j: {image: a}}\n",
        ],
    ),
    (
        Format::DockerRun,
        &[
            "sudo docker run -d --name web -p 8080:80 -e \"A=$(x)\" \\\n  --mount type=bind,src=a,dst=/b --health-cmd 'curl -f x' nginx:1.27 sh -c 'a && b'\npodman run -it --rm x; echo y",
            "$ docker run --gpus all --ulimit nofile=1:2 --tmpfs /t:size=1m -v /a:/b:ro --log-opt max-size=1m a:1",
        ],
    ),
    (
        Format::CloudFormation,
        &[
            "AWSTemplateFormatVersion: '2010-09-09'\nParameters: {P: {Type: String, Default: x}, L: {Type: CommaDelimitedList, Default: 'a,b'}}\nMappings: {M: {eu: {v: '1'}}}\nConditions: {C: !Equals [!Ref P, x]}\nResources:\n  T:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      Cpu: !Ref P\n      ExecutionRoleArn: !GetAtt Role.Arn\n      ContainerDefinitions:\n        - Name: w\n          Image: !Sub 'a:${P}-${AWS::Region}'\n          Command: !If [C, [a], !Ref AWS::NoValue]\n          User: !Join ['-', [a, !Select [0, !Ref L]]]\n          Hostname: !FindInMap [M, eu, v]\n",
            "{\"Resources\": {\"T\": {\"Type\": \"AWS::ECS::TaskDefinition\", \"Properties\": {\"Family\": {\"Fn::Sub\": [\"${a}\", {\"a\": {\"Ref\": \"B\"}}]}, \"ContainerDefinitions\": [{\"Name\": \"w\"}]}}}}",
        ],
    ),
    (
        Format::Terraform,
        &[
            "variable \"x\" {\n  default = \"y\"\n}\nlocals { a = { b = [1, \"c\"] } }\nresource \"aws_ecs_task_definition\" \"w\" {\n  family = \"${var.x}-${local.a.b[1]}\"\n  cpu    = var.big ? 1024 : 256\n  container_definitions = jsonencode([merge({ name = \"w\" }, { image = format(\"%s:%d\", var.x, 1) })])\n  volume {\n    name = \"d\"\n    efs_volume_configuration { file_system_id = \"fs-1\" }\n  }\n  tags = { a = \"b\" }\n}\n",
            "resource \"aws_ecs_task_definition\" \"w\" {\n  family = \"w\"\n  container_definitions = <<EOF\n[{\"name\": \"w\",\n \"image\": \"${var.i}\", \"cpu\": ${var.c}}]\nEOF\n}\n",
        ],
    ),
    (
        Format::TerraformState,
        &[
            "{\"format_version\": \"1.0\", \"values\": {\"root_module\": {\"child_modules\": [{\"resources\": [{\"address\": \"m.w\", \"mode\": \"managed\", \"type\": \"aws_ecs_task_definition\", \"values\": {\"family\": \"w\", \"ipc_mode\": \"\", \"volume\": [], \"container_definitions\": \"[{\\\"name\\\":\\\"w\\\"}]\"}}]}]}}}",
            "{\"version\": 4, \"terraform_version\": \"1\", \"resources\": [{\"type\": \"aws_ecs_task_definition\", \"name\": \"w\", \"instances\": [{\"index_key\": 0, \"attributes\": {\"family\": \"w\", \"container_definitions\": \"[]\"}}]}]}",
        ],
    ),
    (
        Format::AwsCli,
        &[
            "aws ecs register-task-definition --family w --cpu 256 --requires-compatibilities FARGATE EC2 \\\n --container-definitions '[{\"name\":\"w\",\"image\":\"a:1\"}]' --region eu-west-1",
            "aws ecs register-task-definition --cli-input-json '{\"family\": \"w\"}' --volumes name=a,host={sourcePath=/x} --tags key=a,value=b",
            "#!/usr/bin/env bash\nset -euo pipefail\nexport AWS_REGION='eu-west-1'\nif [ -z \"${TASK_TAG:-}\" ]; then\n  exit 2\nfi\ncase \"$TASK_TAG\" in\n  *[\\\"\\\\]* | *[[:cntrl:]]*)\n    exit 2\n    ;;\nesac\ndefinition='{\n  \"family\": \"w\",\n  \"containerDefinitions\": [{\"name\": \"w\", \"image\": \"a:'\"${TASK_TAG}\"'\", \"memory\": '\"${TASK_M}\"'}]\n}'\naws ecs register-task-definition --cli-input-json \"$definition\"\n",
        ],
    ),
    (
        Format::Ecspresso,
        &[
            "{\"family\": \"w\", \"cpu\": \"{{ env `CPU` `256` }}\", \"containerDefinitions\": [{\"name\": \"w\", \"image\": \"a:{{ must_env \"TAG\" }}\", \"memory\": {{ env `M` `1` }} }]}",
            "{\"containerDefinitions\": [{\"image\": \"{{ tfstate `aws_ecr_repository.a['b'].url` }}\", \"name\": \"{{ `}}` }}\"}]}",
        ],
    ),
    (
        Format::Copilot,
        &[
            "name: web\ntype: Load Balanced Web Service\nimage: {location: 'a:1', port: 8080, healthcheck: {command: 'x', interval: 5s}}\ncpu: 512\nhttp: {path: /}\nvariables: {A: 1, B: {from_cfn: x}}\nsecrets: {K: /copilot/k}\nstorage: {ephemeral: 30, volumes: {v: {efs: true, path: /v}}}\nsidecars:\n  n: {image: 'nginx:1', port: 80}\nenvironments: {test: {cpu: 256}}\n",
            "name: job\ntype: Scheduled Job\nplatform: {osfamily: linux, architecture: arm64}\nimage: {build: ./Dockerfile}\non: {schedule: '@daily'}\ntaskdef_overrides: [{path: 'a', value: b}]\n",
        ],
    ),
];

const PIECES: [&str; 36] = [
    "{", "}", "[", "]", "(", ")", "\"", "'", "`", "${", "{{", "}}", "%{", "!Sub ", "!Ref ", "&a ", "*a", "<<: ", "? ", "- ", ": ", "\n", "\t", "\u{0}",
    "\u{202e}", "\u{feff}", "\\", "<<EOF\n", "EOF\n", "|", ";", "$(", "=", "#", "--", "한",
];

/// A generator of numbers (xorshift): the same for the same start, so that what fails once can be run again.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    /// A place between two characters.
    fn place(&mut self, text: &str) -> usize {
        let at = self.below(text.len() + 1);
        (0..=at).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0)
    }

    fn range(&mut self, text: &str, most: usize) -> std::ops::Range<usize> {
        let from = self.place(text);
        let to = from + self.below((text.len() - from).min(most) + 1);
        from..(from..=to).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(from)
    }
}

/// A text of the format with one to four things wrong.
fn broken(dice: &mut Dice, seeds: &[&str]) -> String {
    let mut text = seeds[dice.below(seeds.len())].to_owned();
    for _ in 0..=dice.below(4) {
        match dice.below(6) {
            0 | 1 => {
                let at = dice.place(&text);
                text.insert_str(at, PIECES[dice.below(PIECES.len())]);
            }
            2 => {
                let range = dice.range(&text, 40);
                text.replace_range(range, "");
            }
            3 => {
                let range = dice.range(&text, 200);
                let again = text[range.clone()].to_owned();
                text.insert_str(range.end, &again);
            }
            4 => {
                let (_, others) = SEEDS[dice.below(SEEDS.len())];
                let other = others[dice.below(others.len())];
                let piece = &other[dice.range(other, 120)];
                let at = dice.place(&text);
                text.insert_str(at, piece);
            }
            _ => {
                let noise: String = (0..dice.below(12)).map(|_| char::from_u32(dice.below(0x300) as u32).unwrap_or('x')).collect();
                let range = dice.range(&text, 12);
                text.replace_range(range, &noise);
            }
        }
    }
    text
}

fn rounds() -> u64 {
    std::env::var("TASKWRIGHT_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(300)
}

/// Reads a text, by its format or as whatever it is recognised as; whether it was read.
fn reads(format: Option<Format>, text: &str) -> bool {
    let input = Input { format, ..Input::of(text) };
    match import(&input) {
        Ok(found) => {
            assert_eq!(found.report.unread, 0, "a leaf without a word");
            true
        }
        Err(refusal) => {
            assert!(!refusal.words(Lang::En).is_empty() && !refusal.words(Lang::Ko).is_empty());
            false
        }
    }
}

#[test]
fn no_broken_text_makes_a_reader_panic_or_forget() {
    let rounds = rounds();
    let only = std::env::var("TASKWRIGHT_FORMAT").ok();
    assert!(only.as_deref().is_none_or(|only| SEEDS.iter().any(|(format, _)| format.name() == only)), "no reader of {only:?}");
    for (number, (format, seeds)) in SEEDS.into_iter().enumerate().filter(|(_, (format, _))| only.as_deref().is_none_or(|only| only == format.name())) {
        let (from, mut read, mut longest) = (Instant::now(), 0, (Duration::ZERO, String::new()));
        for seed in seeds {
            assert!(reads(Some(format), seed), "{format:?} reads what is not broken: {seed}");
        }
        for round in 0..rounds {
            let mut dice = Dice((round + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (number as u64 + 1) << 56);
            let text = broken(&mut dice, seeds);
            let started = Instant::now();
            // Each reader gets the text by its name; now and then the door has to recognise it, and the rules look at it.
            let done = catch_unwind(AssertUnwindSafe(|| match round % 8 {
                0 => reads(None, &text),
                1 => check(&Input::of(text.clone()), None, None, &Images::default()).is_ok(),
                _ => reads(Some(format), &text),
            }));
            match done {
                Ok(ok) => read += u64::from(ok),
                Err(_) => panic!("{format:?}, round {round}: {text:?}"),
            }
            let took = started.elapsed();
            if took > longest.0 {
                longest = (took, text);
            }
        }
        eprintln!("{}: {rounds} texts, {read} of them read, {} s, longest {:?}", format.name(), from.elapsed().as_secs(), longest.0);
        assert!(read > 0 && read < rounds, "texts that are not all broken and not all whole: {read}");
    }
}

#[test]
fn no_broken_file_of_variables_makes_its_reader_panic() {
    let seeds = ["A=1\nB='x\ny'\nexport C=\"a\\n${A:-b}\" # c\nD: e\nF\n", "K=v\r\n # c\n =x\nA=$$\n"];
    let mut lines = 0;
    for round in 0..rounds() {
        let mut dice = Dice((round + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let text = broken(&mut dice, &seeds);
        for grammar in [dotenv::Grammar::Compose, dotenv::Grammar::Docker] {
            lines += dotenv::read(&text, grammar).len();
        }
    }
    assert!(lines > 0);
}
