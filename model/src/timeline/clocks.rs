//! The time zone of the times of day in a document: all are shown in one zone.

use crate::document::{DocPath, PathSegment, Problem, Severity};

use crate::date::{Date, Zone};

/// The zone that the times of day of a timeline are shown in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum AxisZone {
    /// No time of day has a zone: each is local time at its place.
    #[default]
    Local,
    /// Some times have a zone, and the document names none for the axis.
    Utc,
    /// The zone that the document names.
    Named(Zone),
}

impl AxisZone {
    /// Returns its name on the axis: "local time", "UTC", "Asia/Seoul".
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Local => "local time",
            Self::Utc => "UTC",
            Self::Named(zone) => zone.name(),
        }
    }

    /// Converts a date to the zone of the axis.
    #[must_use]
    pub fn place(&self, date: Date) -> Date {
        if let Self::Named(zone) = self { date.on_axis_of(zone, &mut Vec::new()) } else { date }
    }
}

/// A time of day of the document.
#[derive(Clone, Debug)]
struct Example {
    path: DocPath,
    text: String,
}

/// Returns " of event 17", counted from 1 in document order.
fn whose(path: &DocPath) -> String {
    match path.segments() {
        [PathSegment::Field("events"), PathSegment::Index(event), ..] => format!(" of event {}", event + 1),
        [PathSegment::Field("eras"), PathSegment::Index(era), ..] => format!(" of era {}", era + 1),
        [PathSegment::Field("series"), PathSegment::Index(series), _, PathSegment::Index(point), ..] => {
            format!(" of point {} of series {}", point + 1, series + 1)
        }
        _ => String::new(),
    }
}

/// The first time of day with a zone, and the first without one.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    zoned: Option<Example>,
    local: Option<Example>,
}

impl Seen {
    /// Records a date that was read from `text`.
    pub(super) fn add(&mut self, date: &Date, text: &str, path: impl Fn() -> DocPath) {
        let clocks = date.clocks();
        let example = || Example { path: path(), text: text.to_owned() };
        if clocks.zoned && self.zoned.is_none() {
            self.zoned = Some(example());
        }
        if clocks.local && self.local.is_none() {
            self.local = Some(example());
        }
    }

    /// Returns the same in a list of events that begins `by` events earlier.
    pub(super) fn shifted(&self, by: usize) -> Self {
        let shifted =
            |example: &Example| Example { path: example.path.clone().shifted(by), text: example.text.clone() };
        Self { zoned: self.zoned.as_ref().map(shifted), local: self.local.as_ref().map(shifted) }
    }

    /// Adds what was recorded later in the document.
    pub(super) fn join(&mut self, later: Self) {
        self.zoned = self.zoned.take().or(later.zoned);
        self.local = self.local.take().or(later.local);
    }

    /// Returns whether there is any time of day.
    pub(super) fn any(&self) -> bool {
        self.zoned.is_some() || self.local.is_some()
    }

    /// Returns the zone of an axis if the document names none.
    pub(super) fn axis(&self) -> AxisZone {
        if self.zoned.is_some() { AxisZone::Utc } else { AxisZone::Local }
    }

    /// Returns a warning if some times have a zone and others do not, on an axis without a zone of its own.
    pub(super) fn mixed(&self) -> Option<Problem> {
        let (zoned, local) = (self.zoned.as_ref()?, self.local.as_ref()?);
        let message = format!(
            "this time has no zone, but others have one, such as {:?}{}: it is set among them as if it were UTC",
            zoned.text.trim(),
            whose(&zoned.path)
        );
        let hint = "write its zone behind it, as in 14:30 Asia/Seoul or 14:30+09:00, or name the document's: \
                    `zone: \"Asia/Seoul\"`";
        Some(Problem {
            severity: Severity::Warning,
            path: local.path.clone(),
            within: None,
            message,
            hint: Some(hint.to_owned()),
        })
    }
}
