//! Dates of GEDCOM: `ABT 1808`, `BET 1 JAN 1800 AND MAR 1805`, `@#DJULIAN@ 25 DEC 1066`, `INT 1812 (after the war)`.
//!
//! Sources: GEDCOM 5.5.1, "Primitive elements", `DATE_VALUE`; GEDCOM 7.0, section 2.4.

use crate::date::{Calendar, Date};
use crate::document;

use super::super::dates::{Dated, Dates};
use super::super::parts::{End, Parts, between, span};

/// What a date says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// A day, month or year.
    On(Parts),
    /// One of the dates between two.
    Between(Parts, Parts),
    /// Before a date.
    Before(Parts),
    /// After a date.
    After(Parts),
    /// All of a period, whose ends may be missing.
    Period(Option<Parts>, Option<Parts>),
}

/// A date that has been read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Read {
    /// What it says.
    pub when: When,
    /// The calendar of all of its parts.
    pub calendar: Calendar,
    /// Whether the words say more than what was read, so that they are kept.
    pub is_wordy: bool,
    /// What was concluded about it, for the report.
    pub concluded: Option<&'static str>,
}

impl Read {
    /// Returns the last year in which what it is the date of may have begun. Returns `None` if there is none.
    pub fn begun_by(&self) -> Option<i64> {
        match self.when {
            When::On(parts) | When::Between(_, parts) | When::Before(parts) => Some(parts.year),
            When::Period(first, last) => first.or(last).map(|parts| parts.year),
            When::After(_) => None,
        }
    }

    /// Returns the same in the Gregorian calendar.
    pub fn to_gregorian(&self) -> Self {
        if self.calendar == Calendar::Gregorian {
            return self.clone();
        }
        let when = match self.when {
            When::On(parts) => When::On(parts.to_gregorian()),
            When::Between(first, last) => When::Between(first.to_gregorian(), last.to_gregorian()),
            When::Before(parts) => When::Before(parts.to_gregorian()),
            When::After(parts) => When::After(parts.to_gregorian()),
            When::Period(first, last) => When::Period(first.map(Parts::to_gregorian), last.map(Parts::to_gregorian)),
        };
        Self { when, calendar: Calendar::Gregorian, ..self.clone() }
    }

    /// Returns whether it is a single date, so that the end of a life says as much.
    pub fn is_single(&self) -> bool {
        matches!(self.when, When::On(_))
    }

    /// Returns the date of an event. Returns `None` if no date can say it.
    pub fn dated(&self, words: &str) -> Option<Dated> {
        let at = |parts: Option<Parts>| parts.map_or(End::Unknown, End::At);
        let (text, is_wordy) = match self.when {
            When::On(parts) => (Some(parts.text()), false),
            When::Between(first, last) => (between(Some(first), Some(last)), false),
            // The date itself is not one of them.
            When::Before(parts) => (between(None, Some(parts.neighbour(self.calendar, -1))), true),
            When::After(parts) => (between(Some(parts.neighbour(self.calendar, 1)), None), true),
            When::Period(first, last) => (span(at(first), at(last)), false),
        };
        let date = text.filter(|text| Date::try_read(text, self.calendar).is_some())?;
        let calendar = document_calendar(self.calendar);
        let written = (is_wordy || self.is_wordy).then(|| words.to_owned());
        Some(Dated { calendar, written, ..Dated::exact(date) })
    }

    /// Returns the end of a life at its birth.
    ///
    /// A limit beyond which nothing is known is kept; of what is between two dates the earlier one is taken, as uncertain, so
    /// that a life contains all of the time in which it may have begun.
    pub fn birth(&self) -> (End, Option<&'static str>) {
        const BEGIN: &str = "the beginning of a life";
        match self.when {
            When::On(parts) => (End::At(parts), None),
            When::Before(parts) => (End::Beyond(parts), None),
            When::Between(parts, _) | When::After(parts) => (End::At(parts.perhaps()), Some(BEGIN)),
            When::Period(first, last) => {
                (first.or(last).map_or(End::Unknown, |parts| End::At(parts.perhaps())), Some(BEGIN))
            }
        }
    }

    /// Returns the end of a life at its death, of what is between two dates the later one; see [`Read::birth`].
    pub fn death(&self) -> (End, Option<&'static str>) {
        const END: &str = "the end of a life";
        match self.when {
            When::On(parts) => (End::At(parts), None),
            When::After(parts) => (End::Beyond(parts), None),
            When::Between(_, parts) | When::Before(parts) => (End::At(parts.perhaps()), Some(END)),
            When::Period(first, last) => {
                (last.or(first).map_or(End::Unknown, |parts| End::At(parts.perhaps())), Some(END))
            }
        }
    }
}

/// Returns a calendar as the document names it.
pub(super) fn document_calendar(calendar: Calendar) -> document::Calendar {
    match calendar {
        Calendar::Gregorian => document::Calendar::Gregorian,
        Calendar::Julian => document::Calendar::Julian,
    }
}

/// Reads a date. Returns `None` if it is a phrase, in a calendar that is not read, or no date.
pub(super) fn read(text: &str) -> Option<Read> {
    let text = text.trim();
    let (bare, phrase) = match text.split_once('(') {
        Some((bare, _)) => (bare.trim(), true),
        None => (text, false),
    };
    let words: Vec<&str> = bare.split_whitespace().collect();
    let mut reader = Reader { words: &words, at: 0, calendar: None, mixed: false, is_dual: false, concluded: None };
    let Some((when, mut is_wordy)) = reader.whole().filter(|_| reader.at == words.len() && !reader.mixed) else {
        return if phrase { None } else { as_people_write(text) };
    };
    is_wordy |= phrase;
    let calendar = reader.calendar.unwrap_or(Calendar::Gregorian);
    is_wordy |= reader.is_dual;
    Some(Read { when, calendar, is_wordy, concluded: reader.concluded })
}

/// Reads a date that is not as GEDCOM has it: "29 December 1812".
fn as_people_write(text: &str) -> Option<Read> {
    let dated = Dates::default().read(text);
    // A date that can be read in two ways stays with its words, in an event.
    let date = dated.date.filter(|_| dated.doubt.is_none())?;
    let iso = Date::try_read(&date, Calendar::Gregorian)?.date.to_string();
    let single = |text: &str| Parts::of_iso(text);
    let when = match iso.split_once('/') {
        Some((first, last)) => When::Period(single(first), single(last)),
        None => When::On(single(&iso)?),
    };
    let is_lost = matches!(when, When::Period(None, None)) || iso.contains("..");
    (!is_lost).then_some(Read { when, calendar: Calendar::Gregorian, is_wordy: true, concluded: None })
}

/// Reads words one after another.
struct Reader<'w> {
    words: &'w [&'w str],
    at: usize,
    /// The calendar of the dates so far.
    calendar: Option<Calendar>,
    /// Whether the dates are in different calendars.
    mixed: bool,
    /// Whether a year is a dual one.
    is_dual: bool,
    concluded: Option<&'static str>,
}

impl Reader<'_> {
    /// Returns the next word in upper case, without a full stop at its end.
    fn peek(&self) -> String {
        self.words.get(self.at).map(|word| word.trim_end_matches('.').to_uppercase()).unwrap_or_default()
    }

    fn take(&mut self, words: &[&str]) -> bool {
        let found = words.contains(&self.peek().as_str());
        self.at += usize::from(found);
        found
    }

    /// Reads all of a date; and whether its keyword says more than what it was read as.
    fn whole(&mut self) -> Option<(When, bool)> {
        if self.take(&["BET", "BETWEEN", "BTW"]) {
            let first = self.date()?;
            if !self.take(&["AND", "-", "&", "TO"]) {
                return None;
            }
            let last = self.date()?;
            return Some((When::Between(first, last), false));
        }
        if self.take(&["FROM"]) {
            let first = self.date()?;
            let last = if self.take(&["TO"]) { Some(self.date()?) } else { None };
            return Some((When::Period(Some(first), last), false));
        }
        if self.take(&["TO"]) {
            return Some((When::Period(None, Some(self.date()?)), false));
        }
        if self.take(&["BEF", "BEFORE"]) {
            return Some((When::Before(self.date()?), false));
        }
        if self.take(&["AFT", "AFTER"]) {
            return Some((When::After(self.date()?), false));
        }
        if self.take(&["ABT", "ABOUT", "CIR", "CIRCA", "CA", "C"]) {
            return Some((When::On(self.date()?.about()), false));
        }
        if self.take(&["CAL", "EST"]) {
            return Some((When::On(self.date()?.about()), true));
        }
        let is_wordy = self.take(&["INT"]);
        Some((When::On(self.date()?), is_wordy))
    }

    /// Reads a day, a month or a year, with its calendar before it.
    fn date(&mut self) -> Option<Parts> {
        let named = self.calendar();
        let number = |word: &str| word.parse::<u8>().ok().filter(|day| (1..=31).contains(day) && word.len() < 3);
        let mut day = None;
        let word = self.peek();
        let next = self.words.get(self.at + 1).map(|word| word.trim_end_matches('.').to_uppercase());
        if let Some(number) = number(&word).filter(|_| next.as_deref().is_some_and(|next| month(next).is_some())) {
            day = Some(number);
            self.at += 1;
        }
        let month = month(&self.peek());
        self.at += usize::from(month.is_some());
        let (mut year, is_dual) = year(self.words.get(self.at).copied().unwrap_or_default())?;
        self.at += 1;
        self.is_dual |= is_dual;
        if self.era() {
            year = 1 - year;
        }
        let calendar = if is_dual && named.is_none() {
            self.concluded = Some("the Julian calendar, of a dual year,");
            Calendar::Julian
        } else {
            named.unwrap_or(Calendar::Gregorian)
        };
        self.mixed |= self.calendar.is_some_and(|before| before != calendar);
        self.calendar = Some(calendar);
        let parts = Parts::new(calendar, year, month, day);
        (parts.day == day).then_some(parts)
    }

    fn era(&mut self) -> bool {
        let is_before = self.take(&["B.C", "BC", "BCE", "B.C.E"]);
        if !is_before {
            self.take(&["A.D", "AD", "CE"]);
        }
        is_before
    }

    /// Reads the name of a calendar that is read.
    fn calendar(&mut self) -> Option<Calendar> {
        let named = match self.peek().as_str() {
            "@#DGREGORIAN@" | "GREGORIAN" => Some(Calendar::Gregorian),
            "@#DJULIAN@" | "JULIAN" => Some(Calendar::Julian),
            _ => None,
        };
        self.at += usize::from(named.is_some());
        named
    }
}

/// Returns the month that a word in upper case names.
fn month(word: &str) -> Option<u8> {
    const MONTHS: [&str; 12] = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    const FULL: [&str; 13] = [
        "JANUARY",
        "FEBRUARY",
        "MARCH",
        "APRIL",
        "MAY",
        "JUNE",
        "JULY",
        "AUGUST",
        "SEPTEMBER",
        "OCTOBER",
        "NOVEMBER",
        "DECEMBER",
        "SEPT",
    ];
    // As programs in other languages write them, against the definition.
    const OTHERS: [(&str, u8); 16] = [
        ("MÄR", 3),
        ("MRZ", 3),
        ("MRT", 3),
        ("MARS", 3),
        ("AVR", 4),
        ("MAI", 5),
        ("MEI", 5),
        ("JUIN", 6),
        ("JUIL", 7),
        ("AOU", 8),
        ("AOÛ", 8),
        ("AOÛT", 8),
        ("OKT", 10),
        ("DEZ", 12),
        ("DÉC", 12),
        ("FÉV", 2),
    ];
    if let Some((_, month)) = OTHERS.iter().find(|(name, _)| *name == word) {
        return Some(*month);
    }
    if !FULL.iter().any(|full| *full == word || word.len() == 3 && full.starts_with(word)) {
        return None;
    }
    MONTHS.iter().position(|month| word.starts_with(month)).map(|index| index as u8 + 1)
}

/// Reads a year; and whether it is a dual one, `1731/32`, of which the later counts.
fn year(word: &str) -> Option<(i64, bool)> {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit()) && (1..=4).contains(&text.len());
    let Some((old, new)) = word.split_once('/') else {
        return digits(word).then(|| word.parse().ok()).flatten().map(|year| (year, false));
    };
    if !digits(old) || !digits(new) {
        return None;
    }
    let year = old.parse::<i64>().ok()? + 1;
    year.to_string().ends_with(new).then_some((year, true))
}

/// Returns a life from its birth to its death. Returns `None` if nothing is known of either, or it ends before it begins.
pub(super) fn life(birth: Option<&Read>, death: Option<&Read>) -> Option<(Dated, Option<&'static str>)> {
    let calendars = [birth, death].map(|read| read.map(|read| read.calendar));
    let is_julian = calendars.iter().flatten().all(|calendar| *calendar == Calendar::Julian);
    let calendar = if is_julian { Calendar::Julian } else { Calendar::Gregorian };
    let common = |read: &Read| if is_julian { read.clone() } else { read.to_gregorian() };
    let (start, first) = birth.map(common).map_or((End::Unknown, None), |read| read.birth());
    let (end, second) = death.map(common).map_or((End::Unknown, None), |read| read.death());
    let date = match (start, end) {
        // A child that died on the day of its birth.
        (End::At(start), End::At(end)) if start == end && start.day.is_some() => Some(start.text()),
        _ => span(start, end),
    };
    let date = date.filter(|date| Date::try_read(date, calendar).is_some())?;
    Some((Dated { calendar: document_calendar(calendar), ..Dated::exact(date) }, first.or(second)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read() {
        let check = |text: &str, date: &str, written: bool| {
            let dated = read(text).and_then(|read| read.dated(text)).unwrap_or_else(|| panic!("no date: {text}"));
            assert_eq!((dated.date.as_deref(), dated.written.is_some()), (Some(date), written), "{text}");
        };
        check("17 MAR 1777", "1777-03-17", false);
        check("APR 1744", "1744-04", false);
        check("1755", "1755", false);
        check("abt 1808", "1808~", false);
        check("Abt. Sept. 1808", "1808-09~", false);
        check("EST 1808", "1808~", true);
        check("CAL 31 DEC 1897", "1897-12-31~", true);
        check("BEF 1800", "[..1799]", true);
        check("AFT MAR 1800", "[1800-04..]", true);
        check("BEF 1 JAN 1800", "[..1799-12-31]", true);
        check("BET 1800 AND APR 1805", "[1800..1805-04]", false);
        check("FROM 1800 TO 3 MAY 1805", "1800/1805-05-03", false);
        check("FROM 1800", "1800/", false);
        check("TO 1805", "/1805", false);
        check("INT 1812 (after the war)", "1812", true);
        check("44 B.C.", "44 BCE", false);
        check("15 MAR 44 BCE", "15 March 44 BCE", false);
        check("@#DGREGORIAN@ 1 FEB 1700", "1700-02-01", false);
        check("@#DJULIAN@ 29 FEB 1700", "1700-02-29", false);
        check("JULIAN 29 FEB 1700", "1700-02-29", false);
        check("21 FEB 1750/51", "1751-02-21", true);
        check("3 MÄR 1750", "1750-03-03", false);
        check("AOÛT 1750", "1750-08", false);
        check("29 December 1812", "1812-12-29", false);
        check("December 29, 1812", "1812-12-29", true);
        check("1812-12-29", "1812-12-29", true);
        let julian = read("@#DJULIAN@ 25 DEC 1066").expect("a date");
        assert_eq!(julian.calendar, Calendar::Julian);
        assert_eq!(read("21 FEB 1750/51").map(|read| read.calendar), Some(Calendar::Julian));
        for text in [
            "",
            "(in the spring)",
            "@#DHEBREW@ 13 CSH 5760",
            "@#DFRENCH R@ 15 VEND 3",
            "FRENCH_R 15 VEND 3",
            "30 FEB 1800",
            "ABT",
            "BET 1800",
            "FROM @#DJULIAN@ 1700 TO @#DGREGORIAN@ 1750",
            "a long time ago",
            "12345",
            "Y",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn lives_have_ends() {
        let check = |birth: &str, death: &str, expect: Option<&str>| {
            let found = life(read(birth).as_ref(), read(death).as_ref());
            assert_eq!(found.and_then(|(dated, _)| dated.date).as_deref(), expect, "{birth} {death}");
        };
        check("17 MAR 1777", "7 JUN 1861", Some("1777-03-17/1861-06-07"));
        check("1755", "ABT 1808", Some("1755/1808~"));
        check("1755", "", Some("1755/"));
        check("", "1808", Some("/1808"));
        check("BEF 1755", "AFT 1808", Some("..1755/1808.."));
        check("BET 1750 AND 1755", "BET 1800 AND 1808", Some("1750?/1808?"));
        check("BET 1804 AND 1806", "1861", Some("1804?/1861"));
        check("1755", "BEF 1808", Some("1755/1808?"));
        check("@#DJULIAN@ 11 FEB 1731", "14 DEC 1799", Some("1731-02-22/1799-12-14"));
        check("@#DJULIAN@ 11 FEB 1700", "@#DJULIAN@ 14 DEC 1720", Some("1700-02-11/1720-12-14"));
        check("63 B.C.", "19 AUG 14", Some("63 BCE/0014-08-19"));
        check("3 MAY 1800", "3 MAY 1800", Some("1800-05-03"));
        check("1850", "1840", None);
        check("", "", None);
    }
}
