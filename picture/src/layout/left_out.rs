//! What an image leaves out of a document, in numbers and in words.

use std::ops::Range;

use crate::date::Interval;
use crate::query::Projection;
use crate::timeline::{EraIndex, Timeline, number};

use super::lanes::LaneBox;
use super::regions::Part;
use super::text::one_line;

/// The content of a document that an image does not show, or shows without a name. The single source for the counts in
/// the image, the messages of an export and the export form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Number of events entirely before the view.
    pub earlier: usize,
    /// Number of events entirely after the view.
    pub later: usize,
    /// Number of events without a date.
    pub undated: usize,
    /// Number of lanes that are not placed or out of sight: above those shown, and below.
    pub lanes: [usize; 2],
    /// The indices of the placed lanes.
    pub placed_lanes: Range<usize>,
    /// Number of events in view in lanes that are not placed.
    pub in_lanes: usize,
    /// Number of events in view that have no mark in their lane.
    pub unmarked: usize,
    /// Number of marks without a title.
    pub untitled: usize,
    /// Number of series without a plot.
    pub series: usize,
    /// Number of these that come before the series with a plot.
    pub series_before: usize,
    /// Eras entirely outside the view.
    pub eras: Vec<EraIndex>,
    /// Eras in view without a name.
    pub era_names: Vec<EraIndex>,
    /// Parts around the chart that had no room.
    pub parts: Vec<Part>,
}

impl LeftOut {
    /// Returns the events left out of a view in which these lanes of a projection are placed.
    pub(super) fn new(projection: &Projection, shown: Interval, lanes: &[LaneBox], placed_lanes: Range<usize>) -> Self {
        let not_placed = projection.lanes().iter().enumerate().filter(|(place, _)| !placed_lanes.contains(place));
        Self {
            earlier: projection.ended_by(shown.start),
            later: projection.dated() - projection.begun_before(shown.end),
            undated: projection.undated().len(),
            in_lanes: not_placed.map(|(_, lane)| lane.index().count(shown)).sum(),
            unmarked: lanes.iter().filter_map(|lane| lane.strip.as_ref()).map(|strip| strip.hidden).sum(),
            untitled: lanes.iter().map(|lane| lane.unlabelled).sum(),
            placed_lanes,
            ..Self::default()
        }
    }

    /// Returns the number of events in view without a mark, in all lanes.
    #[must_use]
    pub fn without_marks(&self) -> usize {
        self.unmarked + self.in_lanes
    }

    /// Returns one sentence, without a full stop, for each kind of content that the image leaves out; empty if it shows
    /// everything. `timeline` and `projection` are those that were placed.
    #[must_use]
    pub fn words(&self, timeline: &Timeline, projection: &Projection) -> Vec<String> {
        let events = projection.len();
        let mut words = Vec::new();
        if self.earlier + self.later > 0 {
            let sides =
                [(self.earlier, "before it"), (self.later, "after it")].into_iter().filter(|(count, _)| *count > 0);
            let sides: Vec<String> = sides.map(|(count, side)| format!("{} {side}", plain(count))).collect();
            let part = some_of(self.earlier + self.later, events, "event", ["lies", "lie"]);
            words.push(format!("{part} outside the view, {}", sides.join(" and ")));
        }
        if self.undated > 0 {
            let titles =
                projection.undated().iter().filter_map(|event| timeline.event(*event)).map(|event| event.title);
            words.push(format!(
                "{} no date: {}",
                some_of(self.undated, events, "event", HAS),
                names(titles, self.undated)
            ));
        }
        words.extend(self.lanes_in_words(timeline, projection));
        if self.unmarked > 0 {
            let part = some_of(self.unmarked, events, "event", ["is", "are"]);
            words.push(format!("{part} only counted, in strips: there is no room for more marks"));
        }
        if self.untitled > 0 {
            words.push(format!("{} no room for a title", some_of(self.untitled, events, "event", HAS)));
        }
        if self.series > 0 {
            let all = timeline.series.len();
            let (before, after) = timeline.series.split_at(self.series_before.min(all));
            let after = after.iter().skip(all - self.series.min(all));
            let titles = before.iter().chain(after).map(|series| series.title.as_str());
            words.push(format!("{} no room: {}", some_of(self.series, all, "series", HAS), names(titles, self.series)));
        }
        words.extend(self.eras_in_words(timeline));
        if !self.parts.is_empty() {
            let parts: Vec<&str> = self.parts.iter().map(|part| part.words()).collect();
            words.push(format!("there is no room for {}", parts.join(", ")));
        }
        words
    }

    fn lanes_in_words(&self, timeline: &Timeline, projection: &Projection) -> Option<String> {
        let count: usize = self.lanes.iter().sum();
        let not_placed = projection.lanes().iter().enumerate().filter(|(place, _)| !self.placed_lanes.contains(place));
        let lanes = not_placed.filter_map(|(_, shown)| timeline.lane(shown.lane()));
        let names = names(lanes.map(|lane| lane.title.as_str()), count);
        let held = format!("{} {}", plain(self.in_lanes), if self.in_lanes == 1 { "event" } else { "events" });
        let part = some_of(count, projection.lanes().len(), "lane", HAS);
        (count > 0).then(|| format!("{part} no room, with {held}: {names}"))
    }

    fn eras_in_words(&self, timeline: &Timeline) -> impl Iterator<Item = String> {
        let all = timeline.eras.len();
        let say = |eras: &[EraIndex], verbs, what: &str| {
            let titles = eras.iter().filter_map(|era| timeline.era(*era)).map(|era| era.title.as_str());
            let part = some_of(eras.len(), all, "era", verbs);
            (!eras.is_empty()).then(|| format!("{part} {what}: {}", names(titles, eras.len())))
        };
        let outside = say(&self.eras, ["lies", "lie"], "outside the view");
        outside.into_iter().chain(say(&self.era_names, HAS, "no room for a name"))
    }
}

/// Verb for one and for several that have no room.
const HAS: [&str; 2] = ["has", "have"];

fn plain(count: usize) -> String {
    number(count as f64)
}

/// Formats "1 of 3 lanes has", "2 of 3 lanes have".
fn some_of(count: usize, all: usize, noun: &str, [one, several]: [&str; 2]) -> String {
    let plural = if all == 1 || noun.ends_with('s') { "" } else { "s" };
    format!("{} of {} {noun}{plural} {}", plain(count), plain(all), if count == 1 { one } else { several })
}

/// Returns the first of `count` names, in quotation marks, and the number of the others.
fn names<'a>(names: impl Iterator<Item = &'a str>, count: usize) -> String {
    /// Maximum number of names; the document has the full list.
    const MOST: usize = 3;
    /// Maximum length of a name, in characters.
    const LONGEST: usize = 40;
    let quoted = |name: &str| {
        let name = one_line(name);
        let short: String = name.chars().take(LONGEST).collect();
        format!("“{}{}”", short.trim_end(), if name.chars().nth(LONGEST).is_some() { "…" } else { "" })
    };
    let mut list: Vec<String> = names.take(if count == MOST + 1 { count } else { MOST }).map(quoted).collect();
    if count > list.len() {
        list.push(format!("{} more", plain(count - list.len())));
    }
    match list.as_slice() {
        [others @ .., end] if !others.is_empty() => format!("{} and {end}", others.join(", ")),
        _ => list.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_in_words() {
        assert_eq!(some_of(1, 3, "lane", HAS), "1 of 3 lanes has");
        assert_eq!(some_of(1, 1, "lane", HAS), "1 of 1 lane has");
        assert_eq!(some_of(2000, 40_000, "series", HAS), "2,000 of 40,000 series have");
        let all = ["A", "B\nC", "D", "E", "F"];
        let check = |count: usize, expect: &str| assert_eq!(names(all.into_iter().take(count), count), expect);
        check(1, "“A”");
        check(2, "“A” and “B C”");
        check(3, "“A”, “B C” and “D”");
        check(4, "“A”, “B C”, “D” and “E”");
        check(5, "“A”, “B C”, “D” and 2 more");
        let long = "many words ".repeat(9);
        assert_eq!(names([long.as_str()].into_iter(), 1), "“many words many words many words many wo…”");
    }
}
