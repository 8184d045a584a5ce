//! Characters that the carried fonts lack, and the system's fonts that have them.
//!
//! A system's fonts are asked for only when something is missing: that takes time, and makes the file another one on
//! another machine, which is why it is told.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use egui::epaint::ClippedShape;
use egui::{FontData, FontDefinitions, Shape};
use resvg::usvg::fontdb;
use skrifa::{FontRef, MetadataProvider as _};

use crate::paint;

use super::characters::{is_ignorable, is_seen};
use super::substitutes::{Fallback, Substitutes};

/// The characters in the texts of `shapes` that no font of `definitions` has.
pub fn without_glyph(shapes: &[ClippedShape], definitions: &FontDefinitions) -> BTreeSet<char> {
    let mut wanted = BTreeSet::new();
    for shape in shapes {
        collect(&shape.shape, &mut wanted);
    }
    lacking(wanted, definitions)
}

/// Those of some characters that no font of `definitions` has.
fn lacking(mut wanted: BTreeSet<char>, definitions: &FontDefinitions) -> BTreeSet<char> {
    if !wanted.is_empty() {
        let fonts: Vec<_> = definitions
            .font_data
            .values()
            .filter_map(|data| FontRef::from_index((*data.font).as_ref(), data.index).ok())
            .collect();
        wanted.retain(|c| !fonts.iter().any(|font| font.charmap().map(*c).is_some()));
    }
    wanted
}

/// Characters that are seen and that a font could lack.
fn collect(shape: &Shape, wanted: &mut BTreeSet<char>) {
    match shape {
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(shape, wanted)),
        Shape::Text(text) => {
            wanted.extend(text.galley.job.text.chars().filter(|c| is_seen(*c)));
        }
        _ => {}
    }
}

/// Whether a character is set in the face of the one before it, whichever has it: joiners, and accents of all scripts.
pub fn goes_with_last(c: char) -> bool {
    is_ignorable(c) || matches!(c, '\u{300}'..='\u{36f}')
}

/// Whether a face of a font file has a glyph for a character.
pub fn covers(data: &[u8], index: u32, c: char) -> bool {
    FontRef::from_index(data, index).is_ok_and(|font| font.charmap().map(c).is_some())
}

/// How the names of the system's fonts begin among the definitions.
const SYSTEM: &str = "system ";

/// Whether a font among the definitions came from the system.
pub fn is_of_system(name: &str) -> bool {
    name.starts_with(SYSTEM)
}

/// Adds fonts of the system that have the `wanted` characters, behind the fonts of every family.
pub fn add_system_fonts(definitions: &mut FontDefinitions, wanted: &BTreeSet<char>) -> Substitutes {
    // Looking through all folders of fonts takes longer than drawing a picture.
    static SYSTEM: LazyLock<fontdb::Database> = LazyLock::new(|| {
        let mut system = fontdb::Database::new();
        system.load_system_fonts();
        system
    });
    add(definitions, wanted, &SYSTEM)
}

fn add(definitions: &mut FontDefinitions, wanted: &BTreeSet<char>, system: &fontdb::Database) -> Substitutes {
    let bold = paint::bold(1.0).family;
    let mut missing = wanted.clone();
    let mut fonts = Vec::new();
    for candidate in candidates(wanted, system) {
        let served: BTreeSet<char> = missing.intersection(&candidate.has).copied().collect();
        if served.is_empty() {
            continue;
        }
        let Some(data) = font_data(candidate.id, system) else { continue };
        missing.retain(|c| !served.contains(c));
        let number = fonts.len() + 1;
        if let Some(names) = definitions.families.get_mut(&bold)
            && let Some(face) = bold_of(&candidate, &served, system)
            && let Some(data) = font_data(face.id, system)
        {
            let name = format!("{SYSTEM}{number} {}", face.post_script_name);
            names.push(name.clone());
            definitions.font_data.insert(name, Arc::new(data));
        }
        let name = format!("{SYSTEM}{number} {}", candidate.name);
        definitions.font_data.insert(name.clone(), Arc::new(data));
        for family in definitions.families.values_mut() {
            family.push(name.clone());
        }
        fonts.push(Fallback { family: candidate.family, characters: served.into_iter().collect() });
    }
    Substitutes { fonts, missing: missing.into_iter().collect() }
}

fn font_data(id: fontdb::ID, system: &fontdb::Database) -> Option<FontData> {
    system.with_face_data(id, |data, index| FontData { index, ..FontData::from_owned(data.to_vec()) })
}

/// The bold face of a candidate's family, where it has any of the characters that the candidate sets.
fn bold_of<'s>(
    candidate: &Candidate,
    served: &BTreeSet<char>,
    system: &'s fontdb::Database,
) -> Option<&'s fontdb::FaceInfo> {
    let is_bold = |face: &&fontdb::FaceInfo| {
        face.style == fontdb::Style::Normal
            && face.stretch == fontdb::Stretch::Normal
            && (600..=800).contains(&face.weight.0)
            && face.families.iter().any(|(family, _)| *family == candidate.family)
            && served
                .iter()
                .any(|c| system.with_face_data(face.id, |data, index| covers(data, index, *c)) == Some(true))
    };
    let rank = |face: &&fontdb::FaceInfo| (face.weight.0.abs_diff(700), face.post_script_name.clone());
    system.faces().filter(is_bold).min_by_key(rank)
}

/// A face that has some of the wanted characters.
struct Candidate {
    id: fontdb::ID,
    family: String,
    name: String,
    has: BTreeSet<char>,
}

/// The upright, regular faces that have any of the `wanted` characters, the best first. The order does not depend on
/// that of the folders.
fn candidates(wanted: &BTreeSet<char>, system: &fontdb::Database) -> Vec<Candidate> {
    let upright = |face: &&fontdb::FaceInfo| {
        face.style == fontdb::Style::Normal
            && face.stretch == fontdb::Stretch::Normal
            && (300..=500).contains(&face.weight.0)
    };
    let mut found = Vec::new();
    for face in system.faces().filter(upright) {
        let has = system.with_face_data(face.id, |data, index| {
            let Ok(font) = FontRef::from_index(data, index) else { return BTreeSet::new() };
            let charmap = font.charmap();
            wanted.iter().copied().filter(|c| charmap.map(*c).is_some()).collect()
        });
        let Some(has) = has.filter(|has| !has.is_empty()) else { continue };
        let Some((family, _)) = face.families.first() else { continue };
        // Of the family of the carried fonts, then others without serifs; regular, and not for typewriters.
        let kin = if family.starts_with("Noto Sans") {
            0
        } else if family.contains("Sans") || family.contains("Gothic") {
            1
        } else {
            2
        };
        let rank =
            (face.monospaced || family.contains("Mono"), kin, face.weight.0.abs_diff(400), usize::MAX - has.len());
        let candidate = Candidate { id: face.id, family: family.clone(), name: face.post_script_name.clone(), has };
        found.push((rank, candidate));
    }
    found.sort_by(|(rank, a), (other, b)| (rank, &a.family, &a.name).cmp(&(other, &b.family, &b.name)));
    found.into_iter().map(|(_, candidate)| candidate).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn system() -> fontdb::Database {
        let mut system = fontdb::Database::new();
        let [regular, bold] = super::super::tests::carried();
        for font in [bold, regular] {
            system.load_font_source(fontdb::Source::Binary(Arc::new(font)));
        }
        system
    }

    fn definitions() -> FontDefinitions {
        let mut definitions = FontDefinitions::empty();
        definitions.families.insert(egui::FontFamily::Proportional, Vec::new());
        definitions
    }

    #[test]
    fn a_system_without_fonts_has_nothing() {
        let wanted = BTreeSet::from(['조', '약']);
        let mut definitions = definitions();
        let found = add(&mut definitions, &wanted, &fontdb::Database::new());
        assert_eq!(found, Substitutes { fonts: Vec::new(), missing: "약조".into() });
        assert!(definitions.font_data.is_empty());
    }

    #[test]
    fn bold_is_set_in_the_bold_face() {
        let wanted = BTreeSet::from(['ж']);
        let mut definitions = definitions();
        let bold = paint::bold(1.0).family;
        definitions.families.insert(bold.clone(), Vec::new());
        add(&mut definitions, &wanted, &system());
        assert_eq!(definitions.families[&egui::FontFamily::Proportional], ["system 1 NotoSans"]);
        assert_eq!(definitions.families[&bold], ["system 1 NotoSans-Bold", "system 1 NotoSans"]);
        let fonts = super::super::Fonts::new(&definitions);
        assert_eq!(fonts.stand_in(&bold, 1).map(|face| face.weight), Some(400));
        assert_eq!(fonts.face(&bold).weight, 700);
    }

    #[test]
    fn the_best_face_serves_what_it_has() {
        let wanted = BTreeSet::from(['ж', 'é', '조']);
        let mut definitions = definitions();
        let found = add(&mut definitions, &wanted, &system());
        let served = Fallback { family: "Noto Sans".into(), characters: "éж".into() };
        assert_eq!(found, Substitutes { fonts: vec![served], missing: "조".into() });
        assert_eq!(definitions.families[&egui::FontFamily::Proportional], ["system 1 NotoSans"]);
    }
}
