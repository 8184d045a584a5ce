//! The panel at the right: the whole record of what is selected, or of the document.

use egui::{Align, Color32, Layout, RichText, Role, Sense, Sides, Stroke, TextStyle, Ui, UiBuilder, WidgetInfo, vec2};
use egui_commonmark::{CommonMarkCache, CommonMarkViewer};

use crate::document::Basis;
use crate::paint::{self, Theme};
use crate::timeline::date::{Direction, Precision, between};
use crate::timeline::{
    Citation, CitationView, Date, Event, EventIndex, Figure, Figures, Item, Lane, Reading, Series, Source, Tags,
    Timeline, UNDATED, number, preposition,
};

use super::command::{Action, Command};
use super::count_words;
use super::state::State;

/// What the panel keeps between frames: the parsed `CommonMark`.
#[derive(Default)]
pub struct Cache(CommonMarkCache);

/// Shows the record.
pub fn show(ui: &mut Ui, state: &State, theme: &Theme, cache: &mut Cache, commands: &mut Vec<Command>) {
    let timeline = state.timeline();
    let mut record = Record { timeline, theme, cache, commands };
    let mut room = ui.available_rect_before_wrap();
    room.max.y -= 44.0;
    // Something wider than the panel is cut off at its edge: it widens only a ui that the panel does not measure.
    let mut inside = ui.new_child(UiBuilder::new().max_rect(room));
    egui::ScrollArea::vertical().auto_shrink([false, false]).show(&mut inside, |ui| {
        ui.add_space(12.0);
        match state.selected {
            Some(Item::Event(index)) => record.event(ui, index),
            Some(Item::Era(index)) => record.era(ui, index),
            Some(Item::Series(index)) => record.series(ui, index.0),
            None => match state.awaited_words() {
                Some(words) => drop(ui.weak(words)),
                None => record.document(ui),
            },
        }
        ui.add_space(12.0);
    });
    ui.advance_cursor_after_rect(room);
    ui.separator();
    neighbours(ui, state, commands);
}

/// Previous and next in time, at the foot of the panel.
fn neighbours(ui: &mut Ui, state: &State, commands: &mut Vec<Command>) {
    let timeline = state.timeline();
    let selected = timeline.dated(state.selected_event());
    ui.horizontal(|ui| {
        let previous = selected.and_then(|_| timeline.previous(selected));
        let next = timeline.next(selected);
        step_link(ui, "← Previous", Action::Previous, previous, timeline, commands);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let words = if selected.is_some() { "Next →" } else { "First →" };
            step_link(ui, words, Action::Next, next, timeline, commands);
        });
    });
}

fn step_link(
    ui: &mut Ui,
    words: &str,
    action: Action,
    to: Option<EventIndex>,
    timeline: &Timeline,
    commands: &mut Vec<Command>,
) {
    let Some(event) = to.and_then(|index| timeline.event(index)) else {
        ui.add_enabled(false, egui::Button::new(RichText::new(words).weak()).frame(false));
        return;
    };
    let response = ui.link(words).on_hover_text(format!("{}, {}", event.title, event.date_words()));
    if response.clicked() {
        commands.push(Command::Act(action));
    }
}

/// Room for a badge and the gaps around it in a row, in points.
const BADGE_ROOM: f32 = 96.0;

struct Record<'a> {
    timeline: &'a Timeline,
    theme: &'a Theme,
    cache: &'a mut Cache,
    commands: &'a mut Vec<Command>,
}

impl Record<'_> {
    fn event(&mut self, ui: &mut Ui, index: EventIndex) {
        let timeline = self.timeline;
        let Some(event) = timeline.event(index) else { return };
        self.lane_line(ui, &event, index);
        title(ui, event.title);
        match event.date {
            Some(date) => date_line(ui, date),
            None => drop(ui.label(RichText::new("Undated").font(bold(15.0)))),
        }
        self.prose(ui, event.description);
        self.figures(ui, &event);
        self.sources(ui, event.citations.iter());
        self.related(ui, &event);
        tags(ui, event.tags);
    }

    fn era(&mut self, ui: &mut Ui, index: usize) {
        let timeline = self.timeline;
        let Some(era) = timeline.eras.get(index) else { return };
        ui.label(RichText::new("Era").font(bold(13.0)).weak());
        title(ui, &era.title);
        date_line(ui, &era.date);
        self.prose(ui, era.description.as_deref());
        self.sources(ui, era.citations.iter().map(Citation::view));
    }

    fn series(&self, ui: &mut Ui, index: usize) {
        let timeline = self.timeline;
        let Some(series) = timeline.series.get(index) else { return };
        ui.label(RichText::new("Series").font(bold(13.0)).color(self.theme.series(index)));
        title(ui, &series.title);
        ui.label(RichText::new(&series.unit).weak());
        section(ui, "Values");
        self.values(ui, series);
        self.sources(ui, series.citations.iter().map(Citation::view));
    }

    /// Nothing is selected: the document itself.
    fn document(&mut self, ui: &mut Ui) {
        let timeline = self.timeline;
        if timeline.events.is_empty() && timeline.title.is_empty() {
            ui.weak("No document is open.");
            return;
        }
        ui.label(RichText::new("About this timeline").font(bold(15.0)));
        self.prose(ui, timeline.description.as_deref());
        ui.add_space(4.0);
        if let Some(made) = timeline.made_words() {
            ui.weak(made);
        }
        ui.weak(timeline.counts_words());
        section(ui, "Lanes");
        for (index, lane) in timeline.lanes.iter().enumerate() {
            let mut beside = count_words(lane.index.len() + lane.undated, "event");
            if lane.undated > 0 {
                beside.push_str(&format!(", {} {UNDATED}", number(lane.undated as f64)));
            }
            self.lane_row(ui, index, lane, &beside);
        }
        self.undated(ui);
        if !timeline.sources.is_empty() {
            section(ui, if timeline.sources.len() == 1 { "Source" } else { "Sources" });
            for source in &timeline.sources {
                source_lines(ui, source);
                ui.add_space(6.0);
            }
        }
        ui.add_space(8.0);
        ui.weak("Click an event for its record.");
    }

    /// The events without a date, which have no place in the chart. Only those rows are laid out that are in sight.
    fn undated(&mut self, ui: &mut Ui) {
        let timeline = self.timeline;
        let events = timeline.events.undated();
        if events.len() == 0 {
            return;
        }
        section(ui, "Undated");
        let height = ui.text_style_height(&TextStyle::Body);
        let step = height + ui.spacing().item_spacing.y;
        let above = (ui.clip_rect().top() - ui.cursor().top()) / step;
        let first = (above.max(0.0) as usize).min(events.len());
        let shown = ((ui.clip_rect().height() / step) as usize + 2).min(events.len() - first);
        let below = events.len() - first - shown;
        let skip = |ui: &mut Ui, rows: usize| {
            if rows > 0 {
                ui.allocate_space(vec2(0.0, rows as f32 * step - ui.spacing().item_spacing.y));
            }
        };
        skip(ui, first);
        for index in events.skip(first).take(shown) {
            let Some(event) = timeline.event(index) else { continue };
            let title = if event.title.trim().is_empty() { event.id } else { event.title };
            ui.scope(|ui| {
                ui.spacing_mut().interact_size.y = height;
                ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
                if ui.link(title).on_hover_text(title).clicked() {
                    self.commands.push(Command::Visit(Item::Event(index)));
                }
            });
        }
        skip(ui, below);
    }

    fn lane_line(&self, ui: &mut Ui, event: &Event<'_>, index: EventIndex) {
        let Some(lane) = self.timeline.lane_of(event) else { return };
        let [place, count] = [index.0 + 1, self.timeline.events.dated()].map(|n| number(n as f64));
        let beside = if event.date.is_some() { format!("{place} of {count}") } else { UNDATED.to_owned() };
        self.lane_row(ui, event.lane.0, lane, &beside);
    }

    /// A lane's sign and name, and what is counted of it at the right.
    fn lane_row(&self, ui: &mut Ui, index: usize, lane: &Lane, beside: &str) {
        let color = self.theme.lane(lane.color);
        let name = |ui: &mut Ui| {
            lane_marker(ui, index, color);
            ui.label(RichText::new(&lane.title).font(bold(13.0)).color(color));
        };
        row(ui, name, |ui| {
            ui.weak(beside);
        });
    }

    fn prose(&mut self, ui: &mut Ui, text: Option<&str>) {
        let Some(text) = text else { return };
        ui.add_space(8.0);
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 8.0;
            CommonMarkViewer::new().show(ui, &mut self.cache.0, text);
        });
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
                    ui.weak(format!("{}: no value for this date", series.title));
                }
                [Reading { figure, when: None }] => self.value_row(ui, &series.title, figure),
                _ => {
                    ui.weak(&series.title);
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
        let value = figure.value_words();
        let width =
            |words: &str, font| ui.painter().layout_no_wrap(words.to_owned(), font, Color32::PLACEHOLDER).size().x;
        let needed = width(name, TextStyle::Body.resolve(ui.style())) + width(&value, bold(13.5)) + BADGE_ROOM;
        let one_row = needed <= ui.available_width();
        let left = |ui: &mut Ui| {
            ui.weak(name);
            if one_row {
                ui.label(RichText::new(&value).font(bold(13.5)));
            }
        };
        row(ui, left, |ui| {
            if let Some(basis) = figure.basis() {
                badge(ui, basis, self.theme);
            }
        });
        if !one_row {
            ui.label(RichText::new(&value).font(bold(13.5)));
        }
        if let Some(ratio) = figure.ratio_words() {
            let left = |ui: &mut Ui| {
                ui.label(ratio);
            };
            row(ui, left, |ui| {
                if figure.ratio_is_derived() {
                    badge(ui, Basis::Derived, self.theme);
                }
            });
        }
        for note in figure.point.citations.iter().filter_map(|citation| citation.note.as_deref()) {
            quoted(ui, note, self.theme);
        }
    }

    /// Each work once, and under it every claim that it is cited for.
    fn sources<'c>(&self, ui: &mut Ui, citations: impl Iterator<Item = CitationView<'c>>) {
        let citations: Vec<CitationView<'_>> = citations.collect();
        let mut cited: Vec<_> = citations.iter().map(|citation| citation.source.0).collect();
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
                source_lines(ui, source);
            }
            for claim in claims {
                ui.add_space(2.0);
                let place = |ui: &mut Ui| {
                    ui.label(claim.locator.unwrap_or("The whole work"));
                };
                row(ui, place, |ui| badge(ui, claim.basis, self.theme));
                if let Some(note) = claim.note {
                    quoted(ui, note, self.theme);
                }
            }
            ui.add_space(6.0);
        }
    }

    fn related(&mut self, ui: &mut Ui, event: &Event<'_>) {
        if event.related.is_empty() {
            return;
        }
        section(ui, "Related");
        for &index in event.related {
            let Some(other) = self.timeline.event(index) else { continue };
            ui.horizontal_wrapped(|ui| {
                if ui.link(other.title).on_hover_text(other.date_words()).clicked() {
                    self.commands.push(Command::Visit(Item::Event(index)));
                }
                match (event.date, other.date) {
                    (Some(from), Some(to)) => {
                        ui.weak(distance_words(from, to)).on_hover_text(between(from, to).days_words());
                    }
                    (_, None) => drop(ui.weak(UNDATED)),
                    (None, Some(to)) => drop(ui.weak(to.words())),
                }
            });
        }
    }
}

/// How far another date is from one: "33 years later".
fn distance_words(from: &Date, to: &Date) -> String {
    if from.bounds() == to.bounds() {
        return match to {
            Date::Single(part) if part.precision == Precision::Year => "the same year".to_owned(),
            Date::Single(part) if part.precision == Precision::Month => "the same month".to_owned(),
            Date::Single(part) if part.precision == Precision::Day => "the same day".to_owned(),
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

fn bold(size: f32) -> egui::FontId {
    paint::bold(size)
}

fn title(ui: &mut Ui, words: &str) {
    ui.add(egui::Label::new(RichText::new(words).heading()).wrap());
}

fn date_line(ui: &mut Ui, date: &Date) {
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(date.words_dual()).font(bold(15.0)));
        ui.weak(format!("· {}", date.precision_words()));
    });
    if let Some(duration) = date.duration() {
        ui.weak(format!("lasting {} ({})", duration.words(), duration.days_words()));
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

fn section(ui: &mut Ui, words: &str) {
    ui.add_space(4.0);
    ui.separator();
    ui.label(RichText::new(words).font(bold(13.0)));
}

/// A row whose right end keeps its room: the words at the left wrap in what is left of it.
fn row(ui: &mut Ui, left: impl FnOnce(&mut Ui), right: impl FnOnce(&mut Ui)) {
    // As high as one line, so that the right end stands beside the first one; with the room around it of other rows.
    let line = ui.text_style_height(&TextStyle::Body);
    let around = (ui.spacing().interact_size.y - line).max(0.0) / 2.0;
    ui.add_space(around);
    Sides::new().height(line).shrink_left().wrap().show(ui, left, right);
    ui.add_space(around);
}

fn lane_marker(ui: &mut Ui, lane: usize, color: Color32) {
    let (rect, _) = ui.allocate_exact_size(vec2(14.0, 14.0), Sense::hover());
    ui.painter().add(paint::marker(lane, rect.center(), 5.5, color, Stroke::NONE));
}

/// The word that says how a claim follows from its source.
fn badge(ui: &mut Ui, basis: Basis, theme: &Theme) {
    let (word, meaning) = match basis {
        Basis::Stated => ("Stated", "The source says this."),
        Basis::Derived => ("Derived", "This follows from what the source says."),
        Basis::Background => ("Background", "Common knowledge; the source is where to read on."),
    };
    let (fill, ink) = theme.badge(basis);
    let words = ui.painter().layout_no_wrap(word.to_owned(), bold(11.5), ink);
    let (rect, response) = ui.allocate_exact_size(words.size() + vec2(16.0, 2.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, word));
    ui.painter().rect_filled(rect, rect.height() / 2.0, fill);
    ui.painter().galley(rect.center() - words.size() / 2.0, words, ink);
    response.on_hover_text(meaning);
}

fn source_lines(ui: &mut Ui, source: &Source) {
    match &source.url {
        Some(url) => {
            ui.hyperlink_to(RichText::new(&source.title).font(bold(13.5)), url);
        }
        None => {
            ui.add(egui::Label::new(RichText::new(&source.title).font(bold(13.5))).wrap());
        }
    }
    let parts = [source.author.clone(), source.publisher.clone(), source.date_words()];
    let line: Vec<String> = parts.into_iter().flatten().collect();
    if !line.is_empty() {
        ui.weak(line.join(", "));
    }
}

/// A remark, set apart by a line at its left.
fn quoted(ui: &mut Ui, words: &str, theme: &Theme) {
    let response = egui::Frame::new()
        .inner_margin(egui::Margin { left: 12, right: 0, top: 1, bottom: 1 })
        .show(ui, |ui| ui.add(egui::Label::new(RichText::new(words).size(13.0)).wrap()))
        .response;
    let edge = response.rect;
    ui.painter().vline(edge.left() + 3.0, edge.y_range(), Stroke::new(2.0, theme.line));
}

fn tags(ui: &mut Ui, tags: Tags<'_>) {
    if tags.is_empty() {
        return;
    }
    section(ui, "Tags");
    ui.horizontal_wrapped(|ui| {
        ui.weak(tags.iter().collect::<Vec<_>>().join(" · "));
    });
}
