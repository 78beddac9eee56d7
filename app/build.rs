//! Turns `locales/{en,ko}` into code, so that a key or a value that one language lacks fails the build.
//!
//! Each key becomes a function, or, where the text has places for values, a struct with a field for each of them.
//! The texts themselves stand in one list a language, in the order of namespaces and keys: the server has both, the
//! browser fetches its own (`texts.rs`).

use std::{
    collections::{BTreeMap, BTreeSet},
    error::Error,
    fmt::Write,
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::PathBuf,
};

/// Namespaces that pages of the wizard use; they travel to the browser.
const WIZARD: [&str; 11] = ["changes", "cluster", "common", "containers", "health", "help", "logs", "picture", "ports", "review", "size"];

/// Namespaces of pages that the server renders whole.
const SITE: [&str; 8] = ["doctor", "editor", "glossary", "history", "home", "register", "rules", "share"];

type Texts = BTreeMap<String, String>;

fn read(lang: &str, namespace: &str) -> Result<Texts, Box<dyn Error>> {
    let path = format!("locales/{lang}/{namespace}.json");
    println!("cargo::rerun-if-changed={path}");
    let text = fs::read_to_string(&path).map_err(|e| format!("{path}: {e}"))?;
    Ok(serde_json::from_str(&text).map_err(|e| format!("{path}: {e}"))?)
}

/// Names of the values in a text: `{{ name }}`.
fn values(text: &str) -> Result<BTreeSet<&str>, String> {
    let mut found = BTreeSet::new();
    for part in text.split("{{").skip(1) {
        let (name, _) = part.split_once("}}").ok_or_else(|| format!("a place is not closed: {text}"))?;
        found.insert(name.trim());
    }
    Ok(found)
}

fn namespace(code: &mut String, name: &str, lists: &mut [Vec<String>; 2]) -> Result<(), Box<dyn Error>> {
    let (en, ko) = (read("en", name)?, read("ko", name)?);
    let keys = |texts: &Texts| texts.keys().cloned().collect::<BTreeSet<_>>();
    if keys(&en) != keys(&ko) {
        return Err(format!("locales differ in {name}: {:?}", keys(&en).symmetric_difference(&keys(&ko)).collect::<Vec<_>>()).into());
    }
    writeln!(code, "pub mod {name} {{")?;
    for (key, text) in &en {
        let (index, other) = (lists[0].len(), &ko[key]);
        let places = values(text)?;
        if places != values(other)? {
            return Err(format!("{name}.{key} has other values in Korean: {other}").into());
        }
        if text.trim().is_empty() || other.trim().is_empty() {
            return Err(format!("{name}.{key} is empty").into());
        }
        if places.is_empty() {
            writeln!(code, "pub fn {key}(lang: taskdef::Lang) -> &'static str {{ crate::texts::text(lang, {index}) }}")?;
        } else {
            let fields: String = places.iter().map(|p| format!("pub {p}: &'a dyn std::fmt::Display, ")).collect();
            let pairs: String = places.iter().map(|p| format!("(\"{p}\", self.{p}), ")).collect();
            writeln!(code, "pub struct {key}<'a> {{ {fields} }}")?;
            writeln!(
                code,
                "impl {key}<'_> {{ pub fn text(&self, lang: taskdef::Lang) -> String {{ crate::texts::filled(crate::texts::text(lang, {index}), &[{pairs}]) }} }}"
            )?;
        }
        lists[0].push(text.clone());
        lists[1].push(other.clone());
    }
    writeln!(code, "}}")?;
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let (mut code, mut lists) = (String::new(), [Vec::new(), Vec::new()]);
    for name in WIZARD {
        namespace(&mut code, name, &mut lists)?;
    }
    let wizard = lists[0].len();
    for name in SITE {
        // The browser does not fetch these: a page of the wizard that used one would show nothing there.
        writeln!(code, "#[cfg(feature = \"ssr\")]")?;
        namespace(&mut code, name, &mut lists)?;
    }
    let mut hasher = DefaultHasher::new();
    for (lang, list) in ["EN", "KO"].iter().zip(&lists) {
        list[..wizard].hash(&mut hasher);
        writeln!(code, "#[cfg(feature = \"ssr\")] pub static {lang}: [&str; {}] = {list:?};", list.len())?;
    }
    writeln!(code, "#[cfg(feature = \"ssr\")] pub const WIZARD: usize = {wizard};")?;
    writeln!(code, "#[cfg(feature = \"ssr\")] pub const VERSION: &str = \"{:016x}\";", hasher.finish())?;
    fs::write(PathBuf::from(std::env::var("OUT_DIR")?).join("texts.rs"), code)?;
    Ok(())
}
