//! Single lines of text in the roles that the layout gives them.

use std::sync::Arc;

use egui::{Align, Align2, Color32, Pos2, Rect};

use crate::layout::{Measure, TextRole, one_line};
use crate::scene::Builder;
use crate::scene::text::{TextEngine, TextLayout, TextStyle};

/// Returns the size and weight of a role.
#[must_use]
pub fn text_style(role: TextRole) -> TextStyle {
    TextStyle { size: role.size(), bold: role.is_bold() }
}

impl Measure for TextEngine {
    fn width(&mut self, text: &str, role: TextRole) -> f32 {
        Self::width(self, &one_line(text), text_style(role))
    }

    fn breaks(&mut self, text: &str, role: TextRole) -> Arc<[[f32; 2]]> {
        Self::breaks(self, &one_line(text), text_style(role))
    }
}

/// Returns one line of text, elided at a width, in points.
pub(super) fn line(scene: &mut Builder<'_>, words: &str, role: TextRole, width: f32) -> Arc<TextLayout> {
    scene.text.line(&one_line(words), text_style(role), width)
}

/// Returns the width of one line of text, in points.
pub(super) fn width(scene: &mut Builder<'_>, words: &str, role: TextRole) -> f32 {
    line(scene, words, role, f32::INFINITY).size.x
}

/// Draws one line of text with its anchor at a point; returns its box.
pub(super) fn text(scene: &mut Builder<'_>, at: Pos2, anchor: Align2, words: &str, look: (TextRole, Color32)) -> Rect {
    text_within(scene, at, anchor, words, look, f32::INFINITY)
}

/// Draws one line of text, elided at a width, in points; returns its box.
pub fn text_within(
    scene: &mut Builder<'_>,
    at: Pos2,
    anchor: Align2,
    words: &str,
    (role, color): (TextRole, Color32),
    width: f32,
) -> Rect {
    if words.is_empty() {
        return Rect::from_min_size(at, egui::Vec2::ZERO);
    }
    let words = line(scene, words, role, width);
    scene.text_at(words, at, anchor, color)
}

/// Returns the baseline of a line of text whose middle is at this y, in points.
pub(super) fn baseline(scene: &mut Builder<'_>, role: TextRole, middle: f32) -> f32 {
    let words = line(scene, "x", role, f32::INFINITY);
    scene.to_pixel(middle - words.size.y / 2.0 + words.first_baseline())
}

/// Draws one line of text on a baseline, elided at a width, in points: from x, or up to x for [`Align::Max`]. Returns
/// its box.
pub(super) fn text_on(
    scene: &mut Builder<'_>,
    at: (f32, f32),
    align: Align,
    words: &str,
    (role, color): (TextRole, Color32),
    width: f32,
) -> Rect {
    let words = line(scene, words, role, width);
    scene.text_on(words, at, align, color)
}
