//! Which row of a table names its columns.

use std::collections::HashSet;

use super::super::dates::Dates;
use super::cell::{Kind, Row, column_of};
use super::names;
use super::numeric;

/// Returns whether a text is a date: one in numbers, a year of four digits, or words with a number in them that are a date.
pub(super) fn is_date(text: &str, kind: Kind) -> bool {
    let text = text.trim();
    if kind == Kind::Date {
        return true;
    }
    if text.is_empty() || text.len() > 80 || !text.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        let is_year = text.len() == 4 && ("1000".."2200").contains(&text);
        return is_year || text.len() == 8 && numeric::read(text).is_some();
    }
    match numeric::read(text) {
        Some((numeric::Numeric::Either { year: None, .. }, _)) => false,
        Some(_) => true,
        // "1.5" and "12 %" are no dates, and nor is "3 km".
        None => text.parse::<f64>().is_err() && Dates::default().read(text).date.is_some(),
    }
}

/// Returns the index of the row that names the columns among the first rows, which are not blank; `None` if there is none.
/// `chosen` are the columns that the user named.
pub(super) fn find(rows: &[Row<'_>], chosen: &[&str]) -> Option<usize> {
    /// Number of rows among which it may be.
    const FIRST: usize = 30;
    let width = rows.iter().map(Row::filled).max().unwrap_or(0);
    let first = || rows.iter().enumerate().take(FIRST);
    let is_wide = |row: &Row<'_>| row.filled() * 2 >= width && (row.filled() > 1 || width == 1);
    let names_chosen = |row: &Row<'_>| {
        let is_named = |name: &&str| {
            column_of(name).is_none() && row.cells.iter().any(|cell| names::simple(&cell.text) == names::simple(name))
        };
        chosen.iter().any(is_named)
    };
    if let Some((index, _)) = first().find(|(_, row)| names_chosen(row)) {
        return Some(index);
    }
    if let Some((index, _)) = first().find(|(_, row)| known(row) >= 2 && is_wide(row) && could_be(row)) {
        // Below a row that names groups of columns, such as "When", is one that names each of them: "From", "To".
        let names_each = |index: &usize| {
            let (Some(above), Some(row)) = (rows.get(*index - 1), rows.get(*index)) else { return false };
            row.number == above.number + 1 && known(row) >= known(above).max(2) && could_be(row)
        };
        return (index + 1..rows.len()).take_while(names_each).last().or(Some(index));
    }
    // A row of short texts, all different, above rows that are not like it.
    let (index, row) = first().find(|(_, row)| is_wide(row))?;
    let texts: Vec<&str> = row.cells.iter().map(|cell| cell.text.trim()).filter(|text| !text.is_empty()).collect();
    let differ = texts.iter().collect::<HashSet<_>>().len() == texts.len();
    let are_names = texts.iter().all(|text| text.chars().count() <= 40 && text.parse::<f64>().is_err());
    let has_known = known(row) >= 1;
    let below = rows.get(index + 1..).unwrap_or_default();
    let differs_below = (0..row.cells.len()).any(|column| {
        let is_value = |row: &&Row<'_>| {
            let text = row.text(column);
            is_date(text, row.kind(column)) || text.parse::<f64>().is_ok()
        };
        let values = below.iter().take(50).filter(is_value).count();
        values * 2 > below.len().min(50)
    });
    (could_be(row) && differ && are_names && (has_known || differs_below)).then_some(index)
}

/// Returns the row right above the one that names the columns if it names groups of them, as merged cells do.
pub(super) fn above<'r, 't>(rows: &'r [Row<'t>], index: usize) -> Option<&'r Row<'t>> {
    let above = rows.get(index.checked_sub(1)?)?;
    let is_next = rows.get(index).is_some_and(|row| row.number == above.number + 1);
    (is_next && above.filled() > 1 && known(above) > 0 && could_be(above)).then_some(above)
}

/// Returns the number of cells that are names of fields.
fn known(row: &Row<'_>) -> usize {
    row.cells.iter().filter(|cell| !names::fields(&cell.text).is_empty()).count()
}

/// Returns whether no cell of a row is a date, a time or a number.
fn could_be(row: &Row<'_>) -> bool {
    let is_value = |text: &str| text.parse::<f64>().is_ok() || numeric::clock(text).is_some();
    row.cells
        .iter()
        .all(|cell| cell.kind == Kind::Text && !is_date(&cell.text, cell.kind) && !is_value(cell.text.trim()))
}

#[cfg(test)]
mod tests {
    use super::super::text::Text;
    use super::*;

    #[test]
    fn a_header_is_found() {
        let check = |text: &str, expect: Option<usize>| {
            let mut reader = Text::new(text, false).rows();
            let mut rows = Vec::new();
            let mut row = Row::default();
            while reader.next(&mut row) {
                if !row.is_blank() {
                    rows.push(row.clone());
                }
            }
            assert_eq!(find(&rows, &[]), expect, "{text:?}");
        };
        check("date,title\n1914,War\n", Some(0));
        check("Our trips,,\nMade in May,,\nWann,Titel,Ort\n1914,Ausflug,Bonn\n", Some(2));
        check("1914,War\n1918,Peace\n", None);
        check("Foo,Bar\n1914,War\n1918,Peace\n", Some(0));
        check("War,Europe\nPeace,Europe\n", None);
        check("item,weight_kg\nStone,5\nSand,7\n", Some(0));
        check(",When,,Notes\nNo.,From,To,Event\n1,1914,1918,War\n", Some(1));
        check("Date,Title\n1914,Event\n", Some(0));
        check("1/2/1990,Event\n1/3/1990,Other\n", None);
        check("10:00,Start\n10:30,Event\n", None);
        check("", None);
    }

    #[test]
    fn dates_are_told_from_numbers() {
        for text in ["1965", "3/4/1990", "22 June 1965", "44 BC", "c. 1850", "1990s", "22. Juni 1965", "20060924"] {
            assert!(is_date(text, Kind::Text), "{text}");
        }
        for text in ["", "12", "1.5", "245", "9999", "hello", "3 km", "May", "1.5 %"] {
            assert!(!is_date(text, Kind::Text), "{text}");
        }
    }
}
