//! Family trees, bibliographies, and results of Wikidata.

use longview::import::Format;

use super::case::{Case, filled, nested, numbered};

/// The begin of a family tree, within a person who is dead.
const PERSON: &str = "0 HEAD\n0 @A@ INDI\n1 NAME A /B/\n1 DEAT Y\n";

pub fn cases() -> Vec<Case> {
    [trees(), bibliographies(), results()].concat()
}

fn trees() -> Vec<Case> {
    let of = |what, make: fn() -> String| Case::of(Format::Gedcom, what, make);
    vec![
        of("tiny persons", || {
            numbered(
                "0 HEAD\n",
                |n| format!("0 @{n}@ INDI\n1 NAME A /B/\n1 DEAT\n2 DATE 1900\n1 BIRT\n2 DATE 1850\n"),
                "0 TRLR\n",
            )
        }),
        of("families in a circle", || {
            numbered(
                "0 HEAD\n",
                |n| {
                    format!(
                        "0 @I{n}@ INDI\n1 NAME a\n1 DEAT Y\n1 FAMC @F{n}@\n1 FAMS @F{}@\n0 @F{n}@ FAM\n1 CHIL @I{n}@\n1 HUSB @I{}@\n",
                        (n + 1) % 1_000,
                        (n + 999) % 1_000
                    )
                },
                "0 TRLR\n",
            )
        }),
        of("one person in all families", || {
            numbered(
                PERSON,
                |n| {
                    format!(
                        "1 FAMS @F{n}@\n1 FAMC @F{n}@\n0 @F{n}@ FAM\n1 HUSB @A@\n1 CHIL @A@\n1 MARR\n2 DATE 1800\n0 @A@ INDI\n"
                    )
                },
                "0 TRLR\n",
            )
        }),
        of("one family of all persons", || {
            let mut text = numbered("0 HEAD\n", |n| format!("0 @I{n}@ INDI\n1 DEAT Y\n1 FAMC @F@\n1 FAMS @F@\n"), "");
            text.truncate(6_000_000);
            let at = text.rfind("0 @I").unwrap_or(0);
            text.truncate(at);
            let count = text.matches("INDI").count();
            text.push_str("0 @F@ FAM\n1 MARR\n2 DATE 1800\n");
            for n in 0..count {
                text.push_str(&format!("1 CHIL @I{n}@\n"));
            }
            text
        }),
        of("families of many children, who have many families", || {
            let families: String = (0..600).map(|n| format!("1 FAMS @F{n}@\n1 FAMC @F{n}@\n")).collect();
            let mut text = "0 HEAD\n".to_owned();
            for n in 0..300 {
                text.push_str(&format!("0 @I{n}@ INDI\n1 NAME P{n} /B/\n1 DEAT Y\n{families}"));
            }
            let children: String = (0..300).map(|n| format!("1 CHIL @I{n}@\n")).collect();
            for n in 0..600 {
                text.push_str(&format!("0 @F{n}@ FAM\n1 MARR\n2 DATE 1800\n1 HUSB @I{}@\n{children}", n % 300));
            }
            text
        }),
        of("ever deeper levels", || numbered("0 HEAD\n", |n| format!("{n} NOTE a\n"), "")),
        of("levels up to 99", || numbered("0 HEAD\n", |n| format!("{} NOTE a\n", n % 100), "")),
        of("lines of a note", || filled(&format!("{PERSON}1 NOTE a\n"), "2 CONT a\n", "")),
        of("parts of a line of a note", || filled(&format!("{PERSON}1 NOTE a\n"), "2 CONC a\n", "")),
        of("notes of notes", || {
            numbered(&format!("{PERSON}1 NOTE @N0@\n"), |n| format!("0 @N{n}@ NOTE a\n1 NOTE @N{}@\n", n + 1), "")
        }),
        of("a note of itself", || filled(&format!("{PERSON}1 NOTE @N@\n0 @N@ NOTE @N@\n"), "1 NOTE @N@\n", "")),
        of("one note for all", || {
            filled(&format!("0 HEAD\n0 @N@ NOTE {}\n", "a ".repeat(10_000)), "0 @A@ INDI\n1 DEAT Y\n1 NOTE @N@\n", "")
        }),
        of("events of a person", || filled(PERSON, "1 OCCU x\n2 DATE 1800\n", "")),
        of("sources of an event", || {
            filled(&format!("{PERSON}1 BIRT\n2 DATE 1800\n"), "2 SOUR @S@\n3 PAGE 1\n", "0 @S@ SOUR\n1 TITL a\n")
        }),
        of("sources in words", || {
            numbered(&format!("{PERSON}1 BIRT\n2 DATE 1800\n"), |n| format!("2 SOUR source {n}\n"), "")
        }),
        of("sources with repositories", || {
            numbered("0 HEAD\n", |n| format!("0 @S{n}@ SOUR\n1 TITL t{n}\n1 REPO @R@\n"), "0 @R@ REPO\n1 NAME a\n")
        }),
        of("names of a person", || filled(PERSON, "1 NAME A /B/\n", "")),
        of("the same record", || filled("0 HEAD\n", "0 @A@ INDI\n1 DEAT Y\n", "")),
        of("pictures of a person", || numbered(PERSON, |n| format!("1 OBJE\n2 FILE a{n}.jpg\n"), "")),
        of("lines that are none", || filled("0 HEAD\n", "no level\n", "")),
        of("a line of one letter", || filled(&format!("{PERSON}1 NOTE "), "a", "\n")),
        of("signs", || filled(&format!("{PERSON}1 NOTE "), "[*_`@", "\n")),
        of("dates of many words", || {
            filled(PERSON, &format!("1 BIRT\n2 DATE BET {}\n", "1 JAN 1700 AND ".repeat(200)), "")
        }),
        of("dates beyond all", || filled(PERSON, "1 EVEN\n2 DATE @#DFRENCH R@ 30 COMP 99999999999999999999\n", "")),
        of("ANSEL", || {
            let head = "0 HEAD\n1 CHAR ANSEL\n0 @A@ INDI\n1 DEAT Y\n1 NOTE ";
            filled(head, "\u{e1}", "\n")
        }),
    ]
}

fn bibliographies() -> Vec<Case> {
    let of = |what, make: fn() -> String| Case::of(Format::BibLatex, what, make);
    vec![
        of("tiny entries", || {
            numbered("", |n| format!("@book{{k{n}, author = {{A B}}, title = {{A title}}, date = {{1965}}}}\n"), "")
        }),
        of("braces", || nested("@book{k, title = {", "{", "}", "}}")),
        of("braces that open", || filled("@book{k, title = {", "{", "")),
        of("braces that close", || filled("@book{k, title = {", "}", "")),
        of("entries that open", || filled("", "@book{a,", "")),
        of("entries without an end", || filled("", "\n@book{a, title = {b", "")),
        of("at signs", || filled("", "@", "")),
        of("quotes", || filled("@book{k, title = ", "\"", "}")),
        of("backslashes", || filled("@book{k, title = {", "\\", "}}")),
        of("commands", || filled("@book{k, title = {", "\\emph{a", "}}")),
        of("nested commands", || nested("@book{k, title = {", "\\emph{", "}", "}}")),
        of("accents", || filled("@book{k, title = {", "\\'{e}", "}}")),
        of("dollars", || filled("@book{k, title = {", "$", "}}")),
        of("percent signs", || filled("@book{k, title = {", "%", "}}")),
        of("authors", || filled("@book{k, title = {t}, author = {", "a and ", "b}}")),
        of("authors of many words", || filled("@book{k, title = {t}, author = {", "a ", "b}}")),
        of("authors of many commas", || filled("@book{k, title = {t}, author = {", "a, ", "b}}")),
        of("keywords", || numbered("@book{k, title = {t}, keywords = {", |n| format!("w{n},"), "}}")),
        of("strings that double", || {
            let strings: String = (0..64).map(|n| format!("@string{{s{} = s{n} # s{n}}}\n", n + 1)).collect();
            format!("@string{{s0 = {{xxxxxxxxxx}}}}\n{strings}@book{{k, title = s64, year = s64}}\n")
        }),
        of("strings of strings", || {
            numbered("@string{s0 = {x}}\n", |n| format!("@string{{s{} = s{n}}}\n", n + 1), "@book{k, title = s100}")
        }),
        of("strings of later ones", || {
            numbered("", |n| format!("@string{{s{n} = s{}}}\n", n + 1), "@book{k, title = s0}")
        }),
        of("a string in all entries", || {
            filled(&format!("@string{{s = {{{}}}}}\n", "x".repeat(100_000)), "@book{k, title = s, year = s}\n", "")
        }),
        of("a value of many parts", || filled("@book{k, title = {a}", " # {a}", "}")),
        of("fields", || numbered("@book{k, title = {a}", |n| format!(", f{n} = {{a}}"), "}")),
        of("cross references in a chain", || {
            numbered("", |n| format!("@book{{k{n}, title = {{t}}, crossref = {{k{}}}}}\n", n + 1), "")
        }),
        of("cross references in a circle", || {
            numbered("", |n| format!("@book{{k{n}, title = {{t}}, crossref = {{k{}}}}}\n", (n + 1) % 1_000), "")
        }),
        of("cross references to one", || {
            numbered(
                &format!("@book{{p, title = {{{}}}}}\n", "t".repeat(10_000)),
                |n| format!("@inbook{{k{n}, crossref = {{p}}}}\n"),
                "",
            )
        }),
        of("data of many entries", || {
            numbered(
                "",
                |n| format!("@book{{k{n}, title = {{t}}, xdata = {{k{}, k{}, k{}}}}}\n", n + 1, n + 2, n + 3),
                "",
            )
        }),
        of("dates", || filled("", &format!("@book{{k, title = {{a}}, date = {{{}}}}}\n", "1965/".repeat(500)), "")),
        of("comments", || filled("", "@comment{a}\n", "")),
        Case::of(Format::Csl, "tiny entries", || {
            numbered(
                "[",
                |n| {
                    format!(
                        "{{\"id\":\"k{n}\",\"type\":\"book\",\"title\":\"t\",\"issued\":{{\"date-parts\":[[1965]]}}}},"
                    )
                },
                "{}]",
            )
        }),
        Case::of(Format::Csl, "authors", || {
            filled("[{\"id\":\"a\",\"type\":\"book\",\"title\":\"t\",\"author\":[", "{\"family\":\"a\"},", "{}]}]")
        }),
        Case::of(Format::Csl, "parts of a date", || {
            filled(
                "[{\"id\":\"a\",\"type\":\"book\",\"title\":\"t\",\"issued\":{\"date-parts\":[",
                "[1965],",
                "[1]]}}]",
            )
        }),
        Case::of(Format::Csl, "nested lists", || {
            nested("[{\"id\":\"a\",\"type\":\"book\",\"issued\":", "[", "]", "}]")
        }),
        Case::of(Format::Csl, "HTML in a title", || {
            filled("[{\"id\":\"a\",\"type\":\"book\",\"title\":\"", "<i>", "\"}]")
        }),
    ]
}

fn results() -> Vec<Case> {
    let of = |what, make: fn() -> String| Case::of(Format::Wikidata, what, make);
    vec![
        of("tiny rows", || {
            numbered(
                "{\"head\":{\"vars\":[\"item\",\"date\"]},\"results\":{\"bindings\":[",
                |n| {
                    format!(
                        "{{\"item\":{{\"type\":\"uri\",\"value\":\"http://www.wikidata.org/entity/Q{n}\"}},\"date\":{{\"value\":\"1965-01-01T00:00:00Z\"}}}},"
                    )
                },
                "{}]}}",
            )
        }),
        of("rows of one item", || {
            numbered(
                "[",
                |n| {
                    format!(
                        "{{\"item\":\"http://www.wikidata.org/entity/Q1\",\"itemLabel\":\"a\",\"a\":\"v{n}\",\"date\":\"1965-01-01T00:00:00Z\"}},"
                    )
                },
                "{}]",
            )
        }),
        of("rows of one item, many dates", || {
            numbered(
                "[",
                |n| {
                    format!(
                        "{{\"item\":\"http://www.wikidata.org/entity/Q1\",\"date\":\"{:04}-01-01T00:00:00Z\",\"placeLabel\":\"p{n}\"}},",
                        n % 9_999 + 1
                    )
                },
                "{}]",
            )
        }),
        of("rows of 1,000 values", || {
            let values: String = (0..1_000).map(|n| format!("\"a{n}\":\"b\",")).collect();
            filled(
                "[",
                &format!(
                    "{{{values}\"item\":\"http://www.wikidata.org/entity/Q1\",\"date\":\"1965-01-01T00:00:00Z\"}},"
                ),
                "{}]",
            )
        }),
        of("a name for each value", || {
            numbered(
                "[",
                |n| {
                    format!(
                        "{{\"item\":\"http://www.wikidata.org/entity/Q{n}\",\"v{n}\":\"b\",\"date\":\"1965-01-01T00:00:00Z\"}},"
                    )
                },
                "{}]",
            )
        }),
        of("names of variables", || {
            numbered(
                "{\"head\":{\"vars\":[",
                |n| format!("\"v{n}\","),
                "\"a\"]},\"results\":{\"bindings\":[{\"v1\":{\"value\":\"a\"}}]}}",
            )
        }),
        of("dates beyond all", || {
            filled(
                "[",
                "{\"item\":\"http://www.wikidata.org/entity/Q1\",\"date\":\"-99999999999999999999-01-01T00:00:00Z\"},",
                "{}]",
            )
        }),
    ]
}
