//! Tables in text, and lists of objects.

use longview::import::Format;

use super::case::{Case, SIZE, filled, nested, numbered};

pub fn cases() -> Vec<Case> {
    let mut cases = vec![
        Case::found("a.csv", "tiny events", || {
            numbered(
                "Title,Date,Text\n",
                |n| format!("Event {n},{},what happened on that day, in words\n", 1000 + n % 1000),
                "",
            )
            .into_bytes()
        }),
        Case::found("a.csv", "quotes", || filled("", "\"", "").into_bytes()),
        Case::found("a.csv", "quotes that are never closed", || filled("Title,Date\n", "\"a,1965\n", "").into_bytes()),
        Case::found("a.csv", "quotes within a cell", || filled("Title,Date\na,\"1", "\"\"", "\"\n").into_bytes()),
        Case::found("a.csv", "one line", || filled("Title,Date\n", "a", "").into_bytes()),
        Case::found("a.csv", "commas", || filled("Title,Date\n", ",", "").into_bytes()),
        Case::found("a.csv", "line breaks", || filled("Title,Date\na,1965", "\n", "").into_bytes()),
        Case::found("a.csv", "line breaks within a cell", || filled("Title,Date\na,\"1965", "\n", "\"").into_bytes()),
        Case::found("a.csv", "100,000 columns", || {
            let header = (0..100_000).map(|n| format!("c{n}")).collect::<Vec<_>>().join(",");
            filled(&format!("{header}\n"), &format!("{}\n", "1,".repeat(100_000)), "").into_bytes()
        }),
        Case::found("a.csv", "1,000 columns", || {
            let header = (0..1_000).map(|n| format!("c{n}")).collect::<Vec<_>>().join(",");
            filled(&format!("{header}\n"), &format!("{}\n", "1,".repeat(999)), "").into_bytes()
        }),
        Case::found("a.csv", "1,000 columns of dates", || {
            let header = (0..1_000).map(|n| format!("date {n}")).collect::<Vec<_>>().join(",");
            filled(&format!("{header}\n"), &format!("{}\n", "1/2/1990,".repeat(999)), "").into_bytes()
        }),
        Case::found("a.csv", "a lane for each event", || {
            numbered("Title,Date,Category\n", |n| format!("Event {n},1965,Category number {n} of very many\n"), "")
                .into_bytes()
        }),
        Case::found("a.csv", "a source for each event", || {
            numbered("Title,Date,Source\n", |n| format!("Event {n},1965,Source number {n} of very many\n"), "")
                .into_bytes()
        }),
        Case::found("a.csv", "1,000,000 sources in a cell", || {
            numbered("Title,Date,Source\na,1965,\"", |n| format!("Q{n}; "), "\"\nb,1966,c\n").into_bytes()
        }),
        Case::found("a.csv", "1,000,000 tags in a cell", || {
            numbered("Title,Date,Tags\na,1965,\"", |n| format!("t{n};"), "\"\nb,1966,c\n").into_bytes()
        }),
        Case::found("a.csv", "1,000 tags in each cell", || {
            let tags: String = (0..1_000).map(|n| format!("t{n};")).collect();
            filled("Title,Date,Tags\n", &format!("a,1965,{tags}\n"), "").into_bytes()
        }),
        Case::found("a.csv", "the same title and id", || {
            filled("Id,Title,Date\n", "event,The same title as all others have,1965\n", "").into_bytes()
        }),
        Case::found("a.csv", "ids that others are numbered to", || {
            numbered(
                "Id,Title,Date\nevent,a,1965\n",
                |n| format!("event-{},b,1966\nevent,The title of all,1965\n", n + 2),
                "",
            )
            .into_bytes()
        }),
        Case::found("a.csv", "years of many digits", || {
            filled("Title,Date\n", &format!("a,1{}\n", "0".repeat(400)), "").into_bytes()
        }),
        Case::found("a.csv", "a year of 10,000,000 digits", || filled("Title,Date\na,1", "0", "\n").into_bytes()),
        Case::found("a.csv", "dates of many parts", || {
            filled("Title,Date\n", &format!("a,{}1\n", "1/".repeat(40_000)), "").into_bytes()
        }),
        Case::found("a.csv", "dates in prose", || {
            filled("Title,Date\n", "a,about the time at which it became known in or after the year (1836?) or so\n", "")
                .into_bytes()
        }),
        Case::found("a.csv", "dates that can be read in two ways", || {
            filled("Title,Date\n", "a,3/4/90\n", "").into_bytes()
        }),
        Case::found("a.csv", "HTML in a cell", || filled("Title,Date,Text\na,1965,", "<b>", "\n").into_bytes()),
        Case::found("a.csv", "broken UTF-8", || {
            "Title,Date\na,1965\n".bytes().chain([0xFF, 0xC3, 0x28, 0x0A].into_iter().cycle()).take(SIZE).collect()
        }),
        Case::found("a.csv", "broken UTF-16", || {
            [0xFF, 0xFE].into_iter().chain([0x00, 0xD8, 0x2C, 0x00, 0x0A].into_iter().cycle()).take(SIZE + 1).collect()
        }),
        Case::found("a.csv", "zeros", || vec![0; SIZE]),
        Case::found("a", "noise", || {
            let mut state = 1_u32;
            (0..SIZE)
                .map(|_| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (state >> 24) as u8
                })
                .collect()
        }),
        Case::of(Format::Tsv, "tabs", || filled("Title\tDate\n", "\t", "")),
        Case::of(Format::Csv, "columns of TimelineJS, tiny events", || {
            filled("Year,Month,Day,Headline,Text\n", "1965,6,22,A headline of a row,A text\n", "")
        }),
        Case::of(Format::Csv, "columns of TimelineJS, HTML", || {
            filled("Year,Month,Day,Headline,Text\n1965,6,22,a,", "<b>", "\n")
        }),
        Case::found("a.json", "brackets that open", || filled("", "[", "").into_bytes()),
        Case::found("a.json", "nested lists", || nested("", "[", "]", "").into_bytes()),
        Case::found("a.json", "nested objects", || nested("", "{\"a\":", "}", "1").into_bytes()),
        Case::of(Format::Json, "empty objects", || filled("[", "{},", "{}]")),
        Case::of(Format::Json, "tiny objects", || {
            filled("[", "{\"title\":\"a\",\"date\":\"1965\",\"text\":\"words of an event\"},", "{}]")
        }),
        Case::of(Format::Json, "objects of one key", || filled("[", "{\"a\":1},", "{}]")),
        Case::of(Format::Json, "1,000,000 keys", || numbered("[{", |n| format!("\"k{n}\":1,"), "\"a\":1}]")),
        Case::of(Format::Json, "a key for each object", || {
            numbered("[", |n| format!("{{\"k{n}\":1,\"title\":\"a\"}},"), "{}]")
        }),
        Case::of(Format::Json, "objects one after another", || filled("", "{\"title\":\"a\",\"date\":1965}\n", "")),
        Case::of(Format::Json, "a list of numbers in an object", || {
            filled("[{\"title\":\"a\",\"tags\":[", "1,", "1]}]")
        }),
        Case::of(Format::Json, "a number of 10,000,000 digits", || filled("[{\"title\":\"a\",\"date\":1", "0", "}]")),
        Case::of(Format::Json, "numbers beyond all", || filled("[", "{\"title\":\"a\",\"date\":1e400},", "{}]")),
        Case::of(Format::Json, "escapes", || filled("[{\"title\":\"a\",\"text\":\"", "\\u0000", "\"}]")),
        Case::of(Format::Json, "lists in lists of an object", || filled("[{\"title\":\"a\",\"b\":[", "[1],", "1]}]")),
        Case::of(Format::Json, "objects in lists of objects", || {
            filled("[", "{\"title\":\"a\",\"b\":[{\"c\":1}]},", "{}]")
        }),
        Case::of(Format::Json, "HTML in a text", || {
            filled("[{\"date\":1965,\"title\":\"a\",\"text\":\"", "<b>", "\"}]")
        }),
    ];
    let markdown = |what, make: fn() -> String| Case::of(Format::Markdown, what, make);
    cases.extend([
        markdown("tiny rows", || filled("| Date | Event |\n|---|---|\n", "| 1965 | **a** |\n", "")),
        markdown("cells of a row", || filled("| Date | Event |\n|---|---|\n", "|a", "\n")),
        markdown("names of columns", || filled("| Date ", "|a", "\n|---|---|\n| 1965 | a |\n")),
        markdown("tables", || filled("", "| Date | Event |\n|---|---|\n| 1965 | a |\n\n", "")),
        markdown("tiny items", || filled("", "- 1965: a\n", "")),
        markdown("items under headings", || numbered("", |n| format!("# h{}\n- 1965: a\n", n % 100), "")),
        markdown("headings", || filled("", "# a\n", "- 1965: a\n")),
        markdown("items of signs", || filled("- 1965: a\n", "- 9:9:9:9:9:9:9:9:9:9:9:9:9:9:9:9:9:9:9:9:9:9:9:\n", "")),
        markdown("lines of an item", || filled("- 1965: a\n", "  b\n", "")),
        markdown("an item of one line", || filled("- 1965: ", "[a](b) ", "\n")),
    ]);
    // What looks like a mark in CommonMark and HTML, in a text that is no HTML.
    for (what, piece) in SIGNS {
        cases.push(Case::of(Format::Csv, what, move || {
            filled("Title,Date,Text\n", &format!("a,1965,\"{}\"\n", piece.repeat(200_000 / piece.len())), "")
        }));
    }
    cases
}

/// Signs with which readers of prose take more time than in proportion to their number.
pub const SIGNS: [(&str, &str); 22] = [
    ("cells of [", "["),
    ("cells of ![", "!["),
    ("cells of [](", "[]("),
    ("cells of [a](b", "[a](b"),
    ("cells of *", "*"),
    ("cells of *a_", "*a_"),
    ("cells of **a *", "**a *"),
    ("cells of _", "_"),
    ("cells of ~", "~"),
    ("cells of `", "`"),
    ("cells of `a", "``a"),
    ("cells of <", "<"),
    ("cells of <a", "<a "),
    ("cells of <!--", "<!--"),
    ("cells of <a href='", "<a href='"),
    ("cells of >", "> "),
    ("cells of - ", "- "),
    ("cells of &", "&"),
    ("cells of &#1;", "&#1;"),
    ("cells of \\", "\\"),
    ("cells of |", "|"),
    ("cells of http://", "http://a "),
];
