//! The rows of a table, whatever it was read from.

use super::super::error::ImportError;
use super::super::format::Format;
use super::super::options::Options;
use super::cell::Row;
use super::objects;
use super::sheet::{self, Sheet};
use super::text::{Text, TextRows};
use crate::progress::Progress;

/// A file that is a table.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct TableFile<'t> {
    /// Its format.
    pub format: Format,
    /// Its bytes.
    pub bytes: &'t [u8],
    /// Its text; `None` if it has none.
    pub text: Option<&'t str>,
}

/// A table that can be read several times.
#[derive(Clone, Debug)]
pub(super) enum Table<'t> {
    Text(Text<'t>),
    Sheet(Sheet),
}

/// A place between the rows of a table.
#[derive(Clone, Debug)]
pub(super) enum Cursor<'t> {
    Text(TextRows<'t>),
    Sheet(usize),
}

impl<'t> Table<'t> {
    /// Reads a file.
    pub fn new(file: TableFile<'t>, options: &Options, progress: &Progress) -> Result<Self, ImportError> {
        let wanted = options.table.sheet.as_deref();
        match file.format {
            Format::Xlsx => sheet::xlsx(file.bytes, wanted, progress).map(Self::Sheet),
            Format::Ods => sheet::ods(file.bytes, wanted).map(Self::Sheet),
            Format::Json => objects::read(file.text.unwrap_or_default()).map(Self::Sheet),
            format => {
                let text = file.text.ok_or_else(|| ImportError::new("this is no text"))?;
                let text = match format {
                    Format::Markdown => Text::with_commas(text),
                    format => Text::new(text, format == Format::Tsv),
                };
                Ok(Self::Text(text))
            }
        }
    }

    /// Keeps the first rows of a text. Returns whether these are all, as they are of a sheet.
    pub fn keep_first(&mut self, rows: usize) -> bool {
        match self {
            Self::Text(text) => text.keep_first(rows),
            Self::Sheet(_) => true,
        }
    }

    /// Begins to read the rows.
    pub fn begin(&self) -> Cursor<'t> {
        match self {
            Self::Text(text) => Cursor::Text(text.rows()),
            Self::Sheet(_) => Cursor::Sheet(0),
        }
    }

    /// Returns how much there is to read, in units of [`Table::position`].
    pub fn size(&self) -> u64 {
        match self {
            Self::Text(text) => text.len() as u64,
            Self::Sheet(sheet) => sheet.rows.len() as u64,
        }
    }

    /// Returns how far a cursor has come.
    pub fn position(cursor: &Cursor<'_>) -> u64 {
        match cursor {
            Cursor::Text(rows) => rows.position() as u64,
            Cursor::Sheet(row) => *row as u64,
        }
    }

    /// Reads the next row that is not blank. Returns `false` if there is none.
    pub fn next(&self, cursor: &mut Cursor<'t>, row: &mut Row<'t>) -> bool {
        match (self, cursor) {
            (Self::Text(_), Cursor::Text(rows)) => loop {
                if !rows.next(row) {
                    return false;
                }
                row.cut();
                if !row.is_blank() {
                    return true;
                }
            },
            (Self::Sheet(sheet), Cursor::Sheet(at)) => {
                let Some(next) = sheet.rows.get(*at) else { return false };
                row.clone_from(next);
                row.cut();
                *at += 1;
                true
            }
            _ => false,
        }
    }
}
