//! The conditions of the filter above the chart, each with what takes it out, and the form in which they are chosen.

use egui::{Button, Context, FontId, Frame, Key, Margin, Panel, RichText, TextEdit, Ui};

use crate::layout::one_line;
use crate::paint::Theme;
use crate::query::{Facets, Search, term_of};
use crate::timeline::number;

use super::dialog::{Dialog, focus_once, scrolling};
use super::filter_state::FilterMessage;
use super::fonts::bold;
use super::hint::with_hint;
use super::message::Message;
use super::rows::section;
use super::state::State;
use super::ui_command::UiCommand;

/// So many tags, sources or precisions are offered; others are typed.
const MOST: usize = 100;

fn filter(message: FilterMessage) -> Message {
    UiCommand::Filter(message).into()
}

/// Shows the conditions under the menus, where there are any.
pub(super) fn chips(ui: &mut Ui, state: &State, messages: &mut Vec<Message>) {
    if !state.filter.is_active() {
        return;
    }
    let frame = Frame::new().inner_margin(Margin::symmetric(16, 5));
    Panel::top("filter").frame(frame).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            let words = if state.jobs.filters() { "Filtering…".to_owned() } else { state.filter_count_words() };
            ui.label(RichText::new(words).font(bold(13.0)));
            for (position, (_, words)) in state.filter.chips().enumerate() {
                let words = one_line(words);
                let shown = RichText::new(format!("{words}  ×")).font(FontId::proportional(13.0));
                let chip = ui.add(Button::new(shown).corner_radius(13).truncate());
                let chip = chip.on_hover_text("Take this condition out of the filter");
                if chip.accessible_name(format!("Remove filter: {words}")).clicked() {
                    messages.push(filter(FilterMessage::Remove(position)));
                }
            }
            let add = ui.button("Add…").on_hover_text("Choose what is shown (Ctrl+Shift+F)");
            if add.accessible_name("Add to the filter").clicked() {
                messages.push(filter(FilterMessage::Show(true)));
            }
            let clear = ui.button("Clear").on_hover_text("Show all events again");
            if clear.accessible_name("Clear the filter").clicked() {
                messages.push(UiCommand::ClearFilter.into());
            }
        });
    });
}

/// Shows the form, while it is open.
pub(super) fn show(ctx: &Context, state: &State, theme: &Theme, messages: &mut Vec<Message>) {
    if !state.filter.is_open {
        return;
    }
    let dialog =
        Dialog { name: "Filter Events", width: 440.0, close: filter(FilterMessage::Show(false)), at_foot: false };
    let body = |ui: &mut Ui, room: f32, messages: &mut Vec<Message>| {
        ui.label(RichText::new(state.filter_count_words()).font(bold(13.0)));
        typed(ui, state, theme, messages);
        scrolling(ui, room - 90.0, |ui| choices(ui, state, messages));
    };
    dialog.show(ctx, messages, body, |ui, messages| {
        if ui.button("Close").on_hover_text("Close (Esc)").clicked() {
            messages.push(filter(FilterMessage::Show(false)));
        }
        let all = ui.add_enabled(state.filter.is_active(), Button::new("Show All Events"));
        if with_hint(ui.ctx(), all, &UiCommand::ClearFilter).clicked() {
            messages.push(UiCommand::ClearFilter.into());
        }
    });
}

/// The field for conditions, and what cannot be understood of them.
fn typed(ui: &mut Ui, state: &State, theme: &Theme, messages: &mut Vec<Message>) {
    let mut typed = state.filter.typed.clone();
    let problems = Search::new(&typed);
    ui.horizontal(|ui| {
        let field = TextEdit::singleline(&mut typed).hint_text("#tag @lane -@lane before:1965 after:1950 words");
        let response =
            ui.add(field.desired_width((ui.available_width() - 70.0).max(60.0))).accessible_name("Condition");
        focus_once(ui, &response, true);
        if response.changed() {
            messages.push(filter(FilterMessage::Type(typed.clone())));
        }
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let is_read = !problems.is_empty() && problems.problems().is_empty();
        let add = ui.add_enabled(is_read, Button::new("Add")).on_hover_text("Add the condition (Enter)");
        let add = add.accessible_name("Add the condition");
        if (add.clicked() || entered) && is_read {
            messages.push(filter(FilterMessage::Add(typed.clone())));
        }
    });
    for problem in problems.problems() {
        ui.colored_label(theme.error, &problem.message);
    }
}

/// A condition that can be chosen, with the number of events that meet it.
fn choice(ui: &mut Ui, state: &State, words: &str, count: usize, term: String, messages: &mut Vec<Message>) {
    let mut is_chosen = state.filter.has(&term);
    let choice = ui.checkbox(&mut is_chosen, format!("{} ({})", one_line(words), number(count as f64)));
    if choice.on_hover_text("Show only events that have it").changed() {
        messages.push(filter(FilterMessage::Toggle(term)));
    }
}

fn choices(ui: &mut Ui, state: &State, messages: &mut Vec<Message>) {
    named(ui, state, messages);
    section(ui, "Lanes");
    let timeline = state.timeline();
    for (index, lane) in timeline.iter_lanes() {
        let inside = timeline.lanes_in(index).filter_map(|lane| timeline.lane(lane)).chain([lane]);
        let count = inside.map(|lane| lane.index().len() + lane.undated().len()).sum();
        choice(ui, state, &timeline.path_of(index), count, state.term_of_lane("@", index), messages);
    }
    section(ui, "Time");
    let in_view = ui.button("Only what is in view").on_hover_text("Show only events in the time that is in view");
    if in_view.clicked() {
        messages.push(filter(FilterMessage::TimeInView));
    }
    let Some((_, facets)) = &state.filter.facets else {
        ui.weak("Counting…");
        return;
    };
    if facets.undated > 0 {
        choice(ui, state, "Undated", facets.undated, "undated".to_owned(), messages);
    }
    counted(ui, state, "Tags", "#", &facets.tags, messages);
    let sources = timeline.sources.iter().zip(&facets.sources).filter(|(_, count)| **count > 0);
    let sources: Vec<_> = sources.map(|(source, count)| (source.title.clone(), *count)).collect();
    counted(ui, state, "Sources", "source:", &sources, messages);
    if facets.bases.iter().any(|count| *count > 0) {
        section(ui, "Basis");
        for (basis, count) in Facets::BASES.iter().zip(facets.bases).filter(|(_, count)| *count > 0) {
            choice(ui, state, basis.name(), count, format!("basis:{}", basis.name().to_lowercase()), messages);
        }
    }
    counted(ui, state, "Precision", "precision:", &facets.precisions, messages);
}

/// What events have of one kind, with how many have it.
fn counted(ui: &mut Ui, state: &State, name: &str, prefix: &str, all: &[(String, usize)], messages: &mut Vec<Message>) {
    if all.is_empty() {
        return;
    }
    section(ui, name);
    for (words, count) in all.iter().take(MOST) {
        choice(ui, state, words, *count, term_of(prefix, words), messages);
    }
    if all.len() > MOST {
        ui.weak(format!("and {} more: type them above", all.len() - MOST));
    }
}

/// The filters that are kept in the settings, and a field for the name of this one.
fn named(ui: &mut Ui, state: &State, messages: &mut Vec<Message>) {
    let kept = &state.preferences.filters;
    if !kept.is_empty() {
        section(ui, "Kept filters");
    }
    for one in kept {
        ui.horizontal(|ui| {
            let is_shown = state.filter.terms == one.terms;
            if ui.selectable_label(is_shown, &one.name).on_hover_text(&one.terms).clicked() {
                messages.push(filter(FilterMessage::Set(one.terms.clone())));
            }
            let forget = ui.small_button("×").on_hover_text("Forget this filter");
            if forget.accessible_name(format!("Forget the filter {}", one.name)).clicked() {
                messages.push(filter(FilterMessage::Forget(one.name.clone())));
            }
        });
    }
    if !state.filter.is_active() {
        return;
    }
    let mut name = state.filter.name.clone();
    ui.horizontal(|ui| {
        let field = TextEdit::singleline(&mut name).hint_text("Keep this filter as…").desired_width(200.0);
        if ui.add(field).accessible_name("Name of the filter").changed() {
            messages.push(filter(FilterMessage::Name(name.clone())));
        }
        let keep = ui.add_enabled(!name.trim().is_empty(), Button::new("Keep"));
        if keep.on_hover_text("Keep the filter in the settings, under this name").clicked() {
            messages.push(filter(FilterMessage::Keep));
        }
    });
}
