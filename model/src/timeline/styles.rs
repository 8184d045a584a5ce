//! Assignment of styles to lanes and series: the hue and the marker of a lane without a colour of its own, the colour
//! of a series.
//!
//! In a newly opened document the style is the position. Across reloads, a lane or a series keeps its style, wherever
//! it is moved to and whatever is inserted before it.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use super::model::Timeline;

/// Returns the styles of parts with these keys, in order: existing parts keep theirs; a new part gets the lowest style
/// that no other part of the document has.
fn kept<'k, K: Eq + Hash + 'k>(
    before: impl Iterator<Item = (&'k K, usize)>,
    keys: impl Iterator<Item = &'k K>,
) -> Vec<usize> {
    let before: HashMap<&K, usize> = before.collect();
    let found: Vec<Option<usize>> = keys.map(|key| before.get(key).copied()).collect();
    let held: HashSet<usize> = found.iter().flatten().copied().collect();
    let mut free = (0..).filter(|style| !held.contains(style));
    found.into_iter().map(|style| style.or_else(|| free.next()).unwrap_or_default()).collect()
}

impl Timeline {
    /// Copies the styles of lanes and series from an older version of the document.
    pub fn keep_styles_of(&mut self, before: &Self) {
        let lanes =
            kept(before.lanes.iter().map(|lane| (&lane.key, lane.style)), self.lanes.iter().map(|lane| &lane.key));
        for (lane, style) in self.lanes.iter_mut().zip(lanes) {
            lane.style = style;
        }
        let series = kept(
            before.series.iter().map(|series| (&series.key, series.style)),
            self.series.iter().map(|series| &series.key),
        );
        for (series, style) in self.series.iter_mut().zip(series) {
            series.style = style;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document;
    use crate::timeline::{Color, Hue, resolve_recovered};

    /// Returns a timeline with these lanes and series; a lane in capitals is red.
    fn timeline(ids: &str) -> Timeline {
        let ids: Vec<String> = ids.chars().map(String::from).collect();
        let lane = |id: &String| document::Lane {
            id: id.clone(),
            color: id.chars().all(char::is_uppercase).then(|| "red".to_owned()),
            ..Default::default()
        };
        let series = |id: &String| document::Series {
            id: id.clone(),
            points: vec![document::Point { date: "1900".to_owned(), ..Default::default() }],
            ..Default::default()
        };
        let document = document::Timeline {
            lanes: ids.iter().map(lane).collect(),
            series: ids.iter().map(series).collect(),
            ..Default::default()
        };
        resolve_recovered(document, &[]).timeline.expect("some series")
    }

    #[track_caller]
    fn check(versions: &[&str], expect: &[usize]) {
        let mut before = Timeline::default();
        for (number, version) in versions.iter().enumerate() {
            let mut next = timeline(version);
            if number > 0 {
                next.keep_styles_of(&before);
            }
            before = next;
        }
        let styles: Vec<usize> = before.lanes.iter().map(|lane| lane.style).collect();
        assert_eq!(styles, expect, "{versions:?}");
        let styles: Vec<usize> = before.series.iter().map(|series| series.style).collect();
        assert_eq!(styles, expect, "{versions:?}");
    }

    #[test]
    fn lanes_and_series_keep_their_styles() {
        check(&["abc"], &[0, 1, 2]);
        check(&["abc", "abc"], &[0, 1, 2]);
        check(&["abc", "xabyc"], &[3, 0, 1, 4, 2]);
        check(&["abc", "cab"], &[2, 0, 1]);
        check(&["abc", "ac", "acx"], &[0, 2, 1]);
        check(&["abc", "xyz"], &[0, 1, 2]);
    }

    #[test]
    fn the_colour_of_a_lane_is_that_of_the_document_or_of_its_style() {
        let mut after = timeline("xaB");
        after.keep_styles_of(&timeline("aB"));
        let colors: Vec<Color> = after.lanes.iter().map(super::super::Lane::color).collect();
        assert_eq!(colors, [Hue::Magenta, Hue::Blue, Hue::Red].map(Color::Named));
    }
}
