//! A line as an event: "1965-06-22 Treaty signed #treaty @diplomacy".

use super::doubt::{Fix, LineDoubt};
use super::leading::{self, Leading};
use super::signs::{Kind, Token, tokens};
use crate::date::Reading;
use crate::document::{Event, MAX_TAGS, nearest};

/// A lane that a line may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LaneName<'l> {
    /// Its id.
    pub id: &'l str,
    /// Its title.
    pub title: &'l str,
}

/// A line as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct EventLine {
    /// The line.
    pub line: String,
    /// The event that it makes, without an id. Its date is as it was typed.
    pub event: Event,
    /// What the date was read as; `None` if there is none.
    pub date: Option<Reading>,
    /// What is wrong, and what may have been meant otherwise.
    pub doubts: Vec<LineDoubt>,
    /// The name of a lane that there is not. It is a mistake where a lane has a name near it, else a lane to be added.
    pub new_lane: Option<String>,
}

impl EventLine {
    /// Returns whether the line makes an event.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.doubts.iter().all(|doubt| !doubt.is_error)
    }

    /// Returns what was understood: "22 June 1965 · Treaty signed · Diplomacy · #treaty".
    #[must_use]
    pub fn words(&self, lanes: &[LaneName<'_>]) -> String {
        let date = self.date.as_ref().map_or_else(|| "undated".to_owned(), |reading| reading.date.words());
        let ids = std::iter::once(&self.event.lane).chain(&self.event.also);
        let lane = |id: &String| lanes.iter().find(|lane| lane.id == *id).map(|lane| lane.title.to_owned());
        let new_lane = self.new_lane.iter().filter(|_| self.is_good()).map(|name| format!("new lane “{name}”"));
        let tags = self.event.tags.iter().map(|tag| format!("#{tag}"));
        let parts =
            [date, self.event.title.clone()].into_iter().chain(ids.filter_map(lane)).chain(new_lane).chain(tags);
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }
}

/// Reads a line as an event.
///
/// A date in any form that [`Date`](crate::date::Date) reads may begin it; of several that read, the longest counts, unless a colon ends a
/// shorter one. `?` or `n.d.` in its place says that there is none. `#tag` is a tag; `@lane` names a lane by its id or
/// title, and further ones that the event belongs to as well; quotation marks hold several words together. A name that is
/// near that of no lane is that of a new one. What is left is the title. Without `@` the event is in `lane`.
///
/// ```
/// use longview::compose::{LaneName, event_line};
///
/// let lanes = [LaneName { id: "diplomacy", title: "Diplomacy" }, LaneName { id: "people", title: "People" }];
/// let line = event_line("1965-06-22 Treaty signed #treaty @diplomacy", &lanes, "people");
/// assert_eq!(line.words(&lanes), "22 June 1965 · Treaty signed · Diplomacy · #treaty");
/// assert!(line.is_good());
///
/// let line = event_line("31 June 1965 Treaty signed @diplomcy", &lanes, "people");
/// let messages: Vec<&str> = line.doubts.iter().map(|doubt| doubt.message.as_str()).collect();
/// assert_eq!(messages, ["June 1965 has 30 days", "there is no lane “diplomcy”"]);
/// assert_eq!(line.doubts[1].fixes[0].line, "31 June 1965 Treaty signed @diplomacy");
/// ```
#[must_use]
pub fn event_line(typed: &str, lanes: &[LaneName<'_>], lane: &str) -> EventLine {
    let typed = typed.trim();
    let tokens = tokens(typed);
    let Leading { date, title_from, doubts } = leading::read(typed, &tokens);
    let mut read = EventLine {
        line: typed.to_owned(),
        event: Event { date: date.as_ref().map(|(text, _)| text.clone()), ..Event::default() },
        date: date.map(|(_, reading)| reading),
        doubts,
        new_lane: None,
    };
    let mut title: Vec<&str> = Vec::new();
    let mut at = title_from;
    while let Some(token) = tokens.get(at) {
        at += 1;
        match &token.kind {
            Kind::Word(word) => title.push(word),
            Kind::Tag(tag) if read.event.tags.contains(tag) => {}
            Kind::Tag(tag) => read.event.tags.push(tag.clone()),
            Kind::Lane { name, is_quoted } => {
                let further = tokens.get(at..).filter(|_| !is_quoted).unwrap_or_default();
                at += read.lane(token, name, further, lanes);
            }
        }
    }
    read.event.title = title.join(" ");
    if read.event.lane.is_empty() && read.new_lane.is_none() {
        lane.clone_into(&mut read.event.lane);
    }
    read.check();
    read
}

/// Reads each line of a text as an event. Blank lines, and the bullets of a list, are left out.
#[must_use]
pub fn event_lines(text: &str, lanes: &[LaneName<'_>], lane: &str) -> Vec<EventLine> {
    let bare = |typed: &str| {
        let typed = typed.trim();
        ["- ", "* ", "• ", "– "].iter().find_map(|bullet| typed.strip_prefix(bullet)).unwrap_or(typed).to_owned()
    };
    let all = text.lines().map(bare).filter(|typed| !typed.trim().is_empty());
    all.map(|typed| event_line(&typed, lanes, lane)).collect()
}

impl EventLine {
    /// Takes in the name of a lane, and returns how many of the further words belong to it.
    fn lane(&mut self, token: &Token, name: &str, further: &[Token], lanes: &[LaneName<'_>]) -> usize {
        if let Some((id, words)) = longest_lane(name, further, lanes) {
            let event = &mut self.event;
            if event.lane.is_empty() {
                id.clone_into(&mut event.lane);
            } else if event.lane != id && event.also.iter().all(|also| also != id) {
                event.also.push(id.to_owned());
            }
            return words;
        }
        let names = lanes.iter().flat_map(|lane| [lane.id, lane.title]);
        let fix = |near: &str| {
            let words = lanes.iter().find(|lane| lane.id == near || lane.title == near);
            let written = if near.contains(char::is_whitespace) { format!("@\"{near}\"") } else { format!("@{near}") };
            Fix::new(words.map_or(near, |lane| lane.title), &self.line, &token.range, &written)
        };
        let near = nearest(name, names).map(fix);
        let longer = self.longer_name(token, name, further);
        if near.is_some() || self.new_lane.is_some() {
            let message = format!("there is no lane “{name}”");
            let fixes = near.into_iter().chain(longer).collect();
            self.doubts.push(LineDoubt { range: token.range.clone(), message, is_error: true, fixes });
        } else if let Some(longer) = longer {
            let message = format!("the name of the lane is “{name}” alone, the rest is in the title");
            self.doubts.push(LineDoubt { range: token.range.clone(), message, is_error: false, fixes: vec![longer] });
        }
        self.new_lane = self.new_lane.take().or_else(|| Some(name.to_owned()));
        0
    }

    /// Returns the line in which the words after a name, up to the next sign, belong to it.
    fn longer_name(&self, token: &Token, name: &str, further: &[Token]) -> Option<Fix> {
        let words = further.iter().take_while(|token| matches!(token.kind, Kind::Word(_)));
        let end = words.last()?.range.end;
        let rest = self.line.get(token.range.end..end)?;
        Some(Fix::new(format!("{name}{rest}"), &self.line, &(token.range.start..end), &format!("@\"{name}{rest}\"")))
    }

    /// Adds what is missing or too much.
    fn check(&mut self) {
        let end = self.line.len();
        let mut wrong = |message: String| {
            self.doubts.push(LineDoubt { range: end..end, message, is_error: true, fixes: Vec::new() });
        };
        if self.event.title.is_empty() {
            wrong("the title is missing".to_owned());
        }
        if self.event.tags.len() > MAX_TAGS {
            wrong(format!("an event has at most {MAX_TAGS} tags"));
        }
    }
}

/// Returns the id of the lane whose id or title is the name with as many of the words after it as may be, and their number.
fn longest_lane<'l>(name: &str, further: &[Token], lanes: &[LaneName<'l>]) -> Option<(&'l str, usize)> {
    const MOST: usize = 12;
    let mut found = None;
    let mut names = name.to_owned();
    for words in 0..=MOST {
        let is_named = |lane: &&LaneName<'_>| [lane.id, lane.title].iter().any(|own| plain(own) == plain(&names));
        if let Some(lane) = lanes.iter().find(is_named) {
            found = Some((lane.id, words));
        }
        let Some(Token { kind: Kind::Word(word), .. }) = further.get(words) else { break };
        names = format!("{names} {word}");
    }
    found
}

/// Returns a name as it is compared: without case, with one space between words.
fn plain(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_put_into_a_line_is_read_from_it(
            date in prop::sample::select(vec!["1965", "1965-06-22", "22 June 1965", "c. 1850", "44 BCE", "1998/..", "?"]),
            separator in prop::sample::select(vec![" ", ": ", " – "]),
            title in "[A-Z][a-z]{5,8}q( [a-z]{5,8}q){0,3}",
            tags in prop::collection::btree_set("[a-z]{1,6}", 0..4),
            lane in 0..LANES.len(),
        ) {
            let (tags, lane): (Vec<String>, _) = (tags.into_iter().collect(), LANES[lane]);
            let signs: Vec<String> = tags.iter().map(|tag| format!("#{tag}")).collect();
            let line = read(&format!("{date}{separator}{title} {} @\"{}\"", signs.join(" "), lane.title));
            prop_assert!(line.is_good(), "{:?}", line);
            prop_assert_eq!(line.event.date.as_deref().unwrap_or("?"), date);
            prop_assert_eq!((line.event.title, line.event.tags, line.event.lane.as_str()), (title, tags, lane.id));
        }

        #[test]
        fn any_text_is_read(text in "[ #@\"“”?:a-z0-9é\\\\–-]{0,40}") {
            for line in event_lines(&text, &LANES, "people") {
                for doubt in &line.doubts {
                    prop_assert!(line.line.get(doubt.range.clone()).is_some(), "{:?}", line);
                }
            }
        }
    }

    const LANES: [LaneName<'static>; 4] = [
        LaneName { id: "diplomacy", title: "Diplomacy" },
        LaneName { id: "people", title: "People" },
        LaneName { id: "foreign", title: "Foreign" },
        LaneName { id: "policy", title: "Foreign Policy" },
    ];

    fn read(line: &str) -> EventLine {
        event_line(line, &LANES, "people")
    }

    #[track_caller]
    fn check(line: &str, expect: &str) {
        let read = read(line);
        assert_eq!((read.words(&LANES).as_str(), read.is_good()), (expect, true), "{line}: {:?}", read.doubts);
    }

    /// Checks what is wrong with a line or doubtful about it, and the first line that is offered instead of each.
    #[track_caller]
    fn doubts(line: &str, expect: &[(&str, &str)]) {
        let read = read(line);
        let fix = |doubt: &LineDoubt| doubt.fixes.first().map(|fix| fix.line.clone()).unwrap_or_default();
        let found: Vec<(String, String)> =
            read.doubts.iter().map(|doubt| (doubt.message.clone(), fix(doubt))).collect();
        let found: Vec<(&str, &str)> = found.iter().map(|(message, fix)| (message.as_str(), fix.as_str())).collect();
        assert_eq!(found, expect, "{line}");
        for doubt in &read.doubts {
            assert!(read.line.get(doubt.range.clone()).is_some(), "{line}: {doubt:?}");
        }
    }

    #[test]
    fn a_line_is_an_event() {
        check("1965-06-22 Treaty signed #treaty @diplomacy", "22 June 1965 · Treaty signed · Diplomacy · #treaty");
        check("22 June 1965 Treaty signed", "22 June 1965 · Treaty signed · People");
        check("22 June 1965: Treaty signed", "22 June 1965 · Treaty signed · People");
        check("c. 1850 Potato blight", "about 1850 · Potato blight · People");
        check("15 March 44 BCE – Caesar dies", "15 March 44 BCE · Caesar dies · People");
        check("1998–present Korean wave", "since 1998 · Korean wave · People");
        check("1998 – Korean wave", "1998 · Korean wave · People");
        check("1998/.. Korean wave", "since 1998 · Korean wave · People");
        check("1914–18 The Great War", "1914–1918 · The Great War · People");
        check("66 Ma Chicxulub", "66 million years ago · Chicxulub · People");
        check("2015-12-10T14:30 Report out", "10 December 2015, 14:30 · Report out · People");
        check("Treaty of Westphalia", "undated · Treaty of Westphalia · People");
        check("? 100 years of solitude", "undated · 100 years of solitude · People");
        check("n.d. Letter to a friend", "undated · Letter to a friend · People");
        check("1965 #war Treaty @foreign policy is made", "1965 · Treaty is made · Foreign Policy · #war");
        check("1965 Treaty @foreign powers", "1965 · Treaty powers · Foreign");
        check("1965 Treaty @\"Foreign Policy\" @people @PEOPLE", "1965 · Treaty · Foreign Policy · People");
        check("1965 A hit at #1 \\#war a@b.org #a #a", "1965 · A hit at #1 #war a@b.org · People · #a");
        check("May Day demonstrations", "undated · May Day demonstrations · People");
        check("1965: March on Washington", "1965 · March on Washington · People");
    }

    #[test]
    fn the_date_stays_as_it_was_typed() {
        let check = |line: &str, expect: Option<&str>| assert_eq!(read(line).event.date.as_deref(), expect, "{line}");
        check("22 June 1965: Treaty", Some("22 June 1965"));
        check("1965?, Treaty", Some("1965?"));
        check("late 19th century Unrest", Some("late 19th century"));
        check("? Treaty", None);
        check("1929-39 Slump", Some("1929-39"));
    }

    #[test]
    fn what_is_wrong_is_said_with_what_may_be_meant() {
        doubts("31 June 1965 Treaty", &[("June 1965 has 30 days", "? 31 June 1965 Treaty")]);
        doubts("1965 Treaty @diplomcy now", &[("there is no lane “diplomcy”", "1965 Treaty @diplomacy now")]);
        doubts("1965 Treaty @diplomcy #a", &[("there is no lane “diplomcy”", "1965 Treaty @diplomacy #a")]);
        doubts(
            "1965 Treaty @\"Foreign Polic\"",
            &[("there is no lane “Foreign Polic”", "1965 Treaty @\"Foreign Policy\"")],
        );
        doubts("1965 Treaty @x", &[]);
        doubts("1965 Treaty @x @y", &[("there is no lane “y”", "")]);
        doubts(
            "1965 Treaty @Before the war #a",
            &[(
                "the name of the lane is “Before” alone, the rest is in the title",
                "1965 Treaty @\"Before the war\" #a",
            )],
        );
        check("1965 Treaty @\"Before the war\" #a", "1965 · Treaty · new lane “Before the war” · #a");
        doubts("1965", &[("the title is missing", "")]);
        doubts("", &[("the title is missing", "")]);
        doubts(
            "1929-39 Slump",
            &[(
                "1929-39 is read as 3rd third of 1929, as EDTF has it, not as the years 1929 to 1939",
                "1929/1939 Slump",
            )],
        );
        doubts(
            "1963 August March on Washington",
            &[("“August” is read as part of the date", "1963: August March on Washington")],
        );
        doubts("28 August 1963 March on Washington", &[]);
        doubts("1963 March on Washington", &[("“March” is read as part of the date", "1963: March on Washington")]);
        assert_eq!(read("1965 Treaty @x").new_lane.as_deref(), Some("x"));
    }

    #[test]
    fn what_is_offered_instead_is_good() {
        for line in ["31 June 1965 Treaty", "03/04/1990 Unity", "1963 March on Washington", "3-D film", "1929-39 Slump"]
        {
            let read = read(line);
            assert!(read.doubts.iter().any(|doubt| !doubt.fixes.is_empty()), "{line}: {:?}", read.doubts);
            for fix in read.doubts.iter().flat_map(|doubt| &doubt.fixes) {
                let mended = event_line(&fix.line, &LANES, "people");
                assert!(mended.is_good(), "{line}: {fix:?}: {:?}", mended.doubts);
            }
        }
    }

    #[test]
    fn several_lines_are_several_events() {
        let lines = event_lines("- 1965 Treaty\r\n\n  * 1998: Wave #culture\n• Letters\n", &LANES, "people");
        let words: Vec<String> = lines.iter().map(|line| line.words(&LANES)).collect();
        assert_eq!(words, ["1965 · Treaty · People", "1998 · Wave · People · #culture", "undated · Letters · People"]);
    }
}
