//! `ChronoZoom`: timelines within timelines, with exhibits of pictures and texts; JSON.
//!
//! A timeline is a lane within that of the timeline around it, and a bar in it; an exhibit is an event. A file is what the
//! service returned (a timeline, or a list `d` of them), or a dump of a collection (a list of timelines, each with the id
//! of the one around it). Times are decimal years, negative before the era, without a year zero; 9999 goes on.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::builder::Builder;
use super::dates::Dated;
use super::error::ImportError;
use super::html::{plain, prose};
use super::json_text::{json, number, objects, text};
use super::options::Options;
use super::parts::{End, Parts, span};
use super::report::{Kind, Place};
use crate::date::Calendar;
use crate::document::{Citation, Event, Media, Source};
use crate::progress::Progress;
use crate::sorting;

type Object = Map<String, Value>;

/// Returns whether a text is in this format.
pub(super) fn recognises(text: &str) -> bool {
    text.trim_start().starts_with('{')
        && text.contains("\"exhibits\"")
        && (text.contains("\"contentItems\"") || text.contains("\"timelines\""))
}

/// A timeline, and the one around it by its number.
struct Timeline<'v> {
    object: &'v Object,
    parent: Option<usize>,
}

/// Reads a text.
pub(super) fn read(
    text: &str,
    _options: &Options,
    builder: &mut Builder,
    progress: &Progress,
) -> Result<(), ImportError> {
    let value = json(text)?;
    let root = value.as_object().ok_or_else(|| ImportError::new("the file is no object of JSON"))?;
    let timelines = in_order(&timelines(root));
    if timelines.is_empty() {
        return Err(ImportError::new("the file has no timelines"));
    }
    let title = root.get("collection").and_then(Value::as_object).and_then(|of| self::text(of, "Title"));
    let first = timelines.first().and_then(|timeline| self::text(timeline.object, "title"));
    builder.head().title = title.or(first).unwrap_or_default();
    let mut reader = Reader { builder, entries: 0 };
    for tour in objects(root, "tours") {
        reader.left_out("a tour", &self::text(tour, "name").unwrap_or_default());
    }
    let mut lanes: Vec<Option<usize>> = Vec::with_capacity(timelines.len());
    let has_children: Vec<bool> = {
        let mut has = vec![false; timelines.len()];
        for parent in timelines.iter().filter_map(|timeline| timeline.parent) {
            has[parent] = true;
        }
        has
    };
    for (timeline, has_children) in timelines.iter().zip(has_children) {
        if progress.is_cancelled() {
            return Err(ImportError::cancelled());
        }
        let around = timeline.parent.and_then(|parent| lanes.get(parent).copied().flatten());
        lanes.push(reader.timeline(timeline.object, around, has_children)?);
    }
    reader.builder.report.entries = reader.entries;
    Ok(())
}

/// Returns the timelines in a file, each with the number of the one around it.
fn timelines(root: &Object) -> Vec<Timeline<'_>> {
    let mut found: Vec<Timeline<'_>> = Vec::new();
    let mut open: Vec<(&Object, Option<usize>)> = Vec::new();
    let mut around: Vec<(usize, String)> = Vec::new();
    let is_dump = objects(root, "timelines").any(|entry| entry.get("timeline").is_some_and(Value::is_object));
    if is_dump {
        for entry in objects(root, "timelines") {
            let Some(object) = entry.get("timeline").and_then(Value::as_object) else { continue };
            around.extend(text(entry, "parentTimelineId").map(|id| (found.len(), id)));
            found.push(Timeline { object, parent: None });
        }
        // Timelines may be within timelines of a dump too.
        let tops: Vec<(&Object, Option<usize>)> =
            found.iter().enumerate().map(|(number, timeline)| (timeline.object, Some(number))).collect();
        open.extend(tops.into_iter().rev().flat_map(|(object, number)| nested(object, number)));
    } else if root.contains_key("d") {
        let tops: Vec<&Object> = objects(root, "d").chain(root.get("d").and_then(Value::as_object)).collect();
        open.extend(tops.into_iter().rev().map(|object| (object, None)));
    } else if root.contains_key("exhibits") || text(root, "title").is_some() {
        open.push((root, None));
    } else {
        open.extend(nested(root, None));
    }
    while let Some((object, parent)) = open.pop() {
        let number = found.len();
        found.push(Timeline { object, parent });
        open.extend(nested(object, Some(number)));
    }
    let by_id: HashMap<String, usize> = found
        .iter()
        .enumerate()
        .rev()
        .filter_map(|(number, timeline)| Some((text(timeline.object, "id")?, number)))
        .collect();
    for (number, id) in around {
        found[number].parent = by_id.get(&id).copied().filter(|parent| *parent != number);
    }
    found
}

/// Returns the timelines directly within one, the last first.
fn nested(object: &Object, number: Option<usize>) -> Vec<(&Object, Option<usize>)> {
    let mut nested: Vec<_> = objects(object, "timelines").map(|child| (child, number)).collect();
    nested.reverse();
    nested
}

/// Puts timelines behind the one that they are in, those beside each other in the order of time. Timelines that are in each other are in none.
fn in_order<'v>(timelines: &[Timeline<'v>]) -> Vec<Timeline<'v>> {
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); timelines.len()];
    let mut open: Vec<usize> = Vec::new();
    for (number, timeline) in timelines.iter().enumerate() {
        match timeline.parent {
            Some(parent) => children[parent].push(number),
            None => open.push(number),
        }
    }
    // Beside each other they are in the order of time.
    let start = |number: &usize| {
        let object = timelines.get(*number).map(|timeline| timeline.object);
        object.and_then(|object| moment(object, "start", FROM)).unwrap_or(f64::INFINITY)
    };
    for siblings in children.iter_mut().chain([&mut open]) {
        sorting::by(siblings, |a, b| start(a).total_cmp(&start(b)));
    }
    open.reverse();
    let mut places: Vec<Option<usize>> = vec![None; timelines.len()];
    let mut ordered: Vec<Timeline<'_>> = Vec::with_capacity(timelines.len());
    let mut rest = 0..timelines.len();
    while let Some(number) = open.pop().or_else(|| rest.find(|number| places[*number].is_none())) {
        if places[number].is_some() {
            continue;
        }
        places[number] = Some(ordered.len());
        let Timeline { object, parent } = &timelines[number];
        ordered.push(Timeline { object, parent: parent.and_then(|parent| places[parent]) });
        open.extend(children[number].iter().rev());
    }
    ordered
}

/// Keys that say how a timeline is drawn or stored, not what it says.
const STORED: [&str; 26] = [
    "__type",
    "id",
    "Height",
    "offsetY",
    "UniqueID",
    "Sequence",
    "Order",
    "order",
    "Threshold",
    "parent",
    "collection",
    "UpdatedBy",
    "UpdatedTime",
    "HasBibliography",
    "aspectRatio",
    "SubtreeSize",
    "FirstNodeInSubtree",
    "ForkNode",
    "Depth",
    "depth",
    "Regime",
    "TimeUnit",
    "FromTimeUnit",
    "ToTimeUnit",
    "ExhibitID",
    "level",
];

struct Reader<'b> {
    builder: &'b mut Builder,
    /// Number of the last entry: timelines, exhibits and tours are counted in their order.
    entries: usize,
}

impl Reader<'_> {
    fn next(&mut self) -> Place {
        self.entries += 1;
        Place(self.entries)
    }

    fn left_out(&mut self, what: &'static str, words: &str) {
        let place = self.next();
        self.builder.report.add(Kind::LeftOut(what.into()), place, words);
    }

    /// Counts the keys of an object that have a value and are not read.
    fn count_rest(&mut self, object: &Object, place: Place, read: &[&str]) {
        for (key, value) in object {
            let is_empty = value.is_null()
                || value.as_str().is_some_and(|text| text.trim().is_empty())
                || value.as_array().is_some_and(Vec::is_empty);
            if !is_empty && !read.contains(&key.as_str()) && !STORED.contains(&key.as_str()) {
                let words = value.to_string();
                self.builder.report.add(Kind::Dropped(key.clone().into()), place, &words);
            }
        }
    }

    /// Reads a timeline; returns the number of its lane if it has one.
    fn timeline(
        &mut self,
        object: &Object,
        around: Option<usize>,
        has_children: bool,
    ) -> Result<Option<usize>, ImportError> {
        let place = self.next();
        let read = [
            "title",
            "start",
            "end",
            "exhibits",
            "timelines",
            "FromIsCirca",
            "ToIsCirca",
            "FromYear",
            "FromMonth",
            "FromDay",
            "ToYear",
            "ToMonth",
            "ToDay",
            "collection",
            "tours",
            "date",
            "schema",
            "backgroundUrl",
        ];
        self.count_rest(object, place, &read);
        let title = text(object, "title").map(|title| plain(&title)).unwrap_or_default();
        // A timeline with nothing in it is a bar in that around it.
        let is_lane = has_children || objects(object, "exhibits").next().is_some() || around.is_none();
        let lane = if is_lane { Some(self.builder.lane(&title, around)) } else { None };
        let start = moment(object, "start", FROM);
        let end = moment(object, "end", ["ToYear", "ToMonth", "ToDay", "ToTimeUnit"]);
        let is_circa = |key: &str| object.get(key).and_then(Value::as_bool) == Some(true);
        let at = |moment: Option<f64>, circa: &str| match moment {
            None => End::Unknown,
            Some(year) if year >= OPEN => End::Open,
            Some(year) if is_circa(circa) => End::At(parts(year).about()),
            Some(year) => End::At(parts(year)),
        };
        let (start, end) = (at(start, "FromIsCirca"), at(end, "ToIsCirca"));
        let date = match (start, end) {
            (End::At(start), End::At(end)) if start == end => Some(start.text()),
            _ => span(start, end),
        };
        let mut event = Event { title, ..Event::default() };
        event.tags.extend(text(object, "Regime"));
        if let Some(url) = text(object, "backgroundUrl").filter(|url| is_address(url)) {
            event.media.push(Media { url: Some(url), alt: Some(event.title.clone()), ..Media::default() });
        }
        let lane_of_bar = lane.or(around);
        self.builder.event(place, "", lane_of_bar, date.map(Dated::exact).unwrap_or_default(), event)?;
        for exhibit in objects(object, "exhibits") {
            self.exhibit(exhibit, lane)?;
        }
        Ok(lane)
    }

    /// Reads an exhibit.
    fn exhibit(&mut self, object: &Object, lane: Option<usize>) -> Result<(), ImportError> {
        let place = self.next();
        let read = ["title", "time", "IsCirca", "contentItems", "Year", "Month", "Day", "description"];
        self.count_rest(object, place, &read);
        let mut event =
            Event { title: text(object, "title").map(|title| plain(&title)).unwrap_or_default(), ..Event::default() };
        let year = moment(object, "time", ["Year", "Month", "Day", "TimeUnit"]);
        let is_circa = object.get("IsCirca").and_then(Value::as_bool) == Some(true);
        let dated = match year {
            None => Dated::default(),
            Some(year) if year >= OPEN => Dated::default(),
            Some(year) if is_circa => Dated::exact(parts(year).about().text()),
            Some(year) => Dated::exact(parts(year).text()),
        };
        let mut texts: Vec<String> = text(object, "description").map(|text| prose(&text).text).into_iter().collect();
        for item in objects(object, "contentItems") {
            self.item(item, year, place, &mut event, &mut texts);
        }
        event.description = Some(texts.join("\n\n")).filter(|text| !text.is_empty());
        self.builder.event(place, "", lane, dated, event)
    }

    /// Reads a picture, a video or a page of an exhibit, with its text.
    fn item(
        &mut self,
        object: &Object,
        of_exhibit: Option<f64>,
        place: Place,
        event: &mut Event,
        texts: &mut Vec<String>,
    ) {
        let read = [
            "title",
            "description",
            "uri",
            "mediaType",
            "mediaSource",
            "MediaSource",
            "attribution",
            "Attribution",
            "Year",
            "caption",
        ];
        self.count_rest(object, place, &read);
        let either = |keys: [&str; 2]| keys.into_iter().find_map(|key| text(object, key));
        let title = either(["title", "caption"]).map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "));
        let year = number(object, "Year").filter(|year| *year < OPEN && *year != 0.0 && of_exhibit != Some(*year));
        let year =
            year.filter(|year| year.fract() == 0.0 && year.abs() > 99.0).map(|year| format!(" ({})", words(year)));
        let prose = prose(&text(object, "description").unwrap_or_default());
        for name in &prose.dropped {
            self.builder.report.add(Kind::Dropped(name.clone().into()), place, "");
        }
        let heading =
            title.as_ref().map(|title| format!("**{}**{}", self::prose(title).text, year.unwrap_or_default()));
        match (heading, prose.text.trim()) {
            (Some(heading), "") => texts.push(heading),
            (Some(heading), text) => texts.push(format!("{heading}\n\n{text}")),
            (None, "") => {}
            (None, text) => texts.push(text.to_owned()),
        }
        let credit = either(["attribution", "Attribution"]);
        let uri = text(object, "uri");
        match uri.as_ref().filter(|uri| is_address(uri)) {
            Some(url) => event.media.push(Media {
                url: Some(url.replace(' ', "%20")),
                alt: title.clone(),
                caption: title.clone(),
                credit: credit.clone(),
                ..Media::default()
            }),
            None if uri.is_some() => {
                let words = uri.unwrap_or_default();
                self.builder.report.add(
                    Kind::Dropped("an address of a picture that is none of the web".into()),
                    place,
                    &words,
                );
            }
            None => {}
        }
        self.source(credit, either(["mediaSource", "MediaSource"]), title, event);
    }

    /// Cites where an item is from.
    fn source(&mut self, credit: Option<String>, from: Option<String>, title: Option<String>, event: &mut Event) {
        let url = from.as_ref().filter(|from| is_address(from) && !from.contains(char::is_whitespace)).cloned();
        let publisher = from.filter(|_| url.is_none());
        let host = url.as_ref().and_then(|url| url.split('/').nth(2)).map(str::to_owned);
        let Some(name) = credit.or(host).or_else(|| publisher.clone()) else { return };
        if url.is_none() && publisher.is_none() {
            // The picture itself says who made it.
            return;
        }
        let publisher = publisher.filter(|publisher| *publisher != name);
        let source = Source { title: name, url, publisher, ..Source::default() };
        let source = self.builder.source("", source);
        let citation = Citation { source, locator: None, basis: None, note: title };
        if !event.citations.contains(&citation) {
            event.citations.push(citation);
        }
    }
}

/// The keys of the parts of the beginning, in older files.
const FROM: [&str; 4] = ["FromYear", "FromMonth", "FromDay", "FromTimeUnit"];
/// The year that means that something goes on.
const OPEN: f64 = 9999.0;

/// Returns a decimal year: of one number, or of a year with month, day and unit.
fn moment(object: &Object, key: &str, [year, month, day, unit]: [&str; 4]) -> Option<f64> {
    let one = number(object, key);
    let Some(of_parts) = number(object, year).filter(|_| one.is_none_or(|one| one == 0.0)) else { return one };
    let factor = match text(object, unit).unwrap_or_default().to_lowercase().as_str() {
        "ga" => -1e9,
        "ma" => -1e6,
        "ka" => -1e3,
        "bce" => -1.0,
        _ => 1.0,
    };
    let years = of_parts * if factor < 0.0 && of_parts < 0.0 { 1.0 } else { factor };
    let of_year = number(object, month).map_or(0.0, |month| (month - 1.0) / 12.0);
    let of_month = number(object, day).map_or(0.0, |day| (day - 1.0) / 366.0);
    Some(if years.fract() == 0.0 && years > 0.0 { years + of_year + of_month } else { years })
}

/// Returns a decimal year as a year, or as a day if it has a fraction.
fn parts(year: f64) -> Parts {
    /// Years that are further from the era are given to the year.
    const EXACT: f64 = 9999.0;
    let whole = year.floor();
    // Before the era there is no year zero: -1 is 1 BCE.
    let astronomical = if year < 0.0 { year.ceil() as i64 + 1 } else { whole as i64 };
    let fraction = year - whole;
    if !(1.0..=EXACT).contains(&year) || fraction < 1e-9 {
        return Parts::year(astronomical);
    }
    let days = if Calendar::Gregorian.is_leap(astronomical) { 366.0 } else { 365.0 };
    let first = Calendar::Gregorian.days(astronomical, 1, 1);
    let (year, month, day) = Calendar::Gregorian.civil(first + (fraction * days).round().min(days - 1.0) as i64);
    Parts::new(Calendar::Gregorian, year, Some(month), Some(day))
}

/// Returns a year in words.
fn words(year: f64) -> String {
    crate::date::Date::parse(&parts(year).text()).map_or_else(|_| year.to_string(), |date| date.words())
}

/// Returns whether a text is the address of a page.
fn is_address(text: &str) -> bool {
    ["http://", "https://"].iter().any(|start| text.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimal_years_are_dates() {
        let check = |year: f64, expect: &str| assert_eq!(parts(year).text(), expect, "{year}");
        check(1994.0, "1994");
        check(1_949.580_821_917_808_2, "1949-08-01");
        check(1945.999, "1945-12-31");
        check(-44.0, "44 BCE");
        check(-1.0, "1 BCE");
        check(-13_700_000_000.0, "13.7 Ga");
        check(-12_000.0, "12000 BCE");
        check(1e300, "Y9223372036854775807");
    }

    #[test]
    fn timelines_within_each_other_are_in_order() {
        let text = r#"{"timelines": [
            {"parentTimelineId": "b", "timeline": {"id": "a", "title": "A", "exhibits": []}},
            {"parentTimelineId": null, "timeline": {"id": "b", "title": "B", "exhibits": []}},
            {"parentTimelineId": "d", "timeline": {"id": "c", "title": "C", "exhibits": []}},
            {"parentTimelineId": "c", "timeline": {"id": "d", "title": "D", "exhibits": []}}]}"#;
        let value = json(text).expect("JSON");
        let ordered = in_order(&timelines(value.as_object().expect("an object")));
        let titles: Vec<_> = ordered.iter().map(|of| (self::text(of.object, "title"), of.parent)).collect();
        let expect = [("B", None), ("A", Some(0)), ("C", None), ("D", Some(2))];
        assert_eq!(titles, expect.map(|(title, parent)| (Some(title.to_owned()), parent)));
    }
}
