//! Generates random documents in all styles of RON.

use std::fmt::Write as _;

use proptest::{collection::vec, option, prelude::*};

use super::super::*;

/// A small pseudo-random number generator (xorshift), so that a style or a mutation is determined by one seed.
pub(crate) struct Random(pub u64);

impl Random {
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap_or(0) % end.max(1)
    }

    pub fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

/// The name of a field, and a function that writes its value.
type Field<'a> = (&'a str, &'a mut dyn FnMut(&mut Writer));

/// Writes documents with each token in one of the forms that RON allows.
pub(crate) struct Writer {
    text: String,
    random: Random,
}

impl Writer {
    pub fn new(style: u64) -> Self {
        Self { text: String::new(), random: Random(style) }
    }

    fn blank(&mut self) {
        const BLANKS: &[&str] =
            &["", "", "", " ", "\n", "\r\n\t", " // a comment (\n", "/* ] \" */", "/* /* nested ) */ */ ", "\u{200E}"];
        let blank = self.random.pick(BLANKS);
        self.text.push_str(blank);
    }

    fn token(&mut self, token: &str) {
        self.blank();
        self.text.push_str(token);
        self.blank();
    }

    fn string(&mut self, value: &str) {
        self.blank();
        let literal = match self.random.below(3) {
            0 => {
                let longest = value.split('"').skip(1).map(|part| part.chars().take_while(|&c| c == '#').count());
                let hashes = "#".repeat(longest.max().map_or(0, |longest| longest + 1));
                format!("r{hashes}\"{value}\"{hashes}")
            }
            1 => format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\"")),
            _ => {
                let mut literal = String::new();
                literal.push('"');
                for c in value.chars() {
                    match self.random.below(5) {
                        0 => push(&mut literal, format_args!("\\u{{{:X}}}", u32::from(c))),
                        1 => {
                            let mut bytes = [0; 4];
                            for byte in c.encode_utf8(&mut bytes).bytes() {
                                push(&mut literal, format_args!("\\x{byte:02x}"));
                            }
                        }
                        // A continued line must not begin with white space of its own.
                        2 if !c.is_whitespace() && c != '"' && c != '\\' => {
                            push(&mut literal, format_args!("\\\n  {c}"));
                        }
                        _ => literal.extend(c.escape_default()),
                    }
                }
                literal.push('"');
                literal
            }
        };
        self.text.push_str(&literal);
        self.blank();
    }

    fn maybe(&mut self, value: Option<&str>) {
        match value {
            None => self.token("None"),
            Some(value) if self.random.below(2) == 0 => {
                self.token("Some");
                self.token("(");
                self.string(value);
                if self.random.below(2) == 0 {
                    self.token(",");
                }
                self.token(")");
            }
            Some(value) => self.string(value),
        }
    }

    fn list<T>(&mut self, items: &[T], mut write: impl FnMut(&mut Self, &T)) {
        self.token("[");
        for (index, item) in items.iter().enumerate() {
            write(self, item);
            if index + 1 < items.len() || self.random.below(2) == 0 {
                self.token(",");
            }
        }
        self.token("]");
    }

    /// Writes fields in the order given; the name of the kind is optional.
    fn item(&mut self, kind: &str, fields: &mut [Field<'_>]) {
        if self.random.below(2) == 0 {
            self.token(kind);
        }
        self.token("(");
        let count = fields.len();
        for (index, (name, write)) in fields.iter_mut().enumerate() {
            self.blank();
            if self.random.below(6) == 0 {
                self.text.push_str("r#");
            }
            self.text.push_str(name);
            self.token(":");
            write(self);
            if index + 1 < count || self.random.below(2) == 0 {
                self.token(",");
            }
        }
        self.token(")");
    }

    fn citation(&mut self, citation: &Citation) {
        self.item(
            "Citation",
            &mut [
                ("basis", &mut |w| w.token(&citation.basis.map_or("None".to_owned(), |basis| format!("{basis:?}")))),
                ("source", &mut |w| w.string(&citation.source)),
                ("note", &mut |w| w.maybe(citation.note.as_deref())),
                ("locator", &mut |w| w.maybe(citation.locator.as_deref())),
            ],
        );
    }

    fn event(&mut self, event: &Event) {
        self.item(
            "Event",
            &mut [
                ("id", &mut |w| w.string(&event.id)),
                ("citations", &mut |w| {
                    w.list(&event.citations, Self::citation);
                }),
                ("lane", &mut |w| w.string(&event.lane)),
                ("description", &mut |w| {
                    w.maybe(event.description.as_deref());
                }),
                ("also", &mut |w| w.list(&event.also, |w, id| w.string(id))),
                ("related", &mut |w| w.list(&event.related, |w, id| w.string(id))),
                ("title", &mut |w| w.string(&event.title)),
                ("figures", &mut |w| w.list(&event.figures, |w, id| w.string(id))),
                ("tags", &mut |w| w.list(&event.tags, |w, tag| w.string(tag))),
                ("date", &mut |w| w.maybe(event.date.as_deref())),
            ],
        );
    }

    fn source(&mut self, source: &Source) {
        self.item("Source", &mut [("title", &mut |w| w.string(&source.title)), ("id", &mut |w| w.string(&source.id))]);
    }

    fn lane(&mut self, lane: &Lane) {
        self.item(
            "Lane",
            &mut [
                ("id", &mut |w| w.string(&lane.id)),
                ("parent", &mut |w| w.maybe(lane.parent.as_deref())),
                ("title", &mut |w| w.string(&lane.title)),
            ],
        );
    }

    fn series(&mut self, series: &Series) {
        self.item(
            "Series",
            &mut [
                ("id", &mut |w| w.string(&series.id)),
                ("unit", &mut |w| w.string(&series.unit)),
                ("scale", &mut |w| w.token(&format!("{:?}", series.scale))),
                ("title", &mut |w| w.string(&series.title)),
                ("points", &mut |w| w.list(&series.points, Self::point)),
            ],
        );
    }

    fn point(&mut self, point: &Point) {
        self.item(
            "Point",
            &mut [
                ("value", &mut |w| w.token(&format!("{:?}", point.value))),
                ("date", &mut |w| w.string(&point.date)),
                ("qualifier", &mut |w| {
                    w.token(&format!("{:?}", point.qualifier));
                }),
            ],
        );
    }

    pub fn timeline(mut self, timeline: &Timeline) -> String {
        if self.random.below(3) == 0 {
            self.token("#![enable(implicit_some)]");
        }
        self.item(
            "Timeline",
            &mut [
                ("sources", &mut |w| w.list(&timeline.sources, Self::source)),
                ("events", &mut |w| w.list(&timeline.events, Self::event)),
                ("lanes", &mut |w| w.list(&timeline.lanes, Self::lane)),
                ("title", &mut |w| w.string(&timeline.title)),
                ("series", &mut |w| w.list(&timeline.series, Self::series)),
                ("subtitle", &mut |w| w.maybe(timeline.subtitle.as_deref())),
                ("author", &mut |w| w.maybe(timeline.author.as_deref())),
                ("date", &mut |w| w.maybe(timeline.date.as_deref())),
                ("view", &mut |w| match &timeline.view {
                    None => w.token("None"),
                    Some(view) => w.item("View", &mut [("from", &mut |w| w.maybe(view.from.as_deref()))]),
                }),
            ],
        );
        self.text
    }
}

/// Generates a string.
pub(crate) fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,8}",
        "[ -~]{0,12}",
        any::<String>(),
        Just("a \"quoted\"# word, (with [brackets {".to_owned()),
        Just("1965/2015 // no comment /* none */ \\".to_owned()),
        Just("한국\nと日本\t'".to_owned()),
    ]
}

fn citation() -> impl Strategy<Value = Citation> {
    let basis = option::of(prop_oneof![Just(Basis::Stated), Just(Basis::Derived), Just(Basis::Background)]);
    (text(), option::of(text()), basis, option::of(text())).prop_map(|(source, locator, basis, note)| Citation {
        source,
        locator,
        basis,
        note,
    })
}

fn event() -> impl Strategy<Value = Event> {
    (text(), text(), text(), option::of(text()), option::of(text()), vec(text(), 0..4), vec(citation(), 0..3)).prop_map(
        |(id, lane, title, date, description, tags, citations)| Event {
            id,
            lane,
            title,
            date,
            description,
            tags,
            citations,
            ..Event::default()
        },
    )
}

fn series() -> impl Strategy<Value = Series> {
    let qualifier = option::of(prop_oneof![Just(Qualifier::About), Just(Qualifier::AtMost)]);
    let value = any::<f64>().prop_filter("finite", |value| value.is_finite());
    let point = (text(), value, qualifier).prop_map(|(date, value, qualifier)| Point {
        date,
        value,
        qualifier,
        citations: Vec::new(),
    });
    let scale = prop_oneof![Just(Scale::Linear), Just(Scale::Log)];
    (text(), text(), text(), scale, vec(point, 0..4)).prop_map(|(id, title, unit, scale, points)| Series {
        id,
        title,
        unit,
        scale,
        points,
        citations: Vec::new(),
    })
}

/// Generates any document.
pub(crate) fn timeline() -> impl Strategy<Value = Timeline> {
    let view = option::of(option::of(text()).prop_map(|from| InitialView { from, to: None }));
    let made = (option::of(text()), option::of(text()));
    (text(), option::of(text()), made, vec(event(), 0..6), vec(series(), 0..3), view).prop_map(
        |(title, subtitle, (author, date), events, series, view)| Timeline {
            title,
            subtitle,
            author,
            date,
            events,
            series,
            view,
            ..Timeline::default()
        },
    )
}

/// Writing to a string cannot fail.
fn push(text: &mut String, what: std::fmt::Arguments<'_>) {
    let _ = text.write_fmt(what);
}
