//! CSL-JSON, which citation managers exchange: a list of works.
//!
//! Source: Citation Style Language 1.0.2, the schema of its input data.

use serde_json::{Map, Value};

use super::super::builder::Builder;
use super::super::dates::{Dated, Dates};
use super::super::error::ImportError;
use super::super::html::plain;
use super::super::json_text::{drop_others, json, objects, text};
use super::super::options::Options;
use super::super::parts::{End, Parts, span};
use super::super::report::{Kind, Place};
use super::{Work, add, doi, is_address, valid};
use crate::date::Calendar;
use crate::document::Source;
use crate::progress::Progress;

type Object = Map<String, Value>;

/// Returns whether a text is in this format.
pub fn recognises(text: &str) -> bool {
    let text = text.trim_start();
    let has = |key: &str| text.contains(key);
    text.starts_with(['[', '{'])
        && (has("\"date-parts\"") || has("\"container-title\"") || has("\"issued\""))
        && has("\"type\"")
        && has("\"title\"")
}

/// Reads a text.
pub fn read(text: &str, _options: &Options, builder: &mut Builder, progress: &Progress) -> Result<(), ImportError> {
    let value = json(text)?;
    let list = value.as_array().or_else(|| value.get("items").and_then(Value::as_array));
    let works: Vec<&Value> = match list {
        Some(list) => list.iter().collect(),
        None if value.is_object() => vec![&value],
        None => return Err(ImportError::new("the file has no list of works")),
    };
    builder.report.entries = works.len();
    for (index, work) in works.into_iter().enumerate() {
        if progress.is_cancelled() {
            return Err(ImportError::cancelled());
        }
        let place = Place(index + 1);
        let Some(object) = work.as_object() else {
            builder.report.add(Kind::LeftOut("what is no work".into()), place, &work.to_string());
            continue;
        };
        let work = self::work(object, builder, place);
        add(builder, place, work)?;
    }
    Ok(())
}

/// The keys that are read.
const READ: [&str; 27] = [
    "id",
    "type",
    "title",
    "author",
    "editor",
    "container-title",
    "collection-title",
    "publisher",
    "publisher-place",
    "volume",
    "issue",
    "number",
    "page",
    "edition",
    "DOI",
    "ISBN",
    "URL",
    "issued",
    "accessed",
    "original-date",
    "abstract",
    "note",
    "keyword",
    "genre",
    "event-title",
    "citation-key",
    "citation-label",
];

/// The keys of a name; the last four say how it is sorted.
const NAME: [&str; 10] = [
    "given",
    "family",
    "suffix",
    "dropping-particle",
    "non-dropping-particle",
    "literal",
    "comma-suffix",
    "static-ordering",
    "parse-names",
    "multi",
];
/// The keys of a date.
const DATE: [&str; 5] = ["date-parts", "circa", "season", "literal", "raw"];

fn work(object: &Object, builder: &mut Builder, place: Place) -> Work {
    let plain = |key: &str| text(object, key).map(|text| plain(&text)).filter(|text| !text.is_empty());
    let either = |keys: [&str; 2]| keys.into_iter().find_map(|key| text(object, key));
    let dated = object.get("issued").map(|date| date_of(date, builder, place)).unwrap_or_default();
    let date = |key: &str, builder: &mut Builder| {
        let words = object.get(key)?;
        let date = valid(date_of(words, builder, place).date);
        if date.is_none() {
            builder.report.add(Kind::Dropped(key.to_owned().into()), place, &words.to_string());
        }
        date
    };
    let source = Source {
        id: String::new(),
        title: plain("title").or_else(|| plain("container-title")).unwrap_or_else(|| "Untitled".to_owned()),
        author: names(object, "author"),
        publisher: plain("publisher"),
        date: valid(dated.date.clone()),
        url: text(object, "URL").filter(|url| is_address(url)),
        kind: text(object, "type").map(|kind| kind_of(&kind)),
        container: plain("container-title").or_else(|| plain("collection-title")).or_else(|| plain("event-title")),
        editors: names(object, "editor"),
        volume: text(object, "volume"),
        issue: either(["issue", "number"]),
        pages: text(object, "page").map(|pages| pages.replace("--", "–").replace('-', "–")),
        edition: text(object, "edition"),
        place: plain("publisher-place"),
        doi: text(object, "DOI").map(|text| doi(&text)),
        isbn: text(object, "ISBN"),
        accessed: date("accessed", builder),
        original_date: date("original-date", builder),
    };
    drop_others(&mut builder.report, object, &READ, place, "");
    for key in ["author", "editor"] {
        for name in objects(object, key) {
            drop_others(&mut builder.report, name, &NAME, place, " of a name");
        }
    }
    for key in ["issued", "accessed", "original-date"] {
        if let Some(date) = object.get(key).and_then(Value::as_object) {
            drop_others(&mut builder.report, date, &DATE, place, " of a date");
        }
    }
    let keywords = text(object, "keyword").unwrap_or_default();
    Work {
        id: either(["citation-key", "id"]).unwrap_or_default(),
        source,
        dated,
        summary: text(object, "abstract"),
        notes: [text(object, "genre"), text(object, "note")].into_iter().flatten().collect(),
        tags: keywords.split([',', ';']).map(|tag| tag.trim().to_owned()).collect(),
    }
}

/// Returns the names of persons: "Given Family, Given Family".
fn names(object: &Object, key: &str) -> Option<String> {
    let names: Vec<String> = object
        .get(key)
        .and_then(Value::as_array)?
        .iter()
        .filter_map(Value::as_object)
        .filter_map(|name| {
            let keys = ["given", "dropping-particle", "non-dropping-particle", "family", "suffix"];
            let parts: Vec<String> = keys.iter().filter_map(|key| text(name, key)).collect();
            text(name, "literal").or_else(|| (!parts.is_empty()).then(|| parts.join(" ")))
        })
        .collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// Returns what a type of CSL is called.
fn kind_of(kind: &str) -> String {
    match kind {
        "article-journal" => "article".to_owned(),
        "article-magazine" => "magazine article".to_owned(),
        "article-newspaper" => "newspaper article".to_owned(),
        "paper-conference" => "conference paper".to_owned(),
        "webpage" | "post-weblog" | "post" => "web page".to_owned(),
        "motion_picture" => "film".to_owned(),
        "legal_case" => "legal case".to_owned(),
        "personal_communication" => "letter".to_owned(),
        kind => kind.replace(['-', '_'], " "),
    }
}

/// Reads a date: one or two lists of a year, month and day; or words.
fn date_of(value: &Value, builder: &mut Builder, place: Place) -> Dated {
    let object = match value {
        Value::Object(object) => object,
        Value::String(words) => return builder.date(Dates::default(), words, place),
        _ => return Dated::default(),
    };
    let is_circa = object.get("circa").is_some_and(|circa| match circa {
        Value::Bool(is) => *is,
        Value::Null => false,
        Value::String(text) => !matches!(text.as_str(), "" | "0" | "false"),
        other => other.as_f64() != Some(0.0),
    });
    let season =
        text(object, "season").and_then(|season| season.parse::<u8>().ok()).filter(|season| (1..=4).contains(season));
    let ends: Vec<Parts> = object
        .get("date-parts")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|parts| self::parts(parts.as_array()?))
        .map(|parts| Parts { approximate: is_circa, ..parts })
        .collect();
    let date = match ends.as_slice() {
        [one] => match season.filter(|_| one.month.is_none() && one.year > 0) {
            // `2001-23` could be taken for a span of years.
            Some(season) if !is_circa && one.year > 999 => {
                let names = ["spring", "summer", "autumn", "winter"];
                names.get(usize::from(season) - 1).map(|name| format!("{name} {}", one.year))
            }
            Some(season) => Some(format!("{:04}-{}{}", one.year, 20 + season, if is_circa { "~" } else { "" })),
            None => Some(one.text()),
        },
        [first, last, ..] if first == last => Some(first.text()),
        [first, last, ..] => span(End::At(*first), End::At(*last)),
        [] => None,
    };
    if let Some(date) = date {
        return Dated::exact(date);
    }
    let words = ["literal", "raw"].into_iter().find_map(|key| text(object, key));
    words.map(|words| builder.date(Dates::default(), &words, place)).unwrap_or_default()
}

/// Reads a year, month and day, which may be numbers or texts.
fn parts(list: &[Value]) -> Option<Parts> {
    let number = |index: usize| match list.get(index)? {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    let year = number(0).filter(|year| year.abs() < 1_000_000_000)?;
    // There is no year zero: -43 is 43 BCE.
    let year = if year < 0 { year + 1 } else { year };
    let small = |index: usize| number(index).and_then(|number| u8::try_from(number).ok());
    Some(Parts::new(Calendar::Gregorian, year, small(1), small(2)))
}
