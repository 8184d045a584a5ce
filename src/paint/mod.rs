//! Placed marks -> egui shapes.
//!
//! [`chart()`] draws a [`crate::layout::Chart`] into an `egui::Ui`, in a window and in an export alike: the shapes
//! that it adds are the one scene that both show. Colours come from [`Theme`] and from nowhere else.
//!
//! Invariant: nothing here decides where a thing stands, and nothing here reacts to input.

mod chart;
mod eras;
mod fonts;
mod legend;
mod marks;
pub mod notes;
mod series;
pub(crate) mod text;
mod theme;

pub use chart::{Emphasis, Painted, chart, text_within};
pub use fonts::{ContextFonts, bold, definitions, definitions_of, font};
pub use marks::marker;
pub use text::VisualOrder;
pub use theme::{Theme, style};
