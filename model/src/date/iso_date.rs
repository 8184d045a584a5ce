//! Reads one date of ISO 8601 or EDTF, without time of day.

use std::ops::Range;

use super::context::Context;
use super::error::DateError;
use super::forms::weeks;
use super::model::DatePart;
use super::{doubt, edtf, explain, plain};

/// Reads one ISO or EDTF date, without time of day, from `text[range]`.
pub(super) fn read(context: &mut Context<'_>, range: Range<usize>) -> Result<DatePart, DateError> {
    let text = context.text;
    let written = &text[range.clone()];
    let part = match plain::read_qualified(written.as_bytes(), context.calendar) {
        Some(part) => part,
        None => match weeks::read(text, range.clone()) {
            Some(part) => part?,
            None => edtf::read(written, context.calendar)
                .map_err(|refusal| explain::refusal(text, range.clone(), &refusal, context.calendar))?,
        },
    };
    doubt::of_iso(text, range, &part, &mut context.cautions);
    Ok(part)
}
