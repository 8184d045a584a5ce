//! Text fragments of messages.

/// Returns the start of a piece of source, without line breaks and other control characters, that fits into a message.
pub(super) fn shorten(source: &str) -> String {
    const LONGEST: usize = 40;
    let mut short: String = source.chars().take(LONGEST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if source.chars().nth(LONGEST).is_some() {
        short.push('…');
    }
    short
}

/// Returns the noun with `a` or `an`.
pub(super) fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}

/// Describes an unexpected character. An invisible one is named.
pub(super) fn character(c: char) -> String {
    match c {
        '\u{A0}' | '\u{202F}' => "a no-break space".into(),
        '\u{200B}'..='\u{200D}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' => {
            format!("an invisible character (U+{:04X})", u32::from(c))
        }
        _ if c.is_control() || c.is_whitespace() => format!("the character U+{:04X}", u32::from(c)),
        _ => format!("`{c}`"),
    }
}
