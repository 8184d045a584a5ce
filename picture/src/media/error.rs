//! Why a picture is not shown.

use crate::scene::ImageError;

/// Why a picture is not shown, in words that follow "is not shown:".
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MediaError {
    /// Its path, or a symbolic link on that path, leads out of the folder of the document.
    #[error("it is not in the folder of the document")]
    Outside,
    /// No file has this path.
    #[error("there is no such file")]
    Missing,
    /// It is a folder, a device or a pipe.
    #[error("it is no regular file")]
    NotAFile,
    /// The system does not let it be read.
    #[error("it cannot be read: {0}")]
    Unreadable(std::io::Error),
    /// It is too large, corrupt, or of another kind.
    #[error("{0}")]
    Image(#[from] ImageError),
}
