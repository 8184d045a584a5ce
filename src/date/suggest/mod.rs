//! What a text that is no date was most likely meant to be, told from its shape.
//!
//! Each stage rewrites one habit of writing (foreign words, numbers in another order, years cut short) into what the
//! reader knows. The first rewriting that is read is the suggestion; none is made that is not read.

mod foreign;
mod lists;
mod numeric;
mod pieces;
mod spans;
mod tidy;
mod words;

/// A text longer than this is no date that was miswritten.
const LONGEST: usize = 120;
/// More rewritings than this at once are guesses.
const MAX_FORMS: usize = 8;

/// The texts that a rewriting leads to, the likeliest first; empty where it does not apply.
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

/// Returns the texts that `text` may have been meant for, the likeliest first. `reads` returns `true` for a text that
/// is a date.
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
        // What a stage made of a form may be a dead end: the form itself goes on too.
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
