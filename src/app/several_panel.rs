//! The panel at the right while several events are selected: what they are, and what is done with all of them.

use std::collections::BTreeSet;

use egui::{Button, FontId, Key, RichText, ScrollArea, TextEdit, Ui};

use crate::layout::one_line;
use crate::timeline::{EventIndex, Item};

use super::form_panel::{choice_list, field_name};
use super::message::Message;
use super::rows::section;
use super::several::SeveralMessage;
use super::state::State;
use super::ui_command::UiCommand;
use super::words::count_words;

/// The greatest number of events that are listed.
const MOST: usize = 100;

/// Shows the panel.
pub fn show(ui: &mut Ui, state: &State, messages: &mut Vec<Message>) {
    let all = state.selected_events();
    let several = |message: SeveralMessage| Message::Ui(UiCommand::Several(message));
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        ui.add_space(12.0);
        ui.label(RichText::new(format!("{} selected", count_words(all.len(), "event"))).heading());
        ui.add_space(4.0);
        let timeline = state.timeline();
        let lanes: Vec<(String, String)> =
            timeline.iter_lanes().map(|(index, lane)| (lane.id.clone(), timeline.path_of(index))).collect();
        field_name(ui, "Move all to a lane");
        if let (_, Some(lane)) = choice_list(ui, "Move all to", "Choose…", &lanes, None) {
            messages.push(several(SeveralMessage::MoveToLane(lane)));
        }
        tags(ui, state, &all, messages);
        ui.add_space(8.0);
        ui.horizontal_wrapped(|ui| {
            let hint = "Add a copy of each, and select the copies";
            if ui.button("Duplicate All").on_hover_text(hint).clicked() {
                messages.push(UiCommand::Duplicate.into());
            }
            if ui.button("Delete All").on_hover_text("Delete the selected events from the document").clicked() {
                messages.push(UiCommand::Delete.into());
            }
        });
        section(ui, "Selected");
        for event in all.iter().take(MOST) {
            let Some(shown) = timeline.event(*event) else { continue };
            let words = format!("{}, {}", one_line(shown.title), shown.date_words());
            let id = timeline.id(Item::Event(*event));
            let button = ui.add(Button::new(&words).truncate().frame_when_inactive(false));
            if button.on_hover_text("Take it out of the selection").clicked() {
                messages.extend(id.map(|id| several(SeveralMessage::Toggle(id))));
            }
        }
        if all.len() > MOST {
            ui.weak(format!("and {}", count_words(all.len() - MOST, "more event")));
        }
    });
}

/// The tags that some of them have, and a field for one that all get.
fn tags(ui: &mut Ui, state: &State, all: &[EventIndex], messages: &mut Vec<Message>) {
    let several = |message: SeveralMessage| Message::Ui(UiCommand::Several(message));
    field_name(ui, "Tag all");
    let mut typed = state.typed_tag.clone();
    ui.horizontal(|ui| {
        let width = (ui.available_width() - 62.0).max(60.0);
        let field = TextEdit::singleline(&mut typed).hint_text("treaty").desired_width(width);
        let response = ui.add(field).accessible_name("Tag all");
        if response.changed() {
            messages.push(several(SeveralMessage::TypeTag(typed.clone())));
        }
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let add = ui.add_enabled(!typed.trim().is_empty(), Button::new("Add")).on_hover_text("Add the tag (Enter)");
        let add = add.accessible_name("Add the tag to all");
        if add.clicked() || entered {
            messages.push(several(SeveralMessage::AddTag(typed.clone())));
        }
    });
    let events = all.iter().take(MOST).filter_map(|event| state.timeline().event(*event));
    let tags: BTreeSet<&str> = events.flat_map(|event| event.tags.iter()).collect();
    ui.horizontal_wrapped(|ui| {
        for tag in tags {
            let shown = RichText::new(format!("#{tag}  ×")).font(FontId::proportional(13.0));
            let button = ui.add(Button::new(shown).corner_radius(12)).on_hover_text("Take it from all");
            let button = button.accessible_name(format!("Take #{tag} from all"));
            if button.clicked() {
                messages.push(several(SeveralMessage::RemoveTag(tag.to_owned())));
            }
        }
    });
    ui.weak("Ctrl+click adds one, Shift+click all up to it.");
}
