//! What may be typed in a field, what it means, and what is wrong with it.

use crate::date::{Calendar, Date, Zone, is_undated};
use crate::document::{DocPath, PathSegment, Value};
use crate::timeline::{Color, is_language_tag, is_web_or_mail, is_within};

use super::target::FormTarget;

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rule {
    /// A text, which may be needed.
    Text { is_needed: bool },
    /// A date, which may be needed.
    Date { is_needed: bool },
    /// An integer.
    Integer,
    /// A number between two others, which may be needed.
    Number { least: f64, most: f64, is_needed: bool },
    /// An address of the web or of mail, which may be needed.
    Address { is_needed: bool },
    /// The path of a file in the folder of the document.
    File,
    /// A colour.
    Color,
    /// A time zone.
    Zone,
    /// A language.
    Language,
    /// One of several words, or none.
    Word(&'static [&'static str]),
}

/// The words of choices. One that says the same as an absent field is not among them.
pub const BASES: &[&str] = &["Stated", "Derived", "Background"];
pub const QUALIFIERS: &[&str] = &["About", "MoreThan", "LessThan", "AtLeast", "AtMost"];
pub const SCALES: &[&str] = &["Log"];
pub const CALENDARS: &[&str] = &["Julian"];
pub const AXES: &[&str] = &["Even"];

/// What is said of a text in a field.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// The value, or none if the field is then absent; else what is wrong.
    pub value: Result<Option<Value<'static>>, String>,
    /// Texts that may be typed instead.
    pub fixes: Vec<String>,
    /// What may have been meant otherwise, with texts that say that.
    pub cautions: Vec<(String, Vec<String>)>,
    /// What it means, in words.
    pub words: Option<String>,
    /// The date that it is.
    pub date: Option<Date>,
}

impl Verdict {
    fn of(value: Result<Option<Value<'static>>, String>) -> Self {
        Self { value, fixes: Vec::new(), cautions: Vec::new(), words: None, date: None }
    }

    fn value(value: Value<'static>) -> Self {
        Self::of(Ok(Some(value)))
    }

    fn absent() -> Self {
        Self::of(Ok(None))
    }

    fn wrong(problem: impl Into<String>) -> Self {
        Self::of(Err(problem.into()))
    }
}

/// Returns what the field at a path within an item holds.
pub fn rule(target: &FormTarget, path: &DocPath) -> Rule {
    let segments = path.segments();
    let name = match segments {
        [PathSegment::Field("links"), PathSegment::Index(_)] => return Rule::Address { is_needed: false },
        [PathSegment::Field("media"), PathSegment::Index(_)] => return Rule::File,
        [.., PathSegment::Field(name)] => name,
        _ => return Rule::Text { is_needed: false },
    };
    let list = segments.iter().rev().skip(1).find_map(|segment| match segment {
        PathSegment::Field(list) => Some(*list),
        PathSegment::Index(_) => None,
    });
    let is_own = list.is_none();
    let degrees = |most: f64| Rule::Number { least: -most, most, is_needed: false };
    match (*name, list) {
        ("title", None) | ("unit" | "lane" | "source", _) => Rule::Text { is_needed: true },
        ("date", Some("points")) => Rule::Date { is_needed: true },
        ("date", _) => Rule::Date { is_needed: is_own && matches!(target, FormTarget::Era(_)) },
        ("accessed" | "original_date" | "from" | "to", _) => Rule::Date { is_needed: false },
        ("importance", _) => Rule::Integer,
        ("latitude", _) => degrees(90.0),
        ("longitude", _) => degrees(180.0),
        ("value", _) => Rule::Number { least: f64::MIN, most: f64::MAX, is_needed: true },
        ("url", list) => Rule::Address { is_needed: list == Some("links") },
        ("file", _) => Rule::File,
        ("color", _) => Rule::Color,
        ("zone", _) => Rule::Zone,
        ("language", _) => Rule::Language,
        ("basis", _) => Rule::Word(BASES),
        ("qualifier", _) => Rule::Word(QUALIFIERS),
        ("scale", _) => Rule::Word(SCALES),
        ("calendar", _) => Rule::Word(CALENDARS),
        ("axis", _) => Rule::Word(AXES),
        _ => Rule::Text { is_needed: false },
    }
}

/// Returns what is said of a text in a field; dates are in `calendar`.
pub fn check(rule: Rule, text: &str, calendar: Calendar) -> Verdict {
    let trimmed = text.trim();
    let own = |text: &str| Verdict::value(Value::Text(text.to_owned().into()));
    if trimmed.is_empty() {
        return match rule {
            Rule::Text { is_needed: true }
            | Rule::Number { is_needed: true, .. }
            | Rule::Address { is_needed: true } => Verdict::wrong("this cannot be left out"),
            Rule::Date { is_needed: true } => Verdict::wrong("a date is needed: 1965, 22 June 1965, 1998/.."),
            _ => Verdict::absent(),
        };
    }
    match rule {
        Rule::Date { is_needed } => date(trimmed, calendar, is_needed),
        Rule::Integer => match trimmed.parse::<i32>() {
            Ok(number) => Verdict::value(Value::Integer(number)),
            Err(_) => Verdict::wrong("an integer is needed, such as 3 or -1"),
        },
        Rule::Number { least, most, .. } => number(trimmed, least, most),
        Rule::Address { .. } => {
            let mut verdict = own(trimmed);
            if !is_web_or_mail(trimmed) {
                let whole = format!("https://{trimmed}");
                let fixes = if is_web_or_mail(&whole) && trimmed.contains('.') { vec![whole] } else { Vec::new() };
                verdict.cautions.push(("only addresses of the web and of mail can be opened".to_owned(), fixes));
            }
            verdict
        }
        Rule::File if !is_within(trimmed) => {
            Verdict::wrong("the file must be in the folder of the document: pictures/one.png")
        }
        Rule::Text { .. } | Rule::File => own(trimmed),
        Rule::Color => match Color::parse(trimmed) {
            Some(_) => own(trimmed),
            None => Verdict::wrong("a colour is the name of one, or #rrggbb"),
        },
        Rule::Zone => match Zone::named(trimmed) {
            Some(_) => own(trimmed),
            None => Verdict::wrong("this time zone is not known; one is Asia/Seoul"),
        },
        Rule::Language if is_language_tag(trimmed) => own(trimmed),
        Rule::Language => Verdict::wrong("a language is a tag such as en, ko or pt-BR"),
        Rule::Word(words) => match words.iter().find(|word| **word == trimmed) {
            Some(word) => Verdict::value(Value::Word(word)),
            None => Verdict::absent(),
        },
    }
}

fn date(text: &str, calendar: Calendar, is_needed: bool) -> Verdict {
    if is_undated(text) && !is_needed {
        // A date that is given as unknown stays as it is written.
        return Verdict { words: Some("undated".to_owned()), ..Verdict::value(Value::Text(text.to_owned().into())) };
    }
    match Date::read(text, calendar) {
        Ok(reading) => Verdict {
            words: Some(format!("{} · {}", reading.date.words_dual(), reading.date.precision_words())),
            cautions: reading.cautions.into_iter().map(|caution| (caution.message, caution.suggestions)).collect(),
            date: Some(reading.date),
            ..Verdict::value(Value::Text(text.to_owned().into()))
        },
        Err(error) => {
            let advice = error.hint.filter(|_| error.suggestions.is_empty());
            let problem = advice.map_or(error.message.clone(), |hint| format!("{}: {hint}", error.message));
            Verdict { fixes: error.suggestions, ..Verdict::wrong(problem) }
        }
    }
}

fn number(text: &str, least: f64, most: f64) -> Verdict {
    let Some(number) = crate::compose::number(text) else {
        return Verdict::wrong("a number is needed, such as 85 or 0.22");
    };
    if number < least || number > most {
        return Verdict::wrong(format!("this is between {least} and {most}"));
    }
    Verdict::value(Value::Number(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a field is expected to hold.
    #[derive(Clone, Debug, PartialEq)]
    enum Held {
        Value(Value<'static>),
        Absent,
        Wrong,
    }

    fn text(text: &str) -> Held {
        Held::Value(Value::Text(text.to_owned().into()))
    }

    #[test]
    fn a_field_says_what_is_wrong_with_it() {
        let root = DocPath::root;
        let check = |path: DocPath, typed: &str, expect: Held| {
            let rule = rule(&FormTarget::NewEvent, &path);
            let verdict = check(rule, typed, Calendar::Gregorian);
            let held = match verdict.value {
                Ok(Some(value)) => Held::Value(value),
                Ok(None) => Held::Absent,
                Err(_) => Held::Wrong,
            };
            assert_eq!(held, expect, "{path:?} {typed}");
        };
        check(root().field("title"), " Treaty ", text("Treaty"));
        check(root().field("title"), "  ", Held::Wrong);
        check(root().field("description"), "", Held::Absent);
        check(root().field("date"), "22 June 1965", text("22 June 1965"));
        check(root().field("date"), "31 June 1965", Held::Wrong);
        check(root().field("date"), "?", text("?"));
        check(root().field("date"), "", Held::Absent);
        check(root().field("points").index(0).field("date"), "", Held::Wrong);
        check(root().field("points").index(0).field("value"), "1,234.5", Held::Value(Value::Number(1_234.5)));
        check(root().field("points").index(0).field("value"), "many", Held::Wrong);
        check(root().field("importance"), "3", Held::Value(Value::Integer(3)));
        check(root().field("importance"), "very", Held::Wrong);
        check(root().field("place").field("latitude"), "91", Held::Wrong);
        check(root().field("links").index(0).field("url"), "", Held::Wrong);
        check(root().field("links").index(0).field("title"), "", Held::Absent);
        check(root().field("media").index(0).field("file"), "../a.png", Held::Wrong);
        check(root().field("color"), "bleu", Held::Wrong);
        check(root().field("color"), "#12aBcd", text("#12aBcd"));
        check(root().field("citations").index(0).field("basis"), "Stated", Held::Value(Value::Word("Stated")));
        check(root().field("citations").index(0).field("basis"), "", Held::Absent);
    }

    #[test]
    fn a_date_is_read_as_it_is_typed() {
        let rule = Rule::Date { is_needed: false };
        let verdict = check(rule, "22 June 1965", Calendar::Gregorian);
        assert_eq!(verdict.words.as_deref(), Some("22 June 1965 · dated to the day"));
        let verdict = check(rule, "03/04/1990", Calendar::Gregorian);
        assert_eq!(verdict.fixes, ["1990-04-03", "1990-03-04"]);
        let verdict = check(rule, "1929-39", Calendar::Gregorian);
        assert_eq!(verdict.cautions[0].1, ["1929/1939"]);
        let verdict = check(rule, "1917-10-25", Calendar::Julian);
        assert!(verdict.words.is_some_and(|words| words.contains("7 November 1917")));
    }
}
