//! Errors of making or writing an image.

use std::path::PathBuf;

/// Maximum length of a side of an image, in pixels.
pub const MAX_SIDE: u32 = 16_384;

/// An error of making or writing an image.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The image would be too large to draw.
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
        /// The requested scale.
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
    /// The pixels could not be encoded as a PNG.
    #[error("the PNG cannot be encoded: {0}")]
    Png(#[from] png::EncodingError),
    /// The pages could not be written as a PDF.
    #[error("the PDF cannot be made: {0}")]
    Pdf(String),
    /// The task was cancelled.
    #[error("the picture was called off")]
    Cancelled,
    /// The file could not be written; an existing file is unchanged.
    #[error("cannot write {}: {fault}", path.display())]
    Write {
        /// The requested path.
        path: PathBuf,
        /// The cause.
        fault: WriteFault,
    },
}

/// The cause of an error of writing a file; its message says what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum WriteFault {
    /// The folder does not exist.
    #[error("the folder {} does not exist; create it or choose another", .0.display())]
    MissingFolder(PathBuf),
    /// A part of the path is a file where a folder is needed.
    #[error("{} is not a folder; choose another", .0.display())]
    NotAFolder(PathBuf),
    /// The path names a folder.
    #[error("it is a folder; add a file name")]
    IsAFolder,
    /// There is no permission to write to the file or its folder.
    #[error("permission denied; choose a place that you may write to, or change the permissions")]
    PermissionDenied,
    /// The disk is mounted read-only.
    #[error("the disk is read-only; choose another place")]
    ReadOnly,
    /// The file is the one that the document was read from, possibly under another path.
    #[error("that is the file of the document ({0}); nothing is written, choose another name")]
    IsInput(String),
    /// There is no space or no quota left.
    #[error("the disk is full; free some space or choose another place")]
    DiskFull,
    /// Writing was cancelled before the file was renamed.
    #[error("the writing was cancelled")]
    Cancelled,
    /// Any other error of the operating system.
    #[error(transparent)]
    Other(std::io::Error),
}
