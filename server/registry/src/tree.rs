//! The files of an image by name, put together from the top layer down.

use std::collections::{HashMap, HashSet};
use taskdef::facts::Has;

const HOPS: usize = 16;
/// Names of an image, with folders that only its files name.
const ENTRIES: usize = 200_000;
/// Bytes of one path.
const PATH: usize = 4096;
/// Bytes of all names together.
const NAMES: usize = 32 * 1024 * 1024;
/// Folders of a path that is kept. Nothing that is asked about lies deeper, and deep paths are slow to compare.
const DEPTH: usize = 32;

/// One name in a layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    /// Whether somebody may run it.
    File {
        runs: bool,
    },
    Folder,
    /// A folder that only the paths of its files name: a runtime makes it, and then a link of a lower layer is hidden or followed,
    /// depending on the runtime.
    Implied,
    /// Both of that.
    Ambiguous,
    /// As written.
    Symlink(String),
    /// Another path of the image.
    Hardlink(String),
    Other,
}

impl Node {
    fn is_folder(&self) -> bool {
        matches!(self, Node::Folder | Node::Implied | Node::Ambiguous)
    }
}

/// A limit was hit.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Full;

/// Names from the layers that were read so far.
#[derive(Default)]
pub(crate) struct Tree {
    nodes: HashMap<String, (Node, usize)>,
    /// Everything of lower layers at or below these paths is gone.
    gone: HashSet<String>,
    /// Everything of lower layers below these folders is gone.
    opaque: HashSet<String>,
    /// The same of the layer that is being read: it holds for the layers below it only.
    next_gone: HashSet<String>,
    next_opaque: HashSet<String>,
    layer: usize,
    entries: usize,
    bytes: usize,
    /// Whether every layer was read in full.
    complete: bool,
}

/// A path without `.`, empty parts and leading slash; `None` if it leaves the root.
pub(crate) fn clean(path: &str) -> Option<String> {
    let mut parts = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => return None,
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The folders above a path, the outermost first.
fn above(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(i, _)| &path[..i])
}

fn is_deep(path: &str) -> bool {
    path.matches('/').count() >= DEPTH
}

impl Tree {
    /// Adds an entry of the current layer. A name that leaves the root is dropped, as no runtime unpacks it.
    pub fn add(&mut self, raw: &str, node: Node) -> Result<(), Full> {
        let target = if let Node::Symlink(t) | Node::Hardlink(t) = &node { t.len() } else { 0 };
        self.count(raw.len().max(target), raw.len() + target)?;
        let Some(mut path) = clean(raw).filter(|p| !p.is_empty()) else { return Ok(()) };
        let mut node = node;
        // What lies deeper is not kept, and is not known.
        if let Some((end, _)) = path.match_indices('/').nth(DEPTH - 1) {
            path.truncate(end);
            node = Node::Implied;
        }
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
        if let Some(hidden) = name.strip_prefix(".wh.") {
            match hidden {
                ".wh..opq" => drop(self.next_opaque.insert(folder.to_owned())),
                // Left over from AUFS.
                "" | "." | ".." => {}
                hidden if hidden.starts_with(".wh.") => {}
                hidden if folder.is_empty() => drop(self.next_gone.insert(hidden.to_owned())),
                hidden => drop(self.next_gone.insert(format!("{folder}/{hidden}"))),
            }
            return Ok(());
        }
        if self.hidden(&path) {
            return Ok(());
        }
        for folder in above(&path) {
            if !self.nodes.contains_key(folder) {
                self.count(folder.len(), folder.len())?;
                self.nodes.insert(folder.to_owned(), (Node::Implied, self.layer));
            }
        }
        match self.nodes.get_mut(&path) {
            Some((upper, layer)) if *layer < self.layer => match (&*upper, &node) {
                // What an upper layer's folder meets below is a folder too: they are one.
                (upper, Node::Folder | Node::Implied) if upper.is_folder() => {}
                (Node::Implied, Node::Symlink(_)) => *upper = Node::Ambiguous,
                // A file below a folder of an upper layer: the folder stays, what lies deeper below is gone.
                (upper, _) if upper.is_folder() => drop(self.next_opaque.insert(path)),
                _ => {}
            },
            _ => drop(self.nodes.insert(path, (node, self.layer))),
        }
        Ok(())
    }

    fn count(&mut self, longest: usize, bytes: usize) -> Result<(), Full> {
        self.entries += 1;
        self.bytes += bytes;
        if self.entries > ENTRIES || longest > PATH || self.bytes > NAMES { Err(Full) } else { Ok(()) }
    }

    /// Ends the current layer; the next one lies below it.
    pub fn end_layer(&mut self) {
        self.gone.extend(self.next_gone.drain());
        self.opaque.extend(self.next_opaque.drain());
        self.layer += 1;
    }

    /// Says that no layer is left.
    pub fn finish(&mut self) {
        self.complete = true;
    }

    /// Whether the current layer's entry of this path is the image's.
    pub fn shows(&self, path: &str) -> bool {
        self.nodes.get(path).is_some_and(|(_, layer)| *layer == self.layer)
    }

    /// Whether every layer was read in full.
    pub fn is_complete(&self) -> bool {
        self.complete
    }

    fn hidden(&self, path: &str) -> bool {
        let covers = |p: &str| self.nodes.get(p).is_some_and(|(node, layer)| *layer < self.layer && !node.is_folder());
        self.gone.contains(path) || self.opaque.contains("") || above(path).any(|p| self.gone.contains(p) || self.opaque.contains(p) || covers(p))
    }

    /// Follows links from the root to a file. `None`: not known. `Some(None)`: there is none.
    fn resolve(&self, path: &str, hops: &mut usize) -> Option<Option<&Node>> {
        let absent = if self.complete { Some(None) } else { None };
        let mut at = String::new();
        let mut node = &Node::Folder;
        let mut parts: Vec<&str> = path.split('/').rev().collect();
        while let Some(part) = parts.pop() {
            match part {
                "" | "." => continue,
                ".." => {
                    at.truncate(at.rfind('/').unwrap_or(0));
                    node = &Node::Folder;
                    continue;
                }
                _ => {}
            }
            if !node.is_folder() {
                return Some(None);
            }
            let next = if at.is_empty() { part.to_owned() } else { format!("{at}/{part}") };
            if is_deep(&next) {
                return None;
            }
            match self.nodes.get(&next) {
                None => return absent,
                Some((Node::Ambiguous, _)) => return None,
                Some((Node::Symlink(target), _)) => {
                    *hops += 1;
                    if *hops > HOPS {
                        return Some(None);
                    }
                    if target.starts_with('/') {
                        at.clear();
                    }
                    node = &Node::Folder;
                    parts.extend(target.split('/').rev());
                }
                Some((Node::Hardlink(target), _)) => {
                    *hops += 1;
                    if *hops > HOPS {
                        return Some(None);
                    }
                    match clean(target).and_then(|t| self.nodes.get(&t)) {
                        Some((Node::Hardlink(_), _)) => return self.resolve(target, hops),
                        Some((found, _)) => node = found,
                        None => return absent,
                    }
                    at = next;
                }
                Some((found, _)) => {
                    node = found;
                    at = next;
                }
            }
        }
        Some(Some(node))
    }

    /// Whether a path leads to a file that can be run.
    pub fn runs(&self, path: &str) -> Has {
        match self.resolve(path, &mut 0) {
            None => Has::Unknown,
            Some(Some(Node::File { runs: true })) => Has::Yes,
            Some(_) => Has::No,
        }
    }

    /// Whether a program of this name is in one of these folders.
    pub fn program(&self, name: &str, folders: &[String]) -> Has {
        let mut all = folders.iter().map(|folder| self.runs(&format!("{folder}/{name}"))).collect::<Vec<_>>().into_iter();
        match () {
            () if all.clone().any(|has| has == Has::Yes) => Has::Yes,
            () if folders.is_empty() || all.any(|has| has == Has::Unknown) => Has::Unknown,
            () => Has::No,
        }
    }
}
