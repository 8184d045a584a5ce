//! Rewrites forms with a syntax of their own in forms that the reader knows.
//!
//! The forms are tried on a text that can be nothing else ([`is_certain`]) and on one that the reader refuses. They are
//! applied one after the other, so that they may be combined ("Friday 12 April 1985", "XIVth–XVth century"). The date
//! is what the rewritten text is read as; its cautions and errors refer to the text as written.

mod calendars;
mod draft;
mod gedcom;
mod measured;
mod rewriting;
mod roman;
mod weekday;
pub(super) mod weeks;

use super::civil::Calendar;
use super::error::DateError;
use super::reading::Reading;
use rewriting::Rewriting;

pub(super) use roman::value as roman_value;

/// The length in bytes above which a text is in none of these forms.
const LONGEST: usize = 200;

/// Rewrites one form. Returns an error if a text is in the form but denotes something that does not exist.
type Form = fn(&mut Rewriting) -> Result<(), DateError>;

const FORMS: [Form; 7] = [
    gedcom::rewrite,
    calendars::rewrite,
    weekday::rewrite,
    draft::rewrite,
    weeks::rewrite,
    roman::rewrite,
    measured::rewrite,
];

/// Returns `true` if the first word, the last word or a sign shows that a text is in one of these forms, so that the
/// reader would refuse it. The check is quick and misses some, which are found after the reader has refused them.
pub(super) fn is_certain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let first = match bytes {
        [b'0'..=b'9', rest @ ..] => rest.iter().take(4).any(|b| matches!(b, b'u' | b'x')),
        [b'I' | b'V' | b'X' | b'L', ..] => roman::leads(text),
        [b'y', ..] => true,
        [b'A'..=b'Z' | b'a'..=b'z', ..] => weekday::leads(text),
        _ => false,
    };
    let is_present = bytes.last_chunk::<2>().is_some_and(|end| end.eq_ignore_ascii_case(b"bp"));
    let in_numerals = bytes.ends_with(b"century") && bytes.iter().any(|b| matches!(b, b'I' | b'V' | b'X'));
    first
        || in_numerals
        || draft::is_decade(bytes)
        || is_present
        || bytes.windows(2).any(|signs| matches!(signs, b"@#" | b"+/" | b"+-" | [0xC2, 0xB1]))
}

/// Reads a date in one of these forms, with `read` for the rewritten text. Returns `None` if it is in none of them.
pub(super) fn read(
    text: &str,
    calendar: Calendar,
    read: impl Fn(&str, Calendar) -> Result<Reading, DateError>,
) -> Option<Result<Reading, DateError>> {
    if text.len() > LONGEST {
        return None;
    }
    let mut rewriting = Rewriting::new(text, calendar);
    for form in FORMS {
        if let Err(error) = form(&mut rewriting) {
            // A form that refuses a text has not changed it.
            let range = place(text, &rewriting.text, error.range.clone());
            return Some(Err(error.onto(text, &rewriting.text, range)));
        }
    }
    if rewriting.text == text {
        return None;
    }
    let Rewriting { text: rewritten, calendar, mut cautions, weekdays, certain, explicit } = rewriting;
    match read(&rewritten, calendar) {
        Ok(reading) => {
            if !explicit {
                cautions.extend(reading.cautions.into_iter().map(|caution| caution.onto(text, &rewritten)));
            }
            cautions.extend(weekday::doubt(&reading.date, &weekdays, text));
            Some(Ok(Reading { date: reading.date, cautions }))
        }
        Err(error) if certain => {
            let range = place(text, &rewritten, error.range.clone());
            Some(Err(DateError::new(range, error.message)))
        }
        Err(_) => None,
    }
}

/// Returns the range in the text as written of a range in the rewritten text, or the whole text if it is not found.
fn place(text: &str, rewritten: &str, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let piece = rewritten.get(range).unwrap_or_default();
    match text.find(piece) {
        Some(at) if !piece.is_empty() => at..at + piece.len(),
        _ => 0..text.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the text as rewritten by a form, or the text itself if it is not in the form.
    pub(super) fn rewritten(form: Form, text: &str) -> Result<String, DateError> {
        let mut rewriting = Rewriting::new(text, Calendar::Gregorian);
        form(&mut rewriting)?;
        Ok(rewriting.text)
    }

    pub(super) fn check(form: Form, text: &str, expect: &str) {
        assert_eq!(rewritten(form, text).as_deref(), Ok(expect), "{text}");
    }

    pub(super) fn refused(form: Form, text: &str, message: &str) {
        assert_eq!(rewritten(form, text).map_err(|error| error.message), Err(message.to_owned()), "{text}");
    }

    #[test]
    fn an_error_stands_where_its_text_does() {
        assert_eq!(place("INT 1850 FOO", "1850 FOO", 5..8), 9..12);
        assert_eq!(place("XIX", "19th", 0..4), 0..3);
    }
}
