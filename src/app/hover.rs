//! What the pointer reads on what it rests on.

use egui::{RichText, Ui};

use crate::compose::date_near;
use crate::date::{Date, Interval};
use crate::layout::{self, one_line};
use crate::prose;
use crate::timeline::{Event, Reading, Timeline};

use super::fonts::font;
use super::words::count_words;

/// The greatest length of a sentence that is shown, in characters.
const LONGEST: usize = 240;
/// How much of a description is read for its first sentence, in bytes.
const READ: usize = 4096;

/// What the pointer reads on a mark: the title, the date, the lane, the first sentence, and the figures.
pub(super) fn event(ui: &mut Ui, event: &Event<'_>, timeline: &Timeline) {
    ui.set_max_width(300.0);
    ui.label(RichText::new(one_line(event.title)).font(font(layout::TextRole::Label)));
    let precision = event.date.map(|date| format!(" · {}", date.precision_words())).unwrap_or_default();
    ui.label(event.date_words() + &precision);
    if let Some(lane) = timeline.lane_of(event) {
        ui.weak(one_line(&lane.title));
    }
    if let Some(sentence) = event.description.and_then(first_sentence) {
        ui.label(sentence);
    }
    for figures in timeline.figures(event) {
        for Reading { figure, when } in &figures.readings {
            let when = when.as_ref().map(|when| format!(", {when}")).unwrap_or_default();
            let ratio = figure.ratio_words().map(|ratio| format!(", {ratio}")).unwrap_or_default();
            ui.weak(format!("{}{when}: {}{ratio}", figures.series.title, figure.value_words()));
        }
        if figures.left_out > 0 {
            ui.weak(format!("{}: and {}", figures.series.title, count_words(figures.left_out, "more value")));
        }
    }
}

/// Returns a stretch of time in words, as exact as a view of this length shows it, in seconds: "1965 to 1970".
pub(super) fn time_words(extent: Interval, view: f64) -> String {
    let date = |seconds| Date::parse(&date_near(seconds, view)).map(|date| date.words()).unwrap_or_default();
    let (first, last) = (date(extent.start), date(extent.end.saturating_sub(1).max(extent.start)));
    if first == last { first } else { format!("{first} to {last}") }
}

/// Returns the first sentence of a description, cut where it is long. Returns `None` if there is none.
pub(super) fn first_sentence(description: &str) -> Option<String> {
    let end = (0..=READ.min(description.len())).rev().find(|end| description.is_char_boundary(*end))?;
    let blocks = prose::read(description.get(..end)?);
    let words = blocks.iter().map(|block| block.spans.iter().map(|span| span.text.as_str()).collect::<String>());
    let text = words.map(|words| one_line(words.trim()).into_owned()).find(|words| !words.is_empty())?;
    let ends = |(at, c): (usize, char)| {
        let after = at + c.len_utf8();
        let ends_western = matches!(c, '.' | '!' | '?') && text.get(after..).is_some_and(ends_sentence);
        (ends_western || matches!(c, '。' | '！' | '？')).then_some(after)
    };
    let sentence = text.char_indices().find_map(ends).and_then(|end| text.get(..end)).unwrap_or(&text);
    if sentence.chars().count() <= LONGEST {
        return Some(sentence.to_owned());
    }
    Some(sentence.chars().take(LONGEST - 1).chain(['…']).collect())
}

/// Returns whether a sentence may end before a text: a new word begins with a capital letter, or nothing comes.
fn ends_sentence(rest: &str) -> bool {
    let next = rest.trim_start();
    next.is_empty() || next.len() < rest.len() && !next.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_sentence_is_found() {
        let check = |text: &str, expect: Option<&str>| assert_eq!(first_sentence(text).as_deref(), expect, "{text}");
        check("", None);
        check("  \n", None);
        check("One. Two.", Some("One."));
        check("It cost US$0.22 billion, i.e. little. More.", Some("It cost US$0.22 billion, i.e. little."));
        check("The *Korean* wave, [hallyu](https://a.example).\n\nMore", Some("The Korean wave, hallyu."));
        check("no end", Some("no end"));
        check("条約が結ばれた。続く。", Some("条約が結ばれた。"));
        check("Why? Because.", Some("Why?"));
        let long = "word ".repeat(100);
        assert_eq!(first_sentence(&long).map(|text| text.chars().count()), Some(LONGEST));
        assert!(first_sentence(&"é".repeat(10_000)).is_some());
    }
}
