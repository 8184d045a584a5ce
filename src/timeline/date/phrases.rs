//! Whole dates in words: spans without repetition, sets, precision, and Julian dates beside Gregorian ones.

use super::civil::{Calendar, DAY};
use super::model::{AgeUnit, Date, DatePart, DateSet, Endpoint, Form, Precision, SetKind, SetPart};
use super::vocabulary::{Style, grouped, month, ordinal};
use super::words::{self, Manner};
use super::{parts, portions};

impl Date {
    /// The date in words at its own precision: "1965", "10 December 2015", "since 1998", "1965–2015", "about 1850",
    /// "the 1560s", "6th century BCE", "66 million years ago". A Julian date says so.
    #[must_use]
    pub fn words(&self) -> String {
        let text = self.phrase(Style::Full);
        if self.is_julian() { format!("{text} (Julian)") } else { text }
    }

    /// The date in few words, for a label: "10 Dec 2015", "since 1998", "c. 1850", "66 Ma".
    #[must_use]
    pub fn short_words(&self) -> String {
        let text = self.phrase(Style::Short);
        if self.is_julian() { format!("{text} (Julian)") } else { text }
    }

    /// The date in words and, if it is Julian, in the Gregorian calendar as well:
    /// "25 October 1917 (Julian; 7 November 1917 Gregorian)".
    #[must_use]
    pub fn words_dual(&self) -> String {
        let text = self.phrase(Style::Full);
        match self.to_gregorian() {
            Some(date) => format!("{text} (Julian; {} Gregorian)", date.phrase(Style::Full)),
            None => self.words(),
        }
    }

    /// How exactly the date is known: "dated to the year", "dated to the decade, approximate", "dated to the year, open end".
    #[must_use]
    pub fn precision_words(&self) -> String {
        match self {
            Self::Single(part) => format!("dated to the {}{}", unit(part), marks(part)),
            Self::Span { start, end } => span_precision(start, end),
            Self::Set(set) => match set.kind {
                SetKind::OneOf => "one of several dates".into(),
                SetKind::AllOf => "several dates".into(),
            },
        }
    }

    fn phrase(&self, style: Style) -> String {
        let manner = |common_era| Manner { style, common_era };
        match self {
            Self::Single(part) => words::part(part, manner(false)),
            Self::Span { start, end } => span(start, end, style),
            Self::Set(set) => {
                let before = |part: &SetPart| part.written().start < turn_of_era();
                let after = |part: &SetPart| part.written().end > turn_of_era();
                let both = set.parts.iter().any(before) && set.parts.iter().any(after);
                set_words(set, manner(both))
            }
        }
    }

    /// Whether the date, or an end or a member of it, was written in the Julian calendar.
    #[must_use]
    pub fn is_julian(&self) -> bool {
        let julian = |part: &DatePart| part.calendar == Calendar::Julian;
        match self {
            Self::Single(part) => julian(part),
            Self::Span { start, end } => [start, end].into_iter().filter_map(Endpoint::part).any(julian),
            Self::Set(set) => set.parts.iter().any(|part| match part {
                SetPart::Through(first, last) => julian(first) || julian(last),
                SetPart::On(part)
                | SetPart::OnOrBefore(part)
                | SetPart::OnOrAfter(part)
                | SetPart::Before(part)
                | SetPart::After(part) => julian(part),
            }),
        }
    }

    /// The same stretch of time in Gregorian days, if the date is Julian and not a set.
    fn to_gregorian(&self) -> Option<Self> {
        if !self.is_julian() {
            return None;
        }
        let gregorian = |part: &DatePart| DatePart { calendar: Calendar::Gregorian, ..*part };
        let first_day = |part: &DatePart| day_of(part, part.extent.start);
        let last_day = |part: &DatePart| day_of(part, part.extent.end.saturating_sub(1));
        let fine = |part: &DatePart| part.precision <= Precision::Day || part.precision > Precision::Year;
        match self {
            Self::Single(part) if fine(part) => Some(Self::Single(gregorian(part))),
            Self::Single(part) => {
                Some(Self::Span { start: Endpoint::Dated(first_day(part)), end: Endpoint::Dated(last_day(part)) })
            }
            Self::Span { start, end } => {
                let convert = |endpoint: &Endpoint, day: fn(&DatePart) -> DatePart| match endpoint {
                    Endpoint::Dated(part) if fine(part) => Endpoint::Dated(gregorian(part)),
                    Endpoint::Dated(part) => Endpoint::Dated(day(part)),
                    Endpoint::Beyond(part) => Endpoint::Beyond(day(part)),
                    other => *other,
                };
                Some(Self::Span { start: convert(start, first_day), end: convert(end, last_day) })
            }
            Self::Set(_) => None,
        }
    }
}

/// The first second of the year 1.
fn turn_of_era() -> i64 {
    Calendar::Gregorian.year_start(1)
}

/// The Gregorian day of a second, with the marks of the part.
fn day_of(part: &DatePart, second: i64) -> DatePart {
    let (year, month, day) = Calendar::Gregorian.civil(second.div_euclid(DAY));
    let marks = super::model::Qualifier { approximate: part.approximate, uncertain: part.uncertain };
    parts::day(Calendar::Gregorian, year, month, day).qualified(marks)
}

// ------------------------------------------------------------------------------------------------- spans

fn span(start: &Endpoint, end: &Endpoint, style: Style) -> String {
    let alone = Manner { style, common_era: false };
    match (start, end) {
        (Endpoint::Dated(a), Endpoint::Dated(b)) => pair(a, b, alone),
        (Endpoint::Dated(a), Endpoint::Open) => format!("since {}", words::part(a, alone)),
        (Endpoint::Open, Endpoint::Dated(b)) => format!("until {}", words::part(b, alone)),
        (Endpoint::Dated(a), Endpoint::Unknown) => {
            format!("from {}, end unknown", words::part(a, alone))
        }
        (Endpoint::Unknown, Endpoint::Dated(b)) => {
            format!("until {}, start unknown", words::part(b, alone))
        }
        (a, b) => format!("{} – {}", loose_end(a, "earlier", alone), loose_end(b, "later", alone)),
    }
}

/// An end of a span of which at least one end is "or earlier" or "or later".
fn loose_end(endpoint: &Endpoint, beyond: &str, manner: Manner) -> String {
    match endpoint {
        Endpoint::Dated(part) => words::part(part, manner),
        Endpoint::Beyond(part) => format!("{} or {beyond}", words::part(part, manner)),
        Endpoint::Open => "open".into(),
        Endpoint::Unknown => "unknown".into(),
    }
}

/// Two dates with what they share said once.
fn pair(a: &DatePart, b: &DatePart, manner: Manner) -> String {
    let same_marks = (a.approximate, a.uncertain) == (b.approximate, b.uncertain);
    if same_marks && a.calendar == b.calendar {
        if a.extent == b.extent && a.form == b.form {
            return words::part(a, manner);
        }
        if let Some(text) = compact(a, b, manner) {
            return words::marked(a, manner.style, &text);
        }
    }
    let both_eras = words::first_civil(a).year <= 0 && words::last_civil(b).year > 0;
    let manner = Manner { common_era: both_eras, ..manner };
    format!("{} – {}", words::part(a, manner), words::part(b, manner))
}

/// Two dates of the same kind that share their end: "3–7 May 1970", "44–31 BCE", "252–66 million years ago".
fn compact(a: &DatePart, b: &DatePart, manner: Manner) -> Option<String> {
    match (a.form, b.form) {
        (Form::Calendar, Form::Calendar) if a.precision == b.precision => calendar_pair(a, b, manner),
        (Form::Zoned { offset }, Form::Zoned { offset: other }) if offset == other && a.precision == b.precision => {
            Some(words::zoned_pair(a, b, offset, manner))
        }
        (Form::Ago { value, decimals, unit }, Form::Ago { unit: other, .. }) if unit == other => {
            let start = if unit == AgeUnit::Thousand && manner.style == Style::Full {
                let years = u64::from(value) * 10_u64.pow(3_u32.saturating_sub(u32::from(decimals)));
                super::vocabulary::count(years)
            } else {
                words::age_number(value, decimals)
            };
            Some(format!("{start}–{}", words::body(b, manner)))
        }
        (Form::Counted, Form::Counted) if a.precision == b.precision => {
            let ((first, before), (_, end_before)) = (words::count_of(a), words::count_of(b));
            let era = if first == 1 && !before { Manner { common_era: true, ..manner } } else { manner };
            (before == end_before).then(|| format!("{}–{}", ordinal(first), words::body(b, era)))
        }
        (Form::Block, Form::Block) if a.precision == b.precision && manner.style == Style::Full => {
            let same_era = (words::last_civil(a).year <= 0) == (words::last_civil(b).year <= 0);
            let (start, end) = (words::body(a, manner), words::body(b, manner));
            let start = start.strip_suffix(" BCE").filter(|_| same_era).map_or(start.clone(), str::to_owned);
            Some(format!("{start} to {end}"))
        }
        _ => None,
    }
}

fn calendar_pair(a: &DatePart, b: &DatePart, manner: Manner) -> Option<String> {
    let (start, end) = (words::first_civil(a), words::first_civil(b));
    let same_year = start.year == end.year;
    let same_month = same_year && start.month == end.month;
    let end_words = || words::body(b, manner);
    match a.precision {
        Precision::Year => Some(words::years(start.year, end.year, manner)),
        Precision::Month if same_year => Some(format!("{}–{}", month(manner.style, start.month), end_words())),
        Precision::Day if same_month => Some(format!("{}–{}", start.day, end_words())),
        Precision::Day if same_year => {
            Some(format!("{} {} – {}", start.day, month(manner.style, start.month), end_words()))
        }
        precision if precision < Precision::Day && same_month && start.day == end.day => {
            Some(format!("{}–{}", words::body(a, manner), words::clock(end, precision)))
        }
        _ => None,
    }
}

// ------------------------------------------------------------------------------------------------- sets

fn set_words(set: &DateSet, manner: Manner) -> String {
    let members: Vec<String> = set.parts.iter().map(|part| set_part(part, manner)).collect();
    let or = set.kind == SetKind::OneOf;
    let single = !matches!(set.parts.as_slice(), [SetPart::Through(..)] | [_, _, ..]);
    match members.as_slice() {
        [] => String::new(),
        [only] if single || !or => only.clone(),
        [only] => format!("one of {only}"),
        [firsts @ .., last] if or => format!("one of {} or {last}", firsts.join(", ")),
        [firsts @ .., last] => format!("{} and {last}", firsts.join(", ")),
    }
}

fn set_part(part: &SetPart, manner: Manner) -> String {
    match part {
        SetPart::On(part) => words::part(part, manner),
        SetPart::Through(first, last) => pair(first, last, manner),
        SetPart::OnOrBefore(part) => format!("{} or earlier", words::part(part, manner)),
        SetPart::OnOrAfter(part) => format!("{} or later", words::part(part, manner)),
        SetPart::Before(part) => format!("before {}", words::part(part, manner)),
        SetPart::After(part) => format!("after {}", words::part(part, manner)),
    }
}

// ------------------------------------------------------------------------------------------------- precision

/// The unit a part is dated to.
fn unit(part: &DatePart) -> String {
    if let Form::Portion { portion, .. } = part.form {
        return portions::unit(part.precision, portion);
    }
    let name = match part.precision {
        Precision::Second => "second",
        Precision::Minute => "minute",
        Precision::Hour => "hour",
        Precision::Day => "day",
        Precision::Month => "month",
        Precision::Season => match part.form {
            Form::Season(33..=36) => "quarter",
            Form::Season(37..=39) => "third of a year",
            Form::Season(40..=41) => "half-year",
            _ => "season",
        },
        Precision::Year => "year",
        Precision::Decade => "decade",
        Precision::Century => "century",
        Precision::Millennium => "millennium",
        Precision::TenThousandYears => return years_unit(4),
        Precision::HundredThousandYears => return years_unit(5),
        Precision::MillionYears => "nearest million years",
        Precision::TenMillionYears => "nearest ten million years",
        Precision::HundredMillionYears => "nearest hundred million years",
        Precision::BillionYears => "nearest billion years",
    };
    name.into()
}

fn years_unit(power: u32) -> String {
    format!("nearest {} years", grouped(10_u64.pow(power)))
}

fn marks(part: &DatePart) -> &'static str {
    match (part.approximate, part.uncertain) {
        (false, false) => "",
        (true, false) => ", approximate",
        (false, true) => ", uncertain",
        (true, true) => ", approximate and uncertain",
    }
}

fn span_precision(start: &Endpoint, end: &Endpoint) -> String {
    let one = |endpoint: &Endpoint| match endpoint {
        Endpoint::Dated(part) => format!("{}{}", unit(part), marks(part)),
        Endpoint::Beyond(part) => format!("{} or beyond{}", unit(part), marks(part)),
        Endpoint::Open | Endpoint::Unknown => String::new(),
    };
    let (first, last) = (one(start), one(end));
    let open = |endpoint: &Endpoint, side: &str| match endpoint {
        Endpoint::Open => format!(", open {side}"),
        Endpoint::Unknown => format!(", {side} unknown"),
        _ => String::new(),
    };
    match (first.is_empty(), last.is_empty()) {
        (true, true) => "not dated".into(),
        (true, false) => format!("dated to the {last}{}", open(start, "start")),
        (false, true) => format!("dated to the {first}{}", open(end, "end")),
        (false, false) if first == last => format!("dated to the {first}"),
        (false, false) => format!("start dated to the {first}; end to the {last}"),
    }
}
