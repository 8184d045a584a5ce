//! Documents that can be read, with whatever they may contain.

use std::fmt::Write as _;

use longview::date::Date;

use super::random::Random;

/// Dates of all forms, and texts that are none.
const DATES: [&str; 64] = [
    "1965",
    "2015-12-10",
    "1965-06",
    "1998/..",
    "../1914",
    "1727/",
    "/1727",
    "156X",
    "1850~",
    "1850?",
    "44 BCE",
    "15 March 44 BCE",
    "6th century BCE",
    "c. 1850",
    "66 Ma",
    "13.8 Ga",
    "1998–present",
    "2015-12-10T14:30+09:00",
    "2015-12-10 14:30 Asia/Seoul",
    "2015-11-01 01:30 America/New_York",
    "23:59",
    "2016-12-31T23:59:60Z",
    "2015-12-10T14:30:00.250",
    "[1667,1668,1670..1672]",
    "{1845,1855}",
    "[..1670]",
    "{1670..}",
    "2001-21",
    "2001-34",
    "19XX-22",
    "XXXX-12-25",
    "1985-0X-0X",
    "2004-%06-11",
    "2004-06~-11",
    "Y170000002",
    "Y-17E7",
    "1950S2",
    "1e11",
    "-100000000000",
    "100000000000 BCE",
    "Y100000000000",
    "-0044",
    "0000",
    "AD 14–37",
    "14-15 April 1912",
    "1618–48",
    "1929-39",
    "11 February 1731/32",
    "winter 1916/17",
    "mid 19th century",
    "before 1850",
    "between 1850 and 1860",
    "1863 or 1864",
    "7000 BP",
    "n.d.",
    "undated",
    "",
    " ",
    "?",
    "..",
    "/",
    "../..",
    "1985-W15-5",
    "yesterday",
];

/// Titles of all scripts and none.
const TITLES: [&str; 22] = [
    "Treaty",
    "",
    " ",
    "A title that is much longer than any place that it may find in the picture, and then some more",
    "한일기본조약",
    "معاهدة 1965 السلام",
    "אירוע 12:30 ראשון",
    "👩‍🚀🏳️‍🌈",
    "e\u{301}\u{301}\u{301}",
    "\u{202e}abc",
    "a\nb\r\nc",
    "\t",
    "\u{0}",
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnungsentwurf",
    "<b>&amp;</b>",
    "**bold**",
    "]]>",
    "\u{fffd}\u{ffff}",
    "\u{200b}",
    "i",
    "WWWWWWWW",
    "ﬃ",
];

const VALUES: [&str; 20] = [
    "0",
    "-0.0",
    "1",
    "-1",
    "85",
    "1e-300",
    "1e300",
    "-1e300",
    "1.7976931348623157e308",
    "5e-324",
    "0.1",
    "0.30000000000000004",
    "1e15",
    "999999999999999",
    "12345678.9",
    "-273.15",
    "1000",
    "2000",
    "1e40",
    "2e40",
];

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => write!(out, "\\u{{{:x}}}", u32::from(c)).expect("a string"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A date that can be read, with few exceptions.
fn date(random: &mut Random) -> String {
    let date = any_date(random);
    // A panic is a matter of the case, not of what makes it up.
    let is_read = longview::crash::catch("reading a date", || Date::parse(&date).is_ok());
    if is_read != Ok(false) || random.once_in(60) { date } else { year(random) }
}

fn year(random: &mut Random) -> String {
    format!("{:04}", 1 + random.below(3_000))
}

/// A date of the list, or one with a character changed, or two joined.
fn any_date(random: &mut Random) -> String {
    let date = random.pick(&DATES);
    match random.below(8) {
        0 => format!("{date}/{}", random.pick(&DATES)),
        1 => format!("{date} – {}", random.pick(&DATES)),
        2 => {
            let mut changed: Vec<char> = date.chars().collect();
            let at = random.below(changed.len() + 1);
            let c = random.pick(&['0', '9', '-', '/', '.', '~', '?', 'X', ' ', '–', 'é', 'B', '%', '[', ',']);
            if random.once_in(2) && at < changed.len() {
                changed[at] = c;
            } else {
                changed.insert(at, c);
            }
            changed.into_iter().collect()
        }
        3 => year(random),
        4 => format!("{:04}-{:02}-{:02}", 1900 + random.below(200), random.below(14), random.below(33)),
        _ => date.to_owned(),
    }
}

/// A document of up to a few dozen events.
pub fn document(random: &mut Random) -> String {
    let mut text = format!("(title: {},", quoted(random.pick(&TITLES)));
    for field in ["subtitle", "description", "author"] {
        if random.once_in(3) {
            write!(text, "{field}: {},", quoted(random.pick(&TITLES))).expect("a string");
        }
    }
    if random.once_in(5) {
        let (from, to) = (year(random), format!("{:04}", 3_000 + random.below(5_000)));
        write!(text, "view: (from: {}, to: {}),", quoted(&from), quoted(&to)).expect("a string");
    }
    if random.once_in(8) {
        write!(text, "zone: {},", quoted(random.pick(&["Asia/Seoul", "UTC", "America/New_York", "Europe/Dublin"])))
            .expect("a string");
    }
    if random.once_in(3) {
        text.push_str("axis: Even,");
    }
    text.push_str("sources: [(id: \"s\", title: \"S\")],");
    let lanes = [1, 1, 2, 5, 40][random.below(5)];
    text.push_str("lanes: [");
    for lane in 0..lanes {
        write!(text, "(id: \"l{lane}\", title: {}", quoted(random.pick(&TITLES))).expect("a string");
        if lane > 0 && random.below(3) == 0 {
            write!(text, ", parent: \"l{}\"", random.below(lane)).expect("a string");
        }
        text.push_str("),");
    }
    text.push_str("], eras: [");
    for era in 0..[0, 0, 1, 3, 30][random.below(5)] {
        let date = date(random);
        write!(text, "(id: \"era{era}\", title: {}, date: {}),", quoted(random.pick(&TITLES)), quoted(&date))
            .expect("a string");
    }
    let series = [0, 0, 1, 2, 6][random.below(5)];
    text.push_str("], events: [");
    let most = [0, 1, 5, 20, 60][random.below(5)];
    for event in 0..random.below(most + 1) {
        self::event(&mut text, event, lanes, series > 0, random);
    }
    text.push_str("], series: [");
    for series in 0..series {
        let scale = random.pick(&["Linear", "Log"]);
        write!(
            text,
            "(id: \"x{series}\", title: {}, unit: {}, scale: {scale}, points: [",
            quoted(random.pick(&TITLES)),
            quoted(random.pick(&TITLES))
        )
        .expect("a string");
        for _ in 0..random.below(12) {
            let (date, value) = (date(random), random.pick(&VALUES));
            // Nothing below zero stands on a logarithmic scale.
            let unwanted = |c: char| scale == "Log" && c == '-';
            let value = if scale == "Log" && value.contains("0.0") { "7" } else { value };
            write!(text, "(date: {}, value: {}),", quoted(&date), value.trim_start_matches(unwanted))
                .expect("a string");
        }
        text.push_str("]),");
    }
    text.push_str("])");
    text
}

fn event(text: &mut String, event: usize, lanes: usize, has_series: bool, random: &mut Random) {
    let lane = random.below(lanes);
    write!(text, "(id: \"e{event}\", lane: \"l{lane}\", title: {},", quoted(random.pick(&TITLES))).expect("a string");
    if lanes > 1 && random.below(4) == 0 {
        write!(text, "also: [\"l{}\"],", (lane + 1) % lanes).expect("a string");
    }
    if !random.once_in(20) {
        let date = date(random);
        write!(text, "date: {},", quoted(&date)).expect("a string");
    }
    if random.once_in(6) {
        text.push_str("calendar: Julian,");
    }
    if random.once_in(4) {
        write!(text, "importance: {},", random.pick(&["-3", "0", "1", "3", "255"])).expect("a string");
    }
    if random.once_in(4) {
        write!(text, "description: {},", quoted(random.pick(&TITLES))).expect("a string");
    }
    if random.once_in(3) {
        let credit = quoted(random.pick(&TITLES));
        write!(text, "media: [(file: \"a.png\", alt: \"A\", credit: {credit})],").expect("a string");
    }
    if has_series && random.once_in(4) {
        text.push_str("figures: [\"x0\"],");
    }
    if random.once_in(3) {
        write!(text, "citations: [(source: \"s\", locator: {}, basis: Stated)],", quoted(random.pick(&TITLES)))
            .expect("a string");
    }
    text.push_str("),");
}
