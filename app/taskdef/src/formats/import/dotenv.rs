//! Environment files, in the grammars of those who read them. Source: compose-go `dotenv`, docker/cli `opts/file.go`.

/// Who reads the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grammar {
    /// Compose: quotes go, comments end a line, several lines in quotes.
    Compose,
    /// `docker run --env-file`, and Compose's `format: raw`: nothing but lines.
    Docker,
}

/// A variable and its line, from 1. Without a value it comes from the shell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: Option<String>,
    /// Where it stands.
    pub line: usize,
}

/// The variables of a file, in its order; of a name that stands twice, both.
pub fn read(text: &str, grammar: Grammar) -> Vec<Line> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut out = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((i, line)) = lines.next() {
        let start = line.trim_start();
        if start.is_empty() || start.starts_with('#') {
            continue;
        }
        if grammar == Grammar::Docker {
            let (name, value) = start.split_once('=').map_or((start, None), |(name, value)| (name, Some(value.to_owned())));
            out.push(Line { name: name.to_owned(), value, line: i + 1 });
            continue;
        }
        let start = start.strip_prefix("export ").unwrap_or(start).trim_start();
        let Some(at) = start.find(['=', ':']) else {
            out.push(Line { name: start.trim().to_owned(), value: None, line: i + 1 });
            continue;
        };
        let name = start[..at].trim().to_owned();
        let rest = start[at + 1..].trim_start();
        let value = match rest.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let mut whole = rest[1..].to_owned();
                let mut end = closing(&whole, quote);
                while end.is_none() {
                    let Some((_, next)) = lines.next() else { break };
                    // What is before it has been looked through, and a line break ends an escape.
                    let from = whole.len() + 1;
                    whole.push('\n');
                    whole.push_str(next);
                    end = closing(next, quote).map(|at| from + at);
                }
                let inner = &whole[..end.unwrap_or(whole.len())];
                if quote == '"' { unescaped(inner) } else { inner.to_owned() }
            }
            _ => rest.split(" #").next().unwrap_or("").split("\t#").next().unwrap_or("").trim_end().to_owned(),
        };
        out.push(Line { name, value: Some(value), line: i + 1 });
    }
    out
}

fn closing(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (i, c) in text.char_indices() {
        if c == quote && !escaped {
            return Some(i);
        }
        escaped = c == '\\' && !escaped && quote == '"';
    }
    None
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some('t') => out.push('\t'),
            Some(other @ ('\\' | '"' | '$' | '\'')) => out.push(other),
            Some(other) => {
                out.push('\\');
                out.push(other);
            }
            None => out.push('\\'),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str, grammar: Grammar) -> Vec<(String, Option<String>)> {
        read(text, grammar).into_iter().map(|line| (line.name, line.value)).collect()
    }

    fn some(name: &str, value: &str) -> (String, Option<String>) {
        (name.into(), Some(value.into()))
    }

    #[test]
    fn compose_removes_quotes_and_comments() {
        let text = "# c\nexport A=1 # x\nB: 'it #1'\nC=\"a\\nb\"\nD=\"one\ntwo\"\n\nE\nF=\n";
        let due = [some("A", "1"), some("B", "it #1"), some("C", "a\nb"), some("D", "one\ntwo"), ("E".into(), None), some("F", "")];
        assert_eq!(pairs(text, Grammar::Compose), due);
        assert_eq!(read(text, Grammar::Compose)[4].line, 8);
    }

    #[test]
    fn docker_keeps_everything() {
        assert_eq!(pairs("  A=\"1\" # x \nB\n", Grammar::Docker), [some("A", "\"1\" # x "), ("B".into(), None)]);
    }
}
