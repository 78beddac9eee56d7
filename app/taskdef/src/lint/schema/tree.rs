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
}

/// Members by name. Names of different length are told apart without a look at them, which is most of a walk's work.
#[derive(Debug, Default)]
pub(crate) struct Members(Vec<(&'static str, Node)>);

impl Members {
    fn position(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(n, _)| n.len().cmp(&name.len()).then_with(|| (*n).cmp(name)))
    }

    /// A member.
    pub fn get(&self, name: &str) -> Option<&Node> {
        self.position(name).ok().map(|i| &self.0[i].1)
    }

    /// The member, made where it is missing.
    fn or_insert(&mut self, name: &'static str, node: Node) -> &mut Node {
        let i = self.position(name).unwrap_or_else(|i| {
            self.0.insert(i, (name, node));
            i
        });
        &mut self.0[i].1
    }

    /// Names and members.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Node)> {
        self.0.iter().map(|(name, node)| (*name, node))
    }
}

static ROOT: LazyLock<Node> = LazyLock::new(|| {
    let mut root = Node { kind: Kind::Object, required: Vec::new(), members: Members::default() };
    for (path, kind, required) in FIELDS {
        let mut at = &mut root;
        let mut parts = path.split('.').map(|part| part.trim_end_matches("[]")).peekable();
        while let Some(name) = parts.next() {
            if required && parts.peek().is_none() {
                at.required.push(name);
            }
            at = at.members.or_insert(name, Node { kind, required: Vec::new(), members: Members::default() });
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
