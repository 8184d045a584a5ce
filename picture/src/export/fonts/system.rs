//! System fonts, for characters that the bundled ones lack.
//!
//! System fonts are searched only if a character is missing: the search takes time, and the file then depends on the
//! machine, which is why it is reported (see [`Substitutes`](super::Substitutes)).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use parley::fontique::{Blob, Collection, CollectionOptions, FontInfo, FontStyle, FontWidth};
use skrifa::raw::TableProvider as _;
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider as _, Tag};

use crate::scene::text::{FontFace, FontSet};
use crate::sorting;

use super::characters::seen_in;
use super::folders::font_folders;

/// The weight of regular text, as in CSS.
const REGULAR: f32 = 400.0;
/// The weight of bold text, as in CSS.
const BOLD: f32 = 700.0;

/// Fonts for a text, and the characters that they lack.
#[derive(Clone, Debug, Default)]
pub struct NeededFonts {
    /// The given fonts followed by the additional system fonts that the text needs; `None` if it needs none, or the
    /// system has none.
    pub fonts: Option<FontSet>,
    /// Characters that no available font has, which are shown as boxes.
    pub missing: BTreeSet<char>,
}

impl NeededFonts {
    /// Returns the fonts that a document needs in addition to `base`: the system fonts are searched only if it needs
    /// any.
    ///
    /// The first search of a process reads the names of all system fonts, which takes time.
    #[must_use]
    pub fn for_text(text: &str, base: &FontSet) -> Self {
        Self::for_characters(lacking(text, base), base)
    }

    /// Returns the fonts for characters that `base` lacks.
    #[must_use]
    pub fn for_characters(wanted: BTreeSet<char>, base: &FontSet) -> Self {
        static SYSTEM: LazyLock<Vec<SystemFont>> = LazyLock::new(|| system_fonts(&font_folders()));
        if wanted.is_empty() { Self::default() } else { add(wanted, base, &SYSTEM) }
    }
}

/// Returns the characters of a document that no font of a set has.
#[must_use]
pub fn lacking(text: &str, fonts: &FontSet) -> BTreeSet<char> {
    let mut wanted = seen_in(text);
    let known: Vec<_> = fonts.faces().filter_map(|(_, face)| Some(face.font()?.charmap())).collect();
    wanted.retain(|c| known.iter().all(|charmap| charmap.map(*c).is_none()));
    wanted
}

/// An upright system font of normal width.
struct SystemFont {
    family: String,
    info: FontInfo,
}

impl SystemFont {
    /// Returns the nearest weight that it can be set in.
    fn weight_near(&self, wanted: f32) -> f32 {
        let axis = self.info.axes().iter().find(|axis| axis.tag == Tag::new(b"wght"));
        axis.map_or(self.info.weight().value(), |axis| wanted.max(axis.min).min(axis.max))
    }

    /// Creates the face for one of its weights from the data of the file.
    fn face(&self, data: Blob<u8>, weight: f32) -> Option<FontFace> {
        let weight = self.weight_near(weight).round() as u16;
        FontFace::of_system(data, self.info.index(), self.family.clone(), weight)
    }
}

/// Returns all upright fonts of normal width in some folders.
fn system_fonts(folders: &[std::path::PathBuf]) -> Vec<SystemFont> {
    let mut collection = Collection::new(CollectionOptions { shared: false, system_fonts: false });
    collection.load_fonts_from_paths(folders);
    let families: BTreeSet<_> = collection.family_ids().collect();
    let families = families.into_iter().filter_map(|id| collection.family(id));
    let mut fonts = Vec::new();
    for family in families {
        let upright = family.fonts().iter().filter(|font| {
            font.style() == FontStyle::Normal && (font.width().ratio() - FontWidth::NORMAL.ratio()).abs() < 0.01
        });
        fonts.extend(upright.map(|info| SystemFont { family: family.name().to_owned(), info: info.clone() }));
    }
    fonts
}

/// Adds system fonts that have the `wanted` characters after the fonts of `base`.
fn add(wanted: BTreeSet<char>, base: &FontSet, system: &[SystemFont]) -> NeededFonts {
    let mut fonts = base.clone();
    let mut missing = wanted;
    let mut is_more = false;
    for candidate in candidates(&missing, system) {
        let served: BTreeSet<char> = missing.intersection(&candidate.has).copied().collect();
        if served.is_empty() {
            continue;
        }
        let Some(face) = candidate.font.face(candidate.data.clone(), REGULAR) else { continue };
        missing.retain(|c| !served.contains(c));
        let faces = [face].into_iter().chain(bold_of(&candidate, &served, system));
        fonts.push(faces.collect());
        is_more = true;
    }
    NeededFonts { fonts: is_more.then_some(fonts), missing }
}

/// A font that has some of the wanted characters.
struct Candidate<'s> {
    font: &'s SystemFont,
    data: Blob<u8>,
    has: BTreeSet<char>,
}

/// Returns the fonts of a regular weight that have any of the `wanted` characters, best first. The order does not
/// depend on that of the folders.
fn candidates<'s>(wanted: &BTreeSet<char>, system: &'s [SystemFont]) -> Vec<Candidate<'s>> {
    let mut found = BTreeMap::new();
    for font in system {
        let weight = font.weight_near(REGULAR);
        if !(300.0..=500.0).contains(&weight) {
            continue;
        }
        let Some(data) = font.info.load(None) else { continue };
        let Some((rank, has)) = ranked(font, &data, wanted) else { continue };
        found.entry(rank).or_insert(Candidate { font, data, has });
    }
    found.into_values().collect()
}

/// Returns how well a font matches the bundled ones, as a sort key, and which of the wanted characters it has. Returns
/// `None` if it has none of them.
fn ranked(font: &SystemFont, data: &Blob<u8>, wanted: &BTreeSet<char>) -> Option<(impl Ord + use<>, BTreeSet<char>)> {
    let read = FontRef::from_index(data.as_ref(), font.info.index()).ok()?;
    let charmap = read.charmap();
    let has: BTreeSet<char> = wanted.iter().copied().filter(|c| charmap.map(*c).is_some()).collect();
    if has.is_empty() {
        return None;
    }
    let family = &font.family;
    let is_for_typewriters = family.contains("Mono") || read.post().is_ok_and(|post| post.is_fixed_pitch() != 0);
    // The family of the bundled fonts first, then other sans-serif fonts.
    let kin = if family.starts_with("Noto Sans") {
        0
    } else if family.contains("Sans") || family.contains("Gothic") {
        1
    } else {
        2
    };
    let name: String = read
        .localized_strings(StringId::POSTSCRIPT_NAME)
        .english_or_first()
        .map_or_else(String::new, |name| name.chars().collect());
    let weight = (font.weight_near(REGULAR) - REGULAR).abs() as u16;
    Some(((is_for_typewriters, kin, weight, usize::MAX - has.len(), family.clone(), name), has))
}

/// Returns the bold face of a candidate's family, if it has any of the characters that the candidate sets. A variable
/// font with a bold weight needs none.
fn bold_of(candidate: &Candidate<'_>, served: &BTreeSet<char>, system: &[SystemFont]) -> Option<FontFace> {
    let is_bold = |weight: f32| (600.0..=800.0).contains(&weight);
    if is_bold(candidate.font.weight_near(BOLD)) {
        return None;
    }
    let of_family = system.iter().filter(|font| font.family == candidate.font.family);
    let mut bold: Vec<&SystemFont> = of_family.filter(|font| is_bold(font.weight_near(BOLD))).collect();
    sorting::by_key(&mut bold, |font| ((font.weight_near(BOLD) - BOLD).abs() as u16, font.info.index()));
    bold.into_iter().find_map(|font| {
        let data = font.info.load(None)?;
        ranked(font, &data, served)?;
        font.face(data, BOLD)
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::carried;
    use super::*;

    /// Returns folders with these font files.
    fn system(files: &[Vec<u8>]) -> (tempfile::TempDir, Vec<SystemFont>) {
        let folder = tempfile::tempdir().expect("a folder");
        for (number, bytes) in files.iter().enumerate() {
            std::fs::write(folder.path().join(format!("{number}.ttf")), bytes).expect("a writable folder");
        }
        std::fs::write(folder.path().join("readme.txt"), "no font").expect("a writable folder");
        let fonts = system_fonts(&[folder.path().to_owned(), folder.path().join("none")]);
        (folder, fonts)
    }

    #[test]
    fn a_system_without_fonts_has_nothing() {
        let wanted = BTreeSet::from(['조', '약']);
        let found = add(wanted.clone(), &FontSet::carried(), &[]);
        assert!(found.fonts.is_none() && found.missing == wanted);
    }

    #[test]
    fn a_text_that_the_carried_fonts_can_set_needs_no_others() {
        let base = FontSet::carried();
        for text in ["plain", r"\u{e9}", "Naïve café, “quoted” – ¶1", "Первый спутник", "a\u{200b}b"]
        {
            assert!(lacking(text, &base).is_empty(), "{text}");
            let needed = NeededFonts::for_text(text, &base);
            assert!(needed.fonts.is_none() && needed.missing.is_empty(), "{text}");
        }
        // The fonts of the system vary; the bundled ones always come first.
        let needed = NeededFonts::for_text("조약 and more", &base);
        assert!(needed.fonts.is_some() || needed.missing == BTreeSet::from(['조', '약']));
        if let Some(fonts) = needed.fonts {
            let carried: Vec<bool> = fonts.faces().map(|(_, face)| face.is_carried).collect();
            assert!(carried.starts_with(&[true, true]) && carried[2..].iter().all(|is_carried| !is_carried));
        }
    }

    #[test]
    fn the_best_face_serves_what_it_has_with_its_bold() {
        let (_folder, fonts) = system(&carried().map(|font| font));
        assert_eq!(fonts.len(), 2);
        let found = add(BTreeSet::from(['ж', 'é', '조']), &FontSet::default(), &fonts);
        assert_eq!(found.missing, BTreeSet::from(['조']));
        let set = found.fonts.expect("fonts");
        let faces: Vec<_> = set.faces().map(|(_, face)| (face.family.as_str(), face.weight, face.is_carried)).collect();
        assert_eq!(faces, [("Noto Sans", 400, false), ("Noto Sans", 700, false)]);
        assert_eq!(set.families().len(), 1);
        let weight = |bold| set.face_for('ж', bold).and_then(|index| set.face(index)).map(|face| face.weight);
        assert_eq!((weight(false), weight(true)), (Some(400), Some(700)));
    }

    #[test]
    fn fonts_that_have_the_wanted_characters_are_ranked() {
        let [regular, bold] = carried();
        let (_folder, fonts) = system(&[bold, regular]);
        let found = candidates(&BTreeSet::from(['ж']), &fonts);
        let weights: Vec<f32> = found.iter().map(|candidate| candidate.font.weight_near(REGULAR)).collect();
        assert_eq!(weights, [400.0], "a bold face is no regular one");
        assert!(candidates(&BTreeSet::from(['조']), &fonts).is_empty());
    }

    #[test]
    fn a_variable_font_is_its_own_bold() {
        let (_folder, fonts) = system(&[include_bytes!("../../../../tests/fixtures/fonts/weights.ttf").to_vec()]);
        let found = add(BTreeSet::from(['l']), &FontSet::default(), &fonts).fonts.expect("fonts");
        let faces: Vec<_> = found.faces().map(|(_, face)| (face.family.as_str(), face.weight)).collect();
        assert_eq!(faces, [("Weights", 400)]);
    }
}
