//! How documents use RON.

use ron::{Options, extensions::Extensions};

/// Returns the options that every part of a document is parsed with: `Some` may be left out around a value.
pub(super) fn options() -> Options {
    Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}
