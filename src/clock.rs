//! The date of today.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::date::civil::civil_from_days;

/// Returns today's date in UTC, in ISO 8601. Returns `None` if the clock is before 1970.
#[must_use]
pub fn today() -> Option<String> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    let (year, month, day) = civil_from_days((since.as_secs() / 86_400) as i64);
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

/// Returns how long ago a time was; zero for one that is to come.
#[must_use]
pub fn age(time: SystemTime) -> Duration {
    SystemTime::now().duration_since(time).unwrap_or_default()
}
