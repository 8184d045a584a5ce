//! The parts of a document that its events refer to, and parsing of their dates and texts.

use std::hash::RandomState;

use crate::date::{Calendar, Date, Zone};
use crate::document::{self, DocPath, Problem};

use super::handles::LaneIndex;
use super::ids::{Ids, error};
use super::lane_tree::LaneTree;

/// The parts of a document that its events refer to.
#[derive(Debug)]
pub(super) struct References {
    pub(super) sources: Ids,
    pub(super) lanes: Ids,
    /// The order of the lanes.
    pub(super) lane_tree: LaneTree,
    pub(super) series: Ids,
    /// The zone that times of day are shown in, if the document names one.
    pub(super) zone: Option<Zone>,
    /// The hasher for the ids of events.
    pub(super) hasher: RandomState,
}

impl References {
    /// Returns the lane with a number in the document.
    pub(super) fn position(&self, number: usize) -> LaneIndex {
        LaneIndex::new(self.lane_tree.positions.get(number).copied().unwrap_or(number))
    }
}

/// Parses a date, converts its times of day to the zone of the axis, and reports errors and warnings about it.
pub(super) fn read_date(
    text: &str,
    calendar: Calendar,
    zone: Option<&Zone>,
    path: impl Fn() -> DocPath,
    problems: &mut Vec<Problem>,
) -> Option<Date> {
    match Date::read(text, calendar) {
        Ok(reading) => {
            problems.extend(reading.cautions.into_iter().map(|doubt| Problem {
                severity: document::Severity::Warning,
                path: path(),
                within: Some(doubt.range),
                message: doubt.message,
                hint: doubt.hint,
            }));
            let Some(zone) = zone else { return Some(reading.date) };
            let mut doubts = Vec::new();
            let date = reading.date.on_axis_of(zone, &mut doubts);
            problems.extend(doubts.into_iter().map(|doubt| {
                let problem = error(path(), doubt.message, Some(doubt.hint));
                if doubt.is_error { problem } else { Problem { severity: document::Severity::Warning, ..problem } }
            }));
            Some(date)
        }
        Err(bad) => {
            let problem = error(path(), bad.message, bad.hint);
            problems.push(Problem { within: Some(bad.range), ..problem });
            None
        }
    }
}
