//! The parts of a document that are not shown because they have errors.

use std::collections::HashSet;

use crate::document::{DocPath, PathSegment, Problem, Severity};

use super::quantity::number;

/// Counts of the parts of a document that are not shown because they have errors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Omitted {
    /// Number of events.
    pub events: usize,
    /// Number of eras.
    pub eras: usize,
    /// Number of points of series.
    pub points: usize,
}

impl Omitted {
    /// Returns the text "1 event of 120 is not shown", where 119 are shown; `None` if nothing is omitted.
    #[must_use]
    pub fn words(&self, shown: usize) -> Option<String> {
        let count = |count: usize, one: &str| match count {
            0 => None,
            1 => Some(format!("1 {one}")),
            _ => Some(format!("{} {one}s", number(count as f64))),
        };
        let events = count(self.events, "event").map(|events| {
            let all = number((self.events + shown) as f64);
            format!("{events} of {all}")
        });
        let parts: Vec<String> =
            [events, count(self.eras, "era"), count(self.points, "point")].into_iter().flatten().collect();
        let (last, others) = parts.split_last()?;
        let verb = if self.events + self.eras + self.points == 1 { "is" } else { "are" };
        let all = if others.is_empty() { last.clone() } else { format!("{} and {last}", others.join(", ")) };
        Some(format!("{all} {verb} not shown"))
    }
}

/// The items of a document that have errors, by their document numbers.
#[derive(Debug, Default)]
pub(super) struct Faulty {
    pub events: HashSet<usize>,
    pub eras: HashSet<usize>,
    /// Document numbers of series and point.
    pub points: HashSet<(usize, usize)>,
}

impl Faulty {
    /// Returns the items that contain any of the errors among `problems`, or any of `paths`.
    pub fn of(problems: &[Problem], paths: &[DocPath]) -> Self {
        let mut faulty = Self::default();
        let errors = problems.iter().filter(|problem| problem.severity == Severity::Error);
        for path in errors.map(|problem| &problem.path).chain(paths) {
            match path.segments() {
                [PathSegment::Field("events"), PathSegment::Index(event), ..] => drop(faulty.events.insert(*event)),
                [PathSegment::Field("eras"), PathSegment::Index(era), ..] => drop(faulty.eras.insert(*era)),
                [
                    PathSegment::Field("series"),
                    PathSegment::Index(series),
                    PathSegment::Field("points"),
                    PathSegment::Index(point),
                    ..,
                ] => {
                    faulty.points.insert((*series, *point));
                }
                _ => {}
            }
        }
        faulty
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_counted() {
        let words = |events, eras, points| Omitted { events, eras, points }.words(119);
        assert_eq!(words(0, 0, 0), None);
        assert_eq!(words(1, 0, 0).as_deref(), Some("1 event of 120 is not shown"));
        assert_eq!(words(2000, 0, 0).as_deref(), Some("2,000 events of 2,119 are not shown"));
        assert_eq!(words(0, 1, 0).as_deref(), Some("1 era is not shown"));
        assert_eq!(words(1, 2, 3).as_deref(), Some("1 event of 120, 2 eras and 3 points are not shown"));
    }

    #[test]
    fn an_error_is_of_the_item_that_it_is_in() {
        let event = DocPath::root().field("events").index(3).field("citations").index(0).field("source");
        let point = DocPath::root().field("series").index(1).field("points").index(2);
        let lane = DocPath::root().field("lanes").index(4).field("color");
        let faulty = Faulty::of(&[], &[event, point, lane, DocPath::root()]);
        assert_eq!((faulty.events, faulty.eras, faulty.points), ([3].into(), [].into(), [(1, 2)].into()));
    }
}
