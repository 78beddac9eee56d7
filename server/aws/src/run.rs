//! A run: what is missing is made, one call after another, and everything is written down before the next one. It stops
//! at the first failure. RegisterTaskDefinition is never repeated: where its answer is lost, the truth is looked up.

use crate::{
    Account,
    failure::{code, problem},
    lookup::{lookup, ours},
};
use aws_sdk_cloudwatchlogs::operation::create_log_group::CreateLogGroupError;
use aws_sdk_ecs::{
    config::retry::RetryConfig,
    types::{ContainerDefinition, Tag},
};
use aws_smithy_types::body::SdkBody;
use std::{
    future::Future,
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use taskdef::deploy::{Found, Kind, Operation, Plan, Problem, RETENTION, Run, StepState, TAG, Thing, What, hash};

/// Where a run is written down.
pub trait RunLog: Send {
    /// Writes it down; `false` means that it may go on no longer, because somebody else has taken it over.
    fn record(&mut self, run: &Run) -> impl Future<Output = bool> + Send;
}

/// Whether a run begins or goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// All must stand exactly as the person agreed to.
    Anew,
    /// What an earlier try has made is there already.
    Again,
}

/// Why it ended early.
enum Stop {
    Problem(Problem),
    /// Somebody else has it.
    Taken,
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Stop {
        Stop::Problem(problem)
    }
}

/// Runs an operation whose `run` is set, to its end or to its first failure. What became of it is in the run.
pub async fn run(account: Result<Account, Problem>, operation: &Operation, mut run: Run, start: Start, log: &mut impl RunLog) {
    let before = run.calls.len();
    let sent = sent(&run);
    run.problem = None;
    let account = match account {
        Ok(account) => account,
        Err(problem) => {
            run.set(What::Check, StepState::Running, now());
            run.stop(problem, now());
            log.record(&run).await;
            return;
        }
    };
    let mut steps = Steps { account: &account, plan: &operation.plan, run, before, log };
    if let Err(Stop::Problem(problem)) = steps.all(operation, start, sent).await {
        steps.write_calls();
        steps.run.stop(problem, now());
        steps.log.record(&steps.run).await;
    }
}

/// When a registration went out whose end is not known, in seconds since 1970.
fn sent(run: &Run) -> Option<i64> {
    let open = run.problem.as_ref().is_none_or(|t| matches!(t.kind, Kind::NoAnswer | Kind::Theirs));
    let step = run.steps.iter().find(|s| s.what == What::Revision && matches!(s.state, StepState::Running | StepState::Failed))?;
    open.then_some(step.at)
}

fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs() as i64)
}

struct Steps<'a, K> {
    account: &'a Account,
    plan: &'a Plan,
    run: Run,
    /// Calls of earlier tries.
    before: usize,
    log: &'a mut K,
}

impl<K: RunLog> Steps<'_, K> {
    async fn all(&mut self, operation: &Operation, start: Start, sent: Option<i64>) -> Result<(), Stop> {
        self.check(operation, start, sent).await?;
        if self.begins(What::Cluster).await? {
            let made = self.make_cluster().await;
            self.ends(What::Cluster, made).await?;
        }
        for i in 0..self.plan.groups.len() {
            if self.begins(What::Group(i)).await? {
                let made = self.make_group(i).await;
                self.ends(What::Group(i), made).await?;
            }
            if self.begins(What::Retention(i)).await? {
                let made = self.keep_logs(i).await;
                self.ends(What::Retention(i), made).await?;
            }
        }
        if self.begins(What::Revision).await? {
            let made = self.register().await;
            self.ends(What::Revision, made).await?;
        }
        Ok(())
    }

    fn write_calls(&mut self) {
        self.run.calls.truncate(self.before);
        self.run.calls.extend(self.account.calls());
    }

    async fn write(&mut self) -> Result<(), Stop> {
        self.write_calls();
        if self.log.record(&self.run).await { Ok(()) } else { Err(Stop::Taken) }
    }

    /// Whether the step is still to be done; if so, it is written down before its call goes out.
    async fn begins(&mut self, what: What) -> Result<bool, Stop> {
        if !matches!(self.run.state(what), Some(StepState::Waiting | StepState::Running | StepState::Failed)) {
            return Ok(false);
        }
        self.run.set(what, StepState::Running, now());
        self.write().await?;
        Ok(true)
    }

    async fn ends(&mut self, what: What, made: Result<(), Problem>) -> Result<(), Stop> {
        made?;
        self.run.set(what, StepState::Done, now());
        self.write().await
    }

    /// Whose account it is, and whether it stands as the person agreed.
    async fn check(&mut self, operation: &Operation, start: Start, sent: Option<i64>) -> Result<(), Stop> {
        self.run.set(What::Check, StepState::Running, now());
        self.write().await?;
        if let Some(at) = sent {
            // A registration may still be on its way: AWS is given the time that an answer is waited for.
            let left = at + self.account.patience.as_secs() as i64 - now();
            tokio::time::sleep(Duration::from_secs(left.clamp(0, self.account.patience.as_secs() as i64) as u64)).await;
        }
        let found = lookup(self.account, self.plan).await?;
        if found.account != operation.found.account {
            return Err(Problem::new(Kind::OtherAccount).into());
        }
        match start {
            Start::Anew if hash(self.plan, &found) != operation.hash => return Err(Problem::new(Kind::Changed).into()),
            Start::Anew => {}
            Start::Again => self.take_up(operation, &found, sent.is_some()).await?,
        }
        self.run.set(What::Check, StepState::Done, now());
        self.write().await
    }

    /// What is there already is not made again.
    async fn take_up(&mut self, operation: &Operation, found: &Found, sent: bool) -> Result<(), Stop> {
        let open = |run: &Run, what| !matches!(run.state(what), Some(StepState::Done | StepState::There) | None);
        if found.cluster == Thing::There && open(&self.run, What::Cluster) {
            self.run.set(What::Cluster, StepState::There, now());
        }
        for (i, _) in found.groups.iter().enumerate().filter(|(_, g)| **g == Thing::There) {
            if open(&self.run, What::Group(i)) {
                self.run.set(What::Group(i), StepState::There, now());
            }
        }
        if !open(&self.run, What::Revision) {
            return Ok(());
        }
        let ours = if sent { ours(self.account, self.plan).await? } else { None };
        let newest = |found: &Found| found.newest.as_ref().map(|n| n.arn.clone());
        if let Some(arn) = ours {
            self.registered(arn);
        } else if newest(found) == newest(&operation.found) {
            // Nobody registered anything since.
        } else if sent && self.plan.stamp.is_none() && found.newest.as_ref().is_some_and(|n| n.changes.is_empty()) {
            // Without room for a tag, the same definition is the only mark there is.
            self.registered(newest(found).unwrap_or_default());
        } else {
            return Err(Problem::new(Kind::Changed).into());
        }
        Ok(())
    }

    fn registered(&mut self, arn: String) {
        self.run.arn = Some(arn);
        self.run.set(What::Revision, StepState::Done, now());
    }

    async fn make_cluster(&self) -> Result<(), Problem> {
        let tag = Tag::builder().key(TAG).value(self.plan.mark.as_str()).build();
        let fargate = self.plan.fargate.then(|| vec!["FARGATE".to_owned()]);
        let call = self.account.ecs().create_cluster().cluster_name(self.plan.cluster.as_str()).tags(tag).set_capacity_providers(fargate);
        call.send().await.map(|_| ()).map_err(|e| problem(self.account, self.plan, "ecs:CreateCluster", &e))
    }

    async fn make_group(&self, i: usize) -> Result<(), Problem> {
        let group = &self.plan.groups[i];
        let call = self.account.logs(group.region.as_deref()).create_log_group().log_group_name(group.name.as_str()).tags(TAG, self.plan.mark.as_str());
        match call.send().await {
            Ok(_) => Ok(()),
            // Repeated after a lost answer, or somebody was faster: it is there.
            Err(e) if matches!(e.as_service_error(), Some(CreateLogGroupError::ResourceAlreadyExistsException(_))) => Ok(()),
            Err(e) => Err(problem(self.account, self.plan, "logs:CreateLogGroup", &e)),
        }
    }

    async fn keep_logs(&self, i: usize) -> Result<(), Problem> {
        let group = &self.plan.groups[i];
        let call = self.account.logs(group.region.as_deref()).put_retention_policy().log_group_name(group.name.as_str()).retention_in_days(RETENTION as i32);
        call.send().await.map(|_| ()).map_err(|e| problem(self.account, self.plan, "logs:PutRetentionPolicy", &e))
    }

    async fn register(&mut self) -> Result<(), Problem> {
        // The definition goes as it was typed: the SDK's types would drop what they do not know and respell numbers.
        let body = self.plan.definition.to_string();
        let send = self
            .account
            .ecs()
            .register_task_definition()
            .family(self.plan.family.as_str())
            .container_definitions(ContainerDefinition::builder().build())
            .customize()
            .config_override(aws_sdk_ecs::config::Config::builder().retry_config(RetryConfig::disabled()))
            .mutate_request(move |request| {
                request.headers_mut().insert("content-length", body.len().to_string());
                *request.body_mut() = SdkBody::from(body.clone());
            })
            .send()
            .await;
        match send {
            Ok(said) => {
                let arn = said.task_definition().and_then(|t| t.task_definition_arn()).unwrap_or_default().to_owned();
                self.run.arn = Some(arn);
                Ok(())
            }
            Err(error) => {
                let failed = problem(self.account, self.plan, "ecs:RegisterTaskDefinition", &error);
                // AWS has said no, or was never reached: nothing was registered.
                if !code(&error).is_empty() && failed.kind != Kind::Theirs || failed.kind == Kind::Unreachable {
                    return Err(failed);
                }
                match ours(self.account, self.plan).await {
                    Ok(Some(arn)) => {
                        self.run.arn = Some(arn);
                        Ok(())
                    }
                    // It may still be on its way; going on looks again.
                    Ok(None) | Err(_) => Err(failed),
                }
            }
        }
    }
}
