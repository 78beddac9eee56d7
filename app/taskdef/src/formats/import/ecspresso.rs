//! ecspresso's definition: JSON with marks of Go's templates, which become placeholders.

use super::{
    Import, Input, Placeholder, Refusal, definition,
    marks::{self, Mark},
    tree::read_json,
};
use crate::{
    formats::{
        Format,
        report::{Ledger, Place, Said},
    },
    messages::all,
};
use std::collections::BTreeMap;

/// Words by which a template decides what it contains.
const CONTROL: [&str; 8] = ["if", "else", "end", "range", "with", "template", "define", "block"];

/// Reads a definition.
///
/// # Errors
/// The template decides what is in it, or it is no JSON without its marks.
pub fn read(input: &Input) -> Result<Import, Refusal> {
    let source = input.files.first().ok_or_else(|| Refusal::new(&all::IMPORT_EMPTY))?;
    let mut found: BTreeMap<String, Placeholder> = BTreeMap::new();
    let mut control: Option<(String, usize)> = None;
    let text = marks::replace(&source.text, |mark| {
        let word = mark.inner.split_whitespace().next().unwrap_or("");
        if CONTROL.contains(&word) {
            control.get_or_insert((word.to_owned(), mark.line));
        }
        named(mark, &mut found)
    });
    if let Some((word, line)) = control {
        let place = Place { file: 0, line, column: 1 };
        return Err(Refusal::at(place, Said::of(&all::IMPORT_CONTROL).text("word", word)).in_text(&source.text));
    }
    let mut node = read_json(0, &marks::quoted(&text))?;
    let mut ledger = Ledger::default();
    ledger.add("", &mut node);
    definition::ask_marks(&node, "", &mut ledger);
    let mut import = definition::of_tree(Format::Ecspresso, node, ledger, &input.answers)?;
    import.placeholders = found.into_values().collect();
    Ok(import)
}

/// What stands in the place of a mark: its literal, or a placeholder by its argument.
fn named(mark: &Mark, found: &mut BTreeMap<String, Placeholder>) -> String {
    let call = mark.inner.split('|').next().unwrap_or("").trim();
    let (function, rest) = call.split_once(char::is_whitespace).unwrap_or((call, ""));
    let argument = |text: &str| text.trim_matches(['`', '"', ' ']).to_owned();
    if function.starts_with(['`', '"']) {
        return argument(call).replace('\\', "\\\\").replace('"', "\\\"");
    }
    let first = rest.split(['`', '"']).find(|part| !part.trim().is_empty()).unwrap_or(function);
    let name: String = first.trim().chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | ':') { c } else { '_' }).collect();
    found.entry(name.clone()).or_insert_with(|| Placeholder { name: name.clone(), origin: format!("{{{{ {} }}}}", mark.inner) });
    format!("${{{name}}}")
}
