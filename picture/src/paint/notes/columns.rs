//! Columns and pages of notes: where each paragraph stands, and what is drawn there.

use std::ops::Range;
use std::sync::Arc;

use egui::{Align, Pos2, Rect, Vec2, pos2, vec2};

use crate::scene::text::TextLayout;
use crate::scene::{Builder, Content, Element, ElementKind, Group, Link, Structure};

use super::super::theme::Theme;
use super::paragraph::{BESIDE_MARK, Block, SIZE, TextLink};

/// Free space between two columns, in points.
const GUTTER: f32 = 28.0;
/// Approximate width of a column, in points: about sixty letters.
const COLUMN: f32 = 330.0;
/// Minimum number of lines of a paragraph that is broken, on either side of the break.
const LEAST_LINES: usize = 2;

/// Lines of a block, placed in a column.
pub struct Placed {
    /// Index of the block.
    block: usize,
    lines: Range<usize>,
    /// Index of its page, from 0.
    pub page: usize,
    /// Its rectangle, as wide as the column, in points from the top left of the columns of the page.
    pub rect: Rect,
}

/// Returns the number of columns that fit a width, in points, and the width of each.
pub(super) fn columns(width: f32) -> (usize, f32) {
    let count = ((width + GUTTER) / (COLUMN + GUTTER)).round().max(1.0);
    (count as usize, (width + GUTTER) / count - GUTTER)
}

impl Block {
    fn lines(&self) -> usize {
        self.text.lines.len().max(1)
    }

    fn line_height(&self) -> f32 {
        self.text.size.y / self.lines() as f32
    }

    /// Returns the number of lines of which the first must be in one column, and the last.
    fn least_lines(&self) -> usize {
        if self.keeps_next || self.lines() < 2 * LEAST_LINES { self.lines() } else { LEAST_LINES }
    }
}

/// The next free place in the columns.
struct Place {
    page: usize,
    column: usize,
    top: f32,
}

/// Places the blocks in columns of this size, in points, on as many pages as necessary. Paragraphs are broken between
/// lines.
#[must_use]
pub fn place(blocks: &[Block], size: Vec2) -> Vec<Placed> {
    let (count, width) = columns(size.x);
    let mut at = Place { page: 0, column: 0, top: 0.0 };
    let mut placed = Vec::with_capacity(blocks.len());
    for (index, block) in blocks.iter().enumerate() {
        let mut from = 0;
        while from < block.lines() {
            let above = if at.top > 0.0 && from == 0 { block.above } else { 0.0 };
            let room = size.y - at.top - above + 0.01;
            let lines = match lines_within(&blocks[index..], from, room) {
                // A column of its own is not high enough either.
                0 if at.top <= 0.0 => ((room / block.line_height()) as usize).clamp(1, block.lines() - from),
                lines => lines,
            };
            if lines > 0 {
                let left = at.column as f32 * (width + GUTTER);
                let min = pos2(left, at.top + above);
                let rect = Rect::from_min_size(min, vec2(width, block.line_height() * lines as f32));
                placed.push(Placed { block: index, lines: from..from + lines, page: at.page, rect });
                at.top = rect.bottom();
                from += lines;
            }
            if from < block.lines() {
                let next = at.column + 1;
                at = Place { page: at.page + next / count, column: next % count, top: 0.0 };
            }
        }
    }
    placed
}

/// Returns how many lines of the first of the blocks, after `from`, go into a room, in points; 0 if they would be torn
/// from what belongs with them.
fn lines_within(blocks: &[Block], from: usize, room: f32) -> usize {
    let Some(block) = blocks.first() else { return 0 };
    let rest = block.lines() - from;
    let height = block.line_height();
    let needed: f32 = if block.keeps_next { kept_height(blocks) } else { rest as f32 * height };
    if needed <= room {
        return rest;
    }
    let least = block.least_lines();
    let fit = ((room / height).max(0.0) as usize).min(rest.saturating_sub(LEAST_LINES));
    if block.keeps_next || fit < least.min(rest) { 0 } else { fit }
}

/// Returns the height of the blocks that must be in one column with the first, and of the beginning of the next, in
/// points.
fn kept_height(blocks: &[Block]) -> f32 {
    let alone = blocks.iter().take_while(|block| block.keeps_next).count();
    let kept: f32 = blocks.iter().take(alone).map(|block| block.text.size.y).sum();
    let next = blocks.get(alone).map_or(0.0, |next| next.line_height() * next.least_lines() as f32);
    let between: f32 = blocks.iter().take(alone + 1).skip(1).map(|block| block.above).sum();
    kept + between + next
}

/// Returns the minimum height, in points, at which all blocks fit on one page of this width.
#[must_use]
pub fn least_height(blocks: &[Block], width: f32) -> f32 {
    let (count, _) = columns(width);
    let all: f32 = blocks.iter().map(|block| block.text.size.y + block.above).sum();
    let mut height = (all / count as f32).ceil().max(SIZE * 2.0);
    while place(blocks, vec2(width, height)).iter().any(|placed| placed.page > 0) {
        height += 4.0;
    }
    height
}

/// Draws the blocks of one page, with the top left of the columns at a point.
pub fn draw(scene: &mut Builder<'_>, blocks: &[Block], placed: &[Placed], page: usize, origin: Pos2, theme: &Theme) {
    for placed in placed.iter().filter(|placed| placed.page == page) {
        let Some(block) = blocks.get(placed.block) else { continue };
        draw_block(scene, block, placed, origin, theme);
    }
}

fn draw_block(scene: &mut Builder<'_>, block: &Block, placed: &Placed, origin: Pos2, theme: &Theme) {
    let text = Arc::new(block.text.only_lines(placed.lines.clone()));
    let row = placed.rect.translate(origin.to_vec2());
    let at = row.min + vec2(block.indent, 0.0);
    let is_first = placed.lines.start == 0;
    let cut = block.text.lines.get(placed.lines.start).map_or(0, |line| line.range.start);
    // Ranges of the whole text that begin or end on these lines.
    let here = |range: &Range<usize>| {
        let range = range.start.saturating_sub(cut)..range.end.saturating_sub(cut).min(text.text.len());
        (range.start < range.end).then_some(range)
    };
    let decoration = Group { structure: Some(Structure::Artifact), ..Group::default() };
    scene.group(decoration.clone(), |scene| {
        let [min, max] = [at - vec2(6.0, 4.0), pos2(row.right(), row.bottom() + 4.0)];
        if block.is_code {
            scene.rect(Rect::from_min_max(min, max), 2.0, theme.panel);
        }
        for rect in block.code.iter().filter_map(here).flat_map(|range| text.parts(&range)) {
            let rect = rect.translate(at.to_vec2()).expand2(vec2(1.5, -1.0));
            scene.rect(rect, 2.0, theme.panel);
        }
        for x in &block.bars {
            let bar = Rect::from_min_max(pos2(row.left() + x, row.top()), pos2(row.left() + x + 2.0, row.bottom()));
            scene.rect(bar, 0.0, theme.line);
        }
    });
    if let Some((mark, path)) = block.mark.as_ref().filter(|_| is_first) {
        let content = Content { path: Arc::clone(path), ..Content::default() };
        scene.group(Group { structure: Some(Structure::Content(content)), ..Group::default() }, |scene| {
            let left = at.x - BESIDE_MARK - mark.size.x;
            scene.text(Arc::clone(mark), pos2(left, at.y), theme.muted, Align::Max);
        });
    }
    let links: Vec<(Range<usize>, usize)> =
        block.links.iter().enumerate().filter_map(|(number, link)| Some((here(&link.range)?, number))).collect();
    let outline = block.outline.clone().filter(|_| is_first);
    let content = Content { path: Arc::clone(&block.path), links: links.clone(), outline };
    scene.group(Group { structure: Some(Structure::Content(content)), ..Group::default() }, |scene| {
        scene.text(Arc::clone(&text), at, theme.ink, Align::Min);
    });
    scene.group(decoration, |scene| {
        let rule = |scene: &mut Builder<'_>, range: &Range<usize>, from_baseline: f32, color| {
            for rect in text.parts(range) {
                let y = at.y + rect.top() + text.first_baseline() + from_baseline;
                scene.rects(vec![Rect::from_x_y_ranges(at.x + rect.left()..=at.x + rect.right(), y..=y + 0.75)], color);
            }
        };
        for (range, _) in &links {
            rule(scene, range, 1.5, theme.accent);
        }
        for range in block.struck.iter().filter_map(here) {
            rule(scene, &range, -SIZE * 0.3, theme.ink);
        }
    });
    for (range, number) in &links {
        let Some(link) = block.links.get(*number) else { continue };
        annotations(scene, &block.path, &text, at, (range, *number, link));
    }
}

/// Adds a link on each of its lines.
fn annotations(
    scene: &mut Builder<'_>,
    path: &[Element],
    text: &TextLayout,
    at: Pos2,
    (range, number, link): (&Range<usize>, usize, &TextLink),
) {
    let path: Arc<[Element]> = [path, &[ElementKind::Link.numbered(number)]].concat().into();
    for rect in text.parts(range) {
        let content = Content { path: Arc::clone(&path), ..Content::default() };
        let link = Link { rect: rect.translate(at.to_vec2()), url: link.url.clone(), title: link.title.clone() };
        let group = Group { link: Some(link), structure: Some(Structure::Content(content)), ..Group::default() };
        scene.group(group, |_| {});
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::paragraph::{Setter, Words};
    use super::*;
    use crate::scene::text::{FontSet, TextEngine};

    /// Returns paragraphs of these numbers of words; those of none are headings.
    fn blocks(lengths: &[usize], width: f32) -> Vec<Block> {
        let mut engine = TextEngine::new(FontSet::carried());
        let theme = Theme::print();
        let (_, column) = columns(width);
        let mut setter = Setter::new(&mut engine, &theme, column, 9);
        let block = |length: &usize| match length {
            0 => setter.heading("Heading"),
            length => setter.title(&[Words::plain("word ".repeat(*length).trim_end())], Vec::new()),
        };
        lengths.iter().map(block).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        /// Every line is placed once, in order and inside the columns; a heading has the beginning of what follows it in
        /// its column.
        #[test]
        fn every_line_has_its_place(
            lengths in prop::collection::vec(0_usize..120, 1..30),
            width in 280_f32..1200.0,
            height in 170_f32..700.0,
        ) {
            let blocks = blocks(&lengths, width);
            let placed = place(&blocks, vec2(width, height));
            let lines: Vec<(usize, usize)> =
                placed.iter().flat_map(|placed| placed.lines.clone().map(|line| (placed.block, line))).collect();
            let all: Vec<(usize, usize)> =
                blocks.iter().enumerate().flat_map(|(index, block)| (0..block.lines()).map(move |line| (index, line))).collect();
            prop_assert_eq!(lines, all);
            for placed in &placed {
                prop_assert!(placed.rect.top() >= 0.0 && placed.rect.bottom() <= height + 0.1, "{:?}", placed.rect);
                prop_assert!(placed.rect.left() >= 0.0 && placed.rect.right() <= width + 0.1, "{:?}", placed.rect);
            }
            for pair in placed.windows(2) {
                let [one, next] = pair else { continue };
                let is_same = one.page == next.page && one.rect.left() == next.rect.left();
                prop_assert!(!is_same || next.rect.top() >= one.rect.bottom() - 0.1, "one on another");
                let is_torn = blocks[one.block].keeps_next && !blocks[next.block].keeps_next && !is_same;
                prop_assert!(!is_torn, "a heading is torn from {:?}", next.lines);
            }
        }
    }

    #[test]
    fn a_long_paragraph_is_broken_between_lines() {
        let all = blocks(&[400], 300.0);
        let count = all[0].lines();
        let placed = place(&all, vec2(300.0, 200.0));
        assert!(placed.len() > 1 && count > 20, "{count} lines");
        assert!(placed.iter().all(|placed| placed.lines.len() >= LEAST_LINES), "no line stands alone");
        let height = least_height(&all, 300.0);
        assert!((height - all[0].text.size.y).abs() < 8.0, "{height} for {}", all[0].text.size.y);
    }
}
