//! Ranking of events for getting a title if there is not enough room for all.
//!
//! The importance in the document comes first. Then titles should be spread over the time shown: the first event of
//! each date comes before the second of any. Dates are ranked by a low-discrepancy sequence (J. G. van der Corput,
//! 1935: the bits of a number, reversed), their distance from the nearest date, and the known length of a span. Last
//! comes time order, which for events of one date is document order.

use super::indexed::Indexed;

/// What the rank value of an event is made of, besides the number of its date and its rank among those of its date.
#[derive(Clone, Copy, Debug)]
pub(super) struct Merit {
    /// The importance in the document, as a number to compare.
    pub stated: u32,
    /// The part of the score that depends on the distance from other dates, and on the length.
    pub apart: f32,
    /// Whether it is the first event of its date.
    pub is_first: bool,
}

/// Returns the merits of events that follow one another in time order, of which the dates before and after have these
/// anchors.
pub(super) fn merits(facts: &[Indexed], before: Option<i64>, after: Option<i64>) -> Vec<Merit> {
    let mut found = Vec::with_capacity(facts.len());
    let dates = || facts.chunk_by(|a, b| a.bounds == b.bounds && a.anchor == b.anchor);
    let anchors = |date: &[Indexed]| date.first().map(|event| event.anchor);
    let (mut before, mut next) = (before, dates().skip(1));
    for date in dates() {
        let own = anchors(date).unwrap_or_default();
        let neighbours = [before, next.next().map_or(after, anchors)].into_iter().flatten();
        let alone = neighbours.map(|other| own.saturating_sub(other).saturating_abs()).min().unwrap_or(i64::MAX);
        found.extend(date.iter().enumerate().map(|(rank, event)| Merit {
            stated: ordered(event.importance),
            apart: apart(alone, event.span),
            is_first: rank == 0,
        }));
        before = Some(own);
    }
    found
}

/// Returns the rank value of an event, larger for a more important one. `date` is the number of its date, `rank` its
/// number among the events of its date.
pub(super) fn value(merit: Merit, date: usize, rank: usize) -> u64 {
    u64::from(merit.stated) << 32 | u64::from(rest(merit.apart, date, rank))
}

/// Returns whether an event with this rank value is the first of its date.
pub(super) fn is_first(worth: u64) -> bool {
    worth as u32 >= FIRST
}

/// Returns the importance in the document of an event with this rank value, as a number to compare.
pub(super) fn stated(worth: u64) -> u32 {
    (worth >> 32) as u32
}

/// Converts a number to an integer with the same order (IEEE 754, 5.10).
fn ordered(importance: f32) -> u32 {
    let bits = importance.to_bits();
    if importance.is_sign_negative() { !bits } else { bits | 1 << 31 }
}

/// Added for the first event of a date.
const FIRST: u32 = 1 << 31;

/// Returns the part of the score that does not depend on the number of the date; `alone` is the distance to the nearest
/// other date, `span` the length of a span, both in seconds.
fn apart(alone: i64, span: Option<i64>) -> f32 {
    let magnitude = |seconds: i64| (seconds.max(0) as f32).ln_1p() / 44.0;
    0.5 * magnitude(alone) + 0.25 * span.map_or(0.0, magnitude)
}

/// Returns the lower part of the rank value.
fn rest(apart: f32, date: usize, rank: usize) -> u32 {
    let spread = (date as u32).reverse_bits() as f32 / u32::MAX as f32;
    let score = 0.25 * spread + apart;
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
        let important = super::super::important::Important::new(&merits(&facts.collect::<Vec<_>>(), None, None));
        (0..events.len()).map(|position| important.get(position)).collect()
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
