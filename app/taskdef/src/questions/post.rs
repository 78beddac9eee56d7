//! A whole form, as a browser without JavaScript posts it.

use super::{Action, Cluster, Health, Logs, Question, Size};
use crate::Draft;
use std::collections::HashMap;

/// Most pairs of a form that are read: a page has a few hundred.
pub const MOST_PAIRS: usize = 5_000;

/// Characters of an unknown name that an error repeats.
const MOST_NAME: usize = 80;

/// Reads an urlencoded body; bytes that are no UTF-8 become U+FFFD. What comes after [`MOST_PAIRS`] is left out.
pub fn decode(body: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(body).take(MOST_PAIRS).map(|(k, v)| (k.into_owned(), v.into_owned())).collect()
}

/// What a form says.
#[derive(Clone, Debug, Default)]
pub struct Post {
    /// Each question once, in the order in which they are answered.
    answers: Vec<(Question, String)>,
    /// The pressed button.
    pub action: Action,
    /// The pasted `.env` lines.
    pub dotenv: String,
}

/// A form has something that no page of the wizard has; none of it is taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PostError {
    /// A control of this name, shortened.
    #[error("no page has a control of this name")]
    Question(String),
    /// A button of this name, shortened.
    #[error("no page has a button that does this")]
    Action(String),
}

impl Post {
    /// Reads the pairs of a form; of several of one name the last counts.
    pub fn read(pairs: &[(String, String)]) -> Result<Post, PostError> {
        let short = |name: &str| name.chars().take(MOST_NAME).collect::<String>();
        let mut post = Post::default();
        let mut known: HashMap<Question, usize> = HashMap::new();
        for (name, value) in &pairs[..pairs.len().min(MOST_PAIRS)] {
            match name.as_str() {
                // The revision is read where the draft is opened.
                "rev" => {}
                "op" => post.action = value.parse().map_err(|_| PostError::Action(short(value)))?,
                "dotenv" => post.dotenv.clone_from(value),
                _ => {
                    let question: Question = name.parse().ok().filter(Question::is_answered).ok_or_else(|| PostError::Question(short(name)))?;
                    match known.get(&question) {
                        Some(i) => post.answers[*i].1.clone_from(value),
                        None => {
                            known.insert(question, post.answers.len());
                            post.answers.push((question, value.clone()));
                        }
                    }
                }
            }
        }
        post.answers.sort_by_key(|(question, _)| turn(*question));
        Ok(post)
    }

    /// The draft as the form leaves it. `base` is the revision that the form was rendered from: an answer
    /// that says what that revision showed changes nothing, so wrong values survive as they were typed.
    pub fn apply(&self, base: &Draft) -> Draft {
        let picked: HashMap<Question, &str> = self.answers.iter().map(|(question, value)| (*question, value.as_str())).collect();
        let mut draft = base.clone();
        for (question, value) in &self.answers {
            if !is_hidden(*question, &picked) && !shows(base, *question, value) {
                let edit = question.change(&draft, value);
                // An edit is made for this very document, so it fits.
                let _ = edit.apply(draft.root_mut());
            }
        }
        draft
    }
}

/// Questions that others depend on are answered first.
fn turn(question: Question) -> u8 {
    match question {
        Question::Cluster(Cluster::Launch) => 0,
        Question::Cluster(Cluster::Region) => 1,
        Question::Size(Size::Platform) => 2,
        Question::Size(Size::Pair) => 3,
        Question::Logs(Logs::Keep) => 4,
        Question::Health(_, Health::Kind) => 5,
        Question::Health(_, Health::Form) => 6,
        _ => 7,
    }
}

/// Whether a control belongs to an answer that was not picked, so that what it holds does not count.
fn is_hidden(question: Question, picked: &HashMap<Question, &str>) -> bool {
    match question {
        Question::Health(i, part) => picked.get(&Question::Health(i, Health::Kind)).is_some_and(|kind| part.is_hidden(kind)),
        Question::Size(Size::Exact) => picked.get(&Question::Size(Size::Pair)).is_some_and(|pair| *pair != "exact"),
        _ => false,
    }
}

/// Whether `value` is what a browser sends back untouched. Inputs lose line breaks, text areas send
/// CRLF, and NUL becomes U+FFFD.
fn shows(base: &Draft, question: Question, value: &str) -> bool {
    let now = question.rendered(base);
    if question.is_area() {
        let lf = |t: &str| t.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "\u{fffd}");
        lf(&now) == lf(value)
    } else {
        let flat = |t: &str| t.replace(['\r', '\n'], "").replace('\0', "\u{fffd}");
        flat(&now) == flat(value)
    }
}
