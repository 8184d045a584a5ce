//! The pictures of the document that an image is made of.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::layout::Pictures;
use crate::paint::Images;
use crate::scene::ImageData;
use crate::timeline::{EventIndex, Timeline};

/// Reads the picture of an event in the folder of a document for a thumbnail; `None` if it cannot be shown.
pub type ReadThumbnail = fn(&Timeline, EventIndex, &Path) -> Option<ImageData>;

/// The pictures of a document: their sizes, and how those that an image has room for are read.
#[derive(Clone, Debug, Default)]
pub struct DocumentPictures {
    /// Their sizes.
    pub sizes: Arc<Pictures>,
    /// Those that have been read already.
    pub known: Images,
    /// The folder of the document; `None` if it is from no file.
    pub folder: Option<PathBuf>,
    /// How others are read; `None` if they are not.
    pub read: Option<ReadThumbnail>,
}

impl DocumentPictures {
    /// Returns the picture of an event. Reading it takes time.
    pub(super) fn image(&self, timeline: &Timeline, event: EventIndex) -> Option<Arc<ImageData>> {
        if let Some(known) = self.known.get(&event) {
            return known.clone();
        }
        let (read, folder) = (self.read?, self.folder.as_ref()?);
        read(timeline, event, folder).map(Arc::new)
    }
}
