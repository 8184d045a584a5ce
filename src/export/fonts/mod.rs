//! egui's fonts, made known to usvg and put into files.

mod characters;
mod fallback;
mod folders;
mod missing;
mod subset;
mod substitutes;
mod system;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use egui::{FontDefinitions, FontFamily};
use resvg::usvg::{self, fontdb};

pub(super) use fallback::{add_system_fonts, goes_with_last, without_glyph};
pub use missing::missing_in;
pub(super) use subset::subset;
pub use substitutes::{Fallback, Substitutes};
pub use system::{NeededFonts, lacking};

/// How an SVG names one face.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Face {
    /// The family, as the font file itself spells it.
    pub family: String,
    /// The CSS weight; 400 is regular.
    pub weight: u16,
    /// Slanted by its designer: italic or oblique.
    pub italic: bool,
    /// Every character is equally wide.
    pub monospaced: bool,
}

impl Face {
    fn of(info: &fontdb::FaceInfo) -> Self {
        Self {
            family: info.families.first().map_or_else(|| "sans-serif".to_owned(), |(name, _)| name.clone()),
            weight: info.weight.0,
            italic: info.style != fontdb::Style::Normal,
            monospaced: info.monospaced,
        }
    }

    /// A CSS font list that still shows something sensible where the font is not installed.
    pub fn css_family(&self) -> String {
        let generic = if self.monospaced { "monospace" } else { "sans-serif" };
        format!("{}, {generic}", self.css_name())
    }

    /// The family as a CSS string.
    fn css_name(&self) -> String {
        let name: String = self.family.chars().filter(|c| !c.is_control() && !matches!(c, '\'' | '\\' | '<')).collect();
        format!("'{name}'")
    }
}

impl Default for Face {
    fn default() -> Self {
        Self { family: "sans-serif".to_owned(), weight: 400, italic: false, monospaced: false }
    }
}

/// Families whose letters are about as wide as Noto Sans's, for a viewer that neither has it nor reads it from the file.
const SIMILAR: &str = "'Open Sans', 'Droid Sans', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";

/// The fonts of [`FontDefinitions`], indexed for writing and for drawing SVG.
///
/// Build it once for all exports. No bytes are copied, and no system font is looked at, so that a picture
/// is the same on every machine.
#[derive(Clone, Debug)]
pub struct Fonts {
    database: Arc<fontdb::Database>,
    faces: BTreeMap<FontFamily, Face>,
    /// The faces of each family, in the order in which a character is looked for.
    chains: BTreeMap<FontFamily, Vec<fontdb::ID>>,
    /// The faces that the program carries.
    carried: BTreeSet<fontdb::ID>,
    default: Face,
}

impl Fonts {
    /// Indexes every font that `definitions` holds. A font that cannot be read is left out.
    #[must_use]
    pub fn new(definitions: &FontDefinitions) -> Self {
        let mut database = fontdb::Database::new();
        let mut loaded = BTreeMap::new();
        // usvg tries fallback faces in the order of loading: that of the families first, then what is left.
        let in_families = definitions.families.values().flatten();
        for name in in_families.chain(definitions.font_data.keys()) {
            if loaded.contains_key(name) {
                continue;
            }
            if let Some(data) = definitions.font_data.get(name) {
                loaded.insert(name, load(&mut database, data));
            }
        }

        let face_of = |names: &Vec<String>| {
            names
                .iter()
                .find_map(|name| loaded.get(name).copied().flatten())
                .and_then(|id| database.face(id))
                .map(Face::of)
        };
        let faces: BTreeMap<_, _> =
            definitions.families.iter().filter_map(|(family, names)| Some((family.clone(), face_of(names)?))).collect();
        let chain = |names: &Vec<String>| names.iter().filter_map(|name| loaded.get(name).copied().flatten()).collect();
        let chains = definitions.families.iter().map(|(family, names)| (family.clone(), chain(names))).collect();
        let default =
            faces.get(&FontFamily::Proportional).or_else(|| faces.values().next()).cloned().unwrap_or_default();
        // The last resort of usvg is its serif family, which would otherwise name a font that is not here.
        database.set_serif_family(&default.family);
        database.set_sans_serif_family(&default.family);
        let carried = |(name, id): (&&String, &Option<_>)| if fallback::is_of_system(name) { None } else { *id };
        let carried = loaded.iter().filter_map(carried).collect();
        Self { database: Arc::new(database), faces, chains, carried, default }
    }

    /// Settings with which usvg finds these fonts, for a PNG here or for any other consumer of the SVG.
    #[must_use]
    pub fn usvg_options(&self) -> usvg::Options<'static> {
        usvg::Options {
            font_family: self.default.family.clone(),
            fontdb: Arc::clone(&self.database),
            ..usvg::Options::default()
        }
    }

    /// The first face of an egui family, or the default face where the family has none.
    pub(super) fn face(&self, family: &FontFamily) -> &Face {
        self.faces.get(family).unwrap_or(&self.default)
    }

    /// The face of proportional text.
    pub(super) fn default_face(&self) -> &Face {
        &self.default
    }

    /// A CSS font list of all families here, the default first, then what comes near to it.
    pub(super) fn css_families(&self) -> String {
        let mut names = vec![self.default.css_name()];
        for info in self.database.faces() {
            let name = Face::of(info).css_name();
            if !names.contains(&name) {
                names.push(name);
            }
        }
        format!("{}, {SIMILAR}", names.join(", "))
    }

    /// CSS rules that carry the fonts themselves, each cut down to the characters that are set in it. Fonts of the
    /// system stay on the system: not every one may be passed on, nor can every one be cut down. Their names are in the
    /// list of families, so that a viewer looks for them where it is.
    pub(super) fn font_faces(&self, characters: &BTreeMap<FontFamily, BTreeSet<char>>) -> String {
        use base64::Engine as _;
        let mut used: BTreeMap<fontdb::ID, BTreeSet<char>> = BTreeMap::new();
        for (family, characters) in characters {
            let chain = self.chains.get(family).or_else(|| self.chains.get(&FontFamily::Proportional));
            for &c in characters {
                if let Some(&id) = chain.into_iter().flatten().find(|id| self.has(**id, c)) {
                    used.entry(id).or_default().insert(c);
                }
            }
        }
        let mut css = String::new();
        for (id, characters) in used.into_iter().filter(|(id, _)| self.carried.contains(id)) {
            let part =
                self.database.with_face_data(id, |data, index| subset::subset(data, index, &characters)).flatten();
            let (Some(part), Some(face)) = (part, self.database.face(id).map(Face::of)) else { continue };
            let style = if face.italic { "italic" } else { "normal" };
            let data = base64::engine::general_purpose::STANDARD.encode(part);
            // Writing to a string cannot fail.
            let _ = writeln!(
                css,
                "@font-face{{font-family:{};font-weight:{};font-style:{style};src:url(data:font/ttf;base64,{data})}}",
                face.css_name(),
                face.weight
            );
        }
        css
    }

    /// The place among the faces of a family of the one that sets a character: the first, which has a box for it, where
    /// none has it.
    pub(super) fn place_of(&self, family: &FontFamily, c: char) -> usize {
        self.chain(family).iter().position(|id| self.has(*id, c)).unwrap_or(0)
    }

    /// Whether any face of a family has a character.
    pub(super) fn have(&self, family: &FontFamily, c: char) -> bool {
        self.chain(family).iter().any(|id| self.has(*id, c))
    }

    /// The place of the face that sets all letters of a text, where one does.
    pub(super) fn sets_letters(&self, family: &FontFamily, text: &str) -> Option<usize> {
        let mut places = text.chars().filter(|c| c.is_alphabetic()).map(|c| self.place_of(family, c));
        let first = places.next()?;
        places.all(|place| place == first).then_some(first)
    }

    /// The same of a face that sets all else too.
    pub(super) fn sets_all(&self, family: &FontFamily, text: &str) -> Option<usize> {
        let place = self.sets_letters(family, text)?;
        let id = self.chain(family).get(place);
        let sets = |c: char| {
            c.is_whitespace()
                || goes_with_last(c)
                || id.is_some_and(|id| self.has(*id, c))
                || self.place_of(family, c) == place
        };
        text.chars().all(sets).then_some(place)
    }

    /// A face of a family by its place, unless it is the family's own.
    pub(super) fn stand_in(&self, family: &FontFamily, place: usize) -> Option<Face> {
        let id = self.chain(family).get(place).filter(|_| place > 0)?;
        self.database.face(*id).map(Face::of)
    }

    fn chain(&self, family: &FontFamily) -> &[fontdb::ID] {
        self.chains.get(family).map(Vec::as_slice).unwrap_or_default()
    }

    fn has(&self, id: fontdb::ID, c: char) -> bool {
        self.database.with_face_data(id, |data, index| fallback::covers(data, index, c)).unwrap_or_default()
    }
}

/// Loads the one face that egui reads from a file.
fn load(database: &mut fontdb::Database, data: &egui::FontData) -> Option<fontdb::ID> {
    let mut file = fontdb::Database::new();
    let ids = file.load_font_source(fontdb::Source::Binary(Arc::clone(&data.font)));
    let id = ids.get(usize::try_from(data.index).ok()?)?;
    Some(database.push_face_info(file.face(*id)?.clone()))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use egui::FontData;

    /// The bytes of the carried fonts: regular and bold.
    pub fn carried() -> [Vec<u8>; 2] {
        let set = crate::scene::text::FontSet::carried();
        let mut faces = set.faces().map(|(_, face)| face.data.as_ref().to_vec());
        [(); 2].map(|()| faces.next().expect("two faces"))
    }

    /// Noto Sans as regular and `bold`.
    pub fn definitions() -> FontDefinitions {
        let mut definitions = FontDefinitions::empty();
        let [regular, bold] = carried();
        for (name, bytes, family) in [("NotoSans-Regular", regular, None), ("NotoSans-Bold", bold, Some("bold"))] {
            definitions.font_data.insert(name.into(), Arc::new(FontData::from_owned(bytes)));
            let families = match family {
                None => vec![FontFamily::Proportional, FontFamily::Monospace],
                Some(family) => vec![FontFamily::Name(family.into())],
            };
            for family in families {
                definitions.families.insert(family, vec![name.into()]);
            }
        }
        definitions
    }

    #[test]
    fn each_family_names_its_own_face() {
        let fonts = Fonts::new(&definitions());
        let face = |family| {
            let face: &Face = fonts.face(&family);
            (face.family.clone(), face.weight)
        };
        let noto = "Noto Sans".to_owned();
        assert_eq!(face(FontFamily::Proportional), (noto.clone(), 400));
        assert_eq!(face(FontFamily::Name("bold".into())), (noto.clone(), 700));
        assert_eq!(face(FontFamily::Name("unknown".into())), (noto, 400));
    }

    #[test]
    fn a_character_is_set_by_the_first_face_that_has_it() {
        let mut definitions = definitions();
        let latin = subset::subset(&carried()[0], 0, &"Latin 1965!".chars().collect()).expect("a font");
        definitions.font_data.insert("latin".into(), Arc::new(FontData::from_owned(latin)));
        let family = FontFamily::Proportional;
        definitions.families.insert(family.clone(), vec!["latin".into(), "NotoSans-Bold".into()]);
        let fonts = Fonts::new(&definitions);
        assert_eq!("Lж年".chars().map(|c| fonts.place_of(&family, c)).collect::<Vec<_>>(), [0, 1, 0]);
        assert!(fonts.have(&family, 'ж') && !fonts.have(&family, '年'));
        for (text, letters, all) in [
            ("Latin 1965", Some(0), Some(0)),
            ("жизнь 1965", Some(1), Some(1)),
            ("жизнь, 年", None, None),
            ("Latin, 年", Some(0), None),
            ("Latin ж", None, None),
            ("1965", None, None),
        ] {
            assert_eq!((fonts.sets_letters(&family, text), fonts.sets_all(&family, text)), (letters, all), "{text}");
        }
        assert_eq!(fonts.stand_in(&family, 0), None);
        assert!(fonts.stand_in(&family, 1).is_some_and(|face| face.weight == 700));
    }

    #[test]
    fn no_fonts_and_broken_fonts_are_survived() {
        let mut broken = FontDefinitions::empty();
        assert_eq!(Fonts::new(&broken).default_face().css_family(), "'sans-serif', sans-serif");
        broken.font_data.insert("x".into(), Arc::new(FontData::from_static(b"not a font at all")));
        broken.families.insert(FontFamily::Proportional, vec!["x".into()]);
        assert_eq!(Fonts::new(&broken).default_face(), &Face::default());
    }
}
