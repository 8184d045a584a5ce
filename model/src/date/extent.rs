//! The extents of dates, their order, and whether any of their parts is marked.

use super::civil::{DAY, Seconds};
use super::model::{Date, DatePart, Endpoint, Interval, SetPart};

impl Interval {
    /// Returns the number of seconds from the start to the end, saturating at `i64::MAX`.
    ///
    /// ```
    /// use longview_model::date::Interval;
    ///
    /// assert_eq!(Interval { start: 0, end: 60 }.length(), 60);
    /// assert_eq!(Interval::ALL.length(), i64::MAX);
    /// ```
    #[must_use]
    pub fn length(self) -> i64 {
        self.end.saturating_sub(self.start)
    }

    /// Returns `true` if the intervals have a second in common.
    ///
    /// ```
    /// use longview_model::date::Interval;
    ///
    /// let minute = Interval { start: 0, end: 60 };
    /// assert!(minute.overlaps(Interval { start: 59, end: 61 }));
    /// assert!(!minute.overlaps(Interval { start: 60, end: 120 }));
    /// ```
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

impl Default for Interval {
    /// Returns the first day of 1970, the interval to show if nothing is dated.
    fn default() -> Self {
        Self { start: 0, end: DAY }
    }
}

impl Date {
    /// Returns the interval from the earliest start to the latest end (exclusive), unbounded at an end that is open or
    /// unknown.
    ///
    /// ```
    /// use longview_model::date::{Date, Interval};
    ///
    /// assert_eq!(Date::parse("1970/..")?.bounds(), Interval { start: 0, end: i64::MAX });
    /// # Ok::<(), longview_model::date::DateError>(())
    /// ```
    #[must_use]
    pub fn bounds(&self) -> Interval {
        match self {
            Self::Single(part) => part.extent,
            Self::Span { start, end } => Interval {
                start: if let Endpoint::Dated(part) = start { part.extent.start } else { Seconds::MIN },
                end: if let Endpoint::Dated(part) = end { part.extent.end } else { Seconds::MAX },
            },
            Self::Set(set) => hull(set.parts.iter().map(SetPart::bounds)),
        }
    }

    /// Returns the known extent, in which the date is drawn and found: an unknown end is at the edge of the part of the
    /// other end, an open end is unbounded.
    ///
    /// `1727/` and `/1727` (the other end is unknown) are 1727; `1727/..` (it continues) is 1727 and all that follows.
    /// An end that is "or earlier" or "or later" stops at the part that it names, and so do the members of a set.
    ///
    /// ```
    /// use longview_model::date::Date;
    ///
    /// assert_eq!(Date::parse("1727/")?.known_bounds(), Date::parse("1727")?.bounds());
    /// assert_eq!(Date::parse("1727/..")?.known_bounds().end, i64::MAX);
    /// # Ok::<(), longview_model::date::DateError>(())
    /// ```
    #[must_use]
    pub fn known_bounds(&self) -> Interval {
        match self {
            Self::Single(part) => part.extent,
            Self::Span { start, end } => {
                let first = known_end(start, end, Seconds::MIN, |extent| extent.start);
                let last = known_end(end, start, Seconds::MAX, |extent| extent.end);
                // The end of "2005 to 2004 or later" cannot be before 2005.
                let named = || hull([start, end].into_iter().filter_map(Endpoint::part).map(|part| part.extent));
                if first < last { Interval { start: first, end: last } } else { named() }
            }
            Self::Set(set) => hull(set.parts.iter().map(SetPart::known_extent)),
        }
    }

    /// Returns the first second in which the date may lie, or `None` if it has no known beginning.
    ///
    /// ```
    /// use longview_model::date::Date;
    ///
    /// assert_eq!(Date::parse("1970")?.earliest(), Some(0));
    /// assert_eq!(Date::parse("before 1970")?.earliest(), None);
    /// # Ok::<(), longview_model::date::DateError>(())
    /// ```
    #[must_use]
    pub fn earliest(&self) -> Option<Seconds> {
        Some(self.bounds().start).filter(|&start| start != Seconds::MIN)
    }

    /// Returns the first second after all those in which the date may lie, or `None` if it has no known end.
    ///
    /// ```
    /// use longview_model::date::Date;
    ///
    /// assert_eq!(Date::parse("1969")?.latest(), Some(0));
    /// # Ok::<(), longview_model::date::DateError>(())
    /// ```
    #[must_use]
    pub fn latest(&self) -> Option<Seconds> {
        Some(self.bounds().end).filter(|&end| end != Seconds::MAX)
    }

    /// Returns the second at which to draw the date: the middle of what its text names, without open ends.
    ///
    /// So "1965" is at the middle of 1965, "1965/2015" at the middle of 1990, "1998/.." at the middle of 1998.
    ///
    /// ```
    /// use longview_model::date::Date;
    ///
    /// assert_eq!(Date::parse("1998/..")?.anchor(), Date::parse("1998")?.anchor());
    /// # Ok::<(), longview_model::date::DateError>(())
    /// ```
    #[must_use]
    pub fn anchor(&self) -> Seconds {
        let written = match self {
            Self::Single(part) => part.extent,
            Self::Span { start, end } => hull([start, end].into_iter().filter_map(Endpoint::part).map(|p| p.extent)),
            Self::Set(set) => hull(set.parts.iter().map(SetPart::known_extent)),
        };
        // The end may lie within the part at the start ("June 2004" to 3 June 2004).
        let bounds = self.bounds();
        written.middle().min(bounds.end.saturating_sub(1)).max(bounds.start)
    }

    /// Returns `true` if the date is a stretch of time (`a/b`), not a moment or a set.
    ///
    /// ```
    /// use longview_model::date::Date;
    ///
    /// assert!(Date::parse("1965–2015")?.is_span());
    /// # Ok::<(), longview_model::date::DateError>(())
    /// ```
    #[must_use]
    pub const fn is_span(&self) -> bool {
        matches!(self, Self::Span { .. })
    }

    /// Returns `true` if both dates have the same bounds and the same fraction of a second.
    ///
    /// ```
    /// use longview_model::date::Date;
    ///
    /// let (here, there) = (Date::parse("2015-12-10T14:00+09:00")?, Date::parse("2015-12-10T05:00Z")?);
    /// assert!(here.is_same_time(&there) && here != there);
    /// # Ok::<(), longview_model::date::DateError>(())
    /// ```
    #[must_use]
    pub fn is_same_time(&self, other: &Self) -> bool {
        let (a, b) = (self.sort_key(), other.sort_key());
        self.bounds() == other.bounds() && (a.0, a.1, a.2) == (b.0, b.1, b.2)
    }

    /// Returns the key of the total order of dates: the first known second (open beginnings first) and the nanosecond
    /// in it, then the last second (open ends last), then moments before spans before sets. See
    /// [`known_bounds`](Self::known_bounds).
    ///
    /// ```
    /// use longview_model::date::Date;
    ///
    /// assert!(Date::parse("1965")?.sort_key() < Date::parse("1965-06")?.sort_key());
    /// assert!(Date::parse("../1965")?.sort_key() < Date::parse("44 BCE")?.sort_key());
    /// # Ok::<(), longview_model::date::DateError>(())
    /// ```
    #[must_use]
    pub fn sort_key(&self) -> (Seconds, u32, Seconds, u8) {
        let Interval { start, end } = self.known_bounds();
        let (first, kind) = match self {
            Self::Single(part) => (Some(part), 0),
            Self::Span { start: Endpoint::Dated(part), .. } => (Some(part), 1),
            Self::Span { .. } => (None, 1),
            Self::Set(_) => (None, 2),
        };
        (start, first.map_or(0, |part| part.fraction().nanos), end, kind)
    }

    /// Returns the smallest interval around all parts that the date names; open and unknown ends name none. Returns the
    /// default interval if the date names no part.
    ///
    /// ```
    /// use longview_model::date::Date;
    ///
    /// assert_eq!(Date::parse("since 1998")?.known_extent(), Date::parse("1998")?.known_extent());
    /// # Ok::<(), longview_model::date::DateError>(())
    /// ```
    #[must_use]
    pub fn known_extent(&self) -> Interval {
        let named = match self {
            Self::Single(part) => Some(part.extent),
            Self::Span { start, end } => {
                [start, end].into_iter().filter_map(Endpoint::part).map(|part| part.extent).reduce(Interval::hull)
            }
            Self::Set(set) => set.parts.iter().map(SetPart::known_extent).reduce(Interval::hull),
        };
        named.unwrap_or_default()
    }

    /// Returns `true` if any part of the date is marked as approximate.
    ///
    /// ```
    /// use longview_model::date::Date;
    ///
    /// assert!(Date::parse("1850~/1860")?.is_approximate());
    /// # Ok::<(), longview_model::date::DateError>(())
    /// ```
    #[must_use]
    pub fn is_approximate(&self) -> bool {
        self.any_part(|part| part.approximate.any())
    }

    /// Returns `true` if any part of the date is marked as uncertain.
    ///
    /// ```
    /// use longview_model::date::Date;
    ///
    /// assert!(Date::parse("possibly 1850")?.is_uncertain());
    /// # Ok::<(), longview_model::date::DateError>(())
    /// ```
    #[must_use]
    pub fn is_uncertain(&self) -> bool {
        self.any_part(|part| part.uncertain.any())
    }

    fn any_part(&self, is: impl Fn(&DatePart) -> bool) -> bool {
        let mut any = false;
        self.each_part(&mut |part| any |= is(part));
        any
    }
}

/// Returns where one end of a span is known to be: the edge of its part, or of the `other` end's part if it is unknown;
/// `open` if the span has no limit there.
fn known_end(end: &Endpoint, other: &Endpoint, open: Seconds, edge: fn(Interval) -> Seconds) -> Seconds {
    let named = if matches!(end, Endpoint::Unknown) { other.part() } else { end.part() };
    named.map_or(open, |part| edge(part.extent))
}

/// Returns the hull of several intervals, or all of time if there are none.
fn hull(intervals: impl Iterator<Item = Interval>) -> Interval {
    intervals.reduce(Interval::hull).unwrap_or(Interval::ALL)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_beginnings_sort_first_and_open_ends_last() -> Result<(), super::super::DateError> {
        let mut dates = ["2014", "1998/..", "1998/", "/1970", "1965-06-22", "1965/2015", "../1914", "1965"]
            .map(|text| Date::parse(text).map(|date| (date.sort_key(), text)))
            .into_iter()
            .collect::<Result<Vec<_>, _>>()?;
        dates.sort_unstable();
        let order: Vec<_> = dates.into_iter().map(|(_, text)| text).collect();
        assert_eq!(order, ["../1914", "1965", "1965/2015", "1965-06-22", "/1970", "1998/", "1998/..", "2014"]);
        Ok(())
    }

    #[test]
    fn an_unknown_end_stops_at_what_is_named_and_an_open_one_goes_on() -> Result<(), super::super::DateError> {
        let year = |text: &str| Date::parse(text).map(|date| date.known_bounds());
        let check = |text: &str, start: Option<&str>, end: Option<&str>| {
            let expect = Interval {
                start: start.map_or(Ok(Seconds::MIN), |text| year(text).map(|year| year.start))?,
                end: end.map_or(Ok(Seconds::MAX), |text| year(text).map(|year| year.end))?,
            };
            assert_eq!(year(text)?, expect, "{text}");
            Ok(())
        };
        check("1727/", Some("1727"), Some("1727"))?;
        check("/1727", Some("1727"), Some("1727"))?;
        check("1727/..", Some("1727"), None)?;
        check("../1727", None, Some("1727"))?;
        check("1727/1730", Some("1727"), Some("1730"))?;
        check("1727/1730..", Some("1727"), Some("1730"))?;
        check("..1727/1730", Some("1727"), Some("1730"))?;
        check("2005/2004..", Some("2004"), Some("2005"))?;
        check("[..1984]", Some("1984"), Some("1984"))?;
        check("before 1986", Some("1985"), Some("1985"))?;
        check("after 1985", Some("1986"), Some("1986"))
    }
}
