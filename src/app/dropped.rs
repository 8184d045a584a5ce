//! Files that are dropped on the window, and what they are for.

use std::path::{Path, PathBuf};

/// The folder for pictures beside the document.
pub(super) const MEDIA_FOLDER: &str = "media";

/// A place in the chart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The id of a lane.
    pub lane: Option<String>,
    /// A date, as exact as the view is.
    pub date: Option<String>,
}

/// What a picture is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewPicture {
    /// It is of the event whose form is shown.
    OfForm,
    /// It is of a new event.
    OfNewEvent(Place),
}

/// A picture in the folder of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptPicture {
    /// Its path within that folder.
    pub file: String,
    /// When it was taken, if it says that.
    pub taken: Option<String>,
}

/// A file that was dropped, and that needs an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dropped {
    /// A text, or a document of another program.
    Text(PathBuf),
    /// A picture outside the folder of the document.
    Picture {
        /// The file.
        path: PathBuf,
        /// The folder of the document.
        folder: PathBuf,
        /// What it is for.
        picture: NewPicture,
    },
}

impl Dropped {
    /// Returns the file.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Self::Text(path) | Self::Picture { path, .. } => path,
        }
    }
}

/// What is to become of a file that was dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DropChoice {
    /// Show its text beside the chart.
    Capture,
    /// Open or import it.
    Open,
    /// Copy it into the folder of the document.
    Copy,
}

/// Returns whether a file is a picture that can be shown, by its name.
pub(super) fn is_picture(path: &Path) -> bool {
    has_ending(path, &["png", "jpg", "jpeg"])
}

/// Returns the kind of a picture that cannot be shown, by the name of its file. Returns `None` if it is no such picture.
pub(super) fn other_picture(path: &Path) -> Option<&'static str> {
    let kinds: [(&[&str], &str); 8] = [
        (&["webp"], "WebP"),
        (&["gif"], "GIF"),
        (&["tif", "tiff"], "TIFF"),
        (&["bmp"], "BMP"),
        (&["heic", "heif"], "HEIC"),
        (&["avif"], "AVIF"),
        (&["jxl"], "JPEG XL"),
        (&["svg"], "SVG"),
    ];
    kinds.into_iter().find(|(endings, _)| has_ending(path, endings)).map(|(_, kind)| kind)
}

/// Returns whether the name of a file ends like one of these.
pub(super) fn has_ending(path: &Path, endings: &[&str]) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| endings.contains(&&*ending))
}
