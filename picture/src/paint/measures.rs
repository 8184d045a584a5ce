//! Measures: lines between two times, with the distance in words.

use egui::{Align2, Color32, Rangef, Rect, pos2, vec2};

use crate::date::Interval;
use crate::layout::{Chart, TextRole};
use crate::scene::{Builder, Group, Stroke};

use super::input::Input;
use super::measure::Measure;
use super::theme::Theme;
use super::words::{text_within, width};

/// The height that a measure takes, in points.
const HEIGHT: f32 = 24.0;
/// The height of its ends, in points.
const END: f32 = 11.0;

/// Draws the measures above the time axis, one above the other.
pub(super) fn draw(scene: &mut Builder<'_>, input: &Input<'_>, columns: Rect) {
    for (place, measure) in input.emphasis.measures.iter().enumerate() {
        let y = columns.bottom() - (place as f32 + 0.5) * HEIGHT - 2.0;
        let title = if input.describes { measure.words.clone() } else { String::new() };
        scene.group(Group { title, ..Group::default() }, |scene| one(scene, input, measure, (columns, y)));
    }
}

/// Draws one measure: thick between the nearest times that its ends may be, thin to the farthest ones.
fn one(scene: &mut Builder<'_>, input: &Input<'_>, measure: &Measure, (columns, y): (Rect, f32)) {
    let (chart, theme) = (input.chart, input.theme);
    let (first, last) =
        if measure.from.start <= measure.to.start { (measure.from, measure.to) } else { (measure.to, measure.from) };
    let [first, last] = [first, last].map(|end| range(chart, end, columns));
    if first.min >= columns.right() || last.max <= columns.left() {
        return;
    }
    let color = if measure.is_draft { theme.accent } else { theme.ink };
    let clip = columns.expand2(vec2(0.5, 0.0));
    scene.clipped(clip, |scene| {
        // What the ends are of is seen by lines through all lanes.
        let guides = [first, last].map(|end| (end.min, end.max));
        for x in guides.into_iter().flat_map(|(min, max)| if max - min > 1.5 { vec![min, max] } else { vec![min] }) {
            let x = scene.to_pixel_center(x);
            scene.line(vec![pos2(x, columns.top()), pos2(x, y)], Stroke::new(1.0, Theme::thin(color, 0.45)));
        }
        let paper = Rect::from_x_y_ranges(first.min..=last.max, Rangef::point(y).expand(END / 2.0 + 1.0));
        scene.rect(paper, 2.0, theme.paper);
        line(scene, Rangef::new(first.min, last.max), y, 1.0, color);
        let sure = Rangef::new(first.max, last.min);
        if sure.min < sure.max {
            line(scene, sure, y, 3.0, color);
        }
        for x in [first.min, first.max, last.min, last.max] {
            let x = scene.to_pixel_center(x);
            let ends = Rangef::point(y).expand(END / 2.0);
            scene.line(vec![pos2(x, ends.min), pos2(x, ends.max)], Stroke::new(1.0, color));
        }
    });
    label(scene, input, measure, (Rangef::new(first.min, last.max), columns, y), color);
}

/// Writes the distance in the middle of what is in view of the line.
fn label(
    scene: &mut Builder<'_>,
    input: &Input<'_>,
    measure: &Measure,
    (x, columns, y): (Rangef, Rect, f32),
    color: Color32,
) {
    const ROOM: f32 = 5.0;
    let role = TextRole::Label;
    let room = columns.width() - 4.0 * ROOM;
    let half = width(scene, &measure.words, role).min(room) / 2.0 + ROOM;
    let seen = Rangef::new(x.min.max(columns.left()), x.max.min(columns.right()));
    let middle = seen.center().min(columns.right() - half - 1.0).max(columns.left() + half + 1.0);
    let rect = Rect::from_center_size(pos2(middle, y), vec2(2.0 * half, HEIGHT - 4.0));
    scene.rect(rect, 3.0, input.theme.paper);
    scene.outline(rect, 3.0, Stroke::new(1.0, color));
    text_within(scene, rect.center(), Align2::CENTER_CENTER, &measure.words, (role, color), room);
}

fn line(scene: &mut Builder<'_>, x: Rangef, y: f32, width: f32, color: Color32) {
    scene.line(vec![pos2(x.min, y), pos2(x.max, y)], Stroke::new(width, color));
}

/// Returns where an end is in the chart, a little outside at most.
fn range(chart: &Chart, end: Interval, columns: Rect) -> Rangef {
    let near = columns.x_range().expand(20.0);
    let [min, max] = [end.start, end.end].map(|time| near.clamp(chart.axis.x_clipped(time)));
    Rangef::new(min, max)
}
