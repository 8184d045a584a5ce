//! Timelines of other programs: `TimelineJS`, SIMILE, vis-timeline, `ChronoZoom`, Markwhen, The Timeline Project.

use longview::import::Format;

use super::case::{Case, filled, nested, numbered};

/// What texts in HTML are made of, to exhaust what reads them.
const HTML: [(&str, &str); 24] = [
    ("<b>", "<b>"),
    ("<b>x</i>", "<b>x</i>"),
    ("<p>", "<p>"),
    ("<div>x", "<div>x"),
    ("<ul><li>", "<ul><li>"),
    ("<blockquote>", "<blockquote>"),
    ("<table><tr><td>", "<table><tr><td>x"),
    ("<a href>", "<a href=http://a.b/c>x"),
    ("<a href> closed", "<a href=http://a.b/c>x</a>"),
    ("<img>", "<img src=http://a.b/c.png>"),
    ("<script>", "<script>"),
    ("<iframe>", "<iframe>x"),
    ("<!--", "<!--"),
    ("<", "<"),
    ("<a", "<a "),
    ("<a b='", "<a b=' >"),
    ("&amp;", "&amp;"),
    ("&", "&"),
    ("&Aacute;", "&Aacute;"),
    ("[", "["),
    ("*", "*"),
    ("_a", "_a"),
    ("<b>*</b>", "<b>*</b>a"),
    ("<br>", "<br>"),
];

/// A text as one of XML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

pub fn cases() -> Vec<Case> {
    let mut cases = [json(), xml(), markwhen()].concat();
    for (what, piece) in HTML {
        let event = "{\"events\":[{\"start_date\":{\"year\":1965},\"text\":{\"headline\":\"a\",\"text\":\"";
        cases.push(Case::of(Format::TimelineJs, what, move || filled(event, piece, "\"}}]}")));
        cases.push(Case::of(Format::Vis, what, move || filled("[{\"start\":\"1965\",\"content\":\"", piece, "\"}]")));
        cases.push(Case::of(Format::Simile, what, move || {
            filled("<data><event start='1965' title='a'>", &escaped(piece), "</event></data>")
        }));
    }
    cases
}

fn json() -> Vec<Case> {
    vec![
        Case::of(Format::TimelineJs, "tiny events", || {
            filled("{\"events\":[", "{\"start_date\":{\"year\":1965},\"text\":{\"headline\":\"a\"}},", "{}]}")
        }),
        Case::of(Format::TimelineJs, "empty events", || filled("{\"events\":[", "{},", "{}]}")),
        Case::of(Format::TimelineJs, "a group for each event", || {
            numbered(
                "{\"events\":[",
                |n| format!("{{\"start_date\":{{\"year\":1965}},\"group\":\"g{n}\",\"text\":{{\"headline\":\"a\"}}}},"),
                "{}]}",
            )
        }),
        Case::of(Format::TimelineJs, "eras", || {
            filled(
                "{\"events\":[],\"eras\":[",
                "{\"start_date\":{\"year\":1965},\"end_date\":{\"year\":1966},\"text\":{\"headline\":\"a\"}},",
                "{}]}",
            )
        }),
        Case::of(Format::TimelineJs, "years beyond all", || {
            filled(
                "{\"events\":[",
                "{\"start_date\":{\"year\":1e400},\"text\":{\"headline\":\"a\"}},{\"start_date\":{\"year\":\"1000000000000000000000000000000\"}},",
                "{}]}",
            )
        }),
        Case::of(Format::TimelineJs, "nested lists", || nested("{\"events\":", "[", "]", "}")),
        Case::of(Format::TimelineJs, "a key for each event", || {
            numbered("{\"events\":[", |n| format!("{{\"start_date\":{{\"year\":1965}},\"k{n}\":1}},"), "{}]}")
        }),
        Case::of(Format::Vis, "tiny items", || filled("[", "{\"content\":\"a\",\"start\":\"1965-01-01\"},", "{}]")),
        Case::of(Format::Vis, "groups in a circle", || {
            numbered(
                "{\"items\":[],\"groups\":[",
                |n| format!("{{\"id\":{n},\"content\":\"g\",\"nestedGroups\":[{}]}},", (n + 1) % 100_000),
                "{}]}",
            )
        }),
        Case::of(Format::Vis, "groups in a chain", || {
            numbered(
                "{\"items\":[],\"groups\":[",
                |n| format!("{{\"id\":{n},\"content\":\"g{n}\",\"nestedGroups\":[{}]}},", n + 1),
                "{}]}",
            )
        }),
        Case::of(Format::Vis, "groups in a chain, the innermost first", || {
            numbered(
                "{\"items\":[],\"groups\":[",
                |n| format!("{{\"id\":{n},\"content\":\"g{n}\",\"nestedInGroup\":{}}},", n + 1),
                "{}]}",
            )
        }),
        Case::of(Format::Vis, "a group for each item", || {
            numbered("[", |n| format!("{{\"content\":\"a\",\"start\":0,\"group\":\"g{n}\"}},"), "{}]")
        }),
        Case::of(Format::Vis, "periods", || {
            filled("[", "{\"content\":\"a\",\"start\":0,\"end\":9,\"type\":\"background\"},", "{}]")
        }),
        Case::of(Format::Vis, "numbers beyond all", || filled("[", "{\"content\":\"a\",\"start\":1e300},", "{}]")),
        Case::of(Format::Vis, "a literal of nested lists", || nested("[{content:'a',start:", "[", "]", "}]")),
        Case::of(Format::Vis, "a literal of comments", || filled("[{content:'a',start:0}", "/*", "]")),
        Case::of(Format::Vis, "a literal of lines of comments", || filled("[{content:'a',start:0}", "//\n", "]")),
        Case::of(Format::Vis, "a literal of quotes", || filled("[{content:'a',start:0,x:", "'\"", "}]")),
        Case::of(Format::Vis, "a literal of new Date(", || filled("[{content:'a',start:", "new Date(", "}]")),
        Case::of(Format::Vis, "a literal of commas", || filled("[{content:'a',start:0}", ",", "]")),
        Case::of(Format::Vis, "a literal of names", || filled("[{content:'a',start:0", ",a:b", "}]")),
        Case::of(Format::Simile, "JSON of tiny events", || {
            filled("{\"events\":[", "{\"title\":\"a\",\"start\":\"1965\"},", "{}]}")
        }),
        Case::of(Format::Simile, "JSON of a key for each event", || {
            numbered("{\"events\":[", |n| format!("{{\"title\":\"a\",\"start\":\"1965\",\"k{n}\":1}},"), "{}]}")
        }),
        Case::of(Format::ChronoZoom, "exhibits", || {
            filled(
                "{\"title\":\"a\",\"start\":1,\"end\":2,\"timelines\":[],\"exhibits\":[",
                "{\"title\":\"a\",\"time\":1965,\"contentItems\":[{\"title\":\"b\"}]},",
                "{}]}",
            )
        }),
        Case::of(Format::ChronoZoom, "timelines", || {
            filled(
                "{\"title\":\"a\",\"start\":1,\"end\":2,\"exhibits\":[],\"timelines\":[",
                "{\"title\":\"a\",\"start\":1,\"end\":2,\"timelines\":[],\"exhibits\":[]},",
                "{}]}",
            )
        }),
        Case::of(Format::ChronoZoom, "nested timelines", || {
            nested("{\"title\":\"a\",\"start\":1,\"end\":2,\"timelines\":", "[{\"timelines\":", "}]", "}")
        }),
        Case::of(Format::ChronoZoom, "pictures of an exhibit", || {
            filled(
                "{\"title\":\"a\",\"start\":1,\"end\":2,\"timelines\":[],\"exhibits\":[{\"title\":\"a\",\"time\":1,\"contentItems\":[",
                "{\"title\":\"b\",\"uri\":\"http://a.b/c.png\",\"mediaType\":\"image\",\"description\":\"text\"},",
                "{}]}]}",
            )
        }),
        Case::of(Format::ChronoZoom, "timelines in a circle", || {
            numbered(
                "{\"exhibits\":[],\"timelines\":[",
                |n| {
                    format!(
                        "{{\"parentTimelineId\":\"{}\",\"timeline\":{{\"id\":\"{n}\",\"title\":\"t{n}\",\"exhibits\":[]}}}},",
                        (n + 1) % 50_000
                    )
                },
                "{}]}",
            )
        }),
        Case::of(Format::ChronoZoom, "timelines in a chain", || {
            numbered(
                "{\"exhibits\":[],\"timelines\":[",
                |n| {
                    format!(
                        "{{\"parentTimelineId\":\"{}\",\"timeline\":{{\"id\":\"{n}\",\"title\":\"t{n}\",\"exhibits\":[]}}}},",
                        n + 1
                    )
                },
                "{}]}",
            )
        }),
    ]
}

fn xml() -> Vec<Case> {
    const ENTITIES: &str = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">\
         <!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\">\
         <!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;\"><!ENTITY f \"&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;\">]>";
    vec![
        Case::of(Format::Simile, "tiny events", || {
            filled("<data>", "<event start='1965' title='An event of which there are many'/>", "</data>")
        }),
        Case::of(Format::Simile, "nested events", || nested("<data>", "<event start='1'>", "</event>", "</data>")),
        Case::of(Format::Simile, "nested elements", || {
            nested("<data><event start='1' title='a'>", "<b>", "</b>", "</event></data>")
        }),
        Case::of(Format::Simile, "elements that open", || filled("<data><event start='1' title='a'>", "<b>", "")),
        Case::of(Format::Simile, "ends of elements", || filled("<data><event start='1' title='a'>", "</b>", "")),
        Case::of(Format::Simile, "entities of entities", || {
            filled(&format!("{ENTITIES}<data><event start='1' title='a'>"), "&f;", "</event></data>")
        }),
        Case::of(Format::Simile, "1,000,000 attributes", || {
            numbered("<data><event start='1' title='a'", |n| format!(" a{n}='b'"), "/></data>")
        }),
        Case::of(Format::Simile, "the same attribute", || {
            filled("<data><event start='1' title='a'", " a='b'", "/></data>")
        }),
        Case::of(Format::Simile, "an attribute for each event", || {
            numbered("<data>", |n| format!("<event start='1' title='a' k{n}='b'/>"), "</data>")
        }),
        Case::of(Format::Simile, "a long attribute", || {
            filled("<data><event start='1' title='", "&lt;b&gt;", "'/></data>")
        }),
        Case::of(Format::Simile, "long dates", || {
            filled("<data>", &format!("<event title='a' start='{}'/>", "Nov ".repeat(1_000)), "</data>")
        }),
        Case::of(Format::Simile, "comments that open", || filled("<data><event start='1'/>", "<!--", "")),
        Case::of(Format::Simile, "comments", || filled("<data><event start='1'/>", "<!---->", "</data>")),
        Case::of(Format::Simile, "declarations that open", || filled("<data><event start='1'/>", "<!DOCTYPE [", "")),
        Case::of(Format::Simile, "instructions", || filled("<data><event start='1'/>", "<?a?>", "</data>")),
        Case::of(Format::Simile, "sections of characters", || filled("<data><event start='1'>", "<![CDATA[", "")),
        Case::of(Format::TimelineProject, "tiny events", || {
            filled(
                "<timeline><version>1.0.0</version><events>",
                "<event><start>1965-1-1 0:0:0</start><end>1965-1-1 0:0:0</end><text>a</text></event>",
                "</events></timeline>",
            )
        }),
        Case::of(Format::TimelineProject, "nested elements", || {
            nested("<timeline><version>1.0.0</version>", "<a>", "</a>", "</timeline>")
        }),
        Case::of(Format::TimelineProject, "categories in a circle", || {
            numbered(
                "<timeline><version>1</version><categories>",
                |n| format!("<category><name>{n}</name><parent>{}</parent></category>", (n + 1) % 50_000),
                "</categories></timeline>",
            )
        }),
        Case::of(Format::TimelineProject, "categories in a chain", || {
            numbered(
                "<timeline><version>1</version><categories>",
                |n| format!("<category><name>{n}</name><parent>{}</parent></category>", n + 1),
                "</categories></timeline>",
            )
        }),
        Case::of(Format::TimelineProject, "categories of an event", || {
            numbered(
                "<timeline><version>1</version><events><event><start>1-1-1</start><end>1-1-1</end><text>a</text><categories>",
                |n| format!("<category>c{n}</category>"),
                "</categories></event></events></timeline>",
            )
        }),
        Case::of(Format::TimelineProject, "eras", || {
            filled(
                "<timeline><version>1</version><eras>",
                "<era><name>a</name><start>1-1-1</start><end>2-1-1</end></era>",
                "</eras></timeline>",
            )
        }),
        Case::of(Format::TimelineProject, "a picture", || {
            filled(
                "<timeline><version>1</version><events><event><start>1-1-1</start><end>1-1-1</end><text>a</text><icon>",
                "iVBORw0KGgo",
                "</icon></event></events></timeline>",
            )
        }),
        Case::of(Format::TimelineProject, "entities of entities", || {
            filled(
                &format!(
                    "{ENTITIES}<timeline><version>1</version><events><event><start>1-1-1</start><end>1-1-1</end><text>"
                ),
                "&f;",
                "</text></event></events></timeline>",
            )
        }),
        Case::of(Format::TimelineProject, "a description of signs", || {
            filled(
                "<timeline><version>1</version><events><event><start>1-1-1</start><end>1-1-1</end><text>a</text><description>",
                "[*_`\\",
                "</description></event></events></timeline>",
            )
        }),
    ]
}

fn markwhen() -> Vec<Case> {
    let of = |what, make: fn() -> String| Case::of(Format::Markwhen, what, make);
    vec![
        of("tiny events", || filled("", "1965-06-22: an event of which there are very many, here\n", "")),
        of("the shortest events", || filled("", "1965: a\n", "")),
        of("text without a line", || filled("1965: a\n", "a ", "")),
        of("[", || filled("1965: ", "[", "\n")),
        of("[a](", || filled("1965: ", "[a](", "\n")),
        of("![a](b)", || filled("1965: ", "![a](b)", "\n")),
        of("*", || filled("1965: a\n", "*", "\n")),
        of("_a", || filled("1965: a\n", "_a", "\n")),
        of("#a", || filled("1965: ", "#a ", "\n")),
        of("# of each number", || numbered("1965: ", |n| format!("#a{n} "), "\n")),
        of("lines of text", || filled("1965: a\n", "text\n", "")),
        of("lines of boxes", || filled("1965: a\n", "- [ ] a\n", "")),
        of("groups that open", || filled("1965: a\n", "group a\n", "")),
        of("groups that close", || filled("1965: a\n", "endGroup\n", "")),
        of("headings", || filled("1965: a\n", "# a\n## b\n### c\n", "")),
        of("headings of each number", || numbered("1965: a\n", |n| format!("# a{n}\n1965: b\n"), "")),
        of("a head without an end", || filled("---\ntitle: a\n", "a: b\n", "")),
        of("a head of nested keys", || filled("---\n", "a:\n ", "\n---\n1965: a\n")),
        of("a head of tags", || numbered("---\n", |n| format!("#t{n}: red\n"), "---\n1965: a\n")),
        of("durations", || filled("1965 - ", "1 week ", ": a\n")),
        of("durations beyond all", || filled("", "9999-12-31 / 999999999 years: a\n", "")),
        of("every second", || filled("", "1965-01-01 every second: a\n", "")),
        of("every second, very often", || filled("", "1965-01-01 every 1 second x 999999999: a\n", "")),
        of("events after one another", || {
            numbered("1965: !e0 a\n", |n| format!("after !e{n} 1 week: !e{} a\n", n + 1), "")
        }),
        of("events after later ones", || numbered("", |n| format!("after !e{} 1 week: !e{n} a\n", n + 1), "")),
        of("events after themselves", || filled("", "after !e 1 week: !e a\n", "")),
        of("spans", || filled("", "1965/1966 - 1967/1968: a\n", "")),
        of("a line of colons", || filled("1965", ":", "\n")),
        of("a line of spaces", || filled("1965", " ", ": a\n")),
        of("lines of comments", || filled("1965: a\n", "// a\n", "")),
        of("years of many digits", || filled("", &format!("1{}: a\n", "0".repeat(400)), "")),
    ]
}
