//! The chart as a file: egui's shapes become one SVG document, and a PNG and a PDF are drawn from that same document.
//!
//! [`Picture`] lays the chart out and paints it in an egui pass without a window, so that a file shows what the window
//! shows and needs neither a display nor a GPU. Everything here turns values into values, apart from [`write_file`],
//! which puts finished bytes on a disk, and from the look at the system's fonts where the carried ones lack a
//! character. The same input gives the same bytes. Coordinates are egui's points (y down, origin at the top left) until the
//! raster multiplies them by a scale.
//!
//! Invariant: nothing of `app` here.

mod fonts;
mod metadata;
mod page_setup;
mod pages;
mod pdf;
mod per_font;
mod picture;
mod raster;
mod svg;
mod write;

pub use fonts::{Fallback, NeededFonts, Substitutes, lacking, missing_in};
pub use metadata::{Metadata, PartialDate};
pub use page_setup::{LEAST_PAGE, Look, POINTS_PER_INCH, POINTS_PER_MM, PageSetup, PageSize, TextAs};
pub use pdf::{Page, pdf};
pub use picture::{Exported, Format, PagePreview, Picture, PictureFile, picture_format};
pub use raster::{MAX_SIDE, PngMeta, png};
pub use svg::{Svg, SvgOptions, identifiers, svg};
pub use write::{InputFile, WriteFault, check_output, check_standard_output, write_file, write_file_unless_cancelled};

use std::path::PathBuf;

/// Why a picture could not be made or kept.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The picture would be too large to draw.
    #[error(
        "the picture would be {width} x {height} pixels, but a side can have at most {MAX_SIDE}; \
         choose a smaller size or scale"
    )]
    TooLarge {
        /// Width in pixels.
        width: u64,
        /// Height in pixels.
        height: u64,
    },
    /// The scale is zero, negative or not a number.
    #[error("the scale {scale} is not a positive number")]
    BadScale {
        /// The scale as given.
        scale: f32,
    },
    /// There was not enough memory.
    #[error("the picture of {width} x {height} pixels could not be drawn; choose a smaller scale")]
    Draw {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },
    /// The pixels could not be packed as a PNG.
    #[error("the PNG cannot be encoded: {0}")]
    Png(#[from] png::EncodingError),
    /// The pages could not be packed as a PDF.
    #[error("the PDF cannot be made: {0}")]
    Pdf(String),
    /// Whoever waited for it has called it off.
    #[error("the picture was called off")]
    Cancelled,
    /// The file could not be written; what stood there before is unchanged.
    #[error("cannot write {}: {fault}", path.display())]
    Write {
        /// The file as it was asked for.
        path: PathBuf,
        /// What stood in the way.
        fault: WriteFault,
    },
}
