//! RON options of documents.

use ron::{Options, extensions::Extensions};

/// Returns the options for parsing any part of a document: `Some` may be left out around a value.
pub(super) fn options() -> Options {
    Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}
