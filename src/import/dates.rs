//! Texts of a file as dates of a document.

use crate::date::{Calendar, Date, is_undated};
use crate::document;

/// A date, as an event has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dated {
    /// The date; absent if nothing is known of it.
    pub date: Option<String>,
    /// The calendar that it is written in.
    pub calendar: document::Calendar,
    /// The words of the file, if the date has others or is absent.
    pub written: Option<String>,
    /// What may have been meant instead, for a comment.
    pub doubt: Option<String>,
}

impl Dated {
    /// Returns a date that was put together from the parts of a file, such as its columns for year, month and day.
    #[must_use]
    pub fn exact(date: impl Into<String>) -> Self {
        Self { date: Some(date.into()), ..Self::default() }
    }

    /// Returns no date, with the words that the file has for it.
    #[must_use]
    pub fn words(written: impl Into<String>) -> Self {
        Self { written: Some(written.into()), ..Self::default() }
    }
}

/// Returns whether a text is a date of the Gregorian calendar.
pub(super) fn is_date(text: &str) -> bool {
    Date::try_read(text, Calendar::Gregorian).is_some()
}

/// How the dates of a file are read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Dates {
    /// The calendar of dates that name none.
    pub calendar: Calendar,
}

impl Dates {
    /// Reads a date that a person wrote. Words that are no date are kept; a text that says that there is none is not.
    #[must_use]
    pub fn read(self, text: &str) -> Dated {
        /// Maximum length of a date that stays as it was written, in characters.
        const SHORT: usize = 40;
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() {
            return Dated::default();
        }
        if is_undated(&words) {
            return Dated::words(words);
        }
        let Some(reading) = Date::try_read(&words, self.calendar) else {
            return match self.read_life(&words) {
                Some(date) => Dated { written: Some(words), ..self.canonical(&date) },
                None => self.read_remark(&words).unwrap_or_else(|| self.read_foreign(words)),
            };
        };
        let calendar = match self.calendar {
            Calendar::Gregorian => document::Calendar::Gregorian,
            Calendar::Julian => document::Calendar::Julian,
        };
        let Some(caution) = reading.cautions.first() else {
            if words.chars().count() <= SHORT {
                return Dated { calendar, ..Dated::exact(words) };
            }
            return Dated { written: Some(words), ..self.canonical(&reading.date) };
        };
        let doubt = Some(caution.message.clone());
        Dated { written: Some(words), doubt, ..self.canonical(&reading.date) }
    }

    /// Reads the dates of a life as catalogues write them: "fl. 1450", "b. 1451", "b. 1451, d. 1506". What happened at the
    /// date is only in the words.
    fn read_life(self, words: &str) -> Option<Date> {
        let read = |text: &str| Date::try_read(text, self.calendar).filter(|reading| reading.cautions.is_empty());
        let rest = after_sign(words, &[&ACTIVE[..], &BORN, &DIED].concat())?;
        if let Some(reading) = read(rest) {
            return Some(reading.date);
        }
        let from = after_sign(words, &BORN)?;
        let (birth, death) = from.char_indices().find_map(|(at, _)| {
            let (birth, death) = from.split_at(at);
            Some((birth, after_sign(death, &DIED)?)).filter(|_| birth.ends_with([' ', ',', ';', '-', '–', '—', '/']))
        })?;
        let birth = read(birth.trim_end_matches([' ', ',', ';', '-', '–', '—', '/']))?.date;
        Some(read(&format!("{birth}/{}", read(death)?.date))?.date)
    }

    /// Reads a date with a remark in brackets after it, which is only in the words: "1649–1660 (Interregnum)". One that
    /// has a number, or doubts, may be of another date.
    fn read_remark(self, words: &str) -> Option<Dated> {
        const DOUBTS: [&str; 8] = ["prob", "poss", "perhaps", "maybe", "appr", "circa", "about", "estim"];
        let (head, remark) = words.strip_suffix(')')?.rsplit_once('(')?;
        let lower = remark.to_lowercase();
        let is_sure =
            !lower.contains(|c: char| c.is_numeric() || c == '?') && !DOUBTS.iter().any(|doubt| lower.contains(doubt));
        let reading =
            Date::try_read(head.trim_end(), self.calendar).filter(|reading| is_sure && reading.cautions.is_empty())?;
        Some(Dated { written: Some(words.to_owned()), ..self.canonical(&reading.date) })
    }

    /// Reads a date in another language.
    fn read_foreign(self, words: String) -> Dated {
        // A language is in words.
        if !words.contains(char::is_alphabetic) {
            return Dated::words(words);
        }
        match Date::try_read_foreign(&words, self.calendar) {
            Some(reading) => {
                let doubt = reading.cautions.first().map(|caution| caution.message.clone());
                Dated { written: Some(words), doubt, ..self.canonical(&reading.date) }
            }
            None => Dated::words(words),
        }
    }

    /// Returns a date in EDTF, in the calendar of these dates.
    fn canonical(self, date: &Date) -> Dated {
        let text = date.to_string();
        let calendar = match self.calendar {
            Calendar::Julian if Date::try_read(&text, Calendar::Julian).is_some_and(|again| again.date == *date) => {
                document::Calendar::Julian
            }
            _ => document::Calendar::Gregorian,
        };
        Dated { calendar, ..Dated::exact(text) }
    }
}

/// What is written before the date at which somebody was active.
const ACTIVE: [&str; 8] = ["fl.", "fl", "flourished", "floruit", "active", "act.", "r.", "reigned"];
/// What is written before the date of a birth.
const BORN: [&str; 9] = ["b.", "born", "geb.", "geboren", "né", "née", "nato", "nacido", "*"];
/// What is written before the date of a death.
const DIED: [&str; 8] = ["d.", "died", "gest.", "gestorben", "mort", "morto", "†", "✝"];

/// Returns what is after one of the signs at the beginning of a text. A word ends at a space, a full stop where it likes.
fn after_sign<'t>(text: &'t str, signs: &[&str]) -> Option<&'t str> {
    signs.iter().find_map(|sign| {
        let (head, rest) = text.split_at_checked(sign.len())?;
        let is_word = sign.ends_with(char::is_alphabetic);
        let ends = !is_word || rest.starts_with(' ');
        (ends && head.eq_ignore_ascii_case(sign)).then(|| rest.trim_start())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_kept_as_it_was_written() {
        let check = |text: &str, date: Option<&str>, written: Option<&str>| {
            let found = Dates::default().read(text);
            assert_eq!((found.date.as_deref(), found.written.as_deref()), (date, written), "{text}");
            assert_eq!(found.doubt.is_some(), date.is_some() && written.is_some(), "{text}");
        };
        check("1965", Some("1965"), None);
        check(" 22  June\n1965 ", Some("22 June 1965"), None);
        check("c. 1850", Some("c. 1850"), None);
        check("1500s", Some("15XX"), Some("1500s"));
        check("", None, None);
        check("unknown", None, Some("unknown"));
        check("about the time … became known (1836?)", None, Some("about the time … became known (1836?)"));
        check("03/04/1990", None, Some("03/04/1990"));
    }

    #[test]
    fn dates_of_lives_keep_their_words() {
        let check = |text: &str, date: &str| {
            let found = Dates::default().read(text);
            assert_eq!((found.date.as_deref(), found.written.as_deref()), (Some(date), Some(text)), "{text}");
            assert_eq!(found.doubt, None, "{text}");
        };
        check("fl. 1450", "1450");
        check("fl. c. 1450", "1450~");
        check("fl. 1450–1480", "1450/1480");
        check("b. 1451", "1451");
        check("B. 3 May 1451", "1451-05-03");
        check("born 1451", "1451");
        check("d. 1506", "1506");
        check("†1506", "1506");
        check("r. 1450–1480", "1450/1480");
        check("b. 1451, d. 1506", "1451/1506");
        check("* 1451 † 1506", "1451/1506");
        check("geb. 1451 – gest. 1506", "1451/1506");
        for text in ["b. Genoa", "borne 1451", "d.", "b. 1506, d. 1451", "fl", "d. 1451, b. 1506", "b. 1451, d. Rome"] {
            assert_eq!(Dates::default().read(text).date, None, "{text}");
        }
    }

    #[test]
    fn remarks_stay_in_the_words() {
        let check = |text: &str, date: Option<&str>| {
            let found = Dates::default().read(text);
            assert_eq!((found.date.as_deref(), found.written.as_deref()), (date, Some(text)), "{text}");
        };
        check("1649–1660 (Interregnum)", Some("1649/1660"));
        check("22 June 1965 (Treaty of Seoul)", Some("1965-06-22"));
        check("1914 (from 2 sides)", None);
        check("1914 (perhaps later)", None);
        check("Rome (then and now)", None);
        check("(x)", None);
    }

    #[test]
    fn dates_in_other_languages_keep_their_words() {
        let check = |text: &str, date: &str| {
            let found = Dates::default().read(text);
            assert_eq!((found.date.as_deref(), found.written.as_deref()), (Some(date), Some(text)), "{text}");
        };
        check("um 1850", "1850~");
        check("Frühjahr 1968", "1968-21");
        check("seit 1998", "1998/..");
        check("19. Jahrhundert", "19th century CE");
        check("XVIIIe siècle", "18th century CE");
        check("zwischen 1914 und 1918", "[1914..1918]");
        check("22 juin 1965", "1965-06-22");
        check("2. Hälfte 17. Jh.", "second half of the 17th century CE");
        check("letztes Viertel 19. Jh.", "last quarter of the 19th century CE");
        check("1. Hälfte 5. Jh. v. Chr.", "first half of the 5th century BCE");
        check("1. Drittel 19. Jh.", "first third of the 19th century CE");
        check("1920er Jahre", "192X");
        check("Ende der 1920er Jahre", "late 1920s CE");
        check("1re moitié du XIXe siècle", "first half of the 19th century CE");
        check("2e moitié XVIIe s.", "second half of the 17th century CE");
        check("1er quart du XXe siècle", "first quarter of the 20th century CE");
        check("dernier quart du XIXe siècle", "last quarter of the 19th century CE");
        check("années 1920", "192X");
        check("2ª mitad del s. XVII", "second half of the 17th century CE");
        check("s. XVII", "17th century CE");
        check("primer cuarto del siglo XX", "first quarter of the 20th century CE");
        check("década de 1920", "192X");
        check("prima metà del XIX secolo", "first half of the 19th century CE");
        check("2ª metà XVII sec.", "second half of the 17th century CE");
        check("XVII sec.", "17th century CE");
        check("sec. XVII", "17th century CE");
        check("primo quarto del XX secolo", "first quarter of the 20th century CE");
        check("anni 1920", "192X");
        for text in ["Vertrag vor dem Krieg", "an II", "Ende gut"] {
            assert_eq!(Dates::default().read(text), Dated::words(text), "{text}");
        }
    }
}
