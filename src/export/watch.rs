//! Who waits for a picture.

/// Is told how far an export has come, and may call it off. `()` waits in silence.
pub trait Watch {
    /// A stage has ended: "layout", "paint", "fonts", "svg", "raster", "encode" or "pdf".
    fn ended(&mut self, stage: &str) {
        let _ = stage;
    }

    /// Of what takes longest, drawing and packing pixels or setting pages, so much is done: from 0 to 1.
    fn advanced(&mut self, share: f32) {
        let _ = share;
    }

    /// Whether to give up. Asked between the pieces of a PNG and the pages of a PDF, which is what takes time.
    fn is_cancelled(&self) -> bool {
        false
    }
}

impl Watch for () {}
