//! What a screen reader is told of parts of the window that are no widgets: headings, groups, lists.

use egui::accesskit::{Live, Role};
use egui::{Id, InnerResponse, Label, Rect, Response, RichText, Sense, Ui, Vec2, WidgetInfo};

/// A heading. Those of the window are of level 1, of a dialog or of the record of level 2, of their parts of level 3.
pub(super) fn heading(ui: &mut Ui, words: RichText, level: usize) -> Response {
    let text = words.text().to_owned();
    let response = ui.add(Label::new(words));
    mark_heading(ui, response.id, &text, level);
    response
}

/// Makes a heading of a label that is shown.
pub(super) fn mark_heading(ui: &Ui, label: Id, words: &str, level: usize) {
    ui.ctx().accesskit_node_builder(label, |node| {
        node.set_role(Role::Heading);
        node.set_level(level);
        node.clear_value();
        node.set_label(words);
    });
}

/// Gives the window its name.
pub(super) fn name_window(ui: &Ui, title: &str) {
    ui.ctx().accesskit_node_builder(egui::accesskit_root_id(), |node| node.set_label(title));
}

/// What is said: it is nowhere to be seen, and spoken whenever it changes.
pub(super) fn status(ui: &Ui, words: &str) {
    let at = Rect::from_min_size(ui.max_rect().left_bottom(), Vec2::ZERO);
    let response = ui.interact(at, Id::unique("said"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Status, true, words));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_live(Live::Polite));
}

/// What belongs together under a name.
pub(super) fn group<R>(ui: &mut Ui, name: &str, add: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    ui.scope(|ui| {
        ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
            node.set_role(Role::Group);
            node.set_label(name);
        });
        add(ui)
    })
}
