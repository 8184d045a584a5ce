//! `CommonMark` -> blocks of words, for the record of a window and for the notes of a page.
//!
//! [`read()`] is a pure function. It decides what a text says and which look its words have, not how that look is drawn.

mod html;
mod read;

pub use read::{Block, Kind, Look, Span, read};
