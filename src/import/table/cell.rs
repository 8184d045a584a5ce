//! Cells and rows, whatever they were read from.

use std::borrow::Cow;

/// What a program says that a cell holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// A text, or what a file of text has.
    #[default]
    Text,
    /// A number.
    Number,
    /// A date, with or without a time of day, in ISO 8601.
    Date,
    /// A time of day, or a duration of less than a day, in ISO 8601.
    Time,
}

/// A cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell<'t> {
    /// Its text.
    pub text: Cow<'t, str>,
    /// What it holds.
    pub kind: Kind,
}

/// Maximum length of the text of a cell, in bytes; Excel holds an eighth of it.
const MOST: usize = 256 << 10;

impl Cell<'_> {
    /// Cuts a text that is too long. Returns whether it was.
    pub fn cut(&mut self) -> bool {
        if self.text.len() <= MOST {
            return false;
        }
        let end = self.text.floor_char_boundary(MOST);
        match &mut self.text {
            Cow::Borrowed(text) => *text = text.get(..end).unwrap_or_default(),
            Cow::Owned(text) => {
                text.truncate(end);
                text.shrink_to_fit();
            }
        }
        true
    }
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Row<'t> {
    /// Its number, from 1, as spreadsheets count.
    pub number: usize,
    /// Its cells.
    pub cells: Vec<Cell<'t>>,
    /// Number of cells whose texts were too long, and are cut.
    pub cut: usize,
}

impl Row<'_> {
    /// Returns the row with the cells of another one where its own have no text.
    pub fn filled_from(&self, other: &Self) -> Self {
        let mut row = self.clone();
        row.cells.resize(self.cells.len().max(other.cells.len()), Cell::default());
        for (cell, from) in row.cells.iter_mut().zip(&other.cells) {
            if cell.text.trim().is_empty() {
                cell.clone_from(from);
            }
        }
        row
    }

    /// Cuts texts that are too long.
    pub fn cut(&mut self) {
        self.cut += self.cells.iter_mut().map(|cell| usize::from(cell.cut())).sum::<usize>();
    }

    /// Returns the text of a cell without spaces around it; empty if there is no such cell.
    pub fn text(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.text.trim())
    }

    /// Returns what a cell holds.
    pub fn kind(&self, column: usize) -> Kind {
        self.cells.get(column).map_or(Kind::Text, |cell| cell.kind)
    }

    /// Returns whether no cell has a text.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.text.trim().is_empty())
    }

    /// Returns the number of cells that have a text.
    pub fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.text.trim().is_empty()).count()
    }
}

/// Returns the letters of a column, from 0: A to Z, AA and so on.
pub(super) fn letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// Returns the column of letters or of a number, from 0.
pub(super) fn column_of(text: &str) -> Option<usize> {
    if let Ok(number) = text.parse::<usize>() {
        return number.checked_sub(1);
    }
    if text.is_empty() || text.len() > 3 || !text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let value = |byte: u8| usize::from(byte.to_ascii_uppercase() - b'A') + 1;
    Some(text.bytes().fold(0, |sum, byte| sum * 26 + value(byte)) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        for (column, expect) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(letters(column), expect);
            assert_eq!(column_of(expect), Some(column));
            assert_eq!(column_of(&expect.to_lowercase()), Some(column));
            assert_eq!(column_of(&(column + 1).to_string()), Some(column));
        }
        for wrong in ["0", "", "A1", "Date", "é"] {
            assert_eq!(column_of(wrong), None, "{wrong}");
        }
    }
}
