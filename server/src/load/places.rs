//! The threads that compute, apart from those that answer, and the places of requests with them.

use super::{
    refusal::{Prepared, Unfinished},
    room::Room,
    turns::Turns,
};
use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::Duration,
};
use tokio::{runtime::Handle, task::JoinHandle};

/// How much may be going on.
#[derive(Clone, Copy, Debug)]
pub struct Most {
    /// Requests that compute or wait for it.
    pub requests: usize,
    /// Bytes of bodies that have been read and are not answered.
    pub bodies: usize,
    /// Bytes of answers that have been made and are not sent.
    pub answers: usize,
    /// Bytes of one form.
    pub form: usize,
}

/// The work that is going on.
pub struct Load {
    compute: Handle,
    turns: Arc<Turns>,
    most: usize,
    taken: Mutex<HashMap<IpAddr, usize>>,
    /// Room for bodies.
    pub(super) bodies: Arc<Room>,
    /// Room for answers.
    pub(super) answers: Arc<Room>,
    /// Largest body of a form, in bytes.
    pub(super) form: usize,
    /// The page that says that everything is taken, made at the start: then nothing has to be computed for it.
    pub busy: [OnceLock<Prepared>; 2],
}

/// A request's place; it is free again when this is dropped.
pub struct Place {
    load: Arc<Load>,
    address: IpAddr,
}

impl Load {
    /// Work on the threads of `compute`.
    pub fn new(compute: Handle, most: Most) -> Arc<Load> {
        Arc::new(Load {
            // One thread is always free: what arrives has to be seen before it can have a turn.
            turns: Turns::new(compute.metrics().num_workers().saturating_sub(1)),
            compute,
            most: most.requests.max(2),
            taken: Mutex::default(),
            bodies: Room::new(most.bodies),
            answers: Room::new(most.answers),
            form: most.form.min(most.bodies),
            busy: [OnceLock::new(), OnceLock::new()],
        })
    }

    /// A place, where there is one. One address gets no more than half of them while it is alone with so many.
    pub fn enter(self: &Arc<Load>, address: IpAddr) -> Option<Place> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if taken.values().sum::<usize>() >= self.most || taken.get(&address).is_some_and(|own| *own >= self.most / 2) {
            return None;
        }
        *taken.entry(address).or_default() += 1;
        Some(Place { load: self.clone(), address })
    }

    /// Does work on the threads that compute. Where the caller is dropped, work that waits is dropped too.
    ///
    /// # Errors
    /// Where it panicked or took longer than `patience`.
    pub async fn run<T: Send + 'static>(&self, place: Place, patience: Duration, work: impl Future<Output = T> + Send + 'static) -> Result<T, Unfinished> {
        // The place is held by the work itself: what computes on although nobody waits for it still takes one.
        let turns = self.turns.clone();
        let task = self.compute.spawn(async move {
            let place = place;
            turns.run(place.address, work).await
        });
        let mut task = Abort(task);
        match tokio::time::timeout(patience, &mut task.0).await {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(_)) => Err(Unfinished::Broken),
            Err(_) => Err(Unfinished::Late),
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.load.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = taken.get_mut(&self.address) {
            *own -= 1;
            if *own == 0 {
                taken.remove(&self.address);
            }
        }
    }
}

struct Abort<T>(JoinHandle<T>);

impl<T> Drop for Abort<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_and_one_address_leaves_half_to_others() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let load = Load::new(runtime.handle().clone(), Most { requests: 4, bodies: 4096, answers: 4096, form: 1024 });
        let (one, other) = (IpAddr::from([1; 4]), IpAddr::from([2; 4]));
        let held = [load.enter(one), load.enter(one)];
        assert!(held.iter().all(Option::is_some) && load.enter(one).is_none());
        let rest = [load.enter(other), load.enter(other)];
        assert!(rest.iter().all(Option::is_some) && load.enter(IpAddr::from([3; 4])).is_none());
        drop(held);
        assert!(load.enter(one).is_some());
    }

    #[test]
    fn a_crowd_of_one_address_keeps_another_waiting_for_one_piece_of_its_work() {
        use std::sync::{atomic, mpsc};
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_time().build().unwrap();
        let load = Load::new(runtime.handle().clone(), Most { requests: 80, bodies: 4096, answers: 4096, form: 1024 });
        let done = Arc::new(atomic::AtomicUsize::new(0));
        let ((go, gone), (begin, begun)) = (mpsc::channel::<()>(), mpsc::channel());
        let mut first = Some((begin, gone));
        let mut press = |address: [u8; 4]| {
            let (load, done, first) = (load.clone(), done.clone(), first.take());
            let place = load.enter(IpAddr::from(address)).unwrap();
            runtime.spawn(async move {
                let work = async move {
                    if let Some((begin, gone)) = first {
                        // This piece takes until everybody has come.
                        let _ = begin.send(());
                        let _ = gone.recv();
                    }
                    done.fetch_add(1, atomic::Ordering::Relaxed)
                };
                load.run(place, Duration::from_secs(60), work).await.ok().unwrap()
            })
        };
        let mut crowd = vec![press([1; 4])];
        begun.recv_timeout(Duration::from_secs(10)).unwrap();
        crowd.extend((0..30).map(|_| press([1; 4])));
        let other = press([2; 4]);
        let late = std::time::Instant::now() + Duration::from_secs(10);
        while load.turns.waiting() < 2 {
            assert!(std::time::Instant::now() < late, "nobody is seen while the others compute");
            std::thread::yield_now();
        }
        go.send(()).unwrap();
        let before = runtime.block_on(other).unwrap();
        assert!(before <= 2, "{before} pieces of the crowd's work came first");
        runtime.block_on(async {
            for one in crowd {
                one.await.unwrap();
            }
        });
    }
}
