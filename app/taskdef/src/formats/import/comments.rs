//! Comments of a file, each with the place of the draft that it stands at. An export to the same format writes them again.

use super::{Import, Source, stable};
use crate::{
    Lang,
    facts::secret,
    formats::{
        Format,
        report::{Entry, masked_is_suspect},
    },
    messages::all,
    shown,
};

/// Most comments of a draft, and the longest, in characters.
const MOST: usize = 500;
const LONGEST: usize = 500;

/// A comment of one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// The place above which it stands, as [`stable`] writes it; empty for the top of the file.
    pub place: String,
    /// Its words, without the sign in front.
    pub text: String,
}

/// The formats whose files have comments that an export can write again.
pub(in crate::formats) fn has_comments(format: Format) -> bool {
    matches!(format, Format::CloudFormation | Format::Terraform | Format::Compose)
}

/// The comments of each draft. One that stands at no part of a draft belongs to something that no draft has.
pub(super) fn of(import: &Import, sources: &[Source]) -> Vec<Vec<Comment>> {
    let mut out = vec![Vec::new(); import.drafts.len()];
    if !has_comments(import.format) {
        return out;
    }
    for (file, source) in sources.iter().enumerate() {
        let mut entries: Vec<&Entry> = import.report.entries.iter().filter(|entry| entry.place.file == file && entry.place.line > 0).collect();
        entries.sort_by_key(|entry| entry.place.line);
        let first = entries.first().map_or(0, |entry| entry.place.line);
        let mut lines = lines(&source.text, import.format == Format::Terraform);
        // The head of a Compose file that was exported here is written anew each time.
        let ours = |line: &Line| Lang::ALL.into_iter().any(|lang| line.text == all::EXPORT_COMPOSE_USE.text.plain(lang));
        if lines.first().is_some_and(ours) {
            lines.retain(|line| line.number > first);
        }
        for line in lines.into_iter().filter(|line| is_clean(&line.text)) {
            let next = entries.partition_point(|entry| entry.place.line < line.number);
            let above = line.number < first;
            for (draft, comments) in out.iter_mut().enumerate().filter(|(_, comments)| comments.len() < MOST) {
                let target = entries.get(next).and_then(|entry| entry.targets.iter().find(|target| target.draft == draft));
                let place = match target {
                    Some(target) => stable(import.drafts[draft].draft.definition(), &target.pointer),
                    None if above => String::new(),
                    None => continue,
                };
                comments.push(Comment { place, text: line.text.clone() });
            }
        }
    }
    out
}

/// A person can write a password into a comment too.
fn is_clean(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let alone = |word: &&str| secret::of_value(word).is_some() || word.split_once([':', '=']).is_some_and(|(name, value)| secret::of_pair(name, value));
    let pair = |pair: &[&str]| pair[0].ends_with([':', '=']) && secret::of_pair(pair[0].trim_end_matches([':', '=']), pair[1]);
    !masked_is_suspect(text) && !words.iter().any(alone) && !words.windows(2).any(pair)
}

/// A comment in a text.
struct Line {
    /// Its line, from 1.
    number: usize,
    text: String,
}

/// A text of several lines, in which nothing is a comment.
enum Block {
    /// Lines of YAML further right than this.
    Right(usize),
    /// Lines up to this mark.
    Until(String),
}

/// The comments of YAML or of HCL.
fn lines(text: &str, hcl: bool) -> Vec<Line> {
    let (mut out, mut block) = (Vec::new(), None);
    for (i, line) in text.lines().enumerate() {
        let start = line.trim_start();
        let indent = line.len() - start.len();
        match &block {
            Some(Block::Right(least)) if start.is_empty() || indent > *least => continue,
            Some(Block::Until(mark)) => {
                if start.trim_end() == mark {
                    block = None;
                }
                continue;
            }
            _ => {}
        }
        let (code, comment) = split(line, hcl);
        let words = comment.trim_start_matches(['#', '/']).trim();
        if !words.is_empty() {
            out.push(Line { number: i + 1, text: shown::visible(&words.chars().take(LONGEST).collect::<String>()) });
        }
        block = opened(code.trim_end(), indent, hcl);
    }
    out
}

/// The text of several lines that a line opens.
fn opened(code: &str, indent: usize, hcl: bool) -> Option<Block> {
    if hcl {
        let mark = code.rsplit_once("<<")?.1.trim_start_matches('-').trim();
        let is_name = !mark.is_empty() && mark.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        return is_name.then(|| Block::Until(mark.to_owned()));
    }
    let rest = code.rsplit(' ').next()?.strip_prefix(['|', '>'])?;
    rest.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-')).then_some(Block::Right(indent))
}

/// A line before and from its comment on.
fn split(line: &str, hcl: bool) -> (&str, &str) {
    let (mut quote, mut escaped, mut before) = (None, false, ' ');
    for (i, c) in line.char_indices() {
        match quote {
            Some(open) => {
                if c == open && !escaped {
                    quote = None;
                }
                escaped = open == '"' && c == '\\' && !escaped;
            }
            None if c == '"' || c == '\'' && !hcl => quote = Some(c),
            None if c == '#' && (hcl || before.is_whitespace()) => return line.split_at(i),
            None if hcl && c == '/' && line[i..].starts_with("//") => return line.split_at(i),
            None => {}
        }
        before = c;
    }
    (line, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, hcl: bool) -> Vec<(usize, String)> {
        lines(text, hcl).into_iter().map(|line| (line.number, line.text)).collect()
    }

    #[test]
    fn a_sign_inside_a_text_is_no_comment() {
        let yaml = "# top\na: 'x # y' # one\nb: http://x/#z\nc: |\n  # text\n\n  more # text\nd: >-\n  # text\ne: 1 # two\n- f: |+2\n    # text\n#\n";
        assert_eq!(found(yaml, false), [(1, "top".into()), (2, "one".into()), (10, "two".into())]);
        let hcl = "// top\na = \"x # y\" # one\nb = <<EOF\n# text\nEOF\nc = 1 // two\nd = <<-END\n  # text\n  END\n# three\n";
        assert_eq!(found(hcl, true), [(1, "top".into()), (2, "one".into()), (6, "two".into()), (10, "three".into())]);
    }

    #[test]
    fn a_comment_with_a_credential_is_not_kept() {
        for text in ["password: hunter2-and-more", "DB_PASSWORD=hunter2", "old key AKIAQQQQWWWWEEEERRRR"] {
            assert!(!is_clean(text), "{text}");
        }
        assert!(is_clean("the web server, see README: section 2"));
    }
}
