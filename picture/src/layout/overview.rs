//! The overview strip: the whole document with the visible window.

use std::ops::RangeInclusive;

use egui::{Rangef, Rect, Vec2, vec2};

use crate::date::Interval;
use crate::query::{Found, Projection};
use crate::timeline::{Color, Timeline};

use super::even_ticks::ticks_of;
use super::measure::{Measure, TextRole};
use super::tick_steps::Tick;
use super::ticks::Ticks;
use super::view::{Section, TimeAxis, View};

/// Approximate width of a column, in points.
const COLUMN: f32 = 4.0;
/// With more lanes than this, columns are wider, so that all lanes cost about as much as these.
const MANY_LANES: usize = 24;
/// Minimum width of the window, in points, so that it can be dragged.
const LEAST_WINDOW: f32 = 10.0;
/// Height of the labels below the columns, in points; a strip that is lower than [`LEAST_WITH_LABELS`] has none.
const LABELS: f32 = 17.0;
const LEAST_WITH_LABELS: f32 = 30.0;
/// Free space between two labels, in points.
const BETWEEN_LABELS: f32 = 18.0;
/// Free space between a label and a handle of the window, in points.
const BESIDE_HANDLE: f32 = 3.0;
/// Minimum height of a column with an event, in points.
const LEAST_HEIGHT: f32 = 3.0;
/// Height of the line under the columns where events go on, in points.
const BASE: f32 = 1.5;

/// Width and height of the handles in the middle of the left and the right edge of the window, in points.
pub const OVERVIEW_HANDLE: Vec2 = vec2(5.0, 16.0);

/// The placed strip.
#[derive(Clone, Debug, PartialEq)]
pub struct Overview {
    /// The rectangle of the strip, in points.
    pub rect: Rect,
    /// The axis that maps the whole document to the strip.
    pub axis: TimeAxis,
    /// x of the visible window, in points, within the strip.
    pub window: Rangef,
    /// The rectangle of the columns, in points.
    pub plot: Rect,
    /// The events that begin in each column, by the colours of their lanes, one above another: the height of a column
    /// is in proportion to the square root of their number. Each event counts once, however long it lasts.
    pub layers: Vec<OverviewLayer>,
    /// Where any event goes on: lines under the columns, left to right.
    pub base: Vec<Rect>,
    /// The part of each column that a search has found, at its foot, left to right; none without a search.
    pub found: Vec<Rect>,
    /// Labelled ticks, left to right.
    pub ticks: Vec<Tick>,
}

/// The part of the columns that has the colour of some lanes.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::derive_partial_eq_without_eq, reason = "a rectangle of floats has no Eq")]
pub struct OverviewLayer {
    /// The colour.
    pub color: Color,
    /// Its part of each column that has one, left to right, in points.
    pub bars: Vec<Rect>,
}

/// The columns of a strip, in parts within which the scale does not change.
struct Columns {
    parts: Vec<Part>,
    /// Number of columns in all parts.
    count: usize,
}

/// Columns of the same width.
struct Part {
    /// Binary logarithm of the width of a column in seconds.
    log2: u32,
    /// The time that they cover.
    interval: Interval,
    /// The columns, by their numbers.
    numbers: RangeInclusive<i64>,
    /// Position of the first of them among all columns.
    first: usize,
}

impl Columns {
    fn new(timeline: &Timeline, axis: &TimeAxis, lanes: usize) -> Self {
        let wider = (lanes as f32 / MANY_LANES as f32).clamp(1.0, 4.0);
        let mut columns = Self { parts: Vec::new(), count: 0 };
        for Section { axis: own, interval, .. } in axis.sections() {
            let log2 = (own.seconds_per_point() * f64::from(COLUMN * wider)).log2().round().clamp(0.0, 61.0) as u32;
            let extent = timeline.extent;
            let interval = Interval { start: interval.start.max(extent.start), end: interval.end.min(extent.end) };
            if interval.start < interval.end {
                let numbers = interval.start >> log2..=interval.end.saturating_sub(1) >> log2;
                let count = (numbers.end() - numbers.start() + 1) as usize;
                columns.parts.push(Part { log2, interval, numbers, first: columns.count });
                columns.count += count;
            }
        }
        columns
    }

    /// Returns the counts of all columns; `tell` gives those of the columns of an interval by their numbers.
    fn counts(&self, tell: impl Fn(Interval, u32, &mut dyn FnMut(i64, usize))) -> Vec<usize> {
        let mut counts = vec![0; self.count];
        self.add_counts(&mut counts, tell);
        counts
    }

    /// Adds the counts of all columns, as in [`counts`](Self::counts).
    fn add_counts(&self, counts: &mut [usize], tell: impl Fn(Interval, u32, &mut dyn FnMut(i64, usize))) {
        for part in &self.parts {
            tell(part.interval, part.log2, &mut |column, count| {
                let place = part.first + (column - part.numbers.start()).max(0) as usize;
                if let Some(held) = counts.get_mut(place) {
                    *held += count;
                }
            });
        }
    }

    /// Returns the range of x of each column, in points.
    fn x<'a>(&'a self, axis: &'a TimeAxis) -> impl Iterator<Item = Rangef> + use<'a> {
        /// Minimum width of a column, in points.
        const LEAST: f32 = 2.0;
        let view = Rangef::new(axis.left, axis.right);
        self.parts.iter().flat_map(move |part| {
            part.numbers.clone().map(move |column| {
                let start = column.saturating_mul(1 << part.log2).max(part.interval.start);
                let end = column.saturating_add(1).saturating_mul(1 << part.log2).min(part.interval.end);
                let [left, right] = [start, end].map(|time| axis.x_clipped(time));
                let left = view.clamp(left.min(view.max - LEAST)).max(view.min);
                Rangef::new(left, view.clamp(right.max(left + LEAST)))
            })
        })
    }
}

/// Places the strip.
pub(super) fn place(
    timeline: &Timeline,
    projection: &Projection,
    view: View,
    rect: Rect,
    measure: &mut dyn Measure,
) -> Overview {
    let axis = TimeAxis {
        view: View::on(*view.scale(), timeline.extent).widened(0.06),
        left: rect.left(),
        right: rect.right(),
    };
    let has_labels = rect.height() >= LEAST_WITH_LABELS;
    let bottom = rect.bottom() - if has_labels { LABELS + 1.0 } else { 6.0 };
    let plot = Rect::from_x_y_ranges(rect.x_range(), rect.top() + 5.0..=bottom);
    let columns = Columns::new(timeline, &axis, projection.lanes().len());
    let x: Vec<Rangef> = columns.x(&axis).collect();
    let layers = layers(timeline, projection, (&columns, &x), plot);
    let running = columns.counts(|interval, log2, told| projection.columns(interval, log2, told));
    let mut base: Vec<Rect> = Vec::new();
    for (x, _) in x.into_iter().zip(running).filter(|(_, running)| *running > 0) {
        match base.last_mut().filter(|last| last.right() >= x.min - 0.5) {
            Some(last) => last.max.x = x.max.max(last.max.x),
            None => base.push(Rect::from_x_y_ranges(x, plot.bottom() - BASE..=plot.bottom())),
        }
    }
    let window = window(axis, view);
    let ticks = if has_labels { labelled(timeline, &axis, window, measure) } else { Vec::new() };
    Overview { rect, axis, window, plot, layers, base, found: Vec::new(), ticks }
}

/// Adds to a strip what a search has found.
pub(super) fn mark_found(strip: &mut Overview, found: &Found, timeline: &Timeline, projection: &Projection) {
    let columns = Columns::new(timeline, &strip.axis, projection.lanes().len());
    let all = columns.counts(|interval, log2, told| projection.begins(interval, log2, told));
    let own = columns.counts(|interval, log2, told| {
        for column in interval.start >> log2..=interval.end.saturating_sub(1) >> log2 {
            let start = column.saturating_mul(1 << log2).max(interval.start);
            let end = column.saturating_add(1).saturating_mul(1 << log2).min(interval.end);
            told(column, found.begin_in(timeline, Interval { start, end }));
        }
    });
    let fullest = all.iter().copied().max().unwrap_or(0).max(1) as f32;
    let bottom = strip.plot.bottom() - BASE;
    let bar = |((x, all), own): ((Rangef, usize), usize)| {
        let whole = ((strip.plot.height() - BASE) * (all as f32 / fullest).sqrt()).max(LEAST_HEIGHT);
        let height = (whole * own as f32 / all.max(1) as f32).clamp(LEAST_HEIGHT, whole);
        Rect::from_x_y_ranges(x, bottom - height..=bottom)
    };
    let bars = columns.x(&strip.axis).zip(all).zip(own).filter(|(_, own)| *own > 0).map(bar);
    strip.found = bars.collect();
}

/// Returns the columns of each colour, stacked in the order in which the colours first occur.
fn layers(
    timeline: &Timeline,
    projection: &Projection,
    (columns, x): (&Columns, &[Rangef]),
    plot: Rect,
) -> Vec<OverviewLayer> {
    let mut colors: Vec<(Color, Vec<usize>)> = Vec::new();
    for shown in projection.lanes().iter().filter(|shown| !shown.index().is_empty()) {
        let Some(lane) = timeline.lane(shown.lane()) else { continue };
        let color = lane.color();
        let place = colors.iter().position(|(known, _)| *known == color).unwrap_or_else(|| {
            colors.push((color, vec![0; columns.count]));
            colors.len() - 1
        });
        if let Some((_, sum)) = colors.get_mut(place) {
            columns.add_counts(sum, |interval, log2, told| shown.index().begins(interval, log2, told));
        }
    }
    // An event that is in several lanes counts once, divided among them.
    let all = columns.counts(|interval, log2, told| projection.begins(interval, log2, told));
    let fullest = all.iter().copied().max().unwrap_or(0).max(1) as f32;
    let height = |count: usize| (plot.height() - BASE) * (count as f32 / fullest).sqrt();
    let mut stacks: Vec<(f32, f32)> = (0..all.len())
        .map(|column| {
            let of_all = |(_, counts): &(Color, Vec<usize>)| counts.get(column).copied().unwrap_or(0);
            let sum: usize = colors.iter().map(of_all).sum();
            let whole = all.get(column).map_or(0.0, |count| height(*count).max(LEAST_HEIGHT));
            (whole / sum.max(1) as f32, plot.bottom() - BASE)
        })
        .collect();
    let layer = |(color, counts): (Color, Vec<usize>)| {
        let bars = x.iter().copied().zip(counts).zip(&mut stacks).filter(|((_, count), _)| *count > 0);
        let bar = |((x, count), (each, top)): ((Rangef, usize), &mut (f32, f32))| {
            let bottom = std::mem::replace(top, *top - *each * count as f32);
            Rect::from_x_y_ranges(x, *top..=bottom)
        };
        OverviewLayer { color, bars: bars.map(bar).collect() }
    };
    colors.into_iter().map(layer).collect()
}

/// Returns the ticks of the strip whose labels have room: those of the coarser unit, or of the finer one of which the
/// first then says the coarser one too. Labels stay clear of the edges of the window.
fn labelled(timeline: &Timeline, axis: &TimeAxis, window: Rangef, measure: &mut dyn Measure) -> Vec<Tick> {
    let Ticks { fine, coarse, .. } = ticks_of(timeline, *axis, 0.0, measure);
    let is_labelled = |tick: &Tick| !tick.label.is_empty() && tick.x >= axis.left && tick.x <= axis.right;
    let coarse: Vec<Tick> = coarse.into_iter().filter(|tick| !tick.label.is_empty()).collect();
    let has_coarse = coarse.iter().filter(|tick| is_labelled(tick)).count() > 1;
    let mut candidates: Vec<Tick> = if has_coarse { &coarse } else { &fine }.clone();
    candidates.retain(is_labelled);
    // Where not all have room, the rounder ones come first.
    let room = axis.right - axis.left;
    let widest = candidates.iter().map(|tick| measure.width(&tick.label, TextRole::Small)).fold(0.0, f32::max);
    let strong = candidates.iter().filter(|tick| tick.strong).count();
    if strong > 1 && candidates.len() as f32 * (widest + BETWEEN_LABELS) > room {
        candidates.retain(|tick| tick.strong);
    }
    if let (false, Some(first), Some(coarse)) = (has_coarse, candidates.first_mut(), coarse.first()) {
        first.label = format!("{} {}", first.label, coarse.label);
    }
    let mut end = axis.left;
    candidates.retain_mut(|tick| {
        let width = measure.width(&tick.label, TextRole::Small);
        let most = Rangef::new(axis.left + width / 2.0 + 9.0, axis.right - width / 2.0 - 9.0);
        let place = label_places(tick.x, width, most, window).find(|x| x - width / 2.0 >= end);
        let Some(x) = place.filter(|_| width + 18.0 <= room) else { return false };
        tick.label_x = x;
        end = x + width / 2.0 + BETWEEN_LABELS;
        true
    });
    candidates
}

/// Returns the x of the centre of a label of this width, best first: as near to its tick as `most` allows, or else beside
/// an edge of the window that it would touch, as long as its tick stays above it.
fn label_places(tick: f32, width: f32, most: Rangef, window: Rangef) -> impl Iterator<Item = f32> {
    let clear = width / 2.0 + OVERVIEW_HANDLE.x / 2.0 + BESIDE_HANDLE;
    let edges = [window.min, window.max];
    let at_tick = tick.max(most.min).min(most.max);
    let beside = edges.into_iter().flat_map(move |edge| [edge - clear, edge + clear]);
    let beside = beside.filter(move |x| most.contains(*x) && (x - tick).abs() <= width / 2.0);
    // Less is a rounding error.
    let is_clear = move |x: &f32| edges.iter().all(|edge| (x - edge).abs() >= clear - 0.01);
    std::iter::once(at_tick).chain(beside).filter(is_clear)
}

fn window(axis: TimeAxis, view: View) -> Rangef {
    let shown = view.interval();
    let left = axis.x_clipped(shown.start).clamp(axis.left, axis.right);
    let right = axis.x_clipped(shown.end).clamp(axis.left, axis.right);
    if right - left >= LEAST_WINDOW {
        return Rangef::new(left, right);
    }
    // If the strip is narrower than the minimum, the window covers all of it.
    let start = (f32::midpoint(left, right) - LEAST_WINDOW / 2.0).min(axis.right - LEAST_WINDOW).max(axis.left);
    Rangef::new(start, (start + LEAST_WINDOW).min(axis.right))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::super::measure::fixed::Fixed;
    use super::*;
    use egui::pos2;

    /// The window stays inside a strip of any width, even one narrower than the minimum window.
    #[test]
    fn the_window_stays_inside_a_strip_of_any_width() {
        let timeline = crate::open("(title: \"T\", lanes: [], events: [])").timeline.unwrap_or_default();
        for width in [0.0, 1.0, 5.0, LEAST_WINDOW, LEAST_WINDOW + 0.1, 300.0] {
            for interval in [Interval { start: 0, end: 1 }, Interval { start: i64::MIN, end: i64::MAX }] {
                let rect = Rect::from_x_y_ranges(44.0..=44.0 + width, 0.0..=28.0);
                let strip = place(&timeline, &Projection::all(&timeline), View::of(interval), rect, &mut Fixed);
                assert!(
                    rect.left() <= strip.window.min && strip.window.max <= rect.right(),
                    "{width}: {:?}",
                    strip.window
                );
                assert!(strip.window.min <= strip.window.max, "{width}: {:?}", strip.window);
                assert!(rect.contains(pos2(strip.window.min, 10.0)));
            }
        }
    }

    fn strip(text: &str, width: f32) -> Overview {
        let timeline = crate::open(text).timeline.expect("a timeline");
        let rect = Rect::from_x_y_ranges(44.0..=44.0 + width, 0.0..=42.0);
        place(&timeline, &Projection::all(&timeline), View::whole(&timeline), rect, &mut Fixed)
    }

    /// However many events there are, columns and labels are in the strip and labels apart; what takes long counts once.
    #[test]
    fn columns_have_the_colours_of_their_lanes_and_labels_have_room() {
        let mut events = String::new();
        for n in 0..400 {
            let lane = ["a", "b", "c"][n % 3];
            let end = if n % 40 == 0 { "/.." } else { "" };
            write!(events, "(id: \"e{n}\", lane: \"{lane}\", title: \"E\", date: \"{}{end}\"),", 1700 + n * n % 300)
                .expect("text");
        }
        let lanes = "(id: \"a\", title: \"A\"), (id: \"b\", title: \"B\"), (id: \"c\", title: \"C\", color: \"blue\")";
        let text = format!("(title: \"T\", lanes: [{lanes}], events: [{events}])");
        for width in [60.0, 300.0, 900.0] {
            let strip = strip(&text, width);
            assert_eq!(strip.layers.len(), 2, "two lanes have one colour");
            for bar in strip.layers.iter().flat_map(|layer| &layer.bars) {
                assert!(strip.plot.expand(0.1).contains_rect(*bar) && bar.is_positive(), "{bar:?}");
            }
            let tallest = strip.layers.iter().flat_map(|layer| &layer.bars).map(Rect::top).fold(f32::MAX, f32::min);
            assert!((tallest - strip.plot.top()).abs() < 0.5);
            let ends: Vec<Rangef> = strip
                .ticks
                .iter()
                .map(|tick| Rangef::point(tick.label_x).expand(Fixed.width(&tick.label, TextRole::Small) / 2.0))
                .collect();
            assert!(ends.windows(2).all(|pair| pair[0].max < pair[1].min), "{ends:?}");
            assert!(ends.iter().all(|end| end.min >= strip.rect.left() && end.max <= strip.rect.right()), "{ends:?}");
            assert!(ends.len() >= if width > 100.0 { 2 } else { 0 }, "{width}: {:?}", strip.ticks);
        }
        let one = strip(
            "(title: \"T\", lanes: [(id: \"a\", title: \"A\")], events: [(id: \"e\", lane: \"a\", title: \"E\", date: \"1900/2000\")])",
            900.0,
        );
        assert_eq!(one.layers[0].bars.len(), 1, "a century is one event, which begins once");
        assert!(one.base.len() == 1 && one.base[0].width() > 700.0, "and goes on below");
    }

    /// Wherever the window is, and however wide, its edges and their handles are clear of the labels, which stay with
    /// their ticks.
    #[test]
    fn labels_are_clear_of_the_edges_of_the_window() {
        let event = |year: i32| format!("(id: \"e{year}\", lane: \"a\", title: \"E\", date: \"{year}\"),");
        let events: Vec<String> = (1700..2000).step_by(7).map(event).collect();
        let text = format!("(title: \"T\", lanes: [(id: \"a\", title: \"A\")], events: [{}])", events.concat());
        let timeline = crate::open(text).timeline.expect("a timeline");
        let rect = Rect::from_x_y_ranges(44.0..=744.0, 0.0..=42.0);
        let mut shown = [0, 0];
        for (span, at) in (1..40).flat_map(|step| [0.004, 0.1, 0.3, 0.7].map(|span| (span, f64::from(step) / 40.0))) {
            let view = View::whole(&timeline).zoomed(1.0 / span, at);
            let strip = place(&timeline, &Projection::all(&timeline), view, rect, &mut Fixed);
            for tick in &strip.ticks {
                let label = Rangef::point(tick.label_x).expand(Fixed.width(&tick.label, TextRole::Small) / 2.0);
                for edge in [strip.window.min, strip.window.max] {
                    let handle = Rangef::point(edge).expand(OVERVIEW_HANDLE.x / 2.0);
                    assert!(!label.intersects(handle), "{} at {label:?} touches {handle:?}", tick.label);
                }
                assert!(label.expand(9.1).contains(tick.x), "{} at {label:?} is not below {}", tick.label, tick.x);
            }
            let ends = strip.ticks.windows(2).map(|pair| pair[1].label_x - pair[0].label_x);
            assert!(ends.fold(f32::MAX, f32::min) > 20.0, "{:?}", strip.ticks);
            shown = [shown[0] + strip.ticks.len(), shown[1] + 1];
        }
        assert!(shown[0] > shown[1] * 4, "{shown:?} labels: only those at an edge are left out");
    }

    /// Days of one month and years of a century are labelled so that the year is known.
    #[test]
    fn labels_name_the_year() {
        let labels = |from: &str, to: &str| {
            let text = format!(
                "(title: \"T\", lanes: [(id: \"a\", title: \"A\")], events: [(id: \"e\", lane: \"a\", title: \"E\", date: \"{from}\"), (id: \"f\", lane: \"a\", title: \"F\", date: \"{to}\")])"
            );
            strip(&text, 600.0).ticks.into_iter().map(|tick| tick.label).collect::<Vec<_>>().join(" | ")
        };
        for (from, to, year) in
            [("1963-11-22", "1963-11-29", "1963"), ("1961-05", "1967-12", "1963"), ("1900", "2000", "1950")]
        {
            let labels = labels(from, to);
            assert!(labels.contains(year), "{labels}");
        }
    }
    #[test]
    fn where_not_all_have_room_the_rounder_times_are_labelled() {
        let text = "(title: \"T\", lanes: [(id: \"a\", title: \"A\")], events: [(id: \"e\", lane: \"a\", title: \"E\", date: \"1712/1998\")])";
        let labels =
            |width: f32| -> Vec<String> { strip(text, width).ticks.into_iter().map(|tick| tick.label).collect() };
        assert_eq!(labels(100.0), ["1800"]);
        assert_eq!(labels(200.0), ["1800", "1900", "2000"]);
        assert_eq!(labels(300.0), ["1800", "1900", "2000"]);
        assert_eq!(labels(400.0), ["1750", "1800", "1850", "1900", "1950", "2000"]);
        assert_eq!(labels(600.0), labels(400.0));
        assert!(labels(900.0).len() > 12);
    }
}
