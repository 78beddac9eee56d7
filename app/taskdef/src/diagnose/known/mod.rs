//! The texts, by their fixed parts. Sources: Amazon ECS developer guide (stopped task error codes, service event messages), the
//! Amazon ECS agent's errors, the words of the AWS CLI, Terraform, CDK, CloudFormation, GitHub's actions and Docker, and public
//! reports.
//!
//! One file a stage, in the order in which things happen: what fails first is told first.

mod echo;
mod place;
pub(super) mod pull;
mod register;
mod run;
mod service;
mod start;

use super::read::{Message, Quote};
use crate::{lint::Rule, messages};
use std::sync::LazyLock;

/// What a text says about the failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Why it failed.
    Cause,
    /// That something failed, and no more.
    General,
    /// What followed from a failure, or tells of none.
    Echo,
}

/// A text that AWS or a tool says.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// Its name.
    pub id: &'static str,
    /// Fixed parts in their order, with `*` for what varies; any of these. Lower case, plain quotes, single spaces.
    pub patterns: &'static [&'static str],
    /// The rules that would have said it before, the nearest first.
    pub rules: &'static [&'static Rule],
    /// Its words, `doctor-{id}`, where they are not those of its first rule.
    pub own: Option<&'static messages::Message>,
    /// What it says about the failure.
    pub kind: Kind,
    /// Whether the definition is right as it is: what has to change is outside it.
    pub outside: bool,
    /// Those that say the same less exactly.
    pub hides: &'static [&'static str],
}

/// All of them, the first cause first.
pub static KNOWN: LazyLock<Vec<Known>> =
    LazyLock::new(|| [register::TEXTS, pull::TEXTS, start::TEXTS, run::TEXTS, place::TEXTS, service::TEXTS, echo::TEXTS].concat());

/// A known text by its name.
pub fn find(id: &str) -> Option<&'static Known> {
    KNOWN.iter().find(|known| known.id == id)
}

type Rules = &'static [&'static Rule];
type Texts = &'static [&'static str];

/// What a rule has words for.
const fn rule(id: &'static str, patterns: Texts, rules: Rules) -> Known {
    Known { id, patterns, rules, own: None, kind: Kind::Cause, outside: false, hides: &[] }
}

/// What no rule has words for.
const fn start(message: &'static messages::Message, patterns: Texts, rules: Rules, hides: Texts) -> Known {
    let (_, id) = message.id.split_at("doctor-".len());
    Known { id, patterns, rules, own: Some(message), kind: Kind::Cause, outside: false, hides }
}

const fn outside(message: &'static messages::Message, patterns: Texts, hides: Texts) -> Known {
    Known { outside: true, ..start(message, patterns, &[], hides) }
}

const fn general(message: &'static messages::Message, patterns: Texts, rules: Rules, hides: Texts) -> Known {
    Known { kind: Kind::General, ..start(message, patterns, rules, hides) }
}

const fn echo(message: &'static messages::Message, patterns: Texts, hides: Texts) -> Known {
    Known { kind: Kind::Echo, ..start(message, patterns, &[], hides) }
}

impl Known {
    /// The part of the message that one of the patterns finds.
    pub(super) fn quote(&self, message: &Message) -> Option<Quote> {
        self.patterns.iter().find_map(|pattern| {
            let (from, to) = seek(&message.plain, pattern)?;
            Some(message.quote(from, to))
        })
    }
}

/// Shortest beginning of a pattern that counts where the text ends with it: longer than any usual phrase.
const CUT: usize = 24;

/// Where the parts stand in their order, within one message's length of each other; the last may be cut off by the end.
fn seek(text: &str, pattern: &str) -> Option<(usize, usize)> {
    const NEAR: usize = 600;
    let mut parts = pattern.split('*').peekable();
    let (mut start, mut at) = (None, 0);
    while let Some(part) = parts.next() {
        match part_in(&text[at..], part).filter(|i| start.is_none() || *i <= NEAR) {
            Some(i) => {
                start.get_or_insert(at + i);
                at += i + part.len();
            }
            None if parts.peek().is_none() && part.len() > CUT => {
                let text = text.trim_end_matches(['.', '…', ' ', '"']);
                let cut = (CUT..part.len()).rev().find(|n| part.is_char_boundary(*n) && text.len() >= at && text[at..].ends_with(&part[..*n]))?;
                return Some((start.unwrap_or(text.len() - cut), text.len()));
            }
            None => return None,
        }
    }
    start.map(|s| (s, at))
}

/// Where a part stands. One that ends with a digit is the whole number: exit code 1 is not 15.
fn part_in(text: &str, part: &str) -> Option<usize> {
    if !part.ends_with(|c: char| c.is_ascii_digit()) {
        return text.find(part);
    }
    text.match_indices(part).map(|(i, _)| i).find(|i| !text[i + part.len()..].starts_with(|c: char| c.is_ascii_digit()))
}
