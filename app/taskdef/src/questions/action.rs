//! What the buttons of a page do: the `op` of a form, shared by browser and server.

use super::List;
use crate::document::pointer;
use std::{fmt, str::FromStr};

/// A button of the wizard. Containers and rows are counted from 0.
///
/// ```
/// use taskdef::questions::{Action, List};
/// assert_eq!("add:/containerDefinitions/0/environment".parse(), Ok(Action::Add(List::Environment(0))));
/// assert_eq!(Action::Remove(List::Containers, 1).to_string(), "remove:/containerDefinitions/1");
/// assert!("drop:everything".parse::<Action>().is_err());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Action {
    /// Continue: the step is tried, and the next page follows unless this one has an error.
    #[default]
    GoOn,
    /// Saves and goes home.
    Exit,
    /// Saves and shows the same page again, so that what is drawn beside it follows without JavaScript.
    Update,
    /// Takes the newest change back; only a browser remembers it.
    Undo,
    /// Makes it again.
    Redo,
    /// Makes a proposed edit.
    Fix(Fix),
    /// Adds a row to a list.
    Add(List),
    /// Removes a row of a list.
    Remove(List, usize),
    /// Puts a copy of a container behind it.
    Duplicate(usize),
    /// Moves a container towards the first.
    Up(usize),
    /// Moves a container towards the last.
    Down(usize),
    /// Adds the pasted `.env` lines to a container's variables.
    PasteEnv(usize),
}

/// Which proposed edit is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fix {
    /// One of a finding's.
    Finding {
        /// The rule's id.
        rule: String,
        /// Which of the finding's fixes, from 0.
        index: usize,
        /// The finding's place.
        place: String,
    },
    /// The one for all places of a rule, by its id.
    Rule(String),
    /// The one for a cause that was read from an error of AWS, by the cause's id.
    Diagnosis(String),
}

/// No page has a button with this word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no page has a button that does this")]
pub struct UnknownAction;

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Action::GoOn => Ok(()),
            Action::Exit => f.write_str("exit"),
            Action::Update => f.write_str("update"),
            Action::Undo => f.write_str("undo"),
            Action::Redo => f.write_str("redo"),
            Action::Fix(Fix::Finding { rule, index, place }) => write!(f, "fix:{rule}:{index}:{place}"),
            Action::Fix(Fix::Rule(rule)) => write!(f, "fix-all:{rule}"),
            Action::Fix(Fix::Diagnosis(id)) => write!(f, "doctor:{id}"),
            Action::Add(list) => write!(f, "add:{list}"),
            Action::Remove(list, row) => write!(f, "remove:{list}/{row}"),
            Action::Duplicate(i) => write!(f, "duplicate:/containerDefinitions/{i}"),
            Action::Up(i) => write!(f, "up:/containerDefinitions/{i}"),
            Action::Down(i) => write!(f, "down:/containerDefinitions/{i}"),
            Action::PasteEnv(i) => write!(f, "dotenv:{}", List::Environment(*i)),
        }
    }
}

impl FromStr for Action {
    type Err = UnknownAction;

    fn from_str(op: &str) -> Result<Action, UnknownAction> {
        let known = match op.split_once(':') {
            None => match op {
                "" => Some(Action::GoOn),
                "exit" => Some(Action::Exit),
                "update" => Some(Action::Update),
                "undo" => Some(Action::Undo),
                "redo" => Some(Action::Redo),
                _ => None,
            },
            Some(("fix", rest)) => fix(rest).map(Action::Fix),
            Some(("fix-all", rule)) => Some(Action::Fix(Fix::Rule(rule.to_owned()))),
            Some(("doctor", id)) => Some(Action::Fix(Fix::Diagnosis(id.to_owned()))),
            Some(("add", place)) => List::parse(place).map(Action::Add),
            Some(("remove", place)) => row(place).map(|(list, row)| Action::Remove(list, row)),
            Some(("duplicate", place)) => container(place).map(Action::Duplicate),
            Some(("up", place)) => container(place).map(Action::Up),
            Some(("down", place)) => container(place).map(Action::Down),
            Some(("dotenv", place)) => match List::parse(place) {
                Some(List::Environment(i)) => Some(Action::PasteEnv(i)),
                _ => None,
            },
            Some(_) => None,
        };
        known.ok_or(UnknownAction)
    }
}

/// `rule:index:place`; a place may have colons.
fn fix(text: &str) -> Option<Fix> {
    let mut parts = text.splitn(3, ':');
    let (rule, index, place) = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?);
    Some(Fix::Finding { rule: rule.to_owned(), index, place: place.to_owned() })
}

fn row(place: &str) -> Option<(List, usize)> {
    let (list, row) = place.rsplit_once('/')?;
    Some((List::parse(list)?, pointer::index(row)?))
}

fn container(place: &str) -> Option<usize> {
    match row(place)? {
        (List::Containers, i) => Some(i),
        _ => None,
    }
}
