//! Suggests what a text that is not a date was most likely meant to be, based on its form.
//!
//! Each stage rewrites one kind of text (foreign words, numbers in another order, shortened years) in what the reader
//! knows. The first rewritings that are read as dates are the suggestions; no others are suggested.

mod foreign;
mod lists;
mod numeric;
mod pieces;
mod spans;
mod tidy;
mod words;

/// The length in bytes above which a text is not a misspelt date.
const LONGEST: usize = 120;
/// The greatest number of rewritings at a time; more would be guesses.
const MAX_FORMS: usize = 8;

/// Returns the rewritings of a text, the likeliest first; empty if the stage does not apply.
type Stage = fn(&str) -> Vec<String>;

const STAGES: [Stage; 8] = [
    tidy::rewrite,
    foreign::rewrite,
    words::rewrite,
    numeric::rewrite,
    spans::rewrite,
    spans::share,
    spans::swap,
    lists::rewrite,
];

/// Returns the text with the words of other languages in English. Returns `None` if there are none.
pub(super) fn in_english(text: &str) -> Option<String> {
    if text.len() > LONGEST { None } else { foreign::rewrite(text).into_iter().next() }
}

/// Returns the texts that may have been meant by `text`, the likeliest first. `reads` returns `true` for a text that is
/// a date.
pub(super) fn texts(text: &str, reads: impl Fn(&str) -> bool) -> Vec<String> {
    if text.len() > LONGEST {
        return Vec::new();
    }
    let mut forms = vec![text.to_owned()];
    for stage in STAGES {
        let mut made: Vec<String> = forms.iter().flat_map(|form| stage(form)).collect();
        made.retain(|form| !forms.contains(form));
        let read: Vec<String> = made.iter().filter(|form| reads(form)).cloned().collect();
        if !read.is_empty() {
            return read;
        }
        // The rewritings may be a dead end, so the forms that they are made from are kept too.
        made.append(&mut forms);
        made.truncate(MAX_FORMS);
        forms = made;
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_read_is_suggested() {
        assert_eq!(texts("5 ao\u{fb}t 1914", |text| text == "5 August 1914"), ["5 August 1914"]);
        assert!(texts("5 ao\u{fb}t 1914", |_| false).is_empty());
        assert!(texts(&"1".repeat(LONGEST + 1), |_| true).is_empty());
    }
}
