//! Lines -> the components of a file: calendars with their events and time zones.

use std::collections::BTreeMap;

use super::line::{Property, lines};

/// Maximum depth of components; calendars have three levels.
const MOST_DEPTH: usize = 16;

/// An event: a VEVENT.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    /// Number of its first line.
    pub line: usize,
    pub properties: Vec<Property>,
    /// Number of components within it, such as VALARM.
    pub alarms: usize,
}

impl Entry {
    /// Returns the first property with a name.
    pub fn get(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.name == name)
    }

    /// Returns the properties with a name.
    pub fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Property> {
        self.properties.iter().filter(move |property| property.name == name)
    }

    /// Returns the text of a property, if it has any.
    pub fn text(&self, name: &str) -> Option<String> {
        self.get(name).map(Property::text).filter(|text| !text.trim().is_empty())
    }
}

/// A time zone: a VTIMEZONE.
#[derive(Clone, Debug, Default)]
pub(super) struct ZoneRules {
    /// Its own properties.
    pub entry: Entry,
    /// The parts of it: STANDARD and DAYLIGHT.
    pub parts: Vec<Entry>,
}

/// A calendar: a VCALENDAR.
#[derive(Clone, Debug, Default)]
pub(super) struct Calendar {
    /// Its own properties.
    pub entry: Entry,
    pub events: Vec<Entry>,
    /// The journal entries: each VJOURNAL.
    pub journals: Vec<Entry>,
    pub zones: Vec<ZoneRules>,
}

impl Calendar {
    /// Returns its name.
    pub fn name(&self) -> Option<String> {
        let name = self.entry.text("NAME").or_else(|| self.entry.text("X-WR-CALNAME"))?;
        Some(name.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

/// The components of a file.
#[derive(Clone, Debug, Default)]
pub(super) struct File {
    pub calendars: Vec<Calendar>,
    /// Number of lines.
    pub lines: usize,
    /// The lines that cannot be read.
    pub bad: Vec<(usize, String)>,
    /// The lines at which components begin that are no events, by name.
    pub others: BTreeMap<String, Vec<usize>>,
}

/// Reads a file. A line that cannot be read costs nothing but itself.
pub(super) fn read(text: &str) -> File {
    let mut file = File { lines: text.lines().count(), ..File::default() };
    let mut open: Vec<String> = Vec::new();
    for (number, line, property) in lines(text) {
        let Some(property) = property else {
            file.bad.push((number, line));
            continue;
        };
        let name = property.value.trim().to_ascii_uppercase();
        match property.name.as_str() {
            "BEGIN" if open.len() < MOST_DEPTH => begin(&mut file, &mut open, name, number),
            "END" => match open.iter().rposition(|open| *open == name) {
                Some(depth) => open.truncate(depth),
                None => file.bad.push((number, line)),
            },
            "BEGIN" => file.bad.push((number, line)),
            _ => add(&mut file, &open, property),
        }
    }
    file
}

fn begin(file: &mut File, open: &mut Vec<String>, name: String, line: usize) {
    let entry = Entry { line, ..Entry::default() };
    let is_in_event = open.iter().any(|open| open == "VEVENT");
    match name.as_str() {
        "VCALENDAR" => {
            // What was not closed ends where the next one begins.
            open.clear();
            file.calendars.push(Calendar { entry, ..Calendar::default() });
        }
        "VEVENT" => {
            open.retain(|open| open == "VCALENDAR");
            if let Some(calendar) = calendar(file) {
                calendar.events.push(entry);
            }
        }
        "VJOURNAL" if !is_in_event => {
            if let Some(calendar) = calendar(file) {
                calendar.journals.push(entry);
            }
        }
        _ if is_in_event => {
            let event = calendar(file).and_then(|calendar| calendar.events.last_mut());
            if let Some(event) = event {
                event.alarms += 1;
            }
        }
        "VTIMEZONE" => {
            if let Some(calendar) = calendar(file) {
                calendar.zones.push(ZoneRules { entry, ..ZoneRules::default() });
            }
        }
        "STANDARD" | "DAYLIGHT" if open.iter().any(|open| open == "VTIMEZONE") => {
            if let Some(zone) = calendar(file).and_then(|calendar| calendar.zones.last_mut()) {
                zone.parts.push(entry);
            }
        }
        "VALARM" => {}
        _ => file.others.entry(other(&name).to_owned()).or_default().push(line),
    }
    open.push(name);
}

/// Returns what a component is, in words.
fn other(name: &str) -> &'static str {
    match name {
        "VTODO" => "to-do (VTODO)",
        "VFREEBUSY" => "free or busy time (VFREEBUSY)",
        "VAVAILABILITY" => "availability (VAVAILABILITY)",
        _ => "component of another kind",
    }
}

/// Returns the calendar that lines go to.
fn calendar(file: &mut File) -> Option<&mut Calendar> {
    if file.calendars.is_empty() {
        file.calendars.push(Calendar::default());
    }
    file.calendars.last_mut()
}

/// Adds a property to the component that it is in.
fn add(file: &mut File, open: &[String], property: Property) {
    let Some(calendar) = file.calendars.last_mut() else { return };
    let entry = match open.last().map(String::as_str) {
        Some("VEVENT") => calendar.events.last_mut(),
        Some("VJOURNAL") => calendar.journals.last_mut(),
        Some("VTIMEZONE") => calendar.zones.last_mut().map(|zone| &mut zone.entry),
        Some("STANDARD" | "DAYLIGHT") => calendar.zones.last_mut().and_then(|zone| zone.parts.last_mut()),
        Some("VCALENDAR") | None => Some(&mut calendar.entry),
        _ => None,
    };
    if let Some(entry) = entry {
        entry.properties.push(property);
    }
}
