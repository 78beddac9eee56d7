//! A command as one text, split as Compose splits it: go-shellwords with variables and backquotes off.

/// The words, and what Compose drops without a word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// What runs.
    pub words: Vec<String>,
    /// What stands behind `;`, `&`, `|`, `<` or `>`, which Compose never runs.
    pub tail: String,
}

/// Splits a text; none where Compose says “invalid command line string”: an open quote, a bracket outside quotes.
///
/// ```
/// use taskdef::formats::import::compose_words;
/// assert_eq!(compose_words("sh -c 'a b' \"c \\d\"").unwrap().words, ["sh", "-c", "a b", "c d"]);
/// assert_eq!(compose_words("npm run build && npm start").unwrap().tail, "&& npm start");
/// assert!(compose_words("echo (x)").is_none());
/// ```
pub fn compose_words(text: &str) -> Option<Words> {
    let mut out = Words::default();
    let mut word = String::new();
    let (mut open, mut single, mut double) = (false, false, false);
    let (mut backquote, mut dollar) = (false, 0_usize);
    let mut chars = text.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        if single {
            if c == '\'' {
                single = false
            } else {
                word.push(c)
            }
            continue;
        }
        if c == '\\' {
            let (_, next) = chars.next()?;
            open = true;
            word.push(match next {
                'n' if !double => '\n',
                't' if !double => '\t',
                other => other,
            });
            continue;
        }
        if backquote || dollar > 0 {
            match c {
                '`' if backquote => backquote = false,
                '(' if dollar > 0 => dollar += 1,
                ')' if dollar > 0 => dollar -= 1,
                _ => {}
            }
            word.push(c);
            continue;
        }
        match c {
            '"' => {
                double = !double;
                open = true;
            }
            _ if double => word.push(c),
            '\'' => {
                single = true;
                open = true;
            }
            '`' => {
                backquote = true;
                open = true;
                word.push(c);
            }
            '$' if chars.peek().is_some_and(|(_, next)| *next == '(') => {
                chars.next();
                dollar = 1;
                open = true;
                word.push_str("$(");
            }
            '(' | ')' => return None,
            ' ' | '\t' | '\r' | '\n' => {
                if open {
                    out.words.push(std::mem::take(&mut word));
                }
                open = false;
            }
            ';' | '&' | '|' | '<' | '>' => {
                // The number of a stream goes with its arrow.
                if c == '>' && word.bytes().all(|b| b.is_ascii_digit()) {
                    open = false;
                }
                out.tail = text[i..].trim().to_owned();
                if open {
                    out.words.push(word);
                }
                return Some(out);
            }
            other => {
                open = true;
                word.push(other);
            }
        }
    }
    if single || double || backquote || dollar > 0 {
        return None;
    }
    if open {
        out.words.push(word);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_go_shellwords() {
        for (text, words, tail) in [
            ("a  b\n c", &["a", "b", "c"][..], ""),
            ("\"\" ''", &["", ""], ""),
            ("C:\\app", &["C:app"], ""),
            ("a\\nb", &["a\nb"], ""),
            ("echo $(date; x) `y z`", &["echo", "$(date; x)", "`y z`"], ""),
            ("a $B * ~ # c", &["a", "$B", "*", "~", "#", "c"], ""),
            ("a; b", &["a"], "; b"),
            ("a 2>f", &["a"], ">f"),
            ("", &[], ""),
            ("mysqld --a='b c'", &["mysqld", "--a=b c"], ""),
        ] {
            let split = compose_words(text).unwrap();
            assert_eq!((split.words, split.tail.as_str()), (words.iter().map(|w| (*w).to_owned()).collect(), tail), "{text}");
        }
        for text in ["'a", "\"a", "a\\", "(a)", "a)", "$(a", "`a"] {
            assert_eq!(compose_words(text), None, "{text}");
        }
    }
}
