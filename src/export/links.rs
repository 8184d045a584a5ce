//! What can be clicked in a picture.

use egui::epaint::{ClippedShape, TextShape};
use egui::{Pos2, Rect, Shape};

use crate::layout::one_line;
use crate::timeline::Timeline;

use super::pdf::Link;

/// The sources' names in the line that names them, where they have an address of the web. In points on the page.
pub fn links(shapes: &[ClippedShape], timeline: &Timeline) -> Vec<Link> {
    let known: Vec<String> = timeline.source_lines().map(|line| one_line(&line).into_owned()).collect();
    let is_line = |shape: &&TextShape| known.contains(&shape.galley.job.text);
    let texts =
        shapes.iter().rev().filter_map(|shape| if let Shape::Text(text) = &shape.shape { Some(text) } else { None });
    let Some(text) = { texts }.find(is_line) else { return Vec::new() };
    let line = &text.galley.job.text;
    let mut from = 0;
    let mut links = Vec::new();
    for named in timeline.source_names.named() {
        let words = one_line(&named.words);
        let Some(start) = line.get(from..).and_then(|rest| rest.find(&*words)).map(|at| from + at) else { break };
        from = start + words.len();
        let source = timeline.source(named.source).filter(|_| named.works == 1);
        if let Some((source, url)) = source.and_then(|source| Some((source, source.web_address()?)))
            && let Some(rect) = part_of(text, line, start, from)
        {
            links.push(Link { rect, url: url.to_owned(), title: source.title.clone() });
        }
    }
    links
}

/// Where a part of a text in one row stands, as far as it was not cut off.
fn part_of(text: &TextShape, line: &str, start: usize, end: usize) -> Option<Rect> {
    let row = text.galley.rows.first()?;
    let glyph = |byte: usize| line.get(..byte).map(|before| before.chars().count());
    let (first, last) = (glyph(start)?, glyph(end.min(line.len()))?);
    let shown = row.row.glyphs.get(first..last.min(row.row.glyphs.len()))?;
    let (first, last) = (shown.first()?, shown.last()?);
    let at = text.pos + row.pos.to_vec2();
    let top = text.pos.y;
    Some(Rect::from_min_max(
        Pos2::new(at.x + first.pos.x, top),
        Pos2::new(at.x + last.max_x(), top + text.galley.size().y),
    ))
}
