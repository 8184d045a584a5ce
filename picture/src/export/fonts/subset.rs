//! Subsets of fonts.

use std::collections::BTreeSet;

use skera::{DEFAULT_DROP_TABLES, DEFAULT_LAYOUT_FEATURES, Plan, SubsetFlags, subset_font};
use skrifa::raw::TableProvider as _;
use skrifa::raw::collections::IntSet;
use skrifa::raw::types::{NameId, Tag};
use skrifa::{FontRef, GlyphId};

/// Returns the face at `index` of a font file reduced to the glyphs for `characters` and their joining, kerning and
/// stacking. Returns `None` if the font is corrupt or does not have TrueType outlines.
pub fn subset(data: &[u8], index: u32, characters: &BTreeSet<char>) -> Option<Vec<u8>> {
    let font = FontRef::from_index(data, index).ok()?;
    font.glyf().ok()?;
    let everything = |mut set: IntSet<Tag>| {
        set.invert();
        set
    };
    let mut names = IntSet::<NameId>::empty();
    // Copyright, family, style, identifier, full name, version, PostScript name.
    names.insert_range(NameId::new(0)..=NameId::new(6));
    let mut languages = IntSet::<u16>::empty();
    // English (United States), which every font provides.
    languages.insert(0x0409);
    let plan = Plan::new(
        &IntSet::<GlyphId>::empty(),
        &characters.iter().map(|c| u32::from(*c)).collect(),
        &font,
        // Hinting is only for low-resolution screens, and makes up half of the file.
        SubsetFlags::SUBSET_FLAGS_NO_HINTING,
        &DEFAULT_DROP_TABLES.iter().copied().collect(),
        &everything(IntSet::empty()),
        &DEFAULT_LAYOUT_FEATURES.iter().copied().collect(),
        &names,
        &languages,
    );
    subset_font(&font, &plan).ok()
}

#[cfg(test)]
mod tests {
    use super::super::tests::carried;
    use super::*;
    use skrifa::MetadataProvider as _;

    #[test]
    fn what_is_left_is_a_small_font_with_the_same_widths() {
        let characters: BTreeSet<char> = "Treaty fi é".chars().collect();
        let [regular, _] = carried();
        let part = subset(&regular, 0, &characters).expect("a font");
        assert!(part.len() < 20_000, "{} bytes", part.len());
        let (whole, part) = (FontRef::new(&regular).expect("a font"), FontRef::new(&part).expect("a font"));
        let width = |font: &FontRef<'_>, c: char| {
            let metrics =
                font.glyph_metrics(skrifa::instance::Size::unscaled(), skrifa::instance::LocationRef::default());
            font.charmap().map(c).and_then(|glyph| metrics.advance_width(glyph))
        };
        for c in characters {
            assert_eq!(width(&part, c), width(&whole, c), "{c:?}");
        }
        assert_eq!(width(&part, 'Q'), None);
        assert!(part.gpos().is_ok(), "kerning is kept");
    }

    #[test]
    fn the_same_characters_give_the_same_bytes() {
        let characters: BTreeSet<char> = ('a'..='z').collect();
        let [_, bold] = carried();
        let part = subset(&bold, 0, &characters);
        assert!(part.is_some() && part == subset(&bold, 0, &characters));
    }

    #[test]
    fn what_is_no_font_gives_nothing() {
        assert_eq!(subset(b"not a font at all", 0, &BTreeSet::from(['a'])), None);
        assert_eq!(subset(&carried()[0], 7, &BTreeSet::from(['a'])), None);
    }
}
