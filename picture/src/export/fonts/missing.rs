//! Reports characters that no available font has, by script, with a font to install.

use std::collections::{BTreeMap, BTreeSet};

use unicode_script::{Script, UnicodeScript as _};

use crate::document::{Diagnostic, first_occurrences};
use crate::sorting;

/// Characters of one script that no available font has.
struct Missing {
    /// "Devanagari", or a description of characters that belong to no script.
    script: &'static str,
    /// A font that has them.
    font: String,
    characters: String,
}

/// Returns a warning for each script with characters in a document that no available font has, at the first of them.
#[must_use]
pub fn missing_in(text: &str, missing: &BTreeSet<char>) -> Vec<Diagnostic> {
    if missing.is_empty() {
        return Vec::new();
    }
    let places = first_occurrences(text, missing);
    let shown: BTreeSet<char> = places.keys().copied().collect();
    let warning = |missing: Missing| {
        let first = missing.characters.chars().filter_map(|c| places.get(&c)).min_by_key(|place| place.start)?;
        let hint = format!("{}, and start Longview anew", missing.hint());
        Some(Diagnostic::warning(text, first.clone(), missing.words(), Some(hint)))
    };
    let mut warnings: Vec<Diagnostic> = by_script(&shown).into_iter().filter_map(warning).collect();
    sorting::by_key(&mut warnings, |warning| warning.span.start);
    warnings
}

/// Returns the same in sentences, for the content of an image.
pub(super) fn missing_words(characters: &str) -> Vec<String> {
    let sentence = |missing: &Missing| {
        let mut hint = missing.hint();
        hint.replace_range(..1, "I");
        format!("{}. {hint}", missing.words())
    };
    by_script(&characters.chars().collect()).iter().map(sentence).collect()
}

impl Missing {
    /// The characters would be shown as boxes here too, so their code points are given.
    fn words(&self) -> String {
        const MOST: usize = 6;
        let count = self.characters.chars().count();
        let numbers: Vec<String> =
            self.characters.chars().take(MOST).map(|c| format!("U+{:04X} {c}", u32::from(c))).collect();
        let numbers = numbers.join(", ");
        let script = self.script;
        match count {
            1 => format!("no font here has the character {numbers} ({script}); a box stands for it"),
            _ if count > MOST => {
                format!("no font here has {count} characters of {script} ({numbers}, …); boxes stand for them")
            }
            _ => format!("no font here has {count} characters of {script} ({numbers}); boxes stand for them"),
        }
    }

    fn hint(&self) -> String {
        let them = if self.characters.chars().nth(1).is_none() { "it" } else { "them" };
        format!("install a font that has {them}, such as {}", self.font)
    }
}

/// Groups characters by script.
fn by_script(characters: &BTreeSet<char>) -> Vec<Missing> {
    let mut scripts: BTreeMap<&'static str, Missing> = BTreeMap::new();
    for c in characters {
        let (script, font) = script_and_font(*c);
        let empty = || Missing { script, font, characters: String::new() };
        scripts.entry(script).or_insert_with(empty).characters.push(*c);
    }
    scripts.into_values().collect()
}

/// Returns the script of a character, and a font that has it.
fn script_and_font(c: char) -> (&'static str, String) {
    match c.script() {
        Script::Han | Script::Hiragana | Script::Katakana | Script::Bopomofo | Script::Hangul => {
            ("Chinese, Japanese or Korean", "Noto Sans CJK".to_owned())
        }
        Script::Common | Script::Inherited | Script::Unknown => match c {
            '\u{2600}'..='\u{27bf}' | '\u{1f000}'..='\u{1faff}' => ("emoji and signs", "Noto Emoji".to_owned()),
            '\u{3000}'..='\u{33ff}' | '\u{ff00}'..='\u{ffef}' => {
                ("Chinese, Japanese or Korean", "Noto Sans CJK".to_owned())
            }
            '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' => {
                ("private use", "the one that the text was written with".to_owned())
            }
            _ => ("signs", "Noto Sans Symbols 2".to_owned()),
        },
        script => (script.full_name(), format!("Noto Sans {}", script.full_name().replace('_', " "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_named_with_a_font() {
        for (c, script, font) in [
            ('ह', "Devanagari", "Noto Sans Devanagari"),
            ('เ', "Thai", "Noto Sans Thai"),
            ('한', "Chinese, Japanese or Korean", "Noto Sans CJK"),
            ('，', "Chinese, Japanese or Korean", "Noto Sans CJK"),
            ('😀', "emoji and signs", "Noto Emoji"),
            ('⅋', "signs", "Noto Sans Symbols 2"),
        ] {
            assert_eq!(script_and_font(c), (script, font.to_owned()), "{c}");
        }
    }

    #[test]
    fn each_script_is_a_warning_at_its_first_character() {
        let text = "// 国\n(title: \"a हि\", subtitle: \"日本\")";
        let missing = BTreeSet::from(['ह', 'ि', '日', '本', '国']);
        let warnings = missing_in(text, &missing);
        let said: Vec<(usize, usize, &str)> =
            warnings.iter().map(|warning| (warning.line, warning.column, warning.message.as_str())).collect();
        let expect = [
            (2, 12, "no font here has 2 characters of Devanagari (U+0939 ह, U+093F ि); boxes stand for them"),
            (
                2,
                28,
                "no font here has 2 characters of Chinese, Japanese or Korean (U+65E5 日, U+672C 本); boxes stand for them",
            ),
        ];
        assert_eq!(said, expect);
        let hint = warnings[0].hint.as_deref().expect("what to do");
        assert_eq!(hint, "install a font that has them, such as Noto Sans Devanagari, and start Longview anew");
        assert_eq!(
            missing_words("ह"),
            ["no font here has the character U+0939 ह (Devanagari); a box stands for it. Install a font that has it, \
              such as Noto Sans Devanagari"]
        );
        assert!(missing_in(text, &BTreeSet::new()).is_empty());
    }
}
