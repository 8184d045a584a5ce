//! A dialog over the chart: its title and its buttons are always in sight, what is between them scrolls.

use egui::{
    Align2, Color32, Context, Frame, Id, Key, LayerId, Margin, Modal, Modifiers, Popup, RichText, ScrollArea, Ui,
    WidgetRect, accesskit, vec2,
};

use super::message::Message;
use super::regions::focused;
use super::roles;

/// A dialog that is to be shown.
pub(super) struct Dialog<'a> {
    /// What it is called.
    pub(super) name: &'a str,
    /// How wide it is where the window has room, in points.
    pub(super) width: f32,
    /// What closes it.
    pub(super) close: Message,
    /// Whether it stands at the foot of the window, with the chart in sight above it.
    pub(super) at_foot: bool,
}

/// With less height than this left for the body, in points, title and buttons scroll with it.
const LEAST_BODY: f32 = 72.0;

impl Dialog<'_> {
    /// Shows the dialog. `body` is told how high it may be, in points, and scrolls what is higher; `buttons` are below it.
    pub(super) fn show(
        self,
        ctx: &Context,
        messages: &mut Vec<Message>,
        body: impl FnOnce(&mut Ui, f32, &mut Vec<Message>),
        buttons: impl FnOnce(&mut Ui, &mut Vec<Message>),
    ) {
        let window = ctx.content_rect().size();
        let (margin, around) = if window.min_elem() < 420.0 { (8, 4.0) } else { (20, 16.0) };
        let frame = Frame::popup(&ctx.global_style()).corner_radius(10).inner_margin(Margin::same(margin));
        let room = (window - vec2(2.0, 2.0) * (f32::from(margin) + around)).max(vec2(0.0, 0.0));
        // How high title and buttons are is known from the frame before.
        let id = Id::unique(self.name);
        let fixed = ctx.data(|data| data.get_temp::<f32>(id)).unwrap_or(90.0);
        let body_room = room.y - fixed;
        let area = Modal::default_area(id).accessible_name(self.name);
        let modal = Modal::new(id).frame(frame);
        let modal = if self.at_foot {
            let area = area.anchor(Align2::CENTER_BOTTOM, vec2(0.0, -around));
            modal.area(area).backdrop_color(Color32::TRANSPARENT)
        } else {
            modal.area(area)
        };
        let response = modal.show(ctx, |ui| {
            ui.set_width(self.width.min(room.x));
            let all = |ui: &mut Ui, body_room: f32| {
                roles::heading(ui, RichText::new(self.name).heading(), 2);
                ui.add_space(6.0);
                let top = ui.cursor().top();
                body(ui, body_room, messages);
                let body_height = ui.cursor().top() - top;
                ui.add_space(8.0);
                ui.horizontal_wrapped(|ui| buttons(ui, messages));
                body_height
            };
            let top = ui.cursor().top();
            let body_height = if body_room < LEAST_BODY {
                scrolling(ui, room.y, |ui| all(ui, f32::INFINITY))
            } else {
                all(ui, body_room)
            };
            let height = if body_room < LEAST_BODY { fixed } else { ui.min_rect().bottom() - top - body_height };
            ctx.data_mut(|data| data.insert_temp(id, height));
        });
        ctx.accesskit_node_builder(id, accesskit::Node::set_modal);
        focus_first(ctx, response.response.layer_id, id);
        // Escape is an action of its own and closes what is topmost.
        if response.backdrop_response.clicked() {
            messages.push(self.close);
        }
    }
}

/// Gives the focus to the last button of a dialog that has just been opened, unless something in it has it: that closes it, and
/// changes nothing.
fn focus_first(ctx: &Context, layer: LayerId, id: Id) {
    let (frame, focus) = (ctx.cumulative_frame_nr(), ctx.memory(egui::Memory::focused));
    // The last frame in which the dialog was shown, and whether something in it has had the focus. In the first one nothing
    // can have it.
    let id = id.with("shown");
    let (last_frame, was_done) = ctx.data(|data| data.get_temp::<(u64, bool)>(id)).unwrap_or_default();
    let is_done = was_done && last_frame + 1 >= frame;
    let can_have_focus: Vec<Id> = ctx.viewport(|viewport| {
        let widgets = viewport.this_pass.widgets.get_layer(layer);
        widgets.filter(|widget| widget.enabled && widget.sense.is_focusable()).map(|widget| widget.id).collect()
    });
    let has_focus = focus.is_some_and(|focus| can_have_focus.contains(&focus));
    let last = can_have_focus.last().filter(|_| !is_done && !has_focus);
    if let Some(last) = last {
        ctx.memory_mut(|memory| memory.request_focus(*last));
    }
    ctx.data_mut(|data| data.insert_temp(id, (frame, is_done || has_focus)));
}

/// Notes that a part of a form has had the focus: its button, or its path field.
fn focused_once(path_field: bool) -> Id {
    Id::unique(("export form focused", path_field))
}

/// Gives the focus to what Enter should mean, once for each time that the form opens.
pub(super) fn focus_once(ui: &Ui, response: &egui::Response, path_field: bool) {
    let id = focused_once(path_field);
    let had_it = ui.data_mut(|data| std::mem::replace(data.get_temp_mut_or_default::<bool>(id), true));
    if !had_it {
        response.request_focus();
        response.scroll_to_me(None);
    }
}

/// Forgets which parts of a form have had the focus, as none is open.
pub(super) fn forget_focus(ctx: &Context) {
    ctx.data_mut(|data| {
        for path_field in [true, false] {
            data.remove::<bool>(focused_once(path_field));
        }
    });
}

/// Shows what may be higher than its room, in points: it scrolls by wheel, by Page Up and Page Down, and to what gets the
/// focus.
pub(super) fn scrolling<R>(ui: &mut Ui, room: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    let page = (room.min(ui.ctx().content_rect().height()) * 0.8).max(20.0);
    let mut area = ScrollArea::both().max_height(room.max(0.0)).auto_shrink([false, true]);
    if room.is_finite() {
        // Else it is as high as in the frame before and a little more, and a dialog grows while it is looked at.
        area = area.min_scrolled_height(room.max(0.0));
    }
    area.show(ui, |ui| {
        let keys_are_free = !ui.ctx().text_edit_focused() && !Popup::is_any_open(ui.ctx());
        if keys_are_free && room.is_finite() {
            let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
            let pages = f32::from(i8::from(pressed(Key::PageUp)) - i8::from(pressed(Key::PageDown)));
            if pages != 0.0 {
                ui.scroll_with_delta(vec2(0.0, pages * page));
            }
        }
        let shown = add(ui);
        follow_focus(ui);
        shown
    })
    .inner
}

/// Scrolls to the part of this scroll area that has just got the focus.
pub(super) fn follow_focus(ui: &Ui) {
    // What this pass has not shown yet is not in this area.
    let is_here = |shown: &WidgetRect| shown.layer_id == ui.layer_id() && ui.min_rect().intersects(shown.rect);
    let response = focused(ui.ctx()).filter(is_here).and_then(|shown| ui.ctx().read_response(shown.id));
    if let Some(response) = response.filter(egui::Response::gained_focus) {
        ui.scroll_to_rect(response.rect.expand(4.0), None);
    }
}
