//! Parses text as a [`Date`], with the reader for its form.

use super::civil::Calendar;
use super::error::DateError;
use super::model::Date;
use super::reading::Reading;
use super::undated::is_undated;
use super::{explain, forms, reader, suggest};

impl Date {
    /// Parses a date in the Gregorian calendar.
    ///
    /// # Errors
    /// Returns the bytes of `text` that are at fault, why, and what to write instead.
    ///
    /// ```
    /// use longview_model::date::Date;
    ///
    /// let date = Date::parse("March 44 BCE")?;
    /// assert_eq!(date.words(), "March 44 BCE");
    ///
    /// let Err(error) = Date::parse("31 June 1965") else { return Ok(()) };
    /// assert_eq!(error.to_string(), "June 1965 has 30 days");
    /// assert_eq!(error.range, 0..2);
    /// # Ok::<(), longview_model::date::DateError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, DateError> {
        Self::parse_in(text, Calendar::Gregorian)
    }

    /// Parses a date whose days, months, years and longer units are those of `calendar`. ISO weeks and ages are
    /// Gregorian in either calendar.
    ///
    /// # Errors
    /// Returns the bytes of `text` that are at fault, why, and what to write instead.
    ///
    /// ```
    /// use longview_model::date::{Calendar, Date};
    ///
    /// let revolution = Date::parse_in("1917-10-25", Calendar::Julian)?;
    /// assert_eq!(revolution.words_dual(), "25 October 1917 (Julian; 7 November 1917 Gregorian)");
    /// # Ok::<(), longview_model::date::DateError>(())
    /// ```
    pub fn parse_in(text: &str, calendar: Calendar) -> Result<Self, DateError> {
        match Self::read_any(text, calendar) {
            Ok(reading) => Ok(reading.date),
            Err(error) => Err(Self::explained(error, text, calendar)),
        }
    }

    /// Parses a date as [`Date::parse_in`] does, and adds cautions about what may have been meant otherwise.
    ///
    /// # Errors
    /// Returns the bytes of `text` that are at fault, why, and what to write instead.
    ///
    /// ```
    /// use longview_model::date::{Calendar, Date};
    ///
    /// let reading = Date::read("-0044", Calendar::Gregorian)?;
    /// assert_eq!(reading.date.words(), "45 BCE");
    /// assert_eq!(reading.cautions[0].suggestions, ["-0043"]);
    /// # Ok::<(), longview_model::date::DateError>(())
    /// ```
    pub fn read(text: &str, calendar: Calendar) -> Result<Reading, DateError> {
        let again = |text: &str| Self::read_any(text, calendar).ok().map(|reading| reading.date);
        let mut reading = Self::read_any(text, calendar).map_err(|error| Self::explained(error, text, calendar))?;
        if !reading.cautions.is_empty() {
            reading.cautions = reading.cautions.into_iter().map(|caution| caution.complete(text, again)).collect();
        }
        Ok(reading)
    }

    /// Parses a date as [`Date::read`] does, without a word on what is wrong and without suggestions, which cost much more
    /// than the date: for columns of texts that may be anything.
    ///
    /// ```
    /// use longview_model::date::{Calendar, Date};
    ///
    /// assert!(Date::try_read("22 June 1965", Calendar::Gregorian).is_some());
    /// assert!(Date::try_read("about the time it became known", Calendar::Gregorian).is_none());
    /// ```
    #[must_use]
    pub fn try_read(text: &str, calendar: Calendar) -> Option<Reading> {
        Self::read_any(text, calendar).ok()
    }

    /// Parses a date with words of another language than English: of some twenty languages of Europe, and with the signs
    /// for year, month and day of Chinese and Japanese. A document should have the date in English or in EDTF; this is for
    /// texts that come from elsewhere.
    ///
    /// ```
    /// use longview_model::date::{Calendar, Date};
    ///
    /// let date = |text| Some(Date::try_read_foreign(text, Calendar::Gregorian)?.date.to_string());
    /// assert_eq!(date("um 1850").as_deref(), Some("1850~"));
    /// assert_eq!(date("11. März 1870").as_deref(), Some("1870-03-11"));
    /// assert_eq!(date("22 June 1965"), None);
    /// ```
    #[must_use]
    pub fn try_read_foreign(text: &str, calendar: Calendar) -> Option<Reading> {
        Self::try_read(&suggest::in_english(text)?, calendar)
    }

    /// Returns the error with suggestions of what was most likely meant.
    fn explained(error: DateError, text: &str, calendar: Calendar) -> DateError {
        if is_undated(text) && !text.trim().is_empty() {
            return explain::undated(text);
        }
        let again = |text: &str| Self::read_any(text, calendar).ok().map(|reading| reading.date);
        let likely = suggest::texts(text, |text| again(text).is_some());
        error.prefer(text, likely).complete(text, again)
    }

    /// Parses a date in any form, without suggestions.
    fn read_any(text: &str, calendar: Calendar) -> Result<Reading, DateError> {
        if forms::is_certain(text)
            && let Some(Ok(reading)) = forms::read(text, calendar, reader::read)
        {
            return Ok(reading);
        }
        reader::read(text, calendar).or_else(|error| forms::read(text, calendar, reader::read).unwrap_or(Err(error)))
    }
}
