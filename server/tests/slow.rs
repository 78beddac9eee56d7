//! Clients that are slow, or that send the most work that is allowed, shut nobody out and keep the program from no orderly end.
//!
//! A test run counts answers and looks at states; `cargo xtask torture slow` and `torture load` do it in full and measure.

#![allow(clippy::unwrap_used, missing_docs)]

mod attack;

use attack::{Answer, PATIENCE, Target, bodies, requests, send};
use std::{
    collections::VecDeque,
    io::{ErrorKind, Read, Write},
    net::TcpStream,
    process::Command,
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    time::{Duration, Instant},
};

/// In a test run: so many connections are held, and so many times each ordinary client asks.
const FEW: (usize, usize) = (300, 10);

/// In full: `TASKWRIGHT_ROUNDS` connections, or seconds.
fn in_full() -> Option<usize> {
    std::env::var("TASKWRIGHT_ROUNDS").ok().and_then(|n| n.parse().ok())
}

/// What an attacker has sent on a connection before he falls silent: nothing, half a head, half a body.
const BEGUN: [&str; 3] =
    ["", "GET /en HTTP/1.1\r\nhost: local", "POST /api/v1/validate HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000\r\n\r\n{\"family\":"];

fn hold(addr: &str, n: usize) -> Option<TcpStream> {
    let mut stream = TcpStream::connect(addr).ok()?;
    stream.write_all(BEGUN[n % BEGUN.len()].as_bytes()).ok()?;
    stream.set_nonblocking(true).ok()?;
    Some(stream)
}

/// Whether the server has hung up.
fn is_over(stream: &mut TcpStream) -> bool {
    let mut piece = [0; 512];
    match stream.read(&mut piece) {
        Ok(n) => n == 0,
        Err(e) => e.kind() != ErrorKind::WouldBlock,
    }
}

/// This process may hold as many connections as it wants to.
fn many_files() {
    let ours = Command::new("prlimit").args(["--pid", &std::process::id().to_string(), "--nofile=16384:"]).status();
    assert!(ours.is_ok_and(|s| s.success()), "prlimit (util-linux) raises the limit of open files");
}

fn percentile(mut times: Vec<Duration>, p: usize) -> Duration {
    times.sort();
    times[(times.len() * p / 100).min(times.len() - 1)]
}

/// 32 clients with a connection for each request, as browsers that were not here before; the time of each answer.
fn ordinary(addr: &str, goes_on: impl Fn(usize) -> bool + Sync) -> (Vec<Duration>, Vec<String>) {
    let client = |n: usize| {
        let (mut times, mut wrong) = (Vec::new(), Vec::new());
        for round in (0..).take_while(|r| goes_on(*r)) {
            let request = match (n + round) % 3 {
                0 => requests::whole("GET", "/en", "", b""),
                1 => requests::whole("GET", "/api/v1/drafts/AAAAAAAAAAAAAAAAAAAAAA", "", b""),
                _ => requests::whole("POST", "/api/v1/validate", "", b"{\"family\":\"a\"}"),
            };
            let from = Instant::now();
            let answer = send(addr, &request);
            times.push(from.elapsed());
            if !matches!(answer.status, Some(200 | 404)) {
                wrong.push(format!("{:?} after {} ms: {}", answer.status, from.elapsed().as_millis(), answer.head.escape_debug()));
            }
            // As somebody who reads what he asked for.
            std::thread::park_timeout(Duration::from_millis(100));
        }
        (times, wrong)
    };
    std::thread::scope(|scope| {
        let client = &client;
        let clients: Vec<_> = (0..32).map(|n| scope.spawn(move || client(n))).collect();
        let seen: Vec<_> = clients.into_iter().map(|c| c.join().unwrap()).collect();
        (seen.iter().flat_map(|s| s.0.clone()).collect(), seen.into_iter().flat_map(|s| s.1).collect())
    })
}

#[test]
fn connections_that_an_attacker_holds_shut_nobody_out() {
    let target = Target::start();
    let many = in_full().unwrap_or(FEW.0);
    many_files();
    let mut held: Vec<Option<TcpStream>> = (0..many).map(|n| hold(&target.addr, n)).collect();
    let begun = held.iter().flatten().count();
    let (over, opened, until) = (AtomicBool::new(false), AtomicUsize::new(0), Instant::now() + Duration::from_secs(30));
    let (times, wrong) = std::thread::scope(|scope| {
        // What the server hangs up is opened again at once.
        scope.spawn(|| {
            while !over.load(Ordering::Relaxed) {
                for (n, place) in held.iter_mut().enumerate() {
                    if place.as_mut().is_none_or(is_over) {
                        *place = hold(&target.addr, n);
                        opened.fetch_add(1, Ordering::Relaxed);
                    }
                }
                std::thread::park_timeout(Duration::from_millis(200));
            }
        });
        let seen = ordinary(&target.addr, |round| if in_full().is_some() { Instant::now() < until } else { round < FEW.1 });
        over.store(true, Ordering::Relaxed);
        seen
    });
    let slowest = percentile(times.clone(), 99);
    println!(
        "{begun} of {many} connections held, {} opened again; {} ordinary requests, {} without the right answer; half {:?}, 99 % within {slowest:?}",
        opened.into_inner(),
        times.len(),
        wrong.len(),
        percentile(times.clone(), 50)
    );
    assert!(times.len() >= 32 * FEW.1, "{} ordinary requests", times.len());
    assert!(wrong.is_empty(), "{} of {}: {}", wrong.len(), times.len(), wrong.iter().take(10).cloned().collect::<Vec<_>>().join("; "));
    if in_full().is_some() {
        assert!(slowest < Duration::from_millis(200), "{slowest:?}");
    }
}

#[test]
fn half_sent_bodies_turn_nobody_of_the_same_address_away() {
    const BODY: usize = 2;
    const SEATS: usize = 64;
    let target = Target::start_with(&["--connections-per-address", &SEATS.to_string()]);
    // They take all seats of the address, again and again, and none is a second old when the next visitor comes.
    let mut held: VecDeque<TcpStream> = VecDeque::new();
    for visitor in 0..40 {
        while held.len() < SEATS {
            held.push_back(hold(&target.addr, BODY).unwrap());
        }
        let answer = send(&target.addr, &requests::whole("GET", "/en", "", b""));
        assert_eq!(answer.status, Some(200), "visitor {visitor}: {}", answer.head);
        held.drain(..SEATS / 4);
    }
}

#[test]
fn a_client_that_falls_silent_is_hung_up() {
    let target = Target::start();
    for (n, begun) in BEGUN.iter().enumerate().skip(1) {
        let mut stream = hold(&target.addr, n).unwrap();
        stream.set_nonblocking(false).unwrap();
        // Longer than what a body may take.
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut all = Vec::new();
        let end = stream.read_to_end(&mut all).map_err(|e| e.kind());
        assert!(!matches!(end, Err(ErrorKind::WouldBlock | ErrorKind::TimedOut)), "still open after {PATIENCE:?}: {begun:?}");
    }
}

#[test]
fn an_orderly_end_does_not_wait_for_a_client_that_fell_silent() {
    let mut target = Target::start();
    let held: Vec<TcpStream> = (0..BEGUN.len() * 2).filter_map(|n| hold(&target.addr, n)).collect();
    assert_eq!(held.len(), BEGUN.len() * 2);
    // The server has seen them all once it answers what came after them.
    assert_eq!(target.get("/healthz").status, Some(200));
    let from = Instant::now();
    // 10 s for connections, and what the store needs to close.
    let status = target.ends_within(Duration::from_secs(20));
    assert!(status.is_some_and(|s| s.success()), "{status:?} after {:?} with {} silent clients", from.elapsed(), held.len());
    println!("ended in order after {:?} with {} silent clients", from.elapsed(), held.len());
}

#[test]
fn the_most_work_that_is_allowed_stops_no_answer_of_others() {
    let target = Target::start();
    let worst = bodies::worst();
    let seconds = in_full().unwrap_or(0) as u64;
    let (over, until) = (AtomicBool::new(false), Instant::now() + Duration::from_secs(seconds));
    let (work, health): (Vec<Answer>, Vec<(Option<u16>, Duration)>) = std::thread::scope(|scope| {
        let target = &target;
        let clients: Vec<_> = (0..8)
            .map(|client| {
                scope.spawn(move || {
                    // Each body once, however long it takes; in full, again until the time is over.
                    let ask = |i: usize| target.send(&requests::whole("POST", "/api/v1/validate", "", worst[(client + i) % worst.len()].1.as_bytes()));
                    (0..).take_while(|i| *i < worst.len() || Instant::now() < until).map(ask).collect::<Vec<_>>()
                })
            })
            .collect();
        let over = &over;
        let doctor = scope.spawn(move || {
            let mut seen = Vec::new();
            while !over.load(Ordering::Relaxed) {
                let from = Instant::now();
                seen.push((target.get("/healthz").status, from.elapsed()));
                std::thread::park_timeout(Duration::from_millis(10));
            }
            seen
        });
        let work = clients.into_iter().flat_map(|c| c.join().unwrap()).collect();
        over.store(true, Ordering::Relaxed);
        (work, doctor.join().unwrap())
    });
    let times: Vec<Duration> = health.iter().map(|h| h.1).collect();
    let (slowest, longest) = (percentile(times.clone(), 99), times.iter().max().copied().unwrap());
    let busy = work.iter().filter(|a| a.is_busy()).count();
    let answered = work.iter().filter(|a| a.status == Some(200)).count();
    println!(
        "{} bodies: {answered} checked, {busy} asked to come later; /healthz {} times, 99 % within {slowest:?}, longest {longest:?}",
        work.len(),
        health.len()
    );
    assert!(work.len() >= 8 * worst.len() && answered > 0, "{} bodies, {answered} answered", work.len());
    let odd: Vec<_> = work.iter().filter(|a| a.status != Some(200) && !a.is_busy()).map(|a| a.status).collect();
    assert!(odd.is_empty(), "neither checked nor asked to come later: {odd:?}");
    assert!(!health.is_empty() && health.iter().all(|h| h.0 == Some(200)), "/healthz always answers");
    // A state, not a speed: before bodies were bounded, an answer took as long as the work of others, half a minute.
    assert!(longest < Duration::from_secs(10), "{longest:?}");
    if seconds > 0 {
        assert!(slowest < Duration::from_millis(50), "{slowest:?}");
    }
}
