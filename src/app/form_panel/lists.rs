//! Lists in a form: citations, links, pictures, values of a series, related events, lanes.

use egui::{Button, FontId, Key, RichText, TextEdit, Ui};

use crate::compose::points;
use crate::document::DocPath;
use crate::layout::one_line;
use crate::timeline::{self, Item, ItemId};

use super::super::form::FormMessage;
use super::super::form::{BASES, NEW, QUALIFIERS};
use super::super::rows::section;
use super::super::words::count_words;
use super::fields::{Fields, heading, id, list, name, remark, select};

/// How many values of a series are shown as fields at a time.
const POINTS: usize = 50;
/// The greatest number of pasted lines whose mistakes are said.
const MOST_BAD: usize = 12;

/// Width of a button that adds what is typed, with the space before it, in points.
const ADD: f32 = 54.0;

fn own(name: &'static str) -> DocPath {
    DocPath::root().field(name)
}

/// The choices of a field that may be absent.
pub(super) fn words(absent: &str, all: &[&str]) -> Vec<(String, String)> {
    let spaced = |word: &str| {
        let mut spaced = String::new();
        for c in word.chars() {
            if c.is_uppercase() && !spaced.is_empty() {
                spaced.push(' ');
                spaced.extend(c.to_lowercase());
            } else {
                spaced.push(c);
            }
        }
        spaced
    };
    let all = all.iter().map(|word| ((*word).to_owned(), spaced(word)));
    std::iter::once((String::new(), absent.to_owned())).chain(all).collect()
}

impl Fields<'_> {
    fn sources(&self) -> Vec<(String, String)> {
        let sources = self.state.timeline().sources.iter();
        sources.map(|source| (source.id.clone(), one_line(&source.title).into_owned())).collect()
    }

    /// The heading of an item of a list, with a button that removes it.
    fn item(&mut self, ui: &mut Ui, path: &DocPath, index: usize, words: &str) {
        ui.add_space(4.0);
        let mut removes = false;
        heading(ui, words, |ui| {
            let remove = ui.add(Button::new("Remove").frame_when_inactive(false));
            let remove = remove.on_hover_text("Take it out of the document");
            removes = remove.accessible_name(format!("Remove {}", words.to_lowercase())).clicked();
        });
        if removes {
            self.push(FormMessage::Remove(path.clone(), index));
            let next = path.clone().index(index).field("date");
            let is_point = *path == own("points") && index + 1 < self.form.tree.items(path).len();
            self.go_on(ui, Some(if is_point { next } else { path.clone().index(NEW) }));
        }
    }

    /// The citations in a list; `of` follows their names: " of point 3".
    pub fn citations(&mut self, ui: &mut Ui, path: &DocPath, of: &str) {
        let sources = self.sources();
        for index in 0..self.form.tree.items(path).len() {
            let at = |name: &'static str| path.clone().index(index).field(name);
            let number = format!("{}{of}", index + 1);
            self.item(ui, path, index, &format!("Citation {number}"));
            self.choice(ui, &at("source"), &format!("Source of citation {number}"), &sources);
            self.line(ui, &at("locator"), &format!("Place in the source of citation {number}"), "p. 7, ¶2");
            let bases = words("Nothing is claimed", BASES);
            self.choice(ui, &at("basis"), &format!("Basis of citation {number}"), &bases);
            self.prose(ui, &at("note"), &format!("Note of citation {number}"), "What a reader should know");
        }
        ui.add_space(4.0);
        if sources.is_empty() {
            ui.weak("No source is in this timeline yet.");
        } else {
            let label = if of.is_empty() { "Add a citation of".to_owned() } else { format!("Add to those{of}") };
            let (response, source) = list(ui, &label, "Add a citation of…", &sources, None);
            self.takes_focus(ui, &path.clone().index(NEW), &response);
            if let Some(source) = source {
                self.push(FormMessage::Add(path.clone(), vec![("source", source)]));
            }
        }
        let hint = "Add a source to the timeline and cite it; its form is shown until it is done";
        let cite = ui.button("Cite New Source…").on_hover_text(hint);
        if cite.accessible_name(format!("Cite New Source…{of}")).clicked() {
            self.push(FormMessage::CiteNew(path.clone()));
        }
    }

    /// The links of an event.
    pub fn links(&mut self, ui: &mut Ui) {
        let path = own("links");
        section(ui, "Links");
        for index in 0..self.form.tree.items(&path).len() {
            let at = |name: &'static str| path.clone().index(index).field(name);
            let number = index + 1;
            self.item(ui, &path, index, &format!("Link {number}"));
            self.line(ui, &at("url"), &format!("Address of link {number}"), "https://");
            self.line(ui, &at("title"), &format!("Words of link {number}"), "The address");
        }
        self.adder(ui, &path, "New link", "https://…");
    }

    /// The pictures of an event.
    pub fn media(&mut self, ui: &mut Ui) {
        let path = own("media");
        section(ui, "Pictures");
        for index in 0..self.form.tree.items(&path).len() {
            let at = |name: &'static str| path.clone().index(index).field(name);
            let number = index + 1;
            self.item(ui, &path, index, &format!("Picture {number}"));
            self.line(ui, &at("file"), &format!("File of picture {number}"), "pictures/one.png");
            self.line(ui, &at("url"), &format!("Address of picture {number}"), "https://");
            self.line(ui, &at("alt"), &format!("What there is to see in picture {number}"), "For who cannot see it");
            self.line(ui, &at("caption"), &format!("Words under picture {number}"), "");
            self.line(ui, &at("credit"), &format!("Who made picture {number}"), "");
            self.line(ui, &at("license"), &format!("Licence of picture {number}"), "CC BY 4.0");
        }
        let hint = "Choose a picture, or drop it on the window; one of another folder is copied beside the document";
        self.buttons(ui, &[("Choose Picture…", hint, FormMessage::PickMedia)]);
        self.adder(ui, &path, "File of a new picture", "pictures/one.png");
    }

    /// A field whose text is added to a list when the field is left.
    fn adder(&mut self, ui: &mut Ui, list: &DocPath, label: &str, hint: &str) {
        name(ui, label);
        let path = list.clone().index(NEW);
        let mut typed = self.form.text(&path).to_owned();
        ui.horizontal(|ui| {
            let width = (ui.available_width() - ADD).max(60.0);
            let field = TextEdit::singleline(&mut typed).hint_text(hint).desired_width(width);
            let response = ui.add(field.id(id(self.form, &path))).accessible_name(label);
            let is_empty = typed.trim().is_empty();
            self.react(ui, &path, &response, typed);
            let add = ui.add_enabled(!is_empty, Button::new("Add"));
            if add.accessible_name(format!("Add {}", label.to_lowercase())).clicked() {
                self.push(FormMessage::AddTyped(list.clone()));
            }
        });
        self.verdict(ui, &path);
    }

    /// The tags: each with a button that removes it, and a field for more.
    pub fn tags(&mut self, ui: &mut Ui) {
        let path = own("tags");
        let tags: Vec<String> = self.form.tree.texts(&path).into_iter().map(str::to_owned).collect();
        let words = |tag: &String| (tag.clone(), format!("#{tag}"));
        self.removable(ui, "Tags", &path, &tags.iter().map(words).collect::<Vec<_>>());
        self.adder(ui, &path, "New tag", "treaty, trade");
    }

    /// Texts of a list as buttons, each of which takes itself out.
    fn removable(&mut self, ui: &mut Ui, label: &str, path: &DocPath, all: &[(String, String)]) {
        if all.is_empty() {
            return;
        }
        name(ui, label);
        ui.horizontal_wrapped(|ui| {
            for (text, words) in all {
                let shown = RichText::new(format!("{words}  ×")).font(FontId::proportional(13.0));
                let button = ui.add(Button::new(shown).corner_radius(12));
                let button = button.on_hover_text("Take it out").accessible_name(format!("Take out {words}"));
                if button.clicked() {
                    self.go_on(ui, Some(path.clone().index(NEW)));
                    let rest = all.iter().map(|(text, _)| text).filter(|other| *other != text).cloned().collect();
                    self.push(FormMessage::SetList(path.clone(), rest));
                }
            }
        });
    }

    /// Ids of a list that are chosen from some.
    fn chosen(&mut self, ui: &mut Ui, path: &DocPath, label: &str, add: &str, choices: &[(String, String)]) {
        let ids: Vec<String> = self.form.tree.texts(path).into_iter().map(str::to_owned).collect();
        let words = |id: &String| {
            let title = choices.iter().find(|(choice, _)| choice == id).map_or(id, |(_, title)| title);
            (id.clone(), title.clone())
        };
        self.removable(ui, label, path, &ids.iter().map(words).collect::<Vec<_>>());
        let rest: Vec<(String, String)> = choices.iter().filter(|(id, _)| !ids.contains(id)).cloned().collect();
        if rest.is_empty() {
            return;
        }
        name(ui, add);
        let (response, chosen) = list(ui, add, "Choose…", &rest, None);
        self.takes_focus(ui, &path.clone().index(NEW), &response);
        if let Some(id) = chosen {
            self.push(FormMessage::SetList(path.clone(), ids.into_iter().chain(std::iter::once(id)).collect()));
        }
    }

    /// The titles of the lanes, by their ids.
    pub fn lanes(&self) -> Vec<(String, String)> {
        let timeline = self.state.timeline();
        timeline.iter_lanes().map(|(index, lane)| (lane.id.clone(), timeline.path_of(index))).collect()
    }

    /// Further lanes that an event belongs to.
    pub fn also(&mut self, ui: &mut Ui) {
        let own_lane = self.form.text(&own("lane")).to_owned();
        let lanes: Vec<(String, String)> = self.lanes().into_iter().filter(|(id, _)| *id != own_lane).collect();
        if !lanes.is_empty() {
            self.chosen(ui, &own("also"), "Further lanes", "Add to a further lane", &lanes);
        }
    }

    /// The series whose values the record of an event shows.
    pub fn figures(&mut self, ui: &mut Ui) {
        let timeline = self.state.timeline();
        let series: Vec<(String, String)> = timeline
            .iter_series()
            .filter_map(|(index, series)| match timeline.id(Item::Series(index))? {
                ItemId::Series(timeline::Key::Id(id)) => Some((id.to_string(), one_line(&series.title).into_owned())),
                _ => None,
            })
            .collect();
        if !series.is_empty() {
            self.chosen(ui, &own("figures"), "Figures of", "Show figures of", &series);
        }
    }

    /// Related events, found by title, id or date.
    pub fn related(&mut self, ui: &mut Ui) {
        section(ui, "Related");
        let timeline = self.state.timeline();
        let ids: Vec<String> = self.form.tree.texts(&own("related")).into_iter().map(str::to_owned).collect();
        let words = |id: &String| {
            let title = timeline.event_by_id(id).and_then(|event| timeline.event(event)).map(|event| event.title);
            (id.clone(), one_line(title.unwrap_or(id)).into_owned())
        };
        self.removable(ui, "Related events", &own("related"), &ids.iter().map(words).collect::<Vec<_>>());
        name(ui, "Find an event");
        let path = own("related").index(NEW);
        let mut typed = self.form.search.0.clone();
        let field = TextEdit::singleline(&mut typed).hint_text("Words of its title, or a date; Enter takes the first");
        let response = ui.add(field.desired_width(f32::INFINITY).id(id(self.form, &path)));
        let response = response.accessible_name("Find an event");
        if self.takes_focus(ui, &path, &response) {
            select(ui, response.id, &typed, true);
        }
        if response.gained_focus() {
            self.push(FormMessage::Focused(path.clone()));
        }
        if response.changed() {
            self.push(FormMessage::Search(typed.clone()));
        }
        let own_id = self.form.tree.text(&own("id"));
        let found: Vec<_> =
            self.form.search.1.iter().filter(|(id, _)| *id != own_id && !ids.contains(id)).cloned().collect();
        let entered = response.lost_focus() && !typed.is_empty() && ui.input(|input| input.key_pressed(Key::Enter));
        let mut taken = found.first().filter(|_| entered).map(|(id, _)| id);
        for (id, title) in &found {
            if ui.add(Button::new(title).truncate()).accessible_name(format!("Relate to {title}")).clicked() {
                taken = Some(id);
            }
        }
        if found.is_empty() && self.form.search.0.trim().len() > 1 {
            ui.weak("No other event is found.");
        }
        if let Some(id) = taken {
            self.push(FormMessage::SetList(own("related"), ids.iter().chain(std::iter::once(id)).cloned().collect()));
            self.push(FormMessage::Search(String::new()));
        }
        if taken.is_some() || entered {
            self.push(FormMessage::Focus(path));
        }
    }

    /// The points of a series, some at a time, and a field for those of a spreadsheet.
    pub fn points(&mut self, ui: &mut Ui) {
        let path = own("points");
        section(ui, "Points");
        let count = self.form.tree.items(&path).len();
        let first = self.form.first_point.min(count.saturating_sub(1)) / POINTS * POINTS;
        let last = count.min(first + POINTS);
        if count > POINTS {
            self.turn_points(ui, first, last, count);
        }
        for index in first..last {
            let at = |name: &'static str| path.clone().index(index).field(name);
            let number = index + 1;
            self.item(ui, &path, index, &format!("Point {number}"));
            ui.columns(2, |columns| {
                let [left, right] = columns else { return };
                self.line(left, &at("date"), &format!("Date of point {number}"), "1965");
                self.line(right, &at("value"), &format!("Value of point {number}"), "85");
            });
            let exactness = words("Exact", QUALIFIERS);
            self.choice(ui, &at("qualifier"), &format!("Exactness of point {number}"), &exactness);
            self.citations_of_point(ui, &at("citations"), number);
        }
        self.paste(ui);
    }

    /// The citations of a point, folded up: most points have those of their series.
    fn citations_of_point(&mut self, ui: &mut Ui, path: &DocPath, number: usize) {
        let of = format!(" of point {number}");
        let words = match self.form.tree.items(path).len() {
            0 => format!("Cite point {number}"),
            count => format!("{}{of}", count_words(count, "citation")),
        };
        let header = egui::CollapsingHeader::new(RichText::new(words).font(FontId::proportional(13.0)));
        header.id_salt(("citations of point", number)).show(ui, |ui| self.citations(ui, path, &of));
    }

    /// Says which points are shown, and shows others.
    fn turn_points(&mut self, ui: &mut Ui, first: usize, last: usize, count: usize) {
        ui.horizontal_wrapped(|ui| {
            let page = |from: usize| FormMessage::ShowPoints(from);
            let earlier = ui.add_enabled(first > 0, Button::new("Earlier")).accessible_name("Earlier points");
            if earlier.clicked() {
                self.push(page(first - POINTS));
            }
            ui.label(format!("{}–{last} of {}", first + 1, count_words(count, "point")));
            let later = ui.add_enabled(last < count, Button::new("Later")).accessible_name("Later points");
            if later.clicked() {
                self.push(page(last));
            }
        });
    }

    fn paste(&mut self, ui: &mut Ui) {
        let path = own("points").index(NEW);
        name(ui, "Points from a spreadsheet");
        let mut pasted = self.form.text(&path).to_owned();
        let field = TextEdit::multiline(&mut pasted).hint_text("1965\t0.22\n2014\t85").desired_rows(3);
        let response = ui.add(field.desired_width(f32::INFINITY)).accessible_name("Points from a spreadsheet");
        if response.changed() {
            self.push(FormMessage::Type(path.clone(), pasted));
        }
        let lines = points(self.form.text(&path));
        let good: Vec<&(String, f64)> = lines.iter().filter_map(|line| line.point.as_ref().ok()).collect();
        if let (Some(first), Some(last)) = (good.first(), good.last()) {
            let words = |(date, value): &(String, f64)| format!("{date}: {value}");
            let all = if good.len() > 1 { format!("{} … {}", words(first), words(last)) } else { words(first) };
            remark(ui, &format!("Read as {all}"), self.theme.muted);
        }
        let bad: Vec<(usize, &String)> =
            lines.iter().filter_map(|line| Some((line.line, line.point.as_ref().err()?))).collect();
        for (line, problem) in bad.iter().take(MOST_BAD) {
            remark(ui, &format!("Line {line}: {problem}"), self.theme.error);
        }
        if bad.len() > MOST_BAD {
            remark(ui, &format!("and {}", count_words(bad.len() - MOST_BAD, "more line")), self.theme.error);
        }
        let words = format!("Add {}", count_words(good.len(), "Point"));
        if ui.add_enabled(!good.is_empty(), Button::new(words)).clicked() {
            self.push(FormMessage::AddPasted);
        }
    }
}
