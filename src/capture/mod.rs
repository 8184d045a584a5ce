//! A text that a timeline is made from -> its pages, paragraphs and sentences, and the dates in them.
//!
//! ```text
//! bytes -> SourceFile   a text, HTML or a PDF file, decoded
//! text  -> SourceText   paragraphs with their numbers and pages, sentences, dates, each with its bytes in the text
//! ```
//!
//! A date is marked only if the text says when: a number that may count something else is not taken for a year, or is marked
//! as doubtful with what it may mean. Nothing else is guessed: what an event is called is for its author to write.

mod dates;
mod doubt;
mod file;
mod found;
mod pdf;
mod text;
mod words;

pub use dates::find_dates;
pub use file::{SourceFile, read_file};
pub use found::{DateDoubt, FoundDate};
pub use pdf::{PdfError, PdfText, read_pdf};
pub use text::{Paragraph, Sentence, SourceText};
