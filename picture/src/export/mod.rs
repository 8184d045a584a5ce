//! Exports images of a timeline as files.
//!
//! [`Picture`] describes what is shown and how. It is laid out and painted as scenes, one per page, and each format is
//! written from these, so that a file shows what the window shows and needs neither a display nor a GPU. Everything
//! here is a pure function, except [`write_file`], which writes finished bytes to disk, the search for system fonts if the
//! bundled ones lack a character, and the pictures that [`DocumentPictures`] reads. The same input results in the same bytes.
//!
//! Invariant: nothing here depends on `app`.

mod chart_pages;
mod document_pictures;
mod error;
mod fonts;
mod metadata;
mod outputs;
mod page_setup;
mod pages;
mod pdf;
mod per_font;
mod picture;
mod raster;
mod svg;
mod write;

pub use document_pictures::{DocumentPictures, ReadThumbnail};
pub use error::{ExportError, MAX_SIDE, WriteFault};
pub use fonts::{Fallback, NeededFonts, Substitutes, lacking, missing_in};
pub use metadata::{Metadata, PartialDate};
pub use outputs::{Exported, PagePreview, PictureFile};
pub use page_setup::{
    LEAST_PAGE, Look, NotesContent, POINTS_PER_INCH, POINTS_PER_MM, PageSetup, PageSize, Room, TextAs,
};
pub use pdf::{Page, pdf};
pub use picture::{Format, Picture, picture_format};
pub use raster::{PngMeta, png};
pub use svg::{Svg, SvgOptions, identifiers, svg};
pub use write::{
    InputFile, check_output, check_standard_output, write_file, write_file_unless_cancelled, write_file_with,
};
