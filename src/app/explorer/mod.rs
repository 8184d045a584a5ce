//! The explorer: series in a plot of their own, compared, with their own zoom and scale.
//!
//! It stands in the place of the chart. `state` is what it remembers, `index` what values are indexed to, `panel` its
//! controls, `plot` one plot by `egui_plot`, `readout` what is said of a value. It reads the timeline and pushes
//! [`ExplorerMessage`]s, which [`Explorer::after`] carries out.

mod index;
mod panel;
mod plot;
mod readout;
mod state;

pub use panel::show;
pub use state::{Explorer, ExplorerMessage, Step};
