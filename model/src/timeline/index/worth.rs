//! Ranking of events for getting a title if there is not enough room for all.
//!
//! The importance in the document comes first. Then titles should be spread over the time shown: the first event of
//! each date comes before the second of any. Dates are ranked by a low-discrepancy sequence (J. G. van der Corput,
//! 1935: the bits of a number, reversed), their distance from the nearest date, and the known length of a span. Last
//! comes time order, which for events of one date is document order.

use super::indexed::Indexed;

/// Returns the rank value of each event, in time order; larger is more important.
pub(super) fn of(facts: &[Indexed]) -> Vec<u64> {
    let mut found = Vec::with_capacity(facts.len());
    let dates = || facts.chunk_by(|a, b| a.bounds == b.bounds && a.anchor == b.anchor);
    let anchors = |dates: Option<&[Indexed]>| dates.and_then(|date| date.first()).map(|event| event.anchor);
    let (mut before, mut after) = (None, dates().skip(1));
    for (number, date) in dates().enumerate() {
        let own = anchors(Some(date)).unwrap_or_default();
        let neighbours = [before, anchors(after.next())].into_iter().flatten();
        let alone = neighbours.map(|other| own.saturating_sub(other).saturating_abs()).min().unwrap_or(i64::MAX);
        for (rank, event) in date.iter().enumerate() {
            found.push(u64::from(ordered(event.importance)) << 32 | u64::from(rest(event, rank, number, alone)));
        }
        before = Some(own);
    }
    found
}

/// Returns the importance in the document of an event with this rank value, as a number to compare.
pub(super) fn stated(worth: u64) -> u64 {
    worth >> 32
}

/// Converts a number to an integer with the same order (IEEE 754, 5.10).
fn ordered(importance: f32) -> u32 {
    let bits = importance.to_bits();
    if importance.is_sign_negative() { !bits } else { bits | 1 << 31 }
}

/// Returns the lower part of the rank value, for an event with this `rank` among those of its date; `alone` is the
/// distance to the nearest other date in seconds, `date` the number of the date.
fn rest(event: &Indexed, rank: usize, date: usize, alone: i64) -> u32 {
    /// Added for the first event of a date.
    const FIRST: u32 = 1 << 31;
    let magnitude = |seconds: i64| (seconds.max(0) as f32).ln_1p() / 44.0;
    let spread = (date as u32).reverse_bits() as f32 / u32::MAX as f32;
    let length = event.span.map_or(0.0, magnitude);
    let score = 0.25 * spread + 0.5 * magnitude(alone) + 0.25 * length;
    if rank == 0 {
        FIRST + (score.clamp(0.0, 1.0) * (FIRST - 1) as f32) as u32
    } else {
        // Room for 2^27 events of one date.
        (FIRST - 1).saturating_sub((rank as u32).saturating_mul(16)) & !15 | (score.clamp(0.0, 1.0) * 15.0) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::Date;

    fn worth(events: &[(&str, f32)]) -> Vec<u64> {
        let facts =
            events.iter().map(|(date, importance)| Indexed::new(&Date::parse(date).expect("a date"), *importance));
        of(&facts.collect::<Vec<_>>())
    }

    /// The positions of these events, the most important first.
    fn order(events: &[(&str, f32)]) -> Vec<usize> {
        let worth = worth(events);
        let mut order: Vec<usize> = (0..events.len()).collect();
        order.sort_by_key(|position| (std::cmp::Reverse(worth[*position]), *position));
        order
    }

    #[test]
    fn equal_events_of_one_date_keep_their_order() {
        let worth = worth(&vec![("2001-05-11", 0.0); 100_000]);
        assert!(worth.windows(2).all(|pair| pair[0] > pair[1]));
    }

    #[test]
    fn what_the_document_says_comes_before_all_else() {
        assert_eq!(order(&[("1900/1990", 0.0), ("1950", 0.01)]), [1, 0]);
        assert_eq!(order(&[("1900", -1.0), ("1901", 0.0), ("1901", -0.5), ("1990", -2.0)]), [1, 2, 0, 3]);
        assert_eq!(order(&[("1900", f32::MIN), ("1901", f32::MAX), ("1902", 0.0)]), [1, 2, 0]);
    }

    #[test]
    fn the_first_of_each_date_come_before_the_second_of_any() {
        let order = order(&[("1900", 0.0), ("1900", 0.0), ("1900", 0.0), ("1950", 0.0), ("1950", 0.0), ("1990", 0.0)]);
        let sorted = |order: &[usize]| order.iter().copied().collect::<std::collections::BTreeSet<_>>();
        assert_eq!(sorted(&order[..3]), [0, 3, 5].into());
        assert_eq!((sorted(&order[3..5]), order[5]), ([1, 4].into(), 2));
    }

    #[test]
    fn an_unknown_end_is_no_length() {
        let alone = |date: &str| worth(&[(date, 0.0)])[0];
        assert_eq!(alone("1727/"), alone("1727"));
        assert!(alone("1727/1790") > alone("1727"));
    }

    #[test]
    fn the_first_of_many_equal_ones_are_spread() {
        let dates: Vec<String> = (1000..2024).map(|year| year.to_string()).collect();
        let events: Vec<(&str, f32)> = dates.iter().map(|date| (date.as_str(), 0.0)).collect();
        let mut first = order(&events)[..16].to_vec();
        first.sort_unstable();
        assert!(first.windows(2).all(|pair| (32..=160).contains(&(pair[1] - pair[0]))), "{first:?}");
    }
}
