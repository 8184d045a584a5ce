//! What a window does besides showing a document.

use crate::open_at::OpenAt;

use super::drag::DragAdvice;
use super::measure::Measuring;
use super::said::Said;
use super::session::{DocumentPlace, Session};
use super::several::SelectedEvents;
use super::trail::Trail;

/// What a window does besides showing a document.
#[derive(Debug, Default)]
pub struct Sitting {
    /// What earlier windows and this one have left.
    pub session: Session,
    /// Whether the window fills the screen.
    pub full_screen: bool,
    /// The places that were shown before.
    pub trail: Trail,
    /// What is measured.
    pub measuring: Measuring,
    /// Whether another part of the window is to be given the focus, and whether that is the next one.
    pub walks: Option<bool>,
    /// What is said to a screen reader.
    pub(super) said: Said,
    /// Whether the menu of what can be done with what is selected is to be opened.
    pub asks_actions: bool,
    /// The number of the last notice.
    pub(super) last_notice: u64,
    /// Whether what is remembered is written to a file.
    pub(super) is_kept: bool,
    /// When it is written next, in seconds since the start.
    pub(super) saves_at: Option<f64>,
    /// Where the first document opens.
    pub(super) opens_at: Option<Box<OpenAt>>,
    /// What is said where something is dragged that is not selected.
    pub(super) drag_advice: DragAdvice,
    /// Places in documents of this window.
    pub(super) noted: Vec<DocumentPlace>,
    /// The selected events, as they were found last.
    pub(super) selected_events: SelectedEvents,
}
