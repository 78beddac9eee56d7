//! The table of fields as a tree.

use super::{Kind, fields::FIELDS};
use std::{collections::BTreeMap, sync::LazyLock};

/// A place that the API knows.
#[derive(Debug)]
pub struct Node {
    /// Its type.
    pub kind: Kind,
    /// Whether the API model requires it.
    pub required: bool,
    /// The members of an object, or of the objects of a list.
    pub members: BTreeMap<&'static str, Node>,
}

static ROOT: LazyLock<Node> = LazyLock::new(|| {
    let mut root = Node { kind: Kind::Object, required: true, members: BTreeMap::new() };
    for (path, kind, required) in FIELDS {
        let mut at = &mut root;
        for name in path.split('.').map(|part| part.trim_end_matches("[]")) {
            at = at.members.entry(name).or_insert(Node { kind, required, members: BTreeMap::new() });
        }
    }
    root
});

/// The definition itself.
pub fn root() -> &'static Node {
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
            assert!(node.members.is_empty() || matches!(node.kind, Kind::Object | Kind::List), "{node:?}");
            seen += node.members.len();
            todo.extend(node.members.values());
        }
        assert_eq!(seen, FIELDS.len());
    }
}
