//! Pictures of events, in the places that the layout gives them.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{Align, Align2, Color32, Rect, pos2};

use crate::layout::{CREDIT_LEADING, Credit, TextRole, Thumbnail, one_line};
use crate::scene::text::Span;
use crate::scene::{Builder, ImageData, Stroke};
use crate::timeline::EventIndex;

use super::input::Input;
use super::marks::State;
use super::theme::Theme;
use super::words::{line, text_style, text_within};

/// The pictures of events, as far as they have been read; `None` for those that cannot be shown.
pub type Images = BTreeMap<EventIndex, Option<Arc<ImageData>>>;

/// Draws a picture with the line that leads to it and its credit, or its alternative text in its frame.
pub(super) fn draw(
    scene: &mut Builder<'_>,
    thumbnail: &Thumbnail,
    input: &Input<'_>,
    (color, state): (Color32, State),
) {
    let theme = input.theme;
    let [from, to] = thumbnail.leader;
    let x = scene.to_pixel_center(from.x);
    scene.line(vec![pos2(x, from.y), pos2(x, to.y)], Stroke::new(1.0, Theme::thin(color, 0.7)));
    let [min, max] =
        [thumbnail.rect.min, thumbnail.rect.max].map(|at| pos2(scene.to_pixel(at.x), scene.to_pixel(at.y)));
    let rect = Rect::from_min_max(min, max);
    // What is transparent in the picture is paper.
    scene.rect(rect, 0.0, theme.paper);
    let event = input.timeline.event(thumbnail.event);
    let alternative = event.and_then(|event| event.details.picture()).map(|media| one_line(media.words()).into_owned());
    let alternative = alternative.unwrap_or_default();
    match input.images.get(&thumbnail.event) {
        Some(Some(image)) if !thumbnail.is_missing => scene.image(rect, Arc::clone(image), alternative),
        // It is being read.
        None if !thumbnail.is_missing => scene.rect(rect, 0.0, theme.grid),
        _ => in_its_place(scene, rect, &alternative, theme),
    }
    if state.is_dimmed() {
        scene.rect(rect, 0.0, Theme::thin(theme.paper, 0.6));
    }
    let is_marked = state.selected || state.hovered;
    let frame = if is_marked { Stroke::new(2.0, theme.accent) } else { Stroke::new(1.0, theme.line) };
    scene.outline(rect.shrink(if is_marked { 0.0 } else { 0.5 }), 0.0, frame);
    if let Some(words) = &thumbnail.credit {
        credit(scene, words, theme);
    }
}

/// Draws the alternative text of a picture, as much as there is room for.
fn in_its_place(scene: &mut Builder<'_>, rect: Rect, words: &str, theme: &Theme) {
    const MARGIN: f32 = 6.0;
    let inside = rect.shrink(MARGIN);
    let size = TextRole::Small.size();
    let most = (inside.height() / (size * 1.4)).max(1.0) as usize;
    let spans = [Span { text: words, ..Span::default() }];
    let set = scene.text.paragraph(&spans, size, inside.width(), most, None);
    scene.clipped(inside, |scene| scene.text_at(set.into(), inside.min, Align2::LEFT_TOP, theme.muted));
}

/// Draws the credit of a picture.
fn credit(scene: &mut Builder<'_>, Credit { words, rect, break_width, flush_right }: &Credit, theme: &Theme) {
    let (x, align) = if *flush_right { (rect.right(), Align::Max) } else { (rect.left(), Align::Min) };
    let look = (TextRole::Small, theme.muted);
    let Some(width) = break_width else {
        text_within(scene, pos2(x, rect.center().y), Align2([align, Align::Center]), words, look, rect.width() + 1.0);
        return;
    };
    let above = scene.text.two_lines(&one_line(words), text_style(TextRole::Small), (*width, CREDIT_LEADING));
    let first = line(scene, "x", TextRole::Small, f32::INFINITY).first_baseline() + rect.top();
    for (layout, baseline) in above.into_iter().zip([first, first + CREDIT_LEADING]) {
        scene.text_on(layout, (x, baseline), align, theme.muted);
    }
}
