//! Page setup: the page of an image, its parts besides the chart, and its look.

use egui::{Vec2, vec2};

use crate::paint::notes::NoteParts;
use crate::paint::{Measure, Theme};

/// Points (CSS pixels) per inch.
pub const POINTS_PER_INCH: f32 = 96.0;
/// Points per millimetre.
pub const POINTS_PER_MM: f32 = POINTS_PER_INCH / 25.4;

/// The smallest page, and the minimum room for the chart inside the margins, in points.
pub const LEAST_PAGE: Vec2 = vec2(320.0, 240.0);

/// The colours of an image.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Look {
    /// The light theme of the window.
    #[default]
    Light,
    /// The dark theme of the window.
    Dark,
    /// For print: white background, little ink, colours that differ in greyscale too.
    Print,
}

impl Look {
    /// Returns its theme.
    #[must_use]
    pub fn theme(self) -> Theme {
        match self {
            Self::Light => Theme::light(),
            Self::Dark => Theme::dark(),
            Self::Print => Theme::print(),
        }
    }
}

/// A page size.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::derive_partial_eq_without_eq, reason = "a size of floats has no Eq")]
pub enum PageSize {
    /// 297 by 210 mm.
    A4,
    /// 210 by 297 mm.
    A4Portrait,
    /// 420 by 297 mm.
    A3,
    /// 297 by 420 mm.
    A3Portrait,
    /// 11 by 8.5 inches.
    Letter,
    /// 8.5 by 11 inches.
    LetterPortrait,
    /// A 16:9 slide: 1280 by 720 points.
    Slide,
    /// 1080 by 1080 points.
    Square,
    /// Paper of any other size, in points.
    Paper(Vec2),
    /// Any other size, in points.
    Custom(Vec2),
}

impl PageSize {
    /// The named sizes, in the order in which they are offered.
    pub const NAMED: [Self; 8] = [
        Self::A4,
        Self::A4Portrait,
        Self::A3,
        Self::A3Portrait,
        Self::Letter,
        Self::LetterPortrait,
        Self::Slide,
        Self::Square,
    ];

    /// Returns the name on the command line; `None` for any other size.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::A4 => "a4",
            Self::A4Portrait => "a4-portrait",
            Self::A3 => "a3",
            Self::A3Portrait => "a3-portrait",
            Self::Letter => "letter",
            Self::LetterPortrait => "letter-portrait",
            Self::Slide => "slide",
            Self::Square => "square",
            Self::Paper(_) | Self::Custom(_) => return None,
        })
    }

    /// Returns the width and height, in points.
    #[must_use]
    pub fn points(self) -> Vec2 {
        let mm = |width: f32, height: f32| vec2(width, height) * POINTS_PER_MM;
        match self {
            Self::A4 => mm(297.0, 210.0),
            Self::A4Portrait => mm(210.0, 297.0),
            Self::A3 => mm(420.0, 297.0),
            Self::A3Portrait => mm(297.0, 420.0),
            Self::Letter => mm(279.4, 215.9),
            Self::LetterPortrait => mm(215.9, 279.4),
            Self::Slide => vec2(1280.0, 720.0),
            Self::Square => vec2(1080.0, 1080.0),
            Self::Paper(size) | Self::Custom(size) => size,
        }
    }

    /// Returns whether it is paper, so that its resolution is given in dots per inch.
    #[must_use]
    pub fn is_paper(self) -> bool {
        !matches!(self, Self::Slide | Self::Square | Self::Custom(_))
    }

    /// Returns the default margin, in points: 12 mm on paper, or what a small page has room for; 0 on a screen, where
    /// the chart has its own.
    #[must_use]
    pub fn usual_margin(self) -> f32 {
        if self.is_paper() { (12.0 * POINTS_PER_MM).min(self.most_margin()) } else { 0.0 }
    }

    /// Returns the widest margin that leaves [`LEAST_PAGE`] for the chart, in points.
    #[must_use]
    pub fn most_margin(self) -> f32 {
        ((self.points() - LEAST_PAGE) / 2.0).min_elem().max(0.0)
    }
}

/// What becomes of the content that a page has no room for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Room {
    /// It is left out, and counted.
    #[default]
    OnePage,
    /// The page is as tall as everything needs, up to [`MAX_SIDE`](super::MAX_SIDE) pixels; what has no room even then is left out.
    TallPage,
    /// It goes on to further pages, in a format that has pages; in another it is left out.
    FurtherPages,
}

/// The content of numbered notes on the events.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum NotesContent {
    /// No notes.
    #[default]
    None,
    /// Citations: sources, how a claim follows from them, remarks.
    Sources,
    /// Descriptions and figures.
    Descriptions,
    /// Descriptions, figures and citations.
    Both,
}

impl NotesContent {
    /// Returns what the notes say of each event; `None` if there are no notes.
    #[must_use]
    pub(super) fn parts(self) -> Option<NoteParts> {
        let of = |sources, descriptions| Some(NoteParts { sources, descriptions });
        match self {
            Self::None => None,
            Self::Sources => of(true, false),
            Self::Descriptions => of(false, true),
            Self::Both => of(true, true),
        }
    }
}

/// The representation of text in an SVG.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum TextAs {
    /// Text, with embedded fonts: it can be searched, copied and edited.
    #[default]
    Text,
    /// Outlines of its glyphs: looks the same in programs without the fonts.
    Outlines,
}

/// The page setup of an image.
#[derive(Clone, Debug, PartialEq)]
pub struct PageSetup {
    /// The page size.
    pub page: PageSize,
    /// What becomes of the content that the page has no room for.
    pub room: Room,
    /// Free space on every side, in points.
    pub margin: f32,
    /// Pixels per point; the resolution is 96 times this in dots per inch.
    pub scale: f32,
    /// The colours.
    pub look: Look,
    /// Whether lines under the chart explain its shapes.
    pub legend: bool,
    /// Whether pictures of events are shown where there is room.
    pub pictures: bool,
    /// The distances that are shown.
    pub measures: Vec<Measure>,
    /// The content of numbered notes on every event.
    pub notes: NotesContent,
    /// The representation of text in an SVG; a PNG has no text, and a PDF has its fonts embedded.
    pub text: TextAs,
    /// A title instead of the document's; empty for none.
    pub title: Option<String>,
    /// A subtitle instead of the document's; empty for none.
    pub subtitle: Option<String>,
}

impl PageSetup {
    /// Returns the setup for a page with only the chart and its legend.
    #[must_use]
    pub fn new(page: PageSize) -> Self {
        let margin = page.usual_margin();
        Self {
            page,
            room: Room::OnePage,
            margin,
            scale: 1.0,
            look: Look::Light,
            legend: true,
            pictures: true,
            measures: Vec::new(),
            notes: NotesContent::None,
            text: TextAs::Text,
            title: None,
            subtitle: None,
        }
    }
}
