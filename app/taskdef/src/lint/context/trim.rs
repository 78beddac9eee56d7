//! Lists that are longer than AWS allows.

use crate::{Edit, document::edit::Op};

/// Takes the last items of a list away, so that `most` of `count` are left.
pub(in crate::lint) fn trimmed(list: &str, count: usize, most: usize) -> Edit {
    Edit((most..count).rev().map(|i| Op::Remove { path: format!("{list}/{i}") }).collect())
}
