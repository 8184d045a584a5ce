//! Parts of a longer time, as in "early 19th century" or "second half of the 1930s": their extents and their words.
//!
//! Early, mid and late are thirds. Thirds consist of whole years: 33, 34 and 33 years of a century, 3, 4 and 3 of a
//! decade. Thirds of a year have four months; those of a month are the days 1 to 10, 11 to 20, and the rest.

use super::civil::{Calendar, DAY};
use super::form::{Form, Portion};
use super::model::{DatePart, Interval, Precision};
use super::parts;
use super::vocabulary::Manner;
use super::vocabulary::{self, Style};

/// Returns a portion of `whole`, or `None` if it would not be whole years, months or days.
pub(super) fn of(whole: &DatePart, portion: Portion) -> Option<DatePart> {
    let counted = match whole.form {
        Form::Counted => true,
        Form::Calendar | Form::Block => false,
        _ => return None,
    };
    let start = whole.first_civil();
    let (from, to) = offsets(portion, units(whole.precision)?)?;
    let calendar = whole.calendar;
    let extent = match whole.precision {
        Precision::Month => {
            let first = whole.extent.start.div_euclid(DAY);
            let end = if to == 30 { whole.extent.end } else { (first + to).saturating_mul(DAY) };
            Interval { start: (first + from).saturating_mul(DAY), end }
        }
        Precision::Year => {
            let month = |offset: i64| month_start(calendar, start.year, offset);
            Interval { start: month(from), end: month(to) }
        }
        _ => Interval { start: calendar.year_start(start.year + from), end: calendar.year_start(start.year + to) },
    };
    let mut part = DatePart::new(extent, whole.precision, calendar, Form::Portion { portion, counted });
    (part.approximate, part.uncertain) = (whole.approximate, whole.uncertain);
    Some(part)
}

/// Returns the first second of the month that begins `offset` months after the year.
fn month_start(calendar: Calendar, year: i64, offset: i64) -> i64 {
    let month = u8::try_from(offset.rem_euclid(12) + 1).unwrap_or(1);
    calendar.days(year + offset.div_euclid(12), month, 1).saturating_mul(DAY)
}

/// Returns the number of years, months or days of which a portion is a fraction.
const fn units(precision: Precision) -> Option<i64> {
    match precision {
        Precision::Month => Some(30),
        Precision::Year => Some(12),
        Precision::Decade => Some(10),
        Precision::Century => Some(100),
        Precision::Millennium => Some(1_000),
        _ => None,
    }
}

/// Returns the first unit of a portion and the one after its last.
fn offsets(portion: Portion, units: i64) -> Option<(i64, i64)> {
    let third = units / 3;
    Some(match portion {
        Portion::Early | Portion::Third(1) => (0, third),
        Portion::Mid | Portion::Third(2) => (third, units - third),
        Portion::Late | Portion::Third(_) => (units - third, units),
        Portion::Half(half) => (units / 2 * i64::from(half - 1), units / 2 * i64::from(half)),
        Portion::Quarter(quarter) if units % 4 == 0 => {
            (units / 4 * i64::from(quarter - 1), units / 4 * i64::from(quarter))
        }
        Portion::Quarter(_) => return None,
    })
}

/// Returns the date of which `part` is a portion.
pub(super) fn whole(part: &DatePart, portion: Portion, counted: bool) -> DatePart {
    let start = part.first_civil();
    let from = units(part.precision).and_then(|units| offsets(portion, units)).map_or(0, |(from, _)| from);
    let calendar = part.calendar;
    match part.precision {
        Precision::Month => parts::month(calendar, start.year, start.month),
        Precision::Year => parts::year(calendar, start.year),
        precision => {
            let first = start.year - from;
            let size = units(precision).unwrap_or(1);
            let form = if counted { Form::Counted } else { Form::Block };
            parts::span_of_years(calendar, first, first + size - 1, precision, form)
        }
    }
}

/// Formats "early 19th century (1801–1833)", "second half of the 1930s (1935–1939)"; a label omits the years. `whole`
/// is the words for the date of which it is a portion.
pub(super) fn words(part: &DatePart, portion: Portion, whole: &str, manner: Manner) -> String {
    let plain = whole.strip_prefix("the ").unwrap_or(whole);
    let name = match portion {
        Portion::Early => format!("early {plain}"),
        Portion::Mid => format!("mid-{plain}"),
        Portion::Late => format!("late {plain}"),
        Portion::Half(n) => nth(n, "half", plain, part.precision, manner.style),
        Portion::Third(n) => nth(n, "third", plain, part.precision, manner.style),
        Portion::Quarter(n) => nth(n, "quarter", plain, part.precision, manner.style),
    };
    if manner.style == Style::Full { format!("{name} ({})", taken_for(part, manner)) } else { name }
}

fn nth(n: u8, unit: &str, whole: &str, precision: Precision, style: Style) -> String {
    let ordinals = ["first", "second", "third"];
    match (style, precision) {
        (Style::Short, _) => format!("{} {unit} of {whole}", vocabulary::ordinal(u64::from(n))),
        (Style::Full, precision) => {
            let the = if precision > Precision::Year { "the " } else { "" };
            let ordinal = match (n, unit) {
                (3, "third") | (4, _) => "last",
                _ => ordinals.get(usize::from(n.saturating_sub(1))).unwrap_or(&"last"),
            };
            format!("{ordinal} {unit} of {the}{whole}")
        }
    }
}

/// Returns the years, months or days of a portion, in words.
fn taken_for(part: &DatePart, manner: Manner) -> String {
    let (first, last) = (part.first_civil(), part.last_civil());
    match part.precision {
        Precision::Month => format!("{}–{}", first.day, last.day),
        Precision::Year => {
            format!("{}–{}", vocabulary::month(manner.style, first.month), vocabulary::month(manner.style, last.month))
        }
        _ => manner.years(first.year, last.year),
    }
}

/// Returns the unit of a portion: "third of a century".
pub(super) fn unit(precision: Precision, portion: Portion) -> String {
    let part = match portion {
        Portion::Early | Portion::Mid | Portion::Late | Portion::Third(_) => "third",
        Portion::Half(_) => "half",
        Portion::Quarter(_) => "quarter",
    };
    let whole = match precision {
        Precision::Month => "month",
        Precision::Year => "year",
        Precision::Decade => "decade",
        Precision::Century => "century",
        _ => "millennium",
    };
    format!("{part} of a {whole}")
}

#[cfg(test)]
mod tests {
    use super::super::iso;
    use super::*;

    fn check(whole: &DatePart, portion: Portion, start: &str, end: &str, words: &str) {
        let Some(part) = of(whole, portion) else { panic!("{portion:?}") };
        let manner = Manner { style: Style::Full, common_era: false };
        let found = (iso(part.extent.start), iso(part.extent.end), crate::date::words::body(&part, manner));
        assert_eq!(found, (start.to_owned(), end.to_owned(), words.to_owned()));
    }

    #[test]
    fn portions_and_what_they_are_taken_for() {
        let century = parts::counted(19, 2, false);
        check(&century, Portion::Early, "1801-01-01", "1834-01-01", "early 19th century (1801–1833)");
        check(&century, Portion::Mid, "1834-01-01", "1868-01-01", "mid-19th century (1834–1867)");
        check(&century, Portion::Late, "1868-01-01", "1901-01-01", "late 19th century (1868–1900)");
        check(&century, Portion::Half(2), "1851-01-01", "1901-01-01", "second half of the 19th century (1851–1900)");
        check(
            &century,
            Portion::Quarter(1),
            "1801-01-01",
            "1826-01-01",
            "first quarter of the 19th century (1801–1825)",
        );
        let before = parts::counted(5, 2, true);
        check(&before, Portion::Late, "-000432-01-01", "-000399-01-01", "late 5th century BCE (433–401 BCE)");
        let decade = parts::block(1930, 1, false);
        check(&decade, Portion::Mid, "1933-01-01", "1937-01-01", "mid-1930s (1933–1936)");
        check(&decade, Portion::Half(1), "1930-01-01", "1935-01-01", "first half of the 1930s (1930–1934)");
        let year = parts::year(Calendar::Gregorian, 1990);
        check(&year, Portion::Late, "1990-09-01", "1991-01-01", "late 1990 (September–December)");
        let month = parts::month(Calendar::Gregorian, 1939, 2);
        check(&month, Portion::Late, "1939-02-21", "1939-03-01", "late February 1939 (21–28)");
        assert_eq!(of(&decade, Portion::Quarter(1)), None);
    }
}
