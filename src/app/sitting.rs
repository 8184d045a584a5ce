//! What is remembered from one window to the next, and what is known of the window.

use super::open_at::OpenAt;
use super::session::{DocumentPlace, Session};

/// What is remembered, and what is known of the window.
#[derive(Debug, Default)]
pub struct Sitting {
    /// What earlier windows and this one have left.
    pub session: Session,
    /// Whether the window fills the screen.
    pub full_screen: bool,
    /// Whether what is remembered is written to a file.
    pub(super) is_kept: bool,
    /// Where the first document opens.
    pub(super) opens_at: Option<Box<OpenAt>>,
    /// Places in documents of this window.
    pub(super) noted: Vec<DocumentPlace>,
}
