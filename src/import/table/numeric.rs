//! Dates in numbers and months of other languages, as spreadsheets have them, and times of day.

use super::names::simple;

/// A year as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Year {
    /// All of it.
    Whole(i64),
    /// Its last two digits.
    Short(u8),
}

/// A date that was written in numbers, or with the name of a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Numeric {
    /// The order of its parts is known.
    Known {
        /// The year.
        year: Year,
        /// The month, if there is one.
        month: Option<u8>,
        /// The day of the month, if there is one.
        day: Option<u8>,
        /// Whether it has a name of a month, so that it is words.
        is_worded: bool,
    },
    /// Two numbers before the year, of which one is the day and one is the month.
    Either {
        /// The numbers.
        numbers: [u8; 2],
        /// The year; `None` if there is none.
        year: Option<Year>,
        /// Whether full stops are between them, as in countries where the day is first.
        is_dotted: bool,
    },
}

/// Reads a date with an optional time of day after it. The time is returned in ISO 8601.
pub(super) fn read(text: &str) -> Option<(Numeric, Option<String>)> {
    let text = text.trim();
    // The longest has a weekday, a month and a time with a zone.
    if text.len() > 80 || !text.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (found, rest) =
        slashed(text).or_else(|| compact(text)).or_else(|| written_in_chinese(text)).or_else(|| named(text))?;
    let rest = rest.trim_start_matches([',', 'T']).trim();
    if rest.is_empty() { Some((found, None)) } else { Some((found, Some(clock(rest)?))) }
}

fn digits(text: &str) -> (&str, &str) {
    text.split_at(text.bytes().take_while(u8::is_ascii_digit).count())
}

fn year_of(text: &str) -> Option<Year> {
    match text.len() {
        2 => text.parse().ok().map(Year::Short),
        4 => text.parse().ok().map(Year::Whole),
        _ => None,
    }
}

fn small(text: &str) -> Option<u8> {
    if text.len() > 2 { None } else { text.parse().ok() }
}

/// Reads `9/24/06`, `24.09.2006`, `2006/9/24`, `9/2006` and `24.9.`, in each of which spaces may be after the signs.
fn slashed(text: &str) -> Option<(Numeric, &str)> {
    let (first, rest) = digits(text);
    let sign = rest.chars().next().filter(|c| matches!(c, '/' | '.' | '-'))?;
    let next = |rest: &'_ str| -> Option<usize> {
        let after = rest.strip_prefix(sign)?;
        Some(rest.len() - after.trim_start_matches(' ').len())
    };
    let rest = &rest[next(rest)?..];
    let (second, rest) = digits(rest);
    if first.is_empty() || second.is_empty() {
        return None;
    }
    let third = next(rest).map(|length| digits(rest[length..].trim_start_matches(['\'', '’'])));
    let Some((third, rest)) = third.filter(|(third, _)| !third.is_empty()) else {
        let rest = if sign == '.' { rest.strip_prefix('.').unwrap_or(rest) } else { rest };
        return two(first, second, sign).map(|found| (found, rest));
    };
    if let (4, Some(month), Some(day)) = (first.len(), small(second), small(third)) {
        let found = Numeric::Known {
            year: year_of(first)?,
            month: Some(month).filter(|month| *month > 0),
            day: Some(day).filter(|day| *day > 0),
            is_worded: false,
        };
        let rest = if sign == '.' { rest.strip_prefix('.').unwrap_or(rest) } else { rest };
        return ((month > 0 || day == 0) && month <= 12 && day <= 31).then_some((found, rest));
    }
    let (numbers, year) = ([small(first)?, small(second)?], year_of(third)?);
    let is_valid = |month: u8, day: u8| (1..=12).contains(&month) && (1..=31).contains(&day);
    if !is_valid(numbers[0], numbers[1]) && !is_valid(numbers[1], numbers[0]) {
        return None;
    }
    Some((Numeric::Either { numbers, year: Some(year), is_dotted: sign == '.' }, rest))
}

/// Reads two numbers: a month and a year, or a day and a month.
fn two(first: &str, second: &str, sign: char) -> Option<Numeric> {
    let known = |year: &str, month: &str| {
        let month = small(month).filter(|month| (1..=12).contains(month))?;
        Some(Numeric::Known { year: year_of(year)?, month: Some(month), day: None, is_worded: false })
    };
    match (first.len(), second.len()) {
        (1 | 2, 4) => known(second, first),
        // 2006-09 is in ISO 8601, and 1914/18 is two years.
        (4, 1 | 2) if sign == '.' => known(first, second),
        (1 | 2, 1 | 2) if sign != '-' => {
            let numbers = [small(first)?, small(second)?];
            Some(Numeric::Either { numbers, year: None, is_dotted: sign == '.' })
        }
        _ => None,
    }
}

/// Reads `20060924`.
fn compact(text: &str) -> Option<(Numeric, &str)> {
    let (number, rest) = digits(text);
    if number.len() != 8 {
        return None;
    }
    let (year, month, day) = (&number[..4], small(&number[4..6])?, small(&number[6..])?);
    let is_valid = ("1000".."3000").contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    let known = Numeric::Known { year: year_of(year)?, month: Some(month), day: Some(day), is_worded: false };
    is_valid.then_some((known, rest))
}

/// Reads `2006年9月24日`, and the same in Korean.
fn written_in_chinese(text: &str) -> Option<(Numeric, &str)> {
    let (number, rest) = digits(text);
    let rest = rest.trim_start().strip_prefix(['年', '년'])?;
    let year = match year_of(number) {
        Some(year) => year,
        None => Year::Whole(number.parse().ok().filter(|_| (1..=4).contains(&number.len()))?),
    };
    let part = |rest: &'_ str, signs: [char; 2]| -> Option<(u8, usize)> {
        let (number, after) = digits(rest.trim_start());
        let after = after.trim_start().strip_prefix(signs)?;
        Some((small(number)?, rest.len() - after.len()))
    };
    let (mut month, mut day, mut rest) = (None, None, rest);
    if let Some((number, length)) = part(rest, ['月', '월']).filter(|(number, _)| (1..=12).contains(number)) {
        (month, rest) = (Some(number), &rest[length..]);
        if let Some((number, length)) = part(rest, ['日', '일']).filter(|(number, _)| (1..=31).contains(number)) {
            (day, rest) = (Some(number), &rest[length..]);
        }
    }
    Some((Numeric::Known { year, month, day, is_worded: true }, rest))
}

/// Reads `22-Nov-63`, `Nov-63`, `22. Juni 1965` and `22 de junio de 1965`.
fn named(text: &str) -> Option<(Numeric, &str)> {
    if !text.contains(char::is_alphabetic) {
        return None;
    }
    let is_gap = |c: char| c.is_whitespace() || matches!(c, '-' | '/' | '.' | ',' | '\'' | '’');
    let mut words = Vec::new();
    let mut at = 0;
    for piece in text.split_inclusive(is_gap) {
        at += piece.len();
        let word = piece.trim_end_matches(is_gap);
        if word.is_empty() || matches!(word, "de" | "del" | "of" | "the" | "den" | "le" | "di" | "г" | "года") {
            continue;
        }
        words.push((word, at));
        if words.len() == 4 {
            break;
        }
    }
    // A weekday.
    if words.len() > 3
        || words.len() == 3 && words.iter().all(|(word, _)| !word.starts_with(|c: char| c.is_ascii_digit()))
    {
        return None;
    }
    let number = |word: &str| -> Option<u8> {
        let (number, rest) = digits(word);
        (matches!(rest, "" | "er" | "º" | "°" | "st" | "nd" | "rd" | "th" | "e")).then(|| small(number))?
    };
    let year = |word: &str| if digits(word).1.is_empty() { year_of(word) } else { None };
    let (year, month, day) = match *words.as_slice() {
        [(first, _), (second, _), (third, _)] => match (number(first), month(first), month(second)) {
            (Some(day), _, Some(month)) => (year(third)?, month, Some(day)),
            (_, Some(month), _) => (year(third)?, month, Some(number(second)?)),
            (None, _, Some(month)) => {
                (year(first).filter(|year| matches!(year, Year::Whole(_)))?, month, Some(number(third)?))
            }
            _ => return None,
        },
        [(first, _), (second, _)] => match (month(first), month(second)) {
            (Some(month), _) => (year(second)?, month, None),
            _ => return None,
        },
        _ => return None,
    };
    if day.is_some_and(|day| !(1..=31).contains(&day)) {
        return None;
    }
    Some((Numeric::Known { year, month: Some(month), day, is_worded: true }, ""))
}

/// The names of months in some languages, without accents and capitals.
const MONTHS: [&[&str]; 12] = [
    &[
        "january",
        "januar",
        "janner",
        "janvier",
        "enero",
        "gennaio",
        "janeiro",
        "januari",
        "январь",
        "января",
        "styczen",
        "stycznia",
    ],
    &[
        "february",
        "februar",
        "fevrier",
        "febrero",
        "febbraio",
        "fevereiro",
        "februari",
        "февраль",
        "февраля",
        "luty",
        "lutego",
    ],
    &["march", "marz", "mars", "marzo", "marco", "maart", "mrt", "март", "марта", "marzec", "marca"],
    &["april", "avril", "abril", "aprile", "апрель", "апреля", "kwiecien", "kwietnia"],
    &["may", "mai", "mayo", "maggio", "maio", "mei", "май", "мая", "maj", "maja"],
    &["june", "juni", "juin", "junio", "giugno", "junho", "июнь", "июня", "czerwiec", "czerwca"],
    &["july", "juli", "juillet", "julio", "luglio", "julho", "июль", "июля", "lipiec", "lipca"],
    &["august", "aout", "agosto", "augustus", "augusti", "август", "августа", "sierpien", "sierpnia"],
    &[
        "september",
        "sept",
        "septembre",
        "septiembre",
        "setiembre",
        "settembre",
        "setembro",
        "сентябрь",
        "сентября",
        "wrzesien",
        "wrzesnia",
    ],
    &[
        "october",
        "oktober",
        "octobre",
        "octubre",
        "ottobre",
        "outubro",
        "октябрь",
        "октября",
        "pazdziernik",
        "pazdziernika",
    ],
    &["november", "novembre", "noviembre", "novembro", "ноябрь", "ноября", "listopad", "listopada"],
    &[
        "december",
        "dezember",
        "decembre",
        "diciembre",
        "dicembre",
        "dezembro",
        "декабрь",
        "декабря",
        "grudzien",
        "grudnia",
    ],
];

/// Returns the month of a name, which may be shortened to three letters or more; `None` if two months may be meant.
pub(super) fn month(name: &str) -> Option<u8> {
    let name = simple(name);
    if name.chars().count() < 3 || !name.chars().all(char::is_alphabetic) {
        return None;
    }
    let mut found = None;
    for (index, names) in MONTHS.iter().enumerate() {
        if names.contains(&name.as_str()) {
            return Some(index as u8 + 1);
        }
        if names.iter().any(|whole| whole.starts_with(&name)) {
            if found.is_some() {
                return None;
            }
            found = Some(index as u8 + 1);
        }
    }
    found
}

/// Reads a time of day, and returns it in ISO 8601: `14:30`, `2:30 PM`, `14.30 Uhr`, `14h30`, `오후 2:30`, each with an
/// optional offset from UTC.
pub(super) fn clock(text: &str) -> Option<String> {
    let text = text.trim();
    if text.len() > 40 {
        return None;
    }
    let lower = text.to_lowercase();
    let mut rest = lower.as_str();
    let mut half = None;
    if let Some((is_late, after)) = half_in_front(rest) {
        (rest, half) = (after, Some(is_late));
    }
    let (hour, after) = digits(rest);
    let hour = small(hour).filter(|hour| *hour <= 24)?;
    let (mut minute, mut second, mut has_minute) = (0, 0, false);
    rest = after;
    if let Some(after) = rest.strip_prefix([':', '.', 'h', '시', '時', '点']) {
        let (number, after) = digits(after.trim_start());
        if number.len() == 2 {
            (minute, rest, has_minute) = (small(number)?, after.trim_start_matches(['분', '分']), true);
        } else if number.is_empty() {
            (rest, has_minute) = (after, !rest.starts_with([':', '.']));
        }
        if let Some(after) = rest.strip_prefix([':', '.']).filter(|_| has_minute) {
            let (number, after) = digits(after);
            if number.len() == 2 {
                (second, rest) = (small(number)?, after);
                // Fractions of a second are more than a spreadsheet means.
                if let Some(after) = rest.strip_prefix(['.', ',']) {
                    rest = digits(after).1;
                }
            }
        }
    }
    rest = rest.trim_start();
    for (sign, is_late) in [("am", false), ("a.m.", false), ("pm", true), ("p.m.", true)] {
        if let Some(after) = rest.strip_prefix(sign).filter(|_| half.is_none()) {
            (rest, half) = (after.trim_start(), Some(is_late));
        }
    }
    for sign in ["uhr", "hrs", "h"] {
        if let Some(after) = rest.strip_prefix(sign) {
            (rest, has_minute) = (after.trim_start(), true);
        }
    }
    if half.is_none() && !has_minute {
        return None;
    }
    let hour = match half {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(true) => hour % 12 + 12,
        Some(false) => hour % 12,
        None => hour,
    };
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let zone = zone(rest)?;
    let seconds = if second == 0 { String::new() } else { format!(":{second:02}") };
    Some(format!("{hour:02}:{minute:02}{seconds}{zone}"))
}

/// Returns whether a time begins with the words for after noon, or for before noon, and what is after them.
fn half_in_front(text: &str) -> Option<(bool, &str)> {
    const SIGNS: [(&str, bool); 6] =
        [("오전", false), ("午前", false), ("上午", false), ("오후", true), ("午後", true), ("下午", true)];
    SIGNS.iter().find_map(|(sign, is_late)| Some((*is_late, text.strip_prefix(sign)?.trim_start())))
}

/// Returns an offset from UTC in ISO 8601; an empty one for none.
fn zone(text: &str) -> Option<String> {
    match text {
        "" => return Some(String::new()),
        "z" | "utc" | "gmt" => return Some("Z".to_owned()),
        _ => {}
    }
    let text = text.trim_start_matches("utc").trim_start_matches("gmt");
    let sign = text.chars().next().filter(|c| matches!(c, '+' | '-'))?;
    let (hours, rest) = digits(&text[1..]);
    let (hours, minutes) = match (hours.len(), rest.strip_prefix(':').map(digits)) {
        (4, None) => (&hours[..2], &hours[2..]),
        (1 | 2, Some((minutes, ""))) if minutes.len() == 2 => (hours, minutes),
        (1 | 2, None) if rest.is_empty() => (hours, "00"),
        _ => return None,
    };
    let (hours, minutes) = (small(hours).filter(|h| *h <= 14)?, small(minutes).filter(|m| *m <= 59)?);
    Some(format!("{sign}{hours:02}:{minutes:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_numbers() {
        let known = |year: i64, month: u8, day: u8, is_worded: bool| Numeric::Known {
            year: if year < 100 { Year::Short(year as u8) } else { Year::Whole(year) },
            month: Some(month).filter(|month| *month > 0),
            day: Some(day).filter(|day| *day > 0),
            is_worded,
        };
        let either = |a: u8, b: u8, year: i64, is_dotted: bool| Numeric::Either {
            numbers: [a, b],
            year: Some(if year < 100 { Year::Short(year as u8) } else { Year::Whole(year) }),
            is_dotted,
        };
        let check = |text: &str, date: Numeric, time: Option<&str>| {
            assert_eq!(read(text), Some((date, time.map(str::to_owned))), "{text}");
        };
        check("9/24/06", either(9, 24, 6, false), None);
        check("24.09.2006", either(24, 9, 2006, true), None);
        check("24. 9. 2006", either(24, 9, 2006, true), None);
        check("3-4-1990 14:30", either(3, 4, 1990, false), Some("14:30"));
        check("1/21/77, 2:05 PM", either(1, 21, 77, false), Some("14:05"));
        check("9/24/'06", either(9, 24, 6, false), None);
        check("2006/9/24", known(2006, 9, 24, false), None);
        check("2006. 9. 24.", known(2006, 9, 24, false), None);
        check("2006-09-24 10:00:00", known(2006, 9, 24, false), Some("10:00"));
        check("2006-09-24T10:00:05.250Z", known(2006, 9, 24, false), Some("10:00:05Z"));
        check("2006-00-00", known(2006, 0, 0, false), None);
        check("9/2006", known(2006, 9, 0, false), None);
        check("20060924", known(2006, 9, 24, false), None);
        check("2006年9月24日", known(2006, 9, 24, true), None);
        check("2006년 9월 24일 오후 3:05", known(2006, 9, 24, true), Some("15:05"));
        check("645年", Numeric::Known { year: Year::Whole(645), month: None, day: None, is_worded: true }, None);
        check("22-Nov-63", known(63, 11, 22, true), None);
        check("Nov-63", known(63, 11, 0, true), None);
        check("22. Juni 1965", known(1965, 6, 22, true), None);
        check("22 de junio de 1965", known(1965, 6, 22, true), None);
        check("1er août 1914", known(1914, 8, 1, true), None);
        check("22 июня 1941 г.", known(1941, 6, 22, true), None);
        check("June 22, 1965", known(1965, 6, 22, true), None);
        for text in [
            "",
            "1965",
            "1914/18",
            "1914-18",
            "2006-09",
            "1.5 Ma",
            "hello 1",
            "99/99/2006",
            "10:30",
            "3 km",
            "123456789",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn times_of_day() {
        let check = |text: &str, expect: Option<&str>| assert_eq!(clock(text).as_deref(), expect, "{text}");
        check("14:30", Some("14:30"));
        check("9:05:07", Some("09:05:07"));
        check("2:30 PM", Some("14:30"));
        check("12 am", Some("00:00"));
        check("14.30 Uhr", Some("14:30"));
        check("14h30", Some("14:30"));
        check("9 Uhr", Some("09:00"));
        check("午後3時05分", Some("15:05"));
        check("14:30+0900", Some("14:30+09:00"));
        check("14:30 UTC", Some("14:30Z"));
        for text in ["", "14", "25:00", "13 pm", "14:60", "1965", "noon", "14:30 x"] {
            check(text, None);
        }
    }

    #[test]
    fn months_of_other_languages() {
        let check = |name: &str, expect: Option<u8>| assert_eq!(month(name), expect, "{name}");
        check("März", Some(3));
        check("Sept", Some(9));
        check("Dez.", Some(12));
        check("juil", Some(7));
        check("jui", None);
        check("ma", None);
        check("мая", Some(5));
        check("Paris", None);
    }
}
