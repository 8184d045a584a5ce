//! Eras: their bands behind the lanes, and the rows of their names.

use egui::{Rangef, Rect, pos2, vec2};

use crate::date::{Date, Endpoint};
use crate::timeline::{Era, EraIndex, Timeline};

use super::measure::{Measure, TextRole};
use super::regions::ERA_ROW;
use super::shape::Bar;
use super::view::TimeAxis;

/// Number of tints.
pub const ERA_TINTS: usize = 3;
/// Minimum width of an era in view that gets a name, in points.
const LEAST_NAME: f32 = 30.0;

/// A placed era.
#[derive(Clone, Debug, PartialEq)]
pub struct EraBand {
    /// The era.
    pub index: EraIndex,
    /// x from its earliest beginning to its latest end, in points, clipped slightly outside the chart.
    pub x: Rangef,
    /// x of the part that is certain; between this and `x` the ends fade.
    pub sure: Rangef,
    /// Its length in seconds: where two eras overlap, the shorter one is hit.
    pub length: i64,
    /// Its tint, below [`ERA_TINTS`]: differs from those of its neighbours and of the eras it overlaps, as long as
    /// there are enough tints.
    pub tint: usize,
    /// The rectangle of its name; `None` if there is no room.
    pub name: Option<Rect>,
    /// The rectangle of its dates, after the name.
    pub dates: Option<Rect>,
    /// Whether no other era named in the same row overlaps it, so that its extent can be drawn there.
    pub has_row: bool,
}

/// The occupied part of a row of names.
struct Row {
    /// x of the end of its last name, in points.
    name: f32,
    /// x of the end of its last era, in points.
    era: f32,
}

/// Places the eras in view, with their names in at most `most_rows` rows; y counts from the top of the era names. Also
/// returns the number of rows.
pub(super) fn place(
    timeline: &Timeline,
    axis: TimeAxis,
    most_rows: usize,
    measure: &mut dyn Measure,
) -> (Vec<EraBand>, usize) {
    let mut rows: Vec<Row> = Vec::new();
    let mut bands = Vec::new();
    for ((index, era), tint) in timeline.iter_eras().zip(tints(&timeline.eras)) {
        let (x, sure) = extent(era, axis);
        if x.max < axis.left || x.min > axis.right {
            continue;
        }
        let length = era.date.known_bounds().length();
        let mut band = EraBand { index, x, sure, length, tint, name: None, dates: None, has_row: false };
        let start = x.min.max(axis.left) + 8.0;
        // A name may extend beyond the point where an era of unknown end fades out.
        let fades_out = matches!(era.date, Date::Span { end: Endpoint::Unknown | Endpoint::Beyond(_), .. });
        let room = if fades_out { axis.right } else { x.max.min(axis.right) } - 6.0 - start;
        if room >= LEAST_NAME
            && let Some((row, has_row)) = row_for(&rows, x.min, start, most_rows)
        {
            band.has_row = has_row;
            band.place_name(era, row, (start, room), measure);
            let name = band.dates.or(band.name).map_or(start, |rect| rect.right()) + 12.0;
            match rows.get_mut(row) {
                Some(held) => *held = Row { name, era: held.era.max(x.max) },
                None => rows.push(Row { name, era: x.max }),
            }
        }
        bands.push(band);
    }
    // One row is kept even if no era is in view, so that the lanes do not jump while panning.
    let count = if timeline.eras.is_empty() { 0 } else { rows.len().max(1) };
    (bands, count)
}

/// Returns the row for an era that begins at `x` and its name at `start`, and whether no other era is there. Prefers a
/// free part of a row, then a new row, then a row where only the name has room.
fn row_for(rows: &[Row], x: f32, start: f32, most_rows: usize) -> Option<(usize, bool)> {
    let of_its_own = rows.iter().position(|row| row.name <= start && row.era <= x + 1.0);
    let added = (rows.len() < most_rows).then_some(rows.len());
    let shared = || rows.iter().position(|row| row.name <= start);
    of_its_own.or(added).map(|row| (row, true)).or_else(|| Some((shared()?, false)))
}

impl EraBand {
    /// Returns the strength of the era at `x`: 1 where it is certain, between 0 and 1 where its end is inexact.
    #[must_use]
    pub fn strength(&self, x: f32) -> f32 {
        if x < self.x.min || x > self.x.max {
            0.0
        } else if x < self.sure.min {
            (x - self.x.min) / (self.sure.min - self.x.min)
        } else if x > self.sure.max {
            (self.x.max - x) / (self.x.max - self.sure.max)
        } else {
            1.0
        }
    }

    /// Places the name in a row, and the dates after it if both fit in `room`, in points.
    fn place_name(&mut self, era: &Era, row: usize, (start, room): (f32, f32), measure: &mut dyn Measure) {
        let name_width = measure.width(&era.title, TextRole::Name).ceil() + 1.0;
        let dates_width = measure.width(&era.date.words(), TextRole::Small).ceil() + 1.0;
        let top = row as f32 * ERA_ROW;
        let shown = name_width.min(room);
        self.name = Some(Rect::from_min_size(pos2(start, top), vec2(shown, ERA_ROW)));
        let dates_start = start + shown + 12.0;
        let whole = name_width + 12.0 + dates_width <= room;
        self.dates = whole.then(|| Rect::from_min_size(pos2(dates_start, top), vec2(dates_width, ERA_ROW)));
    }
}

/// Returns a tint for each era, independent of the view; eras must be sorted by their beginning.
fn tints(eras: &[Era]) -> impl Iterator<Item = usize> {
    let mut ends = [i64::MIN; ERA_TINTS];
    eras.iter().map(move |era| {
        let bounds = era.date.known_bounds();
        // An era that ends where this one begins is a neighbour.
        let free = ends.iter().position(|end| *end < bounds.start);
        let tint = free.or_else(|| (0..ERA_TINTS).min_by_key(|tint| ends.get(*tint))).unwrap_or(0);
        if let Some(end) = ends.get_mut(tint) {
            *end = bounds.end.max(*end);
        }
        tint
    })
}

fn extent(era: &Era, axis: TimeAxis) -> (Rangef, Rangef) {
    match &era.date {
        Date::Span { start, end } => {
            let bar = Bar::new(start, end, axis);
            (bar.x, bar.sure)
        }
        Date::Single(_) | Date::Set(_) => {
            let extent = era.date.known_bounds();
            let x = Rangef::new(axis.x_clipped(extent.start), axis.x_clipped(extent.end));
            (x, x)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::measure::fixed::Fixed;
    use super::super::view::View;
    use super::*;
    use crate::document;
    use crate::timeline::resolve;

    /// Returns for each era its tint, its row, and whether it has that row to itself.
    fn placed(dates: &[&str], most_rows: usize) -> Vec<(usize, Option<(usize, bool)>)> {
        let era = |(number, date): (usize, &&str)| document::Era {
            id: number.to_string(),
            title: format!("Era {number}"),
            date: (*date).to_owned(),
            ..Default::default()
        };
        let eras = dates.iter().enumerate().map(era).collect();
        let document = document::Timeline { title: "t".to_owned(), eras, ..Default::default() };
        let timeline = resolve(document).timeline.expect("a timeline");
        let axis = TimeAxis { view: View::whole(&timeline), left: 0.0, right: 1000.0 };
        let (bands, _) = place(&timeline, axis, most_rows, &mut Fixed);
        let row = |band: &EraBand| band.name.map(|name| ((name.top() / ERA_ROW) as usize, band.has_row));
        bands.iter().map(|band| (band.tint, row(band))).collect()
    }

    #[test]
    fn neighbours_share_a_row_and_what_overlaps_does_not() {
        let own = |tint, row| (tint, Some((row, true)));
        assert_eq!(placed(&["1900/1930", "1931/1960", "1961/2000"], 3), [own(0, 0), own(1, 0), own(0, 0)]);
        assert_eq!(placed(&["1900/2000", "1950/1970"], 3), [own(0, 0), own(1, 1)], "nested");
        assert_eq!(
            placed(
                &["1918-11-09/1933-01-30", "1933-01-30/1945-05-08", "1945-05-08/1949-05-23", "1947/1991", "1949/1990"],
                3
            ),
            [own(0, 0), own(1, 0), own(0, 0), own(1, 1), own(2, 2)],
        );
        let shared = placed(&["1900/2000", "1950/2000", "1960/2000", "1980/2000"], 3);
        assert_eq!(shared[3].1, Some((0, false)), "with no row left, where a name has room");
        assert_eq!(placed(&["1900/2000"; 4], 3)[3].1, None);
    }
}
