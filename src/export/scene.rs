//! A picture as pages of shapes: the chart in an egui pass without a window, and its notes below it or on pages of
//! their own.

use std::collections::BTreeSet;

use egui::epaint::ClippedShape;
use egui::{Align2, FontDefinitions, Pos2, Rect, Vec2, pos2, vec2};

use crate::layout::{self, Chart, Heading, Parts, Request, TextRole};
use crate::paint::notes::{Block, Noted, Placed};
use crate::paint::{self, ContextFonts, Emphasis, Painted, Theme};
use crate::timeline::{EventIndex, Item};

use super::{Fonts, Format, Link, Picture, Substitutes, Watch, fonts, links};

/// Pages of shapes, with the fonts for them.
pub(super) struct Scene {
    /// The chart, with notes below it or on pages of their own; never empty.
    pub(super) sheets: Vec<Sheet>,
    pub(super) painted: Painted,
    /// What the chart leaves out, a sentence each.
    pub(super) left_out: Vec<String>,
    pub(super) fonts: Fonts,
    pub(super) substitutes: Substitutes,
}

/// A page of shapes.
pub(super) struct Sheet {
    pub(super) shapes: Vec<ClippedShape>,
    /// Width and height, in points.
    pub(super) size: Vec2,
    pub(super) links: Vec<Link>,
}

/// Where notes go.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Notes {
    /// Below the chart, on a taller page.
    Below,
    /// On pages that follow.
    Following,
}

impl Notes {
    /// Only a PDF has pages.
    pub(super) fn of(format: Format) -> Self {
        if format == Format::Pdf { Self::Following } else { Self::Below }
    }
}

impl Scene {
    /// The page with the chart.
    pub(super) fn first(&self) -> &Sheet {
        const NONE: &Sheet = &Sheet { shapes: Vec::new(), size: Vec2::ZERO, links: Vec::new() };
        self.sheets.first().unwrap_or(NONE)
    }

    /// The events that the chart shows.
    pub(super) fn events(&self) -> Vec<EventIndex> {
        let event = |item: &Item| if let Item::Event(index) = item { Some(*index) } else { None };
        self.painted.items.iter().filter_map(|(item, _)| event(item)).collect()
    }

    /// The shapes that the window would show and, where they are wanted, notes; with the fonts for them: the carried
    /// ones and, where these lack a character, what the system has.
    pub(super) fn new(picture: &Picture, notes: Notes, watch: &mut dyn Watch) -> Self {
        let mut definitions = paint::definitions();
        let mut set = Stage::new(picture, &definitions).sheets(notes, watch);
        let mut wanted = BTreeSet::new();
        for sheet in &set.sheets {
            wanted.extend(fonts::without_glyph(&sheet.shapes, &definitions));
        }
        let mut substitutes = Substitutes::default();
        if !wanted.is_empty() {
            substitutes = fonts::add_system_fonts(&mut definitions, &wanted);
            if !substitutes.fonts.is_empty() {
                set = Stage::new(picture, &definitions).sheets(notes, &mut ());
            }
            watch.ended("fonts");
        }
        let Set { sheets, painted, left_out } = set;
        Self { sheets, painted, left_out, fonts: Fonts::new(&definitions), substitutes }
    }
}

/// What is set on a stage.
struct Set {
    sheets: Vec<Sheet>,
    painted: Painted,
    left_out: Vec<String>,
}

/// Where a picture is set: its page, and an egui context without a window.
struct Stage<'a> {
    picture: &'a Picture,
    theme: Theme,
    context: egui::Context,
}

impl<'a> Stage<'a> {
    fn new(picture: &'a Picture, definitions: &FontDefinitions) -> Self {
        let theme = picture.setup.look.theme();
        let context = egui::Context::default();
        context.set_fonts(definitions.clone());
        context.add_plugin(paint::VisualOrder::default());
        let shown = if theme.dark { egui::Theme::Dark } else { egui::Theme::Light };
        context.set_theme(shown);
        context.style_mut_of(shown, |style| paint::style(&theme, style));
        let stage = Self { picture, theme, context };
        // Fonts take effect on the pass after the one in which they are set.
        stage.print(picture.size(), &mut |_| {});
        stage
    }

    /// The shapes of a page of this size, in points. All are painted on one layer, so that places in the layer are
    /// places in the list.
    fn print(&self, size: Vec2, draw: &mut dyn FnMut(&mut egui::Ui)) -> Vec<ClippedShape> {
        let screen_rect = Some(Rect::from_min_size(Pos2::ZERO, size));
        let input = egui::RawInput { screen_rect, ..Default::default() };
        let mut output = self.context.run_ui(input, |ui| draw(ui));
        output.textures_delta.clear();
        output.shapes
    }

    fn sheets(&self, notes: Notes, watch: &mut dyn Watch) -> Set {
        let picture = self.picture;
        let (mut painted, mut left_out) = (Painted::default(), Vec::new());
        let mut blocks = Vec::new();
        let size = picture.size();
        let shapes = self.print(size, &mut |ui| {
            let chart = layout::chart(picture.request(), &mut ContextFonts::new(ui.ctx()));
            watch.ended("layout");
            painted = self.chart(ui, &chart);
            left_out = chart.left_out.words(&picture.timeline, &picture.projection);
            left_out.extend(self.selected_but_not_shown(&chart));
            if picture.setup.notes {
                blocks = self.blocks(ui, &chart);
            }
        });
        let links = links::links(&shapes, &picture.timeline);
        let mut sheets = vec![Sheet { shapes, size, links }];
        if !blocks.is_empty() {
            match notes {
                Notes::Below => self.notes_below(&mut sheets[0], &blocks),
                Notes::Following => sheets.extend(self.notes_following(&blocks)),
            }
        }
        watch.ended("paint");
        Set { sheets, painted, left_out }
    }

    fn chart(&self, ui: &mut egui::Ui, chart: &Chart) -> Painted {
        let emphasis = Emphasis { selected: self.picture.selected, hovered: None, status: None };
        paint::chart(ui, chart, &self.picture.timeline, emphasis, &self.theme)
    }

    /// That the selected event has no mark to stand out, and why.
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

    /// The notes on all that a chart shows.
    fn blocks(&self, ui: &egui::Ui, chart: &Chart) -> Vec<Block> {
        let timeline = &self.picture.timeline;
        let noted = Noted {
            events: numbered(chart),
            left_out: chart.left_out.without_marks(),
            undated: chart.left_out.undated,
            eras: chart.eras.iter().map(|era| era.index).collect(),
            series: chart.series.iter().map(|series| series.series).collect(),
            series_left_out: chart.left_out.series,
        };
        paint::notes::blocks(ui, timeline, &noted, self.columns().width(), &self.theme)
    }

    /// Makes the page of the chart taller, with the notes below the chart.
    fn notes_below(&self, sheet: &mut Sheet, blocks: &[Block]) {
        let (columns, chart) = (self.columns(), self.picture.chart_rect());
        let origin = pos2(columns.left(), chart.bottom() + 12.0);
        let height = paint::notes::least_height(blocks, columns.width());
        let placed = paint::notes::place(blocks, vec2(columns.width(), height));
        sheet.size.y = (origin.y + height + chart.top().max(24.0)).ceil();
        let notes = self.print(sheet.size, &mut |ui| {
            paint::notes::draw(ui, blocks, &placed, 0, origin, &self.theme);
        });
        sheet.shapes.extend(notes);
        sheet.links.extend(note_links(blocks, &placed, 0, origin));
    }

    /// Pages with the notes, of the chart's size.
    fn notes_following(&self, blocks: &[Block]) -> Vec<Sheet> {
        let (columns, size) = (self.columns(), self.picture.size());
        let placed = paint::notes::place(blocks, columns.size());
        let last = placed.last().map_or(0, |last| last.page);
        let sheet = |page: usize| {
            let shapes = self.print(size, &mut |ui| {
                self.running_head(ui, page + 2);
                paint::notes::draw(ui, blocks, &placed, page, columns.min, &self.theme);
            });
            Sheet { shapes, size, links: note_links(blocks, &placed, page, columns.min) }
        };
        (0..=last).map(sheet).collect()
    }

    /// Where notes stand on a page of their own, in points: as wide as what is in the chart, under the running head.
    fn columns(&self) -> Rect {
        let rect = self.picture.chart_rect().shrink(20.0);
        rect.with_min_y(rect.top() + 30.0)
    }

    /// Title, elided where it is long, and page number above notes.
    fn running_head(&self, ui: &egui::Ui, page: usize) {
        let columns = self.columns();
        let (font, y, color) = (paint::font(TextRole::Small), columns.top() - 30.0, self.theme.muted);
        let number = ui.painter().text(columns.right_top() - vec2(0.0, 30.0), Align2::RIGHT_TOP, page, font, color);
        let (title, width) = (self.picture.heading().title, number.left() - 20.0 - columns.left());
        paint::text_within(
            ui.painter(),
            pos2(columns.left(), y),
            Align2::LEFT_TOP,
            title,
            TextRole::Small,
            color,
            width,
        );
        ui.painter().hline(columns.x_range(), y + 18.0, egui::Stroke::new(1.0, self.theme.line));
    }
}

impl Picture {
    /// The page, in points.
    pub(super) fn size(&self) -> Vec2 {
        self.setup.page.points()
    }

    /// Where the chart stands on the page, in points.
    fn chart_rect(&self) -> Rect {
        let page = Rect::from_min_size(Pos2::ZERO, self.size());
        page.shrink(self.setup.margin.clamp(0.0, page.size().min_elem() / 4.0))
    }

    /// The document's words above the chart, or those of the setup.
    pub(super) fn heading(&self) -> Heading<'_> {
        let own = Heading::of(&self.timeline);
        Heading {
            title: self.setup.title.as_deref().unwrap_or(own.title),
            subtitle: self.setup.subtitle.as_deref().unwrap_or(own.subtitle),
        }
    }

    fn request(&self) -> Request<'_> {
        let page = Request::page(&self.timeline, &self.projection, self.view, self.chart_rect());
        Request {
            parts: Parts { legend: self.setup.legend, ..page.parts },
            heading: self.heading(),
            scroll: self.scroll,
            pinned: if let Some(Item::Event(event)) = self.selected { Some(event) } else { None },
            numbered: self.setup.notes,
            arrangement: &self.arrangement,
            ..page
        }
    }
}

/// The events of a chart by their numbers.
fn numbered(chart: &Chart) -> Vec<EventIndex> {
    let mut marks: Vec<(usize, EventIndex)> =
        chart.marks().filter_map(|mark| mark.number.map(|number| (number, mark.event))).collect();
    marks.sort_unstable();
    marks.into_iter().map(|(_, event)| event).collect()
}

/// What can be clicked in the notes of a page.
fn note_links(blocks: &[Block], placed: &[Placed], page: usize, origin: Pos2) -> Vec<Link> {
    let on_page = blocks.iter().zip(placed).filter(|(_, placed)| placed.page == page);
    let link = |(block, placed): (&Block, &Placed)| {
        let (url, title) = block.link.clone()?;
        Some(Link { rect: placed.rect.translate(origin.to_vec2()), url, title })
    };
    on_page.filter_map(link).collect()
}
