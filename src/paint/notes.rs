//! Numbered notes: what a picture of a timeline rests on, set in columns of small text.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Color32, Galley, Rect, Vec2, pos2, vec2};

use crate::document::Basis;
use crate::timeline::{CitationView, Citations, Date, Event, EventIndex, Source, Timeline};

use super::fonts::bold;
use super::theme::Theme;

/// Size of the text, in points: 9 of those of print.
const SIZE: f32 = 12.0;
/// Room for the number, in points.
const INDENT: f32 = 26.0;
/// Free space between two notes, in points.
const GAP: f32 = 7.0;
/// Free space between two columns, in points.
const GUTTER: f32 = 28.0;
/// A column is about this wide, in points: some sixty letters.
const COLUMN: f32 = 330.0;

/// A paragraph of the notes, broken into lines.
pub struct Block {
    number: Option<Arc<Galley>>,
    text: Arc<Galley>,
    /// Where a click on it leads, and what that is.
    pub link: Option<(String, String)>,
    /// A heading stands with what follows it.
    is_heading: bool,
}

impl Block {
    fn height(&self) -> f32 {
        self.text.size().y + GAP
    }
}

/// A block with its place.
pub struct Placed {
    /// Which page it stands on, from 0.
    pub page: usize,
    /// Where, in points from the top left of the page's columns.
    pub rect: Rect,
}

/// How many columns go into a width, in points, and how wide each is.
fn columns(width: f32) -> (usize, f32) {
    let count = ((width + GUTTER) / (COLUMN + GUTTER)).round().max(1.0);
    (count as usize, (width + GUTTER) / count - GUTTER)
}

/// The notes on the events of a picture, in their order, and the works that they cite. `left_out` is how many events
/// the picture counts without a mark; `width` is that of all columns, in points.
#[must_use]
pub fn blocks(
    ui: &egui::Ui,
    timeline: &Timeline,
    (events, left_out): (&[EventIndex], usize),
    width: f32,
    theme: &Theme,
) -> Vec<Block> {
    let (_, column) = columns(width);
    let set = Setter { painter: ui.painter().clone(), theme, column };
    let mut blocks = vec![set.heading("Notes")];
    let shown = events.iter().filter_map(|index| timeline.event(*index));
    blocks.extend((1..).zip(shown).map(|(number, event)| set.note(number, event, timeline)));
    if left_out > 0 {
        let events = if left_out == 1 { "event has" } else { "events have" };
        let words = format!("{} more {events} no room of their own here.", crate::timeline::number(left_out as f64));
        blocks.push(set.paragraph(&[(&words, false, theme.muted)]));
    }
    if !timeline.sources.is_empty() {
        blocks.push(set.heading("Sources"));
        blocks.extend(timeline.sources.iter().map(|source| set.source(source)));
    }
    blocks
}

/// Sets text in a column.
struct Setter<'a> {
    painter: egui::Painter,
    theme: &'a Theme,
    /// Width of the column, in points.
    column: f32,
}

impl Setter<'_> {
    fn galley(&self, parts: &[(&str, bool, Color32)], width: f32) -> Arc<Galley> {
        let mut job = LayoutJob { wrap: TextWrapping::wrap_at_width(width), ..LayoutJob::default() };
        for (words, is_bold, color) in parts {
            let font = if *is_bold { bold(SIZE) } else { egui::FontId::proportional(SIZE) };
            job.append(words, 0.0, TextFormat { font_id: font, color: *color, ..TextFormat::default() });
        }
        self.painter.layout_job(job)
    }

    fn paragraph(&self, parts: &[(&str, bool, Color32)]) -> Block {
        let text = self.galley(parts, self.column - INDENT);
        Block { number: None, text, link: None, is_heading: false }
    }

    fn heading(&self, words: &str) -> Block {
        Block { is_heading: true, ..self.paragraph(&[(words, true, self.theme.ink)]) }
    }

    fn note(&self, number: usize, event: Event<'_>, timeline: &Timeline) -> Block {
        let (ink, muted) = (self.theme.ink, self.theme.muted);
        let date = format!("  {}", event.date.words());
        let cited = cited(event.citations, timeline);
        let number = self.galley(&[(&number.to_string(), true, muted)], INDENT);
        let parts = [(event.title, true, ink), (&date, false, muted), (&cited, false, ink)];
        Block { number: Some(number), ..self.paragraph(&parts) }
    }

    fn source(&self, source: &Source) -> Block {
        let author = source.author.as_ref().map(|author| format!("{author}: ")).unwrap_or_default();
        let date = source.date.as_ref().map(Date::words);
        let rest: Vec<String> = source.publisher.clone().into_iter().chain(date).collect();
        let rest = if rest.is_empty() { ".".to_owned() } else { format!(". {}.", rest.join(", ")) };
        let url = source.url.as_ref().map(|url| format!(" {url}")).unwrap_or_default();
        let ink = self.theme.ink;
        let parts = [
            (author.as_str(), false, ink),
            (source.title.as_str(), true, ink),
            (rest.as_str(), false, ink),
            (url.as_str(), false, self.theme.accent),
        ];
        let is_web = |url: &&String| url.starts_with("https://") || url.starts_with("http://");
        let address = source.url.as_ref().filter(is_web).map(|url| (url.clone(), source.title.clone()));
        Block { link: address, ..self.paragraph(&parts) }
    }
}

/// Where an event is said: one line for each citation.
fn cited(citations: Citations<'_>, timeline: &Timeline) -> String {
    let line = |citation: CitationView<'_>| {
        let source = timeline.source(citation.source);
        let name =
            source.map_or("", |source| source.publisher.as_ref().or(source.author.as_ref()).unwrap_or(&source.title));
        let locator = citation.locator.map(|locator| format!(", {locator}")).unwrap_or_default();
        let basis = match citation.basis {
            Basis::Stated => "stated",
            Basis::Derived => "derived",
            Basis::Background => "background",
        };
        let note = citation.note.map(|note| format!(". {note}")).unwrap_or_default();
        format!("\n{name}{locator} ({basis}){note}")
    };
    if citations.is_empty() { "\nNo source is given.".to_owned() } else { citations.iter().map(line).collect() }
}

/// Gives each block its place in columns of this size, in points, on as many pages as that takes.
#[must_use]
pub fn place(blocks: &[Block], size: Vec2) -> Vec<Placed> {
    let (count, column) = columns(size.x);
    let (mut page, mut at, mut top) = (0, 0, 0.0_f32);
    let mut placed = Vec::with_capacity(blocks.len());
    for (index, block) in blocks.iter().enumerate() {
        let following = blocks.get(index + 1).filter(|_| block.is_heading).map_or(0.0, Block::height);
        if top > 0.0 && top + block.height() - GAP + following > size.y {
            at += 1;
            top = 0.0;
            if at == count {
                (page, at) = (page + 1, 0);
            }
        }
        let left = at as f32 * (column + GUTTER);
        let rect = Rect::from_min_size(pos2(left, top), vec2(column, block.height() - GAP));
        placed.push(Placed { page, rect });
        top += block.height();
    }
    placed
}

/// The least height, in points, in which all blocks stand on one page of this width.
#[must_use]
pub fn least_height(blocks: &[Block], width: f32) -> f32 {
    let (count, _) = columns(width);
    let all: f32 = blocks.iter().map(Block::height).sum();
    let tallest = blocks.iter().map(Block::height).fold(0.0, f32::max);
    let mut height = (all / count as f32).max(tallest).ceil();
    while place(blocks, vec2(width, height)).iter().any(|placed| placed.page > 0) {
        height += 4.0;
    }
    height
}

/// Draws the blocks of one page, the columns' top left at a point.
pub fn draw(ui: &egui::Ui, blocks: &[Block], placed: &[Placed], page: usize, origin: egui::Pos2, theme: &Theme) {
    let painter = ui.painter();
    for (block, placed) in blocks.iter().zip(placed).filter(|(_, placed)| placed.page == page) {
        let at = origin + placed.rect.min.to_vec2();
        if let Some(number) = &block.number {
            let right = at.x + INDENT - 8.0 - number.size().x;
            painter.galley(pos2(right, at.y), Arc::clone(number), theme.muted);
        }
        let indent = if block.is_heading { 0.0 } else { INDENT };
        painter.galley(pos2(at.x + indent, at.y), Arc::clone(&block.text), theme.ink);
    }
}
