//! Collects what readers say, so that no leaf is forgotten and none is spoken of twice.

use super::{Entry, Outcome, Place, Report, Said, Target, entry::unread, masked};
use crate::formats::import::tree::{Kind, Node};

/// The number of a node that is no leaf of the input.
pub const NO_LEAF: usize = usize::MAX;

/// The leaves of an input, and what was said of each.
#[derive(Debug, Default)]
pub struct Ledger {
    entries: Vec<(Entry, bool)>,
    notes: Vec<Entry>,
    draft: usize,
}

impl Ledger {
    /// Numbers the leaves of a tree. Their paths begin with `base`.
    pub fn add(&mut self, base: &str, node: &mut Node) {
        match &mut node.kind {
            Kind::List(items) if !items.is_empty() => {
                for (i, item) in items.iter_mut().enumerate() {
                    self.add(&format!("{base}[{i}]"), item);
                }
            }
            Kind::Map(pairs) if !pairs.is_empty() => {
                for (key, value) in pairs.iter_mut() {
                    let shown = masked("", &key.text);
                    let path = if base.is_empty() { shown } else { format!("{base}.{shown}") };
                    self.add(&path, value);
                }
            }
            _ => {
                let name = base.rsplit(['.', ']', '[']).find(|part| !part.is_empty() && !part.bytes().all(|b| b.is_ascii_digit())).unwrap_or("");
                let shown = node.text().map(|text| masked(name, text)).unwrap_or_default();
                node.leaf = self.entries.len();
                let entry =
                    Entry { place: node.at, path: base.to_owned(), outcome: Outcome::Dropped, breaks: true, said: Some(unread()), targets: Vec::new(), shown };
                self.entries.push((entry, false));
            }
        }
    }

    /// The draft that targets are in from now on.
    pub fn turn_to(&mut self, draft: usize) {
        self.draft = draft;
    }

    /// The same effect, at `target`.
    pub fn exact(&mut self, node: &Node, target: &str) {
        self.put(node, Outcome::Exact, false, None, target);
    }

    /// In the draft, and different.
    pub fn changed(&mut self, node: &Node, said: impl Into<Said>, target: &str) {
        self.put(node, Outcome::Changed, false, Some(said.into()), target);
    }

    /// Part of something else.
    pub fn elsewhere(&mut self, node: &Node, said: impl Into<Said>) {
        self.put(node, Outcome::Elsewhere, false, Some(said.into()), "");
    }

    /// No place for it, and something will break.
    pub fn breaks(&mut self, node: &Node, said: impl Into<Said>) {
        self.put(node, Outcome::Dropped, true, Some(said.into()), "");
    }

    /// No place for it, and no harm done.
    pub fn dropped(&mut self, node: &Node, said: impl Into<Said>) {
        self.put(node, Outcome::Dropped, false, Some(said.into()), "");
    }

    /// It needs an answer.
    pub fn asked(&mut self, node: &Node, said: impl Into<Said>, target: &str) {
        self.put(node, Outcome::Asked, true, Some(said.into()), target);
    }

    /// The values of a node are not shown, whatever they look like: the input itself says that they are secret.
    pub fn hide(&mut self, node: &Node) {
        match &node.kind {
            Kind::List(items) if !items.is_empty() => items.iter().for_each(|item| self.hide(item)),
            Kind::Map(pairs) if !pairs.is_empty() => pairs.iter().for_each(|(_, value)| self.hide(value)),
            _ => {
                if let Some((entry, _)) = self.entries.get_mut(node.leaf) {
                    entry.shown = masked("PASSWORD", "a hidden value");
                }
            }
        }
    }

    /// About the whole, or about more than one leaf.
    pub fn note(&mut self, place: Place, path: &str, outcome: Outcome, said: impl Into<Said>, target: &str) {
        let targets = if target.is_empty() { Vec::new() } else { vec![Target { draft: self.draft, pointer: target.to_owned() }] };
        let breaks = matches!(outcome, Outcome::Asked | Outcome::Dropped);
        let entry = Entry { place, path: path.to_owned(), outcome, breaks, said: Some(said.into()), targets, shown: String::new() };
        if !self.notes.contains(&entry) {
            self.notes.push(entry);
        }
    }

    /// The same note at another place than the draft's own.
    pub fn entries_mut(&mut self) -> impl Iterator<Item = &mut Entry> {
        self.entries.iter_mut().map(|(entry, _)| entry)
    }

    /// Every leaf below the node that nothing was said of yet. A leaf that became several things keeps the first word, and
    /// has all its targets.
    fn put(&mut self, node: &Node, outcome: Outcome, breaks: bool, said: Option<Said>, target: &str) {
        match &node.kind {
            Kind::List(items) if !items.is_empty() => items.iter().for_each(|item| self.put(item, outcome, breaks, said.clone(), target)),
            Kind::Map(pairs) if !pairs.is_empty() => pairs.iter().for_each(|(_, value)| self.put(value, outcome, breaks, said.clone(), target)),
            _ => {
                let draft = self.draft;
                let Some((entry, known)) = self.entries.get_mut(node.leaf) else { return };
                let target = Target { draft, pointer: target.to_owned() };
                if !target.pointer.is_empty() && !entry.targets.contains(&target) {
                    entry.targets.push(target);
                }
                if !*known {
                    *known = true;
                    (entry.outcome, entry.breaks, entry.said) = (outcome, breaks, said);
                }
            }
        }
    }

    /// The report.
    pub fn finish(self) -> Report {
        let unread = self.entries.iter().filter(|(_, known)| !known).count();
        Report { entries: self.entries.into_iter().map(|(entry, _)| entry).collect(), notes: self.notes, unread }
    }
}
