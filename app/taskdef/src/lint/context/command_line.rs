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

/// Programs that a line of a shell surely starts: the first word of each part between `&&`, `;` and `|`. None where the line itself
/// decides what it starts, or installs programs first.
pub(in crate::lint) fn started(line: &str) -> Vec<String> {
    const DECIDES: [&str; 10] = ["||", "if", "case", "while", "until", "for", "command", "which", "type", "trap"];
    const INSTALLS: [&str; 2] = ["install", "add"];
    let Some(words) = shlex::split(line) else { return Vec::new() };
    let unclear = |word: &String| DECIDES.contains(&word.as_str()) || INSTALLS.contains(&word.as_str()) || word.contains("$(") || word.contains('`');
    if words.iter().any(unclear) {
        return Vec::new();
    }
    let is_set = |word: &str| word.split_once('=').is_some_and(|(name, _)| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'));
    let (mut all, mut first) = (Vec::new(), true);
    for word in words {
        if matches!(word.as_str(), "&&" | ";" | "|") {
            first = true;
        } else if first && !is_set(&word) && word != "exec" {
            first = word.ends_with(';');
            all.push(word.trim_end_matches(';').to_owned());
        } else {
            first |= word.ends_with(';');
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::started;

    #[test]
    fn a_line_starts_the_first_word_of_each_part() {
        for (line, programs) in [
            ("curl -f http://a && node server.js", &["curl", "node"][..]),
            ("A=b exec node server.js", &["node"]),
            ("cat x | wget -i -; nc -z a 1", &["cat", "wget", "nc"]),
            ("curl -f a || exit 1", &[]),
            ("if curl a; then b; fi", &[]),
            ("command -v curl && curl a", &[]),
            ("apk add curl && curl a", &[]),
            ("apt-get install -y curl; curl a", &[]),
            ("echo $(curl a)", &[]),
            ("echo 'a && curl b'", &["echo"]),
            ("echo 'open", &[]),
        ] {
            assert_eq!(started(line), programs, "{line}");
        }
    }
}
