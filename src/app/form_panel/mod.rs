//! The form in the place of the record, and what the chart shows of it.

mod extent;
mod fields;
mod lists;
mod panel;

pub(super) use extent::show as show_extent;
pub(super) use fields::{list as choice_list, name as field_name};
pub(super) use panel::show;
