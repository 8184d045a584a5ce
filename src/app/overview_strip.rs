//! The strip of the whole document: its window is dragged, and a press anywhere goes there.

use egui::{CursorIcon, Role, Sense, Ui, WidgetInfo};

use crate::date::Interval;
use crate::layout::{Overview, View};

use super::message::Message;
use super::regions::{self, Region};
use super::ui_command::UiCommand;

/// How close to an edge of the overview's window the pointer takes hold of the edge, in points.
const EDGE: f32 = 7.0;

/// The strip: drag its window, an edge of it, or press anywhere to go there.
pub fn show(ui: &Ui, strip: &Overview, view: View, messages: &mut Vec<Message>) {
    let response = ui.interact(strip.rect.expand(4.0), ui.scope_id().with("overview"), Sense::click_and_drag());
    regions::add(ui.ctx(), Region::Overview, response.rect, Some(response.id));
    response.widget_info(|| WidgetInfo::labeled(Role::ScrollBar, true, "Overview of the whole document"));
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
