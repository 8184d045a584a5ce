//! Formats whole dates in words: spans without repetition, sets, precision, and Julian dates next to Gregorian ones.

use super::civil::{Calendar, Civil, DAY};
use super::form::{AgeUnit, Form};
use super::marks::Marks;
use super::model::{Date, DatePart, DateSet, Endpoint, Precision, SetKind, SetPart};
use super::vocabulary::Manner;
use super::vocabulary::{Style, grouped, month, ordinal};
use super::words;
use super::{parts, portions};

impl Date {
    /// Returns the date in words at its own precision: "1965", "10 December 2015", "since 1998", "1965–2015", "about
    /// 1850", "the 1560s", "6th century BCE", "66 million years ago". A Julian date is followed by "(Julian)".
    ///
    /// ```
    /// use longview_model::date::Date;
    ///
    /// assert_eq!(Date::parse("-0599/-0500")?.words(), "600–501 BCE");
    /// # Ok::<(), longview_model::date::DateError>(())
    /// ```
    #[must_use]
    pub fn words(&self) -> String {
        let text = self.phrase(Style::Full);
        if self.calendar() == Some(Calendar::Julian) { format!("{text} (Julian)") } else { text }
    }

    /// Returns the date in few words, for a label: "10 Dec 2015", "since 1998", "c. 1850", "66 Ma". A time of day is in
    /// the zone of the axis.
    ///
    /// ```
    /// use longview_model::date::Date;
    ///
    /// assert_eq!(Date::parse("1850~")?.short_words(), "c. 1850");
    /// # Ok::<(), longview_model::date::DateError>(())
    /// ```
    #[must_use]
    pub fn short_words(&self) -> String {
        let shown = self.as_shown();
        let text = shown.as_ref().unwrap_or(self).phrase(Style::Short);
        if self.calendar() == Some(Calendar::Julian) { format!("{text} (Julian)") } else { text }
    }

    /// Returns the date in words as it was written, and as it is on the axis if its calendar or zone differs.
    ///
    /// ```
    /// use longview_model::date::Date;
    ///
    /// let date = Date::parse("2015-12-10T09:00+09:00")?;
    /// assert_eq!(date.words_dual(), "10 December 2015, 09:00 UTC+09:00 (00:00 UTC)");
    /// # Ok::<(), longview_model::date::DateError>(())
    /// ```
    #[must_use]
    pub fn words_dual(&self) -> String {
        let text = self.phrase(Style::Full);
        if let Some(date) = self.to_gregorian() {
            let shown = date.as_shown().unwrap_or(date);
            let gregorian = shown.phrase(Style::Full);
            return match self.calendar() {
                Some(_) => format!("{text} (Julian; {gregorian} Gregorian)"),
                None => format!("{text} ({gregorian} Gregorian)"),
            };
        }
        match (self, self.as_shown()) {
            (Self::Single(written), Some(Self::Single(shown))) if words::is_same_day(written, &shown) => {
                format!("{} ({})", self.words(), words::clock_words(&shown))
            }
            (_, Some(shown)) => format!("{} ({})", self.words(), shown.words()),
            (_, None) => self.words(),
        }
    }

    /// Returns how exactly the date is known: "dated to the year", "dated to the decade, approximate", "dated to the
    /// year, goes on".
    ///
    /// ```
    /// use longview_model::date::Date;
    ///
    /// assert_eq!(Date::parse("1850~")?.precision_words(), "dated to the year, approximate");
    /// # Ok::<(), longview_model::date::DateError>(())
    /// ```
    #[must_use]
    pub fn precision_words(&self) -> String {
        match self {
            Self::Single(part) => format!("dated to the {}{}", unit(part), marks(part)),
            Self::Span { start, end } => span_precision(start, end),
            Self::Set(set) => match (set.kind, set.parts.as_slice()) {
                (_, [SetPart::On(part)]) => format!("dated to the {}{}", unit(part), marks(part)),
                (SetKind::OneOf, [SetPart::Through(..)]) => "between two dates".into(),
                (SetKind::OneOf, [SetPart::OnOrBefore(_) | SetPart::Before(_)]) => {
                    "only the latest date is known".into()
                }
                (SetKind::OneOf, [SetPart::OnOrAfter(_) | SetPart::After(_)]) => {
                    "only the earliest date is known".into()
                }
                (SetKind::OneOf, _) => "one of several dates".into(),
                (SetKind::AllOf, _) => "several dates".into(),
            },
        }
    }

    fn phrase(&self, style: Style) -> String {
        let manner = |common_era| Manner { style, common_era };
        match self {
            Self::Single(part) => words::part(part, manner(false)),
            Self::Span { start, end } => span(start, end, style),
            Self::Set(set) => {
                let before = |part: &SetPart| part.known_extent().start < turn_of_era();
                let after = |part: &SetPart| part.known_extent().end > turn_of_era();
                let both = set.parts.iter().any(before) && set.parts.iter().any(after);
                set_words(set, manner(both))
            }
        }
    }

    /// Returns the calendar in which the whole date was written, or `None` if its parts are in several, each of which
    /// is named in the text.
    fn calendar(&self) -> Option<Calendar> {
        let (mut julian, mut gregorian) = (false, false);
        self.each_part(&mut |part| match part.calendar {
            Calendar::Julian => julian = true,
            Calendar::Gregorian => gregorian = true,
        });
        match (julian, gregorian) {
            (true, true) => None,
            (true, false) => Some(Calendar::Julian),
            (false, _) => Some(Calendar::Gregorian),
        }
    }

    /// Returns the same time in Gregorian days, or `None` if the date is Gregorian, is a set, or has parts without a
    /// known Gregorian day.
    fn to_gregorian(&self) -> Option<Self> {
        if self.calendar() == Some(Calendar::Gregorian) {
            return None;
        }
        let convert = |endpoint: &Endpoint, is_start: bool| {
            Some(match endpoint {
                Endpoint::Dated(part) => Endpoint::Dated(gregorian(part, is_start)?),
                Endpoint::Beyond(part) => Endpoint::Beyond(gregorian(part, is_start)?),
                other => *other,
            })
        };
        match self {
            Self::Single(part) if part.precision <= Precision::Day => gregorian(part, true).map(Self::Single),
            Self::Single(part) => {
                let (first, last) = (gregorian(part, true)?, gregorian(part, false)?);
                Some(Self::Span { start: Endpoint::Dated(first), end: Endpoint::Dated(last) })
            }
            Self::Span { start, end } => Some(Self::Span { start: convert(start, true)?, end: convert(end, false)? }),
            Self::Set(_) => None,
        }
    }
}

/// Returns the Gregorian day on which a part begins or ends, and its time of day if it has one, or `None` if that would
/// be more exact than what is known: for a part coarser than a year, or with unspecified digits.
fn gregorian(part: &DatePart, is_start: bool) -> Option<DatePart> {
    match part.form {
        Form::Mask(_) => None,
        Form::Ago { .. } => Some(*part),
        Form::Dual if part.precision == Precision::Day => Some(day_of(part, part.extent.start)),
        _ if part.precision <= Precision::Day => Some(DatePart { calendar: Calendar::Gregorian, ..*part }),
        _ if part.precision > Precision::Year => None,
        _ if is_start => Some(day_of(part, part.extent.start)),
        _ => Some(day_of(part, part.extent.end.saturating_sub(1))),
    }
}

/// Returns the first second of the year 1.
fn turn_of_era() -> i64 {
    Calendar::Gregorian.year_start(1)
}

/// Returns the Gregorian day of a second, with the marks of the part.
fn day_of(part: &DatePart, second: i64) -> DatePart {
    let (year, month, day) = Calendar::Gregorian.civil(second.div_euclid(DAY));
    let marks = Marks { approximate: part.approximate, uncertain: part.uncertain };
    parts::day(Calendar::Gregorian, year, month, day).marked(marks)
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

/// Returns an end of a span of which at least one end is "or earlier" or "or later".
fn loose_end(endpoint: &Endpoint, beyond: &str, manner: Manner) -> String {
    match endpoint {
        Endpoint::Dated(part) => words::part(part, manner),
        Endpoint::Beyond(part) => format!("{} or {beyond}", words::part(part, manner)),
        Endpoint::Open => "open".into(),
        Endpoint::Unknown => "unknown".into(),
    }
}

/// Returns two dates in words, with what they have in common written once.
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
    let both_eras = a.first_civil().year <= 0 && b.last_civil().year > 0;
    let manner = Manner { common_era: both_eras, ..manner };
    let part = |part: &DatePart| in_calendar(part, words::part(part, manner), a.calendar != b.calendar);
    format!("{} – {}", part(a), part(b))
}

/// Returns the words of a part, with its calendar if `several` calendars occur in the date.
fn in_calendar(part: &DatePart, words: String, several: bool) -> String {
    match part.calendar {
        _ if !several => words,
        Calendar::Julian => format!("{words} (Julian)"),
        Calendar::Gregorian => format!("{words} (Gregorian)"),
    }
}

/// Returns two dates of one kind that have their end in common: "3–7 May 1970", "44–31 BCE", "252–66 million years
/// ago".
fn compact(a: &DatePart, b: &DatePart, manner: Manner) -> Option<String> {
    match (a.form, b.form) {
        (Form::Calendar | Form::Local { .. }, Form::Calendar | Form::Local { .. }) if a.precision == b.precision => {
            calendar_pair(a, b, manner)
        }
        (Form::Zoned { offset, .. }, Form::Zoned { offset: other, .. })
            if offset == other && a.precision == b.precision =>
        {
            Some(words::zoned_pair(a, b, offset.seconds(), manner))
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
            let same_era = (a.last_civil().year <= 0) == (b.last_civil().year <= 0);
            let (start, end) = (words::body(a, manner), words::body(b, manner));
            let start = start.strip_suffix(" BCE").filter(|_| same_era).map_or(start.clone(), str::to_owned);
            Some(format!("{start} to {end}"))
        }
        _ => None,
    }
}

fn calendar_pair(a: &DatePart, b: &DatePart, manner: Manner) -> Option<String> {
    let (start, end) = (a.first_civil(), b.first_civil());
    let same_year = start.year == end.year;
    let same_month = same_year && start.month == end.month;
    let end_words = || words::body(b, manner);
    match a.precision {
        Precision::Year => Some(manner.years(start.year, end.year)),
        Precision::Month if same_year => Some(format!("{}–{}", month(manner.style, start.month), end_words())),
        Precision::Day if same_month => Some(format!("{}–{}", start.day, end_words())),
        Precision::Day if same_year => {
            Some(format!("{} {} – {}", start.day, month(manner.style, start.month), end_words()))
        }
        precision if precision < Precision::Day && same_month && start.day == end.day => {
            Some(format!("{}–{}", words::body(a, manner), words::clock(b)))
        }
        _ => None,
    }
}

// ------------------------------------------------------------------------------------------------- sets

fn set_words(set: &DateSet, manner: Manner) -> String {
    let all = set.kind == SetKind::AllOf;
    let join = if all { "and" } else { "or" };
    let dates: Option<Vec<&DatePart>> =
        set.parts.iter().map(|part| if let SetPart::On(date) = part { Some(date) } else { None }).collect();
    if let Some(text) = dates.and_then(|dates| sharing(&dates, join, manner)) {
        return text;
    }
    let first_of = |part: &SetPart| match part {
        SetPart::On(part)
        | SetPart::Through(part, _)
        | SetPart::OnOrBefore(part)
        | SetPart::OnOrAfter(part)
        | SetPart::Before(part)
        | SetPart::After(part) => *part,
    };
    let several = set.parts.windows(2).any(|pair| match pair {
        [a, b] => first_of(a).calendar != first_of(b).calendar,
        _ => false,
    });
    let member = |part: &SetPart| match part {
        SetPart::Through(..) => set_part(part, all, manner),
        _ => in_calendar(&first_of(part), set_part(part, all, manner), several),
    };
    let members: Vec<String> = set.parts.iter().map(member).collect();
    joined(&members, join)
}

/// Joins members as in "a, b or c".
fn joined(members: &[String], join: &str) -> String {
    match members {
        [] => String::new(),
        [only] => only.clone(),
        [firsts @ .., last] => format!("{} {join} {last}", firsts.join(", ")),
    }
}

/// Returns several dates of one kind with what they have in common written once: "10 or 11 January 49 BCE", "30 January
/// or 2 February 1900", "44 or 43 BCE". Returns `None` if they have nothing in common.
fn sharing(dates: &[&DatePart], join: &str, manner: Manner) -> Option<String> {
    let [first, .., last] = dates else { return None };
    let alike = |date: &&&DatePart| {
        date.form == Form::Calendar
            && (date.precision, date.calendar) == (last.precision, last.calendar)
            && !date.approximate.any()
            && !date.uncertain.any()
    };
    if !dates.iter().all(|date| alike(&date)) {
        return None;
    }
    let civil: Vec<Civil> = dates.iter().map(|date| date.first_civil()).collect();
    let end = last.first_civil();
    let same_year = civil.iter().all(|date| date.year == end.year);
    let same_month = same_year && civil.iter().all(|date| date.month == end.month);
    let both_before = first.first_civil().year <= 0 && civil.iter().all(|date| date.year <= 0);
    let short = |date: &Civil| match last.precision {
        Precision::Day if same_month => Some(date.day.to_string()),
        Precision::Day if same_year => Some(format!("{} {}", date.day, month(manner.style, date.month))),
        Precision::Month if same_year => Some(month(manner.style, date.month).to_owned()),
        Precision::Year if both_before => Some(grouped(date.year.unsigned_abs() + 1)),
        _ => None,
    };
    let (_, firsts) = civil.split_last()?;
    let mut members: Vec<String> = firsts.iter().map(short).collect::<Option<_>>()?;
    members.push(words::body(last, manner));
    Some(joined(&members, join))
}

fn set_part(part: &SetPart, all: bool, manner: Manner) -> String {
    match part {
        SetPart::On(part) => words::part(part, manner),
        SetPart::Through(first, last) if all => pair(first, last, manner),
        SetPart::Through(first, last) => {
            let several = first.calendar != last.calendar;
            let part = |part| in_calendar(part, words::part(part, manner), several);
            let apart = || format!("{} and {}", part(first), part(last));
            format!("between {}", sharing(&[first, last], "and", manner).unwrap_or_else(apart))
        }
        SetPart::OnOrBefore(part) => format!("{} or earlier", words::part(part, manner)),
        SetPart::OnOrAfter(part) => format!("{} or later", words::part(part, manner)),
        SetPart::Before(part) => format!("before {}", words::part(part, manner)),
        SetPart::After(part) => format!("after {}", words::part(part, manner)),
    }
}

// ------------------------------------------------------------------------------------------------- precision

/// Returns the name of the unit to which a part is dated.
fn unit(part: &DatePart) -> String {
    if let Form::Portion { portion, .. } = part.form {
        return portions::unit(part.precision, portion);
    }
    let name = match part.precision {
        Precision::Second => fraction_unit(part.fraction().digits),
        Precision::Minute => "minute",
        Precision::Hour => "hour",
        Precision::Day => "day",
        Precision::Week => "week",
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

/// Returns the name of the unit of a second with that many decimals.
const fn fraction_unit(digits: u8) -> &'static str {
    match digits {
        0 => "second",
        1 => "tenth of a second",
        2 => "hundredth of a second",
        3 => "millisecond",
        4 => "ten-thousandth of a second",
        5 => "hundred-thousandth of a second",
        6 => "microsecond",
        7 => "ten-millionth of a second",
        8 => "hundred-millionth of a second",
        _ => "nanosecond",
    }
}

fn years_unit(power: u32) -> String {
    format!("nearest {} years", grouped(10_u64.pow(power)))
}

/// Returns the marks after a unit: ", approximate", ", month uncertain".
fn marks(part: &DatePart) -> String {
    let mut said = match (part.approximate.all(), part.uncertain.all()) {
        (false, false) => String::new(),
        (true, false) => ", approximate".to_owned(),
        (false, true) => ", uncertain".to_owned(),
        (true, true) => ", approximate and uncertain".to_owned(),
    };
    if let Some(of_components) = words::component_marks(part, Style::Full) {
        said.push_str(", ");
        said.push_str(&of_components);
    }
    said
}

fn span_precision(start: &Endpoint, end: &Endpoint) -> String {
    let one = |endpoint: &Endpoint| match endpoint {
        Endpoint::Dated(part) => format!("{}{}", unit(part), marks(part)),
        Endpoint::Beyond(part) => format!("{} or beyond{}", unit(part), marks(part)),
        Endpoint::Open | Endpoint::Unknown => String::new(),
    };
    let (first, last) = (one(start), one(end));
    let open = |endpoint: &Endpoint, side: &str| match endpoint {
        Endpoint::Open if side == "end" => ", goes on".to_owned(),
        Endpoint::Open => ", open start".to_owned(),
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
