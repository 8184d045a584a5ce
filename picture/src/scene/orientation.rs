//! How the pixels of a photograph are turned: tag 0x0112 of Exif (CIPA DC-008, 4.6.4).

use super::exif::Exif;

/// How pixels are turned until they are as they were seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Orientation {
    /// Rows become columns, before anything else.
    is_transposed: bool,
    /// The first column becomes the last.
    is_mirrored: bool,
    /// The first row becomes the last.
    is_flipped: bool,
}

impl Orientation {
    /// Returns the orientation that the data of Exif say, which begin with a TIFF header; none if they say none.
    #[must_use]
    pub fn of_exif(exif: &[u8]) -> Self {
        match Exif::new(exif).and_then(Exif::orientation) {
            Some(value @ 2..=8) => Self {
                is_transposed: value >= 5,
                is_mirrored: matches!(value, 2 | 3 | 6 | 7),
                is_flipped: matches!(value, 3 | 4 | 7 | 8),
            },
            _ => Self::default(),
        }
    }

    /// Returns the orientation that the segment APP1 of a JPEG says.
    #[must_use]
    pub fn of_segment(segment: &[u8]) -> Self {
        segment.strip_prefix(b"Exif\0\0").map(Self::of_exif).unwrap_or_default()
    }

    /// Returns whether pixels stay where they are.
    #[must_use]
    pub fn is_upright(self) -> bool {
        self == Self::default()
    }

    /// Returns the width and height of the turned picture.
    #[must_use]
    pub const fn size(self, [width, height]: [u32; 2]) -> [u32; 2] {
        if self.is_transposed { [height, width] } else { [width, height] }
    }

    /// Turns pixels of four bytes, row by row from the top left. `size` is their width and height.
    #[must_use]
    pub fn turned(self, size: [u32; 2], pixels: &[u8]) -> Vec<u8> {
        let width = size[0] as usize;
        let [wide, high] = self.size(size).map(|side| side as usize);
        let mut turned = Vec::with_capacity(pixels.len());
        for y in 0..high {
            let y = if self.is_flipped { high - 1 - y } else { y };
            for x in 0..wide {
                let x = if self.is_mirrored { wide - 1 - x } else { x };
                let at = 4 * if self.is_transposed { x * width + y } else { y * width + x };
                turned.extend_from_slice(pixels.get(at..at + 4).unwrap_or(&[0; 4]));
            }
        }
        turned
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns data of Exif with the tag.
    fn exif(value: u16) -> Vec<u8> {
        let mut exif = b"MM\0*\0\0\0\x08\0\x02\x01\x0f\0\x02\0\0\0\x01\0\0\0\0\x01\x12\0\x03\0\0\0\x01".to_vec();
        exif.extend(value.to_be_bytes());
        exif.extend([0; 6]);
        exif
    }

    #[test]
    fn pixels_are_turned_as_the_tag_says() {
        let check = |value: u16, expect: [[u8; 2]; 3], size: [u32; 2]| {
            let orientation = Orientation::of_exif(&exif(value));
            // 1 2
            // 3 4
            // 5 6
            let pixels: Vec<u8> = (1..=6).flat_map(|pixel| [pixel; 4]).collect();
            let turned = orientation.turned([2, 3], &pixels);
            assert_eq!(orientation.size([2, 3]), size, "{value}");
            assert_eq!(turned.iter().step_by(4).copied().collect::<Vec<_>>(), expect.concat(), "{value}");
        };
        check(1, [[1, 2], [3, 4], [5, 6]], [2, 3]);
        check(2, [[2, 1], [4, 3], [6, 5]], [2, 3]);
        check(3, [[6, 5], [4, 3], [2, 1]], [2, 3]);
        check(4, [[5, 6], [3, 4], [1, 2]], [2, 3]);
        check(5, [[1, 3], [5, 2], [4, 6]], [3, 2]);
        check(6, [[5, 3], [1, 6], [4, 2]], [3, 2]);
        check(7, [[6, 4], [2, 5], [3, 1]], [3, 2]);
        check(8, [[2, 4], [6, 1], [3, 5]], [3, 2]);
        check(9, [[1, 2], [3, 4], [5, 6]], [2, 3]);
    }

    #[test]
    fn what_says_nothing_turns_nothing() {
        let whole = exif(6);
        assert!(!Orientation::of_exif(&whole).is_upright());
        for end in 0..whole.len() - 6 {
            assert!(Orientation::of_exif(&whole[..end]).is_upright(), "{end}");
        }
        assert!(Orientation::of_exif(b"II*\0\xff\xff\xff\xff").is_upright());
        assert!(Orientation::of_segment(b"http://ns.adobe.com/xap/1.0/\0").is_upright());
    }
}
