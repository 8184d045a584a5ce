//! Citations in words, for formats that have no place for them.

use crate::date::Date;
use crate::document::{Basis, Citation};

use super::context::Context;

/// Returns a citation on one line: "Still Distant Neighbors, Council on Foreign Relations, 10 December 2015, ¶1 (Stated)".
#[must_use]
pub(super) fn words(citation: &Citation, context: &Context<'_>) -> String {
    let source = context.source(&citation.source);
    let text = |text: Option<&String>| text.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    let date = source.and_then(|source| source.date.as_deref());
    let date = date.map(|text| Date::parse(text).map_or_else(|_| text.to_owned(), |date| date.words()));
    let parts = [
        text(source.and_then(|source| source.author.as_ref())),
        text(source.map(|source| &source.title)),
        text(source.and_then(|source| source.publisher.as_ref())),
        date,
        text(source.and_then(|source| source.url.as_ref())),
        text(citation.locator.as_ref()),
    ];
    let mut words = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    if let Some(basis) = citation.basis {
        words.push_str(match basis {
            Basis::Stated => " (stated)",
            Basis::Derived => " (derived)",
            Basis::Background => " (background)",
        });
    }
    if let Some(note) = text(citation.note.as_ref()) {
        words.push_str(": ");
        words.push_str(&note);
    }
    words
}
