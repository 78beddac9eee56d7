//! How an area declares its rules.

use super::{Area, Rule, State};
use crate::{Severity, messages};

impl Rule {
    /// Most rules of one area: a set of them is one word.
    pub(super) const MOST_IN_AREA: usize = 64;

    /// With what `rules!` knows of it.
    pub(super) const fn declared(self, area: Area, name: &str, names: &[&str]) -> Rule {
        assert!(names.len() <= Rule::MOST_IN_AREA, "an area has 64 rules at most");
        assert!(is_named_after(name, self.id), "a rule's static is its id in capitals");
        let mut number = 0;
        while !same(names[number].as_bytes(), name.as_bytes()) {
            number += 1;
        }
        Rule { area, number: number as u8, ..self }
    }

    /// The same rule, which only the outside world decides.
    pub(super) const fn waits(self, state: State) -> Rule {
        Rule { state, ..self }
    }
}

const fn new(severity: Severity, id: &'static str, source: &'static str) -> Rule {
    let Some(message) = messages::find(id) else { panic!("a rule has its texts in src/messages, in the file of its area") };
    assert!(message.is_explained(), "a rule has .why and .do, and .title where its message has values");
    Rule { id, severity, source, state: State::Active, message, area: Area::Task, number: 0 }
}

/// A rule that AWS, the agent or the start of the container enforces.
pub(super) const fn error(id: &'static str, source: &'static str) -> Rule {
    new(Severity::Error, id, source)
}

/// A rule about what registers, but will probably not work.
pub(super) const fn warning(id: &'static str, source: &'static str) -> Rule {
    new(Severity::Warning, id, source)
}

/// A rule about what is worth saying.
pub(super) const fn advice(id: &'static str, source: &'static str) -> Rule {
    new(Severity::Advice, id, source)
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}

/// Whether `name` is `id` in capitals, with `_` for `-`.
const fn is_named_after(name: &str, id: &str) -> bool {
    let (name, id) = (name.as_bytes(), id.as_bytes());
    if name.len() != id.len() {
        return false;
    }
    let mut i = 0;
    while i < id.len() {
        let sign = if id[i] == b'-' { b'_' } else { id[i].to_ascii_uppercase() };
        if name[i] != sign {
            return false;
        }
        i += 1;
    }
    true
}

/// Declares the rules of an area: a static each, and `RULES`, the list of them in the order of the rule book.
///
/// A name that is not its id in capitals does not compile.
macro_rules! rules {
    ($area:ident; $(pub static $name:ident: Rule = $rule:expr;)+) => {
        const NAMES: &[&str] = &[$(stringify!($name)),+];
        $(
            #[doc = concat!("Of the area `", stringify!($area), "`.")]
            pub static $name: Rule = $rule.declared($crate::lint::Area::$area, stringify!($name), NAMES);
        )+
        /// All rules of the area, in the order of the rule book.
        pub static RULES: &[&Rule] = &[$(&$name),+];
    };
}

pub(super) use rules;
