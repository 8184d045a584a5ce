//! What is pressed with the pointer is at least 24 by 24 points, or has room around it: WCAG 2.2, 2.5.8.

use egui::accesskit::{Action, Role};
use egui::{Key, Modifiers, Rect};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use longview::app::{App, UiCommand};

use super::support::*;

/// The least side of a target, in points.
const LEAST: f32 = 24.0;
/// What rounding may take from it.
const ROUNDING: f32 = 0.1;

struct Target {
    name: String,
    role: Role,
    rect: Rect,
}

impl Target {
    fn is_large(&self) -> bool {
        self.rect.width() >= LEAST - ROUNDING && self.rect.height() >= LEAST - ROUNDING
    }

    /// Whether a circle of the least size around its centre touches no other target, and none of the circles of others
    /// that are too small.
    fn has_room(&self, all: &[Self]) -> bool {
        let center = self.rect.center();
        all.iter().filter(|other| other.rect != self.rect && !other.rect.contains_rect(self.rect)).all(|other| {
            let from_rect = other.rect.distance_to_pos(center) >= LEAST / 2.0 - ROUNDING;
            let from_circle = other.is_large() || other.rect.center().distance(center) >= LEAST - ROUNDING;
            from_rect && from_circle
        })
    }
}

/// All that can be pressed.
fn targets(harness: &Harness<'static, App>) -> Vec<Target> {
    let window = Rect::from_min_size(egui::Pos2::ZERO, harness.ctx.content_rect().size());
    // What is behind a dialog cannot be pressed.
    let dialog = harness.query_all_by_role(Role::Dialog).last();
    let nodes = dialog.unwrap_or_else(|| harness.root()).children_recursive();
    // Scroll bars and splitters are egui's, and not the only way: wheel, keys, and the settings of the panels.
    let others = [Role::ScrollBar, Role::Splitter, Role::TextRun];
    let pressed = nodes.filter(|node| {
        let data = node.accesskit_node();
        data.data().supports_action(Action::Click) && !data.is_disabled() && !others.contains(&data.role())
    });
    let target = pressed.map(|node| {
        let data = node.accesskit_node();
        let name = data.label().or_else(|| data.value()).unwrap_or_default();
        Target { name, role: data.role(), rect: node.rect().intersect(window) }
    });
    target.filter(|target| target.rect.is_positive()).collect()
}

/// Those that are too small, and have no room around them either. Links in running text are as high as its lines.
fn too_small(place: &str, harness: &Harness<'static, App>) -> Vec<String> {
    let all = targets(harness);
    assert!(!all.is_empty(), "{place}");
    let small = all.iter().filter(|target| !target.is_large() && target.role != Role::Link && !target.has_room(&all));
    let say = |target: &Target| {
        let size = target.rect.size();
        format!("{place}: {:?} {:?}: {:.0} x {:.0}", target.role, target.name, size.x, size.y)
    };
    small.map(say).collect()
}

#[test]
fn targets_are_large_or_apart() {
    let mut found = Vec::new();
    let mut look = |place: &str, prepare: &dyn Fn(&mut Harness<'static, App>)| {
        let mut harness = window();
        prepare(&mut harness);
        finish(&mut harness);
        found.extend(too_small(place, &harness));
    };
    let command = |command: UiCommand| {
        move |harness: &mut Harness<'static, App>| {
            harness.state_mut().apply(command.clone().into());
            harness.run();
        }
    };
    look("the window", &|_| {});
    look("a record", &|harness| press(harness, Modifiers::NONE, Key::Home));
    look("a record with tags", &|harness| {
        press(harness, Modifiers::NONE, Key::Home);
        press(harness, Modifiers::NONE, Key::ArrowRight);
    });
    look("closer", &|harness| {
        for _ in 0..4 {
            press(harness, Modifiers::NONE, Key::Plus);
        }
    });
    for (place, what) in [
        ("the export form", UiCommand::Export),
        ("the list of events", UiCommand::PlaceEventList),
        ("the settings", UiCommand::Settings),
        ("the list of keys", UiCommand::Help),
        ("the filter", UiCommand::FilterEvents),
        ("the form of a new event", UiCommand::NewEvent),
        ("the explorer", UiCommand::Explore),
        ("the search", UiCommand::Find),
        ("the list of changes", UiCommand::EditHistory),
        ("the line of a new event", UiCommand::QuickEntry),
    ] {
        look(place, &command(what));
    }
    look("the form of a record", &|harness| {
        press(harness, Modifiers::NONE, Key::Home);
        press(harness, Modifiers::NONE, Key::E);
    });
    look("a filtered chart", &|harness| {
        press(harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::F);
        type_into(harness, "Condition", "@People");
        harness.get_by_label("Add the condition").click();
    });
    look("a menu", &|harness| harness.get_by_label("File").click());
    assert!(found.is_empty(), "{} targets:\n{}", found.len(), found.join("\n"));
}
