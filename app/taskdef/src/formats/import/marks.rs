//! Marks of templates in a text of JSON: `${…}` and `{{ … }}`, also where a number is due and no quotes stand.

/// Where `${…}` stands outside a text, quotes around it, so that JSON can be read.
pub(super) fn quoted(text: &str) -> String {
    let (mut out, mut inside, mut escaped) = (String::with_capacity(text.len()), false, false);
    let mut rest = text.char_indices().peekable();
    let mut closes = true;
    while let Some((i, c)) = rest.next() {
        if !inside && closes && c == '$' && text[i..].starts_with("${") {
            closes = text[i..].contains('}');
            let end = text[i..].find('}').map_or(text.len(), |end| i + end + 1);
            out.push('"');
            out.push_str(&text[i..end].replace(['"', '\\'], ""));
            out.push('"');
            while rest.peek().is_some_and(|(at, _)| *at < end) {
                rest.next();
            }
            continue;
        }
        if c == '"' && !escaped {
            inside = !inside;
        }
        escaped = inside && c == '\\' && !escaped;
        out.push(c);
    }
    out
}

/// The first `${…}` of a text.
pub(super) fn mark_in(text: &str) -> Option<&str> {
    let start = text.find("${")?;
    let end = text[start..].find('}')?;
    text.get(start..=start + end)
}

/// A mark of Go's templates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// What it says, without its brackets.
    pub inner: String,
    /// Line, from 1.
    pub line: usize,
}

/// Puts something in the place of each `{{ … }}`. Backquotes and quotes inside a mark may hold `}}`.
pub(super) fn replace(text: &str, mut with: impl FnMut(&Mark) -> String) -> String {
    let (mut out, mut rest, mut line) = (String::with_capacity(text.len()), text, 1);
    while let Some(start) = rest.find("{{") {
        line += rest[..start].matches('\n').count();
        out.push_str(&rest[..start]);
        let inside = &rest[start + 2..];
        let end = end_of(inside);
        let inner = &inside[..end];
        out += &with(&Mark { inner: inner.trim_matches('-').trim().to_owned(), line });
        line += inner.matches('\n').count();
        rest = inside.get(end + 2..).unwrap_or("");
    }
    out.push_str(rest);
    out
}

fn end_of(text: &str) -> usize {
    let mut quote = None;
    for (i, c) in text.char_indices() {
        match (quote, c) {
            (None, '`' | '"') => quote = Some(c),
            (Some(open), _) if c == open => quote = None,
            (None, '}') if text[i..].starts_with("}}") => return i,
            _ => {}
        }
    }
    text.find("}}").unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_where_a_number_is_due_gets_quotes() {
        assert_eq!(quoted(r#"{"a": ${var.port}, "b": "x ${y} \" z"}"#), r#"{"a": "${var.port}", "b": "x ${y} \" z"}"#);
        assert_eq!(quoted(&"${".repeat(1_000)).len(), 2_002);
    }

    #[test]
    fn quotes_inside_a_mark_do_not_end_it() {
        let mut seen = Vec::new();
        let out = replace("a {{ must_env `}}` }} b {{ \"}}\" }}\n{{ x", |mark| {
            seen.push((mark.inner.clone(), mark.line));
            "_".into()
        });
        assert_eq!(out, "a _ b _\n_");
        assert_eq!(seen, [("must_env `}}`".to_owned(), 1), ("\"}}\"".to_owned(), 1), ("x".to_owned(), 2)]);
    }
}
