//! The visible span of time, and the mapping between time and x.

use crate::date::Interval;
use crate::timeline::{Position, Stretch, TimeScale, Timeline};

/// Seconds in a mean Gregorian year (365.2425 days).
pub(super) const YEAR: f64 = 31_556_952.0;

/// The smallest span of a view, in seconds.
pub const MIN_SPAN: f64 = 1.0;

/// The largest span of a view, in scaled seconds: from 1e11 years ago to 1e11 years hence, with a margin.
pub const MAX_SPAN: f64 = 2.2e11 * YEAR;

/// Maximum distance of a view from 1970, in seconds, so that no sum of times overflows an `i64`.
const FAR: i64 = 4_000_000_000_000_000_000;

/// A visible span of time on a [`TimeScale`]: the exact place of its left edge, and its width.
///
/// Offsets and widths are measured along the scale, in scaled seconds, which are seconds on the linear scale. They are
/// counted from the left edge, so the mapping keeps its precision wherever the view is: at 13.8 Ga an `f64` counted
/// from 1970 would have a resolution of 64 seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// The left edge.
    left: Position,
    /// Width, in scaled seconds.
    span: f64,
    scale: TimeScale,
}

impl View {
    /// Returns the view of exactly an interval, on the linear scale. Unbounded or empty intervals are clamped to a valid
    /// span.
    #[must_use]
    pub fn of(interval: Interval) -> Self {
        Self::on(TimeScale::LINEAR, interval)
    }

    /// Returns the view of exactly an interval, on a scale. Unbounded or empty intervals are clamped to a valid span.
    #[must_use]
    pub fn on(scale: TimeScale, interval: Interval) -> Self {
        let start = interval.start.clamp(-FAR, FAR);
        let (left, right) = (scale.position(start), scale.position(interval.end.clamp(start, FAR)));
        Self { left, span: right.since(left), scale }.normalized()
    }

    /// Returns the view of an interval on the linear scale with a margin on each side, as a fraction of its length.
    #[must_use]
    pub fn around(interval: Interval, margin: f64) -> Self {
        Self::of(interval).widened(margin)
    }

    /// Returns the view with a margin on each side, as a fraction of its width.
    #[must_use]
    pub fn widened(&self, margin: f64) -> Self {
        self.zoomed(1.0 / (1.0 + 2.0 * margin), 0.5)
    }

    /// Returns the view that a document asks for, or else the whole document; on the axis that the document asks for.
    #[must_use]
    pub fn home(timeline: &Timeline) -> Self {
        Self::home_on(timeline.scale(timeline.axis), timeline)
    }

    /// Returns the view that a document asks for, or else the whole document; on a scale.
    #[must_use]
    pub fn home_on(scale: TimeScale, timeline: &Timeline) -> Self {
        timeline.initial_view.map_or_else(|| Self::whole_on(scale, timeline), |interval| Self::on(scale, interval))
    }

    /// Returns the view of everything that is dated in the document, with a small margin on both sides; on the axis that
    /// the document asks for.
    #[must_use]
    pub fn whole(timeline: &Timeline) -> Self {
        Self::whole_on(timeline.scale(timeline.axis), timeline)
    }

    /// Returns the view of everything that is dated in the document, with a small margin on both sides; on a scale.
    #[must_use]
    pub fn whole_on(scale: TimeScale, timeline: &Timeline) -> Self {
        const MARGIN: f64 = 0.05;
        Self::on(scale, timeline.extent).widened(MARGIN)
    }

    /// Returns the view of the same time on another scale, rounded outwards to whole seconds if the scale differs.
    #[must_use]
    pub fn with_scale(&self, scale: TimeScale) -> Self {
        if scale == self.scale { *self } else { Self::on(scale, self.interval()) }
    }

    /// Returns the scale.
    #[must_use]
    pub fn scale(&self) -> &TimeScale {
        &self.scale
    }

    /// Returns the width, in scaled seconds.
    #[must_use]
    pub fn span(&self) -> f64 {
        self.span
    }

    /// Returns a positive number that is greater for a wider view: a width is told from one that differs by a billionth.
    pub(super) fn width_rank(&self) -> i64 {
        // A view is at least 2^-40 scaled seconds wide.
        ((self.span.log2() + 100.0) * 1e9) as i64
    }

    /// Returns the whole seconds that the view covers, rounded outwards.
    #[must_use]
    pub fn interval(&self) -> Interval {
        let last = self.scale.time(self.left.after(self.span).just_before());
        Interval { start: self.scale.time(self.left), end: last.saturating_add(1).min(FAR * 2) }
    }

    /// Returns the position of a time in the view: 0 at the left edge, 1 at the right edge.
    #[must_use]
    pub fn fraction_of(&self, seconds: i64) -> f64 {
        self.offset_of(seconds) / self.span
    }

    /// Returns the time at a fraction of the view, in whole seconds, rounded down.
    #[must_use]
    pub fn time_at(&self, fraction: f64) -> i64 {
        self.scale.time(self.left.after(fraction * self.span))
    }

    /// Returns the scaled seconds from the left edge of the view to a time.
    #[must_use]
    pub fn offset_of(&self, seconds: i64) -> f64 {
        self.scale.position(seconds).since(self.left)
    }

    /// Returns the view moved by a fraction of its width; positive is later.
    #[must_use]
    pub fn panned(&self, fraction: f64) -> Self {
        Self { left: self.left.after(fraction * self.span), ..*self }.normalized()
    }

    /// Returns the view zoomed by a factor (above 1 is closer) around a fraction of its width, whose time stays fixed.
    #[must_use]
    pub fn zoomed(&self, factor: f64, at: f64) -> Self {
        let span = (self.span / factor).clamp(self.least_span(at), MAX_SPAN);
        Self { left: self.left.after(at * (self.span - span)), span, ..*self }.normalized()
    }

    /// Interpolates between two views: 0 is `self`, 1 is `other`, whose scale it is on. The width changes geometrically,
    /// and the left edge such that one point of the image stays fixed, as in a zoom.
    #[must_use]
    pub fn toward(&self, other: Self, fraction: f64) -> Self {
        let from = self.with_scale(other.scale);
        let span = from.span * (other.span / from.span).powf(fraction);
        let shift = other.left.since(from.left);
        let widened = other.span - from.span;
        let share = if widened.abs() > 1e-9 * from.span { (span - from.span) / widened } else { fraction };
        Self { left: from.left.after(shift * share), span, ..from }.normalized()
    }

    /// Returns the view narrowed, if necessary, so that it shows at most ten times the extent of the document, or 1e11
    /// years, or the span that contains the extent. The time at the fraction `at` of its width stays fixed.
    #[must_use]
    pub fn not_beyond(&self, extent: Interval, at: f64) -> Self {
        let day = 86_400.0 * self.scale.stretch_at(extent.start).rate();
        let length = self.scale.position(extent.end).since(self.scale.position(extent.start)).max(day);
        let widest = (10.0 * length).min(1e11 * YEAR).max(1.2 * length);
        if self.span > widest { self.zoomed(self.span / widest, at) } else { *self }
    }

    /// Returns the view moved, if necessary, so that at least `part` of its width shows something of `extent` and the
    /// user never ends up in empty time.
    #[must_use]
    pub fn kept_near(&self, extent: Interval, part: f64) -> Self {
        let latest_start = self.fraction_of(extent.end) - part;
        let earliest_end = self.fraction_of(extent.start) - (1.0 - part);
        if latest_start < 0.0 {
            self.panned(latest_start)
        } else if earliest_end > 0.0 {
            self.panned(earliest_end)
        } else {
            *self
        }
    }

    /// Returns the part of the view that lies within an interval, on the linear scale.
    fn linear_part(&self, interval: Interval) -> Self {
        let (left, right) = (self.left, self.left.after(self.span));
        let left = left.max(self.scale.position(interval.start));
        let right = right.min(self.scale.position(interval.end)).max(left);
        let (left, right) = (self.scale.unscaled(left), self.scale.unscaled(right));
        Self { left, span: right.since(left), scale: TimeScale::LINEAR }
    }

    /// Returns the width of the shortest time that may be shown around a fraction of the width, in scaled seconds.
    fn least_span(&self, at: f64) -> f64 {
        MIN_SPAN * self.scale.stretch_at(self.time_at(at)).rate()
    }

    fn normalized(self) -> Self {
        let span = if self.span.is_finite() { self.span } else { MAX_SPAN };
        let least = Self { span, ..self }.least_span(0.0).min(Self { span, ..self }.least_span(1.0));
        let left = self.left.clamp(self.scale.position(-FAR), self.scale.position(FAR));
        Self { left, span: span.clamp(least, MAX_SPAN), ..self }
    }
}

/// A view mapped to a range of x: the one mapping that all parts of the chart share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimeAxis {
    /// The view.
    pub view: View,
    /// x of the left edge, in points.
    pub left: f32,
    /// x of the right edge, in points.
    pub right: f32,
}

impl TimeAxis {
    /// Returns the x of a time, in points, in the precision of an `f64`; far outside the chart for times far outside
    /// the view.
    #[must_use]
    pub fn x(&self, seconds: i64) -> f64 {
        f64::from(self.left) + self.view.fraction_of(seconds) * self.width()
    }

    /// Returns the x of a time, clipped slightly outside the chart, so that it fits a pixel coordinate.
    #[must_use]
    pub fn x_clipped(&self, seconds: i64) -> f32 {
        const BEYOND: f64 = 2_000.0;
        self.x(seconds).clamp(f64::from(self.left) - BEYOND, f64::from(self.right) + BEYOND) as f32
    }

    /// Returns the time at x, in whole seconds, rounded down.
    #[must_use]
    pub fn time(&self, x: f32) -> i64 {
        self.view.time_at(self.fraction(x))
    }

    /// Returns the position of x in the view: 0 at the left edge, 1 at the right edge.
    #[must_use]
    pub fn fraction(&self, x: f32) -> f64 {
        (f64::from(x) - f64::from(self.left)) / self.width()
    }

    /// Returns the width, in points; at least 1.
    #[must_use]
    pub fn width(&self) -> f64 {
        f64::from(self.right - self.left).max(1.0)
    }

    /// Returns the parts of the axis in which the scale is linear, left to right; itself if it is linear throughout.
    #[must_use]
    pub fn sections(&self) -> Vec<Section> {
        let shown = self.view.interval();
        if self.view.scale.is_linear() {
            return vec![Section { axis: *self, interval: shown, is_break: false, stretch: shown }];
        }
        let in_view = |stretch: &Stretch| stretch.interval.overlaps(shown);
        let section = |Stretch { interval: stretch, is_break, .. }: Stretch| {
            let ends = [stretch.start, stretch.end].map(|end| self.x_clipped(end).clamp(self.left, self.right));
            Section {
                axis: Self { view: self.view.linear_part(stretch), left: ends[0], right: ends[1] },
                interval: Interval { start: stretch.start.max(shown.start), end: stretch.end.min(shown.end) },
                is_break,
                stretch,
            }
        };
        self.view.scale.stretches().filter(in_view).map(section).collect()
    }

    /// Returns the number of scaled seconds per point: of seconds, on the linear scale.
    #[must_use]
    pub fn seconds_per_point(&self) -> f64 {
        self.view.span / self.width()
    }
}

/// A part of an axis in which the scale is linear.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Section {
    /// The mapping between time and x in it, on the linear scale.
    pub axis: TimeAxis,
    /// The seconds in view, rounded outwards.
    pub interval: Interval,
    /// Whether it is a break.
    pub is_break: bool,
    /// The whole stretch of the scale; on the linear scale the seconds in view.
    pub stretch: Interval,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::StretchStart;
    use proptest::prelude::*;

    fn interval(start: i64, end: i64) -> Interval {
        Interval { start, end }
    }

    #[test]
    fn zoom_keeps_the_time_under_the_pointer() {
        let view = View::of(interval(0, 1000));
        let zoomed = view.zoomed(4.0, 0.25);
        assert_eq!(zoomed.time_at(0.25), 250);
        assert!((zoomed.span() - 250.0).abs() < 1e-9);
    }

    #[test]
    fn zoom_is_clamped_at_both_ends() {
        let view = View::of(interval(0, 1000));
        assert!((view.zoomed(1e30, 0.5).span() - MIN_SPAN).abs() < f64::EPSILON);
        assert!((view.zoomed(1e-30, 0.5).span() - MAX_SPAN).abs() < 1.0);
    }

    #[test]
    fn a_view_never_leaves_the_extent_behind() {
        let extent = interval(0, 1000);
        let view = View::of(extent).panned(50.0).kept_near(extent, 0.1);
        assert!((view.fraction_of(1000) - 0.1).abs() < 1e-9);
        let view = View::of(extent).panned(-50.0).kept_near(extent, 0.1);
        assert!((view.fraction_of(0) - 0.9).abs() < 1e-9);
        let inside = View::of(extent).panned(0.2);
        assert_eq!(inside.kept_near(extent, 0.1), inside);
    }

    #[test]
    fn open_and_empty_intervals_are_shown_as_far_as_they_can_be() {
        assert!(View::of(interval(i64::MIN, i64::MAX)).span() <= MAX_SPAN);
        assert!((View::of(interval(5, 5)).span() - MIN_SPAN).abs() < f64::EPSILON);
    }

    #[test]
    fn a_transition_begins_and_ends_at_its_views() {
        let (from, to) = (View::of(interval(0, 1000)), View::of(interval(400, 500)));
        assert_eq!(from.toward(to, 0.0), from);
        let end = from.toward(to, 1.0);
        assert!((end.fraction_of(400)).abs() < 1e-9 && (end.span() - 100.0).abs() < 1e-9);
    }

    /// During a zoom from one view to another, the time that both have at one place stays there, and equal steps change
    /// the width by the same factor.
    #[test]
    fn a_transition_looks_like_a_zoom() {
        let from = View::of(interval(0, 1_000_000));
        let check = |to: View, at: f64| {
            let fixed = from.offset_of(from.time_at(at));
            for step in [0.1, 0.25, 0.5, 0.9] {
                let view = from.toward(to, step);
                let expect = from.span() * (to.span() / from.span()).powf(step);
                assert!((view.span() / expect - 1.0).abs() < 1e-9, "{step}: {} is not {expect}", view.span());
                let found = view.offset_of(from.time_at(at)) / view.span();
                assert!((found - fixed / from.span()).abs() < 1e-6, "{step}: {found} is not {at}");
            }
        };
        for at in [0.0, 0.25, 0.5, 1.0] {
            check(from.zoomed(16.0, at), at);
            check(from.zoomed(1.0 / 16.0, at), at);
        }
        // Between views of the same width it pans evenly.
        let panned = from.panned(2.0);
        for step in [0.1, 0.5, 0.9] {
            let view = from.toward(panned, step);
            assert!((view.span() - from.span()).abs() < 1e-6);
            assert!((view.fraction_of(0) + 2.0 * step).abs() < 1e-9, "{step}: {}", view.fraction_of(0));
        }
    }

    fn stretch(start: i64, log2_rate: f64) -> StretchStart {
        StretchStart { start, log2_rate, is_break: log2_rate < -9.0 }
    }

    #[test]
    fn a_view_on_a_scale_zooms_and_pans_along_it() {
        let scale = TimeScale::new(&[stretch(0, 0.0), stretch(1000, -10.0), stretch(1_025_000, 0.0)]);
        let view = View::on(scale, interval(0, 1_026_000));
        assert!((view.span() - 3000.0).abs() < 1e-9, "1,024,000 seconds are as wide as 1,000");
        assert!((view.fraction_of(1000) - 1.0 / 3.0).abs() < 1e-12);
        assert_eq!([view.time_at(0.5), view.time_at(1.0)], [513_000, 1_026_000]);
        let closer = view.zoomed(3.0, 0.5);
        assert_eq!(closer.interval(), interval(1000, 1_025_000), "the break fills the view");
        assert_eq!(closer.panned(1.0).interval(), interval(1_025_000, 1_026_000));
        // A second of the break can fill the view too.
        let closest = view.zoomed(1e30, 0.5);
        assert!((closest.span() - 1.0 / 1024.0).abs() < 1e-12, "{}", closest.span());
        assert!(closest.interval().start == 513_000 || closest.interval().start == 512_999);
    }

    #[test]
    fn the_same_time_is_shown_on_another_scale() {
        let scale = TimeScale::new(&[stretch(0, 0.0), stretch(1000, -10.0), stretch(1_025_000, 0.0)]);
        let view = View::of(interval(500, 600_000));
        assert_eq!(view.with_scale(scale).interval(), view.interval());
        assert_eq!(view.with_scale(scale).with_scale(TimeScale::LINEAR), view);
        assert_eq!(view.with_scale(TimeScale::LINEAR), view);
        // A transition is along the scale that it leads to.
        let to = View::on(scale, interval(0, 1000));
        assert!(*view.toward(to, 0.5).scale() == scale && view.toward(to, 1.0).interval() == to.interval());
    }

    #[test]
    fn the_sections_of_an_axis_are_linear() {
        let scale = TimeScale::new(&[stretch(0, 0.0), stretch(1000, -10.0), stretch(1_025_000, 0.0)]);
        let axis = TimeAxis { view: View::on(scale, interval(500, 1_025_500)), left: 0.0, right: 2000.0 };
        let sections = axis.sections();
        let x: Vec<[f32; 2]> = sections.iter().map(|section| [section.axis.left, section.axis.right]).collect();
        assert_eq!(x, [[0.0, 500.0], [500.0, 1500.0], [1500.0, 2000.0]]);
        let breaks: Vec<bool> = sections.iter().map(|section| section.is_break).collect();
        assert_eq!(breaks, [false, true, false]);
        let times: Vec<Interval> = sections.iter().map(|section| section.axis.view.interval()).collect();
        assert_eq!(times, [interval(500, 1000), interval(1000, 1_025_000), interval(1_025_000, 1_025_500)]);
        for (section, seconds) in sections.iter().zip([700, 500_000, 1_025_400]) {
            assert!((section.axis.x(seconds) - axis.x(seconds)).abs() < 1e-3, "{seconds}");
        }
        let linear = TimeAxis { view: View::of(interval(0, 10)), ..axis };
        assert_eq!(linear.sections().iter().map(|section| section.axis).collect::<Vec<_>>(), [linear]);
    }

    proptest! {
        /// On a scale of stretches the x of times are in their order, and a time is found again at its place in the
        /// view; after any zoom and pan too.
        #[test]
        fn a_scale_of_stretches_is_exact(
            first in -400_000_000_000_000_000_i64..100_000_000_000,
            steps in prop::collection::vec((1_i64..1_000_000_000_000, -20.0_f64..0.0), 1..20),
            [start, a, b] in [0_i64..2_000_000_000_000, 0_i64..1_000_000_000_000, 0_i64..1_000_000_000_000],
            (factor, at, shift) in (1.0_f64..1e6, 0.0_f64..1.0, -1.0_f64..1.0),
        ) {
            let mut sum = first;
            let stretches: Vec<StretchStart> = steps.into_iter().map(|(step, log2_rate)| {
                sum += step;
                stretch(sum, log2_rate)
            }).collect();
            let start = first + start;
            let view = View::on(TimeScale::new(&stretches), interval(start, start + 1_000_000_000_000));
            for view in [view, view.zoomed(factor, at).panned(shift)] {
                let axis = TimeAxis { view, left: 100.0, right: 1700.0 };
                let (x, y) = (axis.x(start + a), axis.x(start + b));
                prop_assert!(if a <= b { x <= y } else { x >= y }, "{x} and {y}");
                let shown = view.interval();
                let inside = (start + a).clamp(shown.start, shown.end - 1);
                let back = view.time_at(view.fraction_of(inside));
                // A fraction of the view is rounded, by less than a millionth of a point, and a time to a whole second.
                let second = axis.x(inside + 1) - axis.x(inside - 1);
                let off = (axis.x(back) - axis.x(inside)).abs();
                prop_assert!(off <= second + 1e-6, "{off} points, a second takes {second}");
            }
        }

        /// Converting between x and time is accurate to 0.01 px wherever the view is.
        #[test]
        fn x_and_time_round_trip(
            anchor in prop_oneof![Just(-435_485_937_600_000_000_i64), Just(-63_500_000_000), Just(1_700_000_000)],
            shift in -1_000_000_i64..1_000_000,
            span in 1_i64..4_000_000_000,
            within in 0.0_f64..1.0,
        ) {
            let start = anchor + shift;
            let axis = TimeAxis { view: View::of(interval(start, start + span)), left: 100.0, right: 1700.0 };
            let time = start + (within * span as f64) as i64;
            // To a pixel, which is an `f32`, and back.
            let pixel = axis.x(time) as f32;
            let back = axis.fraction(pixel) * axis.view.span();
            let exact = (i128::from(time) - i128::from(start)) as f64;
            prop_assert!((back - exact).abs() / axis.seconds_per_point() < 0.01, "{back} s is not {exact} s");
            let seconds = (axis.time(pixel) - time).abs() as f64;
            prop_assert!(seconds <= 1.0 + 0.01 * axis.seconds_per_point(), "{seconds} s away");
            // The same after a zoom in and a pan, compared with the interval that is then in view.
            let zoomed = TimeAxis { view: axis.view.zoomed(7.0, within).panned(0.31), ..axis };
            let pixel = zoomed.x(time) as f32;
            let back = zoomed.fraction(pixel) * zoomed.view.span();
            prop_assert!((back - zoomed.view.offset_of(time)).abs() / zoomed.seconds_per_point() < 0.01);
        }
    }
}
