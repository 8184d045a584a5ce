//! Lays out an image as pages: the chart, and its notes below it or on pages of their own.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{Align2, Color32, Pos2, Rect, Vec2, pos2, vec2};

use crate::layout::{self, Chart, Parts, Request, RowMode, TextRole};
use crate::paint::notes::{self, Block, Noted};
use crate::paint::{self, Emphasis, Images, Input, Theme};
use crate::progress::Progress;
use crate::scene::text::{FontSet, TextEngine, TextLayout};
use crate::scene::{Builder, Group, Node, Scene, Structure, walk};
use crate::timeline::{EventIndex, Item};

use super::chart_pages::{self, Sheet};
use super::error::MAX_SIDE;
use super::fonts::{self, NeededFonts, Substitutes};
use super::page_setup::{LEAST_PAGE, Room};
use super::picture::{Format, Picture};

/// Maximum height of a chart, in pages. What has no room even on so many is left out, and counted.
const MOST_PAGES: f32 = 100.0;

/// The pages of an image, with the fonts for them.
pub(super) struct Pages {
    /// The chart, with notes below it or on pages of their own; never empty.
    pub(super) scenes: Vec<Scene>,
    /// The number of pages with the chart.
    pub(super) charts: usize,
    /// What the chart leaves out, a sentence each.
    pub(super) left_out: Vec<String>,
    /// The events whose pictures the chart shows, sorted.
    pub(super) pictured: Vec<EventIndex>,
    pub(super) fonts: FontSet,
    pub(super) substitutes: Substitutes,
}

/// The position of the notes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum NotesPlace {
    /// Below the chart, on a taller page.
    Below,
    /// On pages that follow.
    Following,
}

impl NotesPlace {
    /// Returns the position for a format: only a PDF has pages.
    fn of(format: Format) -> Self {
        if format == Format::Pdf { Self::Following } else { Self::Below }
    }
}

impl Pages {
    /// Lays out the pages of an image, as they are in a format, in the bundled fonts and, where these lack a character, in system fonts.
    pub(super) fn new(picture: &Picture, format: Format, progress: &Progress) -> Self {
        let carried = FontSet::carried();
        let mut set = Setter::new(picture, carried.clone(), Images::new()).pages(format, progress);
        let mut fonts = carried;
        let wanted = without_glyph(&set.scenes, &fonts);
        if !wanted.is_empty() {
            if let Some(needed) = NeededFonts::for_characters(wanted, &fonts).fonts {
                fonts = needed;
                set = Setter::new(picture, fonts.clone(), set.images).pages(format, progress);
            }
            progress.end_stage("fonts");
        }
        let substitutes = Substitutes::of(&set.scenes, &fonts);
        let Set { scenes, charts, left_out, pictured, .. } = set;
        Self { scenes, charts, left_out, pictured, fonts, substitutes }
    }

    /// Returns the page with the chart, or its first one.
    pub(super) fn first(&self) -> &Scene {
        const NONE: &Scene = &Scene { size: Vec2::ZERO, background: Color32::TRANSPARENT, nodes: Vec::new() };
        self.scenes.first().unwrap_or(NONE)
    }

    /// Returns the events that a page shows, each once.
    pub(super) fn events(page: &Scene) -> Vec<EventIndex> {
        let event = |item| if let Item::Event(index) = item { Some(index) } else { None };
        let mut events: Vec<EventIndex> = page.items().into_iter().filter_map(event).collect();
        events.sort_unstable();
        events.dedup();
        events
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
    charts: usize,
    left_out: Vec<String>,
    pictured: Vec<EventIndex>,
    images: Images,
}

/// Lays out the pages of an image.
struct Setter<'a> {
    picture: &'a Picture,
    /// The size of a page, in points.
    size: Vec2,
    theme: Theme,
    text: TextEngine,
    /// The pictures that have been read.
    images: Images,
}

impl<'a> Setter<'a> {
    fn new(picture: &'a Picture, fonts: FontSet, images: Images) -> Self {
        let (size, theme) = (picture.size(), picture.setup.look.theme());
        Self { picture, size, theme, text: TextEngine::new(fonts), images }
    }

    /// Creates a page of this size, in points.
    fn page(&mut self, size: Vec2, draw: impl FnOnce(&mut Builder<'_>, &Theme)) -> Scene {
        let mut scene = Builder::new(size, self.theme.paper, 1.0, &mut self.text);
        draw(&mut scene, &self.theme);
        scene.finish()
    }

    fn pages(mut self, format: Format, progress: &Progress) -> Set {
        let picture = self.picture;
        let noted = picture.noted();
        let (chart, sheets) = self.chart(&noted.events, format);
        progress.end_stage("layout");
        let mut pictured: Vec<EventIndex> = chart.thumbnails().map(|thumbnail| thumbnail.event).collect();
        for event in &pictured {
            self.images.entry(*event).or_insert_with(|| picture.pictures.image(&picture.timeline, *event));
        }
        pictured.sort_unstable();
        progress.end_stage("pictures");
        let mut left_out = chart.left_out.words(&picture.timeline, &picture.projection);
        left_out.extend(self.selected_but_not_shown(&chart));
        let blocks = self.blocks(&noted, progress);
        progress.end_stage("notes");
        let scenes = if NotesPlace::of(format) == NotesPlace::Below && !blocks.is_empty() {
            vec![self.with_notes_below(&chart, &blocks)]
        } else {
            self.all_pages(&sheets, &blocks)
        };
        progress.end_stage("paint");
        Set { scenes, charts: sheets.len(), left_out, pictured, images: self.images }
    }

    /// Places the chart as high as the setup asks for, and divides it into pages.
    fn chart(&mut self, numbered: &[EventIndex], format: Format) -> (Arc<Chart>, Vec<Sheet>) {
        let picture = self.picture;
        let margins = self.size.y - self.rect().height();
        let mut rect = self.rect();
        let request = |rect: Rect| picture.request(numbered, rect);
        if picture.setup.room == Room::TallPage {
            let most = (MAX_SIDE as f32 / picture.scale_in(format)).floor().max(LEAST_PAGE.y);
            let needed = layout::needed_height(request(rect), most - margins, &mut self.text) + margins;
            self.size.y = needed.clamp(LEAST_PAGE.y.min(most), most);
            rect = self.rect();
        }
        let all_rows = |rect: Rect| Request { rows: RowMode::All, ..request(rect) };
        let is_tall = picture.setup.room == Room::TallPage;
        let chart = layout::chart(if is_tall { all_rows(rect) } else { request(rect) }, &mut self.text);
        let goes_on = picture.setup.room == Room::FurtherPages && format == Format::Pdf;
        if !goes_on || chart.left_out.lacking_height() == 0 {
            let chart = Arc::new(chart);
            let whole = Sheet::whole(&chart);
            return (chart, vec![whole]);
        }
        let most = rect.height() * MOST_PAGES;
        let needed = layout::needed_height(request(rect), most, &mut self.text).max(rect.height());
        let tall = Rect::from_min_size(rect.min, vec2(rect.width(), needed));
        let chart = layout::chart(all_rows(tall), &mut self.text);
        let sheets = chart_pages::sheets(&chart, rect, self.columns().top());
        (Arc::new(chart), sheets)
    }

    /// Draws the pages of the chart and, after them, those of the notes.
    fn all_pages(&mut self, sheets: &[Sheet], blocks: &[Block]) -> Vec<Scene> {
        let (picture, columns, rect) = (self.picture, self.columns(), self.rect());
        let placed = notes::place(blocks, columns.size());
        let pages = sheets.len() + placed.last().map_or(0, |last| last.page + 1);
        let title = picture.heading().title;
        let mut scenes = Vec::with_capacity(pages);
        let images = std::mem::take(&mut self.images);
        for page in 0..pages {
            scenes.push(self.page(self.size, |scene, theme| {
                let number = [page + 1, pages];
                match page.checked_sub(sheets.len()) {
                    Some(of_notes) => notes::draw(scene, blocks, &placed, of_notes, columns.min, theme),
                    None => {
                        if let Some(sheet) = sheets.get(page) {
                            sheet.draw(scene, &|scene, chart| draw_chart(scene, (picture, &images), chart, theme));
                        }
                    }
                }
                if page > 0 {
                    running_head(scene, columns, title, number, theme);
                } else if pages > 1 {
                    first_number(scene, rect, number, theme);
                }
            }));
        }
        self.images = images;
        scenes
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
    fn blocks(&mut self, noted: &Noted, progress: &Progress) -> Vec<Block> {
        let Some(parts) = self.picture.setup.notes.parts() else { return Vec::new() };
        let width = self.columns().width();
        notes::blocks(&mut self.text, &self.picture.timeline, noted, parts, width, &self.theme, &|| {
            progress.is_cancelled()
        })
    }

    /// Returns a taller page, with the notes below the chart.
    fn with_notes_below(&mut self, chart: &Chart, blocks: &[Block]) -> Scene {
        let picture = self.picture;
        let (columns, rect) = (self.columns(), self.rect());
        let origin = pos2(columns.left(), rect.bottom() + 12.0);
        let height = notes::least_height(blocks, columns.width());
        let placed = notes::place(blocks, vec2(columns.width(), height));
        let tall = (origin.y + height + rect.top().max(24.0)).ceil();
        let images = std::mem::take(&mut self.images);
        let page = self.page(vec2(self.size.x, tall), |scene, theme| {
            draw_chart(scene, (picture, &images), chart, theme);
            notes::draw(scene, blocks, &placed, 0, origin, theme);
        });
        self.images = images;
        page
    }

    /// Returns the rectangle of the notes on a page of their own, in points: as wide as the content of the chart, below
    /// the running head.
    fn columns(&self) -> Rect {
        let rect = self.rect().shrink(20.0);
        rect.with_min_y(rect.top() + 30.0)
    }

    /// Returns the rectangle of the chart on a page, in points.
    fn rect(&self) -> Rect {
        let page = Rect::from_min_size(Pos2::ZERO, self.size);
        page.shrink(self.picture.setup.margin.clamp(0.0, self.picture.size().min_elem() / 4.0))
    }
}

fn draw_chart(scene: &mut Builder<'_>, (picture, images): (&Picture, &Images), chart: &Chart, theme: &Theme) {
    let emphasis = Emphasis { selected: picture.selected, measures: &picture.setup.measures, ..Emphasis::default() };
    let input = Input { chart, timeline: &picture.timeline, emphasis, theme, images, describes: true };
    paint::chart(scene, &input);
}

/// Draws the number of the first of several pages at its top right, in the margin if that has room.
fn first_number(scene: &mut Builder<'_>, rect: Rect, [page, pages]: [usize; 2], theme: &Theme) {
    let y = if rect.top() >= 24.0 { rect.top() - 14.0 } else { rect.top() };
    let words = format!("page {page} of {pages}");
    scene.group(Group { structure: Some(Structure::Artifact), ..Group::default() }, |scene| {
        let look = (TextRole::Small, theme.muted);
        paint::text_within(scene, pos2(rect.right() - 20.0, y), Align2::RIGHT_TOP, &words, look, f32::INFINITY);
    });
}

/// Draws the title, elided if it is long, and the number of the page and of all pages at the top of a further page.
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

    fn request<'a>(&'a self, numbered: &'a [EventIndex], rect: Rect) -> Request<'a> {
        let page = Request::page(&self.timeline, &self.projection, self.view, rect);
        Request {
            parts: Parts { legend: self.setup.legend, ..page.parts },
            heading: self.heading(),
            scroll: self.scroll,
            pinned_era: if let Some(Item::Era(era)) = self.selected { Some(era) } else { None },
            pinned: if let Some(Item::Event(event)) = self.selected { Some(event) } else { None },
            numbered,
            pictures: self.sizes(),
            arrangement: &self.arrangement,
            ..page
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::export::{PageSetup, PageSize};
    use crate::layout::{Arrangement, View};
    use crate::query::Projection;

    /// Sixty lanes of six events and three series: several pages.
    fn picture(room: Room) -> Picture {
        picture_with("", room)
    }

    /// The same, with further fields in each lane but the first two.
    fn picture_with(fields: &str, room: Room) -> Picture {
        let mut text =
            "(title: \"Many\", eras: [(id: \"era\", title: \"An era\", date: \"1900/1999\")], lanes: [".to_owned();
        for lane in 0..60 {
            let fields = if lane < 2 { "" } else { fields };
            write!(text, "(id: \"{lane}\", title: \"Lane {lane}\", {fields}),").unwrap();
        }
        text.push_str("], events: [");
        for event in 0..360 {
            let (lane, year) = (event / 6, 1900 + event % 6 * 18);
            write!(text, "(id: \"e{event}\", lane: \"{lane}\", title: \"Event {event}.\", date: \"{year}\"),").unwrap();
        }
        text.push_str("], series: [");
        for series in 0..3 {
            write!(text, "(id: \"s{series}\", title: \"Series {series}\", unit: \"t\", ").unwrap();
            text.push_str("points: [(date: \"1900\", value: 1), (date: \"1950\", value: 2)]),");
        }
        text.push_str("])");
        let timeline = crate::open(text.into_bytes()).timeline.unwrap();
        Picture {
            projection: Projection::all(&timeline),
            view: View::whole(&timeline),
            timeline: Arc::new(timeline),
            pictures: crate::export::DocumentPictures::default(),
            setup: PageSetup { room, ..PageSetup::new(PageSize::A4) },
            selected: None,
            scroll: 0.0,
            arrangement: Arrangement::default(),
        }
    }

    /// Returns the texts of a page, a line each.
    fn texts(page: &Scene) -> Vec<String> {
        let mut texts = Vec::new();
        walk(&page.nodes, &mut |node| {
            if let Node::Text(text) = node {
                texts.push(text.layout.text.clone());
            }
        });
        texts
    }

    #[test]
    fn every_title_is_on_exactly_one_page() {
        let picture = picture(Room::FurtherPages);
        let pages = Pages::new(&picture, Format::Pdf, &Progress::default());
        let texts: Vec<Vec<String>> = pages.scenes.iter().map(texts).collect();
        assert!(pages.charts == pages.scenes.len() && pages.charts > 2, "{} pages", pages.charts);
        assert_eq!(pages.left_out, Vec::<String>::new());
        let on = |words: &str| texts.iter().filter(|page| page.iter().any(|text| text == words)).count();
        let timeline = &picture.timeline;
        for title in timeline
            .events
            .iter()
            .map(|event| event.title.to_owned())
            .chain(timeline.series.iter().map(|series| series.title.clone()))
        {
            assert_eq!(on(&title), 1, "{title}");
        }
        for lane in &timeline.lanes {
            assert!(on(&lane.title) >= 1, "{}", lane.title);
        }
        // What is said of all of the chart is on every page.
        for words in ["An era", "1950"] {
            assert_eq!(on(words), pages.charts, "{words}");
        }
        for (page, texts) in (1..).zip(&texts) {
            assert!(texts.contains(&format!("page {page} of {}", pages.charts)), "{texts:?}");
        }
        for page in &pages.scenes {
            let bounds = crate::scene::bounds(&page.nodes);
            assert!(Rect::from_min_size(Pos2::ZERO, page.size).contains_rect(bounds), "{bounds:?}");
        }
    }

    #[test]
    fn the_first_lane_of_a_further_page_is_named_with_its_groups() {
        let picture = picture_with("parent: \"1\"", Room::FurtherPages);
        let pages = Pages::new(&picture, Format::Pdf, &Progress::default());
        let is_group = |text: &String| text == "Lane 1" || text.starts_with("Lane 1 › ");
        let named: Vec<usize> =
            pages.scenes.iter().map(|page| texts(page).iter().filter(|text| is_group(text)).count()).collect();
        assert!(named.len() > 2 && named.iter().all(|named| *named == 1), "{named:?}");
    }

    #[test]
    fn one_page_is_as_it_was() {
        let fitted = Pages::new(&picture(Room::OnePage), Format::Pdf, &Progress::default());
        assert!(fitted.scenes.len() == 1 && !fitted.left_out.is_empty());
        // A format without pages has one.
        let image = Pages::new(&picture(Room::FurtherPages), Format::Svg, &Progress::default());
        assert!(image.scenes == fitted.scenes && image.left_out == fitted.left_out);
    }

    #[test]
    fn a_tall_page_has_everything_and_no_more_height_than_that() {
        let picture = picture(Room::TallPage);
        let pages = Pages::new(&picture, Format::Svg, &Progress::default());
        assert_eq!((pages.scenes.len(), pages.left_out.len()), (1, 0), "{:?}", pages.left_out);
        let size = pages.first().size;
        assert!(size.x == picture.size().x && size.y > picture.size().y && size.y < 16_384.0, "{size:?}");
        assert_eq!(Pages::events(pages.first()).len(), 360);
        // Rows of a picture of its own height are a little higher than the lowest that there are.
        let paper = PageSize::Paper(size * vec2(1.0, 0.75));
        let lower = PageSetup { room: Room::OnePage, page: paper, ..picture.setup.clone() };
        let lower = Pages::new(&Picture { setup: lower, ..picture }, Format::Svg, &Progress::default());
        assert!(!lower.left_out.is_empty(), "a page of three quarters of the height would do");
    }
}
