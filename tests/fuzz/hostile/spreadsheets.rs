//! Spreadsheets: archives that unpack to very much, and parts that say more than they are.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

use super::case::{Case, SIZE};

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// An archive of parts. Each is written piece by piece: a piece, and how often it is repeated.
fn archive(parts: &[(&str, &[(&str, usize)])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, pieces) in parts {
        // What is small is stored, so that the file is as long as it is to read.
        let length: usize = pieces.iter().map(|(piece, count)| piece.len() * count).sum();
        let method = if length < 1_000 { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let options = SimpleFileOptions::default().compression_method(method).large_file(length > 1 << 31);
        archive.start_file(*name, options).expect("a part");
        for (piece, count) in *pieces {
            let many = piece.repeat((1 << 16) / piece.len().max(1) + 1);
            let at_once = many.len() / piece.len().max(1);
            for _ in 0..count / at_once {
                archive.write_all(many.as_bytes()).expect("memory");
            }
            archive.write_all(piece.repeat(count % at_once).as_bytes()).expect("memory");
        }
    }
    archive.finish().expect("an archive").into_inner()
}

/// A workbook of one sheet, with the pieces of its sheet, and further parts.
fn workbook(sheet: &[(&str, usize)], more: &[(&str, &[(&str, usize)])]) -> Vec<u8> {
    let book = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"Main\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let related = |list: &[(&str, &str)]| {
        let mut text = format!("<Relationships xmlns=\"{PACKAGE}\">");
        for (index, (kind, target)) in list.iter().enumerate() {
            let _ =
                write!(text, "<Relationship Id=\"rId{}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>", index + 1);
        }
        text + "</Relationships>"
    };
    let root = related(&[("officeDocument", "xl/workbook.xml")]);
    let parts = related(&[
        ("worksheet", "worksheets/sheet1.xml"),
        ("styles", "styles.xml"),
        ("sharedStrings", "sharedStrings.xml"),
    ]);
    let mut all: Vec<(&str, &[(&str, usize)])> = Vec::new();
    let pieces: [[(&str, usize); 1]; 4] = [
        [("<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>", 1)],
        [(&root, 1)],
        [(&book, 1)],
        [(&parts, 1)],
    ];
    let names = ["[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"];
    for (name, pieces) in names.iter().zip(&pieces) {
        if !more.iter().any(|(other, _)| other == name) {
            all.push((name, pieces));
        }
    }
    all.push(("xl/worksheets/sheet1.xml", sheet));
    all.extend(more);
    archive(&all)
}

const SHEET: (&str, usize) =
    ("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>", 1);
const END: (&str, usize) = ("</sheetData></worksheet>", 1);
const HEADER: (&str, usize) = (
    "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Title</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>Date</t></is></c></row>",
    1,
);

/// A document of `OpenDocument`, with the pieces of its first sheet.
fn open_document(sheet: &[(&str, usize)]) -> Vec<u8> {
    let begin = "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet>\
         <table:table table:name=\"Main\">";
    let end = "</table:table></office:spreadsheet></office:body></office:document-content>";
    let pieces: Vec<(&str, usize)> = [(begin, 1)].iter().chain(sheet).chain(&[(end, 1)]).copied().collect();
    archive(&[
        ("mimetype", &[("application/vnd.oasis.opendocument.spreadsheet", 1)]),
        (
            "META-INF/manifest.xml",
            &[("<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>", 1)],
        ),
        ("content.xml", &pieces),
    ])
}

fn xlsx(what: &'static str, make: fn() -> Vec<u8>) -> Case {
    Case::found("a.xlsx", what, make)
}

fn ods(what: &'static str, make: fn() -> Vec<u8>) -> Case {
    Case::found("a.ods", what, make)
}

pub fn cases() -> Vec<Case> {
    [workbooks(), archives(), open_documents()].concat()
}

/// Parts that say more than they are, or that are very much.
fn workbooks() -> Vec<Case> {
    vec![
        xlsx("a sheet of 1 GB of spaces", || workbook(&[SHEET, HEADER, (" ", 1_000_000_000), END], &[])),
        xlsx("a sheet of 1 GB of cells", || {
            workbook(&[SHEET, HEADER, ("<row><c><v>1</v></c></row>", 38_000_000), END], &[])
        }),
        xlsx("a sheet of 60 MB of spaces", || workbook(&[SHEET, HEADER, (" ", 60_000_000), END], &[])),
        xlsx("a sheet of 1,000,000 empty rows", || workbook(&[SHEET, HEADER, ("<row/>", 1_000_000), END], &[])),
        xlsx("a sheet of 60 MB of cells", || {
            workbook(&[SHEET, HEADER, ("<row><c><v>1</v></c></row>", 2_300_000), END], &[])
        }),
        xlsx("the last cell of a sheet", || {
            let cell = "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
            workbook(
                &[
                    (
                        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><dimension ref=\"A1:XFD1048576\"/><sheetData>",
                        1,
                    ),
                    HEADER,
                    (cell, 1),
                    END,
                ],
                &[],
            )
        }),
        xlsx("the last cell of 10,000 rows", || {
            let rows: String =
                (2..10_002).map(|n| format!("<row r=\"{n}\"><c r=\"XFD{n}\"><v>1</v></c></row>")).collect();
            workbook(&[SHEET, HEADER, (&rows, 1), END], &[])
        }),
        xlsx("cells beyond all", || {
            let cell = "<row r=\"99999999999\"><c r=\"ZZZZZZZZZZ99999999999\"><v>1e999</v></c></row>";
            workbook(&[SHEET, HEADER, (cell, 10_000), END], &[])
        }),
        xlsx("cells in the reverse order", || {
            let rows: String = (2..100_000)
                .rev()
                .map(|n| format!("<row r=\"{n}\"><c r=\"B{n}\"><v>1</v></c><c r=\"A{n}\"><v>1</v></c></row>"))
                .collect();
            workbook(&[SHEET, HEADER, (&rows, 1), END], &[])
        }),
        xlsx("merged cells", || {
            let merged = "</sheetData><mergeCells><mergeCell ref=\"A1:XFD1048576\"/>";
            let many = "<mergeCell ref=\"A2:A1048576\"/>";
            let rows: String =
                (2..20_000).map(|n| format!("<row r=\"{n}\"><c r=\"A{n}\"><v>1</v></c></row>")).collect();
            workbook(&[SHEET, HEADER, (&rows, 1), (merged, 1), (many, 100_000), ("</mergeCells></worksheet>", 1)], &[])
        }),
        xlsx("nested elements", || workbook(&[SHEET, HEADER, ("<row>", 1_000_000), END], &[])),
        xlsx("entities of entities", || {
            let entities = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
            workbook(
                &[
                    (entities, 1),
                    SHEET,
                    HEADER,
                    ("<row><c t=\"inlineStr\"><is><t>&b;</t></is></c></row>", 100_000),
                    END,
                ],
                &[],
            )
        }),
        xlsx("a shared string of 10 MB", || {
            let strings: [(&str, usize); 3] =
                [("<sst count=\"1\" uniqueCount=\"1\"><si><t>", 1), ("a", SIZE), ("</t></si></sst>", 1)];
            let rows: String = (2..30_000)
                .map(|n| {
                    format!("<row r=\"{n}\"><c r=\"A{n}\" t=\"s\"><v>0</v></c><c r=\"B{n}\"><v>1965</v></c></row>")
                })
                .collect();
            workbook(&[SHEET, HEADER, (&rows, 1), END], &[("xl/sharedStrings.xml", &strings)])
        }),
        xlsx("a shared string of 1 MB", || {
            let strings: [(&str, usize); 3] =
                [("<sst count=\"1\" uniqueCount=\"1\"><si><t>", 1), ("a", 1_000_000), ("</t></si></sst>", 1)];
            let rows: String = (2..30_000)
                .map(|n| {
                    format!("<row r=\"{n}\"><c r=\"A{n}\" t=\"s\"><v>0</v></c><c r=\"B{n}\"><v>1965</v></c></row>")
                })
                .collect();
            workbook(&[SHEET, HEADER, (&rows, 1), END], &[("xl/sharedStrings.xml", &strings)])
        }),
        xlsx("1,000,000 shared strings", || {
            let strings: [(&str, usize); 3] = [("<sst>", 1), ("<si><t>a</t></si>", 1_000_000), ("</sst>", 1)];
            workbook(&[SHEET, HEADER, END], &[("xl/sharedStrings.xml", &strings)])
        }),
        xlsx("a shared string of 1,000,000 pieces", || {
            let strings: [(&str, usize); 3] = [("<sst><si>", 1), ("<r><t>a</t></r>", 1_000_000), ("</si></sst>", 1)];
            workbook(&[SHEET, HEADER, END], &[("xl/sharedStrings.xml", &strings)])
        }),
        xlsx("numbers of strings that there are not", || {
            let strings: [(&str, usize); 1] =
                [("<sst count=\"9999999999\" uniqueCount=\"9999999999\"><si><t>a</t></si></sst>", 1)];
            workbook(&[SHEET, HEADER, END], &[("xl/sharedStrings.xml", &strings)])
        }),
        xlsx("strings that are not shared", || {
            let cells = "<row><c t=\"s\"><v>99999999</v></c><c t=\"s\"><v>-1</v></c></row>";
            workbook(&[SHEET, HEADER, (cells, 100_000), END], &[])
        }),
        xlsx("1,000,000 styles", || {
            let styles: [(&str, usize); 3] = [
                ("<styleSheet><numFmts><numFmt numFmtId=\"200\" formatCode=\"yyyy\"/></numFmts><cellXfs>", 1),
                ("<xf numFmtId=\"200\"/>", 1_000_000),
                ("</cellXfs></styleSheet>", 1),
            ];
            workbook(&[SHEET, HEADER, END], &[("xl/styles.xml", &styles)])
        }),
        xlsx("a format of 10 MB", || {
            let styles: [(&str, usize); 3] = [
                ("<styleSheet><numFmts><numFmt numFmtId=\"200\" formatCode=\"", 1),
                ("[", SIZE),
                ("\"/></numFmts><cellXfs><xf numFmtId=\"200\"/></cellXfs></styleSheet>", 1),
            ];
            workbook(&[SHEET, HEADER, END], &[("xl/styles.xml", &styles)])
        }),
        xlsx("100,000 sheets", || {
            let book = format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>");
            let pieces: [(&str, usize); 3] =
                [(&book, 1), ("<sheet name=\"a\" sheetId=\"1\" r:id=\"rId1\"/>", 100_000), ("</sheets></workbook>", 1)];
            workbook(&[SHEET, END], &[("xl/workbook.xml", &pieces)])
        }),
    ]
}

/// Archives that are more, or less, than they say.
fn archives() -> Vec<Case> {
    vec![
        xlsx("80,000 parts", || {
            let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
            for number in 0..80_000 {
                archive.start_file(format!("xl/{number}.xml"), SimpleFileOptions::default()).expect("a part");
            }
            archive.finish().expect("an archive").into_inner()
        }),
        xlsx("2,000 parts of 1 MB of spaces", || {
            let spaces = " ".repeat(1_000_000);
            let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
            for number in 0..2_000 {
                archive.start_file(format!("xl/{number}.xml"), SimpleFileOptions::default()).expect("a part");
                archive.write_all(spaces.as_bytes()).expect("memory");
            }
            archive.finish().expect("an archive").into_inner()
        }),
        xlsx("a sheet that says that it is short", || {
            let mut bytes = workbook(&[SHEET, HEADER, (" ", 900_000_000), END], &[]);
            // The sizes that entries say, in both of their places.
            for at in 0..bytes.len().saturating_sub(30) {
                let offset = match bytes.get(at..at + 4) {
                    Some(b"PK\x03\x04") => 22,
                    Some(b"PK\x01\x02") => 24,
                    _ => continue,
                };
                bytes[at + offset..at + offset + 4].copy_from_slice(&1_000_u32.to_le_bytes());
            }
            bytes
        }),
        xlsx("half of an archive", || {
            let mut bytes = workbook(&[SHEET, HEADER, ("<row><c><v>1</v></c></row>", 1_000_000), END], &[]);
            bytes.truncate(bytes.len() / 2);
            bytes
        }),
        xlsx("an archive with 10 MB after it", || {
            let mut bytes = workbook(&[SHEET, HEADER, END], &[]);
            bytes.resize(SIZE, b'P');
            bytes
        }),
        xlsx("10 MB of begins of parts", || b"PK\x03\x04".repeat(SIZE / 4)),
        xlsx("10 MB of ends of archives", || [b"PK\x03\x04".to_vec(), b"PK\x05\x06".repeat(SIZE / 4 - 1)].concat()),
        xlsx("10 MB of entries", || {
            [
                b"PK\x03\x04".to_vec(),
                b"PK\x01\x02".repeat(SIZE / 4 - 8),
                b"PK\x05\x06\0\0\0\0\xff\xff\xff\xff\xff\xff\x7f\0\x04\0\0\0\0\0".to_vec(),
            ]
            .concat()
        }),
    ]
}

fn open_documents() -> Vec<Case> {
    vec![
        ods("all cells, repeated", || {
            open_document(&[(
                "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"float\" office:value=\"1\"/></table:table-row>",
                1,
            )])
        }),
        ods("all cells, empty", || {
            open_document(&[(
                "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>",
                1,
            )])
        }),
        ods("the last cell of a sheet", || {
            open_document(&[(
                "<table:table-row table:number-rows-repeated=\"1048575\"/><table:table-row><table:table-cell table:number-columns-repeated=\"16383\"/><table:table-cell office:value-type=\"float\" office:value=\"1\"/></table:table-row>",
                1,
            )])
        }),
        ods("the last column of 10,000 rows", || {
            open_document(&[(
                "<table:table-row><table:table-cell table:number-columns-repeated=\"16383\"/><table:table-cell office:value-type=\"float\" office:value=\"1\"/></table:table-row>",
                10_000,
            )])
        }),
        ods("the first row and the last column", || {
            open_document(&[
                (
                    "<table:table-row><table:table-cell table:number-columns-repeated=\"16383\"/><table:table-cell office:value-type=\"float\" office:value=\"1\"/></table:table-row>",
                    1,
                ),
                (
                    "<table:table-row><table:table-cell office:value-type=\"float\" office:value=\"1\"/></table:table-row>",
                    100_000,
                ),
            ])
        }),
        ods("cells without a value, repeated", || {
            open_document(&[(
                "<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"string\"><text:p>a</text:p></table:table-cell></table:table-row>",
                1,
            )])
        }),
        ods("cells with an empty value, repeated", || {
            open_document(&[(
                "<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell table:number-columns-repeated='16384' office:value-type='string'><text:p>a</text:p></table:table-cell></table:table-row>",
                1,
            )])
        }),
        ods("rows that are repeated, in single quotes", || {
            open_document(&[(
                "<table:table-row table:number-rows-repeated='1000000'><table:table-cell table:number-columns-repeated = '16384' office:value = '1' office:value-type='float'/></table:table-row>",
                1,
            )])
        }),
        ods("another prefix", || {
            let begin = "<o:document-content xmlns:o=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\"><o:body><o:spreadsheet><table:table table:name=\"Main\"><table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell table:number-columns-repeated=\"16384\" o:value-type=\"float\" o:value=\"1\"/></table:table-row></table:table></o:spreadsheet></o:body></o:document-content>";
            archive(&[
                ("mimetype", &[("application/vnd.oasis.opendocument.spreadsheet", 1)]),
                ("META-INF/manifest.xml", &[("<manifest/>", 1)]),
                ("content.xml", &[(begin, 1)]),
            ])
        }),
        ods("cells of 1 GB", || {
            open_document(&[(
                "<table:table-row><table:table-cell office:value-type=\"float\" office:value=\"1\"/></table:table-row>",
                10_000_000,
            )])
        }),
        ods("cells of 60 MB", || {
            open_document(&[(
                "<table:table-row><table:table-cell office:value-type=\"float\" office:value=\"1\"/></table:table-row>",
                600_000,
            )])
        }),
        ods("a cell of 60 MB of words", || {
            open_document(&[
                ("<table:table-row><table:table-cell office:value-type=\"string\"><text:p>", 1),
                ("a ", 30_000_000),
                ("</text:p></table:table-cell></table:table-row>", 1),
            ])
        }),
        ods("a cell of 1,000,000 paragraphs", || {
            open_document(&[
                ("<table:table-row><table:table-cell office:value-type=\"string\">", 1),
                ("<text:p>a</text:p>", 1_000_000),
                ("</table:table-cell></table:table-row>", 1),
            ])
        }),
        ods("spaces, repeated", || {
            open_document(&[(
                "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>a<text:s text:c=\"999999999\"/>b</text:p></table:table-cell></table:table-row>",
                1_000,
            )])
        }),
        ods("tables in tables", || open_document(&[("<table:table>", 100_000)])),
        ods("rows in rows", || open_document(&[("<table:table-row>", 1_000_000)])),
        ods("100,000 sheets", || open_document(&[("</table:table><table:table table:name=\"a\">", 100_000)])),
    ]
}
