//! The extent of what a date names, and the marks of any of its parts.

use super::civil::DAY;
use super::model::{Date, DatePart, Endpoint, Interval, SetPart};

impl Interval {
    /// The seconds from the start to the end; at most `i64::MAX`.
    ///
    /// ```
    /// use longview::date::Interval;
    ///
    /// assert_eq!(Interval { start: 0, end: 60 }.length(), 60);
    /// assert_eq!(Interval::ALL.length(), i64::MAX);
    /// ```
    #[must_use]
    pub fn length(self) -> i64 {
        self.end.saturating_sub(self.start)
    }

    /// Returns `true` if some second is in both intervals.
    ///
    /// ```
    /// use longview::date::Interval;
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
    /// The first day of 1970: something to show if nothing is dated.
    fn default() -> Self {
        Self { start: 0, end: DAY }
    }
}

impl Date {
    /// The smallest interval around all that the date names. Open and unknown ends name nothing. Returns the default
    /// interval if the date names nothing at all.
    ///
    /// ```
    /// use longview::date::Date;
    ///
    /// assert_eq!(Date::parse("since 1998")?.known_extent(), Date::parse("1998")?.known_extent());
    /// # Ok::<(), longview::date::DateError>(())
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

    /// Returns `true` if any part of the date is marked as an estimate.
    ///
    /// ```
    /// use longview::date::Date;
    ///
    /// assert!(Date::parse("1850~/1860")?.is_approximate());
    /// # Ok::<(), longview::date::DateError>(())
    /// ```
    #[must_use]
    pub fn is_approximate(&self) -> bool {
        self.any_part(|part| part.approximate.any())
    }

    /// Returns `true` if any part of the date is marked as doubtful.
    ///
    /// ```
    /// use longview::date::Date;
    ///
    /// assert!(Date::parse("possibly 1850")?.is_uncertain());
    /// # Ok::<(), longview::date::DateError>(())
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
