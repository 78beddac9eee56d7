//! The commands that come after the registration: run by Bash with the AWS CLI replaced by one that writes down its words and says what
//! AWS would.

#![allow(clippy::unwrap_used, missing_docs)]

use serde_json::json;
use taskdef::{
    Draft, Lang,
    deploy::next::{Next, after, next, room::Room},
    preset::Preset,
};

fn ec2(mode: Option<&str>, instance: &str, count: u64) -> Draft {
    let mut draft = Draft::tutorial();
    draft.put("cluster", json!({ "name": "my-first-cluster", "launch": "EC2", "instanceType": instance, "count": count }));
    let definition = &mut draft.root_mut()["definition"];
    definition["requiresCompatibilities"] = json!(["EC2"]);
    match mode {
        Some(mode) => definition["networkMode"] = json!(mode),
        None => {
            definition.as_object_mut().unwrap().remove("networkMode");
        }
    }
    draft
}

/// The calls, each as its words.
#[cfg(unix)]
fn calls(steps: &Next) -> Vec<Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    let script: String = steps.stages.iter().map(|stage| format!("{}\n", stage.commands)).collect();
    // What is read from AWS: two subnets with a tab between them, an instance profile that does not exist yet, an id for everything else.
    let aws = "sleep() { :; }\naws() { printf '%s\\0' \"$@\" >>calls; printf '\\n\\0' >>calls; case \"$2\" in describe-subnets) printf 'subnet-1\\tsubnet-2\\n';; get-instance-profile) return 1;; *) echo \"the-$2\";; esac; }\n";
    let ran =
        std::process::Command::new("bash").args(["-euc", &format!("TASK_ARN= LOAD_BALANCER_ARN=\n{aws}{script}")]).current_dir(folder.path()).output().unwrap();
    assert!(ran.status.success() && ran.stderr.is_empty(), "{script}\n{}", String::from_utf8_lossy(&ran.stderr));
    let mut files: Vec<String> = std::fs::read_dir(folder.path()).unwrap().map(|f| f.unwrap().file_name().into_string().unwrap()).collect();
    files.retain(|file| !["calls", "ecs-user-data.sh", "schedule-policy.json", "schedule-target.json"].contains(&file.as_str()));
    assert!(files.is_empty(), "{files:?}");
    for json in ["schedule-policy.json", "schedule-target.json"] {
        if let Ok(text) = std::fs::read_to_string(folder.path().join(json)) {
            let value: serde_json::Value = serde_json::from_str(&text).unwrap();
            assert!(!value.to_string().contains('$'), "{value}");
        }
    }
    let written = std::fs::read_to_string(folder.path().join("calls")).unwrap();
    written.split("\n\0").map(|call| call.split_terminator('\0').map(str::to_owned).collect::<Vec<_>>()).filter(|call| !call.is_empty()).collect()
}

#[cfg(unix)]
fn of<'a>(calls: &'a [Vec<String>], operation: &str) -> &'a [String] {
    calls.iter().find(|call| call.get(1).is_some_and(|word| word == operation)).unwrap_or_else(|| panic!("no {operation} in {calls:?}"))
}

/// `subnet-0abc` and `sg-0abc` of before were nobody's.
#[cfg(unix)]
#[test]
fn what_aws_has_chosen_is_read_and_used_and_nothing_is_made_up() {
    let steps = after(&Draft::tutorial(), 3);
    assert!(steps.blanks.is_empty());
    let calls = calls(&steps);
    let network = "awsvpcConfiguration={subnets=[subnet-1,subnet-2],securityGroups=[the-create-security-group],assignPublicIp=ENABLED}";
    for operation in ["run-task", "create-service"] {
        let call = of(&calls, operation);
        assert!(call.contains(&network.to_owned()) && call.contains(&"my-task:3".to_owned()) && call.contains(&"FARGATE".to_owned()), "{call:?}");
    }
    let open = of(&calls, "authorize-security-group-ingress");
    assert_eq!(open.windows(2).find(|w| w[0] == "--port").map(|w| w[1].as_str()), Some("80"), "the port of Nginx, not the one behind it");
    let balancer = of(&calls, "create-load-balancer");
    assert!(balancer.contains(&"subnet-1".to_owned()) && balancer.contains(&"subnet-2".to_owned()), "{balancer:?}");
    assert!(
        calls.iter().all(|call| call.contains(&"ap-northeast-2".to_owned()) || call[0] == "iam" || call[0] == "sts"),
        "each call names the Region: {calls:?}"
    );
    let ids: Vec<&str> = steps.stages.iter().map(|stage| stage.id).collect();
    assert_eq!(ids, ["network", "run", "service", "balancer", "scaling", "logs", "clean"], "the tutorial's order");
}

/// “Creation of service was not idempotent”: the load balancer's step created the service of the step before it again.
#[cfg(unix)]
#[test]
fn from_top_to_bottom_nothing_is_created_twice() {
    for preset in Preset::ALL {
        let calls = calls(&next(&preset.draft()));
        let mut created: Vec<&str> = calls.iter().map(|call| call[1].as_str()).filter(|name| name.starts_with("create-")).collect();
        let all = created.len();
        created.sort_unstable();
        created.dedup();
        assert!(all > 0 && created.len() == all, "{preset:?}: {calls:?}");
    }
}

/// What a stage runs when it is pasted into a new terminal: unset variables end it.
#[cfg(unix)]
fn alone(steps: &Next, id: &str) -> Vec<Vec<String>> {
    let stage = steps.stages.iter().position(|stage| stage.id == id).unwrap();
    let commands = &steps.stages[stage].commands;
    let folder = tempfile::tempdir().unwrap();
    let aws = "sleep() { :; }\naws() { printf '%s\\0' \"$@\" >>calls; printf '\\n\\0' >>calls; echo \"the-$2\"; }\n";
    let ran = std::process::Command::new("bash").args(["-euc", &format!("{aws}{commands}")]).current_dir(folder.path()).output().unwrap();
    assert!(ran.status.success() && ran.stderr.is_empty(), "{commands}\n{}", String::from_utf8_lossy(&ran.stderr));
    let written = std::fs::read_to_string(folder.path().join("calls")).unwrap();
    written.split("\n\0").map(|call| call.split_terminator('\0').map(str::to_owned).collect::<Vec<_>>()).filter(|call| !call.is_empty()).collect()
}

/// A new CloudShell has no variables: the load balancer went on costing money, and what still drained was not deleted.
#[cfg(unix)]
#[test]
fn clean_up_finds_what_was_made_in_another_terminal_and_waits_for_it() {
    let web = alone(&next(&Draft::tutorial()), "clean");
    let at = |calls: &[Vec<String>], words: &[&str]| {
        calls.iter().position(|call| call.windows(words.len()).any(|run| run == words)).unwrap_or_else(|| panic!("no {words:?} in {calls:?}"))
    };
    for (first, then) in [
        (&["delete-service"][..], &["wait", "services-inactive"][..]),
        (&["delete-load-balancer"], &["wait", "load-balancers-deleted"]),
        (&["wait", "load-balancers-deleted"], &["delete-target-group"]),
        (&["wait", "services-inactive"], &["delete-target-group"]),
        (&["stop-task"], &["wait", "tasks-stopped"]),
        (&["wait", "tasks-stopped"], &["delete-cluster"]),
        (&["wait", "load-balancers-deleted"], &["delete-security-group"]),
        (&["delete-cluster"], &["delete-security-group"]),
    ] {
        assert!(at(&web, first) < at(&web, then), "{first:?} before {then:?}");
    }
    let ec2 = next(&ec2(Some("bridge"), "t3.small", 1));
    let started = calls(&ec2).into_iter().find(|call| call[1] == "run-instances").unwrap();
    assert!(started.contains(&"ResourceType=instance,Tags=[{Key=taskwright-cluster,Value=my-first-cluster}]".to_owned()), "{started:?}");
    let instances = alone(&ec2, "clean");
    assert!(of(&instances, "describe-instances").contains(&"Name=tag:taskwright-cluster,Values=my-first-cluster".to_owned()));
    assert!(at(&instances, &["wait", "instance-terminated"]) < at(&instances, &["delete-cluster"]));
    let job = alone(&next(&Preset::Job.draft()), "clean");
    assert!(at(&job, &["delete-schedule"]) < at(&job, &["delete-role"]));
}

/// Walks, row 21: commands with `default` and Seoul although nothing was chosen.
#[test]
fn what_was_not_chosen_is_to_be_filled_in() {
    let steps = next(&Draft::empty());
    let words: Vec<(&str, &str)> = steps.blanks.iter().map(|blank| (blank.word, blank.place)).collect();
    assert_eq!(words, [("REGION", "/region"), ("CLUSTER", "/cluster/name"), ("FAMILY", "/family")]);
    let all: String = steps.stages.iter().map(|stage| stage.commands.clone()).collect();
    assert!(!all.contains("default ") && !all.contains("ap-northeast-2") && all.contains("--region REGION"), "{all}");
}

#[cfg(unix)]
#[test]
fn instances_of_the_type_and_count_that_were_chosen_are_started_before_a_task() {
    let steps = next(&ec2(Some("bridge"), "t4g.small", 2));
    let calls = calls(&steps);
    let at = |operation: &str| calls.iter().position(|call| call[1] == operation).unwrap();
    assert!(at("run-instances") < at("run-task"));
    let started = of(&calls, "run-instances");
    for word in ["t4g.small", "2", "the-get-parameters", "subnet-1", "the-create-security-group"] {
        assert!(started.contains(&word.to_owned()), "{word}: {started:?}");
    }
    assert!(of(&calls, "get-parameters").iter().any(|word| word.contains("/arm64/")), "the chip of the instance");
    let run = of(&calls, "run-task");
    assert!(run.contains(&"EC2".to_owned()) && !run.iter().any(|word| word.contains("awsvpc")), "{run:?}");
    let target = of(&calls, "create-target-group");
    assert!(target.contains(&"instance".to_owned()), "{target:?}");
    // On EC2 a task cannot have a public IP.
    let awsvpc = next(&ec2(Some("awsvpc"), "t3.small", 1));
    assert!(awsvpc.stages.iter().all(|stage| !stage.commands.contains("assignPublicIp")));
    let unset = next(&ec2(None, "", 1));
    assert!(unset.blanks.iter().any(|blank| blank.place == "/cluster/instanceType"));
}

#[cfg(unix)]
#[test]
fn a_job_is_scheduled_and_has_no_service() {
    let draft = Preset::Job.draft();
    assert_eq!(draft.definition()["containerDefinitions"][0]["command"], json!(["node", "job.js"]));
    let steps = next(&draft);
    let calls = calls(&steps);
    let schedule = of(&calls, "create-schedule");
    assert!(schedule.contains(&"cron(0 3 * * ? *)".to_owned()) && schedule.contains(&"Asia/Seoul".to_owned()), "{schedule:?}");
    assert!(!calls.iter().any(|call| call[1] == "create-service"));
    let mut wrong = draft.clone();
    wrong.root_mut()["cluster"]["schedule"] = json!("cron(0 3 * * ? *)'; touch canary #");
    assert!(next(&wrong).stages.iter().all(|stage| !stage.commands.contains("canary")));
}

#[cfg(unix)]
#[test]
fn no_name_of_a_draft_is_run_or_taken_for_an_option() {
    for text in [
        "a'; touch canary #",
        "$(touch canary)",
        "`touch canary`",
        "--endpoint-url=http://127.0.0.1:9",
        "-rf",
        "a\ntouch canary\n",
        "\u{1b}[2J",
        "\"",
        "END\ntouch canary",
    ] {
        for preset in [Preset::Tutorial, Preset::Job] {
            let mut draft = preset.draft();
            let root = draft.root_mut();
            root["region"] = json!(text);
            root["cluster"]["name"] = json!(text);
            root["cluster"]["instanceType"] = json!(text);
            root["cluster"]["launch"] = json!("EC2");
            root["definition"]["family"] = json!(text);
            root["definition"]["executionRoleArn"] = json!(text);
            root["definition"]["containerDefinitions"][0]["name"] = json!(text);
            root["definition"]["containerDefinitions"][0]["logConfiguration"]["options"]["awslogs-group"] = json!(text);
            for call in calls(&next(&draft)) {
                for word in &call {
                    assert!(!word.contains("canary") && !word.contains("endpoint-url"), "{text:?} gave {call:?}");
                    assert!(word == word.trim() && (text != "-rf" || word.as_str() != "-rf"), "{text:?} gave {call:?}");
                }
            }
        }
    }
}

/// Tasks for one instance, from the same tables as the rule `ec2-eni-density`.
#[test]
fn the_room_of_an_instance_is_what_its_interfaces_memory_and_ports_allow() {
    let room = |mode, instance, count| Room::of(&ec2(mode, instance, count)).unwrap();
    // 1 vCPU and 2,048 MiB in the tutorial: a t3.micro has 1,024 MiB.
    assert_eq!((room(Some("awsvpc"), "t3.micro", 1).interfaces, room(Some("awsvpc"), "t3.micro", 1).each()), (Some(1), Some(0)));
    let large = room(Some("awsvpc"), "m5.large", 3);
    assert_eq!((large.interfaces, large.trunked, large.memory, large.each(), large.all()), (Some(2), Some(10), Some(4), Some(2), Some(6)));
    let bridge = room(Some("bridge"), "m5.large", 3);
    assert_eq!((bridge.interfaces, bridge.trunked, bridge.ports), (None, None, None));
    let mut fixed = ec2(Some("bridge"), "m5.large", 3);
    fixed.root_mut()["definition"]["containerDefinitions"][1]["portMappings"][0]["hostPort"] = json!(80);
    assert_eq!(Room::of(&fixed).unwrap().all(), Some(3), "one task on each instance");
    assert_eq!(Room::of(&Draft::tutorial()), None);
}

/// The text of the run said what each network mode does, and left the choice to the reader.
#[test]
fn a_run_on_ec2_speaks_of_the_mode_that_the_task_has() {
    let said = |mode: &str, lang: Lang| {
        let steps = next(&ec2(Some(mode), "t3.large", 1));
        steps.stages.iter().find(|stage| stage.id == "run").unwrap().message.explained(lang).1
    };
    for (lang, balancer) in [(Lang::En, "load balancer"), (Lang::Ko, "로드 밸런서")] {
        for (mode, needs_one) in [("awsvpc", true), ("bridge", false), ("host", false)] {
            let text = said(mode, lang);
            assert_eq!(text.contains(balancer), needs_one, "{mode}: {text}");
            assert!(!["awsvpc", "bridge", "host mode", "host 모드"].iter().any(|mode| text.contains(mode)), "{mode}: {text}");
        }
    }
}

#[test]
fn every_step_says_what_it_does_in_both_languages() {
    for draft in Preset::ALL.map(Preset::draft).into_iter().chain([ec2(None, "t3.small", 1)]) {
        for stage in next(&draft).stages {
            for lang in Lang::ALL {
                assert!(!stage.message.text.plain(lang).is_empty(), "{}", stage.id);
                assert!(stage.message.attribute("why").is_some_and(|why| why.plain(lang).ends_with('.')), "{}", stage.id);
            }
        }
    }
}
