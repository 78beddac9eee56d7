//! Comments of the file that a draft came from, at the same places of the file that it becomes.

use super::Exported;
use crate::{
    Draft,
    formats::{
        Format,
        import::{Answers, Input, Language, Source, drafts, stable},
    },
    shown,
};
use std::collections::{BTreeMap, HashMap};

/// Writes the comments that a draft kept. The written file is read again, since that says in which line each place is.
pub(super) fn put_back(draft: &Draft, format: Format, made: &mut Exported) {
    let language = Language::of(draft, format);
    let name = match format {
        Format::CloudFormation => "template.yaml",
        Format::Terraform => "main.tf",
        Format::Compose => "compose.yaml",
        _ => return,
    };
    let Some(file) = made.files.iter_mut().find(|file| file.name == name).filter(|_| !language.comments.is_empty()) else { return };
    let places = places(draft, format, &file.text);
    let mut lines: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for (place, text) in &language.comments {
        let line = if place.is_empty() { Some(1) } else { places.get(*place).copied() };
        if let Some(line) = line {
            lines.entry(line).or_default().push(text);
        }
    }
    let mut out = String::with_capacity(file.text.len());
    for (i, line) in file.text.split_inclusive('\n').enumerate() {
        let indent = line.len() - line.trim_start().len();
        for text in lines.get(&(i + 1)).into_iter().flatten() {
            out += &format!("{}# {}\n", &line[..indent], shown::visible(text));
        }
        out.push_str(line);
    }
    file.text = out;
}

/// The line of each place, as [`stable`] writes it.
fn places(draft: &Draft, format: Format, text: &str) -> HashMap<String, usize> {
    let launch = draft.launch().map_or("FARGATE", |launch| launch.as_str());
    let answers: Answers = [("secrets", "keep"), ("launch", launch)].into_iter().collect();
    let Ok(found) = drafts(&Input { files: vec![Source::pasted(text)], format: Some(format), answers }) else { return HashMap::new() };
    let [only] = found.drafts.as_slice() else { return HashMap::new() };
    let mut lines = HashMap::new();
    for entry in &found.report.entries {
        for target in &entry.targets {
            let line: &mut usize = lines.entry(stable(only.draft.definition(), &target.pointer)).or_insert(entry.place.line);
            *line = entry.place.line.min(*line);
        }
    }
    lines
}
