//! What a file asks for when it is used: images that change with each build, and what a draft leaves open.

use super::expr::{Part, Ref, Text};
use crate::formats::import::Language;
use std::collections::{HashMap, HashSet};

/// A parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Parameter {
    /// Its name in words: `["web", "image"]`. Letters and digits only, the first one begins with a letter.
    words: Vec<String>,
    /// The value without an answer.
    pub default: Option<String>,
    /// What it is for.
    pub purpose: Purpose,
}

/// What a parameter is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// The image of the container with this name.
    Image(String),
    /// A placeholder of the draft, as it was written.
    Placeholder(String),
}

impl Parameter {
    /// `WebImage`
    pub fn pascal(&self) -> String {
        let word = |w: &String| w[..1].to_ascii_uppercase() + &w[1..].to_ascii_lowercase();
        // A word in mixed case keeps it: `ApiURL`.
        let kept = |w: &String| if w.bytes().any(|b| b.is_ascii_lowercase()) { w[..1].to_ascii_uppercase() + &w[1..] } else { word(w) };
        self.words.iter().map(kept).collect()
    }

    /// `webImage`, `tagParameter`: none of a language's own words, and no name of what is around it.
    pub fn camel(&self) -> String {
        let name = self.pascal();
        let end = if matches!(self.purpose, Purpose::Placeholder(_)) { "Parameter" } else { "" };
        name[..1].to_ascii_lowercase() + &name[1..] + end
    }

    /// `web_image`
    pub fn snake(&self) -> String {
        self.words.join("_").to_ascii_lowercase()
    }

    /// `WEB_IMAGE`, `TASK_DB_HOST`: the name of a variable in the environment of the file's user. What a draft's author named
    /// gets a prefix, so that no placeholder reads a variable that is there for something else, such as a credential.
    pub fn screaming(&self) -> String {
        let prefix = if matches!(self.purpose, Purpose::Placeholder(_)) { "TASK_" } else { "" };
        format!("{prefix}{}", self.words.join("_").to_ascii_uppercase())
    }
}

/// Names that the files declare themselves, or that a language keeps for itself.
const TAKEN: [&str; 15] = [
    "loggroup",
    "executionrole",
    "taskrole",
    "taskdefinition",
    "logretentiondays",
    "region",
    "this",
    "source",
    "version",
    "providers",
    "count",
    "foreach",
    "lifecycle",
    "dependson",
    "locals",
];

/// The parameters of a file.
#[derive(Clone, Debug)]
pub(super) struct Parameters {
    list: Vec<Parameter>,
    names: HashSet<String>,
    placeholders: HashMap<String, usize>,
    /// Expressions of placeholders that an import of the same format found.
    origins: HashMap<String, String>,
}

impl Default for Parameters {
    fn default() -> Parameters {
        Parameters { list: Vec::new(), names: TAKEN.iter().map(|name| (*name).to_owned()).collect(), placeholders: HashMap::new(), origins: HashMap::new() }
    }
}

impl Parameters {
    /// All of them.
    pub fn all(&self) -> &[Parameter] {
        &self.list
    }

    /// One of them.
    pub fn get(&self, index: usize) -> &Parameter {
        &self.list[index]
    }

    /// What an import of the same format found: expressions of placeholders, and names that are declared already.
    pub fn remember(&mut self, language: &Language<'_>) {
        self.origins =
            language.placeholders.iter().filter(|(_, origin)| !origin.is_empty()).map(|(name, origin)| ((*name).to_owned(), (*origin).to_owned())).collect();
        let declared = language.declared.keys().filter_map(|key| key.rsplit(['/', '.']).next());
        self.names.extend(declared.map(|name| name.split(|c: char| !c.is_ascii_alphanumeric()).collect::<String>().to_ascii_lowercase()));
    }

    /// The expression that a placeholder comes from, where it is one of the format that is written.
    pub fn origin(&self, index: usize) -> Option<&str> {
        match &self.get(index).purpose {
            Purpose::Placeholder(name) => self.origins.get(name).map(String::as_str),
            Purpose::Image(_) => None,
        }
    }

    /// A new one for the image of a container.
    pub fn image(&mut self, container: &str, image: &str) -> Ref {
        let mut words = words(container);
        words.push("image".to_owned());
        self.add(words, Some(image.to_owned()), Purpose::Image(container.to_owned()))
    }

    /// The one for a placeholder.
    pub fn placeholder(&mut self, name: &str) -> Ref {
        if let Some(index) = self.placeholders.get(name) {
            return Ref::Parameter(*index);
        }
        self.placeholders.insert(name.to_owned(), self.list.len());
        self.add(words(name), None, Purpose::Placeholder(name.to_owned()))
    }

    fn add(&mut self, mut words: Vec<String>, default: Option<String>, purpose: Purpose) -> Ref {
        if words.first().is_none_or(|w| !w.starts_with(|c: char| c.is_ascii_alphabetic())) {
            words.insert(0, "parameter".to_owned());
        }
        // Names are compared without case and without what joins their words: some formats have neither.
        let name = words.concat().to_ascii_lowercase();
        if !self.names.insert(name.clone()) {
            let number = self.list.len() + 2;
            let number = (2..=number).find(|n| self.names.insert(format!("{name}{n}"))).unwrap_or(number);
            words.push(number.to_string());
        }
        self.list.push(Parameter { words, default, purpose });
        Ref::Parameter(self.list.len() - 1)
    }
}

/// Letters and digits of ASCII in a row, at most 64 of them in all.
fn words(text: &str) -> Vec<String> {
    let text: String = text.chars().filter(|c| c.is_ascii()).take(64).collect();
    text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// Longest name of a placeholder, in bytes.
const LONGEST: usize = 120;

/// The string with its placeholders as parameters: `${NAME}`, `{{ NAME }}`, `<NAME>`, `$(NAME)`, `#{NAME}`.
pub(super) fn read(text: &str, parameters: &mut Parameters) -> Text {
    let mut out = Text::default();
    let mut rest = text;
    while let Some((before, name, after)) = next(rest) {
        out.push(before);
        out.0.push(Part::Ref(match name {
            "AWS::Region" => Ref::Region,
            "AWS::AccountId" => Ref::Account,
            "AWS::Partition" => Ref::Partition,
            name => parameters.placeholder(name),
        }));
        rest = after;
    }
    out.push(rest);
    out
}

/// What stands before the first placeholder, its name, and what follows.
fn next(text: &str) -> Option<(&str, &str, &str)> {
    const PAIRS: [(&str, &str); 5] = [("${", "}"), ("{{", "}}"), ("$(", ")"), ("#{", "}"), ("<", ">")];
    let mut at = 0;
    while let Some(found) = text[at..].find(['$', '{', '#', '<']) {
        at += found;
        for (open, close) in PAIRS {
            let Some(inner) = text[at..].strip_prefix(open) else { continue };
            let Some(end) = inner[..inner.floor_char_boundary(LONGEST)].find(close) else { continue };
            if let Some(name) = name(&inner[..end]) {
                return Some((&text[..at], name, &inner[end + close.len()..]));
            }
        }
        at += 1;
    }
    None
}

/// The name inside a placeholder's brackets: of ``must_env `X` `` it is `X`.
fn name(inner: &str) -> Option<&str> {
    let inner = inner.trim();
    let inner = match inner.strip_prefix("must_env") {
        Some(argument) => argument.trim().trim_matches(['`', '"']),
        None => inner,
    };
    let first = inner.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let rest = inner.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':' | ' '));
    (first && rest && !inner.contains("resolve:")).then_some(inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> (Text, Vec<String>) {
        let mut parameters = Parameters::default();
        let read = read(text, &mut parameters);
        (read, parameters.all().iter().map(Parameter::pascal).collect())
    }

    #[test]
    fn placeholders_of_every_template_language_become_parameters() {
        for (text, name) in [
            ("a/${IMAGE_TAG}b", "ImageTag"),
            ("a/{{ IMAGE_TAG }}b", "ImageTag"),
            ("a/{{ must_env `IMAGE_TAG` }}b", "ImageTag"),
            ("a/<IMAGE_TAG>b", "ImageTag"),
            ("a/$(IMAGE_TAG)b", "ImageTag"),
            ("a/#{IMAGE_TAG}b", "ImageTag"),
            ("a/${9}b", ""),
            ("a/${}b", ""),
            ("a/${1+1}<b", ""),
        ] {
            let (read, found) = names(text);
            assert_eq!(found.concat(), name, "{text}");
            assert_eq!(read.plain().is_some(), name.is_empty(), "{text}: {read:?}");
        }
        let (read, found) = names("${AWS::Region}/${X}/${X}/${AWS::AccountId}");
        assert_eq!((found, read.0.len()), (vec!["X".to_owned()], 7));
    }

    #[test]
    fn no_two_parameters_have_a_name_that_differs_in_case_only() {
        let mut parameters = Parameters::default();
        for name in ["a-b", "A_B", "aB", "한글", "1", "LogGroup"] {
            parameters.placeholder(name);
        }
        let names: Vec<String> = parameters.all().iter().map(Parameter::pascal).collect();
        assert_eq!(names, ["AB", "AB2", "AB3", "Parameter", "Parameter1", "LogGroup2"]);
        assert_eq!(parameters.get(0).snake(), "a_b");
        assert_eq!((parameters.get(0).screaming(), parameters.get(0).camel()), ("TASK_A_B".into(), "aBParameter".into()));
    }
}
