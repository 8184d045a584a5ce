//! The fonts of a document: their names, and the embedded bundled fonts.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use base64::Engine as _;

use crate::scene::text::{FontIndex, FontSet};

use super::super::fonts::subset;

/// Families about as wide as Noto Sans, for a viewer that neither has it nor reads it from the file.
const SIMILAR: &str = "'Open Sans', 'Droid Sans', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";

/// Returns a family as a CSS string.
pub fn css_name(family: &str) -> String {
    let name: String = family.chars().filter(|c| !c.is_control() && !matches!(c, '\'' | '\\' | '<')).collect();
    format!("'{name}'")
}

/// Returns a CSS list of all families in the order in which they are searched for a character, then of similar ones.
pub fn css_families(fonts: &FontSet) -> String {
    let mut names: Vec<String> = Vec::new();
    for (_, face) in fonts.faces() {
        let name = css_name(&face.family);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.push(SIMILAR.to_owned());
    names.join(", ")
}

/// Returns CSS rules with the embedded fonts, each reduced to the characters that are set in it.
///
/// System fonts are not embedded: not every licence permits it, nor can every font be reduced. Their names are in the
/// list of families, so that a viewer searches for them on its own system.
pub fn font_faces(fonts: &FontSet, characters: &BTreeMap<FontIndex, BTreeSet<char>>) -> String {
    let mut css = String::new();
    for (index, characters) in characters {
        let Some(face) = fonts.face(*index).filter(|face| face.is_carried) else { continue };
        let Some(part) = subset(face.data.as_ref(), face.index, characters) else { continue };
        let data = base64::engine::general_purpose::STANDARD.encode(part);
        // Writing to a string cannot fail.
        let _ = writeln!(
            css,
            "@font-face{{font-family:{};font-weight:{};font-style:normal;src:url(data:font/ttf;base64,{data})}}",
            css_name(&face.family),
            face.weight
        );
    }
    css
}
