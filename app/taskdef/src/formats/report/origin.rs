//! Where in the input a place of a draft comes from.

use super::{Place, Report};
use crate::document::pointer;
use std::collections::BTreeMap;

/// The places of a draft that have an origin.
#[derive(Clone, Debug, Default)]
pub struct Origins(BTreeMap<String, Place>);

impl Origins {
    /// Those of the draft of this number.
    pub fn of(report: &Report, draft: usize) -> Origins {
        let mut origins = Origins::default();
        for entry in report.entries.iter().filter(|entry| entry.place.line > 0) {
            for target in entry.targets.iter().filter(|target| target.draft == draft) {
                origins.add(&target.pointer, entry.place);
            }
        }
        origins
    }

    /// A place and where it comes from; of several, the last in the input counts: a template declares above and uses below.
    pub fn add(&mut self, pointer: &str, place: Place) {
        let found = self.0.entry(pointer.to_owned()).or_insert(place);
        *found = (*found).max(place);
    }

    /// The nearest place, at `pointer` or around it, that comes from the input with anything below it, and where that begins.
    pub fn nearest<'p>(&self, pointer: &'p str) -> Option<(&'p str, Place)> {
        let mut around: Vec<&str> = pointer::upwards(pointer).collect();
        around.reverse();
        around.into_iter().find_map(|at| {
            let below = self.0.range(at.to_owned()..).take_while(|(known, _)| known.starts_with(at)).filter(|(known, _)| pointer::contains(at, known));
            Some((at, below.map(|(_, place)| *place).min()?))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_comes_from_itself_or_from_the_nearest_around_it() {
        let mut origins = Origins::default();
        for (pointer, line) in [("/a/0/image", 5), ("/a/0/name", 4), ("/a/01", 1), ("/a/0/ports/0", 9), ("/a/0/image", 7)] {
            origins.add(pointer, Place { file: 0, line, column: 1 });
        }
        let of = |pointer: &str| origins.nearest(pointer).map(|(at, place)| (at.to_owned(), place.line));
        for (pointer, at, line) in
            [("/a/0/image", "/a/0/image", 7), ("/a/0/memory", "/a/0", 4), ("/a/0/ports/0/port", "/a/0/ports/0", 9), ("/a/2", "/a", 1), ("/b", "", 1)]
        {
            assert_eq!(of(pointer), Some((at.to_owned(), line)), "{pointer}");
        }
        assert_eq!(Origins::default().nearest("/a"), None);
    }
}
