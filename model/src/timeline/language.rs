//! Tags of languages.

/// Returns whether a text has the form of a language tag (BCP 47, RFC 5646, section 2.1): `ko`, `zh-Hant-TW`,
/// `de-CH-1901`, `x-private`. Whether its parts are registered is not checked.
#[must_use]
pub fn is_language_tag(text: &str) -> bool {
    let mut parts = text.split('-').peekable();
    let is_alpha = |part: &str| part.bytes().all(|c| c.is_ascii_alphabetic());
    let is_alphanumeric = |part: &str| part.bytes().all(|c| c.is_ascii_alphanumeric());
    let has_digit_first = |part: &str| part.starts_with(|c: char| c.is_ascii_digit());
    let Some(first) = parts.next() else { return false };
    if first.eq_ignore_ascii_case("x") {
        return is_private(parts);
    }
    if !is_alpha(first) || !(2..=8).contains(&first.len()) {
        return false;
    }
    if first.len() <= 3 {
        for _ in 0..3 {
            parts.next_if(|part| part.len() == 3 && is_alpha(part));
        }
    }
    parts.next_if(|part| part.len() == 4 && is_alpha(part));
    parts.next_if(|part| {
        part.len() == 2 && is_alpha(part) || part.len() == 3 && part.bytes().all(|c| c.is_ascii_digit())
    });
    let is_variant = |part: &&str| {
        is_alphanumeric(part) && ((5..=8).contains(&part.len()) || part.len() == 4 && has_digit_first(part))
    };
    while parts.next_if(is_variant).is_some() {}
    // Extensions: a single character, and at least one part of two to eight.
    while let Some(single) = parts.next() {
        if single.eq_ignore_ascii_case("x") {
            return is_private(parts);
        }
        let mut count = 0;
        while parts.next_if(|part| (2..=8).contains(&part.len()) && is_alphanumeric(part)).is_some() {
            count += 1;
        }
        if single.len() != 1 || !is_alphanumeric(single) || count == 0 {
            return false;
        }
    }
    true
}

/// Returns whether these are the parts of a tag after `x`: at least one, of one to eight letters or digits.
fn is_private<'a>(parts: impl Iterator<Item = &'a str>) -> bool {
    let is_part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|c| c.is_ascii_alphanumeric());
    let mut parts = parts.peekable();
    parts.peek().is_some() && parts.all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_have_the_form_of_the_standard() {
        for tag in [
            "en",
            "ko",
            "KO",
            "zh-Hant-TW",
            "de-CH-1901",
            "es-419",
            "sl-rozaj-biske",
            "zh-yue-HK",
            "grc",
            "x-private",
            "en-a-bbb-x-a-ccc",
            "de-u-co-phonebk",
            "en-x-us",
        ] {
            assert!(is_language_tag(tag), "{tag}");
        }
        for tag in [
            "",
            "e",
            "한국어",
            "English (UK)",
            "en_GB",
            "en-",
            "-en",
            "en--GB",
            "en-a",
            "x",
            "x-",
            "toolongtag",
            "en-GB-",
            "1a",
        ] {
            assert!(!is_language_tag(tag), "{tag}");
        }
    }
}
