//! Files of other programs, changed at random: an error or a document without errors, in time, with a report that agrees.

use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

use longview::import::{Extent, Format, Options, import, preview};
use longview::open;
use longview::progress::Progress;

use super::bytes::mutated_of;
use super::random::Random;
use super::setting;

/// How many files a plain `cargo test` tries, without optimization.
const FEW: u64 = 1_000;
/// How many `.ci/run` tries.
const MANY: u64 = 20_000;

/// What the formats consist of, in pieces that mean something.
const TOKENS: [&str; 66] = [
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "\n",
    "\r\n",
    ";",
    "\t",
    "<",
    ">",
    "</",
    "&lt;",
    "&amp;",
    "<b>",
    "<!--",
    "]]>",
    "<![CDATA[",
    "<event start='1'",
    "null",
    "true",
    "-",
    "0",
    "99999999999999999999",
    "1e308",
    "-000333-01-01",
    "\"start\": ",
    "\"end\": ",
    "'",
    "\u{feff}",
    "\u{0}",
    "\u{202e}",
    "한",
    "DTSTART:",
    "RRULE:FREQ=SECONDLY",
    "0 @I1@ INDI",
    "BEGIN:VEVENT\n",
    "END:VEVENT\n",
    "DTSTART:99991231\n",
    "DURATION:P999999999W\n",
    "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\n",
    "RRULE:FREQ=DAILY;INTERVAL=4294967295\n",
    "RDATE:20240101/P1D\n",
    "TZID=Europe/Berlin",
    "\nbefore !x 999999999 years - 999999999 days: y\n",
    "\n99999/99999: x\n",
    "\n9999-12-31 every 1 second: x\n",
    "\n1 second every 2 minutes x 3: x\n",
    "\ngroup #\n",
    "\nendGroup\n",
    "\n###### h\n",
    "\n---\n",
    "[x](location)",
    "-99999-01-01 00:00:00",
    "../",
    "1 FAMC @F1@",
    "2 DATE BET @#DJULIAN@ 1 JAN 1700/01 AND 44 B.C.",
    "1 BIRT",
    "@book{a, title = {",
    "@string{a = a # a}",
    "1850-01-01T00:00:00Z",
    "\"date-parts\": [[",
    "http://www.wikidata.org/entity/Q42",
];

/// The files of all formats, each with its name.
fn corpus() -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import")];
    while let Some(folder) = folders.pop() {
        let mut entries: Vec<_> =
            std::fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
        entries.sort();
        for path in entries {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if ![".ron", ".report.txt"].iter().any(|result| name.ends_with(result)) {
                files.push((name, std::fs::read(&path).expect("a file")));
            }
        }
    }
    files
}

/// Returns the lines of a document without comments.
fn uncommented(text: &str) -> String {
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The parts of an archive, of which one is changed. Returns `None` if it is none, or for one in four the bytes of the
/// archive itself are to be changed.
fn mutated_archive(bytes: &[u8], random: &mut Random) -> Option<Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok().filter(|_| !random.once_in(4))?;
    let names: Vec<String> =
        archive.file_names().filter_map(|name| name.ok().map(std::borrow::Cow::into_owned)).collect();
    let texts = names.iter().map(|name| {
        let mut text = Vec::new();
        archive.by_name(name).expect("a part").read_to_end(&mut text).expect("a part");
        text
    });
    let mut texts: Vec<Vec<u8>> = texts.collect();
    let changed = random.below(texts.len());
    texts[changed] = mutated_of(&texts[changed], &texts, &SHEET_TOKENS, random);
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in names.iter().zip(texts) {
        archive.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).expect("a part");
        archive.write_all(&text).expect("memory");
    }
    Some(archive.finish().expect("an archive").into_inner())
}

/// What the parts of spreadsheets consist of.
const SHEET_TOKENS: [&str; 26] = [
    "<row r=\"1048576\">",
    "<row>",
    "</row>",
    "<c r=\"XFD1048576\" t=\"s\"><v>0</v></c>",
    "<c r=\"A1\" t=\"inlineStr\"><is><t>1965</t></is></c>",
    "<c t=\"d\"><v>1965-06-22T14:30:00</v></c>",
    "<c t=\"e\"><v>#REF!</v></c>",
    "<v>99999999999999</v>",
    "<v>-1e308</v>",
    "<v>NaN</v>",
    "<f>A1</f>",
    "<si><t>",
    "</t></si>",
    "<mergeCell ref=\"A1:XFD1048576\"/>",
    "<mergeCell ref=\"B9:A1\"/>",
    "<xf numFmtId=\"14\"/>",
    " s=\"99\"",
    " date1904=\"1\"",
    "&#0;",
    "&a;",
    "<!DOCTYPE x [<!ENTITY a \"a\">]>",
    "<table:table-row table:number-rows-repeated=\"1048576\">",
    "<table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"float\" office:value=\"1\"/>",
    "<text:s text:c=\"999999999\"/>",
    " office:date-value=\"1965-13-45\"",
    "<table:table table:name=\"x\">",
];

fn try_files(first: u64, count: u64) {
    let corpus = corpus();
    let all: Vec<Vec<u8>> = corpus.iter().map(|(_, bytes)| bytes.clone()).collect();
    for number in first..first + count {
        let mut random = Random::new(number);
        let (name, bytes) = &corpus[random.below(corpus.len())];
        let archive = mutated_archive(bytes, &mut random);
        let bytes = archive.unwrap_or_else(|| mutated_of(bytes, &all, &TOKENS, &mut random));
        let from = random.once_in(4).then(|| Format::ALL[random.below(Format::ALL.len())]);
        let begun = Instant::now();
        let case = || format!("case {number}, {name} as {from:?}:\n{}", String::from_utf8_lossy(&bytes));
        let options = Options { today: Some("2026-01-01".to_owned()), ..Options::default() };
        let result = std::panic::catch_unwind(|| import(&bytes, name, from, &options, &Progress::default()));
        assert!(result.is_ok(), "{}", case());
        let progress = Progress::default();
        let shown = std::panic::catch_unwind(|| preview(&bytes, name, from, &options, Extent::Whole, &progress));
        assert!(shown.is_ok(), "{}", case());
        let Ok(Ok(found)) = result else { continue };
        let text = found.text();
        // What an import makes is what its preview counts, and what is said of a table makes it again.
        let shown = shown.ok().and_then(Result::ok);
        assert_eq!(shown.as_ref().map(|shown| shown.counts.events()), Some(found.report.events), "{}", case());
        if let Some(table) = shown.and_then(|shown| shown.table) {
            let said = Options { table: table.options, ..options.clone() };
            let again = import(&bytes, name, from, &said, &progress).map(|again| uncommented(&again.text()));
            assert_eq!(again.as_deref(), Ok(uncommented(&text).as_str()), "{:?}: {}", said.table, case());
        }
        let opened = open(text.clone());
        let problems: Vec<String> = opened.diagnostics.iter().map(|problem| problem.human("a.ron", &text)).collect();
        assert!(!opened.has_errors(), "{}\n{}", problems.join("\n"), case());
        let events = opened.timeline.map_or(0, |timeline| timeline.events.len());
        assert_eq!(events, found.report.events, "{}", case());
        assert!(begun.elapsed() < Duration::from_secs(10), "{:?}: {}", begun.elapsed(), case());
    }
}

#[test]
fn a_few_files_of_other_programs() {
    try_files(0, FEW);
}

#[test]
#[ignore = "takes minutes"]
fn many_files_of_other_programs() {
    try_files(setting("FUZZ_FIRST", 0), setting("FUZZ_CASES", MANY));
}
