//! A date that is being moved by the pointer.

use crate::date::{Calendar, Date, Handle, Interval, Seconds};
use crate::timeline::{ItemId, LaneId};

/// What the pointer does with a date or a lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DragMessage {
    /// Takes hold of the date of an event.
    Begin(ItemId, Handle),
    /// Moves what is held to a time, and all of it to a lane. A time that another event begins or ends at is preferred.
    To {
        /// Where the beginning is to be, or the end of an end, in seconds of the axis.
        time: Seconds,
        /// The lane, if the event leaves its own.
        lane: Option<LaneId>,
        /// The time of another event near that, if it is to be met.
        snap: Option<Seconds>,
    },
    /// Leaves it there.
    Drop,
    /// Puts a lane in the place of another one beside it.
    Lane(LaneId, LaneId),
}

/// The advice that only what is selected is moved, which is given once in a window.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DragAdvice {
    /// When it was given, in seconds since the window opened.
    given_at: Option<f64>,
}

impl DragAdvice {
    /// What it says.
    pub(super) const WORDS: &str = "Select it first to move it";
    /// How long it is shown, in seconds.
    const SHOWN: f64 = 12.0;

    /// Gives it, unless it was given before.
    pub(super) fn give(&mut self, now: f64) {
        self.given_at.get_or_insert(now);
    }

    /// Returns when it is not shown any more, in seconds since the window opened. Returns `None` if it is not shown.
    pub(super) fn shown_until(&self, now: f64) -> Option<f64> {
        self.given_at.map(|given| given + Self::SHOWN).filter(|end| now < *end)
    }
}

/// A date that is being moved by the pointer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drag {
    /// The event.
    pub item: ItemId,
    /// What of its date is moved.
    pub handle: Handle,
    /// The lane that it is moved to, if that is another one.
    pub lane: Option<LaneId>,
    /// The time of another event that it meets.
    pub snap: Option<Seconds>,
    /// The date as the document has it.
    pub(super) written: WrittenDate,
    /// The date as it is moved, and its text.
    pub(super) moved: Option<(Date, String)>,
}

impl Drag {
    /// Returns the date before and after, as the document has them: "22 June 1965 → 25 June 1965".
    #[must_use]
    pub fn words(&self) -> String {
        let before = &self.written.text;
        self.moved.as_ref().map_or_else(|| before.clone(), |(_, after)| format!("{before} → {after}"))
    }

    /// Returns where the date is now, in seconds of the axis.
    #[must_use]
    pub fn extent(&self) -> Interval {
        let extent = self.moved.as_ref().map_or(&self.written.date, |(date, _)| date).known_extent();
        let on_axis = |seconds: Seconds| seconds.saturating_add(self.written.to_axis);
        Interval { start: on_axis(extent.start), end: on_axis(extent.end) }
    }

    /// Returns the time that is moved, where it was, in seconds of the axis.
    #[must_use]
    pub fn origin(&self) -> Seconds {
        let time = self.written.date.handle_time(self.handle).unwrap_or_default();
        time.saturating_add(self.written.to_axis)
    }
}

/// The date of an event as the document has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenDate {
    pub(super) text: String,
    pub(super) date: Date,
    pub(super) calendar: Calendar,
    /// What is added to its seconds on the axis, which may be that of a zone.
    pub(super) to_axis: Seconds,
}

impl WrittenDate {
    /// Returns the date with a part of it moved, and its text.
    pub(super) fn moved(&self, handle: Handle, steps: i64) -> Option<(Date, String)> {
        let moved = self.date.moved(handle, steps)?;
        let text = moved.written_like(&self.text, &self.date, self.calendar)?;
        Some((moved, text))
    }
}

impl Drag {
    /// Moves what is held as near to a time as its precision lets it, or to that of another event if it meets that.
    pub(super) fn go_to(&mut self, time: Seconds, snap: Option<Seconds>) {
        let to = |time: Seconds| {
            let steps = self.written.date.steps_to(self.handle, time.saturating_sub(self.written.to_axis))?;
            self.written.moved(self.handle, steps)
        };
        let meets = |(date, _): &(Date, String)| {
            let at = date.handle_time(self.handle).map(|at| at.saturating_add(self.written.to_axis));
            at == snap
        };
        let snapped = snap.and_then(to).filter(meets);
        self.snap = snap.filter(|_| snapped.is_some());
        // Where there is no such date, that of the last place stays.
        if let Some(moved) = snapped.or_else(|| to(time)) {
            self.moved = Some(moved);
        }
    }
}
