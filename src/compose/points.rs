//! Values of a series, as a spreadsheet gives them: a line each, a date and a number.

use crate::date::{Calendar, Date};

/// A line of pasted values.
#[derive(Clone, Debug, PartialEq)]
pub struct PointLine {
    /// The number of the line, from 1.
    pub line: usize,
    /// The date as it is written, and the value; else what is wrong.
    pub point: Result<(String, f64), String>,
}

/// Reads lines of a date and a value, separated by a tab, a semicolon or a comma. Blank lines are left out, and so is a
/// first line that names the columns. Whether numbers have decimal commas, and whether the day or the month comes first in
/// dates such as 03/04/1990, is concluded from all lines.
///
/// ```
/// use longview::compose::points;
///
/// let read = points("Year\tTrade\n1965\t0,22\n2014\t1.085,5");
/// assert_eq!(read[0].point, Ok(("1965".to_owned(), 0.22)));
/// assert_eq!(read[1].point, Ok(("2014".to_owned(), 1085.5)));
/// ```
#[must_use]
pub fn points(text: &str) -> Vec<PointLine> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let cells: Vec<(usize, Result<[String; 2], String>)> =
        lines.map(|(number, line)| (number + 1, cells(line.trim()))).collect();
    let good = || cells.iter().filter_map(|(_, cells)| cells.as_ref().ok());
    let has_commas = has_decimal_commas(good().map(|[_, value]| value.as_str()));
    let order = DayOrder::of(good().map(|[date, _]| date.as_str()));
    let read = |(line, cells): &(usize, Result<[String; 2], String>)| {
        let point = cells.clone().and_then(|[date, value]| point(date, &value, order, has_commas));
        PointLine { line: *line, point }
    };
    let mut read: Vec<PointLine> = cells.iter().map(read).collect();
    // What has no digit in it is no mistake, but the names of the columns.
    let is_head = |line: &str| !line.chars().any(|c| c.is_ascii_digit());
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    if read.first().is_some_and(|first| first.point.is_err()) && is_head(first) {
        read.remove(0);
    }
    read
}

/// Returns the date and the value of a line, as they are written.
fn cells(line: &str) -> Result<[String; 2], String> {
    let bare = |cell: &str| cell.trim().trim_matches('"').trim().to_owned();
    let separator = ['\t', ';', ','].into_iter().find(|separator| line.contains(*separator));
    if let Some(separator) = separator.filter(|separator| *separator != ',') {
        let filled = line.split(separator).filter(|cell| !cell.trim().is_empty()).count();
        if filled > 2 {
            return Err(format!("a date and a value are needed, not {filled} cells"));
        }
    }
    let cells = separator.and_then(|separator| line.split_once(separator)).or_else(|| line.rsplit_once(' '));
    let (date, value) = cells.ok_or("a date and a value are needed, with a tab between them")?;
    Ok([bare(date), bare(value.trim_end_matches(['\t', ';']))])
}

fn point(date: String, value: &str, order: Option<DayOrder>, has_commas: bool) -> Result<(String, f64), String> {
    let date = DayOrder::in_iso(order, &date).unwrap_or(date);
    let foreign = || Date::try_read_foreign(&date, Calendar::Gregorian).map(|reading| reading.date.to_string());
    let date = match Date::read(&date, Calendar::Gregorian) {
        Ok(_) => date,
        Err(error) => foreign().ok_or_else(|| match error.suggestions.as_slice() {
            [] => error.message.clone(),
            some => format!("{}: {}?", error.message, some.join(" or ")),
        })?,
    };
    let plain = if has_commas {
        value.replace(['.', ' ', '\u{a0}', '\u{202f}'], "").replace(',', ".")
    } else {
        value.to_owned()
    };
    let value = number(&plain).ok_or_else(|| format!("“{value}” is no number"))?;
    Ok((date, value))
}

/// Whether numbers have decimal commas: some can be read only so, and none only with a decimal point.
fn has_decimal_commas<'t>(values: impl Iterator<Item = &'t str>) -> bool {
    let (mut commas, mut points) = (false, false);
    for value in values {
        let is_number = value.chars().all(|c| c.is_ascii_digit() || " .,-+\u{2212}\u{a0}\u{202f}".contains(c));
        let Some(at) = value.rfind([',', '.']).filter(|_| is_number) else { continue };
        let (whole, rest) = value.split_at(at);
        let (separator, decimals) = rest.split_at(1);
        let digits = whole.trim_start_matches(['-', '+', '\u{2212}']);
        let is_decimal =
            decimals.len() != 3 || digits == "0" || digits.contains([',', '.']) && !digits.contains(separator);
        commas |= is_decimal && separator == ",";
        points |= is_decimal && separator == ".";
    }
    commas && !points
}

/// What is first in dates such as 03/04/1990.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DayOrder {
    Day,
    Month,
}

impl DayOrder {
    /// Returns what dates tell that can be read in one way only; `None` if they do not, or contradict each other.
    fn of<'t>(dates: impl Iterator<Item = &'t str>) -> Option<Self> {
        let (mut day, mut month) = (false, false);
        for [first, second, _] in dates.filter(|date| !date.contains('.')).filter_map(numbers) {
            day |= first > 12 && second <= 12;
            month |= second > 12 && first <= 12;
        }
        match (day, month) {
            (true, false) => Some(Self::Day),
            (false, true) => Some(Self::Month),
            _ => None,
        }
    }

    /// Returns a date of three numbers in the form of ISO 8601. With dots between them, the day is first.
    fn in_iso(order: Option<Self>, date: &str) -> Option<String> {
        let [first, second, year] = numbers(date)?;
        let order = if date.contains('.') { Self::Day } else { order? };
        let (day, month) = if order == Self::Day { (first, second) } else { (second, first) };
        Some(format!("{year:04}-{month:02}-{day:02}"))
    }
}

/// Returns the numbers of a date such as 03/04/1990, 3-4-1990 or 3.4.1990.
fn numbers(date: &str) -> Option<[u32; 3]> {
    let separator = ['/', '.', '-'].into_iter().find(|separator| date.contains(*separator))?;
    let parts: Vec<&str> = date.split(separator).map(str::trim).collect();
    let &[first, second, year] = parts.as_slice() else { return None };
    let is_good = year.len() == 4 && first.len() <= 2 && second.len() <= 2;
    let number = |text: &str| text.parse::<u32>().ok().filter(|_| is_good);
    Some([number(first)?, number(second)?, number(year)?])
}

/// Reads a number as people write it: `1,234.5` and `1 234` have separators of thousands. Returns `None` if it is none, or
/// if it could be two.
///
/// ```
/// use longview::compose::number;
///
/// assert_eq!(number("1,234.5"), Some(1234.5));
/// assert_eq!(number("0,22"), None);
/// ```
#[must_use]
pub fn number(text: &str) -> Option<f64> {
    let text = text.trim().replace('\u{2212}', "-");
    let finite = |text: &str| text.parse::<f64>().ok().filter(|number| number.is_finite());
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+' | b'e' | b'E'));
    if is_plain {
        return finite(&text);
    }
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), ""), |(whole, rest)| (whole, rest));
    let digits = whole.trim_start_matches(['-', '+']);
    let groups: Vec<&str> = digits.split([',', ' ', '\u{a0}', '\u{202f}', '\'', '’']).collect();
    let first = groups.first().is_some_and(|first| (1..=3).contains(&first.len()));
    let others = groups.get(1..).is_some_and(|others| others.iter().all(|group| group.len() == 3));
    let is_digits = groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_digit()));
    // "1,234" alone is a thousand; "0,234" is less than one.
    let is_doubtful = digits.starts_with('0');
    if !(first && others && is_digits) || is_doubtful {
        return None;
    }
    let sign = if whole.starts_with('-') { "-" } else { "" };
    finite(&format!("{sign}{}.{rest}0", groups.concat()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let check = |text: &str, expect: Option<f64>| assert_eq!(number(text), expect, "{text}");
        check("85", Some(85.0));
        check("-1.5e3", Some(-1_500.0));
        check("\u{2212}2", Some(-2.0));
        check("1,234,567", Some(1_234_567.0));
        check("1 234.5", Some(1_234.5));
        check("-1'000", Some(-1_000.0));
        check("1,23", None);
        check("0,225", None);
        check("1e999", None);
        check("NaN", None);
        check("", None);
        check("12 people", None);
    }

    #[test]
    fn lines_of_a_spreadsheet_are_points() {
        type Read<'r> = (usize, Result<(&'r str, f64), &'r str>);
        let check = |text: &str, expect: &[Read<'_>]| {
            let read = points(text);
            let read: Vec<_> = read
                .iter()
                .map(|line| {
                    let point = line.point.as_ref();
                    (line.line, point.map(|(date, value)| (date.as_str(), *value)).map_err(String::as_str))
                })
                .collect();
            assert_eq!(read, expect, "{text}");
        };
        check("1965\t0.22\r\n\r\n2014\t\"85\"\n", &[(1, Ok(("1965", 0.22))), (3, Ok(("2014", 85.0)))]);
        check("Year;Value\n22 June 1965;1,234", &[(2, Ok(("22 June 1965", 1_234.0)))]);
        check("2014,85", &[(1, Ok(("2014", 85.0)))]);
        check("June 2014 85", &[(1, Ok(("June 2014", 85.0)))]);
        check("1965\tmany", &[(1, Err("“many” is no number"))]);
        check("31 June 1965\t1", &[(1, Err("June 1965 has 30 days"))]);
        check("1965", &[(1, Err("a date and a value are needed, with a tab between them"))]);
        check("", &[]);
        // What the lines tell together.
        check(
            "1965;0,22\n2014;1.085\n2015;2.000,5",
            &[(1, Ok(("1965", 0.22))), (2, Ok(("2014", 1085.0))), (3, Ok(("2015", 2000.5)))],
        );
        check("1965\t1,234\n2014\t2", &[(1, Ok(("1965", 1234.0))), (2, Ok(("2014", 2.0)))]);
        check("1965\t0,22\n2014\t0.5", &[(1, Err("“0,22” is no number")), (2, Ok(("2014", 0.5)))]);
        check("22/06/1965\t1\n03/04/1966\t2", &[(1, Ok(("1965-06-22", 1.0))), (2, Ok(("1966-04-03", 2.0)))]);
        check("06/22/1965\t1\n03/04/1966\t2", &[(1, Ok(("1965-06-22", 1.0))), (2, Ok(("1966-03-04", 2.0)))]);
        check("3.6.1965\t1", &[(1, Ok(("1965-06-03", 1.0)))]);
        check("11. März 1870\t1", &[(1, Ok(("1870-03-11", 1.0)))]);
        check("c. 1850\t\u{2212}3,5\t\n", &[(1, Ok(("c. 1850", -3.5)))]);
        check("1965\t1\tmany", &[(1, Err("a date and a value are needed, not 3 cells"))]);
        let doubtful = points("03/04/1990\t1");
        let error = doubtful[0].point.as_ref().expect_err("two readings");
        assert!(error.ends_with(": 1990-04-03 or 1990-03-04?"), "{error}");
    }
}
