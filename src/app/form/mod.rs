//! The record as a form: what is typed becomes a change of the document once it is good and its field is left.
//!
//! A form has a [`FormTarget`] and drafts: texts that have been typed and are not in the document. A draft that says
//! nothing wrong is applied when its field is left, as one entry of the log; any other stays until it is mended, also while
//! another record is shown.

mod intent;
mod kept;
mod names;
mod rules;
mod state;
mod target;

pub use state::{FormMessage, Forms, RecordForm, new_lane, new_picture};
pub use target::FormTarget;

pub(super) use intent::intent;
pub(super) use kept::{drafts_of, kept_drafts};
pub(super) use names::{field_words, list_words, singular};
pub(super) use rules::{AXES, BASES, CALENDARS, QUALIFIERS, SCALES, check, rule};
pub(super) use state::{Drafts, NEW};
