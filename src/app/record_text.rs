//! The record of an event as text, for the clipboard.

use crate::document::Basis;
use crate::layout::one_line;
use crate::timeline::{CitationView, Event, EventIndex, Figures, Reading, Timeline, UNDATED};

use super::inspector::name;

/// Returns all that the record of an event says, in its order.
pub(super) fn record_text(timeline: &Timeline, index: EventIndex) -> Option<String> {
    let event = timeline.event(index)?;
    let mut lines = vec![name(event.title, event.id).into_owned()];
    lines.push(match event.date {
        Some(date) => format!("{} · {}", date.words_dual(), date.precision_words()),
        None => UNDATED.to_owned(),
    });
    lines.extend(timeline.lane_of(&event).map(|lane| format!("Lane: {}", one_line(&lane.title))));
    lines.extend(event.details.written().map(|written| format!("As written: “{}”", one_line(written))));
    lines.extend(event.details.place().map(|place| one_line(&place.words()).into_owned()));
    if let Some(text) = event.description {
        lines.extend([String::new(), text.trim().to_owned()]);
    }
    figures(timeline, &event, &mut lines);
    sources(timeline, event.citations.iter(), &mut lines);
    if !event.related.is_empty() {
        lines.extend([String::new(), "Related".to_owned()]);
    }
    for other in event.related.iter().filter_map(|index| timeline.event(index)) {
        lines.push(format!("{}, {}", name(other.title, other.id), other.date_words()));
    }
    let tags: Vec<String> = event.tags.iter().map(|tag| format!("#{}", one_line(tag))).collect();
    if !tags.is_empty() {
        lines.extend([String::new(), tags.join(" ")]);
    }
    lines.push(String::new());
    Some(lines.join("\n"))
}

/// Returns how a claim follows from its source, to be set after the claim.
fn basis_words(basis: Option<Basis>) -> &'static str {
    match basis {
        Some(Basis::Stated) => " (Stated)",
        Some(Basis::Derived) => " (Derived)",
        Some(Basis::Background) => " (Background)",
        None => "",
    }
}

fn figures(timeline: &Timeline, event: &Event<'_>, lines: &mut Vec<String>) {
    let figures = timeline.figures(event);
    if !figures.is_empty() {
        lines.extend([String::new(), "Figures".to_owned()]);
    }
    for Figures { series, readings, .. } in &figures {
        for Reading { figure, when } in readings {
            let when = when.as_ref().map(|when| format!(", {when}")).unwrap_or_default();
            let basis = basis_words(figure.basis());
            lines.push(format!("{}{when}: {}{basis}", one_line(&series.title), figure.value_words()));
            lines.extend(figure.ratio_words());
            lines.extend(figure.point.citations.iter().filter_map(|citation| citation.note.clone()));
        }
    }
}

fn sources<'c>(timeline: &Timeline, citations: impl Iterator<Item = CitationView<'c>>, lines: &mut Vec<String>) {
    let mut last = None;
    for citation in citations {
        let Some(source) = timeline.source(citation.source) else { continue };
        if last.replace(citation.source) != Some(citation.source) {
            lines.extend([String::new(), format!("Source: {}", name(&source.title, &source.id))]);
            let details = source.reference().details();
            lines.extend((!details.is_empty()).then_some(details));
            lines.extend(source.web_address().map(str::to_owned));
        }
        let locator = citation.locator.unwrap_or_default();
        let claim = format!("{locator}{}", basis_words(citation.basis)).trim().to_owned();
        lines.extend((!claim.is_empty()).then_some(claim));
        lines.extend(citation.note.map(str::to_owned));
    }
}
