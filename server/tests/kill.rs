//! Programs and databases that die under load: what was acknowledged is there afterwards, and every draft opens.
//!
//! A few times here; `cargo xtask torture kill` runs all of them.

#![allow(clippy::unwrap_used, missing_docs)]

mod load;

use load::{Acknowledged, Client, Dice, Outcome, Program, postgres, rounds};
use std::{
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    time::Duration,
};

const CLIENTS: usize = 8;

/// Clients save as fast as they can; `fault` comes after so many saves, while others are on their way. Returns how many
/// were acknowledged, and how many had no answer.
fn under_load(clients: &mut [Client], addr: &str, after: u64, fault: impl FnOnce()) -> (u64, u64) {
    let (stop, saved, unknown) = (AtomicBool::new(false), AtomicU64::new(0), AtomicU64::new(0));
    let (told, acknowledged) = Acknowledged::new();
    std::thread::scope(|scope| {
        for client in clients.iter_mut() {
            let (stop, saved, unknown, told) = (&stop, &saved, &unknown, told.clone());
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    match client.save(addr) {
                        Outcome::Saved => {
                            saved.fetch_add(1, Ordering::Relaxed);
                            // Once the fault has come, nobody counts any more.
                            let _ = told.send(());
                        }
                        // The fate of this one is open: nothing more is sent before it is known.
                        Outcome::Unknown => {
                            unknown.fetch_add(1, Ordering::Relaxed);
                            break;
                        }
                        Outcome::Refused(_) => {}
                    }
                }
            });
        }
        drop(told);
        assert!(acknowledged.wait(after), "the fault must fall into work");
        fault();
        stop.store(true, Ordering::Relaxed);
    });
    (saved.into_inner(), unknown.into_inner())
}

fn kills(database: &str, few: u32) {
    let mut dice = Dice::new(1);
    let mut program = Program::start(database);
    let mut clients: Vec<Client> = (0..CLIENTS).map(|n| Client::new(&program.addr, &format!("c{n}"))).collect();
    let (mut saved, mut open) = (0, 0);
    let rounds = rounds(few);
    for _ in 0..rounds {
        let addr = program.addr.clone();
        let (s, u) = under_load(&mut clients, &addr, 1 + dice.below(400), || program.kill());
        (saved, open) = (saved + s, open + u);
        program = Program::start(database);
        clients.iter_mut().for_each(|c| c.look(&program.addr));
    }
    println!("{rounds} kills: {saved} acknowledged saves, all there; {open} without an answer, each done or not done");
    assert!(saved > 0 && open > 0, "the kills must fall into work: {saved} {open}");
}

#[test]
fn sqlite_program_killed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("t.db");
    kills(&format!("sqlite:{}", file.display()), 5);
    let check = std::process::Command::new(env!("CARGO_BIN_EXE_taskwright")).args(["restore-check", file.to_str().unwrap()]).status().unwrap();
    assert!(check.success(), "no page of the file is damaged");
}

#[test]
fn postgres_program_killed() {
    let Some(server) = postgres::own() else { return };
    kills(&server.address("postgres"), 3);
}

#[test]
fn postgres_itself_killed() {
    let Some(server) = postgres::own() else { return };
    let program = Program::start(&server.address("postgres"));
    let mut clients: Vec<Client> = (0..CLIENTS).map(|n| Client::new(&program.addr, &format!("c{n}"))).collect();
    let (mut dice, mut saved, rounds) = (Dice::new(2), 0, rounds(2));
    for _ in 0..rounds {
        saved += under_load(&mut clients, &program.addr, 1 + dice.below(400), || server.kill()).0;
        server.again();
        let from = std::time::Instant::now();
        while load::ask(&program.addr, "GET", "/readyz", "", "").is_none_or(|(status, ..)| status != 200) {
            assert!(from.elapsed() < Duration::from_secs(20), "well again without a restart");
        }
        clients.iter_mut().for_each(|c| c.look(&program.addr));
    }
    println!("{rounds} kills of PostgreSQL: {saved} acknowledged saves, all there");
    assert!(saved > 0);
}

#[test]
fn an_orderly_end_finishes_what_was_accepted() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}", folder.path().join("t.db").display());
    let mut program = Program::start(&database);
    let mut clients: Vec<Client> = (0..CLIENTS).map(|n| Client::new(&program.addr, &format!("c{n}"))).collect();
    let (mut dice, mut saved, rounds) = (Dice::new(3), 0, rounds(3));
    for _ in 0..rounds {
        let addr = program.addr.clone();
        saved += under_load(&mut clients, &addr, 1 + dice.below(400), || program.stop()).0;
        program = Program::start(&database);
        for client in &mut clients {
            let before = (client.revision, client.family.clone());
            client.look(&program.addr);
            // What had no answer was never begun: it came after the door was closed.
            assert_eq!((client.revision, client.family.clone()), before, "an accepted save was dropped without an answer");
        }
    }
    println!("{rounds} orderly ends: {saved} acknowledged saves, none without its answer");
    assert!(saved > 0);
}
