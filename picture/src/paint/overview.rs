//! The overview strip: columns in the colours of the lanes, years, and the visible window.

use egui::{Align2, Rangef, Rect, pos2, vec2};

use crate::layout::{OVERVIEW_HANDLE, Overview, TextRole};
use crate::scene::{Builder, Stroke};

use super::input::Input;
use super::theme::Theme;
use super::words::text;

/// Opacity of what is outside the window.
const OUTSIDE: f32 = 0.25;

/// Draws the strip.
pub(super) fn draw(scene: &mut Builder<'_>, strip: &Overview, input: &Input<'_>) {
    let (theme, is_searched) = (input.theme, input.emphasis.found.is_some());
    scene.outline(strip.rect.shrink(0.5), 5.5, Stroke::new(1.0, theme.edge));
    let to_pixels = |scene: &Builder<'_>, rect: &Rect| {
        let [left, right, top, bottom] =
            [rect.left(), rect.right(), rect.top(), rect.bottom()].map(|at| scene.to_pixel(at));
        Rect::from_x_y_ranges(left..=right, top..=bottom)
    };
    let base: Vec<Rect> = strip.base.iter().map(|line| to_pixels(scene, line)).collect();
    scene.rects(base, theme.axis);
    for layer in &strip.layers {
        let bars = layer.bars.iter().map(|bar| to_pixels(scene, bar)).collect();
        let color = theme.color(layer.color);
        scene.rects(bars, if is_searched { theme.dimmed(color) } else { color });
    }
    if is_searched {
        found(scene, strip, theme);
    }
    let shown = strip.window;
    let plot = strip.plot.shrink2(vec2(2.0, 0.0));
    for outside in [Rangef::new(plot.left(), shown.min), Rangef::new(shown.max, plot.right())] {
        if outside.span() > 0.0 {
            let veil = Rect::from_x_y_ranges(outside, plot.y_range());
            scene.rect(veil, 0.0, Theme::thin(theme.paper, OUTSIDE));
        }
    }
    let mut lines = Vec::with_capacity(strip.ticks.len());
    for tick in &strip.ticks {
        let x = Rangef::point(scene.to_pixel_center(tick.x)).expand(0.5);
        lines.push(Rect::from_x_y_ranges(x, strip.plot.bottom()..=strip.plot.bottom() + 3.0));
        let at = pos2(tick.label_x, strip.plot.bottom() + 0.5);
        text(scene, at, Align2::CENTER_TOP, &tick.label, (TextRole::Small, theme.muted));
    }
    scene.rects(lines, theme.axis);
    let window = Rect::from_x_y_ranges(shown, strip.rect.y_range());
    scene.outline(window.shrink(0.75), 5.25, Stroke::new(1.5, theme.accent));
    for x in [window.left(), window.right()] {
        scene.rect(Rect::from_center_size(pos2(x, window.center().y), OVERVIEW_HANDLE), 2.0, theme.accent);
    }
}

/// Draws the columns in which a search has found events, each with a tick above the columns: one event among many others
/// would be too low to be seen.
fn found(scene: &mut Builder<'_>, strip: &Overview, theme: &Theme) {
    let top = strip.plot.top();
    let ticks = strip.found.iter().map(|bar| Rect::from_x_y_ranges(bar.x_range(), top - 4.0..=top - 1.0)).collect();
    scene.rects(strip.found.clone(), theme.ink);
    scene.rects(ticks, theme.found_edge);
}
