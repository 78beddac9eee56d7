//! What a person sees in the browser when nothing of AWS has said anything: a symptom has many causes, so it is answered with at most
//! two questions, and each way through them ends at something to do.

mod known;

pub use known::SYMPTOMS;

use super::read;
use crate::{
    Draft, Lang,
    document::view::{self, ContainerView},
    messages::Message,
};

/// Something that is seen, and what is asked about it.
#[derive(Debug)]
pub struct Symptom {
    /// Its name in addresses.
    pub id: &'static str,
    /// How a person says it, in the order of [`Lang::ALL`].
    typed: [&'static str; 2],
    /// What it is called, and why it is no cause.
    pub message: &'static Message,
    /// Fixed parts of what people paste or type. Lower case, plain quotes, single spaces.
    patterns: &'static [&'static str],
    /// The first question.
    pub ask: Ask,
}

/// A question with its answers.
#[derive(Debug)]
pub struct Ask {
    /// The question.
    pub message: &'static Message,
    /// Its answers, at least two.
    pub answers: &'static [Answer],
}

/// An answer, and what follows.
#[derive(Debug)]
pub struct Answer {
    /// The answer.
    pub message: &'static Message,
    /// What follows.
    pub then: Then,
}

/// What follows from an answer.
#[derive(Debug)]
pub enum Then {
    /// The second question.
    Ask(Ask),
    /// The end.
    End(&'static Ending),
}

/// The likely cause, and what to do.
#[derive(Debug)]
pub struct Ending {
    /// What it is, why it happens, what to do.
    pub message: &'static Message,
    /// Where that is done.
    pub lead: Lead,
}

/// Where a way through the questions ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lead {
    /// A member of a container.
    Place(&'static str),
    /// The commands that follow the registration.
    Next,
    /// The page where what AWS said is pasted.
    Doctor,
}

/// Where the answers so far have led.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// This is asked now.
    Ask(&'static Ask),
    /// The end.
    End(&'static Ending),
}

/// Most questions about one symptom.
pub const MOST_QUESTIONS: usize = 2;

/// The symptom that a text describes, if it does.
pub fn symptom(text: &str) -> Option<&'static Symptom> {
    let said = read::Message::new(text);
    let low = said.plain.trim();
    SYMPTOMS.iter().find(|symptom| symptom.patterns.iter().any(|pattern| low.contains(pattern)))
}

/// A symptom by its name.
pub fn symptom_named(id: &str) -> Option<&'static Symptom> {
    SYMPTOMS.iter().find(|symptom| symptom.id == id)
}

impl Ending {
    /// Where that is done in a draft: ports and start order at the container that visitors reach, which is the one with port 80 or
    /// 443, or else the first with a port; the environment at the one behind it. `None` where it is not in the definition.
    pub fn place(&self, draft: &Draft) -> Option<String> {
        let Lead::Place(key) = self.lead else { return None };
        let containers = view::containers(draft.definition());
        let web = |c: &ContainerView<'_>| c.ports().iter().any(|port| matches!(port, 80 | 443));
        let front = containers.iter().position(web).or_else(|| containers.iter().position(|c| !c.ports().is_empty())).unwrap_or(0);
        if key == "healthCheck" {
            let checked = containers.iter().position(|c| draft.definition().pointer(&c.at(key)).is_some()).unwrap_or(front);
            return Some(format!("/containerDefinitions/{checked}/{key}"));
        }
        let behind = (0..containers.len()).find(|i| *i != front).unwrap_or(front);
        Some(format!("/containerDefinitions/{}/{key}", if key == "environment" { behind } else { front }))
    }
}

impl Symptom {
    /// What follows the answers, counted from 0. `None` for an answer that there is not.
    pub fn after(&'static self, answers: &[usize]) -> Option<Step> {
        let mut now = &self.ask;
        for (n, answer) in answers.iter().enumerate() {
            match &now.answers.get(*answer)?.then {
                Then::Ask(ask) => now = ask,
                Then::End(ending) => return (n + 1 == answers.len()).then_some(Step::End(ending)),
            }
        }
        Some(Step::Ask(now))
    }

    /// How a person says it: what the box on the page holds while the questions are answered.
    pub fn typed(&self, lang: Lang) -> &'static str {
        Lang::ALL.iter().zip(self.typed).find(|(l, _)| **l == lang).map_or("", |(_, text)| text)
    }

    /// What it is called, and why it is no cause, in words.
    pub fn words(&self, lang: Lang) -> (String, String) {
        let (what, why, _) = self.message.explained(lang);
        (what, why)
    }
}
