//! Numbered notes: the sources of the content of an image, set in columns of small text.

use std::cell::RefCell;
use std::sync::Arc;

use egui::{Align, Color32, Rect, Vec2, pos2, vec2};

use crate::document::Basis;
use crate::layout::one_line;
use crate::scene::text::direction::own_order_after;
use crate::scene::text::{Span, TextEngine, TextLayout};
use crate::scene::{Builder, Group, Link};
use crate::timeline::{
    Citation, CitationView, Era, EraIndex, Event, EventIndex, Figure, Series, SeriesIndex, Source, Timeline,
};

use super::theme::Theme;

/// Font size, in points: 9 pt in print.
const SIZE: f32 = 12.0;
/// Width of the number column, in points.
const INDENT: f32 = 26.0;
/// Free space between two notes, in points.
const GAP: f32 = 7.0;
/// Additional free space above a heading, in points.
const ABOVE_HEADING: f32 = 9.0;
/// Free space between two columns, in points.
const GUTTER: f32 = 28.0;
/// Approximate width of a column, in points: about sixty letters.
const COLUMN: f32 = 330.0;

/// Maximum number of letters in a block, so that each fits in the columns of the smallest page; longer text continues
/// in another block.
const LONGEST: usize = 320;

/// A paragraph of the notes, broken into lines.
pub struct Block {
    number: Option<Arc<TextLayout>>,
    text: Arc<TextLayout>,
    /// The address and title of its link.
    pub link: Option<(String, String)>,
    is_heading: bool,
    /// Whether it must be in the same column as the next block.
    keeps_next: bool,
    /// Whether the next block continues it and follows closely below it.
    goes_on: bool,
}

impl Block {
    fn height(&self) -> f32 {
        self.text.size.y + if self.goes_on { 0.0 } else { GAP }
    }
}

/// A placed block.
pub struct Placed {
    /// Index of its page, from 0.
    pub page: usize,
    /// Its rectangle, in points from the top left of the columns of the page.
    pub rect: Rect,
}

/// Returns the number of columns that fit a width, in points, and the width of each.
fn columns(width: f32) -> (usize, f32) {
    let count = ((width + GUTTER) / (COLUMN + GUTTER)).round().max(1.0);
    (count as usize, (width + GUTTER) / count - GUTTER)
}

/// The content of an image that the notes describe.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Noted {
    /// Events with marks, in the order of their numbers.
    pub events: Vec<EventIndex>,
    /// Number of events that are counted without a mark.
    pub left_out: usize,
    /// Number of events without a date.
    pub undated: usize,
    /// Eras.
    pub eras: Vec<EraIndex>,
    /// Series with plots.
    pub series: Vec<SeriesIndex>,
    /// Number of series without plots.
    pub series_left_out: usize,
}

/// Returns the notes on the content of an image, in its order, and the works that they cite. `width` is the total width
/// of all columns, in points.
#[must_use]
pub fn blocks(text: &mut TextEngine, timeline: &Timeline, noted: &Noted, width: f32, theme: &Theme) -> Vec<Block> {
    let (_, column) = columns(width);
    let set = Setter { text: RefCell::new(text), theme, timeline, column };
    let mut blocks = Vec::new();
    if !noted.events.is_empty() || noted.left_out + noted.undated > 0 {
        blocks.push(set.heading("Notes"));
    }
    let shown = noted.events.iter().filter_map(|index| timeline.event(*index));
    blocks.extend((1..).zip(shown).flat_map(|(number, event)| set.event(number, event)));
    blocks.extend(set.left_out(noted.left_out, ["event has no room of its own", "events have no room of their own"]));
    blocks.extend(set.left_out(noted.undated, ["event has no date and no place", "events have no date and no place"]));
    if !noted.eras.is_empty() {
        blocks.push(set.heading(if noted.eras.len() == 1 { "Era" } else { "Eras" }));
        blocks.extend(noted.eras.iter().filter_map(|index| timeline.era(*index)).flat_map(|era| set.era(era)));
    }
    if !noted.series.is_empty() || noted.series_left_out > 0 {
        blocks.push(set.heading("Series"));
        let series = noted.series.iter().filter_map(|index| timeline.series_at(*index));
        blocks.extend(series.flat_map(|series| set.series(series)));
        blocks.extend(
            set.left_out(noted.series_left_out, ["series has no room of its own", "series have no room of their own"]),
        );
    }
    if !timeline.sources.is_empty() {
        blocks.push(set.heading("Sources"));
        blocks.extend(timeline.sources.iter().flat_map(|source| set.source(source)));
    }
    blocks
}

/// Lays out text in a column.
struct Setter<'a> {
    text: RefCell<&'a mut TextEngine>,
    theme: &'a Theme,
    timeline: &'a Timeline,
    /// Width of the column, in points.
    column: f32,
}

impl Setter<'_> {
    fn set(&self, parts: &[(&str, bool, Color32)], width: f32) -> Arc<TextLayout> {
        let spans: Vec<Span<'_>> =
            parts.iter().map(|&(text, bold, color)| Span { text, bold, color: Some(color) }).collect();
        Arc::new(self.text.borrow_mut().paragraph(&spans, SIZE, width, usize::MAX, None))
    }

    fn paragraph(&self, parts: &[(&str, bool, Color32)]) -> Block {
        let text = self.set(parts, self.column - INDENT);
        Block { number: None, text, link: None, is_heading: false, keeps_next: false, goes_on: false }
    }

    fn heading(&self, words: &str) -> Block {
        Block { is_heading: true, keeps_next: true, ..self.paragraph(&[(words, true, self.theme.ink)]) }
    }

    /// Returns a block with the number of items without notes; the noun is given for one and for several.
    fn left_out(&self, count: usize, [one, several]: [&str; 2]) -> Option<Block> {
        let words =
            format!("{} more {} here.", crate::timeline::number(count as f64), if count == 1 { one } else { several });
        (count > 0).then(|| self.paragraph(&[(&words, false, self.theme.muted)]))
    }

    /// Returns a title with its qualification, followed by its citations, a paragraph each.
    fn note(&self, title: &str, more: &str, cited: &[String]) -> Vec<Block> {
        let (ink, muted) = (self.theme.ink, self.theme.muted);
        let title = one_line(title);
        let mut titles: Vec<_> = pieces(&title).map(|piece| vec![(piece, true, ink)]).collect();
        let more = format!("  {}{more}", own_order_after(&title));
        for (number, piece) in pieces(&more).enumerate() {
            match titles.last_mut().filter(|_| number == 0) {
                Some(last) => last.push((piece, false, muted)),
                None => titles.push(vec![(piece, false, muted)]),
            }
        }
        let cited = cited.iter().flat_map(|words| pieces(words)).map(|piece| vec![(piece, false, ink)]);
        let mut blocks: Vec<Block> = titles.into_iter().chain(cited).map(|parts| self.paragraph(&parts)).collect();
        let last = blocks.len().saturating_sub(1);
        for (index, block) in blocks.iter_mut().enumerate() {
            (block.keeps_next, block.goes_on) = (index == 0, index < last);
        }
        blocks
    }

    fn event(&self, number: usize, event: Event<'_>) -> Vec<Block> {
        let mut blocks = self.note(event.title, &event.date_words(), &self.cited(event.citations.iter()));
        if let Some(first) = blocks.first_mut() {
            first.number = Some(self.set(&[(&number.to_string(), true, self.theme.muted)], INDENT));
        }
        blocks
    }

    fn era(&self, era: &Era) -> Vec<Block> {
        self.note(&era.title, &era.date.words(), &self.cited(era.citations.iter().map(Citation::view)))
    }

    /// Returns the citations of the series as a whole, then those of values with other citations.
    fn series(&self, series: &Series) -> Vec<Block> {
        let mut all = self.cited(series.citations.iter().map(Citation::view));
        for point in series.points.iter().filter(|point| !point.citations.is_empty()) {
            let value = Figure { series, point, first: None }.value_words();
            let cited = self.cited(point.citations.iter().map(Citation::view)).join("; ");
            all.push(format!("{}, {value}: {cited}", point.date.words()));
        }
        self.note(&series.title, &series.unit, &all)
    }

    /// Returns citations in words.
    fn cited<'c>(&self, citations: impl Iterator<Item = CitationView<'c>>) -> Vec<String> {
        let cited: Vec<String> = citations.map(|citation| citation_words(citation, self.timeline)).collect();
        if cited.is_empty() { vec!["No source is given.".to_owned()] } else { cited }
    }

    fn source(&self, source: &Source) -> Vec<Block> {
        let author = source.author.as_ref().map(|author| format!("{author}: ")).unwrap_or_default();
        let rest = source.imprint();
        let rest = if rest.is_empty() { String::new() } else { format!(". {rest}") };
        // "Inc." already ends with a full stop.
        let rest = if rest.ends_with('.') { rest } else { format!("{rest}.") };
        let url = source.url.as_ref().map(|url| format!(" {url}")).unwrap_or_default();
        let ink = self.theme.ink;
        let parts = [
            (author.as_str(), false, ink),
            (source.title.as_str(), true, ink),
            (rest.as_str(), false, ink),
            (url.as_str(), false, if source.web_address().is_some() { self.theme.accent } else { ink }),
        ];
        let address = source.web_address().map(|url| (url.to_owned(), source.title.clone()));
        let letters: usize = parts.iter().map(|(words, ..)| words.chars().count()).sum();
        let paragraphs: Vec<Vec<_>> = if letters <= LONGEST {
            vec![parts.into()]
        } else {
            let cut = |(words, is_bold, color)| pieces(words).map(move |piece| vec![(piece, is_bold, color)]);
            parts.into_iter().flat_map(cut).collect()
        };
        let last = paragraphs.len().saturating_sub(1);
        let block = |(number, parts): (usize, Vec<_>)| Block {
            link: address.clone(),
            goes_on: number < last,
            ..self.paragraph(&parts)
        };
        paragraphs.into_iter().enumerate().map(block).collect()
    }
}

/// Splits text into parts that are short enough for a block, at possible line breaks.
fn pieces(words: &str) -> impl Iterator<Item = &str> {
    words.lines().flat_map(pieces_of_line)
}

fn pieces_of_line(words: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(words);
    std::iter::from_fn(move || {
        let words = rest?;
        let Some((end, _)) = words.char_indices().nth(LONGEST) else { return rest.take() };
        let (head, _) = words.split_at(end);
        let cut = head.rfind(char::is_whitespace).filter(|cut| *cut > 0).unwrap_or(end);
        let (head, tail) = words.split_at(cut);
        rest = Some(tail.trim_start());
        Some(head)
    })
}

/// Returns "Council on Foreign Relations, Overview, ¶1 (stated). The growth of exchange."
fn citation_words(citation: CitationView<'_>, timeline: &Timeline) -> String {
    let source = timeline.source(citation.source);
    let name = source.map_or("", Source::name);
    let locator = citation.locator.map(|locator| format!(", {locator}")).unwrap_or_default();
    let basis = match citation.basis {
        Basis::Stated => "stated",
        Basis::Derived => "derived",
        Basis::Background => "background",
    };
    let note = citation.note.map(|note| format!(". {note}")).unwrap_or_default();
    format!("{name}{locator}\u{a0}({basis}){note}")
}

/// Places the blocks in columns of this size, in points, on as many pages as necessary.
#[must_use]
pub fn place(blocks: &[Block], size: Vec2) -> Vec<Placed> {
    let (count, column) = columns(size.x);
    let (mut page, mut at, mut top) = (0, 0, 0.0_f32);
    let mut placed = Vec::with_capacity(blocks.len());
    for (index, block) in blocks.iter().enumerate() {
        if block.is_heading && top > 0.0 {
            top += ABOVE_HEADING;
        }
        let together: f32 = with_next(&blocks[index..]).map(Block::height).sum();
        if top > 0.0 && top + together - GAP > size.y {
            at += 1;
            top = 0.0;
            if at == count {
                (page, at) = (page + 1, 0);
            }
        }
        let left = at as f32 * (column + GUTTER);
        let rect = Rect::from_min_size(pos2(left, top), vec2(column, block.text.size.y));
        placed.push(Placed { page, rect });
        top += block.height();
    }
    placed
}

/// Returns the first of the blocks, with those that must be in the same column.
fn with_next(blocks: &[Block]) -> impl Iterator<Item = &Block> {
    let alone = blocks.iter().take_while(|block| block.keeps_next).count();
    blocks.iter().take(alone + 1)
}

/// Returns the minimum height, in points, at which all blocks fit on one page of this width.
#[must_use]
pub fn least_height(blocks: &[Block], width: f32) -> f32 {
    let (count, _) = columns(width);
    let all: f32 = blocks.iter().map(Block::height).sum();
    let tallest =
        (0..blocks.len()).map(|index| with_next(&blocks[index..]).map(Block::height).sum()).fold(0.0, f32::max);
    let mut height = (all / count as f32).max(tallest).ceil();
    while place(blocks, vec2(width, height)).iter().any(|placed| placed.page > 0) {
        height += 4.0;
    }
    height
}

/// Draws the blocks of one page, with the top left of the columns at a point.
pub fn draw(
    scene: &mut Builder<'_>,
    blocks: &[Block],
    placed: &[Placed],
    page: usize,
    origin: egui::Pos2,
    theme: &Theme,
) {
    for (block, placed) in blocks.iter().zip(placed).filter(|(_, placed)| placed.page == page) {
        let at = origin + placed.rect.min.to_vec2();
        let link =
            block.link.clone().map(|(url, title)| Link { rect: placed.rect.translate(origin.to_vec2()), url, title });
        let draw = |scene: &mut Builder<'_>| {
            if let Some(number) = &block.number {
                let right = at.x + INDENT - 8.0 - number.size.x;
                scene.text(Arc::clone(number), pos2(right, at.y), theme.muted, Align::Max);
            }
            let indent = if block.is_heading { 0.0 } else { INDENT };
            scene.text(Arc::clone(&block.text), pos2(at.x + indent, at.y), theme.ink, Align::Min);
        };
        if link.is_some() {
            scene.group(Group { link, ..Group::default() }, draw);
        } else {
            draw(scene);
        }
    }
}
