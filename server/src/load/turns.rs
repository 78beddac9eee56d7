//! Whose work is computed next. Addresses take turns, one poll at a time: a crowd of requests from one address keeps the
//! others waiting for one piece of its work, and not for all of them. What waits for the store or for AWS takes no turn.

use std::{
    collections::{HashMap, VecDeque},
    net::IpAddr,
    pin::{Pin, pin},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll},
};
use tokio::sync::oneshot;

/// The turns of all addresses.
pub struct Turns {
    queue: Mutex<Queue>,
}

struct Queue {
    /// Turns that nobody has.
    free: usize,
    /// Addresses that wait, each once, the next one first.
    order: VecDeque<IpAddr>,
    waiting: HashMap<IpAddr, VecDeque<oneshot::Sender<Turn>>>,
}

/// A turn; the next one has it when this is dropped.
struct Turn(Option<Arc<Turns>>);

impl Turns {
    /// So many at the same time.
    pub fn new(most: usize) -> Arc<Turns> {
        Arc::new(Turns { queue: Mutex::new(Queue { free: most.max(1), order: VecDeque::new(), waiting: HashMap::new() }) })
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A turn, or where to wait for one.
    fn take(self: &Arc<Turns>, address: IpAddr) -> Result<Turn, oneshot::Receiver<Turn>> {
        let mut queue = self.queue();
        if queue.free > 0 && queue.order.is_empty() {
            queue.free -= 1;
            return Ok(Turn(Some(self.clone())));
        }
        let (give, get) = oneshot::channel();
        let own = queue.waiting.entry(address).or_default();
        let first = own.is_empty();
        own.push_back(give);
        if first {
            queue.order.push_back(address);
        }
        Err(get)
    }

    /// Hands a turn to the next address; who has gone meanwhile is passed over.
    fn hand_on(self: &Arc<Turns>) {
        loop {
            let next = {
                let mut queue = self.queue();
                let Some(address) = queue.order.pop_front() else {
                    queue.free += 1;
                    return;
                };
                let own = queue.waiting.get_mut(&address);
                let next = own.and_then(VecDeque::pop_front);
                if queue.waiting.get(&address).is_some_and(VecDeque::is_empty) {
                    queue.waiting.remove(&address);
                } else {
                    queue.order.push_back(address);
                }
                next
            };
            let Some(next) = next else { continue };
            match next.send(Turn(Some(self.clone()))) {
                Ok(()) => return,
                // Dropped outside of the lock, and without handing on once more: this loop does it.
                Err(mut turn) => turn.0 = None,
            }
        }
    }

    /// Addresses that wait for a turn.
    #[cfg(test)]
    pub fn waiting(&self) -> usize {
        self.queue().order.len()
    }

    /// Does work of an address in its turns.
    pub async fn run<T>(self: &Arc<Turns>, address: IpAddr, work: impl Future<Output = T>) -> T {
        let mut work = pin!(work);
        let mut waits: Option<oneshot::Receiver<Turn>> = None;
        std::future::poll_fn(move |cx| {
            let _turn = match self.turn(address, &mut waits, cx) {
                Poll::Ready(turn) => turn,
                Poll::Pending => return Poll::Pending,
            };
            work.as_mut().poll(cx)
        })
        .await
    }

    fn turn(self: &Arc<Turns>, address: IpAddr, waits: &mut Option<oneshot::Receiver<Turn>>, cx: &mut Context<'_>) -> Poll<Turn> {
        loop {
            if let Some(get) = waits {
                let Poll::Ready(turn) = Pin::new(get).poll(cx) else { return Poll::Pending };
                *waits = None;
                // The sender is only ever dropped with all turns.
                if let Ok(turn) = turn {
                    return Poll::Ready(turn);
                }
            }
            match self.take(address) {
                Ok(turn) => return Poll::Ready(turn),
                Err(get) => *waits = Some(get),
            }
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(turns) = self.0.take() {
            turns.hand_on();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    const ONE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 1));
    const OTHER: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 2));

    #[test]
    fn a_crowd_of_one_address_is_one_turn_before_another_address() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let (turns, done) = (Turns::new(1), Arc::new(AtomicUsize::new(0)));
        let place = runtime.block_on(async {
            let held = turns.take(ONE).ok();
            let count = |address| {
                let (turns, done) = (turns.clone(), done.clone());
                tokio::spawn(async move { turns.run(address, async { done.fetch_add(1, Ordering::Relaxed) }).await })
            };
            let crowd: Vec<_> = (0..100).map(|_| count(ONE)).collect();
            let other = count(OTHER);
            while turns.waiting() < 2 {
                tokio::task::yield_now().await;
            }
            drop(held);
            let place = other.await.unwrap();
            for one in crowd {
                one.await.unwrap();
            }
            place
        });
        assert!(place <= 1, "{place} pieces of the crowd's work came first");
        assert_eq!((done.load(Ordering::Relaxed), turns.queue().free), (101, 1));
    }

    #[test]
    fn who_stops_waiting_and_what_panics_loses_no_turn() {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_time().build().unwrap();
        let turns = Turns::new(2);
        runtime.block_on(async {
            let tasks: Vec<_> = (0..400u32)
                .map(|n| {
                    let turns = turns.clone();
                    tokio::spawn(async move {
                        let address = if n % 2 == 0 { ONE } else { OTHER };
                        turns
                            .run(address, async move {
                                for _ in 0..3 {
                                    tokio::task::yield_now().await;
                                }
                                assert!(n % 7 != 0, "as it is meant to");
                            })
                            .await
                    })
                })
                .collect();
            for (n, task) in tasks.iter().enumerate() {
                if n % 3 == 0 {
                    task.abort();
                }
            }
            for task in tasks {
                let _ = task.await;
            }
        });
        let queue = turns.queue();
        assert_eq!((queue.free, queue.order.len(), queue.waiting.len()), (2, 0, 0));
    }
}
