//! Bytes of documents, changed at random.

use std::path::Path;
use std::sync::OnceLock;

use super::random::Random;

/// What a document consists of, in pieces that mean something.
const TOKENS: [&str; 48] = [
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "\"",
    "\"\"",
    "r#\"",
    "\"#",
    "//",
    "/*",
    "*/",
    "\\",
    "\\u{FFFFFF}",
    "\\u{301}",
    "\\n",
    "Some(",
    "None",
    "true",
    "1e400",
    "-0.0",
    "NaN",
    "inf",
    "18446744073709551616",
    "title: \"t\"",
    "id: \"a\"",
    "date: \"1965\"",
    "date: \"\"",
    "date: \"../..\"",
    "lane: \"a\"",
    "value: 1e308",
    "importance: 1e39",
    "events: [",
    "series: [",
    "lanes: [(id: \"a\", title: \"\")]",
    "zone: \"Asia/Seoul\"",
    "view: (from: \"1e9\", to: \"0\")",
    "\u{feff}",
    "\u{202e}",
    "\u{0}",
    "\r\n",
    "\t",
    "é",
    "한",
    "👩‍🚀",
];

/// The documents of the repository, good and bad ones.
pub fn corpus() -> &'static [Vec<u8>] {
    static CORPUS: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    CORPUS.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut documents = vec![std::fs::read(root.join("timeline.ron")).expect("the first document")];
        let mut folders = vec![root.join("timelines"), root.join("tests/fixtures")];
        while let Some(folder) = folders.pop() {
            let entries = std::fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("an entry").path());
            let mut entries: Vec<_> = entries.collect();
            entries.sort();
            for path in entries {
                if path.is_dir() {
                    // Files of other programs are no documents.
                    folders.extend(Some(path).filter(|path| !path.ends_with("import")));
                } else {
                    documents.push(std::fs::read(&path).expect("a document"));
                }
            }
        }
        documents
    })
}

/// Bytes like those of a document.
pub fn mutated(random: &mut Random) -> Vec<u8> {
    let corpus = corpus();
    mutated_of(&corpus[random.below(corpus.len())], corpus, &TOKENS, random)
}

/// Bytes like given ones, with pieces of others and words that mean something.
pub fn mutated_of(bytes: &[u8], corpus: &[Vec<u8>], tokens: &[&str], random: &mut Random) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=random.below(6) {
        let at = random.below(bytes.len() + 1);
        let end = (at + random.below(40)).min(bytes.len());
        match random.below(7) {
            0 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << random.below(8);
                }
            }
            1 => drop(bytes.drain(at..end)),
            2 => drop(bytes.splice(at..at, tokens[random.below(tokens.len())].bytes())),
            3 => drop(bytes.splice(at..end, tokens[random.below(tokens.len())].bytes())),
            4 => {
                let copied = bytes[at..end].to_vec();
                let to = random.below(bytes.len() + 1);
                drop(bytes.splice(to..to, copied));
            }
            5 => {
                let other = &corpus[random.below(corpus.len())];
                let from = random.below(other.len() + 1);
                let to = (from + random.below(200)).min(other.len());
                drop(bytes.splice(at..at, other[from..to].iter().copied()));
            }
            _ => bytes.truncate(at),
        }
    }
    bytes
}
