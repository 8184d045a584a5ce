//! The parts of the window, through which a key walks, and the ring around what has the focus.

use egui::{Context, Id, Rect, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetRect};

use crate::paint::Theme;

/// A part of the window, in the order in which a key walks through them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Region {
    Bar,
    Text,
    Chart,
    Overview,
    List,
    Record,
    Status,
}

/// Where the parts are that are shown in this frame, and what of each gets the focus where that is not the first that can
/// have it.
#[derive(Clone, Debug, Default)]
struct Regions(Vec<(Region, Rect, Option<Id>)>);

fn regions() -> Id {
    Id::unique("regions")
}

/// Begins a frame, of which no part is known yet.
pub(super) fn begin(ctx: &Context) {
    ctx.data_mut(|data| data.get_temp_mut_or_default::<Regions>(regions()).0.clear());
}

/// Notes where a part is, and what of it gets the focus if that is not the first that can have it.
pub(super) fn add(ctx: &Context, region: Region, rect: Rect, first: Option<Id>) {
    ctx.data_mut(|data| data.get_temp_mut_or_default::<Regions>(regions()).0.push((region, rect, first)));
}

/// Gives the focus to the next part of the window, or the one before.
pub(super) fn walk(ui: &Ui, forward: bool) {
    let ctx = ui.ctx();
    let mut all = ctx.data_mut(|data| data.get_temp::<Regions>(regions())).unwrap_or_default().0;
    all.sort_by_key(|(region, ..)| *region);
    // What can have the focus, in the order in which it was shown, and in which part it is.
    let widgets: Vec<(Id, Rect)> = ctx.viewport(|viewport| {
        let widgets = viewport.this_pass.widgets.get_layer(ui.layer_id());
        let focusable = widgets.filter(|widget| widget.enabled && widget.sense.is_focusable());
        focusable.map(|widget| (widget.id, widget.interact_rect)).collect()
    });
    let region_of = |rect: Rect| {
        let around = all.iter().filter(|(_, area, _)| area.contains(rect.center()));
        around.min_by(|a, b| a.1.area().total_cmp(&b.1.area())).map(|(region, ..)| *region)
    };
    let mut stops: Vec<(Region, Id)> = Vec::new();
    for (region, _, first) in &all {
        let mut here = widgets.iter().filter(|(_, rect)| rect.is_positive() && region_of(*rect) == Some(*region));
        let preferred = here.clone().find(|(id, _)| Some(*id) == *first);
        stops.extend(preferred.or_else(|| here.next()).map(|(id, _)| (*region, *id)));
    }
    let focused = ctx.memory(egui::Memory::focused);
    let here = widgets.iter().find(|(id, _)| Some(*id) == focused).and_then(|(_, rect)| region_of(*rect));
    let next = match here {
        Some(here) if forward => stops.iter().find(|(region, _)| *region > here),
        Some(here) => stops.iter().rev().find(|(region, _)| *region < here),
        None => None,
    };
    let next = next.or(if forward { stops.first() } else { stops.last() });
    if let Some((_, id)) = next {
        ctx.memory_mut(|memory| memory.request_focus(*id));
    }
}

/// The place of a panel, which is shown there later.
pub(super) struct Place {
    pub(super) room: Rect,
    /// The panel with its margins.
    clip: Rect,
}

impl Place {
    /// Takes all room that there is.
    pub(super) fn take(ui: &mut Ui) -> Self {
        let (room, clip) = (ui.available_rect_before_wrap(), ui.clip_rect());
        ui.allocate_rect(room, Sense::empty());
        Self { room, clip }
    }

    /// Shows something there.
    pub(super) fn show(&self, ui: &mut Ui, name: &str, add: impl FnOnce(&mut Ui)) {
        let mut inside = ui.new_child(UiBuilder::new().id_salt(name).max_rect(self.room));
        inside.shrink_clip_rect(self.clip);
        add(&mut inside);
    }
}

/// Returns where this pass has shown what has the focus. Its response is not read for that: where a click of this frame has
/// given it the focus, that would take it away again.
pub(super) fn focused(ctx: &Context) -> Option<WidgetRect> {
    let id = ctx.memory(egui::Memory::focused)?;
    ctx.viewport(|viewport| viewport.this_pass.widgets.get(id).copied())
}

/// Gives the focus back to what had it before a dialog, or the search box, was shown, once none is shown any more and nothing
/// else has the focus.
pub(super) fn give_back(ctx: &Context, is_covered: bool) {
    let id = Id::unique("focus before a dialog");
    let (was_covered, before): (bool, Option<Id>) = ctx.data(|data| data.get_temp(id)).unwrap_or_default();
    let mut kept = before;
    if !is_covered {
        kept = focused(ctx).map(|shown| shown.id);
        let is_shown = |id: &Id| ctx.viewport(|viewport| viewport.this_pass.widgets.get(*id).is_some());
        if let Some(before) = before.filter(|_| was_covered && kept.is_none()).filter(is_shown) {
            ctx.memory_mut(|memory| memory.request_focus(before));
            kept = Some(before);
        }
    }
    ctx.data_mut(|data| data.insert_temp(id, (is_covered, kept)));
}

/// Draws a ring around what has the focus, in its layer, where it is seen.
pub(super) fn ring(ctx: &Context, theme: &Theme) {
    /// Width of the ring, in points.
    const WIDTH: f32 = 2.0;
    /// Room between it and what it is around, in points.
    const ROOM: f32 = 2.0;
    let Some(shown) = focused(ctx) else { return };
    let seen = shown.interact_rect.expand(ROOM + WIDTH);
    let painter = ctx.layer_painter(shown.layer_id).with_clip_rect(seen);
    painter.rect_stroke(shown.rect.expand(ROOM), 3.0, Stroke::new(WIDTH, theme.accent), StrokeKind::Outside);
}
