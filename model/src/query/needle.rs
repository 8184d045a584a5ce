//! A word that is looked for: found whatever its case and accents are in a text.

use std::ops::Range;

use memchr::{memchr2_iter, memmem::Finder};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::decompose_canonical;

/// Characters below this are looked up in a table; those with case or accents are all below it, but for some.
const TABLE: usize = 0x590;
/// Letters and digits as frequent as they are in running text, the most frequent first; all else is rarer than these.
const FREQUENT: &[u8] = b"etaoinsrhldcumfpgwyb1v290k345678xjqz";

/// A word, or several with spaces between them, to be found in texts.
///
/// Case is ignored, and so are accents and the shapes of quotation marks, dashes and spaces: "cafe" finds "Café". Korean,
/// Chinese and Japanese are found as they are written, whether composed or not.
#[derive(Clone, Debug)]
pub struct Needle {
    folded: Vec<char>,
    /// The folded bytes, if all are ASCII and none is a space, which a line break may stand for.
    ascii: Option<Vec<u8>>,
    /// The position of the rarest of them, which a text is searched for first.
    rarest: usize,
    /// The characters below [`TABLE`] that the word may begin with, a bit each.
    table: [u64; TABLE.div_ceil(64)],
    /// The others.
    others: Vec<char>,
    /// What finds a word that is the same in any case, composed and decomposed.
    exact: Vec<Finder<'static>>,
}

impl Needle {
    /// Returns `None` if nothing is left to look for without accents.
    ///
    /// ```
    /// use longview_model::query::Needle;
    ///
    /// let needle = Needle::new("cafe").unwrap();
    /// assert_eq!(needle.find("In the Café Central"), Some(7..12));
    /// assert_eq!(needle.find("In the cab"), None);
    /// ```
    #[must_use]
    pub fn new(word: &str) -> Option<Self> {
        let composed: String = word.nfc().collect();
        let mut folded = Vec::new();
        composed.chars().for_each(|c| fold(c, &mut |c| folded.push(c)));
        let first = *folded.first()?;
        let ascii = folded
            .iter()
            .map(|c| u8::try_from(*c).ok().filter(|byte| byte.is_ascii() && *byte != b' '))
            .collect::<Option<Vec<u8>>>();
        let rarest = ascii.as_deref().map_or(0, rarest);
        let mut needle = Self { folded, ascii, rarest, table: [0; _], others: Vec::new(), exact: Vec::new() };
        if needle.folded.iter().all(|c| !may_fold(*c) && !c.is_ascii()) {
            let decomposed: String = composed.nfd().collect();
            needle.exact.push(Finder::new(composed.as_bytes()).into_owned());
            if decomposed != composed {
                needle.exact.push(Finder::new(decomposed.as_bytes()).into_owned());
            }
            return Some(needle);
        }
        for c in foldable().chain(std::iter::once(first)) {
            let mut begins = None;
            fold(c, &mut |folded| _ = begins.get_or_insert(folded));
            if begins == Some(first) {
                match needle.table.get_mut(c as usize / 64) {
                    Some(bits) => *bits |= 1 << (c as usize % 64),
                    None => needle.others.push(c),
                }
            }
        }
        Some(needle)
    }

    /// Returns where the word is in a text for the first time, in bytes, with the accents after it.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<Range<usize>> {
        if !self.exact.is_empty() {
            let found = self.exact.iter().filter_map(|finder| {
                let start = finder.find(text.as_bytes())?;
                Some(start..start + finder.needle().len())
            });
            return found.min_by_key(|found| found.start);
        }
        let Some(word) = self.ascii.as_ref().filter(|_| text.is_ascii()) else { return self.find_folded(text) };
        let bytes = text.as_bytes();
        let rarest = *word.get(self.rarest)?;
        let is_at = |start: &usize| {
            bytes.get(*start..*start + word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word))
        };
        // How far it is from where it would be in a text that begins with the word is where the word is.
        let start = memchr2_iter(rarest, rarest.to_ascii_uppercase(), bytes.get(self.rarest..)?).find(is_at)?;
        Some(start..start + word.len())
    }

    /// Returns how many characters it has: the more, the fewer texts have it.
    pub(super) fn len(&self) -> usize {
        self.folded.len()
    }

    /// Returns whether the word is in a text.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        self.find(text).is_some()
    }

    /// Returns an iterator over the places of a text where the word is, in bytes; none overlaps another.
    pub fn find_all<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        let mut from = 0;
        std::iter::from_fn(move || {
            let found = self.find(text.get(from..)?)?;
            let found = from + found.start..from + found.end;
            from = found.end;
            Some(found)
        })
    }

    /// Returns whether a text begins with the word.
    #[must_use]
    pub fn begins(&self, text: &str) -> bool {
        self.length_at(text).is_some()
            || !self.exact.is_empty() && self.find(text).is_some_and(|found| found.start == 0)
    }

    fn find_folded(&self, text: &str) -> Option<Range<usize>> {
        text.char_indices().filter(|(_, c)| self.may_begin(*c)).find_map(|(start, _)| {
            let length = self.length_at(text.get(start..)?)?;
            Some(start..start + length)
        })
    }

    fn may_begin(&self, c: char) -> bool {
        match self.table.get(c as usize / 64) {
            Some(bits) => bits >> (c as usize % 64) & 1 == 1,
            None => self.others.contains(&c),
        }
    }

    /// Returns the number of bytes that the word has at the beginning of a text. Returns `None` if the text begins
    /// otherwise.
    fn length_at(&self, text: &str) -> Option<usize> {
        let mut left = self.folded.iter();
        let mut is_same = true;
        let mut characters = text.char_indices();
        let mut end = text.len();
        while !left.as_slice().is_empty() && is_same {
            let (_, c) = characters.next()?;
            end = text.len() - characters.as_str().len();
            // A ligature may be longer than the rest of the word.
            fold(c, &mut |folded| is_same &= left.next().is_none_or(|expected| *expected == folded));
        }
        let accents = characters.take_while(|(_, c)| is_accent(*c));
        is_same.then(|| end + accents.map(|(_, c)| c.len_utf8()).sum::<usize>())
    }
}

/// Returns the position of the byte of a word that is rarest in running text.
fn rarest(word: &[u8]) -> usize {
    let rarity = |byte: &u8| FREQUENT.iter().position(|frequent| frequent == byte).unwrap_or(FREQUENT.len());
    word.iter().enumerate().max_by_key(|(_, byte)| rarity(byte)).map_or(0, |(at, _)| at)
}

/// Returns whether a character is a combining mark of an alphabet with case.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Returns whether [`fold`] may change a character that is not ASCII.
fn may_fold(c: char) -> bool {
    matches!(c, '\u{80}'..'\u{590}' | '\u{10a0}'..='\u{10ff}' | '\u{1e00}'..='\u{206f}' | '\u{2212}' | '\u{2c60}'..='\u{2c7f}'
        | '\u{3000}' | '\u{a720}'..='\u{a7ff}' | '\u{fb00}'..='\u{fb06}' | '\u{ff01}'..='\u{ff5e}')
}

/// Returns the characters that [`fold`] may change, and the ASCII ones.
fn foldable() -> impl Iterator<Item = char> {
    ('\0'..='\u{ff5e}').filter(|c| c.is_ascii() || may_fold(*c))
}

/// Calls `told` with each of the characters that stand for a character when texts are compared: small letters without
/// accents, plain quotation marks, hyphens and spaces.
fn fold(c: char, told: &mut impl FnMut(char)) {
    if c.is_ascii() {
        return told(if matches!(c, '\t' | '\n' | '\r') { ' ' } else { c.to_ascii_lowercase() });
    }
    if !may_fold(c) {
        return told(c);
    }
    match c {
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2bc}' => told('\''),
        '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' => told('"'),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => told('-'),
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => told(' '),
        // Where a word may be divided, and marks of direction.
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' => {}
        '\u{ff01}'..='\u{ff5e}' => fold(char::from_u32(c as u32 - 0xfee0).unwrap_or(c), told),
        _ => c.to_lowercase().for_each(|small| {
            decompose_canonical(small, |part| match part {
                _ if is_accent(part) => {}
                'ß' => "ss".chars().for_each(&mut *told),
                'æ' => "ae".chars().for_each(&mut *told),
                'œ' => "oe".chars().for_each(&mut *told),
                'þ' => "th".chars().for_each(&mut *told),
                'ﬁ' => "fi".chars().for_each(&mut *told),
                'ﬂ' => "fl".chars().for_each(&mut *told),
                'ø' => told('o'),
                'đ' | 'ð' => told('d'),
                'ł' => told('l'),
                'ı' => told('i'),
                'ς' => told('σ'),
                part => told(part),
            });
        }),
    }
}

/// Appends the folded form of a whole text, by which texts are sorted and compared.
pub(super) fn folded(text: &str, to: &mut String) {
    if text.is_ascii() {
        text.chars().for_each(|c| fold(c, &mut |c| to.push(c)));
    } else {
        text.nfc().for_each(|c| fold(c, &mut |c| to.push(c)));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(word: &str, text: &str, expect: Option<&str>) {
        let found = Needle::new(word).and_then(|needle| needle.find(text));
        assert_eq!(found.map(|found| &text[found]), expect, "{word} in {text}");
    }

    #[test]
    fn words_are_found_whatever_their_case_and_accents() {
        check("treaty", "The TREATY of 1965", Some("TREATY"));
        check("TREATY", "the treaty", Some("treaty"));
        check("cafe", "Le Cafe\u{301} de Paris", Some("Cafe\u{301}"));
        check("café", "le cafe", Some("cafe"));
        check("strasse", "Straße", Some("Straße"));
        check("aeon", "Æon", Some("Æon"));
        check("lodz", "in Łódź", Some("Łódź"));
        check("москва", "МОСКВА", Some("МОСКВА"));
        check("елка", "Ёлка", Some("Ёлка"));
        check("ΑΘΗΝΑΙ", "Ἀθῆναι", Some("Ἀθῆναι"));
        check("οδος", "ΟΔΟΣ", Some("ΟΔΟΣ"));
        check("rock 'n' roll", "Rock ’n’ Roll", Some("Rock ’n’ Roll"));
        check("1914-18", "1914–18", Some("1914–18"));
        check("treaty signed", "treaty\nsigned", Some("treaty\nsigned"));
        check("istanbul", "İstanbul", Some("İstanbul"));
        check("treaties", "treaty", None);
        // The rarest letter is not the first, and is in the text where the word is not.
        check("treaty", "y Treat y tReaTy", Some("tReaTy"));
        check("aza", "zazaz", Some("aza"));
        check("taz", "ta", None);
        check("", "treaty", None);
        check("\u{301}", "treaty", None);
    }

    #[test]
    fn korean_and_japanese_are_found_as_they_are_written() {
        check("한일", "1965년 한일 기본 조약", Some("한일"));
        check("하", "한일", None);
        check("한", "\u{1112}\u{1161}\u{11ab}\u{110b}\u{1175}\u{11af}", Some("\u{1112}\u{1161}\u{11ab}"));
        check("日韓", "日韓基本条約", Some("日韓"));
        check("ガ", "ガラス", Some("ガ"));
        check("カ", "ガラス", None);
        check("nhk紅白", "NHK紅白歌合戦", Some("NHK紅白"));
        check("nhk", "ＮＨＫ", Some("ＮＨＫ"));
    }

    #[test]
    fn all_places_are_found() {
        let needle = Needle::new("an").expect("a word");
        let found: Vec<_> = needle.find_all("Anna’s änan").collect();
        assert_eq!(found, [0..2, 9..12, 12..14]);
    }

    /// Returns the folded form of a whole text, decomposed or not.
    fn folded(text: &str) -> String {
        let mut folded = String::new();
        text.chars().for_each(|c| fold(c, &mut |c| folded.push(c)));
        folded
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        /// What is found is the word, and what is in the folded text at the beginning of a character is found.
        #[test]
        fn what_the_folded_text_contains_is_found(
            text in "([a-cA-C ßÉéÆñ\u{301}’–ёЁйσΣς한일日ﬁ]|\r\n){0,24}",
            word in "[a-cA-C ßÉéÆñ’ёйΣς한일日ﬁ]{1,3}",
        ) {
            let Some(needle) = Needle::new(&word) else { return Ok(()) };
            let want = folded(&word);
            match needle.find(&text) {
                Some(found) => prop_assert!(folded(&text[found]).starts_with(&want)),
                None => for (start, _) in text.char_indices() {
                    prop_assert!(!folded(&text[start..]).starts_with(&want) || is_skipped(&text[start..]), "{text:?} {word:?}");
                },
            }
        }
    }

    /// Returns whether a text begins with a character that stands for nothing.
    fn is_skipped(text: &str) -> bool {
        let first: String = text.chars().take(1).collect();
        folded(&first).is_empty()
    }
}
