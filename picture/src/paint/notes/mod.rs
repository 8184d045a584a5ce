//! Notes: what the events of an image are about and where that comes from, set in columns of small text.
//!
//! [`blocks`] sets the paragraphs, [`place`] divides them into columns and pages, [`draw`] draws a page. Each paragraph
//! knows what it is in the structure of a document, which a tagged PDF contains.

mod columns;
mod content;
mod noted;
mod paragraph;
mod prose;

use crate::scene::text::TextEngine;
use crate::timeline::Timeline;

use super::theme::Theme;

pub use columns::{Placed, draw, least_height, place};
pub use noted::{NoteParts, Noted};
pub use paragraph::Block;

/// Returns the notes, in their order; incomplete if `is_cancelled` returns `true` meanwhile. `width` is the total width
/// of all columns, in points.
#[must_use]
pub fn blocks(
    text: &mut TextEngine,
    timeline: &Timeline,
    noted: &Noted,
    parts: NoteParts,
    width: f32,
    theme: &Theme,
    is_cancelled: &dyn Fn() -> bool,
) -> Vec<Block> {
    let (_, column) = columns::columns(width);
    let setter = paragraph::Setter::new(text, theme, column, noted.events.len());
    content::Notes { setter, timeline, parts, is_cancelled, blocks: Vec::new() }.blocks(noted)
}
