//! Runs in the background. Each has its operation for half a minute at a time, writes every step down before the next
//! call, and gives it back at its end. Who lost it stops.

use super::Registrar;
use aws::{Account, RunLog, Sign, Start};
use drafts::{Claim, Mark, Store, StoreError, Token};
use std::{
    sync::{Arc, MutexGuard, PoisonError},
    time::Duration,
};
use taskdef::deploy::{Found, Operation, Plan, Problem, Run, StepState, What};
use tokio::{runtime::Handle, sync::Mutex, task::JoinSet};

/// Seconds that a run has its operation without a sign of life.
const LEASE: i64 = 30;

/// How often a step that cannot be written down is tried again, a second apart.
const TRIES: u32 = 5;

/// Longest that a press waits for a run to end: most do, and then its page shows the end at once.
const MOMENT: Duration = Duration::from_millis(1500);

/// Longest that the end of the program waits for runs.
const END: Duration = Duration::from_secs(40);

/// The runs of this process.
pub(super) struct Runs {
    /// The number by which the store knows this process.
    holder: i64,
    /// `None` once the program ends: what began then would be cut off.
    tasks: std::sync::Mutex<Option<JoinSet<()>>>,
    /// Where runs live: with the threads that answer, not with those that compute for the request that began one.
    home: Option<Handle>,
}

/// What became of a press.
pub enum Begun {
    /// This operation is the one to show: it runs, or has run.
    Shown(i64),
    /// There is no such operation.
    Gone,
}

impl Runs {
    pub(super) fn new() -> Result<Runs, String> {
        Ok(Runs { holder: random()?, tasks: std::sync::Mutex::new(Some(JoinSet::new())), home: Handle::try_current().ok() })
    }

    fn tasks(&self) -> MutexGuard<'_, Option<JoinSet<()>>> {
        self.tasks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins to work in the background; `false` where the program ends.
    fn spawn(&self, work: impl Future<Output = ()> + Send + 'static) -> bool {
        let mut tasks = self.tasks();
        let Some(tasks) = tasks.as_mut() else { return false };
        while tasks.try_join_next().is_some() {}
        match &self.home {
            Some(home) => tasks.spawn_on(work, home),
            None => tasks.spawn(work),
        };
        true
    }

    pub(super) async fn finish(&self) {
        let Some(mut tasks) = self.tasks().take() else { return };
        let all = async { while tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(END, all).await.is_err() {
            tracing::warn!("a registration was interrupted; its page offers to continue");
        }
    }
}

/// A random number that is not 0.
fn random() -> Result<i64, String> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(|_| "the system gave no random numbers".to_owned())?;
    Ok((i64::from_be_bytes(bytes) & i64::MAX).max(1))
}

impl Registrar {
    /// Looks at an account for a plan, and keeps what was found as a new operation; its number.
    ///
    /// # Errors
    /// What was in the way.
    pub async fn lookup(&self, store: &Store, token: &Token, who: &[u8], revision: i64, plan: Plan, sign: Sign) -> Result<Result<i64, Problem>, StoreError> {
        let id = random().map_err(|_| StoreError::Random)?;
        let plan = plan.of_operation(&format!("{id:016x}"));
        let found = async {
            let account = Account::enter(&self.aws_endpoint, sign, &plan.region).await?;
            let found: Found = aws::lookup(&account, &plan).await?;
            Ok((found, account.calls()))
        };
        match found.await {
            Ok((found, calls)) => {
                let looked_by = store.author(token, who).await?;
                let operation = Operation { looked_by, ..Operation::new(revision, plan, found, calls) };
                store.add_operation(token, id, &text(&operation)).await?;
                Ok(Ok(id))
            }
            Err(problem) => Ok(Err(problem)),
        }
    }

    /// Begins a run, or goes on with one, and waits a moment for its end. `agreed` is the hash of the plan that the
    /// person saw.
    pub async fn begin(&self, store: &Store, token: &Token, id: i64, start: Start, agreed: &str, sign: Sign) -> Result<Begun, StoreError> {
        let body = match store.claim_operation(token, id, self.runs.holder, LEASE).await? {
            Claim::Yours(body) => body,
            Claim::Busy(other) => return Ok(Begun::Shown(other)),
            Claim::Gone => return Ok(Begun::Gone),
        };
        let lease = Lease { store: store.clone(), token: token.clone(), id, holder: self.runs.holder, body: Arc::new(Mutex::new((body.clone(), false))) };
        let operation: Option<Operation> = serde_json::from_str(&body).ok();
        let run = operation.as_ref().and_then(|o| match (start, &o.run) {
            (Start::Anew, None) if o.can_begin() && o.hash == agreed => Some(Run::of(&o.plan, &o.found)),
            (Start::Again, Some(run)) if run.can_go_on() => Some(run.clone()),
            _ => None,
        });
        let Some((operation, run)) = operation.zip(run) else {
            // It has run already, or there is nothing to run.
            lease.write(None, 0).await;
            return Ok(Begun::Shown(id));
        };
        // From here on its page shows that it is going on.
        let mut first = run.clone();
        first.problem = None;
        first.set(What::Check, StepState::Running, 0);
        let mut written = Written { lease, operation, marked: false };
        if !written.record(&first).await {
            return Ok(Begun::Shown(id));
        }
        let given_up = written.lease.clone();
        let (ended, end) = tokio::sync::oneshot::channel();
        let endpoint = self.aws_endpoint.clone();
        let work = async move {
            let _holding = crate::hold::Holding::new();
            let beat = tokio::spawn(written.lease.clone().beat());
            let operation = written.operation.clone();
            let account = Account::enter(&endpoint, sign, &operation.plan.region).await;
            aws::run(account, &operation, run, start, &mut written).await;
            beat.abort();
            let _ = ended.send(());
        };
        if !self.runs.spawn(work) {
            // Its page offers to go on, as after any other interruption.
            given_up.write(None, 0).await;
            return Ok(Begun::Shown(id));
        }
        let _ = tokio::time::timeout(MOMENT, end).await;
        Ok(Begun::Shown(id))
    }
}

fn text(operation: &Operation) -> String {
    serde_json::to_string(operation).unwrap_or_default()
}

/// An operation that this process has.
#[derive(Clone)]
struct Lease {
    store: Store,
    token: Token,
    id: i64,
    holder: i64,
    /// The newest text, and whether it was the last. The writer has it locked, so that a sign of life never brings an
    /// older one, nor takes up again what was given back.
    body: Arc<Mutex<(String, bool)>>,
}

impl Lease {
    /// Writes a text, or the newest one once more; for so many more seconds it is ours. `false`: it is so no longer.
    async fn write(&self, text: Option<String>, seconds: i64) -> bool {
        let mut newest = self.body.lock().await;
        let (body, over) = &mut *newest;
        if std::mem::replace(over, seconds == 0) {
            return false;
        }
        if let Some(text) = text {
            *body = text;
        }
        for _ in 1..TRIES {
            match self.store.write_operation(&self.token, self.id, self.holder, seconds, body).await {
                Ok(written) => return written,
                // The draft has another link by now, or is gone.
                Err(StoreError::NotFound | StoreError::ReadOnly | StoreError::Closed) => return false,
                Err(error) => {
                    tracing::warn!(%error, cause = error.cause(), "a registration could not be saved");
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
            }
        }
        false
    }

    /// Signs of life while a call is out.
    async fn beat(self) {
        loop {
            tokio::time::sleep(Duration::from_secs(LEASE as u64 / 3)).await;
            self.write(None, LEASE).await;
        }
    }
}

/// A run that is written down.
struct Written {
    lease: Lease,
    operation: Operation,
    /// Whether the history says that this revision was registered.
    marked: bool,
}

impl RunLog for Written {
    async fn record(&mut self, run: &Run) -> bool {
        self.operation.run = Some(run.clone());
        let seconds = if run.is_going() { LEASE } else { 0 };
        if !self.marked && run.state(What::Revision) == Some(StepState::Done) {
            self.marked = true;
            let revision = self.operation.revision;
            if let Err(error) = self.lease.store.mark(&self.lease.token, revision, Mark::Registered).await {
                tracing::warn!(%error, cause = error.cause(), "a version could not be marked");
            }
        }
        self.lease.write(Some(text(&self.operation)), seconds).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicBool, Ordering};

    #[test]
    fn no_run_begins_once_the_program_ends() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            let (runs, done) = (Runs::new().unwrap(), Arc::new(AtomicBool::new(false)));
            let own = done.clone();
            assert!(runs.spawn(async move {
                tokio::task::yield_now().await;
                own.store(true, Ordering::Relaxed);
            }));
            runs.finish().await;
            assert!(done.load(Ordering::Relaxed), "what is going on is waited for");
            assert!(!runs.spawn(async {}), "nobody would wait for it");
            runs.finish().await;
        });
    }
}
