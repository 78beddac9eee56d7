//! Group commit: what arrives while a transaction is on its way to the disk goes into the next one, together.
//!
//! One task writes. Each job is answered only after the commit of its transaction, whether it was a save that
//! was done or a clash that was seen: an answer speaks only of what is on the disk.
//!
//! Long work (deleting, sweeping, thinning a history, new keys for an old draft) has its own transactions: one piece, then
//! whatever else has arrived meanwhile, then the next piece. So a save waits for one piece of it at most.

use crate::{
    Bound, Claim, Created, Life, Mark, Options, Saved, StoreError, Token, Way, looks, operations,
    room::{Change, Room},
    rows::Rows,
    work::{self, NewPair},
};
use sqlx::{Connection, Database, Pool};
use std::{
    collections::{BTreeSet, VecDeque},
    sync::Arc,
};
use tokio::sync::{mpsc, oneshot};

/// Most jobs in one transaction.
const BATCH: usize = 256;

/// How often a transaction is tried again that another replica was in the way of.
const TRIES: usize = 8;

/// Expired drafts deleted in one transaction, and about how many bytes of them: few, so that others do not wait for it.
const SWEPT: i64 = 50;
const SWEPT_BYTES: i64 = 4 << 20;

/// Seconds after which the write-ahead log is emptied again.
const LOG_LIFE: i64 = 3600;

/// What is to be written.
#[derive(Clone)]
pub(crate) enum Work {
    Create { edit: Token, body: Arc<str>, who: Arc<[u8]>, way: Way },
    Save { token: Token, base: i64, body: Arc<str>, who: Arc<[u8]>, way: Way },
    Mark { token: Token, revision: i64, mark: Mark },
    Rekey { token: Token, edit: Option<Token> },
    SetLife { token: Token, life: Life },
    Delete { token: Token },
    AddOperation { token: Token, id: i64, body: Arc<str> },
    ClaimOperation { token: Token, id: i64, holder: i64, seconds: i64 },
    WriteOperation { token: Token, id: i64, holder: i64, seconds: i64, body: Arc<str> },
    KeepLook { name: Arc<str>, body: Arc<str> },
    Sweep,
    Thin { draft: i64 },
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
    /// Nothing yet: it takes long.
    Long,
    /// Nothing: there is no room for it.
    NoRoom(Bound),
}

/// Work, and where its answer goes.
pub(crate) struct Job {
    pub work: Work,
    pub answer: oneshot::Sender<Result<Done, StoreError>>,
}

impl Work {
    /// Whether it takes long from the start.
    fn is_long(&self) -> bool {
        matches!(self, Work::Delete { .. } | Work::Sweep | Work::Thin { .. })
    }

    /// The same draft's work stays in its order; different drafts are taken in one order by all replicas, so that
    /// two of them do not wait for each other.
    fn order(&self) -> Option<i64> {
        match self {
            Work::Save { token, .. }
            | Work::Mark { token, .. }
            | Work::Rekey { token, .. }
            | Work::SetLife { token, .. }
            | Work::Delete { token }
            | Work::AddOperation { token, .. }
            | Work::ClaimOperation { token, .. }
            | Work::WriteOperation { token, .. } => Some(token.id()),
            Work::Create { .. } | Work::KeepLook { .. } | Work::Sweep | Work::Thin { .. } | Work::Probe => None,
        }
    }
}

/// Runs until all senders are gone; then everything accepted has been answered.
pub(crate) async fn run<DB>(pool: Pool<DB>, mut jobs: mpsc::Receiver<Job>, options: Options, room: Arc<Room>)
where
    DB: Database,
    DB::Connection: Rows,
{
    let most = if options.group { BATCH } else { 1 };
    let emptied = (options.clock)();
    let mut writer = Writer { pool, options, room, long: VecDeque::new(), large: BTreeSet::new(), emptied };
    let mut batch: Vec<Job> = Vec::with_capacity(most);
    loop {
        match writer.next_long() {
            None if jobs.recv_many(&mut batch, most).await == 0 => return,
            None => {}
            Some(job) => {
                writer.long(job).await;
                while batch.len() < most
                    && let Ok(job) = jobs.try_recv()
                {
                    batch.push(job);
                }
            }
        }
        let (long, short): (Vec<Job>, Vec<Job>) = batch.drain(..).partition(|job| job.work.is_long());
        writer.long.extend(long);
        if !short.is_empty() {
            writer.batch(short).await;
        }
    }
}

struct Writer<DB: Database> {
    pool: Pool<DB>,
    options: Options,
    room: Arc<Room>,
    /// Long work, in the order of its arrival.
    long: VecDeque<Job>,
    /// Drafts whose history is to be thinned.
    large: BTreeSet<i64>,
    /// When the write-ahead log was emptied.
    emptied: i64,
}

/// What a transaction did.
#[derive(Default)]
struct Written {
    results: Vec<Result<Done, StoreError>>,
    change: Change,
    large: Vec<i64>,
}

impl<DB> Writer<DB>
where
    DB: Database,
    DB::Connection: Rows,
{
    fn next_long(&mut self) -> Option<Job> {
        // New links that nobody waits for any more would be lost, and the draft with them.
        self.long.retain(|job| !(job.answer.is_closed() && matches!(job.work, Work::Rekey { .. })));
        let thin = |draft| Job { work: Work::Thin { draft }, answer: oneshot::channel().0 };
        self.long.pop_front().or_else(|| self.large.pop_first().map(thin))
    }

    async fn long(&mut self, job: Job) {
        let result = self.together(std::slice::from_ref(&job), true).await.and_then(|mut all| all.pop().unwrap_or(Err(StoreError::Closed)));
        let now = (self.options.clock)();
        if matches!(result, Ok(Done::Swept(0))) && now - self.emptied >= LOG_LIFE && self.empty_log().await.is_ok_and(|done| done) {
            self.emptied = now;
        }
        drop(job.answer.send(result));
    }

    async fn empty_log(&self) -> Result<bool, StoreError> {
        self.pool.acquire().await?.empty_log().await
    }

    async fn batch(&mut self, mut batch: Vec<Job>) {
        batch.sort_by_cached_key(|job| job.work.order());
        let mut results = self.together(&batch, false).await;
        // One bad job must not take the others with it.
        if batch.len() > 1 && matches!(&results, Err(e) if e.is_of_one()) {
            let mut alone = Vec::with_capacity(batch.len());
            for job in batch.chunks(1) {
                alone.push(self.together(job, false).await.and_then(|mut r| r.pop().unwrap_or(Err(StoreError::Closed))));
            }
            results = Ok(alone);
        }
        match results {
            Ok(all) => {
                for (job, result) in batch.into_iter().zip(all) {
                    match result {
                        Ok(Done::Long) => self.long.push_back(job),
                        result => drop(job.answer.send(result)),
                    }
                }
            }
            Err(error) => batch.into_iter().for_each(|job| drop(job.answer.send(Err(error.again())))),
        }
    }

    /// One transaction, tried again where only another replica was in the way.
    async fn together(&mut self, jobs: &[Job], long: bool) -> Result<Vec<Result<Done, StoreError>>, StoreError> {
        for _ in 1..TRIES {
            match self.once(jobs, long).await {
                Err(error) if error.passes() => {}
                other => return other,
            }
        }
        self.once(jobs, long).await
    }

    async fn once(&mut self, jobs: &[Job], long: bool) -> Result<Vec<Result<Done, StoreError>>, StoreError> {
        let mut connection = self.pool.acquire().await?;
        let mut written = Written::default();
        let outcome = async {
            let mut tx = connection.begin().await?;
            let mut rest = jobs;
            while let Some(job) = rest.first() {
                let saves = saves(rest);
                if !saves.is_empty() {
                    rest = &rest[saves.len()..];
                    let batch = work::save(&mut *tx, &saves, self.room.left(written.change), (self.options.clock)()).await?;
                    written.change.bytes += batch.bytes;
                    written.large.extend(batch.large);
                    written.results.extend(batch.answers.into_iter().map(|r| r.map(Done::Saved)));
                    continue;
                }
                rest = &rest[1..];
                let turn = Turn { now: (self.options.clock)(), long, room: &self.room };
                written.results.push(match step(&mut *tx, &job.work, &turn, &mut written.change).await {
                    Ok(Done::NoRoom(bound)) => Err(StoreError::Full(bound)),
                    // Refusals write nothing; anything else leaves the transaction in doubt.
                    result @ (Ok(_) | Err(StoreError::NotFound | StoreError::ReadOnly | StoreError::Sealed)) => result,
                    Err(error) => return Err(error),
                });
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
        self.room.add(written.change);
        self.large.extend(written.large);
        Ok(written.results)
    }
}

/// The saves that stand first, up to the second of one draft: those can be written together.
fn saves(jobs: &[Job]) -> Vec<work::Text<'_>> {
    let mut texts: Vec<work::Text<'_>> = Vec::new();
    for job in jobs {
        match &job.work {
            // In their order, so the same draft's stand side by side.
            Work::Save { token, base, body, who, way } if texts.last().is_none_or(|t| t.token != token) => {
                texts.push(work::Text { token, base: *base, body, who, way: *way });
            }
            _ => break,
        }
    }
    texts
}

/// What a step needs to know besides its work.
struct Turn<'a> {
    now: i64,
    /// Whether it may take long.
    long: bool,
    room: &'a Room,
}

async fn step(rows: &mut impl Rows, work: &Work, turn: &Turn<'_>, change: &mut Change) -> Result<Done, StoreError> {
    let (now, left) = (turn.now, turn.room.left(*change));
    match work {
        Work::Create { .. } if !turn.room.for_draft(*change) => Ok(Done::NoRoom(Bound::Drafts)),
        Work::Create { edit, body, who, way } => {
            let new = work::New { edit, body, who, way: *way };
            let Some((made, bytes)) = work::create(rows, &new, left, now).await? else { return Ok(Done::NoRoom(left.bound)) };
            change.drafts += 1;
            change.bytes += bytes;
            Ok(Done::Created(made))
        }
        Work::Save { token, base, body, who, way } => {
            let text = work::Text { token, base: *base, body, who, way: *way };
            let mut batch = work::save(rows, &[text], left, now).await?;
            change.bytes += batch.bytes;
            batch.answers.pop().unwrap_or(Err(StoreError::Closed)).map(Done::Saved)
        }
        Work::Mark { token, revision, mark } => work::mark(rows, token, *revision, *mark, now).await.map(Done::Written),
        Work::Rekey { token, edit } => match work::rekey(rows, token, edit.as_ref(), turn.long, now).await? {
            NewPair::Made(made, freed) => {
                change.bytes -= freed;
                Ok(Done::Created(made))
            }
            NewPair::Long => Ok(Done::Long),
        },
        Work::SetLife { token, life } => work::set_life(rows, token, *life, now).await.map(Done::ExpiresAt),
        Work::Delete { token } => {
            change.bytes -= work::delete(rows, token, now).await?;
            change.drafts -= 1;
            Ok(Done::Nothing)
        }
        Work::AddOperation { token, id, body } => {
            let Some(bytes) = operations::add(rows, token, *id, body, left, now).await? else { return Ok(Done::NoRoom(left.bound)) };
            change.bytes += bytes;
            Ok(Done::Nothing)
        }
        Work::ClaimOperation { token, id, holder, seconds } => operations::claim(rows, token, *id, *holder, *seconds, now).await.map(Done::Claimed),
        // Never refused for lack of room: it says what was done on AWS.
        Work::WriteOperation { token, id, holder, seconds, body } => {
            let written = operations::write(rows, token, *id, *holder, *seconds, body, now).await;
            written.map(Done::Written)
        }
        Work::KeepLook { name, body } => {
            let Some(bytes) = looks::keep(rows, name, body, left, now).await? else { return Ok(Done::NoRoom(left.bound)) };
            change.bytes += bytes;
            Ok(Done::Nothing)
        }
        Work::Sweep => {
            let (drafts, bytes) = work::sweep(rows, SWEPT, SWEPT_BYTES, now).await?;
            change.drafts -= drafts as i64;
            change.bytes -= bytes;
            Ok(Done::Swept(drafts))
        }
        Work::Thin { draft } => {
            change.bytes -= work::thin(rows, *draft).await?;
            Ok(Done::Nothing)
        }
        Work::Probe => rows.probe(now).await.map(|_| Done::Nothing),
    }
}
