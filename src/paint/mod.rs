//! Placed marks -> scene.
//!
//! [`chart()`] draws a [`crate::layout::Chart`] into a [`crate::scene::Builder`], for a window and a file alike, and
//! [`notes`] sets the notes of a printed page. Colours come from [`Theme`] and from nowhere else.
//!
//! Invariant: nothing here decides where a thing is placed, and nothing here reacts to input.

mod chart;
mod eras;
mod input;
mod legend;
mod marks;
pub mod notes;
mod series;
mod theme;
mod words;

pub use chart::chart;
pub use input::{Emphasis, Input};
pub use marks::marker;
pub use theme::Theme;
pub use words::{text_style, text_within};
