//! Disks that fail and databases that go away: no false "saved", a clear answer, and well again without a restart.

#![allow(clippy::unwrap_used, missing_docs)]

mod load;

use load::{Client, Outcome, Program, ask, postgres};
use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// While strace makes system calls on the database's write-ahead log fail, saves are refused; afterwards they go on.
fn failing(inject: &str, refused_with: u16) {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}", folder.path().join("t.db").display());
    let program = Program::start(&database);
    let mut client = Client::new(&program.addr, "c");
    assert_eq!(client.save(&program.addr), Outcome::Saved);

    let log = folder.path().join("t.db-wal");
    let mut strace = Command::new("strace")
        .args(["-f", "-o", "/dev/null", "-P", log.to_str().unwrap(), "-e", &format!("inject={inject}"), "-p", &program.child.id().to_string()])
        .stderr(Stdio::piped())
        .spawn()
        .expect("strace is there");
    let mut line = String::new();
    // Read to the end: a closed pipe would end strace.
    let mut said = BufReader::new(strace.stderr.take().unwrap());
    said.read_line(&mut line).unwrap();
    assert!(line.contains("attached"), "strace is not allowed: {line}");
    for _ in 0..10 {
        assert_eq!(client.save(&program.addr), Outcome::Refused(refused_with), "{inject}");
        // Refused is refused here: not even the fate of this one is open.
        client.unsure.clear();
        client.look(&program.addr);
    }
    let page = ask(&program.addr, "POST", "/en/d", "content-type: application/x-www-form-urlencoded\r\n", "preset=empty").unwrap();
    assert_eq!(page.0, refused_with, "a page that says so, and no draft");
    assert_eq!(ask(&program.addr, "GET", "/readyz", "", "").unwrap().0, 503);
    Command::new("kill").args(["-INT", &strace.id().to_string()]).status().unwrap();
    strace.wait().unwrap();
    drop(said);

    for _ in 0..10 {
        assert_eq!(client.save(&program.addr), Outcome::Saved, "well again without a restart");
    }
    // What `/readyz` says is kept for a second.
    let ready = (0..60).any(|_| {
        std::thread::park_timeout(std::time::Duration::from_millis(50));
        ask(&program.addr, "GET", "/readyz", "", "").unwrap().0 == 200
    });
    assert!(ready, "ready again");
    program.kill();
    // A fresh start sees the same: nothing acknowledged was lost, nothing refused came back.
    client.look(&Program::start(&database).addr);
}

#[test]
fn a_disk_that_cannot_sync() {
    failing("fsync,fdatasync:error=EIO", 503);
}

#[test]
fn a_disk_that_is_full() {
    failing("pwrite64,ftruncate,fallocate:error=ENOSPC", 507);
}

#[test]
fn a_disk_that_became_read_only() {
    failing("pwrite64,ftruncate,fallocate:error=EROFS", 503);
}

#[test]
fn postgres_away_for_a_while() {
    let Some(server) = postgres::own() else { return };
    let program = Program::start(&server.address("postgres"));
    let mut client = Client::new(&program.addr, "c");
    assert_eq!(client.save(&program.addr), Outcome::Saved);
    server.kill();
    let away = Duration::from_secs(u64::from(load::rounds(4)));
    let (from, mut refused) = (Instant::now(), 0);
    while from.elapsed() < away {
        assert_eq!(client.save(&program.addr), Outcome::Refused(503));
        let page = ask(&program.addr, "GET", &format!("/ko/d/{}/review", client.token), "", "").unwrap();
        assert!(page.0 == 503 && page.1.contains("retry-after"), "{}", page.1);
        refused += 1;
    }
    server.again();
    let back = Instant::now();
    while client.save(&program.addr) != Outcome::Saved {
        assert!(back.elapsed() < Duration::from_secs(5), "well again within five seconds");
    }
    println!("away {} s: {refused} saves refused with 503; saved again {} ms after its return", away.as_secs(), back.elapsed().as_millis());
    assert!(refused > 0);
    client.look(&program.addr);
}
