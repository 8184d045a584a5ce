//! Synthetic events for measuring: over 1900 to 2025, one in five a span, in 8 lanes, with titles of 3 to 8 words. The same
//! arguments give the same events.

use longview::document::{Axis, Basis, Citation, Event, Lane, Source, Timeline};

const WORDS: [&str; 24] = [
    "treaty", "signed", "port", "opened", "railway", "between", "north", "council", "meets", "harvest", "fails", "new",
    "school", "bridge", "flood", "election", "of", "the", "great", "society", "founded", "ship", "launched", "first",
];

/// Where the events fall, and what the document is like around them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Evenly.
    Spread,
    /// All in one year.
    Year,
    /// All on one day.
    Instant,
    /// Evenly, under one span over everything.
    Under,
    /// Thinning out into the past.
    Tails,
    /// The same, in a document that asks for even time.
    Even,
    /// Evenly, in 300 lanes.
    Lanes,
    /// Evenly; what is measured is a series beside them.
    Values,
}

impl Form {
    /// The form of this name; evenly for any other.
    #[must_use]
    pub fn named(name: &str) -> Self {
        match name {
            "year" => Self::Year,
            "instant" => Self::Instant,
            "under" => Self::Under,
            "tails" => Self::Tails,
            "even" => Self::Even,
            "lanes" => Self::Lanes,
            "values" => Self::Values,
            _ => Self::Spread,
        }
    }

    /// The number of lanes.
    fn lanes(self) -> u64 {
        if self == Self::Lanes { 300 } else { 8 }
    }
}

/// Marsaglia's xorshift64 (2003): small, fast, and the same everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

/// A document for so many events, still without them.
#[must_use]
pub fn empty(count: u64, form: Form) -> Timeline {
    let lane = |n| Lane { id: format!("lane{n}"), title: format!("Lane {n}"), ..Default::default() };
    Timeline {
        title: format!("{count} events"),
        sources: vec![Source { id: "made".to_owned(), title: "Made up".to_owned(), ..Source::default() }],
        lanes: (0..form.lanes()).map(lane).collect(),
        axis: if form == Form::Even { Axis::Even } else { Axis::Linear },
        ..Timeline::default()
    }
}

/// So many events.
pub fn events(count: u64, form: Form) -> impl Iterator<Item = Event> {
    let over_all = Event {
        id: "all".to_owned(),
        lane: "lane0".to_owned(),
        title: "Over everything".to_owned(),
        date: Some("1900/2025".to_owned()),
        ..Event::default()
    };
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let made = (0..count).map(move |number| event(number, form, &mut random));
    (form == Form::Under).then_some(over_all).into_iter().chain(made)
}

fn event(number: u64, form: Form, random: &mut Random) -> Event {
    let year = match form {
        Form::Year | Form::Instant => 1965,
        Form::Tails | Form::Even => 2025 - random.below(126) * random.below(126) / 126,
        Form::Spread | Form::Under | Form::Values | Form::Lanes => 1900 + random.below(126),
    };
    let mut date = format!("{year}-{:02}-{:02}", 1 + random.below(12), 1 + random.below(28));
    if form == Form::Instant {
        "1965-06-22".clone_into(&mut date);
    } else if random.below(5) == 0 {
        date = format!("{date}/{}", year + 1 + random.below(6));
    }
    let words: Vec<&str> = (0..3 + random.below(6)).map(|_| WORDS[random.below(24) as usize]).collect();
    Event {
        id: format!("e{number}"),
        lane: format!("lane{}", random.below(form.lanes())),
        title: words.join(" "),
        date: Some(date),
        description: Some(format!(
            "Event number {number}, made up for measuring, with a sentence or two of text as a record has."
        )),
        citations: vec![Citation {
            source: "made".to_owned(),
            locator: Some(format!("p. {}", 1 + random.below(400))),
            basis: Some(Basis::Stated),
            note: None,
        }],
        ..Event::default()
    }
}
