//! Placed marks -> scene.
//!
//! [`chart()`] draws a [`crate::layout::Chart`] into a [`crate::scene::Builder`], for windows and files alike, and
//! [`notes`] lays out the notes of a printed page. All colours come from [`Theme`].
//!
//! Invariant: nothing here decides where something is placed, and nothing here reacts to input.

mod chart;
mod eras;
mod input;
mod legend;
mod lines;
mod marks;
mod measure;
mod measures;
pub mod notes;
mod overview;
mod series;
mod theme;
mod thumbnails;
mod words;

pub use chart::chart;
pub use input::{Emphasis, Input};
pub use marks::marker;
pub use measure::Measure;
pub use theme::Theme;
pub use thumbnails::Images;
pub use words::{text_style, text_within};
