//! What takes longer than a test run can bear, each in full: `cargo xtask torture …`.

use crate::{
    build,
    run::{Done, cargo, root, run, say},
    tools,
};
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

/// Broken texts of every format, or of one: no reader panics, no leaf is forgotten, bombs end soon.
pub fn import(runs: u64, only: Option<&str>) -> Done {
    say(&format!("torture: {runs} broken texts through the reader of {}", only.unwrap_or("each format")));
    let mut test = cargo();
    test.args(["test", "--release", "--quiet", "--package", "taskdef", "--features", "server", "--test", "readers", "--", "--nocapture", "--test-threads=1"]);
    test.env("TASKWRIGHT_ROUNDS", runs.to_string());
    if let Some(format) = only {
        test.env("TASKWRIGHT_FORMAT", format);
    }
    run(&mut test)
}

/// Runs one test file of the server in full: its name, the test in it, how many rounds.
fn faults(file: &str, test: &str, rounds: u32) -> Done {
    tools::for_tests()?;
    build(true)?;
    say(&format!("torture: {test}, {rounds} rounds"));
    let mut command = cargo();
    command.args(["test", "--release", "--quiet", "--package", "server", "--test", file, test, "--", "--nocapture"]);
    run(command.env("TASKWRIGHT_ROUNDS", rounds.to_string()).env("TASKWRIGHT_SITE", root().join("target/site")))
}

/// Programs and databases killed under load.
pub fn kill(sqlite: u32, postgres: u32, postgres_itself: u32, orderly: u32) -> Done {
    for (test, rounds) in
        [("sqlite_program_killed", sqlite), ("postgres_program_killed", postgres), ("postgres_itself_killed", postgres_itself), ("an_orderly_end", orderly)]
    {
        faults("kill", test, rounds)?;
    }
    Ok(())
}

/// Disks that fail, and PostgreSQL away for half a minute.
pub fn disk() -> Done {
    faults("disk", "", 30)
}

/// Random clients on two replicas that are killed now and then.
pub fn replicas(rounds: u32) -> Done {
    faults("replicas", "", rounds)
}

/// Hostile requests of every kind.
pub fn hostile(requests: u32) -> Done {
    faults("hostile", "hostile_requests", requests)
}

/// Connections that an attacker holds, idle or half-sent.
pub fn slow(connections: u32) -> Done {
    faults("slow", "connections_that", connections)?;
    faults("slow", "silent", 1)
}

/// The most work that is allowed, by eight clients, for some seconds.
pub fn load(seconds: u32) -> Done {
    faults("slow", "the_most_work", seconds)
}

/// A million drafts in each engine.
pub fn scale(drafts: u64) -> Done {
    tools::for_tests()?;
    run(cargo().args(["bench", "--quiet", "--package", "drafts", "--bench", "scale"]).env("TASKWRIGHT_DRAFTS", drafts.to_string()))
}

/// Saves of somebody else before, beside and after a crowd of presses on "new view link".
pub fn links() -> Done {
    tools::for_tests()?;
    run(cargo().args(["bench", "--quiet", "--package", "drafts", "--bench", "links"]))
}

fn fuzz_test() -> Command {
    let mut test = cargo();
    test.args(["test", "--release", "--quiet", "--package", "taskdef", "--features", "server", "--test", "fuzz"]);
    test
}
