//! The panel at the right: the whole record of what is selected, or of the document.

use std::borrow::Cow;

use egui::text::TextFormat;
use egui::{
    Align, Color32, CursorIcon, Id, Key, Layout, Modifiers, Rect, Response, RichText, Role, Sense, TextStyle, Ui,
    UiBuilder, WidgetInfo, WidgetRect, vec2,
};

use crate::date::{Date, Direction, Handle, Precision, between};
use crate::document::Basis;
use crate::layout::one_line;
use crate::paint::Theme;
use crate::query::{Projection, term_of};
use crate::scene::text::direction::isolated;
use crate::timeline::{
    Citation, CitationView, Details, EraIndex, Event, EventIndex, Figure, Figures, Item, Lane, Reading, Series,
    SeriesIndex, Source, Tags, Timeline, UNDATED, number, preposition,
};

use super::explorer::ExplorerMessage;
use super::filter_state::FilterMessage;
use super::fonts::bold;
use super::measure::{Edge, MeasureMessage, end_of};
use super::message::{FrameEvent, Message};
use super::paragraph::Paragraph;
use super::pictures::Pictures;
use super::prose;
use super::regions::focused;
use super::roles;
use super::rows::{End, body, lane_name, named, quoted, row, section, title, weak};
use super::state::State;
use super::textures::Textures;
use super::ui_command::UiCommand;
use super::words::count_words;

/// What the panel keeps between frames.
#[derive(Default)]
pub struct Cache {
    /// Descriptions that have been read.
    prose: prose::Cache,
    /// Pictures that are shown.
    textures: Textures,
    /// What in the panel had the focus in the last frame.
    focus: Option<Id>,
}

impl Cache {
    /// Descriptions that have been read, for a form.
    pub fn prose(&mut self) -> &mut prose::Cache {
        &mut self.prose
    }

    /// Whether the panel, or something in it, has the focus, so that it takes the keys that scroll.
    pub fn has_focus(&self) -> bool {
        self.focus.is_some()
    }
}

/// Room for the scroll bar, in points: beside what scrolls, in the margin of the panel.
const SCROLL_BAR: f32 = 14.0;

/// Shows the record.
pub fn show(ui: &mut Ui, state: &State, theme: &Theme, cache: &mut Cache, messages: &mut Vec<Message>) {
    let timeline = state.timeline();
    let mut room = ui.available_rect_before_wrap();
    room.max.y -= 44.0;
    let panel = ui.interact(room, ui.scope_id().with("record"), Sense::click());
    panel.widget_info(|| WidgetInfo::labeled(Role::Group, true, "Record"));
    if panel.clicked() || state.record.focuses {
        panel.request_focus();
    }
    if state.record.focuses {
        messages.push(FrameEvent::RecordFocused.into());
    }
    // Something wider than the panel is cut off at its edge: it widens only a ui that the panel does not measure.
    let mut inside = ui.new_child(UiBuilder::new().max_rect(room.with_max_x(room.right() + SCROLL_BAR)));
    egui::ScrollArea::vertical().auto_shrink([false, false]).show(&mut inside, |ui| {
        ui.set_max_width(room.width());
        let mut record = Record {
            timeline,
            projection: state.projection(),
            pictures: &state.document.pictures,
            theme,
            prose: &mut cache.prose,
            textures: &mut cache.textures,
            messages,
            has_list: state.list.is_open,
        };
        ui.add_space(12.0);
        match state.selected() {
            Some(Item::Event(index)) => record.event(ui, index),
            Some(Item::Era(index)) => record.era(ui, index),
            Some(Item::Series(index)) => record.series(ui, index),
            None => match state.awaited_words() {
                Some(words) => drop(ui.weak(words)),
                None if state.documents_shown == 0 => drop(ui.weak("No document is open.")),
                None => record.document(ui),
            },
        }
        ui.add_space(12.0);
        cache.prose.retain_used();
        cache.textures.retain_used();
        follow_focus(ui, &panel, room, &mut cache.focus);
    });
    if panel.has_focus() {
        ui.painter().rect_stroke(
            room.expand2(vec2(8.0, 0.0)),
            4.0,
            egui::Stroke::new(2.0, theme.accent),
            egui::StrokeKind::Inside,
        );
    }
    ui.advance_cursor_after_rect(room);
    ui.separator();
    neighbours(ui, state, messages);
}

/// Scrolls what has come to have the focus into view; scrolls by keys while the focus is in the panel.
fn follow_focus(ui: &Ui, panel: &Response, room: Rect, last: &mut Option<Id>) {
    let is_inside =
        |shown: &WidgetRect| shown.layer_id == panel.layer_id && room.x_range().contains(shown.rect.center().x);
    let focused = focused(ui.ctx()).filter(is_inside);
    let before = std::mem::replace(last, focused.map(|shown| shown.id));
    // A link that was followed is gone with the record that it was in.
    if focused.is_none() && before.is_some() && ui.memory(egui::Memory::focused) == before {
        panel.request_focus();
        *last = Some(panel.id);
    }
    let Some(focused) = focused else { return };
    if before != *last && focused.id != panel.id {
        ui.scroll_to_rect(focused.rect.expand(8.0), None);
    }
    let page = room.height() * 0.9;
    let all = ui.min_rect().height();
    for (key, delta) in [(Key::PageUp, page), (Key::PageDown, -page), (Key::Home, all), (Key::End, -all)] {
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            ui.scroll_with_delta(vec2(0.0, delta));
        }
    }
}

/// Previous and next in time, at the foot of the panel.
fn neighbours(ui: &mut Ui, state: &State, messages: &mut Vec<Message>) {
    let timeline = state.timeline();
    let selected = timeline.dated(state.selected_event());
    ui.horizontal(|ui| {
        let previous = selected.and_then(|_| state.step_from_selected(false));
        let next = state.step_from_selected(true);
        step_link(ui, "← Previous", UiCommand::Previous, previous, timeline, messages);
        let hint = "Change it in a form (E)";
        if state.documents_shown > 0 && ui.button("Edit…").on_hover_text(hint).clicked() {
            messages.push(UiCommand::EditRecord.into());
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let words = if selected.is_some() { "Next →" } else { "First →" };
            step_link(ui, words, UiCommand::Next, next, timeline, messages);
        });
    });
}

fn step_link(
    ui: &mut Ui,
    words: &str,
    command: UiCommand,
    to: Option<EventIndex>,
    timeline: &Timeline,
    messages: &mut Vec<Message>,
) {
    // It is the same link where there is nothing more to go to, so that it keeps the focus.
    let event = to.and_then(|index| timeline.event(index));
    let text = RichText::new(words);
    let response = ui.add(egui::Link::new(if event.is_some() { text } else { text.weak() }));
    let what = if command == UiCommand::Previous { "before" } else { "after" };
    if response.clicked() && event.is_some() {
        messages.push(command.into());
    }
    let hint = match event {
        Some(event) => format!("Go to {}, {}", one_line(event.title), event.date_words()),
        None => format!("No event comes {what} this one"),
    };
    response.on_hover_text(hint);
}

/// A record while it is shown.
pub(super) struct Record<'a> {
    pub(super) timeline: &'a Timeline,
    pub(super) projection: &'a Projection,
    pub(super) pictures: &'a Pictures,
    pub(super) theme: &'a Theme,
    pub(super) textures: &'a mut Textures,
    prose: &'a mut prose::Cache,
    pub(super) messages: &'a mut Vec<Message>,
    /// Whether the event list is shown.
    pub(super) has_list: bool,
}

impl Record<'_> {
    fn event(&mut self, ui: &mut Ui, index: EventIndex) {
        let timeline = self.timeline;
        let Some(event) = timeline.event(index) else { return };
        self.lane_line(ui, &event, index);
        title(ui, event.title);
        match event.date {
            Some(date) => {
                date_line(ui, date);
                self.measure(ui, Item::Event(index), date);
            }
            None => drop(ui.label(RichText::new("Undated").font(bold(15.0)))),
        }
        written(ui, event.details);
        place(ui, event.details);
        self.media(ui, event.details);
        self.prose(ui, event.description);
        self.figures(ui, &event);
        self.sources(ui, event.citations.iter());
        self.links(ui, event.details);
        self.related(ui, &event);
        self.tags(ui, event.tags);
    }

    fn era(&mut self, ui: &mut Ui, index: EraIndex) {
        let timeline = self.timeline;
        let Some(era) = timeline.era(index) else { return };
        ui.label(RichText::new("Era").font(bold(13.0)).weak());
        title(ui, &era.title);
        date_line(ui, &era.date);
        self.measure(ui, Item::Era(index), &era.date);
        self.prose(ui, era.description.as_deref());
        self.sources(ui, era.citations.iter().map(Citation::view));
    }

    fn series(&mut self, ui: &mut Ui, index: SeriesIndex) {
        let timeline = self.timeline;
        let Some(series) = timeline.series_at(index) else { return };
        ui.label(RichText::new("Series").font(bold(13.0)).color(self.theme.series(series.style)));
        title(ui, &series.title);
        weak(ui, &series.unit);
        if ui.button("Explore").on_hover_text("Compare series in a plot of their own (S)").clicked() {
            self.messages.push(Message::Ui(UiCommand::Explorer(ExplorerMessage::Open(index))));
        }
        section(ui, "Values");
        self.values(ui, series);
        self.sources(ui, series.citations.iter().map(Citation::view));
    }

    /// Nothing is selected: the document itself.
    fn document(&mut self, ui: &mut Ui) {
        let timeline = self.timeline;
        roles::heading(ui, RichText::new("About this timeline").font(bold(15.0)), 2);
        self.prose(ui, timeline.description.as_deref());
        ui.add_space(4.0);
        if let Some(made) = timeline.made_words() {
            ui.weak(made);
        }
        ui.weak(timeline.counts_words());
        if timeline.shows_nothing() {
            ui.label("Nothing is in this timeline yet.");
        }
        self.lanes(ui);
        self.eras(ui);
        self.all_series(ui);
        self.undated(ui);
        if !timeline.sources.is_empty() {
            section(ui, if timeline.sources.len() == 1 { "Source" } else { "Sources" });
            for source in &timeline.sources {
                self.source(ui, source);
                self.cited_by(ui, source);
                ui.add_space(6.0);
            }
        }
        if !timeline.events.is_empty() {
            ui.add_space(8.0);
            ui.weak("Click an event for its record.");
        }
    }

    /// Begins to measure from a date.
    fn measure(&mut self, ui: &mut Ui, item: Item, date: &Date) {
        for (handle, name) in [(Handle::Start, "Measure from Its Start"), (Handle::End, "Measure from Its End")] {
            let is_single = matches!(date, Date::Single(_));
            if end_of(date, handle).is_none() || is_single && handle == Handle::End {
                continue;
            }
            let name = if is_single { "Measure from Here" } else { name };
            let Some(id) = self.timeline.id(item) else { continue };
            if ui.link(name).on_hover_text("Measure to an edge in the chart, or to what is selected next (M)").clicked()
            {
                let edge = Edge::Of(id, handle);
                self.messages.push(UiCommand::ChangeMeasures(MeasureMessage::Begin(edge)).into());
            }
        }
    }

    /// Leads to the events that cite a source.
    fn cited_by(&mut self, ui: &mut Ui, source: &Source) {
        let title = if source.title.trim().is_empty() { &source.id } else { &source.title };
        let link = ui.link(RichText::new("Events that cite it").size(12.5));
        let link = link.accessible_name(format!("Show only events that cite {}", one_line(title)));
        if link.on_hover_text("Show only events that cite this source").clicked() {
            self.filter(term_of("source:", title));
        }
    }

    /// Goes to an event.
    pub(super) fn visit(&mut self, event: EventIndex) {
        let id = self.timeline.id(Item::Event(event));
        self.messages.extend(id.map(|id| UiCommand::Visit(id).into()));
    }

    fn lane_line(&mut self, ui: &mut Ui, event: &Event<'_>, index: EventIndex) {
        let Some(lane) = self.timeline.lane_of(event) else { return };
        let [place, count] = [index.get() + 1, self.timeline.events.dated()].map(|n| number(n as f64));
        let beside = if event.date.is_some() { format!("{place} of {count}") } else { UNDATED.to_owned() };
        self.lane_row(ui, lane, End::Words(&beside));
        for lane in event.also.iter().filter_map(|lane| self.timeline.lane(*lane)) {
            self.lane_row(ui, lane, End::Empty);
        }
    }

    /// A lane's sign, its name after those of the lanes around it, and what is counted of it at the right.
    fn lane_row(&mut self, ui: &mut Ui, lane: &Lane, end: End<'_>) {
        let color = self.theme.color(lane.color());
        let name = match lane.parent {
            Some(parent) => format!("{} › {}", self.timeline.path_of(parent), lane.title),
            None => lane.title.clone(),
        };
        let theme = self.theme;
        let mut clicked = false;
        row(ui, theme, end, |ui| {
            lane_name(ui, lane.style, &name, color);
            let id = ui.next_auto_id().with("filter");
            let response = ui.interact(ui.min_rect(), id, Sense::click());
            let words = format!("Show only lane {}", one_line(&lane.title));
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
            clicked = response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(&words).clicked();
        });
        if clicked {
            let title = if lane.title.trim().is_empty() { &lane.id } else { &lane.title };
            self.filter(term_of("@", title));
        }
    }

    /// Shows only what meets a condition, too; or no more if the filter has it.
    fn filter(&mut self, term: String) {
        self.messages.push(UiCommand::Filter(FilterMessage::Toggle(term)).into());
    }

    fn tags(&mut self, ui: &mut Ui, tags: Tags<'_>) {
        if tags.is_empty() {
            return;
        }
        section(ui, "Tags");
        ui.horizontal_wrapped(|ui| {
            for tag in tags.iter() {
                let words = one_line(tag);
                let link = ui.link(format!("#{words}")).accessible_name(format!("Show only tag {words}"));
                if link.on_hover_text("Show only events with this tag").clicked() {
                    self.filter(term_of("#", tag));
                }
            }
        });
    }

    fn prose(&mut self, ui: &mut Ui, text: Option<&str>) {
        let Some(text) = text else { return };
        ui.add_space(8.0);
        let clicked = prose::show(ui, self.prose, text);
        self.messages.extend(clicked.map(|url| UiCommand::OpenUrl(url.to_string()).into()));
    }

    fn figures(&self, ui: &mut Ui, event: &Event<'_>) {
        let figures = self.timeline.figures(event);
        if figures.is_empty() {
            return;
        }
        section(ui, &figures_heading(event.date, &figures));
        for Figures { series, readings, left_out } in &figures {
            match readings.as_slice() {
                [] => {
                    weak(ui, &format!("{}: no value for this date", series.title));
                }
                [Reading { figure, when: None }] => self.value_row(ui, &series.title, figure),
                _ => {
                    weak(ui, &series.title);
                    for Reading { figure, when } in readings {
                        let when = when.clone().unwrap_or_else(|| event.date_words());
                        self.value_row(ui, &when, figure);
                    }
                }
            }
            if *left_out > 0 {
                ui.weak(format!("and {}", count_words(*left_out, "more value")));
            }
        }
    }

    /// All values of a series; of very many only those in sight are set.
    fn values(&self, ui: &mut Ui, series: &Series) {
        /// More values than this are told without their notes, each in one line.
        const MANY: usize = 200;
        if series.points.is_empty() {
            ui.weak("No values.");
        }
        if series.points.len() <= MANY {
            for figure in (0..series.points.len()).filter_map(|position| series.figure(position)) {
                self.value_row(ui, &figure.point.date.words(), &figure);
            }
            return;
        }
        ui.weak(count_words(series.points.len(), "value"));
        let height = ui.text_style_height(&TextStyle::Body) + ui.spacing().item_spacing.y;
        let (all, _) =
            ui.allocate_exact_size(vec2(ui.available_width(), height * series.points.len() as f32), Sense::hover());
        let seen = ui.clip_rect();
        let row_at = |y: f32| ((y - all.top()) / height).max(0.0) as usize;
        for position in row_at(seen.top())..(row_at(seen.bottom()) + 1).min(series.points.len()) {
            let Some(figure) = series.figure(position) else { continue };
            let top = all.top() + position as f32 * height;
            let line = egui::Rect::from_x_y_ranges(all.x_range(), top..=top + height);
            let words = format!("{}: {}", figure.point.date.words(), figure.value_words());
            let label = egui::Label::new(words).truncate().halign(Align::Min);
            let response = ui.new_child(UiBuilder::new().max_rect(line)).add(label);
            for note in figure.point.citations.iter().filter_map(|citation| citation.note.as_deref()) {
                response.clone().on_hover_text(note);
            }
        }
    }

    /// A name, a value with its badge, and under it how it compares and what is said about it.
    fn value_row(&self, ui: &mut Ui, name: &str, figure: &Figure<'_>) {
        let end = figure.basis().map_or(End::Empty, End::Basis);
        row(ui, self.theme, end, |ui| named(ui, name, &figure.value_words()));
        if let Some(ratio) = figure.ratio_words() {
            let end = if figure.ratio_is_derived() { End::Basis(Basis::Derived) } else { End::Empty };
            row(ui, self.theme, end, |ui| drop(ui.label(ratio)));
        }
        for note in figure.point.citations.iter().filter_map(|citation| citation.note.as_deref()) {
            quoted(ui, note, self.theme);
        }
    }

    /// Each work once, and under it every claim that it is cited for.
    fn sources<'c>(&mut self, ui: &mut Ui, citations: impl Iterator<Item = CitationView<'c>>) {
        let citations: Vec<CitationView<'_>> = citations.collect();
        let mut cited: Vec<_> = citations.iter().map(|citation| citation.source).collect();
        cited.sort_unstable();
        cited.dedup();
        section(ui, if cited.len() > 1 { "Sources" } else { "Source" });
        if citations.is_empty() {
            ui.weak("No source is given.");
            return;
        }
        let mut works: Vec<(crate::timeline::SourceIndex, Vec<&CitationView<'_>>)> = Vec::new();
        for citation in &citations {
            match works.iter_mut().find(|(source, _)| *source == citation.source) {
                Some((_, claims)) => claims.push(citation),
                None => works.push((citation.source, vec![citation])),
            }
        }
        for (index, claims) in works {
            if let Some(source) = self.timeline.source(index) {
                self.source(ui, source);
            }
            for claim in claims {
                // Where in the work, and how the claim follows from it, are only said where the document says it.
                let locator = claim.locator.filter(|locator| !locator.trim().is_empty());
                if locator.is_some() || claim.basis.is_some() {
                    ui.add_space(2.0);
                    row(ui, self.theme, claim.basis.map_or(End::Empty, End::Basis), |ui| {
                        if let Some(locator) = locator {
                            Paragraph::of(&one_line(locator), body(ui), Color32::PLACEHOLDER).show(ui);
                        }
                    });
                }
                if let Some(note) = claim.note {
                    quoted(ui, note, self.theme);
                }
            }
            if let Some(source) = self.timeline.source(index) {
                self.cited_by(ui, source);
            }
            ui.add_space(6.0);
        }
    }

    fn related(&mut self, ui: &mut Ui, event: &Event<'_>) {
        if event.related.is_empty() {
            return;
        }
        section(ui, "Related");
        for index in event.related.iter() {
            let Some(other) = self.timeline.event(index) else { continue };
            let (weak, font) = (ui.visuals().weak_text_color(), body(ui));
            let (beside, more) = match (event.date, other.date) {
                (Some(from), Some(to)) => (distance_words(from, to), Some(between(from, to).days_words())),
                (_, None) => (UNDATED.to_owned(), None),
                (None, Some(to)) => (to.words(), None),
            };
            let mut paragraph = Paragraph::default();
            let link = TextFormat::simple(font.clone(), ui.visuals().hyperlink_color);
            paragraph.link(&isolated(&name(other.title, other.id)), link);
            paragraph.beside(&beside, TextFormat::simple(font, weak));
            for response in paragraph.show(ui) {
                if response.clicked() {
                    self.visit(index);
                }
                let more = more.as_ref().map(|days| format!(" ({days})")).unwrap_or_default();
                response.on_hover_text(format!("{}{more}", other.date_words()));
            }
        }
    }
}

/// How far another date is from one: "33 years later".
fn distance_words(from: &Date, to: &Date) -> String {
    if from.is_same_time(to) {
        return match to {
            Date::Single(part) if part.precision() == Precision::Year => "the same year".to_owned(),
            Date::Single(part) if part.precision() == Precision::Month => "the same month".to_owned(),
            Date::Single(part) if part.precision() == Precision::Day => "the same day".to_owned(),
            _ => "the same time".to_owned(),
        };
    }
    let difference = between(from, to);
    match difference.direction {
        Direction::Later => format!("{} later", difference.words()),
        Direction::Earlier => format!("{} earlier", difference.words()),
        Direction::Same | Direction::Overlapping => difference.words(),
    }
}

fn date_line(ui: &mut Ui, date: &Date) {
    let mut paragraph = Paragraph::of(&date.words_dual(), bold(15.0), Color32::PLACEHOLDER);
    let weak = TextFormat::simple(body(ui), ui.visuals().weak_text_color());
    paragraph.beside(&format!("· {}", date.precision_words()), weak);
    paragraph.show(ui);
    if let Some(duration) = date.duration() {
        ui.weak(format!("lasting {} ({})", duration.words(), duration.days_words()));
    }
}

/// Shows the date in the words of the author.
fn written(ui: &mut Ui, details: Details<'_>) {
    if let Some(written) = details.written() {
        weak(ui, &format!("As written: “{}”", isolated(&one_line(written))));
    }
}

/// Shows where an event happened.
fn place(ui: &mut Ui, details: Details<'_>) {
    if let Some(place) = details.place() {
        Paragraph::of(&one_line(&place.words()), body(ui), Color32::PLACEHOLDER).show(ui);
    }
}

/// "Figures in 1965" where all values are of the date of the event and that is a calendar day, month or year.
fn figures_heading(date: Option<&Date>, figures: &[Figures<'_>]) -> String {
    let own = figures.iter().flat_map(|figures| &figures.readings).all(|reading| reading.when.is_none());
    match date.filter(|_| own).and_then(|date| Some((preposition(date)?, date))) {
        Some((preposition, date)) => format!("Figures {preposition} {}", date.words()),
        None => "Figures".to_owned(),
    }
}

/// What a link is called: a title in one line, or the id where nothing of it can be seen.
pub(super) fn name<'t>(title: &'t str, id: &'t str) -> Cow<'t, str> {
    [title, id].into_iter().map(one_line).find(|words| !words.trim().is_empty()).unwrap_or(Cow::Borrowed("untitled"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_far_another_date_is_says_what_both_share() {
        let check = |from: &str, to: &str, expect: &str| {
            let [from, to] = [from, to].map(|text| Date::parse(text).expect("a date"));
            assert_eq!(distance_words(&from, &to), expect);
        };
        check("1965", "1965", "the same year");
        check("1965-06", "1965-06", "the same month");
        check("1965-06-22", "1965-06-22", "the same day");
        check("196X", "196X", "the same time");
        check("1965/1970", "1965/1970", "the same time");
        check("1965-06-22", "1998-06-22", "33 years later");
        check("1998-06-22", "1965-06-22", "33 years earlier");
    }
}
