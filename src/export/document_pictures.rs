//! The pictures of the document that an image is made of.

use std::fmt;
use std::sync::Arc;

use crate::layout::Pictures;
use crate::scene::ImageData;
use crate::timeline::EventIndex;

/// Reads the picture of an event for a thumbnail; `None` if it cannot be shown.
type Read = dyn Fn(EventIndex) -> Option<ImageData> + Send + Sync;

/// The pictures of a document: their sizes, and how those that an image has room for are read.
#[derive(Clone, Default)]
pub struct DocumentPictures {
    sizes: Arc<Pictures>,
    read: Option<Arc<Read>>,
}

impl DocumentPictures {
    /// Creates the pictures of these sizes, which `read` reads.
    #[must_use]
    pub fn new(sizes: Arc<Pictures>, read: impl Fn(EventIndex) -> Option<ImageData> + Send + Sync + 'static) -> Self {
        Self { sizes, read: Some(Arc::new(read)) }
    }

    /// Returns their sizes.
    #[must_use]
    pub fn sizes(&self) -> &Pictures {
        &self.sizes
    }

    /// Reads the picture of an event. This takes time.
    pub(super) fn read(&self, event: EventIndex) -> Option<Arc<ImageData>> {
        self.read.as_ref().and_then(|read| read(event)).map(Arc::new)
    }
}

impl fmt::Debug for DocumentPictures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DocumentPictures").field("sizes", &self.sizes).finish_non_exhaustive()
    }
}
