//! The program's icon.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

/// The icon, drawn as SVG for this project.
const ICON: &str = include_str!("../../assets/icon.svg");

/// The icon as pixels of a square with this side; none only where that side is zero or beyond memory.
#[must_use]
pub fn icon(side: u32) -> Option<egui::IconData> {
    let tree = Tree::from_str(ICON, &Options::default()).ok()?;
    let mut pixels = Pixmap::new(side, side)?;
    let scale = side as f32 / tree.size().width();
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    Some(egui::IconData { rgba: pixels.take_demultiplied(), width: side, height: side })
}

#[cfg(test)]
mod tests {
    use super::icon;

    #[test]
    fn the_icon_is_drawn() {
        let icon = icon(32).expect("an icon");
        assert_eq!(icon.rgba.len(), 32 * 32 * 4);
        let painted = icon.rgba.chunks_exact(4).filter(|pixel| pixel[3] > 200).count();
        assert!(painted > 400, "{painted} opaque pixels");
    }
}
