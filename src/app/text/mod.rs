//! Text of the panels as it is seen: egui's galleys in the order of their directions, and what their glyphs stand for.

mod order;
mod reading;

pub use order::{VisualOrder, in_visual_order};
pub use reading::reads;
