//! A file that is made to exhaust, and pieces to make one of.

use std::cell::Cell;
use std::sync::Arc;

use longview::import::Format;

/// The size of the files, in bytes.
pub const SIZE: usize = 10_000_000;

thread_local! {
    /// The size of the file that this thread makes, in bytes.
    static MADE: Cell<usize> = const { Cell::new(SIZE) };
}

/// A file that is made to exhaust.
#[derive(Clone)]
pub struct Case {
    /// The format that it is read as; found, if there is none.
    pub format: Option<Format>,
    what: &'static str,
    file: &'static str,
    make: Arc<dyn Fn() -> Vec<u8> + Send + Sync>,
}

impl Case {
    /// A file that is read as a format.
    pub fn of(format: Format, what: &'static str, make: impl Fn() -> String + Send + Sync + 'static) -> Self {
        Self { format: Some(format), what, file: "a", make: Arc::new(move || make().into_bytes()) }
    }

    /// A file whose format is found from its content and its name.
    pub fn found(file: &'static str, what: &'static str, make: impl Fn() -> Vec<u8> + Send + Sync + 'static) -> Self {
        Self { format: None, what, file, make: Arc::new(make) }
    }

    pub fn name(&self) -> String {
        format!("{}: {}", self.format.map_or(self.file, Format::name), self.what)
    }

    /// The name of the file.
    pub fn file(&self) -> &'static str {
        self.file
    }

    pub fn bytes(&self) -> Vec<u8> {
        (self.make)()
    }

    /// Returns the same file with another size, in bytes.
    pub fn bytes_of_size(&self, size: usize) -> Vec<u8> {
        MADE.set(size);
        let bytes = self.bytes();
        MADE.set(SIZE);
        bytes
    }
}

/// A text of the size that is made: a piece again and again, with something before and after.
pub fn filled(before: &str, piece: &str, after: &str) -> String {
    let count = (MADE.get() - before.len() - after.len()) / piece.len();
    format!("{before}{}{after}", piece.repeat(count))
}

/// The same, of pieces that have a number.
pub fn numbered(before: &str, piece: impl Fn(usize) -> String, after: &str) -> String {
    let mut text = before.to_owned();
    for number in 0.. {
        let piece = piece(number);
        if text.len() + piece.len() + after.len() > MADE.get() {
            break;
        }
        text.push_str(&piece);
    }
    text + after
}

/// A text in brackets: as many that close as that open.
pub fn nested(before: &str, open: &str, close: &str, after: &str) -> String {
    let count = (MADE.get() - before.len() - after.len()) / (open.len() + close.len());
    format!("{before}{}{}{after}", open.repeat(count), close.repeat(count))
}
