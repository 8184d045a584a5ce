//! Reads the pictures of a document.

use std::path::Path;
use std::sync::Arc;

use egui::ColorImage;

use crate::app::message::JobResult;
use crate::app::pictures::ReadPicture;
use crate::export::Picture;
use crate::media;
use crate::scene::ImageData;
use crate::timeline::{EventIndex, Timeline};

/// Maximum length of a side of a picture in the window, in pixels: twice what the record is wide.
const MOST_PIXELS: usize = 1024;

/// Reads a picture in the folder of a document, and makes it as small as the window shows it.
pub(super) fn read_picture(folder: &Path, file: &str) -> ReadPicture {
    let image = media::read(folder, file).map_err(|error| error.to_string())?;
    Ok(Arc::new(reduced(&image)))
}

/// Reads the picture of an event for a thumbnail. Returns `None` if it cannot be shown.
fn read_thumbnail(timeline: &Timeline, event: EventIndex, folder: &Path) -> Option<ImageData> {
    media::thumbnail_of(timeline, event, folder).ok()
}

/// Reads that picture for the chart.
pub(super) fn thumbnail(timeline: &Timeline, event: EventIndex, folder: &Path) -> JobResult {
    JobResult::Thumbnail(read_thumbnail(timeline, event, folder).map(Arc::new))
}

/// Returns a picture of the document that reads the pictures that it shows.
pub(super) fn reading(mut picture: Picture) -> Picture {
    picture.pictures.read = Some(read_thumbnail);
    picture
}

/// Returns a picture that is no larger than a window shows it.
fn reduced(image: &ImageData) -> ColorImage {
    let longest = image.size().into_iter().max().unwrap_or(0) as usize;
    let (size, rgba) = image.reduced(longest.div_ceil(MOST_PIXELS));
    ColorImage::from_rgba_unmultiplied(size, &rgba)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_made_as_small_as_they_are_shown() {
        let size = |size: [u32; 2]| {
            let mut file = Vec::new();
            let mut encoder = png::Encoder::new(&mut file, size[0], size[1]);
            encoder.set_color(png::ColorType::Grayscale);
            let pixels = vec![9; (size[0] * size[1]) as usize];
            encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
            reduced(&ImageData::decode(file).unwrap()).size
        };
        assert_eq!(size([3, 2]), [3, 2]);
        assert_eq!(size([1024, 5]), [1024, 5]);
        assert_eq!(size([5, 2049]), [2, 683]);
    }
}
