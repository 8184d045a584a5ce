//! What is chosen in the export form.

use clap::ValueEnum;
use egui::Vec2;
use serde::{Deserialize, Serialize};

use crate::export::{self, Format, Look, NotesContent, PageSize, Room, TextAs};

/// Dots to an inch that paper is usually printed with.
const USUAL_DPI: u32 = 300;

/// What is chosen in the export form; remembered from one session to the next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExportSettings {
    /// The kind of file.
    #[serde(with = "by_name")]
    pub format: Format,
    /// The page.
    pub page: PageChoice,
    /// Pixels for each point, if the page is a screen.
    pub scale: f32,
    /// Dots per inch, if the page is paper.
    pub dpi: u32,
    /// The whole timeline instead of what the window shows.
    pub whole: bool,
    /// Whether pictures of events are shown where there is room.
    pub pictures: bool,
    /// Whether pinned measures are shown.
    pub measures: bool,
    /// Whether only the events of the filter are shown, which is then said.
    pub filtered: bool,
    /// The content of numbered notes. Earlier versions stored `notes`, whether there are any.
    #[serde(with = "by_name", rename = "notes_content")]
    pub notes: NotesContent,
    /// Whether a PDF goes on to further pages until everything is there.
    pub further_pages: bool,
    /// Whether a PNG or an SVG is as tall as everything needs.
    pub tall: bool,
    /// How an SVG holds its text.
    #[serde(with = "by_name")]
    pub text: TextAs,
    /// The colours; `None` for those of the window.
    #[serde(with = "by_name_or_none")]
    pub look: Option<Look>,
    /// Width and height of [`PageChoice::Paper`], in millimetres.
    pub paper: [f32; 2],
    /// Width and height of [`PageChoice::Screen`], in points.
    pub screen: [f32; 2],
    /// Free space around the chart, in millimetres; `None` for what suits the page.
    pub margin: Option<f32>,
    /// A headline instead of the document's, empty for none. Another document has another one.
    #[serde(skip)]
    pub title: Option<String>,
    /// A line under it instead of the document's, empty for none.
    #[serde(skip)]
    pub subtitle: Option<String>,
}

/// The page of a picture. Stored as its name: none, "a4", "paper" or "screen".
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Option<String>", into = "Option<String>")]
pub enum PageChoice {
    /// The chart as large as it is in the window.
    #[default]
    Window,
    /// One of [`PageSize::NAMED`].
    Named(PageSize),
    /// Paper of any size.
    Paper,
    /// A screen of any size.
    Screen,
}

impl PageChoice {
    /// All choices, in the order in which they are offered.
    pub fn all() -> impl Iterator<Item = Self> {
        let named = PageSize::NAMED.into_iter().map(Self::Named);
        std::iter::once(Self::Window).chain(named).chain([Self::Paper, Self::Screen])
    }

    fn name(self) -> Option<&'static str> {
        match self {
            Self::Window => None,
            Self::Named(page) => page.name(),
            Self::Paper => Some("paper"),
            Self::Screen => Some("screen"),
        }
    }
}

impl From<Option<String>> for PageChoice {
    /// A name that is not known means the page of the window.
    fn from(name: Option<String>) -> Self {
        Self::all().find(|page| page.name() == name.as_deref()).unwrap_or_default()
    }
}

impl From<PageChoice> for Option<String> {
    fn from(page: PageChoice) -> Self {
        page.name().map(str::to_owned)
    }
}

impl Default for ExportSettings {
    fn default() -> Self {
        Self {
            format: Format::Png,
            page: PageChoice::Window,
            scale: 2.0,
            dpi: USUAL_DPI,
            whole: false,
            pictures: true,
            measures: true,
            filtered: true,
            notes: NotesContent::None,
            further_pages: true,
            tall: false,
            text: TextAs::Text,
            look: None,
            paper: [297.0, 210.0],
            screen: [1920.0, 1080.0],
            margin: None,
            title: None,
            subtitle: None,
        }
    }
}

impl ExportSettings {
    /// The page. Returns `None` for that of the window.
    #[must_use]
    pub fn page_size(&self) -> Option<PageSize> {
        match self.page {
            PageChoice::Window => None,
            PageChoice::Named(page) => Some(page),
            PageChoice::Paper => Some(PageSize::Paper(Vec2::from(self.paper) * export::POINTS_PER_MM)),
            PageChoice::Screen => Some(PageSize::Custom(self.screen.into())),
        }
    }

    /// What becomes of the content that the page has no room for.
    #[must_use]
    pub fn room(&self) -> Room {
        match self.format {
            Format::Pdf if self.further_pages => Room::FurtherPages,
            Format::Png | Format::Svg if self.tall => Room::TallPage,
            _ => Room::OnePage,
        }
    }

    /// Whether the page is paper, whose pixels are counted in dots per inch.
    #[must_use]
    pub fn is_paper(&self) -> bool {
        self.page_size().is_some_and(PageSize::is_paper)
    }
}

/// The name of a value on the command line.
fn name_of<T: ValueEnum>(value: &T) -> String {
    value.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}

/// Stores a value as its name on the command line. A name that is not known gives the default.
mod by_name {
    use clap::ValueEnum;
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub fn serialize<T: ValueEnum, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&super::name_of(value))
    }

    pub fn deserialize<'de, T: ValueEnum + Default, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        let name = String::deserialize(deserializer)?;
        Ok(T::from_str(&name, true).unwrap_or_default())
    }
}

/// The same for a value that may be absent.
mod by_name_or_none {
    use clap::ValueEnum;
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};

    #[expect(clippy::ref_option, reason = "serde calls it so")]
    pub fn serialize<T: ValueEnum, S: Serializer>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
        value.as_ref().map(super::name_of).serialize(serializer)
    }

    pub fn deserialize<'de, T: ValueEnum, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
        let name = Option::<String>::deserialize(deserializer)?;
        Ok(name.and_then(|name| T::from_str(&name, true).ok()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_stored_by_name_and_read_back() {
        for page in PageChoice::all() {
            let settings = ExportSettings {
                format: Format::Svg,
                page,
                text: TextAs::Outlines,
                notes: NotesContent::Both,
                look: Some(Look::Print),
                ..ExportSettings::default()
            };
            let stored = ron::to_string(&settings).expect("text");
            assert!(stored.contains("format:\"svg\"") && stored.contains("look:Some(\"print\")"), "{stored}");
            assert!(stored.contains("notes_content:\"both\""), "{stored}");
            assert_eq!(ron::from_str::<ExportSettings>(&stored), Ok(settings));
        }
    }

    #[test]
    fn stored_names_that_are_not_known_give_the_defaults() {
        let stored =
            "(format: \"gif\", page: Some(\"a9\"), look: Some(\"loud\"), dpi: 150, outlines: true, notes: true)";
        let settings = ron::from_str::<ExportSettings>(stored).expect("settings");
        assert_eq!(settings, ExportSettings { dpi: 150, ..ExportSettings::default() });
    }
}
