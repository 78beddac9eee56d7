//! A paste of shell commands as words with their places: prompts, smart quotes and broken line ends are put right first.

use crate::formats::report::Place;

/// A word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its text, without quotes. Variables and `$(…)` stay as they are written.
    pub text: String,
    /// Where it starts.
    pub at: Place,
}

/// A command, and what stands behind `|`, `>` or `&`, which is no part of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Command {
    /// Its words.
    pub words: Vec<Word>,
    /// The first word that was cut, with the rest of its line.
    pub cut: Option<Word>,
}

/// Most words of a paste.
const MOST: usize = 10_000;

/// Splits a paste into commands. A quote that does not end goes to the end of the text.
pub fn commands(file: usize, text: &str) -> Vec<Command> {
    // A script is no paste: it is read as it stands.
    let chars = if text.starts_with("#!") { text.chars().collect() } else { cleaned(text) };
    let mut shell = Shell { chars, at: 0, line: 1, column: 1, file };
    let mut out = vec![Command::default()];
    let mut cutting = false;
    let mut count = 0;
    while let Some(token) = shell.token() {
        count += 1;
        if count > MOST {
            break;
        }
        match token {
            Token::End => {
                cutting = false;
                if out.last().is_some_and(|command| !command.words.is_empty()) {
                    out.push(Command::default());
                }
            }
            Token::Cut(at, text) => {
                cutting = true;
                if let Some(command) = out.last_mut() {
                    command.cut.get_or_insert(Word { text, at });
                }
            }
            Token::Word(word) if cutting => {
                if let Some(cut) = out.last_mut().and_then(|command| command.cut.as_mut()) {
                    cut.text.push(' ');
                    cut.text.push_str(&word.text);
                }
            }
            Token::Word(word) => {
                if let Some(command) = out.last_mut() {
                    command.words.push(word);
                }
            }
        }
    }
    out.retain(|command| !command.words.is_empty());
    out
}

/// Straight quotes, plain blanks, no fences, no prompts. Lines and columns stay.
fn cleaned(text: &str) -> Vec<char> {
    let mut out = Vec::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let start = line.trim_start();
        if start.starts_with("```") {
            out.extend(line.chars().map(|c| if c == '\n' { c } else { ' ' }));
            continue;
        }
        let lead = line.len() - start.len();
        let prompt = ["$ ", "# ", "> ", "% "].into_iter().find(|p| start.starts_with(p)).map_or(0, str::len);
        let prompt = if start.starts_with("PS ") { start.find("> ").map_or(0, |i| i + 2) } else { prompt };
        for (i, c) in line.char_indices() {
            out.push(match c {
                '\n' => '\n',
                _ if i < lead + prompt => ' ',
                '“' | '”' | '„' => '"',
                '‘' | '’' => '\'',
                '\u{a0}' | '\u{200b}' | '\u{feff}' | '\r' => ' ',
                '–' | '—' => '-',
                other => other,
            });
        }
        // `^` of Windows and the backquote of PowerShell continue a line.
        let end = out.iter().rposition(|c| !matches!(c, ' ' | '\t' | '\n'));
        if let Some(end) = end
            && matches!(out[end], '^' | '`')
            && (end == 0 || matches!(out[end - 1], ' ' | '\t'))
            && line.ends_with('\n')
        {
            out[end] = '\\';
        }
    }
    // A dash that was two: `—name`.
    out
}

enum Token {
    Word(Word),
    End,
    Cut(Place, String),
}

struct Shell {
    chars: Vec<char>,
    at: usize,
    line: usize,
    column: usize,
    file: usize,
}

impl Shell {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek(0)?;
        self.at += 1;
        (self.line, self.column) = if c == '\n' { (self.line + 1, 1) } else { (self.line, self.column + 1) };
        Some(c)
    }

    fn place(&self) -> Place {
        Place { file: self.file, line: self.line, column: self.column }
    }

    /// A backslash, blanks and a line break continue the line.
    fn continues(&self) -> Option<usize> {
        let blanks = self.chars[self.at + 1..].iter().take_while(|c| matches!(c, ' ' | '\t' | '\r')).count();
        match self.peek(1 + blanks) {
            Some('\n') => Some(2 + blanks),
            None => Some(1 + blanks),
            Some(_) => None,
        }
    }

    fn token(&mut self) -> Option<Token> {
        loop {
            match self.peek(0)? {
                ' ' | '\t' => {
                    self.next();
                }
                '\\' => match self.continues() {
                    Some(n) => (0..n).for_each(|_| {
                        self.next();
                    }),
                    None => break,
                },
                '#' => {
                    while self.peek(0).is_some_and(|c| c != '\n') {
                        self.next();
                    }
                }
                _ => break,
            }
        }
        let at = self.place();
        match (self.peek(0)?, self.peek(1)) {
            ('\n' | ';', _) => {
                self.next();
                return Some(Token::End);
            }
            ('&', Some('&')) => {
                self.next();
                self.next();
                return Some(Token::End);
            }
            (c @ ('&' | '|' | '>'), _) => {
                self.next();
                return Some(Token::Cut(at, c.to_string()));
            }
            // `<PLACEHOLDER>` is none of the shell's arrows.
            ('<', next) if !next.is_some_and(|c| c.is_alphabetic()) => {
                self.next();
                return Some(Token::Cut(at, "<".into()));
            }
            _ => {}
        }
        Some(Token::Word(Word { text: self.word(), at }))
    }

    fn word(&mut self) -> String {
        let mut text = String::new();
        while let Some(c) = self.peek(0) {
            match c {
                ' ' | '\t' | '\n' | ';' | '|' => break,
                '&' if !text.contains('?') => break,
                '>' if !text.contains('<') => break,
                '\\' => match self.continues() {
                    Some(n) => {
                        (0..n).for_each(|_| {
                            self.next();
                        });
                        // The next line goes on with this word only where it starts at once.
                        if self.peek(0).is_none_or(|c| c.is_whitespace()) {
                            break;
                        }
                    }
                    None => {
                        self.next();
                        text.extend(self.next());
                    }
                },
                '\'' => {
                    self.next();
                    while let Some(c) = self.next().filter(|c| *c != '\'') {
                        text.push(c);
                    }
                }
                '"' => {
                    self.next();
                    self.quoted(&mut text);
                }
                '$' if self.peek(1) == Some('\'') => {
                    self.next();
                    self.next();
                    self.escaped(&mut text);
                }
                '$' if self.peek(1) == Some('(') => self.substitution(&mut text),
                other => {
                    self.next();
                    text.push(other);
                }
            }
        }
        text
    }

    fn quoted(&mut self, text: &mut String) {
        while let Some(c) = self.next() {
            match (c, self.peek(0)) {
                ('"', _) => return,
                ('\\', Some(next @ ('$' | '"' | '\\' | '`'))) => {
                    self.next();
                    text.push(next);
                }
                ('\\', Some('\n')) => {
                    self.next();
                }
                _ => text.push(c),
            }
        }
    }

    /// `$'…'`.
    fn escaped(&mut self, text: &mut String) {
        while let Some(c) = self.next() {
            match c {
                '\'' => return,
                '\\' => match self.next() {
                    Some('n') => text.push('\n'),
                    Some('t') => text.push('\t'),
                    Some('r') => text.push('\r'),
                    Some('x') => {
                        let digits: String = (0..2).map_while(|i| self.peek(i).filter(char::is_ascii_hexdigit)).collect();
                        digits.chars().for_each(|_| {
                            self.next();
                        });
                        text.extend(u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32));
                    }
                    other => text.extend(other),
                },
                other => text.push(other),
            }
        }
    }

    /// `$(…)` is kept as it is written, and never run.
    fn substitution(&mut self, text: &mut String) {
        let mut depth = 0;
        while let Some(c) = self.next() {
            text.push(c);
            match c {
                '(' => depth += 1,
                ')' => {
                    depth -= 1;
                    if depth == 0 {
                        return;
                    }
                }
                '\n' => return,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<Vec<String>> {
        commands(0, text).into_iter().map(|command| command.words.into_iter().map(|w| w.text).collect()).collect()
    }

    /// Pastes as people make them. Source: the issues of composerize that formats names.
    #[test]
    fn a_paste_is_split_as_a_shell_would_and_mended_first() {
        for (text, due) in [
            ("$ docker run nginx", vec![vec!["docker", "run", "nginx"]]),
            ("docker run \\  \n  -d \\\n nginx", vec![vec!["docker", "run", "-d", "nginx"]]),
            ("docker run ^\n -d nginx", vec![vec!["docker", "run", "-d", "nginx"]]),
            ("docker run `\n -d nginx", vec![vec!["docker", "run", "-d", "nginx"]]),
            ("```bash\ndocker run nginx\n```", vec![vec!["docker", "run", "nginx"]]),
            ("docker run -e “A=b c” nginx;", vec![vec!["docker", "run", "-e", "A=b c", "nginx"]]),
            ("docker pull x && docker run x", vec![vec!["docker", "pull", "x"], vec!["docker", "run", "x"]]),
            ("a 'b\\' \"c\\\"d\" $'e\\n' f\\ g", vec![vec!["a", "b\\", "c\"d", "e\n", "f g"]]),
            ("a <TOKEN> -v $(pwd)/x:/y # c", vec![vec!["a", "<TOKEN>", "-v", "$(pwd)/x:/y"]]),
            ("a nginx\\", vec![vec!["a", "nginx"]]),
            ("a http://x/?a=1&b=2", vec![vec!["a", "http://x/?a=1&b=2"]]),
        ] {
            assert_eq!(words(text), due, "{text}");
        }
        let cut = &commands(0, "docker run x > log 2>&1")[0];
        assert_eq!((cut.words.len(), cut.cut.as_ref().map(|c| c.at.column)), (3, Some(14)));
    }
}
