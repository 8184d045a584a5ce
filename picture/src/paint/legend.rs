//! The legend: samples drawn by the same functions as the marks.

use egui::{Align2, Pos2, Rangef, Rect, pos2, vec2};

use crate::layout::{Chart, LegendEntry, Mark, MarkShape, Member, Sample, TextRole, TimeAxis, Weight};
use crate::scene::Builder;

use super::input::Input;
use super::marks::{self, State};
use super::theme::Theme;
use super::words::text;

/// How far the sample of a torn edge extends beyond its rectangle, in points.
const SAMPLE_BEYOND: f32 = 10.0;

/// Draws all entries.
pub(super) fn draw(scene: &mut Builder<'_>, Input { chart, theme, .. }: &Input<'_>) {
    for entry in &chart.legend {
        sample(scene, entry, chart, theme);
        let at = pos2(entry.rect.right() + 8.0, entry.rect.center().y);
        text(scene, at, Align2::LEFT_CENTER, entry.words, (TextRole::Small, theme.muted));
    }
}

fn sample(scene: &mut Builder<'_>, entry: &LegendEntry, chart: &Chart, theme: &Theme) {
    let rect = entry.rect;
    let color = theme.muted;
    if entry.sample == Sample::Counted {
        let bar = |(column, share): (usize, f32)| {
            let left = rect.left() + 5.0 + column as f32 * 5.0;
            Rect::from_min_max(pos2(left, rect.bottom() - rect.height() * share), pos2(left + 4.0, rect.bottom()))
        };
        let bars = [0.4, 1.0, 0.6, 0.8].into_iter().enumerate().map(bar).collect();
        scene.rects(bars, Theme::outline(color));
        return;
    }
    if entry.sample == Sample::Weight {
        axis_sample(scene, rect, theme);
        return;
    }
    let center = rect.center();
    let shape = match entry.sample {
        Sample::Torn => {
            let x = Rangef::new(rect.left(), rect.right() + SAMPLE_BEYOND);
            MarkShape::Span { x, sure: x, open_start: false, open_end: false, unknown: false }
        }
        Sample::Open | Sample::Unknown => {
            let unknown = entry.sample == Sample::Unknown;
            let sure = if unknown { Rangef::point(rect.left()) } else { rect.x_range() };
            MarkShape::Span { x: rect.x_range(), sure, open_start: false, open_end: !unknown, unknown }
        }
        Sample::OneOf | Sample::AllOf => {
            let centers: Vec<Pos2> = [-8.0, 8.0].into_iter().map(|x| center + vec2(x, 0.0)).collect();
            let extents = centers
                .iter()
                .map(|center| Member { x: Rangef::point(center.x), known: Rangef::point(center.x) })
                .collect();
            MarkShape::Set { centers, extents, one_of: entry.sample == Sample::OneOf }
        }
        _ => MarkShape::Point { center, extent: rect.x_range() },
    };
    // A sample belongs to no event, so properties of the mark that are not drawn are taken from any one.
    let Some(any) = chart.marks().next() else { return };
    let mark = Mark {
        number: None,
        row: 0,
        style: 0,
        shape,
        rect,
        label: None,
        weight: Weight::Usual,
        approximate: entry.sample == Sample::Approximate,
        uncertain: entry.sample == Sample::Uncertain,
        ..any.clone()
    };
    // The bar ends at the edge of the sample.
    let axis = TimeAxis { left: rect.left(), right: rect.right(), ..chart.axis };
    let state = State { selected: false, hovered: false, found: None };
    marks::bands(scene, &mark, axis, color, theme, state);
    marks::markers(scene, &mark, axis, color, theme, state);
}

/// Draws an axis that is thicker in its right half.
fn axis_sample(scene: &mut Builder<'_>, rect: Rect, theme: &Theme) {
    let middle = scene.to_pixel_center(rect.center().y);
    let part = |(left, right, weight): (f32, f32, f32)| {
        Rect::from_x_y_ranges(Rangef::new(left, right), Rangef::point(middle).expand(weight / 2.0))
    };
    let (left, center, right) = (rect.left() + 2.0, rect.center().x, rect.right() - 2.0);
    scene.rects([(left, center, 1.0), (center, right, 3.0)].map(part).to_vec(), theme.axis);
}
