//! Eras: their bands behind the lanes, and the rows of their names.

use egui::{Rangef, Rect, pos2, vec2};

use crate::date::{Date, Endpoint};
use crate::sorting;
use crate::timeline::{Color, Era, EraIndex, Timeline};

use super::measure::{Measure, TextRole};
use super::regions::ERA_ROW;
use super::shape::Bar;
use super::view::TimeAxis;

/// Number of tints.
pub const ERA_TINTS: usize = 4;
/// Minimum width of a name that is elided, in points: of a shorter one nothing could be read.
const LEAST_NAME: f32 = 48.0;
/// Maximum share of the height of an image for the rows of names.
const MOST_OF_HEIGHT: f32 = 0.22;
/// Number of rows of names that any image may have.
const LEAST_ROWS: usize = 3;
/// Up to this number of eras in view, all have a background, and names that find no row of their own share one.
const FEW: usize = 12;

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
    /// The colour that the document specifies, which replaces that tint.
    pub color: Option<Color>,
    /// Whether its background is drawn: of many eras, only that of those with names.
    pub has_tint: bool,
    /// The rectangle of its name; `None` if there is no room.
    pub name: Option<Rect>,
    /// The rectangle of its dates, after the name.
    pub dates: Option<Rect>,
    /// Whether no other era named in the same row overlaps it, so that its extent can be drawn there.
    pub has_row: bool,
}

/// The occupied parts of a row of names: ranges of x, in points.
#[derive(Default)]
struct Row {
    /// Eras that have the row to themselves, each with its name.
    eras: Vec<Rangef>,
    /// Names, with the free space after them.
    names: Vec<Rangef>,
}

/// Returns the maximum number of rows of names in an image of this height, in points.
pub(super) fn most_rows(height: f32) -> usize {
    ((height * MOST_OF_HEIGHT / ERA_ROW) as usize).max(LEAST_ROWS)
}

/// Places the eras in view, with their names in at most `most_rows` rows: first the pinned one, then those that take most
/// of the view; y counts from the top of the era names. Also returns the number of rows.
pub(super) fn place(
    timeline: &Timeline,
    axis: TimeAxis,
    (most_rows, pinned): (usize, Option<EraIndex>),
    measure: &mut dyn Measure,
) -> (Vec<EraBand>, usize) {
    let mut bands = Vec::new();
    for ((index, era), tint) in timeline.iter_eras().zip(tints(&timeline.eras)) {
        let (x, sure) = extent(era, axis);
        if x.max < axis.left || x.min > axis.right {
            continue;
        }
        let length = era.date.known_bounds().length();
        let (name, dates, has_row) = (None, None, false);
        bands.push(EraBand { index, x, sure, length, tint, color: era.color, has_tint: false, name, dates, has_row });
    }
    let view = Rangef::new(axis.left, axis.right);
    let fills = |band: &EraBand| band.x.min <= view.min && band.x.max >= view.max;
    let seen = |band: &EraBand| band.x.intersection(view).span().round() as i64;
    let mut by_importance: Vec<usize> = (0..bands.len()).collect();
    sorting::by_key(&mut by_importance, |at| {
        bands.get(*at).map(|band| (Some(band.index) != pinned, -seen(band), -band.length))
    });
    // Eras that began before the view and end after it leave half of the rows to those that can be seen to begin or end.
    let others = bands.iter().filter(|band| !fills(band)).count();
    let mut filling = most_rows - (most_rows / 2).min(others);
    let shares = bands.len() <= FEW;
    let mut rows: Vec<Row> = Vec::new();
    for at in by_importance {
        let Some(band) = bands.get_mut(at) else { continue };
        let Some(era) = timeline.era(band.index) else { continue };
        if fills(band) && filling == 0 && !shares {
            continue;
        }
        let has_name = band.take_row(era, view, &mut rows, (most_rows, shares), measure);
        if has_name && fills(band) {
            filling = filling.saturating_sub(1);
        }
    }
    let few = bands.len() <= 2 * FEW;
    for band in &mut bands {
        band.has_tint = few || band.name.is_some();
    }
    // One row is kept even if no era is in view, so that the lanes do not jump while panning.
    let count = if timeline.eras.is_empty() { 0 } else { rows.len().max(1) };
    (bands, count)
}

impl Row {
    /// Returns whether an era over this range of x can have the row to itself there.
    fn is_free(&self, x: Rangef) -> bool {
        // Neighbours may touch.
        let overlaps = |other: &Rangef| other.max > x.min + 1.0 && other.min < x.max - 1.0;
        !self.eras.iter().chain(&self.names).any(overlaps)
    }

    /// Returns whether a name over this range of x touches no other.
    fn has_room_for(&self, name: Rangef) -> bool {
        !self.names.iter().any(|other| other.max > name.min && other.min < name.max)
    }
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

    /// Gives the name, and the dates if there is room, the first row in which no other era is; of few eras (`shares`) one
    /// in which the name has room. Returns whether there is one.
    fn take_row(
        &mut self,
        era: &Era,
        view: Rangef,
        rows: &mut Vec<Row>,
        (most_rows, shares): (usize, bool),
        measure: &mut dyn Measure,
    ) -> bool {
        let start = self.x.min.max(view.min) + 8.0;
        // A name may extend beyond the point where an era of unknown end fades out.
        let fades_out = matches!(era.date, Date::Span { end: Endpoint::Unknown | Endpoint::Beyond(_), .. });
        let room = if fades_out { view.max } else { self.x.max.min(view.max) } - 6.0 - start;
        // Measuring text is the most expensive step.
        let is_full = rows.len() >= most_rows;
        if room <= 0.0 || is_full && !shares && !rows.iter().any(|row| row.is_free(self.x)) {
            return false;
        }
        let name_width = measure.width(&era.title, TextRole::Name).ceil() + 1.0;
        if room < name_width.min(LEAST_NAME) {
            return false;
        }
        let name = Rangef::new(start, start + name_width.min(room));
        let whole = Rangef::new(self.x.min, self.x.max.max(name.max));
        let own = rows.iter().position(|row| row.is_free(whole)).or_else(|| (!is_full).then_some(rows.len()));
        let with_space = Rangef::new(name.min, name.max + 12.0);
        let beside = || rows.iter().position(|row| row.has_room_for(with_space)).filter(|_| shares);
        let Some(row) = own.or_else(beside) else { return false };
        if rows.len() <= row {
            rows.push(Row::default());
        }
        let Some(held) = rows.get_mut(row) else { return false };
        self.has_row = own.is_some();
        let top = row as f32 * ERA_ROW;
        self.name = Some(Rect::from_min_size(pos2(name.min, top), vec2(name.span(), ERA_ROW)));
        let dates_width = measure.width(&era.date.words(), TextRole::Small).ceil() + 1.0;
        let dates = Rangef::new(name.max + 12.0, name.max + 12.0 + dates_width);
        let fits =
            name_width + 12.0 + dates_width <= room && held.has_room_for(Rangef::new(name.min, dates.max + 12.0));
        self.dates = fits.then(|| Rect::from_min_size(pos2(dates.min, top), vec2(dates_width, ERA_ROW)));
        held.names.push(Rangef::new(name.min, if fits { dates.max } else { name.max } + 12.0));
        if self.has_row {
            held.eras.push(self.x);
        }
        true
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
        let (bands, _) = place(&timeline, axis, (most_rows, None), &mut Fixed);
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
                4
            ),
            [own(0, 0), own(1, 0), (0, None), own(1, 0), own(2, 1)],
            "the longest first, and none of which little more than a letter could be read",
        );
        let shared = placed(&["1900/2000", "1950/2000", "1960/2000", "1980/2000"], 3);
        assert_eq!(shared[3].1, Some((0, false)), "with no row left, where a name has room");
        assert_eq!(placed(&["1900/2000"; 4], 3)[3].1, None);
    }

    /// However many eras overlap, the rows are full, no two names touch, the rest is counted, and zooming in names
    /// shorter ones.
    #[test]
    fn of_five_hundred_overlapping_eras_as_many_are_named_as_there_are_rows() {
        let dates: Vec<String> = (0..500).map(|n| format!("{}/{}", 1000 + n, 1400 + n * 2 % 601)).collect();
        let era = |(number, date): (usize, &String)| document::Era {
            id: number.to_string(),
            title: format!("Era {number}"),
            date: date.clone(),
            ..Default::default()
        };
        let eras = dates.iter().enumerate().map(era).collect();
        let timeline = resolve(document::Timeline { eras, ..Default::default() }).timeline.expect("a timeline");
        let mut found: Vec<Vec<EraIndex>> = Vec::new();
        for years in [800, 100, 10] {
            let [start, end] = [1450 - years / 2, 1450 + years / 2]
                .map(|year| Date::parse(&year.to_string()).expect("a year").bounds().start);
            let view = View::of(crate::date::Interval { start, end });
            let axis = TimeAxis { view, left: 0.0, right: 1000.0 };
            let (bands, rows) = place(&timeline, axis, (most_rows(1080.0), None), &mut Fixed);
            assert_eq!(rows, most_rows(1080.0));
            let names: Vec<(EraIndex, Rect)> = bands.iter().filter_map(|band| Some((band.index, band.name?))).collect();
            for (at, (_, name)) in names.iter().enumerate() {
                assert!(names.iter().skip(at + 1).all(|(_, other)| !name.shrink(0.5).intersects(*other)));
            }
            assert!(bands.iter().all(|band| band.has_tint == band.name.is_some()), "only what is named is drawn");
            assert!(names.len() >= rows, "{years} years: {}", names.len());
            found.push(names.iter().map(|(era, _)| *era).collect());
        }
        assert!(found[1].iter().any(|era| !found[0].contains(era)), "zooming in shows others");
    }

    #[test]
    fn up_to_24_eras_are_tinted_even_without_a_name() {
        let tinted = |eras: usize| {
            let era = |number: usize| document::Era {
                id: number.to_string(),
                title: format!("Era {number}"),
                date: "1900/2000".to_owned(),
                ..Default::default()
            };
            let eras = (0..eras).map(era).collect();
            let timeline = resolve(document::Timeline { eras, ..Default::default() }).timeline.expect("a timeline");
            let axis = TimeAxis { view: View::whole(&timeline), left: 0.0, right: 1000.0 };
            let (bands, _) = place(&timeline, axis, (3, None), &mut Fixed);
            bands.iter().filter(|band| band.has_tint).count()
        };
        assert_eq!([1, 24, 25].map(tinted), [1, 24, 3]);
    }

    #[test]
    fn nested_and_neighbouring_eras_differ_in_tint() {
        let tints = |dates: &[&str]| placed(dates, 9).iter().map(|(tint, _)| *tint).collect::<Vec<_>>();
        let nested = tints(&["1900/2000", "1910/1990", "1920/1980", "1930/1970"]);
        assert_eq!(nested.iter().collect::<std::collections::BTreeSet<_>>().len(), ERA_TINTS);
        let neighbours = tints(&["1900/1910", "1911/1920", "1920/1930", "1930/1940"]);
        assert!(neighbours.windows(2).all(|pair| pair[0] != pair[1]), "{neighbours:?}");
    }
}
