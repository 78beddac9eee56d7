//! How a revision came to be, and what it was taken for outside.

/// How a revision came to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    /// Somebody changed answers.
    #[default]
    Edited,
    /// Somebody went on typing the answer that the revision before began.
    Continued,
    /// Made from an example, a preset or nothing.
    Created,
    /// Made from a text that somebody brought.
    Imported,
    /// The safe fixes were applied together.
    Fixed,
    /// Saved from the JSON editor.
    Json,
    /// Replaced through the API.
    Api,
    /// Put together with what somebody else had saved.
    Merged,
    /// Taken back to this earlier revision, from the history.
    Restored(i64),
    /// Undo: the text is again that of this earlier revision; 0: of a state that was saved only together with a later one.
    Undone(i64),
    /// Redo: the same.
    Redone(i64),
}

impl Way {
    /// As a row has it: a code and the revision that it repeats, 0 for none.
    pub(crate) fn to_row(self) -> (i64, i64) {
        match self {
            Way::Edited => (0, 0),
            Way::Continued => (1, 0),
            Way::Created => (2, 0),
            Way::Imported => (3, 0),
            Way::Fixed => (4, 0),
            Way::Json => (5, 0),
            Way::Api => (6, 0),
            Way::Merged => (7, 0),
            Way::Restored(revision) => (8, revision),
            Way::Undone(revision) => (9, revision),
            Way::Redone(revision) => (10, revision),
        }
    }

    /// From a row; a code of a later program is a change like any other.
    pub(crate) fn from_row(code: i64, repeats: i64) -> Way {
        match code {
            1 => Way::Continued,
            2 => Way::Created,
            3 => Way::Imported,
            4 => Way::Fixed,
            5 => Way::Json,
            6 => Way::Api,
            7 => Way::Merged,
            8 => Way::Restored(repeats),
            9 => Way::Undone(repeats),
            10 => Way::Redone(repeats),
            _ => Way::Edited,
        }
    }

    /// Whether it is a version with a name: it never joins the changes before or after it.
    pub fn is_version(self) -> bool {
        !matches!(self, Way::Edited | Way::Continued | Way::Undone(_) | Way::Redone(_))
    }
}

/// What a revision was taken for outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Its definition was downloaded.
    Exported,
    /// It was registered on AWS.
    Registered,
}

/// The marks of one revision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks(i64);

impl Marks {
    /// As a row has them; bits of a later program are kept.
    pub(crate) fn from_row(bits: i64) -> Marks {
        Marks(bits)
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether a mark is among them.
    pub fn has(self, mark: Mark) -> bool {
        self.0 & mark.bit() != 0
    }
}

impl Mark {
    pub(crate) fn bit(self) -> i64 {
        match self {
            Mark::Exported => 1,
            Mark::Registered => 2,
        }
    }
}

/// One revision, without its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The revision.
    pub revision: i64,
    /// How it came to be.
    pub way: Way,
    /// A mark of who saved it, the same for one person within the draft; empty where nobody told.
    pub author: Vec<u8>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_is_read_as_it_was_written() {
        let all = [
            Way::Edited,
            Way::Continued,
            Way::Created,
            Way::Imported,
            Way::Fixed,
            Way::Json,
            Way::Api,
            Way::Merged,
            Way::Restored(7),
            Way::Undone(8),
            Way::Redone(9),
        ];
        for (i, way) in all.into_iter().enumerate() {
            let (code, repeats) = way.to_row();
            assert_eq!((code, Way::from_row(code, repeats)), (i as i64, way));
        }
        assert_eq!(Way::from_row(99, 1), Way::Edited);
    }
}
