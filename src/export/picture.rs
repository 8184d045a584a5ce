//! The chart without a window: one egui pass, and its shapes as a file.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::epaint::ClippedShape;
use egui::{Align2, FontDefinitions, Pos2, Rect, Vec2, pos2, vec2};

use crate::layout::{self, Arrangement, Chart, Face, Heading, Parts, Request, View};
use crate::paint::notes::{Block, Placed};
use crate::paint::{self, ContextFonts, Emphasis, Painted, Theme};
use crate::timeline::{EventIndex, Item, SeriesIndex, Timeline};

use super::setup::{POINTS_PER_INCH, Setup};
use super::{
    About, ExportError, Fonts, Group, Link, Page, PngMeta, Published, Substitutes, Svg, SvgOptions, about, fonts,
    identifiers, links, pdf, raster, svg,
};

/// What a picture shows, and how.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The document.
    pub timeline: Arc<Timeline>,
    /// What span of time is shown.
    pub view: View,
    /// Page and look.
    pub setup: Setup,
    /// What is marked.
    pub selected: Option<Item>,
    /// How far the lanes are scrolled down, in points.
    pub scroll: f32,
    /// The rows of the window that the picture is taken of; empty for a picture of its own.
    pub arrangement: Arrangement,
}

/// The kinds of file that a picture can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Pixels.
    Png,
    /// Marks and texts, for browsers and drawing programs.
    Svg,
    /// Marks and texts, for print and reading.
    Pdf,
}

impl Format {
    /// The format that the ending of a path names, in capitals or not.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_string_lossy().to_ascii_lowercase();
        match ending.as_str() {
            "png" => Some(Self::Png),
            "svg" => Some(Self::Svg),
            "pdf" => Some(Self::Pdf),
            _ => None,
        }
    }
}

/// A finished file.
#[derive(Clone, Debug)]
pub struct Exported {
    /// The file.
    pub bytes: Vec<u8>,
    /// Width and height, in pixels; those of an SVG or a PDF are its points.
    pub size: [u32; 2],
    /// What the carried fonts could not set.
    pub substitutes: Substitutes,
}

/// A picture that has been written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureFile {
    /// Where it is.
    pub path: PathBuf,
    /// Width and height, in pixels.
    pub size: [u32; 2],
    /// What a reader should know of its fonts.
    pub warnings: Vec<String>,
}

/// The path of a picture whose format the program writes.
///
/// # Errors
/// Why its ending will not do.
pub fn picture_path(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    match (Format::of(&path), path.extension()) {
        (Some(_), _) => Ok(path),
        (None, Some(other)) => {
            let other = other.to_string_lossy();
            Err(format!("there is no picture format `{other}`; write a PNG, an SVG or a PDF"))
        }
        (None, None) => Err("the name needs the ending .png, .svg or .pdf".to_owned()),
    }
}

/// What the passes without a window give.
struct Scene {
    /// The chart, with notes below it or on pages of their own; never empty.
    sheets: Vec<Sheet>,
    painted: Painted,
    fonts: Fonts,
    substitutes: Substitutes,
}

/// A page of shapes.
struct Sheet {
    shapes: Vec<ClippedShape>,
    /// Width and height, in points.
    size: Vec2,
    links: Vec<Link>,
}

/// Where notes go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Notes {
    /// Below the chart, on a taller page.
    Below,
    /// On pages that follow.
    Following,
}

impl Picture {
    fn size(&self) -> Vec2 {
        self.setup.page.points()
    }

    /// Width and height, in pixels.
    #[must_use]
    pub fn pixels(&self) -> [u32; 2] {
        let size = self.size();
        [size.x, size.y].map(|points| (points * self.setup.scale).round().max(1.0) as u32)
    }

    /// The picture as an SVG document on its way to pixels, with the fonts that it is set in.
    #[must_use]
    pub fn svg(&self) -> (Svg, Fonts) {
        let scene = self.scene(Notes::Below, &mut |_| {});
        (self.write(scene.first(), &scene.fonts, &[], None), scene.fonts)
    }

    /// The picture's pixels, at so many for each point.
    ///
    /// # Errors
    /// As [`Self::export`].
    pub fn image(&self, scale: f32) -> Result<egui::ColorImage, ExportError> {
        raster::check_size(self.size(), scale)?;
        let (svg, fonts) = self.svg();
        raster::image(&svg.text, scale, &fonts)
    }

    /// The picture as a PNG file.
    ///
    /// # Errors
    /// As [`Self::export`].
    pub fn png(&self) -> Result<Exported, ExportError> {
        self.export(Format::Png, &mut |_| {})
    }

    /// The picture as a file, calling `done` with the name of each stage as it ends.
    ///
    /// # Errors
    /// Where a side would be longer than [`super::MAX_SIDE`] pixels, the scale is no positive number, or memory runs
    /// out.
    pub fn export(&self, format: Format, done: &mut dyn FnMut(&str)) -> Result<Exported, ExportError> {
        // Before the work, not after it: a huge page costs minutes to lay out. Only pixels have a scale.
        let scale = if format == Format::Png { self.setup.scale } else { 1.0 };
        raster::check_size(self.size(), scale)?;
        let notes = if format == Format::Pdf { Notes::Following } else { Notes::Below };
        let scene = self.scene(notes, done);
        let size = raster::check_size(scene.first().size, scale)?;
        let about = About::of(&self.timeline);
        let bytes = match format {
            Format::Svg => {
                let groups = self.groups(&scene.painted);
                let published = Published { language: &about.language };
                let svg = self.write(scene.first(), &scene.fonts, &groups, Some(published));
                done("svg");
                svg.text.into_bytes()
            }
            Format::Png => {
                let svg = self.write(scene.first(), &scene.fonts, &[], None);
                done("svg");
                let meta = PngMeta { about: &about, dots_per_inch: Some(POINTS_PER_INCH * self.setup.scale) };
                raster::png(&svg.text, self.setup.scale, &scene.fonts, &meta, done)?
            }
            Format::Pdf => self.pdf(&scene, &about, done)?,
        };
        Ok(Exported { bytes, size, substitutes: scene.substitutes })
    }

    fn pdf(&self, scene: &Scene, about: &About, done: &mut dyn FnMut(&str)) -> Result<Vec<u8>, ExportError> {
        let drawn: Vec<Svg> = scene.sheets.iter().map(|sheet| self.write(sheet, &scene.fonts, &[], None)).collect();
        done("svg");
        let alternative = about::alternative(&self.timeline, about, &scene.events());
        let pages: Vec<Page<'_>> = drawn
            .iter()
            .zip(&scene.sheets)
            .enumerate()
            .map(|(number, (svg, sheet))| Page {
                svg: &svg.text,
                scale: 72.0 / POINTS_PER_INCH,
                // The chart is one figure; notes are read as they stand.
                alternative: (number == 0).then_some(alternative.as_str()),
                links: &sheet.links,
            })
            .collect();
        let bytes = pdf::pdf(&pages, about, &scene.fonts)?;
        done("pdf");
        Ok(bytes)
    }

    /// The document's words above the chart, or those of the setup.
    fn heading(&self) -> Heading<'_> {
        let own = Heading::of(&self.timeline);
        Heading {
            title: self.setup.title.as_deref().unwrap_or(own.title),
            subtitle: self.setup.subtitle.as_deref().unwrap_or(own.subtitle),
        }
    }

    fn theme(&self) -> Theme {
        self.setup.look.theme()
    }

    fn write(&self, sheet: &Sheet, fonts: &Fonts, groups: &[Group], published: Option<Published<'_>>) -> Svg {
        let about = About::of(&self.timeline);
        let options = SvgOptions {
            size: sheet.size,
            pixels_per_point: 1.0,
            background: self.theme().paper,
            title: &about.title,
            description: &about.description,
            fonts,
            groups,
            published,
        };
        svg(&sheet.shapes, &options)
    }

    /// What was painted of each event and series, with the names that they have in the document.
    fn groups(&self, painted: &Painted) -> Vec<Group> {
        let timeline = &self.timeline;
        let named = |item: Item| match item {
            Item::Event(index) => timeline
                .event(index)
                .map(|event| ("event", event.id[..].to_owned(), event.title[..].to_owned(), event.date.words())),
            Item::Series(SeriesIndex(index)) => timeline
                .series
                .get(index)
                .map(|series| ("series", series.id.clone(), series.title.clone(), series.unit.clone())),
            Item::Era(_) => None,
        };
        let parts: Vec<_> = painted.items.iter().filter_map(|(item, shapes)| Some((named(*item)?, shapes))).collect();
        let ids = identifiers(parts.iter().map(|((kind, id, ..), _)| (*kind, id.as_str())));
        let mut groups: Vec<Group> = parts
            .into_iter()
            .zip(ids)
            .map(|(((_, _, title, description), shapes), id)| Group { shapes: shapes.clone(), id, title, description })
            .collect();
        groups.sort_by_key(|group| group.shapes.start);
        groups
    }

    /// The shapes that the window would show and, where they are wanted, notes; with the fonts for them: the carried
    /// ones and, where these lack a character, what the system has.
    fn scene(&self, notes: Notes, done: &mut dyn FnMut(&str)) -> Scene {
        let mut definitions = paint::definitions();
        let (mut sheets, mut painted) = self.sheets(&definitions, notes, done);
        let mut wanted = BTreeSet::new();
        for sheet in &sheets {
            wanted.extend(fonts::without_glyph(&sheet.shapes, &definitions));
        }
        let mut substitutes = Substitutes::default();
        if !wanted.is_empty() {
            substitutes = fonts::add_system_fonts(&mut definitions, &wanted);
            if !substitutes.fonts.is_empty() {
                (sheets, painted) = self.sheets(&definitions, notes, &mut |_| {});
            }
            done("fonts");
        }
        Scene { sheets, painted, fonts: Fonts::new(&definitions), substitutes }
    }

    fn sheets(&self, definitions: &FontDefinitions, notes: Notes, done: &mut dyn FnMut(&str)) -> (Vec<Sheet>, Painted) {
        let theme = self.theme();
        let press = Press::new(definitions, &theme, self.size());
        let mut painted = Painted::default();
        let mut blocks = Vec::new();
        let columns = self.columns();
        let mut shapes = press.print(self.size(), &mut |ui| {
            let chart = layout::chart(self.request(), &mut ContextFonts::new(ui.ctx()));
            done("layout");
            painted = self.paint(ui, &chart, &theme);
            if self.setup.notes {
                let shown = numbered(&chart);
                let in_view = self.timeline.index.count(self.view.interval());
                let counted = (shown.as_slice(), in_view.saturating_sub(shown.len()));
                blocks = paint::notes::blocks(ui, &self.timeline, counted, columns.width(), &theme);
            }
        });
        let mut links = links::links(&shapes, &self.timeline);
        let mut size = self.size();
        let mut following = Vec::new();
        if !blocks.is_empty() {
            let (placed, origin) = match notes {
                Notes::Below => {
                    let origin = pos2(columns.left(), self.size().y - self.setup.margin + 12.0);
                    let height = paint::notes::least_height(&blocks, columns.width());
                    size.y = (origin.y + height + self.setup.margin.max(24.0)).ceil();
                    (paint::notes::place(&blocks, vec2(columns.width(), height)), origin)
                }
                Notes::Following => (paint::notes::place(&blocks, columns.size()), columns.min),
            };
            match notes {
                Notes::Below => {
                    shapes = press.print(size, &mut |ui| {
                        let chart = layout::chart(self.request(), &mut ContextFonts::new(ui.ctx()));
                        painted = self.paint(ui, &chart, &theme);
                        paint::notes::draw(ui, &blocks, &placed, 0, origin, &theme);
                    });
                    links.extend(note_links(&blocks, &placed, 0, origin));
                }
                Notes::Following => {
                    for page in 0..=placed.last().map_or(0, |last| last.page) {
                        let shapes = press.print(size, &mut |ui| {
                            self.running_head(ui, page + 2, &theme);
                            paint::notes::draw(ui, &blocks, &placed, page, origin, &theme);
                        });
                        following.push(Sheet { shapes, size, links: note_links(&blocks, &placed, page, origin) });
                    }
                }
            }
        }
        done("paint");
        let mut sheets = vec![Sheet { shapes, size, links }];
        sheets.append(&mut following);
        (sheets, painted)
    }

    /// Where the chart stands on the page, in points.
    fn chart_rect(&self) -> Rect {
        let page = Rect::from_min_size(Pos2::ZERO, self.size());
        page.shrink(self.setup.margin.clamp(0.0, page.size().min_elem() / 4.0))
    }

    /// Where notes stand on a page of their own, in points: as wide as what is in the chart, under the running head.
    fn columns(&self) -> Rect {
        let rect = self.chart_rect().shrink(20.0);
        rect.with_min_y(rect.top() + 30.0)
    }

    fn request(&self) -> Request<'_> {
        Request {
            timeline: &self.timeline,
            view: self.view,
            rect: self.chart_rect(),
            parts: Parts { title: true, overview: false, legend: self.setup.legend, source_line: true },
            heading: self.heading(),
            scroll: self.scroll,
            scrolls: false,
            keep: if let Some(Item::Event(event)) = self.selected { Some(event) } else { None },
            numbered: self.setup.notes,
            arrangement: &self.arrangement,
        }
    }

    fn paint(&self, ui: &mut egui::Ui, chart: &Chart, theme: &Theme) -> Painted {
        let emphasis = Emphasis { selected: self.selected, hovered: None, status: None };
        paint::chart(ui, chart, &self.timeline, emphasis, theme)
    }

    /// Title and page number above notes.
    fn running_head(&self, ui: &egui::Ui, page: usize, theme: &Theme) {
        let columns = self.columns();
        let (font, y) = (paint::font(Face::Small), columns.top() - 30.0);
        let line =
            |x: f32, anchor, words: &str| ui.painter().text(pos2(x, y), anchor, words, font.clone(), theme.muted);
        line(columns.left(), Align2::LEFT_TOP, self.heading().title);
        line(columns.right(), Align2::RIGHT_TOP, &page.to_string());
        ui.painter().hline(columns.x_range(), y + 18.0, egui::Stroke::new(1.0, theme.line));
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

/// An egui context without a window, dressed in a theme.
struct Press(egui::Context);

impl Press {
    fn new(definitions: &FontDefinitions, theme: &Theme, size: Vec2) -> Self {
        let context = egui::Context::default();
        context.set_fonts(definitions.clone());
        let shown = if theme.dark { egui::Theme::Dark } else { egui::Theme::Light };
        context.set_theme(shown);
        context.style_mut_of(shown, |style| paint::style(theme, style));
        let press = Self(context);
        // Fonts take effect on the pass after the one in which they are set.
        press.print(size, &mut |_| {});
        press
    }

    /// The shapes of a page of this size, in points. All are painted on one layer, so that places in the layer are
    /// places in the list.
    fn print(&self, size: Vec2, draw: &mut dyn FnMut(&mut egui::Ui)) -> Vec<ClippedShape> {
        let screen_rect = Some(Rect::from_min_size(Pos2::ZERO, size));
        let input = egui::RawInput { screen_rect, ..Default::default() };
        let mut output = self.0.run_ui(input, |ui| draw(ui));
        output.textures_delta.clear();
        output.shapes
    }
}

impl Scene {
    /// The page with the chart.
    fn first(&self) -> &Sheet {
        const NONE: &Sheet = &Sheet { shapes: Vec::new(), size: Vec2::ZERO, links: Vec::new() };
        self.sheets.first().unwrap_or(NONE)
    }

    fn events(&self) -> Vec<EventIndex> {
        let event = |item: &Item| if let Item::Event(index) = item { Some(*index) } else { None };
        self.painted.items.iter().filter_map(|(item, _)| event(item)).collect()
    }
}
