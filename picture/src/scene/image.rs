//! Images: both encoded, for formats that can embed them, and decoded, for all others.

use std::io::Cursor;

use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::orientation::Orientation;

const MAX_BYTES: usize = ImageData::MAX_BYTES;
/// Maximum length of a side of an image, in pixels.
const MAX_SIDE: u32 = 16_384;
/// Maximum number of pixels of an image: 256 MiB when decoded.
const MAX_PIXELS: u64 = 64 << 20;

/// The supported image formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageKind {
    /// Portable Network Graphics.
    Png,
    /// JPEG, baseline or progressive.
    Jpeg,
}

impl ImageKind {
    /// Returns the media type (RFC 2046).
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
        }
    }
}

/// A decoded image.
#[derive(Clone, PartialEq, Eq)]
pub struct ImageData {
    kind: ImageKind,
    encoded: Vec<u8>,
    size: [u32; 2],
    rgba: Vec<u8>,
    /// Whether the pixels of the file are turned.
    is_turned: bool,
}

impl std::fmt::Debug for ImageData {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [width, height] = self.size;
        write!(f, "{:?} of {width} x {height} pixels", self.kind)
    }
}

/// An error of decoding an image.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImageError {
    /// It is neither a PNG nor a JPEG.
    #[error("this is neither a PNG nor a JPEG")]
    UnknownKind,
    /// It is a picture of another kind.
    #[error("this is a picture in {0}; only PNG and JPEG can be shown")]
    OtherKind(&'static str),
    /// The file is too large.
    #[error("the picture has {bytes} bytes; it can have at most {MAX_BYTES}")]
    TooManyBytes {
        /// Bytes of the file.
        bytes: usize,
    },
    /// It has too many pixels.
    #[error("the picture has {width} x {height} pixels; a side can have at most {MAX_SIDE}, and all {MAX_PIXELS}")]
    TooManyPixels {
        /// Width, in pixels.
        width: u32,
        /// Height, in pixels.
        height: u32,
    },
    /// Its data are corrupt.
    #[error("the picture cannot be decoded: {0}")]
    Broken(String),
}

impl ImageData {
    /// Maximum size of an image file, in bytes.
    pub const MAX_BYTES: usize = 64 << 20;

    /// Decodes an image; the format is detected from its first bytes. The pixels of a photograph are turned as its Exif data
    /// say.
    ///
    /// # Errors
    /// Returns an error if the bytes are neither PNG nor JPEG, are corrupt, or exceed 64 MiB, 16,384 pixels a side or
    /// 67 million pixels in total.
    pub fn decode(encoded: Vec<u8>) -> Result<Self, ImageError> {
        if encoded.len() > MAX_BYTES {
            return Err(ImageError::TooManyBytes { bytes: encoded.len() });
        }
        if encoded.starts_with(b"\x89PNG\r\n\x1a\n") {
            let (size, rgba) = png(&encoded)?;
            Ok(Self { kind: ImageKind::Png, encoded, size, rgba, is_turned: false })
        } else if encoded.starts_with(b"\xff\xd8\xff") {
            let (size, rgba, orientation) = jpeg(&encoded)?;
            let is_turned = !orientation.is_upright();
            let rgba = if is_turned { orientation.turned(size, &rgba) } else { rgba };
            Ok(Self { kind: ImageKind::Jpeg, encoded, size: orientation.size(size), rgba, is_turned })
        } else {
            Err(unknown_kind(&encoded))
        }
    }

    /// Returns the image of these pixels, given as [`rgba`](Self::rgba) has them, as a PNG. Returns `None` if they are not
    /// as many as the size says.
    pub(super) fn of_pixels(size: [u32; 2], rgba: Vec<u8>) -> Option<Self> {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, size[0], size[1]);
        encoder.set_color(png::ColorType::Rgba);
        encoder.write_header().ok()?.write_image_data(&rgba).ok()?;
        Some(Self { kind: ImageKind::Png, encoded: file, size, rgba, is_turned: false })
    }

    /// Returns the same file with other pixels of the same picture.
    pub(super) fn with_pixels(self, size: [u32; 2], rgba: Vec<u8>) -> Self {
        Self { size, rgba, ..self }
    }

    /// Returns the format of the file.
    #[must_use]
    pub const fn kind(&self) -> ImageKind {
        self.kind
    }

    /// Returns whether the pixels of the file are turned otherwise than [`rgba`](Self::rgba) has them, which not every program
    /// that an image is embedded for knows how to undo.
    pub(super) const fn is_turned(&self) -> bool {
        self.is_turned
    }

    /// Returns the bytes of the file.
    #[must_use]
    pub fn encoded(&self) -> &[u8] {
        &self.encoded
    }

    /// Returns the width and height of the decoded image, in pixels: those of the file, or less.
    #[must_use]
    pub const fn size(&self) -> [u32; 2] {
        self.size
    }

    /// Returns the pixels from the top left, row by row: red, green, blue and alpha, not premultiplied.
    #[must_use]
    pub fn rgba(&self) -> &[u8] {
        &self.rgba
    }
}

/// Rejects sizes that would take too much memory; returns those that would not.
///
/// # Errors
/// Returns an error if a side is longer than 16,384 pixels, or if there are more than 67 million in total.
pub fn check_size(width: u32, height: u32) -> Result<[u32; 2], ImageError> {
    let too_many = width.max(height) > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS;
    if too_many { Err(ImageError::TooManyPixels { width, height }) } else { Ok([width, height]) }
}

fn png(encoded: &[u8]) -> Result<([u32; 2], Vec<u8>), ImageError> {
    let broken = |error: png::DecodingError| ImageError::Broken(error.to_string());
    let mut decoder = png::Decoder::new(Cursor::new(encoded));
    decoder.set_transformations(png::Transformations::normalize_to_color8() | png::Transformations::ALPHA);
    let mut reader = decoder.read_info().map_err(broken)?;
    let size = check_size(reader.info().width, reader.info().height)?;
    let length = reader.output_buffer_size().ok_or_else(|| ImageError::Broken("it is too large".to_owned()))?;
    let mut pixels = vec![0; length];
    let frame = reader.next_frame(&mut pixels).map_err(broken)?;
    pixels.truncate(frame.buffer_size());
    let rgba = match frame.color_type {
        png::ColorType::GrayscaleAlpha => {
            pixels.chunks_exact(2).flat_map(|pixel| [pixel[0], pixel[0], pixel[0], pixel[1]]).collect()
        }
        png::ColorType::Rgba => pixels,
        other => return Err(ImageError::Broken(format!("its pixels are {other:?}"))),
    };
    Ok((size, rgba))
}

/// Returns what a file is, whose first bytes are neither those of a PNG nor of a JPEG.
#[must_use]
pub fn unknown_kind(begins: &[u8]) -> ImageError {
    const KINDS: [(usize, &[u8], &str); 7] = [
        (8, b"WEBP", "WebP"),
        (0, b"GIF8", "GIF"),
        (0, b"II*\0", "TIFF"),
        (0, b"MM\0*", "TIFF"),
        (4, b"ftypavif", "AVIF"),
        (4, b"ftyphei", "HEIC"),
        (4, b"ftypmif1", "HEIC"),
    ];
    let is_it = |at: usize, sign: &[u8]| begins.get(at..).is_some_and(|rest| rest.starts_with(sign));
    let found = KINDS.iter().find(|(at, sign, _)| is_it(*at, sign));
    found.map_or(ImageError::UnknownKind, |(_, _, kind)| ImageError::OtherKind(kind))
}

fn jpeg(encoded: &[u8]) -> Result<([u32; 2], Vec<u8>, Orientation), ImageError> {
    let options = DecoderOptions::default()
        .jpeg_set_out_colorspace(ColorSpace::RGBA)
        .set_max_width(MAX_SIDE as usize)
        .set_max_height(MAX_SIDE as usize);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(encoded), options);
    let broken = |error: zune_jpeg::errors::DecodeErrors| ImageError::Broken(format!("{error:?}"));
    decoder.decode_headers().map_err(broken)?;
    let (width, height) = decoder.dimensions().ok_or_else(|| ImageError::Broken("it has no size".to_owned()))?;
    let as_u32 = |pixels: usize| u32::try_from(pixels).unwrap_or(u32::MAX);
    let size = check_size(as_u32(width), as_u32(height))?;
    let pixels = decoder.decode().map_err(broken)?;
    let orientation = decoder.exif().map(|exif| Orientation::of_exif(exif)).unwrap_or_default();
    Ok((size, pixels, orientation))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a PNG of these pixels.
    fn encoded(size: [u32; 2], color: png::ColorType, pixels: &[u8]) -> Vec<u8> {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, size[0], size[1]);
        encoder.set_color(color);
        encoder.write_header().unwrap().write_image_data(pixels).unwrap();
        file
    }

    #[test]
    fn pngs_are_decoded_to_rgba() {
        let rgb = ImageData::decode(encoded([2, 1], png::ColorType::Rgb, &[1, 2, 3, 4, 5, 6])).unwrap();
        assert_eq!((rgb.kind(), rgb.size(), rgb.rgba()), (ImageKind::Png, [2, 1], &[1, 2, 3, 255, 4, 5, 6, 255][..]));
        let gray = ImageData::decode(encoded([1, 2], png::ColorType::Grayscale, &[9, 200])).unwrap();
        assert_eq!(gray.rgba(), [9, 9, 9, 255, 200, 200, 200, 255]);
    }

    #[test]
    fn photographs_are_turned_as_they_say() {
        let upright = include_bytes!("../../../tests/fixtures/images/quadrants.jpg");
        let exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x03\0\0\0\0\0\0\0";
        let mut turned = upright[..2].to_vec();
        turned.extend([0xff, 0xe1, 0, exif.len() as u8 + 2]);
        turned.extend(exif);
        turned.extend(&upright[2..]);
        let (upright, turned) = (ImageData::decode(upright.to_vec()).unwrap(), ImageData::decode(turned).unwrap());
        assert_eq!(upright.size(), turned.size());
        assert!(upright.rgba().chunks(4).eq(turned.rgba().chunks(4).rev()), "half a turn");
        // Where it is embedded it is so too, as there it may be shown as the file has it.
        let thumbnail = turned.clone().thumbnail(1_000).unwrap();
        assert_eq!((thumbnail.kind(), thumbnail.rgba()), (ImageKind::Png, turned.rgba()));
        assert_eq!(upright.thumbnail(1_000).unwrap().kind(), ImageKind::Jpeg);
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        let fails = |bytes: &[u8]| ImageData::decode(bytes.to_vec()).unwrap_err().to_string();
        assert_eq!(fails(b"GIF9"), "this is neither a PNG nor a JPEG");
        assert_eq!(fails(b"GIF89a"), "this is a picture in GIF; only PNG and JPEG can be shown");
        assert_eq!(fails(b"RIFF\0\0\0\0WEBPVP8 "), "this is a picture in WebP; only PNG and JPEG can be shown");
        let whole = encoded([2, 2], png::ColorType::Grayscale, &[0, 1, 2, 3]);
        assert!(fails(&whole[..40]).starts_with("the picture cannot be decoded"));
        assert!(fails(b"\xff\xd8\xff\xe0").starts_with("the picture cannot be decoded"));
        let mut huge = whole;
        huge[16..20].copy_from_slice(&20_000_u32.to_be_bytes());
        // The checksum of the header is not updated: a decoder that ignores it must reject the size.
        assert!(fails(&huge).contains("20000 x 2") || fails(&huge).contains("CRC"), "{}", fails(&huge));
    }
}
