//! Dates as people mean them: text -> [`Date`] -> words.
//!
//! A date is one string, in EDTF (ISO 8601-2, levels 0 to 2) or in a form that people write: `1965`, `2015-12-10`,
//! `1998/..`, `156X`, `1850~`, `44 BCE`, `15 March 44 BCE`, `6th century BCE`, `c. 1850`, `66 Ma`, `1998–present`,
//! `2015-12-10T14:30+09:00`. It is held as the half-open interval of [`Seconds`] that it may be, with its precision
//! and its marks: "1965" is the whole of 1965 and is never taken for its first day.
//!
//! ```text
//! text -> reader -> plain    YYYY[-MM[-DD]], the common case
//!                -> edtf     masks, seasons, Y years, significant digits (edtf-core)
//!                -> spoken   spans, lists and limits in words: lex -> written -> share -> human; time: times of day
//!                -> forms    what has a syntax of its own: GEDCOM, weeks, years before present
//!                -> doubt    what may have been meant otherwise
//!                -> explain, suggest    what is wrong, where, and what to write
//! Date + zone -> Date        times of day on an axis in one zone (jiff)
//! Date -> words, phrases     one part; spans, sets, Julian and Gregorian side by side
//! (Date, Date) -> difference
//! ```
//!
//! # Texts that can be read in two ways
//!
//! 1. What EDTF defines is read as EDTF defines it. Where people write the same for something else, a [`Caution`] names
//!    both: `-0044` is 45 BCE, not 44 BCE; `1929-39` is a third of a year, not ten years. A month of ISO 8601 is no
//!    doubt: `1905-06` is June.
//! 2. What EDTF does not define is read in the likelier way, with a caution that names the other, where a wrong reading
//!    is a small error: the two share their first or their last day, one lies within the other, or they are a year or
//!    some days apart. So "1500s" is a hundred years, "before 1914" ends with 1913, "1750/51" is two years, the mark of
//!    "c. 1850–60" is that of 1850, and "winter 1916" begins in 1916.
//! 3. Anything else is refused, and both readings are suggested: "c. 1930-35", `1910/12`, "327–21 BCE", "500 BCE – 300",
//!    "21 February 1750/1751", "28 February 1900 or 1901".
//!
//! A dash, "to" or an era leaves no doubt where a hyphen or a slash does: "1929–39" and "1929-39 CE" are years.
//!
//! All arithmetic is on integers and saturates; no input panics.

mod difference;
mod doubt;
mod edtf;
mod error;
mod explain;
mod forms;
mod human;
mod joined;
mod lex;
mod lexicon;
mod marks;
mod mask;
mod model;
mod parts;
mod phrases;
mod plain;
mod portions;
mod reader;
mod share;
mod spoken;
mod suggest;
mod time;
mod undated;
mod vocabulary;
mod words;
mod written;
mod zone;

pub mod civil;

pub use civil::{Calendar, iso};
pub use difference::{Difference, Direction, between};
pub use error::{Caution, DateError};
pub use marks::Components;
pub use model::{Date, DatePart, DateSet, Endpoint, Interval, Precision, Seconds, SetKind, SetPart};
pub use undated::is_undated;
pub use zone::{Clocks, Zone, ZoneDoubt};

impl Date {
    /// Reads a date in the Gregorian calendar.
    ///
    /// # Errors
    /// The place in `text` that is at fault, why, and what to write instead.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        Self::parse_in(text, Calendar::Gregorian)
    }

    /// Reads a date whose days, months and years are those of `calendar`. Decades and coarser units, and ages, are
    /// the same in either calendar, for they say less than the days between the two.
    ///
    /// # Errors
    /// The place in `text` that is at fault, why, and what to write instead.
    pub fn parse_in(text: &str, calendar: Calendar) -> Result<Self, DateError> {
        match Self::read_any(text, calendar) {
            Ok(reading) => Ok(reading.date),
            Err(error) => Err(Self::explained(error, text, calendar)),
        }
    }

    /// Reads a date as [`Date::parse_in`] does, and tells what in it may have been meant otherwise.
    ///
    /// # Errors
    /// The place in `text` that is at fault, why, and what to write instead.
    pub fn read(text: &str, calendar: Calendar) -> Result<Reading, DateError> {
        let again = |text: &str| Self::read_any(text, calendar).ok().map(|reading| reading.date);
        let mut reading = Self::read_any(text, calendar).map_err(|error| Self::explained(error, text, calendar))?;
        if !reading.cautions.is_empty() {
            reading.cautions = reading.cautions.into_iter().map(|caution| caution.complete(text, again)).collect();
        }
        Ok(reading)
    }

    /// The error with what the text was most likely meant to be.
    fn explained(error: DateError, text: &str, calendar: Calendar) -> DateError {
        if is_undated(text) && !text.trim().is_empty() {
            return explain::undated(text);
        }
        let again = |text: &str| Self::read_any(text, calendar).ok().map(|reading| reading.date);
        let likely = suggest::texts(text, |text| again(text).is_some());
        error.prefer(text, likely).complete(text, again)
    }

    /// Reads a date in any form, without suggestions.
    fn read_any(text: &str, calendar: Calendar) -> Result<Reading, DateError> {
        if forms::is_certain(text)
            && let Some(Ok(reading)) = forms::read(text, calendar, reader::read)
        {
            return Ok(reading);
        }
        reader::read(text, calendar).or_else(|error| forms::read(text, calendar, reader::read).unwrap_or(Err(error)))
    }
}

/// A date that has been read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// What the text was read as.
    pub date: Date,
    /// Every place where something else may have been meant, in the order in which they were found.
    pub cautions: Vec<Caution>,
}
