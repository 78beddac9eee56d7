//! Looks that are going on, one a draft: a person sees how far theirs has come, and can end it.

use super::Answered;
use registry::{Error, Look, Progress};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};
use taskdef::deploy::Problem;
use tokio::{sync::watch, task::AbortHandle};

/// Looks that are going on or have just ended.
const MOST: usize = 256;
/// How long the answers of a look that has ended are kept for its page.
const KEPT: Duration = Duration::from_secs(300);

/// A look into all images of a draft.
pub struct Running {
    /// Bytes of layers that have arrived.
    pub progress: Progress,
    /// The image that is being asked about.
    now: Mutex<String>,
    answers: Mutex<Vec<Answered>>,
    /// Why AWS did not sign it in.
    problem: Mutex<Option<Problem>>,
    ended: watch::Sender<bool>,
    begun: Instant,
    task: Mutex<Option<AbortHandle>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Running {
    /// The image that is being asked about.
    pub fn now(&self) -> String {
        lock(&self.now).clone()
    }

    /// Whether it has ended.
    pub fn has_ended(&self) -> bool {
        *self.ended.borrow()
    }

    /// What it has found so far.
    pub fn answers(&self) -> Vec<Answered> {
        lock(&self.answers).clone()
    }

    /// Begins to ask about an image.
    pub fn asks(&self, image: &str) {
        image.clone_into(&mut lock(&self.now));
    }

    /// Has an answer about an image.
    pub fn adds(&self, image: String, answer: Result<Look, Error>) {
        lock(&self.answers).push((image, answer));
    }

    /// Why AWS did not sign it in.
    pub fn problem(&self) -> Option<Problem> {
        lock(&self.problem).clone()
    }

    /// AWS did not sign it in.
    #[cfg(feature = "aws")]
    pub fn fails(&self, problem: Problem) {
        *lock(&self.problem) = Some(problem);
    }

    /// Waits for its end, but not for long; whether it has ended.
    pub async fn wait(&self, longest: Duration) -> bool {
        let mut ended = self.ended.subscribe();
        let _ = tokio::time::timeout(longest, ended.wait_for(|ended| *ended)).await;
        self.has_ended()
    }
}

/// Says that a look has ended, however it did.
struct End(Arc<Running>);

impl Drop for End {
    fn drop(&mut self) {
        self.0.ended.send_replace(true);
    }
}

/// The looks of all drafts, by the drafts' tags.
#[derive(Default)]
pub struct Looks(Mutex<HashMap<String, Arc<Running>>>);

impl Looks {
    /// The look of a draft that is going on or has just ended.
    pub fn of(&self, draft: &str) -> Option<Arc<Running>> {
        lock(&self.0).get(draft).filter(|look| !look.has_ended() || look.begun.elapsed() < KEPT).cloned()
    }

    /// Ends the look of a draft. What it has found stays known.
    pub fn stop(&self, draft: &str) {
        if let Some(look) = lock(&self.0).remove(draft)
            && let Some(task) = lock(&look.task).take()
        {
            task.abort();
        }
    }

    /// Begins a look into images of a draft, unless one is going on. Its work ends with it.
    ///
    /// # Errors
    /// [`Error::Busy`] where too many are going on.
    pub fn begin<F>(&self, draft: &str, work: impl FnOnce(Arc<Running>) -> F) -> Result<Arc<Running>, Error>
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let mut all = lock(&self.0);
        if let Some(going) = all.get(draft).filter(|look| !look.has_ended()) {
            return Ok(going.clone());
        }
        all.retain(|_, look| !look.has_ended() || look.begun.elapsed() < KEPT);
        if all.len() >= MOST {
            return Err(Error::Busy);
        }
        let look = Arc::new(Running {
            progress: Progress::default(),
            now: Mutex::default(),
            answers: Mutex::default(),
            problem: Mutex::default(),
            ended: watch::Sender::new(false),
            begun: Instant::now(),
            task: Mutex::default(),
        });
        let (end, work) = (End(look.clone()), work(look.clone()));
        let task = tokio::spawn(async move {
            let _end = end;
            work.await;
        });
        *lock(&look.task) = Some(task.abort_handle());
        all.insert(draft.to_owned(), look.clone());
        Ok(look)
    }
}
