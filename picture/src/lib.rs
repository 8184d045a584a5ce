//! The pictures of Longview, from a resolved timeline to pixels and files: layout, the scene and its text, and exports.
//!
//! ```text
//! timeline + projection -> layout -> paint -> scene -> svg | pdf | png
//! ```

pub mod export;
pub mod layout;
pub mod media;
pub mod paint;
pub mod prose;
pub mod scene;

pub use longview_model::{date, document, open, progress, query, sorting, timeline};
