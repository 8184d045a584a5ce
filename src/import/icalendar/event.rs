//! The properties of an event -> those of the document.

use crate::document::{Event, Link, MAX_TAGS, Media, Place as Location};
use crate::import::html::{Prose, prose};
use crate::import::report::{Kind, Place, Report};
use crate::interchange::css_color;
use crate::prose::is_html;

use super::component::Entry;
use super::line::Property;

/// Properties that say how programs keep and share an entry.
const ADMINISTRATION: [&str; 16] = [
    "CALSCALE",
    "CLASS",
    "CREATED",
    "DTSTAMP",
    "LAST-MODIFIED",
    "METHOD",
    "PRODID",
    "REFRESH-INTERVAL",
    "REQUEST-STATUS",
    "SEQUENCE",
    "TRANSP",
    "UID",
    "VERSION",
    "X-APPLE-UNIVERSAL-ID",
    "X-PUBLISHED-TTL",
    "X-WR-RELCALID",
];

/// Properties that are read, here or where times are.
const READ: [&str; 33] = [
    "ATTACH",
    "CATEGORIES",
    "COLOR",
    "CONFERENCE",
    "DESCRIPTION",
    "DTEND",
    "DTSTART",
    "DURATION",
    "EXDATE",
    "EXRULE",
    "GEO",
    "IMAGE",
    "LOCATION",
    "NAME",
    "PRIORITY",
    "RDATE",
    "RECURRENCE-ID",
    "RELATED-TO",
    "RRULE",
    "STATUS",
    "STYLED-DESCRIPTION",
    "SUMMARY",
    "TIMEZONE-ID",
    "URL",
    "X-ALT-DESC",
    "X-APPLE-CALENDAR-COLOR",
    "X-APPLE-STRUCTURED-LOCATION",
    "X-LONGVIEW-DATE",
    "X-LONGVIEW-EVENT",
    "X-LONGVIEW-TIMELINE",
    "X-WR-CALDESC",
    "X-WR-CALNAME",
    "X-WR-TIMEZONE",
];

/// Maximum number of links of an event.
const MOST_LINKS: usize = 100;

/// Counts the properties that are not read.
pub(super) fn count_dropped(entry: &Entry, report: &mut Report) {
    count_dropped_but(entry, "UID", report);
}

/// Counts the properties that are not read of an event that Longview wrote.
pub(super) fn count_dropped_of_own(entry: &Entry, report: &mut Report) {
    count_dropped_but(entry, "DTSTAMP", report);
}

fn count_dropped_but(entry: &Entry, expected: &str, report: &mut Report) {
    for property in entry.properties.iter().filter(|property| property.name != expected) {
        let name = property.name.as_str();
        let what = match name {
            // Ids are made of it.
            "UID" => continue,
            "ATTENDEE" | "COMMENT" | "CONTACT" | "ORGANIZER" | "RESOURCES" | "SOURCE" => name.to_owned(),
            _ if ADMINISTRATION.contains(&name) => "administration, such as DTSTAMP".to_owned(),
            _ if READ.contains(&name) => continue,
            _ => "property of a program's own".to_owned(),
        };
        report.add(Kind::Dropped(what.into()), Place(property.line), name);
    }
    for _ in 0..entry.alarms {
        report.add(Kind::Dropped("alarm".into()), Place(entry.line), &entry.text("SUMMARY").unwrap_or_default());
    }
}

/// Returns an event without its date, lane and related events.
pub(super) fn event(entry: &Entry, report: &mut Report) -> Event {
    let mut event = Event {
        title: entry.text("SUMMARY").unwrap_or_default(),
        tags: tags(entry),
        color: color(entry, &["COLOR"], report),
        importance: importance(entry),
        ..Event::default()
    };
    let Prose { text, pictures, dropped } = text(entry);
    event.description = Some(text).filter(|text| !text.is_empty());
    for what in dropped {
        report.add(Kind::Dropped(what.into()), Place(entry.line), &event.title);
    }
    for [url, alt] in pictures {
        event.media.push(Media { url: Some(url), alt: Some(alt).filter(|alt| !alt.is_empty()), ..Media::default() });
    }
    place(entry, &mut event, report);
    for property in &entry.properties {
        attached(property, &mut event, report);
    }
    event
}

/// Returns the description: in HTML if there is one.
fn text(entry: &Entry) -> Prose {
    let is_html = |property: &&Property| property.has("FMTTYPE", "text/html");
    let rich = entry.all("X-ALT-DESC").chain(entry.all("STYLED-DESCRIPTION")).find(is_html);
    let rich = rich.map(|property| prose(&property.text())).filter(|prose| !prose.text.trim().is_empty());
    rich.unwrap_or_else(|| described(&entry.text("DESCRIPTION").unwrap_or_default()))
}

/// Returns a description as `CommonMark`. Programs write lines with tags for looks and links in them, but for no blocks.
fn described(text: &str) -> Prose {
    let lower = text.to_ascii_lowercase();
    let has_blocks = ["<br", "<p", "<div", "<li", "<html", "<table"].iter().any(|tag| lower.contains(tag));
    if is_html(text) && !has_blocks { prose(&text.replace('\n', "<br>")) } else { prose(text) }
}

fn tags(entry: &Entry) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    let is_tentative = entry.text("STATUS").is_some_and(|status| status.trim().eq_ignore_ascii_case("TENTATIVE"));
    let categories = entry.all("CATEGORIES").flat_map(Property::texts);
    for tag in categories.chain(is_tentative.then(|| "tentative".to_owned())) {
        // No event has so many: what goes on is counted as dropped, however often it is said.
        if tags.len() > MAX_TAGS || !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

/// Returns the first of these properties that is a colour.
pub(super) fn color(entry: &Entry, names: &[&str], report: &mut Report) -> Option<String> {
    let property = names.iter().find_map(|name| entry.get(name))?;
    let color = css_color(&property.value);
    if color.is_none() {
        report.add(Kind::Dropped("colour that cannot be read".into()), Place(property.line), &property.value);
    }
    color
}

/// Returns the importance: 1 is the highest priority, 5 the middle, 9 the lowest, and 0 none.
fn importance(entry: &Entry) -> Option<i32> {
    let priority: i32 = entry.get("PRIORITY")?.value.trim().parse().ok()?;
    Some(5 - priority).filter(|importance| (1..=9).contains(&priority) && *importance != 0)
}

fn place(entry: &Entry, event: &mut Event, report: &mut Report) {
    let name = entry.text("LOCATION").map(|text| one_line(&text));
    let mut location = Location { name, ..Location::default() };
    if let Some(url) = location.name.take_if(|name| is_address(name)) {
        event.links.push(Link { url, title: None });
    }
    let structured = entry.get("X-APPLE-STRUCTURED-LOCATION");
    let degrees = match (entry.get("GEO"), structured) {
        (Some(property), _) => Some((property, property.value.as_str(), ';')),
        (None, Some(property)) => Some((property, property.value.trim_start_matches("geo:"), ',')),
        _ => None,
    };
    if let Some((property, text, separator)) = degrees {
        match coordinates(text, separator) {
            Some([latitude, longitude]) => {
                (location.latitude, location.longitude) = (Some(latitude), Some(longitude));
            }
            None => report.add(Kind::Dropped("place that cannot be read".into()), Place(property.line), text),
        }
    }
    let title = structured.and_then(|property| property.parameter("X-TITLE")).map(one_line);
    location.name = location.name.or(title).filter(|name| !name.is_empty());
    if location != Location::default() {
        event.place = Some(location);
    }
}

fn one_line(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Reads degrees north and east.
fn coordinates(text: &str, separator: char) -> Option<[f64; 2]> {
    let (north, east) = text.split_once(separator).or_else(|| text.split_once(','))?;
    let degrees = |text: &str, most: f64| text.trim().parse().ok().filter(|number: &f64| number.abs() <= most);
    Some([degrees(north, 90.0)?, degrees(east, 180.0)?])
}

/// Returns whether a text is an address of the web or of mail, and nothing else.
fn is_address(text: &str) -> bool {
    let text = text.trim();
    let has_scheme = ["http://", "https://", "mailto:"].iter().any(|scheme| {
        text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)) && text.len() > scheme.len()
    });
    has_scheme && !text.contains(char::is_whitespace)
}

/// Adds what is linked or attached.
fn attached(property: &Property, event: &mut Event, report: &mut Report) {
    let url = property.value.trim().to_owned();
    let title = ["LABEL", "FILENAME", "X-FILENAME"].iter().find_map(|name| property.parameter(name)).map(one_line);
    let title = title.filter(|title| !title.is_empty());
    let place = Place(property.line);
    match property.name.as_str() {
        "URL" | "CONFERENCE" | "ATTACH" | "IMAGE" if url.is_empty() => {}
        "ATTACH" | "IMAGE" if property.has("VALUE", "BINARY") || property.parameter("ENCODING").is_some() => {
            report.add(Kind::Dropped("attachment within the file".into()), place, &title.unwrap_or_default());
        }
        "URL" | "CONFERENCE" | "ATTACH" | "IMAGE" if !is_address(&url) => {
            report.add(Kind::Dropped("address that is none of the web".into()), place, &url);
        }
        "ATTACH" | "IMAGE" if property.name == "IMAGE" || is_picture(property) => {
            event.media.push(Media { url: Some(url), alt: title, ..Media::default() });
        }
        "URL" | "CONFERENCE" | "ATTACH" if event.links.len() >= MOST_LINKS => {
            report.add(Kind::Dropped("link beyond the first 100 of an event".into()), place, &url);
        }
        "URL" | "CONFERENCE" | "ATTACH" if event.links.iter().all(|link| link.url != url) => {
            event.links.push(Link { url, title });
        }
        _ => {}
    }
}

fn is_picture(property: &Property) -> bool {
    let kind = property.parameter("FMTTYPE").unwrap_or_default().to_ascii_lowercase();
    let path = property.value.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    kind.starts_with("image/")
        || [".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"].iter().any(|end| path.ends_with(end))
}
