//! What it costs that freed memory could be overwritten: a program that never does (`--no-default-features`, in
//! `TASKWRIGHT_PLAIN`) and the one with the switch, which is off since no credential is held. Turn by turn, and in the
//! other order every second time; what else the machine does hits both alike.
//!
//! `cargo xtask wiping`. Goal: the switch costs less than 2 %. Bounded to 8 connections and some minutes.

#![allow(clippy::unwrap_used, missing_docs)]

mod client;

use client::{once, post, rate, serve};
use serde_json::Value;

const ROUNDS: usize = 16;

fn main() {
    let Ok(plain) = std::env::var("TASKWRIGHT_PLAIN") else { panic!("TASKWRIGHT_PLAIN names no program: use cargo xtask wiping") };
    let folder = tempfile::tempdir().unwrap();
    let programs = [plain.as_str(), env!("CARGO_BIN_EXE_taskwright")];
    let mut running: Vec<_> =
        programs.iter().enumerate().map(|(n, program)| serve(program, &folder.path().join(n.to_string()), &["--limits", "off"])).collect();
    println!("{:<12}{:>12}{:>12}{:>10}{:>22}", "case", "never /s", "switch /s", "median", "of single rounds");
    let body = taskdef::Draft::tutorial().definition().to_string();
    for case in ["validate", "review page"] {
        let requests: Vec<String> = running
            .iter()
            .map(|(_, address)| {
                if case == "validate" {
                    return post(address, "/api/v1/validate?region=ap-northeast-2", &body);
                }
                let made: Value = serde_json::from_str(&once(address, &post(address, "/api/v1/drafts", "{\"preset\":\"tutorial\"}"))).unwrap();
                format!("GET /en/d/{}/review HTTP/1.1\r\nhost: {address}\r\n\r\n", made["edit"]["token"].as_str().unwrap())
            })
            .collect();
        let (mut rates, mut ratios) = ([Vec::new(), Vec::new()], Vec::new());
        for round in 0..ROUNDS {
            for turn in 0..2 {
                let which = (round + turn) % 2;
                rates[which].push(rate(&running[which].1, &requests[which]));
            }
            ratios.push(rates[1][round] / rates[0][round] * 100.0 - 100.0);
        }
        let [never, switch] = rates.map(median);
        ratios.sort_by(f64::total_cmp);
        let (least, most) = (ratios[0], ratios[ROUNDS - 1]);
        println!("{case:<12}{never:>12.0}{switch:>12.0}{:>+9.1}%{:>22}", median(ratios), format!("{least:+.1} to {most:+.1}%"));
    }
    for (child, _) in &mut running {
        child.kill().unwrap();
        child.wait().unwrap();
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    (values[(values.len() - 1) / 2] + values[values.len() / 2]) / 2.0
}
