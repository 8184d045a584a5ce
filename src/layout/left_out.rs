//! What of a document a picture leaves out, in numbers and in words.

use std::ops::Range;

use crate::date::Interval;
use crate::query::Projection;
use crate::timeline::{EraIndex, Timeline, number};

use super::lanes::LaneBox;
use super::regions::Part;
use super::text::one_line;

/// What of a document a picture does not show, or shows without a name. The counts in the picture, the messages of an
/// export and the export form all come from here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Events wholly before the view.
    pub earlier: usize,
    /// Events wholly after the view.
    pub later: usize,
    /// Events without a date.
    pub undated: usize,
    /// Lanes that are not placed or out of sight: above those that are shown, and below.
    pub lanes: [usize; 2],
    /// The lanes that are placed.
    pub placed_lanes: Range<usize>,
    /// Events in view that belong to lanes which are not placed.
    pub in_lanes: usize,
    /// Events in view that have no mark of their own in their lane.
    pub unmarked: usize,
    /// Marks without a title.
    pub untitled: usize,
    /// Series that have no plot.
    pub series: usize,
    /// How many of these come before the ones that have.
    pub series_before: usize,
    /// Eras wholly outside the view.
    pub eras: Vec<EraIndex>,
    /// Eras in view without a name.
    pub era_names: Vec<EraIndex>,
    /// What stands around the chart where there is room.
    pub parts: Vec<Part>,
}

impl LeftOut {
    /// The events that are left out of a view in which these lanes of a projection are placed.
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

    /// Events in view without a mark of their own, in whatever lane.
    #[must_use]
    pub fn without_marks(&self) -> usize {
        self.unmarked + self.in_lanes
    }

    /// A sentence for each kind of thing that the picture leaves out, without a full stop; none where it shows all.
    /// `timeline` and `projection` are those that were placed.
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

/// What one and several do that have no room.
const HAS: [&str; 2] = ["has", "have"];

fn plain(count: usize) -> String {
    number(count as f64)
}

/// "1 of 3 lanes has", "2 of 3 lanes have".
fn some_of(count: usize, all: usize, noun: &str, [one, several]: [&str; 2]) -> String {
    let plural = if all == 1 || noun.ends_with('s') { "" } else { "s" };
    format!("{} of {} {noun}{plural} {}", plain(count), plain(all), if count == 1 { one } else { several })
}

/// The first names of so many, in quotation marks, and the number of the others.
fn names<'a>(names: impl Iterator<Item = &'a str>, count: usize) -> String {
    /// Who wants all of them looks into the document.
    const MOST: usize = 3;
    /// Characters of a name.
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
