//! All files in all languages, held against one another.

use crate::{Error, Source, read};
use std::{
    collections::{BTreeSet, HashMap},
    fs,
    path::Path,
};

/// A value of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// Its name, as after `$`.
    pub name: String,
    /// Whether a plural of some language depends on it, so that it must be a number.
    pub is_count: bool,
}

/// A text in all languages.
#[derive(Clone, Debug)]
pub struct Text {
    /// Its values, in the order of their numbers.
    pub values: Vec<Value>,
    /// The compiled text in each language, in the order of the languages.
    pub texts: Vec<String>,
    /// Where the first language has it.
    pub source: Source,
}

/// A message: its text and its attributes.
#[derive(Clone, Debug)]
pub struct Message {
    /// Its id.
    pub id: String,
    /// Its own text.
    pub text: Text,
    /// Its attributes by name, in the order of the first language.
    pub attributes: Vec<(String, Text)>,
}

/// A file of messages.
#[derive(Clone, Debug)]
pub struct File {
    /// Its name without `.ftl`.
    pub name: String,
    /// Its messages, in the order of the first language.
    pub messages: Vec<Message>,
}

/// Reads `root/<language>/*.ftl`, in the order of the names.
///
/// # Errors
/// What [`read::sources`] refuses; a file, message, attribute or value that another language lacks.
pub fn catalogue(root: &Path, languages: &[&str]) -> Result<Vec<File>, Error> {
    let names = names(root, languages)?;
    let mut files = Vec::new();
    for name in names {
        let path = |lang: &str| root.join(lang).join(format!("{name}.ftl"));
        let sources: Vec<Vec<Source>> = languages.iter().map(|lang| read::sources(&path(lang), lang)).collect::<Result<_, _>>()?;
        files.push(File { name, messages: messages(sources)? });
    }
    Ok(files)
}

/// The names of the files, which every language must have.
fn names(root: &Path, languages: &[&str]) -> Result<BTreeSet<String>, Error> {
    let mut all: Vec<BTreeSet<String>> = Vec::new();
    for lang in languages {
        let folder = root.join(lang);
        let failed = |e: std::io::Error| Error { path: folder.clone(), line: 0, problem: e.to_string() };
        let mut names = BTreeSet::new();
        for entry in fs::read_dir(&folder).map_err(failed)? {
            let name = entry.map_err(failed)?.file_name().to_string_lossy().into_owned();
            let Some(name) = name.strip_suffix(".ftl") else {
                return Err(Error { path: folder.join(name), line: 0, problem: "only .ftl files can be here".to_owned() });
            };
            names.insert(name.to_owned());
        }
        all.push(names);
    }
    let every: BTreeSet<String> = all.iter().flatten().cloned().collect();
    for (lang, names) in languages.iter().zip(&all) {
        if let Some(missing) = every.difference(names).next() {
            return Err(Error { path: root.join(lang).join(format!("{missing}.ftl")), line: 0, problem: "another language has this file".to_owned() });
        }
    }
    Ok(every)
}

/// One file in all languages.
fn messages(languages: Vec<Vec<Source>>) -> Result<Vec<Message>, Error> {
    let by_key: Vec<HashMap<&str, &Source>> = languages.iter().map(|list| list.iter().map(|s| (s.key.as_str(), s)).collect()).collect();
    for list in &languages {
        for source in list {
            if let Some(lacking) = by_key.iter().position(|keys| !keys.contains_key(source.key.as_str())) {
                let path = languages[lacking].first().map(|s| s.path.display().to_string()).unwrap_or_default();
                return Err(source.error(format!("missing in {path}")));
            }
        }
    }
    let mut messages: Vec<Message> = Vec::new();
    for source in languages.first().into_iter().flatten() {
        let all: Vec<&Source> = by_key.iter().filter_map(|keys| keys.get(source.key.as_str()).copied()).collect();
        let text = text(&all)?;
        match (source.key.split_once('.'), messages.last_mut()) {
            (Some((_, attribute)), Some(message)) => message.attributes.push((attribute.to_owned(), text)),
            _ => messages.push(Message { id: source.key.clone(), text, attributes: Vec::new() }),
        }
    }
    Ok(messages)
}

/// One text in all languages.
fn text(all: &[&Source]) -> Result<Text, Error> {
    let names = |source: &Source| source.compiled.values.keys().cloned().collect::<Vec<_>>();
    let first = all[0];
    for other in &all[1..] {
        if names(other) != names(first) {
            let list = |source: &Source| names(source).iter().map(|n| format!("${n}")).collect::<Vec<_>>().join(", ");
            let (path, line) = (first.path.display(), first.line);
            return Err(other.error(format!("its values are [{}], but [{}] in {path}:{line}", list(other), list(first))));
        }
    }
    let values = names(first).into_iter().map(|name| Value { is_count: all.iter().any(|s| s.compiled.values.get(&name) == Some(&true)), name }).collect();
    Ok(Text { values, texts: all.iter().map(|s| s.compiled.text.clone()).collect(), source: first.clone() })
}
