//! Detects files of other programs by how they begin.

use super::{
    position::BOM,
    raw_diagnostic::RawDiagnostic,
    scan::{Scanner, TokenKind},
};

/// Returns an error that names the kind of binary file, if it is recognised.
pub(super) fn binary(bytes: &[u8]) -> Option<RawDiagnostic> {
    /// Number of bytes that are examined.
    const HEAD: usize = 4096;
    const KINDS: [(&[u8], &str); 13] = [
        (b"PK\x03\x04", "a ZIP file, as spreadsheets and word processors save them"),
        (b"\xD0\xCF\x11\xE0", "a file of an old Excel or Word"),
        (b"%PDF-", "a PDF"),
        (b"\x89PNG", "a picture (PNG)"),
        (b"\xFF\xD8\xFF", "a picture (JPEG)"),
        (b"GIF8", "a picture (GIF)"),
        (b"RIFF", "a picture or a sound"),
        (b"\x1F\x8B", "a compressed file (gzip)"),
        (b"\x28\xB5\x2F\xFD", "a compressed file (zstd)"),
        (b"7z\xBC\xAF", "a compressed file (7-Zip)"),
        (b"SQLite format 3", "a database (SQLite)"),
        (b"\x7FELF", "a program"),
        (b"{\\rtf", "a file of a word processor (RTF)"),
    ];
    let kind = KINDS.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, kind)| *kind);
    // UTF-16 text also contains zeros, but is detected before; a document may contain some in its strings.
    let is_binary = || {
        let head = bytes.get(..HEAD).unwrap_or(bytes);
        head.contains(&0) && !begins_as_document(&String::from_utf8_lossy(head))
    };
    let kind = kind.or_else(|| is_binary().then_some("a binary file"))?;
    Some(
        RawDiagnostic::error(0..0, format!("this is {kind}, not a timeline"))
            .hint("a timeline is a text file in RON, such as `(title: \"..\", lanes: [..], events: [..])`"),
    )
}

/// Returns an error that names the kind of text file, if it is recognised and does not begin like a document.
pub(super) fn text(text: &str) -> Option<RawDiagnostic> {
    let body = text.strip_prefix(BOM).unwrap_or(text);
    if begins_as_document(body) {
        return None;
    }
    let start = body.get(Scanner::new(body).peek().start..)?;
    let (kind, hint) = if is_json(start) {
        ("JSON", "in RON, fields stand in parentheses and their names without quotes: `(title: \"..\", events: [..])`")
    } else if let Some(kind) = markup(start) {
        (kind, WRITE)
    } else if start.starts_with("BEGIN:VCALENDAR") {
        ("a calendar (iCalendar)", EACH)
    } else if start.starts_with("BEGIN:VCARD") {
        ("a list of contacts (vCard)", EACH)
    } else if start.starts_with("0 HEAD") {
        ("a family tree (GEDCOM)", EACH)
    } else if let Some(kind) = table(start) {
        (kind, EACH)
    } else if start.starts_with("---\n") || start.starts_with("---\r") {
        ("YAML", WRITE)
    } else {
        return None;
    };
    Some(RawDiagnostic::error(0..0, format!("this looks like {kind}, and Longview reads RON")).hint(hint))
}

const WRITE: &str = "write the timeline as `(title: \"..\", lanes: [..], events: [..])`";
const EACH: &str = "write each entry as an event, `(id: \"..\", lane: \"..\", title: \"..\", date: \"..\")`, in \
                    `(title: \"..\", lanes: [..], events: [..])`";

/// Returns `true` if the first thing in a text is `(`, a name before it, or an attribute, as in a document.
#[must_use]
pub fn begins_as_document(text: &str) -> bool {
    let mut scanner = Scanner::new(text);
    match scanner.advance().kind {
        TokenKind::Open('(') | TokenKind::End => true,
        TokenKind::Word => matches!(scanner.peek().kind, TokenKind::Open('(')),
        TokenKind::Other('#') => scanner.peek().kind == TokenKind::Other('!'),
        _ => false,
    }
}

fn is_json(text: &str) -> bool {
    let mut signs = text.chars().filter(|c| !c.is_whitespace());
    match (signs.next(), signs.next()) {
        (Some('{'), Some('"' | '}')) | (Some('['), Some('{')) => true,
        (Some('['), Some(next)) => matches!(next, '"' | '[' | ']' | '-' | '0'..='9'),
        _ => false,
    }
}

fn markup(text: &str) -> Option<&'static str> {
    let starts = |word: &str| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    match () {
        () if starts("<!doctype html") || starts("<html") => Some("a web page (HTML)"),
        () if starts("<svg") => Some("a picture (SVG)"),
        () if starts("<?xml") || starts("<!--") || starts("<!doctype") => Some("XML"),
        () if text.strip_prefix('<').is_some_and(|name| name.starts_with(char::is_alphabetic)) => Some("XML"),
        () => None,
    }
}

/// Returns the kind of table if the first records are cells in columns: at least two columns, and in each record as
/// many cells as in the first, or one more or less, as spreadsheets and people end records differently.
fn table(text: &str) -> Option<&'static str> {
    /// Number of records that are examined.
    const RECORDS: usize = 8;
    let kinds = [(b'\t', "a table (TSV)"), (b';', "a table (CSV)"), (b',', "a table (CSV)")];
    let found = kinds.into_iter().find(|(separator, _)| {
        let mut reader = csv::ReaderBuilder::new();
        let mut reader = reader.delimiter(*separator).flexible(true).has_headers(false).from_reader(text.as_bytes());
        let records = reader.byte_records().take(RECORDS).map(|record| record.map_or(0, |record| record.len()));
        let columns: Vec<usize> = records.collect();
        let first = columns.first().copied().unwrap_or_default();
        first > 1 && columns.len() > 1 && columns.iter().all(|columns| columns.abs_diff(first) <= 1 && *columns > 1)
    });
    found.map(|(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(document: &str, expect: Option<&str>) {
        let found = text(document).map(|diagnostic| diagnostic.message);
        let expect = expect.map(|kind| format!("this looks like {kind}, and Longview reads RON"));
        assert_eq!(found, expect, "{document}");
    }

    #[test]
    fn files_of_other_programs_are_named() {
        check("{\"title\": \"t\"}", Some("JSON"));
        check("\u{FEFF} [\n {\"id\": 1}]", Some("JSON"));
        check("[1, 2]", Some("JSON"));
        check("<!DOCTYPE html><html>", Some("a web page (HTML)"));
        check("<?xml version=\"1.0\"?><a/>", Some("XML"));
        check("<svg xmlns=\"\"/>", Some("a picture (SVG)"));
        check("BEGIN:VCALENDAR\r\nEND:VCALENDAR", Some("a calendar (iCalendar)"));
        check("0 HEAD\n1 SOUR x", Some("a family tree (GEDCOM)"));
        check("date,title,description\n1965,\"A treaty, signed\",x\n1966,b,\n", Some("a table (CSV)"));
        check("start,end,label\n1200,,Cusco,\n1438,\"1533\",\"Inca\nEmpire\",\n", Some("a table (CSV)"));
        check("<data>\n<event/></data>", Some("XML"));
        check("date;title\n1965;A treaty, signed\n", Some("a table (CSV)"));
        check("date\ttitle\n1965\tA treaty, signed\n", Some("a table (TSV)"));
        check("---\ntitle: t\n", Some("YAML"));
    }

    #[test]
    fn documents_and_what_has_no_kind_are_not() {
        for document in [
            "",
            "(title: \"a, b\",\nlanes: [],\n)",
            "Timeline(a, b)\n, ",
            "// a, b\n// c, d\n(title: \"t\")",
            "#![enable(implicit_some)]\n()",
            "[]x",
            "Timelin(a,\nb,",
            "A page of prose, with a comma.\nAnother line.",
            "title: \"t\"",
        ] {
            let is_list = document == "[]x";
            check(document, is_list.then_some("JSON"));
        }
    }

    #[test]
    fn binary_files_are_named() {
        let says = |bytes: &[u8]| binary(bytes).map(|diagnostic| diagnostic.message);
        assert_eq!(says(b"\x89PNG\r\n\x1a\n").as_deref(), Some("this is a picture (PNG), not a timeline"));
        assert!(says(b"PK\x03\x04..").is_some_and(|message| message.contains("spreadsheets")));
        assert_eq!(says(b"abc\0def").as_deref(), Some("this is a binary file, not a timeline"));
        assert_eq!(says(b"(title: \"caf\xE9\")"), None);
        assert_eq!(says(b"(title: \"\0\")"), None);
    }
}
