//! The strip of the whole document: its window is dragged, and a press anywhere goes there.

use egui::accesskit::Action;
use egui::{Context, CursorIcon, Id, Response, Sense, Ui, WidgetInfo};

use crate::date::Interval;
use crate::layout::{Overview, View};

use super::hover;
use super::message::Message;
use super::regions::{self, Region};
use super::ui_command::UiCommand;

/// How close to an edge of the overview's window the pointer takes hold of the edge, in points.
const EDGE: f32 = 7.0;

/// The strip: drag its window, an edge of it, or press anywhere to go there.
pub fn show(ui: &Ui, strip: &Overview, view: View, messages: &mut Vec<Message>) {
    let response = ui.interact(strip.rect.expand(4.0), overview(), Sense::click_and_drag());
    regions::add(ui.ctx(), Region::Overview, response.rect, Some(response.id));
    slider(ui, &response, strip, view, messages);
    let grip = ui.scope_id().with("overview grip");
    let pointer = response.interact_pointer_pos();
    if let (true, Some(pointer)) = (response.drag_started(), pointer) {
        let origin = ui.input(|input| input.pointer.press_origin()).unwrap_or(pointer);
        ui.data_mut(|data| data.insert_temp(grip, Grip::at(strip, origin.x)));
    }
    if let (true, Some(pointer)) = (response.dragged(), pointer) {
        let held = ui.data(|data| data.get_temp(grip)).unwrap_or(Grip::Window);
        let delta = response.drag_delta().x;
        if delta != 0.0 {
            messages.push(Message::Ui(UiCommand::Show(held.drag(strip, view, pointer.x, delta))));
        }
    } else if let (true, Some(pointer)) = (response.clicked(), pointer) {
        let shift = view.fraction_of(strip.axis.time(pointer.x)) - 0.5;
        messages.push(Message::Ui(UiCommand::Glide(view.panned(shift))));
    }
    if let Some(at) = response.hover_pos() {
        let cursor = match Grip::at(strip, at.x) {
            Grip::Start | Grip::End => CursorIcon::ResizeHorizontal,
            Grip::Window if strip.window.contains(at.x) => CursorIcon::Grab,
            Grip::Window => CursorIcon::PointingHand,
        };
        ui.ctx().set_cursor_icon(cursor);
    }
}

fn overview() -> Id {
    Id::unique("overview")
}

/// Whether the strip has the focus, so that arrow keys move its window.
pub(super) fn has_focus(ctx: &Context) -> bool {
    ctx.memory(egui::Memory::focused) == Some(overview())
}

/// Tells where the window is on the strip, and lets a screen reader move it.
fn slider(ui: &Ui, response: &Response, strip: &Overview, view: View, messages: &mut Vec<Message>) {
    let at = f64::from((strip.window.center() - strip.rect.left()) / strip.rect.width().max(1.0)).clamp(0.0, 1.0);
    response.widget_info(|| WidgetInfo::slider(true, at * 100.0, "Overview of the whole document"));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        let shown = view.interval();
        node.set_value(hover::time_words(shown, shown.length() as f64));
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(100.0);
        node.add_action(Action::Increment);
        node.add_action(Action::Decrement);
    });
    for (action, command) in [(Action::Increment, UiCommand::PanRight), (Action::Decrement, UiCommand::PanLeft)] {
        for _ in 0..ui.input(|input| input.num_accesskit_action_requests(response.id, action)) {
            messages.push(command.clone().into());
        }
    }
}

/// The part of the overview's window that is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Grip {
    Start,
    Window,
    End,
}

impl Grip {
    fn at(strip: &Overview, x: f32) -> Self {
        if (x - strip.window.min).abs() <= EDGE {
            Self::Start
        } else if (x - strip.window.max).abs() <= EDGE {
            Self::End
        } else {
            Self::Window
        }
    }

    fn drag(self, strip: &Overview, view: View, x: f32, delta: f32) -> View {
        let shown = view.interval();
        let time = strip.axis.time(x);
        match self {
            Self::Window => view.panned(f64::from(delta) * strip.axis.seconds_per_point() / view.span()),
            Self::Start => View::of(Interval { start: time.min(shown.end - 1), end: shown.end }),
            Self::End => View::of(Interval { start: shown.start, end: time.max(shown.start + 1) }),
        }
    }
}
