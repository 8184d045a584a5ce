//! A date in memory: its extent in seconds, its precision, and what is needed to write it again.

use super::civil::{Calendar, Civil, DAY, Seconds, weekday};
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
    /// All of time, unbounded at both ends.
    pub const ALL: Self = Self { start: Seconds::MIN, end: Seconds::MAX };

    /// Returns the second halfway between the two ends, rounded down so that it lies inside.
    ///
    /// ```
    /// use longview_model::date::Interval;
    ///
    /// assert_eq!(Interval { start: 0, end: 5 }.middle(), 2);
    /// ```
    #[must_use]
    pub fn middle(self) -> Seconds {
        self.start.saturating_add_unsigned(self.end.abs_diff(self.start) / 2)
    }

    /// Returns the smallest interval that contains both intervals.
    ///
    /// ```
    /// use longview_model::date::Interval;
    ///
    /// let hull = Interval { start: 0, end: 1 }.hull(Interval { start: 5, end: 6 });
    /// assert_eq!(hull, Interval { start: 0, end: 6 });
    /// ```
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// How exactly a date is known: the unit that its text specifies. A finer precision compares as less.
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
    /// Returns the precision of a unit of `10^power` years.
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

/// One date at one precision: a moment that lies somewhere in its extent.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub struct DatePart {
    /// The seconds in which the moment may lie: all of 1965 for "1965".
    pub(super) extent: Interval,
    /// The unit that the text specifies.
    pub(super) precision: Precision,
    /// The components that are marked as approximate: `~`, "c.", "about".
    pub(super) approximate: Components,
    /// The components that are marked as uncertain: `?`, "possibly".
    pub(super) uncertain: Components,
    /// The calendar it was written in; the extent is in Gregorian-based seconds either way.
    pub(super) calendar: Calendar,
    pub(super) form: Form,
}

impl DatePart {
    /// Returns the interval in which the moment may lie: all of 1965 for "1965".
    ///
    /// ```
    /// use longview_model::date::Date;
    ///
    /// if let Date::Single(part) = Date::parse("1970")? {
    ///     assert_eq!((part.extent().start, part.extent().length()), (0, 365 * 86_400));
    /// }
    /// # Ok::<(), longview_model::date::DateError>(())
    /// ```
    #[must_use]
    pub const fn extent(&self) -> Interval {
        self.extent
    }

    /// Returns the unit that the text specifies.
    ///
    /// ```
    /// use longview_model::date::{Date, Precision};
    ///
    /// if let Date::Single(part) = Date::parse("the 1960s")? {
    ///     assert_eq!(part.precision(), Precision::Decade);
    /// }
    /// # Ok::<(), longview_model::date::DateError>(())
    /// ```
    #[must_use]
    pub const fn precision(&self) -> Precision {
        self.precision
    }

    /// Returns the components that are marked as approximate: `~`, "c.", "about".
    #[must_use]
    pub const fn approximate(&self) -> Components {
        self.approximate
    }

    /// Returns the components that are marked as uncertain: `?`, "possibly".
    #[must_use]
    pub const fn uncertain(&self) -> Components {
        self.uncertain
    }

    /// Returns the calendar that the part was written in.
    ///
    /// ```
    /// use longview_model::date::{Calendar, Date};
    ///
    /// if let Date::Single(part) = Date::parse("25 October 1917 (Julian)")? {
    ///     assert_eq!(part.calendar(), Calendar::Julian);
    /// }
    /// # Ok::<(), longview_model::date::DateError>(())
    /// ```
    #[must_use]
    pub const fn calendar(&self) -> Calendar {
        self.calendar
    }

    pub(super) const fn new(extent: Interval, precision: Precision, calendar: Calendar, form: Form) -> Self {
        let (approximate, uncertain) = (Components::NONE, Components::NONE);
        Self { extent, precision, approximate, uncertain, calendar, form }
    }

    /// Returns `true` if a time of day can be added to the part.
    pub(super) fn is_plain_day(&self) -> bool {
        self.precision == Precision::Day && self.form == Form::Calendar
    }

    /// Returns the part with `qualifier` on the whole date.
    pub(super) const fn qualified(self, qualifier: Qualifier) -> Self {
        let mut marks = Marks { approximate: self.approximate, uncertain: self.uncertain };
        marks.put(qualifier, Components::ALL);
        self.marked(marks)
    }

    /// Returns the part with `marks` in place of its own.
    pub(super) const fn marked(mut self, marks: Marks) -> Self {
        (self.approximate, self.uncertain) = (marks.approximate, marks.uncertain);
        self
    }

    /// Returns the fraction of a second that the part specifies.
    pub(super) const fn fraction(&self) -> Fraction {
        match self.form {
            Form::Local { nanos, digits } | Form::Zoned { nanos, digits, .. } => Fraction { nanos, digits },
            _ => Fraction { nanos: 0, digits: 0 },
        }
    }

    /// Returns the first moment of the extent, in the calendar in which the part was written.
    pub(super) fn first_civil(&self) -> Civil {
        Civil::from_seconds_in(self.calendar, self.extent.start)
    }

    /// Returns the year and the number of the ISO week in which the part begins. A week belongs to the year of its
    /// Thursday.
    pub(super) fn iso_week(&self) -> (i64, i64) {
        let day = self.extent.start.div_euclid(DAY);
        let thursday = day + 4 - i64::from(weekday(day));
        let (year, ..) = Calendar::Gregorian.civil(thursday);
        (year, (thursday - Calendar::Gregorian.days(year, 1, 1)) / 7 + 1)
    }

    /// Returns the last moment of the extent, in the calendar in which the part was written.
    pub(super) fn last_civil(&self) -> Civil {
        Civil::from_seconds_in(self.calendar, self.extent.end.saturating_sub(1))
    }

    /// Returns `true` if the part begins after `other` has ended, so that it cannot be the start of a span that ends
    /// with `other`.
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
    /// The span continues without an end.
    Open,
    /// The span has an end, which is not known.
    Unknown,
}

impl Endpoint {
    /// Returns the part at this end, or `None` if the end is open or unknown.
    ///
    /// ```
    /// use longview_model::date::Date;
    ///
    /// if let Date::Span { start, end } = Date::parse("1998/..")? {
    ///     assert!(start.part().is_some() && end.part().is_none());
    /// }
    /// # Ok::<(), longview_model::date::DateError>(())
    /// ```
    #[must_use]
    pub const fn part(&self) -> Option<&DatePart> {
        match self {
            Self::Dated(part) | Self::Beyond(part) => Some(part),
            Self::Open | Self::Unknown => None,
        }
    }

    /// Returns `true` if this end has passed before `start` can have begun.
    pub(super) fn is_before_start(&self, start: &Self) -> bool {
        matches!((start, self), (Self::Dated(start), Self::Dated(end)) if start.is_after(end))
    }
}

/// Whether a set means one of its members or all of them.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum SetKind {
    /// One member; which one is not known: `[1667,1668]`.
    OneOf,
    /// Every member: `{1667,1668}`.
    AllOf,
}

/// A member of a set.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum SetPart {
    /// One date.
    On(DatePart),
    /// Every date from the first to the last, inclusive.
    Through(DatePart, DatePart),
    /// The date or an earlier one.
    OnOrBefore(DatePart),
    /// The date or a later one.
    OnOrAfter(DatePart),
    /// A date earlier than this one.
    Before(DatePart),
    /// A date later than this one.
    After(DatePart),
}

impl SetPart {
    pub(super) fn bounds(&self) -> Interval {
        match self {
            Self::On(part) => part.extent,
            Self::Through(first, last) => Interval { start: first.extent.start, end: last.extent.end },
            Self::OnOrBefore(part) => Interval { start: Seconds::MIN, end: part.extent.end },
            Self::OnOrAfter(part) => Interval { start: part.extent.start, end: Seconds::MAX },
            Self::Before(part) => Interval { start: Seconds::MIN, end: part.extent.start },
            Self::After(part) => Interval { start: part.extent.end, end: Seconds::MAX },
        }
    }

    /// Returns the member with `made` applied to each of its parts.
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

    /// Returns the extent of the dates that the member names, without its open side. For [`Before`](Self::Before) and
    /// [`After`](Self::After) it is an interval next to the date and as long as it.
    ///
    /// ```
    /// use longview_model::date::Date;
    ///
    /// if let Date::Set(set) = Date::parse("1914 or earlier")? {
    ///     assert_eq!(set.parts()[0].known_extent(), Date::parse("1914")?.bounds());
    /// }
    /// # Ok::<(), longview_model::date::DateError>(())
    /// ```
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
    /// Whether one member or all of them are meant.
    pub(super) kind: SetKind,
    /// The members in the order written; at least one.
    pub(super) parts: Vec<SetPart>,
}

impl DateSet {
    /// Returns whether one member or all of them are meant.
    ///
    /// ```
    /// use longview_model::date::{Date, SetKind};
    ///
    /// if let Date::Set(set) = Date::parse("1667 or 1668")? {
    ///     assert_eq!((set.kind(), set.parts().len()), (SetKind::OneOf, 2));
    /// }
    /// # Ok::<(), longview_model::date::DateError>(())
    /// ```
    #[must_use]
    pub const fn kind(&self) -> SetKind {
        self.kind
    }

    /// Returns the members in the order in which they were written; there is at least one.
    #[must_use]
    pub fn parts(&self) -> &[SetPart] {
        &self.parts
    }
}

/// A date as written in a document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Date {
    /// A moment somewhere within one part.
    Single(DatePart),
    /// A stretch of time from one end to the other.
    Span {
        /// Where it begins.
        start: Endpoint,
        /// Where it ends; the whole of the named part is included.
        end: Endpoint,
    },
    /// A choice of dates, or a list of them.
    Set(Box<DateSet>),
}

impl Date {
    /// Calls `told` with each part of the date.
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

    /// Returns the date with `made` applied to each of its parts.
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
}
