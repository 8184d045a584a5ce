//! The words for "without a date".

/// Returns `true` if a text means that there is no date: if it is blank, a dash or a question mark, or one of the words
/// and abbreviations of catalogues such as `n.d.`, `undated`, `date unknown` or `s.d.`, in any case, with or without
/// brackets, full stops and spaces.
///
/// ```
/// use longview_model::date::is_undated;
///
/// assert!(is_undated("[n. d.]") && is_undated("?"));
/// assert!(!is_undated("1850?"));
/// ```
#[must_use]
pub fn is_undated(text: &str) -> bool {
    // The longest of the words, with room for full stops and brackets.
    const LONGEST: usize = 40;
    let text = text.trim();
    if text.is_empty() {
        return true;
    }
    // Most dates begin with a digit and need no further checks.
    if text.len() > LONGEST || text.starts_with(|first: char| first.is_ascii_digit()) {
        return false;
    }
    if text.chars().all(|c| matches!(c, '?' | '-' | '\u{2010}'..='\u{2015}' | '…')) {
        return true;
    }
    let letters: String =
        text.chars().filter(|c| c.is_alphanumeric() || *c == '/').flat_map(char::to_lowercase).collect();
    WORDS.contains(&letters.as_str()) && text.chars().all(|c| c.is_alphanumeric() || " .,()[]/".contains(c))
}

/// The words in lower case, without full stops, spaces and brackets.
const WORDS: [&str; 28] = [
    "nd", // n.d.
    "nodate",
    "nodategiven",
    "nodateknown",
    "noknowndate",
    "nodates",
    "undated",
    "notdated",
    "dateless",
    "unknown",
    "unk",
    "dateunknown",
    "unknowndate",
    "notknown",
    "datenotknown",
    "dateunspecified",
    "unspecified",
    "none",
    "n/a",
    "tba",
    "tbd",
    "sd", // sine dato, sans date, sin fecha
    "sinedato",
    "sa", // sine anno
    "sineanno",
    "sansdate",
    "sinfecha",
    "ohnedatum",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_no_date_are_known() {
        for text in [
            "",
            "  ",
            "\t\n",
            "n.d.",
            "N.D.",
            "n. d.",
            "nd",
            "[n.d.]",
            "(n.d.)",
            "no date",
            "No date given",
            "undated",
            "Undated",
            "unknown",
            "Unknown.",
            "date unknown",
            "Date: unknown",
            "s.d.",
            "[s. d.]",
            "sine anno",
            "n/a",
            "?",
            "??",
            "-",
            "–",
            "—",
        ] {
            assert_eq!(is_undated(text), text != "Date: unknown", "{text:?}");
        }
    }

    #[test]
    fn dates_are_none_of_them() {
        for text in [
            "1965",
            "-0044",
            "?/1984",
            "1727/",
            "/1727",
            "../1914",
            "XXXX",
            "unknown/1984",
            "to be or not",
            "Sept",
            "d.",
            "Dec",
            "~1850",
            "c. 1850",
            "before 1900",
            "n",
            "no",
        ] {
            assert!(!is_undated(text), "{text:?}");
        }
    }
}
