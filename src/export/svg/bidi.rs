//! The order in which text of several directions is seen: what a line needs of the Unicode Bidirectional Algorithm
//! (UAX 9) where it holds no marks of direction.

/// Whether a character is of a script that runs from right to left.
pub fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// What a character does to the direction of text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Left,
    Right,
    Digit,
    /// Goes with what stands around it.
    Neutral,
}

fn kind(c: char) -> Kind {
    match c {
        _ if is_right_to_left(c) => Kind::Right,
        _ if c.is_alphabetic() => Kind::Left,
        _ if c.is_numeric() => Kind::Digit,
        _ => Kind::Neutral,
    }
}

/// How deep each character of a line is embedded: odd where it runs from right to left.
pub fn levels(text: &[char]) -> Vec<u8> {
    let mut kinds: Vec<Kind> = text.iter().map(|c| kind(*c)).collect();
    // The first letter says which way the line runs.
    let base = match kinds.iter().find(|kind| matches!(kind, Kind::Left | Kind::Right)) {
        Some(Kind::Right) => 1,
        _ => 0,
    };
    join_numbers(text, &mut kinds);
    // Digits after letters that run from left to right are part of them.
    let mut last = if base == 1 { Kind::Right } else { Kind::Left };
    for kind in &mut kinds {
        match kind {
            Kind::Digit if last == Kind::Left => *kind = Kind::Left,
            Kind::Left | Kind::Right => last = *kind,
            Kind::Digit | Kind::Neutral => {}
        }
    }
    (0..kinds.len())
        .map(|place| match (kinds[place], base) {
            (Kind::Left, _) => 2 * base,
            (Kind::Digit, _) => 2,
            (Kind::Right, _) => 1,
            (Kind::Neutral, _) => around(&kinds, place, base).unwrap_or(base),
        })
        .collect()
}

/// A point or a slash between two digits is part of a number.
fn join_numbers(text: &[char], kinds: &mut [Kind]) {
    for place in 1..text.len().saturating_sub(1) {
        let between = kinds[place - 1] == Kind::Digit && kinds[place + 1] == Kind::Digit;
        if between && matches!(text[place], '.' | ',' | ':' | '/' | '+' | '-') {
            kinds[place] = Kind::Digit;
        }
    }
}

/// The level of a neutral character between two of one direction, digits counting as from right to left.
fn around(kinds: &[Kind], place: usize, base: u8) -> Option<u8> {
    let not_neutral = |kind: &&Kind| **kind != Kind::Neutral;
    let before = kinds[..place].iter().rev().find(not_neutral)?;
    let after = kinds[place..].iter().find(not_neutral)?;
    match (*before == Kind::Left, *after == Kind::Left) {
        (false, false) => Some(1),
        (true, true) => Some(2 * base),
        _ => None,
    }
}

/// The places of parts from left to right, of which each has one level: what is embedded is turned round, the deepest
/// first.
pub fn seen(levels: &[u8]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..levels.len()).collect();
    for depth in (1..=levels.iter().copied().max().unwrap_or(0)).rev() {
        for run in places.chunk_by_mut(|a, b| (levels[*a] >= depth) == (levels[*b] >= depth)) {
            if levels[run[0]] >= depth {
                run.reverse();
            }
        }
    }
    places
}

/// What a character looks like where text runs from right to left.
pub fn mirrored(c: char) -> char {
    const PAIRS: [[char; 2]; 6] = [['(', ')'], ['[', ']'], ['{', '}'], ['<', '>'], ['«', '»'], ['‹', '›']];
    let other = |[open, close]: [char; 2]| match c {
        _ if c == open => Some(close),
        _ if c == close => Some(open),
        _ => None,
    };
    PAIRS.into_iter().find_map(other).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &str) {
        let text: Vec<char> = text.chars().collect();
        let seen: String = seen(&levels(&text)).into_iter().map(|place| text[place]).collect();
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
