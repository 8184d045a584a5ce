//! A date in memory: an extent of seconds, how exactly it is known, and what is needed to say it again.

use super::civil::{Calendar, Civil, Seconds};
use super::form::{Form, Fraction};
use super::marks::{Components, Marks, Qualifier};

/// Half-open `[start, end)` in seconds, `start <= end`. `i64::MIN` and `i64::MAX` mean unbounded.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub struct Interval {
    /// The first second inside.
    pub start: Seconds,
    /// The first second after.
    pub end: Seconds,
}

impl Interval {
    /// All of time.
    pub const ALL: Self = Self { start: Seconds::MIN, end: Seconds::MAX };

    /// The second half way between the two ends, rounded down, so that it is inside.
    #[must_use]
    pub fn middle(self) -> Seconds {
        self.start.saturating_add_unsigned(self.end.abs_diff(self.start) / 2)
    }

    /// The smallest interval that contains both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// How exactly a date is known: the unit that its text pins down. Finer is less.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Precision {
    /// One second.
    Second,
    /// One minute.
    Minute,
    /// One hour.
    Hour,
    /// One day.
    Day,
    /// A week, from Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// A season, quarter, third or half of a year.
    Season,
    /// A calendar year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
    /// A thousand years.
    Millennium,
    /// 10,000 years.
    TenThousandYears,
    /// 100,000 years.
    HundredThousandYears,
    /// 1,000,000 years.
    MillionYears,
    /// 10,000,000 years.
    TenMillionYears,
    /// 100,000,000 years.
    HundredMillionYears,
    /// 1,000,000,000 years or more.
    BillionYears,
}

impl Precision {
    /// The precision of a step of `10^power` years.
    pub(super) const fn of_power(power: u32) -> Self {
        match power {
            0 => Self::Year,
            1 => Self::Decade,
            2 => Self::Century,
            3 => Self::Millennium,
            4 => Self::TenThousandYears,
            5 => Self::HundredThousandYears,
            6 => Self::MillionYears,
            7 => Self::TenMillionYears,
            8 => Self::HundredMillionYears,
            _ => Self::BillionYears,
        }
    }
}

/// One date at one precision: a moment known to lie somewhere in its extent.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub struct DatePart {
    /// The seconds it may be: all of 1965 for "1965".
    pub(super) extent: Interval,
    /// The unit its text pins down.
    pub(super) precision: Precision,
    /// The components marked as estimates: `~`, "c.", "about".
    pub(super) approximate: Components,
    /// The components marked as doubtful: `?`, "possibly".
    pub(super) uncertain: Components,
    /// The calendar it was written in; the extent is in Gregorian-based seconds either way.
    pub(super) calendar: Calendar,
    pub(super) form: Form,
}

impl DatePart {
    /// The seconds that the moment may be: all of 1965 for "1965".
    #[must_use]
    pub const fn extent(&self) -> Interval {
        self.extent
    }

    /// The unit that the text pins down.
    #[must_use]
    pub const fn precision(&self) -> Precision {
        self.precision
    }

    /// The components that are marked as estimates: `~`, "c.", "about".
    #[must_use]
    pub const fn approximate(&self) -> Components {
        self.approximate
    }

    /// The components that are marked as doubtful: `?`, "possibly".
    #[must_use]
    pub const fn uncertain(&self) -> Components {
        self.uncertain
    }

    /// The calendar that the part was written in.
    #[must_use]
    pub const fn calendar(&self) -> Calendar {
        self.calendar
    }

    pub(super) const fn new(extent: Interval, precision: Precision, calendar: Calendar, form: Form) -> Self {
        let (approximate, uncertain) = (Components::NONE, Components::NONE);
        Self { extent, precision, approximate, uncertain, calendar, form }
    }

    /// Whether a time of day can be put on it.
    pub(super) fn is_plain_day(&self) -> bool {
        self.precision == Precision::Day && self.form == Form::Calendar
    }

    /// The same, marked as a whole.
    pub(super) const fn qualified(self, qualifier: Qualifier) -> Self {
        let mut marks = Marks { approximate: self.approximate, uncertain: self.uncertain };
        marks.put(qualifier, Components::ALL);
        self.marked(marks)
    }

    /// The same with these marks.
    pub(super) const fn marked(mut self, marks: Marks) -> Self {
        (self.approximate, self.uncertain) = (marks.approximate, marks.uncertain);
        self
    }

    /// The part of a second that it names.
    pub(super) const fn fraction(&self) -> Fraction {
        match self.form {
            Form::Local { nanos, digits } | Form::Zoned { nanos, digits, .. } => Fraction { nanos, digits },
            _ => Fraction { nanos: 0, digits: 0 },
        }
    }

    /// The first moment of its extent, in the calendar that it was written in.
    pub(super) fn first_civil(&self) -> Civil {
        Civil::from_seconds_in(self.calendar, self.extent.start)
    }

    /// The last moment of its extent, in the calendar that it was written in.
    pub(super) fn last_civil(&self) -> Civil {
        Civil::from_seconds_in(self.calendar, self.extent.end.saturating_sub(1))
    }

    /// Whether it begins when another is over, so that it cannot be the start of a span that ends with the other.
    pub(super) fn is_after(&self, other: &Self) -> bool {
        let same_second = self.extent == other.extent && self.precision == Precision::Second;
        self.extent.start >= other.extent.end || same_second && self.fraction().nanos > other.fraction().nanos
    }
}

/// One end of a span.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum Endpoint {
    /// The span begins or ends within this part.
    Dated(DatePart),
    /// The span begins within or before this part, or ends within or after it (`..2004-06-01/`, `/2004-06-20..`).
    Beyond(DatePart),
    /// The span goes on without an end.
    Open,
    /// The span has an end that is not known.
    Unknown,
}

impl Endpoint {
    /// The part that the end names, if any.
    #[must_use]
    pub const fn part(&self) -> Option<&DatePart> {
        match self {
            Self::Dated(part) | Self::Beyond(part) => Some(part),
            Self::Open | Self::Unknown => None,
        }
    }

    /// Whether this end is over before `start` can have begun.
    pub(super) fn is_before_start(&self, start: &Self) -> bool {
        matches!((start, self), (Self::Dated(start), Self::Dated(end)) if start.is_after(end))
    }
}

/// What a set says of its members.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum SetKind {
    /// One member, it is not known which: `[1667,1668]`.
    OneOf,
    /// Every member: `{1667,1668}`.
    AllOf,
}

/// A member of a set.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum SetPart {
    /// One date.
    On(DatePart),
    /// Every date from the first to the last.
    Through(DatePart, DatePart),
    /// That date or an earlier one.
    OnOrBefore(DatePart),
    /// That date or a later one.
    OnOrAfter(DatePart),
    /// An earlier date than that.
    Before(DatePart),
    /// A later date than that.
    After(DatePart),
}

impl SetPart {
    fn bounds(&self) -> Interval {
        match self {
            Self::On(part) => part.extent,
            Self::Through(first, last) => Interval { start: first.extent.start, end: last.extent.end },
            Self::OnOrBefore(part) => Interval { start: Seconds::MIN, end: part.extent.end },
            Self::OnOrAfter(part) => Interval { start: part.extent.start, end: Seconds::MAX },
            Self::Before(part) => Interval { start: Seconds::MIN, end: part.extent.start },
            Self::After(part) => Interval { start: part.extent.end, end: Seconds::MAX },
        }
    }

    /// The same member with every part that it names made anew.
    fn map_parts(&self, made: &mut dyn FnMut(&DatePart) -> DatePart) -> Self {
        match self {
            Self::On(part) => Self::On(made(part)),
            Self::Through(first, last) => Self::Through(made(first), made(last)),
            Self::OnOrBefore(part) => Self::OnOrBefore(made(part)),
            Self::OnOrAfter(part) => Self::OnOrAfter(made(part)),
            Self::Before(part) => Self::Before(made(part)),
            Self::After(part) => Self::After(made(part)),
        }
    }

    /// What the member names, open sides apart. Of what is before or after a date, as much as that date is long.
    #[must_use]
    pub fn known_extent(&self) -> Interval {
        match self {
            Self::On(part) | Self::OnOrBefore(part) | Self::OnOrAfter(part) => part.extent,
            Self::Before(DatePart { extent, .. }) => {
                let start = extent.start.saturating_sub_unsigned(extent.end.abs_diff(extent.start));
                Interval { start, end: extent.start }
            }
            Self::After(DatePart { extent, .. }) => {
                let end = extent.end.saturating_add_unsigned(extent.end.abs_diff(extent.start));
                Interval { start: extent.end, end }
            }
            Self::Through(first, last) => first.extent.hull(last.extent),
        }
    }
}

/// Several dates: one of them, or all of them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DateSet {
    /// Whether one member is meant or all.
    pub(super) kind: SetKind,
    /// The members in the order written; at least one.
    pub(super) parts: Vec<SetPart>,
}

impl DateSet {
    /// Whether one member is meant, or all of them.
    #[must_use]
    pub const fn kind(&self) -> SetKind {
        self.kind
    }

    /// The members in the order in which they were written; at least one.
    #[must_use]
    pub fn parts(&self) -> &[SetPart] {
        &self.parts
    }
}

/// A date as a document gives it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Date {
    /// A moment somewhere within one part.
    Single(DatePart),
    /// A stretch of time from one end to the other.
    Span {
        /// Where it begins.
        start: Endpoint,
        /// Where it ends, inclusive of the whole named part.
        end: Endpoint,
    },
    /// A choice of dates, or a list of them.
    Set(Box<DateSet>),
}

impl Date {
    /// Earliest start to latest end (exclusive); unbounded where an end is open or unknown.
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

    /// The extent that is known, which is where the date is drawn and found: an unknown end stops at what is named, an
    /// open one is unbounded.
    ///
    /// `1727/` (the end is unknown) is 1727 and `/1727` too; `1727/..` (it goes on) is 1727 and all that follows. An end
    /// that is "or earlier" or "or later" stops at the part that it names, and so do the members of a set.
    #[must_use]
    pub fn known_bounds(&self) -> Interval {
        match self {
            Self::Single(part) => part.extent,
            Self::Span { start, end } => {
                let first = known_end(start, end, Seconds::MIN, |extent| extent.start);
                let last = known_end(end, start, Seconds::MAX, |extent| extent.end);
                // "2005 to 2004 or later" is no shorter than 2005.
                let named = || hull([start, end].into_iter().filter_map(Endpoint::part).map(|part| part.extent));
                if first < last { Interval { start: first, end: last } } else { named() }
            }
            Self::Set(set) => hull(set.parts.iter().map(SetPart::known_extent)),
        }
    }

    /// Tells of every part that the date names.
    pub(super) fn each_part(&self, told: &mut dyn FnMut(&DatePart)) {
        match self {
            Self::Single(part) => told(part),
            Self::Span { start, end } => [start, end].into_iter().filter_map(Endpoint::part).for_each(told),
            Self::Set(set) => {
                for part in &set.parts {
                    part.map_parts(&mut |part| {
                        told(part);
                        *part
                    });
                }
            }
        }
    }

    /// The same date with every part that it names made anew.
    pub(super) fn map_parts(&self, made: &mut dyn FnMut(&DatePart) -> DatePart) -> Self {
        let endpoint = |end: &Endpoint, made: &mut dyn FnMut(&DatePart) -> DatePart| match end {
            Endpoint::Dated(part) => Endpoint::Dated(made(part)),
            Endpoint::Beyond(part) => Endpoint::Beyond(made(part)),
            Endpoint::Open | Endpoint::Unknown => *end,
        };
        match self {
            Self::Single(part) => Self::Single(made(part)),
            Self::Span { start, end } => Self::Span { start: endpoint(start, made), end: endpoint(end, made) },
            Self::Set(set) => {
                let parts = set.parts.iter().map(|part| part.map_parts(made)).collect();
                Self::Set(Box::new(DateSet { kind: set.kind, parts }))
            }
        }
    }

    /// The first second the date may be, or `None` if it has no known beginning.
    #[must_use]
    pub fn earliest(&self) -> Option<Seconds> {
        Some(self.bounds().start).filter(|&start| start != Seconds::MIN)
    }

    /// The first second after all the date may be, or `None` if it has no known end.
    #[must_use]
    pub fn latest(&self) -> Option<Seconds> {
        Some(self.bounds().end).filter(|&end| end != Seconds::MAX)
    }

    /// The one second to draw or order the date at: the middle of all that its text names, open ends apart.
    ///
    /// So "1965" is at the middle of 1965, "1965/2015" at the middle of 1990, "1998/.." at the middle of 1998.
    #[must_use]
    pub fn anchor(&self) -> Seconds {
        let written = match self {
            Self::Single(part) => part.extent,
            Self::Span { start, end } => hull([start, end].into_iter().filter_map(Endpoint::part).map(|p| p.extent)),
            Self::Set(set) => hull(set.parts.iter().map(SetPart::known_extent)),
        };
        // An end may lie within the part that the start names ("June 2004" to 3 June 2004).
        let bounds = self.bounds();
        written.middle().min(bounds.end.saturating_sub(1)).max(bounds.start)
    }

    /// Whether the date is a stretch of time (`a/b`), not a moment or a set.
    #[must_use]
    pub const fn is_span(&self) -> bool {
        matches!(self, Self::Span { .. })
    }

    /// Whether another date may be just the same seconds as this one, and names the same part of a second.
    #[must_use]
    pub fn is_same_time(&self, other: &Self) -> bool {
        let (a, b) = (self.sort_key(), other.sort_key());
        self.bounds() == other.bounds() && (a.0, a.1, a.2) == (b.0, b.1, b.2)
    }

    /// The total order of dates: by the first second that is known (open beginnings first) and the nanosecond in it, then
    /// by the last second (open ends last), then moments before spans before sets. See
    /// [`known_bounds`](Self::known_bounds).
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
}

/// Where one end of a span is known to be: at the edge of what it names, or, where it is unknown, of what the `other`
/// end names; `open` where it goes on.
fn known_end(end: &Endpoint, other: &Endpoint, open: Seconds, edge: fn(Interval) -> Seconds) -> Seconds {
    let named = if matches!(end, Endpoint::Unknown) { other.part() } else { end.part() };
    named.map_or(open, |part| edge(part.extent))
}

/// The hull of several intervals; all of time if there are none.
fn hull(intervals: impl Iterator<Item = Interval>) -> Interval {
    intervals.reduce(Interval::hull).unwrap_or(Interval::ALL)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_small() {
        assert!(size_of::<DatePart>() <= 32);
        assert!(size_of::<Date>() <= 80);
    }

    #[test]
    fn middle_of_anything() {
        assert_eq!(Interval { start: 0, end: 10 }.middle(), 5);
        assert_eq!(Interval::ALL.middle(), -1);
        assert_eq!(Interval { start: -2, end: -1 }.middle(), -2);
        assert_eq!(Interval { start: i64::MAX - 2, end: i64::MAX }.middle(), i64::MAX - 1);
    }

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
