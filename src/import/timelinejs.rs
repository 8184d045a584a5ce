//! `TimelineJS`: JSON, and the meaning of the columns of its spreadsheet.
//!
//! The format: <https://timeline.knightlab.com/docs/json-format.html>. Years BCE are negative numbers, without a year 0.
//! Headlines, texts, captions and credits are HTML. The title slide and eras are no events. The format of version 2, in
//! which dates are `2011,12,10`, is read too.

use std::collections::HashMap;

use serde_json::Value;

use super::builder::Builder;
use super::dates::{Dated, Dates, is_date};
use super::error::ImportError;
use super::html::plain;
use super::loose::{self, Object};
use super::media::{describe, link, medium, text_of};
use super::moment::{self, Moment, clock};
use super::options::Options;
use super::parts::Parts;
use super::report::{Kind, Place};
use super::timelinejs_own::{Own, OwnEvent, Part};
use crate::date::{Calendar, month_name};
use crate::document::{Era, Event};
use crate::interchange::html::escaped;
use crate::progress::Progress;
use crate::prose::{from_html, is_html};

/// Returns whether a text is in this format.
pub(super) fn recognises(text: &str) -> bool {
    let has = |key| loose::has_key(text, key);
    loose::is_json(text)
        && (has("events") && (has("start_date") || has("longview") && has("scale"))
            || has("headline") && has("date") && has("startDate") && has("timeline"))
}

/// Reads a text.
pub(super) fn read(
    text: &str,
    _options: &Options,
    builder: &mut Builder,
    progress: &Progress,
) -> Result<(), ImportError> {
    let value = loose::parse(text)?;
    let Some(object) = value.as_object() else {
        return Err(ImportError::new("this is no timeline of TimelineJS: it has no list of events"));
    };
    let version_2 = object.get("timeline").and_then(Value::as_object);
    let (timeline, events, eras) = match version_2 {
        Some(timeline) => (timeline, "date", "era"),
        None => (object, "events", "eras"),
    };
    let Some(events) = timeline.get(events).and_then(Value::as_array) else {
        return Err(ImportError::new("this is no timeline of TimelineJS: it has no list of events"));
    };
    // Entries are numbered as they are in the file: events, then eras, then the title.
    let title = if version_2.is_some() { Some(timeline) } else { timeline.get("title").and_then(Value::as_object) };
    let eras = timeline.get(eras).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    builder.entries("slide", events.len() + eras.len() + usize::from(title.is_some()))?;
    if version_2.is_none() {
        let read = ["title", "events", "eras", "scale", "longview"];
        loose::drop_others(&mut builder.report, timeline, &read, Place::default(), " of the timeline");
    }
    let own = Own::new(timeline, builder);
    let has_title = own.as_ref().is_some_and(|own| own.has_title(timeline.get("title")));
    let has_eras = own.as_ref().is_some_and(|own| own.has_eras(timeline.get("eras")));
    if own.is_some() && !has_eras {
        builder.head().eras.clear();
    }
    let eras = if has_eras { &[] } else { eras };
    let mut slides = Slides { own, ..Slides::default() };
    if let Some(title) = title.filter(|_| !has_title) {
        slides.object(builder, Place(builder.report.entries), title, SlideKind::Title)?;
    }
    let events = events.iter().map(|event| (event, SlideKind::Event));
    let eras = eras.iter().map(|era| (era, SlideKind::Era));
    for (number, (slide, kind)) in events.chain(eras).enumerate() {
        if number % 1024 == 0 && progress.is_cancelled() {
            return Ok(());
        }
        let place = Place(number + 1);
        match slide.as_object() {
            Some(slide) => slides.object(builder, place, slide, kind)?,
            None => builder.report.add(Kind::LeftOut("what is no slide".into()), place, &slide.to_string()),
        }
    }
    slides.undated(builder)
}

/// Returns the name of a column as it is compared: in lower case, with one space between words.
fn canonical(column: &str) -> String {
    column.trim_start_matches('\u{feff}').to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Reads the rows of its spreadsheet, or the slides of its JSON, one after another.
#[derive(Debug, Default)]
pub struct Slides {
    has_title: bool,
    /// What Longview itself wrote of the file.
    own: Option<Own>,
}

impl Slides {
    /// Returns whether the columns of a table are those of its spreadsheet.
    #[must_use]
    pub fn are_in(columns: &[&str]) -> bool {
        let has = |name: &str| columns.iter().any(|column| canonical(column) == name);
        has("headline")
            && (has("year") || has("start date"))
            && ["text", "media", "display date", "end year", "end date", "type"].into_iter().any(has)
    }

    /// Reads a row of a table of which [`Slides::are_in`] is true: the name and the cell of each column.
    ///
    /// # Errors
    /// Returns an error if there are too many events.
    pub fn row<'c>(
        &mut self,
        builder: &mut Builder,
        place: Place,
        cells: impl IntoIterator<Item = (&'c str, &'c str)>,
    ) -> Result<(), ImportError> {
        let cells: Vec<(String, &str)> =
            cells.into_iter().map(|(column, cell)| (canonical(column), cell.trim())).collect();
        if cells.iter().all(|(_, cell)| cell.is_empty()) {
            return Ok(());
        }
        let slide = Slide::of_row(&cells, builder, place);
        self.add(builder, place, &slide)
    }

    fn object(
        &mut self,
        builder: &mut Builder,
        place: Place,
        object: &Object,
        kind: SlideKind,
    ) -> Result<(), ImportError> {
        let own = match (&self.own, kind) {
            (Some(own), SlideKind::Event) => own.event(object, place, builder),
            _ => None,
        };
        match own {
            Some(OwnEvent { event, changed }) if changed.is_empty() => builder.whole_event(place, event),
            Some(own) => Slide::of_object(object, builder, place).change(own, builder, place),
            None => {
                let slide = Slide { kind, ..Slide::of_object(object, builder, place) };
                self.add(builder, place, &slide)
            }
        }
    }

    /// Adds the events of Longview that are no slides.
    fn undated(&mut self, builder: &mut Builder) -> Result<(), ImportError> {
        let undated = self.own.as_mut().map(|own| own.undated(builder)).unwrap_or_default();
        undated.into_iter().try_for_each(|event| builder.whole_event(Place::default(), event))
    }

    fn add(&mut self, builder: &mut Builder, place: Place, slide: &Slide) -> Result<(), ImportError> {
        match slide.kind {
            SlideKind::Title if !self.has_title => {
                self.has_title = true;
                slide.title(builder, place);
                Ok(())
            }
            SlideKind::Era => {
                slide.era(builder, place);
                Ok(())
            }
            SlideKind::Title | SlideKind::Event => slide.event(builder, place),
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum SlideKind {
    #[default]
    Event,
    Title,
    Era,
}

/// The parts of a date, as they are written; blank where there is none.
#[derive(Clone, Debug, Default)]
struct SlideDate {
    year: String,
    month: String,
    day: String,
    time: String,
    /// The words to show for it.
    display: String,
}

/// A slide: an event, an era, or the title.
#[derive(Clone, Debug, Default)]
struct Slide {
    kind: SlideKind,
    start: SlideDate,
    end: SlideDate,
    display: String,
    headline: String,
    text: String,
    media: HashMap<&'static str, String>,
    group: String,
    tag: String,
    id: String,
}

/// The fields of media, and the columns that hold them.
const MEDIA: [(&str, &str); 7] = [
    ("url", "media"),
    ("credit", "media credit"),
    ("caption", "media caption"),
    ("thumbnail", "media thumbnail"),
    ("alt", "alt text"),
    ("title", "media title"),
    ("link", "media link"),
];

/// The properties of a slide that are read; others are counted as dropped.
const READ: [&str; 18] = [
    // That links are made of addresses is how it shows them.
    "autolink",
    "start_date",
    "end_date",
    "startDate",
    "endDate",
    "display_date",
    "text",
    "headline",
    "media",
    "asset",
    "group",
    "tag",
    "unique_id",
    "date",
    "era",
    "type",
    "scale",
    "longview",
];
/// What is read of the objects in a slide, and what each is called.
const READ_WITHIN: [(&str, &[&str], &str); 5] = [
    ("text", &["headline", "text"], " of the text"),
    ("start_date", &DATE, " of a date"),
    ("end_date", &DATE, " of a date"),
    ("media", &["url", "credit", "caption", "thumbnail", "alt", "title", "link", "link_target"], " of the media"),
    ("asset", &["media", "url", "credit", "caption", "thumbnail", "alt", "title", "link"], " of the media"),
];
/// The parts of a date. Its `format` is how it is shown.
const DATE: [&str; 9] = ["year", "month", "day", "hour", "minute", "second", "millisecond", "display_date", "format"];

impl Slide {
    fn of_row(cells: &[(String, &str)], builder: &mut Builder, place: Place) -> Self {
        let mut used: Vec<&str> = Vec::new();
        let mut cell = |name: &'static str| {
            used.push(name);
            cells
                .iter()
                .find(|(column, cell)| column == name && !cell.is_empty())
                .map_or(String::new(), |(_, cell)| (*cell).to_owned())
        };
        let mut date = |[whole, year, month, day, time]: [&'static str; 5]| {
            let written = SlideDate::of_text(&cell(whole));
            let parts = SlideDate {
                year: cell(year),
                month: cell(month),
                day: cell(day),
                time: cell(time),
                display: String::new(),
            };
            if parts.year.is_empty() && !written.year.is_empty() { written } else { parts }
        };
        let start = date(["start date", "year", "month", "day", "time"]);
        let end = date(["end date", "end year", "end month", "end day", "end time"]);
        let kind = match cell("type").to_lowercase().as_str() {
            "title" | "start" => SlideKind::Title,
            "era" => SlideKind::Era,
            _ => SlideKind::Event,
        };
        // Its sheets have groups; what people add is often called so.
        let group = [cell("group"), cell("category")].into_iter().find(|text| !text.is_empty()).unwrap_or_default();
        let mut slide = Self {
            kind,
            start,
            end,
            display: cell("display date"),
            headline: cell("headline"),
            text: cell("text"),
            media: MEDIA.iter().map(|(field, column)| (*field, cell(column))).collect(),
            group,
            tag: cell("tag"),
            id: String::new(),
        };
        for (column, cell) in cells {
            if cell.is_empty() || used.contains(&column.as_str()) {
                continue;
            }
            if column == "background" {
                builder.report.add(Kind::Dropped(column.clone().into()), place, cell);
            } else {
                let line = format!("{column}: {}", plain(cell));
                let is_html = is_html(&slide.text);
                let line = if is_html { format!("<p>{}</p>", escaped(&line)) } else { format!("\n\n{line}") };
                slide.text.push_str(&line);
            }
        }
        slide
    }

    fn of_object(object: &Object, builder: &mut Builder, place: Place) -> Self {
        let text = |key: &str| loose::text(object, key).unwrap_or_default();
        let within = |key: &str, field: &str| {
            object.get(key).and_then(Value::as_object).and_then(|within| loose::text(within, field)).unwrap_or_default()
        };
        // In version 2, `text` is the text itself.
        let (headline, words, media) = match object.get("text") {
            Some(Value::Object(_)) => (within("text", "headline"), within("text", "text"), "media"),
            _ => (text("headline"), text("text"), "asset"),
        };
        let date = |key: &str, old: &str| match object.get(key) {
            Some(Value::Object(date)) => SlideDate::of_object(date),
            Some(value) => SlideDate::of_text(&loose::as_text(value).unwrap_or_default()),
            None => SlideDate::of_text(&text(old)),
        };
        let mut media: HashMap<&'static str, String> =
            MEDIA.iter().map(|(field, _)| (*field, within(media, field))).collect();
        let asset = within("asset", "media");
        if let Some(url) = media.get_mut("url").filter(|url| url.is_empty()) {
            *url = asset;
        }
        loose::drop_others(&mut builder.report, object, &READ, place, "");
        for (key, read, of) in READ_WITHIN {
            if let Some(within) = object.get(key).and_then(Value::as_object) {
                loose::drop_others(&mut builder.report, within, read, place, of);
            }
        }
        Self {
            kind: SlideKind::Event,
            start: date("start_date", "startDate"),
            end: date("end_date", "endDate"),
            display: text("display_date"),
            headline,
            text: words,
            media,
            group: text("group"),
            tag: text("tag"),
            id: text("unique_id"),
        }
    }

    /// Takes the title of the timeline from the title slide.
    fn title(&self, builder: &mut Builder, place: Place) {
        let mut event = Event::default();
        let text = text_of(builder, place, &mut event, &self.text);
        let head = builder.head();
        head.title = plain(&self.headline);
        head.description = Some(text).filter(|text| !text.is_empty());
        if self.media.get("url").is_some_and(|url| !url.is_empty()) || !event.media.is_empty() {
            let url = self.media.get("url").cloned().unwrap_or_default();
            builder.report.add(Kind::Dropped("media of the title slide".into()), place, &url);
        }
    }

    fn era(&self, builder: &mut Builder, place: Place) {
        let dated = self.dated(builder, place);
        let mut event = Event::default();
        let description = text_of(builder, place, &mut event, &self.text);
        let title = plain(&self.headline);
        if !self.group.is_empty() {
            builder.report.add(Kind::Dropped("group of an era".into()), place, &self.group);
        }
        let Some(date) = dated.date else {
            builder.report.add(Kind::LeftOut("an era without a date".into()), place, &title);
            return;
        };
        let title = if title.is_empty() { "Untitled".to_owned() } else { title };
        let description = Some(description).filter(|text| !text.is_empty());
        builder.era(&self.id, Era { title, date, description, ..Era::default() });
    }

    /// Adds an event that Longview wrote, with what the slide says otherwise now.
    fn change(&self, own: OwnEvent, builder: &mut Builder, place: Place) -> Result<(), ImportError> {
        let OwnEvent { mut event, changed } = own;
        for part in changed {
            match part {
                Part::Date => {
                    let dated = self.dated(builder, place);
                    (event.date, event.calendar, event.written) = (dated.date, dated.calendar, dated.written);
                }
                Part::Text => {
                    event.title = plain(&self.headline);
                    let mut found = Event::default();
                    let text = text_of(builder, place, &mut found, &self.text);
                    event.description = Some(text).filter(|text| !text.is_empty());
                    event.media.extend(found.media);
                }
                Part::Media => {
                    let mut found = Event::default();
                    self.media(builder, place, &mut found);
                    event.media = found.media.into_iter().chain(event.media.into_iter().skip(1)).collect();
                }
                Part::Group => {
                    let lane = builder.lane(&plain(&self.group), None);
                    event.lane = builder.lane_id(lane);
                    event.also.retain(|lane| *lane != event.lane);
                }
            }
        }
        builder.whole_event(place, event)
    }

    fn event(&self, builder: &mut Builder, place: Place) -> Result<(), ImportError> {
        // Such a row stands between events as a heading.
        if [&self.display, &self.start.display].into_iter().any(|display| display.trim() == ".") {
            let heading = plain(&self.headline);
            builder.comment(format!("A heading that is no event: {heading}"));
            builder.report.add(Kind::LeftOut("a heading".into()), place, &heading);
            return Ok(());
        }
        let dated = self.dated(builder, place);
        let mut event = Event { title: plain(&self.headline), ..Event::default() };
        let text = text_of(builder, place, &mut event, &self.text);
        describe(&mut event, &text);
        self.media(builder, place, &mut event);
        event.tags.extend(Some(plain(&self.tag)).filter(|tag| !tag.is_empty()));
        let lane = Some(plain(&self.group)).filter(|group| !group.is_empty()).map(|group| builder.lane(&group, None));
        builder.event(place, &self.id, lane, dated, event)
    }

    fn media(&self, builder: &mut Builder, place: Place, event: &mut Event) {
        let field = |name: &str| self.media.get(name).map(|text| text.trim()).unwrap_or_default();
        let words = |name: &str| Some(plain(field(name))).filter(|words| !words.is_empty());
        let url = field("url");
        let mut media = if is_html(url) && url.contains('<') {
            // A quotation, or what another site gives to be embedded.
            let embedded = from_html(url);
            let text = text_of(builder, place, event, url);
            describe(event, &text);
            embedded.dropped.is_empty().then(Default::default)
        } else if url.is_empty() {
            None
        } else {
            Some(medium(url, words("alt").or_else(|| words("title"))))
        };
        for name in ["caption", "credit"] {
            for block in from_html(field(name)).blocks {
                for span in block.spans {
                    if let Some(address) = &span.look.link {
                        link(builder, place, event, address, Some(span.text.trim()));
                    }
                }
            }
        }
        if !field("link").is_empty() {
            link(builder, place, event, field("link"), None);
        }
        if !field("thumbnail").is_empty() {
            builder.report.add(Kind::Dropped("media thumbnail".into()), place, field("thumbnail"));
        }
        let (caption, credit) = (words("caption"), words("credit"));
        match &mut media {
            Some(media) if media.url.is_some() || media.file.is_some() => {
                (media.caption, media.credit) = (caption, credit);
                event.media.insert(0, std::mem::take(media));
            }
            // Words about what is not there.
            _ => {
                for words in [caption, credit].into_iter().flatten() {
                    describe(event, &super::html::prose(&words).text);
                }
            }
        }
    }

    /// Returns the date, with the words that the file shows for it.
    fn dated(&self, builder: &mut Builder, place: Place) -> Dated {
        let both = [&self.start.display, &self.end.display].map(|display| plain(display));
        let shown = match (plain(&self.display), both) {
            (shown, _) if !shown.is_empty() => shown,
            (_, [start, end]) if !start.is_empty() && !end.is_empty() => format!("{start} – {end}"),
            (_, [start, _]) => start,
        };
        if self.start.is_empty() && self.end.is_empty() {
            return if shown.is_empty() { Dated::default() } else { builder.date(Dates::default(), &shown, place) };
        }
        let words = [self.start.words(), self.end.words()];
        let mut dated = match (self.start.moment(), self.end.moment()) {
            (Some(start), Some(end)) => {
                let words = words.each_ref().map(String::as_str);
                moment::dated(builder, place, span(start, end), text(start), words)
            }
            (Some(start), None) if self.end.is_empty() => Dated::exact(text(start)),
            (Some(start), None) => {
                builder.report.add(Kind::Changed("an end that is no date, kept as words".into()), place, &words[1]);
                Dated { written: Some(words.join(" – ")), ..Dated::exact(text(start)) }
            }
            (None, _) => {
                let words: Vec<String> = words.into_iter().filter(|words| !words.is_empty()).collect();
                builder.date(Dates::default(), &words.join(" – "), place)
            }
        };
        if !shown.is_empty() && dated.date.as_deref() != Some(shown.as_str()) {
            dated.written = Some(shown);
        }
        dated
    }
}

impl SlideDate {
    fn of_object(object: &Object) -> Self {
        let text = |key: &str| loose::text(object, key).unwrap_or_default();
        let time = [text("hour"), text("minute"), text("second")];
        let is_time = time.iter().any(|part| !part.is_empty());
        let time = time.map(|part| format!("{part:0>2}"));
        Self {
            year: text("year"),
            month: text("month"),
            day: text("day"),
            time: if is_time { time.join(":") } else { String::new() },
            display: text("display_date"),
        }
    }

    /// Reads a date of version 2: `2011,12,10,07,02,10`, or as in its spreadsheet, `12/10/2011 07:02:10`.
    fn of_text(text: &str) -> Self {
        let fields: Vec<&str> = text.split(',').map(str::trim).collect();
        if fields.iter().all(|field| !field.is_empty() && field.parse::<i64>().is_ok()) {
            let field = |index: usize| fields.get(index).map(|field| (*field).to_owned()).unwrap_or_default();
            let time = fields.get(3..).unwrap_or_default().iter().take(3).copied().collect::<Vec<_>>().join(":");
            return Self { year: field(0), month: field(1), day: field(2), time, display: String::new() };
        }
        if let Some(Moment { parts, time, .. }) = Moment::of_iso(text).or_else(|| Moment::of_javascript(text)) {
            let number = |number: Option<u8>| number.map(|number| number.to_string()).unwrap_or_default();
            let time = time.map(|time| time.map(|part| part.to_string()).join(":")).unwrap_or_default();
            let year = if parts.year < 1 { parts.year - 1 } else { parts.year };
            let (month, day) = (number(parts.month), number(parts.day));
            return Self { year: year.to_string(), month, day, time, display: String::new() };
        }
        Self { year: text.trim().to_owned(), ..Self::default() }
    }

    fn is_empty(&self) -> bool {
        [&self.year, &self.month, &self.day, &self.time].into_iter().all(|part| part.trim().is_empty())
    }

    /// Returns the parts as a person writes them.
    fn words(&self) -> String {
        let month = self.month.trim().parse().ok().and_then(month_name);
        let parts = [self.day.trim(), month.unwrap_or(self.month.trim()), self.year.trim(), self.time.trim()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// Returns the moment. Returns `None` if a part is no number, or there is no such date.
    fn moment(&self) -> Option<Moment> {
        let number = |text: &str| -> Option<f64> {
            let digits: String = text.chars().filter(|c| !c.is_whitespace() && *c != ',').collect();
            digits.replace('−', "-").parse().ok().filter(|number: &f64| number.fract() == 0.0 && number.abs() < 1e12)
        };
        let year = number(&self.year)? as i64;
        // There is no year 0: -44 is 44 BCE.
        let year = if year < 0 { year + 1 } else { year };
        let part = |text: &str| -> Option<Option<u8>> {
            if text.trim().is_empty() {
                return Some(None);
            }
            number(text).filter(|number| (1.0..=31.0).contains(number)).map(|number| Some(number as u8))
        };
        let (month, day) = (part(&self.month)?, part(&self.day)?);
        let parts = Parts::new(Calendar::Gregorian, year, month, day);
        if parts.month != month || parts.day != day {
            return None;
        }
        let time = if self.time.trim().is_empty() { [0; 3] } else { clock(&self.time)? };
        Moment::new(parts).at(time).writable()
    }
}

/// Returns the millions of years before the present that a year of the distant past stands for.
fn millions(moment: Moment) -> Option<String> {
    /// The years from which on they are counted in millions.
    const FROM: i64 = -1_000_000;
    let year = moment.parts.year - 1;
    (moment.parts.month.is_none() && year <= FROM && year % 10_000 == 0).then(|| format!("{} Ma", -year as f64 / 1e6))
}

/// Returns the text of a date.
fn text(moment: Moment) -> String {
    millions(moment).unwrap_or_else(|| moment.text(false))
}

fn span(start: Moment, end: Moment) -> Option<String> {
    if start == end {
        return Some(text(start));
    }
    let in_millions = millions(start).map(|start| format!("{start} – {}", text(end)));
    in_millions.filter(|text| is_date(text)).or_else(|| moment::span(start, end, false))
}

#[cfg(test)]
mod tests;
