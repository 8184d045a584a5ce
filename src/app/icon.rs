//! The program's icon.

use crate::scene::ImageData;

/// The icon, 64 pixels a side, drawn from `assets/icon.svg`.
static ICON: &[u8] = include_bytes!("../../assets/icon.png");

/// The icon of the window.
#[must_use]
pub fn icon() -> Option<egui::IconData> {
    let image = ImageData::decode(ICON.to_vec()).ok()?;
    let [width, height] = image.size();
    Some(egui::IconData { rgba: image.rgba().to_vec(), width, height })
}

#[cfg(test)]
mod tests {
    use super::icon;

    #[test]
    fn the_icon_is_painted() {
        let icon = icon().expect("an icon");
        assert_eq!((icon.width, icon.height, icon.rgba.len()), (64, 64, 64 * 64 * 4));
        let painted = icon.rgba.chunks_exact(4).filter(|pixel| pixel[3] > 200).count();
        assert!(painted > 1600, "{painted} opaque pixels");
    }
}
