//! Group commit: what arrives while a transaction is on its way to the disk goes into the next one, together.
//!
//! One task writes. Each job is answered only after the commit of its transaction, whether it was a save that
//! was done or a clash that was seen: an answer speaks only of what is on the disk.

use crate::{Claim, Created, Life, Options, Saved, StoreError, Token, operations, rows::Rows, work};
use sqlx::{Connection, Database, Pool};
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};
use tokio::sync::{mpsc, oneshot};

/// Most jobs in one transaction.
const BATCH: usize = 256;

/// How often a transaction is tried again that another replica was in the way of.
const TRIES: usize = 8;

/// Expired drafts deleted in one transaction: few, so that nobody waits for it.
const SWEPT: i64 = 50;

/// What is to be written.
#[derive(Clone)]
pub(crate) enum Work {
    Create { edit: Token, body: Arc<str>, who: Arc<[u8]> },
    Save { token: Token, base: i64, body: Arc<str>, who: Arc<[u8]> },
    Rekey { token: Token, edit: Option<Token> },
    SetLife { token: Token, life: Life },
    Delete { token: Token },
    AddOperation { token: Token, id: i64, body: Arc<str> },
    ClaimOperation { token: Token, id: i64, holder: i64, seconds: i64 },
    WriteOperation { token: Token, id: i64, holder: i64, seconds: i64, body: Arc<str> },
    Sweep,
    Probe,
}

/// What became of it.
pub(crate) enum Done {
    Created(Created),
    Saved(Saved),
    ExpiresAt(i64),
    Claimed(Claim),
    Written(bool),
    Nothing,
    Swept(u64),
}

/// Work, and where its answer goes.
pub(crate) struct Job {
    pub work: Work,
    pub answer: oneshot::Sender<Result<Done, StoreError>>,
}

impl Work {
    /// The same draft's work stays in its order; different drafts are taken in one order by all replicas, so that
    /// two of them do not wait for each other.
    fn order(&self) -> Option<i64> {
        match self {
            Work::Save { token, .. }
            | Work::Rekey { token, .. }
            | Work::SetLife { token, .. }
            | Work::Delete { token }
            | Work::AddOperation { token, .. }
            | Work::ClaimOperation { token, .. }
            | Work::WriteOperation { token, .. } => Some(token.id()),
            Work::Create { .. } | Work::Sweep | Work::Probe => None,
        }
    }
}

/// Runs until all senders are gone; then everything accepted has been answered.
pub(crate) async fn run<DB>(pool: Pool<DB>, mut jobs: mpsc::Receiver<Job>, options: Options, count: Arc<AtomicI64>)
where
    DB: Database,
    DB::Connection: Rows,
{
    let most = if options.group { BATCH } else { 1 };
    let mut batch: Vec<Job> = Vec::with_capacity(most);
    while jobs.recv_many(&mut batch, most).await > 0 {
        batch.sort_by_cached_key(|job| job.work.order());
        let mut results = together(&pool, &batch, &options, &count).await;
        // One bad job must not take the others with it.
        if batch.len() > 1 && matches!(&results, Err(e) if e.is_of_one()) {
            let mut alone = Vec::with_capacity(batch.len());
            for job in batch.chunks(1) {
                alone.push(together(&pool, job, &options, &count).await.and_then(|mut r| r.pop().unwrap_or(Err(StoreError::Closed))));
            }
            results = Ok(alone);
        }
        match results {
            Ok(all) => batch.drain(..).zip(all).for_each(|(job, result)| drop(job.answer.send(result))),
            Err(error) => batch.drain(..).for_each(|job| drop(job.answer.send(Err(error.again())))),
        }
    }
}

/// One transaction, tried again where only another replica was in the way.
async fn together<DB>(pool: &Pool<DB>, jobs: &[Job], options: &Options, count: &AtomicI64) -> Result<Vec<Result<Done, StoreError>>, StoreError>
where
    DB: Database,
    DB::Connection: Rows,
{
    for _ in 1..TRIES {
        match once(pool, jobs, options, count).await {
            Err(error) if error.passes() => {}
            other => return other,
        }
    }
    once(pool, jobs, options, count).await
}

async fn once<DB>(pool: &Pool<DB>, jobs: &[Job], options: &Options, count: &AtomicI64) -> Result<Vec<Result<Done, StoreError>>, StoreError>
where
    DB: Database,
    DB::Connection: Rows,
{
    let mut connection = pool.acquire().await?;
    let (mut results, mut more) = (Vec::with_capacity(jobs.len()), 0);
    let outcome = async {
        let mut tx = connection.begin().await?;
        let mut rest = jobs;
        while let Some(job) = rest.first() {
            let saves = saves(rest);
            if !saves.is_empty() {
                rest = &rest[saves.len()..];
                results.extend(work::save(&mut *tx, &saves, (options.clock)()).await?.into_iter().map(|r| r.map(Done::Saved)));
                continue;
            }
            rest = &rest[1..];
            let room = count.load(Ordering::Relaxed) + more < options.most_drafts;
            let result = step(&mut *tx, &job.work, options, room).await;
            match &result {
                Ok(Done::Created(_)) if matches!(job.work, Work::Create { .. }) => more += 1,
                Ok(Done::Nothing) if matches!(job.work, Work::Delete { .. }) => more -= 1,
                Ok(Done::Swept(n)) => more -= *n as i64,
                // Refusals write nothing; anything else leaves the transaction in doubt.
                Ok(_) | Err(StoreError::NotFound | StoreError::ReadOnly | StoreError::Sealed) => {}
                Err(StoreError::Full) if !room => {}
                Err(_) => return result.map(|_| ()),
            }
            results.push(result);
        }
        tx.commit().await?;
        Ok(())
    }
    .await;
    if let Err(error) = outcome {
        // After a failed write the connection's own picture of the file may be wrong: the next one reads it anew.
        drop(connection.close().await);
        return Err(error);
    }
    count.fetch_add(more, Ordering::Relaxed);
    Ok(results)
}

/// The saves that stand first, up to the second of one draft: those can be written together.
fn saves(jobs: &[Job]) -> Vec<work::Text<'_>> {
    let mut texts: Vec<work::Text<'_>> = Vec::new();
    for job in jobs {
        match &job.work {
            // In their order, so the same draft's stand side by side.
            Work::Save { token, base, body, who } if texts.last().is_none_or(|t| t.token != token) => texts.push(work::Text { token, base: *base, body, who }),
            _ => break,
        }
    }
    texts
}

async fn step(rows: &mut impl Rows, work: &Work, options: &Options, room: bool) -> Result<Done, StoreError> {
    let now = (options.clock)();
    match work {
        Work::Create { .. } if !room => Err(StoreError::Full),
        Work::Create { edit, body, who } => work::create(rows, edit, body, who, now).await.map(Done::Created),
        Work::Save { token, base, body, who } => {
            let text = work::Text { token, base: *base, body, who };
            work::save(rows, &[text], now).await?.pop().unwrap_or(Err(StoreError::Closed)).map(Done::Saved)
        }
        Work::Rekey { token, edit } => work::rekey(rows, token, edit.as_ref(), now).await.map(Done::Created),
        Work::SetLife { token, life } => work::set_life(rows, token, *life, now).await.map(Done::ExpiresAt),
        Work::Delete { token } => work::delete(rows, token, now).await.map(|()| Done::Nothing),
        Work::AddOperation { token, id, body } => operations::add(rows, token, *id, body, now).await.map(|()| Done::Nothing),
        Work::ClaimOperation { token, id, holder, seconds } => operations::claim(rows, token, *id, *holder, *seconds, now).await.map(Done::Claimed),
        Work::WriteOperation { token, id, holder, seconds, body } => {
            let written = operations::write(rows, token, *id, *holder, *seconds, body, now).await;
            written.map(Done::Written)
        }
        Work::Sweep => rows.sweep(now, SWEPT).await.map(Done::Swept),
        Work::Probe => rows.probe(now).await.map(|_| Done::Nothing),
    }
}
