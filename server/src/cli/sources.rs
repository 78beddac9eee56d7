//! Files, folders, globs and standard input become texts.
//!
//! Names and contents belong to strangers: a file has at most 1 MiB, a folder at most 10,000 files and 64 levels, links are not
//! followed in a folder, and what is no regular file is left alone there.

use globset::{GlobBuilder, GlobMatcher};
use ignore::WalkBuilder;
use std::{
    collections::HashSet,
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};
use taskdef::formats::import::{self, Input, MOST_FILES as MOST_BESIDE, Refusal};

/// Largest file, in bytes: the API takes as much.
pub const LARGEST: usize = 1024 * 1024;
/// Most files of one run, and levels of a folder.
const MOST_FILES: usize = 10_000;
const DEEPEST: usize = 64;

/// Folders that hold other people's packages, or a repository's own records.
const SKIPPED: [&str; 3] = [".git", "node_modules", ".terraform"];

/// A text to check.
#[derive(Debug)]
pub struct Source {
    /// As it was named, with `/` between folders; `-` for standard input.
    pub name: String,
    /// The file; `None` for standard input.
    pub path: Option<PathBuf>,
    /// What it holds.
    pub text: String,
    /// What belongs to the same module: the other Terraform files of the folder.
    pub beside: Vec<import::Source>,
}

impl Source {
    /// The text and what stands beside it.
    pub fn input(&self) -> Input {
        let own = import::Source { name: self.name.clone(), text: self.text.clone() };
        Input { files: std::iter::once(own).chain(self.beside.iter().cloned()).collect(), ..Input::default() }
    }
}

/// Why something cannot be checked.
#[derive(Debug)]
pub struct Unreadable {
    /// The file, folder or glob.
    pub name: String,
    /// Why.
    pub cause: Cause,
}

/// Why a file, folder or glob gives no text.
#[derive(Debug)]
pub enum Cause {
    /// It does not exist.
    Missing,
    /// We have no permission to read it.
    Forbidden,
    /// More than [`LARGEST`] bytes.
    TooLarge,
    /// Not UTF-8; the line of the first wrong byte.
    NotUtf8(usize),
    /// UTF-16, as Windows PowerShell's `>` writes it.
    Utf16,
    /// A glob without a file.
    NoMatch,
    /// Not a glob.
    BadGlob(String),
    /// A format that we read, but not this text.
    Refused(Box<Refusal>),
    /// A folder without a task definition; the number of other files that could have one.
    NoDefinition(usize),
    /// More than [`MOST_FILES`] files.
    TooMany,
    /// What the system said.
    Other(io::Error),
}

impl From<io::Error> for Cause {
    fn from(error: io::Error) -> Cause {
        match error.kind() {
            io::ErrorKind::NotFound => Cause::Missing,
            io::ErrorKind::PermissionDenied => Cause::Forbidden,
            _ => Cause::Other(error),
        }
    }
}

/// Everything that the arguments name, each file once, in the order of the arguments, and what cannot be read.
pub fn read(paths: &[PathBuf]) -> (Vec<Source>, Vec<Unreadable>) {
    let mut found = Found::default();
    for path in paths {
        if found.full {
            break;
        }
        if let Err(cause) = found.add(path) {
            found.unreadable.push(Unreadable { name: name_of(path), cause });
        }
    }
    (found.sources, found.unreadable)
}

#[derive(Default)]
struct Found {
    sources: Vec<Source>,
    unreadable: Vec<Unreadable>,
    seen: HashSet<PathBuf>,
    full: bool,
}

impl Found {
    fn add(&mut self, path: &Path) -> Result<(), Cause> {
        if path == Path::new("-") {
            let text = read_text(io::stdin().lock())?;
            self.sources.push(Source { name: "-".to_owned(), path: None, text, beside: Vec::new() });
            return Ok(());
        }
        if path.is_dir() {
            return self.folder(path);
        }
        if !path.exists() && is_glob(path) {
            return self.glob(path);
        }
        self.file(path, |_| true).map(|_| ())
    }

    /// Reads a file unless it was read before; whether it is one that is wanted.
    fn file(&mut self, path: &Path, wanted: impl Fn(&str) -> bool) -> Result<bool, Cause> {
        if self.sources.len() >= MOST_FILES {
            self.full = true;
            return Err(Cause::TooMany);
        }
        let text = read_text(File::open(path)?)?;
        let wanted = wanted(&text);
        if wanted && self.seen.insert(path.canonicalize().unwrap_or_else(|_| path.to_owned())) {
            let beside = if has_extension(path, &["tf"]) { module(path, text.len()) } else { Vec::new() };
            self.sources.push(Source { name: name_of(path), path: Some(path.to_owned()), text, beside });
        }
        Ok(wanted)
    }

    /// The task definitions of a folder, those in templates and Terraform too: other files are none of ours.
    fn folder(&mut self, folder: &Path) -> Result<(), Cause> {
        let (mut definitions, mut others) = (0, 0);
        for path in walk(folder).filter(|p| has_extension(p, &["json", "yaml", "yml", "template", "tf"])) {
            match self.file(&path, is_definition) {
                Ok(true) => definitions += 1,
                Ok(false) => others += 1,
                Err(Cause::TooMany) => return Err(Cause::TooMany),
                // A file that nobody named and that may be anything: large data, another encoding.
                Err(Cause::TooLarge | Cause::NotUtf8(_) | Cause::Utf16) => others += 1,
                Err(cause) => self.unreadable.push(Unreadable { name: name_of(&path), cause }),
            }
        }
        if definitions == 0 { Err(Cause::NoDefinition(others)) } else { Ok(()) }
    }

    /// What matches a glob was asked for, as if the shell had named it.
    fn glob(&mut self, pattern: &Path) -> Result<(), Cause> {
        let matcher = matcher(&name_of(pattern)).map_err(Cause::BadGlob)?;
        let base: PathBuf = pattern.iter().take_while(|part| !is_glob(Path::new(part))).collect();
        let start = if base.as_os_str().is_empty() { PathBuf::from(".") } else { base.clone() };
        let mut matched = false;
        for path in walk(&start) {
            let path = path.strip_prefix("./").map(Path::to_owned).unwrap_or(path);
            if matcher.is_match(name_of(&path)) {
                matched = true;
                match self.file(&path, |_| true) {
                    Ok(_) => {}
                    Err(Cause::TooMany) => return Err(Cause::TooMany),
                    Err(cause) => self.unreadable.push(Unreadable { name: name_of(&path), cause }),
                }
            }
        }
        if matched { Ok(()) } else { Err(Cause::NoMatch) }
    }
}

/// A glob as `.gitignore` and pre-commit read it: `*` stays within a folder, `**` does not.
pub fn matcher(pattern: &str) -> Result<GlobMatcher, String> {
    let glob = GlobBuilder::new(pattern.strip_prefix("./").unwrap_or(pattern)).literal_separator(true).build();
    glob.map(|g| g.compile_matcher()).map_err(|e| e.kind().to_string())
}

/// The regular files of a folder in the order of their names, without those that `.gitignore` names.
fn walk(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let mut walk = WalkBuilder::new(folder);
    walk.hidden(false).require_git(false).follow_links(false).max_depth(Some(DEEPEST)).sort_by_file_name(Ord::cmp);
    walk.filter_entry(|entry| !SKIPPED.iter().any(|name| entry.file_name() == *name));
    walk.build().filter_map(Result::ok).filter(|e| e.file_type().is_some_and(|t| t.is_file())).map(ignore::DirEntry::into_path)
}

/// A file name as it is shown and matched.
pub fn name_of(path: &Path) -> String {
    let name = path.to_string_lossy();
    if cfg!(windows) { name.replace('\\', "/") } else { name.into_owned() }
}

fn is_glob(path: &Path) -> bool {
    path.to_string_lossy().contains(['*', '?', '[', '{'])
}

/// Whether a file is about containers of a task; a broken one counts by its words.
fn is_definition(text: &str) -> bool {
    ["\"containerDefinitions\"", "\"ContainerDefinitions\"", "AWS::ECS::TaskDefinition", "resource \"aws_ecs_task_definition\""]
        .iter()
        .any(|word| text.contains(word))
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension().is_some_and(|own| extensions.iter().any(|extension| own.eq_ignore_ascii_case(extension)))
}

/// The other Terraform files of a file's folder, where there are few of them: variables and locals are declared there.
fn module(path: &Path, size: usize) -> Vec<import::Source> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut others: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).filter(|other| other.file_name() != path.file_name()).collect();
    others.retain(|other| has_extension(other, &["tf"]) || other.file_name().is_some_and(|name| name == "terraform.tfvars"));
    others.sort();
    let (mut beside, mut size) = (Vec::new(), size);
    for other in others {
        let Some(text) = File::open(&other).ok().filter(|_| other.is_file()).and_then(|file| read_text(file).ok()) else { return Vec::new() };
        size += text.len();
        if size > LARGEST || beside.len() + 2 > MOST_BESIDE {
            return Vec::new();
        }
        beside.push(import::Source { name: name_of(&other), text });
    }
    beside
}

/// Reads a text within its bounds.
pub fn read_text(from: impl Read) -> Result<String, Cause> {
    let mut bytes = Vec::new();
    from.take(LARGEST as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > LARGEST {
        return Err(Cause::TooLarge);
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(Cause::Utf16);
    }
    String::from_utf8(bytes).map_err(|error| {
        let right = error.utf8_error().valid_up_to();
        Cause::NotUtf8(error.as_bytes()[..right].iter().filter(|b| **b == b'\n').count() + 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    const DEFINITION: &str = r#"{"family": "a", "containerDefinitions": []}"#;

    fn names(sources: &[Source], folder: &Path) -> Vec<String> {
        let root = format!("{}/", name_of(folder));
        sources.iter().map(|s| s.name.replace(&root, "")).collect()
    }

    /// A folder gives its definitions and nothing else; a glob gives all that it matches.
    #[test]
    fn folders_and_globs_find_what_is_meant() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for (name, text) in [
            (".aws/task.json", DEFINITION),
            ("b/broken.JSON", r#"{"containerDefinitions": ["#),
            ("b/package.json", "{}"),
            ("b/built.json", DEFINITION),
            ("node_modules/x/task.json", DEFINITION),
            (".git/task.json", DEFINITION),
            ("task.txt", DEFINITION),
        ] {
            let path = root.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        fs::write(root.join(".gitignore"), "built.json\n").unwrap();
        let (sources, unreadable) = read(&[root.to_owned()]);
        assert_eq!(names(&sources, root), [".aws/task.json", "b/broken.JSON"]);
        assert!(unreadable.is_empty(), "{unreadable:?}");
        let (sources, _) = read(&[root.join("b/*.json"), root.join("b/package.json")]);
        assert_eq!(names(&sources, root), ["b/package.json"], "each once, without what is ignored");
        let (sources, unreadable) = read(&[root.join("**/none-*.json")]);
        assert!(sources.is_empty() && matches!(unreadable[0].cause, Cause::NoMatch), "{unreadable:?}");
        fs::create_dir(root.join("empty")).unwrap();
        let (_, unreadable) = read(&[root.join("empty"), root.join("gone.json"), root.join("a[")]);
        assert!(matches!(unreadable[0].cause, Cause::NoDefinition(0)), "{unreadable:?}");
        assert!(matches!(unreadable[1].cause, Cause::Missing), "{unreadable:?}");
        assert!(matches!(unreadable[2].cause, Cause::BadGlob(_)), "{unreadable:?}");
    }

    #[test]
    fn a_text_has_bounds_and_one_encoding() {
        assert!(read_text(&vec![b' '; LARGEST][..]).is_ok());
        assert!(matches!(read_text(io::repeat(b'[')), Err(Cause::TooLarge)));
        assert!(matches!(read_text(&b"\xff\xfe{\0}\0"[..]), Err(Cause::Utf16)));
        assert!(matches!(read_text(&b"{\n\"a\": \"\xe9\"}"[..]), Err(Cause::NotUtf8(2))));
    }
}
