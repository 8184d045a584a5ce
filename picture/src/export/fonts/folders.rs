//! The font folders of the operating system.

use std::env;
use std::path::PathBuf;

/// Returns the folders in which this system keeps fonts, except those inside another of them. They may not exist.
#[must_use]
pub fn font_folders() -> Vec<PathBuf> {
    outermost(system_folders())
}

/// Returns the folders except those inside another of them.
fn outermost(mut folders: Vec<PathBuf>) -> Vec<PathBuf> {
    folders.sort();
    folders.dedup();
    // When sorted, the content of a folder comes after it.
    let mut kept: Vec<PathBuf> = Vec::new();
    for folder in folders {
        if kept.iter().all(|known| !folder.starts_with(known)) {
            kept.push(folder);
        }
    }
    kept
}

/// Returns a folder in the home directory.
fn home(folder: &str) -> Option<PathBuf> {
    #[cfg(windows)]
    let home = env::var_os("USERPROFILE");
    #[cfg(not(windows))]
    let home = env::var_os("HOME");
    home.filter(|home| !home.is_empty()).map(|home| PathBuf::from(home).join(folder))
}

#[cfg(windows)]
fn system_folders() -> Vec<PathBuf> {
    let root = env::var_os("SYSTEMROOT").map_or_else(|| PathBuf::from("C:\\Windows"), PathBuf::from);
    let own = ["AppData\\Local\\Microsoft\\Windows\\Fonts", "AppData\\Roaming\\Microsoft\\Windows\\Fonts"];
    [Some(root.join("Fonts"))].into_iter().chain(own.map(home)).flatten().collect()
}

#[cfg(target_os = "macos")]
fn system_folders() -> Vec<PathBuf> {
    // The last contains fonts that the system downloads on first use.
    let shared = ["/Library/Fonts", "/System/Library/Fonts", "/Network/Library/Fonts"].map(PathBuf::from);
    let downloaded = std::fs::read_dir("/System/Library/AssetsV2").into_iter().flatten().flatten();
    let downloaded = downloaded.map(|entry| entry.path()).filter(|path| {
        path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("com_apple_MobileAsset_Font"))
    });
    shared.into_iter().chain(downloaded).chain(home("Library/Fonts")).collect()
}

/// Returns the folders configured in fontconfig; without it, the usual ones.
#[cfg(not(any(windows, target_os = "macos")))]
fn system_folders() -> Vec<PathBuf> {
    let mut config = fontconfig_parser::FontConfig::default();
    // Unreadable files are ignored.
    if let Some(file) = env::var_os("FONTCONFIG_FILE") {
        let _ = config.merge_config(&PathBuf::from(file));
    } else {
        let own = env::var_os("XDG_CONFIG_HOME").map(PathBuf::from).or_else(|| home(".config"));
        let own = own.map(|own| config.merge_config(&own.join("fontconfig/fonts.conf")));
        if !matches!(own, Some(Ok(()))) {
            let _ = config.merge_config(&PathBuf::from("/etc/fonts/local.conf"));
        }
        let _ = config.merge_config(&PathBuf::from("/etc/fonts/fonts.conf"));
    }
    let configured: Vec<PathBuf> = config.dirs.into_iter().filter_map(|folder| expanded(folder.path)).collect();
    if !configured.is_empty() {
        return configured;
    }
    let shared = ["/usr/share/fonts", "/usr/local/share/fonts"].map(PathBuf::from);
    shared.into_iter().chain(home(".fonts")).chain(home(".local/share/fonts")).collect()
}

/// Expands a tilde at the beginning of a path to the home directory. Returns `None` if there is none.
#[cfg(not(any(windows, target_os = "macos")))]
fn expanded(path: PathBuf) -> Option<PathBuf> {
    match path.strip_prefix("~") {
        Ok(rest) => home(&rest.to_string_lossy()),
        Err(_) => Some(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_in_other_folders_are_left_out() {
        let folders = ["/b/fonts/x", "/a", "/b/fonts", "/b/fonts", "/b/fonts-2"].map(PathBuf::from).to_vec();
        assert_eq!(outermost(folders), ["/a", "/b/fonts", "/b/fonts-2"].map(PathBuf::from));
    }

    #[test]
    fn every_system_has_some() {
        assert!(!font_folders().is_empty());
    }
}
