//! Who waits for a picture.

/// Is told how far an export has come, and may call it off. `()` waits in silence.
pub trait Watch {
    /// A stage has ended: "layout", "paint", "fonts", "svg", "raster", "encode" or "pdf".
    fn ended(&mut self, stage: &str) {
        let _ = stage;
    }

    /// Of what takes longest, drawing and packing pixels, so much is done: from 0 to 1.
    fn advanced(&mut self, share: f32) {
        let _ = share;
    }

    /// Whether to give up. Asked many times a second.
    fn is_cancelled(&self) -> bool {
        false
    }
}

impl Watch for () {}
