//! iCalendar, RFC 5545, with the properties of RFC 7986.
//!
//! Each line is read by itself, so that one that is wrong costs nothing but itself. A recurring event becomes an event for
//! each time; a recurrence without end stops with the year after today.

mod clock;
mod component;
mod event;
mod line;
pub(super) mod moment;
mod occurrences;
mod own;
mod windows_zones;
pub(super) mod zone;

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::document::Event;
use crate::progress::Progress;
use crate::sorting;

use super::builder::Builder;
use super::dates::{Dated, Dates};
use super::error::ImportError;
use super::html::prose;
use super::options::Options;
use super::report::{Kind, Place};

use component::{Calendar, Entry, File};
use moment::{Moment, iso_day};
use occurrences::{Clock, Span, Times};
use own::{Own, OwnEvent};
use zone::{Zone, Zones};

/// What may be spent on the recurrences of a file, in days or times looked at.
const MOST_STEPS: usize = 5_000_000;
/// Maximum number of times that the recurrences of a file give.
const MOST_TIMES: usize = 100_000;

/// Maximum length of the texts of all times of an event together, in bytes.
const MOST_TEXT: usize = 16 << 20;

/// Returns whether a text is in this format.
pub(super) fn recognises(text: &str) -> bool {
    let start = text.trim_start();
    ["BEGIN:VCALENDAR", "BEGIN:VEVENT"]
        .iter()
        .any(|begin| start.get(..begin.len()).is_some_and(|start| start.eq_ignore_ascii_case(begin)))
}

/// Reads a text.
pub(super) fn read(
    text: &str,
    options: &Options,
    builder: &mut Builder,
    progress: &Progress,
) -> Result<(), ImportError> {
    let file = component::read(text);
    if file.calendars.is_empty() {
        return Err(ImportError::new("there is no calendar in this file").hint("it begins with BEGIN:VCALENDAR"));
    }
    builder.report.unit = "line";
    builder.report.entries = file.lines;
    for (line, text) in &file.bad {
        builder.report.add(Kind::LeftOut("line that cannot be read".into()), Place(*line), text);
    }
    for (what, lines) in &file.others {
        for line in lines {
            builder.report.add(Kind::LeftOut(what.clone().into()), Place(*line), "");
        }
    }
    let home = home(&file);
    let own = match file.calendars.as_slice() {
        [calendar] => Own::new(calendar, builder),
        _ => None,
    };
    if own.is_none() {
        head(&file, home.as_ref().and_then(Zone::name), builder);
    }
    let year = options.today.as_deref().and_then(|today| today.get(..4)?.parse().ok());
    let uids = file.calendars.iter().flat_map(|calendar| &calendar.events).filter_map(uid).collect();
    let mut reader = Reader {
        lanes: Lanes::new(&file),
        home,
        uids,
        clock: Clock { zones: Zones::default(), defined: &[], year, steps: MOST_STEPS, times: MOST_TIMES },
        replaced: HashMap::new(),
        own,
    };
    for calendar in &file.calendars {
        reader.calendar(calendar, builder, progress)?;
    }
    Ok(())
}

fn uid(entry: &Entry) -> Option<String> {
    entry.text("UID").map(|uid| own::id_of(uid.trim()).to_owned())
}

/// Returns the zone of the IANA database that the file is about: the one that its calendars name, or else the one that most of
/// its events begin in. Returns `None` if no event has a time of day.
fn home(file: &File) -> Option<Zone> {
    let starts =
        || file.calendars.iter().flat_map(|calendar| &calendar.events).filter_map(|event| event.get("DTSTART"));
    if !starts().any(|start| start.value.contains(['T', 't'])) {
        return None;
    }
    let said = file.calendars.iter().flat_map(|calendar| {
        let name = |name: &str| calendar.entry.text(name);
        [name("TIMEZONE-ID"), name("X-WR-TIMEZONE")]
    });
    if let Some(zone) = said.flatten().find_map(|name| Zone::named(name.trim())) {
        return Some(zone);
    }
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for zone in starts().filter_map(|start| start.parameter("TZID")) {
        *uses.entry(zone).or_default() += 1;
    }
    let mut uses: Vec<(&str, usize)> = uses.into_iter().collect();
    sorting::by_key(&mut uses, |(_, count)| std::cmp::Reverse(*count));
    let defined = |name: &str| {
        let zones = file.calendars.iter().flat_map(|calendar| &calendar.zones);
        let zones: Vec<_> = zones.filter(|zone| zone.entry.text("TZID").as_deref() == Some(name)).cloned().collect();
        Zones::default().get(name, &zones).filter(|zone| zone.name().is_some())
    };
    uses.iter().take(8).find_map(|(name, _)| defined(name))
}

/// Fills in what the calendars say of themselves.
fn head(file: &File, home: Option<&str>, builder: &mut Builder) {
    let mut names: Vec<String> = file.calendars.iter().filter_map(Calendar::name).collect();
    names.dedup();
    let texts: Vec<String> = file
        .calendars
        .iter()
        .flat_map(|calendar| {
            let entry = &calendar.entry;
            let text = entry.text("DESCRIPTION").or_else(|| entry.text("X-WR-CALDESC"));
            [text.map(|text| prose(&text).text), entry.text("URL").map(|url| format!("<{}>", url.trim()))]
        })
        .flatten()
        .collect();
    let events = || file.calendars.iter().flat_map(|calendar| &calendar.events);
    let languages: HashSet<String> = events()
        .filter_map(|event| event.get("SUMMARY")?.parameter("LANGUAGE"))
        .filter(|tag| (2..=20).contains(&tag.len()) && tag.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-'))
        .map(str::to_owned)
        .collect();
    for calendar in &file.calendars {
        event::count_dropped(&calendar.entry, &mut builder.report);
    }
    let head = builder.head();
    if let [name] = names.as_slice() {
        name.clone_into(&mut head.title);
    }
    head.description = Some(texts.join("\n\n")).filter(|text| !text.is_empty());
    head.zone = home.map(str::to_owned);
    if languages.len() == 1 {
        head.language = languages.into_iter().next();
    }
}

/// Which lane an event is in.
#[derive(Debug)]
enum Lanes {
    /// That of its calendar.
    Calendar,
    /// That of its first category.
    Category,
}

impl Lanes {
    /// Several calendars are lanes. The events of one calendar are in lanes by category if there are few categories and
    /// most events have one; a category that all have, or nearly none, tells nothing apart.
    fn new(file: &File) -> Self {
        const MOST: usize = 12;
        let events = || file.calendars.iter().flat_map(|calendar| &calendar.events);
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for category in events().filter_map(first_category) {
            *counts.entry(category).or_default() += 1;
        }
        let with_one: usize = counts.values().sum();
        let is_telling = (2..=MOST).contains(&counts.len()) && 2 * with_one >= events().count();
        if file.calendars.len() == 1 && is_telling { Self::Category } else { Self::Calendar }
    }
}

fn first_category(entry: &Entry) -> Option<String> {
    entry.all("CATEGORIES").flat_map(line::Property::texts).next()
}

struct Reader<'c> {
    lanes: Lanes,
    home: Option<Zone>,
    /// The ids of all events.
    uids: HashSet<String>,
    clock: Clock<'c>,
    /// The times of recurring events that entries of their own stand for, by id.
    replaced: HashMap<String, Vec<Moment>>,
    /// What Longview itself wrote of the file.
    own: Option<Own>,
}

impl<'c> Reader<'c> {
    fn calendar(
        &mut self,
        calendar: &'c Calendar,
        builder: &mut Builder,
        progress: &Progress,
    ) -> Result<(), ImportError> {
        self.clock.zones = Zones::default();
        self.clock.defined = &calendar.zones;
        self.replaced = HashMap::new();
        for entry in &calendar.events {
            let Some(property) = entry.get("RECURRENCE-ID") else { continue };
            if let (Some(uid), Some(moment)) =
                (uid(entry), self.clock.moment(property, &property.value, &mut builder.report))
            {
                self.replaced.entry(uid).or_default().push(moment);
            }
        }
        let title = calendar.name().unwrap_or_default();
        for entry in &calendar.events {
            if progress.is_cancelled() {
                return Err(ImportError::cancelled());
            }
            if self.own_entry(entry, builder)? {
                continue;
            }
            let category = match self.lanes {
                Lanes::Calendar => None,
                Lanes::Category => first_category(entry),
            };
            let lane = builder.lane(category.as_deref().unwrap_or(&title), None);
            self.entry(entry, lane, builder)?;
        }
        for entry in &calendar.journals {
            if !self.own_entry(entry, builder)? {
                let title = entry.text("SUMMARY").unwrap_or_default();
                builder.report.add(Kind::LeftOut("journal entry (VJOURNAL)".into()), Place(entry.line), &title);
            }
        }
        if matches!(self.lanes, Lanes::Calendar) && !calendar.events.is_empty() && self.own.is_none() {
            let color = event::color(&calendar.entry, &["COLOR", "X-APPLE-CALENDAR-COLOR"], &mut builder.report);
            let lane = builder.lane(&title, None);
            builder.lane_color(lane, color);
        }
        Ok(())
    }

    /// Adds an event that Longview wrote. Returns `false` if another program did.
    fn own_entry(&mut self, entry: &Entry, builder: &mut Builder) -> Result<bool, ImportError> {
        let Some(own) = &self.own else { return Ok(false) };
        let Some(OwnEvent { mut event, is_moved }) = own.event(entry, builder) else { return Ok(false) };
        if is_moved {
            let report = &mut builder.report;
            let start = entry.get("DTSTART").and_then(|start| self.clock.moment(start, &start.value, report));
            let times = start.map(|start| self.clock.times(entry, &start, &[], report));
            // An event that another program repeats is one on the first of its times.
            let first = times.and_then(|times| times.spans.into_iter().next());
            event.date = first.map(|span| span.iso(self.home.as_ref()));
            event.written = None;
        }
        event::count_dropped_of_own(entry, &mut builder.report);
        builder.whole_event(Place(entry.line), event)?;
        Ok(true)
    }

    fn entry(&mut self, entry: &Entry, lane: usize, builder: &mut Builder) -> Result<(), ImportError> {
        let place = Place(entry.line);
        if entry.text("STATUS").is_some_and(|status| status.trim().eq_ignore_ascii_case("CANCELLED")) {
            let title = entry.text("SUMMARY").unwrap_or_default();
            builder.report.add(Kind::LeftOut("cancelled event".into()), place, &title);
            return Ok(());
        }
        event::count_dropped(entry, &mut builder.report);
        let mut event = event::event(entry, &mut builder.report);
        event.related = self.related(entry, builder);
        let uid = uid(entry).unwrap_or_default();
        let Some(property) = entry.get("DTSTART") else {
            return builder.event(place, &uid, Some(lane), Dated::default(), event);
        };
        let Some(start) = self.clock.moment(property, &property.value, &mut builder.report) else {
            let dated = builder.date(Dates::default(), &property.value, Place(property.line));
            return builder.event(place, &uid, Some(lane), dated, event);
        };
        if let Some(property) = entry.get("RECURRENCE-ID") {
            if property.has("RANGE", "THISANDFUTURE") {
                let what = "change of all later times, made at one time only";
                builder.report.add(Kind::Changed(what.into()), Place(property.line), &event.title);
            }
            event.id = format!("{} {}", event.title, iso_day(start.civil()));
        }
        let replaced = match entry.get("RECURRENCE-ID") {
            None => self.replaced.remove(&uid).unwrap_or_default(),
            Some(_) => Vec::new(),
        };
        let Times { mut spans, recurs } = self.clock.times(entry, &start, &replaced, &mut builder.report);
        let most = Self::room(&event);
        if spans.len() > most {
            let what = "a recurrence of which only the first times are taken";
            builder.report.add(Kind::Changed(what.into()), place, &event.title);
            spans.truncate(most);
        }
        if spans.is_empty() {
            builder.report.add(Kind::LeftOut("event that takes place at no time".into()), place, &event.title);
        }
        self.spans(&spans, recurs, entry, lane, &event, builder)
    }

    /// Returns how often the text of an event may be repeated.
    fn room(event: &Event) -> usize {
        let length = 256 + event.title.len() + event.description.as_ref().map_or(0, String::len);
        (MOST_TEXT / length).max(1)
    }

    /// Adds an event for each time.
    fn spans(
        &self,
        spans: &[Span],
        recurs: bool,
        entry: &Entry,
        lane: usize,
        event: &Event,
        builder: &mut Builder,
    ) -> Result<(), ImportError> {
        let uid = uid(entry).unwrap_or_default();
        for (index, span) in spans.iter().enumerate() {
            let mut dated = Dated::exact(span.iso(self.home.as_ref()));
            let mut event = event.clone();
            if recurs {
                event.id = format!("{} {}", event.title, iso_day(span.start.civil()));
            }
            if recurs && index == 0 {
                let rules: Vec<&str> = entry.all("RRULE").map(|property| property.value.trim()).collect();
                let rules = if rules.is_empty() { String::new() } else { format!(" ({})", rules.join(", ")) };
                dated.doubt = Some(format!("{} times, as the calendar repeats it{rules}.", spans.len()));
            }
            let foreign = if index == 0 { uid.as_str() } else { "" };
            builder.event(Place(entry.line), foreign, Some(lane), dated, event)?;
        }
        Ok(())
    }

    /// Returns the ids of related events, as the file has them.
    fn related(&self, entry: &Entry, builder: &mut Builder) -> Vec<String> {
        let mut related = Vec::new();
        let own = uid(entry);
        for property in entry.all("RELATED-TO") {
            let id = own::id_of(property.text().trim()).to_owned();
            if self.uids.contains(&id) && Some(&id) != own.as_ref() {
                related.push(id);
            } else {
                builder.report.add(
                    Kind::Dropped("relation to what is no event here".into()),
                    Place(property.line),
                    &id,
                );
            }
        }
        related
    }
}
