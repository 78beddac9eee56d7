//! Prints where AWS's model and the CloudFormation linter differ from what is compiled in: `cargo xtask facts`.
//! The argument is the JSON that `.cargo/xtask/facts.py` takes out of their packages.

use std::process::ExitCode;
use taskdef::{facts::upstream, lint};

fn main() -> ExitCode {
    let read = || {
        let path = std::env::args().nth(1).ok_or("name the JSON of the sources")?;
        let text = std::fs::read_to_string(&path).map_err(|e| format!("{path}: {e}"))?;
        let sources: serde_json::Value = serde_json::from_str(&text).map_err(|e| format!("{path}: {e}"))?;
        let found = upstream::compare(&sources).map_err(|e| e.to_string())?;
        Ok::<_, String>((sources, found))
    };
    let (sources, found) = match read() {
        Ok(read) => read,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    };
    let version = |key: &str| sources["versions"][key].as_str().unwrap_or("of no version").to_owned();
    println!("rules as of {}, botocore {}, cfn-lint {}", lint::AS_OF, version("botocore"), version("cfn-lint"));
    println!(
        "compared: {} fields, {} values, {} limits, {} properties of CloudFormation, {} Regions, {} Fargate sizes, {} awslogs options",
        found.fields, found.values, found.limits, found.properties, found.regions, found.sizes, found.options
    );
    found.differences.iter().for_each(|difference| println!("{difference}"));
    println!("{} new", found.differences.len());
    if found.differences.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
