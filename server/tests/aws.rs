//! Registering on AWS, against an AWS of our own that writes down what it is asked and misbehaves on demand.

#![cfg(feature = "aws")]
#![allow(clippy::unwrap_used)]

mod fake;
mod registration;
mod web;

use fake::{Fake, Odd};
use registration::{Registration, h1, shown, text};
use serde_json::{Value, json};
use std::sync::Barrier;
use web::Site;

#[test]
fn a_plan_is_shown_first_and_then_done_once() {
    let registration = Registration::new();
    let operation = registration.lookup();
    let page = registration.get(&operation).body;
    for words in [
        fake::ACCOUNT,
        "assumed-role/Student/kim",
        "my-first-cluster",
        "/ecs/my-task",
        "role/ecsTaskExecutionRole",
        "Becomes the first active revision",
        "We start no task or service",
        "US$",
    ] {
        assert!(text(&page).contains(words), "{words} in {}", text(&page));
    }
    assert_eq!(shown(&page), registration.names(), "every call of the look is shown");
    assert!(registration.names().iter().all(|n| n.contains(":Describe") || n.contains(":Get")), "a look changes nothing: {:?}", registration.names());

    registration.aws.forget();
    assert_eq!(registration.confirm(&operation).header("location"), operation);
    let page = registration.end(&operation);
    assert_eq!(h1(&page), "Registered my-task, revision 1");
    assert!(
        page.contains("arn:aws:ecs:ap-northeast-2:123456789012:task-definition/my-task:1")
            && page.contains("console.aws.amazon.com/ecs/v2/task-definitions/my-task/1")
    );
    assert_eq!(shown(&page), registration.names(), "every call of the run is shown");
    assert_eq!((registration.aws.clusters(), registration.aws.groups()[0]["retentionInDays"].clone()), (1, json!(30)));

    // What went out is the file that the page offers, to the byte, with one tag more.
    let body = registration.aws.seen().into_iter().find(|s| s.name == "ecs:RegisterTaskDefinition").unwrap().body;
    let export: Value = registration.site.get(&format!("/api/v1/drafts/{}/export/json", registration.token)).json();
    let mut sent: Value = serde_json::from_str(&body).unwrap();
    let tags = sent.as_object_mut().unwrap().shift_remove("tags").unwrap();
    assert_eq!(sent.to_string(), export.to_string());
    let id = operation.rsplit('/').next().unwrap();
    assert!(tags[0]["value"].as_str().unwrap().ends_with(id), "{tags}");

    // Again: nothing to do, and no button that would do it.
    let page = registration.get(&registration.lookup()).body;
    assert!(text(&page).contains("Nothing to do") && registration.hash(&operation).is_empty(), "{}", text(&page));
    assert!(!page.contains("value=\"begin\""));

    // Another definition is another revision, and the difference is said.
    registration.change("cpu", json!("512"));
    registration.change("memory", json!("1024"));
    registration.change("containerDefinitions", {
        let mut containers = export["containerDefinitions"].clone();
        containers[0]["memoryReservation"] = json!(256);
        containers[0]["cpu"] = json!(256);
        containers[1]["cpu"] = json!(256);
        containers
    });
    let operation = registration.lookup();
    let page = text(&registration.get(&operation).body);
    assert!(page.contains("Changes since revision 1") && page.contains("1024 → 512"), "{page}");
    registration.confirm(&operation);
    assert_eq!(h1(&registration.end(&operation)), "Registered my-task, revision 2");
    assert_eq!((registration.aws.clusters(), registration.aws.groups().len(), registration.aws.revisions().len()), (1, 1, 2));
    let list = text(&registration.site.get(&registration.register()).body);
    // Each is said once to everyone, and once in the words of its link.
    assert_eq!((list.matches("Registered my-task").count(), list.matches("nothing registered").count()), (4, 2), "{list}");
}

#[test]
fn a_definition_goes_as_it_was_typed() {
    let registration = Registration::new();
    let odd = r#"{"family":"odd","networkMode":"awsvpc","cpu":"256","memory":"512","requiresCompatibilities":["FARGATE"],"containerDefinitions":[{"name":"a","image":"public.ecr.aws/docker/library/nginx:1.27","essential":true,"cpu":100.0,"memory":256,"dockerLabels":{"b":"1","a":"한글 \"q\" \\"}}]}"#;
    let made = registration
        .site
        .post_json("/api/v1/drafts", &json!({ "region": "ap-northeast-2", "cluster": { "name": "c", "launch": "FARGATE" }, "taskDefinition": odd }))
        .json();
    let registration = Registration { token: made["edit"]["token"].as_str().unwrap().to_owned(), ..registration };
    let reply = registration.try_lookup();
    assert_eq!(reply.status, 303, "{}", text(&reply.body));
    let operation = reply.header("location").to_owned();
    registration.confirm(&operation);
    registration.end(&operation);
    let body = registration.aws.seen().into_iter().find(|s| s.name == "ecs:RegisterTaskDefinition").unwrap().body;
    let (sent, tags) = body.split_once(",\"tags\"").unwrap();
    assert_eq!(format!("{sent}}}"), odd);
    assert!(tags.contains("taskwright"), "{tags}");
}

/// A case of misbehaviour: which call, how, what the page says, and whether going on ends well.
struct Case {
    call: &'static str,
    odd: Vec<Odd>,
    says: &'static str,
    also: &'static str,
    /// Whether “Go on” is offered.
    on: bool,
    /// How often RegisterTaskDefinition is sent until the end.
    registers: usize,
}

#[test]
fn whatever_aws_does_the_page_says_it_and_nothing_is_made_twice() {
    const REGISTER: &str = "ecs:RegisterTaskDefinition";
    let case = |call, odd: Vec<Odd>, says, also, on, registers| Case { call, odd, says, also, on, registers };
    let user = "User: arn:aws:sts::123456789012:assumed-role/Student/kim is not authorized to perform: ";
    let denied: &'static str = Box::leak(format!("{user}iam:PassRole on resource: arn:aws:iam::123456789012:role/ecsTaskExecutionRole").into_boxed_str());
    let logs: &'static str = Box::leak(format!("{user}logs:CreateLogGroup on resource: arn").into_boxed_str());
    let cases = [
        case(
            REGISTER,
            vec![Odd::Says(400, "AccessDeniedException", denied)],
            "You do not have permission to pass this role to ECS",
            "iam:PassedToService",
            true,
            2,
        ),
        case("logs:CreateLogGroup", vec![Odd::Says(400, "AccessDeniedException", logs)], "AWS does not allow this call", "logs:CreateLogGroup", true, 1),
        case(REGISTER, vec![Odd::Says(400, "ExpiredTokenException", "expired")], "These keys have expired", "Get new keys", true, 2),
        case(REGISTER, vec![Odd::Says(400, "ThrottlingException", "Rate exceeded")], "AWS is limiting requests right now", "a registration is not", true, 2),
        // Repeated by itself, so nobody sees it.
        case(
            "ecs:CreateCluster",
            vec![Odd::Says(400, "ThrottlingException", "Rate exceeded"), Odd::Says(400, "ThrottlingException", "Rate exceeded")],
            "",
            "",
            true,
            1,
        ),
        case(
            REGISTER,
            vec![Odd::Says(400, "ClientException", "The 'memory' setting for container 'my-nginx' is greater than for the task.")],
            "AWS rejects the definition",
            "containers/2#f-containerDefinitions-1-memory",
            false,
            1,
        ),
        case(
            REGISTER,
            vec![Odd::Says(500, "ServerException", "Service Unavailable. Please try again later.")],
            "AWS has a problem",
            "Service Unavailable",
            true,
            2,
        ),
        // It took effect and the answer was lost: looked up at once, so nobody sees it.
        case(REGISTER, vec![Odd::Lost], "", "", true, 1),
        case(REGISTER, vec![Odd::Mute], "", "", true, 1),
        case(REGISTER, vec![Odd::Cut], "AWS did not answer", "nothing is created twice", true, 2),
        case(REGISTER, vec![Odd::Silent], "AWS did not answer", "", true, 2),
        case("ecs:CreateCluster", vec![Odd::Lost], "", "", true, 1),
        case("logs:CreateLogGroup", vec![Odd::Lost], "", "", true, 1),
        case("logs:PutRetentionPolicy", vec![Odd::Silent, Odd::Silent, Odd::Silent], "AWS did not answer", "", true, 1),
        case("ecs:CreateCluster", vec![Odd::Says(400, "LimitExceededException", "too many"); 3], "The account has reached a quota", "Service Quotas", true, 1),
        case(
            "ecs:CreateCluster",
            vec![Odd::Says(
                400,
                "InvalidParameterException",
                "Unable to assume the service linked role. Please verify that the ECS service linked role exists.",
            )],
            "The ECS service-linked role is missing",
            "create-service-linked-role",
            true,
            1,
        ),
    ];
    assert_eq!(cases.len(), 16);
    std::thread::scope(|scope| {
        for case in &cases {
            scope.spawn(move || {
                let what = format!("{} {:?}", case.call, case.odd);
                let registration = Registration::new();
                let operation = registration.lookup();
                registration.aws.odd(case.call, &case.odd);
                registration.confirm(&operation);
                let mut page = registration.end(&operation);
                if case.says.is_empty() {
                    assert!(h1(&page).starts_with("Registered my-task"), "{what}: {}", text(&page));
                } else {
                    assert_eq!(h1(&page), case.says, "{what}");
                    assert!(page.contains(case.also), "{what}: {} in {}", case.also, text(&page));
                    assert_eq!(page.contains("value=\"again\""), case.on, "{what}");
                    if case.on {
                        registration.press(&operation, &[("op", "again")]);
                        page = registration.end(&operation);
                        assert_eq!(h1(&page), "Registered my-task, revision 1", "{what}: {}", text(&page));
                    }
                }
                assert_eq!(registration.aws.count(REGISTER), case.registers, "{what}: {:?}", registration.names());
                assert_eq!(registration.aws.revisions().len(), usize::from(case.on), "{what}");
                if case.on {
                    assert_eq!((registration.aws.clusters(), registration.aws.groups().len()), (1, 1), "{what}");
                }
                // The look's calls are on its own page, which is gone by now: the run's are all of the rest.
                let looked = 5;
                assert_eq!(shown(&page), registration.names()[looked..], "{what}");
            });
        }
    });
}

#[test]
fn fifty_presses_at_once_are_one_registration() {
    let registration = Registration::new();
    let operation = registration.lookup();
    let hash = registration.hash(&operation);
    let start = Barrier::new(50);
    let replies: Vec<(u16, String)> = std::thread::scope(|scope| {
        let press = || {
            start.wait();
            let reply = registration.press(&operation, &[("op", "begin"), ("agree", "yes"), ("hash", &hash)]);
            (reply.status, reply.header("location").to_owned())
        };
        let all: Vec<_> = (0..50).map(|_| scope.spawn(press)).collect();
        all.into_iter().map(|t| t.join().unwrap()).collect()
    });
    assert!(replies.iter().all(|(status, to)| *status == 303 && *to == operation), "{replies:?}");
    assert_eq!(h1(&registration.end(&operation)), "Registered my-task, revision 1");
    assert_eq!((registration.aws.count("ecs:RegisterTaskDefinition"), registration.aws.count("ecs:CreateCluster")), (1, 1));
}

#[test]
fn a_second_plan_is_shown_the_run_that_is_going_on_and_then_what_has_changed() {
    let registration = Registration::waiting("20");
    let (first, second) = (registration.lookup(), registration.lookup());
    registration.aws.odd("ecs:CreateCluster", &[Odd::Gate]);
    std::thread::scope(|scope| {
        scope.spawn(|| registration.confirm(&first));
        registration.aws.at_gate(1);
        assert_eq!(registration.confirm(&second).header("location"), first, "one run of a draft at a time");
        let page = registration.site.get(&first).body;
        assert!(page.contains("data-going") && text(&page).contains("Cluster my-first-cluster – running"), "{}", text(&page));
        registration.aws.open_gate();
    });
    assert_eq!(h1(&registration.end(&first)), "Registered my-task, revision 1");
    registration.confirm(&second);
    let page = registration.end(&second);
    assert_eq!(h1(&page), "Something changed in the account after you checked");
    assert!(!page.contains("value=\"again\"") && page.contains("Check again"));
    assert_eq!(registration.aws.revisions().len(), 1);
}

#[test]
fn a_kill_with_any_answer_outstanding_loses_nothing_and_makes_nothing_twice() {
    let calls = ["ecs:CreateCluster", "logs:CreateLogGroup", "logs:PutRetentionPolicy", "ecs:RegisterTaskDefinition"];
    std::thread::scope(|scope| {
        for call in calls {
            scope.spawn(move || {
                let mut registration = Registration::waiting("2");
                let operation = registration.lookup();
                registration.aws.odd(call, &[Odd::Gate]);
                registration.confirm(&operation);
                registration.aws.at_gate(1);
                registration.site.kill();
                registration.aws.open_gate();
                registration.site.again();
                let page = registration.get(&operation).body;
                assert_eq!(h1(&page), "This was interrupted", "{call}");
                registration.press(&operation, &[("op", "again")]);
                assert_eq!(h1(&registration.end(&operation)), "Registered my-task, revision 1", "{call}: {:?}", registration.names());
                let made = (
                    registration.aws.clusters(),
                    registration.aws.groups().len(),
                    registration.aws.groups()[0]["retentionInDays"].clone(),
                    registration.aws.revisions().len(),
                );
                assert_eq!(made, (1, 1, json!(30), 1), "{call}");
                for once in ["ecs:CreateCluster", "logs:CreateLogGroup", "ecs:RegisterTaskDefinition"] {
                    assert_eq!(registration.aws.count(once), 1, "{once} after a kill at {call}");
                }
            });
        }
    });
}

#[test]
fn what_is_wrong_is_said_in_the_look() {
    let registration = Registration::new();
    registration.aws.region_off("ap-northeast-2");
    let reply = registration.try_lookup();
    assert_eq!(reply.status, 424);
    assert!(text(&reply.body).contains("This Region is not enabled in the account"), "{}", text(&reply.body));

    let registration = Registration::new();
    registration.aws.region_off("ap-northeast-2");
    registration.aws.region_off("us-east-1");
    assert!(text(&registration.try_lookup().body).contains("AWS does not recognise these keys"));

    let registration = Registration::new();
    registration.aws.odd("iam:GetRole", &[Odd::Says(403, "AccessDenied", "User is not authorized to perform: iam:GetRole")]);
    let page = registration.get(&registration.lookup()).body;
    assert!(text(&page).contains("You do not have permission to view this role, so we skip this check") && page.contains("value=\"begin\""));

    let registration = Registration::new();
    registration
        .aws
        .odd("ecs:DescribeClusters", &[Odd::Says(400, "AccessDeniedException", "User: x is not authorized to perform: ecs:DescribeClusters on resource: y")]);
    let page = text(&registration.try_lookup().body);
    assert!(page.contains("AWS does not allow this call") && page.contains("ecs:DescribeClusters"), "{page}");

    let registration = Registration::new();
    registration.aws.with_role(r#"{"Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}"#);
    assert!(text(&registration.get(&registration.lookup()).body).contains("its trust policy does not allow ecs-tasks.amazonaws.com"));

    let registration = Registration::new();
    registration.aws.without_role();
    let page = registration.get(&registration.lookup()).body;
    assert!(page.contains("aws iam create-role") && page.contains("Check again") && !page.contains("value=\"begin\""), "{}", text(&page));
}

#[test]
fn an_unreachable_aws_is_told_from_a_silent_one() {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let site = Site::start_with(&["--limits", "off", "--aws", "paste", "--aws-patience", "1", "--aws-endpoint", &format!("http://{nobody}")]);
    let registration = Registration { token: site.ready(), site, aws: Fake::start() };
    assert!(text(&registration.try_lookup().body).contains("There is no connection to AWS"));
    let registration = Registration::new();
    registration.aws.odd("sts:GetCallerIdentity", &[Odd::Silent, Odd::Silent, Odd::Silent]);
    assert!(text(&registration.try_lookup().body).contains("AWS did not answer"));
}

#[test]
fn a_draft_that_aws_would_refuse_is_not_even_looked_up() {
    let registration = Registration::new();
    registration.change("memory", json!("1024"));
    let reply = registration.try_lookup();
    assert_eq!((reply.status, reply.header("location")), (303, registration.register().as_str()));
    assert!(registration.site.get(&registration.register()).body.contains("review#findings-h"));
    assert!(registration.aws.seen().is_empty());
}
