//! vis-timeline: its items and groups as JSON.
//!
//! The format: <https://visjs.github.io/vis-timeline/docs/timeline/#Data_Format>. An item has `start`, `content` (HTML),
//! and perhaps `end`, `group`, `type`, `title` (HTML, shown when pointed at); a group has `id`, `content`, `nestedGroups`,
//! `order`. Dates are ISO 8601 or milliseconds. Items of type `background` are periods behind the others.

use std::collections::HashMap;

use serde_json::Value;

use super::builder::Builder;
use super::dates::{Dated, Dates};
use super::error::ImportError;
use super::html::plain;
use super::loose::{self, Object};
use super::media::{blocks_of, describe, link, text_of};
use super::moment::{self, Moment};
use super::options::Options;
use super::report::{Kind, Place};
use crate::document::{Era, Event};
use crate::interchange::css_color;
use crate::progress::Progress;
use crate::prose::{words, write};
use crate::sorting;

/// Returns whether a text is in this format.
pub(super) fn recognises(text: &str) -> bool {
    let has = |key| loose::has_key(text, key);
    loose::is_json(text) && has("content") && has("start") && !has("exhibits") && !has("timelines")
}

/// The properties that are read; others are counted as dropped.
const READ: [&str; 8] = ["id", "content", "start", "end", "group", "type", "title", "style"];
/// The properties of groups that are read.
const READ_OF_GROUPS: [&str; 7] = ["id", "content", "title", "nestedGroups", "nestedInGroup", "order", "style"];
/// Properties of how an item is drawn or edited, which say nothing.
const LOOKS: [&str; 6] = ["editable", "selectable", "align", "limitSize", "visible", "showNested"];

/// Reads a text.
pub(super) fn read(
    text: &str,
    _options: &Options,
    builder: &mut Builder,
    progress: &Progress,
) -> Result<(), ImportError> {
    let value = data_sets(text).map_or_else(|| loose::parse(text), Ok)?;
    let (items, groups) = match &value {
        Value::Array(items) => (Some(items), None),
        Value::Object(object) => {
            let list = |keys: &[&str]| keys.iter().find_map(|key| object.get(*key).and_then(Value::as_array));
            let read = ["items", "data", "events", "groups", "title"];
            loose::drop_others(&mut builder.report, object, &read, Place::default(), " of the timeline");
            if let Some(title) = loose::text(object, "title") {
                builder.head().title = plain(&title);
            }
            (list(&["items", "data", "events"]), list(&["groups"]))
        }
        _ => (None, None),
    };
    let Some(items) = items else {
        return Err(ImportError::new("this is no timeline of vis-timeline: it has no list of items"));
    };
    builder.entries("item", items.len())?;
    for group in groups.into_iter().flatten().filter_map(Value::as_object) {
        let read = [&READ_OF_GROUPS[..], &LOOKS].concat();
        loose::drop_others(&mut builder.report, group, &read, Place::default(), " of a group");
    }
    let lanes = Groups::new(groups.map(Vec::as_slice).unwrap_or_default()).lanes(builder);
    let mut found = Vec::new();
    for (number, item) in items.iter().enumerate() {
        let place = Place(number + 1);
        match item.as_object() {
            Some(item) => found.push(Item::new(place, item)),
            None => builder.report.add(Kind::LeftOut("what is no item".into()), place, &item.to_string()),
        }
    }
    let how = How::new(&found);
    if let Some(zone) = how.zone.clone() {
        builder.head().zone = Some(zone);
    }
    for (number, item) in found.iter().enumerate() {
        if number % 1024 == 0 && progress.is_cancelled() {
            return Ok(());
        }
        item.add(builder, &lanes, &how)?;
    }
    Ok(())
}

/// Returns the items and groups that a program adds to sets of data: `new vis.DataSet([..])`, `groups.add([..])`. Returns
/// `None` if the text is no such program.
fn data_sets(text: &str) -> Option<Value> {
    if text.trim_start().starts_with(['{', '[']) || !text.contains("DataSet") {
        return None;
    }
    let (mut items, mut groups) = (Vec::new(), Vec::new());
    for (statement, value) in loose::literals(text) {
        let is_added = ["add(", "push(", "DataSet("].iter().any(|call| statement.trim_end().ends_with(call));
        let list = match value {
            Value::Array(list) => list,
            value if is_added => vec![value],
            _ => continue,
        };
        let has_start = list.iter().any(|value| value.get("start").is_some());
        let line = statement.lines().last().unwrap_or_default().to_lowercase();
        let is_of_groups = line.contains("group") || !has_start && !line.contains("item");
        let is_data = list.iter().any(|value| value.get("content").or_else(|| value.get("start")).is_some());
        match (is_data, is_of_groups) {
            (false, _) => {}
            (true, true) => groups.extend(list),
            (true, false) => items.extend(list),
        }
    }
    (!items.is_empty()).then(|| serde_json::json!({"items": items, "groups": groups}))
}

/// The groups of a file.
#[derive(Debug, Default)]
struct Groups {
    /// The id, title and colour of each, in the order that they are shown in.
    all: Vec<(String, String, Option<String>)>,
    /// The id of the group that contains each.
    parents: HashMap<String, String>,
}

impl Groups {
    fn new(groups: &[Value]) -> Self {
        let mut ordered: Vec<(f64, &Object)> = groups
            .iter()
            .filter_map(Value::as_object)
            .map(|group| (group.get("order").and_then(Value::as_f64).unwrap_or(0.0), group))
            .collect();
        sorting::by(&mut ordered, |(one, _), (other, _)| one.total_cmp(other));
        let mut found = Self::default();
        for (_, group) in ordered {
            let Some(id) = loose::text(group, "id") else { continue };
            let title = loose::text(group, "content").or_else(|| loose::text(group, "title")).unwrap_or_default();
            let title = Some(plain(&title)).filter(|title| !title.is_empty()).unwrap_or_else(|| id.clone());
            for nested in group.get("nestedGroups").and_then(Value::as_array).into_iter().flatten() {
                if let Some(nested) = loose::as_text(nested).filter(|nested| *nested != id) {
                    found.parents.entry(nested).or_insert_with(|| id.clone());
                }
            }
            if let Some(parent) = loose::text(group, "nestedInGroup").filter(|parent| *parent != id) {
                found.parents.entry(id.clone()).or_insert(parent);
            }
            let color = loose::text(group, "style").and_then(|style| color_of(&style));
            found.all.push((id, title, color));
        }
        found
    }

    /// Makes the lanes. Returns the number of the lane of each group.
    fn lanes(&self, builder: &mut Builder) -> HashMap<String, usize> {
        let titles: HashMap<&str, &(String, String, Option<String>)> =
            self.all.iter().map(|group| (group.0.as_str(), group)).collect();
        let mut lanes: HashMap<String, usize> = HashMap::with_capacity(self.all.len());
        // The group from which each was last come to.
        let mut seen: HashMap<&str, usize> = HashMap::with_capacity(self.all.len());
        for (from, (id, ..)) in self.all.iter().enumerate() {
            if lanes.contains_key(id) {
                continue;
            }
            // From the group to the outermost around it that is known, which is not in a circle.
            let mut path = vec![id.as_str()];
            seen.insert(id, from);
            while let Some(parent) = path.last().and_then(|last| self.parents.get(*last)) {
                if !titles.contains_key(parent.as_str())
                    || seen.insert(parent, from) == Some(from)
                    || lanes.contains_key(path.last().copied().unwrap_or_default())
                {
                    break;
                }
                path.push(parent);
            }
            let mut around = None;
            for id in path.into_iter().rev() {
                let Some((_, title, color)) = titles.get(id) else { continue };
                let lane = lanes.get(id).copied().unwrap_or_else(|| {
                    let lane = builder.lane(title, around);
                    builder.lane_color(lane, color.clone());
                    lanes.insert(id.to_owned(), lane);
                    lane
                });
                around = Some(lane);
            }
        }
        lanes
    }
}

/// How the dates of a file are written.
#[derive(Debug, Default)]
struct How {
    /// Whether 1 January is the year.
    is_years: bool,
    /// The offset from UTC is written with each time.
    with_offset: bool,
    zone: Option<String>,
}

impl How {
    fn new(items: &[Item<'_>]) -> Self {
        /// Minimum number of dates from which something is concluded.
        const FEW: usize = 3;
        let moments = || items.iter().flat_map(|item| [item.start, item.end]).flatten();
        let whole = moments().filter(|moment| moment.parts.day.is_some()).count();
        let new_years = moments().filter(|moment| is_edge_of_year(*moment)).count();
        let zone = moment::common_offset(moments()).and_then(moment::zone_name);
        Self { is_years: whole >= FEW && new_years * 4 >= whole * 3, with_offset: zone.is_none(), zone }
    }
}

/// Returns whether a date is the first or last day of a year.
fn is_edge_of_year(moment: Moment) -> bool {
    let is_last = moment.parts.month == Some(12) && moment.parts.day == Some(31) && moment.time.is_none();
    moment.is_new_year() || is_last
}

#[derive(Debug)]
struct Item<'v> {
    place: Place,
    object: &'v Object,
    start: Option<Moment>,
    end: Option<Moment>,
}

/// Reads a date: a text in ISO 8601 or as JavaScript writes it, or milliseconds.
fn moment_of(value: &Value) -> Option<Moment> {
    match value {
        Value::Number(number) => {
            Moment::of_milliseconds(number.as_i64().or_else(|| number.as_f64().map(|ms| ms as i64))?)
        }
        Value::String(text) => {
            // `/Date(1198908717056)/` is how ASP.NET writes milliseconds.
            let milliseconds = text.strip_prefix("/Date(").and_then(|rest| rest.strip_suffix(")/")).unwrap_or(text);
            let is_number = milliseconds.len() > 8
                && milliseconds.strip_prefix('-').unwrap_or(milliseconds).bytes().all(|b| b.is_ascii_digit());
            let number = milliseconds.parse().ok().filter(|_| is_number || milliseconds.len() < text.len());
            match number {
                Some(number) => Moment::of_milliseconds(number),
                None => Moment::of_iso(text).or_else(|| Moment::of_javascript(text)),
            }
        }
        _ => None,
    }
}

impl<'v> Item<'v> {
    fn new(place: Place, object: &'v Object) -> Self {
        let moment = |key: &str| object.get(key).and_then(moment_of);
        Self { place, object, start: moment("start"), end: moment("end") }
    }

    fn text(&self, key: &str) -> String {
        loose::text(self.object, key).unwrap_or_default()
    }

    fn add(&self, builder: &mut Builder, lanes: &HashMap<String, usize>, how: &How) -> Result<(), ImportError> {
        loose::drop_others(&mut builder.report, self.object, &[&READ[..], &LOOKS].concat(), self.place, "");
        let dated = self.dated(builder, how);
        let style = self.text("style");
        let color = color_of(&style);
        if color.is_none() && !style.is_empty() {
            builder.report.add(Kind::Dropped("style".into()), self.place, &style);
        }
        let mut event = Event { color, ..Event::default() };
        let content = self.text("content");
        self.content(builder, &mut event, &content);
        let tip = text_of(builder, self.place, &mut event, &self.text("title"));
        if event.title.is_empty() {
            event.title = plain(&self.text("title"));
        } else if plain(&self.text("title")) != event.title {
            describe(&mut event, &tip);
        }
        if let (true, Some(date)) = (self.text("type") == "background", &dated.date) {
            let title = if event.title.is_empty() { "Untitled".to_owned() } else { event.title };
            let Event { description, color, .. } = event;
            builder.era(&self.text("id"), Era { title, date: date.clone(), color, description, ..Era::default() });
            return Ok(());
        }
        let group = self.text("group");
        let lane = match lanes.get(&group) {
            Some(lane) => Some(*lane),
            None if group.is_empty() => None,
            None => Some(builder.lane(&group, None)),
        };
        builder.event(self.place, &self.text("id"), lane, dated, event)
    }

    /// Takes the title, the pictures and the links of the content. What is on more than one line is a title and a text.
    fn content(&self, builder: &mut Builder, event: &mut Event, content: &str) {
        let blocks = blocks_of(builder, self.place, event, content);
        for span in blocks.iter().flat_map(|block| &block.spans) {
            if let Some(url) = &span.look.link {
                link(builder, self.place, event, url, Some(span.text.trim()));
            }
        }
        match blocks.split_first() {
            Some((first, rest)) if !rest.is_empty() => {
                event.title = words(std::slice::from_ref(first));
                describe(event, &write(rest));
            }
            _ => event.title = words(&blocks),
        }
    }

    fn dated(&self, builder: &mut Builder, how: &How) -> Dated {
        let words = |key: &str| self.text(key);
        let (Some(start), end) = (self.start, self.end) else {
            let both = [words("start"), words("end")];
            let both: Vec<String> = both.into_iter().filter(|words| !words.is_empty()).collect();
            return if both.is_empty() {
                Dated::default()
            } else {
                builder.date(Dates::default(), &both.join(" – "), self.place)
            };
        };
        // A point or a box has no end.
        let is_point = matches!(self.text("type").as_str(), "point" | "box");
        if is_point && end.is_some() {
            builder.report.add(Kind::Dropped("the end of a point".into()), self.place, &words("end"));
        }
        let end = end.filter(|_| !is_point);
        if end.is_none() && !is_point && !words("end").is_empty() {
            builder.report.add(Kind::Changed("an end that is no date, dropped".into()), self.place, &words("end"));
        }
        if start.is_negative || end.is_some_and(|end| end.is_negative) {
            let what = "a year BCE, as its digits say, though ISO 8601 counts a year 0,";
            builder.report.add(Kind::Concluded(what.into()), self.place, &words("start"));
        }
        let is_edge = is_edge_of_year(start) && end.is_none_or(is_edge_of_year);
        let (first, last) = if is_edge && (how.is_years || start.is_negative) {
            let why = if how.is_years { "a year, as most are 1 January," } else { "a year BCE, from its first day," };
            builder.report.add(Kind::Concluded(why.into()), self.place, &words("start"));
            (start.to_year(), end.map(Moment::to_year))
        } else {
            (start, end)
        };
        let Some(last) = last else { return Dated::exact(first.text(how.with_offset)) };
        let span = moment::span(first, last, how.with_offset);
        let texts = ["start", "end"].map(words);
        let texts = texts.each_ref().map(String::as_str);
        moment::dated(builder, self.place, span, first.text(how.with_offset), texts)
    }
}

/// Returns the colour of a style of CSS: of the ground, else of the border, else of the words.
fn color_of(style: &str) -> Option<String> {
    let properties: Vec<(String, &str)> = style
        .split(';')
        .filter_map(|property| property.split_once(':'))
        .map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim()))
        .collect();
    ["background-color", "background", "border-color", "color"]
        .into_iter()
        .find_map(|wanted| properties.iter().find(|(name, _)| name == wanted).and_then(|(_, value)| css_color(value)))
}
