//! The compiled-in facts against the newest botocore and cfn-lint.

use crate::{
    run::{Done, cargo, root, run, say},
    tools,
};
use std::process::{Command, Stdio};

/// Fetches both packages and prints what they have that we do not, and the other way round. What is new is an error, so that a
/// scheduled run tells it.
pub fn compare() -> Done {
    let python = tools::facts_python()?;
    let sources = root().join("target/tools/facts/sources.json");
    let file = std::fs::File::create(&sources).map_err(|e| format!("cannot write {}: {e}", sources.display()))?;
    run(Command::new(python).arg(root().join(".cargo/xtask/facts.py")).stdout(Stdio::from(file)))?;
    say("comparing the facts");
    let mut example = cargo();
    example.args(["run", "--quiet", "--profile", "tool", "--package", "taskdef", "--features", "server", "--example", "facts", "--"]).arg(sources);
    run(&mut example).map_err(|_| "see above: add what is new, or say in `app/taskdef/src/facts/upstream` why it is none; then set `lint::AS_OF`".into())
}
