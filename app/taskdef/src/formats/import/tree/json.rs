//! JSON as people write it: comments, trailing commas, single quotes and smart quotes are read too.

use super::{Key, Kind, MOST, Node};
use crate::{
    formats::{
        import::Refusal,
        report::{Place, Said},
    },
    messages::all,
};
use jsonc_parser::{
    CollectOptions, ParseOptions,
    ast::{ObjectPropName, Value as Syntax},
    common::Ranged,
    parse_to_ast,
};

/// What people write and JSON does not have.
const LENIENT: ParseOptions = ParseOptions {
    allow_comments: true,
    allow_loose_object_property_names: true,
    allow_trailing_commas: true,
    allow_missing_commas: false,
    allow_single_quoted_strings: true,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// Reads a text.
///
/// # Errors
/// It is no JSON even so: what is missing, and where.
pub fn read(file: usize, text: &str) -> Result<Node, Refusal> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if crate::document::bounds::look(text, super::DEEPEST).is_err() {
        return Err(Refusal::new(&all::IMPORT_TOO_DEEP));
    }
    let straight = straight(text);
    let text = straight.as_deref().unwrap_or(text);
    let lines = Lines::new(file, text);
    match parse_to_ast(text, &CollectOptions::default(), &LENIENT) {
        Ok(parsed) => match parsed.value {
            Some(syntax) => Reader { lines, nodes: 0 }.node(&syntax).map_err(|refusal| refusal.in_text(text)),
            None => Err(Refusal::new(&all::IMPORT_EMPTY)),
        },
        Err(error) => Err(broken(&lines, text, error.range().start).in_text(text)),
    }
}

/// The text with straight quotes, where smart ones stand outside a text.
fn straight(text: &str) -> Option<String> {
    const DOUBLE: [char; 4] = ['“', '”', '„', '‟'];
    if !text.contains(DOUBLE) {
        return None;
    }
    let (mut out, mut inside, mut escaped) = (String::with_capacity(text.len()), None, false);
    for c in text.chars() {
        let quote = c == '"' || DOUBLE.contains(&c);
        match inside {
            None if quote => {
                inside = Some(c == '"');
                out.push('"');
            }
            // A text that began with a straight quote may hold smart ones.
            Some(plain) if !escaped && if plain { c == '"' } else { quote } => {
                inside = None;
                out.push('"');
            }
            _ => out.push(c),
        }
        escaped = c == '\\' && !escaped;
    }
    Some(out)
}

/// What is missing: a quote, a bracket, a comma.
fn broken(lines: &Lines<'_>, text: &str, at: usize) -> Refusal {
    let place = lines.place(at);
    if let Some(open) = open_quote(text) {
        let place = lines.place(open);
        return Refusal::at(place, Said::of(&all::IMPORT_JSON_QUOTE).number("line", place.line as u64));
    }
    if let Some((open, bracket)) = open_bracket(text) {
        let place = lines.place(open);
        return Refusal::at(place, Said::of(&all::IMPORT_JSON_BRACKET).number("line", place.line as u64).text("bracket", bracket.to_string()));
    }
    Refusal::at(place, Said::of(&all::IMPORT_NOT_JSON).number("line", place.line as u64).number("column", place.column as u64))
}

/// Where a text starts that does not end on its line.
fn open_quote(text: &str) -> Option<usize> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let (mut open, mut escaped) = (None, false);
        for (i, c) in line.char_indices() {
            match (open, c) {
                (None, '/') if line[i..].starts_with("//") => break,
                (None, '"') => open = Some(i),
                (Some(_), '"') if !escaped => open = None,
                _ => {}
            }
            escaped = open.is_some() && c == '\\' && !escaped;
        }
        if let Some(open) = open {
            return Some(at + open);
        }
        at += line.len();
    }
    None
}

/// The bracket that is not closed, or closes nothing that is open.
fn open_bracket(text: &str) -> Option<(usize, char)> {
    let (mut stack, mut inside, mut escaped) = (Vec::new(), false, false);
    for (i, c) in text.char_indices() {
        match c {
            '"' if !escaped => inside = !inside,
            '{' | '[' if !inside => stack.push((i, c)),
            '}' | ']' if !inside => match stack.pop() {
                Some((_, open)) if (open == '{') == (c == '}') => {}
                Some(open) => return Some(open),
                None => return Some((i, c)),
            },
            _ => {}
        }
        escaped = inside && c == '\\' && !escaped;
    }
    stack.pop()
}

struct Lines<'t> {
    file: usize,
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    fn new(file: usize, text: &'t str) -> Lines<'t> {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(i, _)| i + 1)).collect();
        Lines { file, text, starts }
    }

    fn place(&self, at: usize) -> Place {
        let line = self.starts.partition_point(|start| *start <= at);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        Place { file: self.file, line, column: self.text.get(start..at).map_or(0, |t| t.chars().take(10_000).count()) + 1 }
    }
}

struct Reader<'t> {
    lines: Lines<'t>,
    nodes: usize,
}

impl Reader<'_> {
    fn node(&mut self, syntax: &Syntax<'_>) -> Result<Node, Refusal> {
        let at = self.lines.place(syntax.start());
        self.nodes += 1;
        if self.nodes > MOST {
            return Err(Refusal::at(at, Said::of(&all::IMPORT_TOO_MANY).number("most", MOST as u64)));
        }
        let scalar = |text: String, plain| Kind::Scalar { text, plain };
        let kind = match syntax {
            Syntax::NullKeyword(_) => scalar("null".into(), true),
            Syntax::BooleanLit(literal) => scalar(literal.value.to_string(), true),
            Syntax::NumberLit(literal) => scalar(literal.value.to_owned(), true),
            Syntax::StringLit(literal) => scalar(literal.value.to_string(), false),
            Syntax::Array(list) => Kind::List(list.elements.iter().map(|item| self.node(item)).collect::<Result<_, _>>()?),
            Syntax::Object(object) => {
                let mut pairs: Vec<(Key, Node)> = Vec::new();
                let mut known = std::collections::HashMap::new();
                for property in &object.properties {
                    let text = match &property.name {
                        ObjectPropName::String(name) => name.value.to_string(),
                        ObjectPropName::Word(word) => word.value.to_owned(),
                    };
                    let key = Key { text, at: self.lines.place(property.start()) };
                    let value = self.node(&property.value)?;
                    // Of a key that stands twice, the last one counts, as for every JSON parser.
                    match known.get(&key.text) {
                        Some(i) => pairs[*i] = (key, value),
                        None => {
                            known.insert(key.text.clone(), pairs.len());
                            pairs.push((key, value));
                        }
                    }
                }
                Kind::Map(pairs)
            }
        };
        Ok(Node::new(at, kind))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_by_hand_is_read() {
        let text = "\u{feff}{\n  // family\n  “family”: “web”, 'a': [1.50, true,], b: null,\n}";
        assert_eq!(read(0, text).unwrap().to_value().to_string(), r#"{"family":"web","a":[1.50,true],"b":null}"#);
    }

    #[test]
    fn what_is_missing_is_told_with_its_line() {
        let id = |text: &str| read(0, text).map_err(|r| (r.said.message.id, r.place.line, r.line));
        assert_eq!(id("{\n \"a\": \"x,\n \"b\": 1}"), Err(("import-json-quote", 2, " \"a\": \"x,".into())));
        assert_eq!(id("{\n \"a\": [1, 2\n}"), Err(("import-json-bracket", 2, " \"a\": [1, 2".into())));
        assert_eq!(id("{\n \"a\": 1\n \"b\": 2}").unwrap_err().0, "import-not-json");
    }
}
