//! A list of words as one line, with the quoting of a POSIX shell. Nothing is expanded: `$X` and `*` are themselves.

/// The words of a list on one line; [`words`] reads them back.
///
/// ```
/// use taskdef::grammar::command;
/// let line = command::line(["sh", "-c", "echo it's up"]);
/// assert_eq!(line, r"sh -c 'echo it'\''s up'");
/// assert_eq!(command::words(&line).unwrap(), ["sh", "-c", "echo it's up"]);
/// ```
pub fn line<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let mut line = String::new();
    for word in words {
        if !line.is_empty() {
            line.push(' ');
        }
        if !word.is_empty() && !word.contains(|c: char| c.is_whitespace() || matches!(c, '\'' | '"' | '\\')) {
            line.push_str(word);
        } else {
            line.push('\'');
            line.push_str(&word.replace('\'', r"'\''"));
            line.push('\'');
        }
    }
    line
}

/// The words of a line, or `None` where a quote is not closed or a backslash is the last sign.
pub fn words(line: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut signs = line.chars().peekable();
    while let Some(c) = signs.next() {
        match c {
            c if c.is_whitespace() => words.extend(word.take()),
            '\'' | '"' => {
                let word = word.get_or_insert_default();
                loop {
                    match signs.next()? {
                        end if end == c => break,
                        // Between double quotes a backslash keeps only these from their meaning.
                        '\\' if c == '"' && matches!(signs.peek(), Some('"' | '\\')) => word.extend(signs.next()),
                        other => word.push(other),
                    }
                }
            }
            '\\' => word.get_or_insert_default().push(signs.next()?),
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_list_of_words_is_read_back_from_its_line(list in prop::collection::vec(any::<String>(), 0..6)) {
            prop_assert_eq!(words(&line(list.iter().map(String::as_str))), Some(list));
        }
    }

    #[test]
    fn a_line_is_read_as_a_shell_reads_it_and_nothing_is_expanded() {
        for (typed, expected) in [
            ("nginx -g 'daemon off;'", Some(vec!["nginx", "-g", "daemon off;"])),
            (r#"sh -c "echo \"a\" $B""#, Some(vec!["sh", "-c", r#"echo "a" $B"#])),
            (r"a\ b #c", Some(vec!["a b", "#c"])),
            ("  '' \n b", Some(vec!["", "b"])),
            ("", Some(vec![])),
            ("echo 'open", None),
            (r"end\", None),
        ] {
            assert_eq!(words(typed), expected.map(|list| list.into_iter().map(str::to_owned).collect()), "{typed}");
        }
    }
}
