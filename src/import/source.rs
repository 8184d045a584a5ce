//! A file as it came: its text decoded, its format found.

use std::borrow::Cow;

use super::encoding::{Encoding, decode};
use super::error::ImportError;
use super::find::find;
use super::format::Format;
use super::markdown;
use super::old_encodings::decode_as_named;

/// A file whose format is known.
#[derive(Debug)]
pub struct Source<'b> {
    /// The name of the file, without its folder.
    pub name: String,
    /// The bytes of the file.
    pub bytes: &'b [u8],
    /// The text, with no byte order mark; empty if the file has none.
    pub text: Cow<'b, str>,
    /// How the text is encoded; `None` if the file has none.
    pub encoding: Option<Encoding>,
    /// The format.
    pub format: Format,
    /// A table in the text as one with commas, if it is written otherwise.
    pub table: Option<String>,
}

impl<'b> Source<'b> {
    /// Decodes a file, and finds its format unless it is given.
    ///
    /// # Errors
    /// Returns an error if the format cannot be found.
    pub fn new(bytes: &'b [u8], name: &str, from: Option<Format>) -> Result<Self, ImportError> {
        let decoded = decode(bytes);
        let text = decoded.as_ref().map(|(text, _)| text.as_ref());
        let Some(format) = from.or_else(|| find(text, bytes, name)) else {
            let names: Vec<&str> = Format::ALL.into_iter().map(Format::name).collect();
            return Err(ImportError::new("this is no file that can be imported")
                .hint(format!("if it is, say which with --from: {}", names.join(", "))));
        };
        let named = (format == Format::Gedcom).then(|| decode_as_named(bytes)).flatten();
        let decoded = named.map(|(text, encoding)| (Cow::Owned(text), encoding)).or(decoded);
        let (text, encoding) = decoded.map_or((Cow::Borrowed(""), None), |(text, encoding)| (text, Some(encoding)));
        let table = (format == Format::Markdown).then(|| markdown::as_table(&text)).flatten();
        Ok(Self { name: name.to_owned(), bytes, text, encoding, format, table })
    }

    /// Returns the name of the file without its ending, for a title: `us-holidays_2024.ics` becomes `us holidays 2024`.
    #[must_use]
    pub fn stem(&self) -> String {
        let stem = self.name.rsplit_once('.').map_or(self.name.as_str(), |(stem, _)| stem);
        stem.replace(['_', '-'], " ").split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_makes_a_title() {
        let source = |name: &str| Source {
            name: name.to_owned(),
            ..Source::new(b"", name, Some(Format::Csv)).expect("a source")
        };
        assert_eq!(source("us-holidays_2024.ics").stem(), "us holidays 2024");
        assert_eq!(source("class").stem(), "class");
    }
}
