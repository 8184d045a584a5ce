//! Lays out an image as pages: the chart, and its notes below it or on pages of their own.

use std::collections::BTreeSet;

use egui::{Align2, Color32, Pos2, Rect, Vec2, pos2, vec2};

use crate::layout::{self, Chart, Parts, Request, TextRole};
use crate::paint::notes::{self, Block, Noted};
use crate::paint::{self, Emphasis, Input, Theme};
use crate::progress::Progress;
use crate::scene::text::{FontSet, TextEngine, TextLayout};
use crate::scene::{Builder, Group, Node, Scene, Structure, walk};
use crate::timeline::{EventIndex, Item};

use super::fonts::{self, NeededFonts, Substitutes};
use super::picture::{Format, Picture};

/// The pages of an image, with the fonts for them.
pub(super) struct Pages {
    /// The chart, with notes below it or on pages of their own; never empty.
    pub(super) scenes: Vec<Scene>,
    /// What the chart leaves out, a sentence each.
    pub(super) left_out: Vec<String>,
    pub(super) fonts: FontSet,
    pub(super) substitutes: Substitutes,
}

/// The position of the notes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum NotesPlace {
    /// Below the chart, on a taller page.
    Below,
    /// On pages that follow.
    Following,
}

impl NotesPlace {
    /// Returns the position for a format: only a PDF has pages.
    pub(super) fn of(format: Format) -> Self {
        if format == Format::Pdf { Self::Following } else { Self::Below }
    }
}

impl Pages {
    /// Lays out the pages of an image in the bundled fonts and, where these lack a character, in system fonts.
    pub(super) fn new(picture: &Picture, notes: NotesPlace, progress: &Progress) -> Self {
        let carried = FontSet::carried();
        let mut set = Setter::new(picture, carried.clone()).pages(notes, progress);
        let mut fonts = carried;
        let wanted = without_glyph(&set.scenes, &fonts);
        if !wanted.is_empty() {
            if let Some(needed) = NeededFonts::for_characters(wanted, &fonts).fonts {
                fonts = needed;
                set = Setter::new(picture, fonts.clone()).pages(notes, progress);
            }
            progress.end_stage("fonts");
        }
        let substitutes = Substitutes::of(&set.scenes, &fonts);
        Self { scenes: set.scenes, left_out: set.left_out, fonts, substitutes }
    }

    /// Returns the page with the chart.
    pub(super) fn first(&self) -> &Scene {
        const NONE: &Scene = &Scene { size: Vec2::ZERO, background: Color32::TRANSPARENT, nodes: Vec::new() };
        self.scenes.first().unwrap_or(NONE)
    }

    /// Returns the events that the chart shows.
    pub(super) fn events(&self) -> Vec<EventIndex> {
        let event = |item| if let Item::Event(index) = item { Some(index) } else { None };
        self.first().items().into_iter().filter_map(event).collect()
    }
}

/// Returns the characters in the texts of some pages that no font has.
fn without_glyph(scenes: &[Scene], fonts: &FontSet) -> BTreeSet<char> {
    let mut wanted = BTreeSet::new();
    let mut collect = |layout: &TextLayout| wanted.extend(layout.text.chars().filter(|c| fonts::is_seen(*c)));
    for scene in scenes {
        walk(&scene.nodes, &mut |node| {
            if let Node::Text(text) = node {
                collect(&text.layout);
            }
        });
    }
    wanted.retain(|c| !fonts.has(*c));
    wanted
}

/// The result of laying out.
struct Set {
    scenes: Vec<Scene>,
    left_out: Vec<String>,
}

/// Lays out the pages of an image.
struct Setter<'a> {
    picture: &'a Picture,
    theme: Theme,
    text: TextEngine,
}

impl<'a> Setter<'a> {
    fn new(picture: &'a Picture, fonts: FontSet) -> Self {
        Self { picture, theme: picture.setup.look.theme(), text: TextEngine::new(fonts) }
    }

    /// Creates a page of this size, in points.
    fn page(&mut self, size: Vec2, draw: impl FnOnce(&mut Builder<'_>, &Theme)) -> Scene {
        let mut scene = Builder::new(size, self.theme.paper, 1.0, &mut self.text);
        draw(&mut scene, &self.theme);
        scene.finish()
    }

    fn pages(mut self, place: NotesPlace, progress: &Progress) -> Set {
        let picture = self.picture;
        let noted = picture.noted();
        let chart = layout::chart(picture.request(&noted.events), &mut self.text);
        progress.end_stage("layout");
        let mut left_out = chart.left_out.words(&picture.timeline, &picture.projection);
        left_out.extend(self.selected_but_not_shown(&chart));
        let blocks = self.blocks(&noted);
        progress.end_stage("notes");
        let mut scenes = Vec::new();
        if blocks.is_empty() || place == NotesPlace::Following {
            scenes.push(self.page(picture.size(), |scene, theme| draw_chart(scene, picture, &chart, theme)));
            if !blocks.is_empty() {
                self.notes_following(&blocks, &mut scenes);
            }
        } else {
            scenes.push(self.with_notes_below(&chart, &blocks));
        }
        progress.end_stage("paint");
        Set { scenes, left_out }
    }

    /// Returns the reason why the selected event has no mark to highlight, if it has none.
    fn selected_but_not_shown(&self, chart: &Chart) -> Option<String> {
        let Some(Item::Event(selected)) = self.picture.selected else { return None };
        let event = self.picture.timeline.event(selected)?;
        if chart.marks().any(|mark| mark.event == selected) {
            return None;
        }
        let why = match event.date {
            None => "it has no date",
            Some(date) if !date.known_bounds().overlaps(self.picture.view.interval()) => "it lies outside the view",
            Some(_) => "its lane has no room",
        };
        Some(format!("the selected event `{}` is not in the picture: {why}", event.id))
    }

    /// Returns the notes; empty if there are none.
    fn blocks(&mut self, noted: &Noted) -> Vec<Block> {
        let Some(parts) = self.picture.setup.notes.parts() else { return Vec::new() };
        let width = self.columns().width();
        notes::blocks(&mut self.text, &self.picture.timeline, noted, parts, width, &self.theme)
    }

    /// Returns a taller page, with the notes below the chart.
    fn with_notes_below(&mut self, chart: &Chart, blocks: &[Block]) -> Scene {
        let picture = self.picture;
        let (columns, rect) = (self.columns(), picture.chart_rect());
        let origin = pos2(columns.left(), rect.bottom() + 12.0);
        let height = notes::least_height(blocks, columns.width());
        let placed = notes::place(blocks, vec2(columns.width(), height));
        let tall = (origin.y + height + rect.top().max(24.0)).ceil();
        self.page(vec2(picture.size().x, tall), |scene, theme| {
            draw_chart(scene, picture, chart, theme);
            notes::draw(scene, blocks, &placed, 0, origin, theme);
        })
    }

    /// Adds pages with the notes, of the size of the chart's page.
    fn notes_following(&mut self, blocks: &[Block], scenes: &mut Vec<Scene>) {
        let (picture, columns) = (self.picture, self.columns());
        let placed = notes::place(blocks, columns.size());
        let before = scenes.len();
        let pages = placed.last().map_or(0, |last| last.page + 1);
        for page in 0..pages {
            scenes.push(self.page(picture.size(), |scene, theme| {
                let number = [before + page + 1, before + pages];
                running_head(scene, columns, picture.heading().title, number, theme);
                notes::draw(scene, blocks, &placed, page, columns.min, theme);
            }));
        }
    }

    /// Returns the rectangle of the notes on a page of their own, in points: as wide as the content of the chart, below
    /// the running head.
    fn columns(&self) -> Rect {
        let rect = self.picture.chart_rect().shrink(20.0);
        rect.with_min_y(rect.top() + 30.0)
    }
}

fn draw_chart(scene: &mut Builder<'_>, picture: &Picture, chart: &Chart, theme: &Theme) {
    let emphasis = Emphasis { selected: picture.selected, ..Emphasis::default() };
    let input = Input { chart, timeline: &picture.timeline, emphasis, theme, describes: true };
    paint::chart(scene, &input);
}

/// Draws the title, elided if it is long, and the number of the page and of all pages above notes.
fn running_head(scene: &mut Builder<'_>, columns: Rect, title: &str, [page, pages]: [usize; 2], theme: &Theme) {
    let (y, look) = (columns.top() - 30.0, (TextRole::Small, theme.muted));
    let number = format!("page {page} of {pages}");
    scene.group(Group { structure: Some(Structure::Artifact), ..Group::default() }, |scene| {
        let at = pos2(columns.right(), y);
        let number = paint::text_within(scene, at, Align2::RIGHT_TOP, &number, look, f32::INFINITY);
        let width = number.left() - 20.0 - columns.left();
        paint::text_within(scene, pos2(columns.left(), y), Align2::LEFT_TOP, title, look, width);
        let line = Rect::from_x_y_ranges(columns.x_range(), y + 18.0..=y + 19.0);
        scene.rects(vec![line], theme.line);
    });
}

impl Picture {
    /// Returns the rectangle of the chart on the page, in points.
    fn chart_rect(&self) -> Rect {
        let page = Rect::from_min_size(Pos2::ZERO, self.size());
        page.shrink(self.setup.margin.clamp(0.0, page.size().min_elem() / 4.0))
    }

    /// Returns what the notes are about: everything that is shown, whether it has room in the chart or not. Empty if
    /// there are no notes.
    fn noted(&self) -> Noted {
        if self.setup.notes.parts().is_none() {
            return Noted::default();
        }
        let (timeline, shown) = (&self.timeline, self.view.interval());
        let events = self.projection.overlapping(shown);
        let mut outside = self.projection.events();
        outside.retain(|event| events.binary_search(event).is_err());
        Noted {
            events: events.into(),
            outside,
            undated: self.projection.undated().to_vec(),
            eras: timeline.iter_eras().map(|(era, _)| era).collect(),
            series: timeline.iter_series().map(|(series, _)| series).collect(),
        }
    }

    fn request<'a>(&'a self, numbered: &'a [EventIndex]) -> Request<'a> {
        let page = Request::page(&self.timeline, &self.projection, self.view, self.chart_rect());
        Request {
            parts: Parts { legend: self.setup.legend, ..page.parts },
            heading: self.heading(),
            scroll: self.scroll,
            pinned: if let Some(Item::Event(event)) = self.selected { Some(event) } else { None },
            numbered,
            arrangement: &self.arrangement,
            ..page
        }
    }
}
