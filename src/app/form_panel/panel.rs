//! The form in the place of the record.

use egui::{Align, Button, Key, Layout, Modifiers, RichText, ScrollArea, Ui, UiBuilder};

use crate::document::{DocPath, MAX_LANE_DEPTH};
use crate::layout::one_line;
use crate::paint::Theme;
use crate::timeline::{self, Era, Hue, Item, LaneIndex, Series, Timeline};

use super::super::dialog::follow_focus;
use super::super::fonts::bold;
use super::super::form::{AXES, CALENDARS, SCALES};
use super::super::form::{FormMessage, RecordForm};
use super::super::form::{FormTarget, new_lane, new_picture};
use super::super::hint::with_hint;
use super::super::message::Message;
use super::super::prose;
use super::super::rows::section;
use super::super::state::State;
use super::super::ui_command::UiCommand;
use super::super::words::count_words;
use super::fields::{Fields, remark};
use super::lists::words;

/// Height of the foot of the panel, in points.
const FOOT: f32 = 44.0;
/// Room for the scroll bar, in points: beside what scrolls, in the margin of the panel.
const SCROLL_BAR: f32 = 14.0;

fn own(name: &'static str) -> DocPath {
    DocPath::root().field(name)
}

/// Shows the form.
pub fn show(ui: &mut Ui, state: &State, theme: &Theme, cache: &mut prose::Cache, messages: &mut Vec<Message>) {
    let Some(form) = &state.forms.open else { return };
    let mut changes = Vec::new();
    // In a text of several lines, Enter begins another one, and in a list it opens that.
    let is_new = *form.target() == FormTarget::NewEvent && !state.has_overlay();
    let creates = is_new && ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
    let mut room = ui.available_rect_before_wrap();
    room.max.y -= FOOT;
    let mut inside = ui.new_child(UiBuilder::new().max_rect(room.with_max_x(room.right() + SCROLL_BAR)));
    let area = ScrollArea::vertical().id_salt(format!("{:?}", form.target())).auto_shrink([false, false]);
    area.show(&mut inside, |ui| {
        ui.set_max_width(room.width());
        ui.spacing_mut().item_spacing.y = 4.0;
        ui.add_space(12.0);
        let mut fields = Fields { form, state, theme, prose: cache, messages: &mut changes };
        fields.head(ui);
        match form.target() {
            FormTarget::NewEvent => fields.new_event(ui),
            FormTarget::Event(_) => fields.event(ui),
            FormTarget::Era(_) => fields.era(ui),
            FormTarget::Series(_) => fields.series(ui),
            FormTarget::Lane(_) => fields.lane(ui),
            FormTarget::Source(_) => fields.source(ui),
            FormTarget::Document => fields.document(ui),
        }
        ui.add_space(12.0);
        follow_focus(ui);
    });
    cache.retain_used();
    ui.advance_cursor_after_rect(room);
    ui.separator();
    foot(ui, form, theme, &mut changes, messages);
    changes.extend(creates.then_some(FormMessage::Create));
    messages.extend(changes.into_iter().map(|change| Message::Ui(UiCommand::Form(change))));
}

/// The buttons below the form.
fn foot(ui: &mut Ui, form: &RecordForm, theme: &Theme, changes: &mut Vec<FormMessage>, messages: &mut Vec<Message>) {
    let main =
        |words: &str| Button::new(RichText::new(words).font(bold(13.5)).color(theme.on_accent)).fill(theme.accent);
    ui.horizontal(|ui| {
        let is_new = *form.target() == FormTarget::NewEvent;
        if is_new {
            let hint = "Put it into the timeline (Enter, in a text or a list Ctrl+Enter)";
            if ui.add(main("Add Event")).on_hover_text(hint).clicked() {
                changes.push(FormMessage::Create);
            }
            if ui.button("Cancel").on_hover_text("Change nothing, and close (Esc)").clicked() {
                changes.extend([FormMessage::Discard, FormMessage::Close]);
            }
        } else if ui.add(main("Done")).on_hover_text("Show the record again (E)").clicked() {
            changes.push(FormMessage::Close);
        }
        if form.has_drafts()
            && !is_new
            && ui.button("Discard").on_hover_text("Give up what is not in the document").clicked()
        {
            changes.push(FormMessage::Discard);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| match form.target() {
            FormTarget::Event(_) => {
                for (words, command) in [("Delete", UiCommand::Delete), ("Duplicate", UiCommand::Duplicate)] {
                    let button = ui.button(words);
                    if with_hint(ui.ctx(), button, &command).clicked() {
                        messages.push(command.into());
                    }
                }
            }
            FormTarget::Document | FormTarget::NewEvent => {}
            _ => {
                if ui.button("Delete").on_hover_text("Take it out of the document").clicked() {
                    changes.push(FormMessage::RemovePart);
                }
            }
        });
    });
}

impl Fields<'_> {
    /// What the form is about, and what is not in the document yet.
    fn head(&self, ui: &mut Ui) {
        let words = match self.form.target() {
            FormTarget::NewEvent => "New event".to_owned(),
            target => format!("Edit {}", target.noun()),
        };
        ui.label(RichText::new(words).font(bold(13.0)).weak());
    }

    fn title(&mut self, ui: &mut Ui, hint: &str) {
        let font = egui::TextStyle::Heading.resolve(ui.style());
        self.sized_line(ui, &own("title"), "Title", hint, Some(font));
    }

    fn lane_choice(&mut self, ui: &mut Ui) {
        let mut lanes = self.lanes();
        let is_new = *self.form.target() == FormTarget::NewEvent;
        if !lanes.is_empty() {
            lanes.extend(is_new.then(|| (String::new(), "New lane…".to_owned())));
            let chosen = self.choice(ui, &own("lane"), "Lane", &lanes);
            if is_new && chosen.is_some_and(|lane| lane.is_empty()) {
                self.push(FormMessage::Focus(new_lane()));
            }
        }
        let has_none = !lanes.is_empty() && self.form.text(&own("lane")).is_empty();
        if is_new && (has_none || !self.form.text(&new_lane()).is_empty()) {
            let label = if has_none { "Name of the new lane" } else { "Name of a further lane, which is new" };
            self.line(ui, &new_lane(), label, "Diplomacy");
        }
    }

    fn new_event(&mut self, ui: &mut Ui) {
        self.title(ui, "What happened");
        self.line(ui, &own("date"), "Date", "1965, 22 June 1965, c. 1850, 1998/..");
        self.lane_choice(ui);
        self.prose(ui, &own("description"), "Description", "In a sentence or two");
        self.tags(ui);
        if !self.form.text(&new_picture("file")).is_empty() {
            section(ui, "Picture");
            self.line(ui, &new_picture("file"), "File of the picture", "Empty for none");
            self.line(ui, &new_picture("alt"), "What there is to see in the picture", "For who cannot see it");
        }
        ui.add_space(8.0);
        ui.weak("Sources, links, pictures and the rest can be given once it is added.");
    }

    fn event(&mut self, ui: &mut Ui) {
        self.title(ui, "What happened");
        self.line(ui, &own("date"), "Date", "1965, 22 June 1965, c. 1850, 1998/..");
        self.lane_choice(ui);
        self.prose(ui, &own("description"), "Description", "In a sentence or two");
        self.tags(ui);
        let place = |name: &'static str| own("place").field(name);
        self.line(ui, &place("name"), "Place", "Seoul");
        ui.columns(2, |columns| {
            let [left, right] = columns else { return };
            self.line(left, &place("latitude"), "Latitude", "37.57");
            self.line(right, &place("longitude"), "Longitude", "126.98");
        });
        section(ui, "Citations");
        self.citations(ui, &own("citations"), "");
        self.links(ui);
        self.media(ui);
        self.related(ui);
        section(ui, "More");
        self.line(ui, &own("written"), "Date as the author writes it", "If it is in other words");
        let calendars = words("Gregorian", CALENDARS);
        self.choice(ui, &own("calendar"), "Calendar of the date", &calendars);
        self.line(ui, &own("importance"), "Importance", "0; the larger, the sooner it has a title");
        self.color(ui, "As its lane");
        self.also(ui);
        self.figures(ui);
    }

    fn color(&mut self, ui: &mut Ui, absent: &str) {
        let names = Hue::ALL.map(Hue::name);
        let now = self.form.text(&own("color"));
        let mut choices = vec![(String::new(), absent.to_owned())];
        choices.extend(names.iter().map(|name| ((*name).to_owned(), (*name).to_owned())));
        if !now.is_empty() && !names.contains(&now) {
            choices.push((now.to_owned(), now.to_owned()));
        }
        self.choice(ui, &own("color"), "Colour", &choices);
    }

    fn era(&mut self, ui: &mut Ui) {
        self.title(ui, "What it is called");
        self.line(ui, &own("date"), "Date", "1965/2015");
        self.prose(ui, &own("description"), "Description", "");
        self.color(ui, "From the theme");
        section(ui, "Citations");
        self.citations(ui, &own("citations"), "");
    }

    fn series(&mut self, ui: &mut Ui) {
        self.title(ui, "What is measured");
        self.line(ui, &own("unit"), "Unit", "US$ billion");
        let scales = words("Linear", SCALES);
        self.choice(ui, &own("scale"), "Scale", &scales);
        self.points(ui);
        section(ui, "Citations");
        self.citations(ui, &own("citations"), "");
    }

    fn lane(&mut self, ui: &mut Ui) {
        self.title(ui, "What it is called");
        self.color(ui, "From the theme");
        self.parent(ui);
        ui.add_space(8.0);
        self.buttons(
            ui,
            &[
                ("Move Up", "Before the lane that is before it in the document", FormMessage::MovePart(-1)),
                ("Move Down", "After the lane that is after it in the document", FormMessage::MovePart(1)),
            ],
        );
    }

    /// The lane around a lane: none that is in it, and none in which it would be nested too deep.
    fn parent(&mut self, ui: &mut Ui) {
        let id = self.form.tree.text(&own("id"));
        let timeline = self.state.timeline();
        let depth = |lane: LaneIndex| timeline.around(lane).count();
        let own_lane = timeline.iter_lanes().find(|(_, lane)| lane.id == id).map(|(index, _)| index);
        let is_within = |lane: LaneIndex| own_lane.is_some_and(|own| timeline.around(lane).any(|around| around == own));
        let (within, others): (Vec<LaneIndex>, Vec<LaneIndex>) =
            timeline.iter_lanes().map(|(index, _)| index).partition(|lane| is_within(*lane));
        // How many levels it has with what is in it.
        let deepest = within.iter().map(|lane| depth(*lane)).max().unwrap_or(1);
        let levels = deepest + 1 - own_lane.map_or(1, depth);
        let (near, deep): (Vec<LaneIndex>, Vec<LaneIndex>) =
            others.into_iter().partition(|lane| depth(*lane) + levels <= MAX_LANE_DEPTH);
        let choice = |lane: LaneIndex| Some((timeline.lane(lane)?.id.clone(), timeline.path_of(lane)));
        let none = std::iter::once((String::new(), "None".to_owned()));
        let parents: Vec<(String, String)> = none.chain(near.into_iter().filter_map(choice)).collect();
        self.choice(ui, &own("parent"), "Within the lane", &parents);
        if within.len() > 1 {
            remark(ui, "It cannot be within a lane that is in it.", self.theme.muted);
        }
        if !deep.is_empty() {
            let words = format!(
                "Lanes are nested at most {MAX_LANE_DEPTH} deep, so it cannot be within {}.",
                count_words(deep.len(), "other lane")
            );
            remark(ui, &words, self.theme.muted);
        }
    }

    fn source(&mut self, ui: &mut Ui) {
        self.title(ui, "The title of the work");
        for (name, label, hint) in [
            ("author", "Author", "A. Writer"),
            ("publisher", "Publisher", ""),
            ("date", "Date", "2015-12-10"),
            ("url", "Address", "https://"),
            ("kind", "Kind", "book, article, report, web page"),
            ("container", "Published in", "A journal, a collection, a site"),
            ("editors", "Editors", ""),
            ("volume", "Volume", ""),
            ("issue", "Issue", ""),
            ("pages", "Pages", "12–30"),
            ("edition", "Edition", "2nd"),
            ("place", "Place of publication", ""),
            ("doi", "DOI", "10.1000/182"),
            ("isbn", "ISBN", ""),
            ("accessed", "Looked up on", "2026-11-24"),
            ("original_date", "First published", "1890"),
        ] {
            self.line(ui, &own(name), label, hint);
        }
    }

    fn document(&mut self, ui: &mut Ui) {
        self.title(ui, "What the timeline is called");
        self.line(ui, &own("subtitle"), "Subtitle", "A line under the title");
        self.prose(ui, &own("description"), "Description", "What it is about");
        self.line(ui, &own("author"), "Author", "Who made the timeline");
        self.line(ui, &own("date"), "Date", "When it was made");
        self.line(ui, &own("language"), "Language", "en");
        self.line(ui, &own("zone"), "Time zone", "Asia/Seoul");
        let axes = words("Linear", AXES);
        self.choice(ui, &own("axis"), "Axis", &axes);
        self.line(ui, &own("view").field("from"), "Opens at", "The first date in view");
        self.line(ui, &own("view").field("to"), "Opens up to", "The last date in view");
        let timeline = self.state.timeline();
        let lanes =
            timeline.lanes.iter().map(|lane| (FormTarget::Lane(timeline::Key::of_id(&lane.id)), lane.title.clone()));
        self.parts(ui, "Lanes", "New Lane", "lanes", &lanes.collect::<Vec<_>>());
        let sources = timeline.sources.iter();
        let sources =
            sources.map(|source| (FormTarget::Source(timeline::Key::of_id(&source.id)), source.title.clone()));
        self.parts(ui, "Sources", "New Source", "sources", &sources.collect::<Vec<_>>());
        let of_era = |(index, era): (_, &'_ Era)| Some((target(timeline, Item::Era(index))?, era.title.clone()));
        let eras: Vec<(FormTarget, String)> = timeline.iter_eras().filter_map(of_era).collect();
        self.parts(ui, "Eras", "New Era", "eras", &eras);
        let of_series =
            |(index, series): (_, &'_ Series)| Some((target(timeline, Item::Series(index))?, series.title.clone()));
        let series: Vec<(FormTarget, String)> = timeline.iter_series().filter_map(of_series).collect();
        self.parts(ui, "Series", "New Series", "series", &series);
    }

    /// The parts of a document, each of which leads to its form.
    fn parts(&mut self, ui: &mut Ui, label: &str, new: &str, list: &'static str, all: &[(FormTarget, String)]) {
        section(ui, label);
        for (target, title) in all {
            let title = one_line(title);
            if ui.link(title.as_ref()).on_hover_text("Edit it").clicked() {
                self.push(FormMessage::Open(target.clone()));
            }
        }
        self.buttons(ui, &[(new, "Add one to the timeline", FormMessage::AddPart(list))]);
    }
}

fn target(timeline: &Timeline, item: Item) -> Option<FormTarget> {
    timeline.id(item).as_ref().map(FormTarget::from)
}
