//! Visual order of bidirectional text (Unicode Bidirectional Algorithm, UAX 9).

use std::borrow::Cow;

use unicode_bidi::{BidiClass, Level, ParagraphBidiInfo, bidi_class};

/// Returns whether a character belongs to a script that runs from right to left.
#[must_use]
pub fn is_right_to_left(c: char) -> bool {
    matches!(bidi_class(c), BidiClass::R | BidiClass::AL)
}

/// Returns whether the visual order of a text may differ from its logical order.
#[must_use]
pub fn has_order(text: &str) -> bool {
    use BidiClass::{AL, AN, R, RLE, RLI, RLO};
    // Nothing below runs from right to left.
    !text.is_ascii() && text.chars().any(|c| c >= '\u{590}' && matches!(bidi_class(c), R | AL | AN | RLE | RLI | RLO))
}

/// Returns a text isolated from surrounding text, so that neither affects the order of the other (`FSI` and `PDI` of
/// UAX 9).
#[must_use]
pub fn isolated(text: &str) -> Cow<'_, str> {
    if has_order(text) { Cow::Owned(format!("\u{2068}{text}\u{2069}")) } else { Cow::Borrowed(text) }
}

/// Returns the mark to insert between a text and following words or numbers, so that these keep their own order (`LRM`
/// of UAX 9).
#[must_use]
pub fn own_order_after(text: &str) -> &'static str {
    if has_order(text) { "\u{200e}" } else { "" }
}

/// Returns whether a character combines with the one before it, or is invisible.
#[must_use]
pub fn is_mark(c: char) -> bool {
    matches!(bidi_class(c), BidiClass::NSM | BidiClass::BN)
}

/// Returns the visual positions of parts from left to right; each part has one level.
#[must_use]
pub fn seen(levels: &[Level]) -> Vec<usize> {
    ParagraphBidiInfo::reorder_visual(levels)
}

/// Returns the mirrored form of a character for text that runs from right to left.
#[must_use]
pub fn mirrored(c: char) -> char {
    unicode_bidi_mirroring::get_mirrored(c).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the embedding level of each character of a line: odd where it runs from right to left. The first letter
    /// determines the direction of the line.
    fn levels(text: &str) -> Vec<Level> {
        ParagraphBidiInfo::new(text, None).reordered_levels_per_char(0..text.len())
    }

    fn check(text: &str, expect: &str) {
        let letters: Vec<char> = text.chars().collect();
        let seen: String = seen(&levels(text)).into_iter().map(|place| letters[place]).collect();
        assert_eq!(seen, expect);
    }

    #[test]
    fn characters_are_seen_in_the_order_of_their_directions() {
        check("", "");
        check("Treaty, 1965!", "Treaty, 1965!");
        check("אבג", "גבא");
        check("a אב, גד b", "a דג ,בא b");
        check("אב a b גד", "דג a b בא");
        check("אב 1,234/5 גד", "דג 1,234/5 בא");
        check("a 12 אב 34", "a 12 34 בא");
        check("年 אב!", "年 בא!");
    }
}
