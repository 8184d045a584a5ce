//! SIMILE: XML and JSON.
//!
//! The format: <http://simile-widgets.org/wiki/Timeline_EventSources>. An event has `start` and perhaps `end`. If it is a
//! duration, it goes from one to the other, and `latestStart` and `earliestEnd` say how exact they are; if not, it is one
//! moment between the two, or, without an `end`, one that begins at `latestStart` at the latest. Dates are those of JavaScript or ISO 8601; a text of less than eight characters is a year.

use std::collections::HashSet;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event as Xml};
use serde_json::Value;

use super::builder::Builder;
use super::dates::{Dated, Dates};
use super::error::ImportError;
use super::html::{plain, prose};
use super::loose;
use super::media::{describe, link, medium, text_of};
use super::moment::{self, Moment};
use super::options::Options;
use super::parts::Parts;
use super::report::{Kind, Place};
use crate::document::Event;
use crate::interchange::css_color;
use crate::progress::Progress;

/// Returns whether a text is in this format.
pub(super) fn recognises(text: &str) -> bool {
    /// Number of bytes that are examined.
    const HEAD: usize = 1 << 18;
    let text = text.trim_start();
    if text.starts_with('<') {
        let end = (0..=text.len().min(HEAD)).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
        let head = text.get(..end).unwrap_or_default();
        let root = head.find("<data");
        return root.is_some_and(|root| head.get(root..).is_some_and(|rest| rest.contains("<event")));
    }
    let has = |key| loose::has_key(text, key);
    let is_event = has("title") || has("caption");
    loose::is_json(text) && has("events") && has("start") && is_event && !has("start_date") && !has("exhibits")
}

/// An event as it is written.
#[derive(Debug, Default)]
struct Entry {
    place: Place,
    /// Its attributes, with their names in lower case.
    fields: Vec<(String, String)>,
}

/// A file as it is written.
#[derive(Debug, Default)]
struct File {
    /// The attributes of all of it, with their names in lower case.
    fields: Vec<(String, String)>,
    entries: Vec<Entry>,
    /// Number of texts and elements that are in no event, and the first of them.
    others: (usize, String),
    /// Whether an event with an end is a duration if it does not say.
    spans_by_default: bool,
}

/// What is read of all of a file, or says nothing: the names of its formats.
const HEAD: [&str; 8] =
    ["wiki-url", "wiki-section", "wikiurl", "wikisection", "date-time-format", "datetimeformat", "xmlns", "xmlns:xsi"];

fn field<'f>(fields: &'f [(String, String)], name: &str) -> &'f str {
    let found = fields.iter().find(|(field, value)| field == name && !value.trim().is_empty());
    found.map(|(_, value)| value.trim()).unwrap_or_default()
}

/// Reads a text.
pub(super) fn read(
    text: &str,
    _options: &Options,
    builder: &mut Builder,
    progress: &Progress,
) -> Result<(), ImportError> {
    let is_xml = text.trim_start().starts_with('<');
    let file = if is_xml { of_xml(text, builder, progress)? } else { of_json(text, builder)? };
    builder.entries("event", file.entries.len())?;
    for (name, value) in file.fields.iter().filter(|(name, value)| !HEAD.contains(&name.as_str()) && !value.is_empty())
    {
        builder.report.add(Kind::Dropped(format!("{name} of the timeline").into()), Place::default(), value);
    }
    let (count, words) = &file.others;
    builder.report.add_many(Kind::LeftOut("what is in no event".into()), *count, Place::default(), words);
    let how = How::new(&file);
    how.comment(builder);
    for (number, entry) in file.entries.iter().enumerate() {
        if number % 1024 == 0 && progress.is_cancelled() {
            return Ok(());
        }
        entry.add(builder, &file, &how)?;
    }
    Ok(())
}

/// Reads the events of JSON.
fn of_json(text: &str, builder: &mut Builder) -> Result<File, ImportError> {
    let value = loose::parse(text)?;
    let fields_of = |object: &loose::Object| -> Vec<(String, String)> {
        let text = |value: &Value| match value {
            Value::Bool(is) => is.to_string(),
            Value::Array(_) | Value::Object(_) if loose::is_given(value) => value.to_string(),
            value => loose::as_text(value).unwrap_or_default(),
        };
        object.iter().map(|(key, value)| (key.to_ascii_lowercase(), text(value))).collect()
    };
    let (mut file, events) = match &value {
        Value::Object(object) => {
            let head =
                object.iter().filter(|(key, _)| *key != "events").map(|(key, value)| (key.clone(), value.clone()));
            let file = File { fields: fields_of(&head.collect()), spans_by_default: true, ..File::default() };
            (file, object.get("events").and_then(Value::as_array))
        }
        Value::Array(events) => (File { spans_by_default: true, ..File::default() }, Some(events)),
        _ => (File::default(), None),
    };
    let Some(events) = events else {
        return Err(ImportError::new("this is no timeline of SIMILE: it has no list of events"));
    };
    for (number, event) in events.iter().enumerate() {
        let place = Place(number + 1);
        match event.as_object() {
            Some(event) => file.entries.push(Entry { place, fields: fields_of(event) }),
            None => builder.report.add(Kind::LeftOut("what is no event".into()), place, &event.to_string()),
        }
    }
    Ok(file)
}

/// Reads the events of XML. Elements within an event are its HTML.
fn of_xml(text: &str, builder: &mut Builder, progress: &Progress) -> Result<File, ImportError> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    (config.check_end_names, config.allow_unmatched_ends, config.allow_dangling_amp) = (false, true, true);
    let mut elements = Elements::default();
    while !progress.is_cancelled() {
        let at = reader.buffer_position() as usize;
        match reader.read_event() {
            Ok(Xml::Eof) => break,
            Ok(event) => elements.take(event),
            // What was read before the fault stays, unless it is nothing.
            Err(error) if elements.file.entries.is_empty() => {
                return Err(ImportError::at_byte(text, at, format!("this is no XML: {error}")));
            }
            Err(error) => {
                let what = format!("the rest of the file, which is no XML ({error})");
                let place = Place(elements.number + 1);
                builder.report.add(Kind::LeftOut(what.into()), place, text.get(at..).unwrap_or_default());
                break;
            }
        }
    }
    // A file that was cut.
    elements.close();
    if elements.file.entries.is_empty() && !text.contains("<event") && !text.contains("<data") {
        return Err(ImportError::new("this is no timeline of SIMILE: it has no events"));
    }
    Ok(elements.file)
}

/// The elements of XML as they come.
#[derive(Debug, Default)]
struct Elements {
    file: File,
    /// The event that is open, with its HTML, and how many elements within it are.
    open: Option<(Entry, String, usize)>,
    /// Number of events that have begun.
    number: usize,
}

impl Elements {
    fn take(&mut self, event: Xml<'_>) {
        let Some((_, html, depth)) = &mut self.open else {
            match event {
                Xml::Start(tag) if tag.name().as_ref() == "event" => self.begin(&tag),
                Xml::Empty(tag) if tag.name().as_ref() == "event" => {
                    self.begin(&tag);
                    self.close();
                }
                Xml::Start(tag) if self.file.fields.is_empty() && tag.name().as_ref() == "data" => {
                    self.file.fields = attributes(&tag);
                }
                Xml::Start(tag) | Xml::Empty(tag) => self.other(&format!("<{}>", &*tag)),
                Xml::Text(words) => self.other(&words),
                Xml::CData(words) => self.other(&words),
                _ => {}
            }
            return;
        };
        match event {
            Xml::Start(tag) => {
                *depth += 1;
                html.extend(["<", &*tag, ">"]);
            }
            Xml::Empty(tag) => html.extend(["<", &*tag, "/>"]),
            Xml::End(_) if *depth == 0 => self.close(),
            Xml::End(tag) => {
                *depth -= 1;
                html.extend(["</", &*tag, ">"]);
            }
            Xml::Text(words) => html.push_str(&words),
            Xml::CData(words) => html.push_str(&words),
            Xml::GeneralRef(entity) => html.push_str(&unescaped(&format!("&{};", &*entity))),
            _ => {}
        }
    }

    /// Counts what is in no event.
    fn other(&mut self, words: &str) {
        let (count, first) = &mut self.file.others;
        if !words.trim().is_empty() {
            *count += 1;
            if *count == 1 {
                words.get(..words.floor_char_boundary(200)).unwrap_or_default().clone_into(first);
            }
        }
    }

    fn begin(&mut self, tag: &BytesStart<'_>) {
        self.number += 1;
        self.open = Some((Entry { place: Place(self.number), fields: attributes(tag) }, String::new(), 0));
    }

    fn close(&mut self) {
        self.file.entries.extend(self.open.take().map(|(entry, html, _)| closed(entry, html)));
    }
}

fn closed(mut entry: Entry, html: String) -> Entry {
    if !html.trim().is_empty() {
        entry.fields.push(("description".to_owned(), html));
    }
    entry
}

fn attributes(tag: &BytesStart<'_>) -> Vec<(String, String)> {
    let mut attributes = tag.attributes();
    let found = attributes.with_checks(false).filter_map(Result::ok);
    found.map(|attribute| (attribute.key.as_ref().to_ascii_lowercase(), unescaped(&attribute.value))).collect()
}

/// Returns a text with the five entities of XML, and numbers, as characters; others are left for HTML.
fn unescaped(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, after) = rest.split_at(at);
        words.push_str(before);
        let length = after.bytes().take(12).position(|b| b == b';');
        let name = length.and_then(|length| after.get(1..length)).unwrap_or_default();
        let number = name.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok(),
            None => number.parse().ok(),
        });
        let c = match name {
            "lt" => Some('<'),
            "gt" => Some('>'),
            "amp" => Some('&'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => number.and_then(char::from_u32).filter(|c| *c != '\0'),
        };
        words.push(c.unwrap_or('&'));
        rest = after.get(if c.is_some() { name.len() + 2 } else { 1 }..).unwrap_or_default();
    }
    words + rest
}

/// How the dates of a file are meant.
#[derive(Debug, Default)]
struct How {
    /// Numbers count backwards from the present, in millions of years.
    is_geologic: bool,
    with_offset: bool,
    zone: Option<String>,
    /// Whether the end of a duration is only a year, which is drawn to its beginning.
    has_year_ends: bool,
    /// Whether icons are pictures of the events: most have one of their own.
    has_pictures_as_icons: bool,
}

impl How {
    fn new(file: &File) -> Self {
        const DATES: [&str; 4] = ["start", "end", "lateststart", "earliestend"];
        let texts = || file.entries.iter().flat_map(|entry| DATES.map(|name| field(&entry.fields, name)));
        let given = || texts().filter(|text| !text.is_empty());
        // One in ten may be doubtful.
        let others = given().filter(|text| number_of(text).is_none()).count();
        let all_numbers = others * 10 <= given().count();
        let number = |entry: &Entry, name: &str| number_of(field(&entry.fields, name)).map(|(number, _)| number);
        let pairs = || file.entries.iter().filter_map(|entry| Some((number(entry, "start")?, number(entry, "end")?)));
        let is_geologic =
            all_numbers && pairs().any(|(start, end)| start > end) && !pairs().any(|(start, end)| start < end);
        let zone = moment::common_offset(texts().filter_map(moment_of)).and_then(moment::zone_name);
        let has_year_ends = !is_geologic
            && file.entries.iter().any(|entry| {
                let end = moment_of(field(&entry.fields, "end"));
                entry.is_duration(file) && end.is_some_and(|end| end.parts.month.is_none())
            });
        let has_pictures_as_icons = {
            /// Minimum number of icons from which something is concluded.
            const FEW: usize = 10;
            let icons: Vec<&str> =
                file.entries.iter().map(|entry| entry.field("icon")).filter(|icon| !icon.is_empty()).collect();
            let different = icons.iter().collect::<HashSet<_>>().len();
            icons.len() >= FEW && different * 4 >= icons.len() * 3
        };
        Self { is_geologic, with_offset: zone.is_none(), zone, has_year_ends, has_pictures_as_icons }
    }

    fn comment(&self, builder: &mut Builder) {
        builder.head().zone.clone_from(&self.zone);
        if self.is_geologic {
            builder.comment(
                "The dates of the file are numbers that count down, as in SIMILE's geologic timelines, and do not say \
                 what of. They are taken as millions of years before the present.",
            );
        }
        if self.has_year_ends {
            builder.comment(
                "A span that ends with a year is taken to go on in that year. SIMILE draws it to the year's beginning.",
            );
        }
    }
}

/// Reads a date.
fn moment_of(text: &str) -> Option<Moment> {
    let text = text.trim();
    let digits = text.strip_prefix(['-', '−']).unwrap_or(text);
    if (1..=6).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) {
        let year: i64 = digits.parse().ok()?;
        let is_negative = digits.len() < text.len();
        let year = if is_negative { 1 - year } else { year };
        return Some(Moment { is_negative, ..Moment::new(Parts::year(year)) });
    }
    Moment::of_iso(text).or_else(|| Moment::of_javascript(text))
}

/// Reads a number that may be a count of years, and whether a question mark is beside it.
fn number_of(text: &str) -> Option<(f64, bool)> {
    let digits = text.trim_matches(|c: char| c == '?' || c.is_whitespace());
    let number = digits.parse::<f64>().ok().filter(|number| digits.len() < 8 && (0.0..1e5).contains(number))?;
    Some((number, text.contains('?')))
}

/// The attributes that are read; others are counted as dropped.
const READ: [&str; 15] = [
    "start",
    "end",
    "lateststart",
    "earliestend",
    "isduration",
    "durationevent",
    "title",
    "caption",
    "hovertext",
    "description",
    "image",
    "link",
    "color",
    "id",
    "eventid",
];

impl Entry {
    fn field(&self, name: &str) -> &str {
        field(&self.fields, name)
    }

    fn is_duration(&self, file: &File) -> bool {
        let said = [self.field("isduration"), self.field("durationevent")];
        let is = |word: &str| said.iter().any(|said| said.eq_ignore_ascii_case(word));
        is("true") || file.spans_by_default && !is("false")
    }

    fn add(&self, builder: &mut Builder, file: &File, how: &How) -> Result<(), ImportError> {
        for (name, value) in &self.fields {
            let is_read =
                READ.contains(&name.as_str()) || name == "wikiid" || name == "icon" && how.has_pictures_as_icons;
            if !is_read && !value.trim().is_empty() {
                builder.report.add(Kind::Dropped(name.clone().into()), self.place, value);
            }
        }
        let dated = if how.is_geologic { self.geologic(builder) } else { self.dated(builder, file, how) };
        let mut event = Event { title: plain(self.field("title")), ..Event::default() };
        let text = text_of(builder, self.place, &mut event, self.field("description"));
        describe(&mut event, &text);
        for name in ["caption", "hovertext"] {
            let words = plain(self.field(name));
            if event.title.is_empty() {
                event.title = words;
            } else if words != event.title {
                describe(&mut event, &prose(&words).text);
            }
        }
        if !self.field("image").is_empty() {
            event.media.insert(0, medium(self.field("image"), None));
        }
        if how.has_pictures_as_icons && !self.field("icon").is_empty() {
            event.media.push(medium(&plain(self.field("icon")), None));
        }
        link(builder, self.place, &mut event, self.field("link"), None);
        let wiki =
            ["wiki-url", "wikiurl"].into_iter().map(|name| field(&file.fields, name)).find(|url| !url.is_empty());
        let section = ["wiki-section", "wikisection"].into_iter().map(|name| field(&file.fields, name));
        if let (Some(url), Some(section)) = (wiki, section.into_iter().find(|section| !section.is_empty())) {
            let page = Some(self.field("wikiid")).filter(|id| !id.is_empty()).unwrap_or(self.field("title"));
            let joined = |words: &str| words.split_whitespace().collect::<Vec<_>>().join("_");
            let url = format!("{url}{}/{}", joined(section), joined(page));
            link(builder, self.place, &mut event, &url, Some("Discussion"));
        }
        event.color = css_color(self.field("color"));
        if event.color.is_none() && !self.field("color").is_empty() {
            builder.report.add(Kind::Dropped("color".into()), self.place, self.field("color"));
        }
        let id = if self.field("id").is_empty() { self.field("eventid") } else { self.field("id") };
        builder.event(self.place, id, None, dated, event)
    }

    /// Returns a date in millions of years before the present.
    fn geologic(&self, builder: &mut Builder) -> Dated {
        let written = [self.field("start"), self.field("end")];
        let what = "a unit of a million years before the present";
        let millions = |text: &str| {
            let (_, is_uncertain) = number_of(text)?;
            let digits = text.trim_matches(|c: char| c == '?' || c.is_whitespace());
            let zero = if digits.starts_with('.') { "0" } else { "" };
            Some(format!("{zero}{} Ma{}", digits.trim_end_matches('.'), if is_uncertain { "?" } else { "" }))
        };
        let date = match written.map(millions) {
            [Some(start), None] if written[1].is_empty() => start,
            [Some(start), Some(end)] if start == end => start,
            [Some(start), Some(end)] => format!("{start} – {end}"),
            _ => {
                let words: Vec<&str> = written.into_iter().filter(|words| !words.is_empty()).collect();
                return builder.date(Dates::default(), &words.join(" – "), self.place);
            }
        };
        builder.report.add(Kind::Concluded(what.into()), self.place, written[0]);
        Dated::exact(date)
    }

    fn dated(&self, builder: &mut Builder, file: &File, how: &How) -> Dated {
        let moment = |name: &str| moment_of(self.field(name));
        let Some(start) = moment("start") else {
            let words = [self.field("start"), self.field("end")];
            let words: Vec<&str> = words.into_iter().filter(|words| !words.is_empty()).collect();
            return if words.is_empty() {
                Dated::default()
            } else {
                builder.date(Dates::default(), &words.join(" – "), self.place)
            };
        };
        let mut doubt = None;
        if start.is_negative {
            let what = "a year BCE, as its digits say, though ISO 8601 counts a year 0,";
            builder.report.add(Kind::Concluded(what.into()), self.place, self.field("start"));
        }
        for name in ["end", "lateststart", "earliestend"] {
            if moment(name).is_none() && !self.field(name).is_empty() {
                builder.report.add(
                    Kind::Changed("a part of a date that is none, dropped".into()),
                    self.place,
                    self.field(name),
                );
            }
        }
        let date = if self.is_duration(file) && moment("end").is_some() {
            let ends = [
                Ends { first: start, last: moment("lateststart").unwrap_or(start) },
                Ends {
                    first: moment("earliestend").or(moment("end")).unwrap_or(start),
                    last: moment("end").unwrap_or(start),
                },
            ];
            if ends.iter().any(|ends| ends.is_imprecise()) {
                let what = "an imprecise beginning or end, as approximate,";
                builder.report.add(Kind::Concluded(what.into()), self.place, self.field("start"));
                doubt = Some(format!("It begins {}, and ends {}.", ends[0].words(), ends[1].words()));
            }
            moment::span(ends[0].moment(true), ends[1].moment(false), how.with_offset)
        } else {
            match (moment("end"), moment("lateststart")) {
                (Some(end), _) => moment::between(start, end, how.with_offset),
                (None, Some(latest)) => moment::from_to(start, latest, how.with_offset),
                (None, None) => Some(start.text(how.with_offset)),
            }
        };
        let words = [self.field("start"), self.field("end")];
        Dated { doubt, ..moment::dated(builder, self.place, date, start.text(how.with_offset), words) }
    }
}

/// The first and the last moment at which a span may begin or end.
#[derive(Clone, Copy, Debug)]
struct Ends {
    first: Moment,
    last: Moment,
}

impl Ends {
    /// Returns the date that is both: a year or month if they are its beginning and its end, else an approximate date.
    fn moment(self, is_start: bool) -> Moment {
        let outer = if is_start { self.first } else { self.last };
        if self.first == self.last {
            return outer;
        }
        match moment::whole(self.first, self.last) {
            Some(parts) => Moment::new(parts),
            None if outer.time.is_some() => outer,
            None => Moment::new(outer.parts.about()),
        }
    }

    fn is_imprecise(self) -> bool {
        self.first != self.last && moment::whole(self.first, self.last).is_none()
    }

    fn words(self) -> String {
        if self.first == self.last {
            return format!("at {}", self.first.text(false));
        }
        format!("between {} and {}", self.first.text(false), self.last.text(false))
    }
}
