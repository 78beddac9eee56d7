//! The store's handle: the same for both engines. Reads go to a pool, writes to the one who writes.

use crate::{
    Answer, Claim, Created, Life, Mark, Opened, Operation, Options, Point, Saved, Step, StoreError, Token, Way, held, looks, operations, postgres,
    room::Room,
    rows::Rows,
    sqlite, work,
    writer::{Done, Job, Work},
};
use sqlx::{PgPool, SqlitePool};
use std::{
    fs::File,
    pin::Pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};
use tokio::{
    runtime::Handle,
    sync::{mpsc, oneshot},
    task::JoinHandle,
};

/// Jobs that may wait for the writer; more wait at the door.
const WAITING: usize = 4096;

/// Seconds after which bytes are counted anew where that takes long.
const COUNTED: i64 = 3600;

/// Longest that a writer may be waited for. Then the answer is that the store does not answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// A store of drafts. Cloning gives another handle to the same one.
#[derive(Clone)]
pub struct Store {
    pool: Readers,
    jobs: Arc<Mutex<Option<mpsc::Sender<Job>>>>,
    writer: Arc<Mutex<Option<JoinHandle<()>>>>,
    room: Arc<Room>,
    counted: Arc<AtomicI64>,
    options: Options,
    /// Where reads are done: with the writer.
    tasks: Handle,
    // Held open for as long as the store is: it keeps a second process away.
    _lock: Option<Arc<File>>,
}

#[derive(Clone)]
pub(crate) enum Readers {
    /// With the writer's, which is closed last.
    Sqlite(SqlitePool, SqlitePool),
    Postgres(PgPool),
}

/// Runs a read on either engine, in a task of the store: it goes on while its caller waits for something else, so it has its
/// connection no longer than it needs it.
macro_rules! read {
    ($store:expr, [$($name:ident),*], $rows:ident, $now:ident => $work:expr) => {{
        let (pool, $now) = ($store.pool.clone(), $store.now());
        $(let $name = $name.to_owned();)*
        let read = $store.tasks.spawn(async move {
            match pool {
                Readers::Sqlite(pool, _) => {
                    let mut connection = pool.acquire().await?;
                    let $rows = &mut *connection;
                    $work.await
                }
                Readers::Postgres(pool) => {
                    let mut connection = pool.acquire().await?;
                    let $rows = &mut *connection;
                    $work.await
                }
            }
        });
        async move { read.await.unwrap_or(Err(StoreError::Closed)) }
    }};
}

/// Once more where a text did not open: the links may have been replaced between two statements.
macro_rules! again {
    ($read:expr) => {
        Box::pin(async move {
            match $read.await {
                Err(StoreError::Sealed) => $read.await,
                other => other,
            }
        })
    };
}

impl Store {
    /// Opens (and makes, where missing) the store at `sqlite:FILE` or `postgres://…`.
    pub fn open(address: &str) -> Answer<'_, Store> {
        Store::open_with(address, Options::default())
    }

    /// The same, with limits.
    pub fn open_with(address: &str, options: Options) -> Answer<'_, Store> {
        Box::pin(async move {
            let (jobs, waiting) = mpsc::channel(WAITING);
            let (pool, room, writer, lock) = if let Some(file) = address.strip_prefix("sqlite:") {
                let opened = sqlite::open(file).await?;
                let room = Arc::new(Room::new(&options, Some(opened.folder)));
                let writer = tokio::spawn(crate::writer::run(opened.writer.clone(), waiting, options.clone(), room.clone()));
                (Readers::Sqlite(opened.readers, opened.writer), room, writer, Some(Arc::new(opened.lock)))
            } else if address.starts_with("postgres:") || address.starts_with("postgresql:") {
                let pool = postgres::open(address).await?;
                let room = Arc::new(Room::new(&options, None));
                let writer = tokio::spawn(crate::writer::run(pool.clone(), waiting, options.clone(), room.clone()));
                (Readers::Postgres(pool), room, writer, None)
            } else {
                return Err(StoreError::Address);
            };
            let (jobs, writer) = (Arc::new(Mutex::new(Some(jobs))), Arc::new(Mutex::new(Some(writer))));
            let store = Store { pool, jobs, writer, room, counted: Arc::new(AtomicI64::new(i64::MIN)), options, tasks: Handle::current(), _lock: lock };
            store.recount().await?;
            Ok(store)
        })
    }

    async fn write(&self, work: Work) -> Result<Done, StoreError> {
        let sender = self.jobs.lock().ok().and_then(|jobs| jobs.clone()).ok_or(StoreError::Closed)?;
        let (answer, answered) = oneshot::channel();
        let waited = async {
            sender.send(Job { work, answer }).await.map_err(|_| StoreError::Closed)?;
            answered.await.map_err(|_| StoreError::Closed)?
        };
        tokio::time::timeout(PATIENCE, waited).await.unwrap_or(Err(StoreError::Slow))
    }

    fn now(&self) -> i64 {
        (self.options.clock)()
    }

    /// Stores a new draft as revision 1, which stays for as long as the draft. `who` is the person, and may be empty.
    pub async fn create(&self, body: &str, who: &[u8], way: Way) -> Result<Created, StoreError> {
        let edit = Token::random().map_err(|_| StoreError::Random)?;
        match self.write(Work::Create { edit, body: body.into(), who: who.into(), way }).await? {
            Done::Created(made) => Ok(made),
            _ => Err(StoreError::Closed),
        }
    }

    /// Whether one of this draft's links is known: one statement by index, and nothing is opened.
    pub fn exists<'a>(&'a self, token: &'a Token) -> Answer<'a, bool> {
        Box::pin(async move { read!(self, [token], rows, now => held::exists(rows, &token, now)).await })
    }

    /// Opens a draft by either of its links.
    pub fn open_draft<'a>(&'a self, token: &'a Token) -> Answer<'a, Opened> {
        Box::pin(async move { read!(self, [token], rows, now => work::open(rows, &token, now)).await })
    }

    /// The text of an earlier revision; `None` when it is no longer kept.
    pub fn at_revision<'a>(&'a self, token: &'a Token, revision: i64) -> Answer<'a, Option<String>> {
        again!(read!(self, [token], rows, now => work::at_revision(rows, &token, revision, now)))
    }

    /// The revisions that are kept, oldest first, without their texts; and the identifier that `who` has in them.
    pub fn steps<'a>(&'a self, token: &'a Token, who: &'a [u8]) -> Answer<'a, (Vec<Step>, Vec<u8>)> {
        Box::pin(async move { read!(self, [token, who], rows, now => work::steps(rows, &token, &who, now)).await })
    }

    /// The points of the draft's history, newest first, at most 50, and the first one.
    pub fn history<'a>(&'a self, token: &'a Token) -> Answer<'a, Vec<Point>> {
        again!(read!(self, [token], rows, now => work::history(rows, &token, now)))
    }

    /// The identifier that `who` has in the history of this draft.
    pub fn author<'a>(&'a self, token: &'a Token, who: &'a [u8]) -> Answer<'a, Vec<u8>> {
        Box::pin(async move { read!(self, [token, who], rows, now => work::author(rows, &token, &who, now)).await })
    }

    /// Saves `body`, made from revision `base`. A repeat of the last save gets the same answer.
    pub async fn save(&self, token: &Token, base: i64, body: &str, who: &[u8], way: Way) -> Result<Saved, StoreError> {
        match self.write(Work::Save { token: token.clone(), base, body: body.into(), who: who.into(), way }).await? {
            Done::Saved(saved) => Ok(saved),
            _ => Err(StoreError::Closed),
        }
    }

    /// Marks a revision as taken outside; whether it is still kept. The next change starts a point of its own.
    pub async fn mark(&self, token: &Token, revision: i64, mark: Mark) -> Result<bool, StoreError> {
        match self.write(Work::Mark { token: token.clone(), revision, mark }).await? {
            Done::Written(written) => Ok(written),
            _ => Err(StoreError::Closed),
        }
    }

    /// Ends the view link and gives a new one; what is stored is not touched.
    pub async fn revoke_view(&self, token: &Token) -> Result<Token, StoreError> {
        match self.write(Work::Rekey { token: token.clone(), edit: None }).await? {
            Done::Created(made) => Ok(made.view),
            _ => Err(StoreError::Closed),
        }
    }

    /// Ends both links and gives new ones; what is stored is not touched.
    pub async fn replace_links(&self, token: &Token) -> Result<Created, StoreError> {
        let edit = Token::random().map_err(|_| StoreError::Random)?;
        match self.write(Work::Rekey { token: token.clone(), edit: Some(edit) }).await? {
            Done::Created(made) => Ok(made),
            _ => Err(StoreError::Closed),
        }
    }

    /// Sets how long the draft lives after its last edit, from now on. Returns the second of its end.
    pub async fn set_life(&self, token: &Token, life: Life) -> Result<i64, StoreError> {
        match self.write(Work::SetLife { token: token.clone(), life }).await? {
            Done::ExpiresAt(at) => Ok(at),
            _ => Err(StoreError::Closed),
        }
    }

    /// Deletes a draft with all its revisions.
    pub async fn delete(&self, token: &Token) -> Result<(), StoreError> {
        self.write(Work::Delete { token: token.clone() }).await.map(|_| ())
    }

    /// Keeps a new operation of a draft; of its older ones the last twenty stay, and whatever is being worked on.
    pub async fn add_operation(&self, token: &Token, id: i64, body: &str) -> Result<(), StoreError> {
        self.write(Work::AddOperation { token: token.clone(), id, body: body.into() }).await.map(|_| ())
    }

    /// The operations of a draft, newest first.
    pub fn operations<'a>(&'a self, token: &'a Token) -> Answer<'a, Vec<Operation>> {
        again!(read!(self, [token], rows, now => operations::all(rows, &token, now)))
    }

    /// Takes an operation up, for so many seconds; one operation of a draft at a time.
    pub async fn claim_operation(&self, token: &Token, id: i64, holder: i64, seconds: i64) -> Result<Claim, StoreError> {
        match self.write(Work::ClaimOperation { token: token.clone(), id, holder, seconds }).await? {
            Done::Claimed(claim) => Ok(claim),
            _ => Err(StoreError::Closed),
        }
    }

    /// Writes an operation that `holder` has, which has it for so many more seconds; 0 gives it back. `false` means that
    /// it is the holder's no longer, and nothing was written.
    pub async fn write_operation(&self, token: &Token, id: i64, holder: i64, seconds: i64, body: &str) -> Result<bool, StoreError> {
        match self.write(Work::WriteOperation { token: token.clone(), id, holder, seconds, body: body.into() }).await? {
            Done::Written(written) => Ok(written),
            _ => Err(StoreError::Closed),
        }
    }

    /// Keeps what a registry said, in place of the last text of that name. The oldest ones make room.
    ///
    /// # Errors
    /// [`StoreError::Full`] where it is too large, or the store has no room.
    pub async fn keep_look(&self, name: &str, body: &str) -> Result<(), StoreError> {
        self.write(Work::KeepLook { name: name.into(), body: body.into() }).await.map(|_| ())
    }

    /// What was kept under a name.
    pub fn look<'a>(&'a self, name: &'a str) -> Answer<'a, Option<String>> {
        Box::pin(async move { read!(self, [name], rows, _now => looks::find(rows, &name)).await })
    }

    /// Deletes some of the expired; how many. 0 means that none is left.
    pub async fn sweep(&self) -> Result<u64, StoreError> {
        match self.write(Work::Sweep).await? {
            Done::Swept(n) => Ok(n),
            _ => Err(StoreError::Closed),
        }
    }

    /// Counts drafts and bytes anew, where other replicas add and delete too. On PostgreSQL bytes are counted once an hour: it
    /// takes a second or two a million drafts.
    pub fn recount(&self) -> Answer<'_, i64> {
        Box::pin(async move {
            let count = read!(self, [], rows, _now => rows.count()).await?;
            self.room.set_drafts(count);
            if self.room.counts_bytes() {
                match &self.pool {
                    Readers::Sqlite(pool, _) => self.room.set_bytes(sqlite::bytes(&mut *pool.acquire().await?).await?),
                    Readers::Postgres(pool) if self.now().saturating_sub(self.counted.load(Ordering::Relaxed)) >= COUNTED => {
                        self.counted.store(self.now(), Ordering::Relaxed);
                        self.room.set_bytes(postgres::bytes(pool).await?);
                    }
                    Readers::Postgres(_) => {}
                }
            }
            Ok(count)
        })
    }

    /// Drafts that are kept, as far as this process knows.
    pub fn count(&self) -> i64 {
        self.room.drafts()
    }

    /// Reads and writes, to the disk: whether the store can do what it is for.
    pub async fn check(&self) -> Result<(), StoreError> {
        self.write(Work::Probe).await?;
        let token = Token::random().map_err(|_| StoreError::Random)?;
        match self.open_draft(&token).await {
            Err(StoreError::NotFound) => Ok(()),
            other => other.map(|_| ()),
        }
    }

    /// Finishes what was accepted and closes the database. SQLite's log is then empty and gone.
    pub fn close(&self) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(async move {
            drop(self.jobs.lock().ok().and_then(|mut jobs| jobs.take()));
            let writer = self.writer.lock().ok().and_then(|mut writer| writer.take());
            if let Some(writer) = writer {
                let _ = writer.await;
            }
            match &self.pool {
                Readers::Sqlite(readers, writer) => {
                    // Readers first: the log cannot be emptied while one looks into it.
                    readers.close().await;
                    if let Ok(mut connection) = writer.acquire().await {
                        let _ = connection.empty_log().await;
                    }
                    writer.close().await;
                }
                Readers::Postgres(pool) => pool.close().await,
            }
        })
    }
}
