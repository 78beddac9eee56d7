//! Two programs on one PostgreSQL, random clients, and one of the two killed now and then: the history that comes of it.

#![allow(clippy::unwrap_used, missing_docs)]

mod load;

use load::{Acknowledged, Dice, Program, ask, postgres, rounds};
use serde_json::json;
use std::{
    collections::HashMap,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

const CLIENTS: u64 = 6;

/// Revisions in a round: all of them are still kept afterwards, so each can be looked at.
const REVISIONS: i64 = 45;

#[tokio::test(flavor = "multi_thread")]
async fn acknowledged_revisions_are_all_there_without_gaps_and_with_one_winner_each() {
    let Some(server) = postgres::own() else { return };
    let database = server.address("postgres");
    let mut programs = [Program::start(&database), Program::start(&database)];
    let (mut acknowledged, mut clashes, mut unknown) = (0usize, 0usize, 0usize);
    for round in 0..rounds(4) {
        let (_, _, made) = ask(&programs[0].addr, "POST", "/api/v1/drafts", "", &json!({ "taskDefinition": { "family": "start" } }).to_string()).unwrap();
        let token = made["edit"]["token"].as_str().unwrap().to_owned();
        let addresses = Mutex::new([programs[0].addr.clone(), programs[1].addr.clone()]);
        // Revision → the text that was acknowledged for it; and texts whose fate is open.
        let (won, open) = (Mutex::new(HashMap::<i64, String>::new()), Mutex::new(Vec::<String>::new()));
        let (stop, lost) = (AtomicBool::new(false), Mutex::new(0usize));
        let (told, acknowledged_now) = Acknowledged::new();
        std::thread::scope(|scope| {
            for n in 0..CLIENTS {
                let (addresses, won, open, stop, lost, token, told) = (&addresses, &won, &open, &stop, &lost, &token, told.clone());
                scope.spawn(move || {
                    let mut dice = Dice::new(n + 10);
                    let mut tries = 0;
                    while !stop.load(Ordering::Relaxed) {
                        let addr = addresses.lock().unwrap()[dice.below(2) as usize].clone();
                        let path = format!("/api/v1/drafts/{token}");
                        let Some((200, _, read)) = ask(&addr, "GET", &path, "", "") else { continue };
                        let base = read["revision"].as_i64().unwrap();
                        if base >= REVISIONS {
                            stop.store(true, Ordering::Relaxed);
                            break;
                        }
                        tries += 1;
                        let family = format!("r{round}c{n}t{tries}");
                        let body = json!({ "taskDefinition": { "family": family } }).to_string();
                        match ask(&addr, "PUT", &path, &format!("if-match: \"{base}\"\r\n"), &body) {
                            Some((200, _, reply)) => {
                                let revision = reply["revision"].as_i64().unwrap();
                                assert_eq!(revision, base + 1);
                                let before = won.lock().unwrap().insert(revision, family);
                                assert_eq!(before, None, "two winners of revision {revision}");
                                let _ = told.send(());
                            }
                            Some((412, ..)) => *lost.lock().unwrap() += 1,
                            Some((503, ..)) | None => open.lock().unwrap().push(family),
                            Some((status, ..)) => panic!("{status}"),
                        }
                    }
                });
            }
            drop(told);
            let mut dice = Dice::new(u64::from(round));
            // Each time after a few saves, until all revisions are there and the clients have ended.
            while acknowledged_now.wait(1 + dice.below(8)) {
                let which = dice.below(2) as usize;
                let fresh = Program::start(&database);
                addresses.lock().unwrap()[which] = fresh.addr.clone();
                std::mem::replace(&mut programs[which], fresh).kill();
            }
        });
        let (won, open) = (won.into_inner().unwrap(), open.into_inner().unwrap());
        let store = drafts::Store::open(&database).await.unwrap();
        let link = drafts::Token::parse(&token).unwrap();
        let newest = store.open_draft(&link).await.unwrap().revision;
        assert!(newest >= REVISIONS);
        for revision in 2..=newest {
            let text = store.at_revision(&link, revision).await.unwrap().unwrap_or_else(|| panic!("a gap at {revision}"));
            let text: serde_json::Value = serde_json::from_str(&text).unwrap();
            let family = text["definition"]["family"].as_str().unwrap();
            match won.get(&revision) {
                Some(acknowledged) => assert_eq!(acknowledged, family, "revision {revision} was acknowledged to another"),
                None => assert!(open.iter().any(|f| f == family), "revision {revision} is nobody's: {family}"),
            }
        }
        assert!(won.keys().all(|r| *r <= newest), "an acknowledged revision is gone");
        store.close().await;
        acknowledged += won.len();
        unknown += open.len();
        clashes += lost.into_inner().unwrap();
    }
    println!("two replicas: {acknowledged} acknowledged saves, {clashes} clashes, {unknown} without an answer; no gap, no loss, no two winners");
    assert!(acknowledged > 0 && clashes > 0);
}
