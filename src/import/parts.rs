//! Dates from the parts that a file gives, such as a year, a month and a day, as texts of a document.

use super::dates::is_date;
use crate::date::{Calendar, month_name};

/// A year, a month or a day, with how sure it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// The astronomical year: 0 is 1 BCE.
    pub year: i64,
    /// The month, from 1.
    pub month: Option<u8>,
    /// The day of the month, from 1; only with a month.
    pub day: Option<u8>,
    /// Whether it is approximate.
    pub approximate: bool,
    /// Whether it is uncertain.
    pub uncertain: bool,
}

impl Parts {
    /// Creates a year.
    #[must_use]
    pub fn year(year: i64) -> Self {
        Self { year, ..Self::default() }
    }

    /// Creates a day of a month, a month, or a year. Parts that no calendar has are left out: month 13, day 0, and, in
    /// `calendar`, 30 February.
    #[must_use]
    pub fn new(calendar: Calendar, year: i64, month: Option<u8>, day: Option<u8>) -> Self {
        let month = month.filter(|month| (1..=12).contains(month));
        let last = month.map_or(0, |month| calendar.days_in_month(year, month));
        Self { year, month, day: day.filter(|day| (1..=last).contains(day)), ..Self::default() }
    }

    /// Reads what [`Date`](crate::date::Date) writes of a single date: `1850-03-01~`.
    #[must_use]
    pub fn of_iso(text: &str) -> Option<Self> {
        let bare = text.trim_end_matches(['~', '?', '%']);
        let marks = text.get(bare.len()..)?;
        let approximate = marks.contains(['~', '%']);
        let uncertain = marks.contains(['?', '%']);
        let (sign, digits) = bare.strip_prefix('-').map_or((1, bare), |digits| (-1, digits));
        let mut numbers = digits.split('-');
        let year = numbers.next().filter(|year| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()))?;
        let mut part = || numbers.next().map(str::parse::<u8>).transpose().ok();
        let (month, day) = (part()?, part()?);
        let is_month = month.is_none_or(|month| (1..=12).contains(&month));
        let year = sign * year.parse::<i64>().ok()?;
        (is_month && numbers.next().is_none()).then_some(Self { year, month, day, approximate, uncertain })
    }

    /// Returns the same, as approximate.
    #[must_use]
    pub fn about(self) -> Self {
        Self { approximate: true, ..self }
    }

    /// Returns the same, as uncertain.
    #[must_use]
    pub fn perhaps(self) -> Self {
        Self { uncertain: true, ..self }
    }

    /// Returns the date before the first or after the last that this may be, at the same precision.
    #[must_use]
    pub fn neighbour(self, calendar: Calendar, step: i64) -> Self {
        let Some(month) = self.month else { return Self { year: self.year + step, ..self } };
        let Some(day) = self.day else {
            let months = self.year * 12 + i64::from(month) - 1 + step;
            return Self { year: months.div_euclid(12), month: Some((months.rem_euclid(12) + 1) as u8), ..self };
        };
        let (year, month, day) = calendar.civil(calendar.days(self.year, month, day) + step);
        Self { year, month: Some(month), day: Some(day), ..self }
    }

    /// Returns a Julian day in the Gregorian calendar; a month or a year stays as it is.
    #[must_use]
    pub fn to_gregorian(self) -> Self {
        let (Some(month), Some(day)) = (self.month, self.day) else { return self };
        let (year, month, day) = Calendar::Gregorian.civil(Calendar::Julian.days(self.year, month, day));
        Self { year, month: Some(month), day: Some(day), ..self }
    }

    /// Returns the text in EDTF, or, before the era, as a person writes it, which needs no year zero: `44 BCE`.
    #[must_use]
    pub fn text(self) -> String {
        if let Some(age) = self.age() {
            let about = if self.approximate { "c. " } else { "" };
            return format!("{about}{age}{}", if self.uncertain { "?" } else { "" });
        }
        if self.year < 1 {
            let about = if self.approximate { "c. " } else { "" };
            let day = self.day.map(|day| format!("{day} ")).unwrap_or_default();
            let month = self.month.and_then(month_name);
            let month = month.map(|month| format!("{month} ")).unwrap_or_default();
            let mark = if self.uncertain { "?" } else { "" };
            return format!("{about}{day}{month}{} BCE{mark}", 1 - self.year);
        }
        format!("{}{}", self.iso(), self.mark())
    }

    /// Returns a round number of millions or billions of years, as geologists write it: "65.5 Ma".
    ///
    /// Ages are counted from today, years before the era from its beginning: with so few digits both are the same.
    fn age(self) -> Option<String> {
        let before = 1 - self.year;
        let (unit, name) = if before >= 1_000_000_000 { (1_000_000_000, "Ga") } else { (1_000_000, "Ma") };
        if before < unit || before % (unit / 100) != 0 || self.month.is_some() {
            return None;
        }
        let (whole, hundredths) = (before / unit, before % unit / (unit / 100));
        let digits = if hundredths == 0 { whole.to_string() } else { format!("{whole}.{hundredths:02}") };
        let digits = if hundredths == 0 { digits.as_str() } else { digits.trim_end_matches('0') };
        Some(format!("{digits} {name}"))
    }

    fn mark(self) -> &'static str {
        match (self.approximate, self.uncertain) {
            (false, false) => "",
            (true, false) => "~",
            (false, true) => "?",
            (true, true) => "%",
        }
    }

    /// Returns the numbers in ISO 8601.
    fn iso(self) -> String {
        let year = match self.year {
            year @ 0..=9999 => format!("{year:04}"),
            year @ -9999..0 => format!("-{:04}", -year),
            year => format!("Y{year}"),
        };
        let month = self.month.map(|month| format!("-{month:02}")).unwrap_or_default();
        let day = self.day.map(|day| format!("-{day:02}")).unwrap_or_default();
        format!("{year}{month}{day}")
    }

    /// Returns the text as one end of a span whose other end is in an era of its own.
    fn text_of_end(self, is_apart: bool) -> String {
        if is_apart && self.year >= 1 && self.month.is_none() {
            let about = if self.approximate { "c. " } else { "" };
            let mark = if self.uncertain { "?" } else { "" };
            return format!("{about}{} CE{mark}", self.year);
        }
        self.text()
    }
}

/// One end of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// At a date.
    At(Parts),
    /// At a date, or beyond it: before it if the span begins there, after it if it ends there.
    Beyond(Parts),
    /// It is not known.
    Unknown,
    /// It goes on.
    Open,
}

impl End {
    fn parts(self) -> Option<Parts> {
        match self {
            Self::At(parts) | Self::Beyond(parts) => Some(parts),
            Self::Unknown | Self::Open => None,
        }
    }
}

/// Returns a span as text. Returns `None` if no end is known, or it ends before it begins.
#[must_use]
pub fn span(start: End, end: End) -> Option<String> {
    let years = [start, end].map(|end| end.parts().map(|parts| parts.year));
    let is_apart = matches!(years, [Some(start), Some(end)] if start < 1 && end >= 1);
    let write = |iso: bool| {
        let one = |end: End, is_start: bool| {
            let text = |parts: Parts| {
                if iso { format!("{}{}", parts.iso(), parts.mark()) } else { parts.text_of_end(is_apart) }
            };
            match end {
                End::At(parts) => text(parts),
                End::Beyond(parts) if is_start => format!("..{}", text(parts)),
                End::Beyond(parts) => format!("{}..", text(parts)),
                End::Unknown => String::new(),
                End::Open => "..".to_owned(),
            }
        };
        format!("{}/{}", one(start, true), one(end, false))
    };
    // What people write is clearer before the era, but EDTF can say all of it.
    [false, true].map(write).into_iter().find(|text| is_date(text))
}

/// Returns a date between two others, of which either may be missing: `[1800..1805]`.
#[must_use]
pub fn between(first: Option<Parts>, last: Option<Parts>) -> Option<String> {
    let write = |iso: bool| {
        let text = |parts: Option<Parts>| parts.map(|parts| if iso { parts.iso() } else { parts.text() });
        format!("[{}..{}]", text(first).unwrap_or_default(), text(last).unwrap_or_default())
    };
    [false, true].map(write).into_iter().find(|text| is_date(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::Date;

    fn parts(text: &str) -> Parts {
        Parts::of_iso(text).expect("a date")
    }

    #[test]
    fn dates_are_read_back() {
        let check = |text: &str, expect: &str| {
            assert_eq!(parts(text).text(), expect);
            assert!(Date::parse(expect).is_ok(), "{expect}");
        };
        check("1850", "1850");
        check("1850-03~", "1850-03~");
        check("0044-03-15?", "0044-03-15?");
        check("-0043", "44 BCE");
        check("-0043-03-15~", "c. 15 March 44 BCE");
        check("0000?", "1 BCE?");
        assert_eq!(Parts::year(12_000).text(), "Y12000");
        assert_eq!(Parts::year(1 - 13_700_000_000).text(), "13.7 Ga");
        assert_eq!(Parts::year(1 - 4_000_000_000).about().text(), "c. 4 Ga");
        assert_eq!(Parts::year(1 - 65_500_000).text(), "65.5 Ma");
        assert_eq!(Parts::year(1 - 65_123_456).text(), "65123456 BCE");
        assert_eq!(Parts::year(1 - 12_000).text(), "12000 BCE");
        for text in ["", "x", "12", "1850-13", "1850-01-01-01", "1850/1851", "18XX"] {
            assert_eq!(Parts::of_iso(text), None, "{text}");
        }
    }

    #[test]
    fn spans_are_dates() {
        let check = |start: End, end: End, expect: Option<&str>| {
            assert_eq!(span(start, end).as_deref(), expect, "{start:?} {end:?}");
        };
        let at = |text: &str| End::At(parts(text));
        check(at("1777-03-17"), at("1861-06-07"), Some("1777-03-17/1861-06-07"));
        check(at("1755"), at("1808~"), Some("1755/1808~"));
        check(at("1755"), End::Unknown, Some("1755/"));
        check(at("1755"), End::Open, Some("1755/.."));
        check(End::Unknown, at("1755"), Some("/1755"));
        check(End::Beyond(parts("1800")), End::Beyond(parts("1850")), Some("..1800/1850.."));
        check(at("-0062"), at("0014"), Some("63 BCE/14 CE"));
        check(at("-0062-09-23"), at("0014-08-19"), Some("23 September 63 BCE/0014-08-19"));
        check(at("-0099-07"), at("-0043-03-15"), Some("July 100 BCE/15 March 44 BCE"));
        check(End::At(Parts::year(1 - 65_500_000)), at("2000"), Some("65.5 Ma/2000 CE"));
        check(End::At(Parts::year(1 - 13_700_000_000)), End::Open, Some("13.7 Ga/.."));
        check(at("1850"), at("1840"), None);
        check(End::Unknown, End::Unknown, None);
        assert_eq!(between(Some(parts("-0043")), Some(parts("-0030"))).as_deref(), Some("[44 BCE..31 BCE]"));
        assert_eq!(between(None, Some(parts("1799"))).as_deref(), Some("[..1799]"));
        assert_eq!(between(Some(parts("1801")), Some(parts("1799"))), None);
    }

    #[test]
    fn neighbours_are_next_to_each_other() {
        let check = |text: &str, step: i64, expect: &str| {
            assert_eq!(parts(text).neighbour(Calendar::Gregorian, step), parts(expect));
        };
        check("1800", -1, "1799");
        check("1800-01", -1, "1799-12");
        check("1800-12", 1, "1801-01");
        check("1800-03-01", -1, "1800-02-28");
        check("1800-12-31", 1, "1801-01-01");
        assert_eq!(parts("1732-02-11").to_gregorian(), parts("1732-02-22"));
    }
}
