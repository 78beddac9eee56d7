//! Everything that must hold, in the order in which it fails fastest.

use crate::{
    run::{Done, Profile, cargo, root, run, say},
    site, tools,
};
use std::process::Command;

/// Name and work of a step.
type Step = (&'static str, fn() -> Done);

const STEPS: [Step; 12] = [
    ("format", || run(cargo().args(["fmt", "--all", "--check"]))),
    ("supply", supply),
    ("lints", lints),
    ("domain", domain),
    ("exports", exports),
    ("build", built),
    ("server", server),
    ("browser", browser),
    ("firefox", || script("firefox.mjs", TESTED)),
    ("lighthouse", || script("lighthouse.mjs", TESTED)),
    ("aws", aws),
    ("hosting", hosting),
];

/// How the server is compiled for the tests.
const TESTED: Profile = Profile::Ci;

/// Runs the steps, or those whose name contains `only`.
pub fn everything(only: Option<&str>) -> Done {
    tools::wasm_target()?;
    tools::for_tests()?;
    let started = std::time::Instant::now();
    let steps: Vec<&Step> = STEPS.iter().filter(|(name, _)| only.is_none_or(|o| name.contains(o))).collect();
    if steps.is_empty() {
        return Err("no step has this name".into());
    }
    for (name, work) in &steps {
        let from = std::time::Instant::now();
        say(&format!("test: {name}"));
        work().map_err(|e| format!("{name}: {e}"))?;
        say(&format!("test: {name} took {} s", from.elapsed().as_secs()));
    }
    eprintln!("all {} steps passed in {} s", steps.len(), started.elapsed().as_secs());
    Ok(())
}

/// What comes from outside: whose it is, under which licence, with which features. Advisories need a network and have a
/// workflow.
fn supply() -> Done {
    run(Command::new(tools::cargo_deny()?).args(["--offline", "check", "bans", "licenses", "sources"]))
}

// In the profiles in which the two halves are built, so that macros and build scripts are compiled once for both. And always
// with all packages at whose wish the libraries below get their features: with fewer, those would be checked anew.
fn lints() -> Done {
    let clippy = |packages: &[&str], profile: &str, rest: &[&str]| {
        let packages = packages.iter().flat_map(|p| ["--package", p]);
        run(cargo().args(["clippy", "--quiet", "--profile", profile]).args(packages).args(rest).args(["--", "-D", "warnings"]))
    };
    clippy(&["messages", "taskdef", "app", "server", "aws", "drafts", "registry"], TESTED.name(), &["--all-targets", "--features", "app/ssr,taskdef/server"])?;
    // Without the way to AWS, which some will leave out.
    clippy(&["server", "aws", "drafts"], TESTED.name(), &["--no-default-features"])?;
    clippy(&["xtask"], "tool", &["--all-targets"])?;
    clippy(&["frontend", "app"], "wasm-release", &["--target", "wasm32-unknown-unknown", "--features", "app/hydrate"])
}

/// Once as the browser has it, once with rules and texts; and what this program does to the browser's. All as this program
/// is built, with which they have most libraries in common.
fn domain() -> Done {
    let test = |rest: &[&str]| run(cargo().args(["test", "--quiet", "--profile", "tool", "--package"]).args(rest));
    test(&["xtask"])?;
    test(&["messages"])?;
    test(&["taskdef"])?;
    test(&["taskdef", "--features", "server"])
}

/// What others' checkers say of the files that drafts become. The test target is built by the step before.
fn exports() -> Done {
    let folder = root().join("target/exports");
    if folder.exists() {
        std::fs::remove_dir_all(&folder).map_err(|e| e.to_string())?;
    }
    let test = ["test", "--quiet", "--profile", "tool", "--package", "taskdef", "--features", "server", "--test", "export", "every_draft"];
    run(cargo().args(test).env("TASKWRIGHT_EXPORTS", &folder))?;
    let python = tools::exports_python()?;
    run(Command::new(&python).arg(root().join("end2end/exports/judge.py")).arg(&folder))?;
    let keys = ["test", "--quiet", "--profile", "tool", "--package", "taskdef", "--features", "server", "--test", "compose", "one_of_ours"];
    run(cargo().args(keys).env("TASKWRIGHT_COMPOSE_SCHEMA", tools::compose_schema(&python)?))?;
    run(Command::new("node").arg(root().join("end2end/exports/cdk.mjs")).arg(&folder))
}

/// Tests of everything that runs on the server, with the program itself. Always all of them in one go: asked for piece by
/// piece, what several stand on would be built anew for each.
fn natives() -> Command {
    let mut command = cargo();
    command.args(["test", "--profile", TESTED.name(), "--quiet", "--features", "app/ssr"]);
    command.args(["drafts", "app", "aws", "registry", "server"].iter().flat_map(|p| ["--package", p]));
    command
}

fn built() -> Done {
    site::build(true)?;
    say("building the server and its tests");
    run(natives().arg("--no-run"))
}

fn server() -> Done {
    site::budget()?;
    run(natives().env("TASKWRIGHT_SITE", root().join("target/site")))
}

fn playwright(profile: Profile) -> Command {
    let mut command = Command::new("npx");
    command.args(["--no-install", "playwright", "test"]).current_dir(root().join("end2end"));
    against(&mut command, profile);
    command
}

/// The program and the site that a script of `end2end/` starts.
fn against(command: &mut Command, profile: Profile) {
    command.env("TASKWRIGHT_BINARY", profile.binary()).env("TASKWRIGHT_SITE", root().join("target/site"));
}

fn browser() -> Done {
    run(playwright(TESTED).env("TASKWRIGHT_AWS_PYTHON", tools::aws_python()?))
}

/// What the pages cost a slow browser, measured alone.
pub fn budgets() -> Done {
    site::budget()?;
    run(playwright(Profile::Release).args(["budgets", "--workers=1"]).env("TASKWRIGHT_BUDGETS", "1"))?;
    run(node("lighthouse.mjs", Profile::Release).env("TASKWRIGHT_BUDGETS", "1"))
}

fn node(file: &str, profile: Profile) -> Command {
    let mut command = Command::new("node");
    command.arg(file).current_dir(root().join("end2end"));
    against(&mut command, profile);
    command
}

/// A script of `end2end/` against the program as a profile builds it.
pub fn script(file: &str, profile: Profile) -> Done {
    run(&mut node(file, profile))
}

fn aws() -> Done {
    let python = tools::aws_python()?;
    for file in ["accepts.py", "scripts.py"] {
        let mut command = Command::new(&python);
        against(command.arg(root().join("end2end/aws").join(file)), TESTED);
        run(&mut command)?;
    }
    Ok(())
}

/// The examples of `.github/hosting`, each in front of the program.
fn hosting() -> Done {
    tools::proxies()?;
    let mut command = Command::new("python3");
    against(command.arg(root().join("end2end/hosting/proxies.py")), TESTED);
    run(&mut command)
}
