//! The field of the box in which events are searched.

use egui::{Context, Id};

/// The id of the field.
pub(super) fn field_id() -> Id {
    Id::unique("search")
}

/// Whether the field has the focus.
pub(super) fn has_focus(context: &Context) -> bool {
    context.memory(|memory| memory.has_focus(field_id()))
}
