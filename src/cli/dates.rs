//! Dates on the command line.

use crate::date::Date;

/// Reads any date of a document.
pub(super) fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).map_err(|error| match error.hint {
        Some(hint) => format!("{} ({hint})", error.message),
        None => error.message,
    })
}

/// Checks that something may lie between two dates.
pub(super) fn in_order(from: Option<&Date>, to: Option<&Date>) -> Result<(), &'static str> {
    match (from.and_then(Date::earliest), to.and_then(Date::latest)) {
        (Some(start), Some(end)) if start >= end => Err("--from must be before --to"),
        _ => Ok(()),
    }
}
