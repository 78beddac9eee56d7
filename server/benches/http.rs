//! Requests per second of `POST /api/v1/validate` against a bare handler that sends the same body back,
//! in one run on one machine, over loopback: the tutorial's definition, ten full containers, the largest legal one.
//! And a draft opened, checked and rendered, against an echo of as many bytes.
//!
//! `cargo xtask bench`. Goal: at least half of the echo's requests. Both servers are programs of their own, and
//! the client is a third; bounded to 8 connections and some seconds a case.

#![allow(clippy::unwrap_used, missing_docs)]

mod client;
#[path = "../../app/taskdef/tests/support/full.rs"]
mod full;

use client::{once, post, rate, start};
use serde_json::Value;
use std::process::Command;

const ROUNDS: usize = 3;

fn main() {
    if std::env::args().any(|a| a == "--echo") {
        return echo();
    }
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("site/pkg")).unwrap();
    let site = std::env::var("TASKWRIGHT_SITE").unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../target/site").into());
    let database = format!("sqlite:{}", folder.path().join("t.db").display());
    let (ours, address) =
        start(Command::new(env!("CARGO_BIN_EXE_taskwright")).args(["--addr", "127.0.0.1:0", "--limits", "off", "--site", &site, "--database", &database]));
    let (other, echo) = start(Command::new(std::env::current_exe().unwrap()).arg("--echo"));
    println!("{:<16}{:>9}{:>14}{:>14}{:>8}", "case", "bytes", "echo /s", "validate /s", "ratio");
    let cases: [(&str, Value); 3] =
        [("tutorial", taskdef::Draft::tutorial().definition().clone()), ("ten containers", full::ten_containers()), ("64 KB", full::largest())];
    for (name, definition) in cases {
        let body = definition.to_string();
        let (mut bare, mut full) = (0.0f64, 0.0f64);
        // Turn by turn, the best of each: what else the machine does meanwhile hits both alike.
        for _ in 0..ROUNDS {
            bare = bare.max(rate(&echo, &post(&echo, "/", &body)).0);
            full = full.max(rate(&address, &post(&address, "/api/v1/validate?region=ap-northeast-2", &body)).0);
        }
        println!("{name:<16}{:>9}{bare:>14.0}{full:>14.0}{:>7.0}%", body.len(), full / bare * 100.0);
    }
    println!("{:<16}{:>9}{:>14}{:>14}{:>8}", "a draft", "bytes", "echo /s", "opened /s", "ratio");
    let made = once(&address, &post(&address, "/api/v1/drafts", "{\"preset\":\"tutorial\"}"));
    let made: Value = serde_json::from_str(&made).unwrap();
    let token = made["edit"]["token"].as_str().unwrap();
    for (name, path) in
        [("API, checked", format!("/api/v1/drafts/{token}")), ("page, checked", format!("/en/d/{token}/review")), ("history", format!("/en/d/{token}/history"))]
    {
        let get = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\n\r\n");
        let size = once(&address, &get).len();
        let (mut bare, mut full) = (0.0f64, 0.0f64);
        for _ in 0..ROUNDS {
            bare = bare.max(rate(&echo, &post(&echo, "/", &"x".repeat(size))).0);
            full = full.max(rate(&address, &get).0);
        }
        println!("{name:<16}{size:>9}{bare:>14.0}{full:>14.0}{:>7.0}%", full / bare * 100.0);
    }
    for mut child in [ours, other] {
        child.kill().unwrap();
        child.wait().unwrap();
    }
}

fn echo() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let app = axum::Router::new().route("/", axum::routing::post(async |body: String| body));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        println!("listening on http://{}", listener.local_addr().unwrap());
        axum::serve(listener, app).await.unwrap();
    });
}
