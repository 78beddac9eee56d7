//! Where in a JSON text a pointer leads: for line numbers.

/// Line and column (characters), both from 1, of the key or the item at a pointer; of what is missing, the
/// nearest object or list around it. Of a key that stands twice, the last one. The text must be valid JSON.
///
/// ```
/// let text = "{\n  \"a\": [1,\n    {\"b\": 2}]\n}";
/// assert_eq!(taskdef::import::line_of(text, "/a/1/b"), (3, 6));
/// assert_eq!(taskdef::import::line_of(text, "/a/1/c"), (3, 5));
/// assert_eq!(taskdef::import::line_of(text, "/x"), (1, 1));
/// ```
pub fn line_of(text: &str, pointer: &str) -> (usize, usize) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut scan = Scan { bytes: text.as_bytes(), at: 0 };
    scan.space();
    let mut place = scan.at;
    for token in crate::pointer::tokens(pointer) {
        match scan.enter(text, &token) {
            Some(at) => place = at,
            None => break,
        }
    }
    let before = &text[..place.min(text.len())];
    let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |l| l.chars().count()) + 1;
    (line, column)
}

/// Line and column of a finding in the text that it was found in; `wrapped` where the definition stands in a
/// `taskDefinition`.
#[cfg(feature = "server")]
pub fn place_of(text: &str, wrapped: bool, finding: &crate::Finding) -> (usize, usize) {
    let path = if wrapped { format!("/taskDefinition{}", finding.path) } else { finding.path.clone() };
    finding.at.unwrap_or_else(|| line_of(text, &path))
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Scan<'_> {
    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    fn space(&mut self) {
        while matches!(self.peek(), b' ' | b'\n' | b'\r' | b'\t' | b',' | b':') {
            self.at += 1;
        }
    }

    /// Moves to the value of a member or an item; where it starts (a member at its key).
    fn enter(&mut self, text: &str, token: &str) -> Option<usize> {
        let list = match self.peek() {
            b'{' => false,
            b'[' => true,
            _ => return None,
        };
        let wanted = if list { Some(crate::pointer::index(token)?) } else { None };
        self.at += 1;
        let mut found = None;
        for i in 0.. {
            self.space();
            if matches!(self.peek(), b'}' | b']' | 0) {
                break;
            }
            let start = self.at;
            let here = match wanted {
                Some(index) => i == index,
                None => {
                    self.skip();
                    let key = serde_json::from_str::<String>(&text[start..self.at]).unwrap_or_default();
                    self.space();
                    key == token
                }
            };
            if here {
                found = Some((start, self.at));
            }
            self.skip();
        }
        let (start, value) = found?;
        self.at = value;
        Some(start)
    }

    /// Past one value.
    fn skip(&mut self) {
        let mut depth = 0usize;
        loop {
            match self.peek() {
                0 => return,
                b'"' => self.text(),
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    depth = depth.saturating_sub(1);
                    self.at += 1;
                }
                b' ' | b'\n' | b'\r' | b'\t' | b',' | b':' if depth > 0 => {
                    self.at += 1;
                    continue;
                }
                _ => {
                    while !matches!(self.peek(), b' ' | b'\n' | b'\r' | b'\t' | b',' | b':' | b'}' | b']' | 0) {
                        self.at += 1;
                    }
                }
            }
            if depth == 0 {
                return;
            }
        }
    }

    /// Past a text in quotes.
    fn text(&mut self) {
        self.at += 1;
        while self.at < self.bytes.len() {
            match self.peek() {
                b'\\' => self.at += 2,
                b'"' => {
                    self.at += 1;
                    return;
                }
                _ => self.at += 1,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::line_of;

    #[test]
    fn texts_with_brackets_and_quotes_do_not_lead_astray() {
        let text = r#"{"a": "}]\"{", "b": [[1, 2], "x,y"], "한": {"c": -1.5e3}, "d/e": null}"#;
        assert_eq!(line_of(text, "/a"), (1, 2));
        assert_eq!(line_of(text, "/b/1"), (1, 30));
        assert_eq!(line_of(text, "/한/c"), (1, 44));
        assert_eq!(line_of(text, "/d~1e"), (1, 58));
        assert_eq!(line_of(text, "/b/9"), (1, 16));
    }

    #[test]
    fn the_last_of_two_keys_counts() {
        assert_eq!(line_of("{\"a\": 1,\n \"a\": {\"b\": 2}}", "/a/b"), (2, 8));
    }
}
