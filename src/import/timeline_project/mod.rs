//! The Timeline Project, XML: its categories are lanes, its containers lanes within them.
//!
//! Read as its own reader does (`timelinelib/dataimport/timelinexml.py`): times are midnight where only a day was meant,
//! years before the era are astronomical, a text that begins with `[1]` is container 1, and one with `(1)` is in it.

mod time;
mod xml;

use std::collections::{HashMap, HashSet};

use crate::document::{Era, Event, Link, MAX_LANE_DEPTH, Media};
use crate::progress::Progress;

use super::builder::Builder;
use super::dates::{Dated, Dates};
use super::error::ImportError;
use super::html::{Prose, prose};
use super::options::Options;
use super::report::{Kind, Place};
use crate::interchange::css_color;

use time::{Ends, Time, TimeType, date};
use xml::{File, Record};

/// The colour of events that have none of their own.
const GREY: &str = "200,200,200";

/// Returns whether a text is in this format.
pub(super) fn recognises(text: &str) -> bool {
    let mut end = text.len().min(4_096);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text.get(..end).unwrap_or_default();
    let is_xml = head.trim_start().starts_with('<');
    let inside = ["<version>", "<timetype>", "<categories", "<events", "<eras"];
    is_xml && head.contains("<timeline>") && inside.iter().any(|element| head.contains(element))
}

/// Reads a text.
pub(super) fn read(
    text: &str,
    _options: &Options,
    builder: &mut Builder,
    progress: &Progress,
) -> Result<(), ImportError> {
    let file = xml::read(text)?;
    if file.events.is_empty() && file.eras.is_empty() && file.categories.is_empty() {
        return Err(ImportError::new("there is no timeline of The Timeline Project in this file"));
    }
    builder.report.unit = "line";
    builder.report.entries = file.lines;
    if let Some((line, message)) = &file.broken {
        builder.report.add(Kind::LeftOut("rest of the file, which cannot be read".into()), Place(*line), message);
    }
    count_others(&file, builder);
    let time_type = TimeType::named(file.head.get("timetype").unwrap_or_default());
    match time_type {
        TimeType::Numeric => builder.comment("The file counts in numbers without a unit: they are read as years."),
        TimeType::Schematic(name) => builder.comment(format!(
            "The file is in the {name} calendar, of months of 30 days: each day is read as the day of that number of a \
             year of 365 days."
        )),
        TimeType::Gregorian | TimeType::Coptic => {}
    }
    let mut reader = Reader::new(&file, time_type);
    reader.categories(builder);
    reader.view(builder);
    for era in &file.eras {
        reader.era(era, builder);
    }
    for event in &file.events {
        if progress.is_cancelled() {
            return Err(ImportError::cancelled());
        }
        reader.event(event, builder)?;
    }
    Ok(())
}

/// Counts the elements that are not read.
fn count_others(file: &File, builder: &mut Builder) {
    const CATEGORY: [&str; 3] = ["name", "color", "parent"];
    const ERA: [&str; 5] = ["name", "start", "end", "color", "ends_today"];
    // An icon and an alert are counted with the event.
    const EVENT: [&str; 17] = [
        "start",
        "end",
        "text",
        "progress",
        "fuzzy",
        "fuzzy_start",
        "fuzzy_end",
        "ends_today",
        "category",
        "description",
        "alert",
        "hyperlink",
        "icon",
        "default_color",
        "milestone",
        "labels",
        "categories",
    ];
    let of = [
        (&file.categories, &CATEGORY[..], "a category"),
        (&file.eras, &ERA, "an era"),
        (&file.events, &EVENT, "an event"),
    ];
    for (records, read, of) in of {
        for record in records {
            for (name, text) in record.others(read) {
                builder.report.add(Kind::Dropped(format!("{name} of {of}").into()), Place(record.line), text);
            }
        }
    }
    for (line, name, words) in &file.others {
        builder.report.add(Kind::Dropped(name.clone().into()), Place(*line), words);
    }
}

/// What the text of an event says that it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role<'t> {
    Event(&'t str),
    /// A container, with its number.
    Container(&'t str, &'t str),
    /// An event in the container with a number.
    Inside(&'t str, &'t str),
}

fn role(text: &str) -> Role<'_> {
    let marked = |open: char, close: char| {
        let (number, title) = text.strip_prefix(open)?.split_once(close)?;
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        is_number.then_some((number, title))
    };
    match (marked('[', ']'), marked('(', ')')) {
        (Some((number, title)), _) => Role::Container(number, title),
        (_, Some((number, title))) => Role::Inside(number, title),
        // A space keeps a bracket from being read as such a mark.
        _ => Role::Event(text),
    }
}

struct Reader<'f> {
    file: &'f File,
    time_type: TimeType,
    /// The categories by name.
    categories: HashMap<&'f str, &'f Record>,
    /// The lane of each category that is used.
    lanes: HashMap<&'f str, usize>,
    /// The title and the category of each container, by its number.
    containers: HashMap<&'f str, (&'f str, Option<&'f str>)>,
}

impl<'f> Reader<'f> {
    fn new(file: &'f File, time_type: TimeType) -> Self {
        let mut categories = HashMap::new();
        for category in &file.categories {
            if let Some(name) = category.get("name") {
                categories.entry(name).or_insert(category);
            }
        }
        let mut containers = HashMap::new();
        for event in &file.events {
            if let Role::Container(number, title) = role(event.get("text").unwrap_or_default()) {
                containers.entry(number).or_insert((title, event.get("category")));
            }
        }
        Self { file, time_type, categories, lanes: HashMap::new(), containers }
    }

    /// Makes the lanes of the categories that have events, and of those around them, in the order of the file.
    fn categories(&mut self, builder: &mut Builder) {
        let mut used: HashSet<&str> = HashSet::new();
        let named = self.file.events.iter().flat_map(|event| event.all("category"));
        for name in named.chain(self.containers.values().filter_map(|(_, category)| *category)) {
            used.extend(self.path(name));
        }
        for category in &self.file.categories {
            let Some(name) = category.get("name") else { continue };
            if used.contains(name) {
                self.lane(name, builder);
            } else {
                builder.report.add(Kind::LeftOut("category without events".into()), Place(category.line), name);
            }
        }
    }

    /// Returns a category and those around it, the innermost first. A category that contains itself is at the top.
    fn path(&self, name: &'f str) -> Vec<&'f str> {
        let mut path = vec![name];
        let mut category = self.categories.get(name);
        while let Some(parent) = category.and_then(|category| category.get("parent")) {
            if path.len() >= MAX_LANE_DEPTH || path.contains(&parent) {
                break;
            }
            path.push(parent);
            category = self.categories.get(parent);
        }
        path
    }

    /// Returns the lane of a category, which is made with those around it if there is none.
    fn lane(&mut self, name: &'f str, builder: &mut Builder) -> usize {
        if let Some(lane) = self.lanes.get(name) {
            return *lane;
        }
        let mut parent = None;
        for name in self.path(name).into_iter().rev() {
            let lane = match self.lanes.get(name) {
                Some(lane) => *lane,
                None => builder.lane(name, parent),
            };
            if self.lanes.insert(name, lane).is_none() {
                let color = self.categories.get(name).and_then(|category| color(category, "color", builder));
                builder.lane_color(lane, color);
            }
            parent = Some(lane);
        }
        parent.unwrap_or_default()
    }

    fn view(&self, builder: &mut Builder) {
        let view = &self.file.view;
        for name in view.all("name") {
            builder.report.add(Kind::Changed("a hidden category, shown".into()), Place(self.file.lines), name);
        }
        if let (Some(start), Some(end)) = (view.get("start"), view.get("end")) {
            let words = format!("{start} to {end}");
            builder.report.add(Kind::Dropped("period in view".into()), Place(self.file.lines), &words);
        }
    }

    /// Reads when something is, and keeps its words if they cannot be read.
    fn dated(&self, record: &Record, ends: Ends, builder: &mut Builder) -> Dated {
        let place = Place(record.line);
        let read = |name: &str| record.get(name).and_then(|text| Time::read(text, self.time_type));
        let (start, end) = (read("start"), read("end"));
        let Some(start) = start.or(end) else {
            let words: Vec<&str> = ["start", "end"].iter().filter_map(|name| record.get(name)).collect();
            return builder.date(Dates::default(), &words.join(" to "), place);
        };
        if end.is_none_or(|end| end < start) && !record.is("milestone") && !ends.goes_on {
            let words = record.get("end").unwrap_or_default();
            builder.report.add(Kind::Dropped("end that is not after the start".into()), place, words);
        }
        let end = if record.is("milestone") { start } else { end.unwrap_or(start) };
        date(start, end, ends).map_or_else(|| Dated::words(record.get("start").unwrap_or_default()), Dated::exact)
    }

    fn era(&self, record: &Record, builder: &mut Builder) {
        let title = record.get("name").unwrap_or("Untitled").split_whitespace().collect::<Vec<_>>().join(" ");
        let ends = Ends { goes_on: record.is("ends_today"), ..Ends::default() };
        let Some(date) = self.dated(record, ends, builder).date else {
            builder.report.add(Kind::LeftOut("era without a date".into()), Place(record.line), &title);
            return;
        };
        let color = color(record, "color", builder);
        builder.era("", Era { title, date, color, ..Era::default() });
    }

    fn event(&mut self, record: &'f Record, builder: &mut Builder) -> Result<(), ImportError> {
        let place = Place(record.line);
        let role = role(record.get("text").unwrap_or_default());
        let (Role::Event(title) | Role::Container(_, title) | Role::Inside(_, title)) = role;
        let is_fuzzy = |name: &str| record.is("fuzzy") || record.is(name);
        let ends = Ends {
            fuzzy_start: is_fuzzy("fuzzy_start"),
            fuzzy_end: is_fuzzy("fuzzy_end"),
            goes_on: record.is("ends_today"),
        };
        let dated = self.dated(record, ends, builder);
        let categories: Vec<&str> = record.all("category").collect();
        let lanes: Vec<usize> = categories.iter().map(|name| self.lane(name, builder)).collect();
        let container = match role {
            Role::Event(_) => None,
            Role::Container(number, _) | Role::Inside(number, _) => self.containers.get(number).copied(),
        };
        let lane = match container {
            Some((title, category)) => {
                let parent = category.map(|name| self.lane(name, builder));
                Some(builder.lane(title, parent))
            }
            None => lanes.first().copied(),
        };
        let mut event = Event { title: title.to_owned(), ..details(record, categories.is_empty(), builder) };
        if container.is_none() || matches!(role, Role::Inside(..)) {
            let mut seen: HashSet<usize> = lane.into_iter().collect();
            let further = lanes.iter().filter(|further| seen.insert(**further));
            event.also = further.map(|further| builder.lane_id(*further)).collect();
        }
        builder.event(place, "", lane, dated, event)
    }
}

/// Reads a colour: `205,238,241`.
fn color(record: &Record, name: &str, builder: &mut Builder) -> Option<String> {
    let text = record.get(name)?;
    let color = css_color(text);
    if color.is_none() {
        builder.report.add(Kind::Dropped("colour that cannot be read".into()), Place(record.line), text);
    }
    color
}

/// Returns what an event has beside its title, date and lane.
fn details(record: &Record, has_no_category: bool, builder: &mut Builder) -> Event {
    let place = Place(record.line);
    let title = record.get("text").unwrap_or_default();
    let Prose { text, pictures, dropped } = prose(record.get("description").unwrap_or_default());
    let mut event = Event { description: Some(text).filter(|text| !text.is_empty()), ..Event::default() };
    for [url, alt] in pictures {
        event.media.push(Media { url: Some(url), alt: Some(alt).filter(|alt| !alt.is_empty()), ..Media::default() });
    }
    for name in dropped {
        builder.report.add(Kind::Dropped(format!("{name} in HTML").into()), place, title);
    }
    if has_no_category && record.get("default_color").is_some_and(|color| color.trim() != GREY) {
        event.color = color(record, "default_color", builder);
    }
    for address in record.all("hyperlink").flat_map(|text| text.split(';')).map(str::trim) {
        match address.split_once(':') {
            Some(("http" | "https" | "mailto", _)) => {
                event.links.push(Link { url: address.to_owned(), title: None });
            }
            None if address.contains('.') && !address.contains(['/', '\\']) => {
                event.links.push(Link { url: format!("https://{address}"), title: None });
            }
            _ if address.is_empty() => {}
            _ => builder.report.add(Kind::Dropped("address that is none of the web".into()), place, address),
        }
    }
    let labels = record.all("labels").flat_map(|text| text.split([',', '\n'])).map(str::trim);
    event.tags = labels.filter(|label| !label.is_empty()).map(str::to_owned).collect();
    if let Some(progress) = record.get("progress").map(str::trim).filter(|progress| *progress != "0") {
        event.tags.push(format!("{progress}% done"));
    }
    if record.is("milestone") {
        event.tags.push("milestone".to_owned());
        event.importance = Some(1);
    }
    for (name, what) in [("alert", "alert"), ("icon", "icon within the file")] {
        if record.get(name).is_some() {
            builder.report.add(Kind::Dropped(what.into()), place, title);
        }
    }
    event
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_say_what_they_are() {
        let check = |text: &str, expect: Role<'_>| assert_eq!(role(text), expect);
        check("A battle", Role::Event("A battle"));
        check("[1]Campaign", Role::Container("1", "Campaign"));
        check("(1)Battle", Role::Inside("1", "Battle"));
        check(" (1) is a number", Role::Event(" (1) is a number"));
        check("(perhaps) a battle", Role::Event("(perhaps) a battle"));
        check("[1", Role::Event("[1"));
    }
}
