//! The text of a PDF file.

mod content;
mod font;
mod labels;
mod lines;
mod names;
mod pages;
mod parts;
mod streams;
mod to_unicode;

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_syntax::{LoadPdfError, Pdf};

use content::{Interpreter, text_string};

/// The text of a PDF file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PdfText {
    /// The text, with form feeds between pages and blank lines between paragraphs.
    pub text: String,
    /// What each page is called.
    pub pages: Vec<String>,
    /// What the file says that it is called.
    pub title: Option<String>,
    /// Number of characters that the file does not say the meaning of.
    pub unknown: usize,
    /// Number of lines at the top and at the bottom of pages that repeat, and are left out.
    pub repeated: usize,
    /// Whether there is more text than is read.
    pub is_cut: bool,
}

/// Why a PDF file has no text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// It needs a password.
    #[error("it is encrypted: save a copy without a password, or paste its text")]
    Encrypted,
    /// It cannot be read.
    #[error("it is broken, or no PDF")]
    Broken,
    /// It has pictures of pages.
    #[error("it has no text on its {0} pages, which may be scanned: a program for text recognition can add it")]
    Scanned(usize),
    /// It becomes too large.
    #[error("it has a part that is longer than 64 MB")]
    TooLarge,
    /// That was cancelled.
    #[error("it was cancelled")]
    Cancelled,
}

/// Reads the text of a PDF file, up to a length in bytes; `goes_on` is asked after each page, with how many of how many
/// have been read.
///
/// # Errors
/// Why it has none.
pub fn read_pdf(
    bytes: Vec<u8>,
    most_bytes: usize,
    goes_on: &dyn Fn(usize, usize) -> bool,
) -> Result<PdfText, PdfError> {
    // Files are made by all kinds of programs, and some to harm.
    catch_unwind(AssertUnwindSafe(|| read(bytes, most_bytes, goes_on))).unwrap_or(Err(PdfError::Broken))
}

fn read(bytes: Vec<u8>, most_bytes: usize, goes_on: &dyn Fn(usize, usize) -> bool) -> Result<PdfText, PdfError> {
    if streams::has_bomb(&bytes) {
        return Err(PdfError::TooLarge);
    }
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(_) => PdfError::Encrypted,
        LoadPdfError::Invalid => PdfError::Broken,
    })?;
    let mut interpreter = Interpreter::default();
    let (mut pages, mut length, mut is_cut) = (Vec::new(), 0, false);
    let all = pdf.pages().len();
    for (number, page) in pdf.pages().iter().enumerate() {
        if !goes_on(number, all) {
            return Err(PdfError::Cancelled);
        }
        let paragraphs = lines::paragraphs(interpreter.glyphs(page));
        length += paragraphs.iter().flatten().map(|line| line.text.len() + 1).sum::<usize>();
        is_cut = length > most_bytes;
        if is_cut || interpreter.is_exhausted() {
            break;
        }
        pages.push(paragraphs);
    }
    if !pages.iter().flatten().flatten().any(|line| line.text.chars().any(char::is_alphanumeric)) {
        return Err(PdfError::Scanned(all));
    }
    let repeated = pages::remove_repeated(&mut pages);
    let title = pdf.metadata().title.as_deref().map(text_string);
    Ok(PdfText {
        text: pages::text(&pages),
        pages: labels::labels(&pdf, all),
        title: title.map(|title| title.trim().to_owned()).filter(|title| !title.is_empty()),
        unknown: interpreter.unknown,
        repeated,
        is_cut,
    })
}

#[cfg(test)]
mod tests;
