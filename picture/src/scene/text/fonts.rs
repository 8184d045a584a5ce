//! Fonts for text.

use std::sync::{Arc, LazyLock};

use flate2::{Decompress, FlushDecompress};
use parley::fontique::Blob;
use skrifa::{FontRef, MetadataProvider as _};

static REGULAR: LazyLock<Vec<u8>> =
    LazyLock::new(|| inflated(include_bytes!(concat!(env!("OUT_DIR"), "/NotoSans-Regular.zz"))));
static BOLD: LazyLock<Vec<u8>> =
    LazyLock::new(|| inflated(include_bytes!(concat!(env!("OUT_DIR"), "/NotoSans-Bold.zz"))));

/// Returns a file that the build script has compressed.
fn inflated(compressed: &[u8]) -> Vec<u8> {
    let Some((length, compressed)) = compressed.split_first_chunk() else { return Vec::new() };
    let mut file = Vec::with_capacity(u32::from_le_bytes(*length) as usize);
    let done = Decompress::new(true).decompress_vec(compressed, &mut file, FlushDecompress::Finish);
    debug_assert!(done.is_ok(), "a font that cannot be read");
    file
}

/// Index of a font in a [`FontSet`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FontIndex(u16);

impl FontIndex {
    pub(super) const fn new(place: u16) -> Self {
        Self(place)
    }

    const fn place(self) -> usize {
        self.0 as usize
    }
}

/// Families of fonts, in the order in which they are searched for a character.
#[derive(Clone, Debug, Default)]
pub struct FontSet {
    families: Vec<FontFamily>,
    faces: Vec<FontFace>,
}

/// Faces of one design.
#[derive(Clone, Debug)]
pub struct FontFamily {
    /// The name by which the shaping library finds it, unique in the set.
    pub key: String,
    /// Its faces.
    pub faces: Vec<FontIndex>,
}

/// One face of a font file.
#[derive(Clone)]
pub struct FontFace {
    /// The file.
    pub data: Blob<u8>,
    /// Index of the font in a collection; 0 in a file with a single font.
    pub index: u32,
    /// The family, as the file spells it.
    pub family: String,
    /// The weight, from 1 to 1000, as in CSS: 400 is regular.
    pub weight: u16,
    /// Whether it is bundled with the program.
    pub is_carried: bool,
}

impl std::fmt::Debug for FontFace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.family, self.weight)
    }
}

impl FontFace {
    /// Creates a face from a system font. A face of a collection is converted to a file of its own, since the shaping
    /// library registers all fonts of a file.
    ///
    /// Returns `None` if the data are not a font.
    #[must_use]
    pub fn of_system(data: Blob<u8>, index: u32, family: String, weight: u16) -> Option<Self> {
        FontRef::from_index(data.as_ref(), index).ok()?;
        let (data, index) = match only_font(data.as_ref(), index) {
            Some(file) => (Blob::new(Arc::new(file)), 0),
            None => (data, index),
        };
        Some(Self { data, index, family, weight, is_carried: false })
    }

    fn carried(data: &'static [u8], weight: u16) -> Self {
        Self { data: Blob::new(Arc::new(data)), index: 0, family: "Noto Sans".to_owned(), weight, is_carried: true }
    }

    /// Returns the font, for reading its tables.
    #[must_use]
    pub fn font(&self) -> Option<FontRef<'_>> {
        FontRef::from_index(self.data.as_ref(), self.index).ok()
    }

    /// Returns whether it has a glyph for a character.
    #[must_use]
    pub fn has(&self, c: char) -> bool {
        self.font().is_some_and(|font| font.charmap().map(c).is_some())
    }
}

/// Returns a collection of fonts reduced to one of them. Returns `None` if the file is not a collection.
fn only_font(file: &[u8], index: u32) -> Option<Vec<u8>> {
    // A collection begins with its tag, its version, the number of its fonts, and the offset of each.
    const COUNT: std::ops::Range<usize> = 8..12;
    const FIRST: std::ops::Range<usize> = 12..16;
    if !file.starts_with(b"ttcf") {
        return None;
    }
    let start = FIRST.start + 4 * usize::try_from(index).ok()?;
    let place: [u8; 4] = file.get(start..start + 4)?.try_into().ok()?;
    let mut only = file.to_vec();
    only.get_mut(COUNT)?.copy_from_slice(&1_u32.to_be_bytes());
    only.get_mut(FIRST)?.copy_from_slice(&place);
    Some(only)
}

impl FontSet {
    /// Returns the fonts bundled with the program: Noto Sans, regular and bold.
    ///
    /// egui's own font has a single light weight; a hierarchy of text needs two real ones.
    #[must_use]
    pub fn carried() -> Self {
        // Each blob has an identity, which is the cache key of shaped text, so it is shared by all sets.
        static CARRIED: LazyLock<FontSet> = LazyLock::new(|| {
            let mut set = FontSet { families: Vec::new(), faces: Vec::new() };
            set.push(vec![FontFace::carried(&REGULAR, 400), FontFace::carried(&BOLD, 700)]);
            set
        });
        CARRIED.clone()
    }

    /// Adds a family after the others, for characters that those before it lack.
    pub fn push(&mut self, faces: Vec<FontFace>) {
        let key = format!("family {}", self.families.len());
        let first = self.faces.len();
        self.faces.extend(faces);
        let indexes = (first..self.faces.len()).filter_map(|place| u16::try_from(place).ok()).map(FontIndex);
        self.families.push(FontFamily { key, faces: indexes.collect() });
    }

    /// Returns the families, in the order in which they are searched for a character.
    #[must_use]
    pub fn families(&self) -> &[FontFamily] {
        &self.families
    }

    /// Returns all faces.
    pub fn faces(&self) -> impl Iterator<Item = (FontIndex, &FontFace)> {
        self.faces.iter().enumerate().filter_map(|(place, face)| Some((FontIndex(u16::try_from(place).ok()?), face)))
    }

    /// Returns a face. Returns `None` if the index is of another set.
    #[must_use]
    pub fn face(&self, index: FontIndex) -> Option<&FontFace> {
        self.faces.get(index.place())
    }

    /// Returns whether any face has a glyph for a character.
    #[must_use]
    pub fn has(&self, c: char) -> bool {
        self.faces.iter().any(|face| face.has(c))
    }

    /// Returns the face for a character in a weight: that of the first family that has it, in the nearest weight.
    /// Returns `None` if none has it.
    #[must_use]
    pub fn face_for(&self, c: char, bold: bool) -> Option<FontIndex> {
        let wanted: u16 = if bold { 700 } else { 400 };
        let away = |index: &FontIndex| self.face(*index).map_or(u16::MAX, |face| face.weight.abs_diff(wanted));
        self.families.iter().find_map(|family| {
            let having = family.faces.iter().filter(|index| self.face(**index).is_some_and(|face| face.has(c)));
            having.copied().min_by_key(away)
        })
    }
}

#[cfg(test)]
mod tests {
    use skrifa::raw::TableProvider as _;

    use super::*;

    #[test]
    fn the_carried_fonts_have_two_weights_of_the_same_letters() {
        let set = FontSet::carried();
        let weights: Vec<u16> = set.faces().map(|(_, face)| face.weight).collect();
        assert_eq!(weights, [400, 700]);
        for c in "Aé–—“”¶Жλ−…×±".chars() {
            let [regular, bold] = [false, true].map(|bold| set.face_for(c, bold).expect("a face"));
            assert_ne!(regular, bold, "{c}");
        }
        assert_eq!(set.face_for('조', false), None);
    }

    #[test]
    fn a_font_of_a_collection_is_on_its_own() {
        // Both bundled fonts after the header of a collection, with the offsets of their tables adjusted.
        const HEAD: usize = 20;
        let mut file = [b"ttcf".to_vec(), [1_u32 << 16, 2].map(u32::to_be_bytes).concat()].concat();
        let starts = [HEAD, HEAD + REGULAR.len()];
        file.extend(starts.map(|start| (start as u32).to_be_bytes()).concat());
        for (font, start) in [&*REGULAR, &*BOLD].into_iter().zip(starts) {
            let mut font = font.clone();
            let tables = usize::from(u16::from_be_bytes([font[4], font[5]]));
            for record in (0..tables).map(|table| 12 + 16 * table + 8) {
                let place = u32::from_be_bytes(font[record..record + 4].try_into().expect("four bytes"));
                font[record..record + 4].copy_from_slice(&(place + start as u32).to_be_bytes());
            }
            file.extend(font);
        }
        let width = |face: &FontFace| {
            let font = face.font().expect("a font");
            let metrics =
                font.glyph_metrics(skrifa::instance::Size::new(10.0), skrifa::instance::LocationRef::default());
            metrics.advance_width(font.charmap().map('m').expect("a letter"))
        };
        let whole: Vec<_> = FontSet::carried().faces().map(|(_, face)| width(face)).collect();
        assert_ne!(whole[0], whole[1]);
        for (index, expect) in (0..2).zip(whole) {
            let face = FontFace::of_system(Blob::new(Arc::new(file.clone())), index, "Both".to_owned(), 400);
            let face = face.expect("a font");
            assert_eq!((face.index, width(&face)), (0, expect));
            let mut set = FontSet::default();
            set.push(vec![face]);
            let style = super::super::TextStyle { size: 10.0, bold: false };
            let shaped = super::super::TextEngine::new(set).line("m", style, f32::INFINITY);
            assert!((shaped.size.x - expect.expect("a width")).abs() < 0.01, "{} {expect:?}", shaped.size.x);
        }
        assert!(FontFace::of_system(Blob::new(Arc::new(file)), 2, "None".to_owned(), 400).is_none());
    }

    #[test]
    fn accents_that_stand_for_themselves_are_letters() {
        const MARK: u16 = 3;
        for (_, face) in FontSet::carried().faces() {
            let font = face.font().expect("a font");
            let classes = font.gdef().expect("a GDEF").glyph_class_def().expect("classes").expect("classes");
            let class = |c: char| {
                let glyph = font.charmap().map(c).expect("a glyph").to_u32();
                classes.get(skrifa::GlyphId16::new(u16::try_from(glyph).expect("a small font")))
            };
            for accent in "`´¨¸ˆˇ˘˙˚˛˜˝΄΅".chars() {
                assert_ne!(class(accent), MARK, "{accent} {face:?}");
            }
            for mark in ['\u{300}', '\u{308}', '\u{483}'] {
                assert_eq!(class(mark), MARK, "{mark:?} {face:?}");
            }
        }
    }
}
