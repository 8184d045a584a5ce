//! The fonts of a document: their names, and the carried ones in the file itself.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use base64::Engine as _;

use crate::scene::text::{FontIndex, FontSet};

use super::super::fonts::subset;

/// Families whose letters are about as wide as Noto Sans's, for a viewer that neither has it nor reads it from the file.
const SIMILAR: &str = "'Open Sans', 'Droid Sans', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";

/// A family as a CSS string.
pub fn css_name(family: &str) -> String {
    let name: String = family.chars().filter(|c| !c.is_control() && !matches!(c, '\'' | '\\' | '<')).collect();
    format!("'{name}'")
}

/// A CSS list of all families in the order in which a character is looked for, then of those that come near to them.
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

/// CSS rules that hold the fonts themselves, each cut down to the characters that are set in it.
///
/// Fonts of the system are left out: not every one may be passed on, nor can every one be cut down. Their names are in
/// the list of families, so that a viewer looks for them on its own system.
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
