//! The table of fields as a tree.

use super::{Kind, fields::FIELDS};
use std::sync::LazyLock;

/// A place that the API knows.
#[derive(Debug)]
pub(crate) struct Node {
    /// Its type.
    pub kind: Kind,
    /// Names of the members that the API model requires.
    pub required: Vec<&'static str>,
    /// The members of an object, or of the objects of a list.
    pub members: Members,
    /// Whether its texts are the program's own, in which the marks of a template are as good as anything else.
    pub is_free: bool,
}

/// Fields whose texts, and those of all below them, are the program's own.
const FREE: [&str; 3] = ["containerDefinitions[].environment", "containerDefinitions[].dockerLabels", "containerDefinitions[].firelensConfiguration"];

/// Members by name. Those whose names are equally long stand together, so that a look-up compares these alone: three or four of
/// a container's fifty.
#[derive(Debug, Default)]
pub(crate) struct Members {
    all: Vec<(&'static str, Node)>,
    /// For each length of a name where its members start, and at last where all end.
    starts: Vec<usize>,
}

impl Members {
    /// A member.
    pub fn get(&self, name: &str) -> Option<&Node> {
        self.position(name).map(|i| &self.all[i].1)
    }

    fn position(&self, name: &str) -> Option<usize> {
        let (start, end) = (*self.starts.get(name.len())?, *self.starts.get(name.len() + 1)?);
        self.all[start..end].iter().position(|(n, _)| *n == name).map(|i| start + i)
    }

    /// The member, made where it is missing.
    fn or_insert(&mut self, name: &'static str, node: Node) -> &mut Node {
        let i = self.position(name).unwrap_or_else(|| {
            let i = self.all.partition_point(|(n, _)| (n.len(), *n) < (name.len(), name));
            self.all.insert(i, (name, node));
            let longest = self.all.iter().map(|(n, _)| n.len()).max().unwrap_or(0);
            self.starts = (0..=longest + 1).map(|length| self.all.partition_point(|(n, _)| n.len() < length)).collect();
            i
        });
        &mut self.all[i].1
    }

    /// Names and members.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Node)> {
        self.all.iter().map(|(name, node)| (*name, node))
    }
}

static ROOT: LazyLock<Node> = LazyLock::new(|| {
    let mut root = Node { kind: Kind::Object, required: Vec::new(), members: Members::default(), is_free: false };
    for (path, kind, required) in FIELDS {
        let is_free = FREE.iter().any(|free| path.strip_prefix(free).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '['])));
        let mut at = &mut root;
        let mut parts = path.split('.').map(|part| part.trim_end_matches("[]")).peekable();
        while let Some(name) = parts.next() {
            if required && parts.peek().is_none() {
                at.required.push(name);
            }
            at = at.members.or_insert(name, Node { kind, required: Vec::new(), members: Members::default(), is_free });
        }
    }
    root
});

/// The definition itself.
pub(crate) fn root() -> &'static Node {
    &ROOT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_stands_below_an_object_or_a_list() {
        let mut seen = 0;
        let mut todo = vec![root()];
        while let Some(node) = todo.pop() {
            assert!(node.members.iter().next().is_none() || matches!(node.kind, Kind::Object | Kind::List), "{node:?}");
            seen += node.members.iter().count();
            todo.extend(node.members.iter().map(|(_, n)| n));
        }
        assert_eq!(seen, FIELDS.len());
    }
}
