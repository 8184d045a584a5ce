//! PDF files, changed at random: a text or an error, in time.

use std::time::{Duration, Instant};

use longview::capture::{PdfError, read_pdf};

use super::bytes::mutated_of;
use super::random::Random;
use super::setting;

/// How many files a plain `cargo test` tries, without optimization.
const FEW: u64 = 2_000;
/// How many `.ci/run` tries.
const MANY: u64 = 100_000;
/// A file that takes longer hangs.
const HANGS: Duration = Duration::from_secs(20);

/// What files consist of, in pieces that mean something.
const TOKENS: [&str; 44] = [
    "<<",
    ">>",
    "[",
    "]",
    "(",
    ")",
    "<",
    ">",
    "/",
    " ",
    "\n",
    "1 0 R",
    "4 0 R",
    "7 0 R",
    "obj",
    "endobj",
    "stream\n",
    "endstream",
    "xref",
    "trailer",
    "startxref",
    "/Length 0",
    "/Length 999999999",
    "/Filter /FlateDecode",
    "/Filter [/ASCIIHexDecode /LZWDecode]",
    "/Kids [2 0 R]",
    "/Parent 2 0 R",
    "/Type /ObjStm /N 9 /First 0",
    "/Encrypt 1 0 R",
    "/Differences [255 /a /b /c]",
    "/W [0 65535 1]",
    "BT",
    "ET",
    "Tj",
    "TJ",
    "Tf",
    "Td",
    "Tm",
    "cm",
    "/X Do",
    "q",
    "99999999999999999999",
    "-1e38",
    "beginbfrange <00> <ffffffff> <0041> endbfrange",
];

/// A small file with a simple and a composite font, a form and labels of pages; its objects are found without a table.
const SEED: &str = "%PDF-1.7\n\
    1 0 obj << /Type /Catalog /Pages 2 0 R /PageLabels << /Nums [0 << /S /r /St 3 /P (A-) >>] >> >> endobj\n\
    2 0 obj << /Type /Pages /Count 2 /Kids [3 0 R 8 0 R] >> endobj\n\
    3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F 5 0 R /G 6 0 R >> \
    /XObject << /X 7 0 R >> >> >> endobj\n\
    4 0 obj << /Length 130 >> stream\nq 1 0 0 1 9 9 cm BT /F 12 Tf 50 700 Td (In 1965 a) Tj [(trea) -20 (ty)] TJ 0 -14 Td \
    (was diplo-) Tj T* /G 9 Tf <00010002> Tj ET Q /X Do\nendstream endobj\n\
    5 0 obj << /Type /Font /Subtype /Type1 /FirstChar 32 /Widths [300 400 500] /Encoding << /BaseEncoding /WinAnsiEncoding \
    /Differences [65 /Aacute /uni20AC /f_i] >> >> endobj\n\
    6 0 obj << /Type /Font /Subtype /Type0 /Encoding /Identity-H /ToUnicode 9 0 R /DescendantFonts [<< /Type /Font \
    /Subtype /CIDFontType2 /DW 500 /W [1 [600 700] 5 9 400] >>] >> endobj\n\
    7 0 obj << /Type /XObject /Subtype /Form /Matrix [0 1 -1 0 9 9] /Length 40 >> stream\nBT /F 8 Tf 1 0 0 1 5 5 Tm (side) Tj \
    ET /X Do\nendstream endobj\n\
    8 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >> \
    endobj\n\
    9 0 obj << /Length 150 >> stream\n1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <0001> <0009> <0041> \
    endbfrange 1 beginbfchar <0002> <D83DDE00> endbfchar\nendstream endobj\n\
    trailer << /Root 1 0 R >>\n";

fn try_files(first: u64, count: u64) {
    let seed = SEED.as_bytes();
    let own = read_pdf(seed.to_vec(), 1 << 20, &|_, _| true).expect("a text");
    assert!(own.text.contains("1965") && own.pages == ["A-iii", "A-iv"], "{own:?}");
    let corpus = [seed.to_vec()];
    let mut read = 0;
    for number in first..first + count {
        let bytes = mutated_of(seed, &corpus, &TOKENS, &mut Random::new(number));
        let started = Instant::now();
        let text = read_pdf(bytes, 1 << 20, &|_, _| true);
        assert!(started.elapsed() < HANGS, "case {number} takes {:?}", started.elapsed());
        if let Ok(text) = text {
            read += 1;
            let pages = text.text.matches('\u{c}').count() + 1;
            assert!(pages <= text.pages.len().max(1), "case {number}: {pages} pages, {} labels", text.pages.len());
        }
    }
    println!("{count} files, {read} with a text");
    assert!(read > count / 10, "only {read} of {count} files were read");
    // Cancelled before a page.
    assert_eq!(read_pdf(seed.to_vec(), 1 << 20, &|_, _| false), Err(PdfError::Cancelled));
}

#[test]
fn a_few_pdf_files() {
    try_files(0, FEW);
}

#[test]
#[ignore = "takes a minute with optimization; .ci/run runs it"]
fn many_pdf_files() {
    try_files(setting("FUZZ_FIRST", 0), setting("FUZZ_CASES", MANY));
}
