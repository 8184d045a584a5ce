//! Unsaved changes as they are kept in a file, so that a crash or a power cut loses none.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::envelope;

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
    /// The [`fingerprint`](super::envelope::fingerprint) of the text as it was last read from its file or written to it.
    pub saved: u64,
    /// The text with all changes.
    pub text: Arc<String>,
    /// What is typed in forms and is not in the text.
    pub drafts: Vec<KeptDraft>,
}

/// What is typed in a field of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptDraft {
    /// The name of what the form is about.
    pub target: String,
    /// The path of the field in it.
    pub field: String,
    /// What is typed.
    pub typed: String,
}

impl KeptDraft {
    fn parts(&self) -> [&[u8]; 3] {
        [&self.target, &self.field, &self.typed].map(String::as_bytes)
    }

    fn of(parts: &[&str; 3]) -> Self {
        let [target, field, typed] = parts.map(str::to_owned);
        Self { target, field, typed }
    }
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

/// Which of the documents of a window, how often it was changed, and how often something was typed in its forms.
pub type Kept = (u64, u64, u64);

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

impl KeptUnsaved {
    /// Whether they are kept at all.
    pub(super) fn is_kept(&self) -> bool {
        self.is_on
    }
}

impl Unsaved {
    /// Returns the bytes of a file that keeps them. Of a file that was cut off or changed, nothing is read.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let path = self.path.as_ref().and_then(|path| path.to_str()).unwrap_or_default();
        let (changes, saved) = (self.changes.to_string(), self.saved.to_string());
        let parts = [path, &self.name, &changes, &saved, &self.text].map(str::as_bytes);
        let drafts: Vec<[&[u8]; 3]> = self.drafts.iter().map(KeptDraft::parts).collect();
        let all: Vec<&[u8]> = parts.into_iter().chain(drafts.into_iter().flatten()).collect();
        envelope::encode(MAGIC, &all)
    }

    /// Returns what a file keeps. Returns `None` if it is not whole.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let parts = envelope::decode(MAGIC, bytes)?;
        let parts = parts.into_iter().map(str::from_utf8).collect::<Result<Vec<_>, _>>().ok()?;
        let (&[path, name, changes, saved, text], drafts) = parts.split_first_chunk()?;
        let (drafts, []) = drafts.as_chunks() else { return None };
        Some(Self {
            path: (!path.is_empty()).then(|| PathBuf::from(path)),
            name: name.to_owned(),
            changes: changes.parse().ok()?,
            saved: saved.parse().ok()?,
            text: Arc::new(text.to_owned()),
            drafts: drafts.iter().map(KeptDraft::of).collect(),
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
        let Unsaved { changes, drafts, name, .. } = &self.unsaved;
        let typed = match drafts.len() {
            0 => None,
            1 => Some("what is typed in a field".to_owned()),
            count => Some(format!("what is typed in {count} fields")),
        };
        let changes = (*changes > 0).then(|| super::words::count_words(*changes, "change"));
        let what: Vec<String> = changes.into_iter().chain(typed).collect();
        format!("{} of {name}, {age}", what.join(" and "))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::app::envelope::fingerprint;

    fn unsaved(name: &str, text: &str) -> Unsaved {
        let (path, saved) = (Some(PathBuf::from("/a b/mine.ron")), fingerprint(b"saved"));
        Unsaved { path, name: name.to_owned(), changes: 3, saved, text: Arc::new(text.to_owned()), drafts: Vec::new() }
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
