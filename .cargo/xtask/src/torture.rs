//! What takes longer than a test run can bear, each in full: `cargo xtask torture …`.

use crate::run::{Done, cargo, say};
use std::process::{Command, Stdio};

/// Arbitrary JSON through decode, rules and fixes, on every processor with a seed of its own.
pub fn fuzz(runs: u64) -> Done {
    let workers = std::thread::available_parallelism().map_or(1, |n| n.get() as u64);
    say(&format!("torture: {runs} runs of arbitrary JSON on {workers} processors"));
    let built = fuzz_test().arg("--no-run").status().map_err(|e| e.to_string())?;
    if !built.success() {
        return Err("the fuzz target does not build".into());
    }
    let from = std::time::Instant::now();
    let started: Result<Vec<_>, _> = (0..workers)
        .map(|i| {
            let share = runs / workers + u64::from(i < runs % workers);
            let mut test = fuzz_test();
            test.args(["--", "--nocapture"]).env("BOLERO_RANDOM_ITERATIONS", share.to_string()).env("BOLERO_RANDOM_SEED", (0x7a5c + i).to_string());
            test.stdin(Stdio::null()).spawn()
        })
        .collect();
    let mut failed = 0;
    for mut worker in started.map_err(|e| e.to_string())? {
        failed += usize::from(!worker.wait().map_err(|e| e.to_string())?.success());
    }
    say(&format!("torture: {} s, {failed} of {workers} workers failed", from.elapsed().as_secs()));
    if failed == 0 { Ok(()) } else { Err("a run panicked, took over 10 ms, or gave a fix that does not apply".into()) }
}

fn fuzz_test() -> Command {
    let mut test = cargo();
    test.args(["test", "--release", "--quiet", "--package", "taskdef", "--features", "server", "--test", "fuzz"]);
    test
}
