//! Markdown: a table, or a list whose items begin with dates.
//!
//! ```text
//! | Date | Event |        # The town            the title
//! |------|-------|        ## Trade              a lane
//! | 1965 | Treaty |       - **1965**: Treaty    an event; what is indented below it is its text
//! ```
//!
//! A table is read as tables of other files are. Without one, every item of a list that begins with a date is an event; one
//! without a date that is below a heading which is a date has that date. All else is counted.

mod list;
mod table;

use super::builder::Builder;
use super::error::ImportError;
use super::options::Options;
use super::report::{Kind, Place};
use crate::progress::Progress;

/// Returns the table of a text with commas between cells, each line at its place. Returns `None` if there is no table, or
/// a list of the text has more dates than the table has rows.
pub(super) fn as_table(text: &str) -> Option<String> {
    /// More of either are not counted.
    const MANY: usize = 200;
    let rows = table::rows(text).take(MANY).count();
    (list::dated(text).take(MANY).count() <= rows).then(|| table::as_table(text)).flatten()
}

/// Returns whether a text is in this format: it has a table, or a list of dates.
pub(super) fn recognises(text: &str) -> bool {
    let starts_otherwise = text.trim_start().starts_with(['{', '(', '<', '%', '@']);
    !starts_otherwise && (table::find(text).is_some() || list::recognises(text))
}

/// Counts the lines that are in no table.
pub(super) fn leave_out(text: &str, builder: &mut Builder) {
    for (number, line) in table::outside(text) {
        builder.report.add(Kind::LeftOut("a line after or between tables".into()), Place(number), line);
    }
}

/// Reads the lists of a text without a table.
pub(super) fn read(
    text: &str,
    _options: &Options,
    builder: &mut Builder,
    progress: &Progress,
) -> Result<(), ImportError> {
    list::read_text(text, builder, progress)
}
