//! Seats of connections. There are so many in all and so many for one address. Where none is free, the address that has
//! most gives up one: the connection that has kept the server waiting longest, idle or with half a request. A client that
//! asks is never old, so a crowd of silent ones costs only itself, also where it shares an address with others. Nobody is
//! turned away while a client holds a seat without an answer to wait for.

use std::{
    cmp::Reverse,
    collections::HashMap,
    net::IpAddr,
    sync::{
        Arc, LazyLock, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::sync::Notify;

/// Where a connection is in its request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Accepted; nothing has arrived.
    Fresh,
    /// Between two requests.
    Idle,
    /// Some of a request's head has arrived.
    Head,
    /// Some of a request's body has arrived.
    Body,
    /// The server works on the answer.
    Work,
    /// The answer is on its way.
    Answer,
    /// Our side is closed; the client's last bytes are thrown away.
    Leaving,
}

const PHASES: [Phase; 7] = [Phase::Fresh, Phase::Idle, Phase::Head, Phase::Body, Phase::Work, Phase::Answer, Phase::Leaving];

/// Milliseconds without a byte after which an answer counts as stalled.
const STALLED: u64 = 1_000;

impl Phase {
    /// Longest that a connection stays in this phase; `None`: another clock ends it.
    fn limit(self, stopping: bool) -> Option<Duration> {
        let seconds = match self {
            // The library closes idle ones at once; this is for the last bytes of an answer, and for half a head.
            Phase::Fresh | Phase::Idle | Phase::Head if stopping => 2,
            Phase::Fresh | Phase::Head => 10,
            // The reader of the body answers 408 at 30 seconds; this is for a client that does not take the answer.
            Phase::Body => 35,
            Phase::Idle => 75,
            Phase::Answer => 60,
            Phase::Leaving => 2,
            Phase::Work => return None,
        };
        Some(Duration::from_secs(seconds))
    }

    /// How much is lost where a connection makes room for another one, from 0; no byte of it has moved for so many
    /// milliseconds. `None`: it never does, since the client waits for us, not we for it.
    fn loss(self, still: u64) -> Option<u8> {
        match self {
            // Half a body costs an attacker nothing, so it is worth no more than a connection that is silent for as long.
            Phase::Fresh | Phase::Idle | Phase::Leaving | Phase::Head | Phase::Body => Some(0),
            Phase::Answer => Some(u8::from(still < STALLED)),
            Phase::Work => None,
        }
    }
}

/// Milliseconds since the first look at this clock.
fn now() -> u64 {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let now = START.elapsed().as_millis() as u64;
    #[cfg(test)]
    let now = now + LATER.with(std::cell::Cell::get);
    now
}

#[cfg(test)]
thread_local! {
    /// Milliseconds by which a test's clock is ahead.
    static LATER: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// One connection's seat.
pub struct Seat {
    address: Option<IpAddr>,
    /// Seats of the same address; none for a trusted proxy.
    share: Arc<AtomicUsize>,
    /// Milliseconds since when, and the phase in the lowest three bits: read and written as one.
    state: AtomicU64,
    /// When a byte of the client was last read or written.
    moved: AtomicU64,
    over: AtomicBool,
    end: Notify,
}

impl Seat {
    fn new(address: Option<IpAddr>, share: Arc<AtomicUsize>) -> Seat {
        let now = now();
        let state = AtomicU64::new(now << 3 | Phase::Fresh as u64);
        Seat { address, share, state, moved: AtomicU64::new(now), over: AtomicBool::new(false), end: Notify::new() }
    }

    /// Goes over to another phase, from now on.
    pub fn enter(&self, phase: Phase) {
        self.state.store(now() << 3 | phase as u64, Ordering::Relaxed);
    }

    /// The phase, and since when.
    fn state(&self) -> (Phase, u64) {
        let state = self.state.load(Ordering::Relaxed);
        (PHASES.get((state & 7) as usize).copied().unwrap_or(Phase::Work), state >> 3)
    }

    /// Whether the connection is in this phase.
    #[cfg(test)]
    pub fn is_in(&self, phase: Phase) -> bool {
        self.state().0 == phase
    }

    /// Bytes of the client have arrived: where nothing was going on, a head has begun.
    pub fn heard(&self) {
        self.moved();
        if matches!(self.state().0, Phase::Fresh | Phase::Idle) {
            self.enter(Phase::Head);
        }
    }

    /// Bytes have gone to the client, or come from it.
    pub fn moved(&self) {
        self.moved.store(now(), Ordering::Relaxed);
    }

    /// Since when the client has kept us waiting: since its last byte in the middle of something, else since the phase began.
    fn waited(&self) -> u64 {
        let (phase, since) = self.state();
        if matches!(phase, Phase::Body | Phase::Answer) { since.max(self.moved.load(Ordering::Relaxed)) } else { since }
    }

    /// Waits until the connection has to end.
    pub async fn over(&self) {
        self.end.notified().await;
    }

    /// Ends the connection.
    pub fn finish(&self) {
        self.over.store(true, Ordering::Relaxed);
        self.end.notify_one();
    }

    /// Whether it has to end.
    pub fn is_over(&self) -> bool {
        self.over.load(Ordering::Relaxed)
    }
}

/// All seats.
pub struct Seats {
    most: usize,
    most_of_one: usize,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    next: u64,
    seats: HashMap<u64, Arc<Seat>>,
    of: HashMap<IpAddr, Arc<AtomicUsize>>,
}

/// A seat that is taken, until this is dropped.
pub struct Seated {
    seats: Arc<Seats>,
    number: u64,
    /// The seat itself.
    pub seat: Arc<Seat>,
}

impl Seats {
    /// So many in all, so many for one address.
    pub fn new(most: usize, most_of_one: usize) -> Arc<Seats> {
        Arc::new(Seats { most: most.max(1), most_of_one: most_of_one.max(1), taken: Mutex::default() })
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A seat for an address; without one (a trusted proxy) only the total counts. `None`: all are busy with work.
    pub fn take(self: &Arc<Seats>, address: Option<IpAddr>) -> Option<Seated> {
        let mut taken = self.taken();
        let share = address.and_then(|a| taken.of.get(&a)).cloned().unwrap_or_default();
        let room = if share.load(Ordering::Relaxed) >= self.most_of_one {
            taken.make_room(|seat| seat.address == address)
        } else {
            taken.seats.len() < self.most || taken.make_room(|_| true)
        };
        if !room {
            return None;
        }
        if let Some(address) = address {
            share.fetch_add(1, Ordering::Relaxed);
            taken.of.insert(address, share.clone());
        }
        let seat = Arc::new(Seat::new(address, share));
        let number = taken.next;
        taken.next += 1;
        taken.seats.insert(number, seat.clone());
        Some(Seated { seats: self.clone(), number, seat })
    }

    /// Ends the connection that has waited longest for its client; for when descriptors have run out.
    pub fn make_room(&self) -> bool {
        self.taken().make_room(|_| true)
    }

    /// Ends what is over its time.
    pub fn sweep(&self, stopping: bool) {
        let now = now();
        for seat in self.taken().seats.values().filter(|s| !s.is_over()) {
            let (phase, since) = seat.state();
            if phase.limit(stopping).is_some_and(|limit| u128::from(now.saturating_sub(since)) >= limit.as_millis()) {
                seat.finish();
            }
        }
    }
}

impl Taken {
    fn make_room(&mut self, of: impl Fn(&Seat) -> bool) -> bool {
        let now = now();
        let key = |seat: &Seat| {
            let waited = seat.waited();
            let loss = seat.state().0.loss(now.saturating_sub(waited))?;
            (!seat.is_over() && of(seat)).then(|| (Reverse(seat.share.load(Ordering::Relaxed)), loss, waited))
        };
        let longest = self.seats.values().filter_map(|seat| Some((key(seat)?, seat))).min_by_key(|(key, _)| *key);
        longest.map(|(_, seat)| seat.finish()).is_some()
    }
}

impl Drop for Seated {
    fn drop(&mut self) {
        let mut taken = self.seats.taken();
        taken.seats.remove(&self.number);
        let Some(address) = self.seat.address else { return };
        if self.seat.share.fetch_sub(1, Ordering::Relaxed) == 1 {
            taken.of.remove(&address);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(n: u8) -> Option<IpAddr> {
        Some(IpAddr::from([10, 0, 0, n]))
    }

    #[test]
    fn the_longest_silent_connection_makes_room_and_a_working_one_never() {
        let seats = Seats::new(3, 3);
        let held: Vec<Seated> = (0..3).map(|n| seats.take(of(n)).unwrap()).collect();
        let over = |held: &[Seated]| held.iter().map(|h| h.seat.is_over()).collect::<Vec<_>>();
        for (held, phase, since) in [(&held[0], Phase::Work, 1), (&held[1], Phase::Head, 2), (&held[2], Phase::Idle, 3)] {
            held.seat.state.store(since << 3 | phase as u64, Ordering::Relaxed);
        }
        let fourth = seats.take(of(9)).unwrap();
        assert_eq!(over(&held), [false, true, false], "half a head that is older than the idle one");
        fourth.seat.enter(Phase::Work);
        let fifth = seats.take(of(9)).unwrap();
        assert_eq!(over(&held), [false, true, true]);
        fifth.seat.enter(Phase::Work);
        assert!(seats.take(of(9)).is_none(), "only working ones are left");
        assert_eq!(over(&held), [false, true, true]);
        drop(held);
        assert!(seats.take(of(9)).is_some(), "seats come back");
    }

    #[test]
    fn bodies_that_have_just_begun_turn_nobody_away() {
        let seats = Seats::new(9, 3);
        let held: Vec<Seated> = (0..3).map(|_| seats.take(of(1)).unwrap()).collect();
        let over = |held: &[Seated]| held.iter().map(|h| h.seat.is_over()).collect::<Vec<_>>();
        for (seated, (phase, moved)) in held.iter().zip([(Phase::Answer, 1), (Phase::Body, 3), (Phase::Body, 2)]) {
            seated.seat.enter(phase);
            seated.seat.moved.store(now() + moved, Ordering::Relaxed);
        }
        let visitor = seats.take(of(1)).expect("an ordinary client of the same address");
        assert_eq!(over(&held), [false, false, true], "the body that moved first");
        visitor.seat.enter(Phase::Work);
        let next = seats.take(of(1)).unwrap();
        assert_eq!((over(&held), visitor.seat.is_over()), (vec![false, true, true], false), "a body before an answer");
        next.seat.enter(Phase::Work);
        let last = seats.take(of(1)).unwrap();
        assert_eq!(over(&held), [true; 3]);
        last.seat.enter(Phase::Work);
        assert!(seats.take(of(1)).is_none(), "all wait for us");
    }

    #[test]
    fn who_has_just_come_stays_longer_than_a_body_that_has_just_begun() {
        let seats = Seats::new(9, 2);
        let body = seats.take(of(1)).unwrap();
        body.seat.enter(Phase::Body);
        LATER.with(|later| later.set(2));
        let visitor = seats.take(of(1)).unwrap();
        let _next = seats.take(of(1)).unwrap();
        assert_eq!((body.seat.is_over(), visitor.seat.is_over()), (true, false), "two milliseconds later");
    }

    #[test]
    fn a_body_that_arrives_slowly_outlasts_one_that_stands_still() {
        let seats = Seats::new(9, 2);
        let held = [seats.take(of(1)).unwrap(), seats.take(of(1)).unwrap()];
        held.iter().for_each(|h| h.seat.enter(Phase::Body));
        LATER.with(|later| later.set(5_000));
        held[0].seat.heard();
        let _visitor = seats.take(of(1)).unwrap();
        assert_eq!(held.each_ref().map(|h| h.seat.is_over()), [false, true], "the first began first, and moves");
    }

    #[test]
    fn the_address_with_most_connections_makes_room_for_others() {
        let seats = Seats::new(4, 4);
        let visitor = seats.take(of(1)).unwrap();
        let crowd: Vec<Seated> = (0..3).map(|_| seats.take(of(2)).unwrap()).collect();
        visitor.seat.state.store(Phase::Idle as u64, Ordering::Relaxed);
        let _newest = seats.take(of(3)).unwrap();
        assert!(!visitor.seat.is_over(), "older than all of the crowd, and alone");
        assert_eq!(crowd.iter().filter(|c| c.seat.is_over()).count(), 1);
    }

    #[test]
    fn an_address_that_has_its_share_makes_room_among_its_own() {
        let seats = Seats::new(10, 2);
        let other = seats.take(of(1)).unwrap();
        let own = [seats.take(of(2)).unwrap(), seats.take(of(2)).unwrap()];
        let third = seats.take(of(2)).unwrap();
        assert!(!other.seat.is_over() && !third.seat.is_over());
        assert_eq!(own.iter().filter(|o| o.seat.is_over()).count(), 1);
        let proxy: Vec<Seated> = (0..5).filter_map(|_| seats.take(None)).collect();
        assert!(proxy.len() == 5 && proxy.iter().all(|p| !p.seat.is_over()), "a trusted proxy has no share");
    }

    #[test]
    fn each_phase_has_its_time() {
        let seats = Seats::new(10, 10);
        for (phase, seconds) in [(Phase::Fresh, 10), (Phase::Head, 10), (Phase::Body, 35), (Phase::Idle, 75), (Phase::Answer, 60), (Phase::Leaving, 2)] {
            assert_eq!(phase.limit(false), Some(Duration::from_secs(seconds)), "{phase:?}");
        }
        assert_eq!(Phase::Work.limit(true), None);
        assert_eq!(Phase::Head.limit(true), Some(Duration::from_secs(2)), "half a head does not hold the end of the program");
        let held = [Phase::Leaving, Phase::Idle, Phase::Work].map(|phase| {
            let held = seats.take(of(1)).unwrap();
            // Since the clock's begin, as if this program ran for long.
            held.seat.state.store(phase as u64, Ordering::Relaxed);
            held
        });
        let ended = || held.each_ref().map(|h| h.seat.is_over());
        LATER.with(|later| later.set(3_000));
        seats.sweep(false);
        assert_eq!(ended(), [true, false, false]);
        seats.sweep(true);
        assert_eq!(ended(), [true, true, false], "at the end idle ones go, and work goes on");
    }
}
