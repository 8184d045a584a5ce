//! Ids within a document.

use std::collections::BTreeSet;

/// Creates unique names that are valid in XML from kinds and ids: the kind, a hyphen, and the id, with invalid
/// characters replaced by hyphens, and a number appended to a name that is already taken.
pub fn identifiers<'a>(named: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    named
        .into_iter()
        .map(|(kind, id)| {
            let wanted: String = id.chars().map(|c| if is_name_char(c) { c } else { '-' }).collect();
            let wanted = format!("{kind}-{wanted}");
            let mut name = wanted.clone();
            let mut number = 1;
            while !taken.insert(name.clone()) {
                number += 1;
                name = format!("{wanted}-{number}");
            }
            name
        })
        .collect()
}

/// Returns whether a character is a `NameChar` of XML 1.0, except the colon, which is reserved for namespaces.
fn is_name_char(c: char) -> bool {
    matches!(c,
        'A'..='Z' | 'a'..='z' | '0'..='9' | '-' | '.' | '_' | '\u{b7}'
        | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{37d}' | '\u{37f}'..='\u{1fff}'
        | '\u{200c}'..='\u{200d}' | '\u{203f}'..='\u{2040}' | '\u{2070}'..='\u{218f}' | '\u{2c00}'..='\u{2fef}'
        | '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}' | '\u{10000}'..='\u{effff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_valid_and_differ() {
        let check = |ids: &[&str], expect: &[&str]| {
            assert_eq!(identifiers(ids.iter().map(|id| ("event", *id))), expect);
        };
        check(&["treaty", "trade-2014"], &["event-treaty", "event-trade-2014"]);
        check(&["a b", "a:b", "a-b"], &["event-a-b", "event-a-b-2", "event-a-b-3"]);
        check(&["조약", "é\"<"], &["event-조약", "event-é--"]);
        check(&["", ""], &["event-", "event--2"]);
        check(&["a", "a", "a-2"], &["event-a", "event-a-2", "event-a-2-2"]);
    }
}
