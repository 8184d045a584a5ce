//! The characters of the names of glyphs: those of the Adobe Glyph List for Latin and Greek, and names made of numbers.

use unicode_normalization::char::compose;

/// Names and their characters, apart from letters with accents.
const NAMES: &str = "space \u{20} exclam ! quotedbl \" numbersign # dollar $ percent % ampersand & quotesingle ' parenleft ( \
    parenright ) asterisk * plus + comma , hyphen - minus − period . slash / zero 0 one 1 two 2 three 3 four 4 five 5 six 6 \
    seven 7 eight 8 nine 9 colon : semicolon ; less < equal = greater > question ? at @ bracketleft [ backslash \\ \
    bracketright ] asciicircum ^ underscore _ grave ` braceleft { bar | braceright } asciitilde ~ exclamdown ¡ cent ¢ \
    sterling £ currency ¤ yen ¥ brokenbar ¦ section § dieresis ¨ copyright © ordfeminine ª guillemotleft « logicalnot ¬ \
    registered ® macron ¯ degree ° plusminus ± twosuperior ² threesuperior ³ acute ´ mu µ paragraph ¶ periodcentered · \
    middot · cedilla ¸ onesuperior ¹ ordmasculine º guillemotright » onequarter ¼ onehalf ½ threequarters ¾ questiondown ¿ \
    AE Æ ae æ Eth Ð eth ð multiply × Oslash Ø oslash ø Thorn Þ thorn þ germandbls ß divide ÷ dotlessi ı Lslash Ł lslash ł \
    OE Œ oe œ florin ƒ circumflex ˆ caron ˇ breve ˘ dotaccent ˙ ring ˚ ogonek ˛ tilde ˜ hungarumlaut ˝ endash – emdash — \
    quoteleft ‘ quoteright ’ quotesinglbase ‚ quotedblleft “ quotedblright ” quotedblbase „ dagger † daggerdbl ‡ bullet • \
    ellipsis … perthousand ‰ guilsinglleft ‹ guilsinglright › fraction ⁄ Euro € trademark ™ partialdiff ∂ product ∏ \
    summation ∑ radical √ infinity ∞ integral ∫ approxequal ≈ notequal ≠ lessequal ≤ greaterequal ≥ lozenge ◊ ff ﬀ fi ﬁ fl ﬂ \
    ffi ﬃ ffl ﬄ Dcroat Đ dcroat đ Hbar Ħ hbar ħ kgreenback ĸ Eng Ŋ eng ŋ nbspace \u{a0} sfthyphen \u{ad} softhyphen \u{ad} \
    arrowleft ← arrowup ↑ arrowright → arrowdown ↓ prime ′ angbracketleft ⟨ angbracketright ⟩ Scommaaccent Ș scommaaccent ș \
    Tcommaaccent Ț tcommaaccent ț";
/// The letters of Greek from U+0391 on; "." where there is none.
const GREEK: &str = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma1 sigma tau \
    upsilon phi chi psi omega";
const ACCENTS: [(&str, char); 13] = [
    ("grave", '\u{300}'),
    ("acute", '\u{301}'),
    ("circumflex", '\u{302}'),
    ("tilde", '\u{303}'),
    ("macron", '\u{304}'),
    ("breve", '\u{306}'),
    ("dotaccent", '\u{307}'),
    ("dieresis", '\u{308}'),
    ("ring", '\u{30a}'),
    ("hungarumlaut", '\u{30b}'),
    ("caron", '\u{30c}'),
    ("cedilla", '\u{327}'),
    ("ogonek", '\u{328}'),
];

/// Returns the text of the name of a glyph; empty if the name says nothing.
pub(super) fn text_of(name: &str) -> String {
    let plain = name.split('.').next().unwrap_or_default();
    plain.split('_').filter_map(character).collect()
}

/// Returns the character of a name.
pub(super) fn character(name: &str) -> Option<char> {
    let mut signs = name.chars();
    if let (Some(only), None) = (signs.next(), signs.next()) {
        return Some(only);
    }
    let mut words = NAMES.split(' ');
    // The space is between two spaces.
    if name == "space" {
        return Some(' ');
    }
    let mut named = || words.find(|word| *word == name).and_then(|_| words.next()?.chars().next());
    named().or_else(|| accented(name)).or_else(|| greek(name)).or_else(|| numbered(name))
}

fn accented(name: &str) -> Option<char> {
    let (base, accent) = ACCENTS.iter().find_map(|(accent, mark)| Some((name.strip_suffix(accent)?, *mark)))?;
    let mut letters = base.chars();
    let (Some(letter), None) = (letters.next(), letters.next()) else { return None };
    compose(letter, accent)
}

fn greek(name: &str) -> Option<char> {
    let lower = name.to_lowercase();
    let place = GREEK.split_whitespace().position(|letter| letter == lower)? as u32;
    char::from_u32(place + if name.starts_with(char::is_uppercase) { 0x391 } else { 0x3b1 })
}

/// Returns the character of a name such as "uni20AC" or "u1F600".
fn numbered(name: &str) -> Option<char> {
    let digits = name.strip_prefix("uni").or_else(|| name.strip_prefix('u'))?;
    let is_number = (4..=6).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    u32::from_str_radix(digits, 16).ok().filter(|_| is_number).and_then(char::from_u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_their_characters() {
        let check = |name: &str, expect: &str| assert_eq!(text_of(name), expect, "{name}");
        for (name, expect) in [
            ("A", "A"),
            ("space", " "),
            ("exclam", "!"),
            ("quoteright", "’"),
            ("Aacute", "Á"),
            ("ccedilla", "ç"),
            ("ecaron", "ě"),
            ("f_i", "fi"),
            ("fi", "ﬁ"),
            ("a.alt", "a"),
            ("uni20AC", "€"),
            ("u1F600", "😀"),
            ("alpha", "α"),
            ("Omega", "Ω"),
            ("sigma", "σ"),
            ("g123", ""),
            (".notdef", ""),
            ("mu", "µ"),
        ] {
            check(name, expect);
        }
    }
}
