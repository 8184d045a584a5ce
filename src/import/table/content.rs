//! What the first rows say about the content of a column.

use std::collections::HashSet;

use super::cell::Row;
use super::header::is_date;

/// What the first rows say about the content of a column.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Content {
    /// Number of cells with a text.
    pub filled: usize,
    pub dates: usize,
    pub numbers: usize,
    /// Whole numbers of at most four digits.
    pub years: usize,
    pub addresses: usize,
    /// Number of different texts.
    pub different: usize,
    /// Characters of all texts.
    pub length: usize,
}

impl Content {
    pub fn new(rows: &[Row<'_>], column: usize) -> Self {
        let mut content = Self::default();
        let mut texts = HashSet::new();
        for row in rows {
            let text = row.text(column);
            if text.is_empty() {
                continue;
            }
            content.filled += 1;
            content.dates += usize::from(is_date(text, row.kind(column)));
            content.numbers += usize::from(text.replace(',', "").parse::<f64>().is_ok());
            content.years += usize::from(text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit()));
            content.addresses += usize::from(text.starts_with("http://") || text.starts_with("https://"));
            content.length += text.chars().count();
            texts.insert(text);
        }
        content.different = texts.len();
        content
    }

    pub fn share(self, count: usize) -> f64 {
        if self.filled == 0 { 0.0 } else { count as f64 / self.filled as f64 }
    }

    /// Returns whether most of its cells are dates.
    pub fn is_dated(self) -> bool {
        self.share(self.dates) >= 0.5
    }

    /// Returns whether it is neither numbers nor dates nor addresses.
    pub fn is_text(self) -> bool {
        self.filled > 0 && !self.is_dated() && self.share(self.numbers) < 0.5 && self.share(self.addresses) < 0.5
    }

    pub fn mean_length(self) -> f64 {
        self.share(self.length)
    }
}
