//! Hostile requests of every kind: none ends the program, panics, is answered 500, or keeps its memory.
//!
//! A few here; `cargo xtask torture hostile` sends 20,000 to a release build.

#![allow(clippy::unwrap_used, missing_docs)]

mod attack;

use attack::{Answer, Seeded, Target, bodies, requests};
use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicUsize, Ordering},
};

const ATTACKERS: usize = 4;

/// A test run sends this many; as many come before the memory is first looked at.
const FEW: usize = 1_000;

fn how_many() -> usize {
    std::env::var("TASKWRIGHT_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(FEW)
}

/// What was seen of one kind of request.
#[derive(Default, Debug)]
struct Seen {
    sent: usize,
    /// By status; 0 where no answer came.
    statuses: BTreeMap<u16, usize>,
    wrong: Vec<String>,
}

impl Seen {
    fn note(&mut self, request: &requests::Bytes, answer: &Answer) {
        self.sent += 1;
        *self.statuses.entry(answer.status.unwrap_or(0)).or_default() += 1;
        let wrong = match answer.status {
            Some(status) => status >= 500 && !answer.is_busy(),
            None => request.answered,
        };
        if wrong {
            let begin = String::from_utf8_lossy(&request.bytes[..request.bytes.len().min(300)]).escape_debug().to_string();
            self.wrong.push(format!("{:?}: {begin}", answer.status));
        }
    }
}

/// Attackers side by side. Each has its own seed and draft, and sometimes replaces the draft with hostile JSON.
fn attack(target: &Target, seed: u64, many: usize) -> BTreeMap<&'static str, Seen> {
    let left = AtomicUsize::new(many);
    let share = |attacker: usize| {
        let (mut dice, mut links) = (Seeded::new(seed * 1_000 + attacker as u64), requests::Links::default());
        let mut seen: BTreeMap<&'static str, Seen> = BTreeMap::new();
        while left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |n| n.checked_sub(1)).is_ok() {
            if links.edit.is_empty() || dice.once_in(50) {
                let hostile = String::from_utf8_lossy(&bodies::json(&mut dice)).into_owned();
                links.edit = target.draft(&hostile).or_else(|| target.draft("{\"family\":\"a\"}")).unwrap_or_default();
            }
            let request = requests::next(&mut dice, &links);
            let answer = target.send(&request);
            seen.entry(request.kind).or_default().note(&request, &answer);
        }
        seen
    };
    let mut all: BTreeMap<&'static str, Seen> = BTreeMap::new();
    std::thread::scope(|scope| {
        let attackers: Vec<_> = (0..ATTACKERS).map(|n| scope.spawn(move || share(n))).collect();
        for seen in attackers.into_iter().flat_map(|a| a.join().unwrap()) {
            let sum = all.entry(seen.0).or_default();
            sum.sent += seen.1.sent;
            seen.1.statuses.iter().for_each(|(s, n)| *sum.statuses.entry(*s).or_default() += n);
            sum.wrong.extend(seen.1.wrong);
        }
    });
    all
}

#[test]
fn hostile_requests_end_nothing_and_leave_nothing() {
    let mut target = Target::start();
    let many = how_many();
    // What is loaded once and kept (texts, pages, connections of the store) is loaded before the first look.
    attack(&target, 1, (many / 10).max(FEW));
    let before = target.memory_at_rest();
    let all = attack(&target, 2, many);
    assert!(target.runs(), "the program has ended");

    let (mut sent, mut wrong) = (0, Vec::new());
    for (kind, seen) in &all {
        println!("{kind:<10}{:>7} sent  {:?}", seen.sent, seen.statuses);
        sent += seen.sent;
        wrong.extend(seen.wrong.iter().map(|w| format!("{kind} {w}")));
    }
    let after = target.memory_at_rest();
    let failures = target.failures();
    println!(
        "{sent} requests: {} panics or answers 500 in the log, {} wrong answers, {} MiB held before, {} after; beside {} and {} of files",
        failures.len(),
        wrong.len(),
        before.held >> 20,
        after.held >> 20,
        before.files >> 20,
        after.files >> 20
    );
    assert_eq!((all.len(), sent), (8, many), "every kind was sent");
    assert!(wrong.is_empty(), "{} answers 5xx or none:\n{}", wrong.len(), wrong.iter().take(20).cloned().collect::<Vec<_>>().join("\n"));
    assert!(failures.is_empty(), "{} in the log:\n{}", failures.len(), failures.iter().take(10).cloned().collect::<Vec<_>>().join("\n"));
    assert!(after.all() <= before.all() + before.all() / 5, "{after:?}, {before:?} before");
}

#[test]
fn what_was_stored_by_an_attacker_opens_on_every_page_and_can_be_deleted() {
    let target = Target::start();
    let mut dice = Seeded::new(3);
    let (mut kept, mut refused) = (0, 0);
    for _ in 0..120 {
        let hostile = String::from_utf8_lossy(&bodies::json(&mut dice)).into_owned();
        let Some(token) = target.draft(&hostile) else {
            refused += 1;
            continue;
        };
        kept += 1;
        for page in ["cluster", "containers", "review", "json"] {
            let answer = target.get(&format!("/en/d/{token}/{page}"));
            assert!(answer.status == Some(200) || answer.is_busy(), "{:?} for {page} of {}", answer.status, hostile.chars().take(200).collect::<String>());
        }
        let gone = target.send(&requests::whole("DELETE", &format!("/api/v1/drafts/{token}"), "", b""));
        assert_eq!(gone.status, Some(204), "{}", hostile.chars().take(200).collect::<String>());
    }
    println!("{kept} kept, {refused} refused");
    assert!(kept > 20 && refused > 20, "{kept} kept, {refused} refused: both sides must occur");
}

#[test]
fn a_file_name_with_a_nul_is_not_found_for_head_too() {
    let target = Target::start();
    for method in ["GET", "HEAD"] {
        assert_eq!(target.send(&requests::whole(method, "/pkg/%00", "", b"")).status, Some(404), "{method}");
    }
    assert!(target.failures().is_empty(), "{:?}", target.failures());
}
