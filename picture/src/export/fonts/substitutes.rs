//! Reports characters that the bundled fonts lack.

use std::collections::{BTreeMap, BTreeSet};

use crate::scene::text::{FontSet, GlyphRun, TextLayout};
use crate::scene::{Node, Scene, walk};

use super::characters::is_seen;
use super::missing::missing_words;

/// A system font that substitutes for a bundled one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fallback {
    /// Its family.
    pub family: String,
    /// The characters that are set in it, in Unicode order.
    pub characters: String,
}

/// Characters that the bundled fonts lack, and the fonts used for them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Substitutes {
    /// The system fonts that are used instead.
    pub fonts: Vec<Fallback>,
    /// Characters that no available font has, which are shown as boxes.
    pub missing: String,
}

impl Substitutes {
    /// Returns the substitutes in the texts of some pages, which were shaped with these fonts.
    #[must_use]
    pub fn of<'s>(pages: impl IntoIterator<Item = &'s Scene>, fonts: &FontSet) -> Self {
        let mut found = Found::default();
        for page in pages {
            walk(&page.nodes, &mut |node| {
                if let Node::Text(text) = node {
                    text.layout.runs().for_each(|run| found.add(&text.layout, run, fonts));
                }
            });
        }
        let fonts = found.stand_ins.into_values();
        let fonts = fonts.map(|(family, characters)| Fallback { family, characters: characters.into_iter().collect() });
        Self { fonts: fonts.collect(), missing: found.missing.into_iter().collect() }
    }

    /// Returns warnings for the user, in sentences; empty if there are none.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        let stand_ins = self.fonts.iter().map(|font| {
            let characters = listed(&font.characters);
            let family = &font.family;
            format!("{family} of this system sets {characters}, which the carried fonts lack; on another machine the picture may differ")
        });
        stand_ins.chain(missing_words(&self.missing)).collect()
    }
}

/// Lists characters with their count, up to a readable number.
fn listed(characters: &str) -> String {
    const MOST: usize = 24;
    let count = characters.chars().count();
    let shown: String = characters.chars().take(MOST).collect();
    match count {
        1 => format!("the character {shown}"),
        _ if count > MOST => format!("{count} characters ({shown}…)"),
        _ => format!("{count} characters ({shown})"),
    }
}

/// The characters that are set in fonts other than the bundled ones.
#[derive(Default)]
struct Found {
    /// By the index of the family in the set: its name, and the characters that are set in it.
    stand_ins: BTreeMap<usize, (String, BTreeSet<char>)>,
    missing: BTreeSet<char>,
}

impl Found {
    fn add(&mut self, layout: &TextLayout, run: &GlyphRun, fonts: &FontSet) {
        let Some(face) = fonts.face(run.font) else { return };
        let words = layout.text.get(run.range.clone()).unwrap_or_default();
        // A character that the bundled fonts have may be set together with adjacent ones.
        let is_carried = |c: char| fonts.faces().any(|(_, face)| face.is_carried && face.has(c));
        let foreign: BTreeSet<char> = words.chars().filter(|c| is_seen(*c) && !is_carried(*c)).collect();
        let (served, missing): (BTreeSet<char>, BTreeSet<char>) = foreign.into_iter().partition(|c| face.has(*c));
        self.missing.extend(missing.into_iter().filter(|c| !fonts.has(*c)));
        let family = fonts.families().iter().position(|family| family.faces.contains(&run.font));
        if let Some(family) = family.filter(|_| !served.is_empty()) {
            let known = self.stand_ins.entry(family).or_insert_with(|| (face.family.clone(), BTreeSet::new()));
            known.1.extend(served);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use egui::{Align, Color32, pos2};

    use crate::scene::TextNode;
    use crate::scene::text::{FontFace, TextEngine, TextStyle};

    use super::super::tests::carried;
    use super::*;

    /// Returns a page with this text, set in these fonts.
    fn page(words: &str, fonts: &FontSet) -> Scene {
        let mut engine = TextEngine::new(fonts.clone());
        let layout = engine.line(words, TextStyle { size: 12.0, bold: true }, f32::INFINITY);
        let node = TextNode { layout, at: pos2(0.0, 0.0), color: Color32::BLACK, anchor: Align::Min };
        Scene { nodes: vec![Node::Text(node)], ..Scene::default() }
    }

    #[test]
    fn what_the_carried_fonts_set_is_not_told() {
        let fonts = FontSet::carried();
        for words in ["plain", "Naïve café, “quoted” – ¶1", "Первый спутник", "a\u{200b}b", ""] {
            let told = Substitutes::of([&page(words, &fonts)], &fonts);
            assert_eq!(told, Substitutes::default(), "{words}");
            assert!(told.warnings().is_empty());
        }
    }

    #[test]
    fn what_no_font_has_is_told_once() {
        let fonts = FontSet::carried();
        let [one, two] = ["Fire \u{10ffff}", "\u{10ffff} 조"].map(|words| page(words, &fonts));
        let told = Substitutes::of([&one, &two], &fonts);
        assert_eq!(told, Substitutes { fonts: Vec::new(), missing: "조\u{10ffff}".to_owned() });
        assert_eq!(told.warnings().len(), 2, "one for each script");
    }

    #[test]
    fn stand_ins_are_told_with_what_they_set() {
        // A system font with Cyrillic letters, after a bundled one without them.
        let [regular, _] = carried();
        let latin = super::super::subset(&regular, 0, &"Latin 1965".chars().collect()).expect("a font");
        let face = |bytes: Vec<u8>, family: &str| {
            let data = parley::fontique::Blob::new(Arc::new(bytes));
            FontFace::of_system(data, 0, family.to_owned(), 400).expect("a font")
        };
        let mut fonts = FontSet::default();
        fonts.push(vec![FontFace { is_carried: true, ..face(latin, "Latin") }]);
        fonts.push(vec![face(regular, "Whole Sans")]);
        let told = Substitutes::of([&page("Latin жизнь 조", &fonts)], &fonts);
        let served = Fallback { family: "Whole Sans".to_owned(), characters: "жзинь".to_owned() };
        assert_eq!(told, Substitutes { fonts: vec![served], missing: "조".to_owned() });
        let warning = &told.warnings()[0];
        assert!(warning.starts_with("Whole Sans of this system sets 5 characters (жзинь)"), "{warning}");
    }
}
