//! What it costs that freed memory could be overwritten: a program that never does (`--features plain-allocator`, in
//! `TASKWRIGHT_PLAIN`) and the one with the switch, which is off since no credential is held. Each runs twice, first and last
//! and in the middle, and all four take turns: one program against itself differs by up to 4 %, by the place where it was
//! started. What else the machine does hits all alike; the processor time of one request, counted by the system, hardly
//! suffers from it.
//!
//! `cargo xtask wiping`. Goal: the switch costs less than 2 %. Bounded to 8 connections and some minutes.

#![allow(clippy::unwrap_used, missing_docs)]

mod client;

use client::{once, post, rate, serve};
use serde_json::Value;

const ROUNDS: usize = 16;
const NEVER: usize = 0;
const SWITCH: usize = 1;
const STARTED: [usize; 4] = [NEVER, SWITCH, SWITCH, NEVER];

fn main() {
    let Ok(plain) = std::env::var("TASKWRIGHT_PLAIN") else { panic!("TASKWRIGHT_PLAIN names no program: use cargo xtask wiping") };
    let folder = tempfile::tempdir().unwrap();
    let programs = [plain.as_str(), env!("CARGO_BIN_EXE_taskwright")];
    let mut running: Vec<_> = (0..STARTED.len()).map(|n| serve(programs[STARTED[n]], &folder.path().join(n.to_string()), &["--limits", "off"])).collect();
    println!("{:<12}{:>10}{:>10}{:>8}{:>20}{:>12}{:>12}{:>8}", "case", "never /s", "switch /s", "median", "of rounds", "never µs", "switch µs", "more");
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
        let (mut spent, mut answers) = ([0.0; 2], [0.0; 2]);
        for round in 0..ROUNDS {
            let mut both = [0.0; 2];
            for turn in 0..STARTED.len() {
                let which = (round + turn) % STARTED.len();
                let (program, (child, address)) = (STARTED[which], &running[which]);
                let before = processor_time(child.id());
                let (rate, answered) = rate(address, &requests[which]);
                spent[program] += processor_time(child.id()) - before;
                answers[program] += answered as f64;
                both[program] += rate / 2.0;
            }
            for program in [NEVER, SWITCH] {
                rates[program].push(both[program]);
            }
            ratios.push(both[SWITCH] / both[NEVER] * 100.0 - 100.0);
        }
        let [never, switch] = rates.map(median);
        ratios.sort_by(f64::total_cmp);
        let rounds = format!("{:+.1} to {:+.1}%", ratios[0], ratios[ROUNDS - 1]);
        let each = [NEVER, SWITCH].map(|n| spent[n] / answers[n] * 1e6);
        println!(
            "{case:<12}{never:>10.0}{switch:>10.0}{:>+7.1}%{rounds:>20}{:>12.1}{:>12.1}{:>+7.1}%",
            median(ratios),
            each[NEVER],
            each[SWITCH],
            each[SWITCH] / each[NEVER] * 100.0 - 100.0
        );
    }
    for (child, _) in &mut running {
        child.kill().unwrap();
        child.wait().unwrap();
    }
}

/// Seconds that all threads of a program have used, in its own code and in the kernel, since it began.
fn processor_time(program: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{program}/stat")).unwrap();
    let ticks: f64 = stat.rsplit(')').next().unwrap().split_whitespace().skip(11).take(2).map(|n| n.parse::<f64>().unwrap()).sum();
    // Linux counts a hundredth of a second in each of its figures, whatever its own clock is.
    ticks / 100.0
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    (values[(values.len() - 1) / 2] + values[values.len() / 2]) / 2.0
}
