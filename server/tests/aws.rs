//! Registering on AWS, against an AWS of our own that writes down what it is asked and misbehaves on demand.

#![cfg(feature = "aws")]
#![allow(clippy::unwrap_used)]

mod fake;
mod web;

use fake::{Fake, Odd};
use serde_json::{Value, json};
use std::sync::Barrier;
use web::{Reply, Site};

const ID: &str = "ASIACANARYCANARY0001";
const SECRET: &str = "canary-secret-8f2b7c1d94";
const TOKEN: &str = "canary-token-51ce07aa3e";
const KEYS: [(&str, &str); 3] = [("key-id", ID), ("key-secret", SECRET), ("key-token", TOKEN)];

/// A program that takes pasted keys, an AWS, and the tutorial's draft.
struct Desk {
    site: Site,
    aws: Fake,
    token: String,
}

impl Desk {
    fn new() -> Desk {
        Desk::waiting("1")
    }

    /// With so many seconds for an answer.
    fn waiting(seconds: &str) -> Desk {
        let aws = Fake::start();
        let site = Site::start_with(&["--limits", "off", "--aws", "paste", "--aws-patience", seconds, "--aws-endpoint", &aws.url]);
        let token = site.tutorial();
        Desk { site, aws, token }
    }

    fn register(&self) -> String {
        format!("/en/d/{}/register", self.token)
    }

    /// Looks; the address of the operation.
    fn look(&self) -> String {
        let reply = self.try_look();
        assert_eq!(reply.status, 303, "{}", text(&reply.body));
        reply.header("location").to_owned()
    }

    fn try_look(&self) -> Reply {
        let pairs: Vec<(&str, &str)> = KEYS.into_iter().chain([("op", "look")]).collect();
        self.site.press(&self.register(), "", &pairs)
    }

    fn hash(&self, operation: &str) -> String {
        let page = self.site.get(operation).body;
        let html = scraper::Html::parse_document(&page);
        let input = scraper::Selector::parse("input[name=hash]").unwrap();
        html.select(&input).next().and_then(|i| i.value().attr("value")).unwrap_or_default().to_owned()
    }

    fn confirm(&self, operation: &str) -> Reply {
        let hash = self.hash(operation);
        self.press(operation, &[("op", "begin"), ("agree", "yes"), ("hash", &hash)])
    }

    fn press(&self, operation: &str, pairs: &[(&str, &str)]) -> Reply {
        let all: Vec<(&str, &str)> = KEYS.into_iter().chain(pairs.iter().copied()).collect();
        self.site.press(operation, "", &all)
    }

    /// The operation's page, once it is no longer going on.
    fn end(&self, operation: &str) -> String {
        for _ in 0..600 {
            let page = self.site.get(operation).body;
            if !page.contains("data-going") {
                return page;
            }
            std::thread::yield_now();
            std::thread::park_timeout(std::time::Duration::from_millis(50));
        }
        panic!("the run does not end: {}", text(&self.site.get(operation).body));
    }

    fn names(&self) -> Vec<String> {
        self.aws.seen().into_iter().map(|s| s.name).collect()
    }

    fn change(&self, key: &str, value: Value) {
        let api = format!("/api/v1/drafts/{}", self.token);
        let read = self.site.get(&api).json();
        let mut definition = read["taskDefinition"].clone();
        definition[key] = value;
        let revision = format!("\"{}\"", read["revision"]);
        assert_eq!(self.site.put_json(&api, Some(&revision), &json!({ "taskDefinition": definition })).status, 200);
    }
}

/// The words of a page's main part.
fn text(page: &str) -> String {
    let html = scraper::Html::parse_document(page);
    let main = scraper::Selector::parse("main").unwrap();
    html.select(&main).next().map(|m| m.text().collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")).unwrap_or_default()
}

fn h1(page: &str) -> String {
    let html = scraper::Html::parse_document(page);
    html.select(&scraper::Selector::parse("h1").unwrap()).next().map(|m| m.text().collect()).unwrap_or_default()
}

/// The calls that a page shows.
fn shown(page: &str) -> Vec<String> {
    let html = scraper::Html::parse_document(page);
    html.select(&scraper::Selector::parse("[data-calls] code").unwrap()).map(|c| c.text().collect()).collect()
}

#[test]
fn a_plan_is_shown_first_and_then_done_once() {
    let desk = Desk::new();
    let operation = desk.look();
    let page = desk.site.get(&operation).body;
    for words in [
        fake::ACCOUNT,
        "assumed-role/Student/kim",
        "my-first-cluster",
        "/ecs/my-task",
        "role/ecsTaskExecutionRole",
        "Becomes the first active revision",
        "No task and no service is started",
        "US$",
    ] {
        assert!(text(&page).contains(words), "{words} in {}", text(&page));
    }
    assert_eq!(shown(&page), desk.names(), "every call of the look is shown");
    assert!(desk.names().iter().all(|n| n.contains(":Describe") || n.contains(":Get")), "a look changes nothing: {:?}", desk.names());

    desk.aws.forget();
    assert_eq!(desk.confirm(&operation).header("location"), operation);
    let page = desk.end(&operation);
    assert_eq!(h1(&page), "Registered my-task, revision 1");
    assert!(
        page.contains("arn:aws:ecs:ap-northeast-2:123456789012:task-definition/my-task:1")
            && page.contains("console.aws.amazon.com/ecs/v2/task-definitions/my-task/1")
    );
    assert_eq!(shown(&page), desk.names(), "every call of the run is shown");
    assert_eq!((desk.aws.clusters(), desk.aws.groups()[0]["retentionInDays"].clone()), (1, json!(30)));

    // What went out is the file that the page offers, to the byte, with one tag more.
    let body = desk.aws.seen().into_iter().find(|s| s.name == "ecs:RegisterTaskDefinition").unwrap().body;
    let export: Value = desk.site.get(&format!("/api/v1/drafts/{}/export/json", desk.token)).json();
    let mut sent: Value = serde_json::from_str(&body).unwrap();
    let tags = sent.as_object_mut().unwrap().shift_remove("tags").unwrap();
    assert_eq!(sent.to_string(), export.to_string());
    let id = operation.rsplit('/').next().unwrap();
    assert!(tags[0]["value"].as_str().unwrap().ends_with(id), "{tags}");

    // Again: nothing to do, and no button that would do it.
    let page = desk.site.get(&desk.look()).body;
    assert!(text(&page).contains("Nothing to do") && desk.hash(&operation).is_empty(), "{}", text(&page));
    assert!(!page.contains("value=\"begin\""));

    // Another definition is another revision, and the difference is said.
    desk.change("cpu", json!("512"));
    desk.change("memory", json!("1024"));
    desk.change("containerDefinitions", {
        let mut containers = export["containerDefinitions"].clone();
        containers[0]["memoryReservation"] = json!(256);
        containers[0]["cpu"] = json!(256);
        containers[1]["cpu"] = json!(256);
        containers
    });
    let operation = desk.look();
    let page = text(&desk.site.get(&operation).body);
    assert!(page.contains("What changes against revision 1") && page.contains("1024 → 512"), "{page}");
    desk.confirm(&operation);
    assert_eq!(h1(&desk.end(&operation)), "Registered my-task, revision 2");
    assert_eq!((desk.aws.clusters(), desk.aws.groups().len(), desk.aws.revisions().len()), (1, 1, 2));
    let list = text(&desk.site.get(&desk.register()).body);
    // Each is said once to everyone, and once in the words of its link.
    assert_eq!((list.matches("Registered my-task").count(), list.matches("nothing registered").count()), (4, 2), "{list}");
}

#[test]
fn a_definition_goes_as_it_was_typed() {
    let desk = Desk::new();
    let odd = r#"{"family":"odd","networkMode":"awsvpc","cpu":"256","memory":"512","requiresCompatibilities":["FARGATE"],"containerDefinitions":[{"name":"a","image":"public.ecr.aws/docker/library/nginx:1.27","essential":true,"cpu":100.0,"memory":256,"dockerLabels":{"b":"1","a":"한글 \"q\" \\"}}]}"#;
    let made = desk
        .site
        .post_json("/api/v1/drafts", &json!({ "region": "ap-northeast-2", "cluster": { "name": "c", "launch": "FARGATE" }, "taskDefinition": odd }))
        .json();
    let desk = Desk { token: made["edit"]["token"].as_str().unwrap().to_owned(), ..desk };
    let reply = desk.try_look();
    assert_eq!(reply.status, 303, "{}", text(&reply.body));
    let operation = reply.header("location").to_owned();
    desk.confirm(&operation);
    desk.end(&operation);
    let body = desk.aws.seen().into_iter().find(|s| s.name == "ecs:RegisterTaskDefinition").unwrap().body;
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
        case(REGISTER, vec![Odd::Says(400, "AccessDeniedException", denied)], "You may not hand this role to ECS", "iam:PassedToService", true, 2),
        case("logs:CreateLogGroup", vec![Odd::Says(400, "AccessDeniedException", logs)], "AWS does not allow this call", "logs:CreateLogGroup", true, 1),
        case(REGISTER, vec![Odd::Says(400, "ExpiredTokenException", "expired")], "These keys have run out", "Fetch new ones", true, 2),
        case(REGISTER, vec![Odd::Says(400, "ThrottlingException", "Rate exceeded")], "AWS asks for a pause", "a registration never is", true, 2),
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
            "AWS refuses the definition",
            "containers/2#f-containerDefinitions-1-memory",
            false,
            1,
        ),
        case(
            REGISTER,
            vec![Odd::Says(500, "ServerException", "Service Unavailable. Please try again later.")],
            "AWS has trouble of its own",
            "Service Unavailable",
            true,
            2,
        ),
        // It took effect and the answer was lost: looked up at once, so nobody sees it.
        case(REGISTER, vec![Odd::Lost], "", "", true, 1),
        case(REGISTER, vec![Odd::Mute], "", "", true, 1),
        case(REGISTER, vec![Odd::Cut], "AWS did not answer", "nothing is made twice", true, 2),
        case(REGISTER, vec![Odd::Silent], "AWS did not answer", "", true, 2),
        case("ecs:CreateCluster", vec![Odd::Lost], "", "", true, 1),
        case("logs:CreateLogGroup", vec![Odd::Lost], "", "", true, 1),
        case("logs:PutRetentionPolicy", vec![Odd::Silent, Odd::Silent, Odd::Silent], "AWS did not answer", "", true, 1),
        case("ecs:CreateCluster", vec![Odd::Says(400, "LimitExceededException", "too many"); 3], "A quota of the account is full", "Service Quotas", true, 1),
        case(
            "ecs:CreateCluster",
            vec![Odd::Says(
                400,
                "InvalidParameterException",
                "Unable to assume the service linked role. Please verify that the ECS service linked role exists.",
            )],
            "The role that ECS itself works with is missing",
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
                let desk = Desk::new();
                let operation = desk.look();
                desk.aws.odd(case.call, &case.odd);
                desk.confirm(&operation);
                let mut page = desk.end(&operation);
                if case.says.is_empty() {
                    assert!(h1(&page).starts_with("Registered my-task"), "{what}: {}", text(&page));
                } else {
                    assert_eq!(h1(&page), case.says, "{what}");
                    assert!(page.contains(case.also), "{what}: {} in {}", case.also, text(&page));
                    assert_eq!(page.contains("value=\"again\""), case.on, "{what}");
                    if case.on {
                        desk.press(&operation, &[("op", "again")]);
                        page = desk.end(&operation);
                        assert_eq!(h1(&page), "Registered my-task, revision 1", "{what}: {}", text(&page));
                    }
                }
                assert_eq!(desk.aws.count(REGISTER), case.registers, "{what}: {:?}", desk.names());
                assert_eq!(desk.aws.revisions().len(), usize::from(case.on), "{what}");
                if case.on {
                    assert_eq!((desk.aws.clusters(), desk.aws.groups().len()), (1, 1), "{what}");
                }
                // The look's calls are on its own page, which is gone by now: the run's are all of the rest.
                let looked = 5;
                assert_eq!(shown(&page), desk.names()[looked..], "{what}");
            });
        }
    });
}

#[test]
fn fifty_presses_at_once_are_one_registration() {
    let desk = Desk::new();
    let operation = desk.look();
    let hash = desk.hash(&operation);
    let start = Barrier::new(50);
    let replies: Vec<(u16, String)> = std::thread::scope(|scope| {
        let press = || {
            start.wait();
            let reply = desk.press(&operation, &[("op", "begin"), ("agree", "yes"), ("hash", &hash)]);
            (reply.status, reply.header("location").to_owned())
        };
        let all: Vec<_> = (0..50).map(|_| scope.spawn(press)).collect();
        all.into_iter().map(|t| t.join().unwrap()).collect()
    });
    assert!(replies.iter().all(|(status, to)| *status == 303 && *to == operation), "{replies:?}");
    assert_eq!(h1(&desk.end(&operation)), "Registered my-task, revision 1");
    assert_eq!((desk.aws.count("ecs:RegisterTaskDefinition"), desk.aws.count("ecs:CreateCluster")), (1, 1));
}

#[test]
fn a_second_plan_is_shown_the_run_that_is_going_on_and_then_what_has_changed() {
    let desk = Desk::waiting("20");
    let (first, second) = (desk.look(), desk.look());
    desk.aws.odd("ecs:CreateCluster", &[Odd::Gate]);
    std::thread::scope(|scope| {
        scope.spawn(|| desk.confirm(&first));
        desk.aws.at_gate(1);
        assert_eq!(desk.confirm(&second).header("location"), first, "one run of a draft at a time");
        let page = desk.site.get(&first).body;
        assert!(page.contains("data-going") && text(&page).contains("Cluster my-first-cluster – running"), "{}", text(&page));
        desk.aws.open_gate();
    });
    assert_eq!(h1(&desk.end(&first)), "Registered my-task, revision 1");
    desk.confirm(&second);
    let page = desk.end(&second);
    assert_eq!(h1(&page), "Something changed after you looked");
    assert!(!page.contains("value=\"again\"") && page.contains("Look again"));
    assert_eq!(desk.aws.revisions().len(), 1);
}

#[test]
fn a_kill_with_any_answer_outstanding_loses_nothing_and_makes_nothing_twice() {
    let calls = ["ecs:CreateCluster", "logs:CreateLogGroup", "logs:PutRetentionPolicy", "ecs:RegisterTaskDefinition"];
    std::thread::scope(|scope| {
        for call in calls {
            scope.spawn(move || {
                let mut desk = Desk::waiting("2");
                let operation = desk.look();
                desk.aws.odd(call, &[Odd::Gate]);
                desk.confirm(&operation);
                desk.aws.at_gate(1);
                desk.site.kill();
                desk.aws.open_gate();
                desk.site.again();
                let page = desk.site.get(&operation).body;
                assert_eq!(h1(&page), "This was interrupted", "{call}");
                desk.press(&operation, &[("op", "again")]);
                assert_eq!(h1(&desk.end(&operation)), "Registered my-task, revision 1", "{call}: {:?}", desk.names());
                let made = (desk.aws.clusters(), desk.aws.groups().len(), desk.aws.groups()[0]["retentionInDays"].clone(), desk.aws.revisions().len());
                assert_eq!(made, (1, 1, json!(30), 1), "{call}");
                for once in ["ecs:CreateCluster", "logs:CreateLogGroup", "ecs:RegisterTaskDefinition"] {
                    assert_eq!(desk.aws.count(once), 1, "{once} after a kill at {call}");
                }
            });
        }
    });
}

#[test]
fn what_is_wrong_is_said_in_the_look() {
    let desk = Desk::new();
    desk.aws.region_off("ap-northeast-2");
    let reply = desk.try_look();
    assert_eq!(reply.status, 424);
    assert!(text(&reply.body).contains("This Region is not enabled in the account"), "{}", text(&reply.body));

    let desk = Desk::new();
    desk.aws.region_off("ap-northeast-2");
    desk.aws.region_off("us-east-1");
    assert!(text(&desk.try_look().body).contains("AWS does not know these keys"));

    let desk = Desk::new();
    desk.aws.odd("iam:GetRole", &[Odd::Says(403, "AccessDenied", "User is not authorized to perform: iam:GetRole")]);
    let page = desk.site.get(&desk.look()).body;
    assert!(text(&page).contains("You may not look at it, so this goes on without") && page.contains("value=\"begin\""));

    let desk = Desk::new();
    desk.aws
        .odd("ecs:DescribeClusters", &[Odd::Says(400, "AccessDeniedException", "User: x is not authorized to perform: ecs:DescribeClusters on resource: y")]);
    let page = text(&desk.try_look().body);
    assert!(page.contains("AWS does not allow this call") && page.contains("ecs:DescribeClusters"), "{page}");

    let desk = Desk::new();
    desk.aws.with_role(r#"{"Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}"#);
    assert!(text(&desk.site.get(&desk.look()).body).contains("its trust policy does not name ecs-tasks.amazonaws.com"));

    let desk = Desk::new();
    desk.aws.without_role();
    let page = desk.site.get(&desk.look()).body;
    assert!(page.contains("aws iam create-role") && page.contains("Look again") && !page.contains("value=\"begin\""), "{}", text(&page));
}

#[test]
fn an_unreachable_aws_is_told_from_a_silent_one() {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let site = Site::start_with(&["--limits", "off", "--aws", "paste", "--aws-patience", "1", "--aws-endpoint", &format!("http://{nobody}")]);
    let desk = Desk { token: site.tutorial(), site, aws: Fake::start() };
    assert!(text(&desk.try_look().body).contains("There is no connection to AWS"));
    let desk = Desk::new();
    desk.aws.odd("sts:GetCallerIdentity", &[Odd::Silent, Odd::Silent, Odd::Silent]);
    assert!(text(&desk.try_look().body).contains("AWS did not answer"));
}

#[test]
fn a_draft_that_aws_would_refuse_is_not_even_looked_up() {
    let desk = Desk::new();
    desk.change("memory", json!("1024"));
    let reply = desk.try_look();
    assert_eq!((reply.status, reply.header("location")), (303, desk.register().as_str()));
    assert!(desk.site.get(&desk.register()).body.contains("review#findings-h"));
    assert!(desk.aws.seen().is_empty());
}

#[test]
fn keys_that_last_or_are_incomplete_are_refused_and_not_repeated() {
    let desk = Desk::new();
    for (id, secret, token, says) in [
        ("AKIAIOSFODNN7EXAMPLE", SECRET, TOKEN, "long-lived keys (AKIA)"),
        ("", SECRET, TOKEN, "Enter the access key ID"),
        ("nonsense", SECRET, TOKEN, "not a temporary access key ID"),
        (ID, "", TOKEN, "Enter the secret access key"),
        (ID, SECRET, "", "Enter the session token"),
    ] {
        let reply = desk.site.press(&desk.register(), "", &[("op", "look"), ("key-id", id), ("key-secret", secret), ("key-token", token)]);
        assert_eq!(reply.status, 422);
        assert!(text(&reply.body).contains(says) && reply.body.contains("<title>Error: "), "{says}: {}", text(&reply.body));
        for canary in [SECRET, TOKEN, "AKIAIOSFODNN7EXAMPLE"] {
            assert!(!reply.body.contains(canary), "{canary}");
        }
    }
    assert!(desk.aws.seen().is_empty());
    let lines = format!("export AWS_ACCESS_KEY_ID=\"{ID}\"\nexport AWS_SECRET_ACCESS_KEY=\"{SECRET}\"\nexport AWS_SESSION_TOKEN=\"{TOKEN}\"");
    assert_eq!(desk.site.press(&desk.register(), "", &[("op", "look"), ("key-lines", &lines)]).status, 303);
    let operation = desk.look();
    let hash = desk.hash(&operation);
    let reply = desk.press(&operation, &[("op", "begin"), ("hash", &hash)]);
    assert_eq!(reply.status, 422);
    assert!(reply.body.contains("id=\"summary\"") && text(&reply.body).contains("Tick the box"));
    desk.press(&operation, &[("op", "begin"), ("agree", "yes"), ("hash", "another")]);
    assert_eq!(desk.aws.revisions().len(), 0, "a plan that was not seen is not agreed to");
}

#[test]
fn nobody_but_the_page_itself_reaches_aws() {
    let aws = Fake::start();
    let site = Site::start_with(&["--limits", "off", "--aws", "local", "--aws-endpoint", &aws.url]);
    let token = site.tutorial();
    let (register, addr) = (format!("/en/d/{token}/register"), site.addr.clone());
    let port = addr.rsplit(':').next().unwrap();
    let unlocked = site.get(&format!("/unlock/{}", site.code));
    assert_eq!(unlocked.status, 303);
    let cookie = unlocked.header("set-cookie").split(';').next().unwrap().to_owned();
    assert!(cookie.starts_with(&format!("launch-{port}=")), "{cookie}");
    let look = site.press(&register, &cookie, &[("op", "look")]);
    assert_eq!(look.status, 303, "{}", text(&look.body));
    let operation = look.header("location").to_owned();
    let hash = {
        let html = scraper::Html::parse_document(&site.get(&operation).body);
        html.select(&scraper::Selector::parse("input[name=hash]").unwrap()).next().unwrap().value().attr("value").unwrap().to_owned()
    };
    aws.forget();

    let (own, evil) = (format!("http://{addr}"), format!("evil.example:{port}"));
    let (evil_origin, other_port) = (format!("http://{evil}"), "http://127.0.0.1:1".to_owned());
    let form = ("content-type", "application/x-www-form-urlencoded");
    let wrong = format!("launch-{port}=AAAAAAAAAAAAAAAAAAAAAA");
    let cases: Vec<(&str, Vec<(&str, &str)>)> = vec![
        ("another site", vec![form, ("origin", "https://evil.example"), ("cookie", &cookie)]),
        ("no origin", vec![form, ("cookie", &cookie)]),
        ("a null origin", vec![form, ("origin", "null"), ("cookie", &cookie)]),
        ("a rebound name", vec![("host", &evil), form, ("origin", &evil_origin), ("cookie", &cookie)]),
        ("another port", vec![form, ("origin", &other_port), ("cookie", &cookie)]),
        ("cross-site", vec![form, ("origin", &own), ("sec-fetch-site", "cross-site"), ("cookie", &cookie)]),
        ("text/plain", vec![("content-type", "text/plain"), ("origin", &own), ("cookie", &cookie)]),
        ("a proxy", vec![form, ("origin", &own), ("x-forwarded-for", "10.0.0.1"), ("cookie", &cookie)]),
        ("no code", vec![form, ("origin", &own)]),
        ("a wrong code", vec![form, ("origin", &own), ("cookie", &wrong)]),
    ];
    assert_eq!(cases.len(), 10);
    for (what, headers) in &cases {
        for (path, pairs) in [(&register, vec![("op", "look")]), (&operation, vec![("op", "begin"), ("agree", "yes"), ("hash", hash.as_str())])] {
            let reply = site.request("POST", path, headers, &web::encoded(&pairs));
            assert_eq!(reply.status, 403, "{what} at {path}");
            assert!(text(&reply.body).contains("Nothing was sent to AWS"), "{what}");
        }
    }
    assert!(aws.seen().is_empty(), "{:?}", aws.seen());
    assert_eq!(site.get("/unlock/AAAAAAAAAAAAAAAAAAAAAA").status, 404);
    assert_eq!(site.request("GET", &format!("/unlock/{}", site.code), &[("host", evil.as_str())], "").status, 404);
    let reply = site.press(&register, "", &[("op", "unlock"), ("code", "wrong")]);
    assert_eq!(reply.status, 422);
    assert_eq!(site.press(&register, "", &[("op", "unlock"), ("code", &site.code)]).status, 303);
    // And the page itself does.
    assert_eq!(site.press(&operation, &cookie, &[("op", "begin"), ("agree", "yes"), ("hash", &hash)]).status, 303);
    assert_eq!(aws.count("sts:GetCallerIdentity"), 1);
    assert!(site.get(&register).body.contains("Show first that you started Taskwright"));
}

#[test]
fn a_view_link_and_a_strange_number_begin_nothing() {
    let desk = Desk::new();
    let operation = desk.look();
    let view = desk.site.get(&format!("/api/v1/drafts/{}", desk.token));
    assert_eq!(view.status, 200);
    let share = desk.site.get(&format!("/en/d/{}/share", desk.token)).body;
    let view = share.split("/en/s/").nth(1).unwrap()[..22].to_owned();
    let id = operation.rsplit('/').next().unwrap();
    for path in [
        format!("/en/d/{view}/review/register/{id}"),
        format!("/en/d/{}/review/register/0000000000000001", desk.token),
        format!("/en/d/{}/review/register/x", desk.token),
    ] {
        assert_eq!(desk.site.get(&path).status, 404, "{path}");
        assert_eq!(desk.press(&path, &[("op", "begin"), ("agree", "yes")]).status, 404, "{path}");
    }
    assert_eq!(desk.aws.revisions().len(), 0);
}

/// Every writable page of a process that holds anything.
#[cfg(target_os = "linux")]
fn memory(pid: u32) -> Vec<u8> {
    use std::io::{Read, Seek};
    const PAGE: usize = 4096;
    let mut memory = std::fs::File::open(format!("/proc/{pid}/mem")).unwrap();
    let mut all = Vec::new();
    for line in std::fs::read_to_string(format!("/proc/{pid}/maps")).unwrap().lines().filter(|l| l.contains(" rw")) {
        let (from, to) = line.split(' ').next().unwrap().split_once('-').unwrap();
        let (from, to) = (u64::from_str_radix(from, 16).unwrap(), u64::from_str_radix(to, 16).unwrap());
        let mut part = vec![0; (to - from) as usize];
        if memory.seek(std::io::SeekFrom::Start(from)).is_ok() && memory.read_exact(&mut part).is_ok() {
            part.chunks(PAGE).filter(|page| page != &&[0; PAGE][..page.len()]).for_each(|page| all.extend_from_slice(page));
        }
    }
    all
}

#[cfg(target_os = "linux")]
#[test]
fn keys_are_nowhere_once_they_were_used() {
    let desk = Desk::new();
    let operation = desk.look();
    desk.aws
        .odd("logs:CreateLogGroup", &[Odd::Says(400, "InvalidSignatureException", "The Canonical String was x-amz-security-token:canary-token-51ce07aa3e")]);
    desk.confirm(&operation);
    let failed = desk.end(&operation);
    assert_eq!(h1(&failed), "AWS does not know these keys");
    desk.press(&operation, &[("op", "again")]);
    let done = desk.end(&operation);
    assert_eq!(h1(&done), "Registered my-task, revision 1");
    let list = desk.site.get(&desk.register()).body;
    let log = std::fs::read(desk.site.folder.path().join("log")).unwrap();
    assert!(log.len() > 1000, "the log says something");
    let mut places =
        vec![("log".to_owned(), log), ("page".into(), failed.into_bytes()), ("page".into(), done.into_bytes()), ("page".into(), list.into_bytes())];
    for file in std::fs::read_dir(desk.site.folder.path()).unwrap().map(|f| f.unwrap().path()).filter(|p| p.to_string_lossy().contains("t.db")) {
        places.push((file.display().to_string(), std::fs::read(&file).unwrap()));
    }
    assert!(places.len() >= 6, "{}", places.len());
    let canaries = [ID, SECRET, TOKEN];
    let holds = |bytes: &[u8], canary: &str| memchr::memmem::find(bytes, canary.as_bytes()).is_some();
    for (place, bytes) in &places {
        for canary in canaries {
            assert!(!holds(bytes, canary), "{canary} in {place}");
        }
    }
    // Connections are closed a moment after the run has ended: the last buffers go with them.
    let mut left = Vec::new();
    for _ in 0..100 {
        let all = memory(desk.site.pid());
        assert!(holds(&all, "taskwright"), "the memory was read");
        left = canaries.into_iter().filter(|c| holds(&all, c)).collect();
        if left.is_empty() {
            return;
        }
        std::thread::park_timeout(std::time::Duration::from_millis(100));
    }
    panic!("{left:?} in the program's memory");
}
