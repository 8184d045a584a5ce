//! The archive that a spreadsheet is: refused if it would take too much memory or time, before calamine reads it.

use std::fmt::Display;
use std::io::{Cursor, Read as _};

use memchr::memmem::{find, find_iter};

use super::super::error::ImportError;
use super::super::limits::most_text;
use crate::document::MAX_FILE_BYTES;

/// Maximum number of cells of a sheet, those counted that are empty before another in their row.
pub(super) const MOST_CELLS: usize = 20_000_000;
/// Maximum number of columns of a sheet, as in the programs.
pub(super) const MOST_COLUMNS: usize = 16_384;
/// A file that unpacks to more than this, in bytes, may unpack to at most [`MOST_TIMES`] its size.
const SMALL: usize = 32 << 20;
/// Spreadsheets of programs unpack to 5 to 30 times their size.
const MOST_TIMES: usize = 100;

/// Returns the error of a sheet with too many cells.
pub(super) fn too_large() -> ImportError {
    let most = crate::date::with_separators(&MOST_CELLS.to_string());
    as_csv(&format!("the sheet has more than {most} cells"))
}

/// Returns the error of a file that cannot be read.
pub(super) fn broken(error: &dyn Display) -> ImportError {
    ImportError::new(format!("the spreadsheet is broken or locked: {error}"))
        .hint("open it in its program, and save it again as XLSX, ODS or CSV")
}

fn as_csv(message: &str) -> ImportError {
    ImportError::new(message).hint("save it as CSV, which is read in pieces")
}

/// Returns the size of the parts that are read, unpacked.
///
/// # Errors
/// Returns an error if parts unpack to very much, say that they have more strings than they can have, or have cells, texts
/// and spaces that are repeated very often.
pub(super) fn guard(bytes: &[u8]) -> Result<usize, ImportError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let is_read = |name: &str| [".xml", ".rels"].iter().any(|ending| name.ends_with(ending));
    if archive.decompressed_size().is_some_and(|size| size > 4 * MAX_FILE_BYTES as u128) {
        return Err(as_csv("the spreadsheet unpacks to more than 512 MiB"));
    }
    let mut total = 0;
    let mut buffer = vec![0; 1 << 16];
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|error| broken(&error))?;
        let name = part.name().map_err(|error| broken(&error))?.into_owned();
        if !is_read(&name) {
            continue;
        }
        let is_strings = name.ends_with("sharedStrings.xml");
        let is_content = name == "content.xml";
        let mut seen = Vec::new();
        let mut length = 0;
        loop {
            let read = part.read(&mut buffer).map_err(|error| broken(&error))?;
            let Some(piece) = buffer.get(..read).filter(|piece| !piece.is_empty()) else { break };
            length += read;
            total += read;
            if total > MAX_FILE_BYTES {
                return Err(as_csv("the spreadsheet unpacks to more than 512 MiB"));
            }
            if total > SMALL && total / MOST_TIMES > bytes.len() {
                return Err(as_csv("the spreadsheet unpacks to more than 100 times its size"));
            }
            if is_content || is_strings && seen.len() < 4096 {
                seen.extend_from_slice(piece);
            }
        }
        if is_strings && number_of(&seen, b"uniqueCount").is_some_and(|count| count > length as u64) {
            return Err(broken(&"it says that it has more strings than it has"));
        }
        if is_content {
            check(&seen)?;
        }
    }
    Ok(total)
}

/// Returns the parts of a spreadsheet that hold something other than cells: what it is, and the name of the part.
pub(super) fn others(bytes: &[u8]) -> Vec<(&'static str, String)> {
    let Ok(archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return Vec::new() };
    let what = |name: &str| {
        let is_chart =
            name.starts_with("xl/charts/chart") || name.starts_with("Object ") && name.ends_with("/content.xml");
        if name.starts_with("xl/comments") || name.starts_with("xl/threadedComments/") {
            Some("the notes on cells of a sheet")
        } else if name.starts_with("xl/media/") || name.starts_with("Pictures/") {
            Some("a picture within the file")
        } else if is_chart {
            Some("a chart")
        } else {
            None
        }
    };
    let names = archive.file_names().filter_map(|name| name.ok().map(|name| name.to_string()));
    let mut others: Vec<_> = names.filter_map(|name| Some((what(&name)?, name))).collect();
    others.sort();
    others
}

/// Returns the number in an attribute.
fn number_of(tag: &[u8], name: &[u8]) -> Option<u64> {
    let value = tag.get(find(tag, name)? + name.len()..)?;
    let digits = value.iter().skip_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b'=' | b'"' | b'\''));
    let digits: Vec<u8> = digits.copied().take_while(u8::is_ascii_digit).take(20).collect();
    Some(std::str::from_utf8(&digits).ok()?.parse().unwrap_or(u64::MAX)).filter(|_| !digits.is_empty())
}

/// Returns the pieces of some XML that each begin with `begin`.
fn pieces<'c>(content: &'c [u8], begin: &'c [u8]) -> impl Iterator<Item = &'c [u8]> {
    let starts = || find_iter(content, begin);
    let ends = starts().skip(1).chain([content.len()]);
    starts().zip(ends).map(|(start, end)| content.get(start..end).unwrap_or_default())
}

/// Returns the tag that a piece begins with.
fn tag(piece: &[u8]) -> &[u8] {
    piece.get(..memchr::memchr(b'>', piece).unwrap_or(piece.len())).unwrap_or_default()
}

/// Returns an error if a sheet in ODS has too many cells, or too much text, where repeated ones are many.
fn check(content: &[u8]) -> Result<(), ImportError> {
    let (mut cells, mut text) = (0_u64, 0_u64);
    for table in pieces(content, b"<table:table ").chain(pieces(content, b"<table:table>")) {
        let weight = weight(table);
        cells = cells.saturating_add(weight.cells);
        text = text.saturating_add(weight.text);
    }
    if cells > MOST_CELLS as u64 {
        return Err(too_large());
    }
    if text > most_text(content.len()) as u64 { Err(ImportError::too_long()) } else { Ok(()) }
}

/// How much a sheet in ODS is.
#[derive(Debug, Default, PartialEq, Eq)]
struct Weight {
    /// The number of cells of the smallest rectangle with all values, which is how calamine holds them.
    cells: u64,
    /// The length of all texts, in bytes.
    text: u64,
}

fn weight(table: &[u8]) -> Weight {
    let (mut rows, mut blank, mut width, mut text) = (0_u64, 0_u64, 0_u64, 0_u64);
    for row in pieces(table, b"<table:table-row") {
        let times = number_of(tag(row), b"number-rows-repeated").unwrap_or(1);
        let (mut own, mut last, mut own_text) = (0_u64, 0_u64, 0_u64);
        for cell in pieces(row, b"table-cell") {
            let tag = tag(cell);
            let count = number_of(tag, b"number-columns-repeated").unwrap_or(1).min(MOST_COLUMNS as u64);
            own = own.saturating_add(count);
            if find(tag, b"value").is_some() || find(tag, b"formula").is_some() {
                last = own;
                let spaces = pieces(cell, b"text:s").filter_map(|space| number_of(self::tag(space), b"text:c"));
                let length = spaces.fold(cell.len() as u64, u64::saturating_add);
                own_text = own_text.saturating_add(length.saturating_mul(count));
            }
        }
        text = text.saturating_add(own_text.saturating_mul(times));
        width = width.max(last);
        // Rows before the first value and after the last one are not held.
        if last > 0 {
            rows = rows.saturating_add(blank).saturating_add(times);
            blank = 0;
        } else if rows > 0 {
            blank = blank.saturating_add(times);
        }
    }
    Weight { cells: rows.saturating_mul(width), text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_cells_are_counted() {
        let row = |times: &str, cell: &str| format!("<table:table-row{times}>{cell}</table:table-row>");
        let value = "<table:table-cell office:value=\"1\"/>";
        let many = "<table:table-cell table:number-columns-repeated=\"1000\" office:value=\"1\"/>";
        let blank = "<table:table-cell table:number-columns-repeated=\"1000\"/>";
        let check = |text: &str, expect: u64| assert_eq!(weight(text.as_bytes()).cells, expect, "{text}");
        check(&row("", value), 1);
        check(&row(" table:number-rows-repeated=\"1048576\"", blank), 0);
        check(&row(" table:number-rows-repeated = '1000000'", many), 1_000_000_000);
        check(&(row("", many) + &row("", value)), 2_000);
        check(&(row("", value) + &row(" table:number-rows-repeated=\"8\"", blank) + &row("", value)), 10);
    }

    #[test]
    fn repeated_texts_are_counted() {
        let cell = |inner: &str| format!("<table:table-row><table:table-cell office:value-type=\"string\">{inner}");
        let text = |inner: &str| weight(cell(inner).as_bytes()).text;
        assert_eq!(text("ab") - text(""), 2);
        assert!(text("<text:p>a<text:s text:c=\"1000\"/>b<text:s/></text:p>") > 1_000);
    }
}
