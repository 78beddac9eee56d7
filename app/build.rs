//! Turns `locales/{en,ko}` into code; a key that one language lacks fails the build.

use leptos_i18n_build::{Config, ParseOptions, TranslationsInfos, options::CodegenOptions};
use std::{collections::BTreeSet, error::Error, fs, path::PathBuf};

const NAMESPACES: [&str; 15] =
    ["cluster", "common", "containers", "doctor", "health", "history", "home", "logs", "picture", "ports", "register", "review", "rules", "share", "size"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    for namespace in NAMESPACES {
        let keys = |lang: &str| -> Result<BTreeSet<String>, Box<dyn Error>> {
            let text = fs::read_to_string(format!("locales/{lang}/{namespace}.json"))?;
            let map: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&text)?;
            Ok(map.keys().cloned().collect())
        };
        let (en, ko) = (keys("en")?, keys("ko")?);
        if en != ko {
            return Err(format!("locales differ in {namespace}: {:?}", en.symmetric_difference(&ko).collect::<Vec<_>>()).into());
        }
    }
    let config = Config::new("en")?.add_locale("ko")?.add_namespaces(NAMESPACES)?.parse_options(ParseOptions::new().interpolate_display(true));
    let texts = TranslationsInfos::parse(config)?;
    texts.rerun_if_locales_changed();
    let quiet = "#![allow(missing_docs, clippy::all, unused)]".parse()?;
    let options = CodegenOptions::new().top_level_attributes(Some(quiet)).gen_docs(false);
    texts.generate_i18n_module_with_options(PathBuf::from(std::env::var("OUT_DIR")?).join("i18n"), options)?;
    Ok(())
}
