//! An AWS of our own on a free port: it speaks awsJson1.1 and query, keeps an account in memory, writes down every call,
//! and misbehaves where a test asks it to.

#![allow(dead_code, clippy::unwrap_used)]

use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Condvar, Mutex, MutexGuard},
    time::Duration,
};

pub const ACCOUNT: &str = "123456789012";

/// How one call is answered instead.
#[derive(Clone, Debug)]
pub enum Odd {
    /// With an error: status, code, words.
    Says(u16, &'static str, &'static str),
    /// It takes effect, and the connection is cut before the answer.
    Lost,
    /// The connection is cut before anything happened.
    Cut,
    /// Nothing happens, and no answer comes.
    Silent,
    /// It takes effect, and no answer comes.
    Mute,
    /// It takes effect; the answer waits until the test opens the gate.
    Gate,
}

/// A call that arrived.
#[derive(Clone, Debug)]
pub struct Seen {
    pub name: String,
    pub region: String,
    pub body: String,
}

#[derive(Default)]
struct Account {
    clusters: BTreeMap<String, Value>,
    groups: BTreeMap<String, Value>,
    roles: BTreeMap<String, String>,
    revisions: Vec<(Value, Value)>,
    regions_off: Vec<String>,
    /// Token of ECR, and where its registry is.
    ecr: Option<(String, String)>,
    seen: Vec<Seen>,
    odd: HashMap<String, VecDeque<Odd>>,
    gates: usize,
    open: bool,
    ended: bool,
}

#[derive(Clone)]
pub struct Fake {
    account: Arc<(Mutex<Account>, Condvar)>,
    pub url: String,
}

const TRUST: &str = r#"{"Statement":[{"Effect":"Allow","Principal":{"Service":"ecs-tasks.amazonaws.com"},"Action":"sts:AssumeRole"}]}"#;

impl Fake {
    /// With the tutorial's role.
    pub fn start() -> Fake {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let fake = Fake { account: Arc::default(), url: format!("http://{}", listener.local_addr().unwrap()) };
        fake.lock().roles.insert("ecsTaskExecutionRole".into(), TRUST.into());
        let all = fake.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let one = all.clone();
                std::thread::spawn(move || one.talk(stream));
            }
        });
        fake
    }

    fn lock(&self) -> MutexGuard<'_, Account> {
        self.account.0.lock().unwrap()
    }

    /// The next calls of this name are answered so, one after another.
    pub fn odd(&self, name: &str, how: &[Odd]) {
        self.lock().odd.entry(name.to_owned()).or_default().extend(how.iter().cloned());
    }

    pub fn without_role(&self) {
        self.lock().roles.clear();
    }

    pub fn with_role(&self, trust: &str) {
        self.lock().roles.insert("ecsTaskExecutionRole".into(), trust.into());
    }

    /// This Region knows no keys, as one that is not enabled.
    pub fn region_off(&self, region: &str) {
        self.lock().regions_off.push(region.into());
    }

    /// ECR gives this token for a registry at this address.
    pub fn with_ecr(&self, token: &str, registry: &str) {
        self.lock().ecr = Some((token.into(), registry.into()));
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.lock().seen.clone()
    }

    pub fn forget(&self) {
        self.lock().seen.clear();
    }

    pub fn count(&self, name: &str) -> usize {
        self.lock().seen.iter().filter(|s| s.name == name).count()
    }

    pub fn clusters(&self) -> usize {
        self.lock().clusters.len()
    }

    pub fn groups(&self) -> Vec<Value> {
        self.lock().groups.values().cloned().collect()
    }

    /// Definitions and tags, as they were registered.
    pub fn revisions(&self) -> Vec<(Value, Value)> {
        self.lock().revisions.clone()
    }

    pub fn register(&self, definition: Value) {
        self.lock().revisions.push((definition, json!([])));
    }

    /// Waits until so many calls stand at the gate.
    pub fn at_gate(&self, calls: usize) {
        let (account, changed) = &*self.account;
        let mut account = account.lock().unwrap();
        while account.gates < calls {
            let (now, waited) = changed.wait_timeout(account, Duration::from_secs(60)).unwrap();
            assert!(!waited.timed_out(), "no call of AWS came within a minute");
            account = now;
        }
    }

    pub fn open_gate(&self) {
        self.lock().open = true;
        self.account.1.notify_all();
    }

    pub fn close_gate(&self) {
        let mut account = self.lock();
        account.open = false;
        account.gates = 0;
    }

    fn talk(&self, stream: TcpStream) {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let mut stream = stream;
        loop {
            let (mut line, mut headers) = (String::new(), HashMap::new());
            if reader.read_line(&mut line).unwrap_or(0) == 0 {
                return;
            }
            loop {
                let mut header = String::new();
                if reader.read_line(&mut header).unwrap_or(0) == 0 {
                    return;
                }
                match header.trim_end().split_once(": ") {
                    Some((name, value)) => headers.insert(name.to_ascii_lowercase(), value.to_owned()),
                    None => break,
                };
            }
            let length = headers.get("content-length").and_then(|l| l.parse().ok()).unwrap_or(0);
            let mut body = vec![0; length];
            if reader.read_exact(&mut body).is_err() {
                return;
            }
            let Some(answer) = self.answer(&headers, &String::from_utf8(body).unwrap()) else { return };
            if stream.write_all(answer.as_bytes()).is_err() {
                return;
            }
        }
    }

    /// The whole answer; `None` cuts the connection.
    fn answer(&self, headers: &HashMap<String, String>, body: &str) -> Option<String> {
        // Credential=ASIA…/20261126/ap-northeast-2/ecs/aws4_request
        let scope: Vec<&str> = headers.get("authorization").map(|a| a.split('/').collect()).unwrap_or_default();
        let region = scope.get(2).copied().unwrap_or_default().to_owned();
        let query = headers.get("content-type").is_some_and(|t| t.starts_with("application/x-www-form-urlencoded"));
        let field = |name: &str| body.split('&').find_map(|p| p.strip_prefix(&format!("{name}="))).unwrap_or_default().replace("%2F", "/");
        let name = if query {
            format!("{}:{}", scope.get(3).copied().unwrap_or_default(), field("Action"))
        } else {
            let target = headers.get("x-amz-target").cloned().unwrap_or_default();
            let (service, operation) = target.split_once('.').unwrap_or_default();
            let prefix = match service.split('_').next() {
                Some("Logs") => "logs",
                Some("AmazonEC2ContainerRegistry") => "ecr",
                _ => "ecs",
            };
            format!("{prefix}:{operation}")
        };
        let odd = {
            let mut account = self.lock();
            account.seen.push(Seen { name: name.clone(), region: region.clone(), body: body.to_owned() });
            self.account.1.notify_all();
            account.odd.get_mut(&name).and_then(VecDeque::pop_front)
        };
        match odd {
            Some(Odd::Says(status, code, words)) => return Some(error(query, status, code, words)),
            Some(Odd::Cut) => return None,
            Some(Odd::Silent) => return self.never(),
            _ => {}
        }
        let answer = if query { self.query(&name, &region, &field("RoleName")) } else { self.json(&name, &serde_json::from_str(body).unwrap_or_default()) };
        match odd {
            Some(Odd::Lost) => None,
            Some(Odd::Mute) => self.never(),
            Some(Odd::Gate) => {
                let (account, changed) = &*self.account;
                let mut account = account.lock().unwrap();
                account.gates += 1;
                changed.notify_all();
                while !account.open {
                    account = changed.wait(account).unwrap();
                }
                Some(answer)
            }
            _ => Some(answer),
        }
    }

    /// Holds the connection until the test ends.
    fn never(&self) -> Option<String> {
        let (account, changed) = &*self.account;
        let mut account = account.lock().unwrap();
        while !account.ended {
            account = changed.wait(account).unwrap();
        }
        None
    }

    fn query(&self, name: &str, region: &str, role: &str) -> String {
        let account = self.lock();
        match name {
            "sts:GetCallerIdentity" if account.regions_off.iter().any(|r| r == region) => {
                error(true, 403, "InvalidClientTokenId", "The security token included in the request is invalid")
            }
            "sts:GetCallerIdentity" => xml(&format!(
                "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult><Arn>arn:aws:sts::{ACCOUNT}:assumed-role/Student/kim</Arn>\
                 <UserId>AROA:kim</UserId><Account>{ACCOUNT}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"
            )),
            "iam:GetRole" => match account.roles.get(role) {
                Some(trust) => {
                    let trust: String =
                        trust.bytes().map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") }).collect();
                    xml(&format!(
                        "<GetRoleResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><GetRoleResult><Role><Path>/</Path><RoleName>{role}</RoleName><RoleId>AROA1</RoleId>\
                         <Arn>arn:aws:iam::{ACCOUNT}:role/{role}</Arn><CreateDate>2026-01-01T00:00:00Z</CreateDate>\
                         <AssumeRolePolicyDocument>{trust}</AssumeRolePolicyDocument></Role></GetRoleResult></GetRoleResponse>"
                    ))
                }
                None => error(true, 404, "NoSuchEntity", "The role cannot be found."),
            },
            _ => error(true, 400, "InvalidAction", name),
        }
    }

    fn json(&self, name: &str, input: &Value) -> String {
        let text = |key: &str| input[key].as_str().unwrap_or_default().to_owned();
        let mut account = self.lock();
        match name {
            "ecr:GetAuthorizationToken" => {
                let given = account.ecr.as_ref().map(|(token, registry)| json!({ "authorizationToken": token, "expiresAt": 1.9e9, "proxyEndpoint": registry }));
                ok(json!({ "authorizationData": given.map(|g| vec![g]).unwrap_or_default() }))
            }
            "ecs:DescribeClusters" => {
                let found = account.clusters.get(input["clusters"][0].as_str().unwrap_or_default());
                ok(json!({ "clusters": found.map(|c| vec![c]).unwrap_or_default(), "failures": [] }))
            }
            "ecs:CreateCluster" => {
                let cluster = json!({ "clusterName": text("clusterName"), "status": "ACTIVE", "tags": input["tags"] });
                account.clusters.insert(text("clusterName"), cluster.clone());
                ok(json!({ "cluster": cluster }))
            }
            "logs:DescribeLogGroups" => {
                let prefix = text("logGroupNamePrefix");
                let all: Vec<&Value> = account.groups.values().filter(|g| g["logGroupName"].as_str().unwrap().starts_with(&prefix)).collect();
                ok(json!({ "logGroups": all }))
            }
            "logs:CreateLogGroup" if account.groups.contains_key(&text("logGroupName")) => {
                error(false, 400, "ResourceAlreadyExistsException", "The specified log group already exists")
            }
            "logs:CreateLogGroup" => {
                account.groups.insert(text("logGroupName"), json!({ "logGroupName": text("logGroupName"), "tags": input["tags"] }));
                ok(json!({}))
            }
            "logs:PutRetentionPolicy" => {
                if let Some(group) = account.groups.get_mut(&text("logGroupName")) {
                    group["retentionInDays"] = input["retentionInDays"].clone();
                }
                ok(json!({}))
            }
            "ecs:DescribeTaskDefinition" => {
                let wanted = text("taskDefinition");
                let wanted = wanted.rsplit('/').next().unwrap_or_default();
                let (family, number) = wanted.split_once(':').map_or((wanted, None), |(f, n)| (f, n.parse::<usize>().ok()));
                let of_family: Vec<usize> = (0..account.revisions.len()).filter(|i| account.revisions[*i].0["family"] == family).collect();
                let at = number.map_or(of_family.len(), |n| n);
                match of_family.get(at.wrapping_sub(1)) {
                    Some(i) => ok(json!({ "taskDefinition": given(&account.revisions[*i].0, at), "tags": account.revisions[*i].1 })),
                    None => error(false, 400, "ClientException", "Unable to describe task definition."),
                }
            }
            "ecs:ListTaskDefinitions" => {
                let family = text("familyPrefix");
                let count = account.revisions.iter().filter(|(d, _)| d["family"] == family.as_str()).count();
                let arns: Vec<String> = (1..=count).rev().map(|n| arn(&family, n)).collect();
                ok(json!({ "taskDefinitionArns": arns }))
            }
            "ecs:RegisterTaskDefinition" => {
                let mut definition = input.clone();
                let tags = definition.as_object_mut().unwrap().shift_remove("tags").unwrap_or_else(|| json!([]));
                account.revisions.push((definition.clone(), tags.clone()));
                let number = account.revisions.iter().filter(|(d, _)| d["family"] == definition["family"]).count();
                ok(json!({ "taskDefinition": given(&definition, number), "tags": tags }))
            }
            _ => error(false, 400, "UnknownOperationException", name),
        }
    }
}

impl Drop for Fake {
    fn drop(&mut self) {
        // The threads of connections hold one handle each; the test's own is the last of the others.
        if let Ok(mut account) = self.account.0.lock() {
            account.ended = account.ended || Arc::strong_count(&self.account) <= 2;
        }
        self.account.1.notify_all();
    }
}

fn arn(family: &str, number: usize) -> String {
    format!("arn:aws:ecs:ap-northeast-2:{ACCOUNT}:task-definition/{family}:{number}")
}

/// What AWS adds to a definition that it gives back.
fn given(definition: &Value, number: usize) -> Value {
    let mut d = definition.clone();
    d["taskDefinitionArn"] = json!(arn(d["family"].as_str().unwrap_or_default(), number));
    d["revision"] = json!(number);
    d["status"] = json!("ACTIVE");
    d["compatibilities"] = json!(["EC2", "FARGATE"]);
    d["registeredAt"] = json!(1_700_000_000.25);
    d["volumes"] = json!([]);
    if let Some(role) = d["executionRoleArn"].as_str().filter(|r| !r.starts_with("arn:")) {
        d["executionRoleArn"] = json!(format!("arn:aws:iam::{ACCOUNT}:role/{role}"));
    }
    d
}

fn answer(status: u16, kind: &str, code: &str, body: &str) -> String {
    let code = if code.is_empty() { String::new() } else { format!("x-amzn-errortype: {code}\r\n") };
    format!("HTTP/1.1 {status} X\r\ncontent-type: {kind}\r\n{code}content-length: {}\r\n\r\n{body}", body.len())
}

fn ok(body: Value) -> String {
    answer(200, "application/x-amz-json-1.1", "", &body.to_string())
}

fn xml(body: &str) -> String {
    answer(200, "text/xml", "", body)
}

fn error(query: bool, status: u16, code: &str, words: &str) -> String {
    if query {
        let body =
            format!("<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{words}</Message></Error><RequestId>r</RequestId></ErrorResponse>");
        answer(status, "text/xml", "", &body)
    } else {
        answer(status, "application/x-amz-json-1.1", code, &json!({ "__type": code, "message": words }).to_string())
    }
}
