//! A definition on its way into a file: values, with references to what the file itself declares.

/// A value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Expr {
    /// `true` or `false`.
    Bool(bool),
    /// A whole number, in its digits.
    Number(String),
    /// A string.
    Text(Text),
    /// A reference where a number or, else, a truth value is due.
    Open(Ref, Due),
    /// An expression of the format itself, as an import of the same format found it.
    Own(String),
    /// A list.
    List(Vec<Expr>),
    /// An object of the API: each format has its own spelling of the keys.
    Object(Vec<(String, Expr)>),
    /// Keys that people chose, or that belong to another language such as IAM's: every format writes them as they are.
    Map(Vec<(String, Expr)>),
}

/// What an open place wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Due {
    /// A whole number.
    Number,
    /// `true` or `false`.
    Bool,
}

/// A string in parts, so that a literal is never read as a reference.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Text(pub Vec<Part>);

/// A part of a string.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Part {
    /// Characters.
    Literal(String),
    /// A value that the file declares or looks up.
    Ref(Ref),
}

/// What a file declares or looks up.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Ref {
    /// A parameter, by its index in [`super::parameters::Parameters`].
    Parameter(usize),
    /// `aws`, `aws-cn`, …
    Partition,
    /// The account that the file is used in.
    Account,
    /// The Region that the file is used in.
    Region,
    /// A log group that the file makes, by index.
    LogGroup(usize),
    /// The ARN of the execution role that the file makes.
    ExecutionRole,
    /// The ARN of the task role that the file makes.
    TaskRole,
}

impl Text {
    /// A literal.
    pub fn literal(text: impl Into<String>) -> Text {
        Text(vec![Part::Literal(text.into())])
    }

    /// A reference and nothing else.
    pub fn of(reference: Ref) -> Text {
        Text(vec![Part::Ref(reference)])
    }

    /// The characters, where there is no reference in it.
    pub fn plain(&self) -> Option<&str> {
        match self.0.as_slice() {
            [] => Some(""),
            [Part::Literal(text)] => Some(text),
            _ => None,
        }
    }

    /// The reference, where it is the whole string.
    pub fn single(&self) -> Option<&Ref> {
        match self.0.as_slice() {
            [Part::Ref(reference)] => Some(reference),
            _ => None,
        }
    }

    /// Adds characters behind it.
    pub fn push(&mut self, text: &str) {
        match self.0.last_mut() {
            _ if text.is_empty() => {}
            Some(Part::Literal(last)) => last.push_str(text),
            _ => self.0.push(Part::Literal(text.to_owned())),
        }
    }

    /// This string with another one behind it.
    pub fn then(mut self, other: Text) -> Text {
        for part in other.0 {
            match part {
                Part::Literal(text) => self.push(&text),
                part => self.0.push(part),
            }
        }
        self
    }
}

impl Expr {
    /// A literal string.
    pub fn text(text: impl Into<String>) -> Expr {
        Expr::Text(Text::literal(text))
    }

    /// A whole number.
    pub fn number(n: impl ToString) -> Expr {
        Expr::Number(n.to_string())
    }

    /// A map with keys of ours.
    pub fn map(pairs: impl IntoIterator<Item = (&'static str, Expr)>) -> Expr {
        Expr::Map(pairs.into_iter().map(|(k, v)| (k.to_owned(), v)).collect())
    }

    fn pairs(&self) -> &[(String, Expr)] {
        match self {
            Expr::Object(pairs) | Expr::Map(pairs) => pairs,
            _ => &[],
        }
    }

    /// The expressions of the format itself, wherever they are.
    pub fn own(&self) -> Vec<&str> {
        match self {
            Expr::Own(text) => vec![text],
            Expr::List(items) => items.iter().flat_map(Expr::own).collect(),
            Expr::Object(pairs) | Expr::Map(pairs) => pairs.iter().flat_map(|(_, value)| value.own()).collect(),
            Expr::Bool(_) | Expr::Number(_) | Expr::Text(_) | Expr::Open(..) => Vec::new(),
        }
    }

    /// A member.
    pub fn get(&self, key: &str) -> Option<&Expr> {
        self.pairs().iter().find(|(k, _)| k == key).map(|(_, v)| v)
    }

    /// A member, to be changed.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Expr> {
        match self {
            Expr::Object(pairs) | Expr::Map(pairs) => pairs.iter_mut().find(|(k, _)| k == key).map(|(_, v)| v),
            _ => None,
        }
    }

    /// Takes a member out.
    pub fn take(&mut self, key: &str) -> Option<Expr> {
        match self {
            Expr::Object(pairs) | Expr::Map(pairs) => pairs.iter().position(|(k, _)| k == key).map(|i| pairs.remove(i).1),
            _ => None,
        }
    }

    /// Sets a member, in its place where it exists and else behind the others.
    pub fn set(&mut self, key: &str, value: Expr) {
        if let Some(member) = self.get_mut(key) {
            *member = value;
        } else if let Expr::Object(pairs) | Expr::Map(pairs) = self {
            pairs.push((key.to_owned(), value));
        }
    }

    /// Members of an object, items of a list by index: nothing for anything else.
    pub fn items(&self) -> &[Expr] {
        match self {
            Expr::List(items) => items,
            _ => &[],
        }
    }

    /// A member that is a list; nothing for anything else.
    pub fn list(&self, key: &str) -> &[Expr] {
        self.get(key).map_or(&[], Expr::items)
    }

    /// Keys and values of a member that is an object or a map.
    pub fn members(&self, key: &str) -> &[(String, Expr)] {
        self.get(key).map_or(&[], Expr::pairs)
    }

    /// The characters of a member that is a string without references; else an empty string.
    pub fn str(&self, key: &str) -> &str {
        self.get(key).and_then(Expr::plain).unwrap_or("")
    }

    /// The characters of a string without references.
    pub fn plain(&self) -> Option<&str> {
        match self {
            Expr::Text(text) => text.plain(),
            _ => None,
        }
    }

    /// The string.
    pub fn as_text(&self) -> Option<&Text> {
        match self {
            Expr::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A member that is `true` or `false`.
    pub fn bool(&self, key: &str) -> Option<bool> {
        match self.get(key) {
            Some(Expr::Bool(value)) => Some(*value),
            _ => None,
        }
    }

    /// A member that is a number which fits.
    pub fn integer(&self, key: &str) -> Option<i64> {
        match self.get(key) {
            Some(Expr::Number(digits)) => digits.parse().ok(),
            _ => None,
        }
    }
}
