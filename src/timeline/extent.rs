//! What drawing asks of dates: extents that have a place, and marks.

use crate::date::{Date, DatePart, Endpoint, Interval, SetPart};

impl Interval {
    /// Seconds from the start to the end; at most `i64::MAX`.
    #[must_use]
    pub fn length(self) -> i64 {
        self.end.saturating_sub(self.start)
    }

    /// Whether some second is in both.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

impl Default for Interval {
    /// The first day of 1970: something to show where nothing is dated.
    fn default() -> Self {
        Self { start: 0, end: 86_400 }
    }
}

impl Date {
    /// The smallest interval around all that the date names. Open and unknown ends name nothing: "since 1998" is
    /// 1998 here. A date that names nothing at all is the default interval.
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

    /// Whether any part of the date is marked approximate.
    #[must_use]
    pub fn is_approximate(&self) -> bool {
        self.parts().iter().any(|part| part.approximate.any())
    }

    /// Whether any part of the date is marked uncertain.
    #[must_use]
    pub fn is_uncertain(&self) -> bool {
        self.parts().iter().any(|part| part.uncertain.any())
    }

    fn parts(&self) -> Vec<DatePart> {
        match self {
            Self::Single(part) => vec![*part],
            Self::Span { start, end } => [start, end].into_iter().filter_map(Endpoint::part).copied().collect(),
            Self::Set(set) => set
                .parts
                .iter()
                .flat_map(|part| match part {
                    SetPart::Through(first, last) => vec![*first, *last],
                    SetPart::On(part)
                    | SetPart::OnOrBefore(part)
                    | SetPart::OnOrAfter(part)
                    | SetPart::Before(part)
                    | SetPart::After(part) => vec![*part],
                })
                .collect(),
        }
    }
}
