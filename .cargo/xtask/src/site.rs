//! The browser's half: `target/site`, as `[[workspace.metadata.leptos]]` names its parts.

use crate::{
    run::{Done, cargo, root, run, say},
    snip::snip,
    tools,
};
use lightningcss::{
    bundler::{Bundler, FileProvider},
    stylesheet::{MinifyOptions, ParserOptions, PrinterOptions},
};
use sha2::{Digest, Sha256};
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

/// Budgets in bytes of brotli: program, its JavaScript, stylesheet.
const BUDGET: [(&str, usize); 3] = [("wasm", 310 * 1024), ("js", 15 * 1024), ("css", 16 * 1024)];

/// Names from the workspace's manifest.
struct Names {
    output: String,
    lib: String,
    profile: String,
    site: PathBuf,
    pkg: String,
    style: PathBuf,
    assets: PathBuf,
}

fn names() -> Result<Names, String> {
    let text = fs::read_to_string("Cargo.toml").map_err(|e| format!("cannot read Cargo.toml: {e}"))?;
    let manifest: toml::Table = text.parse().map_err(|e| format!("Cargo.toml: {e}"))?;
    let leptos = manifest.get("workspace").and_then(|w| w.get("metadata")?.get("leptos")?.get(0)?.as_table());
    let get = |key: &str| {
        let value = leptos.and_then(|t| t.get(key)).and_then(toml::Value::as_str);
        value.map(str::to_owned).ok_or_else(|| format!("Cargo.toml: [[workspace.metadata.leptos]] has no {key}"))
    };
    Ok(Names {
        output: get("name")?,
        lib: get("lib-package")?,
        profile: get("lib-profile-release")?,
        site: get("site-root")?.into(),
        pkg: get("site-pkg-dir")?,
        style: get("style-file")?.into(),
        assets: get("assets-dir")?.into(),
    })
}

/// Builds everything that the browser loads.
pub fn build(release: bool) -> Done {
    let names = names()?;
    let profile = if release { names.profile.as_str() } else { "dev" };
    say(&format!("building the browser's half ({profile})"));
    run(cargo().args(["build", "--package", &names.lib, "--target", "wasm32-unknown-unknown", "--profile", profile]))?;
    let folder = if release { profile } else { "debug" };
    let wasm = root().join("target/wasm32-unknown-unknown").join(folder).join(format!("{}.wasm", names.lib));
    let pkg = names.site.join(&names.pkg);
    if names.site.exists() {
        fs::remove_dir_all(&names.site).map_err(|e| format!("cannot empty {}: {e}", names.site.display()))?;
    }
    fs::create_dir_all(&pkg).map_err(|e| format!("cannot make {}: {e}", pkg.display()))?;

    say("joining the program with its JavaScript");
    let made = tempfile::tempdir().map_err(|e| e.to_string())?;
    let mut bindgen = wasm_bindgen_cli_support::Bindgen::new();
    let program = fs::read(&wasm).map_err(|e| format!("cannot read {}: {e}", wasm.display()))?;
    let program = if release { snip(&program)? } else { program };
    bindgen.input_bytes(&names.output, program).out_name(&names.output).typescript(false).remove_name_section(release);
    bindgen.web(true).and_then(|b| b.generate(made.path())).map_err(|e| format!("wasm-bindgen: {e:#}"))?;
    let wasm = made.path().join(format!("{}_bg.wasm", names.output));
    if release {
        optimise(&wasm)?;
    }

    let read = |path: &Path| fs::read(path).map_err(|e| format!("cannot read {}: {e}", path.display()));
    let css = stylesheet(&names.style)?;
    let noscript = stylesheet(&names.style.with_file_name("noscript.css"))?;
    let wasm = put(&pkg, &names.output, "wasm", &read(&wasm)?)?;
    let js = put(&pkg, &names.output, "js", &read(&made.path().join(format!("{}.js", names.output)))?)?;
    let css = put(&pkg, &names.output, "css", css.as_bytes())?;
    let noscript = put(&pkg, "noscript", "css", noscript.as_bytes())?;
    copy_assets(&names)?;
    let at = |name: &str| format!("/{}/{name}", names.pkg);
    let list = serde_json::json!({ "wasm": at(&wasm), "js": at(&js), "css": at(&css), "noscript": at(&noscript) });
    fs::write(names.site.join("assets.json"), format!("{list:#}\n")).map_err(|e| e.to_string())?;
    if release { report().map(|_| ()) } else { Ok(()) }
}

/// `wasm-opt` comes with Node's package `binaryen`; without Node the program is larger but the same.
fn optimise(wasm: &Path) -> Done {
    let Some(tool) = tools::wasm_opt()? else {
        say("wasm-opt is left out: it needs Node.js and npm");
        return Ok(());
    };
    say("optimising the program");
    let features = [
        "--enable-bulk-memory",
        "--enable-nontrapping-float-to-int",
        "--enable-sign-ext",
        "--enable-mutable-globals",
        "--enable-reference-types",
        "--enable-multivalue",
    ];
    run(Command::new("node").arg(tool).arg("-Oz").args(features).arg(wasm).arg("-o").arg(wasm))
}

fn stylesheet(file: &Path) -> Result<String, String> {
    let provider = FileProvider::new();
    let mut bundler = Bundler::new(&provider, None, ParserOptions::default());
    let mut sheet = bundler.bundle(file).map_err(|e| format!("{}: {e}", file.display()))?;
    sheet.minify(MinifyOptions::default()).map_err(|e| format!("{}: {e}", file.display()))?;
    let css = sheet.to_css(PrinterOptions { minify: true, ..PrinterOptions::default() }).map_err(|e| format!("{}: {e}", file.display()))?;
    Ok(css.code)
}

/// Writes a file under a name that changes with its content, and its compressed copies.
fn put(folder: &Path, name: &str, ending: &str, bytes: &[u8]) -> Result<String, String> {
    let hash: String = Sha256::digest(bytes).iter().take(8).map(|b| format!("{b:02x}")).collect();
    let name = format!("{name}.{hash}.{ending}");
    write_all(&folder.join(&name), bytes)?;
    Ok(name)
}

fn write_all(path: &Path, bytes: &[u8]) -> Done {
    let fail = |e: std::io::Error| format!("cannot write {}: {e}", path.display());
    let beside = |ending: &str| PathBuf::from(format!("{}.{ending}", path.display()));
    fs::write(path, bytes).map_err(fail)?;
    fs::write(beside("br"), brotlied(bytes).map_err(fail)?).map_err(fail)?;
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gz.write_all(bytes).map_err(fail)?;
    fs::write(beside("gz"), gz.finish().map_err(fail)?).map_err(fail)
}

fn brotlied(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut out = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &parameters)?;
    Ok(out)
}

fn copy_assets(names: &Names) -> Done {
    let list = fs::read_dir(&names.assets).map_err(|e| format!("cannot read {}: {e}", names.assets.display()))?;
    for entry in list {
        let path = entry.map_err(|e| e.to_string())?.path();
        let bytes = fs::read(&path).map_err(|e| format!("cannot read {}: {e}", path.display()))?;
        if let Some(name) = path.file_name() {
            write_all(&names.site.join(name), &bytes)?;
        }
    }
    Ok(())
}

/// Prints the sizes; bytes of brotli by ending.
fn report() -> Result<Vec<(String, usize)>, String> {
    let names = names()?;
    let mut sizes = Vec::new();
    for entry in fs::read_dir(names.site.join(&names.pkg)).map_err(|e| format!("build the site first: {e}"))? {
        let path = entry.map_err(|e| e.to_string())?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some(ending) = name.rsplit('.').next().filter(|e| ["wasm", "js", "css"].contains(e) && !name.starts_with("noscript")) else { continue };
        let size = |p: &Path| fs::metadata(p).map_or(0, |m| m.len() as usize);
        let br = size(Path::new(&format!("{}.br", path.display())));
        eprintln!("  {ending:5} {:>7.1} KB  {:>6.1} KB in brotli", size(&path) as f64 / 1024.0, br as f64 / 1024.0);
        sizes.push((ending.to_owned(), br));
    }
    Ok(sizes)
}

/// Fails when the built site is over its budget.
pub fn budget() -> Done {
    let sizes = report()?;
    for (ending, most) in BUDGET {
        let size = sizes.iter().find(|(e, _)| e == ending).map(|(_, n)| *n).ok_or(format!("the site has no {ending}"))?;
        if size > most {
            return Err(format!("{ending} is {size} bytes in brotli, the budget is {most}"));
        }
    }
    Ok(())
}
