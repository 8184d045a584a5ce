//! Files that a document was made of or written to, as they were then: what a newer version of one has changed is told by
//! that from what a person has changed.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::interchange::Format;

use super::envelope;

/// What a file of an origin begins with.
const MAGIC: &[u8] = b"longview-origin 1\n";

/// A file as it was when it was last brought into a document, or written of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The file.
    pub source: PathBuf,
    /// What it held.
    pub content: OriginContent,
}

/// What a file held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OriginContent {
    /// The text of the document that it was imported as.
    Imported(Arc<String>),
    /// What was written to it, and in which format.
    Written(Format, Arc<Vec<u8>>),
}

impl OriginContent {
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Imported(text) => text.len(),
            Self::Written(_, bytes) => bytes.len(),
        }
    }
}

/// The origins of a document, one for each file. They go back with a change that is taken back.
#[derive(Clone, Debug, Default)]
pub struct Origins(Arc<Vec<Origin>>);

impl Origins {
    /// Returns the origins.
    #[must_use]
    pub fn as_slice(&self) -> &[Origin] {
        &self.0
    }

    /// Returns the origins with one more, in the place of an older version of the same file.
    pub(super) fn with(&self, origin: Origin) -> Self {
        let mut all: Vec<Origin> = self.0.iter().filter(|other| other.source != origin.source).cloned().collect();
        all.push(origin);
        Self(Arc::new(all))
    }

    /// Returns the origins without one.
    pub(super) fn without(&self, source: &Path) -> Self {
        Self(Arc::new(self.0.iter().filter(|other| other.source != source).cloned().collect()))
    }

    /// Whether these are the very same.
    pub(super) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.is_empty() && other.0.is_empty()
    }
}

impl PartialEq for Origins {
    /// Compares which they are, not what is in them, which may be large.
    fn eq(&self, other: &Self) -> bool {
        self.is(other)
    }
}

impl Origin {
    /// Returns the bytes of a file that keeps the origin of a document. Returns `None` if one of their paths is no Unicode.
    pub(super) fn encode(&self, document: &Path) -> Option<Vec<u8>> {
        let (kind, content) = match &self.content {
            OriginContent::Imported(text) => ("imported", text.as_bytes()),
            OriginContent::Written(format, bytes) => (format.name(), bytes.as_slice()),
        };
        let paths = [document.to_str()?, self.source.to_str()?];
        let [document, source] = paths.map(str::as_bytes);
        Some(envelope::encode(MAGIC, &[document, source, kind.as_bytes(), content]))
    }

    /// Returns what a file keeps, and of which document. Returns `None` if it is not whole.
    pub(super) fn decode(bytes: &[u8]) -> Option<(PathBuf, Self)> {
        let parts = envelope::decode(MAGIC, bytes)?;
        let &[document, source, kind, content] = parts.as_slice() else { return None };
        let [document, source, kind] = [document, source, kind].map(|part| str::from_utf8(part).ok());
        let content = match kind? {
            "imported" => OriginContent::Imported(Arc::new(str::from_utf8(content).ok()?.to_owned())),
            format => OriginContent::Written(Format::named(format)?, Arc::new(content.to_vec())),
        };
        Some((document?.into(), Self { source: source?.into(), content }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_comes_back_whole_or_not_at_all() {
        let document = Path::new("/a/mine.ron");
        let source = PathBuf::from("/a b/visits.csv");
        let text = OriginContent::Imported(Arc::new("(title: \"T\")\n".to_owned()));
        let table = OriginContent::Written(Format::Csv, Arc::new(b"id,title\r\n\xff".to_vec()));
        for content in [text, table] {
            let origin = Origin { source: source.clone(), content };
            let bytes = origin.encode(document).expect("Unicode");
            assert_eq!(Origin::decode(&bytes), Some((document.to_owned(), origin)));
            for at in 0..bytes.len() {
                assert_eq!(Origin::decode(&bytes[..at]), None, "{at} bytes");
                let mut changed = bytes.clone();
                changed[at] ^= 1;
                assert_eq!(Origin::decode(&changed), None, "byte {at} was changed");
            }
        }
    }

    #[test]
    fn there_is_one_origin_for_each_file() {
        let origin = |source: &str, text: &str| Origin {
            source: source.into(),
            content: OriginContent::Imported(Arc::new(text.to_owned())),
        };
        let origins = Origins::default().with(origin("a", "1")).with(origin("b", "2"));
        let newer = origins.with(origin("a", "3"));
        assert_eq!(newer.as_slice(), [origin("b", "2"), origin("a", "3")]);
        assert!(!newer.is(&origins) && newer.is(&newer.clone()));
        assert_eq!(newer.without(Path::new("b")).as_slice(), [origin("a", "3")]);
    }
}
