//! Smaller versions of images.

use super::image::{ImageData, ImageKind};

/// Maximum size of a file that a thumbnail keeps as it is, in bytes.
const SMALL_FILE: usize = 256 << 10;
/// Maximum number of its pixels.
const MOST_PIXELS: usize = 1 << 20;

impl ImageData {
    /// Returns the width and height of the image in which each pixel is the mean of a square of `step` by `step` of
    /// these, and its pixels as [`rgba`](Self::rgba) has them. At the right and lower edges squares may be cut off.
    #[must_use]
    pub fn reduced(&self, step: usize) -> ([usize; 2], Vec<u8>) {
        let step = step.max(1);
        let [width, height] = self.size().map(|side| (side as usize).div_ceil(step));
        let mut rgba = Vec::with_capacity(width * height * 4);
        for y in 0..height {
            for x in 0..width {
                rgba.extend(mean(self, [x * step, y * step], step));
            }
        }
        ([width, height], rgba)
    }

    /// Returns the image for a thumbnail at least this high, in pixels. A small file is kept as it is, that of a JPEG even if
    /// its pixels are reduced, as it need not be decoded where it is embedded, but not if its pixels are turned; else the
    /// image is less than twice as high, and a PNG. Returns `None` if it cannot be encoded.
    #[must_use]
    pub fn thumbnail(self, height: u32) -> Option<Self> {
        let [wide, high] = self.size().map(|side| side as usize);
        let (is_small, has_few) = (self.encoded().len() <= SMALL_FILE && !self.is_turned(), wide * high <= MOST_PIXELS);
        if is_small && has_few {
            return Some(self);
        }
        // A strip of any length is not higher than a thumbnail is.
        let step = (high / height.max(1) as usize).max(wide.div_ceil(MOST_PIXELS / high.max(1)).max(1));
        let (size, rgba) = self.reduced(step);
        let size = size.map(|side| side as u32);
        if is_small && self.kind() == ImageKind::Jpeg {
            return Some(self.with_pixels(size, rgba));
        }
        Self::of_pixels(size, rgba)
    }
}

/// Returns the mean colour of a square, as far as it is within the image: red, green and blue weighted with alpha, and
/// alpha.
fn mean(image: &ImageData, [left, top]: [usize; 2], side: usize) -> [u8; 4] {
    let [width, height] = image.size().map(|side| side as usize);
    let (right, bottom) = ((left + side).min(width), (top + side).min(height));
    let (mut sum, mut alpha, mut count) = ([0_u64; 3], 0_u64, 0_u64);
    for y in top..bottom {
        let row = image.rgba().get((y * width + left) * 4..(y * width + right) * 4).unwrap_or_default();
        for pixel in row.chunks_exact(4) {
            let &[red, green, blue, opacity] = pixel else { continue };
            let opacity = u64::from(opacity);
            for (sum, part) in sum.iter_mut().zip([red, green, blue]) {
                *sum += u64::from(part) * opacity;
            }
            alpha += opacity;
            count += 1;
        }
    }
    let [red, green, blue] = sum.map(|sum| sum.checked_div(alpha).unwrap_or(0) as u8);
    [red, green, blue, alpha.checked_div(count).unwrap_or(0) as u8]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns an image of one colour for each row of pixels.
    fn image(size: [u32; 2], color: impl Fn(u32) -> [u8; 4]) -> ImageData {
        let pixels: Vec<u8> = (0..size[1]).flat_map(|y| color(y).repeat(size[0] as usize)).collect();
        ImageData::of_pixels(size, pixels).expect("an image")
    }

    #[test]
    fn each_pixel_is_the_mean_of_a_square() {
        let same = image([3, 2], |y| [y as u8 * 100, 0, 0, 255]);
        assert_eq!(same.reduced(1), ([3, 2], same.rgba().to_vec()));
        let (size, rgba) = image([5, 2049], |y| if y % 2 == 0 { [200, 0, 0, 255] } else { [0, 0, 0, 255] }).reduced(3);
        assert_eq!(size, [2, 683]);
        assert!(rgba.chunks_exact(4).all(|pixel| matches!(pixel, [66 | 133, 0, 0, 255])), "{:?}", &rgba[..8]);
        let half_seen = image([1, 2], |y| if y == 0 { [200, 10, 0, 255] } else { [0, 0, 0, 0] }).reduced(2);
        assert_eq!(half_seen, ([1, 1], vec![200, 10, 0, 127]), "what is not seen has no colour");
    }

    #[test]
    fn a_thumbnail_is_a_small_file_or_a_small_image() {
        let small = image([300, 200], |_| [9, 9, 9, 255]);
        assert_eq!(small.clone().thumbnail(192), Some(small), "a small file is kept");
        // Of one colour, its file is small; its pixels are not.
        let check = |size: [u32; 2], expect: [u32; 2]| {
            let found = image(size, |y| [y as u8, 0, 0, 255]).thumbnail(192).expect("a thumbnail");
            assert_eq!((found.size(), found.kind()), (expect, ImageKind::Png), "{size:?}");
        };
        check([4000, 3000], [267, 200]);
        check([1600, 1150], [320, 230]);
        check([16_000, 100], [8000, 50]);
    }
}
