//! Undo and Redo over reloads and pages: the revisions that are kept, replayed.

use super::{BrowserId, DraftError, DraftService, save::TRIES};
use drafts::{Saved, Step, Token, Way};
use serde_json::Value;
use taskdef::Draft;

/// How many earlier states are looked through for one that differs: a state may repeat the one after it.
const DEPTH: usize = 8;

/// Stands for the revision of a state that was never saved by itself: two changes in one save, of which the browser took back
/// one.
const UNSAVED: i64 = 0;

/// Which way to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To the state before.
    Undo,
    /// To the state that was undone last.
    Redo,
}

/// What a change from the wizard was, as the browser says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claimed {
    /// A change, which a new state begins with.
    Change(Way),
    /// One of the states before, or one that was undone.
    Back(Direction),
}

/// A state of the draft: one or several revisions in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct State {
    /// Its last revision.
    revision: i64,
    way: Way,
    /// Whether this browser may take it back: it made the state, or nobody is known to have.
    own: bool,
}

/// The states of a draft as Undo and Redo see them.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    /// Oldest first; the last is the present one.
    past: Vec<State>,
    /// What was undone, the next to be done again last.
    undone: Vec<State>,
}

impl Timeline {
    /// Replays the revisions, oldest first. An Undo whose goal is not kept any more is a change like any other.
    pub fn of(steps: &[Step], own: &[u8]) -> Timeline {
        let mut line = Timeline::default();
        for step in steps {
            let state = State { revision: step.revision, way: step.way, own: step.author.is_empty() || step.author == own };
            let goal = |states: &[State], revision| states.iter().position(|s| s.revision == revision);
            match step.way {
                Way::Undone(revision) if let Some(at) = goal(&line.past, revision) => {
                    line.undone.extend(line.past.drain(at + 1..).rev());
                }
                Way::Redone(revision) if let Some(at) = goal(&line.undone, revision) => {
                    line.past.extend(line.undone.drain(at..).rev());
                }
                Way::Undone(UNSAVED) if line.past.len() > 1 => {
                    line.undone.extend(line.past.pop());
                    line.past.push(state);
                }
                Way::Redone(UNSAVED) if !line.undone.is_empty() => line.past.push(state),
                Way::Continued if line.continues(&state) => {
                    if let Some(last) = line.past.last_mut() {
                        last.revision = state.revision;
                    }
                }
                _ => {
                    line.undone.clear();
                    line.past.push(state);
                }
            }
        }
        line
    }

    fn continues(&self, state: &State) -> bool {
        let last = self.past.last();
        self.undone.is_empty() && last.is_some_and(|last| last.own == state.own && matches!(last.way, Way::Edited | Way::Continued))
    }

    /// How the state came to be that this direction would take back or bring again; `None` where there is none, or it is
    /// another person's.
    pub fn next(&self, direction: Direction) -> Option<Way> {
        let state = match direction {
            Direction::Undo => self.past.last().filter(|_| self.past.len() > 1),
            Direction::Redo => self.undone.last(),
        };
        state.filter(|state| state.own).map(|state| state.way)
    }

    /// The revisions that this direction may lead to, nearest first.
    fn goals(&self, direction: Direction) -> Vec<i64> {
        let revision = |state: &State| state.revision;
        match direction {
            _ if self.next(direction).is_none() => Vec::new(),
            Direction::Undo => self.past.iter().rev().skip(1).map(revision).take(DEPTH).collect(),
            Direction::Redo => self.undone.iter().rev().map(revision).take(DEPTH).collect(),
        }
    }
}

impl Direction {
    fn way(self, revision: i64) -> Way {
        match self {
            Direction::Undo => Way::Undone(revision),
            Direction::Redo => Way::Redone(revision),
        }
    }
}

/// Whether two drafts say the same, whatever the wizard remembers beside them.
fn same(a: &Draft, b: &Draft) -> bool {
    let said = |d: &Draft| ["title", "region", "cluster", "definition"].map(|key| d.root().get(key).cloned().unwrap_or(Value::Null));
    said(a) == said(b)
}

impl DraftService {
    /// The states of a draft, for this browser.
    ///
    /// # Errors
    /// Where there is no draft, or it cannot be read.
    pub async fn timeline(&self, token: &Token, browser: &BrowserId) -> Result<Timeline, DraftError> {
        let (steps, own) = self.store.steps(token, &browser.0).await?;
        Ok(Timeline::of(&steps, &own))
    }

    /// How the newest revision came to be.
    ///
    /// # Errors
    /// Where there is no draft, or it cannot be read.
    pub async fn newest_way(&self, token: &Token) -> Result<Option<Way>, DraftError> {
        Ok(self.store.steps(token, b"").await?.0.last().map(|step| step.way))
    }

    async fn state(&self, token: &Token, revision: i64) -> Result<Option<Draft>, DraftError> {
        Ok(self.text_at(token, revision).await?.and_then(|text| Draft::parse(&text).ok()))
    }

    /// Undoes or does again; `false` where there is nothing to.
    ///
    /// # Errors
    /// Where there is no draft, or it cannot be saved.
    pub async fn travel(&self, token: &Token, direction: Direction, browser: &BrowserId) -> Result<bool, DraftError> {
        for _ in 0..TRIES {
            let open = self.open_editable(token).await?;
            let goals = self.timeline(token, browser).await?.goals(direction);
            let mut goal = None;
            for revision in goals {
                // What the wizard alone remembers is nothing that a person would see undone.
                if let Some(draft) = self.state(token, revision).await?
                    && !same(&draft, &open.draft)
                {
                    goal = Some((revision, draft));
                    break;
                }
            }
            let Some((revision, draft)) = goal else { return Ok(false) };
            match self.save(token, open.revision(), &draft.to_text(), browser, direction.way(revision)).await? {
                Saved::Done(_) | Saved::Unchanged(_) => return Ok(true),
                // Somebody saved in between: what can be undone now is looked up anew.
                Saved::Conflict(_) => {}
            }
        }
        Err(DraftError::Unavailable)
    }

    /// What a change from the wizard is to the history. An Undo or Redo in the browser that leads to no state that is known
    /// leads to one between two saves.
    ///
    /// # Errors
    /// Where there is no draft, or it cannot be read.
    pub async fn way_of(&self, token: &Token, claimed: Claimed, mine: &Draft, browser: &BrowserId) -> Result<Way, DraftError> {
        let direction = match claimed {
            Claimed::Change(way) => return Ok(way),
            Claimed::Back(direction) => direction,
        };
        for revision in self.timeline(token, browser).await?.goals(direction) {
            if self.state(token, revision).await?.is_some_and(|state| same(&state, mine)) {
                return Ok(direction.way(revision));
            }
        }
        Ok(direction.way(UNSAVED))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(revision: i64, way: Way) -> Step {
        Step { revision, way, author: b"me".to_vec() }
    }

    fn line(ways: &[Way]) -> Timeline {
        let steps: Vec<Step> = (1..).zip(ways).map(|(revision, way)| step(revision, *way)).collect();
        Timeline::of(&steps, b"me")
    }

    #[test]
    fn what_is_typed_as_one_answer_is_one_state() {
        let line = line(&[Way::Created, Way::Edited, Way::Continued, Way::Continued, Way::Edited]);
        assert_eq!(line.goals(Direction::Undo), [4, 1]);
    }

    #[test]
    fn undone_states_can_be_done_again_until_something_else_is_changed() {
        let mut ways = vec![Way::Imported, Way::Fixed, Way::Json, Way::Undone(2), Way::Undone(1)];
        assert_eq!((line(&ways).next(Direction::Undo), line(&ways).next(Direction::Redo)), (None, Some(Way::Fixed)));
        assert_eq!(line(&ways).goals(Direction::Redo), [2, 3]);
        ways.push(Way::Redone(2));
        assert_eq!((line(&ways).next(Direction::Undo), line(&ways).next(Direction::Redo)), (Some(Way::Fixed), Some(Way::Json)));
        ways.push(Way::Edited);
        assert_eq!((line(&ways).goals(Direction::Undo), line(&ways).next(Direction::Redo)), (vec![2, 1], None));
    }

    /// Redo ended without the last edit where two changes were saved as one and taken back one by one.
    #[test]
    fn a_state_between_two_saves_stands_before_what_was_taken_back() {
        let mut ways = vec![Way::Created, Way::Edited, Way::Edited, Way::Undone(UNSAVED), Way::Undone(2)];
        assert_eq!(line(&ways).goals(Direction::Redo), [4, 3]);
        ways.extend([Way::Redone(4), Way::Redone(3)]);
        let all = line(&ways);
        assert_eq!((all.goals(Direction::Undo), all.next(Direction::Redo)), (vec![4, 2, 1], None));
        let both = line(&[Way::Created, Way::Edited, Way::Undone(1), Way::Redone(UNSAVED)]);
        assert_eq!((both.goals(Direction::Undo), both.goals(Direction::Redo)), (vec![1], vec![2]), "half of what was taken back");
        assert_eq!(line(&[Way::Created, Way::Undone(UNSAVED)]).goals(Direction::Undo), [1], "there is nothing to take back");
    }

    #[test]
    fn another_persons_change_is_not_taken_back() {
        let steps = [step(1, Way::Created), Step { revision: 2, way: Way::Edited, author: b"other".to_vec() }];
        assert_eq!(Timeline::of(&steps, b"me").next(Direction::Undo), None);
        assert_eq!(Timeline::of(&steps, b"other").next(Direction::Undo), Some(Way::Edited));
    }

    #[test]
    fn an_undo_whose_goal_was_forgotten_is_a_change() {
        assert_eq!(line(&[Way::Edited, Way::Undone(-5), Way::Edited]).goals(Direction::Undo), [2, 1]);
    }
}
