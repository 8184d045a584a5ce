//! Unsaved changes as they are kept in a file, so that a crash or a power cut loses none.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// What a file of unsaved changes begins with.
const MAGIC: &[u8] = b"longview-unsaved 1\n";

/// A document with changes that are in no file of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsaved {
    /// The file of the document, if it has one whose path is Unicode.
    pub path: Option<PathBuf>,
    /// The name shown for it.
    pub name: String,
    /// How many changes of the log were in the text.
    pub changes: usize,
    /// The [`fingerprint`] of the text as it was last read from its file or written to it.
    pub saved: u64,
    /// The text with all changes.
    pub text: Arc<String>,
}

/// Unsaved changes that a window of an earlier process has left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundUnsaved {
    /// The file that keeps them.
    pub file: PathBuf,
    /// How long ago they were made.
    pub age: Duration,
    /// The changes.
    pub unsaved: Unsaved,
}

/// What the user does with unsaved changes of an earlier process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecoveryChoice {
    /// They are shown.
    Recover(PathBuf),
    /// They are given up.
    Discard(PathBuf),
    /// They are offered again at the next start.
    Later,
}

/// Which of the documents of a window, and how often it was changed.
pub type Kept = (u64, u64);

/// How unsaved changes are kept in a window.
#[derive(Debug, Default)]
pub struct KeptUnsaved {
    /// Whether they are kept at all.
    pub(super) is_on: bool,
    /// What earlier processes have left, and is still offered.
    pub found: Vec<FoundUnsaved>,
    /// Which text the file holds: of which document of the window, and how often that was changed; `None` if there is no file.
    pub(super) written: Option<Kept>,
    /// When the text is written, in seconds since the window opened.
    pub(super) due: Option<f64>,
    /// Files of earlier processes whose changes are in the document, and that are given up once they are kept anew.
    pub(super) replaces: Vec<PathBuf>,
}

impl Unsaved {
    /// Returns the bytes of a file that keeps them, in parts. Of a file that was cut off or changed, nothing is read.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let path = self.path.as_ref().and_then(|path| path.to_str()).unwrap_or_default();
        let (changes, saved) = (self.changes.to_string(), self.saved.to_string());
        let mut bytes = MAGIC.to_vec();
        for part in [path, &self.name, &changes, &saved, &self.text] {
            bytes.extend_from_slice(format!("{}\n", part.len()).as_bytes());
            bytes.extend_from_slice(part.as_bytes());
            bytes.push(b'\n');
        }
        let check = fingerprint(&bytes);
        bytes.extend_from_slice(format!("{check:016x}\n").as_bytes());
        bytes
    }

    /// Returns what a file keeps. Returns `None` if it is not whole.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        const CHECK: usize = 17;
        let (kept, check) = bytes.split_at_checked(bytes.len().checked_sub(CHECK)?)?;
        let mut rest = kept.strip_prefix(MAGIC)?;
        if check != format!("{:016x}\n", fingerprint(kept)).as_bytes() {
            return None;
        }
        let mut next = || -> Option<&str> {
            let end = rest.iter().position(|byte| *byte == b'\n')?;
            let length: usize = str::from_utf8(rest.get(..end)?).ok()?.parse().ok()?;
            let part = rest.get(end + 1..end.checked_add(1)?.checked_add(length)?)?;
            rest = rest.get(end + 1 + length..)?.strip_prefix(b"\n")?;
            str::from_utf8(part).ok()
        };
        let [path, name, changes, saved, text] = [next()?, next()?, next()?, next()?, next()?];
        Some(Self {
            path: (!path.is_empty()).then(|| PathBuf::from(path)),
            name: name.to_owned(),
            changes: changes.parse().ok()?,
            saved: saved.parse().ok()?,
            text: Arc::new(text.to_owned()),
        })
    }
}

impl FoundUnsaved {
    /// "3 changes of mine.ron, 5 minutes ago".
    #[must_use]
    pub fn words(&self) -> String {
        let minutes = self.age.as_secs() / 60;
        let age = match minutes {
            0 => "less than a minute ago".to_owned(),
            1 => "a minute ago".to_owned(),
            2..120 => format!("{minutes} minutes ago"),
            120..2880 => format!("{} hours ago", minutes / 60),
            _ => format!("{} days ago", minutes / 1440),
        };
        let changes = super::words::count_words(self.unsaved.changes, "change");
        format!("{changes} of {}, {age}", self.unsaved.name)
    }
}

/// Returns a number that tells texts apart that were not made to be alike: FNV-1a with 64 bits.
#[must_use]
pub fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn unsaved(name: &str, text: &str) -> Unsaved {
        let (path, saved) = (Some(PathBuf::from("/a b/mine.ron")), fingerprint(b"saved"));
        Unsaved { path, name: name.to_owned(), changes: 3, saved, text: Arc::new(text.to_owned()) }
    }

    #[test]
    fn what_is_cut_off_anywhere_is_not_read() {
        let kept = unsaved("mine.ron", "(title: \"T\",\n lanes: [])\n");
        let bytes = kept.encode();
        assert_eq!(Unsaved::decode(&bytes), Some(kept));
        for length in 0..bytes.len() {
            assert_eq!(Unsaved::decode(&bytes[..length]), None, "{length} bytes of {}", bytes.len());
        }
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert_eq!(Unsaved::decode(&changed), None, "byte {at} was changed");
            // As after a power cut, on disks that keep the length and not the content.
            changed[at..].fill(0);
            assert_eq!(Unsaved::decode(&changed), None, "zeros from byte {at} on");
        }
    }

    proptest! {
        #[test]
        fn what_is_kept_comes_back(name in "\\PC{0,20}", text in "(\\PC|\n|\r){0,60}") {
            let mut kept = unsaved(&name, &text);
            prop_assert_eq!(Unsaved::decode(&kept.encode()), Some(kept.clone()));
            kept.path = None;
            prop_assert_eq!(Unsaved::decode(&kept.encode()), Some(kept));
        }
    }

    #[test]
    fn age_is_said_in_words() {
        let check = |seconds, expect: &str| {
            let (file, age) = (PathBuf::new(), Duration::from_secs(seconds));
            let found = FoundUnsaved { file, age, unsaved: unsaved("mine.ron", "") };
            assert_eq!(found.words(), format!("3 changes of mine.ron, {expect}"));
        };
        check(59, "less than a minute ago");
        check(60, "a minute ago");
        check(3600, "60 minutes ago");
        check(7200, "2 hours ago");
        check(60 * 60 * 49, "2 days ago");
    }
}
