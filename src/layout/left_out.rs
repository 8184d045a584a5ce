//! What of a document a picture leaves out, in numbers and in words.

use crate::timeline::{Interval, Timeline, number};

use super::beyond::Stack;
use super::chart::{Chart, EraBand};
use super::frame::Part;
use super::lanes::LaneBox;
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
    /// Events in view that belong to lanes which are not placed.
    pub in_lanes: usize,
    /// Events in view that have no mark of their own in their lane.
    pub unmarked: usize,
    /// Marks without a title.
    pub untitled: usize,
    /// Series that have no plot.
    pub series: usize,
    /// Eras wholly outside the view.
    pub eras: usize,
    /// Eras in view without a name.
    pub era_names: usize,
    /// What stands around the chart where there is room.
    pub parts: Vec<Part>,
}

/// What is placed of a chart.
pub(super) struct Placed<'a> {
    pub(super) stack: &'a Stack,
    pub(super) lanes: &'a [LaneBox],
    pub(super) eras: &'a [EraBand],
    /// How many series have plots.
    pub(super) series: usize,
    pub(super) given_up: Vec<Part>,
}

impl LeftOut {
    /// What is left out of a view by what is placed of it.
    pub(super) fn new(timeline: &Timeline, shown: Interval, placed: Placed<'_>) -> Self {
        let index = &timeline.index;
        let not_placed =
            timeline.lanes.iter().enumerate().filter(|(position, _)| !placed.stack.placed.contains(position));
        Self {
            earlier: index.ended_by(shown.start),
            later: index.len() - index.begun_before(shown.end),
            undated: timeline.events.undated().len(),
            lanes: placed.stack.beyond,
            in_lanes: not_placed.map(|(_, lane)| lane.index.count(shown)).sum(),
            unmarked: placed.lanes.iter().filter_map(|lane| lane.strip.as_ref()).map(|strip| strip.hidden).sum(),
            untitled: placed.lanes.iter().map(|lane| lane.unlabelled).sum(),
            series: timeline.series.len() - placed.series,
            eras: timeline.eras.len() - placed.eras.len(),
            era_names: placed.eras.iter().filter(|era| era.name.is_none()).count(),
            parts: placed.given_up,
        }
    }

    /// Events in view without a mark of their own, in whatever lane.
    #[must_use]
    pub fn without_marks(&self) -> usize {
        self.unmarked + self.in_lanes
    }
}

impl Chart {
    /// A sentence for each kind of thing that the picture leaves out, without a full stop; none where it shows all.
    /// `timeline` is the one that was placed.
    #[must_use]
    pub fn left_out_words(&self, timeline: &Timeline) -> Vec<String> {
        let out = &self.left_out;
        let events = timeline.events.len();
        let mut words = Vec::new();
        if out.earlier + out.later > 0 {
            let sides =
                [(out.earlier, "before it"), (out.later, "after it")].into_iter().filter(|(count, _)| *count > 0);
            let sides: Vec<String> = sides.map(|(count, side)| format!("{} {side}", plain(count))).collect();
            let part = some_of(out.earlier + out.later, events, "event", ["lies", "lie"]);
            words.push(format!("{part} outside the view, {}", sides.join(" and ")));
        }
        if out.undated > 0 {
            let titles = timeline.events.undated().filter_map(|event| timeline.event(event)).map(|event| event.title);
            words.push(format!(
                "{} no date: {}",
                some_of(out.undated, events, "event", HAS),
                names(titles, out.undated)
            ));
        }
        words.extend(self.lanes_left_out(timeline));
        if out.unmarked > 0 {
            let part = some_of(out.unmarked, events, "event", ["is", "are"]);
            words.push(format!("{part} only counted, in strips: there is no room for more marks"));
        }
        if out.untitled > 0 {
            words.push(format!("{} no room for a title", some_of(out.untitled, events, "event", HAS)));
        }
        if out.series > 0 {
            let titles = timeline.series.iter().skip(self.series.len()).map(|series| series.title.as_str());
            let part = some_of(out.series, timeline.series.len(), "series", HAS);
            words.push(format!("{part} no room: {}", names(titles, out.series)));
        }
        words.extend(self.eras_left_out(timeline));
        if !out.parts.is_empty() {
            let parts: Vec<&str> = out.parts.iter().map(|part| part.words()).collect();
            words.push(format!("there is no room for {}", parts.join(", ")));
        }
        words
    }

    fn lanes_left_out(&self, timeline: &Timeline) -> Option<String> {
        let count: usize = self.left_out.lanes.iter().sum();
        let is_placed = |position: usize| self.lanes.iter().any(|lane| lane.lane.0 == position);
        let titles = timeline.lanes.iter().enumerate().filter(|(position, _)| !is_placed(*position));
        let names = names(titles.map(|(_, lane)| lane.title.as_str()), count);
        let events = self.left_out.in_lanes;
        let held = format!("{} {}", plain(events), if events == 1 { "event" } else { "events" });
        (count > 0)
            .then(|| format!("{} no room, with {held}: {names}", some_of(count, timeline.lanes.len(), "lane", HAS)))
    }

    fn eras_left_out(&self, timeline: &Timeline) -> impl Iterator<Item = String> {
        let title = |position: usize| timeline.eras.get(position).map_or("", |era| era.title.as_str());
        let (out, all) = (&self.left_out, timeline.eras.len());
        let outside = (0..all).filter(|position| self.eras.iter().all(|era| era.index != *position)).map(title);
        let outside = (out.eras > 0).then(|| {
            format!("{} outside the view: {}", some_of(out.eras, all, "era", ["lies", "lie"]), names(outside, out.eras))
        });
        let unnamed = self.eras.iter().filter(|era| era.name.is_none()).map(|era| title(era.index));
        let unnamed = (out.era_names > 0).then(|| {
            let part = some_of(out.era_names, all, "era", HAS);
            format!("{part} no room for a name: {}", names(unnamed, out.era_names))
        });
        outside.into_iter().chain(unnamed)
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
        [firsts @ .., last] if !firsts.is_empty() => format!("{} and {last}", firsts.join(", ")),
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
