//! What a container is started with: the words of `entryPoint` and `command`.

use super::read::texts;
use crate::document::view::ContainerView;

/// A word, and the item that it stands in.
#[derive(Clone, Copy, Debug)]
pub(in crate::lint) struct Word<'a> {
    /// `entryPoint` or `command`.
    pub key: &'static str,
    /// Index of the item in its list.
    pub index: usize,
    /// Without the quotes around it.
    pub text: &'a str,
}

impl Word<'_> {
    /// Pointer of the word's item.
    pub fn path(&self, c: ContainerView<'_>) -> String {
        c.at(&format!("{}/{}", self.key, self.index))
    }
}

/// Most words of a container that are looked at: a command line has a few dozen.
const MOST: usize = 500;

/// The words of `entryPoint`, then those of `command`. An item with blanks is a line for a shell, so its words count one by one.
pub(super) fn words<'a>(c: ContainerView<'a>) -> Vec<Word<'a>> {
    let of = |key: &'static str| {
        let bare = move |index: usize| move |text: &'a str| Word { key, index, text: text.trim_matches(['"', '\'']) };
        texts(c, key).flat_map(move |(index, text)| text.split_whitespace().map(bare(index)))
    };
    of("entryPoint").chain(of("command")).take(MOST).collect()
}

/// The program that starts: the first item of `entryPoint`, or else of `command`. With an image's own entry point, the first
/// word of the command may be an argument.
pub(in crate::lint) fn program<'a>(c: ContainerView<'a>) -> Option<Word<'a>> {
    ["entryPoint", "command"].into_iter().find_map(|key| {
        let (index, text) = texts(c, key).next()?;
        Some(Word { key, index, text })
    })
}

/// The last part of a path: the name of a program.
pub(in crate::lint) fn base_name(program: &str) -> &str {
    program.rsplit(['/', '\\']).next().unwrap_or(program)
}
