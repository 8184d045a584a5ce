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
/// first line that names the columns.
///
/// ```
/// use longview::compose::points;
///
/// let read = points("Year\tTrade\n1965\t0.22\n2014\t85");
/// assert_eq!(read[1].point, Ok(("2014".to_owned(), 85.0)));
/// ```
#[must_use]
pub fn points(text: &str) -> Vec<PointLine> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let mut read: Vec<PointLine> =
        lines.map(|(number, line)| PointLine { line: number + 1, point: point(line.trim()) }).collect();
    // What has no digit in it is no mistake, but the names of the columns.
    let is_head = |line: &str| !line.chars().any(|c| c.is_ascii_digit());
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    if read.first().is_some_and(|first| first.point.is_err()) && is_head(first) {
        read.remove(0);
    }
    read
}

fn point(line: &str) -> Result<(String, f64), String> {
    let separator = ['\t', ';', ','].into_iter().find(|separator| line.contains(*separator));
    let cells = separator.and_then(|separator| line.split_once(separator)).or_else(|| line.rsplit_once(' '));
    let (date, value) = cells.ok_or("a date and a value are needed, with a tab between them")?;
    let bare = |cell: &str| cell.trim().trim_matches('"').trim().to_owned();
    let (date, value) = (bare(date), bare(value));
    Date::read(&date, Calendar::Gregorian).map_err(|error| error.message)?;
    let value = number(&value).ok_or_else(|| format!("“{value}” is no number"))?;
    Ok((date, value))
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
    }
}
