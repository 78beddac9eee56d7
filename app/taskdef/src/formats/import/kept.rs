//! What a draft keeps of its import, beside the definition: the report, the names of the files, and where each place comes from.

use super::{
    Extra, Import,
    expressions::{self, Spoken},
    stored::{MEMBER, format, mark, member},
};
use crate::{
    Draft, Finding, Lang,
    document::{pointer, view},
    formats::{
        Format,
        report::{Origins, Place, Report, Said},
    },
    messages::all,
    shown::visible,
};
use serde_json::{Value, json};
use std::collections::HashMap;

impl Import {
    /// The draft of this number, with what it keeps; none where there is no such draft.
    pub fn kept(&self, index: usize) -> Option<Draft> {
        let mut draft = self.drafts.get(index)?.draft.clone();
        let member = self.member(index, draft.definition());
        draft.put(MEMBER, member);
        Some(draft)
    }

    /// The first draft over another one, which keeps its title, Region and cluster.
    pub fn over(&self, base: &Draft) -> Draft {
        let Some(made) = self.drafts.first() else { return base.clone() };
        let mut draft = base.with_definition(made.draft.definition().clone());
        draft.put(MEMBER, self.member(0, made.draft.definition()));
        draft
    }

    fn member(&self, index: usize, definition: &Value) -> Value {
        let files: Vec<Value> = self.files.iter().map(|file| json!({ "name": file.name, "text": file.text })).collect();
        json!({
            "format": self.format,
            "report": self.report.to_value(index, definition),
            "files": files,
            "sources": self.sources,
            "containers": names(definition),
            "language": self.language(index, definition).0,
        })
    }

    /// What a draft keeps for an export to the same format, and how many parts there is no room for.
    pub(super) fn language(&self, index: usize, definition: &Value) -> (Value, usize) {
        let spoken = Spoken {
            expressions: self.expressions.get(index).map_or(&[][..], Vec::as_slice),
            declared: &self.declared,
            placeholders: &self.placeholders,
            comments: self.comments.get(index).map_or(&[][..], Vec::as_slice),
        };
        expressions::to_value(definition, spoken)
    }
}

/// What is kept.
#[derive(Debug)]
pub struct Kept {
    /// The format of what was imported.
    pub format: Option<Format>,
    /// What became of each part of it.
    pub report: Report,
    /// Files that the import made.
    pub files: Vec<Extra>,
}

impl Kept {
    /// Of a draft that came from elsewhere.
    pub fn of(draft: &Draft) -> Option<Kept> {
        let kept = member(draft)?;
        let text = |file: &Value, key: &str| file.get(key).and_then(Value::as_str).unwrap_or("").to_owned();
        let files = list(kept, "files").iter().map(|file| Extra { name: text(file, "name"), text: text(file, "text") }).collect();
        Some(Kept { format: format(kept), report: Report::from_value(kept.get("report")?), files })
    }

    /// Whether a draft came from elsewhere.
    pub fn is_in(draft: &Draft) -> bool {
        member(draft).is_some()
    }
}

/// Where the places of a draft come from.
#[derive(Debug)]
pub struct Provenance<'d> {
    definition: &'d Value,
    format: Option<Format>,
    sources: Vec<&'d str>,
    containers: Vec<&'d str>,
    origins: Origins,
    /// What stood at a place when it was imported.
    were: HashMap<&'d str, u64>,
}

/// A place of an imported text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Its format.
    pub format: Format,
    /// The file's name; empty where the text was pasted.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
}

impl<'d> Provenance<'d> {
    /// Of a draft that came from elsewhere.
    pub fn of(draft: &'d Draft) -> Option<Provenance<'d>> {
        let kept = member(draft)?;
        let texts = |key: &str| list(kept, key).iter().map(|name| name.as_str().unwrap_or("")).collect();
        let (mut origins, mut were) = (Origins::default(), HashMap::new());
        for entry in kept.get("report").map_or(&[][..], |report| list(report, "entries")) {
            let number = |i: usize| entry.get("at")?.get(i)?.as_u64().and_then(|n| usize::try_from(n).ok());
            let (Some(file), Some(line), Some(column)) = (number(0), number(1), number(2)) else { continue };
            for (target, was) in list(entry, "targets").iter().zip(list(entry, "were")) {
                let (Some(target), Some(was)) = (target.as_str(), was.as_u64()) else { continue };
                origins.add(target, Place { file, line, column });
                were.insert(target, was);
            }
        }
        Some(Provenance { definition: draft.definition(), format: format(kept), sources: texts("sources"), containers: texts("containers"), origins, were })
    }

    /// Where a place comes from, as long as nobody changed it: a container keeps its origin by its name.
    pub fn origin(&self, place: &str) -> Option<Origin> {
        let (then, shift) = self.then(place)?;
        let (at, found) = self.origins.nearest(&then)?;
        if at.is_empty() || at == "/containerDefinitions" {
            return None;
        }
        if let Some(was) = self.were.get(at) {
            let now = at.strip_prefix(&shift.0).map_or_else(|| at.to_owned(), |rest| format!("{}{rest}", shift.1));
            if mark(pointer::get(self.definition, &now)) != *was {
                return None;
            }
        }
        Some(Origin { format: self.format?, file: self.sources.get(found.file).map(|name| (*name).to_owned()).unwrap_or_default(), line: found.line })
    }

    /// The place as it was when it was imported, and the prefixes then and now in which they differ.
    fn then(&self, place: &str) -> Option<(String, (String, String))> {
        const LIST: &str = "/containerDefinitions/";
        let Some(rest) = place.strip_prefix(LIST) else { return Some((place.to_owned(), (String::new(), String::new()))) };
        let (index, below) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let name = pointer::get(self.definition, &format!("{LIST}{index}/name")).and_then(Value::as_str)?;
        let was = self.containers.iter().position(|known| *known == name)?;
        Some((format!("{LIST}{was}{below}"), (format!("{LIST}{was}"), format!("{LIST}{index}"))))
    }

    /// Where a finding comes from.
    pub fn of_finding(&self, finding: &Finding) -> Option<Origin> {
        (finding.scope == crate::Scope::Definition).then(|| self.origin(&finding.path)).flatten()
    }
}

impl Origin {
    /// “line 14 of compose.yaml”, “line 14 of your Compose file”.
    pub fn words(&self, lang: Lang) -> String {
        let said = Said::of(&all::IMPORT_ORIGIN).number("line", self.line as u64);
        let said = if self.file.is_empty() { said.text("file", self.format.label(lang)) } else { said.text("file", visible(&self.file)) };
        let variant = match (self.file.is_empty(), self.format) {
            (false, _) => "",
            (true, Format::DockerRun | Format::AwsCli) => "command",
            (true, _) => "pasted",
        };
        Said { variant, ..said }.words(lang)
    }
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[][..], Vec::as_slice)
}

fn names(definition: &Value) -> Vec<String> {
    view::containers(definition).iter().map(|container| container.name().to_owned()).collect()
}
