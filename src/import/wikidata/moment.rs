//! Moments of `xsd:dateTime`, with the precision and the calendar that Wikidata gives apart.

use super::super::dates::Dated;
use super::super::parts::Parts;
use crate::date::Calendar;
use crate::document;

/// A moment of `xsd:dateTime`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    /// The astronomical year.
    pub year: i64,
    /// The month, from 1.
    pub month: u8,
    /// The day, from 1.
    pub day: u8,
    /// Hour, minute and second.
    pub time: [u8; 3],
}

impl Moment {
    /// Returns whether it is the first moment of a year.
    pub fn is_first_of_year(self) -> bool {
        self.month == 1 && self.day == 1 && self.time == [0; 3]
    }

    fn day(self) -> Parts {
        Parts::new(Calendar::Gregorian, self.year, Some(self.month), Some(self.day))
    }

    /// Returns a day, month or year; one that is less precise is about a year.
    pub fn parts(self, precision: Option<u8>) -> Parts {
        match precision {
            None if self.is_first_of_year() => Parts::year(self.year),
            None | Some(11..) => self.day(),
            Some(10) => Parts { day: None, ..self.day() },
            Some(9) => Parts::year(self.year),
            Some(_) => Parts::year(self.year).about(),
        }
    }

    /// Returns the date with its precision.
    pub fn dated(self, precision: Option<u8>, is_julian: bool) -> Dated {
        let before = 1 - self.year;
        let (number, era) = if self.year < 1 { (before, " BCE") } else { (self.year, "") };
        let nth = |unit: i64, name: &str| Dated::exact(format!("{}{era}", ordinal((number + unit - 1) / unit, name)));
        match precision {
            Some(8) if self.year < 1 && before >= 10 => Dated::exact(format!("{}s BCE", before / 10 * 10)),
            Some(8) if (1..10_000).contains(&self.year) => Dated::exact(format!("{:03}X", self.year / 10)),
            Some(7) if number < 100_000 => nth(100, "century"),
            Some(6) if number < 100_000 => nth(1000, "millennium"),
            Some(..9) => Dated::exact(Parts::year(self.year).about().text()),
            precision => {
                let parts = self.parts(precision);
                if is_julian && parts.day.is_some() {
                    return self.julian();
                }
                let calendar = if is_julian && parts.month.is_some() {
                    document::Calendar::Julian
                } else {
                    document::Calendar::Gregorian
                };
                let is_timed = precision.is_some_and(|precision| precision > 11) && (1..10_000).contains(&self.year);
                let time = match self.time {
                    [hour, minute, second] if is_timed => format!("T{hour:02}:{minute:02}:{second:02}Z"),
                    _ => String::new(),
                };
                Dated { calendar, ..Dated::exact(format!("{}{time}", parts.text())) }
            }
        }
    }

    /// Returns the day in the Julian calendar, in which it was said.
    fn julian(self) -> Dated {
        let days = Calendar::Gregorian.days(self.year, self.month, self.day);
        let (year, month, day) = Calendar::Julian.civil(days);
        let parts = Parts::new(Calendar::Julian, year, Some(month), Some(day));
        Dated { calendar: document::Calendar::Julian, ..Dated::exact(parts.text()) }
    }

    /// Returns it as text, at the precision that it seems to have.
    pub fn words(self) -> String {
        self.parts(None).text()
    }
}

/// Returns an ordinal number with a name: "19th century".
fn ordinal(number: i64, name: &str) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending} {name}")
}

/// Reads a moment: `-0043-03-15T00:00:00Z`.
pub(super) fn moment(text: &str) -> Option<Moment> {
    let (sign, rest) = match text.as_bytes().first()? {
        b'-' => (-1, text.get(1..)?),
        b'+' => (1, text.get(1..)?),
        _ => (1, text),
    };
    let (date, time) = rest.split_once('T')?;
    let mut numbers = date.split('-');
    let year =
        numbers.next().filter(|year| (4..=12).contains(&year.len()) && year.bytes().all(|b| b.is_ascii_digit()))?;
    let mut two = || numbers.next().filter(|part| part.len() == 2)?.parse::<u8>().ok();
    let (month, day) = (two()?, two()?);
    let mut parts = time.trim_end_matches('Z').split(['+', '.']).next()?.split(':').map(|part| part.parse::<u8>().ok());
    let time = [parts.next()??, parts.next()??, parts.next().flatten().unwrap_or(0)];
    let year = sign * year.parse::<i64>().ok()?;
    (month <= 12 && day <= 31).then_some(Moment { year, month: month.max(1), day: day.max(1), time })
}

/// Reads a number as an astronomical year.
pub(super) fn year(text: &str) -> Option<i64> {
    text.parse::<i64>().ok().filter(|year| year.abs() < 100_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_have_their_precision() {
        let check = |text: &str, precision: Option<u8>, expect: &str| {
            let dated = moment(text).expect("a moment").dated(precision, false);
            assert_eq!(dated.date.as_deref(), Some(expect), "{text} {precision:?}");
            assert!(crate::date::Date::parse(expect).is_ok(), "{expect}");
        };
        check("1965-06-22T00:00:00Z", None, "1965-06-22");
        check("1965-01-01T00:00:00Z", None, "1965");
        check("1965-01-01T00:00:00Z", Some(11), "1965-01-01");
        check("1965-01-01T00:00:00Z", Some(9), "1965");
        check("1965-06-01T00:00:00Z", Some(10), "1965-06");
        check("1965-01-01T00:00:00Z", Some(8), "196X");
        check("1900-01-01T00:00:00Z", Some(7), "19th century");
        check("1850-01-01T00:00:00Z", Some(7), "19th century");
        check("2000-01-01T00:00:00Z", Some(6), "2nd millennium");
        check("-0449-01-01T00:00:00Z", Some(7), "5th century BCE");
        check("-0449-01-01T00:00:00Z", Some(8), "450s BCE");
        check("-0043-03-15T00:00:00Z", Some(11), "15 March 44 BCE");
        check("-0043-01-01T00:00:00Z", None, "44 BCE");
        check("-65999999-01-01T00:00:00Z", Some(3), "c. 66 Ma");
        check("+2014-01-05T12:34:56Z", Some(14), "2014-01-05T12:34:56Z");
        let newton = moment("1643-01-04T00:00:00Z").expect("a moment").dated(Some(11), true);
        let expect = Dated { calendar: document::Calendar::Julian, ..Dated::exact("1642-12-25") };
        assert_eq!(newton, expect);
        assert_eq!(ordinal(21, "century"), "21st century");
        assert_eq!(ordinal(12, "century"), "12th century");
        for text in ["", "1965", "1965-06-22", "Thu", "12-06-22T00:00:00Z", "1965-13-01T00:00:00Z", "T", "--T:"] {
            assert_eq!(moment(text), None, "{text}");
        }
    }
}
