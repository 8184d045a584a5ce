//! The arguments of the window.

use clap::Args;

use crate::date::Date;
use crate::open_at::{OpenAt, search};

use super::dates::{date, in_order};

/// Where in the document the window opens, as typed.
#[derive(Debug, Args)]
pub(super) struct TypedWindow {
    /// Even time: give the times in which much happens more of the width
    #[arg(long)]
    even: bool,
    /// The event to select, or the era or series, by its id
    #[arg(long, value_name = "ID")]
    select: Option<String>,
    /// Left edge of the view: any date of a document, such as 1965
    #[arg(long, value_name = "DATE", value_parser = date, allow_hyphen_values = true)]
    from: Option<Date>,
    /// Right edge of the view: any date of a document, such as 2015-12-10
    #[arg(long, value_name = "DATE", value_parser = date, allow_hyphen_values = true)]
    to: Option<Date>,
    /// Select the first event that is found for this: words, #tag, @lane, before:1965
    #[arg(long, value_name = "TEXT", value_parser = search, conflicts_with = "select")]
    find: Option<String>,
}

impl TypedWindow {
    /// Returns whether time is even, and where the document opens, if that is said.
    pub fn checked(self) -> Result<(bool, Option<Box<OpenAt>>), &'static str> {
        let Self { even, select, from, to, find } = self;
        in_order(from.as_ref(), to.as_ref())?;
        let place = OpenAt { select, from, to, find };
        Ok((even, (place != OpenAt::default()).then(|| Box::new(place))))
    }
}
