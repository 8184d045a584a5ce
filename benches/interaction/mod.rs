//! What a reader does to a document of a size: in until about 25 of its events are in sight, to and fro, and out again,
//! three times at different places. Deeper, a small document would leave the picture empty and nothing would be measured.

use egui::{Event, Modifiers, MouseWheelSource, MouseWheelUnit, Pos2, TouchPhase, vec2};

/// How many frames the script has.
pub const FRAMES: usize = 300;

/// The script for a document and a window.
pub struct Script {
    /// Zoom of each frame on the way in.
    factor: f64,
    size: [f32; 2],
}

impl Script {
    /// The script for so many events in a window of this size, in points.
    #[must_use]
    pub fn new(events: usize, size: [f32; 2]) -> Self {
        let closest = (events as f64 / 25.0).max(1.0);
        Self { factor: closest.powf(2.0 / (FRAMES / 3) as f64), size }
    }

    /// Zoom, where in the view that is held, and pan as a fraction of the view.
    #[must_use]
    pub fn step(&self, frame: usize) -> [f64; 3] {
        let round = FRAMES / 3;
        let (turn, step) = (frame / round, frame % round);
        let zoom = if step < round / 2 { self.factor } else { 1.0 / self.factor };
        let at = [0.2, 0.5, 0.83][turn.min(2)];
        [zoom, at, (step as f64 / 7.0).sin() * 0.04]
    }

    /// The same as what the pointer does.
    #[must_use]
    pub fn events(&self, frame: usize) -> Vec<Event> {
        let [zoom, at, pan] = self.step(frame);
        let width = self.size[0] * 0.7;
        let pointer = Pos2::new(60.0 + width * at as f32, self.size[1] * 0.4);
        let wheel = Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: vec2(-(pan as f32) * width, 0.0),
            phase: TouchPhase::Move,
            source: MouseWheelSource::Unknown,
            modifiers: Modifiers::NONE,
        };
        vec![Event::PointerMoved(pointer), Event::Zoom(zoom as f32), wheel]
    }
}
