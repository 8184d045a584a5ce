//! The program in a window without a display, used at random.

use std::path::Path;
use std::sync::Arc;

use egui::{Event, Key, Modifiers, MouseWheelUnit, PointerButton, TouchPhase, pos2, vec2};
use egui_kittest::Harness;
use longview::app::{App, Desktop, DialogResult, LoadedDocument};
use longview::interchange::Format;

use super::documents;
use super::random::Random;

/// How many things a user does.
const STEPS: usize = 60;

const KEYS: [Key; 28] = [
    Key::ArrowLeft,
    Key::ArrowRight,
    Key::ArrowUp,
    Key::ArrowDown,
    Key::Home,
    Key::End,
    Key::PageUp,
    Key::PageDown,
    Key::Tab,
    Key::Enter,
    Key::Space,
    Key::Escape,
    Key::Plus,
    Key::Minus,
    Key::Num0,
    Key::F,
    Key::G,
    Key::U,
    Key::T,
    Key::P,
    Key::E,
    Key::C,
    Key::F1,
    Key::F5,
    Key::Comma,
    Key::Period,
    Key::Questionmark,
    Key::O,
];

/// A desktop without dialogs.
struct NoDesktop;

impl Desktop for NoDesktop {
    fn ask_save(&self, _: &str, _: Option<&Path>) -> DialogResult {
        DialogResult::Cancelled
    }

    fn ask_save_text(&self, _: &str, _: Option<&Path>) -> DialogResult {
        DialogResult::Cancelled
    }

    fn ask_save_document(&self, _: &str, _: Option<&Path>) -> DialogResult {
        DialogResult::Cancelled
    }

    fn ask_save_data(&self, _: &str, _: Format, _: Option<&Path>) -> DialogResult {
        DialogResult::Cancelled
    }

    fn ask_open(&self, _: Option<&Path>) -> DialogResult {
        DialogResult::Unavailable
    }

    fn ask_import(&self, _: Option<&Path>) -> DialogResult {
        DialogResult::Unavailable
    }

    fn ask_text(&self, _: Option<&Path>) -> DialogResult {
        DialogResult::Unavailable
    }

    fn ask_media(&self, _: Option<&Path>) -> DialogResult {
        DialogResult::Unavailable
    }

    fn reveal(&self, _: &Path) -> Result<(), String> {
        Ok(())
    }
}

/// Lets `count` users at the program, from the number `first` on.
pub fn try_users(first: u64, count: u64) {
    for number in first..first + count {
        let mut random = Random::new(number ^ 0x5EED_0000);
        let text = documents::document(&mut random);
        let loaded = LoadedDocument::from_bytes(None, "document".to_owned(), text.clone());
        let builder = Harness::builder().with_size(vec2(900.0, 600.0)).with_step_dt(0.1).allow_missing_glyphs();
        let mut harness =
            builder.build_eframe(move |creation| App::new(&creation.egui_ctx, loaded, Arc::new(NoDesktop)));
        for step in 0..STEPS {
            let done = act(&mut harness, &mut random);
            harness.step();
            let report = harness.state().state().notices.iter().find_map(|notice| notice.report.clone());
            assert!(report.is_none(), "user {number}, step {step}, {done}: {report:?}\n{text}");
        }
        harness.state_mut().finish_jobs();
    }
}

/// Does something, and says what.
fn act(harness: &mut Harness<'static, App>, random: &mut Random) -> String {
    let at = pos2(random.share() as f32 * 1_000.0, random.share() as f32 * 700.0);
    match random.below(10) {
        0 => {
            let size = vec2(random.magnitude(1.0, 4_000.0) as f32, random.magnitude(1.0, 3_000.0) as f32);
            harness.set_size(size.round());
            format!("size {size}")
        }
        1 => {
            let scale = random.pick(&[0.2, 0.5, 1.0, 1.0, 1.5, 2.0, 3.0, 5.0]);
            harness.ctx.set_zoom_factor(scale);
            format!("text scale {scale}")
        }
        2 => {
            let (unit, source) = (MouseWheelUnit::Point, egui::MouseWheelSource::Wheel);
            let delta = vec2(0.0, (random.share() as f32 - 0.5) * 400.0);
            harness.hover_at(at);
            let modifiers = random.pick(&[Modifiers::NONE, Modifiers::SHIFT]);
            harness.event_modifiers(
                Event::MouseWheel { unit, source, delta, phase: TouchPhase::Move, modifiers },
                modifiers,
            );
            format!("wheel {delta} at {at}")
        }
        3 | 4 => {
            for pressed in [true, false] {
                harness.event(Event::PointerMoved(at));
                let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
                harness.event(Event::PointerButton { pos: at, button, pressed, modifiers });
            }
            format!("click at {at}")
        }
        5 => {
            harness.event(Event::Text("9".to_owned()));
            "text".to_owned()
        }
        _ => {
            let key = random.pick(&KEYS);
            let modifiers = random.pick(&[Modifiers::NONE, Modifiers::NONE, Modifiers::SHIFT, Modifiers::COMMAND]);
            harness.key_press_modifiers(modifiers, key);
            format!("{modifiers:?} {key:?}")
        }
    }
}
