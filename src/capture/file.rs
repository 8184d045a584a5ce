//! The text of a file.

use crate::import::decode;
use crate::progress::Progress;
use crate::prose;

use super::pdf::{PdfText, read_pdf};
use super::text::SourceText;

/// The text of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// The text.
    pub text: SourceText,
    /// What the file says that it is called.
    pub title: Option<String>,
    /// What a reader should know of how it was read, a sentence each.
    pub notes: Vec<String>,
}

/// Reads the text of a file: a PDF file, HTML, or any other text. `name` is that of the file.
///
/// # Errors
/// Why it cannot be read, in words that go on after the name of the file.
pub fn read_file(bytes: Vec<u8>, name: &str, progress: &Progress) -> Result<SourceFile, String> {
    let head = bytes.get(..1024).unwrap_or(&bytes);
    if head.windows(5).any(|word| word == b"%PDF-") {
        return read_pages(bytes, progress);
    }
    let Some((text, encoding)) = decode(&bytes) else {
        return Err("it is neither a text nor a PDF file".to_owned());
    };
    let mut notes = Vec::new();
    if !encoding.is_usual() {
        notes.push(format!("It is read as {}.", encoding.words()));
    }
    if text.len() > SourceText::MOST_BYTES {
        notes.push(rest());
    }
    let text = text.get(..text.floor_char_boundary(SourceText::MOST_BYTES)).unwrap_or_default();
    if is_html(name, text) {
        // What is before it, such as the title, is no part of the text.
        let body = text.find("<body").or_else(|| text.find("<BODY")).unwrap_or_default();
        let blocks = prose::from_html(text.get(body..).unwrap_or_default()).blocks;
        let paragraphs: Vec<String> = blocks.iter().map(|block| prose::words(std::slice::from_ref(block))).collect();
        let title = title_of_html(text);
        return Ok(SourceFile { text: SourceText::new(paragraphs.join("\n\n")), title, notes });
    }
    Ok(SourceFile { text: SourceText::new(text), title: None, notes })
}

fn read_pages(bytes: Vec<u8>, progress: &Progress) -> Result<SourceFile, String> {
    let goes_on = |page: usize, all: usize| {
        progress.set_share(page as f32 / all.max(1) as f32);
        !progress.is_cancelled()
    };
    let read = read_pdf(bytes, SourceText::MOST_BYTES, &goes_on).map_err(|error| error.to_string())?;
    let PdfText { text, pages, title, unknown, repeated, is_cut } = read;
    let mut notes = Vec::new();
    let count = |number: usize, one: &str, more: &str| match number {
        1 => format!("1 {one}"),
        _ => format!("{number} {more}"),
    };
    if repeated > 0 {
        let lines = count(repeated, "line that repeats", "lines that repeat");
        notes.push(format!("{lines} at the top or bottom of pages left out."));
    }
    if unknown > 0 {
        let characters = count(unknown, "character", "characters");
        notes.push(format!("{characters} shown as \u{fffd}, as the file does not say what they mean."));
    }
    if is_cut {
        notes.push(rest());
    }
    Ok(SourceFile { text: SourceText::with_pages(text, pages), title, notes })
}

/// What is said of a text that is read in part.
fn rest() -> String {
    format!("Only the first {} MB of the text are read.", SourceText::MOST_BYTES >> 20)
}

fn is_html(name: &str, text: &str) -> bool {
    let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let head = text.trim_start();
    let head = head.get(..head.floor_char_boundary(14)).unwrap_or_default().to_ascii_lowercase();
    ["html", "htm", "xhtml"].contains(&&*ending) || head.starts_with("<!doctype html") || head.starts_with("<html")
}

/// Returns the title of a page.
fn title_of_html(text: &str) -> Option<String> {
    let lower = text.get(..text.floor_char_boundary(1 << 16))?.to_ascii_lowercase();
    let start = lower.find("<title")?;
    let start = start + lower.get(start..)?.find('>')? + 1;
    let end = start + lower.get(start..)?.find("</title")?;
    let title = prose::words(&prose::from_html(text.get(start..end)?).blocks);
    (!title.is_empty()).then_some(title)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], name: &str) -> Result<SourceFile, String> {
        read_file(bytes.to_vec(), name, &Progress::default())
    }

    #[test]
    fn texts_are_decoded() {
        let check = |bytes: &[u8], name: &str, expect: &str, notes: &[&str]| {
            let file = read(bytes, name).expect("a text");
            assert_eq!(file.text.text(), expect);
            assert_eq!(file.notes, notes);
        };
        check("In 1965, año.".as_bytes(), "a.txt", "In 1965, año.", &[]);
        check(b"A\xf1o 1965", "a.txt", "Año 1965", &["It is read as Windows-1252 (guessed)."]);
        let utf16: Vec<u8> = "\u{feff}1965한".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&utf16, "a.txt", "1965한", &["It is read as UTF-16."]);
        let html = "<html><head><title>A &amp; B</title><style>p {}</style></head>\
            <body><h1>One</h1><p>In <b>1965</b>,\nyes.</p></body>";
        let file = read(html.as_bytes(), "x").expect("a text");
        assert_eq!((file.text.text(), file.title.as_deref()), ("One\n\nIn 1965, yes.", Some("A & B")));
        let neither = Err("it is neither a text nor a PDF file".to_owned());
        assert_eq!(read(&[0, 1, 2, 0, 0xff, 0xfe, 0xc0], "a.txt"), neither);
        assert_eq!(read(b"%PDF-1.7 nothing", "a.pdf"), Err("it is broken, or no PDF".to_owned()));
    }

    #[test]
    fn a_text_beyond_the_limit_is_cut_and_says_so() {
        let long = "In 1965. ".repeat((8 << 20) / 9 + 1);
        let file = read(long.as_bytes(), "a.txt").expect("a text");
        assert_eq!(file.notes, ["Only the first 8 MB of the text are read."]);
    }
}
