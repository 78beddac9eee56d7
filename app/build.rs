//! Compiles `locales/{en,ko}` into code: a key or a value that one language lacks fails the build.
//!
//! Each key becomes a function, or, where the text has values, a struct with a field for each of them. The texts are in one list
//! a language, in the order of namespaces and keys: the server has both, the browser fetches its own (`texts.rs`).

use messages::{Error, File, rust};
use std::{fmt::Write, path::Path, process::ExitCode};

/// Namespaces that pages of the wizard use; they travel to the browser.
const WIZARD: [&str; 12] = ["changes", "cluster", "common", "containers", "health", "help", "logs", "picture", "ports", "review", "settings", "size"];

/// Namespaces of pages that the server renders whole. The browser does not fetch these: a page of the wizard that used one would
/// show nothing there, so that it does not compile.
const SITE: [&str; 14] =
    ["cost", "doctor", "editor", "export", "glossary", "history", "home", "import", "inspect", "next", "register", "rules", "search", "share"];

/// What is told of the fields that have no question of their own: the browser gets their names alone, since only the server draws them.
const FIELDS: &str = "fields";

fn code(files: &[File]) -> Result<String, Error> {
    let whole = |name: &str, problem: &str| Error { path: format!("locales/en/{name}.ftl").into(), line: 0, problem: problem.to_owned() };
    if let Some(file) = files.iter().find(|f| f.name != FIELDS && !WIZARD.contains(&f.name.as_str()) && !SITE.contains(&f.name.as_str())) {
        return Err(whole(&file.name, "add the namespace to WIZARD or SITE in app/build.rs"));
    }
    let find = |name: &&str| files.iter().find(|f| f.name == *name).ok_or_else(|| whole(name, "app/build.rs names this file"));
    let (mut code, mut lists) = (String::new(), [Vec::new(), Vec::new()]);
    for name in &WIZARD {
        rust::functions(find(name)?, &mut code, &mut lists)?;
    }
    let wizard = lists[0].len();
    for name in &SITE {
        code += "#[cfg(feature = \"ssr\")]\n";
        rust::functions(find(name)?, &mut code, &mut lists)?;
    }
    let fields = &find(&FIELDS)?.messages;
    let ids: Vec<&str> = fields.iter().map(|message| message.id.as_str()).collect();
    code += &format!("#[cfg(feature = \"ssr\")] pub static FIELDS: [&str; {}] = {ids:?};\n", ids.len());
    code += &format!("#[cfg(feature = \"ssr\")] pub const FIRST_FIELD: usize = {};\n", lists[0].len());
    for (i, list) in lists.iter_mut().enumerate() {
        list.extend(fields.iter().map(|message| message.text.texts[i].clone()));
    }
    for (lang, list) in ["EN", "KO"].iter().zip(&lists) {
        code += &format!("#[cfg(feature = \"ssr\")] pub static {lang}: [&str; {}] = {list:?};\n", list.len());
    }
    // Writing to a string cannot fail.
    let _ = writeln!(code, "pub const WIZARD: usize = {wizard};");
    Ok(code)
}

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=locales");
    messages::write(Path::new("locales"), "texts.rs", code)
}
