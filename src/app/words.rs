//! Small words of the window.

use crate::timeline::number;

/// "1 event", "100,000 events".
pub(super) fn count_words(count: usize, one: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {one}{plural}", number(count as f64))
}
