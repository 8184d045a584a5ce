//! `CommonMark` -> blocks of words, for the record of a window and for the notes of a page; HTML -> such blocks, and back
//! to `CommonMark`, for imports.
//!
//! [`read()`], [`from_html()`] and [`write()`] are pure functions. They decide what a text says and which look its words
//! have, not how that look is drawn.

mod block;
mod elements;
mod html;
mod read;
mod write;

pub use block::{Block, Kind, Look, Span};
pub use elements::{Html, from_html, is_html};
pub use read::read;
pub use write::{words, write};
