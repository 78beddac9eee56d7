//! `extends`: a service that builds on another one of the same file.

use super::merge::merge;
use crate::{
    formats::{
        import::{
            Refusal,
            tree::{Kind, Node},
        },
        report::{Ledger, Said},
    },
    messages::all,
};

/// Most services that build on one another.
const LONGEST: usize = 16;

/// Resolves every `extends` of the file. One that names another file is asked for.
///
/// # Errors
/// A service that builds on itself, or on one that the file does not have.
pub fn resolve(root: &mut Node, ledger: &mut Ledger) -> Result<(), Refusal> {
    let Some(services) = root.get("services").cloned() else { return Ok(()) };
    let mut done = Vec::new();
    for (key, service) in services.pairs() {
        done.push((key.clone(), whole(&services, service, ledger, 0)?));
    }
    if let Kind::Map(pairs) = &mut root.kind
        && let Some((_, services)) = pairs.iter_mut().find(|(key, _)| key.text == "services")
        && !done.is_empty()
    {
        services.kind = Kind::Map(done);
    }
    Ok(())
}

fn whole(services: &Node, service: &Node, ledger: &mut Ledger, depth: usize) -> Result<Node, Refusal> {
    let Some(extends) = service.get("extends").filter(|e| !e.is_null()) else { return Ok(service.clone()) };
    if let Some(file) = extends.get("file") {
        ledger.asked(extends, Said::of(&all::IMPORT_EXTENDS_FILE).text("file", crate::formats::report::masked("", file.text().unwrap_or(""))), "");
        return Ok(service.clone());
    }
    let name = extends.get("service").unwrap_or(extends).text().unwrap_or("").to_owned();
    let shown = crate::formats::report::masked("", &name);
    if depth > LONGEST {
        return Err(Refusal::at(extends.at, Said::of(&all::IMPORT_CYCLE).text("service", shown)));
    }
    let Some(base) = services.get(&name) else { return Err(Refusal::at(extends.at, Said::of(&all::IMPORT_NO_SUCH_SERVICE).text("service", shown))) };
    let mut base = whole(services, base, ledger, depth + 1)?;
    ledger.exact(extends, "");
    let mut path = vec!["services".to_owned(), name];
    merge(&mut base, service.clone(), &mut path, &mut Vec::new());
    Ok(Node { at: service.at, ..base })
}
