//! Why a picture could not be made or kept.

use std::path::PathBuf;

/// The most pixels that a side of a picture may have.
pub const MAX_SIDE: u32 = 16_384;

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

/// What stood in the way of writing a file, with what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum WriteFault {
    /// The folder is not there.
    #[error("the folder {} does not exist; create it or choose another", .0.display())]
    MissingFolder(PathBuf),
    /// A part of the path is a file where a folder is needed.
    #[error("{} is not a folder; choose another", .0.display())]
    NotAFolder(PathBuf),
    /// The path names a folder.
    #[error("it is a folder; add a file name")]
    IsAFolder,
    /// The file or its folder may not be written to.
    #[error("permission denied; choose a place that you may write to, or change the permissions")]
    PermissionDenied,
    /// The disk is mounted for reading only.
    #[error("the disk is read-only; choose another place")]
    ReadOnly,
    /// The file is the one that the document was read from, whatever the path calls it.
    #[error("that is the file of the document ({0}); nothing is written, choose another name")]
    IsInput(String),
    /// No space, or no quota, is left.
    #[error("the disk is full; free some space or choose another place")]
    DiskFull,
    /// The writing was cancelled before the file had its name.
    #[error("the writing was cancelled")]
    Cancelled,
    /// Anything else that the system reports.
    #[error(transparent)]
    Other(std::io::Error),
}
